//! The controls: sliders, boxes, choices and buttons, kept in step with the Spec.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::Dispatch;
use super::dom::{Listener, append, by_id, create, document, set_attribute, set_style, window};
use super::marks::MarkedTrack;
use super::touch::Track;
use crate::session::event::Event;
use crate::session::slider::{SliderView, box_text, plain_number};
use crate::spec::Spec;
use crate::spec::fields::{Control, FIELDS, Field, Kind, Value};
use crate::trials::Known;

/// A field's native slider with its number box.
struct Slider {
    field: &'static Field,
    input: HtmlInputElement,
    number: HtmlInputElement,
    reach: HtmlElement,
    track: MarkedTrack,
    // of the track, in rem
    width: Cell<f64>,
}

/// The width of a narrow track, in rem, for those that are not shown.
const NARROW: f64 = 13.5;

/// All controls.
pub struct Controls {
    sliders: Vec<Slider>,
    boxes: Vec<(&'static Field, HtmlInputElement)>,
    menus: Vec<(&'static Field, HtmlSelectElement)>,
    switches: Vec<(&'static Field, HtmlInputElement)>,
    // the buttons for what fields take instead of a number
    words: Vec<(&'static Field, HtmlElement)>,
    shown: Option<(Spec, Known)>,
    // the box that somebody types into: its text is the reader's until it is committed or left
    typing: Rc<Cell<Option<&'static str>>>,
    // boxes whose values were mended, with the sentences about it
    complaints: Vec<(HtmlInputElement, Element)>,
    _listeners: Vec<Listener>,
}

impl Controls {
    /// Finds the controls in the page and listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let (mut listeners, mut fingers) = (Vec::new(), Vec::new());
        let mut listen = |element: &HtmlElement, kind, handler: Box<dyn Fn() -> Option<Event>>| {
            let dispatch = dispatch.clone();
            listeners.push(Listener::new(element, kind, move |_| {
                if let Some(event) = handler() {
                    dispatch(event);
                }
            }));
        };
        let typing = Rc::new(Cell::new(None));
        let (mut sliders, mut boxes) = (Vec::new(), Vec::new());
        let (mut menus, mut switches, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for field in &FIELDS {
            let key = field.key;
            let part = |name: &str| format!("{key}-{name}");
            match field.control {
                Control::Menu(_) => {
                    let menu: HtmlSelectElement = by_id(&part("choice"));
                    let chosen = menu.clone();
                    listen(&menu, "change", Box::new(move || Some(Event::Field(key, chosen.value()))));
                    menus.push((field, menu));
                    continue;
                }
                Control::Switch => {
                    let switch: HtmlInputElement = by_id(&part("switch"));
                    let switched = switch.clone();
                    let digit = move || if switched.checked() { "1" } else { "0" };
                    listen(&switch, "change", Box::new(move || Some(Event::Field(key, digit().to_owned()))));
                    switches.push((field, switch));
                    continue;
                }
                Control::Slider(_) | Control::Box => {}
            }
            let number: HtmlInputElement = by_id(&part("box"));
            let typed = number.clone();
            let (begun, done, left) = (typing.clone(), typing.clone(), typing.clone());
            let begin = move || {
                begun.set(Some(key));
                None
            };
            listen(&number, "input", Box::new(begin));
            let commit = move || {
                done.set(None);
                Some(Event::Field(key, plain_number(&typed.value())))
            };
            listen(&number, "change", Box::new(commit));
            // What was typed and taken back is no change.
            let leave = move || left.replace(None).map(|_| Event::BoxLeft);
            listen(&number, "blur", Box::new(leave));
            if let Kind::Real { word: Some(word), .. } = field.kind {
                let button: HtmlElement = by_id(&part(word));
                listen(&button, "click", Box::new(move || Some(Event::Field(key, word.to_owned()))));
                words.push((field, button));
            }
            match field.scale() {
                Some(_) => {
                    let input: HtmlInputElement = by_id(&part("slider"));
                    let (moved, track) = (input.clone(), Track::new(input.clone(), key));
                    fingers.extend(track.listen(dispatch));
                    let slid = move || Event::Slid(key, moved.value_as_number());
                    listen(&input, "input", Box::new(move || (!track.undoes_native_move()).then(&slid)));
                    let (reach, marks): (HtmlElement, HtmlElement) = (by_id(&part("reach")), by_id(&part("marks")));
                    // Not the marks themselves: "β*" says little where its place cannot be seen.
                    let told: Element = create("span", "visually-hidden");
                    told.set_id(&part("told"));
                    append(&input.parent_element().expect("a slider has its track"), &told);
                    set_attribute(&input, "aria-describedby", &told.id());
                    let track = MarkedTrack::new(marks, told, (by_id(&part("min")), by_id(&part("max"))));
                    let width = Cell::new(NARROW);
                    sliders.push(Slider { field, input, number, reach, track, width });
                }
                None => boxes.push((field, number)),
            }
        }
        listen(&by_id("defaults"), "click", Box::new(|| Some(Event::Defaults)));
        // Tracks that were folded can be measured now.
        listen(&by_id("more"), "toggle", Box::new(|| Some(Event::Resized)));
        let random = || Event::NewSeed(getrandom::u32().expect("a browser has random numbers"));
        listen(&by_id("new-seed"), "click", Box::new(move || Some(random())));
        // Enter in a box is a change of the box, not a submission of the form.
        let form: HtmlElement = by_id("controls");
        listeners.extend(fingers);
        listeners.push(Listener::new(&form, "submit", |event| event.prevent_default()));
        Self {
            sliders,
            boxes,
            menus,
            switches,
            words,
            shown: None,
            typing,
            complaints: Vec::new(),
            _listeners: listeners,
        }
    }

    /// Measures the tracks anew: the window has another size, or more of them are shown.
    pub fn measure(&mut self) {
        let root = document().document_element().expect("a document has a root");
        let style = window().get_computed_style(&root).ok().flatten();
        let size = style.and_then(|style| style.get_property_value("font-size").ok());
        let rem = size.and_then(|size| size.strip_suffix("px")?.parse::<f64>().ok()).unwrap_or(16.0);
        for slider in &self.sliders {
            let width = slider.track.pixels() / rem;
            slider.width.set(if width > 0.0 { width } else { NARROW });
        }
        self.forget();
    }

    /// Marks the boxes whose values were mended, with the sentences about them as descriptions; others no longer.
    pub fn mark_mended(&mut self, sentences: &[(&'static str, String)]) {
        for (number, description) in self.complaints.drain(..) {
            number.remove_attribute("aria-invalid").expect("the attribute has a name");
            number.remove_attribute("aria-describedby").expect("the attribute has a name");
            description.remove();
        }
        let sliders = self.sliders.iter().map(|slider| (slider.field, &slider.number));
        for (field, number) in sliders.chain(self.boxes.iter().map(|(field, number)| (*field, number))) {
            let Some((_, sentence)) = sentences.iter().find(|(key, _)| *key == field.key) else { continue };
            let description: Element = create("span", "visually-hidden");
            description.set_id(&format!("{}-mended", field.key));
            description.set_text_content(Some(sentence));
            number.after_with_node_1(&description).expect("a box has a parent");
            set_attribute(number, "aria-invalid", "true");
            set_attribute(number, "aria-describedby", &description.id());
            self.complaints.push((number.clone(), description));
        }
    }

    /// Whatever stands in the controls, they are to be set anew: a value typed in may not have been accepted.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// Shows `spec`, and the marks that follow from what is known of its run.
    pub fn show(&mut self, spec: &Spec, known: Known) {
        let showing = (spec.clone(), known);
        if self.shown.as_ref() == Some(&showing) {
            return;
        }
        let before = self.shown.as_ref().map(|(spec, known)| (spec, known));
        let sliders = self.sliders.iter().map(|slider| (slider.field, &slider.number));
        for (field, number) in sliders.chain(self.boxes.iter().map(|(field, number)| (*field, number))) {
            let typing = self.typing.get() == Some(field.key);
            if let Some(text) = box_text(field, before, (spec, &known), typing) {
                number.set_value(&text);
            }
        }
        for slider in &self.sliders {
            slider.show(&SliderView::of(slider.field, spec, &known).expect("the field has a slider"));
        }
        for (field, menu) in &self.menus {
            menu.set_value(&(field.get)(spec).to_string());
        }
        for (field, switch) in &self.switches {
            switch.set_checked((field.get)(spec) == Value::Number(1.0));
        }
        for (field, button) in &self.words {
            let pressed = matches!((field.get)(spec), Value::Word(_));
            set_attribute(button, "aria-pressed", if pressed { "true" } else { "false" });
        }
        self.shown = Some(showing);
    }
}

impl Slider {
    fn show(&self, view: &SliderView) {
        let (first, last, step) = view.travel;
        // The range first: a browser moves a value that lies outside it.
        for (name, number) in [("min", first), ("max", last), ("step", step)] {
            set_attribute(&self.input, name, &number.to_string());
        }
        self.input.set_value(&view.position.to_string());
        set_attribute(&self.input, "aria-valuetext", &view.text);
        let percent = |share: f64| format!("{:.2}%", 100.0 * share);
        set_style(&self.input, "--fill", &percent(view.share));
        let shift = self.width.get() * view.shift(self.input.value_as_number());
        set_style(&self.input, "--shift", &format!("{shift:.3}rem"));
        if let Some((from, to)) = view.reach {
            set_style(&self.reach, "left", &percent(from));
            set_style(&self.reach, "width", &percent(to - from));
        }
        self.track.show(view, self.width.get());
    }
}
