//! The section on theory: the numbers of the theorems put into their formulas, the two pictures beside them, and what lights
//! when a quantity is pointed at, there and in the lab.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, PointerEvent};

use super::Dispatch;
use super::dom::{Listener, all, by_id, document, element_of, set_attribute, set_mathematics, set_text};
use super::painter::Stage;
use crate::charts::{Palette, convex_region, relative_error};
use crate::session::Session;
use crate::session::event::Event;
use crate::session::quantity::{By, Quantity};
use crate::session::theorems::{Theorems, Told};
use crate::session::view::Due;

/// What belongs to a quantity, in the page's elements.
const LIT: &str = "[data-lights]";
/// Of these, the symbols.
const SYMBOL: &str = "button[data-lights]";

/// The section.
pub struct Theory {
    disc: Stage,
    error: Stage,
    _listeners: Vec<Listener>,
}

impl Theory {
    /// Finds it, and listens to what is pointed at in the whole page.
    pub fn new(dispatch: &Dispatch) -> Self {
        watch(dispatch);
        Self { disc: Stage::new("theorem1"), error: Stage::new("theorem2"), _listeners: listen(dispatch) }
    }

    /// Follows sizes and resolution as they are now.
    pub fn measure(&mut self, least_pixels_a_css: f64) {
        self.disc.measure(least_pixels_a_css);
        self.error.measure(least_pixels_a_css);
    }

    /// Shows what is due, while it is in view.
    pub fn show(&mut self, session: &Session, due: &Due, palette: &Palette) {
        let (view, run, campaign) = (session.view(), session.run(), session.campaign());
        if due.theory {
            write(&Theorems::of(run, campaign.probes(), campaign.is_stale()));
        }
        if due.disc && view.shows_theory {
            let size = self.disc.size();
            self.disc.paint(
                &convex_region::Snapshot { size, picked: None, ..view.disc(run, session.pair(), campaign) },
                palette,
            );
        }
        if due.error && view.shows_theory {
            let size = self.error.size();
            self.error.paint(&relative_error::Snapshot { size, cursor: None, ..session.error_chart() }, palette);
        }
    }
}

/// Lights what belongs to the quantity with this key, and nothing else.
pub fn light(key: Option<&str>) {
    for element in all(&root(), LIT) {
        let lit = element.get_attribute("data-lights").as_deref() == key;
        element.class_list().toggle_with_force("lit", lit).expect("a class");
    }
}

fn root() -> Element {
    document().document_element().expect("a document has a root")
}

/// Writes the numbers into their places; of what is not known yet, those before stay, marked as old.
fn write(theorems: &Theorems) {
    let section: Element = by_id("theory");
    for line in &theorems.lines {
        for holder in all(&section, &format!("[data-line=\"{}\"]", line.key)) {
            set_attribute(&holder, "data-old", if line.told == Told::Waiting { "true" } else { "false" });
            match &line.told {
                Told::Waiting => {}
                Told::Numbers(numbers) => {
                    set_attribute(&holder, "data-told", "numbers");
                    for place in all(&holder, "[data-slot]") {
                        let name = place.get_attribute("data-slot");
                        if let Some((_, text)) = numbers.iter().find(|(other, _)| Some(*other) == name.as_deref()) {
                            set_text(&place, text);
                        }
                    }
                }
                Told::Silent(why) => {
                    set_attribute(&holder, "data-told", "silent");
                    if let Ok(Some(words)) = holder.query_selector(".silent") {
                        set_mathematics(&words, why);
                    }
                }
            }
        }
    }
    for (key, sentence) in &theorems.sentences {
        for place in all(&section, &format!("[data-sentence=\"{key}\"]")) {
            set_attribute(&place, "data-old", if sentence.is_some() { "false" } else { "true" });
            if let Some(sentence) = sentence {
                set_mathematics(&place, sentence);
            }
        }
    }
}

/// Pointer, focus and taps on what belongs to a quantity.
fn listen(dispatch: &Dispatch) -> Vec<Listener> {
    let on = |kind, to: fn(&web_sys::Event) -> Option<Event>| {
        let dispatch = dispatch.clone();
        Listener::new(&document(), kind, move |event| {
            if let Some(event) = to(&event) {
                dispatch(event);
            }
        })
    };
    vec![
        on("pointerover", |event| {
            // A finger lights by a tap.
            let finger = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch");
            (!finger).then(|| Event::Quantity(By::Pointer, quantity_at(event, LIT)))
        }),
        on("focusin", |event| {
            let by_key = element_of(event)?.matches(":focus-visible").unwrap_or(false);
            by_key.then(|| Event::Quantity(By::Focus, quantity_at(event, LIT)))
        }),
        on("focusout", |_| Some(Event::Quantity(By::Focus, None))),
        // A slider that was dragged has done with it.
        on("click", |event| Some(Event::Quantity(By::Focus, quantity_at(event, SYMBOL)))),
    ]
}

/// The quantity of what an event is at, where that or what it lies in is of this kind.
fn quantity_at(event: &web_sys::Event, kind: &str) -> Option<&'static Quantity> {
    let holder = element_of(event)?.closest(kind).ok()??;
    Quantity::by_key(&holder.get_attribute("data-lights")?)
}

/// Tells when the section comes into view, and when it goes.
fn watch(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    let seen = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries.iter().last().and_then(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
        if let Some(last) = last {
            dispatch(Event::TheorySeen(last.is_intersecting()));
        }
    });
    let observer =
        IntersectionObserver::new(seen.as_ref().unchecked_ref()).expect("a browser observes what is in view");
    observer.observe(&by_id::<HtmlElement>("theory"));
    // Both live as long as the page.
    seen.forget();
    std::mem::forget(observer);
}
