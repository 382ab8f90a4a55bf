//! Which neuron stands for which.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Parts into which the largest gain is divided: the solver takes whole numbers.
const PARTS: f64 = (1_u64 << 40) as f64;

/// The permutation p that makes Σ_j gain(j, p(j)) largest, for finite gains.
pub fn best_permutation(count: usize, gain: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    let largest = (0..count * count).map(|i| gain(i / count, i % count).abs()).fold(f64::MIN_POSITIVE, f64::max);
    let whole = |(j, k): (usize, usize)| (gain(j, k) / largest * PARTS) as i64;
    kuhn_munkres(&Matrix::from_fn(count, count, whole)).1
}

/// |W − W\*P|/|W\*| for the best permutation P, of weights W and W\* by their columns.
pub fn permuted_error(weights: &[Vec<f64>], oracle: &[Vec<f64>]) -> f64 {
    closest(weights, oracle).1
}

/// That permutation, column by column of W, and that error.
pub(super) fn closest(weights: &[Vec<f64>], oracle: &[Vec<f64>]) -> (Vec<usize>, f64) {
    let apart = |j: usize, k: usize| -> f64 { weights[j].iter().zip(&oracle[k]).map(|(w, o)| (w - o) * (w - o)).sum() };
    let best = best_permutation(weights.len(), |j, k| -apart(j, k));
    let missed: f64 = best.iter().enumerate().map(|(j, k)| apart(j, *k)).sum();
    let whole: f64 = oracle.iter().flatten().map(|o| o * o).sum();
    (best, (missed / whole).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_best_of_all_permutations_is_found() {
        let gain = |j: usize, k: usize| ((7 * j + 3 * k * k + 1) as f64 * std::f64::consts::SQRT_2).fract() - 0.3;
        let total = |p: &[usize]| p.iter().enumerate().map(|(j, k)| gain(j, *k)).sum::<f64>();
        let mut all = vec![vec![]];
        for _ in 0..5 {
            all = all
                .iter()
                .flat_map(|p: &Vec<usize>| {
                    (0..5).filter(|k| !p.contains(k)).map(|k| [&p[..], &[k]].concat()).collect::<Vec<_>>()
                })
                .collect();
        }
        assert_eq!(all.len(), 120);
        let best = all.iter().map(|p| total(p)).fold(f64::NEG_INFINITY, f64::max);
        assert!((total(&best_permutation(5, gain)) - best).abs() < 1e-9);
        assert!(best_permutation(0, gain).is_empty());
    }

    #[test]
    fn neurons_in_another_order_are_the_same() {
        let oracle = [vec![1.0, 0.0], vec![0.0, 2.0], vec![-1.0, 1.0]];
        let turned = [oracle[2].clone(), oracle[0].clone(), oracle[1].clone()];
        assert_eq!(permuted_error(&turned, &oracle), 0.0);
    }
}
