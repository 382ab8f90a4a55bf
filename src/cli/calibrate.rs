//! `winning-ticket calibrate`: κ(K) by experiment, with everything that is needed to repeat it.

use anyhow::Context;
use clap::{Arg, ArgMatches, Command};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;

use super::mistake::Mistake;
use super::number::Whole;
use super::{json, output};
use crate::link::quoted;
use crate::trials::calibration::{Calibrated, Cell, Count, DISTANCE, STEPS, Settings, calibrate};
use crate::trials::{Outcome, probe};

const FROM: Whole = Whole { flag: "neurons-from", help: "Smallest K", min: 1, max: 12, default: 2 };
const TO: Whole = Whole { flag: "neurons-to", help: "Largest K", min: 1, max: 12, default: 12 };
const GRID: Whole = Whole { flag: "grid", help: "Points of the grid of N", min: 3, max: 100, default: 16 };
const PROBES: Whole = Whole { flag: "probes", help: "Probes a point", min: 2, max: 10_000, default: 40 };
const SEED: Whole = Whole { flag: "seed", help: "Seed of all probes", min: 0, max: u32::MAX, default: 1 };

const WIDTH: &str = "effective-width";

/// Its flags.
pub fn command() -> Command {
    let width = Arg::new(WIDTH).long(WIDTH).value_name("r").allow_negative_numbers(true).default_value("30").help("r̃");
    Command::new("calibrate")
        .about("Measure κ(K), the samples per effective width at which half of the probes succeed")
        .long_about(format!(
            "Measure κ(K), the samples per effective width at which half of the probes succeed: d = 100, shared \
             overlap, η = K/14, β = 0.9, λ = {DISTANCE}, at most {STEPS} steps. The result depends on the flags \
             only, not on the number of cores."
        ))
        .args([FROM, TO, GRID, PROBES, SEED].iter().map(Whole::arg))
        .arg(width)
        .arg(output::arg("json", "Write κ with the settings and counts behind it as JSON"))
}

/// κ with its provenance, as `recorded/kappa.json` holds it.
#[derive(Serialize)]
struct Record {
    what: String,
    command: String,
    version: &'static str,
    kappa: Vec<Calibrated>,
}

/// Runs it.
pub fn execute(flags: &ArgMatches) -> anyhow::Result<()> {
    let (from, to) = (FROM.read(flags)?, TO.read(flags)?);
    if from > to {
        let accepted = format!("at most {}, the value of --{}", to, TO.flag);
        return Err(Mistake::Value { flag: FROM.flag, value: from.to_string(), accepted }.into());
    }
    let settings = Settings {
        neurons: 0,
        effective_width: width(flags)?,
        grid: GRID.read(flags)? as usize,
        probes: PROBES.read(flags)?,
        seed: SEED.read(flags)?.into(),
    };
    let [json] = output::check(flags, ["json"])?;
    let mut found = Vec::new();
    for neurons in from..=to {
        let settings = Settings { neurons: neurons as usize, ..settings };
        let bar = ProgressBar::new(0).with_message(format!("K = {neurons}"));
        bar.set_style(ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} probes")?);
        let calibrated = calibrate(settings, |cells| run_in_parallel(cells, &bar))
            .with_context(|| format!("for K = {neurons} no N from 20 to 10000 brackets the transition"))?;
        bar.finish_and_clear();
        if json.as_ref().is_none_or(|output| !output.is_standard()) {
            output::print(line(&calibrated).as_bytes())?;
        }
        found.push(calibrated);
    }
    let Some(output) = json else { return Ok(()) };
    let record = Record {
        what: format!(
            "kappa(K): the N/r at which half of the probes at lambda = {DISTANCE} succeed (relative error below 1e-4 \
             after at most {STEPS} steps), r the effective width; d = 100, shared overlap, eta = K/14, beta = 0.9; \
             logistic fit over ln(N/r) with its 95 % interval"
        ),
        command: format!(
            "winning-ticket calibrate --{} {from} --{} {to} --{} {} --{} {} --{} {} --{WIDTH} {} --json recorded/kappa.json",
            FROM.flag,
            TO.flag,
            GRID.flag,
            settings.grid,
            PROBES.flag,
            settings.probes,
            SEED.flag,
            settings.seed,
            settings.effective_width,
        ),
        version: env!("CARGO_PKG_VERSION"),
        kappa: found,
    };
    output.write(&json::lines(&record)?)
}

fn width(flags: &ArgMatches) -> Result<f64, Mistake> {
    let text = flags.get_one::<String>(WIDTH).map_or("", String::as_str);
    text.parse().ok().filter(|width| (1.0..=100.0).contains(width)).ok_or_else(|| Mistake::Value {
        flag: WIDTH,
        value: quoted(text),
        accepted: "a number from 1 to 100".to_owned(),
    })
}

fn line(found: &Calibrated) -> String {
    let kappa = &found.kappa;
    let probes: u32 = found.cells.iter().map(|cell| cell.probes).sum();
    let (first, last) = (found.cells.first(), found.cells.last());
    let samples = |cell: Option<&Count>| cell.map_or(0, |cell| cell.samples);
    format!(
        "K = {:2}: κ = {:5.2} ({:.2} to {:.2}), {probes} probes at N = {} to {}\n",
        kappa.neurons,
        kappa.value,
        kappa.low,
        kappa.high,
        samples(first),
        samples(last)
    )
}

/// The outcomes of the cells' probes, in order.
fn run_in_parallel(cells: &[Cell], bar: &ProgressBar) -> Vec<Vec<Outcome>> {
    let probes: Vec<(&Cell, u32)> =
        cells.iter().flat_map(|cell| (0..cell.probes).map(move |index| (cell, index))).collect();
    bar.inc_length(probes.len() as u64);
    let outcomes: Vec<Outcome> = probes
        .par_iter()
        .map(|(cell, index)| {
            let outcome = probe(&cell.spec, *index, cell.spec.start_distance).outcome;
            bar.inc(1);
            outcome
        })
        .collect();
    let mut outcomes = outcomes.into_iter();
    cells.iter().map(|cell| outcomes.by_ref().take(cell.probes as usize).collect()).collect()
}
