//! The form vᵀH(W)v of the population Hessian, its matrix and its gradient in W, by dot products only: what a search
//! for the place where H stops being positive definite asks over and over.
//!
//! H's blocks (see [`super::Population`]) combine the unit vectors ŵ_k, ŵ\*_k and the parts of v, restricted to the
//! supports, with coefficients made of their dot products. So a product costs about 6 K Σ r_j multiply-adds, and the
//! gradient, which has third derivatives of φ in it, the same.

use std::f64::consts::PI;

use libm::atan2;

use super::Mask;
use crate::linear_algebra::lanes::{LANES, widest};
use crate::linear_algebra::vectors::dot;

/// Unit vectors with a smaller sine of their angle count as parallel: their kink is not differentiated.
const PARALLEL: f64 = 1e-7;

/// K² H(W) on the mask at a point W that can be moved, around a fixed oracle. K² and the norms' common scale are left
/// out: H depends on the ratios of the norms only.
#[derive(Clone)]
pub struct Curving<'a> {
    mask: &'a Mask,
    // per weight, its feature's place in `rows`
    row_of: Vec<usize>,
    // a row per used feature, each with the entries of ŵ_1 … ŵ_K, ŵ*_1 … ŵ*_K, v_1 … v_K, and zeros up to `stride`
    rows: Vec<f64>,
    stride: usize,
    norms: Vec<f64>,
    oracle_norms: Vec<f64>,
    // K × 2K: the planes of w_j with w_k and with w*_k
    planes: Vec<Plane>,
}

/// How two vectors stand to each other.
#[derive(Clone, Copy)]
struct Plane {
    cos: f64,
    /// 0 where they count as parallel
    sin: f64,
    /// (π − θ)/2π
    identity: f64,
    /// |v| sin θ/(2π|w|), negative for an oracle's v
    strength: f64,
}

/// Coefficients of the columns in `rows` for one neuron's result.
struct Mix<'m>(&'m mut [f64]);

impl Mix<'_> {
    fn add(&mut self, column: usize, amount: f64) {
        self.0[column] += amount;
    }

    /// Adds `amount` times the unit vector in the plane of `from` and `to` across `from`.
    fn add_across(&mut self, from: usize, to: usize, plane: &Plane, amount: f64) {
        self.0[to] += amount / plane.sin;
        self.0[from] -= amount * plane.cos / plane.sin;
    }
}

impl<'a> Curving<'a> {
    /// At W = W\*, the weights `oracle` on `mask`; no neuron of it may vanish.
    pub fn new(mask: &'a Mask, oracle: &[f64]) -> Self {
        let used = mask.used_features();
        let row = |feature: &usize| used.binary_search(feature).expect("used features are listed");
        let count = mask.neurons();
        let stride = (3 * count).next_multiple_of(LANES);
        let flat = Plane { cos: 1.0, sin: 0.0, identity: 0.5, strength: 0.0 };
        let mut at = Self {
            mask,
            row_of: mask.features().iter().map(row).collect(),
            rows: vec![0.0; used.len() * stride],
            stride,
            norms: Vec::new(),
            oracle_norms: Vec::new(),
            planes: vec![flat; 2 * count * count],
        };
        at.oracle_norms = at.set_units(count, oracle);
        at.move_to(oracle);
        at
    }

    /// Number of rows and of columns of H, Σ r_j.
    pub fn size(&self) -> usize {
        self.mask.weights()
    }

    /// Moves to W = `w`; no neuron of it may vanish.
    pub fn move_to(&mut self, w: &[f64]) {
        let count = self.mask.neurons();
        self.norms = self.set_units(0, w);
        let dots = self.project(w);
        for j in 0..count {
            for k in 0..2 * count {
                let (norm, sign) = if k < count { (self.norms[k], 1.0) } else { (self.oracle_norms[k - count], -1.0) };
                let cos = (dots[j * self.stride + k] / self.norms[j]).clamp(-1.0, 1.0);
                let sin = ((1.0 - cos) * (1.0 + cos)).sqrt();
                let sin = if j == k || sin < PARALLEL { 0.0 } else { sin };
                self.planes[j * 2 * count + k] = Plane {
                    cos,
                    sin,
                    identity: (PI - atan2(sin, cos)) / (2.0 * PI),
                    strength: sign * norm * sin / (2.0 * PI * self.norms[j]),
                };
            }
        }
    }

    /// K² H v.
    pub fn multiply(&mut self, v: &[f64]) -> Vec<f64> {
        let count = self.mask.neurons();
        self.set(2 * count, v);
        let dots = self.project(v);
        let dot = |j: usize, column: usize| dots[j * self.stride + column];
        let mut mixes = vec![0.0; count * self.stride];
        for (j, mix) in mixes.chunks_exact_mut(self.stride).enumerate() {
            let mut mix = Mix(mix);
            mix.add(2 * count + j, 0.5);
            for k in (0..2 * count).filter(|k| *k != j) {
                let plane = self.plane(j, k);
                if plane.sin > 0.0 {
                    // ∂²φ(w_j, v)/∂w_j² = strength (I − ŵŵᵀ + n̂n̂ᵀ)
                    let across = (dot(j, k) - plane.cos * dot(j, j)) / plane.sin;
                    mix.add(2 * count + j, plane.strength);
                    mix.add(j, -plane.strength * dot(j, j));
                    mix.add_across(j, k, plane, plane.strength * across);
                }
                if k < count {
                    // ∂²φ(w_j, w_k)/∂w_j∂w_k = ((π − θ) I + sin θ (ŵ v̂ᵀ + n̂ m̂ᵀ))/2π
                    mix.add(2 * count + k, plane.identity);
                    if plane.sin > 0.0 {
                        let across = (dot(k, j) - plane.cos * dot(k, k)) / plane.sin;
                        mix.add(j, plane.sin * dot(k, k) / (2.0 * PI));
                        mix.add_across(j, k, plane, plane.sin * across / (2.0 * PI));
                    }
                }
            }
        }
        self.combine(&mixes)
    }

    /// ∇_W vᵀ(K² H(W))v for fixed v, on the mask. Where two vectors are parallel the form has a kink in W, and that
    /// pair's share is left out.
    pub fn slope(&mut self, v: &[f64]) -> Vec<f64> {
        let count = self.mask.neurons();
        self.set(2 * count, v);
        let dots = self.project(v);
        let dot = |j: usize, column: usize| dots[j * self.stride + column];
        let mut mixes = vec![0.0; count * self.stride];
        for j in 0..count {
            let (part, norm) = (2 * count + j, 2.0 * PI * self.norms[j]);
            for k in (0..2 * count).filter(|k| *k != j) {
                let plane = self.plane(j, k);
                if plane.sin == 0.0 {
                    continue;
                }
                let (cos, sin) = (plane.cos, plane.sin);
                // Shares of v_j along w_j and across it; adds `amount` times what lies outside the plane.
                let (along, across) = (dot(j, j), (dot(j, k) - cos * dot(j, j)) / sin);
                let add_outside = |mix: &mut Mix, amount: f64| {
                    mix.add(part, amount);
                    mix.add(j, -amount * along);
                    mix.add_across(j, k, plane, -amount * across);
                };
                // Through ∂²φ(w_j, v)/∂w_j², of which v_j sees strength · square.
                let square = dot(j, part) - along * along + across * across;
                let scale = plane.strength / (sin * self.norms[j]);
                let mut mix = Mix(&mut mixes[j * self.stride..][..self.stride]);
                mix.add(j, -scale * square * sin);
                mix.add_across(j, k, plane, -scale * (cos * square + 4.0 * sin * along * across));
                add_outside(&mut mix, -2.0 * scale * (sin * along + cos * across));
                if k < count {
                    // Through ∂²φ(w_j, w_k)/∂w_j∂w_k, twice for the two blocks.
                    let other = 2 * count + k;
                    let (other_along, other_across) = (dot(k, k), (dot(k, j) - cos * dot(k, k)) / sin);
                    let turn = dot(j, other) - cos * (along * other_along + across * other_across)
                        + sin * (other_along * across - other_across * along);
                    mix.add_across(j, k, plane, 2.0 * turn / norm);
                    add_outside(&mut mix, 2.0 * (sin * other_along - cos * other_across) / norm);
                    mix.add(other, 2.0 * across / norm);
                    mix.add(k, -2.0 * across * other_along / norm);
                    mix.add_across(k, j, plane, -2.0 * across * other_across / norm);
                    // Through ∂²φ(w_j, w_k)/∂w_j² again, now as w_k moves.
                    let mut mix = Mix(&mut mixes[k * self.stride..][..self.stride]);
                    mix.add(k, sin * square / norm);
                    mix.add_across(k, j, plane, -cos * square / norm);
                    add_outside(&mut mix, 2.0 * across / norm);
                }
            }
        }
        self.combine(&mixes)
    }

    fn plane(&self, j: usize, k: usize) -> &Plane {
        &self.planes[j * 2 * self.mask.neurons() + k]
    }

    /// Writes the unit vectors of `w` to the columns from `first` on; returns the norms.
    fn set_units(&mut self, first: usize, w: &[f64]) -> Vec<f64> {
        let neurons = (0..self.mask.neurons()).map(|j| &w[self.mask.range(j)]);
        let norms: Vec<f64> = neurons.map(|w| w.iter().fold(0.0, |sum, w| sum + w * w).sqrt()).collect();
        let units: Vec<f64> = (0..norms.len())
            .flat_map(|j| w[self.mask.range(j)].iter().map(|w| w / norms[j]).collect::<Vec<_>>())
            .collect();
        self.set(first, &units);
        norms
    }

    fn set(&mut self, first: usize, weights: &[f64]) {
        for j in 0..self.mask.neurons() {
            let range = self.mask.range(j);
            for (row, weight) in self.row_of[range.clone()].iter().zip(&weights[range]) {
                self.rows[row * self.stride + first + j] = *weight;
            }
        }
    }

    /// The dot products of the neurons' parts of `weights` with all columns, a `stride` each.
    fn project(&self, weights: &[f64]) -> Vec<f64> {
        let mut dots = vec![0.0; self.mask.neurons() * self.stride];
        widest(
            #[inline(always)]
            || {
                for (j, dots) in dots.chunks_exact_mut(self.stride).enumerate() {
                    let range = self.mask.range(j);
                    for (row, weight) in self.row_of[range.clone()].iter().zip(&weights[range]) {
                        let row = &self.rows[row * self.stride..][..self.stride];
                        for (dot, entry) in dots.iter_mut().zip(row) {
                            *dot += weight * entry;
                        }
                    }
                }
            },
        );
        dots
    }

    /// The columns combined with the coefficients `mixes`, a `stride` a neuron, on the mask.
    fn combine(&self, mixes: &[f64]) -> Vec<f64> {
        let mut combined = vec![0.0; self.size()];
        widest(
            #[inline(always)]
            || {
                for (j, mix) in mixes.chunks_exact(self.stride).enumerate() {
                    let range = self.mask.range(j);
                    for (combined, row) in combined[range.clone()].iter_mut().zip(&self.row_of[range]) {
                        *combined = dot(mix, &self.rows[row * self.stride..][..self.stride]);
                    }
                }
            },
        );
        combined
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Population, Weights, draw_mask, draw_oracle};
    use crate::spec::{Overlap, Spec};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Neither even nor periodic: the i-th of the entries number `salt`.
    fn entry(i: usize, salt: f64) -> f64 {
        (i as f64 * (salt + 2.0).sqrt()).fract() - 0.5
    }

    /// Mask and oracle, a point W well away from it, and a vector.
    fn cases() -> impl Iterator<Item = (Mask, Vec<f64>, Vec<f64>, Vec<f64>)> {
        let case = |(neurons, effective_width, overlap)| {
            let spec = Spec { dimension: 30, neurons, effective_width, overlap, ..Spec::default() };
            let mask = draw_mask(&spec);
            let oracle = draw_oracle(&spec, mask.clone()).values().to_vec();
            let w = oracle.iter().enumerate().map(|(i, w)| w + 0.3 * entry(i + 1, 0.0)).collect();
            let v = (1..=oracle.len()).map(|i| entry(i, 1.0)).collect();
            (mask, oracle, w, v)
        };
        [(1, 4.0, Overlap::Random), (4, 9.0, Overlap::Random), (3, 5.0, Overlap::Shared), (3, 3.0, Overlap::Disjoint)]
            .into_iter()
            .map(case)
    }

    #[test]
    fn the_product_is_that_of_the_population_hessian() {
        for (mask, oracle, w, v) in cases() {
            let mut curving = Curving::new(&mask, &oracle);
            for point in [&oracle, &w] {
                curving.move_to(point);
                let scale = (mask.neurons() * mask.neurons()) as f64;
                let expected =
                    Population::new(&mask, &Weights::new(mask.clone(), oracle.clone())).hessian(point).multiply(&v);
                for (product, expected) in curving.multiply(&v).iter().zip(&expected) {
                    assert!((product - scale * expected).abs() < 1e-12, "{product} {expected}");
                }
            }
        }
    }

    #[test]
    fn the_slope_is_the_limit_of_difference_quotients() {
        for (mask, oracle, w, v) in cases() {
            let mut curving = Curving::new(&mask, &oracle);
            curving.move_to(&w);
            let slope = curving.slope(&v);
            for place in 0..w.len() {
                let mut form = |shift: f64| {
                    let mut moved = w.clone();
                    moved[place] += shift;
                    curving.move_to(&moved);
                    curving.multiply(&v).iter().zip(&v).fold(0.0, |sum, (product, v)| sum + product * v)
                };
                let quotient = (form(1e-5) - form(-1e-5)) / 2e-5;
                assert!((slope[place] - quotient).abs() < 1e-6 * (1.0 + quotient.abs()), "{} {quotient}", slope[place]);
            }
        }
    }
}
