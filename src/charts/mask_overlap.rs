//! The K × d support matrix of the learner against the oracle: kept weights shaded by how near they are to the oracle's.

use plotters::prelude::DrawingBackend;

use super::palette::mix;
use super::{Anchor, Baseline, Chart, Colour, Drawn, Label, Palette, Pen, Role};
use crate::network::Mask;

/// Room for the neuron numbers at the left and the feature numbers below.
const MARGIN: (f64, f64) = (26.0, 22.0);
/// |w − w\*| at which a kept weight is as pale as it gets: a quarter of the range of the oracle's weights.
pub const FAR: f64 = 0.25;
/// Colours in the key of the shade.
const STOPS: u32 = 8;

/// The share of the learner's colour, on the ground's, of a kept weight at `distance` = |w − w\*|: solid at the oracle,
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
    /// The learner's mask, which is the oracle's.
    pub mask: &'a Mask,
    /// W\* on the mask.
    pub oracle: &'a [f64],
    /// W(t) on the mask; none before the first answer of the training worker.
    pub weights: Option<&'a [f64]>,
    /// The neuron whose row is lit.
    pub lit: Option<usize>,
}

impl Snapshot<'_> {
    fn cell_width(&self) -> f64 {
        (self.size.0 - MARGIN.0) / self.mask.dimension() as f64
    }

    fn row_height(&self) -> f64 {
        (self.size.1 - MARGIN.1) / self.mask.neurons() as f64
    }

    /// The neuron whose row is at height `y`, if any.
    pub fn neuron_at(&self, y: f64) -> Option<usize> {
        let row = y / self.row_height();
        (row >= 0.0 && row < self.mask.neurons() as f64).then_some(row as usize)
    }

    /// The colour of weight `i`.
    fn colour(&self, i: usize, palette: &Palette) -> Colour {
        let share = shade(self.weights.map_or(FAR, |w| (w[i] - self.oracle[i]).abs()));
        // In steps that no eye tells apart: many weights then share a colour, and are painted in one go.
        mix(palette.paper, palette.learner, (64.0 * share).round() / 64.0)
    }
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw<DB: DrawingBackend>(&self, pen: &Pen<DB>, palette: &Palette) -> Drawn<DB> {
        let (cell, row) = (self.cell_width(), self.row_height());
        let (inset, gap) = (0.14 * row, if cell > 4.0 { 0.8 } else { 0.0 });
        for j in 0..self.mask.neurons() {
            let top = j as f64 * row + inset;
            let bottom = (j + 1) as f64 * row - inset;
            let middle = 0.5 * (top + bottom);
            let rule = if self.lit == Some(j) { (palette.ink, 1.4) } else { (palette.track, 0.8) };
            pen.line(&[(MARGIN.0, middle), (self.size.0, middle)], rule.0, rule.1)?;
            let mut cells = self.mask.support(j).iter().zip(self.mask.range(j)).peekable();
            while let Some((feature, i)) = cells.next() {
                let colour = self.colour(i, palette);
                let mut last = *feature;
                // Cells without a gap, next to each other and alike, are one rectangle: there may be 6000.
                while gap == 0.0
                    && cells.next_if(|(next, i)| **next == last + 1 && self.colour(*i, palette) == colour).is_some()
                {
                    last += 1;
                }
                let (left, right) = (MARGIN.0 + *feature as f64 * cell, MARGIN.0 + (last + 1) as f64 * cell - gap);
                pen.rectangle((left, top), (right, bottom), colour)?;
            }
        }
        Ok(())
    }

    fn labels(&self, _: &[Label]) -> Vec<Label> {
        let (cell, row) = (self.cell_width(), self.row_height());
        // Low rows are numbered every other one.
        let every = if row < 14.0 { 2 } else { 1 };
        let mut labels: Vec<Label> = (0..self.mask.neurons())
            .step_by(every)
            .map(|j| {
                let role = if self.lit == Some(j) { Role::Oracle } else { Role::Tick };
                let y = (j as f64 + 0.5) * row;
                Label::new(MARGIN.0 - 10.0, y, (j + 1).to_string(), role).at(Anchor::End, Baseline::Middle)
            })
            .collect();
        let dimension = self.mask.dimension();
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
