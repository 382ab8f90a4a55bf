//! Keys as the browser tells of them, and the list of keys that "?" opens.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::dom::{Listener, append, by_id, create, document};
use super::{Dispatch, qr_code};
use crate::language::translate;
use crate::session::event::Event;
use crate::session::keys::{self, Answer, Cover, Focus, Lecturing, PLACES, Place, Press, Row, TABLE};

/// What a key means for a picture that has the focus; it then does nothing else.
pub fn own_key(event: &KeyboardEvent, place: Place) -> Option<Event> {
    let happened = keys::own_key(press(event, &event.key()), place)?;
    event.prevent_default();
    event.stop_propagation();
    Some(happened)
}

/// What a key means for the page.
pub fn page_key(event: &KeyboardEvent) -> Option<Event> {
    let focused = document().active_element().map(|focused| {
        let kind = focused
            .dyn_ref::<HtmlInputElement>()
            .map_or(String::new(), |input| if input.id() == "time" { input.id() } else { input.type_() });
        (focused.tag_name(), kind)
    });
    let focus = focused.as_ref().map(|(tag, kind)| Focus { tag, kind });
    let root = document().document_element();
    let told = root.and_then(|root| root.get_attribute("data-lecture").or_else(|| root.get_attribute("data-sequence")));
    let lecturing = Lecturing::of(told.as_deref());
    let answer = keys::page_key(press(event, &event.key()), focus, cover(), lecturing);
    if !matches!(answer, Answer::Browser) {
        event.prevent_default();
    }
    match answer {
        Answer::Event(event) => Some(event),
        Answer::Browser | Answer::Nothing => None,
    }
}

/// A key as the session takes it; `key` is its name.
pub fn press<'a>(event: &KeyboardEvent, key: &'a str) -> Press<'a> {
    let chord = event.ctrl_key() || event.alt_key() || event.meta_key();
    Press { key, shift: event.shift_key(), chord, repeat: event.repeat() }
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
        for (place, heading) in PLACES {
            let table: Element = create("table", "");
            let caption: Element = create("caption", "");
            caption.set_text_content(Some(translate(heading)));
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
            qr_code::dialog().close();
            list.show_modal().expect("a list that is closed and in the document can be shown");
            // The browser has gone to the button below it, which got the focus.
            list.set_scroll_top(0);
        }
    }
}

fn cover() -> Cover {
    match document().query_selector("dialog[open]") {
        Ok(Some(_)) if qr_code::dialog().open() => Cover::QrCode,
        Ok(Some(_)) => Cover::Dialog,
        _ => Cover::No,
    }
}

/// The list's element.
pub fn list() -> HtmlDialogElement {
    by_id("keys")
}

fn line(row: &Row) -> Element {
    let line: Element = create("tr", "");
    let keys: Element = create("th", "");
    keys.set_attribute("scope", "row").expect("the attribute has a name");
    for name in row.names() {
        let key: Element = create("kbd", "");
        key.set_text_content(Some(name));
        append(&keys, &key);
    }
    let meaning: Element = create("td", "");
    meaning.set_text_content(Some(translate(row.meaning)));
    append(&line, &keys);
    append(&line, &meaning);
    line
}
