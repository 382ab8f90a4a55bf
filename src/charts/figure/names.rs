//! The labels of a figure's picture.

use super::super::extent::Extent;
use super::super::placing::{Placing, places};
use super::super::{Anchor, Baseline, Label, Role};
use super::{Axes, CELL, MARKS, Snapshot, censored_at};
use crate::figures::retold;
use crate::language::{tr, translate};

/// The numbers at the axes, the axes' names, and the name of each line at its right end.
pub(super) fn labels(snapshot: &Snapshot, axes: &Axes, before: &[Label]) -> Vec<Label> {
    let (figure, theory): (_, Vec<_>) = (snapshot.figure, snapshot.theory().collect());
    let intervals = snapshot.measured().flat_map(|series| &series.points).filter_map(|point| {
        let (low, high) = point.low.zip(point.high)?;
        Some(vec![axes.place(point.x, low), axes.place(point.x, high)])
    });
    let curves = snapshot.measured().chain(theory.iter().copied()).map(|series| Snapshot::curve(axes, series));
    let lines: Vec<Vec<_>> =
        curves.chain(snapshot.claimed().map(|fit| snapshot.line(axes, fit))).chain(intervals).collect();
    let mut placing = Placing::new(snapshot.size, lines.iter().map(Vec::as_slice), before);
    let marks = snapshot.cells().filter_map(|(_, cell)| snapshot.mark(axes, cell));
    placing.keep_off(marks.map(|mark| Extent::around(mark, CELL)));
    let points = snapshot.measured().flat_map(|series| &series.points);
    placing.keep_off(points.filter_map(|point| censored_at(axes, point)).map(|(mark, _)| Extent::around(mark, CELL)));
    for (_, y, text) in axes.rows() {
        placing.fix(Label::new(axes.left - 8.0, y, text, Role::Tick).at(Anchor::End, Baseline::Middle));
    }
    for (x, text) in axes.columns() {
        placing.fix(Label::new(x, axes.bottom + 7.0, text, Role::Tick).at(Anchor::Middle, Baseline::Top));
    }
    let middle = 0.5 * (axes.left + axes.right);
    let across = figure.along.axis().to_owned();
    placing.fix(Label::new(middle, axes.bottom + 24.0, across, Role::Tick).at(Anchor::Middle, Baseline::Top));
    let y = translate(figure.y);
    let up = figure.swept.map_or(y.to_owned(), |swept| tr!("{swept}, and {y}", swept, y));
    placing.fix(Label::new(4.0, 2.0, up, Role::Tick).at(Anchor::Start, Baseline::Top));

    let measured = snapshot.measured().enumerate().filter(|_| snapshot.series().len() > 1).map(|(place, series)| {
        let role = if figure.untrained.contains(&series.series) {
            Role::Tick
        } else if figure.plain == Some(series.series) {
            Role::Descent
        } else {
            Role::Learner
        };
        let name = translate(figure.series[series.series]);
        // Curves that cross each other are told apart by their marks, however far from them their names find a place.
        let sign = if snapshot.record.searches() { MARKS[place % MARKS.len()].1 } else { "" };
        (series, sign.to_owned() + name, role)
    });
    // Curves are named where they lie further apart.
    let spread = |at_left: bool| {
        let curves = snapshot.measured().map(|series| Snapshot::curve(axes, series));
        let ends = curves.filter_map(|curve| if at_left { curve.first().copied() } else { curve.last().copied() });
        let heights: Vec<f64> = ends.map(|(_, y)| y).collect();
        heights.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b)) - heights.iter().fold(f64::INFINITY, |a, b| a.min(*b))
    };
    let names_begin_at_the_left = spread(true) > spread(false);
    // One name for the lines of a kind.
    let mut kinds: Vec<&str> = Vec::new();
    let theory = theory.into_iter().filter(|series| {
        let is_new = !kinds.contains(&series.name.as_str());
        kinds.push(&series.name);
        is_new
    });
    let theory = theory.map(|series| (series, retold(&series.name), Role::Theory)).collect::<Vec<_>>();
    for (series, name, role) in measured.chain(theory) {
        let curve = Snapshot::curve(axes, series);
        let from_left = names_begin_at_the_left && snapshot.record.searches();
        let (anchor, places_along): (_, Vec<_>) = if from_left {
            (Anchor::Start, curve.clone())
        } else {
            (Anchor::End, curve.iter().rev().copied().collect())
        };
        let ends = places_along.iter().flat_map(|(x, y)| {
            [-6.0, 6.0, -14.0, 14.0, -24.0, 24.0, -40.0, 40.0, -60.0, 60.0, -80.0, 80.0].into_iter().flat_map(
                move |by| {
                    let baseline = if by < 0.0 { Baseline::Bottom } else { Baseline::Top };
                    [0.0, 40.0, -40.0].map(|aside| ((x + aside, y + by), (anchor, baseline)))
                },
            )
        });
        let ends = places(&name, role, ends);
        // In a small picture rather over a line than left out.
        if !placing.put(ends.clone()) {
            placing.put_over_lines(ends);
        }
    }
    placing.finish()
}
