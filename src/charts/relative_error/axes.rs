//! The axes of the error chart: iterations across, decades of the relative error down.

use libm::{ceil, exp10, floor, log, log10};

use super::super::extent::{Extent, LINE};
use super::super::pen::Place;
use super::super::{Anchor, Baseline, Label, Role};
use super::Snapshot;
use crate::language::tr;
use crate::notation::{grouped, power_of_ten};
use crate::spec::{FOUND, SETTLED};
use crate::theory::fallen_to;

/// Room for the tick labels at the left, the curve's name at the right, half a label above, and the axis below.
const MARGIN: (f64, f64, f64, f64) = (48.0, 70.0, 12.0, 40.0);
/// How much lower an error comes than its slowest mode lets expect, on the way.
const FASTER_AT_FIRST: f64 = 30.0;

/// How the picture's axes lie: iteration and decade to place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// The last iteration on the axis.
    pub(super) last: f64,
    /// The decades at top and bottom.
    pub(super) highest: f64,
    pub(super) lowest: f64,
}

impl Axes {
    /// Those of a snapshot. They begin with what the rate lets expect and grow in steps (the iterations by 1, 1.5,
    /// 2 …; the decades one by one), so that the picture stands still while a run goes on; they never shrink.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let (width, height) = snapshot.size;
        let (left, right, top, bottom) = MARGIN;
        let start = snapshot.relative_error.first().copied().unwrap_or(1.0).max(FOUND);
        let most_steps = snapshot.most_steps as f64;
        let rate = snapshot.predicted_rate.or(snapshot.rate_before).filter(|rate| *rate > 0.0 && *rate < 1.0);
        let steps = rate.map_or(1000.0, |rate| (log(FOUND / start) / log(rate)).clamp(100.0, 5000.0)).min(most_steps);
        // A run at this rate moves by (1 − ν) of its error in a step, and ends where that is too little, or at T; until
        // then it is faster than its slowest mode. Without this the axis grew by a decade in the last third of a run.
        let end = rate.map_or(FOUND, |rate| {
            (SETTLED / (1.0 - rate) / 1.5).max(fallen_to(start, rate, most_steps) / FASTER_AT_FIRST)
        });
        // A loss may have any size: its decades are those that it passes, four at first.
        let of_loss = snapshot.relative_error.first().copied().filter(|start| snapshot.is_loss && *start > 0.0);
        let (mut least, mut most) = of_loss.map_or((FOUND.min(end), 0.5), |start| (FOUND * start, start));
        let histories = || snapshot.ghosts.iter().map(|ghost| &ghost.relative_error[..]);
        let beside = || snapshot.beside.iter().map(|twin| twin.relative_error);
        let all = || std::iter::once(snapshot.relative_error).chain(beside()).chain(histories());
        // An error of exactly 0 has no place on a logarithmic scale.
        for error in all().flatten().filter(|error| **error > 0.0) {
            least = least.min(error.max(1e-16 * of_loss.unwrap_or(1.0)));
            most = most.max(*error);
        }
        let (highest, lowest) = (ceil(log10(most)), floor(log10(least)));
        let (highest, lowest) = match of_loss {
            Some(_) => (highest, lowest.max(highest - 16.0)),
            None => (highest.clamp(0.0, 9.0), lowest.clamp(-16.0, -5.0)),
        };
        let longest = all().map(<[f64]>::len).max().unwrap_or(0).saturating_sub(1) as f64;
        Self {
            left,
            right: width - right,
            top,
            bottom: height - bottom,
            last: nice_above(longest.max(floor(steps))),
            highest,
            lowest,
        }
    }

    pub(super) fn x(&self, t: f64) -> f64 {
        self.left + t / self.last * (self.right - self.left)
    }

    pub(super) fn y(&self, error: f64) -> f64 {
        let decade = log10(error.max(1e-300)).clamp(self.lowest - 1.0, self.highest + 1.0);
        let share = (self.highest - decade) / (self.highest - self.lowest);
        self.top + share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }

    /// The iteration at the right end.
    pub fn last_iteration(&self) -> usize {
        self.last as usize
    }

    /// Left and right end of the lower axis, and its height from above.
    pub fn foot(&self) -> (f64, f64, f64) {
        (self.left, self.right, self.bottom)
    }

    /// The iteration at a horizontal place.
    pub fn iteration(&self, x: f64) -> usize {
        let share = ((x - self.left) / (self.right - self.left)).clamp(0.0, 1.0);
        (share * self.last).round() as usize
    }

    /// A line across at the height of this error.
    pub(super) fn across(&self, error: f64) -> [Place; 2] {
        [(self.left, self.y(error)), (self.right, self.y(error))]
    }

    /// The decades, from the highest to the lowest.
    pub(super) fn decades(&self) -> impl Iterator<Item = i32> {
        (self.lowest as i32..=self.highest as i32).rev()
    }

    /// The tick places on the iteration axis: six or so at most, as many as their numbers have room.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let number = |t: f64| grouped(t as usize);
        let widest = Extent::of(&Label::new(0.0, 0.0, number(self.last), Role::Tick)).width();
        let room = ((self.right - self.left) / (widest + 10.0)).clamp(1.0, 5.5);
        let step = nice_above(self.last / room);
        let count = (self.last / step + 1e-9) as usize;
        (0..=count).map(|i| i as f64 * step).map(|t| (t, number(t))).collect()
    }

    /// The numbers at the axes and the name of the lower one.
    pub(super) fn labels(&self) -> Vec<Label> {
        let a_decade = (self.bottom - self.top) / (self.highest - self.lowest);
        let every = ceil((LINE + 2.0) / a_decade) as usize;
        let mut labels = Vec::new();
        for decade in self.decades().step_by(every.max(1)) {
            let label = Label::new(self.left - 8.0, self.y(exp10(f64::from(decade))), power_of_ten(decade), Role::Tick);
            labels.push(label.at(Anchor::End, Baseline::Middle));
        }
        for (t, text) in self.ticks() {
            let label = Label::new(self.x(t), self.bottom + 7.0, text, Role::Tick);
            labels.push(label.at(Anchor::Middle, Baseline::Top));
        }
        let name = Label::new(0.5 * (self.left + self.right), self.bottom + 23.0, tr!("iteration t"), Role::Tick);
        labels.push(name.at(Anchor::Middle, Baseline::Top));
        labels
    }
}

/// The least of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not below `x` (at least 10).
fn nice_above(x: f64) -> f64 {
    let x = x.max(10.0);
    let power = exp10(floor(log10(x)));
    let nice = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0].into_iter().find(|m| m * power >= x * (1.0 - 1e-12));
    nice.unwrap_or(10.0) * power
}
