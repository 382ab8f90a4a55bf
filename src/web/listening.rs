//! What a browser tells, as events of the session.

use web_sys::EventTarget;

use super::Dispatch;
use super::dom::Listener;
use crate::session::event::Event;

/// What a browser's event means for the page, if anything.
pub type Translate = Box<dyn Fn(&web_sys::Event) -> Option<Event>>;

/// Calls `dispatch` with what `to_event` makes of each event of this kind at `target`.
pub fn listener(dispatch: &Dispatch, target: &EventTarget, kind: &'static str, to_event: Translate) -> Listener {
    let dispatch = dispatch.clone();
    Listener::new(target, kind, move |event| {
        if let Some(event) = to_event(&event) {
            dispatch(event);
        }
    })
}
