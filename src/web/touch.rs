//! Sliders under a finger; mouse and keys stay the browser's.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, PointerEvent};

use super::Dispatch;
use super::dom::Listener;
use crate::session::event::Event;
use crate::session::touch::{self, Move, Touch};

/// A slider that fingers move sideways only.
#[derive(Clone)]
pub struct Track {
    input: HtmlInputElement,
    key: &'static str,
    touch: Rc<RefCell<Touch>>,
}

impl Track {
    /// That of the field `key`.
    pub fn new(input: HtmlInputElement, key: &'static str) -> Self {
        Self { input, key, touch: Rc::default() }
    }

    /// Whether a finger is on it, so that what the browser makes of that does not count; it is undone.
    pub fn undoes_native_move(&self) -> bool {
        let keeps = self.touch.borrow().keeps();
        if let Some(position) = keeps {
            self.input.set_value(&position.to_string());
        }
        keeps.is_some()
    }

    /// Listens to fingers.
    pub fn listen(&self, dispatch: &Dispatch) -> Vec<Listener> {
        let on = |kind, handle: fn(&Self, &PointerEvent, &Dispatch)| {
            let (track, dispatch) = (self.clone(), dispatch.clone());
            Listener::new(&self.input, kind, move |event| handle(&track, event.unchecked_ref(), &dispatch))
        };
        let forget = |kind| {
            let touch = self.touch.clone();
            Listener::new(&self.input, kind, move |_| touch.borrow_mut().forget())
        };
        vec![
            on("pointerdown", |track, event, _| track.down(event)),
            on("pointermove", Self::moved),
            on("pointerup", |track, event, _| track.up(event)),
            on("pointercancel", |track, _, _| track.touch.borrow_mut().lose()),
            // While the page scrolls, some browsers still tell the slider of the finger.
            forget("touchend"),
            forget("touchcancel"),
            forget("keydown"),
        ]
    }

    fn down(&self, event: &PointerEvent) {
        if event.pointer_type() != "touch" {
            return self.touch.borrow_mut().forget();
        }
        // No mouse events afterwards, at which a slider jumps too; scrolling is not prevented by this.
        event.prevent_default();
        if event.is_primary() {
            let position = self.input.value_as_number();
            self.touch.borrow_mut().down(event.pointer_id(), place(event), position, self.track());
        }
    }

    fn moved(&self, event: &PointerEvent, dispatch: &Dispatch) {
        let moved = self.touch.borrow_mut().moved(event.pointer_id(), place(event), self.track());
        match moved {
            Move::Nothing => {}
            Move::Begins => self.focus(),
            Move::To(position) => {
                self.input.set_value(&position.to_string());
                let rounded = self.input.value_as_number();
                self.touch.borrow_mut().took(rounded);
                dispatch(Event::Slid(self.key, rounded));
            }
        }
    }

    fn up(&self, event: &PointerEvent) {
        let taps = self.touch.borrow_mut().up(event.pointer_id());
        if taps {
            self.focus();
        }
    }

    fn focus(&self) {
        // Refused only by a browser that has no focus to give.
        let _ = self.input.focus();
    }

    /// The track's width is how far the thumb travels.
    fn track(&self) -> touch::Track {
        let track = self.input.parent_element().expect("a slider stands in its track").get_bounding_client_rect();
        let number = |text: String| text.parse::<f64>().expect("a slider has its ends");
        touch::Track {
            left: track.left(),
            width: track.width(),
            min: number(self.input.min()),
            max: number(self.input.max()),
        }
    }
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
