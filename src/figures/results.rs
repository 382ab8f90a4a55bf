//! A figure's plan with what is known of its trials.

use std::collections::BTreeMap;

use super::Cell;
use crate::trials::{Ledger, Outcome, Plan, Tried};

/// A cell and those of its trials that have a result, in the order of their numbers.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    /// The cell.
    pub cell: &'a Cell,
    /// Results of its trials.
    pub trials: Vec<&'a Tried>,
}

impl<'a> Tally<'a> {
    /// The tallies of all cells of `plan`, in their order.
    pub fn all(plan: &'a Plan<Cell>, ledger: &'a Ledger<Tried>) -> Vec<Self> {
        let of_cell = |(place, cell)| Self { cell, trials: ledger.among(plan.numbers(place)).collect() };
        plan.cells().iter().enumerate().map(of_cell).collect()
    }

    /// How many of its trials ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.trials.iter().filter(|tried| tried.outcome == outcome).count()
    }

    /// Each trial as the swept value and whether it succeeded.
    pub fn successes(&self) -> impl Iterator<Item = (f64, bool)> {
        self.trials.iter().map(|tried| (self.cell.y, tried.outcome == Outcome::Success))
    }

    /// Whether further trials would tell nothing new: the first ones all ended alike.
    fn is_settled(&self) -> bool {
        let first = self.cell.first as usize;
        let successes = self.trials.iter().take(first).filter(|tried| tried.outcome == Outcome::Success).count();
        self.trials.len() >= first && (successes == 0 || successes == first)
    }
}

/// The numbers of the trials that are still to be run, in the plan's order; none once the figure is complete. Trials beyond
/// the first of a cell wait until it is known how these ended.
pub fn still_open(plan: &Plan<Cell>, ledger: &Ledger<Tried>) -> Vec<u32> {
    let tallies = Tally::all(plan, ledger);
    let is_wanted = |number: &u32| {
        plan.trial(*number).is_some_and(|trial| {
            let tally = &tallies[trial.place];
            let first = trial.index < trial.cell.first;
            first || (tally.trials.len() >= trial.cell.first as usize && !tally.is_settled())
        })
    };
    ledger.open(plan).filter(is_wanted).collect()
}

/// Tallies by series and, within one, by the place along the first axis.
pub fn columns<'t, 'a>(tallies: &'t [Tally<'a>], series: usize) -> Vec<(f64, Vec<&'t Tally<'a>>)> {
    let mut columns: BTreeMap<u64, (f64, Vec<&Tally>)> = BTreeMap::new();
    for tally in tallies.iter().filter(|tally| tally.cell.series == series) {
        // The bits of positive numbers are in their order.
        columns.entry(tally.cell.x.to_bits()).or_insert_with(|| (tally.cell.x, Vec::new())).1.push(tally);
    }
    columns.into_values().collect()
}
