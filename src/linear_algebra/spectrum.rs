//! The spectrum of a symmetric matrix: all of it up to [`DENSE_SIZE`] rows, above from [`lanczos`].
//!
//! [`lanczos`]: super::lanczos::lanczos

use serde::{Deserialize, Serialize};

use crate::order::sorted_by;

/// Rows up to which all eigenvalues are computed.
pub const DENSE_SIZE: usize = 600;

/// The two ends of a spectrum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extremes {
    /// The smallest eigenvalue.
    pub min: f64,
    /// The largest eigenvalue.
    pub max: f64,
}

/// Eigenvalues, ascending, each with the share of the dimensions that it stands for; the shares sum to 1.
///
/// From a dense matrix that is each eigenvalue with the same share. From Lanczos' method it is the settled lower ones
/// likewise, and for the rest the nodes and weights of a Gauss quadrature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spectrum {
    modes: Vec<(f64, f64)>,
}

impl Spectrum {
    /// Of eigenvalues with their shares, in any order.
    ///
    /// # Panics
    /// If there is none.
    pub fn new(modes: Vec<(f64, f64)>) -> Self {
        assert!(!modes.is_empty(), "a matrix has an eigenvalue");
        Self { modes: sorted_by(modes, |(l, _)| *l) }
    }

    /// The eigenvalues, ascending, with their shares.
    pub fn modes(&self) -> impl Iterator<Item = (f64, f64)> {
        self.modes.iter().copied()
    }

    /// The smallest and the largest eigenvalue.
    pub fn ends(&self) -> Extremes {
        Extremes { min: self.modes[0].0, max: self.modes[self.modes.len() - 1].0 }
    }

    /// The same with `of` each eigenvalue for it.
    #[must_use]
    pub fn map(self, of: impl Fn(f64) -> f64) -> Self {
        Self::new(self.modes.into_iter().map(|(l, share)| (of(l), share)).collect())
    }

    /// The same with `max` for the largest eigenvalue, which stands for itself, one of `size`: the others stand for so much
    /// less.
    #[must_use]
    pub fn with_top(mut self, max: f64, size: usize) -> Self {
        let own = 1.0 / size as f64;
        for (l, share) in &mut self.modes {
            (*l, *share) = (l.min(max), *share * (1.0 - own));
        }
        self.modes.push((max, own));
        self
    }

    /// The same with 0 for the smallest eigenvalue: of a matrix that is known to be singular.
    #[must_use]
    pub fn with_flat_bottom(mut self) -> Self {
        self.modes[0].0 = 0.0;
        self
    }

    /// The same with each eigenvalue up to `bound` taken for 0.
    #[must_use]
    pub fn without_rounding(mut self, bound: f64) -> Self {
        for (l, _) in self.modes.iter_mut().filter(|(l, _)| l.abs() <= bound) {
            *l = 0.0;
        }
        self
    }
}

impl From<Vec<f64>> for Spectrum {
    /// Of all eigenvalues of a matrix.
    fn from(eigenvalues: Vec<f64>) -> Self {
        let share = 1.0 / eigenvalues.len() as f64;
        Self::new(eigenvalues.into_iter().map(|l| (l, share)).collect())
    }
}
