//! The lowest eigenvalue of a symmetric matrix with its vector, from a guess of the vector: Lanczos' method in short
//! cycles, each begun from the last one's result.

use nalgebra::DMatrix;

use super::lanes::widest;
use super::vectors::{add, dot, norm, scaled};
use crate::order::ascending;
use crate::pause::Pause;

/// Products with the matrix in one cycle.
const CYCLE: usize = 10;
/// Multiply-adds that a product with the matrix is taken to cost, a row.
const A_PRODUCT: usize = 50;
/// Cycles after which the result is taken as it is.
const MOST_CYCLES: usize = 60;

/// An approximate eigenvector: the matrix maps `vector` to `value` times itself plus a rest of norm `residual`.
#[derive(Clone)]
pub struct Ritz {
    /// The Rayleigh quotient, never below the lowest eigenvalue.
    pub value: f64,
    /// Of length 1.
    pub vector: Vec<f64>,
    /// At least the distance of `value` from an eigenvalue.
    pub residual: f64,
}

/// The lowest eigenpair of the matrix that `multiply` applies, from the non-zero vector `guess`, until the residual is
/// at most `tolerance`.
pub async fn lowest(
    guess: &[f64],
    tolerance: f64,
    multiply: &mut dyn FnMut(&[f64]) -> Vec<f64>,
    pause: &Pause,
) -> Ritz {
    let mut found = cycle(guess, CYCLE, 1, multiply, pause).await.swap_remove(0);
    for _ in 1..MOST_CYCLES {
        if found.residual <= tolerance {
            break;
        }
        found = cycle(&found.vector, CYCLE, 1, multiply, pause).await.swap_remove(0);
    }
    found
}

/// The `wanted` lowest Ritz pairs, fewer if the space has fewer, of `products` steps of Lanczos' method from `guess`,
/// ascending.
pub async fn cycle(
    guess: &[f64],
    products: usize,
    wanted: usize,
    multiply: &mut dyn FnMut(&[f64]) -> Vec<f64>,
    pause: &Pause,
) -> Vec<Ritz> {
    let steps = products.min(guess.len());
    let (mut diagonal, mut off): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut basis = vec![scaled(guess, 1.0 / norm(guess))];
    loop {
        let newest = &basis[diagonal.len()];
        let mut next = multiply(newest);
        diagonal.push(dot(&next, newest));
        widest(
            #[inline(always)]
            || {
                for vector in basis.iter().rev() {
                    let along = dot(&next, vector);
                    add(&mut next, -along, vector);
                }
            },
        );
        pause.after(((A_PRODUCT + 2 * basis.len()) * guess.len()) as u64).await;
        let length = norm(&next);
        off.push(length);
        // An invariant subspace: what follows would be rounding.
        if diagonal.len() == steps || length <= 1e-13 {
            break;
        }
        basis.push(scaled(&next, 1.0 / length));
    }
    let steps = diagonal.len();
    let tridiagonal = DMatrix::from_fn(steps, steps, |i, l| match i.abs_diff(l) {
        0 => diagonal[i],
        1 => off[i.min(l)],
        _ => 0.0,
    });
    let spectrum = tridiagonal.symmetric_eigen();
    let pair = |place: usize| {
        let shares = spectrum.eigenvectors.column(place);
        let mut vector = vec![0.0; guess.len()];
        for (share, basis) in shares.iter().zip(&basis) {
            add(&mut vector, *share, basis);
        }
        let vector = scaled(&vector, 1.0 / norm(&vector));
        Ritz { value: spectrum.eigenvalues[place], vector, residual: off[steps - 1] * shares[steps - 1].abs() }
    };
    ascending(spectrum.eigenvalues.as_slice()).into_iter().take(wanted).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pause::finish;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_lowest_pair_is_that_of_the_dense_matrix() {
        let size = 60;
        let entry = |i: usize, l: usize| ((i * l + i + l) as f64 * std::f64::consts::SQRT_2).fract() - 0.5;
        let matrix = DMatrix::from_fn(size, size, entry);
        let multiply = |v: &[f64]| (&matrix * DMatrix::from_column_slice(size, 1, v)).as_slice().to_vec();
        let found = finish(lowest(&vec![1.0; size], 1e-9, &mut { multiply }, &Pause::never()));
        let expected = matrix.symmetric_eigenvalues().min();
        assert!((found.value - expected).abs() < 1e-12, "{} {expected}", found.value);
        let mut rest = multiply(&found.vector);
        add(&mut rest, -found.value, &found.vector);
        assert!(norm(&rest) <= 2e-9, "{}", norm(&rest));
    }
}
