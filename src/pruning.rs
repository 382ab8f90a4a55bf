//! Where a mask comes from: magnitude pruning, GraSP, and iterative magnitude pruning with rewinding (sections 4.2 and 4.3 of the
//! paper). A dense network is trained, its weights are scored, those with the lowest scores are pruned over all neurons together,
//! and what is left, the ticket, is trained again.
//!
//! ```
//! use winning_ticket::pruning::{Method, Pruning, Restart, Search};
//! use winning_ticket::spec::Spec;
//!
//! let spec = Spec { neurons: 3, dimension: 20, effective_width: 5.0, samples: 300, max_steps: 300, ..Spec::default() };
//! let pruning = Pruning { method: Method::Magnitude, ratio: 0.75, rounds: 1, restart: Restart::Rewind };
//! let mut search = Search::new(&spec, pruning);
//! search.train();
//! search.prune();
//! search.train();
//! assert_eq!(search.ticket().mask().weights(), 15); // a quarter of 60
//! assert!(search.ticket().oracle().agreement().accuracy() > 0.8);
//! ```

mod asked;
mod lottery;
mod score;
mod search;
mod select;

pub use asked::{Asked, Bad, IMP};
pub use lottery::Lot;
pub use score::{GRASP_STEPS, Method, grasp_scores};
pub use search::{Pruning, Restart, Search};
pub use select::keep_largest;
