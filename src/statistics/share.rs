//! The share of successes among trials, with the interval of Wilson (J. Am. Stat. Assoc. 22, 1927).

use libm::sqrt;

use super::{Estimate, NORMAL_975};

/// The share of `successes` among `trials` with its 95 % Wilson interval, which stays within [0, 1] and is of use where all
/// or none succeed; none without a trial.
pub fn share(successes: usize, trials: usize) -> Option<Estimate> {
    if trials == 0 {
        return None;
    }
    let (n, z) = (trials as f64, NORMAL_975);
    let value = successes as f64 / n;
    let scale = 1.0 / (1.0 + z * z / n);
    let middle = scale * (value + z * z / (2.0 * n));
    let half = scale * z * sqrt(value * (1.0 - value) / n + z * z / (4.0 * n * n));
    // Rounding must not carry the ends past the value where all or none succeed.
    Some(Estimate { value, low: (middle - half).clamp(0.0, value), high: (middle + half).clamp(value, 1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_interval_is_wilsons() {
        // His formula, evaluated apart from this code.
        for (successes, trials, low, high) in [
            (0, 10, 0.0, 0.277_532_8),
            (10, 10, 0.722_467_2, 1.0),
            (5, 10, 0.236_593_1, 0.763_406_9),
            (83, 100, 0.744_520_0, 0.891_064_3),
        ] {
            let share = share(successes, trials).expect("there are trials");
            assert!((share.low - low).abs() < 1e-6 && (share.high - high).abs() < 1e-6, "{share:?}");
        }
        assert_eq!(share(0, 0), None);
    }
}
