//! The trials that an experiment is made of, each under a number of its own, and the order in which they are best run.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// Cells (settings) with the same number of trials each. Trial `index` of cell c has the number c · trials + index, so
/// results in the order of their numbers are those of cell after cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<C> {
    experiment: &'static str,
    cells: Vec<C>,
    trials: u32,
}

/// One trial of a plan.
#[derive(Debug, PartialEq)]
pub struct Trial<'a, C> {
    /// Its number in the plan.
    pub number: u32,
    /// What it tries.
    pub cell: &'a C,
    /// Its number in the cell.
    pub index: u32,
}

impl<C> Plan<C> {
    /// `trials` trials of each of these cells; `experiment` names what a trial is.
    ///
    /// # Panics
    /// If there are more than 2³² − 1 trials.
    pub fn new(experiment: &'static str, cells: Vec<C>, trials: u32) -> Self {
        let fits = u32::try_from(cells.len()).is_ok_and(|cells| cells.checked_mul(trials).is_some());
        assert!(fits, "{} cells of {trials} trials cannot be numbered", cells.len());
        Self { experiment, cells, trials }
    }

    /// What a trial is.
    pub fn experiment(&self) -> &'static str {
        self.experiment
    }

    /// The cells.
    pub fn cells(&self) -> &[C] {
        &self.cells
    }

    /// Trials of each cell.
    pub fn trials(&self) -> u32 {
        self.trials
    }

    /// All trials.
    pub fn len(&self) -> u32 {
        self.cells.len() as u32 * self.trials
    }

    /// Whether there is nothing to try.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The trial with this number; none beyond the last.
    pub fn trial(&self, number: u32) -> Option<Trial<'_, C>> {
        let cell = self.cells.get(number.checked_div(self.trials)? as usize)?;
        Some(Trial { number, cell, index: number % self.trials })
    }

    /// The numbers of all trials, coarse first: a trial of every cell before the next of any, and among the cells those
    /// that halve the widest gaps first, so that whatever is there when one stops covers all of the plan.
    pub fn order(&self) -> impl Iterator<Item = u32> {
        let coarse = coarse_first(self.cells.len() as u32);
        (0..self.trials).flat_map(move |index| {
            let numbers: Vec<u32> = coarse.iter().map(|cell| cell * self.trials + index).collect();
            numbers
        })
    }
}

impl<C: Serialize> Plan<C> {
    /// The first 16 hex digits of SHA-256 over experiment, cells and trials: equal plans have the same on every target.
    pub fn digest(&self) -> String {
        let bytes = postcard::to_allocvec(&(self.experiment, &self.cells, self.trials)).expect("cells are plain data");
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
