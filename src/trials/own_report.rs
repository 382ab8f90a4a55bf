//! What is said of a run on data of the reader's own, in numbers and in a sentence: by page and command line alike.

use serde::Serialize;

use super::own_data::{Began, DataOutline, OwnStart};
use super::own_forecast::OwnForecast;
use super::provenance::VERSION;
use super::{Provenance, digest};
use crate::language::{message, tr};
use crate::linear_algebra::Extremes;
use crate::network::Agreement;
use crate::notation::{after_steps, scientific};
use crate::pause::{Pause, finish};
use crate::spec::{EPOCH, Spec};
use crate::tensor::{Distance, Inputs};
use crate::theory::measured_rate;
use crate::training::{StopReason, Trainer};

/// Why nothing of the paper's theorems is said of such a run: a whole sentence, a message.
pub const NOTHING_PROMISED: &str = message!(
    "What the theorems promise supposes standard normal inputs and labels of an oracle; of own data nothing is \
     promised."
);

/// Where a run on such data comes from, in place of a link, which cannot hold them.
pub fn own_source(data: &DataOutline) -> String {
    tr!("data {digest} and no link", digest = data.digest)
}

/// Where a run on such data stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnStanding {
    /// t.
    pub steps: usize,
    /// Why it ended; none while it goes on.
    pub stopped: Option<StopReason>,
    /// f(W(0)) and f(W(t)).
    pub loss: [f64; 2],
    /// |W(t) − W\*|/|W\*|, where the oracle is known.
    pub relative_error: Option<f64>,
}

impl OwnStanding {
    /// Of the run that `trainer` trains.
    pub fn of(data: &DataOutline, trainer: &Trainer) -> Self {
        let (steps, risk) = (trainer.steps(), trainer.risk());
        Self {
            steps,
            stopped: trainer.stopped(),
            loss: [risk[0], risk[steps]],
            relative_error: data.has_oracle().then(|| trainer.relative_error()[steps]),
        }
    }

    /// The same in a sentence.
    pub fn sentence(&self) -> String {
        let [first, now] = self.loss.map(scientific);
        let told = |error| tr!(", relative error {error}", error = scientific(error));
        let error = self.relative_error.map_or(String::new(), told);
        if self.steps == 0 && self.stopped.is_none() {
            return tr!("On own data, at the start: training loss {now}{error}.", now, error);
        }
        let after = after_steps(self.steps);
        let end = match self.stopped {
            Some(StopReason::Converged) => tr!("On own data the run came to rest {after}", after),
            Some(StopReason::MaxSteps) => tr!("On own data the run reached the step cap {after}", after),
            Some(StopReason::Diverged) => tr!("On own data the run diverged {after}", after),
            None => tr!("On own data {after}", after),
        };
        tr!("{end}: training loss {now}, {first} at the start{error}.", end, now, first, error)
    }
}

/// What is said of the run in numbers. Of theory that is what holds for this sample, whatever its inputs are drawn from: what speaks
/// of a population would have to know that. What could not be had is none.
#[derive(Clone, Debug)]
pub struct OwnReport {
    /// Where it stands.
    pub standing: OwnStanding,
    /// How it began.
    pub began: OwnStart,
    /// Σ r_j of the learner's mask.
    pub weights: usize,
    /// How far that mask agrees with the oracle's.
    pub agreement: Option<Agreement>,
    /// What the curvature of the sample at W\* foretells; none where W\* is not known.
    pub forecast: Option<OwnForecast>,
    /// ν measured so far.
    pub rate_measured: Option<f64>,
    /// Digest of W(t).
    pub digest: String,
}

impl OwnReport {
    /// Of the run of `spec` that `trainer` trains on `data`.
    pub fn of(data: &DataOutline, spec: &Spec, trainer: &Trainer, began: OwnStart) -> Self {
        finish(Self::of_in_slices(data, spec, trainer, began, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn of_in_slices(
        data: &DataOutline,
        spec: &Spec,
        trainer: &Trainer,
        began: OwnStart,
        pause: &Pause,
    ) -> Self {
        let (problem, knows) = (trainer.problem(), data.has_oracle());
        let forecast = match knows {
            true => Some(OwnForecast::of_in_slices(spec, problem, trainer.oracle(), pause).await),
            false => None,
        };
        let floor = forecast.as_ref().and_then(|forecast| forecast.noise_floor);
        Self {
            standing: OwnStanding::of(data, trainer),
            began,
            weights: trainer.mask().weights(),
            agreement: knows.then(|| trainer.oracle().agreement()),
            forecast,
            rate_measured: floor.and_then(|floor| measured_rate(trainer.relative_error(), floor)),
            digest: digest(trainer.mask(), trainer.weights()),
        }
    }

    fn began(&self) -> &'static str {
        match self.began.from {
            Began::Ball => "ball",
            Began::Moments => "tensor",
            Began::Drawn => "drawn",
        }
    }

    /// The same as JSON has it; `file` is the name of the data's file.
    pub fn record<'a>(
        &'a self,
        data: &'a DataOutline,
        spec: &Spec,
        file: Option<&'a str>,
        provenance: &'a Provenance,
    ) -> OwnRecord<'a> {
        let OwnStanding { steps, stopped, loss, relative_error } = self.standing;
        OwnRecord {
            data: DataRecord {
                file,
                digest: &data.digest,
                samples: data.samples,
                dimension: data.dimension,
                neurons: spec.neurons,
                has_mask: data.has_mask(),
                has_oracle: data.has_oracle(),
                negative_labels: data.negative_labels,
            },
            status: &provenance.status,
            step_size: spec.eta(),
            momentum: spec.momentum,
            start: self.began(),
            start_distance: spec.start_distance,
            inputs: self.began.inputs.map(|Inputs { mean, covariance }| InputsRecord {
                mean: DistanceRecord::of(mean),
                covariance: DistanceRecord::of(covariance),
            }),
            seed: spec.seed,
            start_seed: spec.start_seed,
            max_steps: spec.max_steps,
            steps,
            stop_reason: stopped.map(StopReason::key),
            risk_at_start: loss[0],
            risk: loss[1],
            relative_error,
            mask_weights: self.agreement,
            label_noise: self.forecast.as_ref().map(|forecast| forecast.label_noise),
            eigenvalues_empirical: self.forecast.as_ref().and_then(|forecast| forecast.eigenvalues.ok()),
            noise_floor: self.forecast.as_ref().and_then(|forecast| forecast.noise_floor),
            best_momentum: self.forecast.as_ref().and_then(|forecast| forecast.best_momentum),
            theorem2_reach: self.forecast.as_ref().and_then(|forecast| forecast.reach.ok()),
            rate_predicted: self.forecast.as_ref().and_then(|forecast| forecast.rate_predicted),
            rate_measured: self.rate_measured,
            digest: &self.digest,
            version: VERSION,
            bits: EPOCH,
        }
    }
}

#[derive(Serialize)]
struct DataRecord<'a> {
    file: Option<&'a str>,
    digest: &'a str,
    samples: usize,
    dimension: usize,
    neurons: usize,
    has_mask: bool,
    has_oracle: bool,
    negative_labels: usize,
}

/// How far the mean of X is from 0, and its covariance from I, where their moments were asked for the start.
#[derive(Serialize)]
struct InputsRecord {
    mean: DistanceRecord,
    covariance: DistanceRecord,
}

#[derive(Serialize)]
struct DistanceRecord {
    measured: f64,
    expected_of_standard_normal: f64,
    standard_deviation: f64,
}

impl DistanceRecord {
    fn of(distance: Distance) -> Self {
        Self {
            measured: distance.measured,
            expected_of_standard_normal: distance.expected,
            standard_deviation: distance.spread(),
        }
    }
}

/// The run as JSON. What could not be had is null.
#[derive(Serialize)]
pub struct OwnRecord<'a> {
    data: DataRecord<'a>,
    status: &'a str,
    step_size: f64,
    momentum: f64,
    start: &'static str,
    start_distance: f64,
    inputs: Option<InputsRecord>,
    seed: u64,
    start_seed: u64,
    max_steps: usize,
    steps: usize,
    stop_reason: Option<&'static str>,
    risk_at_start: f64,
    risk: f64,
    relative_error: Option<f64>,
    mask_weights: Option<Agreement>,
    label_noise: Option<f64>,
    eigenvalues_empirical: Option<Extremes>,
    noise_floor: Option<f64>,
    best_momentum: Option<f64>,
    theorem2_reach: Option<f64>,
    rate_predicted: Option<f64>,
    rate_measured: Option<f64>,
    digest: &'a str,
    version: &'static str,
    bits: u32,
}
