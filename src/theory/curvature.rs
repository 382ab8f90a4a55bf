//! Curvature at W\*, on the sample and in the population, and what follows from it.

use serde::{Deserialize, Serialize};

use super::spectrum::{DENSE_SIZE, Extremes, NotSettled, eigenvalues, ends, lanczos};
use crate::network::{EmpiricalHessian, Population, Problem};

/// The spectra of Ĥ(W\*) and H(W\*) of one problem.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Curvature {
    /// Ends of the spectrum of Ĥ(W\*); the minimum is 0 where N < Σ r_j.
    pub empirical: Result<Extremes, NotSettled>,
    /// Ends of the spectrum of H(W\*).
    pub population: Result<Extremes, NotSettled>,
    /// tr Ĥ(W\*)⁻¹; none where Ĥ is singular, or too large for a dense spectrum.
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
            of_sample = lanczos(size, |v| empirical.multiply(v));
            of_population = lanczos(size, |v| population.multiply(v));
            inverse_trace = None;
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
