//! The empirical risk (2) and its gradient on the mask, in blocks of samples: one pass over x, in which a block's
//! outputs, residuals and share of the gradient are computed while it is in the cache.
//!
//! The summation order is part of the result (the same bits everywhere): pre-activations add features in ascending
//! order, as [`super::plain`] does; in each share of [`SHARE`] blocks the gradient adds samples n ≡ l mod [`LANES`] into
//! lane l, and the lanes in pairs; the shares are added one after the other.

use std::hint::black_box;
use std::ops::Range;

use super::{BLOCK, Data, Mask, Part};
use crate::linear_algebra::lanes::{LANES, Lanes, plus, sum, times, widest};
use crate::pause::{Pause, finish};

/// Blocks whose part of the gradient is summed by itself.
const SHARE: usize = 16;
/// Rows of a block that stay in the nearest cache, 16 kB, while all neurons read them.
const NEAR_ROWS: usize = 128;
/// Values in a line of the cache.
const CACHE_LINE: usize = 8;

/// Evaluates risk and gradient on the parts of a [`Data`]; owns the scratch memory, so an evaluation allocates nothing.
#[derive(Clone, Debug)]
pub struct Risk {
    plan: Plan,
    // one; as many as there are shares where all cores are used
    shares: Vec<Share>,
}

/// Which weight meets which row of a block, and when.
#[derive(Clone, Debug)]
struct Plan {
    mask: Mask,
    rows: Vec<usize>,
    // where the weights of a neuron in each stretch of near rows end: stretches × K
    ends: Vec<usize>,
}

/// The sums over some of the blocks.
#[derive(Clone, Debug)]
struct Share {
    // of the residuals
    squares: f64,
    gradient: Vec<f64>,
    // z: K × BLOCK, the pre-activations of the present block
    z: Vec<[f64; BLOCK]>,
    // one entry a weight
    lanes: Vec<Lanes>,
}

impl Risk {
    /// For weights on `mask` and samples in `data`.
    pub fn new(mask: &Mask, data: &Data) -> Self {
        let rows = data.rows(mask);
        let end = |j: usize, row: usize| mask.range(j).start + rows[mask.range(j)].partition_point(|own| *own < row);
        let stretches = (0..data.features().len()).step_by(NEAR_ROWS);
        let ends = stretches.flat_map(|from| (0..mask.neurons()).map(move |j| end(j, from + NEAR_ROWS))).collect();
        let share = Share {
            squares: 0.0,
            gradient: vec![0.0; mask.weights()],
            z: vec![[0.0; BLOCK]; mask.neurons()],
            lanes: vec![[0.0; LANES]; mask.weights()],
        };
        Self { plan: Plan { mask: mask.clone(), ends, rows }, shares: vec![share] }
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
        let count = part.blocks().div_ceil(SHARE);
        if pause.is_shared() && self.shares.len() < count {
            self.shares.resize(count, self.shares[0].clone());
        }
        gradient.fill(0.0);
        let mut squares = 0.0;
        for first in (0..count).step_by(self.shares.len()) {
            let together = (count - first).min(self.shares.len());
            let plan = &self.plan;
            pause.for_each(&mut self.shares[..together], |number, share| share.sum(plan, part, first + number, w));
            for share in &self.shares[..together] {
                squares += share.squares;
                for (g, share) in gradient.iter_mut().zip(&share.gradient) {
                    *g += share;
                }
            }
            pause.after((2 * together * SHARE * BLOCK * w.len()) as u64).await;
        }
        let scale = 1.0 / self.plan.mask.neurons() as f64;
        let n = part.samples() as f64;
        for g in gradient {
            *g = *g * scale / n;
        }
        squares / (2.0 * n)
    }
}

impl Share {
    /// Sums the residuals' squares and Σ (g(x_n; W) − y_n) 1\[w_jᵀx_n > 0\] x_n over share `number` of the blocks of `part`.
    fn sum(&mut self, plan: &Plan, part: &Part, number: usize, w: &[f64]) {
        widest(
            #[inline(always)]
            || {
                self.lanes.fill([0.0; LANES]);
                self.squares = 0.0;
                for b in number * SHARE..((number + 1) * SHARE).min(part.blocks()) {
                    let residuals = self.residuals(plan, part, b, w);
                    self.squares += residuals.iter().fold(0.0, |sum, r| sum + r * r);
                    for z in &mut self.z {
                        *z = std::array::from_fn(|s| if z[s] > 0.0 { residuals[s] } else { 0.0 });
                    }
                    let x = part.x_block(b);
                    plan.each_stretch(
                        #[inline(always)]
                        |j, range| {
                            for (lanes, row) in self.lanes[range.clone()].iter_mut().zip(&plan.rows[range]) {
                                add_products(lanes, &self.z[j], &x[*row]);
                            }
                        },
                    );
                }
                for (g, lanes) in self.gradient.iter_mut().zip(&self.lanes) {
                    *g = sum(*lanes);
                }
            },
        );
    }

    /// g(x_n; W) − y_n over block `b`; leaves the pre-activations in `self.z`.
    #[inline(always)]
    fn residuals(&mut self, plan: &Plan, part: &Part, b: usize, w: &[f64]) -> [f64; BLOCK] {
        let x = part.x_block(b);
        read_ahead(x);
        self.z.fill([0.0; BLOCK]);
        plan.each_stretch(
            #[inline(always)]
            |j, range| self.z[j] = add_pre_activations(self.z[j], &w[range.clone()], &plan.rows[range], x),
        );
        let mut outputs = [0.0; BLOCK];
        for z in &self.z {
            for (output, z) in outputs.iter_mut().zip(z) {
                *output += relu(*z);
            }
        }
        let (scale, y) = (1.0 / self.z.len() as f64, part.y_block(b));
        std::array::from_fn(|s| outputs[s] * scale - y[s])
    }
}

impl Plan {
    /// Goes through the rows of a block stretch by stretch, in each from neuron to neuron, with the neuron and its weights
    /// there.
    #[inline(always)]
    fn each_stretch(&self, mut work: impl FnMut(usize, Range<usize>)) {
        let neurons = self.mask.neurons();
        for stretch in 0..self.ends.len() / neurons {
            for j in 0..neurons {
                let before = stretch.checked_sub(1);
                let from = before.map_or(self.mask.range(j).start, |before| self.ends[before * neurons + j]);
                work(j, from..self.ends[stretch * neurons + j]);
            }
        }
    }
}

/// max(z, 0), with the same zero for every z ≤ 0.
#[inline(always)]
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
#[inline(always)]
pub(super) fn pre_activations(w: &[f64], rows: &[usize], x: &[[f64; BLOCK]]) -> [f64; BLOCK] {
    add_pre_activations([0.0; BLOCK], w, rows, x)
}

/// The same, added to `z`.
#[inline(always)]
fn add_pre_activations(mut z: [f64; BLOCK], w: &[f64], rows: &[usize], x: &[[f64; BLOCK]]) -> [f64; BLOCK] {
    for (w, row) in w.iter().zip(rows) {
        for (z, x) in z.iter_mut().zip(&x[*row]) {
            *z += w * x;
        }
    }
    z
}

/// Adds c_s x_s into lane s mod LANES, s ascending.
#[inline(always)]
pub(super) fn add_products(lanes: &mut Lanes, c: &[f64; BLOCK], x: &[f64; BLOCK]) {
    let products = c.as_chunks::<LANES>().0.iter().zip(x.as_chunks::<LANES>().0);
    *lanes = products.fold(*lanes, |lanes, (c, x)| plus(lanes, times(*c, *x)));
}
