//! Sentences about a link or an edit that had to be mended: which are shown at once.

use crate::language::tr;

/// Sentences that are shown without asking for more.
const FEW: usize = 2;

/// The sentences shown at once, and those that are folded under the words that follow, if any are.
pub fn folded(sentences: &[String]) -> (&[String], Option<(String, &[String])>) {
    let (first, further) = sentences.split_at(sentences.len().min(FEW));
    (first, (!further.is_empty()).then(|| (tr!("and {count} more", count = further.len()), further)))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn from_the_third_on_they_are_folded() {
        let sentences = ["a", "b", "c", "d"].map(str::to_owned);
        assert_eq!(folded(&sentences[..2]), (&sentences[..2], None));
        assert_eq!(folded(&sentences), (&sentences[..2], Some(("and 2 more".to_owned(), &sentences[2..]))));
    }
}
