//! What is said of a start from moments that cannot be had, or will be poor.

use super::own_data::{Began, OwnStart};
use crate::language::tr;
use crate::network::Supports;
use crate::notation::{grouped, significant};
use crate::spec::fields::Field;
use crate::spec::{Spec, Start};
use crate::tensor::{Distance, Inputs, NoStart, fewest_samples, refusal};

/// That there is none, and where the run starts instead.
pub fn no_start_sentence(spec: &Spec, reason: &NoStart) -> String {
    let lambda = Field::by_key("lambda").expect("a field of the table");
    in_the_ball(&reason.to_string(), &lambda.shown(spec.start_distance))
}

fn in_the_ball(reason: &str, lambda: &str) -> String {
    tr!("There is no tensor start: {reason}. The run starts in the ball, at λ = {lambda}.", reason, lambda)
}

/// The same of a run on data of the reader's own, which `began` elsewhere instead.
pub fn no_start_on_data(spec: &Spec, began: &OwnStart, reason: &NoStart) -> String {
    let reason = match reason {
        // More samples of such inputs would not mend it.
        NoStart::FewDirections { positive, neurons } if began.inputs.is_some_and(|inputs| !inputs.are_explained()) => {
            tr!(
                "M₂ needs {neurons} positive eigenvalues, and that of this sample has {positive}: X is not standard normal",
                neurons,
                positive
            )
        }
        reason => reason.to_string(),
    };
    let lambda = Field::by_key("lambda").expect("a field of the table").shown(spec.start_distance);
    match began.from {
        Began::Ball | Began::Moments => in_the_ball(&reason, &lambda),
        Began::Drawn => tr!(
            "There is no tensor start: {reason}. The run starts in a drawn direction, its outputs λ = {lambda} times as large \
             as y.",
            reason,
            lambda
        ),
    }
}

/// What mean and covariance of the inputs say of a start from moments, which supposes standard normal ones.
pub fn inputs_sentence(inputs: &Inputs) -> String {
    let told = |distance: &Distance| {
        let [measured, expected, spread] =
            [distance.measured, distance.expected, distance.spread()].map(|x| significant(x, 2));
        (measured, format!("{expected} ± {spread}"))
    };
    let ((mean, mean_expected), (covariance, covariance_expected)) = (told(&inputs.mean), told(&inputs.covariance));
    let measured = tr!(
        "The mean of X is {mean} from 0 and its covariance {covariance} from I (Frobenius norm); of as many standard normal \
         inputs these would be {mean_expected} and {covariance_expected}",
        mean,
        covariance,
        mean_expected,
        covariance_expected
    );
    match inputs.are_explained() {
        true => tr!("{measured}: neither speaks against them, and of higher moments nothing is known.", measured),
        false => tr!(
            "{measured}: X is not standard normal, and where its moments lead may be far from any W* (columns of mean 0 and \
             variance 1, uncorrelated, come nearer).",
            measured
        ),
    }
}

/// That `samples` samples are too few for a good start over so many features; none where they are enough.
pub fn few_samples(samples: usize, features: usize, neurons: usize) -> Option<String> {
    let fewest = fewest_samples(features, neurons);
    (samples < fewest).then(|| {
        tr!(
            "N = {n} is far too small for the tensor start: below some {fewest} samples its relative error \
             before masking is near 1, no better than W(0) = 0 (calibrated here).",
            n = grouped(samples),
            fewest = samples_to_two_digits(fewest)
        )
    })
}

/// What is known before the sample is drawn: that there will be no start from its moments, or that they are too few for a
/// good one.
pub fn tensor_out_of_reach(spec: &Spec, supports: &Supports) -> Option<String> {
    if spec.start == Start::Ball {
        return None;
    }
    let features = supports.mask().used_features_with(&supports.learner_mask()).len();
    if let Some(reason) = refusal(spec.samples, features, spec.neurons) {
        return Some(no_start_sentence(spec, &reason));
    }
    few_samples(spec.samples, features, spec.neurons)
}

/// A number of samples, rounded up to two digits.
pub fn samples_to_two_digits(samples: usize) -> String {
    let unit = 10_usize.pow(samples.max(10).ilog10() - 1);
    grouped(samples.div_ceil(unit) * unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Data, Problem};
    use crate::spec::Overlap;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_said_of_inputs_follows_whether_sampling_explains_them() {
        let distance = |factor: f64| {
            let x_of = |feature: usize, column: &mut [f64]| {
                let spec = Spec { samples: 400, ..Spec::default() };
                column.copy_from_slice(&Problem::feature(&spec, feature));
                column.iter_mut().for_each(|x| *x *= factor);
            };
            inputs_sentence(&Inputs::of(&Data::new(400, 1, (0..8).collect(), x_of)))
        };
        let (normal, wide) = (distance(1.0), distance(3.0));
        assert!(
            normal.starts_with("The mean of X is 0.1") && normal.contains("0.14 ± 0.035 and 0.42 ± 0.05"),
            "{normal}"
        );
        assert!(normal.ends_with("neither speaks against them, and of higher moments nothing is known."), "{normal}");
        assert!(wide.contains("X is not standard normal"), "{wide}");
        let spec = Spec { start_distance: 0.25, ..Spec::default() };
        let reason = NoStart::FewSamples { samples: 3, features: 8 };
        let told = |from| no_start_on_data(&spec, &OwnStart { from, inputs: None }, &reason);
        assert!(
            told(Began::Drawn)
                .ends_with("The run starts in a drawn direction, its outputs λ = 0.25 times as large as y.")
        );
        assert_eq!(told(Began::Ball), no_start_sentence(&spec, &reason));
    }

    #[test]
    fn what_the_sample_cannot_give_is_told_beforehand() {
        let told = |spec: &Spec| tensor_out_of_reach(spec, &Supports::draw(spec));
        let tensor = Spec { start: Start::Tensor, ..Spec::default() };
        let small = Spec { neurons: 3, dimension: 20, effective_width: 8.0, samples: 5000, ..tensor.clone() };
        assert_eq!((told(&Spec::default()), told(&small)), (None, None));
        let few = told(&tensor).expect("500 samples for some 94 features");
        assert!(few.starts_with("N = 500 is far too small") && few.contains("some 4000 samples"), "{few}");
        let one = Spec { effective_width: 1.0, overlap: Overlap::Shared, ..small.clone() };
        assert_eq!(
            told(&one).as_deref(),
            Some(
                "There is no tensor start: 3 directions need as many features, and the supports have 1 together. The run \
                 starts in the ball, at λ = 0.50."
            )
        );
        let none = told(&Spec { samples: 90, ..tensor }).expect("fewer samples than features");
        assert!(none.starts_with("There is no tensor start: moments over 94 features need more samples"), "{none}");
    }
}
