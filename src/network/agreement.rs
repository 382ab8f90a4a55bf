//! How far a learner's mask agrees with the oracle's.

use serde::{Deserialize, Serialize};

use super::Mask;

/// The weights of two masks, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Weights of both, |M\* ⊙ M|₀.
    pub kept: usize,
    /// Weights of the oracle alone.
    pub missed: usize,
    /// Weights of the learner alone.
    pub extra: usize,
}

impl Agreement {
    /// Of the learner's mask M with the oracle's M\*, neuron by neuron: the start lies around W\*, so no neuron of the
    /// learner stands for another of the oracle.
    pub fn of(learner: &Mask, oracle: &Mask) -> Self {
        let kept = (0..oracle.neurons()).map(|j| learner.shared_with(j, oracle)).sum();
        Self { kept, missed: oracle.weights() - kept, extra: learner.weights() - kept }
    }

    /// Whether either has a weight that the other lacks.
    pub fn differs(&self) -> bool {
        self.missed + self.extra > 0
    }

    /// supp(M\*) ⊆ supp(M): the accurate mask of the theorems.
    pub fn is_accurate(&self) -> bool {
        self.missed == 0
    }

    /// Mask accuracy |M\* ⊙ M|₀/|M\*|₀.
    pub fn accuracy(&self) -> f64 {
        self.kept as f64 / (self.kept + self.missed) as f64
    }
}
