//! A learner whose mask is not the oracle's: which weights it has, what it learns, and what the theory no longer says.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use winning_ticket::network::{Agreement, Population, Problem, Risk, Supports, draw_learner, plain, test_error};
use winning_ticket::spec::{FOUND, LearnerMask, Overlap, Spec};
use winning_ticket::theory::{NoBall, NoReach, State};
use winning_ticket::training::Trainer;
use winning_ticket::trials::{Forecast, digest, is_falling};

fn wrong(missed: f64, extra: f64) -> Spec {
    Spec { mask: LearnerMask::Wrong, missed, extra, effective_width: 20.0, ..Spec::default() }
}

fn trained(spec: &Spec) -> Trainer {
    let mut trainer = Trainer::new(spec);
    trainer.advance(spec.max_steps);
    trainer
}

#[test]
fn shares_of_each_support_are_missed_and_added() {
    for overlap in [Overlap::Shared, Overlap::Random, Overlap::Disjoint] {
        for (missed, extra) in [(0.25, 0.0), (0.0, 0.5), (0.9, 1.5), (0.0, 4.0)] {
            let spec = Spec { overlap, spread: true, ..wrong(missed, extra) };
            let supports = Supports::draw(&spec);
            let (oracle, learner) = (supports.mask(), supports.learner_mask());
            let share = |share: f64, j: usize| (share * oracle.width(j) as f64).round() as usize;
            for j in 0..spec.neurons {
                let room = spec.dimension - oracle.width(j);
                let kept = oracle.width(j) - share(missed, j);
                assert_eq!(learner.shared_with(j, &oracle), kept, "{overlap:?} {missed} {extra} {j}");
                assert_eq!(learner.width(j), kept + share(extra, j).min(room), "{overlap:?} {missed} {extra} {j}");
            }
            assert_eq!(supports.extra().1, Agreement::of(&learner, &oracle).extra);
        }
    }
}

#[test]
fn a_wrong_mask_that_is_not_wrong_gives_the_bits_of_the_exact_one() {
    let exact = Spec { mask: LearnerMask::Exact, missed: 0.5, extra: 1.0, ..wrong(0.0, 0.0) };
    let digests = [exact, wrong(0.0, 0.0)].map(|spec| {
        let trainer = trained(&spec);
        digest(trainer.mask(), trainer.weights())
    });
    assert_eq!(digests[0], digests[1]);
}

#[test]
fn a_dense_mask_has_every_weight_of_the_same_problem() {
    for overlap in [Overlap::Shared, Overlap::Random, Overlap::Disjoint] {
        let exact = Spec { overlap, mask: LearnerMask::Exact, missed: 0.5, ..wrong(0.0, 0.0) };
        let dense = Spec { mask: LearnerMask::Dense, ..exact.clone() };
        let supports = Supports::draw(&dense);
        let all: Vec<usize> = (0..dense.dimension).collect();
        let learner = supports.learner_mask();
        assert!((0..dense.neurons).all(|j| learner.support(j) == all), "{overlap:?}");
        let (wanted, there) = supports.extra();
        assert_eq!((wanted, there), (there, learner.weights() - supports.mask().weights()));
        // Oracle and samples are those of the pruned learner, and so is the direction in which it starts.
        let (pruned, wide) = (Trainer::new(&exact), Trainer::new(&dense));
        let (a, b) = (pruned.problem(), wide.problem());
        assert_eq!((a.oracle.values(), a.data.parts()[0].y(7)), (b.oracle.values(), b.data.parts()[0].y(7)));
        let away = |trainer: &Trainer, j: usize, feature: usize| {
            let at = trainer.mask().support(j).binary_search(&feature).expect("it is kept");
            let at = trainer.mask().range(j).start + at;
            trainer.weights()[at] - trainer.oracle().values()[at]
        };
        let feature = pruned.mask().support(2)[1];
        let ratio = away(&wide, 2, feature) / away(&pruned, 2, feature);
        let other = pruned.mask().support(0)[0];
        assert!((away(&wide, 0, other) / away(&pruned, 0, other) / ratio - 1.0).abs() < 1e-9, "{overlap:?}");
        assert!((wide.relative_error()[0] - dense.start_distance).abs() < 1e-12);
    }
}

#[test]
fn the_gradient_on_another_mask_is_that_of_the_plain_sums() {
    for (missed, extra) in [(0.4, 0.0), (0.0, 0.7), (0.9, 2.0)] {
        let spec = Spec { samples: 130, ..wrong(missed, extra) };
        let trainer = Trainer::new(&spec);
        let (data, w) = (&trainer.problem().data, trainer.weights());
        let (risk, expected) = plain::risk_and_gradient(trainer.mask(), data, 0..130, w);
        let mut gradient = vec![0.0; w.len()];
        let blocked = Risk::new(trainer.mask(), data).with_gradient(&data.parts()[0], w, &mut gradient);
        assert!((blocked / risk - 1.0).abs() < 1e-12);
        for (g, e) in gradient.iter().zip(&expected) {
            assert!((g - e).abs() < 1e-13, "{g} {e}");
        }
    }
}

#[test]
fn a_wider_mask_finds_the_oracle_and_the_theory_speaks_of_it() {
    let spec = wrong(0.0, 0.5);
    let trainer = trained(&spec);
    assert!(trainer.relative_error()[trainer.steps()] < FOUND);
    let forecast = Forecast::of(&spec, &trainer);
    assert!((forecast.effective_width - 30.0).abs() < 1e-9, "{}", forecast.effective_width);
    assert_eq!(forecast.agreement, Agreement { kept: 100, missed: 0, extra: 50 });
    assert_eq!(forecast.lights.accurate_mask.state, State::Met);
    // The same masks without a distinction between oracle and learner: the oracle's weights alone differ.
    let exact = Forecast::draw(&Spec { effective_width: 30.0, ..Spec { mask: LearnerMask::Exact, ..spec } });
    let narrower = Forecast::draw(&Spec { mask: LearnerMask::Exact, ..wrong(0.0, 0.0) });
    let reach = |forecast: &Forecast| forecast.theorem2_reach.expect("it is known");
    assert!(reach(&forecast) < reach(&narrower), "extra weights take from the reach");
    let ratio = reach(&forecast) / reach(&exact);
    assert!((0.3..3.0).contains(&ratio), "about as much as weights of the oracle would: {ratio}");
}

#[test]
fn of_a_mask_that_misses_weights_nothing_is_promised() {
    let spec = Spec { noise: 0.05, ..wrong(0.2, 0.3) };
    let trainer = trained(&spec);
    let forecast = Forecast::of(&spec, &trainer);
    assert_eq!(forecast.agreement, Agreement { kept: 80, missed: 20, extra: 30 });
    let lights = &forecast.lights;
    assert_eq!(lights.accurate_mask.state, State::NotMet);
    for light in [&lights.curvature, &lights.start, &lights.samples] {
        assert_eq!(light.state, State::NotPromised);
    }
    assert_eq!(forecast.convex_ball, Err(NoBall::MissedWeights));
    assert_eq!(forecast.theorem2_reach, Err(NoReach::MissedWeights));
    assert_eq!((forecast.noise_floor, forecast.rate_predicted, forecast.epsilon1), (None, None, None));
    let least = trainer.oracle().least_error();
    assert!(least > 0.2 && trainer.relative_error().iter().all(|error| *error > least));
    assert!(!is_falling(&trainer, FOUND), "it is not on its way to the oracle");
    // The start lies at λ from what the mask keeps.
    let start = (spec.start_distance * spec.start_distance + least * least).sqrt();
    assert!((trainer.relative_error()[0] - start).abs() < 1e-12);
}

#[test]
fn the_test_error_on_fresh_samples_is_the_closed_form() {
    // 0.9 of one weight: a neuron without any.
    let narrow = Spec { effective_width: 1.0, overlap: Overlap::Random, ..wrong(0.9, 0.0) };
    assert_eq!(Supports::draw(&narrow).learner_mask().weights(), 0);
    for spec in [wrong(0.0, 0.0), wrong(0.3, 0.0), wrong(0.3, 0.6), narrow] {
        let problem = Problem::draw(&spec);
        let trainer = Trainer::new(&spec);
        let closed = Population::new(trainer.mask(), &problem.oracle).test_error(trainer.weights(), trainer.oracle());
        let sampled = test_error(&spec, &problem, trainer.mask(), trainer.weights(), 40_000);
        // A mean square over n samples is off by √(κ − 1)/√n of itself, κ about 10, its root by half of that: 0.75 %.
        assert!((sampled / closed - 1.0).abs() < 0.03, "{sampled} {closed}");
        assert_eq!(test_error(&spec, &problem, trainer.mask(), trainer.weights(), 40_000), sampled);
    }
}

#[test]
fn near_the_oracle_the_test_error_falls_on_in_proportion() {
    let spec = wrong(0.0, 0.5);
    let problem = Problem::draw(&spec);
    let oracle = draw_learner(&spec, &problem.oracle);
    let population = Population::new(oracle.mask(), &problem.oracle);
    let start = Trainer::new(&spec).weights().to_vec();
    let at = |share: f64| -> f64 {
        let w: Vec<f64> = start.iter().zip(oracle.values()).map(|(s, o)| o + share * (s - o)).collect();
        population.test_error(&w, &oracle) / share
    };
    // λ = ½: these lie on both sides of 1e-5, where the form changes.
    let [above, below, far_below] = [4e-5, 1.9e-5, 1e-9].map(at);
    assert!((above / far_below - 1.0).abs() < 1e-3 && (below / far_below - 1.0).abs() < 1e-3, "{above} {far_below}");
    assert_eq!(population.test_error(oracle.values(), &oracle), 0.0);
}
