//! A figure with its results as it is saved: what was run, how it ended, what follows from it, and by which program.

use libm::log10;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Cell, Figure, Preset, Reading, Redraw, Tally};
use crate::link::Link;
use crate::spec::EPOCH;
use crate::statistics::Mean;
use crate::trials::{CURVE_POINTS, Outcome, Plan};

/// What is saved of a figure.
#[derive(Clone, Debug, Serialize)]
pub struct Record<'a> {
    figure: u8,
    title: &'a str,
    claim: &'a str,
    notes: &'a [&'a str],
    x: &'a str,
    y: &'a str,
    swept: Option<&'a str>,
    series: &'a [&'a str],
    preset: &'a str,
    /// The program.
    version: &'a str,
    bits: u32,
    /// The day, as the one who ran it gives it.
    date: &'a str,
    /// Digest of the plan.
    plan: String,
    trials: usize,
    reading: Reading,
    cells: Vec<CellRecord>,
    curves: Vec<CurveRecord>,
}

/// What is saved of a cell.
#[derive(Clone, Debug, Serialize)]
pub struct CellRecord {
    series: usize,
    x: f64,
    y: f64,
    /// The first of its trials; further ones count up from it in `varies`.
    link: String,
    /// The key of the link that tells its trials apart.
    varies: &'static str,
    trials: usize,
    success: usize,
    stopped_elsewhere: usize,
    step_cap: usize,
    /// Mean of the steps after which those that succeeded were below the target.
    found: Option<f64>,
    /// Mean and standard deviation of the relative error at the end.
    relative_error: Option<Mean>,
    /// Of the measured rate.
    rate: Option<Mean>,
    /// SHA-256 over the digests of its trials in their order, the first 16 hex digits.
    digest: String,
}

/// The mean way of a cell's runs.
#[derive(Clone, Debug, Serialize)]
pub struct CurveRecord {
    series: usize,
    x: f64,
    /// t of each entry.
    steps: Vec<usize>,
    /// Mean of log₁₀ of the relative error, over the runs that went so far.
    mean: Vec<f64>,
    /// Its standard deviation.
    deviation: Vec<f64>,
}

impl<'a> Record<'a> {
    /// Of `figure` at `preset`, computed on `date`, with these results.
    pub fn new(figure: &'a Figure, preset: Preset, plan: &Plan<Cell>, tallies: &[Tally], date: &'a str) -> Self {
        Self {
            figure: figure.number,
            title: figure.title,
            claim: figure.claim,
            notes: figure.notes,
            x: figure.x,
            y: figure.y,
            swept: figure.swept,
            series: figure.series,
            preset: preset.key(),
            version: env!("CARGO_PKG_VERSION"),
            bits: EPOCH,
            date,
            plan: plan.digest(),
            trials: tallies.iter().map(|tally| tally.trials.len()).sum(),
            reading: figure.read(tallies),
            cells: tallies.iter().enumerate().map(|(place, tally)| CellRecord::of(plan, place, tally)).collect(),
            curves: tallies.iter().filter_map(CurveRecord::of).collect(),
        }
    }

    /// What follows from the results.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }
}

impl CellRecord {
    fn of(plan: &Plan<Cell>, place: usize, tally: &Tally) -> Self {
        let first = plan.trial(plan.numbers(place).start).expect("a cell has trials");
        let Cell { series, x, y, redraw, .. } = *tally.cell;
        let found: Vec<f64> = tally.trials.iter().filter_map(|tried| tried.found).map(f64::from).collect();
        let errors: Vec<f64> = tally.trials.iter().map(|tried| tried.relative_error).collect();
        let rates: Vec<f64> = tally.trials.iter().filter_map(|tried| tried.rate).collect();
        let mut hasher = Sha256::new();
        for tried in &tally.trials {
            hasher.update(tried.digest.as_bytes());
        }
        Self {
            series,
            x,
            y,
            link: format!("#{}", Link::from(Cell::spec_of(&first)).fragment()),
            varies: match redraw {
                Redraw::Everything => "trial",
                Redraw::Start => "start-seed",
            },
            trials: tally.trials.len(),
            success: tally.count(Outcome::Success),
            stopped_elsewhere: tally.count(Outcome::StoppedElsewhere),
            step_cap: tally.count(Outcome::StepCap),
            found: Mean::of(&found).map(|mean| mean.value),
            relative_error: Mean::of(&errors),
            rate: Mean::of(&rates),
            digest: hasher.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

impl CurveRecord {
    fn of(tally: &Tally) -> Option<Self> {
        let longest = tally.trials.iter().map(|tried| tried.curve.len()).max().filter(|points| *points > 0)?;
        let means = (0..longest).filter_map(|point| {
            let errors = tally.trials.iter().filter_map(|tried| tried.curve.get(point));
            Mean::of(&errors.map(|error| log10(*error)).collect::<Vec<_>>())
        });
        let (mean, deviation) = means.map(|mean| (mean.value, mean.deviation)).unzip();
        let steps = (0..longest).map(|point| point * tally.cell.spec.max_steps / CURVE_POINTS).collect();
        Some(Self { series: tally.cell.series, x: tally.cell.x, steps, mean, deviation })
    }
}
