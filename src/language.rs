//! The language in which everything is said. A sentence stands in English where it is said, as a message; what another
//! language makes of it stands in that language's catalogue, `www/languages`, under its English words. Nothing but
//! words differs: keys, flags, links, files and digests are the same in each.
//!
//! ```text
//! let (kept, all) = (38, 100);
//! tr!("{kept} of {all} are kept", kept, all); // a String: "38 of 100 are kept"
//! tr!("kept"); // a &'static str
//! // In a table, which is there before any language is chosen:
//! const NAME: &str = message!("Effective width");
//! translate(NAME);
//! ```

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::sync::OnceLock;

use serde::Deserialize;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The one in which the messages are written.
    #[default]
    English,
    /// From the catalogue `de.json`.
    German,
}

impl Language {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// As links, files and documents call it (BCP 47).
    pub fn key(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// As its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The one of that key, or of a key with a region, `de-AT`.
    pub fn by_key(key: &str) -> Option<Self> {
        let language = key.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.key().eq_ignore_ascii_case(language))
    }
}

/// A language's own words.
#[derive(Debug, Default, Deserialize)]
pub struct Catalogue {
    /// Of the document's own text, by the English one.
    pub page: BTreeMap<String, String>,
    /// Of what the program says, by the message.
    pub messages: BTreeMap<String, String>,
}

impl Catalogue {
    /// Reads a file of `www/languages`; none if it is none.
    pub fn read(json: &[u8]) -> Option<Self> {
        serde_json::from_str(std::str::from_utf8(json).ok()?).ok()
    }
}

static SPOKEN: OnceLock<(Language, BTreeMap<String, String>)> = OnceLock::new();

/// From now on everything is said in this language, with these messages. It is chosen once, before anything is said: what
/// chooses another one starts again.
pub fn speak(language: Language, messages: BTreeMap<String, String>) {
    // Who is asked a second time goes on as before.
    let _ = SPOKEN.set((language, messages));
}

/// The language in which everything is said.
pub fn spoken() -> Language {
    SPOKEN.get().map_or(Language::English, |(language, _)| *language)
}

/// The messages of the language that is spoken; none in English.
pub fn messages() -> Option<&'static BTreeMap<String, String>> {
    SPOKEN.get().map(|(_, messages)| messages)
}

/// What the language makes of a message; the message itself in English.
pub fn translate(message: &'static str) -> &'static str {
    messages().and_then(|messages| messages.get(message)).map_or(message, String::as_str)
}

/// A message in the language, each `{name}` in it replaced by the value at the place of that name in `names`. [`tr!`](crate::language::tr) calls it.
pub fn fill(message: &'static str, names: &[&str], values: &[&dyn Display]) -> String {
    let mut said = String::new();
    let mut rest = translate(message);
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        said.push_str(before);
        // Doubled, it stands for itself.
        if from[1..].starts_with(&from[..1]) {
            said.push_str(&from[..1]);
            rest = &from[2..];
            continue;
        }
        let name = from.trim_start_matches('{').split('}').next().unwrap_or_default();
        if let Some((_, value)) = names.iter().zip(values).find(|(known, _)| **known == name) {
            write!(said, "{value}").expect("a text takes more");
        }
        rest = from.get(name.len() + 2..).unwrap_or_default();
    }
    said.push_str(rest);
    said
}

/// A sentence, or a part of one, in the language that is spoken: `tr!("words")` is a `&'static str`, `tr!("{n} words",
/// n = 2)` a `String`, and `n` alone stands for `n = n`. A value is written as it displays itself; other formats are made
/// before, for a translator does not know them.
macro_rules! tr {
    ($message:literal) => {
        $crate::language::translate($message)
    };
    ($message:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        // The compiler holds the names against the message.
        let _ = || { let _ = ::std::format_args!($message, $($name = ""),+); };
        $crate::language::fill(
            $message,
            &[$(::std::stringify!($name)),+],
            &[$(&$crate::language::value!($name $(= $value)?) as &dyn ::std::fmt::Display),+],
        )
    }};
}

/// A message that is said later, by [`translate`]: for tables and constants.
macro_rules! message {
    ($message:literal) => {
        $message
    };
}

/// The value of `name = value`, or of `name` alone.
macro_rules! value {
    ($name:ident) => {
        $name
    };
    ($name:ident = $value:expr) => {
        $value
    };
}

pub(crate) use {message, tr, value};

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn values_take_their_places_and_braces_can_be_written() {
        let first = 3;
        assert_eq!(tr!("{first} of {all}", first, all = 1.5 + 1.0), "3 of 2.5");
        assert_eq!(fill("{{{x}}} – {x} – {y}", &["x", "y"], &[&1, &"ä"]), "{1} – 1 – ä");
        assert_eq!(fill("no places", &[], &[]), "no places");
    }

    #[test]
    fn a_language_is_known_by_its_key_also_with_a_region() {
        let known = ["en", "de", "de-AT", "EN-gb", "fr", ""].map(Language::by_key);
        let (english, german) = (Some(Language::English), Some(Language::German));
        assert_eq!(known, [english, german, german, english, None, None]);
    }
}
