//! What screen readers are told, by one voice: sentences wait for each other, so that at most one is said every two seconds,
//! and of one topic only the latest waits.

/// Milliseconds between two sentences.
const SELDOM: f64 = 2000.0;

/// What a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What a change of the settings came to.
    Change,
    /// Where the run stands: the status line.
    Standing,
    /// The search for a mask.
    Search,
    /// A figure of the paper that is run here.
    Figure,
    /// The map.
    Map,
}

/// How far something is that is run: its number among the experiments of the page, and a stage that is told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The number.
    pub number: u32,
    /// The stage, from 0 at its beginning.
    pub stage: u32,
}

impl Milestone {
    /// By quarters of `all` trials, of which so many are `done`; the last when it is `complete`.
    pub fn by_quarters(number: u32, (done, all): (u32, u32), complete: bool) -> Self {
        let stage = if complete { 4 } else { (4 * done / all.max(1)).min(3) };
        Self { number, stage }
    }
}

/// The sentences.
#[derive(Debug, Default)]
pub struct Announcements {
    waiting: Vec<(Topic, String)>,
    said_at: Option<f64>,
    // the last that was said or left out of where the run stands
    standing: String,
    // how far each was when it was last told
    stages: Vec<(Topic, Milestone)>,
}

impl Announcements {
    /// This is to be said, in place of what still waits of the same topic.
    pub fn tell(&mut self, topic: Topic, sentence: String) {
        match self.waiting.iter_mut().find(|(of, _)| *of == topic) {
            Some((_, waiting)) => *waiting = sentence,
            None => self.waiting.push((topic, sentence)),
        }
    }

    /// Where the run stands; the same is not said twice.
    pub fn tell_standing(&mut self, sentence: String) {
        if sentence != self.standing {
            self.standing.clone_from(&sentence);
            self.tell(Topic::Standing, sentence);
        }
    }

    /// The run stands there, which follows from what is said besides.
    pub fn leave_out_standing(&mut self, sentence: String) {
        self.standing = sentence;
        self.forget_standing();
    }

    /// It no longer stands where it was to be said that it does.
    pub fn forget_standing(&mut self) {
        self.waiting.retain(|(topic, _)| *topic != Topic::Standing);
    }

    /// Something is that far: `words` say so at each new stage. How far it was when it was first seen is no news.
    pub fn follow(&mut self, topic: Topic, at: Option<Milestone>, words: impl FnOnce() -> String) {
        let known = self.stages.iter_mut().find(|(of, _)| *of == topic);
        match (known, at) {
            (Some((_, last)), Some(at)) if last.number == at.number => {
                if at.stage > last.stage {
                    *last = at;
                    self.tell(topic, words());
                }
            }
            (Some((_, last)), Some(at)) => *last = at,
            (None, Some(at)) => self.stages.push((topic, at)),
            // What was given up is no longer told of.
            (_, None) => self.waiting.retain(|(of, _)| *of != topic),
        }
    }

    /// What is to be said now.
    pub fn look(&mut self, now: f64) -> Option<String> {
        if self.waiting.is_empty() || self.said_at.is_some_and(|said_at| now - said_at < SELDOM) {
            return None;
        }
        self.said_at = Some(now);
        Some(self.waiting.remove(0).1)
    }

    /// Whether a sentence waits.
    pub fn is_pending(&self) -> bool {
        !self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn one_sentence_is_said_every_two_seconds_the_latest_of_each_topic() {
        let mut voice = Announcements::default();
        voice.tell(Topic::Search, "round 1".to_owned());
        voice.tell(Topic::Map, "a quarter".to_owned());
        assert_eq!(voice.look(0.0).as_deref(), Some("round 1"));
        voice.tell(Topic::Search, "round 2".to_owned());
        voice.tell(Topic::Search, "round 3".to_owned());
        let said: Vec<(u32, String)> =
            (1..100).filter_map(|tick| Some((tick, voice.look(100.0 * f64::from(tick))?))).collect();
        assert_eq!(said, [(20, "a quarter".to_owned()), (40, "round 3".to_owned())]);
        assert!(!voice.is_pending());
    }

    #[test]
    fn stages_are_told_once_each_and_not_the_one_that_was_found() {
        let mut voice = Announcements::default();
        let mut told = Vec::new();
        for (number, done) in [(7, 0), (7, 10), (7, 26), (7, 30), (7, 80), (7, 60), (7, 100), (8, 50), (8, 76)] {
            let at = Milestone::by_quarters(number, (done, 100), done == 100);
            voice.follow(Topic::Figure, Some(at), || format!("{number}: {}", at.stage));
            told.extend(voice.look(1e4 * told.len() as f64));
        }
        assert_eq!(told, ["7: 1", "7: 3", "7: 4", "8: 3"]);
        voice.tell(Topic::Figure, "more".to_owned());
        voice.follow(Topic::Figure, None, || unreachable!("it is gone"));
        assert!(!voice.is_pending());
    }

    #[test]
    fn where_the_run_stands_is_said_once_and_not_when_it_has_moved_on() {
        let mut voice = Announcements::default();
        let at = |voice: &mut Announcements, sentence: &str, now: f64| {
            voice.tell_standing(sentence.to_owned());
            voice.look(now)
        };
        assert_eq!(at(&mut voice, "start", 0.0).as_deref(), Some("start"));
        assert_eq!(at(&mut voice, "start", 9e3), None);
        assert_eq!(at(&mut voice, "step 1", 9e3).as_deref(), Some("step 1"));
        assert_eq!(at(&mut voice, "step 2", 9.5e3), None, "it waits");
        voice.forget_standing();
        assert_eq!(voice.look(2e4), None);
        voice.leave_out_standing("another start".to_owned());
        assert_eq!(at(&mut voice, "another start", 3e4), None);
    }
}
