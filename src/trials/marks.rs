//! Where on a slider's track its values begin to matter, and what says so: theory, or what was calibrated here.

mod known;

pub use known::Known;

use crate::language::{message, tr, translate};
use crate::notation::{grouped, rounded};
use crate::spec::{Overlap, Spec, Start};
use crate::theory::calibration::Enough;

/// How a mark is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One value.
    Tick,
    /// All values from one to another.
    Stretch,
    /// One value that is asked for and not in force.
    Ask,
}

/// A mark on a slider's track.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// How it is drawn.
    pub kind: Kind,
    /// The first value marked.
    pub from: f64,
    /// The last value marked; may lie beyond the slider's end.
    pub to: f64,
    /// What stands at it.
    pub label: String,
    /// What that means and whether it is theory, measured or calibrated: whole sentences.
    pub note: String,
}

/// The marks of one slider.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Those with a place on the track.
    pub placed: Vec<Mark>,
    /// Why another one has no place; a whole sentence.
    pub missing: Option<String>,
}

/// What the marks say of the (8) that is calibrated here.
const ENOUGH: &str = message!("enough samples");
/// The same where the start comes from moments of the samples, for which more may be needed.
const ENOUGH_BY_8: &str = message!("enough by (8)");
/// Why they say nothing on data of the reader's own.
const OWN: &str = message!("Of own data the theorem promises nothing, for no number of samples.");
/// Why they say nothing of (8).
const MISSES: &str =
    message!("The mask misses weights of the oracle: the theorem promises nothing, for no number of samples.");

impl Marks {
    /// Those of the field `key`.
    pub fn of(key: &str, spec: &Spec, known: &Known) -> Self {
        match key {
            "r" | "N" | "K" if known.own_data => Self { placed: Vec::new(), missing: Some(translate(OWN).to_owned()) },
            "r" => Self::of_width(spec, known),
            "N" => Self::of_samples(spec, known),
            "K" => Self::of_neurons(spec, known),
            "beta" => Self { placed: known.best_momentum.map(best_momentum).into_iter().collect(), missing: None },
            "eta" => Self { placed: known.divergence.map(divergence).into_iter().collect(), missing: None },
            _ => Self::default(),
        }
    }

    fn of_width(spec: &Spec, known: &Known) -> Self {
        let mut placed = Vec::new();
        let (asked, reached) = (spec.effective_width, known.effective_width);
        if shown_width(asked) != shown_width(reached) {
            let (asked_for, reached) = (shown_width(asked), shown_width(reached));
            placed.push(Mark {
                kind: Kind::Ask,
                from: asked,
                to: asked,
                label: tr!("{asked_for}\u{a0}asked", asked_for),
                note: tr!(
                    "r̃\u{a0}=\u{a0}{asked_for} is asked for; the supports give r̃\u{a0}=\u{a0}{reached}.",
                    asked_for,
                    reached
                ),
            });
        }
        let dense = spec.dimension as f64;
        if known.reach.max > dense * (1.0 - 1e-9) {
            placed.push(Mark {
                kind: Kind::Tick,
                from: dense,
                to: dense,
                label: tr!("{dense}:\u{a0}dense", dense),
                note: tr!("At r̃\u{a0}=\u{a0}d\u{a0}=\u{a0}{dense} the network is dense: nothing is pruned.", dense),
            });
        }
        if known.misses {
            return Self { placed, missing: Some(translate(MISSES).to_owned()) };
        }
        // One weight a neuron and one feature for all: no samples are enough there.
        let least = if spec.overlap == Overlap::Shared && spec.neurons > 2 { 2.0 } else { known.reach.min };
        let most_width = known.most_width.filter(|most| *most > least);
        let missing = match (Enough::of(spec), most_width) {
            (Err(reason), _) => Some(unknown(&reason.reason(spec.neurons))),
            (Ok(_), None) => {
                Some(tr!("No r̃ is small enough for N\u{a0}=\u{a0}{n}, calibrated here.", n = grouped(spec.samples)))
            }
            (Ok(enough), Some(most)) => {
                placed.push(Mark {
                    kind: Kind::Stretch,
                    from: least,
                    to: most,
                    label: enough_words(spec),
                    note: tr!(
                        "Calibrated here: N\u{a0}=\u{a0}{n} samples are enough by (8) up to r̃\u{a0}=\u{a0}{most}; \
                         {constant}.",
                        n = grouped(spec.samples),
                        most = shown_width(most),
                        constant = constant(spec, enough)
                    ),
                });
                None
            }
        };
        Self { placed, missing }
    }

    fn of_samples(spec: &Spec, known: &Known) -> Self {
        match Enough::of(spec) {
            _ if known.misses => Self { placed: Vec::new(), missing: Some(translate(MISSES).to_owned()) },
            Err(reason) => Self { placed: Vec::new(), missing: Some(unknown(&reason.reason(spec.neurons))) },
            Ok(_) if known.has_twins => Self {
                placed: Vec::new(),
                missing: Some(tr!("No N is enough: neurons have the same only feature.").to_owned()),
            },
            Ok(enough) => {
                let least = enough.samples(known.weights);
                let note = tr!(
                    "Calibrated here: enough samples by (8) from N\u{a0}=\u{a0}{least} on; {constant}.",
                    least = grouped(least),
                    constant = constant(spec, enough)
                );
                let (from, to) = (least as f64, f64::INFINITY);
                let mark = Mark { kind: Kind::Stretch, from, to, label: enough_words(spec), note };
                Self { placed: vec![mark], missing: None }
            }
        }
    }

    fn of_neurons(spec: &Spec, known: &Known) -> Self {
        let missing = match (Enough::of(spec), known.most_neurons) {
            _ if known.misses => translate(MISSES).to_owned(),
            (_, most @ 1..) => {
                let mark = Mark {
                    kind: Kind::Stretch,
                    from: 1.0,
                    to: most as f64,
                    label: enough_words(spec),
                    note: tr!(
                        "Calibrated here: N\u{a0}=\u{a0}{n} samples are enough by (8) up to K\u{a0}=\u{a0}{most} at \
                         this r̃.",
                        n = grouped(spec.samples),
                        most
                    ),
                };
                return Self { placed: vec![mark], missing: None };
            }
            (Err(reason), 0) => unknown(&reason.reason(spec.neurons)),
            (Ok(_), 0) => {
                let n = grouped(spec.samples);
                tr!("No K is small enough for N\u{a0}=\u{a0}{n} at this r̃, calibrated here.", n)
            }
        };
        Self { placed: Vec::new(), missing: Some(missing) }
    }

    /// All that the marks say, for who cannot see them.
    pub fn told(&self) -> String {
        let sentences: Vec<&str> =
            self.placed.iter().map(|mark| mark.note.as_str()).chain(self.missing.as_deref()).collect();
        sentences.join(" ")
    }
}

/// An effective width as its box shows it: with one decimal at most.
pub fn shown_width(width: f64) -> String {
    rounded(width, (0, 1))
}

/// What is said of a stretch in which (8) holds.
fn enough_words(spec: &Spec) -> String {
    translate(if spec.start == Start::Tensor { ENOUGH_BY_8 } else { ENOUGH }).to_owned()
}

fn unknown(reason: &str) -> String {
    tr!("Where enough samples begin is not known: {reason}.", reason)
}

fn constant(spec: &Spec, enough: Enough) -> String {
    tr!(
        "c({neurons})\u{a0}=\u{a0}{constant} samples a weight within {steps}\u{a0}steps",
        neurons = spec.neurons,
        constant = format_args!("{:.2}", enough.samples_a_weight()),
        steps = grouped(enough.steps)
    )
}

fn best_momentum(value: f64) -> Mark {
    let note = tr!(
        "Theory for this sample: by the curvature at W*, β*\u{a0}=\u{a0}{best} is the momentum that converges fastest.",
        best = format_args!("{value:.2}")
    );
    Mark { kind: Kind::Tick, from: value, to: value, label: "β*".to_owned(), note }
}

fn divergence(bound: f64) -> Mark {
    let shown = if bound < 10.0 { format!("{bound:.2}") } else { format!("{bound:.1}") };
    let note = tr!(
        "Theory for this sample: beyond η\u{a0}=\u{a0}2(1\u{a0}+\u{a0}β)/l_max\u{a0}=\u{a0}{bound} the steps near W* \
         grow, where l_max is the largest curvature there.",
        bound = shown
    );
    Mark { kind: Kind::Tick, from: bound, to: bound, label: tr!("diverges beyond").to_owned(), note }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Supports, draw_learner, draw_oracle, effective_width};
    use crate::spec::StepSize;
    use crate::spec::fields::Field;
    use crate::theory::divergence_step_size;
    use crate::trials::Forecast;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn known(spec: &Spec) -> Known {
        let supports = Supports::draw(spec);
        let oracle = draw_oracle(spec, supports.mask());
        let width = effective_width(oracle.mask());
        Known::of(spec, &supports, &draw_learner(spec, &oracle), width)
    }

    fn stretch(key: &str, spec: &Spec) -> Option<(f64, f64)> {
        let marks = Marks::of(key, spec, &known(spec));
        assert!(marks.told().ends_with('.'), "{}", marks.told());
        let mark = marks.placed.into_iter().find(|mark| mark.kind == Kind::Stretch)?;
        assert_eq!(mark.label, "enough samples");
        assert!(mark.note.starts_with("Calibrated here: "), "{}", mark.note);
        Some((mark.from, mark.to))
    }

    /// The three sliders whose stretches say the same from opposite sides.
    #[test]
    fn samples_are_enough_exactly_inside_the_stretches_of_all_three_sliders() {
        for overlap in [Overlap::Shared, Overlap::Random, Overlap::Disjoint] {
            for (width, neurons, samples) in
                [(40.0, 5, 300), (10.0, 5, 500), (60.0, 3, 400), (20.0, 8, 2000), (3.0, 2, 20)]
            {
                let spec =
                    Spec { effective_width: width, neurons, samples, overlap, max_steps: 3000, ..Spec::default() };
                let enough = |spec: &Spec| {
                    let weights = Supports::draw(spec).mask().weights();
                    spec.samples >= Enough::of(spec).expect("calibrated").samples(weights)
                };
                let told = format!("{overlap:?} r̃ = {width} K = {neurons} N = {samples}");
                let (from, to) = stretch("N", &spec).expect("calibrated");
                assert_eq!((enough(&spec), to), (samples as f64 >= from, f64::INFINITY), "{told}");
                let last = stretch("r", &spec).map_or(0.0, |(_, to)| to);
                let reached = known(&spec).effective_width;
                assert_eq!(enough(&spec), reached <= last + 1e-9, "{told}: {reached} of {last}");
                let most = stretch("K", &spec).map_or(0.0, |(_, to)| to);
                for neurons in 1..=12 {
                    let other = Spec { neurons, ..spec.clone() };
                    assert_eq!(enough(&other), neurons as f64 <= most, "{told}: {neurons} of {most}");
                }
            }
        }
    }

    #[test]
    fn where_nothing_was_calibrated_there_is_no_stretch_and_the_reason_is_told() {
        let spec = Spec { noise: 0.1, ..Spec::default() };
        for key in ["r", "N", "K"] {
            assert_eq!(stretch(key, &spec), None);
            let told = Marks::of(key, &spec, &known(&spec)).told();
            assert!(told.contains("is not known: c(K) is calibrated for η"), "{told}");
        }
        let few = Spec { samples: 20, ..Spec::default() };
        assert_eq!(stretch("K", &few), None);
        assert_eq!(
            Marks::of("K", &few, &known(&few)).told().replace('\u{a0}', " "),
            "No K is small enough for N = 20 at this r̃, calibrated here."
        );
    }

    #[test]
    fn the_track_of_the_effective_width_tells_the_ask_and_where_the_network_is_dense() {
        let labels = |spec: &Spec| -> Vec<(Kind, String, f64)> {
            let placed = Marks::of("r", spec, &known(spec)).placed.into_iter();
            placed.filter(|mark| mark.kind != Kind::Stretch).map(|mark| (mark.kind, mark.label, mark.from)).collect()
        };
        assert_eq!(labels(&Spec::default()), [(Kind::Tick, "100:\u{a0}dense".to_owned(), 100.0)]);
        // 20 weights a neuron, none shared: 20 · 1.2²/4 = 7.2 is the most.
        let disjoint = Spec { effective_width: 40.0, overlap: Overlap::Disjoint, ..Spec::default() };
        assert_eq!(labels(&disjoint), [(Kind::Ask, "40\u{a0}asked".to_owned(), 40.0)]);
        assert_eq!(shown_width(known(&disjoint).effective_width), "7.2");
    }

    #[test]
    fn every_step_size_at_which_a_run_diverges_can_be_reached() {
        let eta = Field::by_key("eta").expect("a field");
        let bound = |spec: &Spec| {
            let (_, most) = eta.range(spec).expect("a range");
            let forecast = Forecast::draw(spec);
            let mut known = known(spec);
            known.foresee(spec, &forecast);
            let marks = Marks::of("eta", spec, &known);
            let [mark] = &marks.placed[..] else { panic!("one mark: {marks:?}") };
            assert!(mark.from < most, "{} of {most}", mark.from);
            assert!(mark.note.starts_with("Theory for this sample"));
            mark.from
        };
        let default = bound(&Spec::default());
        assert!((41.0..43.0).contains(&default), "{default}");
        for neurons in [1, 2, 8, 12] {
            bound(&Spec { neurons, ..Spec::default() });
        }
        // The flattest: one weight a neuron, and the largest momentum.
        let flat = Spec { effective_width: 1.0, neurons: 12, momentum: 0.99, samples: 10_000, ..Spec::default() };
        for overlap in [Overlap::Random, Overlap::Disjoint] {
            let bound = bound(&Spec { overlap, ..flat.clone() });
            assert!((200.0..275.0).contains(&bound), "{bound}");
        }
    }

    #[test]
    fn a_run_converges_just_below_its_mark_and_diverges_well_beyond_it() {
        use crate::training::{StopReason, Trainer};
        let spec = Spec { dimension: 20, effective_width: 8.0, neurons: 3, samples: 300, ..Spec::default() };
        let forecast = Forecast::draw(&spec);
        let ends = forecast.curvature.sample.ends().expect("it settles");
        let bound = divergence_step_size(spec.momentum, ends);
        let end = |eta| {
            let mut trainer = Trainer::new(&Spec { step_size: StepSize::Fixed(eta), max_steps: 5000, ..spec.clone() });
            trainer.advance(5000);
            trainer.stopped()
        };
        assert_eq!(end(0.97 * bound), Some(StopReason::Converged));
        assert_eq!(end(1.5 * bound), Some(StopReason::Diverged));
    }
}
