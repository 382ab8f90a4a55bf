//! The controls: sliders, boxes, choices and buttons, kept in step with the Spec.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::dom::{Listener, append, by_id, create, set_attribute, set_style, set_text};
use super::event::{Dispatch, Event};
use super::touch::Track;
use crate::link::mended_field;
use crate::network::Reach;
use crate::notation::grouped;
use crate::spec::fields::{FIELDS, Field, Value};
use crate::spec::slider::{Scale, scale};
use crate::spec::{Spec, StepSize};
use crate::theory::calibration::Enough;

/// A field's native slider with its number box.
struct Slider {
    field: &'static Field,
    scale: Scale,
    input: HtmlInputElement,
    number: HtmlInputElement,
    reach: HtmlElement,
    marks: HtmlElement,
    // the marks in a sentence, for who cannot see them
    told: Element,
    labels: (Element, Element),
}

/// What is known of the run beside its Spec, for the marks on the tracks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// r̃ of the mask really drawn.
    pub effective_width: f64,
    /// Σ r_j of that mask.
    pub weights: usize,
    /// The effective widths within reach.
    pub reach: Reach,
    /// β\*, once the forecast has come.
    pub best_momentum: Option<f64>,
}

/// A mark on a slider's track: what it says, what that means in words that make a sentence, and at which value.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    text: String,
    words: String,
    value: f64,
}

/// About the share of a narrow column that a character of a mark or of an end's number takes.
const CHARACTER: f64 = 0.033;

/// All controls.
pub struct Controls {
    sliders: Vec<Slider>,
    boxes: Vec<(&'static Field, HtmlInputElement)>,
    choices: Vec<(&'static Field, HtmlSelectElement)>,
    spread: HtmlInputElement,
    auto: Element,
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
        for field in FIELDS.iter().filter(|field| field.range(&Spec::default()).is_some()) {
            let key = field.key;
            let number: HtmlInputElement = by_id(&format!("{key}-box"));
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
            match scale(key) {
                Some(scale) => {
                    let part = |name: &str| format!("{key}-{name}");
                    let input: HtmlInputElement = by_id(&part("slider"));
                    let (moved, track) = (input.clone(), Track::new(input.clone(), key));
                    fingers.extend(track.listen(dispatch));
                    let slid = move || Event::Slid(key, moved.value_as_number());
                    listen(&input, "input", Box::new(move || (!track.undoes_native_move()).then(&slid)));
                    let labels = (by_id(&part("min")), by_id(&part("max")));
                    let (reach, marks): (HtmlElement, HtmlElement) = (by_id(&part("reach")), by_id(&part("marks")));
                    // Not the marks themselves: "(8)" says little where its place cannot be seen.
                    let told: Element = create("span", "visually-hidden");
                    told.set_id(&part("told"));
                    append(&input.parent_element().expect("a slider has its track"), &told);
                    set_attribute(&input, "aria-describedby", &told.id());
                    set_attribute(&marks, "aria-hidden", "true");
                    sliders.push(Slider { field, scale, input, number, reach, marks, told, labels });
                }
                None => boxes.push((field, number)),
            }
        }
        let choices: Vec<(&Field, HtmlSelectElement)> = ["overlap", "batches"]
            .map(|key| (Field::by_key(key).expect("a field"), by_id(&format!("{key}-choice"))))
            .into();
        for (field, select) in &choices {
            let (key, chosen) = (field.key, select.clone());
            listen(select, "change", Box::new(move || Some(Event::Field(key, chosen.value()))));
        }
        let spread: HtmlInputElement = by_id("spread-switch");
        let switched = spread.clone();
        let digit = move || if switched.checked() { "1" } else { "0" };
        listen(&spread, "change", Box::new(move || Some(Event::Field("spread", digit().to_owned()))));
        let auto: HtmlElement = by_id("eta-auto");
        listen(&auto, "click", Box::new(|| Some(Event::Field("eta", "auto".to_owned()))));
        listen(&by_id("defaults"), "click", Box::new(|| Some(Event::Defaults)));
        listen(&by_id("new-seed"), "click", Box::new(|| Some(Event::NewSeed)));
        // Enter in a box is a change of the box, not a submission of the form.
        let form: HtmlElement = by_id("controls");
        listeners.extend(fingers);
        listeners.push(Listener::new(&form, "submit", |event| event.prevent_default()));
        Self {
            sliders,
            boxes,
            choices,
            spread,
            auto: auto.into(),
            shown: None,
            typing,
            complaints: Vec::new(),
            _listeners: listeners,
        }
    }

    /// Marks the boxes whose values were mended, with the sentences about them as descriptions; others no longer.
    pub fn complain(&mut self, sentences: &[String]) {
        for (number, description) in self.complaints.drain(..) {
            number.remove_attribute("aria-invalid").expect("the attribute has a name");
            number.remove_attribute("aria-describedby").expect("the attribute has a name");
            description.remove();
        }
        let sliders = self.sliders.iter().map(|slider| (slider.field, &slider.number));
        for (field, number) in sliders.chain(self.boxes.iter().map(|(field, number)| (*field, number))) {
            let about = |sentence: &&String| mended_field(sentence).is_some_and(|mended| mended.key == field.key);
            let Some(sentence) = sentences.iter().find(about) else { continue };
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
        let before = self.shown.as_ref().map(|(spec, _)| spec);
        let typing = self.typing.get();
        for slider in &self.sliders {
            slider.show(spec, known, before, typing);
        }
        for (field, number) in &self.boxes {
            let changes = before.is_none_or(|before| (field.get)(before) != (field.get)(spec));
            if changes && typing != Some(field.key) {
                number.set_value(&(field.get)(spec).to_string());
            }
        }
        for (field, select) in &self.choices {
            select.set_value(&(field.get)(spec).to_string());
        }
        self.spread.set_checked(spec.spread);
        set_attribute(&self.auto, "aria-pressed", if spec.step_size == StepSize::Auto { "true" } else { "false" });
        self.shown = Some(showing);
    }
}

impl Slider {
    fn show(&self, spec: &Spec, known: Known, before: Option<&Spec>, typing: Option<&str>) {
        let (min, max) = self.field.range(spec).expect("a slider's field has a range");
        let (first, last, step) = self.scale.travel(min, max);
        let value_in = |spec: &Spec| match (self.field.get)(spec) {
            Value::Number(value) => value,
            Value::Word(_) => spec.eta(),
        };
        let value = value_in(spec);
        let text = shown_number(self.field, value);
        // The range first: a browser moves a value that lies outside it.
        for (name, number) in [("min", first), ("max", last), ("step", step)] {
            set_attribute(&self.input, name, &number.to_string());
        }
        self.input.set_value(&self.scale.position(value, max).to_string());
        set_attribute(&self.input, "aria-valuetext", &text);
        let changes = before.is_none_or(|before| value_in(before) != value);
        if changes && typing != Some(self.field.key) {
            self.number.set_value(&text);
        }
        let share = |value: f64| ((self.scale.position(value, max) - first) / (last - first)).clamp(0.0, 1.0);
        let percent = |value: f64| format!("{:.2}%", 100.0 * share(value));
        set_style(&self.input, "--fill", &percent(value));
        let least = match self.scale {
            Scale::Logarithmic { least, .. } => least,
            _ => min,
        };
        set_text(&self.labels.0, &least.to_string());
        let most = if max.fract() == 0.0 { grouped(max as usize) } else { max.to_string() };
        set_text(&self.labels.1, &most);
        if self.field.key == "r" {
            let within = known.reach;
            let left = 100.0 * share(within.min);
            set_style(&self.reach, "left", &format!("{left:.2}%"));
            set_style(&self.reach, "width", &format!("{:.2}%", 100.0 * share(within.max) - left));
        }
        let marks = marks(self.field.key, spec, known);
        let marks: Vec<Mark> = marks.into_iter().filter(|mark| mark.value >= least && mark.value <= max).collect();
        set_text(&self.told, &in_a_sentence(&marks));
        let marks: Vec<(String, f64)> = marks.into_iter().map(|mark| (mark.text, share(mark.value))).collect();
        // The numbers at the ends give way to a mark's words.
        let width = |text: &str| CHARACTER * text.chars().count() as f64;
        let (first, last) = (width(&least.to_string()), 1.0 - width(&most));
        let near = |covers: &dyn Fn(f64, f64) -> bool| {
            let covered = marks.iter().any(|(text, at)| {
                let half = 0.5 * width(text);
                let middle = at.clamp(half, 1.0 - half);
                covers(middle - half, middle + half)
            });
            if covered { "true" } else { "false" }
        };
        set_attribute(&self.labels.0, "data-covered", near(&|left, _| left < first + CHARACTER));
        set_attribute(&self.labels.1, "data-covered", near(&|_, right| right > last - CHARACTER));
        self.show_marks(&marks);
    }

    fn show_marks(&self, marks: &[(String, f64)]) {
        let mut count = 0;
        for (text, at) in marks {
            let span: HtmlElement = match self.marks.children().item(count) {
                Some(span) => wasm_bindgen::JsCast::unchecked_into(span),
                None => {
                    let span: HtmlElement = create("span", "");
                    self.marks.append_child(&span).expect("a track takes marks");
                    span
                }
            };
            set_attribute(&span, "class", "mark");
            set_text(&span, text);
            set_style(&span, "--x", &format!("{at:.4}"));
            set_style(&span, "--half", &format!("{:.2}em", 0.27 * text.chars().count() as f64));
            count += 1;
        }
        while self.marks.child_element_count() > count {
            self.marks.last_element_child().expect("there is one too many").remove();
        }
    }
}

/// Where a slider's value begins to matter: enough samples by (8), the window that closes, the best momentum.
fn marks(key: &str, spec: &Spec, known: Known) -> Vec<Mark> {
    let width = known.effective_width;
    let mark = |text: &str, words: String, value| Mark { text: text.to_owned(), words, value };
    match key {
        // Supports cannot always have the effective width that is asked for.
        "r" if (width - spec.effective_width).abs() > 0.05 => {
            vec![mark(&format!("{width:.1} reached"), format!("the supports reach r̃ = {width:.1}"), width)]
        }
        "N" => {
            let enough = |enough: Enough| {
                let least = enough.samples(known.weights);
                let words = format!("enough samples by (8), calibrated here, from N = {} on", grouped(least));
                mark("(8)", words, least as f64)
            };
            Enough::of(spec).map(enough).into_iter().collect()
        }
        "beta" => {
            let words = |value| format!("the fastest momentum, from the measured curvature, is {value:.2}");
            known.best_momentum.map(|value| mark("β*", words(value), value)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// What the marks say, for who hears the page.
fn in_a_sentence(marks: &[Mark]) -> String {
    let words: Vec<&str> = marks.iter().map(|mark| mark.words.as_str()).collect();
    let text = words.join("; ");
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// A value as its box shows it: with a fixed number of decimals where the slider's step has them.
fn shown_number(field: &Field, value: f64) -> String {
    match field.key {
        "beta" | "lambda" if (value * 100.0).fract().abs() < 1e-9 => format!("{value:.2}"),
        "eta" => {
            let short = format!("{value:.3}");
            if value >= 0.1 { short } else { value.to_string() }
        }
        _ => value.to_string(),
    }
}

/// What was typed, without the spaces between thousands and with a decimal point.
fn plain_number(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(',', ".").replace('−', "-")
}
