//! What the moments recovered, against the oracle: measured, for one who knows both.

use serde::{Deserialize, Serialize};

use super::matching::closest;
use super::start::TensorStart;
use crate::linear_algebra::vectors::{dot, norm};
use crate::network::Weights;

/// The recovered neurons beside the oracle's, before they are masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recovered {
    /// Each neuron of the learner, in order.
    pub neurons: Vec<RecoveredNeuron>,
    /// |W − W\*P|/|W\*| for the best order P of the oracle's neurons, W before it is masked.
    pub error: f64,
}

/// One recovered neuron w.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecoveredNeuron {
    /// The oracle's neuron w\* that it stands for where all are matched best, counted from 0. Its own number wherever the
    /// supports told neurons apart.
    pub matched: usize,
    /// The cosine of w and w\*.
    pub cosine: f64,
    /// |w|/|w\*|.
    pub ratio: f64,
}

impl Recovered {
    /// Of `start`, on the data of `oracle`.
    pub fn of(start: &TensorStart, oracle: &Weights) -> Self {
        let dense = oracle.to_columns();
        let columns = dense.chunks_exact(oracle.mask().dimension());
        let truth: Vec<Vec<f64>> = columns.map(|w| start.features.iter().map(|i| w[*i]).collect()).collect();
        let (matched, error) = closest(&start.columns, &truth);
        let compare = |(w, matched): (&Vec<f64>, usize)| {
            let (length, wanted) = (norm(w), norm(&truth[matched]));
            let cosine = dot(w, &truth[matched]) / (length * wanted);
            // A neuron without length has no direction.
            RecoveredNeuron { matched, cosine: if cosine.is_finite() { cosine } else { 0.0 }, ratio: length / wanted }
        };
        Self { neurons: start.columns.iter().zip(matched).map(compare).collect(), error }
    }
}

impl RecoveredNeuron {
    /// The angle between w and w\*, in radians.
    pub fn angle(&self) -> f64 {
        libm::acos(self.cosine.clamp(-1.0, 1.0))
    }
}
