//! Masks that reach the asked effective width, and what nests in what.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use winning_ticket::network::{Data, Mask, Problem, Supports, draw_mask, effective_width, width_joined};
use winning_ticket::spec::{Overlap, Spec};

const PATTERNS: [Overlap; 3] = [Overlap::Shared, Overlap::Random, Overlap::Disjoint];

fn widths(mask: &Mask) -> Vec<usize> {
    (0..mask.neurons()).map(|j| mask.width(j)).collect()
}

#[test]
fn no_equal_width_comes_nearer_to_the_asked_effective_width() {
    for overlap in PATTERNS {
        let spec = Spec { overlap, seed: 5, dimension: 60, ..Spec::default() };
        let draw = |ask| draw_mask(&Spec { effective_width: ask, ..spec.clone() });
        // Every equal width, by asking in steps finer than the effective widths lie apart.
        let mut reachable: Vec<f64> = (0..6100).map(|i| effective_width(&draw(f64::from(i) * 0.01))).collect();
        reachable.dedup();
        let widths_a_neuron = if overlap == Overlap::Disjoint { 12 } else { 60 };
        assert_eq!(reachable.len(), widths_a_neuron);
        for ask in [1.0, 2.7, 3.34, 5.0, 7.2, 33.0, 59.6] {
            let mask = draw(ask);
            assert!(widths(&mask).iter().all(|width| *width == mask.width(0)));
            let miss = (effective_width(&mask) - ask).abs();
            let least = reachable.iter().map(|width| (width - ask).abs()).fold(f64::INFINITY, f64::min);
            assert!(miss <= least + 1e-12, "{overlap:?} {ask}: {miss} against {least}");
            if overlap == Overlap::Shared {
                assert_eq!(mask.width(0), ask.round() as usize, "all pairs overlap, so r̃ = r");
            }
        }
    }
}

#[test]
fn spread_widths_stay_within_a_tenth_and_reach_the_ask() {
    for overlap in PATTERNS {
        let ask = if overlap == Overlap::Disjoint { 10.0 } else { 60.0 };
        let spec = Spec { effective_width: ask, overlap, spread: true, dimension: 300, ..Spec::default() };
        let mask = draw_mask(&spec);
        let (least, most) = (*widths(&mask).iter().min().unwrap(), *widths(&mask).iter().max().unwrap());
        assert!(least < most, "{:?}", widths(&mask));
        // 1.1/0.9, and half a weight of rounding at either end.
        assert!((most as f64 - 0.5) / (least as f64 + 0.5) <= 1.1 / 0.9);
        assert!((effective_width(&mask) - ask).abs() < 0.02 * ask, "{}", effective_width(&mask));
    }
}

#[test]
fn joined_neurons_share_a_feature_and_the_others_share_none() {
    // Figure 5's architectures: five supports of 20 in 100 features.
    for (joined, asked) in [(1, 7.2), (2, 8.192), (3, 10.368), (4, 14.112), (5, 20.0)] {
        assert!((width_joined(5, 20, joined) - asked).abs() < 1e-12, "{joined}: {}", width_joined(5, 20, joined));
        for seed in 0..20 {
            let spec = Spec { effective_width: asked, overlap: Overlap::Disjoint, joined, seed, ..Spec::default() };
            let mask = draw_mask(&spec);
            assert_eq!(widths(&mask), [20; 5], "{joined} of seed {seed}");
            assert!((effective_width(&mask) - asked).abs() < 1e-12);
            for (j, k) in (0..5).flat_map(|j| (0..j).map(move |k| (j, k))) {
                assert_eq!(mask.shared(j, k), usize::from(j < joined && k < joined), "{j}, {k} of {joined}");
            }
        }
    }
    // More than K is all of them, also where K is less.
    let spec = Spec { effective_width: 5.0, overlap: Overlap::Disjoint, neurons: 2, joined: 12, ..Spec::default() };
    assert!(draw_mask(&spec).overlap(0, 1));
}

#[test]
fn patterns_are_what_their_names_say() {
    for spread in [false, true] {
        let masks =
            PATTERNS.map(|overlap| draw_mask(&Spec { effective_width: 6.0, overlap, spread, ..Spec::default() }));
        let pairs = || (0..5).flat_map(|j| (0..j).map(move |k| (j, k)));
        assert!(pairs().all(|(j, k)| masks[0].shared(j, k) >= 1));
        assert!(pairs().all(|(j, k)| !masks[2].overlap(j, k)));
        assert!(masks[2].used_features().len() == masks[2].weights());
    }
}

#[test]
fn disjoint_supports_end_where_the_features_end() {
    let spec = Spec { overlap: Overlap::Disjoint, effective_width: 90.0, ..Spec::default() };
    assert!((effective_width(&draw_mask(&spec)) - 7.2).abs() < 1e-9);
    assert!((Supports::draw(&spec).reach().max - 7.2).abs() < 1e-9);
    for (dimension, neurons) in [(12, 12), (13, 12), (2, 2), (500, 12), (7, 3)] {
        for spread in [false, true] {
            let spec = Spec { dimension, neurons, spread, effective_width: dimension as f64, ..spec.clone() };
            let mask = draw_mask(&spec);
            assert!(widths(&mask).iter().all(|width| *width >= 1) && mask.weights() <= dimension);
        }
    }
}

#[test]
fn the_widest_mask_of_so_many_weights_is_found() {
    for overlap in PATTERNS {
        for spread in [false, true] {
            let spec = Spec { overlap, spread, seed: 5, dimension: 60, ..Spec::default() };
            let supports = Supports::draw(&spec);
            // Every mask within reach, by asking in steps finer than the effective widths lie apart.
            let masks: Vec<Mask> =
                (0..6100).map(|i| draw_mask(&Spec { effective_width: f64::from(i) * 0.01, ..spec.clone() })).collect();
            assert_eq!(supports.width_at_weights(4), None, "five neurons have five weights at least");
            for bound in [5, 6, 23, 60, 150, 299, 10_000] {
                let within = masks.iter().filter(|mask| mask.weights() <= bound);
                let widest = within.map(effective_width).fold(0.0, f64::max);
                assert_eq!(supports.width_at_weights(bound), Some(widest), "{overlap:?} {spread} {bound}");
            }
        }
    }
}

#[test]
fn masks_and_weights_nest_in_the_effective_width() {
    for overlap in PATTERNS {
        for spread in [false, true] {
            let draw = |ask| Problem::draw(&Spec { effective_width: ask, overlap, spread, seed: 9, ..Spec::default() });
            let (narrow, wide) = (draw(3.0), draw(6.5));
            let (small, large) = (narrow.oracle.to_columns(), wide.oracle.to_columns());
            assert!(narrow.oracle.mask().weights() < wide.oracle.mask().weights());
            assert!(small.iter().zip(&large).all(|(s, l)| *s == 0.0 || s == l));
        }
    }
}

#[test]
fn data_nest_in_the_samples_and_do_not_depend_on_the_mask() {
    let draw = |samples, ask, noise| Problem::draw(&Spec { samples, effective_width: ask, noise, ..Spec::default() });
    let (few, many, wide) = (draw(50, 8.0, 0.0), draw(81, 8.0, 0.0), draw(50, 60.0, 0.0));
    let column = |data: &Data, feature: usize| -> Vec<f64> {
        let row = data.features().binary_search(&feature).expect("stored");
        (0..50).map(|n| data.x(n, row)).collect()
    };
    for feature in few.data.features() {
        assert_eq!(column(&few.data, *feature), column(&many.data, *feature));
        assert_eq!(column(&few.data, *feature), column(&wide.data, *feature));
    }
    assert!((0..50).all(|n| few.data.y(n) == many.data.y(n)));
}

#[test]
fn noise_has_the_asked_strength() {
    // n = 8000 draws of ξ/σ: mean square 1 ± √(2/n); four standard errors.
    let spec = Spec { samples: 8000, ..Spec::default() };
    let (clean, noisy) = (Problem::draw(&spec), Problem::draw(&Spec { noise: 0.1, ..spec }));
    let y: Vec<f64> = (0..8000).map(|n| clean.data.y(n)).collect();
    let rms = (y.iter().map(|y| y * y).sum::<f64>() / 8000.0).sqrt();
    assert!((noisy.sigma / rms - 0.1).abs() < 1e-12);
    let squares: f64 = (0..8000).map(|n| (noisy.data.y(n) - y[n]) * (noisy.data.y(n) - y[n])).sum();
    let mean_square = squares / 8000.0 / (noisy.sigma * noisy.sigma);
    assert!((mean_square - 1.0).abs() < 4.0 * (2.0_f64 / 8000.0).sqrt(), "{mean_square}");
}
