//! The transport: playing or not, how fast, and how many steps are due.

/// The choices of the speed menu, steps a second.
pub const SPEEDS: [&str; 5] = ["1", "10", "100", "1000", "max"];

/// Without a limit a run gathers speed: at step t it makes at most this many steps a second, and so many for each of the
/// t. A run of a few hundred steps, which a worker trains within one frame, is then drawn over a second; one of 100 000
/// loses about two.
const GATHERING: (f64, f64) = (60.0, 3.0);
/// Milliseconds of steps that may pile up while the worker is busy: a slow run is slow, it does not catch up in jumps.
const BACKLOG: f64 = 250.0;

/// Play state and speed.
#[derive(Debug, Default)]
pub struct Transport {
    /// Whether the run plays.
    pub playing: bool,
    // steps a second; none for as fast as possible once the run has gathered speed
    speed: Option<f64>,
    // steps due
    due: f64,
    // returns to this step, which was passed before
    sought: Option<usize>,
    // plays to this step as fast as possible and pauses there: from a link or the step button
    target: Option<usize>,
}

impl Transport {
    /// Takes a choice of the speed menu: steps a second, or "max".
    pub fn set_speed(&mut self, choice: &str) {
        self.speed = choice.parse().ok();
    }

    /// That choice.
    pub fn speed(&self) -> String {
        self.speed.map_or_else(|| "max".to_owned(), |speed| speed.to_string())
    }

    /// How many steps a run makes within so many milliseconds that stands at iteration `step`, at most.
    pub fn steps_within(&self, milliseconds: f64, step: usize) -> f64 {
        self.speed.unwrap_or(GATHERING.0 + GATHERING.1 * step as f64) * milliseconds / 1000.0
    }

    /// Returns to `step`, and pauses there.
    pub fn seek(&mut self, step: usize) {
        self.playing = false;
        self.clear();
        self.sought = Some(step);
    }

    /// The step that it returns to, if any.
    pub fn sought(&self) -> Option<usize> {
        self.sought
    }

    /// That step is there.
    pub fn found(&mut self) {
        self.sought = None;
    }

    /// Plays on to `step` as fast as possible, and pauses there.
    pub fn play_to(&mut self, step: usize) {
        self.due = 0.0;
        self.target = Some(step);
    }

    /// Nothing is due any more.
    pub fn clear(&mut self) {
        self.due = 0.0;
        self.target = None;
        self.sought = None;
    }

    /// It pauses at the step at which it stands, or to which it goes.
    pub fn pause(&mut self) {
        (self.playing, self.due) = (false, 0.0);
    }

    /// There are no steps any more to play; one that has passed may still be returned to.
    pub fn end(&mut self) {
        self.playing = false;
        self.due = 0.0;
        self.target = None;
    }

    /// The step at which it will pause, if any.
    pub fn target(&self) -> Option<usize> {
        self.target.or(self.sought)
    }

    /// Time has passed, `elapsed` milliseconds, with the run at iteration `step`.
    pub fn pass(&mut self, elapsed: f64, step: usize) {
        if self.playing {
            let most = self.steps_within(BACKLOG, step).max(1.0);
            self.due = (self.due + self.steps_within(elapsed, step)).min(most);
        }
    }

    /// Whether steps are due now or will be.
    pub fn is_moving(&self) -> bool {
        self.playing || self.due >= 1.0 || self.target().is_some()
    }

    /// Takes the steps that are due at iteration `step`; none if there are none yet.
    pub fn take(&mut self, step: usize) -> Option<u32> {
        if let Some(target) = self.target {
            self.target = Some(target).filter(|target| *target > step);
            return self.target.map(|target| (target - step) as u32);
        }
        let whole = self.due.floor();
        self.due = (self.due - whole).min(1.0);
        (whole >= 1.0).then_some(whole as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn playing(choice: &str) -> Transport {
        let mut transport = Transport { playing: true, ..Transport::default() };
        transport.set_speed(choice);
        transport
    }

    #[test]
    fn as_many_steps_are_due_as_time_has_passed() {
        let mut transport = playing("100");
        let taken: u32 = (0..60)
            .filter_map(|_| {
                transport.pass(1000.0 / 60.0, 0);
                transport.take(0)
            })
            .sum();
        assert!((99..=100).contains(&taken), "{taken}");
        transport.playing = false;
        transport.pass(1000.0, 0);
        assert_eq!((transport.take(0), transport.is_moving()), (None, false));
    }

    #[test]
    fn a_slow_worker_is_not_caught_up_with_in_jumps() {
        let mut transport = playing("1000");
        for _ in 0..100 {
            transport.pass(100.0, 0);
        }
        assert_eq!(transport.take(0), Some(250));
        // However slow, one step may be due.
        let mut transport = playing("1");
        for _ in 0..100 {
            transport.pass(100.0, 0);
        }
        assert_eq!((transport.take(0), transport.take(0)), (Some(1), None));
    }

    #[test]
    fn without_a_limit_a_run_gathers_speed() {
        let steps_in_a_frame = |step: usize| {
            let mut transport = playing("max");
            transport.pass(100.0, step);
            transport.take(step)
        };
        assert_eq!(steps_in_a_frame(0), Some(6));
        assert_eq!(steps_in_a_frame(1000), Some(306));
    }

    #[test]
    fn a_target_is_asked_for_until_it_is_reached() {
        let mut transport = Transport::default();
        transport.play_to(7);
        assert_eq!((transport.take(3), transport.take(5), transport.is_moving()), (Some(4), Some(2), true));
        assert_eq!((transport.take(7), transport.is_moving()), (None, false));
    }
}
