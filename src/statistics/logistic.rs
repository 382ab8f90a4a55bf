//! The share of successes as a logistic function of one variable, and where it crosses one half.
//!
//! Fitted by Firth's penalised likelihood (Biometrika 80, 1993): finite also where the outcomes separate perfectly,
//! which few probes often do, and less biased in small samples.

use libm::{exp, log};

use super::{Estimate, NORMAL_975};

/// P(success at x) = 1/(1 + exp(−(a + b x))).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Logistic {
    intercept: f64,
    slope: f64,
    // covariance of the two: the inverse Fisher information
    covariance: [[f64; 2]; 2],
}

const MOST_ITERATIONS: usize = 200;

impl Logistic {
    /// Fits `points`, pairs of x and success. None if all x are equal or the iteration does not settle.
    pub fn fit(points: &[(f64, bool)]) -> Option<Self> {
        let count = points.len() as f64;
        let mean = points.iter().fold(0.0, |sum, (x, _)| sum + x) / count;
        let spread = (points.iter().fold(0.0, |sum, (x, _)| sum + (x - mean) * (x - mean)) / count).sqrt();
        if spread.is_nan() || spread <= 0.0 {
            return None;
        }
        // In standard units: u = (x − mean)/spread.
        let standard: Vec<(f64, f64)> =
            points.iter().map(|(x, success)| ((x - mean) / spread, if *success { 1.0 } else { 0.0 })).collect();
        let (mut a, mut b) = (0.0, 0.0);
        for _ in 0..MOST_ITERATIONS {
            let covariance = inverse_information(&standard, a, b)?;
            let (mut score_a, mut score_b) = (0.0, 0.0);
            for (u, y) in &standard {
                let p = 1.0 / (1.0 + exp(-(a + b * u)));
                let leverage =
                    p * (1.0 - p) * (covariance[0][0] + 2.0 * u * covariance[0][1] + u * u * covariance[1][1]);
                let residual = y - p + leverage * (0.5 - p);
                score_a += residual;
                score_b += residual * u;
            }
            let step_a = covariance[0][0] * score_a + covariance[0][1] * score_b;
            let step_b = covariance[1][0] * score_a + covariance[1][1] * score_b;
            // Steps of at most one unit: the penalised likelihood is far from quadratic where outcomes separate.
            let damping = 1.0_f64.max(step_a.abs()).max(step_b.abs());
            a += step_a / damping;
            b += step_b / damping;
            if step_a.abs().max(step_b.abs()) < 1e-10 {
                let [[aa, ab], [_, bb]] = inverse_information(&standard, a, b)?;
                // Back to x: slope b/spread, intercept a − mean b/spread.
                let shift = mean / spread;
                let cross = (ab - shift * bb) / spread;
                return Some(Self {
                    intercept: a - shift * b,
                    slope: b / spread,
                    covariance: [[aa - 2.0 * shift * ab + shift * shift * bb, cross], [cross, bb / (spread * spread)]],
                });
            }
        }
        None
    }

    /// b.
    pub fn slope(&self) -> f64 {
        self.slope
    }

    /// The x at which half succeed, −a/b.
    pub fn half(&self) -> Estimate {
        self.crossing(0.5)
    }

    /// The x at which a share `p` succeeds, (ln(p/(1 − p)) − a)/b.
    pub fn crossing(&self, p: f64) -> Estimate {
        let value = (log(p / (1.0 - p)) - self.intercept) / self.slope;
        let [[aa, ab], [_, bb]] = self.covariance;
        let error = (aa + 2.0 * value * ab + value * value * bb).max(0.0).sqrt() / self.slope.abs();
        Estimate::symmetric(value, NORMAL_975 * error)
    }
}

/// The inverse of Σ p (1 − p) (1, u)ᵀ(1, u).
fn inverse_information(points: &[(f64, f64)], a: f64, b: f64) -> Option<[[f64; 2]; 2]> {
    let (mut aa, mut ab, mut bb) = (0.0, 0.0, 0.0);
    for (u, _) in points {
        let p = 1.0 / (1.0 + exp(-(a + b * u)));
        let weight = p * (1.0 - p);
        aa += weight;
        ab += weight * u;
        bb += weight * u * u;
    }
    let determinant = aa * bb - ab * ab;
    (determinant > 0.0).then(|| [[bb / determinant, -ab / determinant], [-ab / determinant, aa / determinant]])
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn half_lies_between_outcomes_that_separate_and_other_shares_on_either_side() {
        let points: Vec<(f64, bool)> = (0..40).map(|i| (f64::from(i), i < 20)).collect();
        let fit = Logistic::fit(&points).expect("a fit");
        assert!(fit.slope() < 0.0);
        assert!((fit.half().value - 19.5).abs() < 1e-6, "{fit:?}");
        assert!(fit.crossing(0.9).value < 19.5 && fit.crossing(0.1).value > 19.5);
        assert_eq!(Logistic::fit(&[(1.0, true), (1.0, false)]), None);
    }
}
