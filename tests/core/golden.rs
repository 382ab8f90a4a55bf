//! Three small instances computed by an independent NumPy implementation (tests/golden/README.md).

use serde_json::Value;
use winning_ticket::linear_algebra::Extremes;
use winning_ticket::network::{
    Data, EmpiricalHessian, Mask, Population, Problem, Risk, Weights, draw_learner, effective_width,
};
use winning_ticket::pause::{Pause, finish};
use winning_ticket::pruning::grasp_scores;
use winning_ticket::spec::{Spec, StepSize};
use winning_ticket::tensor::Moments;
use winning_ticket::theory::heavy_ball_rate;
use winning_ticket::training::Trainer;

use crate::{assert_close, eigenvalues};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

struct Golden {
    spec: Spec,
    iterations: usize,
    problem: Problem,
    start: Vec<f64>,
    expect: Value,
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("an array").iter().map(|x| x.as_f64().expect("a number")).collect()
}

impl Golden {
    fn read(text: &str) -> Self {
        let case: Value = serde_json::from_str(text).expect("JSON");
        let whole = |key: &str| case[key].as_u64().expect("a whole number") as usize;
        let (dimension, neurons) = (whole("d"), whole("K"));
        let (x, y, mask) = (numbers(&case["X"]), numbers(&case["y"]), numbers(&case["M"]));
        let supports: Vec<Vec<usize>> =
            (0..neurons).map(|j| (0..dimension).filter(|i| mask[i * neurons + j] == 1.0).collect()).collect();
        let mask = Mask::new(dimension, &supports);
        let mut data = Data::new(y.len(), 1, mask.used_features(), |feature, column| {
            for (n, value) in column.iter_mut().enumerate() {
                *value = x[n * dimension + feature];
            }
        });
        for (n, y) in y.iter().enumerate() {
            data.set_y(n, *y);
        }
        let spec = Spec {
            neurons,
            dimension,
            samples: y.len(),
            step_size: StepSize::Fixed(case["eta"].as_f64().expect("eta")),
            momentum: case["beta"].as_f64().expect("beta"),
            ..Spec::default()
        };
        let oracle = masked(&mask, &numbers(&case["W_star"]));
        let start = masked(&mask, &numbers(&case["W0"]));
        let problem = Problem { oracle: Weights::new(mask, oracle), data, sigma: 0.0 };
        Self { spec, iterations: whole("iters"), problem, start, expect: case["expect"].clone() }
    }

    fn expect(&self, key: &str) -> Vec<f64> {
        match &self.expect[key] {
            Value::Array(_) => numbers(&self.expect[key]),
            value => vec![value.as_f64().expect("a number")],
        }
    }

    fn masked_expect(&self, key: &str) -> Vec<f64> {
        masked(self.problem.oracle.mask(), &self.expect(key))
    }
}

/// The entries on the mask of a row-major d × K matrix.
fn masked(mask: &Mask, matrix: &[f64]) -> Vec<f64> {
    let neurons = mask.neurons();
    (0..neurons).flat_map(|j| mask.support(j).iter().map(move |i| matrix[i * neurons + j])).collect()
}

fn ascending(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}

fn cases() -> [Golden; 3] {
    [include_str!("../golden/tiny.json"), include_str!("../golden/noisy.json"), include_str!("../golden/overlap.json")]
        .map(Golden::read)
}

#[test]
fn effective_width_risk_and_gradient_agree() {
    for case in cases() {
        let (mask, data) = (case.problem.oracle.mask(), &case.problem.data);
        assert_close(&[effective_width(mask)], &case.expect("r_tilde"), 1e-10, "r̃");
        let mut gradient = vec![0.0; mask.weights()];
        let risk = Risk::new(mask, data).with_gradient(&data.parts()[0], &case.start, &mut gradient);
        assert_close(&[risk], &case.expect("risk_W0"), 1e-10, "risk");
        assert_close(&gradient, &case.masked_expect("gradient_W0"), 1e-10, "gradient");
    }
}

#[test]
fn accelerated_gradient_descent_agrees() {
    for case in cases() {
        let mut trainer = Trainer::with_start(
            &case.spec,
            case.problem.clone(),
            draw_learner(&case.spec, &case.problem.oracle),
            case.start.clone(),
        );
        trainer.advance(case.iterations);
        assert_eq!(trainer.steps(), case.iterations);
        assert_close(trainer.relative_error(), &case.expect("relative_error"), 1e-10, "relative error");
        assert_close(trainer.weights(), &case.masked_expect("W_final"), 1e-10, "W");
    }
}

#[test]
fn the_population_risk_and_its_gradient_agree() {
    for case in cases() {
        let population = Population::new(case.problem.oracle.mask(), &case.problem.oracle);
        assert_close(&[population.risk(&case.start)], &case.expect("population_risk_W0"), 1e-10, "population risk");
        let expected = case.masked_expect("population_gradient_W0");
        assert_close(&population.gradient(&case.start), &expected, 1e-10, "population gradient");
    }
}

#[test]
fn the_eigenvalues_of_the_hessians_agree() {
    for case in cases() {
        let Problem { oracle, data, .. } = &case.problem;
        let mask = oracle.mask();
        let empirical = EmpiricalHessian::at(oracle.values(), mask, data).to_dense();
        let expected = case.expect("empirical_hessian_at_W_star_eigenvalues");
        assert_close(&ascending(eigenvalues(empirical)), &expected, 1e-8, "empirical eigenvalues");
        let population = Population::new(mask, oracle);
        for (w, key) in [
            (oracle.values(), "population_hessian_at_W_star_eigenvalues"),
            (&case.start, "population_hessian_at_W0_eigenvalues"),
        ] {
            assert_close(&ascending(eigenvalues(population.hessian(w).to_dense())), &case.expect(key), 1e-8, key);
        }
    }
}

#[test]
fn grasps_scores_agree() {
    for case in cases() {
        let (mask, data) = (case.problem.oracle.mask(), &case.problem.data);
        let scores = grasp_scores(mask, data, &case.start);
        assert_close(&scores, &case.masked_expect("grasp_scores_W0"), 1e-10, "scores");
    }
}

/// The cases hold moments over all features; ours are over those that the mask uses.
#[test]
fn the_first_and_second_moments_agree() {
    for case in cases() {
        let (data, d) = (&case.problem.data, case.spec.dimension);
        let moments = Moments::new(data);
        let (first, second) = (case.expect("M1"), case.expect("M2"));
        let used = |values: &[f64]| data.features().iter().map(|feature| values[*feature]).collect::<Vec<_>>();
        assert_close(&moments.first(), &used(&first), 1e-10, "M1");
        let count = moments.features();
        let units: Vec<Vec<f64>> = (0..count).map(|i| (0..count).map(|l| f64::from(i == l)).collect()).collect();
        let products = finish(moments.second(&units, &Pause::never()));
        for (product, feature) in products.iter().zip(data.features()) {
            assert_close(product, &used(&second[feature * d..(feature + 1) * d]), 1e-10, "a row of M2");
        }
    }
}

#[test]
fn the_heavy_ball_rate_agrees() {
    for case in cases() {
        let spectrum = case.expect("empirical_hessian_at_W_star_eigenvalues");
        let ends = Extremes { min: spectrum[0], max: spectrum[spectrum.len() - 1] };
        let rate = heavy_ball_rate(case.spec.eta(), case.spec.momentum, ends);
        assert_close(&[1.0 - rate], &[1.0 - case.expect("heavy_ball_rate")[0]], 1e-8, "1 − ν");
    }
}
