//! What is said of a start from moments that cannot be had, or will be poor.

use crate::language::tr;
use crate::network::Supports;
use crate::notation::grouped;
use crate::spec::fields::Field;
use crate::spec::{Spec, Start};
use crate::tensor::{NoStart, fewest_samples, refusal};

/// That there is none, and where the run starts instead.
pub fn no_start_sentence(spec: &Spec, reason: &NoStart) -> String {
    let lambda = Field::by_key("lambda").expect("a field of the table");
    tr!(
        "There is no tensor start: {reason}. The run starts in the ball, at λ = {lambda}.",
        reason,
        lambda = lambda.shown(spec.start_distance)
    )
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
    let fewest = fewest_samples(features, spec.neurons);
    (spec.samples < fewest).then(|| {
        tr!(
            "N = {n} is far too small for the tensor start: below some {fewest} samples its relative error is near 1, \
             no better than W(0) = 0 (calibrated here).",
            n = grouped(spec.samples),
            fewest = samples_to_two_digits(fewest)
        )
    })
}

/// A number of samples, rounded up to two digits.
pub fn samples_to_two_digits(samples: usize) -> String {
    let unit = 10_usize.pow(samples.max(10).ilog10() - 1);
    grouped(samples.div_ceil(unit) * unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Overlap;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

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
