//! The samples that the theorems ask for, without what the paper leaves open: the constant in Ω, ε₀, ε₁, log q and log(1/ε).
//! Numbers to compare settings by, not numbers of samples.

/// (4) of Theorem 1, N = Ω(ε₁⁻² K⁴ r̃ log q): K⁴ r̃.
pub fn asked_by_theorem1(neurons: usize, effective_width: f64) -> f64 {
    power(neurons, 4) * effective_width
}

/// (8) of Theorem 2, N = Ω(ε₀⁻² K⁶ r̃ log q log(1/ε)): K⁶ r̃.
pub fn asked_by_theorem2(neurons: usize, effective_width: f64) -> f64 {
    power(neurons, 6) * effective_width
}

/// Lemma 1, N = Ω(ε₀⁻² K⁵ r_max log q): K⁵ r_max, r_max the largest number of weights of a neuron.
pub fn asked_by_lemma1(neurons: usize, largest_width: usize) -> f64 {
    power(neurons, 5) * largest_width as f64
}

fn power(neurons: usize, exponent: u32) -> f64 {
    neurons.pow(exponent) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_powers_are_those_of_the_paper() {
        assert_eq!(asked_by_theorem1(5, 40.0), 5.0 * 5.0 * 5.0 * 5.0 * 40.0);
        assert_eq!(asked_by_theorem2(2, 7.2), 64.0 * 7.2);
        assert_eq!(asked_by_lemma1(3, 11), 243.0 * 11.0);
        assert_eq!([asked_by_theorem1(1, 3.5), asked_by_theorem2(1, 3.5), asked_by_lemma1(1, 4)], [3.5, 3.5, 4.0]);
        // Twelve neurons of 500 weights each: the largest that there is.
        assert_eq!(asked_by_theorem2(12, 500.0), 2_985_984.0 * 500.0);
    }
}
