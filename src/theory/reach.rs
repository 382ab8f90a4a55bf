//! Theorem 2's reach: from how far the curvature at W\* lets Algorithm 1 come to a given relative error within T steps.
//!
//! A linear forecast, as the bound (9) is one: near W\* each eigendirection of Ĥ(W\*) shrinks by the heavy ball's own
//! amplitude, and a start in a random direction meets all of them. No calibration; it knows nothing of the kinks that the
//! way from a far start crosses.

use libm::{exp, log};
use serde::{Deserialize, Serialize};

use super::{Schedule, heavy_ball_rate};
use crate::language::tr;
use crate::linear_algebra::Spectrum;

/// Why there is no reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NoReach {
    /// Each step sees another part of the samples, so no single Ĥ governs the run.
    #[error("{}", tr!("each step sees another part of the samples"))]
    DisjointBatches,
    /// No learner on the mask can be at W\*.
    #[error("{}", tr!("not promised: weights are missed"))]
    MissedWeights,
    /// The spectrum of Ĥ(W\*) did not settle.
    #[error("{}", tr!("the spectrum of the sample's Hessian did not settle"))]
    NotSettled,
    /// The noise floor is beyond first order: no relative error that is wanted can be reached.
    #[error("{}", tr!("the noise drowns the oracle"))]
    Drowned,
    /// The relative error that is wanted is not known.
    #[error("{}", tr!("how near the noise lets it come is not known"))]
    UnknownFloor,
}

/// R_T in units of |W\*|: the λ from which the expected relative error after the schedule's T steps is `target`, for a
/// start whose direction is uniform on the mask: `target`/√(mean_i m_i²), m_i the amplitude after T steps on eigenvalue i
/// of `spectrum`. 0 where the iteration diverges or does not converge (η l_max ≥ 2(1 + β), l_min = 0), and where the
/// stopping rule comes first. It says nothing beyond the linear: large values are to be shown as "beyond".
pub fn reach(schedule: &Schedule, spectrum: &Spectrum, target: f64) -> f64 {
    let ends = spectrum.ends();
    let rate = heavy_ball_rate(schedule.eta, schedule.beta, ends);
    let unstable = schedule.eta * ends.max >= 2.0 * (1.0 + schedule.beta);
    // |ΔW|/|W| is about (1 − ν) times the error at the end of a run.
    let rule_comes_first = schedule.settled > target * (1.0 - rate);
    if ends.min <= 0.0 || unstable || rule_comes_first {
        return 0.0;
    }
    // In logarithms: after 10 000 steps most amplitudes are below the smallest number.
    let squares: Vec<(f64, f64)> =
        spectrum.modes().map(|(l, share)| (2.0 * log_amplitude(schedule, l), share)).collect();
    let largest = squares.iter().fold(f64::NEG_INFINITY, |largest, (square, _)| largest.max(*square));
    let mean = squares.iter().fold(0.0, |sum, (square, share)| sum + share * exp(square - largest));
    exp(log(target) - 0.5 * (largest + log(mean))).min(f64::MAX)
}

/// ln of the heavy ball's amplitude √((x_T² + x_{T−1}²)/2) on ½ l x² from x_0 = x_{−1} = 1: |x_T| on slow directions,
/// without the zeros of those that oscillate. The T-th power of (x_t, x_{t−1}) ↦ (x_{t+1}, x_t), by squaring.
fn log_amplitude(schedule: &Schedule, l: f64) -> f64 {
    let mut base =
        Scaled { entries: [1.0 + schedule.beta - schedule.eta * l, -schedule.beta, 1.0, 0.0], log_scale: 0.0 };
    let mut power = Scaled { entries: [1.0, 0.0, 0.0, 1.0], log_scale: 0.0 };
    let mut left = schedule.steps;
    while left > 0 {
        if left % 2 == 1 {
            power = power.times(&base);
        }
        base = base.times(&base);
        left /= 2;
    }
    let [a, b, c, d] = power.entries;
    let (now, before) = (a + b, c + d);
    power.log_scale + 0.5 * log((0.5 * (now * now + before * before)).max(f64::MIN_POSITIVE))
}

/// A 2 × 2 matrix, row after row, times e^`log_scale`.
struct Scaled {
    entries: [f64; 4],
    log_scale: f64,
}

impl Scaled {
    fn times(&self, other: &Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.entries, other.entries);
        let product = [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h];
        let largest = product.iter().fold(f64::MIN_POSITIVE, |largest, x| largest.max(x.abs()));
        Self { entries: product.map(|x| x / largest), log_scale: self.log_scale + other.log_scale + log(largest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn schedule(eta: f64, beta: f64, steps: usize) -> Schedule {
        Schedule { eta, beta, steps, settled: 1e-8 }
    }

    /// (x_T² + x_{T−1}²)/2 by the iteration itself.
    fn iterated(schedule: &Schedule, l: f64) -> f64 {
        let (mut before, mut now) = (1.0, 1.0);
        for _ in 0..schedule.steps {
            (before, now) = (now, now - schedule.eta * l * now + schedule.beta * (now - before));
        }
        0.5 * (now * now + before * before)
    }

    #[test]
    fn the_amplitude_is_that_of_the_iteration() {
        // Slow, oscillating, a double root at l = (1 − √0.81)² = 0.01, plain gradient descent, and a single step.
        for (eta, beta, l, steps) in [
            (0.357, 0.9, 1e-3, 700),
            (0.5, 0.9, 0.4, 333),
            (1.0, 0.81, 0.01, 200),
            (0.3, 0.0, 0.05, 99),
            (0.4, 0.7, 0.1, 1),
        ] {
            let schedule = schedule(eta, beta, steps);
            let (found, expected) = (2.0 * log_amplitude(&schedule, l), log(iterated(&schedule, l)));
            assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{l}: {found} {expected}");
        }
    }

    #[test]
    fn a_single_mode_reaches_as_far_as_its_iteration_says() {
        let schedule = schedule(0.4, 0.5, 60);
        let spectrum = Spectrum::from(vec![0.05; 3]);
        let expected = 1e-4 / iterated(&schedule, 0.05).sqrt();
        let found = reach(&schedule, &spectrum, 1e-4);
        assert!((found / expected - 1.0).abs() < 1e-9, "{found} {expected}");
    }

    #[test]
    fn what_cannot_arrive_has_no_reach() {
        assert_eq!(reach(&schedule(0.4, 0.5, 60), &Spectrum::from(vec![0.0, 0.1]), 1e-4), 0.0);
        // η l_max = 2(1 + β)
        assert_eq!(reach(&schedule(1.0, 0.5, 60), &Spectrum::from(vec![0.1, 3.0]), 1e-4), 0.0);
        // 1 − ν = 1e−5: the weights change by less than 1e−8 while the error is still 1e−3.
        assert_eq!(reach(&schedule(0.01, 0.0, 100_000), &Spectrum::from(vec![1e-3]), 1e-4), 0.0);
    }

    #[test]
    fn after_a_hundred_thousand_steps_it_is_still_a_number() {
        let far = reach(&schedule(0.357, 0.9, 100_000), &Spectrum::from(vec![0.02, 0.4]), 1e-4);
        assert!(far.is_finite() && far > 1e100, "{far}");
    }
}
