//! The Hessian Ĥ(W) of the empirical risk. ReLU has no curvature off its kinks, so it is the Gauss–Newton matrix
//! (1/N) Σ_n a_n a_nᵀ with a_n the stacked (1/K) 1\[w_jᵀx_n > 0\] x_n on the masks: always positive semidefinite.

use nalgebra::DMatrix;

use super::blocked::{add_products, pre_activations};
use super::gram::{Features, Gram};
use super::{BLOCK, Data, Mask};
use crate::linear_algebra::Symmetric;
use crate::pause::{Pause, finish};

/// Ĥ(W) over all samples of a [`Data`], with the activations of a fixed W.
pub struct EmpiricalHessian<'a> {
    mask: &'a Mask,
    data: &'a Data,
    rows: Vec<usize>,
    // per part: blocks × K × BLOCK, 1[w_jᵀx_n > 0]; zero samples count as inactive
    active: Vec<Vec<[f64; BLOCK]>>,
}

impl<'a> EmpiricalHessian<'a> {
    /// Ĥ at `w`.
    pub fn at(w: &[f64], mask: &'a Mask, data: &'a Data) -> Self {
        finish(Self::at_in_slices(w, mask, data, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn at_in_slices(w: &[f64], mask: &'a Mask, data: &'a Data, pause: &Pause) -> Self {
        let rows = data.rows(mask);
        let mut active = Vec::new();
        for part in data.parts() {
            let mut of_part = Vec::with_capacity(part.blocks() * mask.neurons());
            for b in 0..part.blocks() {
                of_part.extend((0..mask.neurons()).map(|j| {
                    let range = mask.range(j);
                    pre_activations(&w[range.clone()], &rows[range], part.x_block(b))
                        .map(|z| if z > 0.0 { 1.0 } else { 0.0 })
                }));
                pause.after((BLOCK * mask.weights()) as u64).await;
            }
            active.push(of_part);
        }
        Self { mask, data, rows, active }
    }

    /// Number of rows and of columns, Σ r_j.
    pub fn size(&self) -> usize {
        self.mask.weights()
    }

    /// Whether Ĥ is singular for want of samples, without computing: N < Σ r_j, or some neuron has more weights than
    /// samples on which it is active.
    pub fn is_singular(&self) -> bool {
        let active_samples = |j: usize| {
            let of_part = |active: &Vec<[f64; BLOCK]>| {
                active.iter().skip(j).step_by(self.mask.neurons()).flatten().fold(0.0, |sum, on| sum + on)
            };
            self.active.iter().fold(0.0, |sum, part| sum + of_part(part))
        };
        let too_few = |j: usize| active_samples(j) < self.mask.width(j) as f64;
        self.data.samples() < self.size() || (0..self.mask.neurons()).any(too_few)
    }

    /// 1/(N K²), the weight of u_n u_nᵀ in Ĥ for u_n = K a_n.
    pub fn scale(&self) -> f64 {
        1.0 / (self.data.samples() as f64 * (self.mask.neurons() * self.mask.neurons()) as f64)
    }

    /// The parts' blocks of x with their activations (K × BLOCK).
    fn blocks(&self) -> impl Iterator<Item = (&[[f64; BLOCK]], &[[f64; BLOCK]])> {
        let neurons = self.mask.neurons();
        self.data.parts().iter().zip(&self.active).flat_map(move |(part, active)| {
            (0..part.blocks()).map(move |b| (part.x_block(b), &active[b * neurons..(b + 1) * neurons]))
        })
    }

    /// Ĥ as a dense matrix.
    pub fn to_dense(&self) -> DMatrix<f64> {
        finish(self.to_dense_in_slices(&Pause::never()))
    }

    /// The same with pauses.
    pub async fn to_dense_in_slices(&self, pause: &Pause) -> DMatrix<f64> {
        let half = self.to_symmetric_in_slices(pause).await;
        DMatrix::from_fn(self.size(), self.size(), |i, l| half.entry(i, l)) * self.scale()
    }

    /// Ĥ / [`Self::scale`], by its lower half.
    pub async fn to_symmetric_in_slices(&self, pause: &Pause) -> Symmetric {
        let features = Features::of(self.mask, self.data, self.data.parts(), pause).await;
        let neurons = self.mask.neurons();
        let mut on = Vec::with_capacity(self.data.samples() * neurons);
        for (part, active) in self.data.parts().iter().zip(&self.active) {
            let place = |n: usize, j: usize| active[n / BLOCK * neurons + j][n % BLOCK] > 0.0;
            on.extend((0..part.samples()).flat_map(|n| (0..neurons).map(move |j| place(n, j))));
            pause.after((part.samples() * neurons) as u64).await;
        }
        Gram::new(self.mask, &features).sum(&on, pause).await
    }

    /// Ĥ v, in two passes over each block of samples; never forms Ĥ.
    pub fn multiply(&self, v: &[f64]) -> Vec<f64> {
        finish(self.multiply_in_slices(v, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn multiply_in_slices(&self, v: &[f64], pause: &Pause) -> Vec<f64> {
        let mut lanes = vec![[0.0; 4]; self.size()];
        for (x, active) in self.blocks() {
            self.add_product(x, active, v, &mut lanes);
            pause.after((2 * BLOCK * self.size()) as u64).await;
        }
        lanes.iter().map(|l| ((l[0] + l[1]) + (l[2] + l[3])) * self.scale()).collect()
    }

    /// Adds a block's share of Ĥ v.
    fn add_product(&self, x: &[[f64; BLOCK]], active: &[[f64; BLOCK]], v: &[f64], lanes: &mut [[f64; 4]]) {
        let mut along = [0.0; BLOCK];
        for (j, active) in active.iter().enumerate() {
            let range = self.mask.range(j);
            let z = pre_activations(&v[range.clone()], &self.rows[range], x);
            for s in 0..BLOCK {
                along[s] += active[s] * z[s];
            }
        }
        for (j, active) in active.iter().enumerate() {
            let c: [f64; BLOCK] = std::array::from_fn(|s| active[s] * along[s]);
            for i in self.mask.range(j) {
                add_products(&mut lanes[i], &c, &x[self.rows[i]]);
            }
        }
    }
}
