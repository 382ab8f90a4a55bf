//! The names of the lines in the error chart, past each other and past the lines.

use super::super::extent::{Extent, LINE};
use super::super::pen::Place;
use super::super::placing::{Placing, Side, places};
use super::super::{Anchor, Baseline, Label, Role};
use super::{Axes, Snapshot};
use crate::language::tr;
use crate::notation::as_power_of_ten;
use crate::spec::FOUND;

/// Pixels between two places that are tried one above the other: a line of text and the room around it.
const STEP: f64 = 20.5;
/// Pixels between the margin and a curve's end that is near it.
const NEAR_MARGIN: f64 = 60.0;
/// Pixels from the axis down to what names keep off.
const FOOT: f64 = 4.0;
/// Pixels between a horizontal line and its name.
const AWAY: f64 = 4.5;

/// The labels of `snapshot`, with those of the axes, the most important first: the learner always finds a place, an
/// earlier run only where it covers nothing.
pub(super) fn labels(snapshot: &Snapshot, axes: &Axes, before: &[Label]) -> Vec<Label> {
    let whole = Snapshot::curve(axes, snapshot.relative_error);
    let predicted = snapshot.predicted_line(axes);
    let level = snapshot.success_level();
    let success = level.map(|level| axes.across(level));
    let floor = snapshot.floor_shown().map(|floor| axes.across(floor));
    let ghosts: Vec<Vec<Place>> =
        snapshot.ghosts.iter().map(|ghost| Snapshot::curve(axes, &ghost.relative_error)).collect();
    let twin_line = snapshot.beside.map(|twin| Snapshot::curve(axes, twin.relative_error));
    let lines = std::iter::once(&whole[..]).chain(success.as_ref().map(|line| &line[..])).chain(twin_line.as_deref());
    // The time bar lies on it; what stands just above it covers nothing.
    let foot = [(axes.left, axes.bottom + FOOT), (axes.right, axes.bottom + FOOT)];
    let lines = lines
        .chain(std::iter::once(&foot[..]))
        .chain(predicted.as_ref().map(|line| &line[..]))
        .chain(floor.as_ref().map(|line| &line[..]));
    let mut placing = Placing::new(snapshot.size, lines.chain(ghosts.iter().map(|line| &line[..])), before);
    for label in axes.labels() {
        placing.fix(label);
    }

    let end_of = |errors: &[f64]| Snapshot::curve(axes, errors).last().copied();
    let learner = (end_of(snapshot.so_far()), snapshot.name, Role::Learner);
    let twin = snapshot.beside.as_ref().map(|twin| (end_of(twin.so_far()), twin.name, twin.role()));
    let others = [twin.as_ref().and_then(|(end, ..)| *end), learner.0];
    for ((end, name, role), other) in std::iter::once(learner).chain(twin).zip(others) {
        let Some(end) = end else { continue };
        // No line runs in the margin, so there is always a place; where it is near, it is the second best.
        let mut names = at_end(end, 9.0, name, role);
        names.extend(below(end, 9.0, name, role));
        names.extend(far_from(end, 9.0, name, role));
        let last = if axes.right - end.0 < NEAR_MARGIN { 1 } else { names.len() };
        let margin = below(end, 9.0, name, role).into_iter().chain(in_margin(axes, end.1, name, role));
        names.splice(last..last, margin);
        // Beside the end of the other curve it would be that one's name: then rather one of them alone has one. In the
        // margin the height tells whose it is.
        let is_its_own = |label: &Label| {
            let far_from = |end: Place| match label.x > axes.right {
                true => (label.y - end.1).abs(),
                false => Extent::of(label).distance(end),
            };
            other.is_none_or(|other| far_from(end) <= far_from(other))
        };
        let (own, others): (Vec<_>, Vec<_>) = names.into_iter().partition(is_its_own);
        if !placing.put(own) && role == Role::Learner {
            placing.put(others);
        }
    }
    if snapshot.so_far().last() == Some(&0.0) {
        let shares = [0.0, 0.1, 0.2, 0.3, 0.4].map(|share| axes.left + 6.0 + share * (axes.right - axes.left));
        let side = (Anchor::Start, Baseline::Bottom);
        let along = shares.map(|x| ((x, axes.bottom - 6.0), side));
        placing.put(places(tr!("error 0, off the scale"), Role::Learner, along));
    }
    let wide = snapshot.size.0 >= 480.0;
    if let Some((level, success)) = level.zip(success) {
        let text = if level > FOUND {
            tr!("success: below twice the noise floor").to_owned()
        } else {
            tr!("success: below {level}", level = as_power_of_ten(FOUND))
        };
        let long = if wide { along(&success, &text) } else { Vec::new() };
        let name = tr!("success");
        let short = along(&success, name).into_iter().chain(in_margin(axes, success[0].1, name, Role::Note));
        placing.put(long.into_iter().chain(short));
    }
    if let Some(line) = predicted {
        let long = if wide { beside(&line, tr!("predicted by the curvature at W*"), Role::Note) } else { Vec::new() };
        placing.put(long.into_iter().chain(beside(&line, tr!("predicted"), Role::Note)));
    }
    if let Some([left, right]) = floor {
        placing.put(
            along(&[right, left], tr!("noise floor (to first order)"))
                .into_iter()
                .chain(along(&[right, left], tr!("noise floor"))),
        );
    }
    for (ghost, line) in snapshot.ghosts.iter().zip(&ghosts).rev() {
        if let Some(end) = line.last() {
            let mut names = at_end(*end, 7.0, &ghost.label, Role::Ghost);
            names.extend(below(*end, 7.0, &ghost.label, Role::Ghost));
            names.extend(beside(line, &ghost.label, Role::Ghost));
            placing.put(names);
        }
    }
    placing.finish()
}

/// Places for the name of a curve that ends at `end`: right of it, left of it, and moved up or down.
fn at_end((x, y): Place, away: f64, text: &str, role: Role) -> Vec<Label> {
    let right = [0.0, 1.0, -1.0].map(|shift| ((x + away, y + shift * STEP), (Anchor::Start, Baseline::Middle)));
    let left = [0.0, 1.0, -1.0].map(|shift| ((x - away, y + shift * STEP), (Anchor::End, Baseline::Middle)));
    places(text, role, right.into_iter().chain(left))
}

/// The place left of a falling curve's end and half a line lower, where the curve is above it.
fn below((x, y): Place, away: f64, text: &str, role: Role) -> Vec<Label> {
    places(text, role, [((x - away, y + 0.6 * STEP), (Anchor::End, Baseline::Middle))])
}

/// Places farther off, for a name whose colour tells what it names.
fn far_from((x, y): Place, away: f64, text: &str, role: Role) -> Vec<Label> {
    let far = [0.0, 30.0, 60.0].into_iter().flat_map(|by| {
        [-1.0, -2.0, 0.0, 2.0, -3.0].map(|up| ((x + away + by, y + up * STEP), (Anchor::Start, Baseline::Middle)))
    });
    places(text, role, far)
}

/// Places in the right margin, at the height `y` and then as near to it as may be.
fn in_margin(axes: &Axes, y: f64, text: &str, role: Role) -> Vec<Label> {
    let (highest, lowest) = (axes.top, axes.bottom - 0.5 * LINE);
    let shifts = [0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0];
    let heights = shifts.map(|shift| (y + shift * STEP).clamp(highest, lowest.max(highest)));
    places(text, role, heights.map(|y| ((axes.right + 9.0, y), (Anchor::Start, Baseline::Middle))))
}

/// Places for the name of a horizontal line: above and below it, from its first end to the other.
fn along(line: &[Place; 2], text: &str) -> Vec<Label> {
    let [(x0, y), (x1, _)] = *line;
    let inwards = 6.0_f64.copysign(x1 - x0);
    let above_and_below =
        |x: f64, anchor| [((x, y - AWAY), (anchor, Baseline::Bottom)), ((x, y + AWAY), (anchor, Baseline::Top))];
    let (near, far) = if x0 < x1 { (Anchor::Start, Anchor::End) } else { (Anchor::End, Anchor::Start) };
    let between = [0.2, 0.35, 0.5, 0.65, 0.8].map(|share| x0 + share * (x1 - x0));
    let ends = above_and_below(x0 + inwards, near).into_iter().chain(above_and_below(x1 - inwards, far));
    places(text, Role::Note, ends.chain(between.into_iter().flat_map(|x| above_and_below(x, Anchor::Middle))))
}

/// Places beside a falling line: right above it, where the learner's curve seldom runs, first at two fifths of its
/// length, and then left below it.
fn beside(line: &[Place], text: &str, role: Role) -> Vec<Label> {
    const SHARES: [f64; 9] = [0.4, 0.3, 0.5, 0.2, 0.6, 0.7, 0.8, 0.1, 0.9];
    let on_line = |share: f64| -> Option<Place> {
        let [(x0, _), .., (x1, _)] = *line else { return None };
        let x = x0 + share * (x1 - x0);
        let after = line.partition_point(|(left, _)| *left <= x).clamp(1, line.len() - 1);
        let ((left, y0), (right, y1)) = (line[after - 1], line[after]);
        let within = if right > left { (x - left) / (right - left) } else { 0.0 };
        Some((x, y0 + within * (y1 - y0)))
    };
    let sides: [(f64, f64, Side); 2] =
        [(9.0, -5.0, (Anchor::Start, Baseline::Bottom)), (-9.0, 5.0, (Anchor::End, Baseline::Top))];
    let placed = sides.into_iter().flat_map(|(by_x, by_y, side)| {
        SHARES.into_iter().filter_map(on_line).map(move |(x, y)| ((x + by_x, y + by_y), side))
    });
    places(text, role, placed.collect::<Vec<_>>())
}
