//! The axes of a figure: across what it is along, so that the claimed line is straight, and what is measured upwards.

use libm::{ceil, exp10, floor, log10};

use super::super::pen::Place;
use super::Snapshot;
use crate::figures::Against;
use crate::notation::grouped;

/// Room for the numbers at the left, names at the right, half a number above, and the axis below.
const MARGIN: (f64, f64, f64, f64) = (70.0, 24.0, 30.0, 42.0);
/// Lines that a scale has, at most and about.
const LINES: f64 = 6.0;
/// An axis begins at 0 if the least value is a smaller share of the largest.
const NEAR_ZERO: f64 = 0.4;
/// A logarithmic axis over a larger ratio has numbers that are round in its own way.
const DECADE: f64 = 8.0;
/// Share of the range that is left free beyond the outermost marks.
const FREE: f64 = 0.06;

/// How the picture's axes lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    along: Against,
    x: (f64, f64),
    y: (f64, f64),
}

impl Axes {
    /// Those of a snapshot: around all cells, points with their intervals, and as much of theory as lies near them.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let (width, height) = snapshot.size;
        let (left, right, top, bottom) = MARGIN;
        let along = snapshot.figure.along;
        let (mut x, mut y) = (Range::default(), Range::default());
        for (_, cell) in snapshot.cells() {
            x.take(along.of(cell.x));
            if snapshot.figure.swept.is_some() {
                y.take(cell.y);
            }
        }
        for point in snapshot.measured().flat_map(|series| &series.points) {
            x.take(along.of(point.x));
            [point.y, point.low, point.high].into_iter().flatten().for_each(|value| y.take(value));
        }
        if snapshot.figure.swept.is_none() {
            let theory = snapshot.theory().flat_map(|series| &series.points);
            theory.filter_map(|point| point.y).for_each(|value| y.take(value));
        } else if y.least < NEAR_ZERO * y.most {
            y.take(0.0);
        }
        Self { left, right: width - right, top, bottom: height - bottom, along, x: x.ends(), y: y.ends() }
    }

    /// The place of a point, cut to the picture's height.
    pub(super) fn place(&self, x: f64, y: f64) -> Place {
        (self.across(self.along.of(x)), self.up(y).clamp(self.top - 1.0, self.bottom))
    }

    fn across(&self, x: f64) -> f64 {
        self.left + (x - self.x.0) / (self.x.1 - self.x.0) * (self.right - self.left)
    }

    fn up(&self, y: f64) -> f64 {
        self.bottom - (y - self.y.0) / (self.y.1 - self.y.0) * (self.bottom - self.top)
    }

    /// Values of the upward axis with their heights and texts.
    pub(super) fn rows(&self) -> Vec<(f64, f64, String)> {
        let step = nice_step((self.y.1 - self.y.0) / LINES);
        multiples(self.y, step).map(|y| (y, self.up(y), text(y, step))).collect()
    }

    /// Places of the axis across with their texts: round numbers, also where the axis is that of their root or logarithm.
    pub(super) fn columns(&self) -> Vec<(f64, String)> {
        let ends = (self.along.back(self.x.0), self.along.back(self.x.1));
        let place = |x: f64| self.across(self.along.of(x));
        if ends.1 > DECADE * ends.0 && matches!(self.along, Against::TestError | Against::Samples) {
            return round_numbers(ends).map(|x| (place(x), text(x, x))).collect();
        }
        let room = ((self.right - self.left) / 60.0).clamp(2.0, 9.0);
        let step = nice_step((ends.1 - ends.0) / room);
        multiples(ends, step).map(|x| (place(x), text(x, step))).collect()
    }
}

/// The least and the largest of some numbers.
struct Range {
    least: f64,
    most: f64,
}

impl Default for Range {
    fn default() -> Self {
        Self { least: f64::INFINITY, most: f64::NEG_INFINITY }
    }
}

impl Range {
    fn take(&mut self, value: f64) {
        (self.least, self.most) = (self.least.min(value), self.most.max(value));
    }

    /// With some room beyond both ends.
    fn ends(&self) -> (f64, f64) {
        if self.least > self.most {
            return (0.0, 1.0);
        }
        let room = FREE * (self.most - self.least).max(1e-3 * self.most.abs()).max(1e-12);
        (self.least - room, self.most + room)
    }
}

/// The multiples of `step` between two ends.
fn multiples((low, high): (f64, f64), step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = (ceil(low / step - 1e-9) as i64, floor(high / step + 1e-9) as i64);
    (first..=last).map(move |i| i as f64 * step)
}

/// 1, 2, 5, 10, 20 … and their parts between two positive ends.
fn round_numbers((low, high): (f64, f64)) -> impl Iterator<Item = f64> {
    let (first, last) = (floor(log10(low)) as i32, ceil(log10(high)) as i32);
    let all = (first..=last).flat_map(|power| [1.0, 2.0, 5.0].map(|m| m * exp10(f64::from(power))));
    all.filter(move |x| (low..=high).contains(x))
}

/// The least of 1, 2, 5 times a power of ten that is not below `x`.
fn nice_step(x: f64) -> f64 {
    let power = exp10(floor(log10(x)));
    let nice = [1.0, 2.0, 5.0].into_iter().find(|m| m * power >= x * (1.0 - 1e-12));
    nice.unwrap_or(10.0) * power
}

/// A multiple of `step` with as many decimals as that needs.
fn text(value: f64, step: f64) -> String {
    let decimals = (-floor(log10(step) + 1e-9)).max(0.0) as usize;
    if decimals == 0 && value >= 0.0 { grouped(value as usize) } else { format!("{value:.decimals$}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn scales_have_round_numbers() {
        assert_eq!((nice_step(0.013), nice_step(7.0), nice_step(2.0)), (0.02, 10.0, 2.0));
        let told = |ends, step| multiples(ends, step).map(|x| text(x, step)).collect::<Vec<_>>();
        assert_eq!(told((-0.05, 0.5), 0.2), ["0.0", "0.2", "0.4"]);
        assert_eq!(told((900.0, 2100.0), 500.0), ["1000", "1500", "2000"]);
        assert_eq!(round_numbers((90.0, 3300.0)).collect::<Vec<_>>(), [100.0, 200.0, 500.0, 1000.0, 2000.0]);
    }
}
