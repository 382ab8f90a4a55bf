//! The tracked quadratic against sums over the samples: the same activations, the same trajectory.

use winning_ticket::network::{Objective, Problem, Risk, Tracked, draw_learner, plain};
use winning_ticket::spec::{Overlap, Spec, StepSize};
use winning_ticket::training::{Agd, StopReason, Trainer, ball_start};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Specs whose runs converge to the oracle.
fn converging() -> Vec<Spec> {
    let base =
        Spec { dimension: 40, samples: 300, effective_width: 12.0, neurons: 4, max_steps: 10_000, ..Spec::default() };
    vec![
        base.clone(),
        Spec { samples: 333, overlap: Overlap::Random, spread: true, seed: 2, ..base.clone() },
        Spec { neurons: 1, effective_width: 37.0, start_distance: 1.0, seed: 3, ..base.clone() },
        Spec { neurons: 3, overlap: Overlap::Disjoint, effective_width: 5.0, seed: 4, ..base.clone() },
        Spec { noise: 0.01, start_distance: 0.2, samples: 600, seed: 5, ..base.clone() },
        Spec { step_size: StepSize::Fixed(0.5), momentum: 0.2, samples: 640, seed: 6, ..base.clone() },
        // More than two weights for each feature: they share its copies.
        Spec { dimension: 20, neurons: 5, samples: 500, seed: 7, ..base },
    ]
}

#[test]
fn the_tracked_trajectory_is_the_plain_one() {
    for spec in converging() {
        let problem = Problem::draw(&spec);
        let (mask, data) = (problem.oracle.mask(), &problem.data);
        let part = &data.parts()[0];
        let start = ball_start(&spec, &draw_learner(&spec, &problem.oracle));
        let mut risk = Risk::new(mask, data);
        let mut tracked = Tracked::new(mask, data, part, &start, &mut risk.clone());
        let agd = || Agd::new(start.clone(), spec.eta(), spec.momentum);
        let (mut plain_run, mut tracked_run) = (agd(), agd());
        let (mut gradient, mut shortcut) = (vec![0.0; start.len()], vec![0.0; start.len()]);
        for t in 0..2000 {
            let value = risk.with_gradient(part, plain_run.weights(), &mut gradient);
            let short = tracked.with_gradient(part, tracked_run.weights(), &mut shortcut, &mut risk.clone());
            // A sum of squares of residuals has their rounding errors, which near the oracle are all it is made of.
            let tolerance = 1e-8 * value + 1e-15 * value.sqrt() + 1e-28;
            assert!((value - short).abs() <= tolerance, "risk at {t} of {spec:?}: {value:e} {short:e}");
            assert!(plain_run.step(&gradient) && tracked_run.step(&shortcut));
            let (mut apart, mut square) = (0.0, 0.0);
            for (a, b) in plain_run.weights().iter().zip(tracked_run.weights()) {
                apart += (a - b) * (a - b);
                square += a * a;
            }
            assert!(apart.sqrt() <= 1e-8 * f64::sqrt(square), "W at {t} of {spec:?}");
            if t % 50 == 0 {
                assert_eq!(tracked.active(), activations(&problem, shown_to(&tracked_run)), "activations at {t}");
            }
        }
    }
}

/// The W that the gradient was last asked at: one step before the present one.
fn shown_to(run: &Agd) -> &[f64] {
    run.previous()
}

fn activations(problem: &Problem, w: &[f64]) -> Vec<bool> {
    let rows = problem.data.rows(problem.oracle.mask());
    (0..problem.data.samples())
        .flat_map(|n| (0..problem.oracle.mask().neurons()).map(move |j| (n, j)))
        .map(|(n, j)| plain::pre_activation(problem.oracle.mask(), &rows, &problem.data, n, w, j) > 0.0)
        .collect()
}

#[test]
fn the_specs_of_this_test_converge() {
    for spec in converging() {
        let mut trainer = Trainer::new(&spec);
        trainer.advance(spec.max_steps);
        assert_eq!(trainer.stopped(), Some(StopReason::Converged), "{spec:?}");
    }
}

/// At each of the first `steps` steps, whether the tracked quadratic was at work.
fn tracked_steps(spec: &Spec, steps: usize) -> Vec<bool> {
    let problem = Problem::draw(spec);
    let (mask, data) = (problem.oracle.mask(), &problem.data);
    let mut objective = Objective::new(mask, data);
    let start = ball_start(spec, &draw_learner(spec, &problem.oracle));
    let mut gradient = vec![0.0; start.len()];
    let mut agd = Agd::new(start, spec.eta(), spec.momentum);
    (0..steps)
        .map(|_| {
            objective.with_gradient(data, mask, 0, agd.weights(), &mut gradient);
            assert!(agd.step(&gradient));
            objective.is_tracked()
        })
        .collect()
}

#[test]
fn a_calm_run_is_tracked_from_early_on_and_at_its_end() {
    let spec = Spec { samples: 2000, effective_width: 16.0, ..Spec::default() };
    let tracked = tracked_steps(&spec, 400);
    assert_eq!(tracked.iter().position(|tracked| *tracked), Some(5), "Σ r_j/16 = 5 · 16/16");
    assert!(tracked[399]);
}

#[test]
fn a_restless_run_goes_back_to_sums_over_the_samples() {
    // Too large a step: activations change all the time.
    let step_size = StepSize::Fixed(4.0);
    let spec = Spec { samples: 210, step_size, momentum: 0.9, start_distance: 1.5, ..Spec::default() };
    let tracked = tracked_steps(&spec, 400);
    let began = tracked.iter().position(|tracked| *tracked).expect("it is tried");
    assert!(tracked[began..].iter().any(|tracked| !tracked), "and given up");
}
