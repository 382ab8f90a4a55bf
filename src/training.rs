//! Algorithm 1: accelerated gradient descent on the mask, its start, and when it ends.
//!
//! ```
//! use winning_ticket::spec::{FOUND, Spec};
//! use winning_ticket::training::{StopReason, Trainer};
//!
//! let mut trainer = Trainer::new(&Spec { effective_width: 10.0, ..Spec::default() });
//! trainer.advance(1200);
//! assert_eq!(trainer.stopped(), Some(StopReason::Converged));
//! assert!(trainer.relative_error()[trainer.steps()] < FOUND);
//! ```

mod agd;
mod disc;
mod moment;
mod start;
mod trainer;

pub use agd::Agd;
pub use disc::Disc;
pub use moment::Moment;
pub use start::{StartPoint, ball_around, ball_start};
pub use trainer::{StopReason, Trainer};
