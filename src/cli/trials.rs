//! Running a plan on all cores, with what has been computed already taken from a file and kept in it.
//!
//! The file is text: a line that says whose results they are, then a line for each result, written as soon as it is there.
//! A program that is killed loses the trials under way and no other; a last line that was cut off is taken for none.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it reads a file, runs threads and saves results as they come"
)]

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result};
use clap::Arg;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::mistake::Mistake;
use super::output::{self, Output};
use crate::trials::{Head, Ledger, Plan, Trial};

/// Its name without dashes.
pub const LEDGER: &str = "ledger";

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
    file: Option<File>,
}

impl<'a, C, R> Trials<'a, C, R>
where
    C: Serialize + Sync,
    R: Serialize + DeserializeOwned + PartialEq + Send,
{
    /// Of `plan`; the results go to `file`, if any, and those of an earlier run come from there.
    ///
    /// # Errors
    /// If what is in the file does not belong to the plan, or another program is at it.
    pub fn open(plan: &'a Plan<C>, file: Option<Output>) -> Result<Self, Mistake> {
        let ledger = Ledger::new(plan);
        let Some(output) = file else { return Ok(Self { plan, ledger, file: None }) };
        let path = output.path().ok_or(Mistake::NoFile(LEDGER))?;
        // A device may have no end, and a pipe nobody who writes.
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(refused(path, "it is no plain file"));
        }
        let (ledger, length) = read(plan, path)?.unwrap_or((ledger, 0));
        let prepare = || -> std::io::Result<File> {
            let mut file = File::options().append(true).create(true).open(path)?;
            file.try_lock()?;
            // What was cut off goes.
            file.set_len(length)?;
            if length == 0 {
                write_line(&mut file, ledger.head())?;
            }
            Ok(file)
        };
        let file = prepare().map_err(|error| match error.kind() {
            ErrorKind::WouldBlock => refused(path, "another program is at it"),
            _ => refused(path, error.to_string()),
        })?;
        Ok(Self { plan, ledger, file: Some(file) })
    }

    /// How many results were there already.
    pub fn done(&self) -> u32 {
        self.ledger.done()
    }

    /// Runs all trials that have no result, `trial` by `trial`; gives the results in the order of their numbers.
    pub fn run(self, trial: impl Fn(Trial<C>) -> R + Sync) -> Result<Vec<R>> {
        let ledger = self.run_while_open(trial, |plan, ledger| ledger.open(plan).collect())?;
        Ok(ledger.into_results().collect())
    }

    /// Runs what `open` names until it names nothing; which trials those are may depend on results.
    pub fn run_while_open(
        mut self,
        trial: impl Fn(Trial<C>) -> R + Sync,
        open: impl Fn(&Plan<C>, &Ledger<R>) -> Vec<u32>,
    ) -> Result<Ledger<R>> {
        let plan = self.plan;
        let bar = ProgressBar::no_length().with_position(self.ledger.done().into());
        bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} trials, {eta} left")?);
        loop {
            let numbers = open(plan, &self.ledger);
            if numbers.is_empty() {
                break;
            }
            bar.set_length(u64::from(self.ledger.done()) + numbers.len() as u64);
            bar.reset_eta();
            let (sender, receiver) = mpsc::channel();
            thread::scope(|scope| -> Result<()> {
                // In the plan's order, and no further once nobody takes the results.
                let open = numbers.into_iter().filter_map(|number| plan.trial(number));
                let trial = &trial;
                scope.spawn(move || {
                    open.par_bridge().try_for_each_with(sender, |sender, open| sender.send((open.number, trial(open))))
                });
                for (number, result) in receiver {
                    if let Some(file) = &mut self.file {
                        write_line(file, &(number, &result)).context("a result could not be kept")?;
                    }
                    self.ledger.take(number, result)?;
                    bar.set_position(self.ledger.done().into());
                }
                Ok(())
            })?;
        }
        bar.finish_and_clear();
        Ok(self.ledger)
    }
}

/// The results that the files at `paths` hold of `plan`.
///
/// # Errors
/// If one cannot be read, or does not belong to the plan or to the others.
pub fn merged<C: Serialize, R>(plan: &Plan<C>, paths: &[PathBuf]) -> Result<Ledger<R>, Mistake>
where
    R: DeserializeOwned + PartialEq,
{
    let mut all = Ledger::new(plan);
    for path in paths {
        let (ledger, _) = read(plan, path)?.ok_or_else(|| refused(path, "it holds nothing"))?;
        all.merge(ledger).map_err(|why| refused(path, why.to_string()))?;
    }
    Ok(all)
}

/// The ledger at `path` and how many bytes of the file are whole lines; none if there is no file or nothing in it.
fn read<C: Serialize, R>(plan: &Plan<C>, path: &Path) -> Result<Option<(Ledger<R>, u64)>, Mistake>
where
    R: DeserializeOwned + PartialEq,
{
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused(path, error.to_string())),
    };
    let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let mut lines = text[..whole].split_inclusive(|byte| *byte == b'\n').enumerate();
    let Some((_, first)) = lines.next() else {
        return if text.is_empty() { Ok(None) } else { Err(refused(path, "it is no ledger")) };
    };
    let mut ledger = Ledger::new(plan);
    let head: Head = serde_json::from_slice(first).map_err(|_| refused(path, "it is no ledger"))?;
    ledger.accepts(&head).map_err(|why| refused(path, why.to_string()))?;
    for (place, line) in lines {
        let (number, result) = serde_json::from_slice(line)
            .map_err(|_| refused(path, format!("its line {} is no result of a trial", place + 1)))?;
        ledger.take(number, result).map_err(|why| refused(path, why.to_string()))?;
    }
    Ok(Some((ledger, whole as u64)))
}

/// In one piece, so that a program killed here leaves no half of it, or one that can be told by its missing end.
fn write_line(file: &mut File, value: &impl Serialize) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    file.write_all(&line)
}

fn refused(path: &Path, reason: impl Into<String>) -> Mistake {
    Mistake::Ledger { path: path.to_owned(), reason: reason.into() }
}
