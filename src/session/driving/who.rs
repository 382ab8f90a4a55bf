//! Who may drive the lab: a page of the same origin, and the one that the address of the frame names. Whoever writes
//! that address decides; a page that happens to be around the lab is not heard, and nothing is told to it.

use crate::language::tr;
use crate::link::{decode, quoted};

/// The key in the address, before its `#`: there it stays when the frame is loaded again, while what follows the `#` is
/// written anew at each change.
const KEY: &str = "driver=";

/// The origin that may drive a page whose address has `query`, with or without its `?`; none where it names none.
///
/// # Errors
/// A sentence where what it names is no origin.
pub fn named_driver(query: &str) -> Result<Option<String>, String> {
    let pairs = query.trim_start_matches('?').split('&');
    let Some(text) = pairs.filter_map(|pair| pair.strip_prefix(KEY)).next_back() else { return Ok(None) };
    let text = decode(text);
    let origin = text.strip_suffix('/').unwrap_or(&text).to_ascii_lowercase();
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    if host.is_empty() || !host.chars().all(is_host) {
        return Err(tr!(
            "driver (the page that may drive this one) is {text}, but must be an origin such as https://slides.example; it \
             is ignored.",
            text = quoted(&text)
        ));
    }
    Ok(Some(origin))
}

/// Whether a page of `origin` may drive one of the origin `own` whose address names `named`. Pages without an origin of
/// their own, such as files, may not: an answer could not be sent to one of them alone.
pub fn may_drive(origin: &str, own: &str, named: Option<&str>) -> bool {
    origin.contains("://") && !origin.starts_with("file:") && (origin == own || named == Some(origin))
}

/// What is told, to the console alone, of a message by a page that may not drive.
pub fn refusal(origin: &str) -> String {
    if !origin.starts_with("http") {
        return "Winning Ticket does not follow messages of a page that was opened from a file; serve it by http."
            .to_owned();
    }
    format!(
        "Winning Ticket does not follow messages of {origin}; it does where the frame's address names it: \
         ?{KEY}{origin} before the #."
    )
}

/// The address without the name of a driver: who is sent a link is not driven.
pub fn without_driver(address: &str) -> String {
    let (page, fragment) = address.split_once('#').map_or((address, None), |(page, rest)| (page, Some(rest)));
    let Some((page, query)) = page.split_once('?') else { return address.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with(KEY)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    let fragment = fragment.map_or(String::new(), |fragment| format!("#{fragment}"));
    format!("{page}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_address_names_one_origin_and_nothing_wider() {
        let named = |query| named_driver(query);
        for (query, origin) in [
            ("?driver=https://slides.example", "https://slides.example"),
            ("driver=http%3A%2F%2F127.0.0.1%3A8000/", "http://127.0.0.1:8000"),
            ("?a=1&driver=https://a.org&driver=https://Slides.Example&b", "https://slides.example"),
            ("?driver=http://[::1]:80", "http://[::1]:80"),
        ] {
            assert_eq!(named(query), Ok(Some(origin.to_owned())), "{query}");
        }
        assert_eq!((named(""), named("?x=driver=1")), (Ok(None), Ok(None)));
        for query in [
            "driver=",
            "driver=*",
            "driver=null",
            "driver=https://",
            "driver=https://a.org/deck",
            "driver=file:///x",
            "driver=https://*.a.org",
            "driver=https://a@b",
        ] {
            let told = named(query).expect_err(query);
            assert!(told.starts_with("driver (the page that may drive this one) is "), "{told}");
        }
    }

    #[test]
    fn the_own_origin_may_drive_and_another_only_by_its_name() {
        let (own, other) = ("https://lab.example", "https://slides.example");
        assert!(may_drive(own, own, None) && may_drive(own, own, Some(other)) && may_drive(other, own, Some(other)));
        assert!(!may_drive(other, own, None) && !may_drive("https://slides.example.evil.org", own, Some(other)));
        for opaque in ["null", "", "file://"] {
            assert!(!may_drive(opaque, opaque, Some(opaque)), "{opaque}");
        }
        assert!(refusal(other).contains("?driver=https://slides.example before"));
        assert!(refusal("null").contains("from a file"));
    }

    #[test]
    fn a_copied_address_does_not_name_the_driver() {
        for (address, without) in [
            ("https://x.org/?driver=https://a.org#v=1", "https://x.org/#v=1"),
            ("https://x.org/?page=2&driver=a#v=1?driver=b", "https://x.org/?page=2#v=1?driver=b"),
            ("https://x.org/?page=2", "https://x.org/?page=2"),
            ("https://x.org/#v=1", "https://x.org/#v=1"),
        ] {
            assert_eq!(without_driver(address), without);
        }
    }
}
