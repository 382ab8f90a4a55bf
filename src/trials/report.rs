//! What is said of a run in numbers: by the command line in words and in files, by the page beside its pictures.

use serde::{Deserialize, Serialize};

use super::{Course, Promise, Standing, digest, is_falling, promise_sentence, reach_of, tensor_out_of_reach};
use crate::language::tr;
use crate::linear_algebra::DENSE_SIZE;
use crate::link::Link;
use crate::network::{Agreement, Population, Problem, Projection, Reach, Supports, draw_learner, effective_width};
use crate::notation::grouped;
use crate::pause::{Pause, finish};
use crate::spec::{FOUND, Overlap, Spec};
use crate::theory::{
    Curvature, EarlyLights, Lights, NoBall, NoReach, StartDistance, best_momentum, convex_ball_in_slices,
    heavy_ball_rate, theorem1_radius,
};
use crate::training::{StartPoint, Trainer};

/// What theory and curvature say of a problem before it is trained. Values that could not be had are none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// Effective width (5) of the learner's mask, as it was really drawn.
    pub effective_width: f64,
    /// How far that mask agrees with the oracle's.
    pub agreement: Agreement,
    /// |W(0) − M ⊙ W\*|/|W\*|: λ of a start in the ball, measured of any other.
    pub start_distance: f64,
    /// Spectra of both Hessians at W\* (measured).
    pub curvature: Curvature,
    /// ε̂₁ (measured).
    pub epsilon1: Option<f64>,
    /// ν for the step size and momentum of the Spec, from the spectrum of Ĥ(W\*).
    pub rate_predicted: Option<f64>,
    /// β\*, the momentum of the smallest ν at that step size.
    pub best_momentum: Option<f64>,
    /// ρ, the distance of the nearest W at which the population risk is not convex, in units of |W\*|: computed for this
    /// oracle.
    pub convex_ball: Result<f64, NoBall>,
    /// R₁ of Theorem 1 in units of |W\*|, its constants computed for this oracle; or why there is none.
    pub theorem1_radius: Result<f64, String>,
    /// Theorem 2's reach for this sample, in units of |W\*|: a linear forecast.
    pub theorem2_reach: Result<f64, NoReach>,
    /// Relative error at which noise keeps the learner, to first order in σ.
    pub noise_floor: Option<f64>,
    /// The four assumptions.
    pub lights: Lights,
}

impl Forecast {
    /// For the run of `spec`, whose problem is drawn for this alone.
    pub fn draw(spec: &Spec) -> Self {
        finish(Self::draw_in_slices(spec, &Pause::never(), drop))
    }

    /// The same with pauses; `tell` is told of the lights that are known before the others.
    pub async fn draw_in_slices(spec: &Spec, pause: &Pause, tell: impl Fn(EarlyLights)) -> Self {
        let problem = Problem::draw_in_slices(spec, pause).await;
        let oracle = draw_learner(spec, &problem.oracle);
        let start = StartPoint::of_in_slices(spec, &problem, &oracle, pause).await;
        Self::of_in_slices(spec, (&problem, &oracle), start.distance, pause, tell).await
    }

    /// Of the run of `spec` that `trainer` trains, before its first step.
    pub fn of(spec: &Spec, trainer: &Trainer) -> Self {
        finish(Self::of_trainer_in_slices(spec, trainer, &Pause::never()))
    }

    async fn of_trainer_in_slices(spec: &Spec, trainer: &Trainer, pause: &Pause) -> Self {
        let learned = (trainer.problem(), trainer.oracle());
        Self::of_in_slices(spec, learned, trainer.start_distance(), pause, drop).await
    }

    /// Of a problem, which was drawn for `spec`, and what the learner's mask keeps of its oracle, from a start at `distance`
    /// from that.
    async fn of_in_slices(
        spec: &Spec,
        (problem, oracle): (&Problem, &Projection),
        distance: StartDistance,
        pause: &Pause,
        tell: impl Fn(EarlyLights),
    ) -> Self {
        let curvature = async || {
            let curvature = Curvature::at_oracle_in_slices(problem, oracle, pause).await;
            let reach = reach_of(spec, problem, &curvature.sample);
            tell(EarlyLights::after_curvature(spec, oracle, &curvature, reach.ok()));
            (curvature, reach)
        };
        let ball = async || {
            let ball = match oracle.agreement().is_accurate() {
                true => convex_ball_in_slices(oracle.mask(), oracle.values(), pause).await.map(|ball| ball.radius),
                false => Err(NoBall::MissedWeights),
            };
            tell(EarlyLights::after_ball(distance, oracle, &ball));
            ball
        };
        // What is sooner there comes first.
        let ((curvature, reach), ball) = if oracle.mask().weights() <= DENSE_SIZE {
            (curvature().await, ball().await)
        } else {
            let ball = ball().await;
            (curvature().await, ball)
        };
        let width = effective_width(oracle.mask());
        let ends = curvature.sample.ends();
        Self {
            effective_width: width,
            agreement: oracle.agreement(),
            start_distance: distance.value,
            epsilon1: curvature.epsilon1(),
            rate_predicted: ends.map(|ends| heavy_ball_rate(spec.eta(), spec.momentum, ends)),
            best_momentum: ends.and_then(|ends| best_momentum(spec.eta(), ends)),
            theorem2_reach: reach,
            noise_floor: curvature.sample.noise_floor(problem),
            lights: Lights::of(spec, oracle, distance, &curvature, &ball, reach.ok()),
            theorem1_radius: radius_of(&curvature, &ball),
            convex_ball: ball,
            curvature,
        }
    }
}

impl Forecast {
    /// What the theorem promises of the run, as far as the constants used here are its own.
    pub fn promise(&self) -> Promise {
        let in_time = self.theorem2_reach.is_ok_and(|reach| self.start_distance <= reach);
        match (self.lights.promise(), in_time) {
            (true, true) => Promise::Given,
            (true, false) => Promise::WithMoreSteps,
            (false, _) => Promise::No,
        }
    }
}

fn radius_of(curvature: &Curvature, ball: &Result<f64, NoBall>) -> Result<f64, String> {
    let ball = ball.map_err(|reason| reason.to_string())?;
    let unsettled = curvature.sample.spectrum.as_ref().err().or(curvature.population.as_ref().err());
    let reason = || unsettled.map_or_else(|| tr!("the population risk is flat at W*").to_owned(), ToString::to_string);
    curvature.epsilon1().map(|epsilon1| theorem1_radius(ball, epsilon1)).ok_or_else(reason)
}

/// A run so far, beside its forecast.
#[derive(Clone, Debug)]
pub struct Report {
    /// The run.
    pub spec: Spec,
    /// What was to be expected of it.
    pub forecast: Forecast,
    /// Where it stands.
    pub standing: Standing,
    /// √E[(g(x; W(t)) − g(x; W\*))²], the test error on infinitely many samples.
    pub test_error: f64,
    /// Digest of W(t).
    pub digest: String,
}

impl Report {
    /// Of the run of `spec` in its present state; computes the forecast, which can take longer than the run.
    pub fn of(spec: &Spec, trainer: &Trainer) -> Self {
        finish(Self::of_in_slices(spec, trainer, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn of_in_slices(spec: &Spec, trainer: &Trainer, pause: &Pause) -> Self {
        Self::with(spec, Forecast::of_trainer_in_slices(spec, trainer, pause).await, trainer)
    }

    /// Of the run of `spec` in its present state, whose forecast is known already.
    pub fn with(spec: &Spec, forecast: Forecast, trainer: &Trainer) -> Self {
        let (oracle, weights) = (&trainer.problem().oracle, trainer.weights());
        let course = Course {
            spec,
            oracle,
            kept: trainer.oracle(),
            relative_error: trainer.relative_error(),
            weights: Some(weights),
            stopped: trainer.stopped(),
            falling: is_falling(trainer, FOUND),
        };
        Self {
            spec: spec.clone(),
            standing: Standing::of(&course, forecast.rate_predicted, forecast.noise_floor).expect("it is set up"),
            test_error: expected_test_error(trainer),
            digest: digest(trainer.mask(), weights),
            forecast,
        }
    }

    /// Where the run stands, in one sentence.
    pub fn sentence(&self) -> String {
        self.standing.sentence()
    }

    /// Whether the theorem promises that it works, and whether it does, in one sentence.
    pub fn promise(&self) -> String {
        promise_sentence(Some(self.forecast.promise()), Some(&self.standing))
    }

    /// The run's link: `#v=1&…`, without a moment.
    pub fn link(&self) -> String {
        format!("#{}", Link::from(self.spec.clone()).fragment())
    }
}

/// √E[(g(x; W(t)) − g(x; W\*))²], the test error of a run in its present state on infinitely many samples.
pub fn expected_test_error(trainer: &Trainer) -> f64 {
    Population::new(trainer.mask(), &trainer.problem().oracle).test_error(trainer.weights(), trainer.oracle())
}

/// A sentence for each thing that `spec` asks for and its `supports` cannot give: the effective width, weights of a
/// wrong mask beyond those of the oracle, and a start from moments.
pub fn out_of_reach(spec: &Spec, supports: &Supports) -> Vec<String> {
    let told = [width_out_of_reach(spec, supports.reach()), no_room(supports), tensor_out_of_reach(spec, supports)];
    told.into_iter().flatten().collect()
}

fn width_out_of_reach(spec: &Spec, Reach { min, max }: Reach) -> Option<String> {
    let asked = spec.effective_width;
    // (5) rounds: equal widths that overlap give r̃ = r to 15 digits only.
    let (bound, end) = if asked > max * (1.0 + 1e-12) {
        (tr!("at most"), max)
    } else if asked < min * (1.0 - 1e-12) {
        (tr!("at least"), min)
    } else {
        return None;
    };
    let supports = match spec.overlap {
        Overlap::Shared => tr!("shared supports"),
        Overlap::Random => tr!("random supports"),
        Overlap::Disjoint => tr!("disjoint supports"),
    };
    Some(tr!(
        "The effective width {asked} is out of reach: {supports} of {neurons} neurons in {dimension} dimensions give \
         {bound} {end}, which is used.",
        asked,
        supports,
        neurons = spec.neurons,
        dimension = spec.dimension,
        bound,
        end = format_args!("{end:.2}")
    ))
}

fn no_room(supports: &Supports) -> Option<String> {
    let (asked, had) = supports.extra();
    (had < asked).then(|| {
        let (one, asked, had) = (asked == 1, grouped(asked), grouped(had));
        if one {
            tr!("The inputs have no room for {asked} extra weight: there are {had}, which are used.", asked, had)
        } else {
            tr!("The inputs have no room for {asked} extra weights: there are {had}, which are used.", asked, had)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{LearnerMask, Overlap};
    use crate::theory::State;
    use crate::training::StopReason;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_report_follows_its_run() {
        let spec = Spec { effective_width: 10.0, ..Spec::default() };
        let mut trainer = Trainer::new(&spec);
        let before = Report::of(&spec, &trainer);
        assert_eq!((before.standing.step, before.standing.stopped, before.standing.rate_measured), (0, None, None));
        assert!((before.standing.relative_error - spec.start_distance).abs() < 1e-14);
        trainer.advance(spec.max_steps);
        let after = Report::with(&spec, before.forecast.clone(), &trainer);
        assert_eq!(after.standing.stopped, Some(StopReason::Converged));
        assert!((after.forecast.effective_width - 10.0).abs() < 1e-12);
        assert_eq!(after.forecast.lights.accurate_mask.state, State::Met);
        assert_eq!(after.link(), "#v=1&r=10&seed=1&T=1200");
        assert_ne!(after.digest, before.digest);
        let (measured, predicted) = (after.standing.rate_measured.expect("long enough"), after.forecast.rate_predicted);
        assert!((measured - predicted.expect("dense")).abs() < 0.01, "{measured}");
    }

    #[test]
    fn neurons_that_share_their_only_feature_leave_the_theory_without_numbers() {
        let spec = Spec { effective_width: 1.0, noise: 0.1, max_steps: 5, ..Spec::default() };
        let forecast = Report::of(&spec, &Trainer::new(&spec)).forecast;
        assert_eq!((forecast.epsilon1, forecast.noise_floor, forecast.best_momentum), (None, None, None));
        assert_eq!((forecast.rate_predicted, forecast.lights.curvature.state), (Some(1.0), State::NotMet));
    }

    #[test]
    fn an_effective_width_beyond_what_the_supports_give_is_told() {
        let told = |spec: &Spec| out_of_reach(spec, &Supports::draw(spec));
        for width in [1.0, 40.0, 100.0] {
            assert!(told(&Spec { effective_width: width, ..Spec::default() }).is_empty());
        }
        // 20 weights a neuron, none shared: 20 · 1.2²/4 = 7.2
        let spec = Spec { overlap: Overlap::Disjoint, ..Spec::default() };
        assert_eq!(
            told(&spec),
            ["The effective width 40 is out of reach: disjoint supports of 5 neurons in 100 dimensions give at \
                 most 7.20, which is used."]
        );
        assert!(told(&Spec { effective_width: 7.0, ..spec }).is_empty());
        // Five neurons of 40 weights each in 100 dimensions: 60 at most beside them, where 80 are asked for.
        let wide = Spec { mask: LearnerMask::Wrong, extra: 2.0, ..Spec::default() };
        assert_eq!(told(&wide), ["The inputs have no room for 400 extra weights: there are 300, which are used."]);
    }
}
