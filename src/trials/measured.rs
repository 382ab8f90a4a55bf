//! What can be measured of a run, one number of it at a time: the colours of a map.

use serde::{Deserialize, Serialize};

use super::report::expected_test_error;
use super::{Outcome, Tried, Wanted, digest};
use crate::language::message;
use crate::notation::{scientific, significant};
use crate::pause::{Pause, finish};
use crate::spec::Spec;
use crate::theory::Curvature;
use crate::training::Trainer;

/// A measurable quantity of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Whether it finds the oracle.
    Success,
    /// After how many steps.
    Steps,
    /// ν.
    Rate,
    /// ε̂₁ of its problem.
    Epsilon1,
    /// |W(T) − W\*|/|W\*|.
    Error,
    /// √E[(g(x; W(T)) − g(x; W\*))²].
    TestError,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Success, Self::Steps, Self::Rate, Self::Epsilon1, Self::Error, Self::TestError];

    /// Its word in flags, links and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Steps => "steps",
            Self::Rate => "rate",
            Self::Epsilon1 => "epsilon1",
            Self::Error => "error",
            Self::TestError => "test-error",
        }
    }

    /// The one with this word.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.key() == key)
    }

    /// What it is, in words: a message, for files have it in English.
    pub fn words(self) -> &'static str {
        match self {
            Self::Success => message!("share of the trials that find the oracle"),
            Self::Steps => {
                message!(
                    "steps until the relative error is below 10⁻⁴, or twice the noise floor, over the trials that get \
                     there"
                )
            }
            Self::Rate => message!("measured rate ν by which the error shrinks"),
            Self::Epsilon1 => message!("ε̂₁, the share of the curvature at W* that the sample loses"),
            Self::Error => message!("relative error |W(T) − W*|/|W*| at the end"),
            Self::TestError => message!("test error at the end, in closed form"),
        }
    }

    /// Its unit, in English, as files have it; none for a plain number.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Self::Success | Self::Epsilon1 => None,
            Self::Steps => Some("steps"),
            Self::Rate => Some("per step"),
            Self::Error => Some("|W*|"),
            Self::TestError => Some("units of the outputs"),
        }
    }

    /// In English, as files have it: what tells how far the trials of a cell are apart.
    pub fn interval(self) -> &'static str {
        match self {
            Self::Success => "95 % interval of Wilson",
            _ => "a standard deviation to both sides of the mean",
        }
    }

    /// Whether a run has to be trained for it.
    pub fn needs_training(self) -> bool {
        self != Self::Epsilon1
    }

    /// A value with as many digits as count.
    pub fn told(self, value: f64) -> String {
        match self {
            Self::Success | Self::Epsilon1 => format!("{value:.2}"),
            Self::Steps => significant(value, 3),
            Self::Rate => format!("{value:.4}"),
            Self::Error | Self::TestError => scientific(value),
        }
    }
}

/// One number of one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The number, 1 or 0 for success; none where the run has none, such as the steps of one that did not get there.
    pub value: Option<f64>,
    /// How the run ended; none where it was not trained.
    pub outcome: Option<Outcome>,
    /// Digest of W(T), or of W(0) where it was not trained.
    pub digest: String,
}

impl Measured {
    /// Takes `measure` of the run of `spec`.
    pub fn run(spec: &Spec, measure: Measure) -> Self {
        finish(Self::run_in_slices(spec, measure, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn run_in_slices(spec: &Spec, measure: Measure, pause: &Pause) -> Self {
        let value: fn(&Tried, &Trainer) -> Option<f64> = match measure {
            Measure::Success => |tried, _| Some(if tried.outcome == Outcome::Success { 1.0 } else { 0.0 }),
            Measure::Steps => |tried, _| tried.found.map(f64::from),
            Measure::Rate => |tried, _| tried.rate,
            Measure::Error => |tried, _| Some(tried.relative_error),
            Measure::TestError => |_, trainer| Some(expected_test_error(trainer)),
            Measure::Epsilon1 => return Self::epsilon1(spec, pause).await,
        };
        let (tried, trainer) = Tried::with_trainer(spec, Wanted::default(), pause).await;
        Self { value: value(&tried, &trainer), outcome: Some(tried.outcome), digest: tried.digest }
    }

    async fn epsilon1(spec: &Spec, pause: &Pause) -> Self {
        let trainer = Trainer::new_in_slices(spec, pause).await;
        let curvature = Curvature::at_oracle_in_slices(trainer.problem(), trainer.oracle(), pause).await;
        let digest = digest(trainer.mask(), trainer.weights());
        Self { value: curvature.epsilon1(), outcome: None, digest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::LearnerMask;
    use crate::trials::{Forecast, Report};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_measured_number_is_that_of_the_report() {
        let spec = Spec { effective_width: 10.0, samples: 300, trial: 3, ..Spec::default() };
        let mut trainer = Trainer::new(&spec);
        let start = digest(trainer.mask(), trainer.weights());
        trainer.advance(spec.max_steps);
        let report = Report::with(&spec, Forecast::draw(&spec), &trainer);
        let found = trainer.relative_error().iter().position(|error| *error < 1e-4);
        let succeeds = report.standing.relative_error < 1e-4;
        for (measure, value) in [
            (Measure::Success, Some(f64::from(u8::from(succeeds)))),
            (Measure::Steps, found.map(|step| step as f64)),
            (Measure::Rate, report.standing.rate_measured),
            (Measure::Epsilon1, report.forecast.epsilon1),
            (Measure::Error, Some(report.standing.relative_error)),
            (Measure::TestError, Some(report.test_error)),
        ] {
            let measured = Measured::run(&spec, measure);
            assert_eq!(measured.value, value, "{}", measure.key());
            assert!(measured.value.is_some(), "{}", measure.key());
            assert_eq!(measured.digest, if measure.needs_training() { report.digest.clone() } else { start.clone() });
            assert_eq!(measured.outcome.is_some(), measure.needs_training());
        }
    }

    #[test]
    fn what_a_run_does_not_have_is_none() {
        let missing = Spec { mask: LearnerMask::Wrong, missed: 0.2, max_steps: 20, ..Spec::default() };
        for measure in [Measure::Steps, Measure::Rate, Measure::Epsilon1] {
            assert_eq!(Measured::run(&missing, measure).value, None, "{}", measure.key());
        }
        assert_eq!(Measured::run(&missing, Measure::Success).value, Some(0.0));
    }

    #[test]
    fn a_measure_is_found_by_its_word() {
        for measure in Measure::ALL {
            assert_eq!(Measure::by_key(measure.key()), Some(measure));
        }
        assert_eq!(Measure::by_key("speed"), None);
    }
}
