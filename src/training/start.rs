//! Where Algorithm 1 starts.

use crate::network::{Problem, on_mask};
use crate::random::{Purpose, Streams};
use crate::spec::Spec;

/// The ball start W(0) = W\* + λ |W\*| D/|D| on the mask, D standard normal there, |·| the Frobenius norm.
/// The paper says "< λ"; here the distance is exactly λ.
pub fn ball_start(spec: &Spec, problem: &Problem) -> Vec<f64> {
    let streams = Streams::new(spec.seed, spec.trial);
    let direction = on_mask(&problem.mask, |j| {
        let mut stream = streams.stream(Purpose::Start, j as u32);
        (0..spec.dimension).map(|_| stream.normal()).collect()
    });
    let norm = |v: &[f64]| v.iter().fold(0.0, |sum, x| sum + x * x).sqrt();
    let scale = spec.start_distance * norm(&problem.oracle) / norm(&direction);
    problem.oracle.iter().zip(&direction).map(|(w, d)| w + scale * d).collect()
}
