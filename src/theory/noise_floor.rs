//! The noise floor: the relative error at which noise keeps the learner. (9) is its trend; here it is exact to first order
//! in σ, from the trace of Ĥ(W\*)⁻¹.

use super::curvature::{NoSpectrum, SampleCurvature};
use crate::network::Problem;

impl SampleCurvature {
    /// The relative error |W − W\*|/|W\*| at which noise keeps the learner, exact to first order in σ:
    /// √((σ²/N) tr Ĥ(W\*)⁻¹)/|W\*|. None where σ > 0 and the trace is not known, and for a mask that misses weights.
    pub fn noise_floor(&self, problem: &Problem) -> Option<f64> {
        if matches!(self.spectrum, Err(NoSpectrum::MissedWeights)) {
            return None;
        }
        if problem.sigma == 0.0 {
            return Some(0.0);
        }
        let variance = problem.sigma * problem.sigma / problem.data.samples() as f64;
        Some((variance * self.inverse_trace? / problem.oracle.squared_norm()).sqrt())
    }
}
