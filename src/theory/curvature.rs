//! Curvature at W\*, on the sample and in the population, and what follows from it.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use crate::language::tr;
use crate::linear_algebra::{
    Cholesky, DENSE_SIZE, Extremes, NotSettled, Products, Spectrum, Symmetric, Wanted, eigenvalues, lanczos,
};
use crate::network::{EmpiricalHessian, Population, Problem, Projection};
use crate::pause::{Pause, finish};

/// Why the curvature at W\* is not known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum NoSpectrum {
    /// Lanczos' method did not settle.
    #[error(transparent)]
    NotSettled(#[from] NotSettled),
    /// No learner on the mask can be at W\*.
    #[error("{}", tr!("the mask misses weights of the oracle, so no learner on it can be at W*"))]
    MissedWeights,
}

/// Rows up to which the trace of an inverse is computed.
const TRACE_SIZE: usize = 1500;

/// What one sample knows of the curvature at its oracle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleCurvature {
    /// The spectrum of Ĥ(W\*); its minimum is 0 where the sample cannot determine the weights.
    pub spectrum: Result<Spectrum, NoSpectrum>,
    /// tr Ĥ(W\*)⁻¹; none where Ĥ is singular or has more than 1500 rows, and where nothing asks for it: above 600 rows
    /// without noise.
    pub inverse_trace: Option<f64>,
}

impl SampleCurvature {
    /// Of `problem`, for a learner on the mask of `oracle`: dense up to 600 weights, above by Lanczos' method for
    /// its inverse. For a mask that is not accurate the spectrum is an error.
    pub fn of(problem: &Problem, oracle: &Projection) -> Self {
        finish(Self::of_in_slices(problem, oracle, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn of_in_slices(problem: &Problem, oracle: &Projection, pause: &Pause) -> Self {
        if !oracle.agreement().is_accurate() {
            return Self { spectrum: Err(NoSpectrum::MissedWeights), inverse_trace: None };
        }
        let size = oracle.mask().weights();
        let hessian = EmpiricalHessian::at_in_slices(oracle.values(), oracle.mask(), &problem.data, pause).await;
        let multiply = async |v: &[f64]| hessian.multiply_in_slices(v, pause).await;
        if size <= DENSE_SIZE {
            let values = eigenvalues(hessian.to_dense_in_slices(pause).await, pause).await;
            let mut found = semidefinite(Spectrum::from(values.clone()), size);
            if hessian.is_singular() {
                found = found.with_flat_bottom();
            }
            let inverse_trace = (found.ends().min > 0.0).then(|| values.iter().fold(0.0, |sum, l| sum + 1.0 / l));
            Self { spectrum: Ok(found), inverse_trace }
        } else if hessian.is_singular() {
            // The lower end is 0 without computing.
            let found = lanczos(size, Wanted::Upper, multiply, pause).await;
            Self { spectrum: found.map(Spectrum::with_flat_bottom).map_err(NoSpectrum::from), inverse_trace: None }
        } else {
            let wanted = problem.sigma > 0.0 && size <= TRACE_SIZE;
            let gram = hessian.to_symmetric_in_slices(pause).await;
            let (spectrum, trace) = by_its_inverse(gram, hessian.scale(), wanted, pause).await;
            Self { spectrum: spectrum.map_err(NoSpectrum::from), inverse_trace: trace }
        }
    }

    /// The ends of the spectrum; none where Lanczos' method did not settle.
    pub fn ends(&self) -> Option<Extremes> {
        Some(self.spectrum.as_ref().ok()?.ends())
    }
}

/// The curvature at W\* of one problem, on its sample and in the population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curvature {
    /// On the sample.
    pub sample: SampleCurvature,
    /// Ends of the spectrum of H(W\*).
    pub population: Result<Extremes, NoSpectrum>,
}

impl Curvature {
    /// Of `problem` at its oracle, for a learner on the mask of `oracle`: dense up to 600 weights, above by Lanczos'
    /// method.
    pub fn at_oracle(problem: &Problem, oracle: &Projection) -> Self {
        finish(Self::at_oracle_in_slices(problem, oracle, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn at_oracle_in_slices(problem: &Problem, oracle: &Projection, pause: &Pause) -> Self {
        let population = population_ends(problem, oracle, pause).await;
        Self { sample: SampleCurvature::of_in_slices(problem, oracle, pause).await, population }
    }

    /// ε̂₁ = 1 − λ_min(Ĥ(W\*))/λ_min(H(W\*)): the share of the curvature that the sample loses. None where Lanczos'
    /// method did not settle, and where H is flat too (several neurons whose only feature is the same).
    pub fn epsilon1(&self) -> Option<f64> {
        let (sample, population) = (self.sample.ends()?, self.population.as_ref().ok()?);
        (population.min > 0.0).then(|| 1.0 - sample.min / population.min)
    }
}

async fn population_ends(problem: &Problem, oracle: &Projection, pause: &Pause) -> Result<Extremes, NoSpectrum> {
    if !oracle.agreement().is_accurate() {
        return Err(NoSpectrum::MissedWeights);
    }
    let size = oracle.mask().weights();
    let hessian = Population::new(oracle.mask(), &problem.oracle).hessian(oracle.values());
    let found = if size <= DENSE_SIZE {
        semidefinite(Spectrum::from(eigenvalues(hessian.to_dense(), pause).await), size)
    } else {
        lanczos(size, Wanted::Ends, async |v: &[f64]| hessian.multiply(v), pause).await?
    };
    Ok(found.ends())
}

/// The spectrum of `matrix` · `scale`, and if `with_trace` the trace of its inverse: the upper end by Lanczos' method, all
/// else by the same method for the inverse, whose largest eigenvalues stand far apart, after Cholesky's decomposition. A
/// matrix that has none is singular up to rounding.
async fn by_its_inverse(
    matrix: Symmetric,
    scale: f64,
    with_trace: bool,
    pause: &Pause,
) -> (Result<Spectrum, NotSettled>, Option<f64>) {
    let size = matrix.size();
    let products = RefCell::new(Products::new(matrix.blocks()));
    let multiply = async |v: &[f64]| {
        pause.after((size * size) as u64).await;
        let mut product = vec![0.0; size];
        products.borrow_mut().multiply(&matrix, v, &mut product, pause);
        product
    };
    let upper = match lanczos(size, Wanted::Upper, multiply, pause).await {
        Ok(upper) => upper.map(|l| scale * l),
        Err(not_settled) => return (Err(not_settled), None),
    };
    let Some(cholesky) = Cholesky::of(matrix, pause).await else { return (Ok(upper.with_flat_bottom()), None) };
    let trace = if with_trace { Some(cholesky.inverse_trace(pause).await / scale) } else { None };
    // −A⁻¹, so that the order of the eigenvalues stays.
    let solve = async |v: &[f64]| {
        pause.after((2 * size * size) as u64).await;
        cholesky.solve(v).into_iter().map(|x| -x).collect()
    };
    let inverse = lanczos(size, Wanted::Lowest, solve, pause).await;
    (inverse.map(|inverse| inverse.map(|mu| -scale / mu).with_top(upper.ends().max, size)), trace)
}

/// A spectrum of `size` eigenvalues that has no negative one but by rounding: what rounding cannot tell from 0 is 0.
fn semidefinite(found: Spectrum, size: usize) -> Spectrum {
    let rounding = size as f64 * f64::EPSILON * found.ends().max;
    found.without_rounding(rounding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn both_ways_to_the_spectrum_agree() {
        let spec =
            Spec { dimension: 40, samples: 300, effective_width: 20.0, neurons: 4, noise: 0.1, ..Spec::default() };
        let problem = Problem::draw(&spec);
        let oracle = problem.oracle.projected(problem.oracle.mask().clone());
        let hessian = EmpiricalHessian::at(oracle.values(), oracle.mask(), &problem.data);
        let dense = SampleCurvature::of(&problem, &oracle);
        let half = finish(hessian.to_symmetric_in_slices(&Pause::never()));
        let (inverse, trace) = finish(by_its_inverse(half, hessian.scale(), true, &Pause::never()));
        let (by_eigenvalues, by_cholesky) = (dense.inverse_trace.expect("regular"), trace.expect("asked for"));
        assert!((by_eigenvalues / by_cholesky - 1.0).abs() < 1e-9, "{by_eigenvalues} {by_cholesky}");
        let (dense, inverse) = (dense.spectrum.expect("dense"), inverse.expect("it settles"));
        let (exact, found) = (dense.ends(), inverse.ends());
        assert!((found.min / exact.min - 1.0).abs() < 1e-9 && (found.max / exact.max - 1.0).abs() < 1e-8, "{found:?}");
        for ((l, share), (exact, exact_share)) in inverse.modes().zip(dense.modes()).take(20) {
            assert!((l / exact - 1.0).abs() < 1e-6 && (share / exact_share - 1.0).abs() < 0.02, "{l} {exact}");
        }
        // What is left of the error after some steps, which the lower end decides.
        let mean = |spectrum: &Spectrum, steps: f64| {
            spectrum.modes().fold(0.0, |sum, (l, share)| sum + share * libm::exp(-steps * l / exact.max))
        };
        for steps in [10.0, 100.0, 1000.0] {
            let ratio = mean(&inverse, steps) / mean(&dense, steps);
            assert!((ratio - 1.0).abs() < 0.1, "{steps}: {ratio}");
        }
    }
}
