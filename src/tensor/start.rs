//! The start that the moments give.

use serde::{Deserialize, Serialize};

use super::directions::directions;
use super::matching::best_permutation;
use super::moments::Moments;
use crate::language::tr;
use crate::linear_algebra::{least_squares, vectors::scaled};
use crate::network::{Mask, Problem};
use crate::pause::{Pause, finish};

/// Why a sample gives no start, in a sentence without a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum NoStart {
    /// Fewer features than neurons.
    #[error(
        "{}",
        tr!(
            "{neurons} directions need as many features, and the supports have {features} together",
            neurons,
            features
        )
    )]
    FewFeatures {
        /// d_u.
        features: usize,
        /// K.
        neurons: usize,
    },
    /// No more samples than features: the noise of the moments is as large as they are.
    #[error(
        "{}",
        tr!(
            "moments over {features} features need more samples than that, and there are {samples}",
            features,
            samples
        )
    )]
    FewSamples {
        /// N.
        samples: usize,
        /// d_u.
        features: usize,
    },
    /// M₂ does not span as many directions.
    #[error(
        "{}",
        tr!(
            "M₂ needs {neurons} positive eigenvalues, and that of this sample has {positive}: there are too few \
             samples",
            neurons,
            positive
        )
    )]
    FewDirections {
        /// Those that it has.
        positive: usize,
        /// K.
        neurons: usize,
    },
    /// Sums over the sample that no number holds.
    #[error("{}", tr!("what the moments of this sample give is not finite, as where numbers of X or y are too large"))]
    NotFinite,
}

/// Why `samples` samples of `features` features cannot tell the directions of so many neurons, as far as these numbers
/// alone say.
pub fn refusal(samples: usize, features: usize, neurons: usize) -> Option<NoStart> {
    if features < neurons {
        return Some(NoStart::FewFeatures { features, neurons });
    }
    (samples <= features).then_some(NoStart::FewSamples { samples, features })
}

/// Samples below which the weights are as wrong as none at all: their relative error before masking is above 0.7, and mostly
/// near 1. Calibrated here: medians over 7 problems at 12 settings of K = 1 … 10 neurons and 8 … 94 features, at N = 500 … 10⁴,
/// fall to a half at two to three times as many samples. One neuron needs no fourth moment.
pub fn fewest_samples(features: usize, neurons: usize) -> usize {
    features * (2 + 10 * neurons.saturating_sub(1))
}

/// Weights from the moments of a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct TensorStart {
    /// The d_u features, ascending.
    pub features: Vec<usize>,
    /// W before it is masked: K columns of d_u entries, column j standing for column j of the mask.
    pub columns: Vec<Vec<f64>>,
}

impl TensorStart {
    /// Of the data of `problem`, for a learner on `mask`.
    ///
    /// # Errors
    /// If the sample does not tell as many directions as there are neurons.
    pub fn of(problem: &Problem, mask: &Mask) -> Result<Self, NoStart> {
        finish(Self::of_in_slices(problem, mask, &Pause::never()))
    }

    /// The same with pauses.
    ///
    /// # Errors
    /// As [`TensorStart::of`].
    pub async fn of_in_slices(problem: &Problem, mask: &Mask, pause: &Pause) -> Result<Self, NoStart> {
        let (moments, neurons) = (Moments::new(&problem.data), mask.neurons());
        if !moments.bound().is_finite() {
            return Err(NoStart::NotFinite);
        }
        let directions = directions(&moments, neurons, pause).await?;
        // M₁ = (1/2K) Σ_j w_j: a factor of a direction has its neuron's length and sign.
        let factors = least_squares(&directions, &moments.first());
        let lengthened = directions.iter().zip(&factors).map(|(v, factor)| scaled(v, 2.0 * neurons as f64 * factor));
        let found: Vec<Vec<f64>> = lengthened.collect();
        if !found.iter().flatten().all(|w| w.is_finite()) {
            return Err(NoStart::NotFinite);
        }
        let features = problem.data.features().to_vec();
        // Directions know no order: each goes to the column on whose support most of it lies.
        let rows: Vec<Vec<usize>> = (0..neurons)
            .map(|j| mask.support(j).iter().filter_map(|feature| features.binary_search(feature).ok()).collect())
            .collect();
        let energy = |k: usize, j: usize| rows[k].iter().map(|row| found[j][*row] * found[j][*row]).sum();
        let order = best_permutation(neurons, energy);
        Ok(Self { features, columns: order.into_iter().map(|j| found[j].clone()).collect() })
    }

    /// W(0) on `mask`: what that keeps of the columns.
    pub fn on(&self, mask: &Mask) -> Vec<f64> {
        let of = |(j, column): (usize, &Vec<f64>)| {
            let entry = |feature: &usize| self.features.binary_search(feature).map_or(0.0, |row| column[row]);
            mask.support(j).iter().map(entry).collect::<Vec<_>>()
        };
        self.columns.iter().enumerate().flat_map(of).collect()
    }
}
