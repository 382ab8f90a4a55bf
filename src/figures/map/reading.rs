//! What the trials of a cell say: a share of successes, or a mean, with their interval.

use serde::{Deserialize, Serialize};

use super::Cell;
use crate::link::Link;
use crate::statistics::{Mean, share};
use crate::trials::{Measure, Measured, Outcome, joint_digest};

/// The colour of a cell and what is behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Along the first axis.
    pub x: f64,
    /// Along the second.
    pub y: f64,
    /// Of success the share, of all else the mean of those trials that have a number; none where none has.
    pub value: Option<f64>,
    /// Of success the lower end of its 95 % Wilson interval, of all else the mean less a standard deviation.
    pub low: Option<f64>,
    /// The upper end of that.
    pub high: Option<f64>,
    /// Trials that have a number.
    pub n: usize,
    /// Trials that found the oracle; none where they were not trained.
    pub successes: Option<usize>,
    /// The run that its first trial is; further ones count `trial` up from there.
    pub link: String,
    /// [`joint_digest`] of its trials.
    pub digest: String,
}

impl Reading {
    /// Of `cell`, whose first trial has the number `first`, by the results of its trials in their order.
    pub(super) fn of(cell: &Cell, first: u32, trials: &[&Measured]) -> Self {
        let values: Vec<f64> = trials.iter().filter_map(|measured| measured.value).collect();
        let successes = trials.iter().filter(|measured| measured.outcome == Some(Outcome::Success)).count();
        let found = match cell.measure {
            Measure::Success => share(successes, trials.len()).map(|share| [share.low, share.value, share.high]),
            _ => Mean::of(&values).map(|Mean { value, deviation, .. }| [value - deviation, value, value + deviation]),
        };
        let [low, value, high] = found.map_or([None; 3], |found| found.map(Some));
        Self {
            x: cell.x,
            y: cell.y,
            value,
            low,
            high,
            n: values.len(),
            successes: cell.measure.needs_training().then_some(successes),
            link: format!("#{}", Link::from(cell.numbered(first)).fragment()),
            digest: joint_digest(trials.iter().map(|measured| measured.digest.as_str())),
        }
    }
}
