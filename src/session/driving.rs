//! A page that embeds the lab drives it and listens to it. Messages are plain values under the name of the program, whose
//! value is the version of their form: `{"winning-ticket": 1, "set": {"r": 20}, "play": true}`. `docs/embedding.md` tells
//! their form; who may send them is decided here as well. Two windows of one lecture, which trust each other, speak
//! otherwise (`mirror.rs`). What the console is told is English.

mod asked;
mod who;

use serde::Serialize;

pub use asked::{Asked, KEYS};
pub use who::{may_drive, named_driver, refusal, without_driver};

/// The key that tells a message of the lab, and to it, from others.
pub const NAME: &str = "winning-ticket";
/// The version of the form of messages: its value.
pub const VERSION: u64 = 1;

/// Milliseconds from one state told to the next while something moves.
const SPACING: f64 = 250.0;

/// What is shown, as it is told to the page around the lab; names as in saved files.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct State {
    /// The link of the moment, without the page's address; empty on own data, which no link holds.
    pub link: String,
    /// t; none before the run is set up.
    pub step: Option<usize>,
    /// |W(t) − W\*|/|W\*|; none before the run is set up, and where W\* is not known.
    pub relative_error: Option<f64>,
    /// r̃ by (5) of the learner's mask.
    pub effective_width: f64,
    /// The radius that the probes measure, in |W\*|; none while too few have ended, or where they show none.
    pub measured_radius: Option<f64>,
    /// Whether it plays.
    pub playing: bool,
    /// The choice of the speed menu.
    pub speed: String,
    /// Whether it stands still: neither playing nor on its way.
    pub settled: bool,
    /// Whether it stands at its end.
    pub finished: bool,
    /// Why it ended, where it stands at its end.
    pub stop_reason: Option<&'static str>,
    /// The digest of W(t), 16 hexadecimal digits; none before the run is set up.
    pub digest: Option<String>,
    /// The status line.
    pub status: String,
}

/// What the lab says to the page around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It hears messages from now on.
    Ready,
    /// What is shown.
    State(Box<State>),
    /// Why a message was not followed.
    Error(String),
    /// What had to be mended in what was asked for.
    Notices(Vec<String>),
}

impl Answer {
    /// As JSON.
    pub fn text(&self) -> String {
        let (key, value) = match self {
            Self::Ready => ("ready", serde_json::to_string(&true)),
            Self::State(state) => ("state", serde_json::to_string(state)),
            Self::Error(sentence) => ("error", serde_json::to_string(sentence)),
            Self::Notices(sentences) => ("notices", serde_json::to_string(sentences)),
        };
        format!("{{\"{NAME}\":{VERSION},\"{key}\":{}}}", value.expect("plain data"))
    }
}

/// Whether the page around listens, and what it was told last.
#[derive(Debug, Default)]
pub struct Driving {
    listens: bool,
    told: Option<(State, f64)>,
}

impl Driving {
    /// The page around wants to be told of every change, or no longer.
    pub fn listen(&mut self, listens: bool) {
        self.listens = listens;
    }

    /// Whether it is to be told of a change now: what moves is told at intervals, and that it has come to rest at once.
    pub fn is_due(&self, settled: bool, now: f64) -> bool {
        let waits = |(told, at): &(State, f64)| now - at < SPACING && (told.settled || !settled);
        self.listens && !self.told.as_ref().is_some_and(waits)
    }

    /// Tells this, unless it was told last.
    pub fn tells(&mut self, state: State, now: f64) -> Option<Answer> {
        if self.told.as_ref().is_some_and(|(told, _)| *told == state) {
            return None;
        }
        self.told(state.clone(), now);
        Some(Answer::State(Box::new(state)))
    }

    /// It was told this.
    pub fn told(&mut self, state: State, now: f64) {
        self.told = Some((state, now));
    }

    /// Whether a change since may have to wait for its turn.
    pub fn is_pending(&self, now: f64) -> bool {
        self.listens && self.told.as_ref().is_some_and(|(_, at)| now - at < SPACING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn state(step: usize, settled: bool) -> State {
        State {
            link: "v=1&seed=1".to_owned(),
            step: Some(step),
            relative_error: Some(0.5),
            effective_width: 40.0,
            measured_radius: None,
            playing: !settled,
            speed: "100".to_owned(),
            settled,
            finished: false,
            stop_reason: None,
            digest: Some("0123456789abcdef".to_owned()),
            status: "Step\u{a0}3 “so”".to_owned(),
        }
    }

    #[test]
    fn answers_are_json_under_the_name_of_the_program() {
        let read = |answer: Answer| serde_json::from_str::<serde_json::Value>(&answer.text()).expect("JSON");
        let told = read(Answer::State(Box::new(state(3, true))));
        assert_eq!(
            (&told[NAME], &told["state"]["step"], &told["state"]["measured_radius"]),
            (&1.into(), &3.into(), &().into())
        );
        assert_eq!(told["state"]["status"], "Step\u{a0}3 “so”");
        assert_eq!(read(Answer::Ready)["ready"], true);
        assert_eq!(read(Answer::Error("no \"r\"".to_owned()))["error"], "no \"r\"");
        assert_eq!(read(Answer::Notices(vec!["a".to_owned()]))["notices"][0], "a");
    }

    #[test]
    fn what_moves_is_told_at_intervals_and_its_rest_at_once() {
        let mut driving = Driving::default();
        assert!(!driving.is_due(true, 0.0), "nobody listens");
        driving.listen(true);
        let mut told = Vec::new();
        for frame in 0..100 {
            let (now, settled) = (f64::from(frame) * 16.0, frame >= 70);
            if driving.is_due(settled, now) {
                let step = if settled { 70 } else { frame as usize };
                told.extend(driving.tells(state(step, settled), now).map(|_| frame));
            }
        }
        assert_eq!(told, [0, 16, 32, 48, 64, 70]);
        assert!(!driving.is_pending(1600.0));
        // A change while it rests waits for its turn, and is not forgotten.
        driving.tells(state(71, true), 1600.0);
        assert!(driving.is_pending(1616.0) && !driving.is_due(true, 1616.0) && driving.is_due(true, 1850.0));
        driving.listen(false);
        assert!(!driving.is_due(true, 1850.0) && !driving.is_pending(1616.0));
    }
}
