//! The keys: one table, by which they are handled and from which the list is made that "?" opens.

mod table;

pub use table::{Row, TABLE, TO_THE_END};

use super::event::Event;
use super::lecture;
use super::note::ByKey;
use crate::language::message;
use table::Does;

/// Where keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Wherever the focused element has no use for the key.
    Page,
    /// The same, in the lecture.
    Lecture,
    /// The picture of the relative error, focused.
    Error,
    /// The picture of the convex region, focused.
    Disc,
    /// The picture of the masks, focused.
    Masks,
    /// The picture of one of the paper's figures, focused.
    Paper,
    /// The picture of the map, focused.
    Map,
    /// A term or a symbol of a group of them, focused.
    Terms,
    /// Wherever a note explains something.
    Note,
}

/// The places in the order of the list, each with its heading, a message.
pub const PLACES: [(Place, &str); 9] = [
    (Place::Page, message!("Everywhere")),
    (Place::Lecture, message!("In the lecture, and in a sequence of scenes")),
    (Place::Error, message!("In the picture of the relative error")),
    (Place::Disc, message!("In the picture of the convex region")),
    (Place::Masks, message!("In the picture of the masks")),
    (Place::Paper, message!("In the picture of a figure of the paper")),
    (Place::Map, message!("In the picture of the map")),
    (Place::Terms, message!("Among terms and symbols")),
    (Place::Note, message!("While a note explains something")),
];

/// A key that was pressed.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// As browsers name it.
    pub key: &'a str,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether another key is held that gives it a meaning of the browser's: Control, Alt, Meta.
    pub chord: bool,
    /// Whether it is held down since longer.
    pub repeat: bool,
}

/// The element that has the focus.
#[derive(Clone, Copy, Debug)]
pub struct Focus<'a> {
    /// Its tag, in capitals.
    pub tag: &'a str,
    /// Its type, of an input; "time" of the slider that goes through the run.
    pub kind: &'a str,
}

/// What is done with a key.
#[derive(Debug)]
pub enum Answer {
    /// It is left to the browser.
    Browser,
    /// It is taken from the browser, and does nothing.
    Nothing,
    /// It is taken from the browser, and does this.
    Event(Event),
}

/// What a key means for a picture that has the focus; it then does nothing else.
pub fn own_key(press: Press, place: Place) -> Option<Event> {
    rows_of(press, place).find_map(|(does, number)| match does {
        Does::Happens(event) => Some(event(number)),
        Does::Explains(_) => None,
    })
}

/// What a key means for the notes and for the terms that they explain.
pub fn notes_key(press: Press, place: Place) -> Option<ByKey> {
    rows_of(press, place).find_map(|(does, number)| match does {
        Does::Explains(does) => Some(does(number)),
        Does::Happens(_) => None,
    })
}

/// The rows of a place that a key means, each with the number that it takes.
fn rows_of(press: Press<'_>, place: Place) -> impl Iterator<Item = (Does, i32)> + '_ {
    let fits =
        move |row: &&Row| !press.chord && row.place == place && row.shift.is_none_or(|wanted| wanted == press.shift);
    TABLE.iter().filter(fits).filter_map(move |row| {
        let (_, number) = row.keys.iter().find(|(key, _)| *key == press.key)?;
        Some((row.does, *number))
    })
}

/// Whether the keys of the lecture work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lecturing {
    /// There is no lecture.
    No,
    /// All do.
    Yes,
    /// Those do that are no single letter, digit or sign, which speech input might type.
    WithoutLetters,
}

impl Lecturing {
    /// As the page's root tells it.
    pub fn of(told: Option<&str>) -> Self {
        match told {
            None => Self::No,
            Some("without-letters") => Self::WithoutLetters,
            Some(_) => Self::Yes,
        }
    }

    fn hears(self, key: &str) -> bool {
        self == Self::Yes || (self == Self::WithoutLetters && key.chars().count() > 1)
    }
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// Nothing.
    No,
    /// The QR code of the moment.
    QrCode,
    /// Another dialog, such as the list of keys.
    Dialog,
}

impl Cover {
    fn keeps(self, event: &Event) -> bool {
        match event {
            Event::ShowKeys | Event::TurnQrCode => false,
            // A remote goes on, whatever the hall has just been shown.
            Event::Lecture(lecture::Doing::Steps(_)) => self == Self::Dialog,
            _ => self != Self::No,
        }
    }
}

/// What a key means for the page, unless the focused element has a use for it, or what lies over the page keeps it.
pub fn page_key(press: Press, focus: Option<Focus>, cover: Cover, lecturing: Lecturing) -> Answer {
    let of_lecture = own_key(press, Place::Lecture).filter(|_| lecturing.hears(press.key));
    let Some(event) = of_lecture.or_else(|| own_key(press, Place::Page)) else { return Answer::Browser };
    if cover.keeps(&event) || focus.is_some_and(|focus| focus.uses(press)) {
        return Answer::Browser;
    }
    // Held down, those that turn something over would flicker.
    let turns_over = matches!(
        event,
        Event::PlayOrPause
            | Event::ShowKeys
            | Event::TurnQrCode
            | Event::Lecture(lecture::Doing::Blanks | lecture::Doing::FullScreen)
    );
    if turns_over && press.repeat { Answer::Nothing } else { Answer::Event(event) }
}

impl Focus<'_> {
    /// Whether a browser gives this key a meaning of its own while the element has the focus.
    fn uses(self, press: Press) -> bool {
        let by_arrows = matches!(press.key, "ArrowLeft" | "ArrowRight" | "Home" | "End");
        match (self.tag, self.kind) {
            // A heading has it where a link led there.
            ("BODY" | "MAIN" | "CANVAS" | "A" | "DIALOG" | "H2", _) => false,
            ("BUTTON" | "SUMMARY", _) | ("INPUT", "checkbox") => press.key == " ",
            ("INPUT", "range") => by_arrows,
            // Browsers know no ten steps.
            ("INPUT", "time") => by_arrows && !press.shift,
            ("INPUT" | "SELECT" | "TEXTAREA", _) => true,
            // Whatever else has the focus scrolls.
            _ => by_arrows || press.key == " ",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn press(key: &str) -> Press<'_> {
        Press { key, shift: false, chord: false, repeat: false }
    }

    fn focus(tag: &'static str) -> Option<Focus<'static>> {
        let (tag, kind) = tag.split_once(' ').unwrap_or((tag, ""));
        Some(Focus { tag, kind })
    }

    #[test]
    fn each_key_of_the_list_does_something_and_no_two_rows_want_the_same_key() {
        for row in &TABLE {
            assert!(PLACES.iter().any(|(place, _)| *place == row.place) && !row.names().is_empty());
            for (key, _) in row.keys {
                let press = Press { shift: row.shift == Some(true), ..press(key) };
                let means = own_key(press, row.place).is_some() || notes_key(press, row.place).is_some();
                assert!(means, "{key}");
                let rivals = TABLE.iter().filter(|other| {
                    other.place == row.place
                        && other.keys.iter().any(|(other, _)| other == key)
                        && (other.shift.is_none() || row.shift.is_none() || other.shift == row.shift)
                });
                assert_eq!(rivals.count(), 1, "{key}: {}", row.meaning);
            }
        }
        assert!(own_key(Press { chord: true, ..press(" ") }, Place::Page).is_none());
    }

    #[test]
    fn shift_makes_ten_of_one() {
        let steps = |shift| match own_key(Press { shift, ..press("ArrowRight") }, Place::Page) {
            Some(Event::Steps(steps)) => steps,
            other => panic!("{other:?}"),
        };
        assert_eq!((steps(false), steps(true)), (1, 10));
        assert_eq!(TABLE[2].names(), ["Shift", "←", "→"]);
    }

    #[test]
    fn a_focused_element_keeps_the_keys_that_it_uses() {
        let plays = |tag| {
            matches!(page_key(press(" "), focus(tag), Cover::No, Lecturing::No), Answer::Event(Event::PlayOrPause))
        };
        let tags = ["BODY", "INPUT range", "BUTTON", "INPUT checkbox", "INPUT text", "SELECT", "DIV", "TEXTAREA"];
        assert_eq!(tags.map(plays), [true, true, false, false, false, false, false, false]);
        assert!(plays("H2") && plays("INPUT time"));
        let steps = |tag| {
            matches!(
                page_key(press("ArrowRight"), focus(tag), Cover::No, Lecturing::No),
                Answer::Event(Event::Steps(1))
            )
        };
        assert_eq!(tags.map(steps), [true, false, true, true, false, false, false, false]);
        assert!(matches!(page_key(press("?"), focus("TEXTAREA"), Cover::No, Lecturing::Yes), Answer::Browser));
        let ten = |tag| {
            let press = Press { shift: true, ..press("ArrowRight") };
            matches!(page_key(press, focus(tag), Cover::No, Lecturing::No), Answer::Event(Event::Steps(10)))
        };
        assert!(!steps("INPUT time") && ten("INPUT time") && !ten("INPUT range"));
    }

    #[test]
    fn behind_what_is_open_over_the_page_only_its_own_keys_work() {
        assert!(matches!(page_key(press(" "), None, Cover::Dialog, Lecturing::No), Answer::Browser));
        assert!(matches!(page_key(press("PageDown"), None, Cover::Dialog, Lecturing::Yes), Answer::Browser));
        let over_code = |key| page_key(press(key), None, Cover::QrCode, Lecturing::Yes);
        assert!(matches!(over_code("PageDown"), Answer::Event(Event::Lecture(lecture::Doing::Steps(1)))));
        assert!(matches!(over_code(" "), Answer::Browser));
        assert!(matches!(page_key(press("q"), None, Cover::Dialog, Lecturing::Yes), Answer::Event(Event::TurnQrCode)));
        assert!(matches!(page_key(press("?"), None, Cover::Dialog, Lecturing::No), Answer::Event(Event::ShowKeys)));
    }

    #[test]
    fn a_key_held_down_does_not_flicker() {
        let held = |key| page_key(Press { repeat: true, ..press(key) }, None, Cover::No, Lecturing::No);
        assert!(matches!(held(" "), Answer::Nothing) && matches!(held("?"), Answer::Nothing));
        assert!(matches!(held("ArrowRight"), Answer::Event(Event::Steps(1))));
    }

    #[test]
    fn in_the_lecture_a_remote_turns_the_beats_and_letters_can_be_switched_off() {
        let heard = |key, lecturing| matches!(page_key(press(key), None, Cover::No, lecturing), Answer::Event(_));
        let keys = ["PageDown", "b", "1", "q", " "];
        assert_eq!(keys.map(|key| heard(key, Lecturing::Yes)), [true; 5]);
        assert_eq!(keys.map(|key| heard(key, Lecturing::WithoutLetters)), [true, false, false, false, true]);
        assert_eq!(keys.map(|key| heard(key, Lecturing::No)), [false, false, false, false, true]);
        let typed = page_key(press("b"), focus("INPUT text"), Cover::No, Lecturing::Yes);
        assert!(matches!(typed, Answer::Browser), "it belongs to the box");
        let of = |told| Lecturing::of(told);
        assert_eq!((of(None), of(Some("on"))), (Lecturing::No, Lecturing::Yes));
        assert_eq!(of(Some("without-letters")), Lecturing::WithoutLetters);
    }
}
