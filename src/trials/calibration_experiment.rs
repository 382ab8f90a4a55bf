//! The experiment behind c(K): how many samples a weight 95 % of the starts at λ = 0.2 need.
//!
//! For each pattern of the supports and each width, probes run on a fixed grid of N/Σ r_j; a logistic curve in
//! ln(N/Σ r_j) is fitted to all of them, once for each step cap. A probe runs up to the largest cap and notes when it
//! found the oracle, which decides it for every cap. Which probes are run follows from the settings alone, so that the
//! same settings give the same numbers on any number of cores; the shell only runs them, and may stop and go on.

use libm::{exp, log};
use serde::{Deserialize, Serialize};

use super::{Plan, Trial, probe_spec};
use crate::link::as_text;
use crate::network::{Mask, draw_mask};
use crate::spec::{FOUND, Overlap, Spec};
use crate::statistics::{Estimate, Logistic};
use crate::theory::calibration::{CALIBRATED_DISTANCE, CALIBRATED_MOMENTUM, CALIBRATED_STEPS, MOST_SAMPLES_A_WEIGHT};
use crate::training::Trainer;

/// The share of successes that counts as enough.
pub const SHARE: f64 = 0.95;
/// The least and the largest N/Σ r_j of the grid.
pub const GRID_ENDS: (f64, f64) = (1.0, MOST_SAMPLES_A_WEIGHT as f64);
/// d.
pub const DIMENSION: usize = 100;
/// Asked r_j: two widths for each pattern; disjoint supports have to fit into d.
const WIDTHS: [usize; 2] = [8, 24];
/// Steps between two looks at a probe's error.
const STRIDE: usize = 10;

/// What is varied between calibrations.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// K.
    pub neurons: usize,
    /// Points of the grid of N/Σ r_j.
    pub grid: usize,
    /// Probes a point, for each pattern and width.
    pub probes: u32,
    /// Seed of all probes.
    pub seed: u64,
}

/// A point of the grid for one pattern and width.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// What is probed.
    #[serde(with = "as_text")]
    pub spec: Spec,
    /// Σ r_j.
    pub weights: usize,
}

/// How the probes of a cell ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Pattern of the supports.
    pub overlap: String,
    /// Σ r_j.
    pub weights: usize,
    /// N.
    pub samples: usize,
    /// Probes run.
    pub probes: u32,
    /// Those that had found the oracle, by each step cap.
    pub successes: [u32; 3],
}

/// c(K) within one step cap.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamplesAWeight {
    /// T.
    pub steps: usize,
    /// c(K).
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
}

/// c(K) and the counts it was fitted to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibrated {
    /// What was asked for.
    pub settings: Settings,
    /// By each step cap; none where no point of the grid was enough.
    pub samples_a_weight: [Option<SamplesAWeight>; 3],
    /// The counts.
    pub counts: Vec<Count>,
}

impl Settings {
    /// The trials of several settings with equally many probes a cell, one after the other.
    pub fn plan(all: &[Self]) -> Plan<Cell> {
        let probes = all.first().map_or(0, |settings| settings.probes);
        assert!(all.iter().all(|settings| settings.probes == probes), "cells have equally many probes");
        Plan::new("the step at which the oracle was found", all.iter().flat_map(Self::cells).collect(), probes)
    }

    /// Every cell, in a fixed order. The trial number keeps the probes of different cells independent.
    fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::new();
        for overlap in [Overlap::Shared, Overlap::Random, Overlap::Disjoint] {
            for width in WIDTHS {
                let spec = |samples, trial| self.spec(overlap, width, samples, trial);
                let weights = self.mask(overlap, width).weights();
                for point in 0..self.grid {
                    let (low, high) = (log(GRID_ENDS.0), log(GRID_ENDS.1));
                    let ratio = exp(low + (high - low) * point as f64 / (self.grid - 1) as f64);
                    let samples = (ratio * weights as f64).round().clamp(20.0, 10_000.0) as usize;
                    cells.push(Cell { spec: spec(samples, cells.len() as u32), weights });
                }
            }
        }
        cells
    }

    fn spec(&self, overlap: Overlap, width: usize, samples: usize, trial: u32) -> Spec {
        let width = match overlap {
            Overlap::Disjoint => width.min(DIMENSION / self.neurons),
            Overlap::Shared | Overlap::Random => width,
        } as f64;
        let share = 1.0 + 1.0 / self.neurons as f64;
        Spec {
            // Equal widths r give r̃ = r, or where none overlap r (1 + 1/K)²/4.
            effective_width: if overlap == Overlap::Disjoint { 0.25 * width * share * share } else { width }.max(1.0),
            samples,
            neurons: self.neurons,
            dimension: DIMENSION,
            momentum: CALIBRATED_MOMENTUM,
            start_distance: CALIBRATED_DISTANCE,
            overlap,
            max_steps: CALIBRATED_STEPS[2],
            seed: self.seed,
            trial: 1000 * self.neurons as u32 + trial,
            ..Spec::default()
        }
    }

    fn mask(&self, overlap: Overlap, width: usize) -> Mask {
        draw_mask(&self.spec(overlap, width, 20, 0))
    }
}

/// The step at which a trial first had a relative error below 10⁻⁴; none if it did not within the largest step cap.
pub fn found_at(trial: Trial<Cell>) -> Option<usize> {
    let mut trainer = Trainer::new(&probe_spec(&trial.cell.spec, trial.index, CALIBRATED_DISTANCE));
    let mut looked = 0;
    loop {
        let errors = trainer.relative_error();
        if let Some(at) = errors[looked..].iter().position(|error| *error < FOUND) {
            return Some(looked + at);
        }
        looked = errors.len();
        if trainer.stopped().is_some() {
            return None;
        }
        trainer.advance(STRIDE);
    }
}

/// c(K) of each of these settings from what [`found_at`] gave for the trials of their plan, in the order of their numbers.
pub fn calibrate_all(all: &[Settings], found: &[Option<usize>]) -> Vec<Calibrated> {
    let mut rest = found;
    all.iter()
        .map(|settings| {
            let trials = settings.cells().len() * settings.probes as usize;
            let (own, others) = rest.split_at(trials);
            rest = others;
            calibrate(*settings, own)
        })
        .collect()
}

fn calibrate(settings: Settings, found: &[Option<usize>]) -> Calibrated {
    let of_cells = found.chunks(settings.probes as usize);
    let counts: Vec<Count> =
        settings.cells().iter().zip(of_cells).map(|(cell, found)| Count::of(cell, found)).collect();
    let samples_a_weight = std::array::from_fn(|cap| {
        let points: Vec<(f64, bool)> = counts.iter().flat_map(|count| count.points(cap)).collect();
        let fit = Logistic::fit(&points).filter(|fit| fit.slope() > 0.0)?;
        let Estimate { value, low, high } = fit.crossing(SHARE);
        let found = SamplesAWeight { steps: CALIBRATED_STEPS[cap], value: exp(value), low: exp(low), high: exp(high) };
        (found.value <= GRID_ENDS.1).then_some(found)
    });
    Calibrated { settings, samples_a_weight, counts }
}

impl Count {
    fn of(cell: &Cell, found: &[Option<usize>]) -> Self {
        let within = |steps: usize| found.iter().flatten().filter(|at| **at <= steps).count() as u32;
        let overlap = match cell.spec.overlap {
            Overlap::Shared => "shared",
            Overlap::Random => "random",
            Overlap::Disjoint => "disjoint",
        };
        Self {
            overlap: overlap.to_owned(),
            weights: cell.weights,
            samples: cell.spec.samples,
            probes: found.len() as u32,
            successes: CALIBRATED_STEPS.map(within),
        }
    }

    /// One point (ln(N/Σ r_j), success) a probe.
    fn points(&self, cap: usize) -> impl Iterator<Item = (f64, bool)> {
        let (x, successes) = (log(self.samples as f64 / self.weights as f64), self.successes[cap]);
        (0..self.probes).map(move |i| (x, i < successes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Streams};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const SETTINGS: Settings = Settings { neurons: 4, grid: 12, probes: 8, seed: 1 };

    /// What the probes of each cell give: `found` of its samples a weight.
    fn made_up(mut found: impl FnMut(f64) -> Option<usize>) -> Vec<Option<usize>> {
        let plan = Settings::plan(&[SETTINGS]);
        let trials = (0..plan.len()).filter_map(|number| plan.trial(number));
        trials.map(|trial| found(trial.cell.spec.samples as f64 / trial.cell.weights as f64)).collect()
    }

    /// Steps that are logistic in ln(N/Σ r_j): success within every cap around `half` samples a weight.
    fn logistic(half: f64, seed: u64) -> Vec<Option<usize>> {
        let mut stream = Streams::new(seed, 0).stream(Purpose::Probe, 0);
        made_up(|ratio| {
            let p = 1.0 / (1.0 + exp(-8.0 * (log(ratio) - log(half))));
            (stream.uniform() < p).then_some(500)
        })
    }

    #[test]
    fn the_interval_covers_the_share_about_as_often_as_it_says() {
        // 100 repetitions: 95 ± 2.2; ± 4 standard deviations. 95 % is logit⁻¹(2.944): 2.944/8 above the half.
        for half in [1.5, 2.5] {
            let exact = half * exp(log(19.0) / 8.0);
            let covers = |seed: &u64| {
                let [found, ..] = calibrate(SETTINGS, &logistic(half, *seed)).samples_a_weight;
                found.is_some_and(|found| (found.low..found.high).contains(&exact))
            };
            let covered = (0..100).filter(covers).count();
            assert!((86..=100).contains(&covered), "{half}: {covered}");
        }
    }

    #[test]
    fn each_step_cap_counts_what_was_found_by_then() {
        let found = made_up(|ratio| match ratio {
            4.0.. => Some(900),
            2.0.. => Some(3000),
            _ => None,
        });
        let [within_1000, within_3000, within_10000] =
            calibrate(SETTINGS, &found).samples_a_weight.map(|found| found.expect("a transition").value);
        assert!((4.0..6.0).contains(&within_1000) && (2.0..3.0).contains(&within_3000), "{within_1000} {within_3000}");
        assert_eq!(within_3000, within_10000);
    }

    #[test]
    fn where_no_number_of_samples_is_enough_there_is_none() {
        let found = made_up(|_| None);
        assert_eq!(calibrate(SETTINGS, &found).samples_a_weight, [None; 3]);
    }
}
