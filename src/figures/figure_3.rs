//! Figure 3: the rate of convergence against √r̃, and the relative error on the way.

use libm::log;

use super::reading::{Against, Claim, Reading};
use super::results::Tally;
use super::{Cell, Figure, Preset, Redraw};
use crate::language::message;
use crate::notation::number;
use crate::spec::{Overlap, Spec, StepSize};
use crate::statistics::Line;

/// Figure 3's step size and momentum are the only ones that the paper states.
const MOMENTUM: f64 = 0.2;
const WITH_MOMENTUM: usize = 0;
const WITHOUT: usize = 1;

pub(super) static FIGURE: Figure = Figure {
    number: 3,
    title: message!("Rate of convergence"),
    claim: message!("convergence is linear, its rate grows linearly in √r̃, and momentum makes it faster"),
    notes: &[
        message!(
            "the rate is the slope of the logarithm of the relative error over the second half of a run, which the paper does not state"
        ),
        message!(
            "ν is predicted for the slowest direction alone; within these steps others still add to the speed, so runs are faster"
        ),
        message!("trials redraw the start only, from a distance of λ = 0.2; all widths share their samples"),
        message!("the step cap is 10 000"),
    ],
    x: "r̃",
    y: message!("rate ν"),
    swept: None,
    series: &["AGD, β = 0.2", "GD, β = 0"],
    panel_names: &[],
    panels: &[&[0, 1]],
    untrained: &[],
    plain: Some(WITHOUT),
    draws_architectures: false,
    along: Against::Root,
    cells,
    read,
};

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let (widths, trials, max_steps): (&[f64], u32, usize) = match preset {
        Preset::Quick => (&[10.0, 15.0, 20.0, 30.0, 40.0], 3, 2000),
        Preset::Laptop => (&[10.0, 20.0, 40.0, 60.0, 80.0, 100.0, 120.0, 140.0], 4, 5000),
        Preset::Full => (&[5.0, 10.0, 20.0, 30.0, 40.0, 60.0, 80.0, 100.0, 120.0, 140.0, 160.0], 20, 10_000),
    };
    let paper = Spec {
        neurons: 10,
        dimension: 300,
        samples: 5000,
        step_size: StepSize::Fixed(0.5),
        start_distance: 0.2,
        overlap: Overlap::Random,
        max_steps,
        seed: 3,
        ..Spec::default()
    };
    let base = match preset {
        Preset::Quick => Spec { neurons: 5, dimension: 60, samples: 1000, ..paper },
        Preset::Laptop | Preset::Full => paper,
    };
    let mut cells = Vec::new();
    for width in widths {
        for (series, momentum) in [(WITH_MOMENTUM, MOMENTUM), (WITHOUT, 0.0)] {
            let spec = Spec { effective_width: *width, momentum, ..base.clone() };
            let cell = Cell::new(spec, series, *width, 0.0);
            cells.push((Cell { redraw: Redraw::Start, foretold: 1, curve: true, ..cell }, trials));
        }
    }
    cells
}

fn read(tallies: &[Tally]) -> Reading {
    let claim = Claim { along: FIGURE.along, or: Against::Width, sign: 1.0, straight: true, of_each: true };
    let mut reading = Reading::of_means(&FIGURE, tallies, claim, |tried| tried.rate);
    reading.beside(message!("ν predicted by the spectrum at W*"), tallies, |foretold| foretold.rate);
    if let [with, without] = &reading.measured[..] {
        // Both have the same widths.
        let slower = with.points.iter().zip(&without.points).find(|(with, without)| with.y >= without.y);
        if let Some((with, _)) = slower {
            reading.refute(format!(message!("at r̃ = {width} momentum is not faster"), width = number(with.x)));
        }
    }
    let straight = tallies.iter().flat_map(|tally| tally.trials.iter().filter_map(|tried| straightness(&tried.curve)));
    let least = straight.fold(1.0, f64::min);
    if least < 0.9 {
        reading.refute(format!(
            message!("the logarithm of the relative error is no line in t: R² is {least} for some run"),
            least = format_args!("{least:.2}")
        ));
    }
    reading
}

/// R² of a line through the logarithm of a curve's second half; none where that has too few points above rounding.
fn straightness(curve: &[f64]) -> Option<f64> {
    let second_half = curve.iter().enumerate().skip(curve.len() / 2).filter(|(_, error)| **error > 1e-12);
    let points: Vec<(f64, f64)> = second_half.map(|(point, error)| (point as f64, log(*error))).collect();
    Line::fit(&points).map(|line| line.r2)
}
