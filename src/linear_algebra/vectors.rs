//! Vectors, with sums in the order of four lanes.

use super::lanes::{LANES, plus, sum, times};

/// a · b: entry i in lane i mod 4, the lanes in pairs.
#[inline(always)]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut lanes = a.iter().zip(b).fold([0.0; LANES], |lanes, (a, b)| plus(lanes, times(*a, *b)));
    for (lane, (a, b)) in lanes.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *lane += a * b;
    }
    sum(lanes)
}

/// |v|.
pub fn norm(v: &[f64]) -> f64 {
    dot(v, v).sqrt()
}

/// `to` += `factor` · v.
#[inline(always)]
pub fn add(to: &mut [f64], factor: f64, v: &[f64]) {
    for (to, v) in to.iter_mut().zip(v) {
        *to += factor * v;
    }
}

/// `factor` · v.
pub fn scaled(v: &[f64], factor: f64) -> Vec<f64> {
    v.iter().map(|v| factor * v).collect()
}

/// A fixed vector with no symmetry that an eigenvector of a mask could share: fractional parts of multiples of √2.
pub fn generic(size: usize) -> Vec<f64> {
    (1..=size).map(|i| (i as f64 * std::f64::consts::SQRT_2).fract() - 0.5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_rest_of_a_dot_product_falls_into_the_first_lanes() {
        let a: Vec<f64> = (1..=11).map(|i| (f64::from(i) * std::f64::consts::SQRT_2).fract()).collect();
        let mut lanes = [0.0; LANES];
        for (i, a) in a.iter().enumerate() {
            lanes[i % LANES] += a * a;
        }
        assert_eq!(dot(&a, &a), sum(lanes));
    }
}
