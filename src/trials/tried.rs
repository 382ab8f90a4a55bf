//! A run as one trial of many: what is kept of it.

use serde::{Deserialize, Serialize};

use super::{Forecast, Outcome, Round, digest, target};
use crate::pause::{Pause, finish};
use crate::spec::Spec;
use crate::theory::{SampleCurvature, measured_rate};
use crate::training::Trainer;

/// Points of a kept curve after its start, evenly over the T steps of the Spec.
pub const CURVE_POINTS: usize = 50;

/// What of a run is kept beyond its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// What theory and curvature say of its problem.
    pub foretold: bool,
    /// Its relative error on the way; of a search, when the test error of the last ticket came below which levels.
    pub curve: bool,
}

/// A finished run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// How it ended.
    pub outcome: Outcome,
    /// Its steps.
    pub steps: u32,
    /// Steps until the relative error was first below the target.
    pub found: Option<u32>,
    /// |W(T) − W\*|/|W\*|.
    pub relative_error: f64,
    /// ν measured over its last half; none where that has fewer than 50 points above the noise floor.
    pub rate: Option<f64>,
    /// Digest of W(T).
    pub digest: String,
    /// Relative errors at t = 0, T/50, 2T/50 … as far as it ran, T the step cap; empty unless wanted.
    pub curve: Vec<f64>,
    /// Of its problem, where that is wanted.
    pub foretold: Option<Foretold>,
    /// Of a search for a mask, whose last ticket is the run that all else is said of: its rounds; else none.
    #[serde(default)]
    pub rounds: Vec<Round>,
}

/// What theory and curvature say of a run's problem; see [`Forecast`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Foretold {
    /// r̃ by (5) of the learner's mask as it was drawn.
    pub effective_width: f64,
    /// ε̂₁.
    pub epsilon1: Option<f64>,
    /// ν predicted.
    pub rate: Option<f64>,
    /// R_T of Theorem 2, in units of |W\*|.
    pub reach: Option<f64>,
    /// R₁ of Theorem 1, in units of |W\*|.
    pub ball: Option<f64>,
    /// First-order noise floor.
    pub noise_floor: Option<f64>,
}

impl From<&Forecast> for Foretold {
    fn from(forecast: &Forecast) -> Self {
        Self {
            effective_width: forecast.effective_width,
            epsilon1: forecast.epsilon1,
            rate: forecast.rate_predicted,
            reach: forecast.theorem2_reach.ok(),
            ball: forecast.theorem1_radius.as_ref().ok().copied(),
            noise_floor: forecast.noise_floor,
        }
    }
}

impl Tried {
    /// Runs `spec` to its end.
    pub fn run(spec: &Spec, wanted: Wanted) -> Self {
        finish(Self::run_in_slices(spec, wanted, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn run_in_slices(spec: &Spec, wanted: Wanted, pause: &Pause) -> Self {
        Self::with_trainer(spec, wanted, pause).await.0
    }

    /// The same, with the run as it ended, for whatever else is asked of it.
    pub(super) async fn with_trainer(spec: &Spec, wanted: Wanted, pause: &Pause) -> (Self, Trainer) {
        let foretold = match wanted.foretold {
            true => Some(Foretold::from(&Forecast::draw_in_slices(spec, pause, drop).await)),
            false => None,
        };
        let mut trainer = Trainer::new_in_slices(spec, pause).await;
        // With noise, success is measured by the problem's own floor.
        let floor = match foretold {
            Some(foretold) => foretold.noise_floor,
            None if spec.noise > 0.0 => {
                let curvature = SampleCurvature::of_in_slices(trainer.problem(), trainer.oracle(), pause).await;
                curvature.noise_floor(trainer.problem())
            }
            None => None,
        };
        trainer.advance_in_slices(spec.max_steps, pause).await;
        let mut tried = Self { foretold, ..Self::of(&trainer, floor) };
        if wanted.curve {
            let on_the_way = (0..=CURVE_POINTS).map(|point| point * spec.max_steps / CURVE_POINTS);
            tried.curve = on_the_way.map_while(|step| trainer.relative_error().get(step).copied()).collect();
        }
        (tried, trainer)
    }

    /// A run that has ended, where noise leaves the relative error `floor`; neither its curve nor its forecast.
    pub(super) fn of(trainer: &Trainer, floor: Option<f64>) -> Self {
        let (errors, steps, target) = (trainer.relative_error(), trainer.steps(), target(floor));
        Self {
            outcome: Outcome::of(trainer, target),
            steps: steps as u32,
            found: errors.iter().position(|error| *error < target).map(|step| step as u32),
            relative_error: errors[steps],
            rate: measured_rate(errors, floor.unwrap_or(0.0)),
            digest: digest(trainer.mask(), trainer.weights()),
            curve: Vec::new(),
            foretold: None,
            rounds: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::Report;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_the_run_of_its_spec() {
        let spec = Spec { effective_width: 20.0, samples: 300, noise: 0.01, max_steps: 500, ..Spec::default() };
        let mut trainer = Trainer::new(&spec);
        trainer.advance(spec.max_steps);
        let forecast = Forecast::draw(&spec);
        let report = Report::with(&spec, forecast.clone(), &trainer);
        let tried = Tried::run(&spec, Wanted { foretold: true, curve: true });
        assert_eq!(tried.digest, report.digest);
        assert_eq!((tried.steps as usize, tried.relative_error), (trainer.steps(), report.standing.relative_error));
        assert_eq!(tried.rate, report.standing.rate_measured);
        assert_eq!(tried.foretold, Some(Foretold::from(&forecast)));
        let every_tenth: Vec<f64> = trainer.relative_error().iter().step_by(10).copied().collect();
        assert_eq!(tried.curve, every_tenth);
        let bare = Tried::run(&spec, Wanted::default());
        assert_eq!(bare, Tried { foretold: None, curve: Vec::new(), ..tried });
    }

    #[test]
    fn the_target_was_found_where_the_error_first_fell_below_it() {
        let spec = Spec { effective_width: 10.0, ..Spec::default() };
        let tried = Tried::run(&spec, Wanted { foretold: false, curve: false });
        let mut trainer = Trainer::new(&spec);
        trainer.advance(tried.found.expect("it is found") as usize);
        let errors = trainer.relative_error();
        assert!(errors[errors.len() - 1] < 1e-4 && errors[errors.len() - 2] >= 1e-4);
        assert_eq!(tried.outcome, Outcome::Success);
    }
}
