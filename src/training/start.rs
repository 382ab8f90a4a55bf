//! Where Algorithm 1 starts.

use crate::network::{Problem, Projection, on_mask};
use crate::pause::Pause;
use crate::random::{Purpose, Streams};
use crate::spec::{self, Spec};
use crate::tensor::{NoStart, TensorStart};
use crate::theory::StartDistance;

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

/// Where a run starts.
#[derive(Clone, Debug)]
pub struct StartPoint {
    /// W(0) on the learner's mask M.
    pub weights: Vec<f64>,
    /// λ where the start lies in the ball, else measured.
    pub distance: StartDistance,
    /// What the moments of the sample gave; none where they were not asked.
    pub moments: Option<Result<TensorStart, NoStart>>,
}

impl StartPoint {
    /// Of the run of `spec` on `problem`, for a learner on the mask of `oracle`: as `spec.start` says, but in the ball where
    /// the sample's moments give no start.
    pub async fn of_in_slices(spec: &Spec, problem: &Problem, oracle: &Projection, pause: &Pause) -> Self {
        let moments = match spec.start {
            spec::Start::Ball => None,
            spec::Start::Tensor => Some(TensorStart::of_in_slices(problem, oracle.mask(), pause).await),
        };
        match &moments {
            Some(Ok(found)) => Self { moments: moments.clone(), ..Self::at(found.on(oracle.mask()), oracle) },
            _ => Self {
                weights: ball_start(spec, oracle),
                distance: StartDistance { value: spec.start_distance, measured: false },
                moments,
            },
        }
    }

    /// At given weights, on the mask of `oracle`.
    pub fn at(weights: Vec<f64>, oracle: &Projection) -> Self {
        let square = |sum: f64, (w, o): (&f64, &f64)| sum + (w - o) * (w - o);
        let apart = weights.iter().zip(oracle.values()).fold(0.0, square).sqrt();
        let distance = StartDistance { value: apart / oracle.oracle_norm(), measured: true };
        Self { distance, weights, moments: None }
    }
}
