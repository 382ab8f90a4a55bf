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
pub const KAPPA: [Kappa; 11] = [
    Kappa { neurons: 2, value: 3.25, low: 3.21, high: 3.30 },
    Kappa { neurons: 3, value: 4.47, low: 4.42, high: 4.51 },
    Kappa { neurons: 4, value: 5.94, low: 5.89, high: 5.99 },
    Kappa { neurons: 5, value: 7.64, low: 7.57, high: 7.70 },
    Kappa { neurons: 6, value: 9.58, low: 9.52, high: 9.64 },
    Kappa { neurons: 7, value: 11.85, low: 11.78, high: 11.92 },
    Kappa { neurons: 8, value: 14.12, low: 14.04, high: 14.20 },
    Kappa { neurons: 9, value: 16.90, low: 16.80, high: 17.00 },
    Kappa { neurons: 10, value: 19.72, low: 19.59, high: 19.84 },
    Kappa { neurons: 11, value: 23.02, low: 22.87, high: 23.16 },
    Kappa { neurons: 12, value: 26.64, low: 26.47, high: 26.80 },
];

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
