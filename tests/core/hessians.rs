//! The Hessians against finite differences, and their fast products against the dense matrices.

use winning_ticket::linear_algebra::{Spectrum, Wanted, lanczos};
use winning_ticket::network::{EmpiricalHessian, Population, Problem, Risk, draw_learner};
use winning_ticket::pause::{Pause, finish};
use winning_ticket::spec::{Overlap, Spec};
use winning_ticket::training::ball_start;
use winning_ticket::trials::Forecast;

use crate::gradients::varied_specs;
use crate::{assert_close, eigenvalues};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_empirical_hessian_is_the_slope_of_the_gradient() {
    let spec = Spec { dimension: 12, samples: 70, neurons: 3, effective_width: 5.0, ..Spec::default() };
    let problem = Problem::draw(&spec);
    let w = ball_start(&spec, &draw_learner(&spec, &problem.oracle));
    let hessian = EmpiricalHessian::at(&w, problem.oracle.mask(), &problem.data).to_dense();
    let mut risk = Risk::new(problem.oracle.mask(), &problem.data);
    for i in 0..w.len() {
        let mut gradient_at = |sign: f64| {
            let (mut moved, mut gradient) = (w.clone(), vec![0.0; w.len()]);
            moved[i] += sign * 1e-6;
            risk.with_gradient(&problem.data.parts()[0], &moved, &mut gradient);
            gradient
        };
        let (after, before) = (gradient_at(1.0), gradient_at(-1.0));
        let slope: Vec<f64> = after.iter().zip(&before).map(|(a, b)| (a - b) / 2e-6).collect();
        assert_close(&slope, hessian.column(i).as_slice(), 1e-7, "column of Ĥ");
    }
}

#[test]
fn the_population_hessian_is_the_slope_of_the_gradient_and_that_of_the_risk() {
    for spec in varied_specs() {
        let problem = Problem::draw(&spec);
        let population = Population::new(problem.oracle.mask(), &problem.oracle);
        let w = ball_start(&spec, &draw_learner(&spec, &problem.oracle));
        let moved = |i: usize, step: f64| {
            let mut moved = w.clone();
            moved[i] += step;
            moved
        };
        let hessian = population.hessian(&w).to_dense();
        let gradient = population.gradient(&w);
        let slopes: Vec<f64> = (0..w.len())
            .map(|i| (population.risk(&moved(i, 1e-5)) - population.risk(&moved(i, -1e-5))) / 2e-5)
            .collect();
        assert_close(&slopes, &gradient, 1e-6, "population gradient");
        for i in 0..w.len() {
            let (after, before) = (population.gradient(&moved(i, 1e-5)), population.gradient(&moved(i, -1e-5)));
            let slope: Vec<f64> = after.iter().zip(&before).map(|(a, b)| (a - b) / 2e-5).collect();
            assert_close(&slope, hessian.column(i).as_slice(), 1e-6, "column of H");
        }
    }
}

#[test]
fn products_with_the_hessians_equal_those_of_the_dense_matrices() {
    for spec in varied_specs() {
        let problem = Problem::draw(&spec);
        let w = ball_start(&spec, &draw_learner(&spec, &problem.oracle));
        let v: Vec<f64> = (0..w.len()).map(|i| (i as f64 * 0.7).fract() - 0.4).collect();
        let vector = nalgebra::DVector::from_column_slice(&v);
        let empirical = EmpiricalHessian::at(&w, problem.oracle.mask(), &problem.data);
        let dense = empirical.to_dense();
        assert_close(&empirical.multiply(&v), (&dense * &vector).as_slice(), 1e-12, "Ĥv");
        let population = Population::new(problem.oracle.mask(), &problem.oracle).hessian(&w);
        let dense = population.to_dense();
        assert_close(&population.multiply(&v), (&dense * &vector).as_slice(), 1e-12, "Hv");
    }
}

#[test]
fn lanczos_finds_the_ends_of_the_hessians_spectra() {
    let spec = Spec { dimension: 60, samples: 700, neurons: 4, effective_width: 30.0, ..Spec::default() };
    let problem = Problem::draw(&spec);
    let size = problem.oracle.mask().weights();
    let empirical = EmpiricalHessian::at(problem.oracle.values(), problem.oracle.mask(), &problem.data);
    let population = Population::new(problem.oracle.mask(), &problem.oracle).hessian(problem.oracle.values());
    let pause = Pause::never();
    for (dense, found) in [
        (empirical.to_dense(), finish(lanczos(size, Wanted::Ends, async |v| empirical.multiply(v), &pause))),
        (population.to_dense(), finish(lanczos(size, Wanted::Ends, async |v| population.multiply(v), &pause))),
    ] {
        let (all, found) = (Spectrum::from(eigenvalues(dense)).ends(), found.expect("it settles").ends());
        assert_close(&[found.min, found.max], &[all.min, all.max], 2e-8, "ends of the spectrum");
    }
}

#[test]
fn fewer_samples_than_weights_leave_no_curvature() {
    let spec = Spec { samples: 60, overlap: Overlap::Random, ..Spec::default() };
    let curvature = Forecast::draw(&spec).curvature;
    assert_eq!(curvature.sample.ends().expect("dense").min, 0.0);
    assert_eq!(curvature.sample.inverse_trace, None);
    assert_eq!(curvature.epsilon1(), Some(1.0));
}
