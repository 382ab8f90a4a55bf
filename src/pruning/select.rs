//! Which weights stay.

use crate::network::Mask;
use crate::order::ascending;

/// The mask of the `keep` weights of `mask` with the largest scores, over all neurons together. Of equal scores those of
/// earlier neurons stay, and within a neuron those of earlier features. A neuron may be left without a weight.
///
/// # Panics
/// If there is not one score a weight.
pub fn keep_largest(mask: &Mask, scores: &[f64], keep: usize) -> Mask {
    assert_eq!(scores.len(), mask.weights(), "one score a weight");
    // The largest first. Adding zero makes both zeros equal.
    let places = ascending(&scores.iter().map(|score| -(score + 0.0)).collect::<Vec<_>>());
    let mut kept = vec![false; scores.len()];
    places.iter().take(keep).for_each(|place| kept[*place] = true);
    let support = |j: usize| mask.range(j).filter(|place| kept[*place]).map(|place| mask.features()[place]).collect();
    Mask::new(mask.dimension(), &(0..mask.neurons()).map(support).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_largest_stay_and_of_equal_ones_the_earlier() {
        let mask = Mask::new(4, &[vec![0, 1, 3], vec![2], vec![1, 2]]);
        let kept = |scores: [f64; 6], keep| {
            let kept = keep_largest(&mask, &scores, keep);
            (0..3).map(|j| kept.support(j).to_vec()).collect::<Vec<_>>()
        };
        assert_eq!(kept([3.0, 1.0, 2.0, 5.0, 0.5, 4.0], 3), [vec![0], vec![2], vec![2]]);
        assert_eq!(kept([1.0, 1.0, 1.0, 1.0, 1.0, 1.0], 4), [vec![0, 1, 3], vec![2], vec![]]);
        assert_eq!(kept([0.0, -0.0, 0.0, -0.0, -1.0, -2.0], 2), [vec![0, 1], vec![], vec![]]);
        assert_eq!(kept([1.0; 6], 0), vec![Vec::<usize>::new(); 3]);
        assert_eq!(kept([1.0; 6], 9), [vec![0, 1, 3], vec![2], vec![1, 2]]);
    }
}
