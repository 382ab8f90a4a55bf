//! The digest that proves two computations of a run equal to the bit.

use sha2::{Digest, Sha256};

use crate::network::Mask;

/// The first 16 hex digits of SHA-256 over the little-endian f64 bytes of W (d × K, column after column, pruned
/// entries +0), given by its weights on `mask`.
pub fn digest(mask: &Mask, weights: &[f64]) -> String {
    let mut hasher = Sha256::new();
    for entry in mask.to_columns(weights) {
        hasher.update(entry.to_le_bytes());
    }
    hasher.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_digest_is_that_of_the_dense_bytes() {
        // python3: hashlib.sha256(struct.pack("<4d", 0, 1.5, -0.25, 0)).hexdigest()[:16]
        let mask = Mask::new(2, &[vec![1], vec![0]]);
        assert_eq!(digest(&mask, &[1.5, -0.25]), "f53a44ef5e665bbe");
    }
}
