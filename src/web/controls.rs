//! The controls: sliders, boxes, choices and buttons, kept in step with the Spec.

use std::cell::Cell;

use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::Dispatch;
use super::dom::{Listener, append, by_id, create, set_attribute, set_style};
use super::echoes::Echoes;
use super::marks::MarkedTrack;
use super::painter::root_style;
use super::touch::Track;
use crate::language::tr;
use crate::session::event::Event;
use crate::session::own_data::held_because;
use crate::session::sizes::text_size;
use crate::session::slider::{self, SliderView, box_text, is_on, is_word, track_width};
use crate::spec::Spec;
use crate::spec::fields::{Control, FIELDS, Field, Kind};
use crate::trials::{DataOutline, Known};

/// A field's native slider.
struct Slider {
    field: &'static Field,
    input: HtmlInputElement,
    reach: HtmlElement,
    track: MarkedTrack,
    // of the track, in rem
    width: Cell<f64>,
}

/// All controls.
pub struct Controls {
    sliders: Vec<Slider>,
    echoes: Echoes,
    boxes: Vec<(&'static Field, HtmlInputElement)>,
    menus: Vec<(&'static Field, HtmlSelectElement)>,
    switches: Vec<(&'static Field, HtmlInputElement)>,
    // the buttons for what fields take instead of a number
    words: Vec<(&'static Field, HtmlElement)>,
    shown: Option<(Spec, Known)>,
    // boxes whose values were mended, with the sentences about it
    complaints: Vec<(HtmlInputElement, Element)>,
    dispatch: Dispatch,
    listeners: Vec<Listener>,
}

impl Controls {
    /// Finds the controls in the page and listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let mut controls = Self {
            sliders: Vec::new(),
            echoes: Echoes::new(dispatch),
            boxes: Vec::new(),
            menus: Vec::new(),
            switches: Vec::new(),
            words: Vec::new(),
            shown: None,
            complaints: Vec::new(),
            dispatch: dispatch.clone(),
            listeners: Vec::new(),
        };
        for field in &FIELDS {
            match field.control {
                Control::Menu(_) => controls.add_menu(field),
                Control::Switch => controls.add_switch(field),
                Control::Slider(_) => {
                    controls.add_box(field);
                    controls.add_slider(field);
                }
                Control::Box => controls.add_box(field),
                Control::Picture => {}
            }
            if let Kind::Real { word: Some(word), .. } = field.kind {
                let button: HtmlElement = by_id(&part(field, word));
                controls.listen(&button, "click", || Some(Event::Field(field.key, word.to_owned())));
                controls.words.push((field, button));
            }
        }
        controls.listen(&by_id("defaults"), "click", || Some(Event::Defaults));
        // Tracks that were folded can be measured now.
        controls.listen(&by_id("more"), "toggle", || Some(Event::Resized));
        let random = || getrandom::u32().expect("a browser has random numbers");
        controls.listen(&by_id("new-seed"), "click", move || Some(Event::NewSeed(random())));
        // Enter in a box is a change of the box, not a submission of the form.
        let form: HtmlElement = by_id("controls");
        controls.listeners.push(Listener::new(&form, "submit", |event| event.prevent_default()));
        controls
    }

    fn listen(&mut self, element: &HtmlElement, kind: &'static str, handler: impl Fn() -> Option<Event> + 'static) {
        let dispatch = self.dispatch.clone();
        self.listeners.push(Listener::new(element, kind, move |_| {
            if let Some(event) = handler() {
                dispatch(event);
            }
        }));
    }

    fn add_menu(&mut self, field: &'static Field) {
        let menu: HtmlSelectElement = by_id(&part(field, "choice"));
        let chosen = menu.clone();
        self.listen(&menu, "change", move || Some(Event::Field(field.key, chosen.value())));
        self.menus.push((field, menu));
    }

    fn add_switch(&mut self, field: &'static Field) {
        let switch: HtmlInputElement = by_id(&part(field, "switch"));
        let switched = switch.clone();
        self.listen(&switch, "change", move || {
            Some(Event::Field(field.key, slider::switched(switched.checked()).to_owned()))
        });
        self.switches.push((field, switch));
    }

    fn add_box(&mut self, field: &'static Field) {
        let number: HtmlInputElement = by_id(&part(field, "box"));
        let typed = number.clone();
        self.listen(&number, "input", || Some(Event::Typing(field.key)));
        self.listen(&number, "change", move || Some(Event::Typed(field.key, typed.value())));
        self.listen(&number, "blur", || Some(Event::BoxLeft));
        self.boxes.push((field, number));
    }

    fn add_slider(&mut self, field: &'static Field) {
        let input: HtmlInputElement = by_id(&part(field, "slider"));
        let (moved, track) = (input.clone(), Track::new(input.clone(), field.key));
        self.listeners.extend(track.listen(&self.dispatch));
        let slid = move || Event::Slid(field.key, moved.value_as_number());
        self.listen(&input, "input", move || (!track.undoes_native_move()).then(&slid));
        let (reach, marks): (HtmlElement, HtmlElement) = (by_id(&part(field, "reach")), by_id(&part(field, "marks")));
        // Not the marks themselves: "β*" says little where its place cannot be seen.
        let told: Element = create("span", "visually-hidden");
        told.set_id(&part(field, "told"));
        append(&input.parent_element().expect("a slider has its track"), &told);
        set_attribute(&input, "aria-describedby", &told.id());
        let track = MarkedTrack::new(marks, told, (by_id(&part(field, "min")), by_id(&part(field, "max"))));
        self.sliders.push(Slider { field, input, reach, track, width: Cell::new(track_width(0.0)) });
    }

    /// Measures the tracks anew: the window has another size, or more of them are shown.
    pub fn measure(&mut self) {
        let rem = text_size(&root_style("font-size"));
        for slider in &self.sliders {
            let width = slider.track.pixels() / rem;
            slider.width.set(track_width(width));
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
        for (field, number) in &self.boxes {
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

    /// On own data the controls of what these say themselves rest, and tell why; else none does.
    pub fn hold(&self, data: Option<&DataOutline>) {
        let of_sliders = self.sliders.iter().map(|slider| (slider.field, slider.input.as_ref()));
        let of_boxes = self.boxes.iter().chain(&self.switches).map(|(field, input)| (*field, input.as_ref()));
        let of_menus = self.menus.iter().map(|(field, menu)| (*field, menu.as_ref()));
        let all = of_sliders.chain(of_boxes).chain(of_menus).chain(self.echoes.elements());
        for (field, element) in all {
            let element: &Element = element;
            let why = data.and_then(|data| held_because(data, field.key));
            element.toggle_attribute_with_force("disabled", why.is_some()).expect("the attribute has a name");
            match why {
                Some(why) => set_attribute(element, "title", &tr!("Own data: {why}", why)),
                None => element.remove_attribute("title").expect("the attribute has a name"),
            }
        }
    }

    /// Whatever stands in the controls, they are to be set anew: a value typed in may not have been accepted.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// Shows `spec`, and the marks that follow from what is known of its run; not in the box of the field `typing`.
    pub fn show(&mut self, spec: &Spec, known: Known, typing: Option<&str>) {
        let showing = (spec.clone(), known);
        if self.shown.as_ref() == Some(&showing) {
            return;
        }
        let before = self.shown.as_ref().map(|(spec, known)| (spec, known));
        for (field, number) in &self.boxes {
            if let Some(text) = box_text(field, before, (spec, &known), typing == Some(field.key)) {
                number.set_value(&text);
            }
        }
        for slider in &self.sliders {
            slider.show(&SliderView::of(slider.field, spec, &known).expect("the field has a slider"));
        }
        self.echoes.show(spec, &known);
        for (field, menu) in &self.menus {
            menu.set_value(&(field.get)(spec).to_string());
        }
        for (field, switch) in &self.switches {
            switch.set_checked(is_on(field, spec));
        }
        for (field, button) in &self.words {
            set_attribute(button, "aria-pressed", if is_word(field, spec) { "true" } else { "false" });
        }
        self.shown = Some(showing);
    }
}

/// The id of a part of a field's control.
fn part(field: &Field, name: &str) -> String {
    format!("{}-{name}", field.key)
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
        let shift = view.shift(self.input.value_as_number(), self.width.get());
        set_style(&self.input, "--shift", &format!("{shift:.3}rem"));
        if let Some((from, to)) = view.reach {
            set_style(&self.reach, "left", &percent(from));
            set_style(&self.reach, "width", &percent(to - from));
        }
        self.track.show(view, self.width.get());
    }
}
