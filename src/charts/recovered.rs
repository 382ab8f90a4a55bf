//! What the moments of a sample recovered of each neuron, as a dial a neuron: the oracle's w\* points up, the recovered w
//! points away from it by the angle between the two, and is longer or shorter than it by the ratio of their lengths.

use libm::{cos, sin};

use super::pen::Place;
use super::{Anchor, Baseline, Chart, Drawn, Label, Palette, Pen, Role};
use crate::tensor::RecoveredNeuron;

/// Height of the words below a dial.
const WORDS: f64 = 20.0;
/// Width that these words need.
const NARROWEST: f64 = 80.0;
/// Length of w\* in half the room that a dial has.
const UNIT_SHARE: f64 = 0.7;
/// |w|/|w\*| that is drawn at most.
const LONGEST: f64 = 1.4;
/// Where the arc of the angle stands, in lengths of w\*.
const ARC: f64 = 0.6;
/// Parts of half a turn.
const PARTS: f64 = 48.0;

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// The learner's neurons, in order; none before they are known.
    pub neurons: &'a [RecoveredNeuron],
}

impl Snapshot<'_> {
    /// Dials in a row: as many as make them largest.
    fn columns(&self) -> usize {
        let count = self.neurons.len();
        let room = |columns: &usize| self.room(*columns);
        let fits = |columns: &usize| self.size.0 / *columns as f64 >= NARROWEST;
        (1..=count).filter(fits).max_by(|a, b| room(a).total_cmp(&room(b))).unwrap_or(1)
    }

    /// Width and height of a dial in rows of so many.
    fn room(&self, columns: usize) -> f64 {
        let rows = self.neurons.len().div_ceil(columns) as f64;
        (self.size.0 / columns as f64).min(self.size.1 / rows - WORDS)
    }

    /// The middle of a neuron's dial, and the length of w\* in it.
    fn dial(&self, j: usize) -> (Place, f64) {
        let columns = self.columns();
        let rows = self.neurons.len().div_ceil(columns) as f64;
        let (width, height) = (self.size.0 / columns as f64, self.size.1 / rows);
        let (column, row) = ((j % columns) as f64, (j / columns) as f64);
        let middle = ((column + 0.5) * width, row * height + 0.5 * (height - WORDS));
        (middle, 0.5 * UNIT_SHARE * self.room(columns))
    }
}

/// A place on a dial: turned clockwise from the top by `angle` radians.
fn at((x, y): Place, radius: f64, angle: f64) -> Place {
    (x + radius * sin(angle), y - radius * cos(angle))
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        for (j, neuron) in self.neurons.iter().enumerate() {
            let (middle, unit) = self.dial(j);
            let angle = neuron.angle();
            pen.circle(middle, unit, palette.track, 1.0)?;
            let steps = (PARTS * angle / std::f64::consts::PI).ceil().max(1.0);
            let arc = (0..=steps as u32).map(|i| at(middle, ARC * unit, angle * f64::from(i) / steps));
            pen.line(&arc.collect::<Vec<_>>(), palette.learner, 1.2)?;
            pen.line(&[middle, at(middle, unit, 0.0)], palette.ink, 2.0)?;
            let tip = at(middle, unit * neuron.ratio.min(LONGEST), angle);
            pen.line(&[middle, tip], palette.learner, 2.4)?;
            pen.disc(tip, 3.2, palette.learner)?;
            pen.disc(middle, 1.6, palette.ink)?;
        }
        Ok(())
    }

    fn labels(&self, _: &[Label]) -> Vec<Label> {
        let label = |(j, neuron): (usize, &RecoveredNeuron)| {
            let ((x, y), _) = self.dial(j);
            let below = y + 0.5 * self.room(self.columns());
            let own = neuron.matched == j;
            let whose = if own { (j + 1).to_string() } else { format!("{}→{}", j + 1, neuron.matched + 1) };
            let longer = if own { format!(", ×{:.1}", neuron.ratio) } else { String::new() };
            let text = format!("{}: {:.0}°{}", whose, neuron.angle().to_degrees(), longer);
            let role = if own { Role::Tick } else { Role::Oracle };
            Label::new(x, below, text, role).at(Anchor::Middle, Baseline::Top)
        };
        self.neurons.iter().enumerate().map(label).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn neuron(matched: usize, degrees: f64) -> RecoveredNeuron {
        RecoveredNeuron { matched, cosine: cos(degrees.to_radians()), ratio: 1.0 }
    }

    #[test]
    fn every_dial_and_its_words_lie_in_the_picture() {
        for count in 1..=12 {
            for size in [(320.0, 180.0), (560.0, 140.0), (240.0, 300.0)] {
                let neurons: Vec<RecoveredNeuron> = (0..count).map(|j| neuron(j, 170.0)).collect();
                let chart = Snapshot { size, neurons: &neurons };
                for (j, label) in chart.labels(&[]).iter().enumerate() {
                    let ((x, y), unit) = chart.dial(j);
                    let reach = LONGEST * unit;
                    assert!(
                        x - reach >= 0.0 && x + reach <= size.0 && y - reach >= 0.0,
                        "{count} in {size:?}: {x}, {y}"
                    );
                    assert!(label.y >= y + reach && label.y + WORDS <= size.1 + 1e-9, "{count} in {size:?}");
                }
            }
        }
    }

    #[test]
    fn a_neuron_that_stands_for_another_says_so() {
        let neurons = [neuron(0, 12.0), neuron(2, 90.0), neuron(1, 0.0)];
        let chart = Snapshot { size: (300.0, 120.0), neurons: &neurons };
        let texts: Vec<String> = chart.labels(&[]).into_iter().map(|label| label.text).collect();
        assert_eq!(texts, ["1: 12°, ×1.0", "2→3: 90°", "3→2: 0°"]);
        assert!(Snapshot { size: (300.0, 120.0), neurons: &[] }.labels(&[]).is_empty());
    }
}
