//! A mask M: which features each neuron may use.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A d × K mask by its supports. Weights on it are a vector of [`Mask::weights`] entries: neuron after neuron, and
/// within a neuron the features of its support in ascending order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mask {
    dimension: usize,
    features: Vec<usize>,
    offsets: Vec<usize>,
}

impl Mask {
    /// The mask with these supports, one a neuron, in any order.
    ///
    /// # Panics
    /// If a support names a feature twice or one beyond `dimension`.
    pub fn new(dimension: usize, supports: &[Vec<usize>]) -> Self {
        let mut features = Vec::new();
        let mut offsets = vec![0];
        for support in supports {
            let mut used = vec![false; dimension];
            for feature in support {
                assert!(!used[*feature], "a support names each feature once");
                used[*feature] = true;
            }
            features.extend(marked(&used));
            offsets.push(features.len());
        }
        Self { dimension, features, offsets }
    }

    /// d.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// K.
    pub fn neurons(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Σ_j r_j, the number of unpruned weights.
    pub fn weights(&self) -> usize {
        self.features.len()
    }

    /// The places of neuron `j`'s weights in a weight vector.
    pub fn range(&self, j: usize) -> Range<usize> {
        self.offsets[j]..self.offsets[j + 1]
    }

    /// r_j.
    pub fn width(&self, j: usize) -> usize {
        self.range(j).len()
    }

    /// The features of neuron `j`'s support, ascending.
    pub fn support(&self, j: usize) -> &[usize] {
        &self.features[self.range(j)]
    }

    /// The place of neuron `j`'s weight for `feature` in a weight vector; none where that is pruned.
    pub fn place(&self, j: usize, feature: usize) -> Option<usize> {
        self.support(j).binary_search(&feature).ok().map(|place| self.range(j).start + place)
    }

    /// The feature that each weight belongs to, in the order of a weight vector.
    pub fn features(&self) -> &[usize] {
        &self.features
    }

    /// The number of features that the supports of `j` and `k` share.
    pub fn shared(&self, j: usize, k: usize) -> usize {
        self.common(j, k).count()
    }

    /// Whether the supports of `j` and `k` share a feature: δ_jk of (5) as a truth value; false for an empty support.
    pub fn overlap(&self, j: usize, k: usize) -> bool {
        self.common(j, k).next().is_some()
    }

    /// The number of features that the support of neuron `j` shares with that of the same neuron of another mask.
    pub fn shared_with(&self, j: usize, other: &Mask) -> usize {
        common(self.support(j), other.support(j)).count()
    }

    fn common(&self, j: usize, k: usize) -> impl Iterator<Item = usize> {
        common(self.support(j), self.support(k))
    }

    /// Two neurons, counted from 0, whose only feature is the same and whose `weights` there have the same sign, if
    /// there are any: ReLU(w x) + ReLU(v x) with one feature x depends on w + v only, so no data can tell w and v apart.
    pub fn twins(&self, weights: &[f64]) -> Option<(usize, usize)> {
        let only = |j: usize| match self.support(j) {
            [feature] => Some((*feature, weights[self.range(j).start] > 0.0)),
            _ => None,
        };
        let pairs = (0..self.neurons()).flat_map(|k| (0..k).map(move |j| (j, k)));
        pairs.into_iter().find(|(j, k)| only(*j).is_some() && only(*j) == only(*k))
    }

    /// The features that any neuron uses, ascending.
    pub fn used_features(&self) -> Vec<usize> {
        self.used_features_with(self)
    }

    /// The features that any neuron of this or of the other mask uses, ascending.
    pub fn used_features_with(&self, other: &Mask) -> Vec<usize> {
        let mut used = vec![false; self.dimension];
        for feature in self.features.iter().chain(&other.features) {
            used[*feature] = true;
        }
        marked(&used).collect()
    }

    /// The weights as a d × K matrix, column after column, pruned entries +0.
    ///
    /// # Panics
    /// If `weights` has not [`Mask::weights`] entries.
    pub fn to_columns(&self, weights: &[f64]) -> Vec<f64> {
        assert_eq!(weights.len(), self.weights());
        let mut columns = vec![0.0; self.dimension * self.neurons()];
        for (j, column) in columns.chunks_exact_mut(self.dimension).enumerate() {
            for (feature, weight) in self.support(j).iter().zip(&weights[self.range(j)]) {
                column[*feature] = *weight;
            }
        }
        columns
    }
}

/// The features of both supports, ascending: a merge of the two.
fn common(left: &[usize], right: &[usize]) -> impl Iterator<Item = usize> {
    let mut others = right.iter().peekable();
    left.iter().copied().filter(move |feature| {
        while others.next_if(|other| *other < feature).is_some() {}
        others.next_if_eq(&feature).is_some()
    })
}

/// The marked places, ascending.
fn marked(used: &[bool]) -> impl Iterator<Item = usize> {
    used.iter().enumerate().filter(|(_, used)| **used).map(|(place, _)| place)
}
