//! The keys: one table, by which they are handled and from which the list is made that "?" opens.

use super::event::Event;
use super::figures::Doing;
use super::note::ByKey;
use super::{lecture, mapping, painting};

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

/// The places in the order of the list, each with its heading.
pub const PLACES: [(Place, &str); 9] = [
    (Place::Page, "Everywhere"),
    (Place::Lecture, "In the lecture, and in a sequence of scenes"),
    (Place::Error, "In the picture of the relative error"),
    (Place::Disc, "In the picture of the convex region"),
    (Place::Masks, "In the picture of the masks"),
    (Place::Paper, "In the picture of a figure of the paper"),
    (Place::Map, "In the picture of the map"),
    (Place::Terms, "Among terms and symbols"),
    (Place::Note, "While a note explains something"),
];

/// A row of the table.
pub struct Row {
    /// Where it holds.
    pub place: Place,
    // each key as browsers name it, with the number that the event takes
    keys: &'static [(&'static str, i32)],
    // whether Shift must be held; none where that does not matter
    shift: Option<bool>,
    /// What it does, in words.
    pub meaning: &'static str,
    does: Does,
}

/// What a key does, by the number that it takes.
#[derive(Clone, Copy)]
enum Does {
    /// Something happens to the page.
    Happens(fn(i32) -> Event),
    /// Something happens to the notes and to the terms that they explain.
    Explains(fn(i32) -> ByKey),
}

/// More than any picture has places or any run has steps.
pub const TO_THE_END: i32 = 1_000_000;
const SIDEWAYS: &[(&str, i32)] = &[("ArrowLeft", -1), ("ArrowRight", 1)];
const TEN_SIDEWAYS: &[(&str, i32)] = &[("ArrowLeft", -10), ("ArrowRight", 10)];
const DOWN_AND_UP: &[(&str, i32)] = &[("ArrowDown", -1), ("ArrowUp", 1)];
const BOTH_WAYS: &[(&str, i32)] = &[("ArrowLeft", -1), ("ArrowUp", -1), ("ArrowRight", 1), ("ArrowDown", 1)];
const UP_AND_DOWN: &[(&str, i32)] = &[("ArrowUp", -1), ("ArrowDown", 1)];
const BEATS: &[(&str, i32)] = &[("PageUp", -1), ("PageDown", 1)];
const ANSWERS: &[(&str, i32)] = &[("1", 0), ("2", 1), ("3", 2), ("4", 3)];
const ENDS: &[(&str, i32)] = &[("Home", -TO_THE_END), ("End", TO_THE_END)];

const fn row(
    place: Place,
    keys: &'static [(&'static str, i32)],
    shift: Option<bool>,
    meaning: &'static str,
    event: fn(i32) -> Event,
) -> Row {
    Row { place, keys, shift, meaning, does: Does::Happens(event) }
}

const fn explaining(
    place: Place,
    keys: &'static [(&'static str, i32)],
    meaning: &'static str,
    does: fn(i32) -> ByKey,
) -> Row {
    Row { place, keys, shift: None, meaning, does: Does::Explains(does) }
}

/// Every row.
pub static TABLE: [Row; 34] = [
    row(Place::Page, &[(" ", 0)], None, "play or pause; at the end of a run, play it again", |_| Event::PlayOrPause),
    row(Place::Page, SIDEWAYS, Some(false), "one step back, one step on", Event::Steps),
    row(Place::Page, TEN_SIDEWAYS, Some(true), "ten steps", Event::Steps),
    row(Place::Page, ENDS, None, "back to the start, on to the end", Event::Steps),
    row(Place::Page, &[("?", 0)], None, "open and close this list", |_| Event::ShowKeys),
    row(Place::Lecture, BEATS, None, "one beat back, one beat on: what presenter remotes send", |by| {
        Event::Lecture(lecture::Doing::Steps(by))
    }),
    row(Place::Lecture, ANSWERS, None, "the answer of the hall", |answer| {
        Event::Lecture(lecture::Doing::Votes(answer as usize))
    }),
    row(Place::Lecture, &[("b", 0), (".", 0)], None, "dark, and seen again", |_| {
        Event::Lecture(lecture::Doing::Blanks)
    }),
    row(Place::Lecture, &[("f", 0)], None, "the whole screen", |_| Event::Lecture(lecture::Doing::FullScreen)),
    row(Place::Lecture, &[("q", 0)], None, "the QR code of this moment, for the hall", |_| Event::TurnQrCode),
    row(Place::Error, SIDEWAYS, Some(false), "move the cursor along the curve", Event::CursorBy),
    row(Place::Error, TEN_SIDEWAYS, Some(true), "the same, ten times as far", Event::CursorBy),
    row(Place::Error, ENDS, None, "to the first and to the last iteration", Event::CursorBy),
    row(Place::Error, &[("Enter", 0)], None, "listen to the relative error, or no longer", |_| Event::Listen),
    row(Place::Disc, SIDEWAYS, Some(false), "from probe to probe, by distance", Event::ProbeBy),
    row(Place::Disc, TEN_SIDEWAYS, Some(true), "ten probes on", Event::ProbeBy),
    row(Place::Disc, ENDS, None, "to the nearest and to the farthest probe", Event::ProbeBy),
    row(Place::Disc, &[("Enter", 0)], None, "run the chosen probe in the lab", |_| Event::OpenProbe),
    row(Place::Masks, UP_AND_DOWN, None, "from neuron to neuron", Event::LightBy),
    row(Place::Masks, ENDS, None, "to the first and to the last neuron", Event::LightBy),
    row(Place::Masks, SIDEWAYS, Some(false), "from weight to weight", |by| Event::Mask(painting::Doing::StepsBy(by))),
    row(Place::Masks, TEN_SIDEWAYS, Some(true), "ten weights on", |by| Event::Mask(painting::Doing::StepsBy(by))),
    row(Place::Masks, &[("Enter", 0)], None, "paint: keep the weight, or prune it", |_| {
        Event::Mask(painting::Doing::TurnsOver)
    }),
    row(Place::Masks, &[("Backspace", 0)], None, "undo what was painted last", |_| {
        Event::Mask(painting::Doing::Undoes)
    }),
    row(Place::Paper, SIDEWAYS, Some(false), "from setting to setting", |by| Event::Figure(Doing::CellBy(by))),
    row(Place::Paper, TEN_SIDEWAYS, Some(true), "ten settings on", |by| Event::Figure(Doing::CellBy(by))),
    row(Place::Paper, ENDS, None, "to the first and to the last setting", |by| Event::Figure(Doing::CellBy(by))),
    row(Place::Paper, &[("Escape", 0)], None, "choose no setting", |_| Event::Figure(Doing::ForgetsCell)),
    row(Place::Map, SIDEWAYS, None, "from column to column", |by| Event::Map(mapping::Doing::MovesBy(by, 0))),
    row(Place::Map, DOWN_AND_UP, None, "from row to row", |by| Event::Map(mapping::Doing::MovesBy(0, by))),
    row(Place::Map, &[("Enter", 0)], None, "move the sliders there", |_| Event::Map(mapping::Doing::Opens)),
    explaining(Place::Terms, BOTH_WAYS, "from one to the next, which the note explains", ByKey::Moves),
    explaining(Place::Terms, ENDS, "to the first and to the last of the group", ByKey::Moves),
    explaining(Place::Note, &[("Escape", 0)], "take the note away", |_| ByKey::Hides),
];

impl Row {
    /// What stands on its keys; those to be held first.
    pub fn names(&self) -> Vec<&'static str> {
        let shift = (self.shift == Some(true)).then_some("Shift");
        shift.into_iter().chain(self.keys.iter().map(|(key, _)| name(key))).collect()
    }
}

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
    /// Its type, of an input.
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

/// What a key means for the page, unless the focused element has a use for it, or a dialog is open over the page, such as
/// the list of keys.
pub fn page_key(press: Press, focus: Option<Focus>, covered: bool, lecturing: Lecturing) -> Answer {
    let of_lecture = own_key(press, Place::Lecture).filter(|_| lecturing.hears(press.key));
    let Some(event) = of_lecture.or_else(|| own_key(press, Place::Page)) else { return Answer::Browser };
    let is_behind = covered && !matches!(event, Event::ShowKeys | Event::TurnQrCode);
    if is_behind || focus.is_some_and(|focus| focus.uses(press.key)) {
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
    fn uses(self, key: &str) -> bool {
        let by_arrows = matches!(key, "ArrowLeft" | "ArrowRight" | "Home" | "End");
        match (self.tag, self.kind) {
            ("BODY" | "MAIN" | "CANVAS" | "A" | "DIALOG", _) => false,
            ("BUTTON" | "SUMMARY", _) | ("INPUT", "checkbox") => key == " ",
            ("INPUT", "range") => by_arrows,
            ("INPUT" | "SELECT" | "TEXTAREA", _) => true,
            // Whatever else has the focus scrolls.
            _ => by_arrows || key == " ",
        }
    }
}

/// What stands on the key.
fn name(key: &'static str) -> &'static str {
    match key {
        " " => "Space",
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "PageUp" => "Page↑",
        "PageDown" => "Page↓",
        key => key,
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
        let plays =
            |tag| matches!(page_key(press(" "), focus(tag), false, Lecturing::No), Answer::Event(Event::PlayOrPause));
        let tags = ["BODY", "INPUT range", "BUTTON", "INPUT checkbox", "INPUT text", "SELECT", "DIV", "TEXTAREA"];
        assert_eq!(tags.map(plays), [true, true, false, false, false, false, false, false]);
        let steps = |tag| {
            matches!(page_key(press("ArrowRight"), focus(tag), false, Lecturing::No), Answer::Event(Event::Steps(1)))
        };
        assert_eq!(tags.map(steps), [true, false, true, true, false, false, false, false]);
        assert!(matches!(page_key(press("?"), focus("TEXTAREA"), false, Lecturing::Yes), Answer::Browser));
    }

    #[test]
    fn behind_what_is_open_over_the_page_only_its_own_keys_work() {
        assert!(matches!(page_key(press(" "), None, true, Lecturing::No), Answer::Browser));
        assert!(matches!(page_key(press("PageDown"), None, true, Lecturing::Yes), Answer::Browser));
        assert!(matches!(page_key(press("q"), None, true, Lecturing::Yes), Answer::Event(Event::TurnQrCode)));
        assert!(matches!(page_key(press("?"), None, true, Lecturing::No), Answer::Event(Event::ShowKeys)));
    }

    #[test]
    fn a_key_held_down_does_not_flicker() {
        let held = |key| page_key(Press { repeat: true, ..press(key) }, None, false, Lecturing::No);
        assert!(matches!(held(" "), Answer::Nothing) && matches!(held("?"), Answer::Nothing));
        assert!(matches!(held("ArrowRight"), Answer::Event(Event::Steps(1))));
    }

    #[test]
    fn in_the_lecture_a_remote_turns_the_beats_and_letters_can_be_switched_off() {
        let heard = |key, lecturing| matches!(page_key(press(key), None, false, lecturing), Answer::Event(_));
        let keys = ["PageDown", "b", "1", "q", " "];
        assert_eq!(keys.map(|key| heard(key, Lecturing::Yes)), [true; 5]);
        assert_eq!(keys.map(|key| heard(key, Lecturing::WithoutLetters)), [true, false, false, false, true]);
        assert_eq!(keys.map(|key| heard(key, Lecturing::No)), [false, false, false, false, true]);
        let typed = page_key(press("b"), focus("INPUT text"), false, Lecturing::Yes);
        assert!(matches!(typed, Answer::Browser), "it belongs to the box");
        let of = |told| Lecturing::of(told);
        assert_eq!((of(None), of(Some("on"))), (Lecturing::No, Lecturing::Yes));
        assert_eq!(of(Some("without-letters")), Lecturing::WithoutLetters);
    }
}
