//! When the status line speaks, and of what: of a moment at which the page rests, or of none. It is read out by screen
//! readers, so it changes seldom; and it never tells another moment than the clock. The sentence itself is made in
//! `src/trials/status_sentence.rs`.

/// Milliseconds after which a run that does not move is taken to rest: what was under way when it paused still comes.
const SETTLING: f64 = 80.0;
/// Milliseconds for which a sentence may be out of date before it gives way to one without numbers: a single step or a
/// single press of a slider's key has settled by then.
const PATIENCE: f64 = 300.0;
/// Milliseconds between two sentences about the same moment, and between two without numbers.
const SELDOM: f64 = 2000.0;

/// A moment of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The number of the run.
    pub run: u32,
    /// t; none before the run is set up.
    pub step: Option<usize>,
}

/// What the line is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Where the run stands at this moment.
    Standing(Moment),
    /// That it trains.
    Training,
    /// That it is being set up.
    SettingUp,
}

/// The line, as far as it decides what to say.
#[derive(Debug)]
pub struct StatusLine {
    seen: (Moment, bool),
    // since when that was seen
    since: f64,
    says: Option<Words>,
    said_at: f64,
    // the number of the run that was shown then
    said_of: u32,
    // since when it has been out of date
    stale_since: Option<f64>,
    // what is said of the same moment may have changed
    due: bool,
}

impl Default for StatusLine {
    /// Before anything was said.
    fn default() -> Self {
        Self {
            seen: (Moment { run: 0, step: None }, false),
            since: 0.0,
            says: None,
            said_at: f64::NEG_INFINITY,
            said_of: 0,
            stale_since: None,
            due: false,
        }
    }
}

impl StatusLine {
    /// There may be more to say of the same moment.
    pub fn may_say_more(&mut self) {
        self.due = true;
    }

    /// What is to be said from now on, if that is something else. `moving` says whether the run moves, `playing` that the
    /// reader lets it play.
    pub fn look(&mut self, moment: Moment, moving: bool, playing: bool, now: f64) -> Option<Words> {
        if (moment, moving) != self.seen {
            (self.seen, self.since) = ((moment, moving), now);
        }
        let standing = Words::Standing(moment);
        let true_now = self.says == Some(standing);
        if true_now {
            self.stale_since = None;
        }
        let rests = !moving && moment.step.is_some() && now - self.since >= SETTLING;
        let wanted = match (rests, moving) {
            (true, _) if true_now => return self.again(standing, now),
            (true, _) => standing,
            _ if true_now => return None,
            (false, true) => Words::Training,
            // A run that has just stopped will soon rest.
            (false, false) if self.said_of == moment.run => return None,
            (false, false) => Words::SettingUp,
        };
        if self.says == Some(wanted) {
            self.stale_since = None;
            return None;
        }
        let stale = now - *self.stale_since.get_or_insert(now);
        let speaks = match (wanted, self.says) {
            (Words::Standing(_), _) => true,
            // The clock runs beside it.
            (Words::Training, Some(Words::Standing(_))) if playing => true,
            (_, Some(Words::Standing(_)) | None) => stale >= PATIENCE,
            _ => stale >= PATIENCE && now - self.said_at >= SELDOM,
        };
        speaks.then(|| self.say(wanted, now))
    }

    fn again(&mut self, words: Words, now: f64) -> Option<Words> {
        (self.due && now - self.said_at >= SELDOM).then(|| self.say(words, now))
    }

    fn say(&mut self, words: Words, now: f64) -> Words {
        (self.says, self.said_at, self.said_of, self.due) = (Some(words), now, self.seen.0.run, false);
        words
    }

    /// Whether it waits for time to pass.
    pub fn is_pending(&self) -> bool {
        let (moment, moving) = self.seen;
        match self.says {
            Some(Words::Standing(told)) if told == moment => self.due && !moving,
            Some(Words::SettingUp) => moment.step.is_some(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// What the line says at each of these times, a frame apart.
    fn said(line: &mut StatusLine, from: f64, to: f64, at: impl Fn(f64) -> (Moment, bool)) -> Vec<(f64, Words)> {
        let frames = (0..).map(|frame| from + 16.0 * f64::from(frame)).take_while(|now| *now < to);
        frames
            .filter_map(|now| {
                let (moment, moving) = at(now);
                line.look(moment, moving, moving, now).map(|words| (now, words))
            })
            .collect()
    }

    #[test]
    fn while_a_run_plays_no_number_is_told() {
        let mut line = StatusLine::default();
        let start = Moment { run: 1, step: Some(0) };
        assert_eq!(said(&mut line, 0.0, 100.0, |_| (start, false)), [(80.0, Words::Standing(start))]);
        let playing = |now: f64| (Moment { run: 1, step: Some((now - 100.0) as usize / 50) }, true);
        assert_eq!(said(&mut line, 100.0, 9000.0, playing), [(164.0, Words::Training)]);
        let end = Moment { run: 1, step: Some(400) };
        assert_eq!(said(&mut line, 9000.0, 20_000.0, |_| (end, false)), [(9080.0, Words::Standing(end))]);
        assert!(!line.is_pending());
        line.may_say_more();
        assert_eq!(said(&mut line, 20_000.0, 23_000.0, |_| (end, false)).len(), 1);
    }

    #[test]
    fn a_drag_changes_the_line_once_and_its_rest_once() {
        let mut line = StatusLine::default();
        let start = Moment { run: 0, step: Some(0) };
        said(&mut line, 0.0, 200.0, |_| (start, false));
        // 25 settings a second, each of which is set up a little later.
        let dragged = |now: f64| {
            let run = now as u32 / 40;
            (Moment { run, step: (now as u32 % 40 > 20).then_some(0) }, false)
        };
        let words: Vec<Words> = said(&mut line, 1000.0, 5000.0, dragged).into_iter().map(|said| said.1).collect();
        assert_eq!(words, [Words::SettingUp]);
        let last = Moment { run: 200, step: Some(0) };
        assert_eq!(said(&mut line, 5000.0, 9000.0, |_| (last, false)), [(5080.0, Words::Standing(last))]);
    }

    #[test]
    fn one_step_is_told_without_a_word_between() {
        let mut line = StatusLine::default();
        let at = |step| Moment { run: 0, step: Some(step) };
        said(&mut line, 0.0, 200.0, |_| (at(3), false));
        let mut words = Vec::new();
        for (now, step, moving) in [(1000.0, 3, true), (1016.0, 4, true), (1032.0, 4, false), (1120.0, 4, false)] {
            words.extend(line.look(at(step), moving, false, now));
        }
        assert_eq!(words, [Words::Standing(at(4))]);
    }
}
