//! Copying the address of a moment, or the line of the command line that comes to it. Where a browser refuses, it is shown,
//! selected, for the reader to copy.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::Dispatch;
use super::dom::{append, by_id, create, set_attribute, set_text, window};
use crate::language::translate;
use crate::session::address::with_fragment;
use crate::session::captions;
use crate::session::event::Event;
use crate::session::order::Copying;

/// The clipboard, with what was copied last.
pub struct Clipboard {
    text: String,
    // what a box with it is called, and the element that says so
    name: &'static str,
    holder: &'static str,
    copied: Closure<dyn FnMut(JsValue)>,
    refused: Closure<dyn FnMut(JsValue)>,
}

impl Clipboard {
    /// Tells by an event whether the browser has copied.
    pub fn new(dispatch: &Dispatch) -> Self {
        let tell = |copied| {
            let dispatch = dispatch.clone();
            Closure::<dyn FnMut(JsValue)>::new(move |_| dispatch(Event::Copied(copied)))
        };
        let (copied, refused) = (tell(true), tell(false));
        Self { text: String::new(), name: captions::ADDRESS, holder: "copied", copied, refused }
    }

    /// Asks the browser to copy; false if it has no clipboard to give.
    pub fn copy(&mut self, copying: Copying) -> bool {
        (self.text, self.name, self.holder) = match copying {
            Copying::Link(fragment) => {
                let here = window().location().href().unwrap_or_default();
                (with_fragment(&here, &fragment), captions::ADDRESS, "copied")
            }
            Copying::Command(line) => (line, captions::COMMAND, "saved"),
            Copying::Composed(text) => (text, captions::COMPOSED, "composer-said"),
        };
        let navigator = window().navigator();
        // Only a page that came over a safe connection has one.
        let has_one = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
        if has_one {
            let _ = navigator.clipboard().write_text(&self.text).then2(&self.copied, &self.refused);
        }
        has_one
    }

    /// Says that it was copied, or shows it.
    pub fn tell(&self, copied: bool) {
        let holder: Element = by_id(self.holder);
        set_text(&holder, captions::copied(copied));
        if copied {
            return;
        }
        let text: HtmlInputElement = create("input", "box");
        set_attribute(&text, "aria-label", translate(self.name));
        text.set_read_only(true);
        text.set_value(&self.text);
        append(&holder, &text);
        // Refused only by a browser that has no focus to give.
        let _ = text.focus();
        text.select();
    }

    /// Takes back what was said of an address.
    pub fn clear(&self) {
        by_id::<Element>("copied").set_text_content(None);
    }
}
