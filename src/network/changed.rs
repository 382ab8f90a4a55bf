//! The samples whose activations have changed since a Gram matrix was summed, and what that matrix lacks for it.
//!
//! To take a change into the matrix reaches all over it, some r_j² K/2 entries; to sum a changed sample's share beside each
//! product costs 2 Σ r_j multiply-adds along memory. So changes are collected, and taken into the matrix together.

use super::blocked::{add_products, pre_activations};
use super::{BLOCK, Features, Mask};
use crate::linear_algebra::lanes::{LANES, Lanes, sum, widest};

/// No place.
const NONE: u32 = u32::MAX;

/// Samples in blocks, with their activations in the Gram matrix and now.
#[derive(Clone, Debug)]
pub struct Changed {
    neurons: usize,
    samples: Vec<u32>,
    // of every sample its place in `samples`, or NONE
    places: Vec<u32>,
    // x: blocks × stored features × BLOCK
    x: Vec<[f64; BLOCK]>,
    // 1 where active in the matrix, and where active now: blocks × K × BLOCK; padding is inactive
    before: Vec<[f64; BLOCK]>,
    now: Vec<[f64; BLOCK]>,
    // z: K × BLOCK, of the present block
    z: Vec<[f64; BLOCK]>,
    // one entry a weight
    lanes: Vec<Lanes>,
}

impl Changed {
    /// None of `samples` samples yet, for weights on `mask`.
    pub fn none(samples: usize, mask: &Mask) -> Self {
        Self {
            neurons: mask.neurons(),
            samples: Vec::new(),
            places: vec![NONE; samples],
            x: Vec::new(),
            before: Vec::new(),
            now: Vec::new(),
            z: vec![[0.0; BLOCK]; mask.neurons()],
            lanes: vec![[0.0; LANES]; mask.weights()],
        }
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Bytes that it takes, nearly.
    pub fn bytes(&self) -> usize {
        size_of_val(&self.places[..])
            + size_of_val(&self.x[..])
            + 2 * size_of_val(&self.now[..])
            + size_of_val(&self.lanes[..])
    }

    /// The matrix is up to date again.
    pub fn clear(&mut self) {
        for n in self.samples.drain(..) {
            self.places[n as usize] = NONE;
        }
        self.x.clear();
        self.before.clear();
        self.now.clear();
    }

    /// Turns the activation of sample `n` at neuron `j` on or off; `active` are those of the sample before that.
    pub fn turn(&mut self, n: usize, j: usize, features: &Features, active: &[bool]) {
        if self.places[n] == NONE {
            self.push(n, features.row(n), active);
        }
        let place = self.places[n] as usize;
        let on = &mut self.now[place / BLOCK * self.neurons + j][place % BLOCK];
        *on = 1.0 - *on;
    }

    fn push(&mut self, n: usize, x: &[f64], active: &[bool]) {
        let (place, lane) = (self.samples.len(), self.samples.len() % BLOCK);
        if lane == 0 {
            self.x.resize(self.x.len() + x.len(), [0.0; BLOCK]);
            self.before.resize(self.before.len() + self.neurons, [0.0; BLOCK]);
            self.now.resize(self.now.len() + self.neurons, [0.0; BLOCK]);
        }
        let block = place / BLOCK;
        for (to, x) in self.x[block * x.len()..].iter_mut().zip(x) {
            to[lane] = *x;
        }
        for (j, on) in active.iter().enumerate() {
            let on = if *on { 1.0 } else { 0.0 };
            self.before[block * self.neurons + j][lane] = on;
            self.now[block * self.neurons + j][lane] = on;
        }
        self.places[n] = place as u32;
        self.samples.push(n as u32);
    }

    /// Adds to `product` what the matrix lacks in its product with `v`: Σ (u'u'ᵀ − uuᵀ)v over the samples, with u the
    /// stacked activated features in the matrix and u' those now.
    pub fn add_product(&mut self, mask: &Mask, features: &Features, v: &[f64], product: &mut [f64]) {
        if self.samples.is_empty() {
            return;
        }
        self.lanes.fill([0.0; LANES]);
        let stored = self.x.len() / self.samples.len().div_ceil(BLOCK);
        widest(
            #[inline(always)]
            || {
                let columns = features.columns();
                let activations = self.before.chunks_exact(self.neurons).zip(self.now.chunks_exact(self.neurons));
                for (x, (before, now)) in self.x.chunks_exact(stored).zip(activations) {
                    let (mut along_before, mut along_now) = ([0.0; BLOCK], [0.0; BLOCK]);
                    for (j, z) in self.z.iter_mut().enumerate() {
                        let range = mask.range(j);
                        *z = pre_activations(&v[range.clone()], &columns[range], x);
                        for s in 0..BLOCK {
                            along_before[s] += before[j][s] * z[s];
                            along_now[s] += now[j][s] * z[s];
                        }
                    }
                    for j in 0..self.neurons {
                        let c = std::array::from_fn(|s| now[j][s] * along_now[s] - before[j][s] * along_before[s]);
                        let range = mask.range(j);
                        for (lanes, column) in self.lanes[range.clone()].iter_mut().zip(&columns[range]) {
                            add_products(lanes, &c, &x[*column]);
                        }
                    }
                }
                for (product, lanes) in product.iter_mut().zip(&self.lanes) {
                    *product += sum(*lanes);
                }
            },
        );
    }

    /// The samples that the block of neurons `j` and `k` lacks, with 1, and those that it has too many, with −1.
    pub fn of_pair(&self, j: usize, k: usize) -> Vec<(u32, f64)> {
        let signs = self.samples.iter().enumerate().map(|(place, n)| {
            let (block, lane) = (place / BLOCK * self.neurons, place % BLOCK);
            let both = |on: &[[f64; BLOCK]]| on[block + j][lane] * on[block + k][lane];
            (*n, both(&self.now) - both(&self.before))
        });
        signs.filter(|(_, sign)| *sign != 0.0).collect()
    }
}
