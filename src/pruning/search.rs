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
    /// Rounds at most.
    pub const MOST_ROUNDS: u32 = 100;

    /// Iterative magnitude pruning with rewinding (Frankle and Carbin 2019) to `ratio`, in as many rounds as come nearest to a
    /// fifth of the survivors a round.
    pub fn iterative(ratio: f64) -> Self {
        let rounds = round(log(1.0 - ratio) / log(1.0 - IMP_SHARE)).max(1.0);
        Self { method: Method::Magnitude, ratio, rounds: rounds as u32, restart: Restart::Rewind }
    }

    /// Whether a search can be done so: something is left, in one round or more, from a start that is not further away than any
    /// other may be.
    pub fn is_possible(&self) -> bool {
        let near = match self.restart {
            Restart::Rewind => true,
            Restart::Fresh(distance) => (0.0..=2.0).contains(&distance),
        };
        (0.0..1.0).contains(&self.ratio) && (1..=Self::MOST_ROUNDS).contains(&self.rounds) && near
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

    /// The search as it stands after `round` rounds, whose ticket has `mask`, at t = 0 of that. So the rounds of a search can be gone
    /// through one by one, each by whoever knows the mask.
    ///
    /// # Panics
    /// If the search has fewer rounds.
    pub async fn at_round_in_slices(spec: &Spec, pruning: Pruning, round: u32, mask: Mask, pause: &Pause) -> Self {
        assert!(round <= pruning.rounds, "the search has such a round");
        let mut search = Self::new_in_slices(spec, pruning, pause).await;
        if round > 0 {
            search.round = round;
            search.go_on_with(mask, pause).await;
        }
        search
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

    /// Trains the ticket only as far as its method needs before it can be pruned.
    pub async fn score_in_slices(&mut self, pause: &Pause) {
        while self.scored.is_none() {
            self.train_in_slices(1, pause).await;
        }
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
    /// If the ticket has not been trained as far as its method needs or the last round is over.
    pub fn prune(&mut self) {
        finish(self.prune_in_slices(&Pause::never()));
    }

    /// The same with pauses.
    pub async fn prune_in_slices(&mut self, pause: &Pause) {
        let mask = self.next_mask().expect("there is a further round, and the ticket has been scored");
        self.round += 1;
        self.go_on_with(mask, pause).await;
    }

    /// The mask of the next round; none before the ticket has been scored, and none in the last round.
    pub fn next_mask(&self) -> Option<Mask> {
        let scores = self.scored.as_ref().filter(|_| !self.is_last())?;
        let keep = self.pruning.left(self.round + 1, self.start.mask().weights());
        Some(keep_largest(self.ticket.mask(), scores, keep))
    }

    /// The ticket on `mask` at t = 0.
    async fn go_on_with(&mut self, mask: Mask, pause: &Pause) {
        let oracle = self.problem.oracle.projected(mask);
        self.scored = None;
        self.began = self.start_on(&oracle);
        let (problem, start) = (Arc::clone(&self.problem), self.began.clone());
        self.ticket = Trainer::with_start_in_slices(&self.spec, problem, oracle, start, pause).await;
    }

    /// W(0) of the dense network.
    pub(super) fn dense_start(&self) -> &Weights {
        &self.start
    }

    pub(super) fn spec(&self) -> &Spec {
        &self.spec
    }

    pub(super) fn problem(&self) -> &Arc<Problem> {
        &self.problem
    }

    fn start_on(&self, oracle: &Projection) -> Vec<f64> {
        match self.pruning.restart {
            Restart::Rewind => self.start.projected(oracle.mask().clone()).values().to_vec(),
            Restart::Fresh(distance) => ball_around(&self.spec, oracle, distance, Purpose::Restart),
        }
    }
}
