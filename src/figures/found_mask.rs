//! What Figures 7 to 9 share: tickets whose masks GraSP found, trained again from a start that knows nothing of the search.
//!
//! A dense network starts at some distance λ from W\*; the nearer, the more of the oracle's mask is found. λ is chosen for the mask's
//! accuracy alone. Were the ticket trained from M ⊙ W(0), the start would be nearer to W\* where more is pruned, and "faster when
//! pruned" would say no more than that; so it starts at the same distance for every ratio, in a fresh direction.

use super::{Cell, Preset};
use crate::language::message;
use crate::pruning::{Method, Pruning, Restart};
use crate::spec::Spec;
use crate::trials::{Round, Tried};

/// Shares of the weights that are pruned, one a series.
pub const RATIOS: [f64; 4] = [0.2, 0.4, 0.6, 0.8];
/// What the series are called.
pub const NAMES: &[&str] =
    &[message!("20 % pruned"), message!("40 % pruned"), message!("60 % pruned"), message!("80 % pruned")];
/// Distance in |W\*| from which a ticket is trained.
pub const RESTART: f64 = 0.5;

/// The setting of all: K = 5, d = 100, r = 20 of every neuron, `samples` samples.
pub fn setting(samples: usize, preset: Preset, seed: u64) -> Spec {
    let max_steps = match preset {
        Preset::Quick => 250,
        Preset::Laptop => 3000,
        Preset::Full => 10_000,
    };
    Spec { neurons: 5, dimension: 100, effective_width: 20.0, samples, max_steps, seed, ..Spec::default() }
}

/// Tickets of series `series`, whose masks are found from the distance `from`.
pub fn cell(spec: Spec, series: usize, x: f64, from: f64, restart: Restart) -> Cell {
    let ratio = RATIOS[series % RATIOS.len()];
    let pruning = Pruning { method: Method::GraspAbs, ratio, rounds: 1, restart };
    Cell { pruning: Some(pruning), ..Cell::new(Spec { start_distance: from, ..spec }, series, x, 0.0) }
}

/// The last ticket, if its mask is as accurate as the paper has it in Figures 8 and 9: from .85 to .90.
pub fn accurate(tried: &Tried) -> Option<&Round> {
    tried.rounds.last().filter(|round| (0.85..=0.90).contains(&round.mask_accuracy))
}
