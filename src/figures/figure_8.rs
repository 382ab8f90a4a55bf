//! Figure 8: the iterations after which a ticket's test error is below a level.

use super::found_mask::{self, NAMES, RATIOS, RESTART, accurate};
use super::reading::{Against, Reading, Series, Summary};
use super::results::Tally;
use super::{Cell, Figure, Preset};
use crate::language::message;
use crate::notation::rounded;
use crate::pruning::Restart;
use crate::trials::LEVELS;

pub(super) static FIGURE: Figure = Figure {
    number: 8,
    title: message!("Iterations and pruning"),
    claim: message!("the test error falls linearly, and faster when more is pruned"),
    notes: &[
        message!("masks and starts as in Figure 7; of the masks those of accuracy 0.85 to 0.90"),
        message!(
            "points are medians with quartiles: a ticket that never comes below a level counts as slower than all that do, and where half of them never do there is no point"
        ),
        message!(
            "with so few samples the test error comes to rest far above zero: a line is looked for through the levels that three quarters of the tickets reach"
        ),
        message!("two ratios are compared at the least level that half of the tickets of both reach"),
        message!("η = K/14 and β = 0.9 of Theorem 2"),
        message!("the test error is in closed form, as on infinitely many noiseless samples"),
    ],
    x: message!("test error"),
    y: message!("iterations until the test error is below"),
    swept: None,
    series: NAMES,
    panel_names: &[],
    panels: &[&[0, 1, 2, 3]],
    untrained: &[],
    plain: None,
    draws_architectures: false,
    along: Against::TestError,
    cells,
    read,
};

/// Distances of the dense start, for each ratio, from which GraSP finds masks of accuracy .875 in the mean; calibrated here.
const FROM: [f64; 4] = [1.4, 0.51, 0.21, 0.062];

fn cells(preset: Preset) -> Vec<(Cell, u32)> {
    let trials = match preset {
        Preset::Quick => 30,
        Preset::Laptop => 150,
        Preset::Full => 600,
    };
    let spec = found_mask::setting(200, preset, 8);
    let cells = FROM.iter().enumerate();
    let cells = cells.map(|(series, from)| {
        let cell = found_mask::cell(spec.clone(), series, LEVELS[0], *from, Restart::Fresh(RESTART));
        (Cell { curve: true, ..cell }, trials)
    });
    cells.collect()
}

fn read(tallies: &[Tally]) -> Reading {
    let mut reading = Reading::of_values(&FIGURE, tallies, Summary::Median, |_, tried| {
        let steps = |first: &Option<u32>| first.map_or(f64::INFINITY, f64::from);
        let reached = accurate(tried).map(|round| LEVELS.into_iter().zip(round.reached.iter().map(steps)));
        reached.into_iter().flatten().collect()
    });
    let reached = |series: &Series| {
        let mut reached = series.clone();
        reached.points.retain(|point| point.high.is_some());
        reached.fit(FIGURE.along)
    };
    reading.fits = reading.measured.iter().filter_map(reached).collect();
    reading.judge_each(&FIGURE, RATIOS.len(), -1.0, true);
    for (pair, ratios) in (0..).zip(RATIOS.windows(2)) {
        let [less, more] = [&reading.measured[pair], &reading.measured[pair + 1]];
        let Some((level, slow, fast)) = lowest_of_both(less, more) else {
            reading.refute(format!(
                message!("{less} and {more} pruned cannot be compared"),
                less = ratios[0],
                more = ratios[1]
            ));
            continue;
        };
        let level = rounded(level, (2, 2));
        let [slow_told, fast_told] = [slow, fast].map(|steps| rounded(steps, (0, 1)));
        let [less, more] = [ratios[0], ratios[1]].map(|ratio| rounded(100.0 * ratio, (0, 0)));
        let sentence = format!(
            message!("to come below {level}, half take {slow} iterations at {less}\u{a0}% and {fast} at {more}\u{a0}%"),
            level = level,
            slow = slow_told,
            less = less,
            fast = fast_told,
            more = more
        );
        if fast < slow { reading.remark(sentence) } else { reading.refute(sentence) }
    }
    reading
}

/// The least level that half of the tickets of both series reach, and the median iterations of each there.
fn lowest_of_both(one: &Series, other: &Series) -> Option<(f64, f64, f64)> {
    let pairs = one.points.iter().filter_map(|point| {
        let there = other.points.iter().find(|there| there.x == point.x)?;
        Some((point.x, point.y?, there.y?))
    });
    pairs.min_by(|a, b| a.0.total_cmp(&b.0))
}
