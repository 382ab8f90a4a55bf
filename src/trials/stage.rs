//! One network of a search for a mask, trained by whoever knows its mask: a ticket of a round, or a lot of the lottery.

use libm::pow;
use serde::{Deserialize, Serialize};

use super::Ticket;
use crate::network::{Mask, Population, test_error_in_slices};
use crate::pause::{Pause, finish};
use crate::pruning::{Lot, Pruning, Search};
use crate::spec::Spec;
use crate::training::Trainer;

/// Fresh samples on which test errors are measured, as in the paper.
pub const TEST_SAMPLES: usize = 100_000;
/// A point of a course comes after so many times the steps of the one before.
const STRIDE: f64 = 1.06;

/// Which network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The ticket of this round; 0 is the dense network.
    Round(u32),
    /// One of the lottery, for the mask of the last round.
    Lot(Lot),
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Staged {
    /// Where it ended, in numbers.
    pub ticket: Ticket,
    /// Test error then on [`TEST_SAMPLES`] fresh samples.
    pub test_error: f64,
    /// Test error of W(0), in closed form.
    pub start_error: f64,
    /// The support of each neuron.
    pub supports: Vec<Vec<usize>>,
    /// W at the end, on that mask.
    pub weights: Vec<f64>,
    /// Steps and test error there, in closed form, ever further apart; the last is the end.
    pub course: Vec<(u32, f64)>,
    /// The supports of the next round; none in the last one, and none of a lot.
    pub next: Option<Vec<Vec<usize>>>,
}

impl Staged {
    /// Trains a network of the search of `pruning` for the problem of `spec`. Its mask has these `supports`, of a lot the mask of
    /// the last round; those of round 0 are not asked.
    ///
    /// # Panics
    /// If the search has no such round, or the supports are not of its neurons and features.
    pub fn train(spec: &Spec, pruning: Pruning, stage: Stage, supports: &[Vec<usize>]) -> Self {
        finish(Self::train_in_slices(spec, pruning, stage, supports, |_, _| {}, &Pause::never()))
    }

    /// The same with pauses; `tell` hears of the points of its course as they come.
    pub async fn train_in_slices(
        spec: &Spec,
        pruning: Pruning,
        stage: Stage,
        supports: &[Vec<usize>],
        mut tell: impl FnMut(u32, f64),
        pause: &Pause,
    ) -> Self {
        let round = if let Stage::Round(round) = stage { round } else { pruning.rounds };
        let mask = Mask::new(spec.dimension, supports);
        let mut search = Search::at_round_in_slices(spec, pruning, round, mask, pause).await;
        match stage {
            Stage::Round(_) => {
                let course = course(spec, &mut search, Search::ticket, train_round, &mut tell, pause).await;
                let next = search.next_mask().map(|mask| supports_of(&mask));
                let began = search.ticket_start().to_vec();
                let ticket = Ticket::of(&search);
                Self { next, ..Self::of(spec, ticket, search.ticket(), &began, course, pause).await }
            }
            Stage::Lot(lot) => {
                let (mut trainer, began) = search.lot_in_slices(lot, pause).await;
                let course = course(spec, &mut trainer, |trainer| trainer, train_lot, &mut tell, pause).await;
                let ticket = Ticket::of_trainer(&trainer, round, search.pruning_ratio(), &began);
                Self::of(spec, ticket, &trainer, &began, course, pause).await
            }
        }
    }

    async fn of(
        spec: &Spec,
        ticket: Ticket,
        trained: &Trainer,
        began: &[f64],
        course: Vec<(u32, f64)>,
        pause: &Pause,
    ) -> Self {
        let (mask, problem) = (trained.mask(), trained.problem());
        let weights = trained.weights();
        Self {
            ticket,
            test_error: test_error_in_slices(spec, problem, mask, weights, TEST_SAMPLES, pause).await,
            start_error: Population::new(mask, &problem.oracle).test_error(began, trained.oracle()),
            supports: supports_of(mask),
            weights: weights.to_vec(),
            course,
            next: None,
        }
    }
}

async fn train_round(search: &mut Search, steps: usize, pause: &Pause) {
    search.train_in_slices(steps, pause).await;
}

async fn train_lot(trainer: &mut Trainer, steps: usize, pause: &Pause) {
    trainer.advance_in_slices(steps, pause).await;
}

/// Trains what `trained` shows of `state` by `train` to its end; its course on the way.
async fn course<T>(
    spec: &Spec,
    state: &mut T,
    trained: impl Fn(&T) -> &Trainer,
    train: impl AsyncFn(&mut T, usize, &Pause),
    tell: &mut impl FnMut(u32, f64),
    pause: &Pause,
) -> Vec<(u32, f64)> {
    let mut course = Vec::new();
    loop {
        let trainer = trained(state);
        let error =
            Population::new(trainer.mask(), &trainer.problem().oracle).test_error(trainer.weights(), trainer.oracle());
        let step = trainer.steps();
        course.push((step as u32, error));
        if trainer.stopped().is_some() {
            return course;
        }
        tell(step as u32, error);
        let next = (pow(STRIDE, course.len() as f64) as usize).clamp(step + 1, spec.max_steps.max(step + 1));
        train(state, next - step, pause).await;
    }
}

fn supports_of(mask: &Mask) -> Vec<Vec<usize>> {
    (0..mask.neurons()).map(|j| mask.support(j).to_vec()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pruning::{Method, Restart};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn spec() -> Spec {
        Spec { neurons: 3, dimension: 20, effective_width: 5.0, samples: 80, max_steps: 300, ..Spec::default() }
    }

    #[test]
    fn rounds_one_by_one_are_the_search() {
        for pruning in [
            Pruning { rounds: 3, ..Pruning::iterative(0.7) },
            Pruning { method: Method::GraspAbs, ratio: 0.5, rounds: 2, restart: Restart::Fresh(0.5) },
            Pruning { method: Method::Untrained, ratio: 0.9, rounds: 1, restart: Restart::Rewind },
        ] {
            let mut search = Search::new(&spec(), pruning);
            let mut supports = Vec::new();
            for round in 0..=pruning.rounds {
                search.train();
                let staged = Staged::train(&spec(), pruning, Stage::Round(round), &supports);
                assert_eq!(staged.ticket, Ticket::of(&search));
                assert_eq!(staged.supports, supports_of(search.ticket().mask()));
                let (last, error) = staged.course[staged.course.len() - 1];
                assert_eq!((last as usize, error), (search.ticket().steps(), staged.ticket.test_error_expected));
                assert!((staged.test_error - error).abs() < 0.05 * error, "{} and {error}", staged.test_error);
                assert!(staged.course.is_sorted_by(|a, b| a.0 < b.0) && staged.course[0] == (0, staged.start_error));
                assert_eq!(staged.next.is_none(), search.is_last());
                if let Some(next) = staged.next {
                    search.prune();
                    supports = next;
                }
            }
            assert!(search.is_last());
        }
    }

    #[test]
    fn the_lots_share_what_they_should() {
        let pruning = Pruning { rounds: 2, ..Pruning::iterative(0.6) };
        let first = Staged::train(&spec(), pruning, Stage::Round(0), &[]);
        let second = Staged::train(&spec(), pruning, Stage::Round(1), &first.next.expect("a round"));
        let last = Staged::train(&spec(), pruning, Stage::Round(2), &second.next.expect("a round"));
        let [rewound, redrawn, random] =
            Lot::ALL.map(|lot| Staged::train(&spec(), pruning, Stage::Lot(lot), &last.supports));
        // IMP rewinds: its last ticket is the rewound lot.
        assert_eq!(rewound, last);
        assert_eq!(redrawn.supports, rewound.supports);
        assert!((redrawn.ticket.start_distance - rewound.ticket.start_distance).abs() < 1e-12);
        assert_ne!(redrawn.course[0], rewound.course[0]);
        let weights = |staged: &Staged| staged.supports.iter().map(Vec::len).sum::<usize>();
        assert_eq!(weights(&random), weights(&rewound));
        assert_ne!(random.supports, rewound.supports);
        assert!(random.ticket.mask_accuracy < rewound.ticket.mask_accuracy);
    }
}
