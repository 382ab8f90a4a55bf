//! The directions of the oracle's neurons, up to their order and signs.

use std::f64::consts::SQRT_2;

use super::moments::{Moments, projected};
use super::start::{NoStart, refusal};
use crate::linear_algebra::vectors::{add, dot, generic, norm, scaled};
use crate::linear_algebra::{Square, diagonalise, eigenvectors};
use crate::network::BLOCK;
use crate::pause::Pause;

/// Vectors beside the K wanted ones, so that the iteration settles at the gap to the next eigenvalues.
const BESIDE: usize = 4;
/// Change of the eigenvalues, in units of the largest, at which the iteration has settled.
const SETTLED: f64 = 1e-10;
/// Iterations after which the vectors are taken as they are.
const MOST_ITERATIONS: usize = 200;

/// The K largest eigenvalues of M₂, each with its unit eigenvector, by orthogonal iteration on twice as many vectors and
/// Rayleigh's and Ritz' projection.
async fn top(moments: &Moments<'_>, neurons: usize, pause: &Pause) -> Vec<(f64, Vec<f64>)> {
    let size = moments.features();
    let count = (2 * neurons + BESIDE).min(size);
    let mut basis = orthonormal(generic(count * size).chunks_exact(size).map(<[f64]>::to_vec).collect());
    let mut before: Vec<f64> = Vec::new();
    for _ in 0..MOST_ITERATIONS {
        let products = moments.second(&basis, pause).await;
        let modes = eigenvectors(Square::from_fn(count, |i, l| {
            0.5 * (dot(&basis[i], &products[l]) + dot(&basis[l], &products[i]))
        }));
        let turned =
            |vectors: &[Vec<f64>]| -> Vec<Vec<f64>> { modes.iter().map(|(_, mode)| combined(vectors, mode)).collect() };
        let values: Vec<f64> = modes.iter().take(neurons).map(|(value, _)| *value).collect();
        let scale = values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let settled = values.iter().zip(&before).all(|(value, before)| (value - before).abs() <= SETTLED * scale);
        if settled && before.len() == values.len() {
            return values.into_iter().zip(turned(&basis)).collect();
        }
        before = values;
        basis = orthonormal(turned(&products));
    }
    before.into_iter().zip(basis).collect()
}

/// Σ_i factors_i vectors_i.
fn combined(vectors: &[Vec<f64>], factors: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; vectors.first().map_or(0, Vec::len)];
    vectors.iter().zip(factors).for_each(|(v, factor)| add(&mut sum, *factor, v));
    sum
}

/// Gram's and Schmidt's vectors, twice over against rounding.
fn orthonormal(mut vectors: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for i in 0..vectors.len() {
        let (done, rest) = vectors.split_at_mut(i);
        let v = &mut rest[0];
        for _ in 0..2 {
            for other in &*done {
                let along = dot(v, other);
                add(v, -along, other);
            }
        }
        let length = norm(v);
        if length > 0.0 {
            *v = scaled(v, 1.0 / length);
        }
    }
    vectors
}

/// Unit vectors ±w̄_j of K neurons, in an order of their own.
///
/// # Errors
/// If M₂ does not span K directions.
pub(super) async fn directions(moments: &Moments<'_>, neurons: usize, pause: &Pause) -> Result<Vec<Vec<f64>>, NoStart> {
    if let Some(reason) = refusal(moments.samples(), moments.features(), neurons) {
        return Err(reason);
    }
    // What is left of y when its mean and M₁ᵀx are taken off has the same higher moments, for their Hermite polynomials are at
    // right angles to 1 and x, and a fraction of the variance; so with M₂'s part before the fourth.
    let (mean, first) = (moments.mean(), moments.first());
    let beyond_first = moments.rest(|x| projected(x, &first).map(|z| mean + z));
    let modes = top(&beyond_first, neurons, pause).await;
    let positive = modes.iter().filter(|(value, _)| *value > 0.0).count();
    if positive < neurons {
        return Err(NoStart::FewDirections { positive, neurons });
    }
    let beyond_second = beyond_first.rest(|x| {
        let mut explained = [0.0; BLOCK];
        for (value, v) in &modes {
            let z = projected(x, v);
            explained.iter_mut().zip(z).for_each(|(sum, z)| *sum += 0.5 * value * (z * z - 1.0));
        }
        explained
    });
    let (roots, frame): (Vec<f64>, Vec<Vec<f64>>) = modes.into_iter().map(|(value, v)| (value.sqrt(), v)).unzip();
    let fourth = beyond_second.fourth(&frame, pause).await;
    // In whitened coordinates, where M₂ is I, the neurons are at right angles, and every slice of M₄ is diagonal in them.
    let slice = |(p, q): (usize, usize)| {
        // Slices (p, q) and (q, p) are the same and count twice.
        let weight = if p == q { 1.0 } else { SQRT_2 };
        Square::from_fn(neurons, |i, l| weight * fourth.at([i, l, p, q]) / (roots[i] * roots[l] * roots[p] * roots[q]))
    };
    let pairs = (0..neurons).flat_map(|p| (0..=p).map(move |q| (p, q)));
    let turned = diagonalise(&mut pairs.map(slice).collect::<Vec<_>>());
    let direction = |j: usize| {
        let unwhitened: Vec<f64> = turned.row(j).iter().zip(&roots).map(|(a, root)| a * root).collect();
        let v = combined(&frame, &unwhitened);
        scaled(&v, 1.0 / norm(&v))
    };
    Ok((0..neurons).map(direction).collect())
}
