//! Sliders under a finger; mouse and keys stay the browser's.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, PointerEvent};

use super::Dispatch;
use super::dom::Listener;
use crate::session::event::Event;
use crate::session::touch::{self, Answer, Doing, NAMES, Pointer, Touch};

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
        let on = |(kind, doing)| {
            let (track, dispatch) = (self.clone(), dispatch.clone());
            Listener::new(&self.input, kind, move |event| track.meet(doing, &event, &dispatch))
        };
        NAMES.map(on).into()
    }

    fn meet(&self, doing: Doing, event: &web_sys::Event, dispatch: &Dispatch) {
        let pointer = event.dyn_ref::<PointerEvent>().map(|event| Pointer {
            id: event.pointer_id(),
            finger: event.pointer_type() == "touch",
            primary: event.is_primary(),
            place: (f64::from(event.client_x()), f64::from(event.client_y())),
        });
        let answer = self.touch.borrow_mut().meet(doing, pointer, || (self.input.value_as_number(), self.track()));
        match answer {
            Answer::Nothing => {}
            Answer::NoMouse => event.prevent_default(),
            Answer::Focus => {
                // Refused only by a browser that has no focus to give.
                let _ = self.input.focus();
            }
            Answer::To(position) => {
                self.input.set_value(&position.to_string());
                let rounded = self.input.value_as_number();
                self.touch.borrow_mut().took(rounded);
                dispatch(Event::Slid(self.key, rounded));
            }
        }
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
