//! Which activations 1\[w_jᵀx_n > 0\] change as W moves, without computing all of them anew.
//!
//! A run moves for many steps in much the same direction. So w_j is watched from a reference: with p_j the direction in
//! which it moved there, w_j has since moved α along p_j and no more than the length Q of its path across. A pair then has
//! w_jᵀx_n within |x_n| Q (norm on the support) of z + α p_jᵀx_n, z the value at the reference: while that excludes 0, the
//! activation is known without a look at x_n. Where it does not, the pair is looked at, and its Q counts from there; once
//! the looks since the reference have cost what a new one does, the present W becomes the reference.

use std::sync::Arc;

use super::blocked::pre_activations;
use super::{BLOCK, Data, Features, Mask, Part};
use crate::linear_algebra::lanes::widest;
use crate::pause::Pause;

/// The path across is taken for longer by this share, and by this share of |w_j|, so that rounding never hides a change.
const CAUTION: (f64, f64) = (1e-9, 1e-12);
/// What a look at one pair costs, in multiply-adds of a sum over the samples, for each weight of its neuron and besides,
/// and what each multiply-add costs of a pass over all samples for one neuron: both reach across memory.
const LOOK: (usize, usize) = (16, 300);
const PASS: usize = 2;
/// Steps as long as the last one for which the pairs are collected that may come to be looked at.
const HORIZON: f64 = 16.0;

/// All pairs of a sample and a neuron, along the path of W.
#[derive(Clone, Debug)]
pub struct Watch {
    // per weight, the row of its feature in a block
    rows: Arc<Vec<usize>>,
    // 1[w_jᵀx_n > 0]: samples × K
    active: Vec<bool>,
    weights: Vec<f64>,
    neurons: Vec<Neuron>,
}

/// A neuron from its reference on, with its pairs.
#[derive(Clone, Debug)]
struct Neuron {
    // w_j there, and the unit vector p_j; 0 where it has not moved yet
    reference: Vec<f64>,
    direction: Vec<f64>,
    along: f64,
    across: Vec<f64>,
    // Q
    path: f64,
    // |w_j|
    length: f64,
    pairs: Vec<Pair>,
    // the samples that may have to be looked at while `along` and `path` stay below these
    soon: Vec<u32>,
    horizon: (f64, f64),
    // multiply-adds of the looks since the reference
    looks: usize,
}

/// What is known of a sample at a neuron.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    // |x_n| on the support
    norm: f64,
    // w_jᵀx_n at the reference, up to what the last look told
    z: f64,
    // p_jᵀx_n
    slope: f64,
    // Q at the last look
    since: f64,
}

impl Neuron {
    /// Moves to `w`; the length of the step.
    fn follow(&mut self, w: &[f64]) -> f64 {
        let moved = || w.iter().zip(&self.reference).map(|(w, reference)| w - reference);
        let along = moved().zip(&self.direction).fold(0.0, |sum, (moved, direction)| sum + moved * direction);
        let mut step = 0.0;
        for ((moved, direction), across) in moved().zip(&self.direction).zip(&mut self.across) {
            let before = std::mem::replace(across, moved - along * direction);
            step += (*across - before) * (*across - before);
        }
        let step_along = along - self.along;
        self.along = along;
        self.length = w.iter().fold(0.0, |sum, w| sum + w * w).sqrt();
        self.path += step.sqrt();
        (step + step_along * step_along).sqrt()
    }

    /// How far z + α p_jᵀx_n may be from w_jᵀx_n, and that value.
    #[inline(always)]
    fn known(&self, pair: &Pair) -> (f64, f64) {
        let across = (self.path - pair.since) * (1.0 + CAUTION.0) + self.length * CAUTION.1;
        (pair.norm * across, pair.z + self.along * pair.slope)
    }

    /// Collects the samples that may have to be looked at, or change, within a good many steps like the last one.
    fn collect(&mut self, step: f64) {
        let (along, path) = (self.along.abs() + HORIZON * step, self.path + HORIZON * step);
        self.horizon = (along, path);
        let caution = self.length * CAUTION.1;
        let near = |pair: &Pair| {
            let across = (path - pair.since) * (1.0 + CAUTION.0) + caution;
            pair.z.abs() <= along * pair.slope.abs() + pair.norm * across
        };
        self.soon.clear();
        self.soon.extend(self.pairs.iter().enumerate().filter(|(_, pair)| near(pair)).map(|(n, _)| n as u32));
    }
}

impl Watch {
    /// From `w` on, over the samples of `part`.
    pub async fn from(w: &[f64], mask: &Mask, data: &Data, features: &Features, part: &Part, pause: &Pause) -> Self {
        let (samples, count) = (part.samples(), mask.neurons());
        let mut neurons = Vec::with_capacity(count);
        for j in 0..count {
            let pair = |n: usize| Pair { norm: features.squared_norm(n, mask.range(j)).sqrt(), ..Pair::default() };
            let nothing = vec![0.0; mask.width(j)];
            neurons.push(Neuron {
                reference: w[mask.range(j)].to_vec(),
                direction: nothing.clone(),
                along: 0.0,
                across: nothing,
                path: 0.0,
                length: 0.0,
                pairs: (0..samples).map(pair).collect(),
                soon: Vec::new(),
                horizon: (0.0, 0.0),
                looks: 0,
            });
            pause.after((samples * mask.width(j)) as u64).await;
        }
        let active = vec![false; samples * count];
        let mut watch = Self { rows: Arc::new(data.rows(mask)), active, weights: w.to_vec(), neurons };
        for j in 0..count {
            watch.pass(j, mask, part);
            for n in 0..samples {
                watch.active[n * count + j] = watch.neurons[j].pairs[n].z > 0.0;
            }
            // The first step gives a direction, from which the second reference looks.
            watch.neurons[j].looks = usize::MAX;
            pause.after((PASS * samples * mask.width(j)) as u64).await;
        }
        watch
    }

    /// Bytes that it takes, nearly.
    pub fn bytes(&self) -> usize {
        let of_neuron = |neuron: &Neuron| {
            size_of_val(&neuron.pairs[..]) + size_of_val(&neuron.soon[..]) + 4 * size_of_val(&neuron.across[..])
        };
        self.active.len() + self.neurons.iter().map(of_neuron).sum::<usize>()
    }

    /// W.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The activations as they were last set, samples × K.
    pub fn active(&self) -> &[bool] {
        &self.active
    }

    /// The activations of sample `n`.
    pub fn active_at(&self, n: usize) -> &[bool] {
        let neurons = self.neurons.len();
        &self.active[n * neurons..(n + 1) * neurons]
    }

    /// Turns the activation of sample `n` at neuron `j` on or off.
    pub fn turn(&mut self, n: usize, j: usize) {
        let active = &mut self.active[n * self.neurons.len() + j];
        *active = !*active;
    }

    /// Moves to `w`, and writes the pairs whose activation there is not the one that was set into `changes`, neuron after
    /// neuron. What it cost, in multiply-adds of a sum over the samples.
    pub async fn follow(
        &mut self,
        w: &[f64],
        mask: &Mask,
        features: &Features,
        part: &Part,
        changes: &mut Vec<(usize, usize)>,
        pause: &Pause,
    ) -> u64 {
        changes.clear();
        let mut work = 0;
        for j in 0..mask.neurons() {
            let range = mask.range(j);
            let a_pass = 2 * PASS * part.samples() * range.len();
            let mut spent = 0;
            if self.neurons[j].looks > a_pass && w[range.clone()] != self.weights[range.clone()] {
                self.refer_anew(j, w, mask, part);
                spent += a_pass;
            }
            let neuron = &mut self.neurons[j];
            let step = neuron.follow(&w[range]);
            if neuron.along.abs() > neuron.horizon.0 || neuron.path > neuron.horizon.1 {
                neuron.collect(step);
                spent += part.samples();
            }
            self.weights[mask.range(j)].copy_from_slice(&w[mask.range(j)]);
            spent += self.look(j, mask, features, changes);
            work += spent;
            pause.after(spent as u64).await;
        }
        work as u64
    }

    /// Makes the present w_j, before it moves to that of `w`, the reference.
    fn refer_anew(&mut self, j: usize, w: &[f64], mask: &Mask, part: &Part) {
        let present = &self.weights[mask.range(j)];
        let neuron = &mut self.neurons[j];
        neuron.reference.copy_from_slice(present);
        let step = w[mask.range(j)].iter().zip(present).map(|(w, present)| w - present);
        let length = step.clone().fold(0.0, |sum, d| sum + d * d).sqrt();
        for (direction, step) in neuron.direction.iter_mut().zip(step) {
            *direction = step / length;
        }
        neuron.across.fill(0.0);
        (neuron.along, neuron.path, neuron.horizon, neuron.looks) = (0.0, 0.0, (0.0, 0.0), 0);
        self.pass(j, mask, part);
    }

    /// Looks at the pairs of neuron `j` that are not known; what it cost.
    fn look(&mut self, j: usize, mask: &Mask, features: &Features, changes: &mut Vec<(usize, usize)>) -> usize {
        let count = self.neurons.len();
        let neuron = &mut self.neurons[j];
        let mut looks = 0;
        for n in &neuron.soon {
            let n = *n as usize;
            let (uncertain, mut z) = neuron.known(&neuron.pairs[n]);
            if z.abs() <= uncertain {
                z = features.along(n, mask.range(j), &self.weights);
                let pair = &mut neuron.pairs[n];
                (pair.z, pair.since) = (z - neuron.along * pair.slope, neuron.path);
                looks += 1;
            }
            if (z > 0.0) != self.active[n * count + j] {
                changes.push((n, j));
            }
        }
        let cost = looks * (LOOK.0 * mask.width(j) + LOOK.1);
        neuron.looks = neuron.looks.saturating_add(cost);
        cost + neuron.soon.len()
    }

    /// Sets all pairs of neuron `j` at its reference.
    fn pass(&mut self, j: usize, mask: &Mask, part: &Part) {
        let (neuron, rows) = (&mut self.neurons[j], &self.rows[mask.range(j)]);
        widest(
            #[inline(always)]
            || {
                for (b, pairs) in neuron.pairs.chunks_mut(BLOCK).enumerate() {
                    let x = part.x_block(b);
                    let z = pre_activations(&neuron.reference, rows, x);
                    let slopes = pre_activations(&neuron.direction, rows, x);
                    for (pair, (z, slope)) in pairs.iter_mut().zip(z.into_iter().zip(slopes)) {
                        (pair.z, pair.slope, pair.since) = (z, slope, 0.0);
                    }
                }
            },
        );
    }
}
