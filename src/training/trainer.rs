//! A run of Algorithm 1, step by step: the iteration, the relative error and risk it passes through, and its end.

use std::sync::Arc;

use libm::log;
use serde::{Deserialize, Serialize};

use super::moment::Moment;
use super::{Agd, StartPoint};
use crate::network::{Mask, Objective, Problem, Projection, draw_learner};
use crate::pause::{Pause, finish};
use crate::spec::{SETTLED, Spec};
use crate::tensor::{NoStart, TensorStart};
use crate::theory::StartDistance;

/// Relative error above which a run has diverged.
const LOST: f64 = 1e6;

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StopReason {
    /// The weights no longer change: |W(t+1) − W(t)|/|W(t)| < 1e−8; with disjoint batches, over a whole pass.
    Converged,
    /// The step cap.
    MaxSteps,
    /// A weight was not finite, or the relative error exceeded 1e6. The weights kept are the last finite ones.
    Diverged,
}

impl StopReason {
    /// As saved files spell it.
    pub fn key(self) -> &'static str {
        match self {
            StopReason::Converged => "converged",
            StopReason::MaxSteps => "max_steps",
            StopReason::Diverged => "diverged",
        }
    }
}

/// A run in progress. A copy goes on with the same bits as the original, whatever becomes of that; copies share the
/// samples.
#[derive(Clone, Debug)]
pub struct Trainer {
    problem: Arc<Problem>,
    // on the learner's mask
    oracle: Projection,
    start_distance: StartDistance,
    moments: Option<Result<TensorStart, NoStart>>,
    max_steps: usize,
    now: Moment,
    // as far as the run ever came; what follows the present step was so, and will be again
    relative_error: Vec<f64>,
    risks: Vec<f64>,
}

impl Trainer {
    /// The run of `spec` at t = 0.
    pub fn new(spec: &Spec) -> Self {
        finish(Self::new_in_slices(spec, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn new_in_slices(spec: &Spec, pause: &Pause) -> Self {
        let problem = Problem::draw_in_slices(spec, pause).await;
        let oracle = draw_learner(spec, &problem.oracle);
        let start = StartPoint::of_in_slices(spec, &problem, &oracle, pause).await;
        Self::from_point(spec, Arc::new(problem), oracle, start, pause).await
    }

    /// The run on a given problem from a given start, both on the learner's mask, which is that of `oracle`; with the step
    /// size, momentum and cap of `spec`.
    pub fn with_start(spec: &Spec, problem: impl Into<Arc<Problem>>, oracle: Projection, start: Vec<f64>) -> Self {
        finish(Self::with_start_in_slices(spec, problem.into(), oracle, start, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn with_start_in_slices(
        spec: &Spec,
        problem: Arc<Problem>,
        oracle: Projection,
        start: Vec<f64>,
        pause: &Pause,
    ) -> Self {
        let start = StartPoint::at(start, &oracle);
        Self::from_point(spec, problem, oracle, start, pause).await
    }

    async fn from_point(
        spec: &Spec,
        problem: Arc<Problem>,
        oracle: Projection,
        start: StartPoint,
        pause: &Pause,
    ) -> Self {
        let StartPoint { weights: start, distance, moments } = start;
        let mut trainer = Self {
            start_distance: distance,
            moments,
            max_steps: spec.max_steps,
            now: Moment {
                step: 0,
                objective: Objective::new(oracle.mask(), &problem.data),
                gradient: vec![0.0; start.len()],
                at_pass: start.clone(),
                agd: Agd::new(start, spec.eta(), spec.momentum),
                stopped: None,
            },
            relative_error: Vec::new(),
            risks: Vec::new(),
            oracle,
            problem,
        };
        trainer.record(pause).await;
        trainer
    }

    /// The problem it learns.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The learner's mask M.
    pub fn mask(&self) -> &Mask {
        self.oracle.mask()
    }

    /// What of the oracle that mask keeps.
    pub fn oracle(&self) -> &Projection {
        &self.oracle
    }

    /// How far from what that mask keeps of the oracle it began: λ of a start in the ball, else measured.
    pub fn start_distance(&self) -> StartDistance {
        self.start_distance
    }

    /// What the moments of the sample gave for the start; none where they were not asked.
    pub fn moments(&self) -> Option<&Result<TensorStart, NoStart>> {
        self.moments.as_ref()
    }

    /// t, the steps done.
    pub fn steps(&self) -> usize {
        self.now.step
    }

    /// The last step that the run has ever done, also where it has returned to one before.
    pub fn last_step(&self) -> usize {
        self.risks.len() - 1
    }

    /// The present moment, to which the run can return.
    pub fn moment(&self) -> &Moment {
        &self.now
    }

    /// Returns to a moment of this very run; from there it goes on with the same bits as before.
    ///
    /// # Panics
    /// If the run has not come as far as that moment.
    pub fn return_to(&mut self, moment: &Moment) {
        assert!(moment.step <= self.last_step(), "the moment is none of this run's past");
        self.now.clone_from(moment);
    }

    /// W(t) on the learner's mask.
    pub fn weights(&self) -> &[f64] {
        self.now.agd.weights()
    }

    /// |W(s) − W\*|/|W\*| for s = 0 … t.
    pub fn relative_error(&self) -> &[f64] {
        &self.relative_error[..=self.now.step]
    }

    /// f(W(s)) for s = 0 … t, over the samples that step s sees: all of them, or the part s mod B.
    pub fn risk(&self) -> &[f64] {
        &self.risks[..=self.now.step]
    }

    /// Why the run ended; none while it goes on.
    pub fn stopped(&self) -> Option<StopReason> {
        self.now.stopped
    }

    /// Steps that would still bring the relative error down to `target`, were each to shorten the error by the share by
    /// which the present gradient does: gradient descent with step η/(1 − β), to which the iteration comes down on slow
    /// directions, shortens E = W − W\* by η/(1 − β) ⟨∇f, E⟩/|E|². Infinite where the gradient does not lead towards
    /// W\*, 0 where the error is below `target`.
    pub fn steps_to(&self, target: f64) -> f64 {
        let error = self.relative_error[self.now.step];
        if error < target {
            return 0.0;
        }
        let (mut along, mut square) = (0.0, 0.0);
        for ((w, o), g) in self.weights().iter().zip(self.oracle.values()).zip(&self.now.gradient) {
            along += (w - o) * g;
            square += (w - o) * (w - o);
        }
        let share = self.now.agd.slow_step() * along / square;
        if share > 0.0 { log(error / target) / share } else { f64::INFINITY }
    }

    /// Whether the present gradient comes from the tracked quadratic, not from sums over the samples.
    pub fn is_tracked(&self) -> bool {
        self.now.objective.is_tracked()
    }

    /// Up to `steps` further steps; fewer if the run ends.
    pub fn advance(&mut self, steps: usize) {
        finish(self.advance_in_slices(steps, &Pause::never()));
    }

    /// The same with pauses. If it is not driven to its end, the run cannot be gone on with.
    pub async fn advance_in_slices(&mut self, steps: usize, pause: &Pause) {
        for _ in 0..steps {
            if self.now.stopped.is_some() {
                return;
            }
            self.step(pause).await;
        }
    }

    async fn step(&mut self, pause: &Pause) {
        if !self.now.agd.step(&self.now.gradient) {
            self.now.stopped = Some(StopReason::Diverged);
            return;
        }
        self.now.step += 1;
        self.record(pause).await;
        let now = &mut self.now;
        let pass_ends = now.step.is_multiple_of(self.problem.data.parts().len());
        if self.relative_error[now.step] > LOST {
            now.stopped = Some(StopReason::Diverged);
        } else if pass_ends && distance(now.agd.weights(), &now.at_pass) < SETTLED * norm(&now.at_pass) {
            now.stopped = Some(StopReason::Converged);
        } else if now.step == self.max_steps {
            now.stopped = Some(StopReason::MaxSteps);
        }
        if pass_ends {
            now.at_pass.copy_from_slice(now.agd.weights());
        }
    }

    /// Notes the relative error and the risk of the present W, and computes its gradient for the step that follows.
    async fn record(&mut self, pause: &Pause) {
        let (data, mask, now) = (&self.problem.data, self.oracle.mask(), &mut self.now);
        let (weights, part) = (now.agd.weights(), now.step % data.parts().len());
        let risk = now.objective.with_gradient_in_slices(data, mask, part, weights, &mut now.gradient, pause).await;
        if self.risks.len() == now.step {
            self.relative_error.push(self.oracle.relative_error(weights));
            self.risks.push(risk);
        }
        // What it costs that sums no samples: the tracked quadratic, and the iteration itself.
        pause.after((weights.len() * weights.len()) as u64).await;
    }
}

fn norm(a: &[f64]) -> f64 {
    a.iter().fold(0.0, |sum, a| sum + a * a).sqrt()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b)).sqrt()
}
