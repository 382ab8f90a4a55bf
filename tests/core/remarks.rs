//! Remark 1.1 of the paper, r_ave/8 ≤ r̃ ≤ r_ave: where it breaks.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use winning_ticket::network::{Mask, effective_width};
use winning_ticket::random::{Purpose, Streams};

const DIMENSION: usize = 500;

/// r̃ and r_ave of a mask.
fn widths(mask: &Mask) -> (f64, f64) {
    (effective_width(mask), mask.weights() as f64 / mask.neurons() as f64)
}

/// One neuron of `wide` features, the others of one each, none shared.
fn lopsided(neurons: usize, wide: usize) -> Mask {
    let mut supports: Vec<Vec<usize>> = vec![(0..wide).collect()];
    supports.extend((wide..wide + neurons - 1).map(|feature| vec![feature]));
    Mask::new(DIMENSION, &supports)
}

/// The least width of one neuron beside others of one weight with which r̃ falls below r_ave/8, if any fits.
fn first_break(neurons: usize) -> Option<usize> {
    (1..=DIMENSION + 1 - neurons).find(|wide| {
        let (effective, average) = widths(&lopsided(neurons, *wide));
        effective < average / 8.0
    })
}

#[test]
fn the_lower_bound_breaks_from_six_neurons_on_and_the_readme_says_where() {
    let breaks: Vec<Option<usize>> = (1..=12).map(first_break).collect();
    let expected =
        [None, None, None, None, None, Some(482), Some(232), Some(161), Some(131), Some(114), Some(104), Some(98)];
    assert_eq!(breaks, expected);
    let (effective, average) = widths(&lopsided(12, 400));
    assert_eq!((format!("{effective:.1}"), format!("{:.1}", average / 8.0)), ("2.8".to_owned(), "4.3".to_owned()));
    let row = "one neuron of 98 weights beside eleven of one each";
    assert!(include_str!("../../README.md").contains(row), "README.md lacks “{row}”");
}

#[test]
fn the_upper_bound_and_a_quarter_of_the_neurons_th_part_hold_for_any_supports() {
    for seed in 0..400 {
        let mut stream = Streams::new(seed, 0).stream(Purpose::Mask, 0);
        let neurons = 1 + stream.below(12) as usize;
        let supports: Vec<Vec<usize>> = (0..neurons)
            .map(|_| {
                // Small and large widths alike.
                let most = 1 << (1 + stream.below(8));
                let width = 1 + stream.below(most) as usize;
                let mut features = stream.permutation(DIMENSION);
                features.truncate(width);
                features
            })
            .collect();
        let (effective, average) = widths(&Mask::new(DIMENSION, &supports));
        assert!(effective <= average * (1.0 + 1e-12), "seed {seed}: {effective} above {average}");
        assert!(effective >= average / (4.0 * neurons as f64) * (1.0 - 1e-12), "seed {seed}: {effective} of {average}");
    }
}
