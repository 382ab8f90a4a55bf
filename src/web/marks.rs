//! The marks on a slider's track: stretches, ticks and the words at them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom::{append, create, set_attribute, set_mathematics, set_style, set_text};
use crate::session::slider::{PlacedMark, SliderView};
use crate::trials::Kind;

/// The marks of one track, and what they say for who cannot see them.
pub struct MarkedTrack {
    holder: HtmlElement,
    told: Element,
    // the numbers at the ends
    ends: (Element, Element),
}

impl MarkedTrack {
    /// That with the marks in `holder`, the description in `told` and these numbers at its ends.
    pub fn new(holder: HtmlElement, told: Element, ends: (Element, Element)) -> Self {
        set_attribute(&holder, "aria-hidden", "true");
        Self { holder, told, ends }
    }

    /// The width in CSS pixels; 0 where it is not shown.
    pub fn pixels(&self) -> f64 {
        f64::from(self.holder.client_width())
    }

    /// Shows the marks of `view` on a track that is `width` rem wide.
    pub fn show(&self, view: &SliderView, width: f64) {
        set_text(&self.told, &view.told);
        set_text(&self.ends.0, &view.ends.0);
        set_text(&self.ends.1, &view.ends.1);
        let (marks, (left, right)) = view.placed_marks(width);
        for (i, mark) in marks.iter().enumerate() {
            self.show_mark(i as u32, mark);
        }
        while self.holder.child_element_count() > marks.len() as u32 {
            self.holder.last_element_child().expect("there is one too many").remove();
        }
        set_attribute(&self.ends.0, "data-covered", if left { "true" } else { "false" });
        set_attribute(&self.ends.1, "data-covered", if right { "true" } else { "false" });
    }

    fn show_mark(&self, place: u32, mark: &PlacedMark) {
        let span: HtmlElement = match self.holder.children().item(place) {
            Some(span) => span.unchecked_into(),
            None => {
                let span: HtmlElement = create("span", "mark");
                append(&span, &create::<Element>("span", "says"));
                append(&self.holder, &span);
                span
            }
        };
        let kind = match mark.kind {
            Kind::Tick => "tick",
            Kind::Stretch => "stretch",
            Kind::Ask => "ask",
        };
        set_attribute(&span, "data-kind", kind);
        for (name, value) in [("--from", mark.from), ("--to", mark.to), ("--x", mark.middle.unwrap_or(mark.from))] {
            set_style(&span, name, &format!("{value:.4}"));
        }
        set_style(&span, "--half", &format!("{:.2}em", mark.half_width));
        let says = span.first_element_child().expect("a mark has its words");
        set_mathematics(&says, if mark.middle.is_some() { &mark.label } else { "" });
        set_attribute(&says, "data-note", &mark.note);
        match mark.term {
            Some(key) => set_attribute(&says, "data-term", key),
            None => says.remove_attribute("data-term").expect("the attribute has a name"),
        }
    }
}
