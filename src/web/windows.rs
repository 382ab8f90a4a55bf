//! The window with the notes, and what windows of the page say to each other.

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, Element, EventTarget, HtmlElement, MessageEvent};

use super::Dispatch;
use super::dom::{Interval, Listener, by_id, document, set_attribute, set_text, window};
use crate::session::event::Event;
use crate::session::mirror::{Word, clock};

/// The name of the window with the notes, which it keeps when it is loaded again.
const NOTES: &str = "winning-ticket-notes";
/// How large it is to be.
const SIZE: &str = "popup,width=1200,height=900";
/// Milliseconds between two looks at the clock.
const TICK: i32 = 1000;

/// The other windows of the page.
pub struct Windows {
    // none where a browser has none, or the page comes from a file
    channel: Option<BroadcastChannel>,
    _listeners: Vec<Listener>,
    _clock: Option<Interval>,
}

impl Windows {
    /// Listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let channel = BroadcastChannel::new("winning-ticket").ok();
        let mut listeners = Vec::new();
        if let Some(channel) = &channel {
            let dispatch = dispatch.clone();
            listeners.push(Listener::new(channel.unchecked_ref::<EventTarget>(), "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|message| message.data().as_string());
                if let Some(word) = text.and_then(|text| Word::read(&text)) {
                    dispatch(Event::Window(word));
                }
            }));
            let leaving = channel.clone();
            listeners.push(Listener::new(&window(), "pagehide", move |_| {
                if has_notes() {
                    let _ = leaving.post_message(&Word::Ends.text().into());
                }
            }));
        }
        let opens = dispatch.clone();
        listeners.push(Listener::new(&by_id::<HtmlElement>("scene-notes"), "click", move |_| {
            opens(Event::OpensNotes);
            let here = window().location().href().unwrap_or_default();
            let _ = window().open_with_url_and_target_and_features(&here, NOTES, SIZE);
        }));
        let clock = has_notes().then(|| {
            let opened = opened();
            show_clock(opened);
            Interval::new(TICK, move || show_clock(opened))
        });
        Self { channel, _listeners: listeners, _clock: clock }
    }

    /// Says what this window is: the page's own state follows from it.
    pub fn open(&self) -> Option<Event> {
        if has_notes() {
            let root = document().document_element().expect("a document has a root");
            set_attribute(&root, "data-notes", "");
            by_id::<HtmlElement>("notes").set_hidden(false);
            return Some(Event::Notes);
        }
        self.say(&Word::Asks);
        None
    }

    /// Says it to them.
    pub fn say(&self, word: &Word) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&word.text().into());
        }
    }
}

/// Whether this window has the notes.
fn has_notes() -> bool {
    window().name().is_ok_and(|name| name == NOTES)
}

/// When the window was opened, in milliseconds: kept while it is loaded again.
fn opened() -> f64 {
    const NAME: &str = "winning-ticket/opened";
    let kept = window().session_storage().ok().flatten();
    let before = kept.as_ref().and_then(|kept| kept.get_item(NAME).ok()??.parse().ok());
    before.unwrap_or_else(|| {
        let now = Date::now();
        if let Some(kept) = kept {
            // A browser that keeps nothing begins anew.
            let _ = kept.set_item(NAME, &now.to_string());
        }
        now
    })
}

/// The time of the day, and since the window was opened.
fn show_clock(opened: f64) {
    let now = Date::new_0();
    let text = clock((now.get_hours(), now.get_minutes()), Date::now() - opened);
    set_text(&by_id::<Element>("notes-clock"), &text);
}
