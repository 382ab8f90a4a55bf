//! The K × d support matrix of the learner against the oracle. Kept weights are bars as high as their row, weights that
//! the learner alone has are half as high and grey; both are shaded by how near they are to the oracle's. Weights that the
//! mask misses are empty frames.

use super::palette::mix;
use super::pen::Place;
use super::{Anchor, Baseline, Chart, Colour, Drawn, Label, Palette, Pen, Role};
use crate::network::{Mask, Projection};

/// Room for the neuron numbers at the left and the feature numbers below.
const MARGIN: (f64, f64) = (26.0, 22.0);
/// |w − w\*| at which a kept weight is as pale as it gets: a quarter of the range of the oracle's weights.
pub const FAR: f64 = 0.25;
/// Half the width of the frame around a weight that is told of, at least.
const LEAST_CURSOR: f64 = 3.0;
/// Width of a frame's lines.
const FRAME: f64 = 1.0;
/// Colours in the key of the shade.
const STOPS: u32 = 8;

/// The share of its colour, on the ground's, of a learner's weight at `distance` = |w − w\*|: solid at the oracle,
/// pale from [`FAR`] on.
pub fn shade(distance: f64) -> f64 {
    let near = 1.0 - (distance / FAR).min(1.0);
    0.25 + 0.75 * near * near
}

/// The key of the shade, from |w − w\*| = 0 to [`FAR`], as a CSS image in the style sheet's colours.
pub fn key() -> String {
    let stops = (0..=STOPS).map(|stop| {
        let percent = 100.0 * shade(FAR * f64::from(stop) / f64::from(STOPS));
        format!(", color-mix(in srgb, var(--learner) {percent:.1}%, var(--paper))")
    });
    format!("linear-gradient(to right{})", stops.collect::<String>())
}

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// The oracle on the learner's mask; one that is not known has entries that are no numbers.
    pub oracle: &'a Projection,
    /// The oracle's mask.
    pub oracle_mask: &'a Mask,
    /// W(t) on the learner's mask; none before the first answer of the training worker.
    pub weights: Option<&'a [f64]>,
    /// The neuron whose row is lit.
    pub lit: Option<usize>,
    /// The weight that is told of, by its neuron and feature.
    pub cursor: Option<(usize, usize)>,
}

impl Snapshot<'_> {
    fn cell_width(&self) -> f64 {
        (self.size.0 - MARGIN.0) / self.oracle_mask.dimension() as f64
    }

    fn row_height(&self) -> f64 {
        (self.size.1 - MARGIN.1) / self.oracle_mask.neurons() as f64
    }

    /// The neuron whose row is at height `y`, if any.
    pub fn neuron_at(&self, y: f64) -> Option<usize> {
        let row = y / self.row_height();
        (row >= 0.0 && row < self.oracle_mask.neurons() as f64).then_some(row as usize)
    }

    /// The weight at this place, by its neuron and feature, if any.
    pub fn weight_at(&self, (x, y): Place) -> Option<(usize, usize)> {
        let column = (x - MARGIN.0) / self.cell_width();
        let inside = column >= 0.0 && column < self.oracle_mask.dimension() as f64;
        self.neuron_at(y).filter(|_| inside).map(|neuron| (neuron, column as usize))
    }

    /// The marks of neuron `j`'s row, one a feature that either mask has, ascending.
    fn marks(&self, j: usize, palette: &Palette) -> Vec<(usize, Mark)> {
        let (learner, mut missed) = (self.oracle.mask(), self.oracle_mask.support(j).iter().peekable());
        let mut marks = Vec::new();
        for (feature, i) in learner.support(j).iter().zip(learner.range(j)) {
            while let Some(before) = missed.next_if(|other| *other < feature) {
                marks.push((*before, Mark::Missed));
            }
            let kept = missed.next_if_eq(&feature).is_some();
            // Of an oracle that is not known none is far.
            let (oracle, unknown) = (self.oracle.values()[i], self.oracle.values()[i].is_nan());
            let distance = if unknown { 0.0 } else { self.weights.map_or(FAR, |w| (w[i] - oracle).abs()) };
            let share = shade(distance);
            // In steps that no eye tells apart: many weights then share a colour, and are painted in one go.
            let tinted = |colour| mix(palette.paper, colour, (64.0 * share).round() / 64.0);
            marks.push((
                *feature,
                if kept { Mark::Kept(tinted(palette.learner)) } else { Mark::Extra(tinted(palette.soft)) },
            ));
        }
        marks.extend(missed.map(|feature| (*feature, Mark::Missed)));
        marks
    }
}

/// A weight in the picture.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Kept(Colour),
    Extra(Colour),
    Missed,
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let (cell, row) = (self.cell_width(), self.row_height());
        let (inset, gap) = (0.14 * row, if cell > 4.0 { 0.8 } else { 0.0 });
        for j in 0..self.oracle_mask.neurons() {
            let top = j as f64 * row + inset;
            let bottom = (j + 1) as f64 * row - inset;
            let middle = 0.5 * (top + bottom);
            let rule = if self.lit == Some(j) { (palette.ink, 1.4) } else { (palette.track, 0.8) };
            pen.line(&[(MARGIN.0, middle), (self.size.0, middle)], rule.0, rule.1)?;
            let mut marks = self.marks(j, palette).into_iter().peekable();
            while let Some((first, mark)) = marks.next() {
                let mut last = first;
                // Cells without a gap, next to each other and alike, are one rectangle: there may be 6000.
                while gap == 0.0 && marks.next_if_eq(&(last + 1, mark)).is_some() {
                    last += 1;
                }
                let (left, right) = (MARGIN.0 + first as f64 * cell, MARGIN.0 + (last + 1) as f64 * cell - gap);
                match mark {
                    Mark::Kept(colour) => pen.rectangle((left, top), (right, bottom), colour)?,
                    Mark::Extra(colour) => pen.rectangle((left, middle), (right, bottom), colour)?,
                    Mark::Missed => frame(pen, (left, top), (right, bottom), cell > 3.0, palette)?,
                }
            }
        }
        if let Some((neuron, feature)) = self.cursor {
            let middle = MARGIN.0 + (feature as f64 + 0.5) * cell;
            let half = (0.5 * cell).max(LEAST_CURSOR) + FRAME;
            let top = neuron as f64 * row;
            frame(pen, (middle - half, top), (middle + half, top + row), true, palette)?;
        }
        Ok(())
    }

    fn labels(&self, _: &[Label]) -> Vec<Label> {
        let (cell, row) = (self.cell_width(), self.row_height());
        // Low rows are numbered every other one.
        let every = if row < 14.0 { 2 } else { 1 };
        let mut labels: Vec<Label> = (0..self.oracle_mask.neurons())
            .step_by(every)
            .map(|j| {
                let role = if self.lit == Some(j) { Role::Oracle } else { Role::Tick };
                let y = (j as f64 + 0.5) * row;
                Label::new(MARGIN.0 - 10.0, y, (j + 1).to_string(), role).at(Anchor::End, Baseline::Middle)
            })
            .collect();
        let dimension = self.oracle_mask.dimension();
        let bottom = self.size.1 - MARGIN.1 + 4.0;
        for feature in feature_ticks(dimension) {
            let x = MARGIN.0 + (feature as f64 - 0.5) * cell;
            let anchor = if feature == 1 {
                Anchor::Start
            } else if feature == dimension {
                Anchor::End
            } else {
                Anchor::Middle
            };
            let x = match anchor {
                Anchor::Start => x - 0.5 * cell,
                Anchor::Middle => x,
                Anchor::End => x + 0.5 * cell,
            };
            labels.push(Label::new(x, bottom, feature.to_string(), Role::Tick).at(anchor, Baseline::Top));
        }
        labels
    }
}

/// An empty frame; too narrow for sides it has a lid and a floor.
fn frame(pen: &Pen, (left, top): Place, (right, bottom): Place, has_sides: bool, palette: &Palette) -> Drawn {
    pen.rectangle((left, top), (right, top + FRAME), palette.ink)?;
    pen.rectangle((left, bottom - FRAME), (right, bottom), palette.ink)?;
    if has_sides {
        pen.rectangle((left, top), (left + FRAME, bottom), palette.ink)?;
        pen.rectangle((right - FRAME, top), (right, bottom), palette.ink)?;
    }
    Ok(())
}

/// 1, the quarters, and d.
fn feature_ticks(dimension: usize) -> Vec<usize> {
    let mut ticks = vec![1, dimension / 4, dimension / 2, 3 * dimension / 4, dimension];
    ticks.retain(|feature| *feature >= 1);
    ticks.dedup();
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_shade_pales_with_the_distance_and_the_key_shows_it() {
        let shades: Vec<f64> = (0..=50).map(|i| shade(0.01 * f64::from(i))).collect();
        assert!(shades.is_sorted_by(|a, b| a >= b));
        assert_eq!((shades[0], shades[25], shades[50]), (1.0, 0.25, 0.25));
        assert_eq!(shade(0.125), 0.4375);
        let key = key();
        assert_eq!(key.matches("color-mix").count(), STOPS as usize + 1);
        for percent in ["--learner) 100.0%", "--learner) 43.8%", "--learner) 25.0%"] {
            assert!(key.contains(percent), "{key}");
        }
    }
}
