//! A map: a quantity over two keys of the Spec as shades, with a scale of them, and a cross where the lab's run is.

use libm::{floor, log10};
use plotters::prelude::{RGBColor, ViridisRGB};

use super::pen::Place;
use super::{Anchor, Baseline, Chart, Colour, Drawn, Label, Palette, Pen, Role};
use crate::figures::map::{Axis, Map, Reading};
use crate::language::translate;
use crate::notation::rounded;
use crate::spec::fields::Field;
use crate::trials::Measure;

/// Room for numbers at the left, the scale at the right, a name above, and numbers and a name below.
const MARGIN: (f64, f64, f64, f64) = (64.0, 120.0, 26.0, 44.0);
/// The scale's distance from the map and its width.
const SCALE: (f64, f64) = (16.0, 14.0);
/// By how much cells overlap: between edges that share a pixel the ground would shine through.
const SEAM: f64 = 0.5;
/// Steps of the scale.
const SHADES: usize = 24;
/// CSS pixels that a number on an axis takes.
const NUMBER: (f64, f64) = (44.0, 18.0);

/// What the picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// The map.
    pub map: &'a Map,
    /// What its cells say, in its order.
    pub readings: &'a [Reading],
    /// The place of the lab's run along both axes.
    pub present: Option<(f64, f64)>,
    /// The cell that is told of.
    pub chosen: Option<usize>,
}

/// The values of the lightest and the darkest shade, and whether those between are spread by their logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scale {
    low: f64,
    high: f64,
    logarithmic: bool,
}

impl Scale {
    fn of(measure: Measure, readings: &[Reading]) -> Self {
        if measure == Measure::Success {
            return Self { low: 0.0, high: 1.0, logarithmic: false };
        }
        let values = || readings.iter().filter_map(|reading| reading.value).filter(|value| value.is_finite());
        let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let logarithmic = matches!(measure, Measure::Steps | Measure::Error | Measure::TestError) && low > 0.0;
        if low < high {
            Self { low, high, logarithmic }
        } else {
            Self { low: low.min(1.0), high: low.min(1.0) + 1.0, logarithmic: false }
        }
    }

    /// Between 0 and 1.
    fn share(&self, value: f64) -> f64 {
        let along = |value: f64| if self.logarithmic { log10(value) } else { value };
        ((along(value) - along(self.low)) / (along(self.high) - along(self.low))).clamp(0.0, 1.0)
    }
}

/// Viridis (Smith and van der Walt 2015): equal steps look equally large, in grey and to colour-blind eyes too. The same in
/// both themes, for neither end is paper.
fn shade(share: f64) -> Colour {
    let RGBColor(red, green, blue) = ViridisRGB::get_color(share);
    (red, green, blue)
}

impl Snapshot<'_> {
    fn columns(&self) -> usize {
        self.map.x().values().len()
    }

    fn rows(&self) -> usize {
        self.map.y().values().len()
    }

    /// The upper left and the lower right corner of the map.
    fn frame(&self) -> (Place, Place) {
        let (width, height) = self.size;
        let (left, right, top, bottom) = MARGIN;
        ((left, top), (width - right, height - bottom))
    }

    /// The corners of the cell in this column and row; rows count from below.
    fn corners(&self, column: usize, row: usize) -> (Place, Place) {
        let ((left, top), (right, bottom)) = self.frame();
        let (width, height) = ((right - left) / self.columns() as f64, (bottom - top) / self.rows() as f64);
        let (x, y) = (left + column as f64 * width, bottom - (row + 1) as f64 * height);
        ((x, y), (x + width, y + height))
    }

    /// The cell at a place.
    pub fn cell_at(&self, (x, y): Place) -> Option<usize> {
        let ((left, top), (right, bottom)) = self.frame();
        if !(left..right).contains(&x) || !(top..bottom).contains(&y) {
            return None;
        }
        let column = ((x - left) / (right - left) * self.columns() as f64) as usize;
        let row = ((bottom - y) / (bottom - top) * self.rows() as f64) as usize;
        Some(row.min(self.rows() - 1) * self.columns() + column.min(self.columns() - 1))
    }

    /// The cell so many columns and rows on from `from`, or the one in the lower left corner.
    pub fn moved(&self, from: Option<usize>, columns: i32, rows: i32) -> Option<usize> {
        let Some(from) = from else { return Some(0) };
        let on = |at: usize, by: i32, count: usize| at.saturating_add_signed(by as isize).min(count - 1);
        let (column, row) = (from % self.columns(), from / self.columns());
        Some(on(row, rows, self.rows()) * self.columns() + on(column, columns, self.columns()))
    }

    /// Where the lab's run is, if that is on the map or next to it.
    fn cross(&self) -> Option<Place> {
        let (x, y) = self.present?;
        let ((left, _), (_, bottom)) = self.frame();
        let ((_, top), (right, _)) = self.frame();
        let across = position(self.map.x(), x)? / self.columns() as f64;
        let up = position(self.map.y(), y)? / self.rows() as f64;
        Some((left + across * (right - left), bottom - up * (bottom - top)))
    }
}

/// The place of a value along an axis, in cells: the middle of cell i is i + ½; none beyond half a cell outside.
fn position(axis: &Axis, value: f64) -> Option<f64> {
    let values = axis.values();
    let (first, last) = (values[0], values[values.len() - 1]);
    if values.len() == 1 {
        return (value == first).then_some(0.5);
    }
    let step = values[1] - first;
    (value >= first - 0.5 * step && value <= last + 0.5 * step).then(|| (value - first) / step + 0.5)
}

/// The numbers of an axis that have room, each with its place in it.
fn numbers(axis: &Axis, length: f64, room: f64) -> Vec<(usize, String)> {
    let values = axis.values();
    let most = floor(length / room).max(1.0) as usize;
    let every = values.len().div_ceil(most).max(1);
    values.iter().enumerate().step_by(every).map(|(i, value)| (i, rounded(*value, (0, 4)))).collect()
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let scale = Scale::of(self.map.measure(), self.readings);
        let ((left, top), (right, bottom)) = self.frame();
        for (place, reading) in self.readings.iter().enumerate() {
            let (from, to) = self.corners(place % self.columns(), place / self.columns());
            match reading.value {
                // The neighbours to the right and above, drawn later, cover what reaches into them: no seams.
                Some(value) => {
                    let (from, to) = ((from.0, (from.1 - SEAM).max(top)), ((to.0 + SEAM).min(right), to.1));
                    pen.rectangle(from, to, shade(scale.share(value)))?;
                }
                // Nothing measured, or nothing to be had.
                None => pen.line(&[(from.0 + 3.0, to.1 - 3.0), (to.0 - 3.0, from.1 + 3.0)], palette.track, 0.6)?,
            }
        }
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        pen.line(&corners, palette.soft, 0.8)?;
        let (gap, width) = SCALE;
        let step = (bottom - top) / SHADES as f64;
        for i in 0..SHADES {
            let y = bottom - (i + 1) as f64 * step;
            let colour = shade((i as f64 + 0.5) / SHADES as f64);
            pen.rectangle((right + gap, y), (right + gap + width, y + step + SEAM), colour)?;
        }
        if let Some((x, y)) = self.cross() {
            pen.cross((x, y), 7.0, palette.paper, 4.5)?;
            pen.cross((x, y), 6.0, palette.ink, 2.0)?;
        }
        if let Some(chosen) = self.chosen.filter(|chosen| *chosen < self.readings.len()) {
            let ((left, top), (right, bottom)) = self.corners(chosen % self.columns(), chosen / self.columns());
            pen.line(&[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], palette.ink, 2.0)?;
        }
        Ok(())
    }

    fn labels(&self, _before: &[Label]) -> Vec<Label> {
        let ((left, top), (right, bottom)) = self.frame();
        let mut labels = Vec::new();
        for (column, text) in numbers(self.map.x(), right - left, NUMBER.0) {
            let ((from, _), (to, _)) = self.corners(column, 0);
            let label = Label::new(0.5 * (from + to), bottom + 6.0, text, Role::Tick);
            labels.push(label.at(Anchor::Middle, Baseline::Top));
        }
        for (row, text) in numbers(self.map.y(), bottom - top, NUMBER.1) {
            let ((_, from), (_, to)) = self.corners(0, row);
            let label = Label::new(left - 8.0, 0.5 * (from + to), text, Role::Tick);
            labels.push(label.at(Anchor::End, Baseline::Middle));
        }
        let (x, y) = (self.map.x().field(), self.map.y().field());
        let named = |field: &Field| format!("{} {}", translate(field.name), field.symbol);
        let name = Label::new(0.5 * (left + right), bottom + 24.0, named(x), Role::Tick);
        labels.push(name.at(Anchor::Middle, Baseline::Top));
        let name = Label::new(4.0, 2.0, named(y), Role::Tick);
        labels.push(name.at(Anchor::Start, Baseline::Top));
        let scale = Scale::of(self.map.measure(), self.readings);
        for (y, value, baseline) in [(top, scale.high, Baseline::Top), (bottom, scale.low, Baseline::Bottom)] {
            let x = right + SCALE.0 + SCALE.1 + 6.0;
            labels.push(Label::new(x, y, self.map.measure().told(value), Role::Tick).at(Anchor::Start, baseline));
        }
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{Extent, to_svg};
    use crate::figures::map::Cell;
    use crate::spec::Spec;
    use crate::trials::Ledger;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn map(measure: Measure) -> (Map, Vec<Reading>) {
        let (x, y) = (Axis::read("r=2:8:2").expect("an axis"), Axis::read("N=40:80:20").expect("an axis"));
        let spec = Spec { dimension: 12, neurons: 2, effective_width: 4.0, max_steps: 60, ..Spec::default() };
        let map = Map::new(&spec, x, y, measure, 1).expect("a map");
        let mut ledger = Ledger::new(map.plan());
        for number in map.plan().order().skip(2) {
            let trial = map.plan().trial(number).expect("a trial of the plan");
            ledger.take(number, Cell::run(&trial)).expect("a new result");
        }
        let readings = map.read(&ledger);
        (map, readings)
    }

    #[test]
    fn every_place_of_the_map_is_a_cell_and_the_keys_reach_all() {
        let (map, readings) = map(Measure::Success);
        let size = (500.0, 360.0);
        let snapshot = Snapshot { size, map: &map, readings: &readings, present: None, chosen: None };
        for place in 0..readings.len() {
            let ((left, top), (right, bottom)) = snapshot.corners(place % 4, place / 4);
            assert_eq!(snapshot.cell_at((0.5 * (left + right), 0.5 * (top + bottom))), Some(place));
        }
        assert_eq!(snapshot.cell_at((2.0, 2.0)), None);
        assert_eq!(snapshot.moved(None, 1, 0), Some(0));
        assert_eq!((snapshot.moved(Some(0), 1, 1), snapshot.moved(Some(5), -9, 9)), (Some(5), Some(8)));
        assert_eq!(snapshot.moved(Some(11), 1, 1), Some(11));
    }

    #[test]
    fn the_cross_stands_in_the_cell_of_the_present_run_and_nowhere_else() {
        let (map, readings) = map(Measure::Success);
        let at = |x: f64, y: f64| {
            let present = Some((x, y));
            let snapshot = Snapshot { size: (500.0, 360.0), map: &map, readings: &readings, present, chosen: None };
            snapshot.cross().map(|place| snapshot.cell_at(place))
        };
        assert_eq!(at(4.0, 60.0), Some(Some(5)));
        assert_eq!((at(8.9, 60.0), at(9.1, 60.0), at(4.0, 500.0)), (Some(Some(7)), None, None));
    }

    #[test]
    fn every_measure_is_drawn_with_its_scale() {
        for measure in Measure::ALL {
            let (map, readings) = map(measure);
            let size = (500.0, 360.0);
            let snapshot =
                Snapshot { size, map: &map, readings: &readings, present: Some((4.0, 40.0)), chosen: Some(1) };
            let labels = snapshot.labels(&[]);
            for (i, label) in labels.iter().enumerate() {
                let extent = Extent::of(label);
                assert!(extent.is_within(size), "{measure:?}: {label:?}");
                assert!(!labels[..i].iter().any(|other| Extent::of(other).meets(&extent)), "{measure:?}: {label:?}");
            }
            assert!(to_svg(&snapshot, &Palette::LIGHT, "a map").contains("<rect"));
        }
    }
}
