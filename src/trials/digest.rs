//! The digests that prove two computations of a run, or of many, equal to the bit.

use sha2::{Digest, Sha256};

use crate::network::Mask;

/// The first 16 hex digits of SHA-256 over the little-endian f64 bytes of W (d × K, column after column, pruned
/// entries +0), given by its weights on `mask`.
pub fn digest(mask: &Mask, weights: &[f64]) -> String {
    let mut hasher = Sha256::new();
    for entry in mask.to_columns(weights) {
        hasher.update(entry.to_le_bytes());
    }
    sixteen_digits(hasher)
}

/// One for many runs: the first 16 hex digits of SHA-256 over the texts of their digests, in their order.
pub fn joint_digest<'a>(digests: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for digest in digests {
        hasher.update(digest.as_bytes());
    }
    sixteen_digits(hasher)
}

/// The same of any numbers, by their little-endian bytes.
pub fn digest_of_numbers<'a>(numbers: impl IntoIterator<Item = &'a f64>) -> String {
    let mut hasher = Sha256::new();
    numbers.into_iter().for_each(|number| hasher.update(number.to_le_bytes()));
    sixteen_digits(hasher)
}

fn sixteen_digits(hasher: Sha256) -> String {
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

    #[test]
    fn the_joint_digest_is_that_of_the_texts_in_their_order() {
        // python3: hashlib.sha256(b"f53a44ef5e665bbe" + b"0123456789abcdef").hexdigest()[:16]
        assert_eq!(joint_digest(["f53a44ef5e665bbe", "0123456789abcdef"]), "31a2c338b2cc900e");
    }
}
