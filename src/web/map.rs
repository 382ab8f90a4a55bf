//! The map on the page: its boxes, its picture and words.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, EventTarget, HtmlDetailsElement, HtmlElement, HtmlInputElement, HtmlProgressElement, HtmlSelectElement,
    KeyboardEvent,
};

use super::dom::{Listener, by_id, hide_button, set_attribute, set_mathematics, set_text};
use super::figures::place_of;
use super::listening::{Translate, listener};
use super::painter::{Stage, read_palette};
use super::{Dispatch, files, keys, tables};
use crate::charts::{Palette, to_svg};
use crate::language::tr;
use crate::session::Session;
use crate::session::event::Event;
use crate::session::keys::Place;
use crate::session::mapping::{Boxes, Doing};

/// The card of the map.
pub struct Map {
    stage: Stage,
    _listeners: Vec<Listener>,
}

impl Map {
    /// Listens to its parts.
    pub fn new(dispatch: &Dispatch) -> Self {
        let stage = Stage::new("map");
        Self { _listeners: listen(dispatch, &stage), stage }
    }

    /// Takes the picture's size, which the map is told of.
    pub fn measure(&mut self, session: &Session) -> (f64, f64) {
        by_id::<HtmlElement>("map-results").set_hidden(!session.mapping().is_there());
        self.stage.measure(1.0);
        self.stage.size()
    }

    /// Shows the card.
    pub fn show(&mut self, session: &Session) {
        let mapping = session.mapping();
        if let Some(snapshot) = mapping.snapshot(session.spec_drawn()) {
            self.stage.paint(&snapshot, &read_palette());
        }
        set_text(&by_id::<Element>("map-mistake"), mapping.mistake());
        set_mathematics(&by_id::<Element>("map-caption"), &mapping.caption(session.spec_drawn()));
        let told = mapping.cell_words();
        set_mathematics(&by_id::<Element>("map-cell"), &told);
        let canvas = self.stage.canvas();
        set_attribute(canvas, "aria-valuetext", if told.is_empty() { tr!("nothing chosen") } else { &told });
        set_text(&by_id::<Element>("map-pause"), mapping.button());
        let (done, all) = mapping.counts();
        hide_button("map-pause", !mapping.is_there() || done == all, "map-run");
        hide_button("map-cancel", !mapping.is_there(), "map-run");
        let bar: HtmlProgressElement = by_id("map-bar");
        bar.set_hidden(!mapping.is_there());
        bar.set_max(f64::from(all.max(1)));
        bar.set_value(f64::from(done));
        set_text(&by_id::<Element>("map-progress"), &mapping.progress(session.workers_at_once()));
        if let Some(table) = mapping.table() {
            tables::show("map", || table.clone());
        }
    }

    /// Has the boxes say this.
    pub fn fill(boxes: &Boxes) {
        for (name, axis) in [("x", &boxes.x), ("y", &boxes.y)] {
            let Some((key, range)) = axis.split_once('=') else { continue };
            by_id::<HtmlSelectElement>(&format!("map-{name}")).set_value(key);
            for (part, number) in ["from", "to", "step"].into_iter().zip(range.split(':')) {
                by_id::<HtmlInputElement>(&format!("map-{name}-{part}")).set_value(number);
            }
        }
        by_id::<HtmlSelectElement>("map-measure").set_value(&boxes.measure);
        by_id::<HtmlInputElement>("map-trials").set_value(&boxes.trials);
    }

    /// Saves it in this format.
    pub fn save(&self, session: &Session, format: &'static str) {
        let mapping = session.mapping();
        let text = match format {
            "csv" => mapping.csv(),
            "json" => mapping.json(),
            "svg" => {
                let spec = session.spec_drawn();
                mapping.snapshot(spec).map(|map| to_svg(&map, &Palette::LIGHT, &mapping.caption(spec)))
            }
            _ => None,
        };
        files::save("map", format, text, self.stage.canvas());
    }
}

fn listen(dispatch: &Dispatch, stage: &Stage) -> Vec<Listener> {
    let mut listeners = Vec::new();
    let mut on = |target: &EventTarget, kind, to_event: Translate| {
        listeners.push(listener(dispatch, target, kind, to_event));
    };
    let card: HtmlDetailsElement = by_id("maps");
    let shown = card.clone();
    on(&card, "toggle", Box::new(move |_| Some(Event::Map(Doing::Unfolds(shown.open())))));
    on(&by_id::<HtmlElement>("map-run"), "click", Box::new(|_| Some(Event::Map(asked()))));
    on(&by_id::<HtmlElement>("map-pause"), "click", Box::new(|_| Some(Event::Map(Doing::Pauses))));
    on(&by_id::<HtmlElement>("map-cancel"), "click", Box::new(|_| Some(Event::Map(Doing::Cancels))));
    for format in files::FORMATS {
        on(
            &by_id::<HtmlElement>(&format!("map-save-{format}")),
            "click",
            Box::new(move |_| Some(Event::SaveMap(format))),
        );
    }
    let canvas = stage.canvas();
    let at = |event: &web_sys::Event| place_of(event);
    on(canvas, "pointermove", Box::new(move |event| at(event).map(|place| Event::Map(Doing::PointsAt(Some(place))))));
    on(canvas, "click", Box::new(move |event| at(event).map(|place| Event::Map(Doing::Clicks(place)))));
    on(canvas, "keydown", Box::new(|event| keys::own_key(event.dyn_ref::<KeyboardEvent>()?, Place::Map)));
    listeners
}

/// What the boxes say.
fn asked() -> Doing {
    let text = |id: &str| by_id::<HtmlInputElement>(id).value();
    let axis = |name: &str| {
        let key = by_id::<HtmlSelectElement>(&format!("map-{name}")).value();
        let [from, to, step] = ["from", "to", "step"].map(|part| text(&format!("map-{name}-{part}")));
        format!("{key}={from}:{to}:{step}")
    };
    let measure = by_id::<HtmlSelectElement>("map-measure").value();
    Doing::Runs(Boxes { x: axis("x"), y: axis("y"), measure, trials: text("map-trials") })
}
