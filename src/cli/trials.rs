//! Running a plan on all cores, with what has been computed already taken from a file and kept in it.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it reads a file, runs threads and saves by the clock"
)]

use std::fs;
use std::io::ErrorKind;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Arg;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::mistake::Mistake;
use super::output::{self, Output};
use crate::trials::{Ledger, Plan, Trial};

/// Its name without dashes.
pub const LEDGER: &str = "ledger";
/// Between two writings of the ledger: what an interruption loses besides the trials under way.
const SAVING: Duration = Duration::from_secs(1);

/// The flag of the ledger.
pub fn arg() -> Arg {
    output::arg(
        LEDGER,
        "Keep finished trials in FILE, and take those that it holds already: an interrupted run goes on",
    )
}

/// A plan with what is known of its trials.
pub struct Trials<'a, C, R> {
    plan: &'a Plan<C>,
    ledger: Ledger<R>,
    file: Option<Output>,
}

impl<'a, C, R> Trials<'a, C, R>
where
    C: Serialize + Sync,
    R: Serialize + DeserializeOwned + PartialEq + Send,
{
    /// Of `plan`; the results go to `file`, if any, and those of an earlier run come from there.
    ///
    /// # Errors
    /// If what is in the file does not belong to the plan.
    pub fn open(plan: &'a Plan<C>, file: Option<Output>) -> Result<Self, Mistake> {
        let mut trials = Self { plan, ledger: Ledger::new(plan), file };
        if let Some(file) = &trials.file {
            let path = file.path().ok_or(Mistake::NoFile(LEDGER))?;
            let refused = |reason: String| Mistake::Ledger { path: path.to_owned(), reason };
            // A device may have no end, and a pipe nobody who writes.
            if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
                return Err(refused("it is no plain file".into()));
            }
            match fs::read(path) {
                Ok(bytes) => {
                    let found: Ledger<R> =
                        serde_json::from_slice(&bytes).map_err(|_| refused("it is no ledger".into()))?;
                    found.belongs_to(plan).map_err(|why| refused(why.to_string()))?;
                    trials.ledger = found;
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(refused(error.to_string())),
            }
        }
        Ok(trials)
    }

    /// Runs what is open, `trial` by `trial`; gives the results of all trials in the order of their numbers.
    pub fn run(mut self, trial: impl Fn(Trial<C>) -> R + Sync) -> Result<Vec<R>> {
        let plan = self.plan;
        let open: Vec<Trial<C>> = self.ledger.open(plan).filter_map(|number| plan.trial(number)).collect();
        let bar = ProgressBar::new(plan.len().into()).with_position(self.ledger.done().into());
        bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} trials, {eta} left")?);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            // In the plan's order, and no further once nobody takes the results.
            scope.spawn(|| {
                open.into_iter()
                    .par_bridge()
                    .try_for_each_with(sender, |sender, open| sender.send((open.number, trial(open))))
            });
            let mut saved = Instant::now();
            for (number, result) in receiver {
                self.ledger.take(number, result)?;
                bar.set_position(self.ledger.done().into());
                if saved.elapsed() >= SAVING {
                    self.save()?;
                    saved = Instant::now();
                }
            }
            self.save()
        })?;
        bar.finish_and_clear();
        Ok(self.ledger.into_results().collect())
    }

    fn save(&self) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut text = serde_json::to_vec(&self.ledger)?;
        text.push(b'\n');
        file.write(&text)
    }
}
