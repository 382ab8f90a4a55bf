//! The keys: one table, by which they are handled and from which the list is made that "?" opens.

use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::dom::{Listener, append, by_id, create, document};
use super::event::{Dispatch, Event};

/// Where keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Wherever the focused element has no use for the key.
    Page,
    /// The picture of the relative error, focused.
    Error,
    /// The picture of the convex region, focused.
    Disc,
    /// The picture of the masks, focused.
    Masks,
}

/// A row of the table.
struct Row {
    place: Place,
    // each key as browsers name it, with the number that the event takes
    keys: &'static [(&'static str, i32)],
    // whether Shift must be held; none where that does not matter
    shift: Option<bool>,
    meaning: &'static str,
    event: fn(i32) -> Event,
}

/// More than any picture has places or any run has steps.
const TO_THE_END: i32 = 1_000_000;
const SIDEWAYS: &[(&str, i32)] = &[("ArrowLeft", -1), ("ArrowRight", 1)];
const TEN_SIDEWAYS: &[(&str, i32)] = &[("ArrowLeft", -10), ("ArrowRight", 10)];
const UP_AND_DOWN: &[(&str, i32)] = &[("ArrowUp", -1), ("ArrowDown", 1)];
const ENDS: &[(&str, i32)] = &[("Home", -TO_THE_END), ("End", TO_THE_END)];

const fn row(
    place: Place,
    keys: &'static [(&'static str, i32)],
    shift: Option<bool>,
    meaning: &'static str,
    event: fn(i32) -> Event,
) -> Row {
    Row { place, keys, shift, meaning, event }
}

const TABLE: [Row; 15] = [
    row(Place::Page, &[(" ", 0)], None, "play or pause; at the end of a run, play it again", |_| Event::PlayOrPause),
    row(Place::Page, &[("ArrowRight", 1)], Some(false), "one step", |steps| Event::Steps(steps as u32)),
    row(Place::Page, &[("ArrowRight", 10)], Some(true), "ten steps", |steps| Event::Steps(steps as u32)),
    row(Place::Page, &[("Home", 0)], None, "back to the start", |_| Event::Reset),
    row(Place::Page, &[("End", TO_THE_END)], None, "on to the end", |steps| Event::Steps(steps as u32)),
    row(Place::Page, &[("?", 0)], None, "open and close this list", |_| Event::ShowKeys),
    row(Place::Error, SIDEWAYS, Some(false), "move the cursor along the curve", Event::CursorBy),
    row(Place::Error, TEN_SIDEWAYS, Some(true), "the same, ten times as far", Event::CursorBy),
    row(Place::Error, ENDS, None, "to the first and to the last iteration", Event::CursorBy),
    row(Place::Disc, SIDEWAYS, Some(false), "from probe to probe, by distance", Event::ProbeBy),
    row(Place::Disc, TEN_SIDEWAYS, Some(true), "ten probes on", Event::ProbeBy),
    row(Place::Disc, ENDS, None, "to the nearest and to the farthest probe", Event::ProbeBy),
    row(Place::Disc, &[("Enter", 0)], None, "run the chosen probe in the lab", |_| Event::OpenProbe),
    row(Place::Masks, UP_AND_DOWN, None, "from neuron to neuron", Event::LightBy),
    row(Place::Masks, ENDS, None, "to the first and to the last neuron", Event::LightBy),
];

/// What a key means for a picture that has the focus; it then does nothing else.
pub fn own_key(event: &KeyboardEvent, place: Place) -> Option<Event> {
    let happened = look_up(event, place)?;
    event.prevent_default();
    event.stop_propagation();
    Some(happened)
}

/// What a key means for the page, unless the focused element has a use for it.
pub fn page_key(event: &KeyboardEvent) -> Option<Event> {
    let happened = look_up(event, Place::Page)?;
    let behind_the_list = list().open() && !matches!(happened, Event::ShowKeys);
    if behind_the_list || document().active_element().is_some_and(|focused| uses(&focused, &event.key())) {
        return None;
    }
    event.prevent_default();
    // Held down, the two that turn something over would flicker.
    let turns_over = matches!(happened, Event::PlayOrPause | Event::ShowKeys);
    (!turns_over || !event.repeat()).then_some(happened)
}

fn look_up(event: &KeyboardEvent, place: Place) -> Option<Event> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let (pressed, shift) = (event.key(), event.shift_key());
    TABLE.iter().filter(|row| row.place == place && row.shift.is_none_or(|wanted| wanted == shift)).find_map(|row| {
        let (_, number) = row.keys.iter().find(|(key, _)| *key == pressed)?;
        Some((row.event)(*number))
    })
}

/// Whether a browser gives this key a meaning of its own while `focused` has the focus.
fn uses(focused: &Element, key: &str) -> bool {
    let by_arrows = matches!(key, "ArrowRight" | "Home" | "End");
    match focused.tag_name().as_str() {
        "BODY" | "MAIN" | "CANVAS" | "A" | "DIALOG" => false,
        "BUTTON" | "SUMMARY" => key == " ",
        "INPUT" => match wasm_bindgen::JsCast::dyn_ref::<HtmlInputElement>(focused).map(HtmlInputElement::type_) {
            Some(kind) if kind == "range" => by_arrows,
            Some(kind) if kind == "checkbox" => key == " ",
            _ => true,
        },
        "SELECT" => true,
        // Whatever else has the focus scrolls.
        _ => by_arrows || key == " ",
    }
}

/// The list of keys: filled once, opened and closed.
pub struct KeyList {
    _listeners: [Listener; 2],
}

impl KeyList {
    /// Fills the list from the table.
    pub fn new(dispatch: &Dispatch) -> Self {
        let holder: Element = by_id("keys-list");
        holder.set_text_content(None);
        for (place, heading) in [
            (Place::Page, "Everywhere"),
            (Place::Error, "In the picture of the relative error"),
            (Place::Disc, "In the picture of the convex region"),
            (Place::Masks, "In the picture of the masks"),
        ] {
            let table: Element = create("table", "");
            let caption: Element = create("caption", "");
            caption.set_text_content(Some(heading));
            append(&table, &caption);
            let body: Element = create("tbody", "");
            for row in TABLE.iter().filter(|row| row.place == place) {
                append(&body, &line(row));
            }
            append(&table, &body);
            append(&holder, &table);
        }
        let on = |id: &str| {
            let dispatch = dispatch.clone();
            Listener::new(&by_id::<HtmlElement>(id), "click", move |_| dispatch(Event::ShowKeys))
        };
        Self { _listeners: [on("keys-help"), on("keys-close")] }
    }

    /// Opens the list, or closes it; the browser closes it at Escape, and gives the focus back.
    pub fn turn(&self) {
        let list = list();
        if list.open() {
            list.close();
        } else {
            list.show_modal().expect("a list that is closed and in the document can be shown");
        }
    }
}

fn list() -> HtmlDialogElement {
    by_id("keys")
}

fn line(row: &Row) -> Element {
    let line: Element = create("tr", "");
    let keys: Element = create("th", "");
    keys.set_attribute("scope", "row").expect("the attribute has a name");
    let mut names: Vec<&str> = row.keys.iter().map(|(key, _)| name(key)).collect();
    if row.shift == Some(true) {
        names.insert(0, "Shift");
    }
    for name in names {
        let key: Element = create("kbd", "");
        key.set_text_content(Some(name));
        append(&keys, &key);
    }
    let meaning: Element = create("td", "");
    meaning.set_text_content(Some(row.meaning));
    append(&line, &keys);
    append(&line, &meaning);
    line
}

/// What stands on the key.
fn name(key: &'static str) -> &'static str {
    match key {
        " " => "Space",
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        key => key,
    }
}
