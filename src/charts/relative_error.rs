//! The relative error over the iterations, on a logarithmic scale: the run, what the curvature at W\* predicts, earlier
//! runs as ghosts, the noise floor, and the level that counts as success.

use libm::{floor, log, log10};
use plotters::prelude::DrawingBackend;

use super::pen::Place;
use super::placing::Placing;
use super::{Anchor, Baseline, Chart, Drawn, Label, Palette, Pen, Role};
use crate::notation::{grouped, power_of_ten};
use crate::spec::FOUND;
use crate::trials::FIRST_ORDER;

/// Room for the tick labels at the left, the curve's name at the right, half a label above, and the axis below.
const MARGIN: (f64, f64, f64, f64) = (46.0, 66.0, 12.0, 40.0);

/// An earlier run, in grey.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// Its relative errors from t = 0.
    pub relative_error: Vec<f64>,
    /// What differed: "r̃ = 20".
    pub label: String,
}

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// e_0 … e_t.
    pub relative_error: &'a [f64],
    /// ν, predicted by the curvature at W\*; drawn from e_0 on.
    pub predicted_rate: Option<f64>,
    /// The relative error at which noise keeps the learner; 0 without noise.
    pub noise_floor: f64,
    /// Earlier runs, the oldest first.
    pub ghosts: &'a [Ghost],
    /// The iteration under the pointer.
    pub cursor: Option<usize>,
}

/// How the picture's axes lie: iteration and decade to place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// The last iteration on the axis.
    last: f64,
    /// The decades at top and bottom.
    highest: f64,
    lowest: f64,
}

impl Axes {
    fn x(&self, t: f64) -> f64 {
        self.left + t / self.last * (self.right - self.left)
    }

    fn y(&self, error: f64) -> f64 {
        let decade = log10(error.max(1e-300)).clamp(self.lowest - 1.0, self.highest + 1.0);
        let share = (self.highest - decade) / (self.highest - self.lowest);
        self.top + share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }

    /// The iteration at a horizontal place.
    pub fn iteration(&self, x: f64) -> usize {
        let share = ((x - self.left) / (self.right - self.left)).clamp(0.0, 1.0);
        (share * self.last).round() as usize
    }
}

impl Snapshot<'_> {
    /// The axes. They grow in steps (the iterations by 1, 2, 5 …; the decades one by one), so that the picture stands
    /// still while a run goes on.
    pub fn axes(&self) -> Axes {
        let (width, height) = self.size;
        let (left, right, top, bottom) = MARGIN;
        let longest = self.ghosts.iter().map(|ghost| ghost.relative_error.len()).max().unwrap_or(0);
        let last =
            nice_above(self.relative_error.len().max(longest).saturating_sub(1).max(self.expected_length()) as f64);
        let ghosts = self.ghosts.iter().flat_map(|ghost| &ghost.relative_error);
        let (mut least, mut most) = (FOUND, 0.5_f64);
        // An error of exactly 0 has no place on a logarithmic scale.
        for error in self.relative_error.iter().chain(ghosts).filter(|error| **error > 0.0) {
            least = least.min(error.max(1e-16));
            most = most.max(*error);
        }
        Axes {
            left,
            right: width - right,
            top,
            bottom: height - bottom,
            last,
            highest: libm::ceil(log10(most)).clamp(0.0, 9.0),
            lowest: floor(log10(least)).clamp(-16.0, -5.0),
        }
    }

    /// The iterations that the predicted rate needs for success, within reason.
    fn expected_length(&self) -> usize {
        match self.predicted_rate {
            Some(rate) if rate < 1.0 => {
                let start = self.relative_error.first().copied().unwrap_or(1.0).max(FOUND);
                (log(FOUND / start) / log(rate)).clamp(100.0, 5000.0) as usize
            }
            _ => 1000,
        }
    }

    /// The places of a run's errors, at most two to a pixel column: the least and the largest; and the last one. It
    /// ends before an error of exactly 0.
    fn curve(axes: &Axes, errors: &[f64]) -> Vec<Place> {
        let errors = &errors[..errors.iter().position(|error| *error == 0.0).unwrap_or(errors.len())];
        let place = |t: usize| (axes.x(t as f64), axes.y(errors[t]));
        let per_column = (axes.last / (axes.right - axes.left)) as usize;
        if per_column < 2 {
            return (0..errors.len()).map(place).collect();
        }
        let mut places = Vec::new();
        for (column, chunk) in errors.chunks(per_column).enumerate() {
            let extreme = |better: fn(&f64, &f64) -> bool| {
                (1..chunk.len()).fold(0, |best, i| if better(&chunk[i], &chunk[best]) { i } else { best })
            };
            let (least, most) = (extreme(|a, b| a < b), extreme(|a, b| a > b));
            places.extend([least.min(most), least.max(most)].map(|i| place(column * per_column + i)));
        }
        places.extend(errors.len().checked_sub(1).map(place));
        places.dedup();
        places
    }

    /// The noise floor where it can be one: known to first order only, it says nothing far from W\* or above the start.
    fn floor_shown(&self) -> Option<f64> {
        let start = *self.relative_error.first()?;
        Some(self.noise_floor).filter(|floor| *floor > 0.0 && *floor < FIRST_ORDER.min(start))
    }

    /// The two ends of the predicted line, cut at the axes.
    fn predicted_line(&self, axes: &Axes) -> Option<[Place; 2]> {
        let (rate, start) = (self.predicted_rate.filter(|rate| *rate < 1.0)?, *self.relative_error.first()?);
        if start <= 0.0 {
            return None;
        }
        let decades_a_step = log10(rate);
        let end = ((axes.lowest - log10(start)) / decades_a_step).clamp(0.0, axes.last);
        let error_at_end = start * libm::exp(end * log(rate));
        Some([(axes.x(0.0), axes.y(start)), (axes.x(end), axes.y(error_at_end))])
    }
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw<DB: DrawingBackend>(&self, pen: &Pen<DB>, palette: &Palette) -> Drawn<DB> {
        let axes = self.axes();
        let across = |y: f64| [(axes.left, y), (axes.right, y)];
        for decade in axes.lowest as i32..=axes.highest as i32 {
            pen.line(&across(axes.y(libm::exp10(f64::from(decade)))), palette.track, 0.5)?;
        }
        pen.line(&across(axes.bottom), palette.soft, 1.0)?;
        for (t, _) in ticks(&axes) {
            pen.line(&[(axes.x(t), axes.bottom), (axes.x(t), axes.bottom + 4.0)], palette.soft, 1.0)?;
        }
        pen.dashed(&across(axes.y(FOUND)), 1.5, 2.5, palette.success, 1.2)?;
        if let Some(floor) = self.floor_shown() {
            pen.dashed(&across(axes.y(floor)), 6.0, 4.0, palette.soft, 1.2)?;
        }
        for (age, ghost) in self.ghosts.iter().rev().enumerate() {
            let colour = super::palette::mix(palette.soft, palette.paper, 0.25 + 0.15 * age as f64);
            pen.line(&Self::curve(&axes, &ghost.relative_error), colour, 1.2)?;
        }
        if let Some(line) = self.predicted_line(&axes) {
            pen.dashed(&line, 6.0, 5.0, palette.soft, 1.3)?;
        }
        let curve = Self::curve(&axes, self.relative_error);
        pen.line(&curve, palette.learner, 2.4)?;
        if let Some(end) = curve.last() {
            pen.disc(*end, 4.5, palette.learner)?;
        }
        if let Some(t) = self.cursor.filter(|t| self.relative_error.get(*t).is_some_and(|error| *error > 0.0)) {
            let place = (axes.x(t as f64), axes.y(self.relative_error[t]));
            pen.line(&[(place.0, axes.top), (place.0, axes.bottom)], palette.soft, 0.7)?;
            pen.circle(place, 5.5, palette.ink, 1.5)?;
        }
        Ok(())
    }

    fn labels(&self) -> Vec<Label> {
        let axes = self.axes();
        let mut labels = Vec::new();
        let every = if axes.highest - axes.lowest > 10.0 { 2 } else { 1 };
        for decade in (axes.lowest as i32..=axes.highest as i32).rev().step_by(every) {
            let y = axes.y(libm::exp10(f64::from(decade)));
            labels.push(
                Label::new(axes.left - 8.0, y, power_of_ten(decade), Role::Tick).at(Anchor::End, Baseline::Middle),
            );
        }
        for (t, text) in ticks(&axes) {
            labels.push(Label::new(axes.x(t), axes.bottom + 7.0, text, Role::Tick).at(Anchor::Middle, Baseline::Top));
        }
        let middle = 0.5 * (axes.left + axes.right);
        labels
            .push(Label::new(middle, axes.bottom + 23.0, "iteration t", Role::Tick).at(Anchor::Middle, Baseline::Top));
        labels.extend(self.line_labels(&axes));
        labels
    }
}

impl Snapshot<'_> {
    /// The names of the lines, past each other and past the lines themselves.
    fn line_labels(&self, axes: &Axes) -> Vec<Label> {
        let curve = Self::curve(axes, self.relative_error);
        let predicted = self.predicted_line(axes);
        let across = |y: f64| [(axes.left, y), (axes.right, y)];
        let success = across(axes.y(FOUND));
        let floor = self.floor_shown().map(|floor| across(axes.y(floor)));
        let ghosts: Vec<Vec<Place>> =
            self.ghosts.iter().map(|ghost| Self::curve(axes, &ghost.relative_error)).collect();
        let mut lines: Vec<&[Place]> = vec![&curve, &success];
        lines.extend(predicted.as_ref().map(|line| &line[..]));
        lines.extend(floor.as_ref().map(|line| &line[..]));
        lines.extend(ghosts.iter().map(|line| &line[..]));
        let mut placing = Placing::new(self.size, lines);

        if let Some(end) = curve.last() {
            placing.put(at_end(*end, 9.0, "learner", Role::Learner));
        }
        if self.relative_error.last() == Some(&0.0) {
            let place = Label::new(axes.left + 6.0, axes.bottom - 4.0, "error 0, off the scale", Role::Learner);
            placing.put([place.at(Anchor::Start, Baseline::Bottom)]);
        }
        let wide = self.size.0 >= 480.0;
        placing.put(along(&success, if wide { "success: below 10⁻⁴" } else { "success" }));
        if let Some(floor) = floor {
            let [left, right] = floor;
            placing.put(along(&[right, left], "noise floor (to first order)"));
        }
        if let Some([(x0, y0), (x1, y1)]) = predicted {
            let text = if wide { "predicted by the curvature at W*" } else { "predicted" };
            // Right of the line, where the learner's curve seldom runs; first at two fifths of its length.
            let right = [0.4, 0.3, 0.5, 0.2, 0.6, 0.7, 0.8].map(|share| {
                let place = (x0 + share * (x1 - x0) + 10.0, y0 + share * (y1 - y0) - 4.0);
                Label::new(place.0, place.1, text, Role::Note).at(Anchor::Start, Baseline::Bottom)
            });
            placing.put(right);
        }
        for (ghost, line) in self.ghosts.iter().zip(&ghosts).rev() {
            if let Some(end) = line.last() {
                placing.put(at_end(*end, 6.0, &ghost.label, Role::Ghost));
            }
        }
        placing.finish()
    }
}

/// Places for the name of a curve that ends at `end`: right of it, moved up or down, and then left of it.
fn at_end((x, y): Place, away: f64, text: &str, role: Role) -> impl Iterator<Item = Label> {
    const LINE: f64 = 15.0;
    [(away, Anchor::Start), (-away, Anchor::End)].into_iter().flat_map(move |(by, anchor)| {
        [0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 4.0, -4.0]
            .map(|shift| Label::new(x + by, y + shift * LINE, text, role).at(anchor, Baseline::Middle))
    })
}

/// Places for the name of a horizontal line: above and below it, at its first end and then at the other.
fn along(line: &[Place; 2], text: &str) -> impl Iterator<Item = Label> {
    let [first, other] = *line;
    [first, other].into_iter().flat_map(move |(x, y)| {
        let at_left = x <= first.0.min(other.0);
        let (x, anchor) = if at_left { (x + 6.0, Anchor::Start) } else { (x, Anchor::End) };
        [(y - 3.0, Baseline::Bottom), (y + 3.0, Baseline::Top)]
            .map(|(y, baseline)| Label::new(x, y, text, Role::Note).at(anchor, baseline))
    })
}

/// The tick places on the iteration axis: five or so, the last one included.
fn ticks(axes: &Axes) -> Vec<(f64, String)> {
    let step = nice_above(axes.last / 5.5);
    let count = (axes.last / step + 1e-9) as usize;
    (0..=count).map(|i| i as f64 * step).map(|t| (t, grouped(t as usize))).collect()
}

/// The least of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not below `x` (at least 10).
fn nice_above(x: f64) -> f64 {
    let x = x.max(10.0);
    let power = libm::exp10(floor(log10(x)));
    let nice = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0].into_iter().find(|m| m * power >= x * (1.0 - 1e-12));
    nice.unwrap_or(10.0) * power
}
