//! Figure 9: the test error against the number of samples, at several pruning ratios.

use libm::log;

use super::found_mask::{self, NAMES, RATIOS, RESTART, accurate};
use super::reading::{Against, Reading, Series, Summary};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::notation::rounded;
use crate::pruning::Restart;

pub(super) static FIGURE: Figure = Figure {
    number: 9,
    title: message!("Samples and pruning"),
    claim: message!("the test error falls with N, and the same error needs fewer samples when more is pruned"),
    notes: &[
        message!("masks and starts as in Figure 7; of the masks those of accuracy 0.85 to 0.90"),
        message!(
            "compared are the N at which the means come down to a test error of 0.13, by a line in log N between two points"
        ),
        message!("η = K/14 and β = 0.9 of Theorem 2"),
        message!("the test error is in closed form, as on infinitely many noiseless samples"),
    ],
    x: "N",
    y: message!("test error at the end"),
    swept: None,
    series: NAMES,
    panel_names: &[],
    panels: &[&[0, 1, 2, 3]],
    untrained: &[],
    plain: None,
    draws_architectures: false,
    along: Against::Samples,
    cells,
    read,
};

/// The test error at which the ratios are compared: all come down to it within the samples that are tried.
const LEVEL: f64 = 0.13;

/// Samples, and for each ratio the distance of the dense start from which GraSP finds masks of accuracy .875 in the mean with so
/// many; calibrated here.
const FROM: [(usize, [f64; 4]); 7] = [
    (100, [1.49, 0.44, 0.174, 0.063]),
    (150, [1.51, 0.51, 0.211, 0.060]),
    (200, [1.40, 0.51, 0.209, 0.062]),
    (300, [1.69, 0.52, 0.216, 0.066]),
    (400, [1.83, 0.61, 0.252, 0.072]),
    (600, [1.99, 0.57, 0.226, 0.077]),
    (800, [1.78, 0.56, 0.270, 0.072]),
];

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let (every, trials) = match preset {
        Preset::Quick => (3, 24),
        Preset::Laptop => (1, 25),
        Preset::Full => (1, 100),
    };
    let mut cells = Vec::new();
    for (samples, distances) in FROM.iter().step_by(every) {
        let spec = found_mask::setting(*samples, preset, 9);
        for (series, from) in distances.iter().enumerate() {
            let restart = Restart::Fresh(RESTART);
            cells.push((found_mask::cell(spec.clone(), series, *samples as f64, *from, restart), trials));
        }
    }
    cells
}

fn read(tallies: &[Tally]) -> Reading {
    let mut reading = Reading::of_values(&FIGURE, tallies, Summary::Mean, |cell, tried| {
        accurate(tried).map(|round| (cell.x, round.test_error)).into_iter().collect()
    });
    reading.judge_each(&FIGURE, RATIOS.len(), -1.0, false);
    let needed: Vec<Option<f64>> = reading.measured.iter().map(needed).collect();
    let known: Vec<(f64, f64)> =
        RATIOS.iter().zip(&needed).filter_map(|(ratio, samples)| Some((*ratio, (*samples)?))).collect();
    reading.falls_along_ratio(&known, message!("the N that are needed"));
    let told = needed.iter().map(|samples| samples.map_or("–".to_owned(), |samples| rounded(samples, (0, 0))));
    let told = told.collect::<Vec<_>>().join(", ");
    reading.remark(format!(
        message!("a test error of {level} needs N = {samples}, from 20 to 80 % pruned"),
        level = LEVEL,
        samples = told
    ));
    reading
}

/// The N at which a series first comes down to [`LEVEL`]; none where it does not.
fn needed(series: &Series) -> Option<f64> {
    let points: Vec<(f64, f64)> = series.points.iter().filter_map(|point| Some((point.x, point.y?))).collect();
    let (first, second) = points.windows(2).map(|pair| (pair[0], pair[1])).find(|(_, second)| second.1 <= LEVEL)?;
    let along = (first.1 - LEVEL) / (first.1 - second.1);
    // Below it from the first N on: where it crosses is not known.
    (first.1 >= LEVEL).then(|| libm::exp(log(first.0) + along * log(second.0 / first.0)))
}
