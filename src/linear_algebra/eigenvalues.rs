//! All eigenvalues of a symmetric matrix, in pieces of a millisecond: Householder's reduction to tridiagonal form, then
//! implicit QL steps (Martin & Wilkinson; Dubrulle, Martin & Wilkinson, in *Handbook for Automatic Computation II*, 1971).

use nalgebra::DMatrix;

use super::vectors::{add, dot};
use crate::pause::Pause;

/// QL steps after which an eigenvalue is taken as it is; two are usual.
const MOST_STEPS: usize = 60;

/// All eigenvalues of a symmetric matrix, in no particular order, each within a few rounding errors of the largest.
pub async fn eigenvalues(mut matrix: DMatrix<f64>, pause: &Pause) -> Vec<f64> {
    let size = matrix.nrows();
    // Rows are columns of a symmetric matrix; its lower triangle is worked on, row after row.
    let (mut diagonal, mut off) = tridiagonal(matrix.as_mut_slice(), size, pause).await;
    for first in 0..size {
        for _ in 0..MOST_STEPS {
            let Some(last) = block_end(&diagonal, &off, first) else { break };
            ql_step(&mut diagonal, &mut off, first, last);
            pause.after(20 * (last - first) as u64).await;
        }
    }
    diagonal
}

/// Diagonal and off-diagonal of a similar tridiagonal matrix. `a` is overwritten.
async fn tridiagonal(a: &mut [f64], size: usize, pause: &Pause) -> (Vec<f64>, Vec<f64>) {
    let mut off = vec![0.0; size];
    let mut product = vec![0.0; size];
    for i in (1..size).rev() {
        let (rows, row) = a.split_at_mut(i * size);
        let u = &mut row[..i];
        let last = u[i - 1];
        if u[..i - 1].iter().all(|entry| *entry == 0.0) {
            off[i - 1] = last;
            continue;
        }
        // The reflection along u maps row i to a multiple of its last entry's direction.
        let square = dot(u, u);
        let target = -square.sqrt().copysign(last);
        (off[i - 1], u[i - 1]) = (target, last - target);
        let half = square - last * target;
        let q = &mut product[..i];
        q.fill(0.0);
        for j in 0..i {
            let row = &rows[j * size..][..j];
            q[j] += dot(row, &u[..j]) + rows[j * size + j] * u[j];
            add(&mut q[..j], u[j], row);
        }
        q.iter_mut().for_each(|q| *q /= half);
        let along = dot(q, u) / (2.0 * half);
        add(q, -along, u);
        for j in 0..i {
            let row = &mut rows[j * size..][..=j];
            for ((entry, u_k), q_k) in row.iter_mut().zip(&*u).zip(&*q) {
                *entry -= u[j] * q_k + q[j] * u_k;
            }
        }
        pause.after(2 * (i * i) as u64).await;
    }
    ((0..size).map(|i| a[i * size + i]).collect(), off)
}

/// The last row of the undivided block that begins at `first`; none if that row stands alone.
fn block_end(diagonal: &[f64], off: &[f64], first: usize) -> Option<usize> {
    let divides = |i: usize| off[i].abs() <= f64::EPSILON * (diagonal[i].abs() + diagonal[i + 1].abs());
    let last = (first..diagonal.len() - 1).find(|i| divides(*i)).unwrap_or(diagonal.len() - 1);
    (last > first).then_some(last)
}

/// One implicit QL step, shifted towards the eigenvalue of its upper end, on the rows `first` to `last`.
fn ql_step(diagonal: &mut [f64], off: &mut [f64], first: usize, last: usize) {
    let slope = (diagonal[first + 1] - diagonal[first]) / (2.0 * off[first]);
    let root = (slope * slope + 1.0).sqrt().copysign(slope);
    let mut g = diagonal[last] - diagonal[first] + off[first] / (slope + root);
    let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);
    for i in (first..last).rev() {
        let (f, b) = (sine * off[i], cosine * off[i]);
        let length = (f * f + g * g).sqrt();
        off[i + 1] = length;
        if length == 0.0 {
            // The block has divided by itself.
            diagonal[i + 1] -= shift;
            off[last] = 0.0;
            return;
        }
        (sine, cosine) = (f / length, g / length);
        g = diagonal[i + 1] - shift;
        let turned = (diagonal[i] - g) * sine + 2.0 * cosine * b;
        shift = sine * turned;
        diagonal[i + 1] = g + shift;
        g = cosine * turned - b;
    }
    diagonal[first] -= shift;
    off[first] = g;
    off[last] = 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pause::finish;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn sorted(mut values: Vec<f64>) -> Vec<f64> {
        values.sort_unstable_by(f64::total_cmp);
        values
    }

    /// Against nalgebra's, relative to the largest.
    #[track_caller]
    fn check(matrix: DMatrix<f64>) {
        let expected = sorted(matrix.symmetric_eigenvalues().iter().copied().collect());
        let found = sorted(finish(eigenvalues(matrix, &Pause::never())));
        let largest = expected.iter().fold(0.0, |largest: f64, l| largest.max(l.abs()));
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found - expected).abs() <= 1e-13 * largest, "{found:e} {expected:e}");
        }
    }

    #[test]
    fn they_are_those_of_another_implementation() {
        for size in [1, 2, 3, 10, 77, 200] {
            let entry = |i: usize, l: usize| ((i * l + i + l) as f64 * std::f64::consts::SQRT_2).fract() - 0.5;
            check(DMatrix::from_fn(size, size, entry));
        }
    }

    #[test]
    fn zeros_and_equal_eigenvalues_are_no_obstacle() {
        check(DMatrix::zeros(5, 5));
        check(DMatrix::identity(6, 6));
        check(DMatrix::from_element(8, 8, 0.25));
        // Blocks that do not touch, and a rank far below the size.
        check(DMatrix::from_fn(9, 9, |i, l| if i / 3 == l / 3 { 1.0 + (i * l) as f64 } else { 0.0 }));
        check(DMatrix::from_fn(40, 40, |i, l| (i as f64 - 7.0) * (l as f64 - 7.0)));
        check(DMatrix::from_fn(30, 30, |i, l| if i.abs_diff(l) == 1 { 1.0 } else { 0.0 }));
    }
}
