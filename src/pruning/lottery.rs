//! The experiment that gave the lottery ticket hypothesis its name (Frankle and Carbin 2019): the ticket that was found against what
//! has the same mask and another start, and what has the same start and another mask.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Search;
use crate::language::tr;
use crate::network::{Mask, Projection};
use crate::pause::Pause;
use crate::random::{Purpose, Streams};
use crate::training::{Trainer, ball_around};

/// Which of the three is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lot {
    /// The ticket from M ⊙ W(0).
    Rewound,
    /// Its mask from another direction, as far from M ⊙ W\* as the rewound ticket begins.
    Redrawn,
    /// As many weights at random, over all neurons together, from what that mask keeps of W(0).
    RandomMask,
}

impl Lot {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Rewound, Self::Redrawn, Self::RandomMask];

    /// What its curve is called.
    pub fn name(self) -> &'static str {
        match self {
            Lot::Rewound => tr!("rewound"),
            Lot::Redrawn => tr!("re-drawn start"),
            Lot::RandomMask => tr!("random mask"),
        }
    }
}

impl Search {
    /// The run of a lot for the ticket of this round, at t = 0, with its W(0).
    pub async fn lot_in_slices(&self, lot: Lot, pause: &Pause) -> (Trainer, Vec<f64>) {
        let (spec, problem) = (self.spec(), self.problem());
        let oracle = match lot {
            Lot::Rewound | Lot::Redrawn => self.ticket().oracle().clone(),
            Lot::RandomMask => problem.oracle.projected(self.random_mask()),
        };
        let rewound = self.dense_start().projected(oracle.mask().clone()).values().to_vec();
        let start = match lot {
            Lot::Rewound | Lot::RandomMask => rewound,
            Lot::Redrawn => ball_around(spec, &oracle, distance(&rewound, &oracle), Purpose::Restart),
        };
        (Trainer::with_start_in_slices(spec, Arc::clone(problem), oracle, start.clone(), pause).await, start)
    }

    /// As many weights as the ticket has, drawn without replacement from all.
    fn random_mask(&self) -> Mask {
        let dense = self.dense_start().mask();
        let mut stream = Streams::new(self.spec().seed, self.spec().trial).stream(Purpose::RandomMask, 0);
        let mut kept = vec![false; dense.weights()];
        let weights = self.ticket().mask().weights();
        stream.permutation(dense.weights()).into_iter().take(weights).for_each(|place| kept[place] = true);
        let support = |j: usize| dense.range(j).filter(|i| kept[*i]).map(|i| dense.features()[i]).collect();
        Mask::new(dense.dimension(), &(0..dense.neurons()).map(support).collect::<Vec<_>>())
    }
}

/// |W(0) − M ⊙ W\*|/|W\*|.
fn distance(start: &[f64], oracle: &Projection) -> f64 {
    let square = start.iter().zip(oracle.values()).fold(0.0, |sum, (w, o)| sum + (w - o) * (w - o));
    square.sqrt() / oracle.oracle_norm()
}
