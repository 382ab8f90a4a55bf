//! What is said of a ticket that a search for a mask has trained.

use serde::{Deserialize, Serialize};

use super::digest;
use crate::network::{Agreement, Population, effective_width};
use crate::pruning::Search;

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
        let ticket = search.ticket();
        let (mask, oracle) = (ticket.mask(), ticket.oracle());
        let apart = search.ticket_start().iter().zip(oracle.values()).map(|(w, o)| (w - o) * (w - o)).sum::<f64>();
        let population = Population::new(mask, &ticket.problem().oracle);
        Self {
            round: search.round(),
            pruning_ratio: search.pruning_ratio(),
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
