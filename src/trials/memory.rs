//! What a trial takes of a worker's memory, so that a page does not start more of them at once than a machine can hold.

use crate::linear_algebra::{DENSE_SIZE, MOST_PRODUCTS};
use crate::network::Objective;
use crate::spec::Spec;

/// What a program takes that computes nothing.
const AT_REST: u64 = 8_000_000;
const NUMBER: u64 = size_of::<f64>() as u64;

/// Bytes that forecast and training of `spec` take at most, a little more than less, with `weights` unpruned weights and
/// samples of `features` stored features: the samples, and whichever is most of the tracked quadratic, half a Hessian or a
/// dense one with its features, and Lanczos' vectors. The moments of a tensor start take less, and are gone by then.
pub fn bytes_of_a_trial(spec: &Spec, weights: usize, features: usize) -> u64 {
    let (n, k, size) = (spec.samples as u64, spec.neurons as u64, weights as u64);
    let samples = n * (features as u64 + 2);
    // Sample by sample, at most twice.
    let copy = n * size.min(2 * features as u64);
    // Four numbers for each pair of a sample and a neuron, its activation, and its place among those looked at soon.
    let pairs = 5 * n * k;
    let half = size * size / 2;
    let quadratic = if Objective::tracks(spec.samples, spec.parts(), weights) { copy + half } else { 0 };
    let spectrum = copy + if weights <= DENSE_SIZE { 3 * size * size } else { half };
    let vectors = size * size.min(MOST_PRODUCTS as u64);
    AT_REST + NUMBER * (samples + pairs + quadratic.max(spectrum).max(vectors))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_page_opens_with_little_and_the_largest_setting_takes_a_good_deal() {
        let megabytes = |spec: &Spec, weights| bytes_of_a_trial(spec, weights, spec.dimension) / 1_000_000;
        assert_eq!(megabytes(&Spec::default(), 200), 10);
        let largest = Spec { samples: 10_000, dimension: 500, neurons: 12, effective_width: 500.0, ..Spec::default() };
        assert_eq!(megabytes(&largest, 6000), 276);
        assert_eq!(megabytes(&Spec { effective_width: 50.0, ..largest }, 600), 109);
    }
}
