//! Quartiles.

use libm::ceil;

use crate::order::ascending;

/// Lower quartile, median and upper quartile of `numbers`, linear between order statistics, as most libraries have it; none
/// without any.
pub fn quartiles(numbers: &[f64]) -> Option<[f64; 3]> {
    let sorted: Vec<f64> = ascending(numbers).into_iter().map(|place| numbers[place]).collect();
    let quantile = |share: f64| {
        let place = share * (sorted.len() - 1) as f64;
        let (low, high) = (sorted[place as usize], sorted[ceil(place) as usize]);
        low + (place - libm::floor(place)) * (high - low)
    };
    (!sorted.is_empty()).then(|| [0.25, 0.5, 0.75].map(quantile))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn they_lie_between_order_statistics() {
        assert_eq!(quartiles(&[4.0, 1.0, 3.0, 2.0]), Some([1.75, 2.5, 3.25]));
        assert_eq!(quartiles(&[7.0]), Some([7.0; 3]));
        assert_eq!(quartiles(&[]), None);
    }
}
