//! A copy of a trainer goes on as its original does, bit for bit, whenever it was made.

use winning_ticket::spec::{Batches, Spec, StepSize};
use winning_ticket::training::Trainer;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The kinds of moment of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Moment {
    /// Sums over the samples, before the tracked quadratic was tried.
    Before,
    /// The tracked quadratic.
    During,
    /// Sums over the samples again.
    After,
}

/// The moment at which `trainer` is; `tried` says whether its run has ever been tracked.
fn moment(trainer: &Trainer, tried: &mut bool) -> Moment {
    *tried |= trainer.is_tracked();
    match (trainer.is_tracked(), *tried) {
        (true, _) => Moment::During,
        (false, true) => Moment::After,
        (false, false) => Moment::Before,
    }
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// Trains `spec` with a copy made every `stride` steps, lets each copy go on after the original has ended, and gives the
/// kinds of moment at which one was made.
fn moments_of_copies(spec: &Spec, stride: usize) -> Vec<Moment> {
    let mut original = Trainer::new(spec);
    let (mut copies, mut moments, mut tried) = (Vec::new(), Vec::new(), false);
    while original.stopped().is_none() {
        let now = moment(&original, &mut tried);
        if original.steps().is_multiple_of(stride) {
            copies.push(original.clone());
            moments.push(now);
        }
        original.advance(1);
    }
    for mut copy in copies {
        let at = copy.steps();
        copy.advance(spec.max_steps);
        assert_eq!(copy.stopped(), original.stopped(), "copied at {at}");
        assert_eq!(bits(copy.weights()), bits(original.weights()), "copied at {at}");
        assert_eq!(bits(copy.relative_error()), bits(original.relative_error()), "copied at {at}");
        assert_eq!(bits(copy.risk()), bits(original.risk()), "copied at {at}");
    }
    moments
}

#[test]
fn copies_made_before_while_and_after_the_risk_is_tracked_go_on_alike() {
    // Too large a step: the tracked quadratic is tried, and given up.
    let restless =
        Spec { samples: 210, step_size: StepSize::Fixed(4.0), start_distance: 1.5, max_steps: 400, ..Spec::default() };
    let moments = moments_of_copies(&restless, 25);
    for kind in [Moment::Before, Moment::During, Moment::After] {
        assert!(moments.contains(&kind), "no copy was made {kind:?}");
    }
}

#[test]
fn copies_of_a_calm_run_go_on_alike() {
    let calm = Spec { samples: 400, effective_width: 12.0, noise: 0.01, max_steps: 300, ..Spec::default() };
    assert!(moments_of_copies(&calm, 37).contains(&Moment::During));
}

#[test]
fn copies_of_a_run_with_disjoint_batches_go_on_alike_within_a_pass_and_between_two() {
    let spec = Spec { batches: Batches::Disjoint, samples: 200, max_steps: 95, ..Spec::default() };
    assert_eq!(moments_of_copies(&spec, 7), [Moment::Before; 14]);
}
