//! What unfolds over the page is folded again once the focus has left it: it would cover what has the focus then.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, FocusEvent, HtmlElement};

use super::dom::{Listener, document};

/// Listens to where the focus goes.
pub fn listen() -> Listener {
    Listener::new(document().unchecked_ref::<EventTarget>(), "focusout", |event| {
        let Some(event) = event.dyn_ref::<FocusEvent>() else { return };
        let from = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // To nowhere it goes by a tap, which the browser itself folds it at, and with the window.
        let to = event.related_target().and_then(|target| target.dyn_into::<Element>().ok());
        let (Some(from), Some(to)) = (from, to) else { return };
        let popover = from.closest("[popover]:not([popover=manual])").expect("the selector is valid");
        let Some(popover) = popover.filter(|popover| !popover.contains(Some(&to))) else { return };
        if to.get_attribute("popovertarget").is_none_or(|target| target != popover.id()) {
            // It may be folded already.
            let _ = popover.unchecked_ref::<HtmlElement>().hide_popover();
        }
    })
}
