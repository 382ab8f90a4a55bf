//! Weights on a mask, and what a mask keeps of the weights on another.

use serde::{Deserialize, Serialize};

use super::{Agreement, Mask};

/// A d × K matrix W by its entries on a mask: one a weight of [`Mask`], in its order; all others are 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    mask: Mask,
    values: Vec<f64>,
}

impl Weights {
    /// The matrix with the entries `values` on `mask`.
    ///
    /// # Panics
    /// If `values` has not [`Mask::weights`] entries.
    pub fn new(mask: Mask, values: Vec<f64>) -> Self {
        assert_eq!(values.len(), mask.weights(), "one value a weight of the mask");
        Self { mask, values }
    }

    /// The mask.
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// The entries on it.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// |W|², by the Frobenius norm.
    pub fn squared_norm(&self) -> f64 {
        self.values.iter().fold(0.0, |sum, w| sum + w * w)
    }

    /// |W|, the Frobenius norm.
    pub fn norm(&self) -> f64 {
        self.squared_norm().sqrt()
    }

    /// The d × K matrix, column after column, pruned entries +0.
    pub fn to_columns(&self) -> Vec<f64> {
        self.mask.to_columns(&self.values)
    }

    /// What `mask` keeps of this matrix, W, for a learner on that mask.
    pub fn projected(&self, mask: Mask) -> Projection {
        let mut values = Vec::with_capacity(mask.weights());
        let mut missed = 0.0;
        for j in 0..mask.neurons() {
            let mut entries = self.mask.support(j).iter().zip(&self.values[self.mask.range(j)]).peekable();
            for feature in mask.support(j) {
                while let Some((_, w)) = entries.next_if(|(other, _)| *other < feature) {
                    missed += w * w;
                }
                values.push(entries.next_if(|(other, _)| *other == feature).map_or(0.0, |(_, w)| *w));
            }
            missed = entries.fold(missed, |sum, (_, w)| sum + w * w);
        }
        let agreement = Agreement::of(&mask, &self.mask);
        Projection { kept: Self { mask, values }, agreement, missed, norm: self.norm() }
    }
}

/// M ⊙ W\*: the oracle projected onto the weights of a learner's mask M, which need not be the oracle's own. All that a
/// learner on M can reach; distances from W\* on the union of both masks follow from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    kept: Weights,
    agreement: Agreement,
    // Σ w*² over the weights that M misses
    missed: f64,
    norm: f64,
}

impl Projection {
    /// M.
    pub fn mask(&self) -> &Mask {
        &self.kept.mask
    }

    /// M ⊙ W\* on M: 0 where the oracle has no weight.
    pub fn values(&self) -> &[f64] {
        &self.kept.values
    }

    /// How far M agrees with the oracle's mask.
    pub fn agreement(&self) -> Agreement {
        self.agreement
    }

    /// |W\*|, of the whole oracle.
    pub fn oracle_norm(&self) -> f64 {
        self.norm
    }

    /// |W\* − M ⊙ W\*|/|W\*|, the least relative error of any weights on M; 0 for an accurate mask.
    pub fn least_error(&self) -> f64 {
        self.missed.sqrt() / self.norm
    }

    /// |W − W\*|/|W\*| of the weights `w` on M.
    pub fn relative_error(&self, w: &[f64]) -> f64 {
        let square = w.iter().zip(&self.kept.values).fold(0.0, |sum, (w, o)| sum + (w - o) * (w - o));
        (square + self.missed).sqrt() / self.norm
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn distances_on_another_mask_are_those_of_the_full_matrices() {
        let oracle =
            Weights::new(Mask::new(5, &[vec![0, 2, 4], vec![1], vec![3, 4]]), vec![1.0, -2.0, 3.0, 0.5, 4.0, -1.0]);
        let mask = Mask::new(5, &[vec![1, 2, 3], vec![0, 1, 4], vec![]]);
        let w = Weights::new(mask.clone(), vec![0.25, -1.0, 2.0, 7.0, 0.5, -3.0]);
        let projection = oracle.projected(mask);
        assert_eq!(projection.values(), [0.0, -2.0, 0.0, 0.0, 0.5, 0.0]);
        assert_eq!(projection.least_error(), 27.0_f64.sqrt() / oracle.norm());
        assert_eq!(projection.agreement(), Agreement { kept: 2, missed: 4, extra: 4 });
        let apart = w.to_columns().iter().zip(oracle.to_columns()).map(|(w, o)| (w - o) * (w - o)).sum::<f64>().sqrt();
        assert!((projection.relative_error(w.values()) - apart / oracle.norm()).abs() < 1e-15);
    }

    #[test]
    fn its_own_mask_keeps_all_of_an_oracle() {
        let mask = Mask::new(4, &[vec![1, 3], vec![0]]);
        let oracle = Weights::new(mask.clone(), vec![1.5, -0.25, 2.0]);
        let projection = oracle.projected(mask);
        assert_eq!((projection.values(), projection.least_error()), (oracle.values(), 0.0));
        assert_eq!(projection.relative_error(&[1.5, -0.25, 2.0]), 0.0);
    }
}
