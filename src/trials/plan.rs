//! The trials that an experiment is made of, each under a number of its own, and the order in which they are best run.

use std::ops::Range;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::packed;

/// Cells (settings) with some trials each. The trials of a cell are numbered on from those of the cell before, so results in
/// the order of their numbers are those of cell after cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<C> {
    experiment: &'static str,
    cells: Vec<C>,
    // the number of the first trial of each cell, and of all trials
    starts: Vec<u32>,
}

/// One trial of a plan.
#[derive(Debug, PartialEq)]
pub struct Trial<'a, C> {
    /// Its number in the plan.
    pub number: u32,
    /// What it tries.
    pub cell: &'a C,
    /// The cell's place in the plan.
    pub place: usize,
    /// Its number in the cell.
    pub index: u32,
}

impl<C> Plan<C> {
    /// `trials` trials of each of these cells; `experiment` names what a trial is.
    ///
    /// # Panics
    /// If there are more than 2³² − 1 trials.
    pub fn new(experiment: &'static str, cells: Vec<C>, trials: u32) -> Self {
        Self::uneven(experiment, cells.into_iter().map(|cell| (cell, trials)))
    }

    /// Cells, each with its number of trials.
    ///
    /// # Panics
    /// If there are more than 2³² − 1 trials.
    pub fn uneven(experiment: &'static str, cells: impl IntoIterator<Item = (C, u32)>) -> Self {
        let (mut all, mut starts, mut end) = (Vec::new(), vec![0], 0_u32);
        for (cell, trials) in cells {
            end = end.checked_add(trials).expect("trials are numbered by 32 bits");
            all.push(cell);
            starts.push(end);
        }
        Self { experiment, cells: all, starts }
    }

    /// What a trial is.
    pub fn experiment(&self) -> &'static str {
        self.experiment
    }

    /// The cells.
    pub fn cells(&self) -> &[C] {
        &self.cells
    }

    /// The numbers of the trials of the cell at `place`.
    ///
    /// # Panics
    /// Without such a cell.
    pub fn numbers(&self, place: usize) -> Range<u32> {
        self.starts[place]..self.starts[place + 1]
    }

    /// All trials.
    pub fn len(&self) -> u32 {
        self.starts[self.cells.len()]
    }

    /// Whether there is nothing to try.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The trial with this number; none beyond the last.
    pub fn trial(&self, number: u32) -> Option<Trial<'_, C>> {
        // The last cell that begins no later: cells without trials begin where the next one does.
        let place = self.starts.partition_point(|start| *start <= number) - 1;
        let cell = self.cells.get(place)?;
        Some(Trial { number, cell, place, index: number - self.starts[place] })
    }

    /// The numbers of all trials, coarse first: a trial of every cell before the next of any, and among the cells those
    /// that halve the widest gaps first, so that whatever is there when one stops covers all of the plan.
    pub fn order(&self) -> impl Iterator<Item = u32> {
        let coarse = coarse_first(self.cells.len() as u32);
        let most = (0..self.cells.len()).map(|place| self.numbers(place).len() as u32).max().unwrap_or(0);
        (0..most).flat_map(move |index| {
            let of = |place: &u32| self.numbers(*place as usize).nth(index as usize);
            coarse.iter().filter_map(of).collect::<Vec<_>>()
        })
    }
}

impl<C: Serialize> Plan<C> {
    /// The first 16 hex digits of SHA-256 over experiment, cells and trials: equal plans have the same on every target.
    pub fn digest(&self) -> String {
        let bytes = packed(&(self.experiment, &self.cells, &self.starts));
        Sha256::digest(bytes)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// 0 … `count` − 1 in the order of van der Corput's sequence in base 2.
fn coarse_first(count: u32) -> Vec<u32> {
    let bits = count.next_power_of_two().trailing_zeros();
    let mirrored = |place: u32| if bits == 0 { 0 } else { place.reverse_bits() >> (32 - bits) };
    (0..count.next_power_of_two()).map(mirrored).filter(|cell| *cell < count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn each_trial_has_its_number_and_its_place_in_the_order() {
        for (cells, trials) in [(0, 3), (1, 1), (1, 5), (2, 3), (7, 4), (16, 2)] {
            let plan = Plan::new("a test", (0..cells).collect(), trials);
            let mut order: Vec<u32> = plan.order().collect();
            order.sort_unstable();
            assert_eq!(order, (0..plan.len()).collect::<Vec<_>>(), "{cells} cells of {trials}");
            for number in 0..plan.len() {
                let trial = plan.trial(number).expect("a trial of the plan");
                assert_eq!((trial.number, trial.cell * trials + trial.index), (number, number));
                assert!(plan.numbers(trial.place).contains(&number));
            }
            assert_eq!(plan.trial(plan.len()), None);
        }
    }

    #[test]
    fn the_order_is_coarse_first() {
        let plan = Plan::new("a test", vec!['a', 'b', 'c', 'd', 'e'], 2);
        let cells: String = plan.order().filter_map(|number| plan.trial(number)).map(|trial| *trial.cell).collect();
        assert_eq!(cells, "aecbdaecbd");
    }

    #[test]
    fn cells_may_have_different_numbers_of_trials() {
        let plan = Plan::uneven("a test", [('a', 1), ('b', 0), ('c', 3), ('d', 2)]);
        let trials: Vec<(char, usize, u32)> =
            (0..plan.len()).filter_map(|number| plan.trial(number)).map(|t| (*t.cell, t.place, t.index)).collect();
        assert_eq!(trials, [('a', 0, 0), ('c', 2, 0), ('c', 2, 1), ('c', 2, 2), ('d', 3, 0), ('d', 3, 1)]);
        let cells: String = plan.order().filter_map(|number| plan.trial(number)).map(|trial| *trial.cell).collect();
        assert_eq!(cells, "acdcdc");
    }

    #[test]
    fn plans_that_differ_in_anything_have_other_digests() {
        let plan = Plan::new("a test", vec![0.5, 1.0], 2);
        assert_eq!(plan.digest(), plan.clone().digest());
        for other in [
            Plan::new("another", vec![0.5, 1.0], 2),
            Plan::new("a test", vec![0.5, 1.5], 2),
            Plan::new("a test", vec![0.5, 1.0], 3),
        ] {
            assert_ne!(plan.digest(), other.digest());
        }
    }
}
