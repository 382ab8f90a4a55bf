//! Whole runs: how they end, what they record, and what theory predicts of them.

use winning_ticket::network::{Problem, draw_learner};
use winning_ticket::spec::{Batches, FOUND, Overlap, Spec, StepSize};
use winning_ticket::theory::{Curvature, heavy_ball_rate, measured_rate};
use winning_ticket::training::{StopReason, Trainer, ball_start};

use crate::assert_close;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn finished(spec: &Spec) -> Trainer {
    let mut trainer = Trainer::new(spec);
    trainer.advance(spec.max_steps);
    trainer
}

#[test]
fn the_run_that_the_page_opens_with_finds_the_oracle_in_five_to_fifteen_seconds_of_play() {
    let trainer = finished(&Spec::default());
    assert_eq!(trainer.stopped(), Some(StopReason::MaxSteps));
    let found = trainer.relative_error().iter().position(|error| *error < FOUND).expect("it finds the oracle");
    // At the default speed of 100 steps a second.
    assert!((500..=1500).contains(&found), "{found}");
    let trainer = finished(&Spec { max_steps: 10_000, ..Spec::default() });
    assert_eq!(trainer.stopped(), Some(StopReason::Converged));
    assert!(trainer.relative_error()[trainer.steps()] < FOUND);
    assert_eq!(trainer.relative_error().len(), trainer.steps() + 1);
    assert_eq!(trainer.risk().len(), trainer.steps() + 1);
}

#[test]
fn the_start_lies_at_exactly_the_asked_distance() {
    for start_distance in [0.0, 0.1, 2.0] {
        let trainer = Trainer::new(&Spec { start_distance, overlap: Overlap::Random, ..Spec::default() });
        assert_close(trainer.relative_error(), &[start_distance], 1e-14, "λ");
    }
}

#[test]
fn a_run_from_the_oracle_has_converged_after_one_step() {
    let trainer = finished(&Spec { start_distance: 0.0, ..Spec::default() });
    assert_eq!((trainer.stopped(), trainer.steps()), (Some(StopReason::Converged), 1));
    assert_eq!(trainer.relative_error(), [0.0, 0.0]);
}

#[test]
fn the_step_cap_ends_a_run() {
    let trainer = finished(&Spec { max_steps: 7, ..Spec::default() });
    assert_eq!((trainer.stopped(), trainer.steps()), (Some(StopReason::MaxSteps), 7));
}

#[test]
fn too_large_a_step_diverges_and_keeps_the_last_finite_weights() {
    let spec = Spec { step_size: StepSize::Fixed(5.0), neurons: 1, momentum: 0.99, samples: 30, ..Spec::default() };
    let trainer = finished(&spec);
    assert_eq!(trainer.stopped(), Some(StopReason::Diverged));
    assert!(trainer.weights().iter().all(|w| w.is_finite()));
    assert!(trainer.relative_error().iter().all(|e| e.is_finite()));
}

#[test]
fn steps_in_one_go_or_in_many_are_the_same_run() {
    let spec = Spec { max_steps: 60, batches: Batches::Disjoint, noise: 0.01, ..Spec::default() };
    let whole = finished(&spec);
    let mut pieces = Trainer::new(&spec);
    for steps in [1, 0, 7, 13, 1, 38] {
        pieces.advance(steps);
    }
    assert_eq!(whole.weights(), pieces.weights());
    assert_eq!(whole.relative_error(), pieces.relative_error());
}

#[test]
fn a_step_with_disjoint_batches_sees_its_part_only() {
    let spec = Spec { batches: Batches::Disjoint, samples: 200, effective_width: 10.0, ..Spec::default() };
    let trainer = finished(&spec);
    assert_eq!(trainer.stopped(), Some(StopReason::Converged));
    assert_eq!(trainer.steps() % 10, 0, "a run ends with a whole pass");
    // The risk at t = 0 is that of samples 0, 10, 20, …
    let problem = Problem::draw(&spec);
    let start = ball_start(&spec, &draw_learner(&spec, &problem.oracle));
    let (risk, _) = winning_ticket::network::plain::risk_and_gradient(
        problem.oracle.mask(),
        &problem.data,
        (0..200).step_by(10),
        &start,
    );
    assert_close(&trainer.risk()[..1], &[risk], 1e-13, "risk of the first part");
}

#[test]
fn the_measured_rate_follows_the_predicted_one() {
    // 1 − ν within 15 % (the slowest direction dominates only in the end).
    for seed in 1..=3 {
        let spec = Spec { samples: 1500, start_distance: 0.1, seed, ..Spec::default() };
        let trainer = finished(&spec);
        let ends = Curvature::at_oracle(trainer.problem(), trainer.oracle()).sample.ends().expect("dense");
        let predicted = 1.0 - heavy_ball_rate(spec.eta(), spec.momentum, ends);
        let measured = 1.0 - measured_rate(trainer.relative_error(), 0.0).expect("a long run");
        assert!((measured / predicted - 1.0).abs() < 0.15, "seed {seed}: {measured} against {predicted}");
    }
}

#[test]
fn noise_keeps_the_learner_at_its_floor() {
    // Root mean square over eight trials; the paper's figure 6 in small. Agreement within 15 %.
    let (mut errors, mut floors) = (0.0, 0.0);
    for trial in 0..8 {
        let spec =
            Spec { noise: 0.01, start_distance: 0.2, samples: 1000, effective_width: 20.0, trial, ..Spec::default() };
        let trainer = finished(&spec);
        let floor = Curvature::at_oracle(trainer.problem(), trainer.oracle())
            .sample
            .noise_floor(trainer.problem())
            .expect("a regular Ĥ");
        let error = trainer.relative_error()[trainer.steps()];
        errors += error * error;
        floors += floor * floor;
    }
    let ratio = f64::sqrt(errors / floors);
    assert!((ratio - 1.0).abs() < 0.15, "{ratio}");
}

#[test]
fn a_start_seed_moves_the_start_alone() {
    let spec = Spec { effective_width: 10.0, samples: 100, ..Spec::default() };
    let own = Trainer::new(&spec);
    let other = Trainer::new(&Spec { start_seed: 7, ..spec.clone() });
    assert_eq!(own.problem().oracle, other.problem().oracle);
    assert_eq!(own.problem().data.y(3), other.problem().data.y(3));
    assert_ne!(own.weights(), other.weights());
    assert!((own.relative_error()[0] - other.relative_error()[0]).abs() < 1e-12, "both at the same distance");
    let named = Trainer::new(&Spec { start_seed: spec.seed, ..spec });
    assert_eq!(own.weights(), named.weights());
}
