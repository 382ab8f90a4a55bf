//! The moments of a run that are kept to return to, so that every step it has passed is soon there again: from the last moment
//! before it, by the same iteration with the same bits.

use crate::training::Moment;

/// Milliseconds of training from one moment to the next, as long as there is room: so long does it take at most to come to a
/// step from the moment before it, with as much again for the copy.
const EVERY: f64 = 8.0;

/// Moments in their order, the start first.
#[derive(Debug)]
pub struct Past {
    moments: Vec<Moment>,
    // bytes that each takes beside the one before it
    bytes: Vec<usize>,
    room: u64,
    every: f64,
    // milliseconds of training since the last one
    since: f64,
}

impl Past {
    /// None yet; they may take so many bytes, but for the start.
    pub fn within(room: u64) -> Self {
        Self { moments: Vec::new(), bytes: Vec::new(), room, every: EVERY, since: 0.0 }
    }

    /// Keeps this moment, if it is later than those that are kept.
    pub fn keep(&mut self, moment: &Moment) {
        let last = self.moments.last();
        if last.is_some_and(|last| last.step() >= moment.step()) {
            return;
        }
        self.bytes.push(moment.bytes_beside(last));
        self.moments.push(moment.clone());
        self.since = 0.0;
        while self.moments.len() > 1 && self.bytes.iter().skip(1).sum::<usize>() as u64 > self.room {
            self.thin_out();
        }
    }

    /// The run was trained for so many milliseconds and stands at `moment`, which is kept if it is time.
    pub fn pass(&mut self, milliseconds: f64, moment: &Moment) {
        self.since += milliseconds;
        if self.since >= self.every {
            self.keep(moment);
        }
    }

    /// The last moment that is not later than `step`.
    ///
    /// # Panics
    /// If the start was not kept.
    pub fn before(&self, step: usize) -> &Moment {
        let later = self.moments.partition_point(|moment| moment.step() <= step);
        &self.moments[later - 1]
    }

    /// Drops every second moment, and keeps half as many from now on.
    fn thin_out(&mut self) {
        let mut place = 0;
        self.moments.retain(|_| {
            place += 1;
            place % 2 == 1
        });
        let before = std::iter::once(None).chain(self.moments.iter().map(Some));
        self.bytes = self.moments.iter().zip(before).map(|(moment, before)| moment.bytes_beside(before)).collect();
        self.every *= 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;
    use crate::training::Trainer;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// The steps that are kept of a run of so many steps of a millisecond, with room for so many of its first moments.
    fn kept(steps: usize, moments: u64) -> (Vec<usize>, u64) {
        let mut trainer = Trainer::new(&Spec { effective_width: 10.0, ..Spec::default() });
        let room = moments * trainer.moment().bytes_beside(None) as u64;
        let mut past = Past::within(room);
        past.keep(trainer.moment());
        for _ in 0..steps {
            trainer.advance(1);
            past.pass(1.0, trainer.moment());
        }
        let taken = past.bytes.iter().skip(1).sum::<usize>() as u64;
        assert!(taken <= room, "{taken} of {room} bytes");
        (past.moments.iter().map(Moment::step).collect(), taken)
    }

    #[test]
    fn with_room_a_moment_is_kept_every_eight_milliseconds() {
        assert_eq!(kept(40, 1_000_000).0, [0, 8, 16, 24, 32, 40]);
    }

    #[test]
    fn without_room_they_are_thinned_out_evenly() {
        // Twelve further steps are summed over the samples, and so take alike.
        assert_eq!(kept(0, 0).0, [0]);
        let (steps, _) = kept(200, 3);
        assert!(steps.len() < 10 && steps[0] == 0, "{steps:?}");
        let gaps: Vec<usize> = steps.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let (least, most) = (gaps.iter().min(), gaps.iter().max());
        assert!(most.zip(least).is_none_or(|(most, least)| *most <= 2 * least), "{gaps:?}");
    }

    #[test]
    fn the_last_moment_before_a_step_is_found_and_none_is_kept_twice() {
        let mut trainer = Trainer::new(&Spec { effective_width: 10.0, ..Spec::default() });
        let mut past = Past::within(u64::MAX);
        for _ in 0..3 {
            past.keep(trainer.moment());
            past.keep(trainer.moment());
            trainer.advance(5);
        }
        let found: Vec<usize> = [0, 4, 5, 9, 10, 99].iter().map(|step| past.before(*step).step()).collect();
        assert_eq!((found, past.moments.len()), (vec![0, 0, 5, 5, 10, 10], 3));
    }
}
