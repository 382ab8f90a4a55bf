//! Sliders under a finger. A native one jumps to a finger at once, also where the reader only means to scroll the page.
//! Here a finger moves a slider by sideways moves alone, from where it stood; mouse and keys stay the browser's.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, PointerEvent};

use super::dom::Listener;
use super::event::{Dispatch, Event};

/// CSS pixels sideways after which a finger drags; browsers decide about scrolling after about as many.
const SIDEWAYS: f64 = 8.0;
/// CSS pixels from the thumb's middle at which a finger still means the thumb.
const NEAR_THUMB: f64 = 22.0;

/// A finger on a slider.
#[derive(Clone, Copy)]
struct Touch {
    pointer: i32,
    // where it came down, or where it began to drag, in CSS pixels
    from: (f64, f64),
    // the slider's position at that moment, and the one it is to have now
    start: f64,
    now: f64,
    near_thumb: bool,
    dragging: bool,
    // the browser scrolls with it
    lost: bool,
}

/// A slider that fingers move sideways only.
#[derive(Clone)]
pub struct Track {
    input: HtmlInputElement,
    key: &'static str,
    touch: Rc<Cell<Option<Touch>>>,
}

impl Track {
    /// That of the field `key`.
    pub fn new(input: HtmlInputElement, key: &'static str) -> Self {
        Self { input, key, touch: Rc::default() }
    }

    /// Whether a finger is on it, so that what the browser makes of that does not count; it is undone.
    pub fn undoes_native_move(&self) -> bool {
        let Some(touch) = self.touch.get() else { return false };
        self.input.set_value(&touch.now.to_string());
        true
    }

    /// Listens to fingers.
    pub fn listen(&self, dispatch: &Dispatch) -> Vec<Listener> {
        let on = |kind, handle: fn(&Self, &PointerEvent, &Dispatch)| {
            let (track, dispatch) = (self.clone(), dispatch.clone());
            Listener::new(&self.input, kind, move |event| handle(&track, event.unchecked_ref(), &dispatch))
        };
        let forget = |kind| {
            let touch = self.touch.clone();
            Listener::new(&self.input, kind, move |_| touch.set(None))
        };
        vec![
            on("pointerdown", |track, event, _| track.down(event)),
            on("pointermove", Self::moved),
            on("pointerup", |track, event, _| track.up(event)),
            on("pointercancel", |track, _, _| track.lose()),
            // While the page scrolls, some browsers still tell the slider of the finger.
            forget("touchend"),
            forget("touchcancel"),
            forget("keydown"),
        ]
    }

    fn down(&self, event: &PointerEvent) {
        if event.pointer_type() != "touch" {
            return self.touch.set(None);
        }
        // No mouse events afterwards, at which a slider jumps too; scrolling is not prevented by this.
        event.prevent_default();
        if !event.is_primary() {
            return;
        }
        let from = (f64::from(event.client_x()), f64::from(event.client_y()));
        let start = self.input.value_as_number();
        let (left, width) = self.travel();
        let (min, range) = self.range();
        let thumb = left + (start - min) / range * width;
        let near_thumb = (from.0 - thumb).abs() <= NEAR_THUMB;
        let pointer = event.pointer_id();
        self.touch.set(Some(Touch { pointer, from, start, now: start, near_thumb, dragging: false, lost: false }));
    }

    fn moved(&self, event: &PointerEvent, dispatch: &Dispatch) {
        let Some(mut touch) = self.touch.get().filter(|touch| touch.pointer == event.pointer_id() && !touch.lost)
        else {
            return;
        };
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let (dx, dy) = (at.0 - touch.from.0, at.1 - touch.from.1);
        if touch.dragging {
            let (min, range) = self.range();
            let wanted = (touch.start + dx / self.travel().1 * range).clamp(min, min + range);
            // The browser rounds it to the slider's step.
            self.input.set_value(&wanted.to_string());
            touch.now = self.input.value_as_number();
            dispatch(Event::Slid(self.key, touch.now));
        } else if dx.abs() > SIDEWAYS && dx.abs() > dy.abs() {
            (touch.from, touch.dragging) = (at, true);
            self.focus();
        }
        self.touch.set(Some(touch));
    }

    fn up(&self, event: &PointerEvent) {
        let Some(touch) = self.touch.get().filter(|touch| touch.pointer == event.pointer_id()) else { return };
        if touch.near_thumb && !touch.dragging {
            self.focus();
        }
        self.touch.set(None);
    }

    fn lose(&self) {
        self.touch.set(self.touch.get().map(|touch| Touch { lost: true, ..touch }));
    }

    fn focus(&self) {
        // Refused only by a browser that has no focus to give.
        let _ = self.input.focus();
    }

    /// Where the thumb's middle is at the least position, and how far it travels, in CSS pixels: the track's width.
    fn travel(&self) -> (f64, f64) {
        let track = self.input.parent_element().expect("a slider stands in its track").get_bounding_client_rect();
        (track.left(), track.width())
    }

    /// The least position, and how many lie above it.
    fn range(&self) -> (f64, f64) {
        let number = |text: String| text.parse::<f64>().expect("a slider has its ends");
        let min = number(self.input.min());
        (min, number(self.input.max()) - min)
    }
}
