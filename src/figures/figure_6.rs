//! Figure 6: the error that noise leaves against √r̃.

use super::reading::{Against, Claim, Fit, Reading};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::spec::{Overlap, Spec};

pub(super) static FIGURE: Figure = Figure {
    number: 6,
    title: message!("Error under noise"),
    claim: message!("the error at the end grows linearly in √r̃ and in σ"),
    notes: &[
        message!("η and β are not stated in the paper: K/14 and 0.9 of Theorem 2 here, from a distance of λ = 0.2"),
        message!("with noise the iterates keep crossing kinks and mostly run to the step cap"),
    ],
    x: "r̃",
    y: message!("relative error at the end"),
    swept: None,
    series: &["σ/E_y = 0.002", "σ/E_y = 0.005", "σ/E_y = 0.01", "σ/E_y = 0.02"],
    panel_names: &[],
    panels: &[&[0, 1, 2, 3]],
    untrained: &[],
    plain: None,
    draws_architectures: false,
    along: Against::Root,
    cells,
    read,
};

/// σ/E_y of each series.
const NOISE: [f64; 4] = [0.002, 0.005, 0.01, 0.02];

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let (widths, trials, max_steps): (&[f64], u32, usize) = match preset {
        Preset::Quick => (&[4.0, 8.0, 16.0, 24.0, 36.0], 8, 600),
        Preset::Laptop => (&[5.0, 10.0, 15.0, 20.0, 30.0, 40.0], 20, 2000),
        Preset::Full => (&[5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0], 100, 10_000),
    };
    let base = Spec {
        neurons: 10,
        dimension: 300,
        samples: 1000,
        start_distance: 0.2,
        overlap: Overlap::Random,
        max_steps,
        seed: 6,
        ..Spec::default()
    };
    let base = if preset == Preset::Quick { Spec { neurons: 5, dimension: 100, samples: 600, ..base } } else { base };
    let mut cells = Vec::new();
    for (series, noise) in NOISE.into_iter().enumerate() {
        for width in widths {
            let spec = Spec { effective_width: *width, noise, ..base.clone() };
            cells.push((Cell { foretold: 5, ..Cell::new(spec, series, *width, 0.0) }, trials));
        }
    }
    cells
}

fn read(tallies: &[Tally]) -> Reading {
    let claim = Claim { along: FIGURE.along, or: Against::Width, sign: 1.0, straight: true, of_each: true };
    let mut reading = Reading::of_means(&FIGURE, tallies, claim, |tried| Some(tried.relative_error));
    reading.beside(message!("noise floor, to first order"), tallies, |foretold| foretold.noise_floor);
    // Along σ: how steep each series is.
    let steep = |fit: &Fit| (fit.against == Against::Root).then_some((NOISE[fit.series?], fit.line.slope.value));
    reading.across(Against::Noise, &reading.fits.iter().filter_map(steep).collect::<Vec<_>>(), 1.0, true);
    reading
}
