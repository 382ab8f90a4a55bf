//! The assumptions of the theorems for one problem, as lights: met, not met or unknown, each with a sentence.

use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

use super::Curvature;
use super::calibration::kappa;
use super::spectrum::{DENSE_SIZE, Ends, Extremes, lanczos};
use crate::network::{Population, Problem, effective_width};

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
            accurate_mask: Light {
                state: State::Met,
                sentence: format!("all {} oracle weights are kept", problem.mask.weights()),
            },
            curvature: curvature_light(curvature),
            start: start_light(problem, start),
            samples: samples_light(problem),
        }
    }
}

fn curvature_light(curvature: &Curvature) -> Light {
    let failed = curvature.empirical.as_ref().err().or(curvature.population.as_ref().err());
    if let Some(not_settled) = failed {
        return Light { state: State::Unknown, sentence: not_settled.to_string() };
    }
    let Some(epsilon1) = curvature.epsilon1() else {
        let sentence = "even the population risk has a direction without curvature".to_owned();
        return Light { state: State::NotMet, sentence };
    };
    let flat = curvature.empirical.as_ref().is_ok_and(|ends| ends.min <= 0.0);
    let sentence = if flat {
        "the sample leaves a direction without curvature, so ε̂₁ = 1".to_owned()
    } else {
        let sign = if epsilon1 < 0.5 { '<' } else { '≥' };
        format!("the sample loses ε̂₁ = {epsilon1:.2} {sign} ½ of the smallest curvature")
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
            lanczos(hessian.size(), Ends::Both, |v| hessian.multiply(v)).map(|ends| ends.min > floor(ends))
        };
        match convex {
            Ok(true) => {}
            Ok(false) => {
                let sentence = format!("the population risk is not convex at {share:.1} of the way from W* to W(0)");
                return Light { state: State::NotMet, sentence };
            }
            Err(not_settled) => return Light { state: State::Unknown, sentence: not_settled.to_string() },
        }
    }
    let sentence = format!("the population risk is convex at {POINTS} points from W* to W(0)");
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

fn samples_light(problem: &Problem) -> Light {
    let (samples, neurons) = (problem.data.samples(), problem.mask.neurons());
    let Some(kappa) = kappa(neurons) else {
        return Light { state: State::Unknown, sentence: format!("κ is not calibrated for K = {neurons}") };
    };
    let needed = kappa * effective_width(&problem.mask);
    let sign = if samples as f64 >= needed { '≥' } else { '<' };
    Light {
        state: State::of(samples as f64 >= needed),
        sentence: format!("N = {samples} {sign} {kappa:.1} r̃ = {needed:.0}, calibrated here"),
    }
}
