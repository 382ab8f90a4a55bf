//! Where Algorithm 1 starts.

use crate::network::{Projection, on_mask};
use crate::random::{Purpose, Streams};
use crate::spec::Spec;

/// The ball start W(0) = M ⊙ W\* + λ |W\*| D/|D| on the learner's mask M, D standard normal there, |·| the Frobenius
/// norm, from the START streams of the start's own seed, if it has one. The paper says "< λ"; here the distance from what the mask keeps of the oracle is exactly λ.
pub fn ball_start(spec: &Spec, oracle: &Projection) -> Vec<f64> {
    ball_around(spec, oracle, spec.start_distance, Purpose::Start)
}

/// The same at another distance and from the streams of `purpose`.
pub fn ball_around(spec: &Spec, oracle: &Projection, distance: f64, purpose: Purpose) -> Vec<f64> {
    let seed = if spec.start_seed == 0 { spec.seed } else { spec.start_seed };
    let streams = Streams::new(seed, spec.trial);
    let direction = on_mask(oracle.mask(), |j| {
        let mut stream = streams.stream(purpose, j as u32);
        (0..spec.dimension).map(|_| stream.normal()).collect()
    });
    let norm = |v: &[f64]| v.iter().fold(0.0, |sum, x| sum + x * x).sqrt();
    let scale = distance * oracle.oracle_norm() / norm(&direction);
    oracle.values().iter().zip(&direction).map(|(w, d)| w + scale * d).collect()
}
