//! Curvature at W\*, on the sample and in the population, and what follows from it.

use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

use super::spectrum::{DENSE_SIZE, Ends, Extremes, NotSettled, eigenvalues, ends, lanczos};
use crate::network::{EmpiricalHessian, Population, Problem};

/// Rows up to which the trace of an inverse is computed.
const TRACE_SIZE: usize = 1500;

/// The spectra of Ĥ(W\*) and H(W\*) of one problem.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Curvature {
    /// Ends of the spectrum of Ĥ(W\*); the minimum is 0 where N < Σ r_j.
    pub empirical: Result<Extremes, NotSettled>,
    /// Ends of the spectrum of H(W\*).
    pub population: Result<Extremes, NotSettled>,
    /// tr Ĥ(W\*)⁻¹; none where Ĥ is singular or has more than 1500 rows, and where nothing asks for it: above 600 rows
    /// without noise.
    pub inverse_trace: Option<f64>,
}

impl Curvature {
    /// Of `problem` at its oracle: dense up to 600 weights, above by Lanczos' method.
    pub fn at_oracle(problem: &Problem) -> Self {
        let size = problem.mask.weights();
        let empirical = EmpiricalHessian::at(&problem.oracle, &problem.mask, &problem.data);
        let population = Population::new(&problem.mask, &problem.oracle).hessian(&problem.oracle);
        let (of_sample, of_population, inverse_trace);
        if size <= DENSE_SIZE {
            let values = eigenvalues(empirical.to_dense());
            let found = semidefinite(ends(&values), size);
            of_sample = Ok(found);
            of_population = Ok(semidefinite(ends(&eigenvalues(population.to_dense())), size));
            let regular = !empirical.rank_deficient() && found.min > 0.0;
            inverse_trace = regular.then(|| values.iter().fold(0.0, |sum, l| sum + 1.0 / l));
        } else {
            // The lower end of a singular Ĥ is 0 without computing.
            let wanted = if empirical.rank_deficient() { Ends::Upper } else { Ends::Both };
            of_sample = lanczos(size, wanted, |v| empirical.multiply(v));
            of_population = lanczos(size, Ends::Both, |v| population.multiply(v));
            let wanted = problem.sigma > 0.0 && size <= TRACE_SIZE && !empirical.rank_deficient();
            inverse_trace = if wanted { trace_of_inverse(empirical.to_dense()) } else { None };
        }
        let lowest = |found: Extremes| if empirical.rank_deficient() { 0.0 } else { found.min };
        Self {
            empirical: of_sample.map(|found| Extremes { min: lowest(found), ..found }),
            population: of_population,
            inverse_trace,
        }
    }

    /// ε̂₁ = 1 − λ_min(Ĥ(W\*))/λ_min(H(W\*)): the share of the curvature that the sample loses. None where Lanczos'
    /// method did not settle, and where H is flat too (several neurons whose only feature is the same).
    pub fn epsilon1(&self) -> Option<f64> {
        let (empirical, population) = (self.empirical.as_ref().ok()?, self.population.as_ref().ok()?);
        (population.min > 0.0).then(|| 1.0 - empirical.min / population.min)
    }

    /// The relative error |W − W\*|/|W\*| at which noise keeps the learner, exact to first order in σ:
    /// √((σ²/N) tr Ĥ(W\*)⁻¹)/|W\*|. None where σ > 0 and the trace is not known.
    pub fn noise_floor(&self, problem: &Problem) -> Option<f64> {
        if problem.sigma == 0.0 {
            return Some(0.0);
        }
        let variance = problem.sigma * problem.sigma / problem.data.samples() as f64;
        let oracle = problem.oracle.iter().fold(0.0, |sum, w| sum + w * w);
        Some((variance * self.inverse_trace? / oracle).sqrt())
    }
}

/// The ends of a spectrum of `size` eigenvalues that has no negative one but by rounding: what rounding cannot tell from
/// 0 is 0.
fn semidefinite(found: Extremes, size: usize) -> Extremes {
    let rounding = size as f64 * f64::EPSILON * found.max;
    Extremes { min: if found.min.abs() <= rounding { 0.0 } else { found.min }, ..found }
}

/// tr A⁻¹ = |L⁻¹|² with A = LLᵀ; none if A is not positive definite.
fn trace_of_inverse(matrix: DMatrix<f64>) -> Option<f64> {
    let size = matrix.nrows();
    let inverse = matrix.cholesky()?.l().solve_lower_triangular(&DMatrix::identity(size, size))?;
    Some(inverse.norm_squared())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn both_ways_to_the_trace_of_the_inverse_agree() {
        let spec =
            Spec { dimension: 40, samples: 300, effective_width: 20.0, neurons: 4, noise: 0.1, ..Spec::default() };
        let problem = Problem::draw(&spec);
        let dense = EmpiricalHessian::at(&problem.oracle, &problem.mask, &problem.data).to_dense();
        let by_eigenvalues = Curvature::at_oracle(&problem).inverse_trace.expect("regular");
        let by_cholesky = trace_of_inverse(dense).expect("positive definite");
        assert!((by_eigenvalues / by_cholesky - 1.0).abs() < 1e-9, "{by_eigenvalues} {by_cholesky}");
    }
}
