//! Figure 5: the samples that are needed by architectures of equally many weights and different r̃.

use super::edge::{SHARES, Sweep};
use super::reading::{Against, Claim, Fit, Reading};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::network::width_joined;
use crate::notation::significant;
use crate::spec::{Overlap, Spec};

const NEURONS: usize = 5;
/// r_j of each neuron: five of them just fill d = 100 without overlap.
const WIDTH: usize = 20;

pub(super) static FIGURE: Figure = Figure {
    number: 5,
    title: message!("Overlap at equally many weights"),
    claim: message!("with the same number of weights, more samples are needed as r̃ grows"),
    notes: &[
        message!("disjoint supports of 20 features in d = 100 leave room for K = 5"),
        message!(
            "from disjoint to overlapping: none, 2, 3, 4, 5 of the neurons share a feature, as drawn above each column, so that r̃ runs from 7.2 to 20"
        ),
        message!("η = K/14 and β = 0.9 of Theorem 2, from a distance of λ = 0.2"),
        message!(
            "needed are the N with which half of the trials are below 10⁻⁴ within T steps; T is 10 000 at the paper’s size and 3000 at the size for a laptop, where the effect is larger"
        ),
        SHARES,
    ],
    x: "r̃",
    y: message!("N at which half succeed"),
    swept: Some("N"),
    series: &["r_j = 20, K = 5"],
    panel_names: &[],
    panels: &[&[0]],
    untrained: &[],
    plain: None,
    draws_architectures: true,
    along: Against::Width,
    cells,
    read,
};

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let (samples, trials, max_steps): (&[usize], u32, usize) = match preset {
        Preset::Quick => (&[140, 155, 170, 185, 200], 6, 1500),
        Preset::Laptop => (&[112, 120, 128, 136, 144, 152, 160, 176], 400, 3000),
        Preset::Full => (&[104, 108, 112, 116, 120, 124, 128, 132, 136, 140, 144], 400, 10_000),
    };
    let base = Spec {
        neurons: NEURONS,
        dimension: NEURONS * WIDTH,
        start_distance: 0.2,
        overlap: Overlap::Disjoint,
        max_steps,
        seed: 5,
        ..Spec::default()
    };
    let mut cells = Vec::new();
    for joined in 1..=NEURONS {
        let width = width_joined(NEURONS, WIDTH, joined);
        for samples in samples {
            let spec = Spec { effective_width: width, joined, samples: *samples, ..base.clone() };
            let first = if preset == Preset::Full { trials } else { trials.div_ceil(3) };
            cells.push((Cell { first, ..Cell::new(spec, 0, width, *samples as f64) }, trials));
        }
    }
    cells
}

fn read(tallies: &[Tally]) -> Reading {
    let claim = Claim { along: FIGURE.along, or: Against::Root, sign: 1.0, straight: false, of_each: false };
    let mut reading = Reading::of_edges(&FIGURE, tallies, Sweep::UpInLogarithm, claim);
    if let Some(Fit { line, .. }) = reading.fits.first() {
        let [disjoint, overlapping] = [1, NEURONS].map(|joined| width_joined(NEURONS, WIDTH, joined));
        let more = 100.0 * (line.at(overlapping) / line.at(disjoint) - 1.0);
        reading.caveat(format!(
            message!("from disjoint to overlapping supports it is {more} % more samples"),
            more = significant(more, 2)
        ));
    }
    reading
}
