//! `winning-ticket calibrate`: c(K) by experiment, with everything that is needed to repeat it.

use clap::{ArgMatches, Command};
use serde::Serialize;

use super::mistake::Mistake;
use super::number::Whole;
use super::output;
use super::trials::{self, Trials};
use crate::spec::{EPOCH, FOUND};
use crate::theory::calibration::{CALIBRATED_DISTANCE, CALIBRATED_STEPS};
use crate::trials::calibration_experiment::{
    Calibrated, DIMENSION, GRID_ENDS, SHARE, Settings, calibrate_all, found_at,
};
use crate::trials::json_lines;

const FROM: Whole = Whole { flag: "neurons-from", help: "Smallest K", min: 1, max: 12, default: Some(1) };
const TO: Whole = Whole { flag: "neurons-to", help: "Largest K", min: 1, max: 12, default: Some(12) };
const GRID: Whole = Whole { flag: "grid", help: "Points of the grid of N/Σ r_j", min: 3, max: 100, default: Some(16) };
const PROBES: Whole =
    Whole { flag: "probes", help: "Probes a point, for each pattern and width", min: 2, max: 10_000, default: Some(8) };
const SEED: Whole = Whole { flag: "seed", help: "Seed of all probes", min: 0, max: u32::MAX, default: Some(1) };

/// Its flags.
pub fn command() -> Command {
    let [first, .., last] = CALIBRATED_STEPS;
    Command::new("calibrate")
        .about("Measure c(K), the samples a weight from which 95 % of the starts succeed")
        .long_about(format!(
            "Measure c(K), the samples a weight N/Σ r_j from which {} % of the starts at λ = {CALIBRATED_DISTANCE} find the oracle \
             within {first} to {last} steps: d = {DIMENSION}, shared, random and disjoint supports of two widths, \
             η = K/14, β = 0.9. The result depends on the flags only, not on the number of cores.",
            100.0 * SHARE
        ))
        .args([FROM, TO, GRID, PROBES, SEED].iter().map(Whole::arg))
        .arg(output::arg("json", "Write c(K) with the settings and counts behind it as JSON"))
        .arg(trials::arg())
}

/// c(K) with its provenance, as `recorded/samples.json` holds it.
#[derive(Serialize)]
struct Record {
    what: String,
    command: String,
    version: &'static str,
    bits: u32,
    calibrated: Vec<Calibrated>,
}

/// Runs it.
pub fn execute(flags: &ArgMatches) -> anyhow::Result<()> {
    let (from, to) = (FROM.read(flags)?, TO.read(flags)?);
    if from > to {
        let accepted = format!("at most {}, the value of --{}", to, TO.flag);
        return Err(Mistake::Value { flag: FROM.flag, value: from.to_string(), accepted }.into());
    }
    let (grid, probes, seed) = (GRID.read(flags)?, PROBES.read(flags)?, SEED.read(flags)?);
    let [json, ledger] = output::check(flags, ["json", trials::LEDGER])?;
    let settings = |neurons| Settings { neurons, grid: grid as usize, probes, seed: seed.into() };
    let all: Vec<Settings> = (from as usize..=to as usize).map(settings).collect();
    let plan = Settings::plan(&all);
    let calibrated = calibrate_all(&all, &Trials::open(&plan, ledger)?.run(found_at)?);
    if json.as_ref().is_none_or(|output| !output.is_standard()) {
        output::print(calibrated.iter().map(line).collect::<String>().as_bytes())?;
    }
    let Some(output) = json else { return Ok(()) };
    let (low, high) = GRID_ENDS;
    let record = Record {
        what: format!(
            "c(K): the N/sum(r_j) from which {} % of the starts at lambda = {CALIBRATED_DISTANCE} have a relative error below {FOUND:e} \
             within T steps; d = {DIMENSION}, eta = K/14, beta = 0.9, no noise; supports shared, random and disjoint, two \
             widths each; logistic fit over ln(N/sum(r_j)) from {low} to {high} with its 95 % interval",
            100.0 * SHARE
        ),
        command: format!(
            "winning-ticket calibrate --{} {from} --{} {to} --{} {} --{} {} --{} {} --json recorded/samples.json",
            FROM.flag, TO.flag, GRID.flag, grid, PROBES.flag, probes, SEED.flag, seed,
        ),
        version: env!("CARGO_PKG_VERSION"),
        bits: EPOCH,
        calibrated,
    };
    output.write(&json_lines(&record)?)
}

fn line(found: &Calibrated) -> String {
    let columns = CALIBRATED_STEPS.iter().zip(&found.samples_a_weight).map(|(steps, found)| match found {
        Some(found) => format!("{:.2} ({:.2} to {:.2}) within {steps} steps", found.value, found.low, found.high),
        None => format!("none up to {} within {steps} steps", GRID_ENDS.1),
    });
    format!("K = {:2}: c = {}\n", found.settings.neurons, columns.collect::<Vec<_>>().join(", "))
}
