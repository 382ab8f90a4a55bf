//! The rounds of a search for a mask.

use std::sync::Arc;

use libm::{log, pow, round};
use serde::{Deserialize, Serialize};

use super::{Method, keep_largest};
use crate::network::{Mask, Problem, Projection, Weights};
use crate::pause::{Pause, finish};
use crate::random::Purpose;
use crate::spec::Spec;
use crate::training::{Trainer, ball_around, ball_start};

/// Share of the survivors that a round of iterative magnitude pruning takes.
const IMP_SHARE: f64 = 0.2;

/// From where a ticket is trained.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restart {
    /// From M ⊙ W(0), what the mask keeps of the dense network's start (Frankle and Carbin 2019).
    Rewind,
    /// From another direction at this distance from M ⊙ W\*, in |W\*|: the same distance at every ratio, and nothing of the
    /// search is in it but the mask.
    Fresh(f64),
}

/// How a mask is sought.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pruning {
    /// How weights are ranked.
    pub method: Method,
    /// 1 − Σ r_j/(K d) at the end, from 0 to below 1.
    pub ratio: f64,
    /// In how many rounds, each of which prunes the same share of the weights that are left.
    pub rounds: u32,
    /// From where the tickets are trained.
    pub restart: Restart,
}

impl Pruning {
    /// Iterative magnitude pruning with rewinding (Frankle and Carbin 2019) to `ratio`, in as many rounds as come nearest to a
    /// fifth of the survivors a round.
    pub fn iterative(ratio: f64) -> Self {
        let rounds = round(log(1.0 - ratio) / log(1.0 - IMP_SHARE)).max(1.0);
        Self { method: Method::Magnitude, ratio, rounds: rounds as u32, restart: Restart::Rewind }
    }

    /// Weights that are left `after` so many rounds of `all`, at least one.
    pub fn left(&self, after: u32, all: usize) -> usize {
        let share = pow(1.0 - self.ratio, f64::from(after) / f64::from(self.rounds));
        (round(share * all as f64) as usize).clamp(1, all)
    }
}

/// A search as it goes on: in turns a ticket is trained and pruned. The first one is the dense network.
#[derive(Clone, Debug)]
pub struct Search {
    spec: Spec,
    pruning: Pruning,
    problem: Arc<Problem>,
    // W(0) of the dense network
    start: Weights,
    ticket: Trainer,
    // where that began
    began: Vec<f64>,
    round: u32,
    // the scores of its weights, as soon as its training has come to the step at which the method takes them
    scored: Option<Vec<f64>>,
}

impl Search {
    /// The dense network of `spec` at t = 0, in round 0. The pattern and width of the supports in `spec` are the oracle's; what it
    /// says of the learner's mask, and of a start from moments, is not used.
    pub fn new(spec: &Spec, pruning: Pruning) -> Self {
        finish(Self::new_in_slices(spec, pruning, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn new_in_slices(spec: &Spec, pruning: Pruning, pause: &Pause) -> Self {
        let dense = Mask::new(spec.dimension, &vec![(0..spec.dimension).collect::<Vec<_>>(); spec.neurons]);
        let problem = Arc::new(Problem::draw_for_in_slices(spec, &dense, pause).await);
        let oracle = problem.oracle.projected(dense.clone());
        let start = ball_start(spec, &oracle);
        let ticket = Trainer::with_start_in_slices(spec, Arc::clone(&problem), oracle, start.clone(), pause).await;
        Self {
            spec: spec.clone(),
            pruning,
            problem,
            began: start.clone(),
            start: Weights::new(dense, start),
            ticket,
            round: 0,
            scored: None,
        }
    }

    /// The ticket of this round.
    pub fn ticket(&self) -> &Trainer {
        &self.ticket
    }

    /// W(0) of this ticket, on its mask.
    pub fn ticket_start(&self) -> &[f64] {
        &self.began
    }

    /// Rounds of pruning so far.
    pub fn round(&self) -> u32 {
        self.round
    }

    /// Whether the last round's ticket is there.
    pub fn is_last(&self) -> bool {
        self.round == self.pruning.rounds
    }

    /// 1 − Σ r_j/(K d) of the present ticket.
    pub fn pruning_ratio(&self) -> f64 {
        1.0 - self.ticket.mask().weights() as f64 / self.start.mask().weights() as f64
    }

    /// Trains the ticket to its end.
    pub fn train(&mut self) {
        finish(self.train_in_slices(usize::MAX, &Pause::never()));
    }

    /// Up to `steps` further steps of that, with pauses.
    pub async fn train_in_slices(&mut self, steps: usize, pause: &Pause) {
        for _ in 0..steps {
            if self.ticket.stopped().is_some() {
                break;
            }
            self.score_where_due();
            self.ticket.advance_in_slices(1, pause).await;
        }
        self.score_where_due();
    }

    /// Keeps the scores of a ticket that has come to the step at which its method takes them.
    fn score_where_due(&mut self) {
        let due = self.pruning.method.steps().is_some_and(|steps| self.ticket.steps() == steps);
        if self.scored.is_none() && (due || self.ticket.stopped().is_some()) {
            self.scored = Some(self.scores());
        }
    }

    fn scores(&self) -> Vec<f64> {
        self.pruning.method.scores(self.ticket.mask(), &self.problem.data, self.ticket.weights())
    }

    /// Prunes the ticket and starts the one of the next round, at t = 0.
    ///
    /// # Panics
    /// If the ticket has not been trained to its end or the last round is over.
    pub fn prune(&mut self) {
        finish(self.prune_in_slices(&Pause::never()));
    }

    /// The same with pauses.
    pub async fn prune_in_slices(&mut self, pause: &Pause) {
        assert!(!self.is_last(), "there is a further round");
        let scores = self.scored.take().expect("the ticket has been trained");
        self.round += 1;
        let keep = self.pruning.left(self.round, self.start.mask().weights());
        let oracle = self.problem.oracle.projected(keep_largest(self.ticket.mask(), &scores, keep));
        self.began = self.start_on(&oracle);
        let (problem, start) = (Arc::clone(&self.problem), self.began.clone());
        self.ticket = Trainer::with_start_in_slices(&self.spec, problem, oracle, start, pause).await;
    }

    fn start_on(&self, oracle: &Projection) -> Vec<f64> {
        match self.pruning.restart {
            Restart::Rewind => self.start.projected(oracle.mask().clone()).values().to_vec(),
            Restart::Fresh(distance) => ball_around(&self.spec, oracle, distance, Purpose::Restart),
        }
    }
}
