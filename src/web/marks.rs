//! The marks on a slider's track: stretches, ticks and the words at them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom::{append, create, set_attribute, set_mathematics, set_style, set_text};
use crate::charts::track::{Words, place_words};
use crate::glossary::TERMS;
use crate::trials::{Kind, Mark, Marks};

/// Width of a letter of the marks' words and of the numbers at the ends, in rem.
const LETTER: f64 = 0.43;

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

    /// Shows marks on a track from `least` to `most`, which is `width` rem wide; `share` says how far along a value is.
    pub fn show(&self, marks: &Marks, (least, most): (f64, f64), width: f64, share: impl Fn(f64) -> f64) {
        set_text(&self.told, &marks.told());
        let shown: Vec<&Mark> = marks.placed.iter().filter(|mark| mark.from <= most && mark.to >= least).collect();
        let letters = |text: &str| (text.chars().count() as f64 + 1.0) * LETTER / width;
        let wanted: Vec<Words> = shown
            .iter()
            .map(|mark| Words { from: share(mark.from), to: share(mark.to.min(most)), width: letters(&mark.label) })
            .collect();
        let middles = place_words(&wanted);
        for (i, mark) in shown.iter().enumerate() {
            self.show_mark(i as u32, mark, wanted[i], middles[i]);
        }
        while self.holder.child_element_count() > shown.len() as u32 {
            self.holder.last_element_child().expect("there is one too many").remove();
        }
        // The numbers at the ends give way to a mark's words.
        let covered = |low: f64, high: f64| {
            let covers = |(words, middle): (&Words, &Option<f64>)| {
                middle.is_some_and(|middle| middle - 0.5 * words.width < high && middle + 0.5 * words.width > low)
            };
            if wanted.iter().zip(&middles).any(covers) { "true" } else { "false" }
        };
        let room = |end: &Element| end.text_content().map_or(0.0, |text| letters(&text));
        set_attribute(&self.ends.0, "data-covered", covered(0.0, room(&self.ends.0)));
        set_attribute(&self.ends.1, "data-covered", covered(1.0 - room(&self.ends.1), 1.0));
    }

    fn show_mark(&self, place: u32, mark: &Mark, words: Words, middle: Option<f64>) {
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
        for (name, value) in [("--from", words.from), ("--to", words.to), ("--x", middle.unwrap_or(words.from))] {
            set_style(&span, name, &format!("{value:.4}"));
        }
        set_style(&span, "--half", &format!("{:.2}em", 0.27 * mark.label.chars().count() as f64));
        let says = span.first_element_child().expect("a mark has its words");
        set_mathematics(&says, if middle.is_some() { &mark.label } else { "" });
        set_attribute(&says, "data-note", &mark.note);
        match TERMS.iter().find(|term| term.name == mark.label) {
            Some(term) => set_attribute(&says, "data-term", term.key),
            None => says.remove_attribute("data-term").expect("the attribute has a name"),
        }
    }
}
