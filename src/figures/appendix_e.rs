//! Appendix E: how much of the oracle's mask magnitude pruning finds, against the number of samples.

use super::reading::{Against, Reading, Summary};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::notation::rounded;
use crate::pruning::{Method, Pruning, Restart};
use crate::spec::Spec;

pub(super) static FIGURE: Figure = Figure {
    number: 0,
    title: message!("Magnitude finds the mask"),
    claim: message!("magnitude pruning finds an accurate mask with enough samples"),
    notes: &[
        message!(
            "K = 5, d = 100, r = 20: as many weights are left as the oracle has, a fifth; at random a fifth of them would be the oracle’s"
        ),
        message!(
            "a dense start around W* gives part of the mask away, more the nearer it is: beside the trained weights stand those of the start"
        ),
        message!("η = K/14 and β = 0.9 of Theorem 2; accurate is an accuracy of 0.99 in the mean"),
    ],
    x: "N",
    y: message!("mask accuracy"),
    swept: None,
    series: &[
        message!("trained from λ = 0.5"),
        message!("trained from λ = 1"),
        message!("trained from λ = 2"),
        message!("untrained, λ = 0.5"),
        message!("untrained, λ = 1"),
        message!("untrained, λ = 2"),
    ],
    panel_names: &[],
    panels: &[&[0, 1, 2, 3, 4, 5]],
    untrained: &[3, 4, 5],
    plain: None,
    draws_architectures: false,
    along: Against::Samples,
    cells,
    read,
};

/// Distances of the dense start, in |W\*|.
const DISTANCES: [f64; 3] = [0.5, 1.0, 2.0];
/// A mask of this accuracy is called accurate.
const ACCURATE: f64 = 0.99;

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let (samples, trials, max_steps): (&[usize], u32, usize) = match preset {
        Preset::Quick => (&[100, 400, 1600], 10, 250),
        Preset::Laptop => (&[100, 200, 400, 800, 1600], 10, 3000),
        Preset::Full => (&[100, 200, 300, 400, 600, 800, 1200, 1600, 3200], 30, 10_000),
    };
    let mut cells = Vec::new();
    for (place, method) in [Method::Magnitude, Method::Untrained].into_iter().enumerate() {
        for (nearer, start_distance) in DISTANCES.into_iter().enumerate() {
            for samples in samples {
                let base = Spec { neurons: 5, dimension: 100, effective_width: 20.0, ..Spec::default() };
                let spec = Spec { samples: *samples, start_distance, max_steps, seed: 15, ..base };
                let pruning = Some(Pruning { method, ratio: 0.8, rounds: 1, restart: Restart::Rewind });
                let series = DISTANCES.len() * place + nearer;
                cells.push((Cell { pruning, ..Cell::new(spec, series, *samples as f64, 0.0) }, trials));
            }
        }
    }
    cells
}

fn read(tallies: &[Tally]) -> Reading {
    let mut reading = Reading::of_values(&FIGURE, tallies, Summary::Mean, |cell, tried| {
        tried.rounds.last().map(|round| (cell.x, round.mask_accuracy)).into_iter().collect()
    });
    // What comes to rest at 1 is no line.
    reading.fits.clear();
    reading.hold();
    for (place, distance) in DISTANCES.iter().enumerate() {
        let points = &reading.measured[place].points;
        let known: Vec<(f64, f64)> = points.iter().filter_map(|point| Some((point.x, point.y?))).collect();
        let (Some((_, first)), Some((most, last))) = (known.first().copied(), known.last().copied()) else {
            reading.refute(format!(message!("too few trials from λ = {distance}"), distance = distance));
            continue;
        };
        // From there on, whatever is tried.
        let below = known.iter().rposition(|(_, accuracy)| *accuracy < ACCURATE);
        let accurate = below.map_or(known.first(), |below| known.get(below + 1));
        match accurate {
            Some((samples, _)) => reading.remark(format!(
                message!("from λ = {distance} it is {first} at first and accurate from N = {samples} on"),
                distance = distance,
                first = rounded(first, (2, 2)),
                samples = samples
            )),
            None => reading.refute(format!(
                message!("from λ = {distance} it is {last} at N = {most}, not {accurate}"),
                distance = distance,
                last = rounded(last, (2, 3)),
                most = most,
                accurate = ACCURATE
            )),
        }
    }
    let untrained = reading.measured[DISTANCES.len()..].iter().filter_map(|series| series.points.first()?.y);
    let untrained: Vec<String> = untrained.map(|y| rounded(y, (2, 2))).collect();
    reading.remark(format!(
        message!("the untrained weights of these starts give {accuracies} away"),
        accuracies = untrained.join(", ")
    ));
    reading
}
