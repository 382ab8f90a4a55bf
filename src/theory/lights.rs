//! The assumptions of the theorems for one problem, as lights: met, not met or unknown, each with a sentence.

use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

use super::Curvature;
use super::calibration::kappa;
use super::lanczos::{Wanted, lanczos};
use super::spectrum::{DENSE_SIZE, Extremes};
use crate::network::{Mask, Population, Problem, effective_width};

/// Whether an assumption holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It holds.
    Met,
    /// It does not.
    NotMet,
    /// It could not be decided.
    Unknown,
}

impl State {
    fn of(holds: bool) -> Self {
        if holds { State::Met } else { State::NotMet }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            State::Met => "met",
            State::NotMet => "not met",
            State::Unknown => "unknown",
        }
    }
}

/// One assumption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Light {
    /// Whether it holds.
    pub state: State,
    /// The numbers behind it, in words.
    pub sentence: String,
}

impl Light {
    /// supp(M\*) ⊆ supp(M): known from the mask alone.
    pub fn accurate_mask(mask: &Mask) -> Self {
        Self { state: State::Met, sentence: format!("all {} oracle weights are kept", mask.weights()) }
    }

    /// (8): known from N and the mask alone.
    pub fn enough_samples(samples: usize, mask: &Mask) -> Self {
        let neurons = mask.neurons();
        let Some(kappa) = kappa(neurons) else {
            return Self {
                state: State::Unknown,
                sentence: format!("κ is not calibrated for K\u{a0}=\u{a0}{neurons}"),
            };
        };
        // Rounded up, so that the relation that is printed holds for the numbers that are printed.
        let needed = libm::ceil(kappa * effective_width(mask)) as usize;
        let sign = if samples >= needed { '≥' } else { '<' };
        Self {
            state: State::of(samples >= needed),
            sentence: format!(
                "N\u{a0}=\u{a0}{samples} {sign} ⌈κ\u{a0}r̃⌉\u{a0}=\u{a0}{needed}; κ\u{a0}=\u{a0}{kappa:.2}, calibrated here"
            ),
        }
    }
}

/// The four assumptions. The paper does not give the constants of (4), (6) and (8); what is tested instead is measured
/// on this problem or calibrated here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lights {
    /// supp(M\*) ⊆ supp(M).
    pub accurate_mask: Light,
    /// (4), N = Ω(ε₁⁻² K⁴ r̃ log q): met if λ_min(Ĥ(W\*)) > 0 and ε̂₁ < ½ (measured).
    pub curvature: Light,
    /// (6), |W(0) − W\*| = O(ε₀/K²): met if λ_min(H) > 0 at 11 equal points from W\* to W(0) (measured).
    pub start: Light,
    /// (8), N = Ω(ε₀⁻² K⁶ r̃ log q log(1/ε)): met if N ≥ κ(K) r̃ (calibrated).
    pub samples: Light,
}

/// Points of the segment from W\* to W(0) at which (6) is tested.
const POINTS: usize = 11;

impl Lights {
    /// Of `problem` with the start `start` (on the mask).
    pub fn of(problem: &Problem, curvature: &Curvature, start: &[f64]) -> Self {
        Self {
            accurate_mask: Light::accurate_mask(&problem.mask),
            curvature: curvature_light(curvature),
            start: start_light(problem, start),
            samples: Light::enough_samples(problem.data.samples(), &problem.mask),
        }
    }
}

fn curvature_light(curvature: &Curvature) -> Light {
    let failed = curvature.sample.spectrum.as_ref().err().or(curvature.population.as_ref().err());
    if let Some(not_settled) = failed {
        return Light { state: State::Unknown, sentence: not_settled.to_string() };
    }
    let Some(epsilon1) = curvature.epsilon1() else {
        let sentence = "even the population risk has a direction without curvature".to_owned();
        return Light { state: State::NotMet, sentence };
    };
    let flat = curvature.sample.ends().is_some_and(|ends| ends.min <= 0.0);
    let sentence = if flat {
        "the sample leaves a direction without curvature, so ε̂₁ = 1".to_owned()
    } else {
        // Rounded down, so that what falls short of a half is never shown as a half.
        let percent = match libm::floor(100.0 * (1.0 - epsilon1)) {
            0.0 => "less than 1".to_owned(),
            whole => whole.to_string(),
        };
        format!(
            "the sample keeps {percent}\u{a0}% of the smallest curvature; at least 50\u{a0}% wanted \
             (ε̂₁\u{a0}=\u{a0}{epsilon1:.2})"
        )
    };
    Light { state: State::of(!flat && epsilon1 < 0.5), sentence }
}

fn start_light(problem: &Problem, start: &[f64]) -> Light {
    let population = Population::new(&problem.mask, &problem.oracle);
    for point in 0..POINTS {
        let share = point as f64 / (POINTS - 1) as f64;
        let w: Vec<f64> = problem.oracle.iter().zip(start).map(|(w, w0)| w + share * (w0 - w)).collect();
        let hessian = population.hessian(&w);
        let convex = if hessian.size() <= DENSE_SIZE {
            Ok(positive_definite(hessian.to_dense()))
        } else {
            let floor = |ends: Extremes| hessian.size() as f64 * f64::EPSILON * ends.max;
            lanczos(hessian.size(), Wanted::Ends, |v| hessian.multiply(v))
                .map(|found| found.ends().min > floor(found.ends()))
        };
        match convex {
            Ok(true) => {}
            Ok(false) => {
                let place = if point == 0 {
                    "already at W*".to_owned()
                } else {
                    format!("at {share:.1} of the way from W* to W(0)")
                };
                let sentence = format!("the population risk is not convex {place}");
                return Light { state: State::NotMet, sentence };
            }
            Err(not_settled) => return Light { state: State::Unknown, sentence: not_settled.to_string() },
        }
    }
    let sentence = format!("the population risk is convex at all {POINTS} points tested from W* to W(0)");
    Light { state: State::Met, sentence }
}

/// Whether the smallest eigenvalue is positive by more than rounding: whether Cholesky's factorisation exists after the
/// diagonal is lowered by n ε times a bound of the largest one.
fn positive_definite(mut matrix: DMatrix<f64>) -> bool {
    let rounding = matrix.nrows() as f64 * f64::EPSILON * matrix.norm();
    for i in 0..matrix.nrows() {
        matrix[(i, i)] -= rounding;
    }
    matrix.cholesky().is_some()
}
