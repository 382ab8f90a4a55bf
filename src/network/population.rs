//! The population risk ½ E[(g(x; W) − g(x; W\*))²] for x ~ N(0, I_d), with its gradient and Hessian on the mask, in
//! closed form.
//!
//! With θ the angle of w and v, φ(w, v) = E[ReLU(wᵀx) ReLU(vᵀx)] = |w||v| (sin θ + (π − θ) cos θ)/2π (Cho & Saul
//! 2009); the risk is (1/2K²) Σ_jk [φ(w_j, w_k) − 2 φ(w_j, w\*_k) + φ(w\*_j, w\*_k)], and its second derivatives are
//! those of Safran & Shamir (2018), restricted to the masks.

use std::f64::consts::PI;

use libm::atan2;
use nalgebra::DMatrix;

use super::{Mask, Projection, Weights};

/// Relative error up to which the test error is taken from the Hessian: beyond, the risk cancels to 1e-6 of itself at
/// worst, and the Hessian's form is off by about the relative error.
const NEAR: f64 = 1e-5;

/// The population risk of weights on a learner's mask, around an oracle on its own.
pub struct Population<'a> {
    mask: &'a Mask,
    oracle: Vec<Vec<f64>>,
}

/// Two vectors' norms, angle, and unit vectors across each in their plane.
struct Pair {
    norm_w: f64,
    norm_v: f64,
    theta: f64,
    sin: f64,
    cos: f64,
}

impl Pair {
    fn new(w: &[f64], v: &[f64]) -> Self {
        let (norm_w, norm_v) = (norm(w), norm(v));
        // Kahan's formula: accurate for nearly parallel vectors, where the arc cosine is not.
        let length_of = |sign: f64| {
            w.iter()
                .zip(v)
                .fold(0.0, |sum, (w, v)| sum + (w * norm_v + sign * v * norm_w) * (w * norm_v + sign * v * norm_w))
                .sqrt()
        };
        let (apart, together) = (length_of(-1.0), length_of(1.0));
        // tan θ/2 = apart/together; sine and cosine follow without going through the angle.
        let square = apart * apart + together * together;
        let sin = 2.0 * apart * together / square;
        let cos = (together - apart) * (together + apart) / square;
        Self { norm_w, norm_v, theta: 2.0 * atan2(apart, together), sin, cos }
    }

    /// φ(w, v); 0 where one of them vanishes and has no angle.
    fn phi(&self) -> f64 {
        if self.norm_w == 0.0 || self.norm_v == 0.0 {
            return 0.0;
        }
        self.norm_w * self.norm_v * (self.sin + (PI - self.theta) * self.cos) / (2.0 * PI)
    }
}

fn norm(w: &[f64]) -> f64 {
    w.iter().fold(0.0, |sum, w| sum + w * w).sqrt()
}

impl<'a> Population<'a> {
    /// Around `oracle`, for weights on `mask`.
    pub fn new(mask: &'a Mask, oracle: &Weights) -> Self {
        Self { mask, oracle: neurons(oracle.mask(), oracle.values()) }
    }

    /// The risk at `w`.
    pub fn risk(&self, w: &[f64]) -> f64 {
        let w = neurons(self.mask, w);
        let mut sum = 0.0;
        for j in 0..w.len() {
            for k in 0..w.len() {
                sum += Pair::new(&w[j], &w[k]).phi() - 2.0 * Pair::new(&w[j], &self.oracle[k]).phi()
                    + Pair::new(&self.oracle[j], &self.oracle[k]).phi();
            }
        }
        sum / (2.0 * (w.len() * w.len()) as f64)
    }

    /// √(2 risk) at `w`, the root mean square of g(x; W) − g(x; W\*): the test error on infinitely many samples. Near W\*
    /// the risk's terms cancel, so there it is taken from the Hessian at W\*: √(ΔᵀHΔ), Δ = W − W\*, which needs a mask
    /// that misses nothing.
    pub fn test_error(&self, w: &[f64], oracle: &Projection) -> f64 {
        if !oracle.agreement().is_accurate() || oracle.relative_error(w) > NEAR {
            return (2.0 * self.risk(w)).max(0.0).sqrt();
        }
        let apart: Vec<f64> = w.iter().zip(oracle.values()).map(|(w, o)| w - o).collect();
        let product = self.hessian(oracle.values()).multiply(&apart);
        product.iter().zip(&apart).fold(0.0, |sum, (p, a)| sum + p * a).max(0.0).sqrt()
    }

    /// The gradient at `w` on the mask.
    pub fn gradient(&self, w: &[f64]) -> Vec<f64> {
        let w = neurons(self.mask, w);
        let mut gradient = Vec::with_capacity(self.mask.weights());
        for j in 0..w.len() {
            let mut column = vec![0.0; self.mask.dimension()];
            for k in 0..w.len() {
                for (sign, v) in [(1.0, &w[k]), (-1.0, &self.oracle[k])] {
                    // ∂φ/∂w = (|v| sin θ w/|w| + (π − θ) v)/2π
                    let pair = Pair::new(&w[j], v);
                    let along = sign * pair.norm_v * pair.sin / pair.norm_w;
                    for (entry, (w, v)) in column.iter_mut().zip(w[j].iter().zip(v)) {
                        *entry += (along * w + sign * (PI - pair.theta) * v) / (2.0 * PI);
                    }
                }
            }
            gradient.extend(self.mask.support(j).iter().map(|feature| column[*feature]));
        }
        let scale = 1.0 / (w.len() * w.len()) as f64;
        gradient.iter().map(|g| g * scale).collect()
    }

    /// The Hessian H at `w` on the mask, as a sum of few outer products a block. Undefined (not a number) where a
    /// neuron of `w` vanishes.
    pub fn hessian(&self, w: &[f64]) -> PopulationHessian<'a> {
        let w = neurons(self.mask, w);
        let count = w.len();
        let scale = 1.0 / (count * count) as f64;
        let mut blocks = Vec::with_capacity(count * count);
        for j in 0..count {
            for k in 0..count {
                let block = if j == k {
                    // ½ I + Σ_{k≠j} h(w_j, w_k) − Σ_k h(w_j, w*_k), h = |v| sin θ/(2π|w|) (I − ŵŵᵀ + n̂n̂ᵀ)
                    let mut block = Block { identity: 0.5, outer: Vec::new() };
                    let others = (0..count).filter(|other| *other != j).map(|other| (1.0, &w[other]));
                    for (sign, v) in others.chain(self.oracle.iter().map(|v| (-1.0, v))) {
                        block.add_same(sign, &w[j], v);
                    }
                    block
                } else {
                    Block::across(&w[j], &w[k])
                };
                blocks.push(block.restricted(scale, self.mask.support(j), self.mask.support(k)));
            }
        }
        PopulationHessian { mask: self.mask, blocks }
    }
}

/// The columns of a weight vector as full vectors of d entries.
fn neurons(mask: &Mask, weights: &[f64]) -> Vec<Vec<f64>> {
    mask.to_columns(weights).chunks_exact(mask.dimension()).map(<[f64]>::to_vec).collect()
}

/// `identity` I + Σ weight · left rightᵀ.
#[derive(Clone)]
struct Block {
    identity: f64,
    outer: Vec<(f64, Vec<f64>, Vec<f64>)>,
}

impl Block {
    /// Adds sign · ∂²φ(w, v)/∂w².
    fn add_same(&mut self, sign: f64, w: &[f64], v: &[f64]) {
        let pair = Pair::new(w, v);
        let strength = sign * pair.norm_v * pair.sin / (2.0 * PI * pair.norm_w);
        if strength == 0.0 {
            return;
        }
        let (unit, across) = (unit(w, pair.norm_w), across(w, v, &pair));
        self.identity += strength;
        self.outer.push((-strength, unit.clone(), unit));
        self.outer.push((strength, across.clone(), across));
    }

    /// ∂²φ(w, v)/∂w∂v = ((π − θ) I + sin θ (ŵ v̂ᵀ + n̂ m̂ᵀ))/2π, n̂ across w towards v and m̂ across v towards w.
    fn across(w: &[f64], v: &[f64]) -> Self {
        let pair = Pair::new(w, v);
        let mirrored = Pair { norm_w: pair.norm_v, norm_v: pair.norm_w, ..pair };
        let strength = pair.sin / (2.0 * PI);
        let outer = if strength == 0.0 {
            Vec::new()
        } else {
            vec![
                (strength, unit(w, pair.norm_w), unit(v, pair.norm_v)),
                (strength, across(w, v, &pair), across(v, w, &mirrored)),
            ]
        };
        Self { identity: (PI - pair.theta) / (2.0 * PI), outer }
    }

    fn restricted(mut self, scale: f64, left: &[usize], right: &[usize]) -> Self {
        let pick = |full: &[f64], support: &[usize]| support.iter().map(|feature| full[*feature]).collect();
        for (weight, l, r) in &mut self.outer {
            (*weight, *l, *r) = (*weight * scale, pick(l, left), pick(r, right));
        }
        self.identity *= scale;
        self
    }
}

fn unit(w: &[f64], norm: f64) -> Vec<f64> {
    w.iter().map(|w| w / norm).collect()
}

/// The unit vector orthogonal to `w` in the plane of `w` and `v`, on the side of `v`; zero where they are collinear,
/// since the terms it stands in vanish there.
fn across(w: &[f64], v: &[f64], pair: &Pair) -> Vec<f64> {
    let raw: Vec<f64> = w.iter().zip(v).map(|(w, v)| v / pair.norm_v - pair.cos * w / pair.norm_w).collect();
    let length = norm(&raw);
    if length > 0.0 { unit(&raw, length) } else { raw }
}

/// H(W) on the mask.
pub struct PopulationHessian<'a> {
    mask: &'a Mask,
    // K × K blocks, row after row, vectors restricted to the supports
    blocks: Vec<Block>,
}

impl PopulationHessian<'_> {
    /// Number of rows and of columns, Σ r_j.
    pub fn size(&self) -> usize {
        self.mask.weights()
    }

    /// H v.
    pub fn multiply(&self, v: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; self.size()];
        for (index, block) in self.blocks.iter().enumerate() {
            let (j, k) = (index / self.mask.neurons(), index % self.mask.neurons());
            let (out, v) = (&mut product[self.mask.range(j)], &v[self.mask.range(k)]);
            for (weight, left, right) in &block.outer {
                let along = weight * right.iter().zip(v).fold(0.0, |sum, (r, v)| sum + r * v);
                for (out, left) in out.iter_mut().zip(left) {
                    *out += along * left;
                }
            }
            for (i, l) in common(self.mask.support(j), self.mask.support(k)) {
                out[i] += block.identity * v[l];
            }
        }
        product
    }

    /// H as a dense matrix.
    pub fn to_dense(&self) -> DMatrix<f64> {
        let mut dense = DMatrix::zeros(self.size(), self.size());
        for (index, block) in self.blocks.iter().enumerate() {
            let (j, k) = (index / self.mask.neurons(), index % self.mask.neurons());
            let (rows, columns) = (self.mask.range(j), self.mask.range(k));
            let mut view = dense.view_mut((rows.start, columns.start), (rows.len(), columns.len()));
            for (weight, left, right) in &block.outer {
                for (l, right) in right.iter().enumerate() {
                    for (i, left) in left.iter().enumerate() {
                        view[(i, l)] += weight * left * right;
                    }
                }
            }
            for (i, l) in common(self.mask.support(j), self.mask.support(k)) {
                view[(i, l)] += block.identity;
            }
        }
        dense
    }
}

/// The places (i, l) where two ascending supports hold the same feature.
fn common(left: &[usize], right: &[usize]) -> Vec<(usize, usize)> {
    let place = |(i, feature)| right.binary_search(feature).ok().map(|l| (i, l));
    left.iter().enumerate().filter_map(place).collect()
}
