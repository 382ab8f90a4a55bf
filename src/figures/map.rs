//! Maps, which the paper does not have: two keys of the Spec as axes, a measured quantity as colour, all else as in one run.
//!
//! ```
//! use winning_ticket::figures::map::{Axis, Cell, Map};
//! use winning_ticket::spec::Spec;
//! use winning_ticket::trials::{Ledger, Measure};
//!
//! let (x, y) = (Axis::read("r=1:3:1").expect("an axis"), Axis::read("N=20:40:20").expect("an axis"));
//! let spec = Spec { dimension: 5, effective_width: 2.0, max_steps: 50, ..Spec::default() };
//! let map = Map::new(&spec, x, y, Measure::Success, 2).expect("a map");
//! let mut ledger = Ledger::new(map.plan());
//! for number in map.plan().order() {
//!     let trial = map.plan().trial(number).expect("a trial of the plan");
//!     ledger.take(number, Cell::run(&trial)).expect("a new result");
//! }
//! let readings = map.read(&ledger);
//! assert_eq!((readings.len(), readings[4].x, readings[4].y, readings[4].n), (6, 2.0, 40.0, 2));
//! ```

mod axis;
mod reading;
mod record;
#[cfg(test)]
mod tests;

pub use axis::{Axis, BadAxis};
pub use reading::Reading;
pub use record::Record;

use serde::{Deserialize, Serialize};

use crate::language::tr;
use crate::link::as_text;
use crate::spec::fields::{FIELDS, Field};
use crate::spec::{OutOfRange, Spec, Start};
use crate::trials::{Ledger, Measure, Measured, Plan, Trial};

/// A place of a map with what is run there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Along the first axis.
    pub x: f64,
    /// Along the second.
    pub y: f64,
    /// What is run. Its `trial` is that of the map's first trial.
    #[serde(with = "as_text")]
    pub spec: Spec,
    /// What is measured of it.
    pub measure: Measure,
}

impl Cell {
    /// The very run that a trial is, as a link names it: model, data and start are its own, for no two trials of a map
    /// have the same `trial`.
    pub fn spec_of(trial: &Trial<Self>) -> Spec {
        trial.cell.numbered(trial.number)
    }

    fn numbered(&self, number: u32) -> Spec {
        Spec { trial: self.spec.trial + number, ..self.spec.clone() }
    }

    /// Runs one of its trials.
    pub fn run(trial: &Trial<Self>) -> Measured {
        Measured::run(&Self::spec_of(trial), trial.cell.measure)
    }
}

/// A quantity over two keys of the Spec.
#[derive(Clone, Debug)]
pub struct Map {
    x: Axis,
    y: Axis,
    measure: Measure,
    plan: Plan<Cell>,
}

/// Why there is no such map, in one sentence without a full stop.
#[derive(Debug, thiserror::Error)]
pub enum NoMap {
    /// Both axes are the same.
    #[error("{}", tr!("x and y are both {key}, but must be two keys", key = .0.key))]
    SameKey(&'static Field),
    /// One of its cells is no valid Spec.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// `trial` cannot number them all.
    #[error("{}", tr!(
        "the map has {trials} trials, but must have at most {most}: trial numbers them from {first} to {last}",
        trials, most, first, last
    ))]
    TooManyTrials {
        /// Trials of all cells.
        trials: u64,
        /// As many as can be numbered.
        most: u64,
        /// The `trial` of the first.
        first: u32,
        /// The largest that the field takes.
        last: u64,
    },
}

impl Map {
    /// `measure` of `trials` trials at each pair of values of `x` and `y`; everything else, and the `trial` from which
    /// trials are counted, as in `spec`.
    ///
    /// # Errors
    /// If both axes are the same, a cell is no valid Spec, or there are more trials than values of `trial`.
    pub fn new(spec: &Spec, x: Axis, y: Axis, measure: Measure, trials: u32) -> Result<Self, NoMap> {
        if x.field().key == y.field().key {
            return Err(NoMap::SameKey(x.field()));
        }
        let count = x.values().len() as u64 * y.values().len() as u64 * u64::from(trials);
        let last = Field::by_key("trial").and_then(|field| field.range(spec)).map_or(0, |(_, last)| last as u64);
        let most = (last + 1).saturating_sub(u64::from(spec.trial));
        if count > most {
            return Err(NoMap::TooManyTrials { trials: count, most, first: spec.trial, last });
        }
        let mut cells = Vec::with_capacity(x.values().len() * y.values().len());
        for y_value in y.values() {
            for x_value in x.values() {
                let spec = at(spec, &[(x.field(), *x_value), (y.field(), *y_value)])?;
                cells.push(Cell { x: *x_value, y: *y_value, spec, measure });
            }
        }
        Ok(Self { x, y, measure, plan: Plan::new("a map over two keys", cells, trials) })
    }

    /// The axis of the columns.
    pub fn x(&self) -> &Axis {
        &self.x
    }

    /// The axis of the rows.
    pub fn y(&self) -> &Axis {
        &self.y
    }

    /// Whether λ is an axis although the runs start where their moments lead.
    pub fn sets_nothing_by_distance(&self) -> bool {
        let from_moments = self.plan.cells().iter().any(|cell| cell.spec.start == Start::Tensor);
        from_moments && [&self.x, &self.y].iter().any(|axis| axis.field().key == "lambda")
    }

    /// What is measured.
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Its trials, cell after cell: row by row from the least y on, in each row from the least x on.
    pub fn plan(&self) -> &Plan<Cell> {
        &self.plan
    }

    /// What the results so far say of each cell, in the order of the plan.
    pub fn read(&self, ledger: &Ledger<Measured>) -> Vec<Reading> {
        let of_cell = |(place, cell)| {
            let numbers = self.plan.numbers(place);
            Reading::of(cell, numbers.start, &ledger.among(numbers).collect::<Vec<_>>())
        };
        self.plan.cells().iter().enumerate().map(of_cell).collect()
    }
}

/// `spec` with these numbers in place of its own.
fn at(spec: &Spec, place: &[(&'static Field, f64)]) -> Result<Spec, OutOfRange> {
    let mut spec = spec.clone();
    // A range may depend on fields further down in the table, so from the last to the first.
    for field in FIELDS.iter().rev() {
        let Some((_, value)) = place.iter().find(|(at, _)| at.key == field.key) else { continue };
        let value = value.to_string();
        field.read(&mut spec, &value).map_err(|bad| OutOfRange { field, value, accepted: bad.accepted })?;
    }
    spec.validate()?;
    Ok(spec)
}
