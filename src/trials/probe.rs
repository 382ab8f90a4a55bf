//! Probes of the convex region (Figure 2): a fresh problem, a start at a distance λ from its oracle, and whether
//! Algorithm 1 finds the oracle from there.

use serde::{Deserialize, Serialize};

use crate::random::{Purpose, Streams};
use crate::spec::Spec;
use crate::training::{StopReason, Trainer};

/// The farthest λ that probes start from.
pub const FARTHEST: f64 = 1.5;
/// The step cap that probes get unless another is asked for.
pub const PROBE_STEPS: usize = 3000;
/// Relative error below which a run has found the oracle.
const FOUND: f64 = 1e-4;

/// How a probe ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The relative error was below 10⁻⁴ at the end.
    Success,
    /// The run converged (or diverged) away from the oracle.
    StoppedElsewhere,
    /// The step cap came first.
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
}

/// The λ of probe `index` when probes are to cover [0, 1.5] evenly from the first on: 1.5 times the van der Corput
/// sequence in base 2, shifted by half of the finest cell.
pub fn probe_distance(index: u32) -> f64 {
    FARTHEST * (f64::from(index.reverse_bits()) + 0.5) / (1_u64 << 32) as f64
}

/// Probe `index` of `spec` from the distance `distance`: model, data and start of its own, drawn from the PROBE stream.
pub fn probe(spec: &Spec, index: u32, distance: f64) -> Probe {
    let word = Streams::new(spec.seed, spec.trial).stream(Purpose::Probe, index).word();
    let own = Spec { seed: word >> 11, trial: 0, start_distance: distance, ..spec.clone() };
    let mut trainer = Trainer::new(&own);
    trainer.advance(own.max_steps);
    let found = trainer.relative_error()[trainer.steps()] < FOUND;
    let outcome = match trainer.stopped() {
        _ if found => Outcome::Success,
        Some(StopReason::MaxSteps) | None => Outcome::StepCap,
        Some(StopReason::Converged | StopReason::Diverged) => Outcome::StoppedElsewhere,
    };
    Probe { index, distance, outcome }
}
