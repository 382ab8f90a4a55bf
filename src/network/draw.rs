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
    let prefixes = Prefixes::draw(spec);
    let wide_enough = |mask: &Mask| effective_width(mask) >= spec.effective_width;
    // r̃ does not fall when the widths grow: bisect for the first scale that reaches what is asked, then take the
    // nearer of it and the last one that does not. Widths are round(s u_j), so steps of s below 1e-3 / 500 are idle.
    let (mut below, mut above) = (0.0, 2.0 * spec.dimension as f64);
    if !wide_enough(&prefixes.mask(above)) {
        return prefixes.mask(above);
    }
    while above - below > 1e-9 {
        let middle = 0.5 * (below + above);
        if wide_enough(&prefixes.mask(middle)) {
            above = middle;
        } else {
            below = middle;
        }
    }
    let miss = |mask: &Mask| (effective_width(mask) - spec.effective_width).abs();
    let (narrower, wider) = (prefixes.mask(below), prefixes.mask(above));
    if miss(&narrower) <= miss(&wider) { narrower } else { wider }
}

/// The effective widths within reach of `spec` when only the asked r̃ changes.
pub fn reach(spec: &Spec) -> Reach {
    let prefixes = Prefixes::draw(spec);
    let width_at = |scale| effective_width(&prefixes.mask(scale));
    Reach { min: width_at(0.0), max: width_at(2.0 * spec.dimension as f64) }
}

/// Per neuron, the ordering of features whose prefix is the support, and the relative width u_j.
struct Prefixes {
    dimension: usize,
    orders: Vec<Vec<usize>>,
    relative_widths: Vec<f64>,
}

impl Prefixes {
    fn draw(spec: &Spec) -> Self {
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
        Self { dimension: spec.dimension, orders, relative_widths }
    }

    /// The mask with widths round(scale · u_j), at least 1 and at most what the ordering holds.
    fn mask(&self, scale: f64) -> Mask {
        let supports: Vec<Vec<usize>> = self
            .orders
            .iter()
            .zip(&self.relative_widths)
            .map(|(order, relative)| {
                let width = (scale * relative).round().clamp(1.0, order.len() as f64) as usize;
                order[..width].to_vec()
            })
            .collect();
        Mask::new(self.dimension, &supports)
    }
}
