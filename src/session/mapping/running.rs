//! A map that is run: what the boxes ask for, its trials, and what is kept of it.

use std::collections::{BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::super::kept::{self, Kept};
use crate::figures::map::{Axis, Map, Reading};
use crate::language::tr;
use crate::link::{as_text, quoted};
use crate::spec::fields::{Field, differences};
use crate::spec::{Painted, Spec};
use crate::trials::{Head, Ledger, Measure, Measured};

/// Trials of a cell at most: a page is for looking.
pub const MOST_TRIALS: u32 = 100;

/// What the boxes say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boxes {
    /// The axis of the columns, as `r=10:60:5`.
    pub x: String,
    /// That of the rows.
    pub y: String,
    /// The word of what is measured.
    pub measure: String,
    /// Trials of a cell.
    pub trials: String,
}

/// The heading of what is kept.
#[derive(Serialize, Deserialize)]
struct Heading {
    boxes: Boxes,
    // the run whose other values the map has
    #[serde(with = "as_text")]
    spec: Spec,
    head: Head,
}

/// A map that is run.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) number: u32,
    pub(super) map: Map,
    // the run whose other values the map has
    pub(super) spec: Spec,
    pub(super) kept: Kept,
    pub(super) ledger: Ledger<Measured>,
    pub(super) open: VecDeque<u32>,
    pub(super) asked: BTreeSet<u32>,
    pub(super) paused: bool,
    pub(super) time: f64,
    pub(super) timed: u32,
    pub(super) readings: Vec<Reading>,
}

impl Running {
    pub(super) fn new(number: u32, map: Map, spec: &Spec, boxes: Boxes) -> Self {
        let ledger = Ledger::new(map.plan());
        let kept = Kept::new(&Heading { boxes, spec: spec.clone(), head: ledger.head().clone() });
        Self {
            number,
            spec: spec.clone(),
            open: map.plan().order().collect(),
            readings: map.read(&ledger),
            map,
            kept,
            ledger,
            asked: BTreeSet::new(),
            paused: false,
            time: 0.0,
            timed: 0,
        }
    }

    /// From what was kept of one, paused, with what the boxes said; none if that is of another version of the program, or no
    /// such text.
    pub(super) fn restore(number: u32, pieces: &[String]) -> Option<(Self, Boxes)> {
        let (heading, trials) = kept::read::<Heading, (u32, Measured)>(pieces)?;
        let map = heading.boxes.read(&heading.spec).ok()?;
        let mut running = Self::new(number, map, &heading.spec, heading.boxes.clone());
        running.ledger.accepts(&heading.head).ok()?;
        for (trial, measured) in trials {
            if running.ledger.take(trial, measured.clone()) == Ok(true) {
                running.kept.add(&(trial, measured));
            }
        }
        running.open.retain(|trial| !running.ledger.has(*trial));
        running.paused = true;
        Some((running, heading.boxes))
    }

    /// The fields, but for the axes and the trial's number, in which `spec` is not as the map's run.
    pub(super) fn differences(&self, spec: &Spec) -> Vec<&'static Field> {
        let apart = [self.map.x().field().key, self.map.y().field().key, "trial"];
        let mut differences = differences(spec, &self.spec);
        differences.retain(|field| !apart.contains(&field.key));
        differences
    }
}

impl Boxes {
    /// The map that they ask for beside the run of `spec`, or what is wrong with them.
    pub(super) fn read(&self, spec: &Spec) -> Result<Map, String> {
        let Self { x, y, measure, trials } = self;
        let x =
            Axis::read(x).map_err(|bad| tr!("The axis across is {text}, but must be {bad}.", text = quoted(x), bad))?;
        let y = Axis::read(y)
            .map_err(|bad| tr!("The axis upwards is {text}, but must be {bad}.", text = quoted(y), bad))?;
        let measure = Measure::by_key(measure)
            .ok_or_else(|| tr!("{text} is nothing that can be measured.", text = quoted(measure)))?;
        let count = trials.trim().parse().ok().filter(|count| (1..=MOST_TRIALS).contains(count)).ok_or_else(|| {
            let (text, most) = (quoted(trials), MOST_TRIALS);
            tr!("Trials of a place are {text}, but must be a whole number from 1 to {most}.", text, most)
        })?;
        // What is painted lies over the masks of one place and one trial.
        let spec = Spec { painted: Painted::none(), ..spec.clone() };
        Map::new(&spec, x, y, measure, count).map_err(|bad| tr!("There is no such map: {bad}.", bad))
    }
}
