//! A search for a mask as one trial of many: what is kept of its rounds.

use serde::{Deserialize, Serialize};

use super::{Ticket, Tried, Wanted};
use crate::network::Population;
use crate::pause::{Pause, finish};
use crate::pruning::{Pruning, Search};
use crate::spec::Spec;

/// Test errors of which is kept after how many steps a ticket is first below: Figure 8's.
pub const LEVELS: [f64; 11] = [0.20, 0.19, 0.18, 0.17, 0.16, 0.15, 0.14, 0.13, 0.12, 0.11, 0.10];

/// A ticket that was trained to its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// 1 − Σ r_j/(K d).
    pub pruning_ratio: f64,
    /// |M\* ⊙ M|₀/|M\*|₀.
    pub mask_accuracy: f64,
    /// |W(0) − M ⊙ W\*|/|W\*|.
    pub start_distance: f64,
    /// Test error of W(0), in closed form.
    pub start_error: f64,
    /// Test error at the end, in closed form.
    pub test_error: f64,
    /// Steps after which the test error was first below each of [`LEVELS`], none where it never was; of the last round only, and
    /// empty unless wanted.
    pub reached: Vec<Option<u32>>,
}

impl Round {
    /// Of the present ticket of `search`.
    fn of(search: &Search) -> Self {
        let (ticket, trained) = (Ticket::of(search), search.ticket());
        let population = Population::new(trained.mask(), &trained.problem().oracle);
        Self {
            pruning_ratio: ticket.pruning_ratio,
            mask_accuracy: ticket.mask_accuracy,
            start_distance: ticket.start_distance,
            start_error: population.test_error(search.ticket_start(), trained.oracle()),
            test_error: ticket.test_error_expected,
            reached: Vec::new(),
        }
    }
}

impl Tried {
    /// Searches a mask for the problem of `spec` and trains the last ticket to its end. Earlier ones are trained as far as the
    /// method needs, and are rounds if that is to their end.
    pub fn search(spec: &Spec, pruning: Pruning, wanted: Wanted) -> Self {
        finish(Self::search_in_slices(spec, pruning, wanted, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn search_in_slices(spec: &Spec, pruning: Pruning, wanted: Wanted, pause: &Pause) -> Self {
        let (mut search, mut rounds) = (Search::new_in_slices(spec, pruning, pause).await, Vec::new());
        while !search.is_last() {
            search.score_in_slices(pause).await;
            if search.ticket().stopped().is_some() {
                rounds.push(Round::of(&search));
            }
            search.prune_in_slices(pause).await;
        }
        let reached = if wanted.curve { reached(&mut search, pause).await } else { Vec::new() };
        search.train_in_slices(usize::MAX, pause).await;
        rounds.push(Round { reached, ..Round::of(&search) });
        // What noise leaves of the relative error is not asked: wrong masks leave more.
        Self { rounds, ..Self::of(search.ticket(), None) }
    }
}

/// Trains the ticket until it is below all of [`LEVELS`], or to its end; after how many steps its test error was first below each of [`LEVELS`].
async fn reached(search: &mut Search, pause: &Pause) -> Vec<Option<u32>> {
    let (mask, oracle) = (search.ticket().mask().clone(), search.ticket().oracle().clone());
    let model = search.ticket().problem().oracle.clone();
    let population = Population::new(&mask, &model);
    let mut reached = vec![None; LEVELS.len()];
    loop {
        let error = population.test_error(search.ticket().weights(), &oracle);
        for (first, level) in reached.iter_mut().zip(LEVELS) {
            if first.is_none() && error < level {
                *first = Some(search.ticket().steps() as u32);
            }
        }
        if search.ticket().stopped().is_some() || reached.iter().all(Option::is_some) {
            return reached;
        }
        search.train_in_slices(1, pause).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pruning::{Method, Restart};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const LEVELS_TOO: Wanted = Wanted { foretold: false, curve: true };

    fn spec() -> Spec {
        Spec { neurons: 3, dimension: 20, effective_width: 5.0, samples: 60, max_steps: 200, ..Spec::default() }
    }

    #[test]
    fn a_trial_is_the_search_round_by_round() {
        let pruning = Pruning { rounds: 3, ..Pruning::iterative(0.7) };
        let tried = Tried::search(&spec(), pruning, LEVELS_TOO);
        let mut search = Search::new(&spec(), pruning);
        for (place, round) in tried.rounds.iter().enumerate() {
            search.train();
            let mut expected = Round::of(&search);
            if !search.is_last() {
                search.prune();
            } else {
                assert_eq!(place, 3);
                expected.reached.clone_from(&round.reached);
                assert_eq!(tried, Tried { rounds: tried.rounds.clone(), ..Tried::of(search.ticket(), None) });
            }
            assert_eq!(*round, expected);
        }
        assert_eq!((tried.rounds.len(), search.is_last()), (4, true));
    }

    #[test]
    fn a_level_was_reached_where_the_test_error_first_fell_below_it() {
        let pruning = Pruning { method: Method::GraspAbs, ratio: 0.5, rounds: 1, restart: Restart::Fresh(0.5) };
        let tried = Tried::search(&spec(), pruning, LEVELS_TOO);
        // The dense network took twenty steps: no round of its own.
        let [round] = &tried.rounds[..] else { panic!("{:?}", tried.rounds) };
        assert!(round.reached.iter().any(|first| first.is_some_and(|step| step > 0)), "{round:?}");
        for (level, first) in LEVELS.iter().zip(&round.reached) {
            let mut search = Search::new(&spec(), pruning);
            finish(search.score_in_slices(&Pause::never()));
            search.prune();
            let steps = first.map_or(usize::MAX, |step| step as usize);
            for step in 0..=steps.min(200) {
                let below = Ticket::of(&search).test_error_expected < *level;
                assert_eq!(below, step == steps, "step {step} for {level}");
                finish(search.train_in_slices(1, &Pause::never()));
                if search.ticket().stopped().is_some() {
                    break;
                }
            }
        }
    }
}
