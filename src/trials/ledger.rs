//! The results of a plan's trials, by number: taken in any order, from any worker, merged, saved and gone on with.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::spec::EPOCH;

/// Whose results a ledger holds: written before them, and asked of whoever reads them back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    // what a trial is, for the human reader
    experiment: String,
    // digest of the plan
    plan: String,
    // the program's version
    version: String,
    // the bits epoch
    bits: u32,
    // trials of the plan
    trials: u32,
}

impl Head {
    /// Of `plan`, as this program computes it.
    fn of<C: Serialize>(plan: &Plan<C>) -> Self {
        Self {
            experiment: plan.experiment().to_owned(),
            plan: plan.digest(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            bits: EPOCH,
            trials: plan.len(),
        }
    }

    fn same(&self, other: &Self) -> Result<(), Mismatch> {
        if (&self.plan, self.trials) != (&other.plan, other.trials) {
            return Err(Mismatch::Plan);
        }
        if self.bits != other.bits {
            return Err(Mismatch::Epoch(self.bits, other.bits));
        }
        if self.version != other.version {
            return Err(Mismatch::Version(self.version.clone(), other.version.clone()));
        }
        Ok(())
    }
}

/// Results of the trials of one plan, computed in one bits epoch by one version of this program.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger<R> {
    head: Head,
    results: BTreeMap<u32, R>,
}

/// Why results cannot go into one ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// They are of another plan.
    #[error("its trials are those of another plan")]
    Plan,
    /// They were computed in another bits epoch.
    #[error("it was computed in bits epoch {0}, and this program is of bits epoch {1}")]
    Epoch(u32, u32),
    /// They were computed by another version.
    #[error("it was computed by version {0}, and this program is version {1}")]
    Version(String, String),
    /// A trial has two different results.
    #[error("two different results were computed of its trial {0}")]
    Result(u32),
    /// The plan has no such trial.
    #[error("its plan has no trial {0}")]
    Number(u32),
}

impl<R: PartialEq> Ledger<R> {
    /// Of `plan`, without a result.
    pub fn new<C: Serialize>(plan: &Plan<C>) -> Self {
        Self { head: Head::of(plan), results: BTreeMap::new() }
    }

    /// Whose results it holds.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Whether results under `head` can be taken.
    ///
    /// # Errors
    /// Why not.
    pub fn accepts(&self, head: &Head) -> Result<(), Mismatch> {
        head.same(&self.head)
    }

    /// Takes the result of a trial; says whether it is new.
    ///
    /// # Errors
    /// If the trial has another result already or the plan has no such trial. Nothing is changed then.
    pub fn take(&mut self, number: u32, result: R) -> Result<bool, Mismatch> {
        if number >= self.head.trials {
            return Err(Mismatch::Number(number));
        }
        match self.results.entry(number) {
            Entry::Vacant(entry) => {
                entry.insert(result);
                Ok(true)
            }
            Entry::Occupied(entry) if *entry.get() == result => Ok(false),
            Entry::Occupied(_) => Err(Mismatch::Result(number)),
        }
    }

    /// Takes all results of another ledger of the same plan.
    ///
    /// # Errors
    /// If it is not one, or a trial has two different results. Nothing is changed then.
    pub fn merge(&mut self, other: Self) -> Result<(), Mismatch> {
        self.accepts(&other.head)?;
        let differs = |(number, result): (&u32, &R)| self.results.get(number).is_some_and(|ours| ours != result);
        if let Some((number, _)) = other.results.iter().find(|(number, result)| differs((number, result))) {
            return Err(Mismatch::Result(*number));
        }
        self.results.extend(other.results);
        Ok(())
    }

    /// The results with their numbers, in the order of these.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &R)> {
        self.results.iter().map(|(number, result)| (*number, result))
    }

    /// Whether the trial has a result.
    pub fn has(&self, number: u32) -> bool {
        self.results.contains_key(&number)
    }

    /// Trials with a result.
    pub fn done(&self) -> u32 {
        self.results.len() as u32
    }

    /// Whether every trial has a result.
    pub fn is_complete(&self) -> bool {
        self.done() == self.head.trials
    }

    /// The trials of `plan` without a result, in the plan's order.
    pub fn open<'a, C>(&'a self, plan: &'a Plan<C>) -> impl Iterator<Item = u32> + 'a {
        plan.order().filter(|number| !self.has(*number))
    }

    /// The results in the order of their numbers, whatever the order in which they came.
    pub fn results(&self) -> impl Iterator<Item = &R> {
        self.results.values()
    }

    /// Those of the trials with these numbers, in their order.
    pub fn among(&self, numbers: Range<u32>) -> impl Iterator<Item = &R> {
        self.results.range(numbers).map(|(_, result)| result)
    }

    /// The same, given away.
    pub fn into_results(self) -> impl Iterator<Item = R> {
        self.results.into_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Streams};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn plan() -> Plan<u32> {
        Plan::new("a test", vec![10, 20, 30, 40, 50], 4)
    }

    fn result(plan: &Plan<u32>, number: u32) -> u32 {
        let trial = plan.trial(number).expect("a trial of the plan");
        trial.cell + trial.index
    }

    fn whole(plan: &Plan<u32>) -> Ledger<u32> {
        let mut ledger = Ledger::new(plan);
        for number in plan.order() {
            assert_eq!(ledger.take(number, result(plan, number)), Ok(true));
        }
        ledger
    }

    #[test]
    fn any_order_and_any_split_of_the_work_gives_the_same_ledger() {
        let plan = plan();
        let expected = whole(&plan);
        assert!(expected.is_complete());
        for seed in 0..50 {
            let mut stream = Streams::new(seed, 0).stream(Purpose::Probe, 0);
            let workers = 1 + stream.below(4) as usize;
            let mut ledgers = vec![Ledger::new(&plan); workers];
            for number in stream.permutation(plan.len() as usize) {
                // Some trials are run by two of them.
                for _ in 0..=stream.below(2) {
                    let ledger = &mut ledgers[stream.below(workers as u32) as usize];
                    ledger.take(number as u32, result(&plan, number as u32)).expect("a trial has one result");
                }
            }
            let mut merged = ledgers.swap_remove(stream.below(workers as u32) as usize);
            for ledger in ledgers {
                merged.merge(ledger).expect("ledgers of one plan");
            }
            assert_eq!(merged, expected, "{workers} workers under seed {seed}");
            assert!(merged.results().copied().eq((0..plan.len()).map(|number| result(&plan, number))));
        }
    }

    #[test]
    fn what_is_open_comes_in_the_plans_order() {
        let plan = plan();
        let mut ledger = Ledger::new(&plan);
        for number in plan.order().take(7) {
            ledger.take(number, 0).expect("new");
        }
        assert_eq!((ledger.done(), ledger.is_complete()), (7, false));
        assert!(ledger.open(&plan).eq(plan.order().skip(7)));
    }

    #[test]
    fn a_saved_ledger_is_gone_on_with() {
        let plan = plan();
        let mut ledger = Ledger::new(&plan);
        for number in plan.order().take(9) {
            ledger.take(number, result(&plan, number)).expect("new");
        }
        let bytes = crate::trials::packed(&(ledger.head(), ledger.numbered().collect::<Vec<_>>()));
        let (head, results): (Head, Vec<(u32, u32)>) = postcard::from_bytes(&bytes).expect("a ledger");
        let mut read = Ledger::new(&plan);
        assert_eq!(read.accepts(&head), Ok(()));
        for (number, result) in results {
            read.take(number, result).expect("new");
        }
        assert_eq!(read, ledger);
        for number in read.open(&plan).collect::<Vec<_>>() {
            read.take(number, result(&plan, number)).expect("new");
        }
        assert_eq!(read, whole(&plan));
    }

    #[test]
    fn what_does_not_belong_together_is_refused_and_changes_nothing() {
        let plan = plan();
        let expected = whole(&plan);
        let mut ledger = expected.clone();
        assert_eq!(ledger.take(3, result(&plan, 3)), Ok(false));
        assert_eq!(ledger.take(3, 0), Err(Mismatch::Result(3)));
        assert_eq!(ledger.take(plan.len(), 0), Err(Mismatch::Number(plan.len())));
        let other = Plan::new("a test", vec![10, 20, 30, 40, 60], 4);
        assert_eq!(ledger.accepts(Ledger::<u32>::new(&other).head()), Err(Mismatch::Plan));
        assert_eq!(ledger.merge(Ledger::new(&other)), Err(Mismatch::Plan));
        let older = Head { bits: EPOCH + 1, ..ledger.head().clone() };
        assert_eq!(ledger.accepts(&older), Err(Mismatch::Epoch(EPOCH + 1, EPOCH)));
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let newer = Head { version: "99.0.0".to_owned(), ..ledger.head().clone() };
        assert_eq!(ledger.accepts(&newer), Err(Mismatch::Version("99.0.0".to_owned(), version)));
        let mut false_one = Ledger::new(&plan);
        false_one.take(8, 0).expect("new");
        assert_eq!(ledger.merge(false_one), Err(Mismatch::Result(8)));
        assert_eq!(ledger, expected);
    }
}
