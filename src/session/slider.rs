//! What the slider of a field and its box show for a run, and what is read from them. What a drag then does is in
//! `update/drag.rs`.

use libm::{ceil, floor};

use crate::charts::track::{Words, place_words};
use crate::glossary::TERMS;
use crate::language::{tr, translate};
use crate::notation::number;
use crate::spec::Spec;
use crate::spec::fields::{Control, Field, Kind as Accepts, Value};
use crate::spec::slider_scale::Scale;
use crate::trials::{Kind, Known, Mark, Marks};

/// Width of a letter of the marks' words and of the numbers at the ends, in rem, where they are as large as on a projector.
const LETTER: f64 = 0.47;
/// Half the width of a letter where the words have to stay within the track, in em.
const HALF_LETTER: f64 = 0.27;

/// Width of a narrow track, in rem: that of one that is not shown is not known yet.
const NARROW: f64 = 13.5;

/// The width for the marks of a track that measures so many rem; 0 where it is not shown.
pub fn track_width(measured: f64) -> f64 {
    if measured > 0.0 { measured } else { NARROW }
}

/// A slider and its box, for one run.
#[derive(Clone, Debug, PartialEq)]
pub struct SliderView {
    /// The least position, the largest and the step.
    pub travel: (f64, f64, f64),
    /// The position. It holds what was asked for as far as that is near: between two masks its keys would else be stuck.
    pub position: f64,
    /// The value shown, in words.
    pub text: String,
    /// How far along the track the value shown is, from 0 to 1; the thumb stands there, whatever the slider holds.
    pub share: f64,
    /// The numbers at the ends.
    pub ends: (String, String),
    /// The stretch of the track that is within reach, in shares of it; none where all of it is.
    pub reach: Option<(f64, f64)>,
    /// What the marks say for who cannot see them.
    pub told: String,
    marks: Vec<Mark>,
    scale: Scale,
    range: (f64, f64),
}

/// A mark with its place on the track; lengths are shares of the track.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedMark {
    /// How it is drawn.
    pub kind: Kind,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The middle of its words; none where they find no room.
    pub middle: Option<f64>,
    /// Its words.
    pub label: String,
    /// Half of their width, in em.
    pub half_width: f64,
    /// What they mean.
    pub note: String,
    /// The term that they are, by its key.
    pub term: Option<&'static str>,
}

/// The marks that lie on the track, and whether their words cover the number at its left end and at its right one.
pub type PlacedMarks = (Vec<PlacedMark>, (bool, bool));

impl SliderView {
    /// That of `field` for the run of `spec`; none for a field without a slider.
    pub fn of(field: &Field, spec: &Spec, known: &Known) -> Option<Self> {
        let (scale, (min, max)) = (field.scale()?, field.range(spec)?);
        let value = shown_value(field, spec, known);
        let held = match field.key {
            "r" => spec.effective_width.clamp(floor(known.reach.min), ceil(known.reach.max)),
            _ => value,
        };
        let least = match scale {
            Scale::Logarithmic { least, .. } => least,
            _ => min,
        };
        let marks = Marks::of(field.key, spec, known);
        let mut view = Self {
            travel: scale.travel(min, max),
            position: scale.position(held, max),
            text: field.shown(value),
            share: 0.0,
            ends: (least.to_string(), number(max)),
            reach: None,
            told: marks.told(),
            marks: marks.placed,
            scale,
            range: (least, max),
        };
        view.share = view.share_of(value);
        view.reach = (field.key == "r").then(|| (view.share_of(known.reach.min), view.share_of(known.reach.max)));
        Some(view)
    }

    /// How far along the track a value is.
    fn share_of(&self, value: f64) -> f64 {
        self.along(self.scale.position(value, self.range.1))
    }

    fn along(&self, position: f64) -> f64 {
        let (first, last, _) = self.travel;
        ((position - first) / (last - first)).clamp(0.0, 1.0)
    }

    /// How far the thumb is to be moved from the position that the browser's slider has `rounded` to, on a track that is
    /// `width` rem wide; in rem.
    pub fn shift(&self, rounded: f64, width: f64) -> f64 {
        width * (self.share - self.along(rounded))
    }

    /// The marks on a track that is `width` rem wide.
    pub fn placed_marks(&self, width: f64) -> PlacedMarks {
        let (least, most) = self.range;
        let shown = || self.marks.iter().filter(|mark| mark.from <= most && mark.to >= least);
        let letters = |text: &str| (text.chars().count() as f64 + 1.0) * LETTER / width;
        let words = |mark: &Mark| Words {
            from: self.share_of(mark.from),
            to: self.share_of(mark.to.min(most)),
            width: letters(&mark.label),
        };
        let wanted: Vec<Words> = shown().map(words).collect();
        let middles = place_words(&wanted);
        // The numbers at the ends give way to a mark's words.
        let covered = |low: f64, high: f64| {
            wanted.iter().zip(&middles).any(|(words, middle)| {
                middle.is_some_and(|middle| middle - 0.5 * words.width < high && middle + 0.5 * words.width > low)
            })
        };
        let ends = (covered(0.0, letters(&self.ends.0)), covered(1.0 - letters(&self.ends.1), 1.0));
        let placed = shown().zip(&wanted).zip(&middles).map(|((mark, words), middle)| PlacedMark {
            kind: mark.kind,
            from: words.from,
            to: words.to,
            middle: *middle,
            half_width: HALF_LETTER * mark.label.chars().count() as f64,
            label: mark.label.clone(),
            note: mark.note.clone(),
            term: TERMS.iter().find(|term| translate(term.name) == mark.label).map(|term| term.key),
        });
        (placed.collect(), ends)
    }
}

/// The text that a box is to get, if any: it changes where the value shown does, and never while somebody types into it.
/// `before` is what was shown last.
pub fn box_text(field: &Field, before: Option<(&Spec, &Known)>, now: (&Spec, &Known), typing: bool) -> Option<String> {
    let text = |(spec, known)| field.shown(shown_value(field, spec, known));
    let wanted = text(now);
    let changes = before.is_none_or(|before| text(before) != wanted);
    (changes && !typing).then_some(wanted)
}

/// The number that a control shows: what was reached, where that is not what was asked for.
fn shown_value(field: &Field, spec: &Spec, known: &Known) -> f64 {
    match (field.get)(spec) {
        Value::Number(_) if field.key == "r" => known.effective_width,
        Value::Number(value) => value,
        // The one word that a box can hold stands for the step size of Theorem 2.
        Value::Word(_) | Value::Painted(_) => spec.eta(),
    }
}

/// The value of a field in words, as its control shows it.
pub fn value_words(field: &Field, spec: &Spec, known: &Known) -> String {
    match (field.control, field.kind, (field.get)(spec)) {
        (Control::Menu(names), Accepts::Choice(words), Value::Word(chosen)) => {
            let named = words.iter().zip(names).find(|(word, _)| **word == chosen);
            named.map_or(chosen, |(_, name)| translate(name)).to_owned()
        }
        (Control::Switch, ..) => if is_on(field, spec) { tr!("on") } else { tr!("off") }.to_owned(),
        (Control::Picture, _, Value::Painted(painted)) => painted.len().to_string(),
        _ => field.shown(shown_value(field, spec, known)),
    }
}

/// The value at a position of the slider of the field `key`, as one would type it; none for a field without a slider.
pub fn value_at(key: &str, position: f64, spec: &Spec) -> Option<String> {
    let field = Field::by_key(key)?;
    let (_, max) = field.range(spec)?;
    Some(field.scale()?.value(position, max).to_string())
}

/// What a switch says where it is on or off.
pub fn switched(on: bool) -> &'static str {
    if on { "1" } else { "0" }
}

/// Whether the switch of `field` is on.
pub fn is_on(field: &Field, spec: &Spec) -> bool {
    (field.get)(spec) == Value::Number(1.0)
}

/// Whether the button for the word that `field` takes instead of a number is pressed.
pub fn is_word(field: &Field, spec: &Spec) -> bool {
    matches!((field.get)(spec), Value::Word(_))
}

/// What was typed, without the spaces between thousands and with a decimal point.
pub fn plain_number(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(',', ".").replace('−', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::run::Run;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn view(key: &str, spec: Spec) -> SliderView {
        let run = Run::new(0, spec);
        SliderView::of(Field::by_key(key).expect("a field"), &run.spec, &run.known).expect("a slider")
    }

    #[test]
    fn a_slider_shows_what_was_reached_and_holds_what_was_asked_for() {
        // Equal widths that overlap give whole effective widths only.
        let spec = Spec { effective_width: 7.4, ..Spec::default() };
        let width = view("r", spec);
        assert_eq!((width.text.as_str(), width.position), ("7", 7.4));
        let asked = Spec { effective_width: 90.0, overlap: crate::spec::Overlap::Disjoint, ..Spec::default() };
        let run = Run::new(0, asked);
        let beyond = SliderView::of(Field::by_key("r").expect("a field"), &run.spec, &run.known).expect("a slider");
        assert_eq!(beyond.position, ceil(run.known.reach.max));
        let (from, to) = beyond.reach.expect("only a part is within reach");
        assert!(from < to && to < 0.2, "{from} {to}");
        assert!(beyond.share <= to + 1e-12);
    }

    #[test]
    fn the_step_size_shows_its_number_where_it_follows_k() {
        let eta = view("eta", Spec::default());
        assert_eq!((eta.text.as_str(), eta.ends.0.as_str(), eta.ends.1.as_str()), ("0.357", "0.001", "300"));
        assert!((eta.shift(eta.position.round(), 20.0)).abs() < 0.04);
        assert!((eta.shift(eta.travel.0, 20.0) - 20.0 * eta.share).abs() < 1e-12);
    }

    #[test]
    fn marks_lie_on_the_track_and_numbers_give_way_to_them() {
        let samples = view("N", Spec::default());
        let (placed, (left, right)) = samples.placed_marks(13.5);
        let [enough] = &placed[..] else { panic!("{placed:?}") };
        assert!(enough.from > 0.0 && enough.to == 1.0 && enough.middle.is_some());
        assert!(!left && right && samples.told.starts_with("Calibrated here"));
        let (narrow, _) = samples.placed_marks(3.0);
        assert_eq!(narrow[0].middle, None);
    }

    #[test]
    fn a_box_keeps_what_somebody_types_and_what_has_not_changed() {
        let (before, after) = (Run::new(0, Spec::default()), Run::new(0, Spec { samples: 600, ..Spec::default() }));
        let showing = |run: &Run| (run.spec.clone(), run.known);
        let (before, after) = (showing(&before), showing(&after));
        let text = |key: &str, typing| {
            let field = Field::by_key(key).expect("a field");
            box_text(field, Some((&before.0, &before.1)), (&after.0, &after.1), typing)
        };
        assert_eq!((text("N", false).as_deref(), text("N", true), text("K", false)), (Some("600"), None, None));
        let seed = Field::by_key("seed").expect("a field");
        assert_eq!(box_text(seed, None, (&after.0, &after.1), false).as_deref(), Some("1"));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!((plain_number("10\u{202f}000").as_str(), plain_number("−0,5 ").as_str()), ("10000", "-0.5"));
        assert_eq!(value_at("N", 400.0, &Spec::default()).as_deref(), Some("10000"));
        assert_eq!(value_at("seed", 1.0, &Spec::default()), None);
    }

    #[test]
    fn a_switch_shows_what_its_own_word_makes_of_a_spec() {
        let (spread, eta) = (Field::by_key("spread").expect("a field"), Field::by_key("eta").expect("a field"));
        let mut spec = Spec::default();
        for on in [true, false] {
            spread.read(&mut spec, switched(on)).expect("its own words");
            assert_eq!((spec.spread, is_on(spread, &spec)), (on, on));
        }
        assert!(is_word(eta, &spec));
        assert!(!is_word(eta, &Spec { step_size: crate::spec::StepSize::Fixed(0.5), ..spec }));
    }

    #[test]
    fn the_marks_of_a_track_that_is_not_shown_have_a_narrow_one() {
        assert_eq!((track_width(20.0), track_width(0.0)), (20.0, 13.5));
    }
}
