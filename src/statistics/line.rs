//! A straight line through points, by least squares.

use libm::sqrt;
use serde::{Deserialize, Serialize};

use super::{Estimate, mean_of};

/// y = intercept + slope · x by ordinary least squares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// With its 95 % interval.
    pub slope: Estimate,
    /// With its 95 % interval.
    pub intercept: Estimate,
    /// R², the share of the variance of y that the line explains.
    pub r2: f64,
    /// How many points it was fitted to.
    pub points: usize,
}

impl Line {
    /// Through `points`, pairs of x and y; none for fewer than three, or if all x or all y are equal.
    ///
    /// The intervals are those of normal errors of equal variance about the line: Student's t with two degrees of freedom
    /// fewer than points.
    pub fn fit(points: &[(f64, f64)]) -> Option<Self> {
        if points.len() < 3 {
            return None;
        }
        let count = points.len() as f64;
        let (x_mean, y_mean) =
            (mean_of(points.iter().map(|point| point.0)), mean_of(points.iter().map(|point| point.1)));
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for (x, y) in points {
            xx += (x - x_mean) * (x - x_mean);
            xy += (x - x_mean) * (y - y_mean);
            yy += (y - y_mean) * (y - y_mean);
        }
        // Also none where a coordinate is not finite.
        if !(xx > 0.0 && yy > 0.0 && xx.is_finite() && yy.is_finite()) {
            return None;
        }
        let slope = xy / xx;
        let intercept = y_mean - slope * x_mean;
        let rest = points.iter().fold(0.0, |sum, (x, y)| {
            let miss = y - intercept - slope * x;
            sum + miss * miss
        });
        let variance = rest / (count - 2.0);
        let t = student_975(points.len() - 2);
        let slope_error = sqrt(variance / xx);
        let intercept_error = sqrt(variance * (1.0 / count + x_mean * x_mean / xx));
        Some(Self {
            slope: Estimate::symmetric(slope, t * slope_error),
            intercept: Estimate::symmetric(intercept, t * intercept_error),
            r2: 1.0 - rest / yy,
            points: points.len(),
        })
    }

    /// Its value at `x`.
    pub fn at(&self, x: f64) -> f64 {
        self.intercept.value + self.slope.value * x
    }
}

/// The 97.5 % quantile of Student's t: exact to six digits up to ten degrees of freedom, beyond them by its expansion about
/// the normal quantile (Abramowitz and Stegun 26.7.5), within 2e−4.
///
/// # Panics
/// Without a degree of freedom.
pub(super) fn student_975(freedom: usize) -> f64 {
    const FEW: [f64; 10] =
        [12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004, 2.262_157, 2.228_139];
    assert!(freedom > 0, "two points leave no degree of freedom");
    if let Some(known) = FEW.get(freedom - 1) {
        return *known;
    }
    let (z, n) = (super::NORMAL_975, freedom as f64);
    let (z3, z5) = (z * z * z, z * z * z * z * z);
    let z7 = z5 * z * z;
    z + (z3 + z) / (4.0 * n)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * n * n)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * n * n * n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Streams};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_the_line_of_a_textbook() {
        // By hand: residuals .06, −.13, .18, −.21, .1; squares .107 about the line and 39.708 about the mean; standard
        // errors √(.107/3/10) and √(.107/3 (1/5 + 9/10)).
        let line = Line::fit(&[(1.0, 2.1), (2.0, 3.9), (3.0, 6.2), (4.0, 7.8), (5.0, 10.1)]).expect("a line");
        assert!((line.slope.value - 1.99).abs() < 1e-12 && (line.intercept.value - 0.05).abs() < 1e-12);
        assert!((line.slope.high - line.slope.value - 3.182_446 * 0.059_721_576).abs() < 1e-8, "{line:?}");
        assert!((line.intercept.value - line.intercept.low - 3.182_446 * 0.198_074_060).abs() < 1e-8, "{line:?}");
        assert!((line.r2 - (1.0 - 0.107 / 39.708)).abs() < 1e-12, "{line:?}");
        assert_eq!(line.points, 5);
    }

    #[test]
    fn what_is_no_line_is_none() {
        assert_eq!(Line::fit(&[(1.0, 2.0), (2.0, 3.0)]), None);
        assert_eq!(Line::fit(&[(1.0, 2.0), (1.0, 3.0), (1.0, 4.0)]), None);
        assert_eq!(Line::fit(&[(1.0, 2.0), (2.0, 2.0), (3.0, 2.0)]), None);
        assert_eq!(Line::fit(&[(1.0, 2.0), (2.0, f64::NAN), (3.0, 2.0)]), None);
    }

    #[test]
    fn students_quantiles_are_those_of_the_tables() {
        for (freedom, known) in [(1, 12.706_205), (10, 2.228_139), (11, 2.200_985), (20, 2.085_963), (120, 1.979_930)] {
            assert!((student_975(freedom) - known).abs() < 2e-4, "{freedom}: {}", student_975(freedom));
        }
    }

    #[test]
    fn the_interval_of_the_slope_covers_as_often_as_it_says() {
        // 1000 lines of six points with normal errors: 950 ± 6.9 cover; four standard deviations.
        let covered = (0..1000)
            .filter(|seed| {
                let mut stream = Streams::new(*seed, 0).stream(Purpose::Noise, 0);
                let points: Vec<(f64, f64)> =
                    (0..6).map(|i| (f64::from(i), 2.0 - 0.5 * f64::from(i) + stream.normal())).collect();
                Line::fit(&points).is_some_and(|line| line.slope.covers(-0.5))
            })
            .count();
        assert!((922..=978).contains(&covered), "{covered}");
    }
}
