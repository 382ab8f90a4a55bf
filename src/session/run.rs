//! What is known of a run: set up at once as far as that is quick (masks, oracle, marks), then told by the workers.

use std::rc::Rc;

use crate::network::{Mask, Projection, Supports, Weights, draw_oracle, effective_width};
use crate::spec::Spec;
use crate::tensor::{NoStart, Recovered};
use crate::theory::EarlyLights;
use crate::training::StopReason;
use crate::trials::messages::Progress;
use crate::trials::{Course, DataOutline, Forecast, Known, OwnForecast, OwnStanding, OwnStart, Standing};

/// A curve of no more steps says nothing beside another.
const SHORTEST: usize = 20;

/// One run, as far as it has come.
#[derive(Debug)]
pub struct Run {
    /// By which the workers know it: another one for each start.
    pub number: u32,
    /// What defines it.
    pub spec: Spec,
    /// Whether the training worker has still to be told of it.
    pub start_wanted: bool,
    /// Whether a worker has still to be asked for its forecast.
    pub forecast_wanted: bool,
    /// Whether the training worker has still to be asked for what the curvature of own data foretells.
    pub curvature_wanted: bool,
    /// What its masks are cut from.
    pub supports: Supports,
    /// W\*, on the oracle's mask.
    pub oracle: Weights,
    /// What the learner's mask keeps of it.
    pub kept: Projection,
    /// r̃ by (5) of the learner's mask, as it was really drawn.
    pub effective_width: f64,
    /// What is known of the data, where they are the reader's own.
    pub own: Option<Rc<DataOutline>>,
    /// What is drawn over the iterations: the relative error, or the training loss where W\* is not known
    /// ([`Self::knows_oracle`]). From t = 0 to the last step that was ever made; empty until the training worker has set the
    /// run up.
    pub curve: Vec<f64>,
    /// The path in the disc, a place for each of these; empty where W\* is not known.
    pub path: Vec<(f64, f64)>,
    /// t, at which it stands.
    pub at: usize,
    /// Milliseconds that its steps took to the last one, each the first time.
    pub took: f64,
    /// W(t) on the learner's mask.
    pub weights: Option<Vec<f64>>,
    /// f(W(0)) and f(W(t)) of a run on own data.
    pub loss: Option<[f64; 2]>,
    /// Digest of W(t).
    pub digest: String,
    /// Why it ended, where it stands at its end.
    pub stopped: Option<StopReason>,
    /// Why it ended, also where the reader has gone back since.
    pub end: Option<StopReason>,
    /// Whether it is on its way to the oracle, by its gradient.
    pub falling: bool,
    /// What the moments of the sample gave for the start; none where they were not asked, or before it is set up.
    pub moments: Option<Result<Recovered, NoStart>>,
    /// How a run on own data began; none before it is set up.
    pub began: Option<OwnStart>,
    /// Lights that are known before the whole forecast is.
    pub early: EarlyLights,
    /// What theory and curvature say, once a worker has computed it.
    pub forecast: Option<Forecast>,
    /// What the curvature of own data at W\* foretells, once the training worker has computed it.
    pub own_forecast: Option<OwnForecast>,
    /// What the marks on the tracks need to know of it.
    pub known: Known,
}

impl Run {
    /// The run of `spec` under this number, before any worker has answered.
    pub fn new(number: u32, spec: Spec) -> Self {
        let supports = Supports::draw(&spec);
        let oracle = draw_oracle(&spec, supports.mask());
        let kept = oracle.projected(supports.learner_mask());
        Self::of(number, spec, supports, oracle, kept)
    }

    /// The run of `spec` on data of the reader's own, of which no theory is asked.
    pub fn on_data(number: u32, spec: Spec, data: Rc<DataOutline>) -> Self {
        let (oracle, kept) = data.learner(&spec, true);
        let supports = Supports::draw(&spec);
        let mut run = Self::of(number, spec, supports, oracle, kept);
        run.known = run.known.on_own_data(run.effective_width);
        let curvature_wanted = data.has_oracle();
        Self { forecast_wanted: false, curvature_wanted, own: Some(data), ..run }
    }

    /// The run of `spec` on data as this one has them.
    pub fn again(&self, number: u32, spec: Spec) -> Self {
        match &self.own {
            None => Self::new(number, spec),
            Some(data) => Self::on_data(number, spec, data.clone()),
        }
    }

    fn of(number: u32, spec: Spec, supports: Supports, oracle: Weights, kept: Projection) -> Self {
        Self {
            number,
            start_wanted: true,
            forecast_wanted: true,
            curvature_wanted: false,
            own: None,
            curve: Vec::new(),
            path: Vec::new(),
            at: 0,
            took: 0.0,
            weights: None,
            loss: None,
            digest: String::new(),
            stopped: None,
            end: None,
            falling: false,
            moments: None,
            began: None,
            early: EarlyLights::default(),
            forecast: None,
            own_forecast: None,
            known: Known::of(&spec, &supports, &kept, effective_width(oracle.mask())),
            effective_width: effective_width(kept.mask()),
            supports,
            spec,
            oracle,
            kept,
        }
    }

    /// The learner's mask.
    pub fn mask(&self) -> &Mask {
        self.kept.mask()
    }

    /// t, or none before the run is set up.
    pub fn step(&self) -> Option<usize> {
        (!self.curve.is_empty()).then_some(self.at)
    }

    /// The last step that was ever made, also where the reader has gone back since; 0 before the run is set up.
    pub fn last_step(&self) -> usize {
        self.curve.len().saturating_sub(1)
    }

    /// The curve up to t; empty before the run is set up.
    pub fn so_far(&self) -> &[f64] {
        &self.curve[..self.step().map_or(0, |step| step + 1)]
    }

    /// t and the value of the curve there, or none before the run is set up.
    pub fn moment(&self) -> Option<(usize, f64)> {
        self.step().map(|step| (step, self.curve[step]))
    }

    /// Whether its curve says something beside another: it has gone some way, and did not diverge, which would take the
    /// whole scale.
    pub fn can_be_compared(&self) -> bool {
        self.curve.len() > SHORTEST && self.end != Some(StopReason::Diverged)
    }

    /// Takes in what a worker did.
    pub fn take(&mut self, progress: Progress) {
        if progress.from == 0 {
            (self.moments, self.began) = (progress.moments, progress.began.map(|began| *began));
        }
        // What it has passed before has the same bits again.
        let from = progress.from as usize;
        self.at = from + progress.curve.len() - 1;
        let known = self.curve.len().saturating_sub(from);
        if known == 0 {
            self.took += progress.took;
        }
        self.curve.extend(progress.curve.into_iter().skip(known));
        self.path.extend(progress.path.into_iter().skip(known));
        self.weights = Some(progress.weights);
        self.loss = progress.loss;
        self.digest = progress.digest;
        self.stopped = progress.stopped;
        self.end = self.end.or(progress.stopped);
        self.falling = progress.falling;
    }

    /// Multiply-adds of one of its steps: forth and back through each weight for each sample of the step, 2 (N/B) Σ r_j.
    pub fn work_a_step(&self) -> f64 {
        2.0 * self.spec.samples as f64 / self.spec.parts() as f64 * self.mask().weights() as f64
    }

    /// Takes in lights that are known already.
    pub fn foresee_lights(&mut self, lights: EarlyLights) {
        let EarlyLights { curvature, start, samples } = lights;
        let early = &mut self.early;
        early.curvature = curvature.or(early.curvature.take());
        early.start = start.or(early.start.take());
        early.samples = samples.or(early.samples.take());
    }

    /// Takes in what theory and curvature say.
    pub fn foresee(&mut self, forecast: Forecast) {
        self.known.foresee(&self.spec, &forecast);
        self.forecast = Some(forecast);
    }

    /// The relative error at which noise keeps the learner; none where it is not known.
    pub fn noise_floor(&self) -> Option<f64> {
        if self.own.is_some() || !self.kept.agreement().is_accurate() {
            return None;
        }
        if self.spec.noise == 0.0 { Some(0.0) } else { self.forecast.as_ref()?.noise_floor }
    }

    /// ν predicted by the curvature at W\*.
    pub fn rate_predicted(&self) -> Option<f64> {
        match &self.own {
            None => self.forecast.as_ref()?.rate_predicted,
            Some(_) => self.own_forecast.as_ref()?.rate_predicted,
        }
    }

    /// Whether W\* is known: on drawn data, and where a file has it.
    pub fn knows_oracle(&self) -> bool {
        self.own.as_ref().is_none_or(|data| data.has_oracle())
    }

    /// Where a run on own data stands; none of another, and before it is set up.
    pub fn own_standing(&self) -> Option<OwnStanding> {
        let (steps, now) = self.moment()?;
        let relative_error = self.knows_oracle().then_some(now);
        Some(OwnStanding { steps, stopped: self.stopped, loss: self.loss?, relative_error })
    }

    /// Where it stands; none before it is set up, and on own data, of which the theory says nothing.
    pub fn standing(&self) -> Option<Standing> {
        if self.own.is_some() {
            return None;
        }
        let course = Course {
            spec: &self.spec,
            oracle: &self.oracle,
            kept: &self.kept,
            relative_error: self.so_far(),
            weights: self.weights.as_deref(),
            stopped: self.stopped,
            falling: self.falling,
        };
        Standing::of(&course, self.rate_predicted(), self.noise_floor())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_run_is_compared_once_it_has_gone_some_way_and_never_where_it_diverged() {
        let ran = |steps: usize, end| Run { curve: vec![0.5; steps], end, ..Run::new(0, Spec::default()) };
        let compared = |steps, end| ran(steps, end).can_be_compared();
        assert_eq!([0, SHORTEST, SHORTEST + 1].map(|steps| compared(steps, None)), [false, false, true]);
        assert!(compared(400, Some(StopReason::MaxSteps)) && !compared(400, Some(StopReason::Diverged)));
    }
}
