//! Copying the address of a moment. Where a browser refuses, the address is shown, selected, for the reader to copy.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::Dispatch;
use super::dom::{append, by_id, create, set_attribute, set_text, window};
use crate::session::address::with_fragment;
use crate::session::captions;
use crate::session::event::Event;

/// The clipboard, with what was copied last.
pub struct Clipboard {
    address: String,
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
        Self { address: String::new(), copied: tell(true), refused: tell(false) }
    }

    /// Asks the browser to copy the page's address with this fragment; false if it has no clipboard to give.
    pub fn copy(&mut self, fragment: &str) -> bool {
        self.address = with_fragment(&window().location().href().unwrap_or_default(), fragment);
        let navigator = window().navigator();
        // Only a page that came over a safe connection has one.
        let has_one = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
        if has_one {
            let _ = navigator.clipboard().write_text(&self.address).then2(&self.copied, &self.refused);
        }
        has_one
    }

    /// Says that it was copied, or shows the address.
    pub fn tell(&self, copied: bool) {
        let holder: Element = by_id("copied");
        set_text(&holder, captions::copied(copied));
        if copied {
            return;
        }
        let address: HtmlInputElement = create("input", "box");
        set_attribute(&address, "aria-label", captions::ADDRESS);
        address.set_read_only(true);
        address.set_value(&self.address);
        append(&holder, &address);
        // Refused only by a browser that has no focus to give.
        let _ = address.focus();
        address.select();
    }

    /// Takes back what was said.
    pub fn clear(&self) {
        by_id::<Element>("copied").set_text_content(None);
    }
}
