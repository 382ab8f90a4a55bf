//! Algorithm 1: accelerated gradient descent on the mask, its start, and when it ends.

mod agd;
mod disc;
mod start;
mod trainer;

pub use agd::Agd;
pub use disc::Disc;
pub use start::ball_start;
pub use trainer::{StopReason, Trainer};
