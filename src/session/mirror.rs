//! Two windows of one lecture: that of the notes leads, the projected one shows the same. Each computes for itself, with the same
//! bits; what goes between them is what is shown, in a few words.

use serde::{Deserialize, Serialize};

use crate::language::tr;

/// What a window shows, as far as another one is to show it too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The run, the one beside it and the place in the lecture, as a link without a moment.
    pub run: String,
    /// The iteration, or that to which it goes.
    pub step: usize,
    /// Whether it plays.
    pub playing: bool,
    /// The choice of the speed menu.
    pub speed: String,
    /// What the hall has chosen.
    pub vote: Option<usize>,
    /// Whether the picture is dark.
    pub blank: bool,
    /// Whether the QR code of the moment is shown; a window of a version before it never shows one.
    #[serde(default)]
    pub qr_code: bool,
}

/// What one window says to the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word {
    /// It has just been opened, and asks what is shown.
    Asks,
    /// The window of the notes shows this.
    Shows(Shown),
    /// Somebody did something in the projected window: this is to be shown.
    Wants(Shown),
    /// The window of the notes is closed, or loaded again.
    Ends,
    /// The window of the notes has been opened, or loaded again: who was projected says what it shows.
    Opens,
}

impl Word {
    /// As a text, as it goes from window to window.
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("plain data")
    }

    /// What such a text says; none if it is none.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// The clock beside the notes: the time of the day in hours and minutes, and how many milliseconds the window has been open.
pub fn clock((hours, minutes): (u32, u32), open: f64) -> String {
    let seconds = (open / 1000.0) as u64;
    let (time, open) = (format!("{hours:02}:{minutes:02}"), format!("{}:{:02}", seconds / 60, seconds % 60));
    tr!("{time} · {open} since it was opened", time, open)
}

/// What a window is to the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// There is no other, as far as it knows.
    #[default]
    Alone,
    /// It has the notes.
    Leads,
    /// It is projected.
    Follows,
}

/// Milliseconds for which a window of the notes that was opened listens before it leads.
const LISTENS: f64 = 1000.0;

/// What is known of the other window.
#[derive(Debug, Default)]
pub struct Mirror {
    role: Role,
    // what was said or heard last
    last: Option<Shown>,
    // whether a window of the notes that opens is to show what this one does
    is_projected: bool,
    // until when it says nothing
    listens_until: f64,
}

impl Mirror {
    /// What this window is.
    pub fn role(&self) -> Role {
        self.role
    }

    /// This window has the notes; what it says first. It then listens: loaded again, it is to show what the hall sees.
    pub fn lead(&mut self, now: f64) -> Word {
        self.role = Role::Leads;
        self.listens_until = now + LISTENS;
        Word::Opens
    }

    /// The window of the notes is opened from this one.
    pub fn opens_notes(&mut self) {
        self.is_projected = true;
    }

    fn is_silent(&self, now: f64) -> bool {
        self.role == Role::Alone || now < self.listens_until
    }

    /// What is to be said of what is shown now; of steps only where the run rests or goes to one, for while it plays each
    /// window counts for itself.
    pub fn tells(&mut self, shown: Shown, at_rest: bool, now: f64) -> Option<Word> {
        let same = |last: &Shown| {
            let step = if at_rest { shown.step } else { last.step };
            Shown { step, ..shown.clone() } == *last
        };
        if self.is_silent(now) || self.last.as_ref().is_some_and(same) {
            return None;
        }
        self.last = Some(shown.clone());
        Some(if self.role == Role::Leads { Word::Shows(shown) } else { Word::Wants(shown) })
    }

    /// Says again what is shown, as the notes' window does each second: who has fallen behind then catches up.
    pub fn repeats(&self, shown: Shown, now: f64) -> Option<Word> {
        (self.role == Role::Leads && !self.is_silent(now)).then_some(Word::Shows(shown))
    }

    /// What is said to a window of the notes that has just been opened, which this one then follows; none where it is none of
    /// this window's.
    pub fn answers(&mut self, shown: Shown) -> Option<Word> {
        if self.role == Role::Leads || !self.is_projected {
            return None;
        }
        self.role = Role::Follows;
        self.last = Some(shown.clone());
        Some(Word::Wants(shown))
    }

    /// Takes in what another window says; what is to be shown then.
    pub fn hears(&mut self, word: Word) -> Option<Shown> {
        match (word, self.role) {
            (Word::Shows(shown), Role::Alone | Role::Follows) => {
                (self.role, self.is_projected) = (Role::Follows, true);
                self.last = Some(shown.clone());
                Some(shown)
            }
            (Word::Wants(shown), Role::Leads) => {
                self.listens_until = 0.0;
                self.last = Some(shown.clone());
                Some(shown)
            }
            (Word::Asks, Role::Leads) => {
                // It is said at once.
                self.last = None;
                None
            }
            (Word::Ends, Role::Follows) => {
                self.role = Role::Alone;
                None
            }
            // Two windows of notes do not lead each other.
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn at(step: usize, playing: bool) -> Shown {
        Shown { run: "v=1&seed=1".to_owned(), step, playing, speed: "100".to_owned(), ..Shown::default() }
    }

    const NOW: f64 = 5000.0;

    #[test]
    fn a_word_arrives_as_it_was_said_and_other_texts_are_none() {
        for word in [Word::Asks, Word::Shows(at(3, true)), Word::Wants(at(0, false)), Word::Ends, Word::Opens] {
            assert_eq!(Word::read(&word.text()), Some(word));
        }
        assert_eq!((Word::read("{}"), Word::read("\"Asks")), (None, None));
        assert_eq!(clock((9, 5), 754_321.0), "09:05 · 12:34 since it was opened");
    }

    #[test]
    fn who_is_alone_says_nothing_and_who_leads_says_what_changes_once() {
        let mut alone = Mirror::default();
        assert_eq!(alone.tells(at(0, false), true, NOW), None);
        let mut leader = Mirror::default();
        assert_eq!(leader.lead(0.0), Word::Opens);
        assert_eq!(leader.tells(at(0, false), true, NOW), Some(Word::Shows(at(0, false))));
        assert_eq!(leader.tells(at(0, false), true, NOW), None);
        assert_eq!(leader.tells(at(3, true), false, NOW), Some(Word::Shows(at(3, true))), "it plays");
        assert_eq!(leader.tells(at(9, true), false, NOW), None, "steps are not said one by one");
        assert_eq!(leader.tells(at(20, false), true, NOW), Some(Word::Shows(at(20, false))));
        assert_eq!(leader.hears(Word::Asks), None);
        assert_eq!(leader.tells(at(20, false), true, NOW), Some(Word::Shows(at(20, false))), "somebody asked");
        assert_eq!(leader.hears(Word::Shows(at(1, false))), None, "another window of notes");
    }

    #[test]
    fn who_follows_shows_what_it_hears_and_says_only_what_is_done_in_it() {
        let mut follower = Mirror::default();
        assert_eq!(follower.hears(Word::Wants(at(1, false))), None);
        assert_eq!(follower.hears(Word::Shows(at(7, false))), Some(at(7, false)));
        assert_eq!(follower.tells(at(2, false), false, NOW), None, "it is on its way there");
        assert_eq!(follower.tells(at(7, false), true, NOW), None);
        let mut leader = Mirror::default();
        assert_eq!(leader.lead(0.0), Word::Opens);
        let wanted = follower.tells(at(7, true), false, NOW).expect("somebody plays in the projected window");
        assert_eq!(wanted, Word::Wants(at(7, true)));
        assert_eq!(leader.hears(wanted), Some(at(7, true)));
        assert_eq!(leader.tells(at(8, true), false, NOW), None, "it comes from there");
        assert_eq!((follower.hears(Word::Ends), follower.role()), (None, Role::Alone));
    }

    #[test]
    fn who_opens_the_notes_or_followed_them_says_what_it_shows_and_they_listen_first() {
        let mut hall = Mirror::default();
        assert_eq!(hall.answers(at(7, true)), None, "a window of another run");
        hall.opens_notes();
        let answer = hall.answers(at(7, true)).expect("its notes are opened");
        assert_eq!(hall.tells(at(7, false), true, NOW), Some(Word::Wants(at(7, false))), "a deed meanwhile");
        let mut notes = Mirror::default();
        notes.lead(NOW);
        assert_eq!(notes.tells(at(0, false), true, NOW + 1.0), None);
        assert_eq!(notes.repeats(at(0, false), NOW + LISTENS - 1.0), None);
        assert_eq!(notes.hears(answer), Some(at(7, true)));
        assert_eq!(notes.tells(at(8, true), false, NOW + 2.0), None, "it comes from there");
        assert_eq!(notes.tells(at(9, false), true, NOW + 3.0), Some(Word::Shows(at(9, false))));
        // Where nobody answers, they lead.
        notes.lead(NOW);
        assert_eq!(notes.repeats(at(0, false), NOW + LISTENS), Some(Word::Shows(at(0, false))));
        hall.hears(Word::Shows(at(9, false)));
        hall.hears(Word::Ends);
        assert!(hall.answers(at(9, false)).is_some(), "the notes are loaded again");
        assert_eq!(notes.answers(at(0, false)), None);
    }
}
