//! The digests that prove two computations of a run, or of many, equal to the bit.

use sha2::{Digest, Sha256};

use crate::network::Mask;
use crate::pause::Pause;

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

/// The same of any numbers, by their little-endian bytes, with pauses; `tell` is told how many bytes were gone through since it
/// was told last.
pub async fn digest_of_numbers(numbers: [&[f64]; 2], tell: impl Fn(usize), pause: &Pause) -> String {
    /// Numbers between two pauses; each costs as much as some hundred multiply-adds.
    const PIECE: usize = 1 << 12;
    let mut hasher = Sha256::new();
    for piece in numbers.into_iter().flat_map(|part| part.chunks(PIECE)) {
        piece.iter().for_each(|number| hasher.update(number.to_le_bytes()));
        tell(size_of_val(piece));
        pause.after(100 * piece.len() as u64).await;
    }
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
    fn the_digest_of_numbers_in_pieces_is_that_of_their_bytes() {
        let told = std::cell::Cell::new(0);
        let tell = |bytes| told.set(told.get() + bytes);
        let pause = Pause::when(1, || true);
        let of = |numbers: [&[f64]; 2]| crate::pause::finish(digest_of_numbers(numbers, tell, &pause));
        // As above: the same four numbers, in two parts.
        assert_eq!(of([&[0.0, 1.5], &[-0.25, 0.0]]), "f53a44ef5e665bbe");
        // python3: hashlib.sha256(numpy.arange(10000.0).tobytes()).hexdigest()[:16]
        let many: Vec<f64> = (0..10_000).map(f64::from).collect();
        assert_eq!(of([&many[..7000], &many[7000..]]), "25c01d90646ad58e");
        assert_eq!(told.get(), 8 * 10_004);
    }

    #[test]
    fn the_joint_digest_is_that_of_the_texts_in_their_order() {
        // python3: hashlib.sha256(b"f53a44ef5e665bbe" + b"0123456789abcdef").hexdigest()[:16]
        assert_eq!(joint_digest(["f53a44ef5e665bbe", "0123456789abcdef"]), "31a2c338b2cc900e");
    }
}
