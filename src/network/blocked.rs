//! The empirical risk (2) and its gradient on the mask, in blocks of samples: one pass over x, in which a block's
//! outputs, residuals and share of the gradient are computed while it is in the cache.
//!
//! The summation order is part of the result (the same bits everywhere): pre-activations add features in ascending
//! order, as [`super::plain`] does; the gradient adds samples n ≡ l mod [`LANES`] into lane l, and the lanes in pairs.

use std::hint::black_box;
use std::ops::Range;

use super::{BLOCK, Data, Mask, Part};
use crate::pause::{Pause, finish};

/// Lanes of the gradient's partial sums: two 128-bit registers.
const LANES: usize = 4;
/// Multiply-adds between two places where an evaluation can be interrupted.
const PIECE: usize = 1_000_000;
/// Values in a line of the cache.
const CACHE_LINE: usize = 8;

/// Evaluates risk and gradient on the parts of a [`Data`]; owns the scratch memory, so an evaluation allocates nothing.
#[derive(Clone, Debug)]
pub struct Risk {
    mask: Mask,
    rows: Vec<usize>,
    // z: K × BLOCK, the pre-activations of the present block
    z: Vec<[f64; BLOCK]>,
    // one entry a weight
    lanes: Vec<[f64; LANES]>,
}

impl Risk {
    /// For weights on `mask` and samples in `data`.
    pub fn new(mask: &Mask, data: &Data) -> Self {
        Self {
            mask: mask.clone(),
            rows: data.rows(mask),
            z: vec![[0.0; BLOCK]; mask.neurons()],
            lanes: vec![[0.0; LANES]; mask.weights()],
        }
    }

    /// f(W) of (2) over `part`; writes ∂f/∂W on the mask into `gradient`. The subgradient of ReLU at 0 is 0.
    pub fn with_gradient(&mut self, part: &Part, w: &[f64], gradient: &mut [f64]) -> f64 {
        finish(self.with_gradient_in_slices(part, w, gradient, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn with_gradient_in_slices(
        &mut self,
        part: &Part,
        w: &[f64],
        gradient: &mut [f64],
        pause: &Pause,
    ) -> f64 {
        self.lanes.fill([0.0; LANES]);
        let a_block = 2 * BLOCK * self.mask.weights();
        let blocks_a_piece = (PIECE / a_block.max(1)).max(1);
        let (mut squares, mut from) = (0.0, 0);
        while from < part.blocks() {
            let to = (from + blocks_a_piece).min(part.blocks());
            self.add_blocks(part, from..to, w, &mut squares);
            pause.after(((to - from) * a_block) as u64).await;
            from = to;
        }
        let scale = 1.0 / self.mask.neurons() as f64;
        let n = part.samples() as f64;
        for (g, lanes) in gradient.iter_mut().zip(&self.lanes) {
            *g = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) * scale / n;
        }
        squares / (2.0 * n)
    }

    /// Adds the residuals' squares over these blocks of `part`, and in the lanes their shares of the gradient.
    fn add_blocks(&mut self, part: &Part, blocks: Range<usize>, w: &[f64], squares: &mut f64) {
        for b in blocks {
            let residuals = self.residuals(part, b, w);
            *squares += residuals.iter().fold(0.0, |sum, r| sum + r * r);
            let x = part.x_block(b);
            for (j, z) in self.z.iter().enumerate() {
                let active: [f64; BLOCK] = std::array::from_fn(|s| if z[s] > 0.0 { residuals[s] } else { 0.0 });
                let range = self.mask.range(j);
                for (lanes, row) in self.lanes[range.clone()].iter_mut().zip(&self.rows[range]) {
                    add_products(lanes, &active, &x[*row]);
                }
            }
        }
    }

    /// g(x_n; W) − y_n over block `b`; leaves the pre-activations in `self.z`.
    fn residuals(&mut self, part: &Part, b: usize, w: &[f64]) -> [f64; BLOCK] {
        let x = part.x_block(b);
        read_ahead(x);
        let mut outputs = [0.0; BLOCK];
        for (j, z) in self.z.iter_mut().enumerate() {
            let range = self.mask.range(j);
            *z = pre_activations(&w[range.clone()], &self.rows[range], x);
            for (output, z) in outputs.iter_mut().zip(z) {
                *output += relu(*z);
            }
        }
        let (scale, y) = (1.0 / self.mask.neurons() as f64, part.y_block(b));
        std::array::from_fn(|s| outputs[s] * scale - y[s])
    }
}

/// max(z, 0), with the same zero for every z ≤ 0.
pub(super) fn relu(z: f64) -> f64 {
    if z > 0.0 { z } else { 0.0 }
}

/// Reads a block once from end to end. Memory is fetched ahead of a reader who goes straight on, not of the masks, which
/// skip; with few weights a neuron that makes an evaluation faster by half where x does not fit the cache.
fn read_ahead(x: &[[f64; BLOCK]]) {
    let lines = x.as_flattened().iter().step_by(CACHE_LINE);
    black_box(lines.fold(0, |bits, x| bits | x.to_bits()));
}

/// w_jᵀx_n for the samples of a block; features are added in the order of `rows`.
pub(super) fn pre_activations(w: &[f64], rows: &[usize], x: &[[f64; BLOCK]]) -> [f64; BLOCK] {
    let mut z = [0.0; BLOCK];
    for (w, row) in w.iter().zip(rows) {
        for (z, x) in z.iter_mut().zip(&x[*row]) {
            *z += w * x;
        }
    }
    z
}

/// Adds c_s x_s into lane s mod LANES, s ascending.
pub(super) fn add_products(lanes: &mut [f64; LANES], c: &[f64; BLOCK], x: &[f64; BLOCK]) {
    let mut sums = *lanes;
    for (c, x) in c.as_chunks::<LANES>().0.iter().zip(x.as_chunks::<LANES>().0) {
        for l in 0..LANES {
            sums[l] += c[l] * x[l];
        }
    }
    *lanes = sums;
}
