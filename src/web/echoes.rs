//! Sliders that stand once more beside the theorems, so that who reads there can move them: each follows the one in the lab,
//! and says the same.

use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::Dispatch;
use super::dom::{Listener, by_id, set_attribute, set_style};
use super::touch::Track;
use crate::session::event::Event;
use crate::session::slider::SliderView;
use crate::spec::Spec;
use crate::spec::fields::Field;
use crate::trials::Known;

/// The fields whose sliders stand there, by their keys.
const FIELDS: [&str; 5] = ["r", "N", "K", "beta", "eta"];

/// The sliders.
pub struct Echoes {
    sliders: Vec<(&'static Field, HtmlInputElement)>,
    _listeners: Vec<Listener>,
}

impl Echoes {
    /// Finds them and listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let fields = FIELDS.map(|key| Field::by_key(key).expect("a field of the table"));
        let sliders = fields.map(|field| (field, by_id::<HtmlInputElement>(&format!("{}-echo", field.key))));
        let mut listeners = Vec::new();
        for (field, input) in &sliders {
            let (key, moved, track) = (field.key, input.clone(), Track::new(input.clone(), field.key));
            listeners.extend(track.listen(dispatch));
            let dispatch = dispatch.clone();
            listeners.push(Listener::new(input, "input", move |_| {
                if !track.undoes_native_move() {
                    dispatch(Event::Slid(key, moved.value_as_number()));
                }
            }));
        }
        Self { sliders: sliders.into(), _listeners: listeners }
    }

    /// The sliders, each with its field.
    pub fn elements(&self) -> impl Iterator<Item = (&'static Field, &Element)> {
        self.sliders.iter().map(|(field, input)| (*field, input.as_ref()))
    }

    /// Shows `spec`.
    pub fn show(&self, spec: &Spec, known: &Known) {
        for (field, input) in &self.sliders {
            let view = SliderView::of(field, spec, known).expect("the field has a slider");
            let (first, last, step) = view.travel;
            // The range first: a browser moves a value that lies outside it.
            for (name, number) in [("min", first), ("max", last), ("step", step)] {
                set_attribute(input, name, &number.to_string());
            }
            input.set_value(&view.position.to_string());
            set_attribute(input, "aria-valuetext", &view.text);
            let track: &HtmlElement = input;
            set_style(track, "--fill", &format!("{:.2}%", 100.0 * view.share));
        }
    }
}
