//! What the reader does outside the controls: keys, pointers over the pictures, sizes, theme, history.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, ResizeObserver};

use super::controls::focus_has_keys;
use super::dom::{Listener, by_id, document, window};
use super::event::{Dispatch, Event, Pointed};
use super::view::View;

/// What a browser's event means for the page, if anything.
type Translate = Box<dyn Fn(&web_sys::Event) -> Option<Event>>;

/// Listens to everything but the controls and the transport.
pub fn listen(dispatch: &Dispatch, view: &View) -> Vec<Listener> {
    let mut listeners = Vec::new();
    let mut on = |target: &EventTarget, kind, to_event: Translate| {
        let dispatch = dispatch.clone();
        listeners.push(Listener::new(target, kind, move |event| {
            if let Some(happened) = to_event(&event) {
                dispatch(happened);
            }
        }));
    };
    on(&document(), "keydown", Box::new(page_key));
    on(&document(), "visibilitychange", Box::new(|_| Some(Event::VisibilityChanged)));
    on(&window(), "popstate", Box::new(|_| Some(Event::AddressChanged)));
    on(&window(), "resize", Box::new(|_| Some(Event::Resized)));
    for query in ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"] {
        if let Ok(Some(media)) = window().match_media(query) {
            on(&media, "change", Box::new(|_| Some(Event::ThemeChanged)));
        }
    }
    on(&window(), "beforeprint", Box::new(|_| Some(Event::Printing(true))));
    on(&window(), "afterprint", Box::new(|_| Some(Event::Printing(false))));
    if let Ok(Some(media)) = window().match_media("print") {
        let printed = media.clone();
        on(&media, "change", Box::new(move |_| Some(Event::Printing(printed.matches()))));
    }
    let (error, mask, network) = (view.error.canvas(), view.mask.canvas(), view.network.canvas());
    // A finger points where it comes down, and what it pointed at stays when it is lifted, unless the page scrolls with it.
    for kind in ["pointerdown", "pointermove"] {
        on(error, kind, Box::new(|event| Some(Event::CursorAt(Some(pointer(event).0)))));
        on(mask, kind, Box::new(|event| Some(Event::Light(Some(Pointed::Row(pointer(event).1))))));
        on(network, kind, Box::new(|event| Some(Event::Light(Some(Pointed::Column(pointer(event).0))))));
    }
    for kind in ["pointerleave", "pointercancel"] {
        on(error, kind, Box::new(|event| points_no_more(event).then_some(Event::CursorAt(None))));
        for target in [mask, network] {
            on(target, kind, Box::new(|event| points_no_more(event).then_some(Event::Light(None))));
        }
    }
    on(error, "keydown", Box::new(|event| own_key(event, "ArrowLeft", "ArrowRight").map(Event::CursorBy)));
    on(error, "blur", Box::new(|_| Some(Event::CursorAt(None))));
    on(mask, "keydown", Box::new(|event| own_key(event, "ArrowUp", "ArrowDown").map(Event::LightBy)));
    on(mask, "blur", Box::new(|_| Some(Event::Light(None))));
    on(&by_id::<HtmlElement>("dismiss-notices"), "click", Box::new(|_| Some(Event::DismissNotices)));
    for name in ["error", "disc", "mask"] {
        if let Some(details) = by_id::<Element>(&format!("{name}-table")).parent_element() {
            on(&details, "toggle", Box::new(|_| Some(Event::TableToggled)));
        }
    }
    watch_sizes(dispatch, &[error, mask, network, &by_id("disc-canvas")]);
    listeners
}

/// Tells when the screen's resolution is no longer the present one: the window moved to another screen, or was zoomed.
pub fn watch_resolution(dispatch: &Dispatch) -> Option<Listener> {
    let query = format!("(resolution: {}dppx)", window().device_pixel_ratio());
    let media = window().match_media(&query).ok()??;
    let dispatch = dispatch.clone();
    Some(Listener::new(&media, "change", move |_| dispatch(Event::Resized)))
}

/// Tells when one of the canvases gets another size.
fn watch_sizes(dispatch: &Dispatch, canvases: &[&web_sys::HtmlCanvasElement]) {
    let dispatch = dispatch.clone();
    let resized = Closure::<dyn FnMut()>::new(move || dispatch(Event::Resized));
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).expect("a browser observes sizes");
    for canvas in canvases {
        observer.observe(canvas);
    }
    // Both live as long as the page.
    resized.forget();
    std::mem::forget(observer);
}

fn pointer(event: &web_sys::Event) -> (f64, f64) {
    event.dyn_ref::<MouseEvent>().map_or((0.0, 0.0), |mouse| (f64::from(mouse.offset_x()), f64::from(mouse.offset_y())))
}

/// Whether a pointer that leaves takes along what it pointed at. A lifted finger does not; one that scrolls the page does.
fn points_no_more(event: &web_sys::Event) -> bool {
    let finger = event.dyn_ref::<PointerEvent>().is_some_and(|pointer| pointer.pointer_type() == "touch");
    event.type_() == "pointercancel" || !finger
}

/// By how much a focused picture's own keys move: the two arrows by one, with Shift by ten, Home and End to the ends.
/// They then do nothing else.
fn own_key(event: &web_sys::Event, back: &str, forth: &str) -> Option<i32> {
    const TO_THE_END: i32 = 1_000_000;
    let event = event.dyn_ref::<KeyboardEvent>()?;
    let far = if event.shift_key() { 10 } else { 1 };
    let by = match event.key() {
        key if key == back => -far,
        key if key == forth => far,
        key if key == "Home" => -TO_THE_END,
        key if key == "End" => TO_THE_END,
        _ => return None,
    };
    event.prevent_default();
    event.stop_propagation();
    Some(by)
}

/// The page's keys, where the focused element has none of its own: Space plays, → steps (with Shift ten steps), Home
/// goes back to the start and End on to the end.
fn page_key(event: &web_sys::Event) -> Option<Event> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    if focus_has_keys() || key.ctrl_key() || key.alt_key() || key.meta_key() {
        return None;
    }
    let happened = match key.key().as_str() {
        // Held down, it would flicker.
        " " if key.repeat() => return None,
        " " => Event::PlayOrPause,
        "ArrowRight" => Event::Steps(if key.shift_key() { 10 } else { 1 }),
        "Home" => Event::Reset,
        // More than any cap: to the end of the run.
        "End" => Event::Steps(1_000_000),
        _ => return None,
    };
    event.prevent_default();
    Some(happened)
}
