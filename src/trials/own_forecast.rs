//! What of the theory carries over to data of the reader's own where W\* is known: what follows from the curvature of this very
//! sample at W\*, whatever its inputs are drawn from. What speaks of a population does not.

use serde::{Deserialize, Serialize};

use super::number_words::{fall, two_digits};
use super::probe::reach_of;
use super::status_sentence::FIRST_ORDER;
use crate::language::tr;
use crate::linear_algebra::Extremes;
use crate::network::{Problem, Projection};
use crate::notation::significant;
use crate::pause::{Pause, finish};
use crate::spec::Spec;
use crate::theory::{NoReach, NoSpectrum, SampleCurvature, best_momentum, heavy_ball_rate};

/// What the curvature of the sample at W\* foretells. Values that could not be had are none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnForecast {
    /// Ends of the spectrum of Ĥ(W\*), or why there is none.
    pub eigenvalues: Result<Extremes, NoSpectrum>,
    /// ν for the step size and momentum of the Spec: linear, near W\*.
    pub rate_predicted: Option<f64>,
    /// β\*, the momentum of the smallest ν at that step size.
    pub best_momentum: Option<f64>,
    /// Theorem 2's reach for this sample, in units of |W\*|: a linear forecast.
    pub reach: Result<f64, NoReach>,
    /// Root mean square of what g(x; W\*) leaves of y.
    pub label_noise: f64,
    /// The same as a share of the root mean square of y.
    pub unexplained: f64,
    /// Relative error at which it keeps the learner, to first order, were it independent noise.
    pub noise_floor: Option<f64>,
}

impl OwnForecast {
    /// Of the run of `spec` on `problem`, whose oracle is known, for a learner on the mask of `kept`.
    pub fn of(spec: &Spec, problem: &Problem, kept: &Projection) -> Self {
        finish(Self::of_in_slices(spec, problem, kept, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn of_in_slices(spec: &Spec, problem: &Problem, kept: &Projection, pause: &Pause) -> Self {
        let curvature = SampleCurvature::of_in_slices(problem, kept, pause).await;
        let ends = curvature.ends();
        let samples = problem.data.samples();
        let square = (0..samples).fold(0.0, |sum, n| sum + problem.data.y(n) * problem.data.y(n));
        Self {
            eigenvalues: curvature.spectrum.as_ref().map(|spectrum| spectrum.ends()).map_err(|why| *why),
            rate_predicted: ends.map(|ends| heavy_ball_rate(spec.eta(), spec.momentum, ends)),
            best_momentum: ends.and_then(|ends| best_momentum(spec.eta(), ends)),
            reach: reach_of(spec, problem, &curvature),
            label_noise: problem.sigma,
            unexplained: problem.sigma / (square / samples as f64).sqrt(),
            noise_floor: curvature.noise_floor(problem),
        }
    }

    /// The same in sentences, with what does not carry over.
    pub fn sentences(&self) -> Vec<String> {
        let rate = match (&self.eigenvalues, self.rate_predicted) {
            (Ok(ends), _) if ends.min <= 0.0 => tr!(
                "This sample leaves W_star open: its curvature there is 0 in some direction, so no fall of the error is predicted."
            )
            .to_owned(),
            (Ok(_), Some(rate)) => tr!(
                "Near W_star the error falls by {fall} a step: the dashed line, from the curvature of this sample there, which needs no \
                 normal inputs.",
                fall = fall(rate)
            ),
            (Err(why), _) => tr!("No fall of the error is predicted: {why}.", why),
            (Ok(_), None) => String::new(),
        };
        // Of what was made by W_star alone sums leave some rounding.
        let noise = (self.unexplained > 1e-12).then(|| {
            let share = significant(100.0 * self.unexplained, 2);
            match self.noise_floor.filter(|floor| *floor < FIRST_ORDER) {
                Some(floor) => tr!(
                    "g(x; W_star) leaves {share} % of y open (root mean square). Were that independent noise, it would keep the \
                     learner at a relative error of about {floor}, below which the line does not hold.",
                    share,
                    floor = two_digits(floor)
                ),
                None => tr!(
                    "g(x; W_star) leaves {share} % of y open (root mean square): how near to W_star the learner comes is not known, \
                     and the line may not hold.",
                    share
                ),
            }
        });
        [Some(rate).filter(|rate| !rate.is_empty()), noise].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::Trainer;
    use crate::trials::Forecast;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn of(spec: &Spec) -> (OwnForecast, Forecast) {
        let trainer = Trainer::new(spec);
        (OwnForecast::of(spec, trainer.problem(), trainer.oracle()), Forecast::of(spec, &trainer))
    }

    fn spec() -> Spec {
        Spec { effective_width: 5.0, samples: 80, dimension: 20, neurons: 3, ..Spec::default() }
    }

    #[test]
    fn on_data_of_an_oracle_it_is_what_is_forecast_of_them() {
        for noise in [0.0, 0.01] {
            let (own, drawn) = of(&Spec { noise, ..spec() });
            assert_eq!(own.rate_predicted, drawn.rate_predicted);
            assert_eq!((own.best_momentum, own.reach), (drawn.best_momentum, drawn.theorem2_reach));
            assert_eq!(own.noise_floor, drawn.noise_floor);
            let sentences = own.sentences();
            assert!(sentences[0].starts_with("Near W_star the error falls by "), "{sentences:?}");
            assert_eq!(sentences.len(), if noise > 0.0 { 2 } else { 1 }, "{sentences:?}");
        }
        // σ/E_y is 0.01, of the labels with their noise a little less.
        let (own, _) = of(&Spec { noise: 0.01, ..spec() });
        assert!((own.unexplained - 0.01).abs() < 0.002, "{}", own.unexplained);
    }

    #[test]
    fn where_there_is_none_it_says_why() {
        // Fewer samples than weights.
        let (own, _) = of(&Spec { samples: 20, effective_width: 15.0, ..spec() });
        assert!(own.rate_predicted.is_some_and(|rate| rate >= 1.0), "{own:?}");
        assert!(own.sentences()[0].starts_with("This sample leaves W_star open"), "{:?}", own.sentences());
        let missed = Spec { mask: crate::spec::LearnerMask::Wrong, missed: 0.4, ..spec() };
        let (own, _) = of(&missed);
        assert_eq!((own.rate_predicted, own.reach), (None, Err(NoReach::MissedWeights)));
        assert!(own.sentences()[0].contains("the mask misses weights of the oracle"), "{:?}", own.sentences());
        let (drowned, _) = of(&Spec { noise: 3.0, ..spec() });
        assert!(drowned.sentences()[1].ends_with("the line may not hold."), "{:?}", drowned.sentences());
    }
}
