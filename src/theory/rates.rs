//! Rates of linear convergence: predicted by the curvature at W\*, and measured on a run.

use libm::{exp, log};

use crate::linear_algebra::Extremes;
use crate::spec::{SETTLED, Spec};

/// What of a run decides how fast a quadratic is descended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// η.
    pub eta: f64,
    /// β.
    pub beta: f64,
    /// T.
    pub steps: usize,
    /// The run stops where |W(t+1) − W(t)|/|W(t)| falls below this.
    pub settled: f64,
}

impl From<&Spec> for Schedule {
    fn from(spec: &Spec) -> Self {
        Self { eta: spec.eta(), beta: spec.momentum, steps: spec.max_steps, settled: SETTLED }
    }
}

/// ν: the spectral radius of heavy-ball iteration with step size `eta` and momentum `beta` on a quadratic whose
/// Hessian has eigenvalues in `curvature`: the largest |z| with z² − (1 + β − ηl) z + β = 0. It is attained at an end
/// of the spectrum; l_min = 0 gives 1.
pub fn heavy_ball_rate(eta: f64, beta: f64, curvature: Extremes) -> f64 {
    let radius = |l: f64| {
        let trace = 1.0 + beta - eta * l;
        let discriminant = trace * trace - 4.0 * beta;
        if discriminant < 0.0 { beta.sqrt() } else { 0.5 * (trace.abs() + discriminant.sqrt()) }
    };
    if curvature.min <= 0.0 {
        return radius(curvature.max).max(1.0);
    }
    radius(curvature.min).max(radius(curvature.max))
}

/// β\*: the momentum with the smallest [`heavy_ball_rate`] at fixed step size, the smallest at which the whole
/// spectrum oscillates: the larger of (1 − √(η l))² at its two ends, which is the lower end's while
/// η l_max ≤ (1 + √β\*)². None if no momentum below 1 converges (η l_max ≥ 4, or l_min = 0).
pub fn best_momentum(eta: f64, curvature: Extremes) -> Option<f64> {
    let oscillates_from = |l: f64| (1.0 - (eta * l).sqrt()) * (1.0 - (eta * l).sqrt());
    let best = oscillates_from(curvature.min).max(oscillates_from(curvature.max));
    (curvature.min > 0.0 && best < 1.0).then_some(best)
}

/// 2(1 + β)/l_max: the step size from which heavy-ball iteration grows on a quadratic whose largest curvature is l_max,
/// where the root −1 of [`heavy_ball_rate`]'s equation leaves the unit circle. Infinite where l_max is 0.
pub fn divergence_step_size(beta: f64, curvature: Extremes) -> f64 {
    2.0 * (1.0 + beta) / curvature.max
}

/// ν^t e_0: what is left of a relative error `start` after `steps` steps that each leave ν = `rate` of it, as the first term
/// of (9) has it.
pub fn fallen_to(start: f64, rate: f64, steps: f64) -> f64 {
    start * exp(steps * log(rate))
}

/// The fewest points that [`measured_rate`] fits.
const FEWEST_POINTS: usize = 50;

/// ν measured: exp of the least-squares slope of ln e_t over t ∈ [T/2, T], where e_t is above three times
/// `noise_floor` and above 1e−12. None with fewer than 50 such points.
///
/// It lies a little below the predicted rate until the slowest direction dominates.
pub fn measured_rate(relative_error: &[f64], noise_floor: f64) -> Option<f64> {
    let last = relative_error.len().checked_sub(1)?;
    let points: Vec<(f64, f64)> = (last.div_ceil(2)..=last)
        .filter(|t| relative_error[*t] > 3.0 * noise_floor && relative_error[*t] > 1e-12)
        .map(|t| (t as f64, log(relative_error[t])))
        .collect();
    if points.len() < FEWEST_POINTS {
        return None;
    }
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().fold(0.0, |sum, point| sum + of(point)) / count;
    let (mean_t, mean_log) = (mean(|p| p.0), mean(|p| p.1));
    let (mut covariance, mut variance) = (0.0, 0.0);
    for (t, log_error) in &points {
        covariance += (t - mean_t) * (log_error - mean_log);
        variance += (t - mean_t) * (t - mean_t);
    }
    Some(exp(covariance / variance))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_left_is_the_product_over_the_steps() {
        let product = (0..300).fold(0.5, |error, _| 0.99 * error);
        assert!((fallen_to(0.5, 0.99, 300.0) / product - 1.0).abs() < 1e-12);
        assert_eq!((fallen_to(0.5, 0.99, 0.0), fallen_to(0.5, 1.0, 7.0), fallen_to(0.0, 0.9, 7.0)), (0.5, 0.5, 0.0));
    }

    /// |z_t| of heavy-ball iteration on ½ l z², from 1.
    fn iterate(eta: f64, beta: f64, l: f64, steps: usize) -> Vec<f64> {
        let (mut before, mut now) = (1.0, 1.0);
        let mut path = vec![1.0];
        for _ in 0..steps {
            let next = now - eta * l * now + beta * (now - before);
            (before, now) = (now, next);
            path.push(f64::abs(next));
        }
        path
    }

    #[test]
    fn step_sizes_diverge_beyond_twice_one_plus_beta_over_the_largest_curvature() {
        let curvature = Extremes { min: 0.002, max: 0.09 };
        for beta in [0.0, 0.5, 0.9, 0.99] {
            let bound = divergence_step_size(beta, curvature);
            assert!(heavy_ball_rate(bound * (1.0 - 1e-6), beta, curvature) < 1.0, "{beta}");
            assert!(heavy_ball_rate(bound * (1.0 + 1e-6), beta, curvature) > 1.0, "{beta}");
        }
        assert_eq!(divergence_step_size(0.9, Extremes { min: 0.0, max: 0.0 }), f64::INFINITY);
    }

    #[test]
    fn the_measured_rate_of_a_quadratic_is_the_predicted_one() {
        for (eta, beta, l) in [(0.5, 0.2, 0.01), (0.7, 0.0, 0.05), (0.3, 0.5, 0.1)] {
            let predicted = heavy_ball_rate(eta, beta, Extremes { min: l, max: 10.0 * l });
            let measured = measured_rate(&iterate(eta, beta, l, 400), 0.0).expect("enough points");
            assert!((measured - predicted).abs() < 1e-9, "{measured} against {predicted}");
        }
    }

    #[test]
    fn no_momentum_beats_the_best_one() {
        for (eta, min, max) in [(0.7, 0.002, 0.05), (1.0, 0.3, 2.9), (0.5, 0.4, 5.0), (1.0, 1.2, 1.5)] {
            let curvature = Extremes { min, max };
            let best = best_momentum(eta, curvature).expect("it converges");
            let at_best = heavy_ball_rate(eta, best, curvature);
            for hundredths in 0..100 {
                let rate = heavy_ball_rate(eta, f64::from(hundredths) / 100.0, curvature);
                assert!(rate >= at_best - 1e-7, "β = {hundredths} %: {rate} against {at_best} at {best}");
            }
        }
        assert_eq!(best_momentum(1.0, Extremes { min: 0.1, max: 4.0 }), None);
        assert_eq!(best_momentum(1.0, Extremes { min: 0.0, max: 1.0 }), None);
    }

    #[test]
    fn flat_curvature_does_not_converge_and_too_large_a_step_diverges() {
        assert_eq!(heavy_ball_rate(0.5, 0.9, Extremes { min: 0.0, max: 0.1 }), 1.0);
        assert!(heavy_ball_rate(1.0, 0.0, Extremes { min: 0.1, max: 2.5 }) > 1.4);
    }

    #[test]
    fn the_rate_needs_fifty_points_above_the_noise_floor() {
        let path = iterate(0.5, 0.0, 0.1, 98);
        assert!(measured_rate(&path, 0.0).is_some());
        assert_eq!(measured_rate(&path[..98], 0.0), None);
        assert_eq!(measured_rate(&path, 1.0), None);
        assert_eq!(measured_rate(&[], 0.0), None);
    }
}
