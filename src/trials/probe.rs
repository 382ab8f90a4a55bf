//! Probes of the convex region (Figure 2): a fresh problem, a start at a distance λ from its oracle, and whether
//! Algorithm 1 finds the oracle from there within the Spec's own T steps.

use serde::{Deserialize, Serialize};

use super::{FIRST_ORDER, Plan, Trial};
use crate::language::tr;
use crate::link::as_text;
use crate::network::Problem;
use crate::notation::after_steps;
use crate::pause::{Pause, finish};
use crate::random::{Purpose, Streams};
use crate::spec::{Batches, FOUND, Spec, Start};
use crate::statistics::quartiles;
use crate::theory::{NoReach, NoSpectrum, SampleCurvature, Schedule, reach};
use crate::training::{StopReason, Trainer};

/// The farthest λ that probes start from.
pub const FARTHEST: f64 = 1.5;
/// The first probes, for whose problems Theorem 2's reach is computed too: enough for quartiles.
const PROBES_WITH_REACH: u32 = 24;
/// A run was still falling when it was stopped if at its present pace, which the gradient tells, so many further steps
/// would bring it to its target. A false minimum would take a hundred times as many.
const STILL_FALLING: f64 = 1e6;

/// Share by which an error wanders at the noise floor: less is no fall.
const BY_CHANCE: f64 = 1e-3;

/// How a probe ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The relative error was below the target at the end.
    Success,
    /// The run converged (or diverged) away from the oracle.
    StoppedElsewhere,
    /// The step cap came first, or the stopping rule while the run was still falling.
    StepCap,
}

impl Outcome {
    /// As saved files spell it.
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Success => "success",
            Outcome::StoppedElsewhere => "stopped_elsewhere",
            Outcome::StepCap => "step_cap",
        }
    }

    /// Of a run that has ended; `target` is the relative error that counts as success.
    pub fn of(trainer: &Trainer, target: f64) -> Self {
        match trainer.stopped() {
            _ if trainer.relative_error()[trainer.steps()] < target => Outcome::Success,
            Some(StopReason::MaxSteps) | None => Outcome::StepCap,
            Some(StopReason::Converged) if is_falling(trainer, target) => Outcome::StepCap,
            Some(StopReason::Converged | StopReason::Diverged) => Outcome::StoppedElsewhere,
        }
    }
}

/// Whether a run that is not at `target` is on its way there: by its gradient, and nearer than halfway through the run,
/// which one that swings from too large a step is not.
pub fn is_falling(trainer: &Trainer, target: f64) -> bool {
    let (errors, steps) = (trainer.relative_error(), trainer.steps());
    if trainer.oracle().least_error() >= target {
        return false;
    }
    let nearer = steps == 0 || errors[steps] < (1.0 - BY_CHANCE) * errors[steps / 2];
    let to_go = trainer.steps_to(target);
    nearer && to_go > 0.0 && to_go <= STILL_FALLING && trainer.stopped() != Some(StopReason::Diverged)
}

/// One finished probe.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// Its number.
    pub index: u32,
    /// Its distance λ from W\*, in units of |W\*|.
    pub distance: f64,
    /// How it ended.
    pub outcome: Outcome,
    /// Steps until the relative error was below the target for the first time; of other outcomes, all steps.
    pub steps: u32,
    /// Whether it was still falling when it was stopped.
    pub falling: bool,
    /// Theorem 2's reach for its own problem; computed for the first 24 probes, where there is one, unless all have the same problem.
    pub reach: Option<f64>,
}

impl Probe {
    /// How it ended, in words.
    pub fn words(&self) -> String {
        let after = after_steps(self.steps as usize);
        match self.outcome {
            Outcome::Success => tr!("success {after}", after),
            Outcome::StepCap if self.falling => tr!("still falling {after}", after),
            Outcome::StepCap => tr!("step cap {after}", after),
            Outcome::StoppedElsewhere => tr!("stopped elsewhere or diverged {after}", after),
        }
    }
}

/// A cell of probes of one Spec: all from one distance, or from distances that cover [0, 1.5].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probing {
    #[serde(with = "as_text")]
    spec: Spec,
    distance: Option<f64>,
}

impl Probing {
    /// `count` probes of `spec` from each of `distances`; without any, `count` that cover [0, 1.5].
    pub fn plan(spec: &Spec, distances: Option<&[f64]>, count: u32) -> Plan<Self> {
        // Probes have starts of their own: plans that differ in the start only are the same.
        let spec = Spec { start_distance: Spec::default().start_distance, start: Start::Ball, ..spec.clone() };
        let cell = |distance| Self { spec: spec.clone(), distance };
        let cells = match distances {
            Some(distances) => distances.iter().map(|distance| cell(Some(*distance))).collect(),
            None => vec![cell(None)],
        };
        Plan::new("probes of the convex region", cells, count)
    }

    /// What is probed; its λ means nothing.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// Runs one of its trials.
    pub fn run(trial: Trial<Self>) -> Probe {
        let Self { spec, distance } = trial.cell;
        probe(spec, trial.number, distance.unwrap_or_else(|| probe_distance(trial.index)))
    }
}

/// The λ of probe `index` when probes are to cover [0, 1.5] evenly from the first on: 1.5 times the van der Corput
/// sequence in base 2, shifted by half of the finest cell.
pub fn probe_distance(index: u32) -> f64 {
    FARTHEST * (f64::from(index.reverse_bits()) + 0.5) / (1_u64 << 32) as f64
}

/// The run that probe `index` of `spec` from the distance `distance` is: model, data and start of its own, drawn from
/// the PROBE stream; the start in the ball, wherever that of `spec` is. What is painted lies over the masks of `spec` itself, and
/// would be another painting over others: such a probe has a start of its own only.
pub fn probe_spec(spec: &Spec, index: u32, distance: f64) -> Spec {
    let word = Streams::new(spec.seed, spec.trial).stream(Purpose::Probe, index).word();
    if !spec.painted.is_empty() {
        let start_seed = (word >> 11).max(1);
        return Spec { start_seed, start_distance: distance, start: Start::Ball, ..spec.clone() };
    }
    Spec { seed: word >> 11, trial: 0, start_distance: distance, start: Start::Ball, ..spec.clone() }
}

/// Runs probe `index` of `spec` from the distance `distance`.
pub fn probe(spec: &Spec, index: u32, distance: f64) -> Probe {
    finish(probe_in_slices(spec, index, distance, &Pause::never()))
}

/// The same with pauses.
pub async fn probe_in_slices(spec: &Spec, index: u32, distance: f64, pause: &Pause) -> Probe {
    let own = probe_spec(spec, index, distance);
    let mut trainer = Trainer::new_in_slices(&own, pause).await;
    // With noise, success is measured by the problem's own floor.
    let wanted = own.noise > 0.0 || index < PROBES_WITH_REACH;
    let curvature = if wanted {
        Some(SampleCurvature::of_in_slices(trainer.problem(), trainer.oracle(), pause).await)
    } else {
        None
    };
    let target = target(curvature.as_ref().and_then(|curvature| curvature.noise_floor(trainer.problem())));
    let reach = curvature
        .filter(|_| index < PROBES_WITH_REACH && own.painted.is_empty())
        .and_then(|curvature| reach_of(&own, trainer.problem(), &curvature).ok());
    trainer.advance_in_slices(own.max_steps, pause).await;
    let outcome = Outcome::of(&trainer, target);
    let found_at = trainer.relative_error().iter().position(|error| *error < target);
    let steps = found_at.filter(|_| outcome == Outcome::Success).unwrap_or(trainer.steps()) as u32;
    Probe { index, distance, outcome, steps, falling: is_falling(&trainer, target), reach }
}

/// The relative error that counts as success: 10⁻⁴, or twice the noise floor where that is more. A floor beyond first
/// order is none: what noise drowns is not found.
pub fn target(noise_floor: Option<f64>) -> f64 {
    noise_floor.filter(|floor| *floor < FIRST_ORDER).map_or(FOUND, |floor| FOUND.max(2.0 * floor))
}

/// Theorem 2's reach for `problem`, which was drawn for `spec`.
///
/// # Errors
/// Why there is none.
pub fn reach_of(spec: &Spec, problem: &Problem, curvature: &SampleCurvature) -> Result<f64, NoReach> {
    let floor = curvature.noise_floor(problem);
    let spectrum = match &curvature.spectrum {
        Err(NoSpectrum::MissedWeights) => return Err(NoReach::MissedWeights),
        _ if spec.batches == Batches::Disjoint => return Err(NoReach::DisjointBatches),
        Err(NoSpectrum::NotSettled(_)) => return Err(NoReach::NotSettled),
        Ok(spectrum) => spectrum,
    };
    if floor.is_some_and(|floor| floor >= FIRST_ORDER) {
        return Err(NoReach::Drowned);
    }
    if floor.is_none() && spectrum.ends().min > 0.0 {
        return Err(NoReach::UnknownFloor);
    }
    Ok(reach(&Schedule::from(spec), spectrum, target(floor)))
}

/// Lower quartile, median and upper quartile of Theorem 2's reach over the problems for which it was computed; none where
/// that is fewer than four.
pub fn reach_quartiles(probes: &[Probe]) -> Option<[f64; 3]> {
    let reaches: Vec<f64> = probes.iter().filter_map(|probe| probe.reach).collect();
    quartiles(&reaches).filter(|_| reaches.len() >= 4)
}
