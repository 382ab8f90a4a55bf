//! One setting of a figure with its trials, and what of a trial's Spec is drawn anew.

use serde::{Deserialize, Serialize};

use crate::link::as_text;
use crate::pruning::Pruning;
use crate::spec::Spec;
use crate::trials::{Trial, Tried, Wanted};

/// What the trials of a cell draw anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Redraw {
    /// Model, data and start.
    Everything,
    /// The start alone: the trials of a cell share a problem.
    Start,
}

impl Redraw {
    /// The run of trial `index` of a cell, of whose first trial `first` is the run.
    pub fn of(self, first: Spec, index: u32) -> Spec {
        match self {
            Redraw::Everything => Spec { trial: first.trial + index, ..first },
            Redraw::Start => Spec { start_seed: first.start_seed + u64::from(index), ..first },
        }
    }
}

/// A setting, where it stands in the figure, and its trials.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// What is run; a trial's own number is not in it yet.
    #[serde(with = "as_text")]
    pub spec: Spec,
    /// Which of the figure's series it belongs to.
    pub series: usize,
    /// Its place along the figure's first axis.
    pub x: f64,
    /// Its place along the second axis, the one that is swept to find an edge; 0 in figures without one.
    pub y: f64,
    /// What its trials draw anew.
    pub redraw: Redraw,
    /// Of how many of its trials the forecast is kept.
    pub foretold: u32,
    /// Whether its trials keep their curves.
    pub curve: bool,
    /// Trials that are run in any case; the rest only where these do not all end alike.
    pub first: u32,
    /// Of searches for a mask, how they are done. Plans without one have the digests that they had before there were any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pruning: Option<Pruning>,
}

impl Cell {
    /// At (`x`, `y`) of series `series`; its trials redraw everything and keep nothing more than their ends.
    pub fn new(spec: Spec, series: usize, x: f64, y: f64) -> Self {
        let redraw = Redraw::Everything;
        Self { spec, series, x, y, redraw, foretold: 0, curve: false, first: u32::MAX, pruning: None }
    }

    /// The very run that a trial is, as a link names it.
    pub fn spec_of(trial: &Trial<Self>) -> Spec {
        let Self { spec, redraw, .. } = trial.cell;
        // Trials of different cells are independent, unless the cells share a problem.
        let first = match redraw {
            Redraw::Everything => Spec { trial: trial.number - trial.index, ..spec.clone() },
            Redraw::Start => Spec { start_seed: 1, ..spec.clone() },
        };
        redraw.of(first, trial.index)
    }

    /// What is kept of a trial.
    pub fn wanted(trial: &Trial<Self>) -> Wanted {
        Wanted { foretold: trial.index < trial.cell.foretold, curve: trial.cell.curve }
    }

    /// Runs one of its trials.
    pub fn run(trial: &Trial<Self>) -> Tried {
        let spec = Self::spec_of(trial);
        match trial.cell.pruning {
            Some(pruning) => Tried::search(&spec, pruning, Self::wanted(trial)),
            None => Tried::run(&spec, Self::wanted(trial)),
        }
    }
}
