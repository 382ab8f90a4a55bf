//! What the reader does outside the controls: keys, pointers over the pictures, sizes, theme, history.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget, HtmlElement, MouseEvent, PointerEvent, ResizeObserver};

use super::dom::{Listener, by_id, document, window};
use super::listening::{Translate, listener};
use super::pictures::Pictures;
use super::{Dispatch, address, keys};
use crate::session::event::Event;
use crate::session::keys::Place;
use crate::session::painting;
use crate::session::pointer::{self, PICTURES, Picture};

/// Listens to everything but the controls and the transport.
pub fn listen(dispatch: &Dispatch, pictures: &Pictures) -> Vec<Listener> {
    let mut listeners = Vec::new();
    let mut on = |target: &EventTarget, kind, to_event: Translate| {
        listeners.push(listener(dispatch, target, kind, to_event));
    };
    on(&document(), "keydown", Box::new(|event| keys::page_key(event.dyn_ref()?)));
    on(&document(), "visibilitychange", Box::new(|_| Some(Event::Hidden(document().hidden()))));
    on(
        &window(),
        "popstate",
        Box::new(|_| {
            let (fragment, is_place) = address_changed();
            Some(Event::AddressChanged { fragment, is_place })
        }),
    );
    // Sent by www/offline.js.
    on(&window(), "leave", Box::new(|_| Some(Event::Leaves)));
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
    let (error, mask, network) = (pictures.error.canvas(), pictures.mask.canvas(), pictures.network.canvas());
    let disc: web_sys::HtmlCanvasElement = by_id("disc-canvas");
    for (canvas, place) in [(error, Place::Error), (&disc, Place::Disc), (mask, Place::Masks)] {
        on(canvas, "keydown", Box::new(move |event| keys::own_key(event.dyn_ref()?, place)));
    }
    for picture in PICTURES {
        let canvas = match picture {
            Picture::Error => error,
            Picture::Disc => &disc,
            Picture::Masks => mask,
            Picture::Network => network,
        };
        for (name, doing) in pointer::NAMES {
            on(
                canvas,
                name,
                Box::new(move |event| {
                    pointer::meaning(picture, pressed(doing, event), is_finger(event), place_of(event))
                }),
            );
        }
        on(canvas, "blur", Box::new(move |_| pointer::blurred(picture)));
    }
    for (id, doing) in [
        ("paint", painting::Doing::Turns),
        ("paint-undo", painting::Doing::Undoes),
        ("paint-clear", painting::Doing::Clears),
        ("paint-left", painting::Doing::StepsBy(-1)),
        ("paint-right", painting::Doing::StepsBy(1)),
        ("paint-turn", painting::Doing::TurnsOver),
    ] {
        on(&by_id::<HtmlElement>(id), "click", Box::new(move |_| Some(Event::Mask(doing))));
    }
    for (id, by) in [("paint-up", -1), ("paint-down", 1)] {
        on(&by_id::<HtmlElement>(id), "click", Box::new(move |_| Some(Event::LightBy(by))));
    }
    on(&by_id::<HtmlElement>("dismiss-notices"), "click", Box::new(|_| Some(Event::DismissNotices)));
    on(&by_id::<HtmlElement>("dismiss-failure"), "click", Box::new(|_| Some(Event::DismissFailure)));
    on(&by_id::<HtmlElement>("copy-link"), "click", Box::new(|_| Some(Event::CopyLink)));
    for id in ["qr-open", "scene-qr", "qr-close"] {
        on(&by_id::<HtmlElement>(id), "click", Box::new(|_| Some(Event::TurnQrCode)));
    }
    for name in ["error", "disc", "mask"] {
        if let Some(details) = by_id::<Element>(&format!("{name}-table")).parent_element() {
            on(&details, "toggle", Box::new(|_| Some(Event::TableToggled)));
        }
    }
    watch_sizes(dispatch, &[error, mask, network, &disc, pictures.start.canvas()]);
    listeners
}

/// The fragment as it is now (at the start, after Back or Forward, or when the reader edited it), and whether it names a
/// place of the page.
pub fn address_changed() -> (String, bool) {
    let fragment = address::fragment();
    let is_place = document().get_element_by_id(&fragment).is_some();
    (fragment, is_place)
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

fn place_of(event: &web_sys::Event) -> (f64, f64) {
    event.dyn_ref::<MouseEvent>().map_or((0.0, 0.0), |mouse| (f64::from(mouse.offset_x()), f64::from(mouse.offset_y())))
}

/// What the pointer does, which may have been lifted outside of the picture.
fn pressed(doing: pointer::Doing, event: &web_sys::Event) -> pointer::Doing {
    match event.dyn_ref::<MouseEvent>() {
        Some(mouse) if doing == pointer::Doing::Moves && mouse.buttons() == 0 => pointer::Doing::Hovers,
        _ => doing,
    }
}

fn is_finger(event: &web_sys::Event) -> bool {
    event.dyn_ref::<PointerEvent>().is_some_and(|pointer| pointer.pointer_type() == "touch")
}
