//! Whether points bend away from the straight line through them.

use libm::sqrt;

use super::line::{Line, student_975};
use super::{Estimate, mean_of};

/// How points bend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bend {
    /// Factor of (x − x̄)² beside the line, with its 95 % interval.
    pub square: Estimate,
    /// By how much R² grows with that term.
    pub gain: f64,
}

impl Bend {
    /// By least squares with a second-order term; none for fewer than four points, or if they leave it open.
    ///
    /// The interval is that of normal errors of equal variance: Student's t with three degrees of freedom fewer than points.
    pub fn of(points: &[(f64, f64)]) -> Option<Self> {
        let line = Line::fit(points).filter(|_| points.len() > 3)?;
        let x_mean = mean_of(points.iter().map(|point| point.0));
        let squares: Vec<(f64, f64)> = points.iter().map(|(x, _)| (*x, (x - x_mean) * (x - x_mean))).collect();
        // What a line leaves of the squares is at right angles to all lines, so the two parts of the fit do not meet.
        let of_squares = Line::fit(&squares)?;
        let (mut zz, mut zy, mut rest, mut all) = (0.0, 0.0, 0.0, 0.0);
        let y_mean = mean_of(points.iter().map(|point| point.1));
        for ((x, y), (_, square)) in points.iter().zip(&squares) {
            let (z, miss) = (square - of_squares.at(*x), y - line.at(*x));
            zz += z * z;
            zy += z * miss;
            rest += miss * miss;
            all += (y - y_mean) * (y - y_mean);
        }
        if !(zz > 0.0 && zz.is_finite()) {
            return None;
        }
        let square = zy / zz;
        let explained = square * zy;
        let freedom = points.len() - 3;
        let error = sqrt((rest - explained).max(0.0) / freedom as f64 / zz);
        Some(Self { square: Estimate::symmetric(square, student_975(freedom) * error), gain: explained / all })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Streams};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_parabola_bends_by_its_own_factor_and_a_line_does_not() {
        let along = |y: fn(f64) -> f64| (0..6).map(|i| (f64::from(i), y(f64::from(i)))).collect::<Vec<_>>();
        let bend = Bend::of(&along(|x| 3.0 - x + 0.25 * x * x)).expect("six points");
        assert!((bend.square.value - 0.25).abs() < 1e-12 && bend.square.low > 0.249, "{bend:?}");
        // R² of the line through these by hand: slope .25 and squares 17.5 · .0625 of 3.4271.
        let (sum, points) = (3.427_083_333_333_333, along(|x| 3.0 - x + 0.25 * x * x));
        assert!((bend.gain - (1.0 - Line::fit(&points).expect("a line").r2)).abs() < 1e-12);
        assert!((1.0 - bend.gain - 17.5 * 0.0625 / sum).abs() < 1e-9, "{bend:?}");
        let line = Bend::of(&along(|x| 3.0 - x)).expect("six points");
        assert!(line.square.value.abs() < 1e-12 && line.gain.abs() < 1e-12, "{line:?}");
        assert_eq!(Bend::of(&along(|x| x * x)[..3]), None);
    }

    #[test]
    fn straight_points_with_errors_are_called_bent_one_time_in_twenty() {
        // 1000 lines of seven points with normal errors: 50 ± 6.9 are bent; four standard deviations.
        let bent = (0..1000)
            .filter(|seed| {
                let mut stream = Streams::new(*seed, 0).stream(Purpose::Noise, 0);
                let points: Vec<(f64, f64)> =
                    (0..7).map(|i| (f64::from(i * i), 1.0 + f64::from(i * i) + stream.normal())).collect();
                Bend::of(&points).is_some_and(|bend| !bend.square.covers(0.0))
            })
            .count();
        assert!((22..=78).contains(&bent), "{bent}");
    }
}
