//! Figure 7: the test error against the accuracy of the mask, at several pruning ratios.

use libm::sqrt;

use super::found_mask::{self, NAMES, RATIOS, RESTART, accurate};
use super::reading::{Against, Reading, Summary};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::notation::{rounded, significant};
use crate::pruning::Restart;
use crate::statistics::Mean;
use crate::trials::Round;

pub(super) static FIGURE: Figure = Figure {
    number: 7,
    title: message!("Test error and the mask"),
    claim: message!("the test error falls with the accuracy of the mask, and with pruning"),
    notes: &[
        message!(
            "masks are found by GraSP from a dense start at a distance λ that is varied to vary their accuracy; weights are ranked by the size of their scores: with their sign, as published, they find less than the paper’s masks have"
        ),
        message!(
            "the ticket is then trained from a fresh direction at the distance 0.5 whatever was pruned; from what the mask keeps of the dense start, it would begin nearer to W* where more is pruned"
        ),
        message!(
            "a dense start around W* gives part of the oracle’s mask away; from a random start, with so few samples, every ranking is at chance"
        ),
        message!("η = K/14 and β = 0.9 of Theorem 2"),
        message!(
            "the test error is in closed form, as on infinitely many noiseless samples; an accuracy with fewer than 10 trials is not shown, as in the paper"
        ),
    ],
    x: message!("mask accuracy"),
    y: message!("test error at the end"),
    swept: None,
    series: &[
        NAMES[0],
        NAMES[1],
        NAMES[2],
        NAMES[3],
        message!("20 % pruned, rewound"),
        message!("40 % pruned, rewound"),
        message!("60 % pruned, rewound"),
        message!("80 % pruned, rewound"),
    ],
    panel_names: &[message!("trained from a distance of 0.5"), message!("trained from M ⊙ W(0)")],
    panels: &[&[0, 1, 2, 3], &[4, 5, 6, 7]],
    untrained: &[],
    plain: None,
    draws_architectures: false,
    along: Against::Accuracy,
    cells,
    read,
};

/// Distances of the dense start, for each ratio, from which GraSP finds masks of accuracies from about .80 to .95; calibrated here.
const FROM: [[f64; 5]; 4] = [
    [0.8, 1.1, 1.4, 1.7, 2.0],
    [0.3, 0.4, 0.5, 0.65, 0.85],
    [0.13, 0.17, 0.21, 0.26, 0.33],
    [0.045, 0.054, 0.063, 0.076, 0.095],
];

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    // What is told beside the claim is run less often.
    let (trials, rewound) = match preset {
        Preset::Quick => (10, 3),
        Preset::Laptop => (40, 10),
        Preset::Full => (200, 40),
    };
    let spec = found_mask::setting(200, preset, 7);
    let mut cells = Vec::new();
    for restart in [Restart::Fresh(RESTART), Restart::Rewind] {
        for (ratio, distances) in FROM.iter().enumerate() {
            let series = if restart == Restart::Rewind { ratio + RATIOS.len() } else { ratio };
            let trials = if restart == Restart::Rewind { rewound } else { trials };
            for from in distances {
                cells.push((found_mask::cell(spec.clone(), series, 0.875, *from, restart), trials));
            }
        }
    }
    cells
}

fn read(tallies: &[Tally]) -> Reading {
    let mut reading = Reading::of_values(&FIGURE, tallies, Summary::Mean, |_, tried| {
        tried.rounds.iter().map(|round| (round.mask_accuracy, round.test_error)).collect()
    });
    reading.judge_each(&FIGURE, RATIOS.len(), -1.0, false);
    // Along the ratio, among masks that are equally accurate: a point a ticket.
    let of = |series: usize, value: fn(&Round) -> f64| -> Vec<f64> {
        let trials = tallies.iter().filter(|tally| tally.cell.series == series).flat_map(|tally| &tally.trials);
        trials.filter_map(|tried| accurate(tried)).map(value).collect()
    };
    let errors = RATIOS.iter().enumerate().flat_map(|(series, ratio)| {
        of(series, |round| round.test_error).into_iter().map(|error| (*ratio, error)).collect::<Vec<_>>()
    });
    reading.across(Against::Ratio, &errors.collect::<Vec<_>>(), -1.0, false);
    for (pair, ratios) in (0..).zip(RATIOS.windows(2)) {
        let mean = |series| Mean::of(&of(series, |round| round.test_error));
        let Some((less, more)) = mean(pair).zip(mean(pair + 1)) else { continue };
        let square = |mean: Mean| mean.deviation * mean.deviation / mean.count as f64;
        if more.value - less.value > 1.96 * sqrt(square(less) + square(more)) {
            let [from, to] = [ratios[0], ratios[1]].map(|ratio| rounded(100.0 * ratio, (0, 0)));
            reading.caveat(format!(
                message!("from {from} to {to} % pruned it rises among equally accurate masks"),
                from = from,
                to = to
            ));
        }
    }
    let means = |first: usize, value: fn(&Round) -> f64| {
        let means = (0..RATIOS.len()).filter_map(|ratio| Mean::of(&of(first + ratio, value)));
        means.map(|mean| significant(mean.value, 2)).collect::<Vec<_>>().join(", ")
    };
    reading.remark(format!(
        message!("from 20 to 80 % pruned, tickets of accuracy 0.85 to 0.90 have mean test errors of {errors}"),
        errors = means(0, |round| round.test_error)
    ));
    let rewound = RATIOS.len();
    reading.remark(format!(
        message!("trained from M ⊙ W(0) instead they begin at the distances {distances} and end at {errors}"),
        distances = means(rewound, |round| round.start_distance),
        errors = means(rewound, |round| round.test_error)
    ));
    reading
}
