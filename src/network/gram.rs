//! The Gram matrix Σ_n u_n u_nᵀ of the stacked activated features u_n, from which all forms of Ĥ are made.

use std::ops::Range;

use super::{Data, Mask, Part};
use crate::linear_algebra::lanes::{LANES, Lanes, plus, sum, times};
use crate::linear_algebra::{Symmetric, Tile, add_products};
use crate::pause::Pause;

/// Copies of the data up to which each weight has its feature to itself.
const MOST_COPIES: usize = 2;
/// Samples that are packed at a time: a neuron's features of them stay in the cache.
const PACKED: usize = 128;

/// The features of all samples, sample after sample: of each sample those of every weight, neuron after neuron, or, where
/// that would be more than twice as many, each stored one once.
#[derive(Debug)]
pub struct Features {
    // x: samples × columns
    x: Vec<f64>,
    width: usize,
    // per weight, its feature's column
    columns: Vec<usize>,
}

impl Features {
    /// Of all samples in `parts`, one after the other, for weights on `mask`.
    pub async fn of(mask: &Mask, data: &Data, parts: &[Part], pause: &Pause) -> Self {
        let (rows, stored) = (data.rows(mask), data.features().len());
        let by_weight = rows.len() <= MOST_COPIES * stored;
        let (rows, columns) =
            if by_weight { (rows.clone(), (0..rows.len()).collect()) } else { ((0..stored).collect(), rows) };
        let mut x = Vec::with_capacity(parts.iter().map(Part::samples).sum::<usize>() * rows.len());
        for part in parts {
            for n in 0..part.samples() {
                x.extend(rows.iter().map(|row: &usize| part.x(n, *row)));
                pause.after(rows.len() as u64).await;
            }
        }
        Self { x, width: rows.len(), columns }
    }

    /// The features of sample `n`.
    pub fn row(&self, n: usize) -> &[f64] {
        &self.x[n * self.width..(n + 1) * self.width]
    }

    /// For each weight, its feature's place in a row.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// The sum of `weights` times their features of sample `n`, over the weights in `range`: entry i in lane i mod 4.
    pub fn along(&self, n: usize, range: Range<usize>, weights: &[f64]) -> f64 {
        let (row, (columns, rest)) = (self.row(n), self.columns[range.clone()].as_chunks::<LANES>());
        let (weights, weights_rest) = weights[range].as_chunks::<LANES>();
        let mut lanes = [0.0; LANES];
        for (columns, weights) in columns.iter().zip(weights) {
            let [a, b, c, d] = *columns;
            lanes = plus(lanes, times(*weights, [row[a], row[b], row[c], row[d]]));
        }
        for (lane, (column, weight)) in lanes.iter_mut().zip(rest.iter().zip(weights_rest)) {
            *lane += weight * row[*column];
        }
        sum(lanes)
    }

    /// The sum of the squares of the features of sample `n` that the weights in `range` have.
    pub fn squared_norm(&self, n: usize, range: Range<usize>) -> f64 {
        let row = self.row(n);
        self.columns[range].iter().fold(0.0, |sum, column| sum + row[*column] * row[*column])
    }

    /// Writes ±x_n on the support of neuron `j` for signed samples: panel after panel of four features, in each sample
    /// after sample, filled up with zeros.
    fn pack(&self, mask: &Mask, j: usize, samples: impl ExactSizeIterator<Item = (u32, f64)>, packed: &mut Vec<Lanes>) {
        let (columns, count) = (&self.columns[mask.range(j)], samples.len());
        packed.clear();
        packed.resize(columns.len().div_ceil(LANES) * count, [0.0; LANES]);
        for (s, (n, sign)) in samples.enumerate() {
            let row = self.row(n as usize);
            for (panel, columns) in columns.chunks(LANES).enumerate() {
                for (lane, column) in packed[panel * count + s].iter_mut().zip(columns) {
                    *lane = sign * row[*column];
                }
            }
        }
    }
}

/// Sums Gram matrices on a mask.
pub struct Gram<'a> {
    mask: &'a Mask,
    features: &'a Features,
    // the features of the two neurons of a block, packed
    left: Vec<Lanes>,
    right: Vec<Lanes>,
}

impl<'a> Gram<'a> {
    /// For weights on `mask` and samples with these `features`.
    pub fn new(mask: &'a Mask, features: &'a Features) -> Self {
        Self { mask, features, left: Vec::new(), right: Vec::new() }
    }

    /// Zeros, in one block a neuron.
    pub fn zeros(&self) -> Symmetric {
        let widths: Vec<usize> = (0..self.mask.neurons()).map(|j| self.mask.width(j)).collect();
        Symmetric::zeros(&widths)
    }

    /// The sum over all samples; `active` is samples × K.
    pub async fn sum(&mut self, active: &[bool], pause: &Pause) -> Symmetric {
        let mut gram = self.zeros();
        let samples = || active.chunks_exact(self.mask.neurons()).enumerate();
        let both =
            |j: usize, k: usize| samples().filter(|(_, on)| on[j] && on[k]).map(|(n, _)| (n as u32, 1.0)).collect();
        self.add(&mut gram, both, pause).await;
        gram
    }

    /// Adds Σ ±x_n x_nᵀ to the blocks of all pairs j ≥ k of neurons, over the samples n with the signs 1 or −1 that
    /// `of_pair` gives for them. Every entry adds its samples one after the other.
    pub async fn add(
        &mut self,
        gram: &mut Symmetric,
        of_pair: impl Fn(usize, usize) -> Vec<(u32, f64)>,
        pause: &Pause,
    ) {
        for j in 0..self.mask.neurons() {
            for k in 0..=j {
                let samples = of_pair(j, k);
                pause.after(samples.len() as u64).await;
                for samples in samples.chunks(PACKED) {
                    self.features.pack(self.mask, j, samples.iter().copied(), &mut self.left);
                    self.features.pack(self.mask, k, samples.iter().map(|(n, _)| (*n, 1.0)), &mut self.right);
                    pause.after((2 * samples.len() * (self.mask.width(j) + self.mask.width(k))) as u64).await;
                    self.add_packed(gram, (j, k), samples.len(), pause).await;
                }
            }
        }
    }

    /// Adds the packed samples, `count` of them, to the block of neurons `j` and `k`, two panels at a time.
    async fn add_packed(&self, gram: &mut Symmetric, (j, k): (usize, usize), count: usize, pause: &Pause) {
        let blocks = gram.blocks().clone();
        let (rows, columns) = (blocks.panels(j), blocks.panels(k));
        let mut panels = gram.panels_mut(rows.clone());
        let mut pairs: Vec<&mut [&mut [Tile]]> = panels.chunks_mut(2).collect();
        let together = if pause.is_shared() { pairs.len().max(1) } else { 1 };
        for (round, pairs) in pairs.chunks_mut(together).enumerate() {
            pause.for_each(pairs, |number, pair| {
                let first = 2 * (round * together + number);
                let p = rows.start + first;
                let left = |number: usize| &self.left[(first + number) * count..][..count];
                let to = columns.end.min(p + 1);
                let right = &self.right[..(to - columns.start) * count];
                match pair {
                    [upper, lower] => {
                        let (of_lower, beyond) = lower[columns.start..].split_at_mut(to - columns.start);
                        add_products([&mut upper[columns.start..to], of_lower], [left(0), left(1)], right);
                        if j == k {
                            let right = &self.right[(first + 1) * count..][..count];
                            add_products([&mut beyond[..1]], [left(1)], right);
                        }
                    }
                    [last] => add_products([&mut last[columns.start..to]], [left(0)], right),
                    _ => unreachable!("a chunk has one or two"),
                }
            });
            pause.after((2 * pairs.len() * LANES * LANES * self.right.len()) as u64).await;
        }
    }
}
