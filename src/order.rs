//! The one sort of the program: every further one would be 5 to 20 kB of the page.
//!
//! ```
//! use winning_ticket::order::{ascending, sorted_by};
//!
//! assert_eq!(ascending(&[2.0, -1.0, 2.0, 0.5]), [1, 3, 0, 2]);
//! assert_eq!(sorted_by(vec!["three", "one", "four"], |word| word.len() as f64), ["one", "four", "three"]);
//! ```

/// The places of these numbers in ascending order: -∞ first, of equal ones the earlier first; in the total order of IEEE 754,
/// in which -0 is before 0.
pub fn ascending(numbers: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..numbers.len()).collect();
    places.sort_unstable_by(|a, b| numbers[*a].total_cmp(&numbers[*b]).then(a.cmp(b)));
    places
}

/// These items, those of the smallest `key` first, of equal ones the earlier first.
pub fn sorted_by<T>(items: Vec<T>, key: impl Fn(&T) -> f64) -> Vec<T> {
    let keys: Vec<f64> = items.iter().map(key).collect();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    ascending(&keys).into_iter().filter_map(|place| items[place].take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_the_stable_order_of_the_standard_library() {
        // Many, with many that are equal: x ← 5 x + 3 modulo 257 passes through all remainders.
        let numbers: Vec<u32> = std::iter::successors(Some(1), |x| Some((5 * x + 3) % 257)).take(1_000).collect();
        let numbers: Vec<f64> = numbers.iter().map(|x| f64::from(x % 50) - 25.0).collect();
        let mut expected: Vec<(usize, f64)> = numbers.iter().copied().enumerate().collect();
        expected.sort_by(|a, b| a.1.total_cmp(&b.1));
        assert_eq!(ascending(&numbers), expected.iter().map(|(place, _)| *place).collect::<Vec<_>>());
        let items = numbers.iter().copied().enumerate().collect();
        assert_eq!(sorted_by(items, |(_, x)| *x), expected);
        assert_eq!(ascending(&[0.0, f64::NAN, -0.0, f64::NEG_INFINITY]), [3, 2, 0, 1]);
        assert!(ascending(&[]).is_empty());
    }
}
