//! The K × d support matrix of the learner against the oracle: kept weights shaded by how near they are to the oracle's.

use plotters::prelude::DrawingBackend;

use super::palette::mix;
use super::{Anchor, Baseline, Chart, Colour, Drawn, Label, Palette, Pen, Role};
use crate::network::Mask;

/// Room for the neuron numbers at the left and the feature numbers below.
const MARGIN: (f64, f64) = (26.0, 22.0);
/// |w − w\*| at which a kept weight is as pale as it gets: a quarter of the range of the oracle's weights.
const FAR: f64 = 0.25;

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

    /// The colour of weight `i`: solid at the oracle, pale far from it.
    fn shade(&self, i: usize, palette: &Palette) -> Colour {
        let near = self.weights.map_or(0.0, |w| 1.0 - ((w[i] - self.oracle[i]).abs() / FAR).min(1.0));
        mix(palette.paper, palette.learner, 0.25 + 0.75 * near * near)
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
            for (feature, i) in self.mask.support(j).iter().zip(self.mask.range(j)) {
                let left = MARGIN.0 + *feature as f64 * cell;
                pen.rectangle((left, top), (left + cell - gap, bottom), self.shade(i, palette))?;
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
