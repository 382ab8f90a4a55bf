//! The page around this one, where there is one: what it asks for, and what it is told. `docs/embedding.md` is for whoever
//! writes it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window, console};

use super::Dispatch;
use super::dom::{Listener, window};
use crate::session::driving::{Answer, NAME, may_drive, named_driver, refusal};
use crate::session::event::Event;

/// The page around this one.
pub struct Embedding {
    // none where there is none
    around: Option<Window>,
    // the origin that answers go to, and no other
    origin: Rc<RefCell<Option<String>>>,
    _listener: Option<Listener>,
}

impl Embedding {
    /// Listens to it.
    pub fn new(dispatch: &Dispatch) -> Self {
        let around = window().parent().ok().flatten().filter(|around| !Object::is(around, &window()));
        let Some(around) = around else { return Self { around: None, origin: Rc::default(), _listener: None } };
        let named = named_driver(&window().location().search().unwrap_or_default()).unwrap_or_else(|sentence| {
            warn(&sentence);
            None
        });
        let own = window().location().origin().unwrap_or_default();
        // Known before it speaks, so that it can be told when it may.
        let origin = origin_of(&around).filter(|origin| may_drive(origin, &own, None)).or_else(|| named.clone());
        let origin = Rc::new(RefCell::new(origin));
        let (dispatch, parent, answered, warned) = (dispatch.clone(), around.clone(), origin.clone(), Cell::new(false));
        let listener = Listener::new(&window(), "message", move |event| {
            let Some(message) = event.dyn_ref::<MessageEvent>() else { return };
            let from_around = message.source().is_some_and(|source| Object::is(&source, &parent));
            let data = message.data();
            if !from_around || !data.is_object() || !Reflect::has(&data, &NAME.into()).unwrap_or(false) {
                return;
            }
            if !may_drive(&message.origin(), &own, named.as_deref()) {
                if !warned.replace(true) {
                    warn(&refusal(&message.origin()));
                }
                return;
            }
            *answered.borrow_mut() = Some(message.origin());
            // What is no JSON is told of as such.
            let text = JSON::stringify(&data).ok().and_then(|text| text.as_string()).unwrap_or_default();
            dispatch(Event::Driven(text));
        });
        Self { around: Some(around), origin, _listener: Some(listener) }
    }

    /// Says it to that page, if it may drive.
    pub fn say(&self, answer: &Answer) {
        if let (Some(around), Some(origin)) = (&self.around, &*self.origin.borrow()) {
            let message = JSON::parse(&answer.text()).expect("an answer is JSON");
            // Refused where another page has taken its place.
            let _ = around.post_message(&message, origin);
        }
    }
}

/// The origin of a window, which only one of the same origin tells.
fn origin_of(other: &Window) -> Option<String> {
    let location = Reflect::get(other, &"location".into()).ok()?;
    Reflect::get(&location, &JsValue::from_str("origin")).ok()?.as_string()
}

fn warn(sentence: &str) {
    console::warn_1(&sentence.into());
}
