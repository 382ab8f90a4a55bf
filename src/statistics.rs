//! What is said of many trials: means, shares, lines and logistic curves, each with its 95 % interval.

mod bend;
mod line;
mod logistic;
mod mean;
mod quartiles;
mod share;

pub use bend::Bend;
pub use line::Line;
pub use logistic::Logistic;
pub use mean::Mean;
pub use quartiles::quartiles;
pub use share::share;

use serde::{Deserialize, Serialize};

/// 97.5 % quantile of the standard normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// `value` with an interval of `half` to both sides.
    fn symmetric(value: f64, half: f64) -> Self {
        Self { value, low: value - half, high: value + half }
    }

    /// Whether `x` lies in the interval.
    pub fn covers(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }
}

/// The mean of some numbers; not a number of none.
fn mean_of(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = numbers.len() as f64;
    numbers.fold(0.0, |sum, number| sum + number) / count
}
