//! The experiment behind κ(K): how many samples per effective width half of the probes at λ = 0.2 need.
//!
//! Scouts bracket the transition on a coarse grid of N; then a fine grid over that bracket is probed and a logistic
//! curve in ln(N/r̃) is fitted to it. Which probes are run follows from the settings alone, so that the same settings give
//! the same κ on any number of cores; the shell only runs them.

use libm::{exp, log};
use serde::{Deserialize, Serialize};

use super::{Half, Logistic, Outcome};
use crate::network::{draw_mask, effective_width};
use crate::spec::{Overlap, Spec};
use crate::theory::calibration::Kappa;

/// Step cap of the probes.
pub const STEPS: usize = 3000;
/// Distance λ of the probes.
pub const DISTANCE: f64 = 0.2;

/// Ratio of neighbouring N on the scouts' grid.
const STRIDE: f64 = 1.2;
/// Probes a scouted N.
const SCOUTS: u32 = 10;
/// Scouts' successes up to which an N lies below the transition; above it, as many failures.
const FEW: u32 = 1;
/// How far the fine grid reaches beyond the scouts' bracket, as a ratio of N.
const MARGIN: f64 = 1.05;
/// N of the first scouts, in units of K r̃.
const FIRST: f64 = 1.5;

/// What is varied between calibrations; the rest is fixed: d = 100, shared overlap, η = K/14, β = 0.9, λ = 0.2, at
/// most 3000 steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// K.
    pub neurons: usize,
    /// r̃.
    pub effective_width: f64,
    /// Points of the fine grid of N.
    pub grid: usize,
    /// Probes a point of the fine grid.
    pub probes: u32,
    /// Seed of all probes.
    pub seed: u64,
}

/// The probes 0 … `probes` − 1 of `spec`, at the Spec's own start distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What they probe.
    pub spec: Spec,
    /// How many there are.
    pub probes: u32,
}

/// How the probes at one N ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// N.
    pub samples: usize,
    /// Probes run.
    pub probes: u32,
    /// Probes that succeeded.
    pub successes: u32,
}

/// κ(K) and the cells it was fitted to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibrated {
    /// What was asked for.
    pub settings: Settings,
    /// The effective width (5) reached.
    pub effective_width: f64,
    /// κ with its 95 % interval.
    pub kappa: Kappa,
    /// The scouts' counts; not part of the fit.
    pub scouted: Vec<Count>,
    /// The counts that were fitted.
    pub cells: Vec<Count>,
}

impl Settings {
    /// The Spec of the probes at N = `samples`. The trial number keeps the probes of different cells independent.
    pub fn spec(&self, samples: usize) -> Spec {
        Spec {
            effective_width: self.effective_width,
            samples,
            neurons: self.neurons,
            dimension: 100,
            momentum: 0.9,
            start_distance: DISTANCE,
            overlap: Overlap::Shared,
            max_steps: STEPS,
            seed: self.seed,
            trial: (20_000 * self.neurons + samples) as u32,
            ..Spec::default()
        }
    }

    fn cell(&self, samples: usize, probes: u32) -> Cell {
        Cell { spec: self.spec(samples), probes }
    }
}

/// Finds κ. `run` gives the outcomes of the probes of each cell, cell after cell. None if no N from 20 to 10 000 lies
/// below the transition and another above it, or if success does not rise with N.
pub fn calibrate(settings: Settings, mut run: impl FnMut(&[Cell]) -> Vec<Vec<Outcome>>) -> Option<Calibrated> {
    let mut count = |cells: &[Cell]| -> Vec<Count> {
        let outcomes = run(cells);
        cells.iter().zip(outcomes).map(|(cell, outcomes)| Count::of(cell, &outcomes)).collect()
    };
    let width = effective_width(&draw_mask(&settings.spec(20)));
    let first = FIRST * settings.neurons as f64 * width;
    let mut scouted: Vec<Count> = Vec::new();
    // From the first N down until few succeed, then from it up until few fail.
    for (direction, far_enough) in [(-1, Count::mostly_fail as fn(&Count) -> bool), (1, Count::mostly_succeed)] {
        let mut step = 0;
        while !scouted.iter().any(far_enough) {
            let samples = (first * exp(f64::from(step) * log(STRIDE))).round();
            if !(20.0..=10_000.0).contains(&samples) {
                return None;
            }
            if step != 0 || scouted.is_empty() {
                scouted.extend(count(&[settings.cell(samples as usize, SCOUTS)]));
            }
            step += direction;
        }
    }
    scouted.sort_unstable_by_key(|count| count.samples);
    let below = scouted.iter().filter(|count| count.mostly_fail()).map(|count| count.samples).max()?;
    let above = scouted.iter().filter(|count| count.mostly_succeed()).map(|count| count.samples).min()?;
    let low = log((below.min(above) as f64 / MARGIN).max(20.0));
    let high = log((below.max(above) as f64 * MARGIN).min(10_000.0));
    let mut grid: Vec<usize> = (0..settings.grid)
        .map(|i| exp(low + (high - low) * i as f64 / (settings.grid - 1) as f64).round() as usize)
        .collect();
    grid.dedup();
    let cells: Vec<Cell> = grid.into_iter().map(|samples| settings.cell(samples, settings.probes)).collect();
    let cells = count(&cells);

    let fit = Logistic::fit(&cells.iter().flat_map(|count| count.points(width)).collect::<Vec<_>>())?;
    let Half { value, low, high } = fit.half();
    (fit.slope() > 0.0).then_some(Calibrated {
        settings,
        effective_width: width,
        kappa: Kappa { neurons: settings.neurons, value: exp(value), low: exp(low), high: exp(high) },
        scouted,
        cells,
    })
}

impl Count {
    fn of(cell: &Cell, outcomes: &[Outcome]) -> Self {
        let successes = outcomes.iter().filter(|outcome| **outcome == Outcome::Success).count() as u32;
        Self { samples: cell.spec.samples, probes: cell.probes, successes }
    }

    fn mostly_fail(&self) -> bool {
        self.successes <= FEW
    }

    fn mostly_succeed(&self) -> bool {
        self.probes - self.successes <= FEW
    }

    /// One point (ln(N/r̃), success) a probe.
    fn points(&self, width: f64) -> impl Iterator<Item = (f64, bool)> {
        let (x, successes) = (log(self.samples as f64 / width), self.successes);
        (0..self.probes).map(move |i| (x, i < successes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Streams};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const SETTINGS: Settings = Settings { neurons: 4, effective_width: 30.0, grid: 12, probes: 40, seed: 1 };

    /// Outcomes that are logistic in ln(N/r̃) around `kappa`.
    fn made_up(kappa: f64, seed: u64) -> impl FnMut(&[Cell]) -> Vec<Vec<Outcome>> {
        move |cells| {
            let outcomes = |cell: &Cell| {
                let mut stream = Streams::new(seed, cell.spec.trial).stream(Purpose::Probe, 0);
                let p = 1.0 / (1.0 + exp(-12.0 * (log(cell.spec.samples as f64 / 30.0) - log(kappa))));
                let draw = |_| if stream.uniform() < p { Outcome::Success } else { Outcome::StoppedElsewhere };
                (0..cell.probes).map(draw).collect()
            };
            cells.iter().map(outcomes).collect()
        }
    }

    #[test]
    fn the_interval_covers_kappa_about_as_often_as_it_says() {
        // 100 repetitions: 95 ± 2.2; ± 4 standard deviations.
        for kappa in [3.0, 6.0, 20.0] {
            let covers = |seed: &u64| {
                let Kappa { low, high, .. } = calibrate(SETTINGS, made_up(kappa, *seed)).expect("a transition").kappa;
                (low..high).contains(&kappa)
            };
            let covered = (0..100).filter(covers).count();
            assert!((86..=100).contains(&covered), "{kappa}: {covered}");
        }
    }

    #[test]
    fn where_no_number_of_samples_helps_there_is_no_kappa() {
        let all = |outcome| move |cells: &[Cell]| vec![vec![outcome; SCOUTS as usize]; cells.len()];
        assert_eq!(calibrate(SETTINGS, all(Outcome::StepCap)), None);
        assert_eq!(calibrate(SETTINGS, all(Outcome::Success)), None);
    }
}
