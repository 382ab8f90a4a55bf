//! The noise floor: the relative error at which noise keeps the learner. (9) is its trend; here it is exact to first order
//! in σ, from the trace of Ĥ(W\*)⁻¹.

use nalgebra::DMatrix;

use super::curvature::{NoSpectrum, SampleCurvature};
use super::lowest::dot;
use crate::network::Problem;
use crate::pause::Pause;

impl SampleCurvature {
    /// The relative error |W − W\*|/|W\*| at which noise keeps the learner, exact to first order in σ:
    /// √((σ²/N) tr Ĥ(W\*)⁻¹)/|W\*|. None where σ > 0 and the trace is not known, and for a mask that misses weights.
    pub fn noise_floor(&self, problem: &Problem) -> Option<f64> {
        if matches!(self.spectrum, Err(NoSpectrum::MissedWeights)) {
            return None;
        }
        if problem.sigma == 0.0 {
            return Some(0.0);
        }
        let variance = problem.sigma * problem.sigma / problem.data.samples() as f64;
        Some((variance * self.inverse_trace? / problem.oracle.squared_norm()).sqrt())
    }
}

/// tr A⁻¹ = |L⁻¹|² with A = LLᵀ, Cholesky's decomposition, in pieces of a millisecond; none if A is not positive definite.
pub async fn inverse_trace(mut matrix: DMatrix<f64>, pause: &Pause) -> Option<f64> {
    let size = matrix.nrows();
    // Rows are columns of a symmetric matrix: L replaces the lower triangle, row after row.
    let l = matrix.as_mut_slice();
    for i in 0..size {
        let (above, row) = l.split_at_mut(i * size);
        for k in 0..i {
            let known = &above[k * size..][..=k];
            row[k] = (row[k] - dot(&row[..k], &known[..k])) / known[k];
        }
        let square = row[i] - dot(&row[..i], &row[..i]);
        if square.is_nan() || square <= 0.0 {
            return None;
        }
        row[i] = square.sqrt();
        pause.after((i * i / 2) as u64).await;
    }
    // Column after column of L⁻¹, by forward substitution.
    let mut trace = 0.0;
    let mut column = vec![0.0; size];
    for first in 0..size {
        for i in first..size {
            let row = &l[i * size..][..=i];
            let unit = if i == first { 1.0 } else { 0.0 };
            column[i] = (unit - dot(&row[first..i], &column[first..i])) / row[i];
        }
        trace += dot(&column[first..], &column[first..]);
        pause.after(((size - first) * (size - first) / 2) as u64).await;
    }
    Some(trace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pause::finish;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_the_sum_of_the_inverse_eigenvalues() {
        for size in [1, 2, 9, 60] {
            let entry = |i: usize, l: usize| ((i * l + i + l) as f64 * std::f64::consts::SQRT_2).fract() - 0.5;
            let root = DMatrix::from_fn(size, size, entry);
            let matrix = &root * root.transpose() + DMatrix::identity(size, size);
            let expected: f64 = matrix.symmetric_eigenvalues().iter().map(|l| 1.0 / l).sum();
            let found = finish(inverse_trace(matrix, &Pause::never())).expect("positive definite");
            assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
        }
    }

    #[test]
    fn a_matrix_that_is_not_positive_definite_has_none() {
        let indefinite = DMatrix::from_fn(3, 3, |i, l| if i == l { 1.0 } else { 2.0 });
        assert_eq!(finish(inverse_trace(indefinite, &Pause::never())), None);
    }
}
