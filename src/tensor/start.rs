//! The start that the moments give.

use serde::{Deserialize, Serialize};

use super::directions::directions;
use super::matching::best_permutation;
use super::moments::Moments;
use crate::language::tr;
use crate::linear_algebra::least_squares;
use crate::linear_algebra::vectors::{dot, scaled};
use crate::network::{Mask, Problem, Weights};
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

    /// The same network, its neurons in the order that comes nearest to `oracle`: those that `mask` does not tell apart, on one
    /// support, may change places.
    #[must_use]
    pub fn in_order_of(self, oracle: &Weights, mask: &Mask) -> Self {
        let (dense, count) = (oracle.to_columns(), mask.neurons());
        let truth: Vec<Vec<f64>> = dense
            .chunks_exact(oracle.mask().dimension())
            .map(|w| self.features.iter().map(|feature| w[*feature]).collect())
            .collect();
        let along: Vec<Vec<f64>> =
            truth.iter().map(|w| self.columns.iter().map(|found| dot(w, found)).collect()).collect();
        let most = along.iter().flatten().fold(0.0, |most: f64, along| most.max(along.abs()));
        // Less than any order of those that may change places loses.
        let never = -(2.0 * count as f64 + 1.0) * most;
        let gain = |k: usize, j: usize| if mask.support(k) == mask.support(j) { along[k][j] } else { never };
        let order = best_permutation(count, gain);
        Self { columns: order.into_iter().map(|j| self.columns[j].clone()).collect(), ..self }
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

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn only_neurons_on_one_support_change_places_for_the_oracle() {
        let mask = Mask::new(2, &[vec![0, 1], vec![0, 1], vec![0]]);
        let oracle = Weights::new(mask.clone(), vec![1.0, 0.0, 0.0, 1.0, 2.0]);
        // The first two in each other's place, and the first like the third, whose place it may not take.
        let found = TensorStart { features: vec![0, 1], columns: vec![vec![0.1, 0.9], vec![1.9, 0.2], vec![0.5, 0.0]] };
        let ordered = found.in_order_of(&oracle, &mask);
        assert_eq!(ordered.columns, [vec![1.9, 0.2], vec![0.1, 0.9], vec![0.5, 0.0]]);
    }
}
