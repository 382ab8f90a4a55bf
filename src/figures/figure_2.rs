//! Figure 2: the radius of the convex region against √r̃.

use super::edge::{SHARES, Sweep};
use super::reading::{Against, Claim, Reading};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::notation::grouped;
use crate::spec::{Overlap, Spec, StepSize};
use crate::trials::Outcome;

pub(super) static FIGURE: Figure = Figure {
    number: 2,
    title: message!("Radius of the convex region"),
    claim: message!("the radius of the convex region falls linearly in √r̃"),
    notes: &[
        message!(
            "η and β are not stated in the paper: K/14 and 0.9 of Theorem 2 here, and Figure 3’s 0.5 and 0.2 beside them"
        ),
        message!("a radius is one within T steps: T, η and β decide where the edge is"),
        message!("where all trials of a width succeed, or none, the radius is censored: shown, not fitted"),
        message!("a start lies at distance λ exactly, where the paper has “< λ”"),
        SHARES,
    ],
    x: "r̃",
    y: message!("radius within T steps, in |W*|"),
    swept: Some("λ"),
    series: &[
        "d = 100, N = 1000; η = K/14, β = 0.9",
        "d = 100, N = 1000; η = 0.5, β = 0.2",
        "d = 500, N = 5000; η = K/14, β = 0.9",
        "d = 500, N = 5000; η = 0.5, β = 0.2",
    ],
    panel_names: &[],
    panels: &[&[0], &[1], &[2], &[3]],
    untrained: &[],
    plain: None,
    draws_architectures: false,
    along: Against::Root,
    cells,
    read,
};

/// Widths, distances and trials of a series.
struct Grid {
    series: usize,
    base: Spec,
    widths: &'static [f64],
    distances: &'static [f64],
    trials: u32,
}

fn grids(preset: Preset) -> Vec<Grid> {
    let paper = Spec {
        neurons: 10,
        dimension: 500,
        samples: 5000,
        overlap: Overlap::Random,
        spread: true,
        max_steps: 10_000,
        seed: 2,
        ..Spec::default()
    };
    let fifth = Spec { dimension: 100, samples: 1000, ..paper.clone() };
    let other_step = |spec: &Spec| Spec { step_size: StepSize::Fixed(0.5), momentum: 0.2, ..spec.clone() };
    let grid = |series, base, widths, distances, trials| Grid { series, base, widths, distances, trials };
    match preset {
        Preset::Quick => {
            let small = Spec { neurons: 5, dimension: 50, samples: 200, max_steps: 800, ..paper };
            vec![grid(0, small, &[8.0, 10.0, 12.0, 13.0, 14.0, 15.0, 16.0], &[0.1, 0.4, 0.7, 1.0, 1.3], 6)]
        }
        Preset::Laptop => {
            let capped = Spec { max_steps: 3000, ..fifth };
            vec![grid(0, capped, NARROW, &[0.1, 0.3, 0.5, 0.7, 0.9, 1.2], 18)]
        }
        Preset::Full => vec![
            grid(0, fifth.clone(), WIDTHS, DISTANCES, 100),
            grid(1, other_step(&fifth), OTHER_WIDTHS, NEARER, 20),
            grid(2, paper.clone(), PAPER_WIDTHS, DISTANCES, 10),
            // How far the region reaches at least where it has no edge: shown as censored.
            grid(2, paper.clone(), &[50.0, 100.0, 150.0, 200.0, 280.0], &[1.4], 3),
            grid(3, other_step(&paper), OTHER_PAPER_WIDTHS, NEARER, 10),
        ],
    }
}

const DISTANCES: &[f64] = &[0.05, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4];
const WIDTHS: &[f64] = &[58.0, 62.0, 64.0, 66.0, 68.0, 70.0, 72.0, 74.0, 78.0];
// With the smaller step the edge is nearer, and at smaller widths.
const NEARER: &[f64] = &[0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.9, 1.2];
// Where the edge is within fewer steps.
const NARROW: &[f64] = &[42.0, 43.0, 44.0, 45.0, 46.0, 47.0, 48.0, 49.0];
const OTHER_WIDTHS: &[f64] = &[3.0, 5.0, 8.0, 11.0, 14.0, 17.0, 20.0, 24.0, 28.0];
const PAPER_WIDTHS: &[f64] = &[330.0, 340.0, 350.0, 360.0];
const OTHER_PAPER_WIDTHS: &[f64] = &[20.0, 40.0, 60.0, 80.0, 100.0, 140.0];

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let mut cells = Vec::new();
    for Grid { series, base, widths, distances, trials } in grids(preset) {
        for width in widths {
            for (place, distance) in distances.iter().enumerate() {
                let spec = Spec { effective_width: *width, start_distance: *distance, ..base.clone() };
                // What theory says is of the problem, not of the distance.
                let foretold = if place == 0 { 5 } else { 0 };
                let first = if preset == Preset::Full { trials } else { trials.div_ceil(3) };
                cells.push((Cell { foretold, first, ..Cell::new(spec, series, *width, *distance) }, trials));
            }
        }
    }
    cells
}

/// What became of the starts outside of the region: whether any stopped at a false minimum.
fn where_the_others_ended(tallies: &[Tally]) -> String {
    let count = |outcome| tallies.iter().map(|tally| tally.count(outcome)).sum();
    let (elsewhere, late) = (count(Outcome::StoppedElsewhere), count(Outcome::StepCap));
    if elsewhere == 0 {
        format!(
            message!("T, η and β set the edge: no start stopped elsewhere, {late} had not arrived after T steps"),
            late = grouped(late)
        )
    } else {
        format!(
            message!(
                "T, η and β set the edge: {stopped} starts stopped elsewhere, {late} had not arrived after T steps"
            ),
            stopped = grouped(elsewhere),
            late = grouped(late)
        )
    }
}

fn read(tallies: &[Tally]) -> Reading {
    let claim = Claim { along: FIGURE.along, or: Against::Width, sign: -1.0, straight: true, of_each: false };
    let mut reading = Reading::of_edges(&FIGURE, tallies, Sweep::Down, claim);
    reading.beside(message!("R_T of Theorem 2"), tallies, |foretold| foretold.reach);
    reading.beside(message!("R₁ of Theorem 1"), tallies, |foretold| foretold.ball);
    reading.remark(where_the_others_ended(tallies));
    reading
}
