//! What the reader points at in the pictures, in words beside them. A picture that takes keys is a slider to other
//! software: these words are its value, which screen readers tell when a key changes it.

use super::pair::Pair;
use super::run::Run;
use crate::language::tr;
use crate::notation::{grouped, scientific};
use crate::trials::Probe;

/// Places of the run that the cursor of the error chart goes from one to the next.
const STRIDES: usize = 200;

/// What is chosen in a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readout {
    /// Its place, counted from 0; none where nothing is chosen.
    pub place: Option<usize>,
    /// The last place there is.
    pub last: usize,
    /// What it is, in words; empty where nothing is chosen.
    pub text: String,
}

impl Readout {
    fn new(chosen: Option<(usize, String)>, last: usize) -> Self {
        let (place, text) = chosen.map_or((None, String::new()), |(place, text)| (Some(place), text));
        Self { place, last, text }
    }

    /// The iteration under the cursor of the error chart, and what both runs of a pair have there.
    pub fn of_iteration(run: &Run, pair: Option<Pair>, cursor: Option<usize>) -> Self {
        let last = pair.map_or(0, |pair| pair.beside.last_step()).max(run.last_step());
        let chosen = cursor.filter(|t| *t <= last).and_then(|t| {
            let told = match pair {
                None => scientific(*run.curve.get(t)?),
                Some(pair) => {
                    let (name, other) = pair.names();
                    let of = |name: &str, run: &Run| match run.curve.get(t) {
                        Some(error) => format!("{name}\u{a0}{}", scientific(*error)),
                        None if run.end.is_some() => tr!("{name} ended before", name),
                        None => format!("{name}\u{a0}…"),
                    };
                    format!("{}, {}", of(name, run), of(other, pair.beside))
                }
            };
            Some((t, format!("t\u{a0}=\u{a0}{}: {told}", grouped(t))))
        });
        Self::new(chosen, last)
    }

    /// The probe with this number, by its place in the order of distances.
    pub fn of_probe(probes: &[Probe], index: Option<u32>) -> Self {
        let probe = index.and_then(|index| probes.iter().find(|probe| probe.index == index));
        let chosen = probe.map(|probe| {
            let place = probes.iter().filter(|other| other.distance < probe.distance).count();
            let (number, outcome) = (probe.index + 1, probe.words());
            let distance = format!("{:.3}", probe.distance);
            (place, tr!("probe\u{a0}{number}: λ\u{a0}=\u{a0}{distance}, {outcome}", number, distance, outcome))
        });
        Self::new(chosen, probes.len().saturating_sub(1))
    }

    /// The neuron that is lit, or the weight of it that is told of; of a pair whose masks differ, in both.
    pub fn of_mask(run: &Run, pair: Option<Pair>, lit: Option<usize>, feature: Option<usize>) -> Self {
        let pair = pair.filter(|pair| pair.masks_differ());
        let readout = match lit.zip(feature) {
            Some((neuron, feature)) => Self::of_weight(run, neuron, feature),
            None => Self::of_neuron(run, lit),
        };
        let Some((name, other)) = pair.map(Pair::names) else { return readout };
        let text = match (pair, lit, feature) {
            (Some(pair), Some(j), None) => {
                let width = pair.beside.mask().width(j);
                tr!("{name}, {told}; {other}: {width}", name, told = readout.text, other, width)
            }
            (_, Some(_), Some(_)) => tr!("{name}, {told}", name, told = readout.text),
            _ => return readout,
        };
        Self { text, ..readout }
    }

    fn of_neuron(run: &Run, lit: Option<usize>) -> Self {
        let (learner, oracle) = (run.mask(), run.oracle.mask());
        let chosen = lit.map(|j| {
            let (neuron, width) = (j + 1, learner.width(j));
            if !run.kept.agreement().differs() {
                return (j, tr!("neuron\u{a0}{neuron}: {width}\u{a0}features", neuron, width));
            }
            let kept = learner.shared_with(j, oracle);
            let text = tr!(
                "neuron\u{a0}{neuron}: {width}\u{a0}features, {missed}\u{a0}missed, {extra}\u{a0}extra",
                neuron,
                width,
                missed = oracle.width(j) - kept,
                extra = width - kept
            );
            (j, text)
        });
        Self::new(chosen, learner.neurons() - 1)
    }

    /// Of neuron `j`; counted from 1 as everywhere on the page.
    fn of_weight(run: &Run, j: usize, feature: usize) -> Self {
        let (learner, oracle) = (run.mask(), run.oracle.mask());
        let kept = learner.place(j, feature);
        let of_oracle = oracle.place(j, feature).map(|place| run.oracle.values()[place]);
        let known_weight = of_oracle.filter(|weight| weight.is_finite());
        let state = match (kept, of_oracle) {
            (Some(_), Some(_)) => tr!("kept"),
            (Some(_), None) => tr!("extra"),
            (None, Some(_)) => tr!("missed"),
            (None, None) => tr!("pruned"),
        };
        let learned = kept.zip(run.weights.as_ref()).map(|(place, w)| format!(", w\u{a0}=\u{a0}{}", signed(w[place])));
        let oracles = known_weight.map(|w| format!(", w*\u{a0}=\u{a0}{}", signed(w)));
        let place =
            tr!("neuron\u{a0}{neuron}, input\u{a0}{feature}: {state}", neuron = j + 1, feature = feature + 1, state);
        let text = format!("{place}{}{}", learned.unwrap_or_default(), oracles.unwrap_or_default());
        Self::new(Some((j, text)), learner.neurons() - 1)
    }

    /// The place that software reads, and the last there is. Where nothing is chosen the last place says nothing, and
    /// would change at each step of a run that plays.
    pub fn value(&self) -> (usize, usize) {
        self.place.map_or((0, 0), |place| (place, self.last))
    }

    /// What that software reads out.
    pub fn spoken(&self) -> &str {
        if self.place.is_some() { &self.text } else { tr!("nothing chosen") }
    }
}

/// A weight with its sign, to three decimals.
fn signed(weight: f64) -> String {
    let size = format!("{:.3}", weight.abs());
    if weight < 0.0 { format!("−{size}") } else { size }
}

/// The iteration to which the cursor goes from `cursor`, by `places` of a two-hundredth of a run of `last` steps;
/// without a cursor from the run's end.
pub fn moved_cursor(cursor: Option<usize>, places: i32, last: usize) -> usize {
    let stride = (last / STRIDES).max(1) as i64;
    let from = cursor.unwrap_or(last) as i64;
    (from + i64::from(places) * stride).clamp(0, last as i64) as usize
}

/// The place `by` places on, of those from 0 to `last`; where there was none before, counted from beyond the ends.
pub fn moved(place: Option<usize>, by: i32, last: usize) -> usize {
    let from = place.map_or(if by > 0 { -1 } else { last as i64 + 1 }, |place| place as i64);
    (from + i64::from(by)).clamp(0, last as i64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Spec, Twin};
    use crate::training::StopReason;
    use crate::trials::Outcome;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_cursor_goes_by_a_two_hundredth_of_the_run_and_stays_in_it() {
        assert_eq!(moved_cursor(None, -1, 1000), 995);
        assert_eq!(moved_cursor(Some(3), -1, 1000), 0);
        assert_eq!((moved_cursor(Some(3), 1, 20), moved_cursor(Some(3), 1_000_000, 20)), (4, 20));
    }

    #[test]
    fn a_neuron_is_first_lit_from_the_side_of_the_key() {
        assert_eq!((moved(None, 1, 4), moved(None, -1, 4)), (0, 4));
        assert_eq!((moved(Some(0), -1, 4), moved(Some(1), 1, 4), moved(None, 1_000_000, 4)), (0, 2, 4));
    }

    #[test]
    fn of_a_pair_both_runs_are_told() {
        let spec = Spec { effective_width: 5.0, ..Spec::default() };
        let twin = Twin::Dense;
        let (mut shown, mut beside) = (Run::new(0, spec.clone()), Run::new(1, twin.of(&spec)));
        (shown.curve, beside.curve) = (vec![0.5, 0.25], vec![0.5, 0.4, 0.3]);
        let of = |shown: &Run, cursor| {
            let readout = Readout::of_iteration(shown, Some(Pair { twin, shown, beside: &beside }), Some(cursor));
            (readout.text.replace('\u{a0}', " "), readout.last)
        };
        let told = format!("t = 1: pruned {}, dense {}", scientific(0.25), scientific(0.4));
        assert_eq!((of(&shown, 1), of(&shown, 3).0), ((told, 2), String::new()));
        assert_eq!(of(&shown, 2).0, format!("t = 2: pruned …, dense {}", scientific(0.3)));
        shown.end = Some(StopReason::Converged);
        assert_eq!(of(&shown, 2).0, format!("t = 2: pruned ended before, dense {}", scientific(0.3)));
        let pair = Pair { twin, shown: &shown, beside: &beside };
        let mask = |lit| Readout::of_mask(&shown, Some(pair), lit, None);
        assert_eq!((mask(None).text.as_str(), mask(None).spoken()), ("", "nothing chosen"));
        assert_eq!(mask(Some(1)).text.replace('\u{a0}', " "), "pruned, neuron 2: 5 features; dense: 100");
    }

    #[test]
    fn what_is_chosen_is_told_in_words() {
        let run = Run::new(0, Spec { effective_width: 5.0, ..Spec::default() });
        assert_eq!(Readout::of_iteration(&run, None, Some(0)).spoken(), "nothing chosen");
        assert_eq!(Readout::of_neuron(&run, Some(1)).text, "neuron\u{a0}2: 5\u{a0}features");
        assert_eq!(Readout::of_neuron(&run, None).value(), (0, 0));
        let probe = |index, distance| Probe {
            index,
            distance,
            outcome: Outcome::Success,
            steps: 12,
            falling: false,
            reach: None,
        };
        let probes = [probe(0, 0.75), probe(1, 0.375)];
        let readout = Readout::of_probe(&probes, Some(0));
        assert_eq!(
            (readout.value(), readout.text.replace('\u{a0}', " ")),
            ((1, 1), "probe 1: λ = 0.750, success after 12 steps".to_owned())
        );
        assert_eq!(Readout::of_probe(&probes, Some(7)).place, None);
    }
}
