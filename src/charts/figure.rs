//! A figure of the paper: what was measured with its intervals, how trials ended where an edge was sought, the line through
//! that, and what theory says beside it.

mod axes;
mod names;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use libm::hypot;

use axes::Axes;

use super::palette::mix;
use super::pen::Place;
use super::{Chart, Colour, Drawn, Label, Palette, Pen};
use crate::figures::{Against, CellRecord, Figure, Fit, Point, Record, Series, Side};

/// Radius of the mark of a cell in which all trials succeed.
const CELL: f64 = 5.5;
/// How far to the left of its column a cell is marked, so that the edge that was found stays in sight.
const ASIDE: f64 = 11.0;
/// How far from a cell's mark a pointer may be that means it.
const REACH: f64 = 18.0;
/// The largest distance of two neurons of a drawn architecture; a third of it is the radius of one.
const NEURONS_APART: f64 = 8.0;
/// Half the width of the bars at the ends of an interval.
const BAR: f64 = 4.0;

/// What the picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// Which figure.
    pub figure: &'static Figure,
    /// Its results.
    pub record: &'a Record,
    /// Which of the figure's panels is shown.
    pub panel: usize,
    /// The cell that is told of, by its place in the record.
    pub chosen: Option<usize>,
}

impl<'a> Snapshot<'a> {
    fn series(&self) -> &'static [usize] {
        self.figure.panels[self.panel]
    }

    fn shown(&self, all: &'a [Series]) -> impl Iterator<Item = &'a Series> {
        let shown = self.series();
        all.iter().filter(move |series| shown.contains(&series.series))
    }

    fn measured(&self) -> impl Iterator<Item = &'a Series> {
        self.shown(&self.record.reading.measured)
    }

    fn theory(&self) -> impl Iterator<Item = &'a Series> {
        self.shown(&self.record.reading.theory).filter(|series| series.points.iter().any(|point| point.y.is_some()))
    }

    /// The lines that the paper claims.
    fn claimed(&self) -> impl Iterator<Item = &'a Fit> {
        let (shown, along) = (self.series(), self.figure.along);
        let fits = self.record.reading.fits.iter();
        fits.filter(move |fit| fit.against == along && fit.series.is_some_and(|series| shown.contains(&series)))
    }

    /// Cells with trials, each with its place in the record.
    fn cells(&self) -> impl Iterator<Item = (usize, &'a CellRecord)> {
        let shown = self.series();
        let cells = self.record.cells.iter().enumerate();
        cells.filter(move |(_, cell)| shown.contains(&cell.series) && !cell.ends.is_empty())
    }

    /// Where a cell is marked: at its swept value, or else at what was measured there, or at its means where points are of several
    /// cells.
    fn mark(&self, axes: &Axes, cell: &CellRecord) -> Option<Place> {
        if self.figure.swept.is_some() {
            let (x, y) = axes.place(cell.x, cell.y);
            return Some((x - ASIDE, y));
        }
        if self.figure.along == Against::Accuracy {
            return Some(axes.place(cell.mask_accuracy?.value, cell.test_error?.value));
        }
        let points = &self.measured().find(|series| series.series == cell.series)?.points;
        let mut measured = points.iter().filter(|point| point.y.is_some());
        // Of one cell that has all points of its series, where that ends: at the least test error, or the last round.
        let end = if self.figure.along == Against::TestError { measured.next() } else { measured.next_back() };
        let of_column = points.iter().find(|point| point.x == cell.x && self.figure.along != Against::TestError);
        let point = of_column.or(end)?;
        Some(axes.place(point.x, point.y?))
    }

    /// The cell whose mark is nearest to a place, if it is near.
    pub fn cell_at(&self, place: Place) -> Option<usize> {
        let axes = Axes::of(self);
        let distances = self.cells().filter_map(|(i, cell)| {
            let (x, y) = self.mark(&axes, cell)?;
            Some((hypot(x - place.0, y - place.1), i))
        });
        distances.filter(|(distance, _)| *distance <= REACH).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, i)| i)
    }

    /// The cell so many places on from the one at `from`, in the order of the record; the first or the last where there is
    /// none.
    pub fn next_cell(&self, from: Option<usize>, places: i32) -> Option<usize> {
        let cells: Vec<usize> = self.cells().map(|(place, _)| place).collect();
        let last = cells.len().checked_sub(1)?;
        let present = from.and_then(|from| cells.iter().position(|place| *place == from));
        let next = match present {
            Some(present) => present.saturating_add_signed(places as isize).min(last),
            None if places < 0 => last,
            None => 0,
        };
        Some(cells[next])
    }

    /// The points of a line of the claim between the ends of the measured ones.
    fn line(&self, axes: &Axes, fit: &Fit) -> Vec<Place> {
        let Some(series) = self.measured().find(|series| Some(series.series) == fit.series) else { return Vec::new() };
        let xs = || series.points.iter().filter(|point| point.y.is_some()).map(|point| point.x);
        let (first, last) = (xs().fold(f64::INFINITY, f64::min), xs().fold(f64::NEG_INFINITY, f64::max));
        // Straight along the claimed variable, which need not be the axis'.
        (0..=20)
            .map(|i| first + (last - first) * f64::from(i) / 20.0)
            .map(|x| axes.place(x, fit.line.intercept.value + fit.line.slope.value * fit.against.of(x)))
            .collect()
    }

    fn curve(axes: &Axes, series: &Series) -> Vec<Place> {
        series.points.iter().filter_map(|point| Some(axes.place(point.x, point.y?))).collect()
    }

    /// Above each column its neurons, those joined by a line whose supports share a feature.
    fn draw_architectures(&self, pen: &Pen, axes: &Axes, palette: &Palette) -> Drawn {
        let mut columns: Vec<&CellRecord> = Vec::new();
        for (_, cell) in self.cells() {
            if columns.iter().all(|column| column.x != cell.x) {
                columns.push(cell);
            }
        }
        let place_of = |cell: &CellRecord| axes.place(cell.x, cell.y).0;
        let gaps = columns.windows(2).map(|pair| (place_of(pair[1]) - place_of(pair[0])).abs());
        let gap = gaps.fold(f64::INFINITY, f64::min);
        for cell in columns {
            let spec = cell.spec_of(0);
            // As much between two drawings as between two neurons, and a half.
            let apart = (gap / (spec.neurons as f64 + 0.5)).min(NEURONS_APART);
            let left = place_of(cell) - 0.5 * apart * (spec.neurons - 1) as f64;
            let place = |j: usize| (left + apart * j as f64, axes.top - 6.0);
            pen.line(&[place(0), place(spec.joined.clamp(1, spec.neurons) - 1)], palette.ink, 0.25 * apart)?;
            for j in 0..spec.neurons {
                pen.disc(place(j), apart / 3.0, palette.ink)?;
            }
        }
        Ok(())
    }

    /// Series that share a picture differ in colour as far as that means something: descent without momentum has its own, and what
    /// was not trained is quiet.
    fn colour(&self, series: usize, palette: &Palette) -> Colour {
        if self.figure.untrained.contains(&series) {
            palette.soft
        } else if self.figure.plain == Some(series) {
            palette.descent
        } else {
            palette.learner
        }
    }
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let axes = Axes::of(self);
        for (_, y, _) in axes.rows() {
            pen.line(&[(axes.left, y), (axes.right, y)], palette.track, 0.5)?;
        }
        pen.line(&[(axes.left, axes.bottom), (axes.right, axes.bottom)], palette.soft, 1.0)?;
        for (x, _) in axes.columns() {
            pen.line(&[(x, axes.bottom), (x, axes.bottom + 4.0)], palette.soft, 1.0)?;
        }
        if self.figure.swept.is_some() {
            for (_, cell) in self.cells() {
                if let Some(place) = self.mark(&axes, cell) {
                    draw_cell(pen, place, cell, palette)?;
                }
            }
        }
        for series in self.theory() {
            pen.dashed(&Self::curve(&axes, series), 6.0, 5.0, palette.soft, 1.3)?;
        }
        for fit in self.claimed() {
            let colour = fit.series.map_or(palette.ink, |series| self.colour(series, palette));
            pen.line(&self.line(&axes, fit), colour, 1.2)?;
        }
        // Searches have no single line that is claimed: the points of a series are joined, and series differ in their marks.
        let joined = self.record.searches();
        for (place, series) in self.measured().enumerate() {
            let colour = self.colour(series.series, palette);
            let bar = if joined { mix(colour, palette.paper, 0.45) } else { colour };
            if joined {
                pen.line(&Self::curve(&axes, series), colour, 1.2)?;
            }
            for point in &series.points {
                let mark = if joined { MARKS[place % MARKS.len()].0 } else { Mark::Disc };
                draw_point(pen, &axes, point, (mark, colour, bar, palette.paper))?;
            }
        }
        if self.figure.draws_architectures {
            self.draw_architectures(pen, &axes, palette)?;
        }
        let chosen = self.chosen.and_then(|chosen| self.record.cells.get(chosen));
        if let Some(place) = chosen.and_then(|cell| self.mark(&axes, cell)) {
            pen.circle(place, CELL + 3.5, palette.ink, 1.5)?;
        }
        Ok(())
    }

    fn labels(&self, before: &[Label]) -> Vec<Label> {
        names::labels(self, &Axes::of(self), before)
    }
}

/// A cell of trials: a disc whose area is the share that succeeded, within the circle that all would fill; a cross where
/// none did.
fn draw_cell(pen: &Pen, place: Place, cell: &CellRecord, palette: &Palette) -> Drawn {
    let share = cell.share().unwrap_or(0.0);
    if share == 0.0 {
        return pen.cross(place, 3.0, mix(palette.failure, palette.paper, 0.3), 1.2);
    }
    pen.circle(place, CELL, mix(palette.success, palette.paper, 0.4), 0.8)?;
    pen.disc(place, CELL * libm::sqrt(share), palette.success)
}

/// Where an arrow stands for what lies beyond all that was tried, and which way it points.
fn censored_at(axes: &Axes, point: &Point) -> Option<(Place, f64)> {
    let side = point.censored.filter(|_| point.y.is_none())?;
    let (x, _) = axes.place(point.x, 0.0);
    Some(if side == Side::Above { ((x, axes.top + 8.0), -1.0) } else { ((x, axes.bottom - 8.0), 1.0) })
}

/// How a measured value is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Disc,
    Ring,
    Square,
    Triangle,
}

/// The marks of series whose points are joined, each with the sign for it before the series' name.
const MARKS: [(Mark, &str); 4] = [(Mark::Disc, "● "), (Mark::Ring, "○ "), (Mark::Square, "■ "), (Mark::Triangle, "△ ")];

/// What was measured, with its interval; colours of mark, bar and ground.
fn draw_point(
    pen: &Pen,
    axes: &Axes,
    point: &Point,
    (mark, colour, bar, paper): (Mark, Colour, Colour, Colour),
) -> Drawn {
    let Some(y) = point.y else {
        let Some((place, up)) = censored_at(axes, point) else { return Ok(()) };
        return pen.triangle(place, (0.0, up), 5.0, colour, 1.5);
    };
    let place = axes.place(point.x, y);
    if let Some((low, high)) = point.low.zip(point.high) {
        let (low, high) = (axes.place(point.x, low), axes.place(point.x, high));
        pen.line(&[low, high], bar, 1.4)?;
        for (x, y) in [low, high] {
            pen.line(&[(x - BAR, y), (x + BAR, y)], bar, 1.4)?;
        }
    }
    if let Some(median) = point.median {
        let (x, y) = axes.place(point.x, median);
        pen.line(&[(x - BAR, y), (x + BAR, y)], colour, 2.4)?;
    }
    let (x, y) = place;
    match mark {
        Mark::Disc => pen.disc(place, 3.6, colour),
        Mark::Ring => {
            pen.disc(place, 3.6, paper)?;
            pen.circle(place, 3.6, colour, 1.6)
        }
        Mark::Square => pen.rectangle((x - 3.2, y - 3.2), (x + 3.2, y + 3.2), colour),
        Mark::Triangle => {
            pen.disc(place, 3.6, paper)?;
            pen.triangle(place, (0.0, -1.0), 4.6, colour, 1.6)
        }
    }
}
