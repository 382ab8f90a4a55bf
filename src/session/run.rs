//! What is known of a run: set up at once as far as that is quick (mask, oracle, marks), then told by the workers.

use crate::network::{Mask, Supports, draw_oracle, effective_width};
use crate::spec::Spec;
use crate::theory::measured_rate;
use crate::training::StopReason;
use crate::trials::protocol::Progress;
use crate::trials::{Forecast, Known, Standing};

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
    /// What its masks are cut from.
    pub supports: Supports,
    /// The learner's mask, and the oracle's.
    pub mask: Mask,
    /// W\* on the mask.
    pub oracle: Vec<f64>,
    /// r̃ by (5) of the mask really drawn.
    pub effective_width: f64,
    /// e_0 … e_t; empty until the training worker has set the run up.
    pub relative_error: Vec<f64>,
    /// The path in the disc, a place for each of these.
    pub path: Vec<(f64, f64)>,
    /// W(t) on the mask.
    pub weights: Option<Vec<f64>>,
    /// Digest of W(t).
    pub digest: String,
    /// Why it ended.
    pub stopped: Option<StopReason>,
    /// Whether it is on its way to the oracle, by its gradient.
    pub falling: bool,
    /// What theory and curvature say, once a worker has computed it.
    pub forecast: Option<Forecast>,
    /// What the marks on the tracks need to know of it.
    pub known: Known,
}

impl Run {
    /// The run of `spec` under this number, before any worker has answered.
    pub fn new(number: u32, spec: Spec) -> Self {
        let supports = Supports::draw(&spec);
        let mask = supports.mask();
        let oracle = draw_oracle(&spec, mask.clone()).values().to_vec();
        let effective_width = effective_width(&mask);
        Self {
            number,
            start_wanted: true,
            forecast_wanted: true,
            relative_error: Vec::new(),
            path: Vec::new(),
            weights: None,
            digest: String::new(),
            stopped: None,
            falling: false,
            forecast: None,
            known: Known::of(&spec, &supports, &mask),
            supports,
            spec,
            mask,
            oracle,
            effective_width,
        }
    }

    /// t, or none before the run is set up.
    pub fn step(&self) -> Option<usize> {
        self.relative_error.len().checked_sub(1)
    }

    /// t and its relative error, or none before the run is set up.
    pub fn moment(&self) -> Option<(usize, f64)> {
        self.step().map(|step| (step, self.relative_error[step]))
    }

    /// Takes in what a worker did.
    pub fn take(&mut self, progress: Progress) {
        self.relative_error.truncate(progress.from as usize);
        self.relative_error.extend(progress.relative_error);
        self.path.truncate(progress.from as usize);
        self.path.extend(progress.path);
        self.weights = Some(progress.weights);
        self.digest = progress.digest;
        self.stopped = progress.stopped;
        self.falling = progress.falling;
    }

    /// Takes in what theory and curvature say.
    pub fn foresee(&mut self, forecast: Forecast) {
        self.known.foresee(&self.spec, &forecast);
        self.forecast = Some(forecast);
    }

    /// The relative error at which noise keeps the learner; none where it is not known.
    pub fn noise_floor(&self) -> Option<f64> {
        if self.spec.noise == 0.0 { Some(0.0) } else { self.forecast.as_ref()?.noise_floor }
    }

    /// ν predicted by the curvature at W\*.
    pub fn rate_predicted(&self) -> Option<f64> {
        self.forecast.as_ref()?.rate_predicted
    }

    /// Where it stands; none before it is set up.
    pub fn standing(&self) -> Option<Standing> {
        let step = self.step()?;
        Some(Standing {
            step,
            relative_error: self.relative_error[step],
            rate_measured: self.noise_floor().and_then(|floor| measured_rate(&self.relative_error, floor)),
            rate_predicted: self.rate_predicted(),
            noise_floor: self.noise_floor(),
            samples: self.spec.samples,
            weights: self.mask.weights(),
            stopped: self.stopped,
            falling: self.falling,
            twins: self.mask.twins(&self.oracle),
            pass: Some(self.spec.parts()).filter(|parts| *parts > 1),
        })
    }
}
