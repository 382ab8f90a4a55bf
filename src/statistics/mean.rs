//! Mean and standard deviation.

use libm::sqrt;
use serde::{Deserialize, Serialize};

/// Mean and standard deviation of some numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// Standard deviation of one of the numbers (n − 1 in the denominator); 0 for a single one.
    pub deviation: f64,
    /// How many there are.
    pub count: usize,
}

impl Mean {
    /// Of `numbers`; none without any.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let count = numbers.len();
        if count == 0 {
            return None;
        }
        let value = numbers.iter().fold(0.0, |sum, x| sum + x) / count as f64;
        let squares = numbers.iter().fold(0.0, |sum, x| sum + (x - value) * (x - value));
        let deviation = if count > 1 { sqrt(squares / (count - 1) as f64) } else { 0.0 };
        Some(Self { value, deviation, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_the_sample_deviation() {
        let mean = Mean::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).expect("numbers");
        assert_eq!((mean.value, mean.count), (5.0, 8));
        assert!((mean.deviation - (32.0_f64 / 7.0).sqrt()).abs() < 1e-15);
        assert_eq!(Mean::of(&[3.0]), Some(Mean { value: 3.0, deviation: 0.0, count: 1 }));
        assert_eq!(Mean::of(&[]), None);
    }
}
