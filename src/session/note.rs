//! The note that explains a term or a mark where it stands: while the pointer is on it, while a key brought the focus to
//! it, or after a tap; until Escape, a tap elsewhere, or the pointer or focus is gone from term and note.

use super::keys::{Place, Press, TO_THE_END, notes_key};

/// Why the note is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Pointer,
    Focus,
    Tap,
}

/// What a key does to the note and among the terms that it explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByKey {
    /// The focus moves by so many terms of its group.
    Moves(i32),
    /// The note is hidden.
    Hides,
}

/// What the pointer or the focus is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum At<T> {
    /// A term or a mark.
    Term(T),
    /// The note itself.
    Note,
    /// Something else.
    Elsewhere,
}

/// What becomes of the note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change<T> {
    /// It stays as it is.
    Nothing,
    /// It explains this.
    Show {
        /// What it explains now.
        term: T,
        /// What it explained before, if anything.
        instead_of: Option<T>,
    },
    /// It no longer explains this.
    Hide(T),
}

/// The note over terms that are told apart by `T`.
#[derive(Clone, Debug)]
pub struct Note<T> {
    shown: Option<(T, Why)>,
}

impl<T> Default for Note<T> {
    /// Not shown.
    fn default() -> Self {
        Self { shown: None }
    }
}

impl<T: Clone + PartialEq> Note<T> {
    /// What it explains.
    pub fn shown(&self) -> Option<&T> {
        self.shown.as_ref().map(|(term, _)| term)
    }

    /// A pointer is there. A finger points at nothing: what it comes down on it may only scroll past, and a tap is told too.
    pub fn pointed(&mut self, at: At<T>, finger: bool) -> Change<T> {
        match at {
            _ if finger => Change::Nothing,
            At::Term(term) if self.shown() != Some(&term) => self.show(term, Why::Pointer),
            At::Term(_) | At::Note => Change::Nothing,
            At::Elsewhere => self.hide(Why::Pointer),
        }
    }

    /// The focus comes to a term: by a key, as far as the browser tells, or by a click, which is told too.
    pub fn focused(&mut self, term: T, by_key: bool) -> Change<T> {
        if by_key { self.show(term, Why::Focus) } else { Change::Nothing }
    }

    /// The focus leaves a term for this.
    pub fn left(&mut self, to: At<T>) -> Change<T> {
        if matches!(to, At::Note) { Change::Nothing } else { self.hide(Why::Focus) }
    }

    /// A click or a tap. Where pointer or focus show the note already the first one keeps it; the next one hides it.
    pub fn clicked(&mut self, at: At<T>) -> Change<T> {
        match at {
            At::Term(term) if self.shown.as_ref() == Some(&(term.clone(), Why::Tap)) => self.hide(Why::Tap),
            At::Term(term) => self.show(term, Why::Tap),
            At::Note => Change::Nothing,
            At::Elsewhere => self.hide(Why::Tap),
        }
    }

    /// A key: Escape hides the note, and does nothing else; none for every other key and where there is no note.
    pub fn key(&mut self, press: Press) -> Option<Change<T>> {
        let (term, _) = self.shown.take_if(|_| notes_key(press, Place::Note) == Some(ByKey::Hides))?;
        Some(Change::Hide(term))
    }

    fn show(&mut self, term: T, why: Why) -> Change<T> {
        let before = self.shown.replace((term.clone(), why));
        Change::Show { term, instead_of: before.map(|(term, _)| term) }
    }

    /// Hides what is shown for that reason.
    fn hide(&mut self, why: Why) -> Change<T> {
        let hidden = self.shown.take_if(|(_, shown)| *shown == why);
        hidden.map_or(Change::Nothing, |(term, _)| Change::Hide(term))
    }
}

/// The place to which a key moves the focus among `count` terms that are one stop of the Tab key, as in a toolbar; none for
/// other keys, and with another one held, which makes them the browser's.
pub fn moved_in_group(press: Press, at: usize, count: usize) -> Option<usize> {
    match notes_key(press, Place::Terms)? {
        ByKey::Moves(TO_THE_END..) => Some(count - 1),
        ByKey::Moves(by) if by <= -TO_THE_END => Some(0),
        ByKey::Moves(by) => Some((at as i32 + by).rem_euclid(count as i32) as usize),
        ByKey::Hides => None,
    }
}

/// Which of a group's terms the Tab key stops at, given whether each can be seen: `stop` if that can, else the first.
pub fn stop_of_group(seen: &[bool], stop: usize) -> Option<usize> {
    if seen.get(stop).is_some_and(|seen| *seen) { Some(stop) } else { seen.iter().position(|seen| *seen) }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn shows(term: char, instead_of: Option<char>) -> Change<char> {
        Change::Show { term, instead_of }
    }

    fn pressed(key: &str) -> Press<'_> {
        Press { key, shift: false, chord: false, repeat: false }
    }

    #[test]
    fn a_pointer_shows_it_and_may_go_on_to_it() {
        let mut note = Note::default();
        let mut pointed = |at| note.pointed(at, false);
        assert_eq!(pointed(At::Term('a')), shows('a', None));
        assert_eq!((pointed(At::Term('a')), pointed(At::Note)), (Change::Nothing, Change::Nothing));
        assert_eq!(pointed(At::Term('b')), shows('b', Some('a')));
        assert_eq!((pointed(At::Elsewhere), note.shown()), (Change::Hide('b'), None));
    }

    #[test]
    fn a_tap_keeps_it_until_the_next_one() {
        let mut note = Note::default();
        note.pointed(At::Term('a'), false);
        assert_eq!(note.clicked(At::Term('a')), shows('a', Some('a')));
        assert_eq!(note.pointed(At::Elsewhere, false), Change::Nothing, "the pointer may leave");
        assert_eq!(note.clicked(At::Note), Change::Nothing);
        assert_eq!(note.clicked(At::Term('a')), Change::Hide('a'));
        note.clicked(At::Term('b'));
        assert_eq!(note.clicked(At::Elsewhere), Change::Hide('b'));
    }

    #[test]
    fn the_focus_takes_it_along_and_escape_hides_it_always() {
        let mut note = Note::default();
        assert_eq!(note.focused('a', true), shows('a', None));
        assert_eq!((note.left(At::Note), note.pointed(At::Elsewhere, false)), (Change::Nothing, Change::Nothing));
        assert_eq!(note.left(At::Elsewhere), Change::Hide('a'));
        note.clicked(At::Term('b'));
        assert_eq!(note.key(Press { chord: true, ..pressed("Escape") }), None);
        assert_eq!((note.key(pressed("Escape")), note.key(pressed("Escape"))), (Some(Change::Hide('b')), None));
    }

    #[test]
    fn a_finger_or_a_click_that_brings_the_focus_shows_nothing_by_itself() {
        let mut note = Note::default();
        assert_eq!((note.pointed(At::Term('a'), true), note.focused('a', false)), (Change::Nothing, Change::Nothing));
        note.focused('a', true);
        assert_eq!(note.pointed(At::Elsewhere, true), Change::Nothing);
        assert_eq!(note.shown(), Some(&'a'));
    }

    #[test]
    fn arrows_go_round_a_group() {
        let moved = |key| moved_in_group(pressed(key), 2, 3);
        assert_eq!(
            ["ArrowRight", "ArrowUp", "Home", "End", "a"].map(moved),
            [Some(0), Some(1), Some(0), Some(2), None]
        );
    }

    #[test]
    fn with_another_key_held_arrows_are_the_browser_s() {
        assert_eq!(moved_in_group(Press { chord: true, ..pressed("ArrowLeft") }, 1, 3), None);
    }

    #[test]
    fn the_stop_of_a_group_is_a_term_that_is_seen() {
        assert_eq!(stop_of_group(&[true, true, true], 1), Some(1));
        assert_eq!(stop_of_group(&[false, true, true], 0), Some(1));
        assert_eq!(stop_of_group(&[false, false], 1), None);
    }
}
