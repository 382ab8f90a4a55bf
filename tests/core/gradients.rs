//! The blocked risk and gradient against the plain ones and against finite differences.

use winning_ticket::network::{Problem, Risk, draw_learner, plain};
use winning_ticket::random::{Purpose, Streams};
use winning_ticket::spec::{Batches, Overlap, Spec};
use winning_ticket::training::ball_start;

use crate::assert_close;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Small specs at random, from a fixed seed.
fn random_specs(count: u32) -> Vec<Spec> {
    let draw = |number| {
        let mut stream = Streams::new(2021, number).stream(Purpose::Probe, 0);
        let mut below = |bound: u32| stream.below(bound) as usize;
        let dimension = 2 + below(40);
        let overlap = [Overlap::Shared, Overlap::Random, Overlap::Disjoint][below(3)];
        let neurons = 1 + below(12);
        Spec {
            dimension,
            overlap,
            neurons: if overlap == Overlap::Disjoint { neurons.min(dimension) } else { neurons },
            samples: 20 + below(200),
            effective_width: 1.0 + below(dimension as u32) as f64,
            spread: below(2) == 1,
            batches: [Batches::Whole, Batches::Disjoint][below(2)],
            noise: [0.0, 0.2][below(2)],
            start_distance: below(200) as f64 / 100.0,
            seed: u64::from(number),
            ..Spec::default()
        }
    };
    (0..count).map(draw).collect()
}

/// Specs that cover odd block ends, every pattern, disjoint batches, wide and narrow masks and noise.
pub fn varied_specs() -> Vec<Spec> {
    let base = Spec { dimension: 40, samples: 97, effective_width: 11.0, start_distance: 0.8, ..Spec::default() };
    vec![
        base.clone(),
        Spec { samples: 20, neurons: 1, effective_width: 40.0, ..base.clone() },
        Spec { samples: 128, neurons: 12, overlap: Overlap::Random, noise: 0.3, ..base.clone() },
        Spec { neurons: 3, overlap: Overlap::Disjoint, effective_width: 4.0, spread: true, ..base.clone() },
        Spec { batches: Batches::Disjoint, samples: 333, spread: true, ..base.clone() },
        Spec { batches: Batches::Disjoint, samples: 21, effective_width: 1.0, ..base },
    ]
}

#[test]
fn the_blocked_gradient_equals_the_plain_one() {
    for spec in varied_specs().into_iter().chain(random_specs(60)) {
        let problem = Problem::draw(&spec);
        let w = ball_start(&spec, &draw_learner(&spec, &problem.oracle));
        let mut blocked = Risk::new(problem.oracle.mask(), &problem.data);
        let mut gradient = vec![0.0; w.len()];
        for (p, part) in problem.data.parts().iter().enumerate() {
            let chosen = (p..spec.samples).step_by(spec.parts());
            let (risk, expected) = plain::risk_and_gradient(problem.oracle.mask(), &problem.data, chosen, &w);
            assert_close(&[blocked.with_gradient(part, &w, &mut gradient)], &[risk], 1e-13, "risk with gradient");
            assert_close(&gradient, &expected, 1e-13, "gradient");
        }
    }
}

#[test]
fn the_gradient_is_the_slope_of_the_risk() {
    for spec in varied_specs() {
        let problem = Problem::draw(&spec);
        let w = ball_start(&spec, &draw_learner(&spec, &problem.oracle));
        let mut risk = Risk::new(problem.oracle.mask(), &problem.data);
        let part = &problem.data.parts()[0];
        let (mut gradient, mut elsewhere) = (vec![0.0; w.len()], vec![0.0; w.len()]);
        risk.with_gradient(part, &w, &mut gradient);
        // Between two kinks the risk is quadratic, so that a central difference is exact up to rounding; the step is
        // small enough that hardly any kink lies within.
        let step = 1e-7;
        let slopes: Vec<f64> = (0..w.len())
            .map(|i| {
                let mut at = |sign: f64| {
                    let mut moved = w.clone();
                    moved[i] += sign * step;
                    risk.with_gradient(part, &moved, &mut elsewhere)
                };
                (at(1.0) - at(-1.0)) / (2.0 * step)
            })
            .collect();
        assert_close(&slopes, &gradient, 1e-6, "slope");
    }
}

#[test]
fn at_the_oracle_noiseless_risk_and_gradient_vanish() {
    let spec = Spec::default();
    let problem = Problem::draw(&spec);
    let mut gradient = vec![1.0; problem.oracle.values().len()];
    let risk = Risk::new(problem.oracle.mask(), &problem.data).with_gradient(
        &problem.data.parts()[0],
        problem.oracle.values(),
        &mut gradient,
    );
    assert_eq!(risk, 0.0);
    assert!(gradient.iter().all(|g| *g == 0.0));
}
