//! The digest of a moment in words, and whether it is what the sender of a link saw.

use crate::language::tr;
use crate::link::Link;
use crate::spec::EPOCH;

/// Beside the digest: whether this is what the sender of the link saw; nothing where the link did not say.
pub fn verdict(sent: Option<&Link>, digest: &str) -> &'static str {
    match sent.and_then(|sent| sent.digest.as_ref()) {
        None => "",
        Some(theirs) if theirs == digest => tr!("same ✓ as the link"),
        Some(_) => tr!("differs ✗ from link"),
    }
}

/// In what this moment differs from what the sender of the link saw, if it does.
pub fn mismatch(sent: &Link, digest: &str) -> Option<String> {
    let theirs = sent.digest.as_ref().filter(|theirs| *theirs != digest)?;
    let (theirs, here) = (in_fours(theirs), in_fours(digest));
    Some(match sent.bits {
        Some(bits) if bits == EPOCH => tr!(
            "The link’s digest of this moment is {theirs}; here it is {here}: not the same bits, though both are of bits \
             epoch {epoch}.",
            theirs,
            here,
            epoch = EPOCH
        ),
        Some(bits) => tr!(
            "The link’s digest of this moment, {theirs}, is of bits epoch {bits}; here it is {here}, of bits epoch \
             {epoch}: another computation, whose bits may differ.",
            theirs,
            bits,
            here,
            epoch = EPOCH
        ),
        None => tr!(
            "The link’s digest of this moment, {theirs}, is without a bits epoch; here it is {here}, of bits epoch \
             {epoch}: another computation, whose bits may differ.",
            theirs,
            here,
            epoch = EPOCH
        ),
    })
}

/// A digest in groups of four digits.
pub fn in_fours(digest: &str) -> String {
    let groups: Vec<&str> = [0, 4, 8, 12].iter().filter_map(|at| digest.get(*at..at + 4)).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_digest_is_compared_with_the_links_where_it_has_one() {
        let (ours, theirs) = ("0123456789abcdef", "0123456789abcdee");
        let sent = |digest: Option<&str>| Link { digest: digest.map(str::to_owned), ..Link::default() };
        assert_eq!((verdict(None, ours), verdict(Some(&sent(None)), ours)), ("", ""));
        assert_eq!(verdict(Some(&sent(Some(ours))), ours), "same ✓ as the link");
        assert_eq!(verdict(Some(&sent(Some(theirs))), ours), "differs ✗ from link");
        assert_eq!((mismatch(&sent(None), ours), mismatch(&sent(Some(ours)), ours)), (None, None));
        let sentence = mismatch(&sent(Some(theirs)), ours).expect("they differ");
        assert!(sentence.contains("0123 4567 89ab cdee, is without a bits epoch; here it is 0123 4567 89ab cdef, of"));
        let of = |bits| mismatch(&Link { bits: Some(bits), ..sent(Some(theirs)) }, ours).expect("they differ");
        assert!(of(EPOCH).contains("not the same bits"), "{}", of(EPOCH));
        assert!(of(EPOCH + 1).contains("another computation"), "{}", of(EPOCH + 1));
    }

    #[test]
    fn before_a_run_is_set_up_there_is_no_digest() {
        assert_eq!(in_fours(""), "");
    }
}
