//! A moment of a run, kept to return to.

use super::{Agd, StopReason};
use crate::network::Objective;

/// All of iteration t on which the steps after it depend, but for the problem.
#[derive(Clone, Debug)]
pub struct Moment {
    pub(super) step: usize,
    pub(super) objective: Objective,
    pub(super) gradient: Vec<f64>,
    pub(super) agd: Agd,
    // W at the end of the last whole pass
    pub(super) at_pass: Vec<f64>,
    pub(super) stopped: Option<StopReason>,
}

impl Moment {
    /// t.
    pub fn step(&self) -> usize {
        self.step
    }

    /// Bytes that it takes beside `before`, with which it shares what has not changed since.
    pub fn bytes_beside(&self, before: Option<&Self>) -> usize {
        let vectors = 4 * size_of_val(&self.gradient[..]);
        vectors + self.objective.bytes_beside(before.map(|before| &before.objective))
    }
}
