//! Lemma 1: where training may start, from the data alone.

use super::{Numbers, Theorems, Told, line, to_three_digits};
use crate::language::tr;
use crate::notation::{grouped, number};
use crate::session::run::Run;
use crate::session::slider::value_words;
use crate::session::tensor_start;
use crate::spec::fields::Field;
use crate::tensor::{fewest_samples, refusal};
use crate::theory::asked_by_lemma1;
use crate::trials::samples_to_two_digits;

pub(super) fn of(run: &Run) -> Theorems {
    let sentences = vec![("few", Some(few(run))), ("lemma-noise", Some(noise(run))), ("moments", Some(moments(run)))];
    Theorems { lines: vec![line("asked-lemma", Told::Numbers(asked(run)))], sentences }
}

/// The lemma’s samples with the present numbers, as far as it has any.
fn asked(run: &Run) -> Numbers {
    let (neurons, mask) = (run.spec.neurons, run.mask());
    let largest = (0..neurons).map(|j| mask.width(j)).max().unwrap_or(0);
    vec![
        ("N", grouped(run.spec.samples)),
        ("K", neurons.to_string()),
        ("largest", grouped(largest)),
        ("product", to_three_digits(asked_by_lemma1(neurons, largest))),
    ]
}

/// From how many samples on such a start is worth anything.
fn few(run: &Run) -> String {
    let features = run.supports.mask().used_features_with(&run.supports.learner_mask()).len();
    let (samples, neurons) = (run.spec.samples, run.spec.neurons);
    if let Some(reason) = refusal(samples, features, neurons) {
        return tr!("there is no such start here: {reason}.", reason);
    }
    let fewest = fewest_samples(features, neurons);
    let (enough, fewest, samples) = (samples >= fewest, samples_to_two_digits(fewest), grouped(samples));
    let bound = tr!(
        "from some {fewest} samples on it is better than W(0)\u{a0}=\u{a0}0, over {features} features",
        fewest,
        features
    );
    match enough {
        true => tr!("{bound}; N\u{a0}=\u{a0}{samples} is enough for that.", bound, samples),
        false => tr!("{bound}; N\u{a0}=\u{a0}{samples} is far too small.", bound, samples),
    }
}

/// |ξ| ≤ |W\*|.
fn noise(run: &Run) -> String {
    match run.spec.noise {
        0.0 => tr!("|ξ|\u{a0}=\u{a0}0: there is no noise.").to_owned(),
        noise => tr!("σ/E_y\u{a0}=\u{a0}{noise}; the page does not test this condition.", noise = number(noise)),
    }
}

/// What such a start gave, where the run has one.
fn moments(run: &Run) -> String {
    if tensor_start::is_shown(run) {
        return tensor_start::caption(run);
    }
    let lambda = Field::by_key("lambda").expect("a field of the table");
    tr!(
        "Not measured: this run starts in the ball, at λ\u{a0}=\u{a0}{distance}; the start “tensor”, under More, measures it.",
        distance = value_words(lambda, &run.spec, &run.known)
    )
}
