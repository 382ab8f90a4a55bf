//! The test error √(mean (g(x; W\*) − g(x; W))²) of a learner on fresh noiseless samples, which the paper's Figures 7 to
//! 10 show. [`Population::test_error`](super::Population::test_error) is its limit in closed form.

use super::{Data, Mask, Problem, plain};
use crate::pause::{Pause, finish};
use crate::random::{Purpose, Streams};
use crate::spec::Spec;

/// Samples drawn at a time: no more of them are ever held.
const TOGETHER: usize = 1000;

/// Of the weights `w` on `mask` over `samples` fresh samples of the run of `spec`, whose problem is `problem`. The samples
/// have streams of their own, so no step has seen them, and they nest in `samples`.
pub fn test_error(spec: &Spec, problem: &Problem, mask: &Mask, w: &[f64], samples: usize) -> f64 {
    finish(test_error_in_slices(spec, problem, mask, w, samples, &Pause::never()))
}

/// The same with pauses.
pub async fn test_error_in_slices(
    spec: &Spec,
    problem: &Problem,
    mask: &Mask,
    w: &[f64],
    samples: usize,
    pause: &Pause,
) -> f64 {
    let (streams, oracle) = (Streams::new(spec.seed, spec.trial), &problem.oracle);
    let features = oracle.mask().used_features_with(mask);
    let mut drawn: Vec<_> = features.iter().map(|feature| streams.stream(Purpose::Test, *feature as u32)).collect();
    let (mut squares, mut left) = (0.0, samples);
    while left > 0 {
        let count = left.min(TOGETHER);
        let mut streams = drawn.iter_mut();
        let data = Data::new(count, 1, features.clone(), |_, column| {
            let stream = streams.next().expect("a stream a feature");
            column.fill_with(|| stream.normal());
        });
        let (rows, oracle_rows) = (data.rows(mask), data.rows(oracle.mask()));
        for n in 0..count {
            let apart = plain::output(mask, &rows, &data, n, w)
                - plain::output(oracle.mask(), &oracle_rows, &data, n, oracle.values());
            squares += apart * apart;
        }
        left -= count;
        // A random number costs some tens of them.
        pause.after((count * (30 * features.len() + w.len() + oracle.mask().weights())) as u64).await;
    }
    (squares / samples as f64).sqrt()
}
