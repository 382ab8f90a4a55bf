//! Masks that reach an asked effective width, for the three overlap patterns, with equal or spread widths.
//!
//! Each neuron has an ordering of features fixed by the seed; its support is a prefix. So masks nest: raising the
//! asked r̃ only adds features.

use super::{Mask, effective_width};
use crate::random::{Purpose, Streams};
use crate::spec::{Overlap, Spec};

/// The effective widths (5) that a Spec's dimension, neurons, pattern and seed allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// One weight a neuron.
    pub min: f64,
    /// Every support as wide as its ordering allows.
    pub max: f64,
}

/// The mask whose effective width (5) is nearest to the one `spec` asks for.
pub fn draw_mask(spec: &Spec) -> Mask {
    Supports::draw(spec).mask()
}

/// What the masks of a Spec are cut from, drawn once: per neuron the ordering of features whose prefix is the support,
/// and the relative width u_j. Only the cut depends on the effective width that the Spec asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Supports {
    dimension: usize,
    asked: f64,
    orders: Vec<Vec<usize>>,
    relative_widths: Vec<f64>,
}

impl Supports {
    /// Draws the orderings of `spec` from its streams.
    pub fn draw(spec: &Spec) -> Self {
        let streams = Streams::new(spec.seed, spec.trial);
        let (mut relative_widths, mut orders) = (Vec::new(), Vec::new());
        for j in 0..spec.neurons {
            let mut stream = streams.stream(Purpose::Mask, j as u32);
            let relative = 0.9 + 0.2 * stream.uniform();
            relative_widths.push(if spec.spread { relative } else { 1.0 });
            orders.push(stream.permutation(spec.dimension));
        }
        match spec.overlap {
            Overlap::Random => {}
            Overlap::Shared => {
                let common = orders[0][0];
                for order in &mut orders {
                    let place =
                        order.iter().position(|feature| *feature == common).expect("a permutation has each feature");
                    order[..=place].rotate_right(1);
                }
            }
            Overlap::Disjoint => {
                let deck = orders[0].clone();
                let mut dealt = deck.as_slice();
                let spare = (spec.dimension - spec.neurons) as f64 / relative_widths.iter().sum::<f64>();
                for (order, relative) in orders.iter_mut().zip(&relative_widths) {
                    // Blocks in proportion to the widths, one feature at least, together at most d.
                    let (block, rest) = dealt.split_at(1 + (spare * relative + 1e-9) as usize);
                    *order = block.to_vec();
                    dealt = rest;
                }
            }
        }
        Self { dimension: spec.dimension, asked: spec.effective_width, orders, relative_widths }
    }

    /// The mask whose effective width (5) is nearest to the one that the Spec asks for.
    pub fn mask(&self) -> Mask {
        let wide_enough = |scale| effective_width(&self.cut(scale)) >= self.asked;
        // r̃ does not fall when the widths grow: the first scale that reaches what is asked, or the last one that does
        // not, whichever is nearer.
        let Some((below, above)) = self.bracket(wide_enough) else { return self.cut(self.whole()) };
        let miss = |mask: &Mask| (effective_width(mask) - self.asked).abs();
        let (narrower, wider) = (self.cut(below), self.cut(above));
        if miss(&narrower) <= miss(&wider) { narrower } else { wider }
    }

    /// The effective widths within reach when only the asked r̃ changes.
    pub fn reach(&self) -> Reach {
        let width_at = |scale| effective_width(&self.cut(scale));
        Reach { min: width_at(0.0), max: width_at(self.whole()) }
    }

    /// The largest effective width within reach whose mask has at most `bound` weights, Σ r_j ≤ `bound`; none if one
    /// weight a neuron is more than that.
    pub fn width_at_weights(&self, bound: usize) -> Option<f64> {
        if self.orders.len() > bound {
            return None;
        }
        let too_many = |scale| self.widths(scale).sum::<usize>() > bound;
        let scale = self.bracket(too_many).map_or(self.whole(), |(below, _)| below);
        Some(effective_width(&self.cut(scale)))
    }

    /// The scale at which every support is as wide as its ordering allows.
    fn whole(&self) -> f64 {
        2.0 * self.dimension as f64
    }

    /// The last scale at which `holds` does not hold and the first at which it does, if it holds at all; it must not
    /// fail at a wider scale than one at which it holds. Widths are round(s u_j), so steps of s below 1e-3 / 500 are idle.
    fn bracket(&self, holds: impl Fn(f64) -> bool) -> Option<(f64, f64)> {
        let (mut below, mut above) = (0.0, self.whole());
        if !holds(above) {
            return None;
        }
        while above - below > 1e-9 {
            let middle = 0.5 * (below + above);
            if holds(middle) {
                above = middle;
            } else {
                below = middle;
            }
        }
        Some((below, above))
    }

    /// r_j = round(scale · u_j), at least 1 and at most what the ordering holds.
    fn widths(&self, scale: f64) -> impl Iterator<Item = usize> {
        let orders = self.orders.iter().zip(&self.relative_widths);
        orders.map(move |(order, relative)| (scale * relative).round().clamp(1.0, order.len() as f64) as usize)
    }

    /// The mask with these widths.
    fn cut(&self, scale: f64) -> Mask {
        let supports: Vec<Vec<usize>> =
            self.orders.iter().zip(self.widths(scale)).map(|(order, width)| order[..width].to_vec()).collect();
        Mask::new(self.dimension, &supports)
    }
}
