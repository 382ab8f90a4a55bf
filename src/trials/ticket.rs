//! What is said of a ticket that a search for a mask has trained.

use serde::{Deserialize, Serialize};

use super::{TEST_SAMPLES, digest};
use crate::link::Link;
use crate::network::{Agreement, Population, effective_width};
use crate::pruning::{Pruning, Search};
use crate::spec::fields::ByFlag;
use crate::spec::{EPOCH, Spec};
use crate::training::Trainer;

/// A round of a search in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// Rounds of pruning before it; 0 is the dense network.
    pub round: u32,
    /// 1 − Σ r_j/(K d).
    pub pruning_ratio: f64,
    /// |M\* ⊙ M|₀/|M\*|₀.
    pub mask_accuracy: f64,
    /// The weights behind it.
    pub mask_weights: Agreement,
    /// r̃ by (5).
    pub effective_width: f64,
    /// Neurons without a weight.
    pub empty_neurons: usize,
    /// |W(0) − M ⊙ W\*|/|W\*|.
    pub start_distance: f64,
    /// Steps of its training.
    pub steps: usize,
    /// Why that ended, as saved files spell it; none while it goes on.
    pub stop_reason: Option<String>,
    /// |W − W\*|/|W\*| then, over the weights of both masks.
    pub relative_error: f64,
    /// √E[(g(x; W) − g(x; W\*))²] then, in closed form.
    pub test_error_expected: f64,
    /// Digest of W then.
    pub digest: String,
}

impl Ticket {
    /// The present ticket of `search`.
    pub fn of(search: &Search) -> Self {
        Self::of_trainer(search.ticket(), search.round(), search.pruning_ratio(), search.ticket_start())
    }

    /// The run `ticket`, which began at `began`, as one of this round and ratio.
    pub fn of_trainer(ticket: &Trainer, round: u32, pruning_ratio: f64, began: &[f64]) -> Self {
        let (mask, oracle) = (ticket.mask(), ticket.oracle());
        let apart = began.iter().zip(oracle.values()).map(|(w, o)| (w - o) * (w - o)).sum::<f64>();
        let population = Population::new(mask, &ticket.problem().oracle);
        Self {
            round,
            pruning_ratio,
            mask_accuracy: oracle.agreement().accuracy(),
            mask_weights: oracle.agreement(),
            effective_width: effective_width(mask),
            empty_neurons: (0..mask.neurons()).filter(|j| mask.width(*j) == 0).count(),
            start_distance: apart.sqrt() / oracle.oracle_norm(),
            steps: ticket.steps(),
            stop_reason: ticket.stopped().map(|reason| reason.key().to_owned()),
            relative_error: ticket.relative_error()[ticket.steps()],
            test_error_expected: population.test_error(ticket.weights(), oracle),
            digest: digest(mask, ticket.weights()),
        }
    }
}

/// A round as it is saved.
#[derive(Serialize)]
struct Round<'a> {
    #[serde(flatten)]
    ticket: &'a Ticket,
    test_error: f64,
    test_samples: usize,
}

/// A search as it is saved, by the command line and by the page.
#[derive(Serialize)]
pub struct SearchRecord<'a> {
    spec: ByFlag<'a>,
    link: String,
    pruning: Pruning,
    rounds: Vec<Round<'a>>,
    version: &'static str,
    bits: u32,
}

impl<'a> SearchRecord<'a> {
    /// The search of `pruning` for the problem of `spec` with its tickets, each with its test error on fresh samples.
    pub fn new(spec: &'a Spec, pruning: Pruning, tickets: impl Iterator<Item = (&'a Ticket, f64)>) -> Self {
        let rounds = tickets.map(|(ticket, test_error)| Round { ticket, test_error, test_samples: TEST_SAMPLES });
        Self {
            spec: ByFlag(spec),
            link: format!("#{}", Link { pruning: Some(pruning), ..Link::from(spec.clone()) }.fragment()),
            pruning,
            rounds: rounds.collect(),
            version: env!("CARGO_PKG_VERSION"),
            bits: EPOCH,
        }
    }
}
