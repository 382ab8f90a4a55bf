//! A figure with its results as it is saved and shown: what was run, how it ended, what follows from it, and by which program.

use libm::log10;
use serde::{Deserialize, Serialize};

use super::{Cell, Figure, Preset, Reading, Redraw, Tally};
use crate::link::{Link, parse};
use crate::pruning::Pruning;
use crate::spec::{EPOCH, Spec};
use crate::statistics::Mean;
use crate::trials::{CURVE_POINTS, Outcome, Plan, Round, joint_digest, packed};

/// A figure's results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its number in the paper.
    pub figure: u8,
    /// The preset's word.
    pub preset: String,
    /// The program's version.
    pub version: String,
    /// The bits epoch.
    pub bits: u32,
    /// The day, as the one who ran it gives it; empty where none was given.
    pub date: String,
    /// Digest of the plan.
    pub plan: String,
    /// All trials.
    pub trials: usize,
    /// What follows from them.
    pub reading: Reading,
    /// The settings, with how their trials ended.
    pub cells: Vec<CellRecord>,
    /// The mean ways of runs, where they were kept.
    pub curves: Vec<CurveRecord>,
}

/// A setting and how its trials ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellRecord {
    /// Which of the figure's series it belongs to.
    pub series: usize,
    /// Along the first axis.
    pub x: f64,
    /// The swept value; 0 in figures without one.
    pub y: f64,
    /// The run that its first trial is.
    pub link: String,
    /// What tells its trials apart.
    pub redraw: Redraw,
    /// How each trial ended, in their order: s success, e stopped elsewhere, c step cap.
    pub ends: String,
    /// Mean of the steps after which those that succeeded were below the target.
    pub found: Option<f64>,
    /// Relative error at the end.
    pub relative_error: Option<Mean>,
    /// Measured rate.
    pub rate: Option<Mean>,
    /// SHA-256 over the digests of its trials in their order, the first 16 hex digits.
    pub digest: String,
    /// Of searches for a mask, how they were done.
    #[serde(default)]
    pub pruning: Option<Pruning>,
    /// Accuracy of the masks that they found.
    #[serde(default)]
    pub mask_accuracy: Option<Mean>,
    /// Test error of the tickets at the end.
    #[serde(default)]
    pub test_error: Option<Mean>,
}

/// The mean way of a cell's runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurveRecord {
    /// Which series.
    pub series: usize,
    /// Along the first axis.
    pub x: f64,
    /// t of each entry.
    pub steps: Vec<usize>,
    /// Mean of log₁₀ of the relative error, as far as all runs went.
    pub mean: Vec<f64>,
    /// Its standard deviation.
    pub deviation: Vec<f64>,
}

impl Record {
    /// Of `figure` at `preset`, computed on `date`, with these results.
    pub fn new(figure: &Figure, preset: Preset, plan: &Plan<Cell>, tallies: &[Tally], date: &str) -> Self {
        Self {
            figure: figure.number,
            preset: preset.key().to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            bits: EPOCH,
            date: date.to_owned(),
            plan: plan.digest(),
            trials: tallies.iter().map(|tally| tally.trials.len()).sum(),
            reading: figure.read(tallies),
            cells: tallies.iter().enumerate().map(|(place, tally)| CellRecord::of(plan, place, tally)).collect(),
            curves: tallies.iter().filter_map(CurveRecord::of).collect(),
        }
    }
}

impl Record {
    /// Whether its trials searched masks.
    pub fn searches(&self) -> bool {
        self.cells.iter().any(|cell| cell.pruning.is_some())
    }

    /// As bytes, for the page: half as many as JSON, and read by code that it has for its messages.
    pub fn bytes(&self) -> Vec<u8> {
        packed(self)
    }

    /// From the bytes that [`Record::bytes`] gave; none for other bytes.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

impl CellRecord {
    fn of(plan: &Plan<Cell>, place: usize, tally: &Tally) -> Self {
        let first = plan.trial(plan.numbers(place).start).expect("a cell has trials");
        let Cell { series, x, y, redraw, .. } = *tally.cell;
        let found: Vec<f64> = tally.trials.iter().filter_map(|tried| tried.found).map(f64::from).collect();
        let errors: Vec<f64> = tally.trials.iter().map(|tried| tried.relative_error).collect();
        let tickets = |value: fn(&Round) -> f64| {
            Mean::of(&tally.trials.iter().filter_map(|tried| tried.rounds.last()).map(value).collect::<Vec<_>>())
        };
        let rates: Vec<f64> = tally.trials.iter().filter_map(|tried| tried.rate).collect();
        Self {
            series,
            x,
            y,
            link: format!("#{}", Link::from(Cell::spec_of(&first)).fragment()),
            redraw,
            ends: tally.trials.iter().map(|tried| letter(tried.outcome)).collect(),
            found: Mean::of(&found).map(|mean| mean.value),
            relative_error: Mean::of(&errors),
            rate: Mean::of(&rates),
            digest: joint_digest(tally.trials.iter().map(|tried| tried.digest.as_str())),
            pruning: tally.cell.pruning,
            mask_accuracy: tickets(|round| round.mask_accuracy),
            test_error: tickets(|round| round.test_error),
        }
    }

    /// How many of its trials ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.ends.chars().filter(|end| *end == letter(outcome)).count()
    }

    /// The share of its trials that succeeded; none without a trial.
    pub fn share(&self) -> Option<f64> {
        let trials = self.ends.len();
        (trials > 0).then(|| self.count(Outcome::Success) as f64 / trials as f64)
    }

    /// How each trial ended, in their order.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome> {
        let outcomes = [Outcome::Success, Outcome::StoppedElsewhere, Outcome::StepCap];
        self.ends.chars().filter_map(move |end| outcomes.into_iter().find(|outcome| letter(*outcome) == end))
    }

    /// The very run that its trial `index` is.
    pub fn spec_of(&self, index: u32) -> Spec {
        let (first, _) = parse(&self.link);
        self.redraw.of(first.spec, index)
    }
}

fn letter(outcome: Outcome) -> char {
    match outcome {
        Outcome::Success => 's',
        Outcome::StoppedElsewhere => 'e',
        Outcome::StepCap => 'c',
    }
}

impl CurveRecord {
    fn of(tally: &Tally) -> Option<Self> {
        // As far as all of them ran: the mean over those that are left would rise where the fast ones end.
        let points = tally.trials.iter().map(|tried| tried.curve.len()).min().filter(|points| *points > 0)?;
        let means = (0..points).filter_map(|point| {
            let errors = tally.trials.iter().map(|tried| log10(tried.curve[point]));
            Mean::of(&errors.collect::<Vec<_>>())
        });
        let (mean, deviation) = means.map(|mean| (mean.value, mean.deviation)).unzip();
        let steps = (0..points).map(|point| point * tally.cell.spec.max_steps / CURVE_POINTS).collect();
        Some(Self { series: tally.cell.series, x: tally.cell.x, steps, mean, deviation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::FIGURES;
    use crate::trials::Ledger;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_recorded_cell_names_each_of_its_trials() {
        for figure in FIGURES {
            let plan = figure.plan(Preset::Quick, None);
            let ledger = Ledger::new(&plan);
            let record = Record::new(figure, Preset::Quick, &plan, &Tally::all(&plan, &ledger), "");
            for (place, cell) in record.cells.iter().enumerate() {
                for (index, number) in plan.numbers(place).enumerate() {
                    let trial = plan.trial(number).expect("a trial of the plan");
                    assert_eq!(cell.spec_of(index as u32), Cell::spec_of(&trial));
                }
            }
        }
    }
}
