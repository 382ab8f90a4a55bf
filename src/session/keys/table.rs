//! The table of the keys: each with its place, its meaning and what it does.

use super::super::event::Event;
use super::super::figures::Doing;
use super::super::note::ByKey;
use super::super::{lecture, mapping, painting};
use super::Place::{self, Disc, Error, Lecture, Map, Masks, Note, Page, Paper, Terms};
use crate::language::{message, tr};

/// A row of the table.
pub struct Row {
    /// Where it holds.
    pub place: Place,
    // each key as browsers name it, with the number that the event takes
    pub(super) keys: &'static [(&'static str, i32)],
    // whether Shift must be held; none where that does not matter
    pub(super) shift: Option<bool>,
    /// What it does, in words: a message.
    pub meaning: &'static str,
    pub(super) does: Does,
}

/// What a key does, by the number that it takes.
#[derive(Clone, Copy)]
pub(super) enum Does {
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
pub static TABLE: [Row; 36] = [
    row(Page, &[(" ", 0)], None, message!("play or pause; at the end of a run, play it again"), |_| Event::PlayOrPause),
    row(Page, SIDEWAYS, Some(false), message!("one step back, one step on"), Event::Steps),
    row(Page, TEN_SIDEWAYS, Some(true), message!("ten steps"), Event::Steps),
    row(Page, ENDS, None, message!("back to the start, on to the end"), Event::Steps),
    row(Page, &[("?", 0)], None, message!("open and close this list"), |_| Event::ShowKeys),
    row(Lecture, BEATS, None, message!("one beat back, one beat on: what presenter remotes send"), |by| {
        Event::Lecture(lecture::Doing::Steps(by))
    }),
    row(Lecture, ANSWERS, None, message!("the answer of the hall"), |answer| {
        Event::Lecture(lecture::Doing::Votes(answer as usize))
    }),
    row(Lecture, &[("b", 0), (".", 0)], None, message!("dark, and seen again"), |_| {
        Event::Lecture(lecture::Doing::Blanks)
    }),
    row(Lecture, &[("Escape", 0)], None, message!("seen again"), |_| Event::Lecture(lecture::Doing::Brightens)),
    row(Lecture, &[("f", 0)], None, message!("the whole screen"), |_| Event::Lecture(lecture::Doing::FullScreen)),
    row(Lecture, &[("q", 0)], None, message!("the QR code of this moment, for the hall"), |_| Event::TurnQrCode),
    row(Error, SIDEWAYS, Some(false), message!("move the cursor along the curve"), Event::CursorBy),
    row(Error, TEN_SIDEWAYS, Some(true), message!("the same, ten times as far"), Event::CursorBy),
    row(Error, ENDS, None, message!("to the first and to the last iteration"), Event::CursorBy),
    row(Error, &[("Enter", 0)], None, message!("listen to the relative error, or no longer"), |_| Event::Listen),
    row(Disc, SIDEWAYS, Some(false), message!("from probe to probe, by distance"), Event::ProbeBy),
    row(Disc, TEN_SIDEWAYS, Some(true), message!("ten probes on"), Event::ProbeBy),
    row(Disc, ENDS, None, message!("to the nearest and to the farthest probe"), Event::ProbeBy),
    row(Disc, &[("Enter", 0)], None, message!("run the chosen probe in the lab"), |_| Event::OpenProbe),
    row(Masks, UP_AND_DOWN, None, message!("from neuron to neuron"), Event::LightBy),
    row(Masks, ENDS, None, message!("to the first and to the last neuron"), Event::LightBy),
    row(Masks, SIDEWAYS, Some(false), message!("from weight to weight"), |by| {
        Event::Mask(painting::Doing::StepsBy(by))
    }),
    row(Masks, TEN_SIDEWAYS, Some(true), message!("ten weights on"), |by| Event::Mask(painting::Doing::StepsBy(by))),
    row(Masks, &[("Enter", 0)], None, message!("paint: keep the weight, or prune it"), |_| {
        Event::Mask(painting::Doing::TurnsOver)
    }),
    row(Masks, &[("Backspace", 0)], None, message!("undo what was painted last"), |_| {
        Event::Mask(painting::Doing::Undoes)
    }),
    row(Paper, SIDEWAYS, Some(false), message!("from setting to setting"), |by| Event::Figure(Doing::CellBy(by))),
    row(Paper, TEN_SIDEWAYS, Some(true), message!("ten settings on"), |by| Event::Figure(Doing::CellBy(by))),
    row(Paper, ENDS, None, message!("to the first and to the last setting"), |by| Event::Figure(Doing::CellBy(by))),
    row(Paper, &[("Escape", 0)], None, message!("choose no setting"), |_| Event::Figure(Doing::ForgetsCell)),
    row(Map, SIDEWAYS, None, message!("from column to column"), |by| Event::Map(mapping::Doing::MovesBy(by, 0))),
    row(Map, DOWN_AND_UP, None, message!("from row to row"), |by| Event::Map(mapping::Doing::MovesBy(0, by))),
    row(Map, ENDS, None, message!("to the first and to the last column"), |by| {
        Event::Map(mapping::Doing::MovesBy(by, 0))
    }),
    row(Map, &[("Enter", 0)], None, message!("move the sliders there"), |_| Event::Map(mapping::Doing::Opens)),
    explaining(Terms, BOTH_WAYS, message!("from one to the next, which the note explains"), ByKey::Moves),
    explaining(Terms, ENDS, message!("to the first and to the last of the group"), ByKey::Moves),
    explaining(Note, &[("Escape", 0)], message!("take the note away"), |_| ByKey::Hides),
];

impl Row {
    /// What stands on its keys; those to be held first.
    pub fn names(&self) -> Vec<&'static str> {
        let shift = (self.shift == Some(true)).then_some(tr!("Shift"));
        shift.into_iter().chain(self.keys.iter().map(|(key, _)| name(key))).collect()
    }
}

/// What stands on the key.
fn name(key: &'static str) -> &'static str {
    match key {
        " " => tr!("Space"),
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "PageUp" => tr!("Page↑"),
        "PageDown" => tr!("Page↓"),
        "Home" => tr!("Home"),
        "End" => tr!("End"),
        "Enter" => tr!("Enter"),
        "Escape" => tr!("Escape"),
        "Backspace" => tr!("Backspace"),
        key => key,
    }
}
