//! Figure 10: the test error over the rounds of iterative magnitude pruning.

use libm::{pow, sqrt};

use super::reading::{Against, Reading, Series, Summary};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::notation::{rounded, significant};
use crate::pruning::Pruning;
use crate::spec::Spec;
use crate::statistics::Mean;
use crate::trials::{Round, Tried};

pub(super) static FIGURE: Figure = Figure {
    number: 10,
    title: message!("Iterative magnitude pruning"),
    claim: message!("the test error falls until about 80 % are pruned, and then rises"),
    notes: &[
        message!(
            "a fifth of the weights that are left is pruned a round, over all neurons together; each ticket is trained from M ⊙ W(0), with noise of σ/E_y = 0.001"
        ),
        message!(
            "the dense network starts at a distance of 0.5 from W*: from there the mask is found; the oracle has a fifth of the weights, and more than 80 % pruned it cannot be had"
        ),
        message!("η = K/14 and β = 0.9 of Theorem 2; a ticket that does not come to rest is trained to the step cap"),
        message!("the test error is in closed form, as on infinitely many noiseless samples"),
    ],
    x: message!("pruning ratio"),
    y: message!("test error at the end"),
    swept: None,
    series: &["N = 100", "N = 200", "N = 400", "N = 800", message!("M ⊙ W(0), untrained")],
    panel_names: &[],
    panels: &[&[0, 1, 2, 3, 4]],
    untrained: &[4],
    plain: None,
    draws_architectures: false,
    along: Against::Ratio,
    cells,
    read,
};

/// N of each series but the last.
const SAMPLES: [usize; 4] = [100, 200, 400, 800];
/// Rounds, each of which leaves four fifths.
const ROUNDS: u32 = 14;
/// Ratios that are about 80 %: the rounds before, nearest to and after it.
const ABOUT: (f64, f64) = (0.73, 0.84);

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let (trials, max_steps) = match preset {
        Preset::Quick => (10, 120),
        Preset::Laptop => (12, 3000),
        Preset::Full => (100, 10_000),
    };
    let ratio = 1.0 - pow(0.8, f64::from(ROUNDS));
    let pruning = Some(Pruning { rounds: ROUNDS, ..Pruning::iterative(ratio) });
    let cells = SAMPLES.iter().enumerate().map(|(series, samples)| {
        let base = Spec { neurons: 5, dimension: 100, effective_width: 20.0, samples: *samples, ..Spec::default() };
        let spec = Spec { noise: 0.001, start_distance: 0.5, max_steps, seed: 10, ..base };
        (Cell { pruning, ..Cell::new(spec, series, ratio, 0.0) }, trials)
    });
    cells.collect()
}

fn read(tallies: &[Tally]) -> Reading {
    let over = |value: fn(&Round) -> f64| {
        move |_: &Cell, tried: &Tried| -> Vec<(f64, f64)> {
            tried.rounds.iter().map(|round| (round.pruning_ratio, value(round))).collect()
        }
    };
    let mut reading = Reading::of_values(&FIGURE, tallies, Summary::Mean, over(|round| round.test_error));
    // A straight line tells nothing of what falls and rises.
    reading.fits.clear();
    reading.hold();
    let untrained = |series: usize| {
        let tallies = tallies.iter().filter(|tally| tally.cell.series == series);
        Series::of_values(&FIGURE, series, tallies, Summary::Mean, over(|round| round.start_error))
    };
    reading.measured.truncate(SAMPLES.len());
    for (place, samples) in SAMPLES.iter().enumerate() {
        let Some(turn) = turn(&reading.measured[place]) else {
            reading.refute(format!(message!("too few trials at N = {samples}"), samples = samples));
            continue;
        };
        let trials = || tallies.iter().filter(|tally| tally.cell.series == place).flat_map(|tally| &tally.trials);
        // Pairwise, for all rounds of a search have the same problem.
        let apart = |round: usize| {
            let apart = trials()
                .filter_map(|tried| Some(tried.rounds.get(round)?.test_error - tried.rounds.get(turn)?.test_error));
            Mean::of(&apart.collect::<Vec<_>>())
        };
        let rises =
            |from: Option<Mean>| from.is_some_and(|mean| mean.value > 1.96 * mean.deviation / sqrt(mean.count as f64));
        let points = &reading.measured[place].points;
        let at = |round: usize| points[round].y.map_or(String::new(), |y| significant(y, 2));
        let (first, least, last) = (at(0), at(turn), at(points.len() - 1));
        let (ratio, at_turn) = (points[turn].x, points[turn].y);
        let told = format!(
            message!(
                "at N = {samples} the mean goes from {first} to {least} at {ratio}\u{a0}% pruned and to {last} at the end"
            ),
            samples = samples,
            first = first,
            least = least,
            ratio = rounded(100.0 * ratio, (0, 0)),
            last = last
        );
        let of_untrained = untrained(place).points.get(turn).and_then(|point| point.y);
        let turns_there = (ABOUT.0..ABOUT.1).contains(&ratio);
        if turns_there && rises(apart(0)) && rises(apart(points.len() - 1)) {
            reading.remark(told);
        } else {
            reading.refute(told);
        }
        if let Some(untrained) = of_untrained.filter(|untrained| at_turn.is_some_and(|y| y >= *untrained)) {
            reading.caveat(format!(
                message!("at N = {samples} training a ticket then gains nothing: untrained it has {untrained}"),
                samples = samples,
                untrained = significant(untrained, 2)
            ));
        }
    }
    let all = Series::of_values(&FIGURE, SAMPLES.len(), tallies.iter(), Summary::Mean, over(|round| round.start_error));
    let ends = all.points.first().and_then(|point| point.y).zip(turn(&all).and_then(|turn| all.points[turn].y));
    if let Some((dense, least)) = ends {
        let [dense, least] = [dense, least].map(|error| significant(error, 2));
        reading.remark(format!(
            message!("by its masks alone the untrained M ⊙ W(0) goes from {dense} to {least}"),
            dense = dense,
            least = least
        ));
    }
    reading.measured.push(all);
    reading
}

/// The place of the least mean among the points of a series.
fn turn(series: &Series) -> Option<usize> {
    let means = series.points.iter().enumerate().filter_map(|(place, point)| Some((place, point.y?)));
    means.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place)
}
