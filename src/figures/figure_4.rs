//! Figure 4: the samples that are needed against r̃.

use super::edge::{SHARES, Sweep};
use super::reading::{Against, Claim, Reading};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::spec::{Overlap, Spec, StepSize};

pub(super) static FIGURE: Figure = Figure {
    number: 4,
    title: message!("Samples needed"),
    claim: message!("the samples needed grow linearly in r̃"),
    notes: &[
        message!("K is not stated in the paper: 10 here"),
        message!("η and β are not stated: K/14 and 0.9 of Theorem 2 here, and Figure 3’s 0.5 and 0.2 beside them"),
        message!("trials redraw model, data and start, from a distance of λ = 0.2"),
        message!("needed are the N with which half of the trials are below 10⁻⁴ within T steps"),
        SHARES,
    ],
    x: "r̃",
    y: message!("N at which half succeed"),
    swept: Some("N"),
    series: &["η = K/14, β = 0.9", "η = 0.5, β = 0.2"],
    panel_names: &[],
    panels: &[&[0], &[1]],
    untrained: &[],
    plain: None,
    draws_architectures: false,
    along: Against::Width,
    cells,
    read,
};

/// Shares of the samples about the edge, finest near it.
const GRID: &[f64] = &[0.4, 0.55, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.3, 1.5, 1.75];
/// For an edge that is wide, or not so well known.
const WIDE: &[f64] = &[0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.1, 1.25, 1.45, 1.7, 2.0, 2.4, 2.9];
const COARSE: &[f64] = &[0.7, 0.85, 1.0, 1.15, 1.3];
/// Shares that are further from 1 are far from the edge.
const NEAR: f64 = 0.3;

/// The cells of a series.
struct Grid {
    base: Spec,
    widths: &'static [f64],
    /// Samples a unit of r̃ that half of some first trials needed: 1 of the shares.
    about: f64,
    shares: &'static [f64],
    trials: u32,
    /// Trials of shares that are far from 1.
    far_trials: u32,
}

fn grids(preset: Preset) -> Vec<Grid> {
    let paper = Spec {
        neurons: 10,
        dimension: 100,
        start_distance: 0.2,
        overlap: Overlap::Random,
        spread: true,
        max_steps: 10_000,
        seed: 4,
        ..Spec::default()
    };
    let grid = |base, widths, about, shares, [trials, far_trials]: [u32; 2]| Grid {
        base,
        widths,
        about,
        shares,
        trials,
        far_trials,
    };
    match preset {
        Preset::Quick => {
            let small = Spec { neurons: 4, dimension: 40, max_steps: 1500, ..paper };
            vec![grid(small, &[6.0, 9.0, 12.0, 15.0, 18.0], 7.5, COARSE, [6, 6])]
        }
        Preset::Laptop => {
            let capped = Spec { max_steps: 3000, ..paper };
            vec![grid(capped, &[10.0, 20.0, 30.0, 40.0, 50.0, 60.0], 19.5, COARSE, [40, 40])]
        }
        Preset::Full => {
            let other = Spec { step_size: StepSize::Fixed(0.5), momentum: 0.2, ..paper.clone() };
            vec![
                grid(paper, &[10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0], 14.5, GRID, [100, 10]),
                grid(other, &[5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0], 80.0, WIDE, [20, 20]),
            ]
        }
    }
}

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let mut cells = Vec::new();
    for (series, Grid { base, widths, about, shares, trials, far_trials }) in grids(preset).into_iter().enumerate() {
        for width in widths {
            for share in shares {
                let samples = (share * about * width).round().clamp(20.0, 10_000.0);
                let spec = Spec { effective_width: *width, samples: samples as usize, ..base.clone() };
                let trials = if (share - 1.0).abs() > NEAR + 1e-9 { far_trials } else { trials };
                let first = if preset == Preset::Full { trials } else { trials.div_ceil(3) };
                cells.push((Cell { first, ..Cell::new(spec, series, *width, samples) }, trials));
            }
        }
    }
    cells
}

fn read(tallies: &[Tally]) -> Reading {
    let claim = Claim { along: FIGURE.along, or: Against::Root, sign: 1.0, straight: true, of_each: false };
    Reading::of_edges(&FIGURE, tallies, Sweep::UpInLogarithm, claim)
}
