//! The pruned network as Figure 1 of the paper draws it: inputs below, neurons above them, one output; an edge for each
//! unpruned weight, as wide as the weight is large. Weights that the learner alone has are grey; those of the oracle that
//! its mask misses are dashed.

use super::palette::mix;
use super::pen::Place;
use super::{Anchor, Baseline, Chart, Drawn, Label, Palette, Pen, Role};
use crate::language::tr;
use crate::network::{Mask, Weights};
use crate::order::sorted_by;

/// Edges drawn at most, those of the largest weights: more would be one grey area, and slow.
pub const MOST_EDGES: usize = 700;

/// Classes of |w| between 0 and 1, in which no eye tells widths and shades apart: edges of one class are one stroke.
const CLASSES: f64 = 32.0;

/// Length of a dash and of the gap after it.
const DASH: f64 = 4.0;

/// A line of the picture.
struct Edge {
    // whether it is the lit neuron's; none if no neuron is lit
    lit: Option<bool>,
    // |w|, and its class
    size: f64,
    class: u8,
    whose: Whose,
    feature: usize,
    neuron: usize,
}

/// Who has a weight. In this order they are drawn, the later above.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Oracles,
    Learners,
    Both,
}

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// The learner's mask.
    pub mask: &'a Mask,
    /// W(t) on it.
    pub weights: &'a [f64],
    /// W\* on its own mask.
    pub oracle: &'a Weights,
    /// The neuron whose edges are lit.
    pub lit: Option<usize>,
}

impl<'a> Snapshot<'a> {
    /// What is drawn: first the other neurons', then the lit one's; of each missed, extra and kept edges in turn, and of
    /// these the largest last, so that they lie above.
    fn edges(&self) -> Vec<Edge> {
        let least = self.least_drawn();
        let has = |mask: &Mask, neuron: usize, feature: &usize| mask.support(neuron).binary_search(feature).is_ok();
        let edge = |neuron: usize, feature: &usize, w: f64, whose| Edge {
            lit: self.lit.map(|lit| lit == neuron),
            size: w.abs(),
            class: (CLASSES * w.abs().min(1.0)).round() as u8,
            whose,
            feature: *feature,
            neuron,
        };
        let of = |neuron: usize| {
            let weights = &self.weights[self.mask.range(neuron)];
            let learners = self.mask.support(neuron).iter().zip(weights).map(move |(feature, w)| {
                let kept = has(self.oracle.mask(), neuron, feature);
                edge(neuron, feature, *w, if kept { Whose::Both } else { Whose::Learners })
            });
            let missed = self.missed(neuron).map(move |(feature, w)| edge(neuron, feature, *w, Whose::Oracles));
            learners.chain(missed).filter(|edge| edge.size >= least).collect::<Vec<_>>()
        };
        let rank = |edge: &Edge| {
            let lit = usize::from(edge.lit == Some(true));
            ((lit * 3 + edge.whose as usize) * (CLASSES as usize + 1) + usize::from(edge.class)) as f64
        };
        sorted_by((0..self.mask.neurons()).flat_map(of).collect(), rank)
    }

    /// The features and weights of the oracle's neuron that the mask misses.
    fn missed(&self, neuron: usize) -> impl Iterator<Item = (&'a usize, &'a f64)> {
        let (learner, oracle) = (self.mask, self.oracle);
        let weights = oracle.mask().support(neuron).iter().zip(&oracle.values()[oracle.mask().range(neuron)]);
        weights.filter(move |(feature, _)| learner.support(neuron).binary_search(feature).is_err())
    }

    fn input(&self, feature: usize) -> Place {
        let (width, height) = self.size;
        (8.0 + (feature as f64 + 0.5) / self.mask.dimension() as f64 * (width - 16.0), height - 24.0)
    }

    fn neuron(&self, j: usize) -> Place {
        let (width, height) = self.size;
        (8.0 + (j as f64 + 0.5) / self.mask.neurons() as f64 * (width - 16.0), 0.36 * height)
    }

    fn output(&self) -> Place {
        (0.5 * self.size.0, 16.0)
    }

    /// The least |w| that is drawn, so that about [`MOST_EDGES`] are: from counts in steps of 1/64 of the largest.
    fn least_drawn(&self) -> f64 {
        const STEPS: f64 = 64.0;
        // Those that the mask misses may be many more than the learner's.
        let missed = (0..self.mask.neurons()).flat_map(|j| self.missed(j)).map(|(_, w)| w);
        let all: Vec<f64> = self.weights.iter().chain(missed).map(|w| w.abs()).collect();
        let largest = all.iter().fold(0.0_f64, |largest, w| largest.max(*w));
        if !(largest > 0.0 && largest.is_finite()) {
            return 0.0;
        }
        let step_of = |w: &f64| (w / largest * STEPS) as usize;
        let mut counts = [0; STEPS as usize + 1];
        for w in &all {
            counts[step_of(w)] += 1;
        }
        let mut drawn = 0;
        let hidden = counts.iter().rposition(|count| {
            drawn += count;
            drawn > MOST_EDGES
        });
        hidden.map_or(0.0, |step| (step + 1) as f64 / STEPS * largest)
    }

    /// The neuron nearest to a horizontal place.
    pub fn neuron_at(&self, x: f64) -> usize {
        let share = (x - 8.0) / (self.size.0 - 16.0);
        ((share * self.mask.neurons() as f64) as usize).min(self.mask.neurons() - 1)
    }
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        for Edge { feature, neuron, class, whose, lit, .. } in self.edges() {
            let size = f64::from(class) / CLASSES;
            let tint = |colour| mix(palette.paper, colour, 0.25 + 0.75 * (2.0 * size).min(1.0));
            let (place, width) = ([self.input(feature), self.neuron(neuron)], 0.4 + 2.6 * size);
            match (lit, whose) {
                (_, Whose::Oracles) => pen.dashed(&place, DASH, DASH, palette.ink, 1.0)?,
                (Some(false), _) => pen.exact_line(&place, palette.track, width)?,
                (_, Whose::Learners) => pen.exact_line(&place, tint(palette.soft), width)?,
                (_, Whose::Both) => pen.exact_line(&place, tint(palette.learner), width)?,
            }
        }
        for j in 0..self.mask.neurons() {
            pen.line(&[self.neuron(j), self.output()], palette.soft, 1.0)?;
            pen.disc(self.neuron(j), 6.0, palette.paper)?;
            pen.circle(self.neuron(j), 6.0, palette.ink, if self.lit == Some(j) { 3.0 } else { 1.4 })?;
        }
        for feature in self.mask.used_features() {
            pen.disc(self.input(feature), 1.6, palette.ink)?;
        }
        pen.disc(self.output(), 6.0, palette.ink)
    }

    fn labels(&self, _: &[Label]) -> Vec<Label> {
        let (x, y) = self.output();
        let inputs = tr!("{count} inputs", count = self.mask.dimension());
        vec![
            Label::new(x + 12.0, y, "g(x; W)", Role::Note).at(Anchor::Start, Baseline::Middle),
            Label::new(0.5 * self.size.0, self.size.1 - 17.0, inputs, Role::Tick).at(Anchor::Middle, Baseline::Top),
        ]
    }
}
