//! The sentence that says where a run stands: the page's status line, and what screen readers hear.

use crate::notation::scientific;
use crate::training::StopReason;

/// What the sentence is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// t.
    pub step: usize,
    /// e_t.
    pub relative_error: f64,
    /// ν measured so far.
    pub rate_measured: Option<f64>,
    /// ν predicted.
    pub rate_predicted: Option<f64>,
    /// Relative error at which noise keeps the learner; 0 without noise, none where unknown.
    pub noise_floor: Option<f64>,
    /// N.
    pub samples: usize,
    /// Σ r_j.
    pub weights: usize,
    /// Why the run ended; none while it goes on.
    pub stopped: Option<StopReason>,
}

impl Standing {
    /// One sentence, with the words "relative error" in it.
    pub fn sentence(&self) -> String {
        let Self { step, weights, samples, .. } = *self;
        let error = scientific(self.relative_error);
        let found = self.relative_error < 1e-4;
        let at_floor = self.noise_floor.is_some_and(|floor| floor > 0.0 && self.relative_error < 3.0 * floor);
        match self.stopped {
            None if step == 0 => format!(
                "At the start: relative error {error}, with N = {samples} samples for {weights} unpruned weights; press Play."
            ),
            None => format!("Step {step}: relative error {error}{}.", self.rates()),
            Some(StopReason::Converged) if found => {
                format!("Converged to the oracle after {step} steps: relative error {error}{}.", self.rates())
            }
            Some(StopReason::Converged) if at_floor => {
                let floor = scientific(self.noise_floor.unwrap_or(0.0));
                format!("Converged after {step} steps to a relative error of {error}; the noise floor is {floor}.")
            }
            Some(StopReason::Converged) if samples < weights => format!(
                "Stopped elsewhere after {step} steps: relative error {error}; N = {samples} samples cannot determine {weights} weights."
            ),
            Some(StopReason::Converged) => {
                format!("Stopped elsewhere after {step} steps: relative error {error}, away from the oracle.")
            }
            Some(StopReason::MaxSteps) => {
                format!("Stopped by the step cap after {step} steps: relative error {error}{}.", self.rates())
            }
            Some(StopReason::Diverged) => {
                format!("Diverged after {step} steps: the step size is too large; relative error {error}.")
            }
        }
    }

    fn rates(&self) -> String {
        let percent = |rate: f64| {
            let lost = 100.0 * (1.0 - rate);
            if lost >= 1.0 { format!("{lost:.1}\u{a0}%") } else { format!("{lost:.2}\u{a0}%") }
        };
        match (self.rate_measured, self.rate_predicted) {
            (Some(measured), Some(predicted)) if measured < 1.0 && predicted < 1.0 => format!(
                ", falling by {} a step; the curvature at W* predicts {}",
                percent(measured),
                percent(predicted)
            ),
            (Some(measured), _) if measured < 1.0 => format!(", falling by {} a step", percent(measured)),
            (None, Some(predicted)) if predicted < 1.0 => {
                format!("; the curvature at W* predicts a fall by {} a step", percent(predicted))
            }
            (_, Some(predicted)) if predicted >= 1.0 => "; the curvature at W* predicts no convergence".to_owned(),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn each_standing_has_its_sentence() {
        let running = Standing {
            step: 819,
            relative_error: 2.6e-4,
            rate_measured: Some(0.991),
            rate_predicted: Some(0.9943),
            noise_floor: Some(0.0),
            samples: 500,
            weights: 200,
            stopped: None,
        };
        let ended = |reason| Standing { stopped: Some(reason), ..running };
        let cases = [
            (
                running,
                "Step 819: relative error 2.6 · 10⁻⁴, falling by 0.90 % a step; the curvature at W* predicts 0.57 %.",
            ),
            (
                Standing { step: 0, relative_error: 0.5, ..running },
                "At the start: relative error 0.50, with N = 500 samples for 200 unpruned weights; press Play.",
            ),
            (
                Standing { relative_error: 1e-7, rate_measured: None, ..ended(StopReason::Converged) },
                "Converged to the oracle after 819 steps: relative error 1.0 · 10⁻⁷; the curvature at W* predicts a fall by 0.57 % a step.",
            ),
            (
                Standing { relative_error: 0.02, noise_floor: Some(0.018), ..ended(StopReason::Converged) },
                "Converged after 819 steps to a relative error of 0.020; the noise floor is 0.018.",
            ),
            (
                Standing { relative_error: 0.3, samples: 100, ..ended(StopReason::Converged) },
                "Stopped elsewhere after 819 steps: relative error 0.30; N = 100 samples cannot determine 200 weights.",
            ),
            (
                Standing { relative_error: 0.3, ..ended(StopReason::Converged) },
                "Stopped elsewhere after 819 steps: relative error 0.30, away from the oracle.",
            ),
            (
                Standing {
                    relative_error: 0.3,
                    rate_measured: None,
                    rate_predicted: Some(1.0),
                    ..ended(StopReason::MaxSteps)
                },
                "Stopped by the step cap after 819 steps: relative error 0.30; the curvature at W* predicts no convergence.",
            ),
            (
                Standing { relative_error: 1e7, ..ended(StopReason::Diverged) },
                "Diverged after 819 steps: the step size is too large; relative error 1.0 · 10⁷.",
            ),
        ];
        for (standing, sentence) in cases {
            assert_eq!(standing.sentence().replace('\u{a0}', " "), sentence);
        }
    }
}
