//! The stage: how a moment is put before those who look at it. Its title and note, what is left out, which pictures take
//! the room, whether it stands in another page, and what a projector needs.
//!
//! ```
//! use winning_ticket::link::parse;
//!
//! let (link, notices) = parse("v=1&seed=1&hide=disc,N&large=1&title=Prune%20first");
//! assert_eq!((link.stage.title.as_str(), link.stage.large, notices.len()), ("Prune first", true, 0));
//! assert_eq!(link.stage.hidden.to_string(), "N,disc");
//! ```

use std::fmt;

use super::quoted;
use crate::language::{Language, message, tr};
use crate::spec::fields::FIELDS;

/// Characters of a title, at most.
pub const LONGEST_TITLE: usize = 80;
/// Characters of a note, at most.
pub const LONGEST_NOTE: usize = 280;

/// What can be left out besides the control of each field, which has the field's key: as links spell it, and in words.
pub const PARTS: [(&str, &str); 23] = [
    ("controls", message!("all parameters")),
    ("compare", message!("Compare")),
    ("more", message!("More parameters")),
    ("hint", message!("the hint above the sliders")),
    ("lights", message!("Assumptions")),
    ("transport", message!("Play, speed and clock")),
    ("error", message!("Relative error")),
    ("disc", message!("Convex region")),
    ("masks", message!("Mask overlap")),
    ("shared", message!("Shared features")),
    ("network", message!("Network")),
    ("width", message!("r̃ by (5)")),
    ("tables", message!("Data as tables")),
    ("status", message!("the sentence below the pictures")),
    ("digest", message!("Digest, Copy link and Save")),
    ("theory", message!("Theory beside measurement")),
    ("scenes", message!("Scenes of a lecture")),
    ("figures", message!("The paper’s figures")),
    ("search", message!("Finding the mask")),
    ("map", message!("Map")),
    ("terms", message!("Terms and licence at the end")),
    ("masthead", message!("Title of the page")),
    ("menu", message!("Present")),
];

/// The pictures, of which some can take the room of all.
pub const PICTURES: [&str; 4] = ["error", "disc", "masks", "network"];
/// What stands beside the masks, and stays there only where they have all the room.
const WITH_THE_MASKS: [&str; 2] = ["shared", "width"];

/// The key of each part, in the order of the page: the fields' first.
fn keys() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|field| field.key).chain(PARTS.iter().map(|(key, _)| *key))
}

/// Parts of the page, each once, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts(Vec<&'static str>);

impl Parts {
    /// Those of `wanted` that there are.
    pub fn of<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        let wanted: Vec<&str> = wanted.into_iter().collect();
        Self(keys().filter(|key| wanted.contains(key)).collect())
    }

    /// Whether this part is among them.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains(&key)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their keys.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().copied()
    }

    /// Those that the list `text` of the key `name` has, among `known`, with a sentence for each other one.
    fn read(text: &str, name: &str, known: &[&'static str], notices: &mut Vec<String>) -> Self {
        let named: Vec<&str> = text.split(',').map(str::trim).filter(|key| !key.is_empty()).collect();
        for unknown in named.iter().filter(|key| !known.contains(key)) {
            notices.push(tr!(
                "{name} has {unknown}, but must be a list of {known}; it is ignored.",
                name,
                unknown = quoted(unknown),
                known = known.join(", ")
            ));
        }
        Self::of(named.into_iter().filter(|key| known.contains(key)))
    }
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0.join(","))
    }
}

/// How a moment is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// What stands above the lab; at most [`LONGEST_TITLE`] characters in one line.
    pub title: String,
    /// What is said below the title; at most [`LONGEST_NOTE`] characters in one line.
    pub note: String,
    /// What is left out.
    pub hidden: Parts,
    /// Which of [`PICTURES`] share the room of all; none: they stand as usual.
    pub enlarged: Parts,
    /// Whether it stands in another page: without a masthead, without links that lead out, with nothing below the lab.
    pub embedded: bool,
    /// For projectors: larger text in the pictures.
    pub large: bool,
    /// For projectors: thicker lines.
    pub thick: bool,
    /// For projectors: darker ink on light paper, lighter on dark.
    pub contrast: bool,
    /// The language that somebody has chosen; none: that of the reader's browser.
    pub language: Option<Language>,
}

impl Stage {
    /// What is not to be seen: what is hidden, and where some pictures take the room, the others.
    pub fn left_out(&self) -> Parts {
        if self.enlarged.is_empty() {
            return self.hidden.clone();
        }
        let others = PICTURES.into_iter().filter(|picture| !self.enlarged.has(picture));
        let with_the_masks = WITH_THE_MASKS.into_iter().filter(|_| self.enlarged.to_string() != "masks");
        // Who enlarges what is hidden wants to see it.
        let hidden = self.hidden.iter().filter(|key| !self.enlarged.has(key));
        Parts::of(hidden.chain(others).chain(with_the_masks))
    }

    /// The stage without what belongs to one scene: as the window stands there.
    #[must_use]
    pub fn of_the_window(&self) -> Self {
        let Self { embedded, large, thick, contrast, language, .. } = *self;
        Self { embedded, large, thick, contrast, language, ..Self::default() }
    }

    /// A scene's stage in a window that has this one.
    #[must_use]
    pub fn with_scene(&self, scene: &Self) -> Self {
        Self {
            embedded: self.embedded || scene.embedded,
            large: self.large || scene.large,
            thick: self.thick || scene.thick,
            contrast: self.contrast || scene.contrast,
            language: self.language.or(scene.language),
            ..scene.clone()
        }
    }

    /// Reads it from the values of a link, with a sentence for each thing that could not be taken as it stood.
    pub(super) fn read<'a>(value_of: impl Fn(&str) -> Option<&'a str>, notices: &mut Vec<String>) -> Self {
        let every: Vec<&'static str> = keys().collect();
        let mut stage = Self {
            title: text_of("title", value_of("title").unwrap_or_default(), LONGEST_TITLE, notices),
            note: text_of("note", value_of("note").unwrap_or_default(), LONGEST_NOTE, notices),
            hidden: Parts::read(value_of("hide").unwrap_or_default(), tr!("hide (what is left out)"), &every, notices),
            enlarged: Parts::read(
                value_of("enlarge").unwrap_or_default(),
                tr!("enlarge (the pictures that take the room)"),
                &PICTURES,
                notices,
            ),
            ..Self::default()
        };
        for (key, meaning, switch) in [
            ("embed", tr!("within another page"), &mut stage.embedded),
            ("large", tr!("larger text in the pictures"), &mut stage.large),
            ("thick", tr!("thicker lines"), &mut stage.thick),
            ("contrast", tr!("stronger contrast"), &mut stage.contrast),
        ] {
            match value_of(key) {
                None | Some("0") => {}
                Some("1") => *switch = true,
                Some(text) => {
                    notices.push(tr!(
                        "{key} ({meaning}) is {value}, but must be 0 or 1; 0 is used.",
                        key,
                        meaning,
                        value = quoted(text)
                    ));
                }
            }
        }
        if let Some(text) = value_of("lang") {
            stage.language = Language::by_key(text);
            if stage.language.is_none() {
                let keys = Language::ALL.map(Language::key).join(", ");
                notices.push(tr!(
                    "lang (the language) is {text}, but must be one of {keys}; it is ignored.",
                    text = quoted(text),
                    keys
                ));
            }
        }
        stage
    }
}

impl fmt::Display for Stage {
    /// As a link has it after its other values: `&hide=disc&title=…`; nothing of what is as usual.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (key, parts) in [("hide", &self.hidden), ("enlarge", &self.enlarged)] {
            if !parts.is_empty() {
                write!(f, "&{key}={parts}")?;
            }
        }
        let switches =
            [("embed", self.embedded), ("large", self.large), ("thick", self.thick), ("contrast", self.contrast)];
        for (key, _) in switches.into_iter().filter(|(_, on)| *on) {
            write!(f, "&{key}=1")?;
        }
        if let Some(language) = self.language {
            write!(f, "&lang={}", language.key())?;
        }
        for (key, text) in [("title", &self.title), ("note", &self.note)] {
            if !text.is_empty() {
                write!(f, "&{key}={}", encoded(text))?;
            }
        }
        Ok(())
    }
}

/// A text in one line, without anything that is not to be seen.
pub fn in_one_line(text: &str) -> String {
    let seen: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title or note of at most `longest` characters, with a sentence if it had more.
fn text_of(key: &str, text: &str, longest: usize, notices: &mut Vec<String>) -> String {
    let line = in_one_line(text);
    let length = line.chars().count();
    if length <= longest {
        return line;
    }
    notices.push(tr!(
        "{key} has {length} characters, but must have at most {longest}; the first {longest} are used.",
        key,
        length,
        longest
    ));
    in_one_line(&line.chars().take(longest).collect::<String>())
}

/// Percent-encoding of all but letters without accents, digits, and `-`, `.`, `_`.
fn encoded(text: &str) -> String {
    // Who finds a link in a text takes the full stop after it for the text's own.
    let (text, stop) = text.strip_suffix('.').map_or((text, ""), |text| (text, "%2E"));
    let encoded = text.bytes().fold(String::new(), |encoded, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            encoded + char::from(byte).encode_utf8(&mut [0])
        }
        _ => format!("{encoded}%{byte:02X}"),
    });
    encoded + stop
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_full_stop_at_the_end_is_no_end_of_a_sentence_around_the_link() {
        assert_eq!((encoded("a. b."), encoded("."), encoded("")), ("a.%20b%2E".into(), "%2E".into(), String::new()));
    }

    #[test]
    fn every_part_has_a_key_of_its_own_and_pictures_are_parts() {
        let all: Vec<&str> = keys().collect();
        for (place, key) in all.iter().enumerate() {
            assert!(!all[..place].contains(key), "{key} names two parts");
        }
        assert!(PICTURES.iter().chain(&WITH_THE_MASKS).all(|key| all.contains(key)));
    }

    #[test]
    fn pictures_that_take_the_room_leave_the_others_out() {
        let stage = |enlarged: &[&str], hidden: &[&str]| Stage {
            enlarged: Parts::of(enlarged.iter().copied()),
            hidden: Parts::of(hidden.iter().copied()),
            ..Stage::default()
        };
        assert_eq!(stage(&[], &["N", "disc"]).left_out().to_string(), "N,disc");
        assert_eq!(
            stage(&["disc"], &["disc", "lights"]).left_out().to_string(),
            "lights,error,masks,shared,network,width"
        );
        assert_eq!(stage(&["masks"], &[]).left_out().to_string(), "error,disc,network");
        assert_eq!(stage(&["masks", "error"], &[]).left_out().to_string(), "disc,shared,network,width");
    }

    #[test]
    fn what_a_link_cannot_put_on_the_stage_is_told() {
        for (fragment, kept, sentence) in [
            (
                "hide=disc,foo",
                "&hide=disc",
                "hide (what is left out) has foo, but must be a list of r, paint, N, K, beta, ",
            ),
            (
                "enlarge=lights,error",
                "&enlarge=error",
                "enlarge (the pictures that take the room) has lights, but must be a list of error, disc, masks, network; it is ignored.",
            ),
            ("embed=yes", "", "embed (within another page) is yes, but must be 0 or 1; 0 is used."),
            ("thick=2&large=1", "&large=1", "thick (thicker lines) is 2, but must be 0 or 1; 0 is used."),
            ("lang=fr&large=1", "&large=1", "lang (the language) is fr, but must be one of en, de; it is ignored."),
        ] {
            let (link, notices) = parse(fragment);
            assert_eq!(link.stage.to_string(), kept, "{fragment}");
            assert!(notices.len() == 1 && notices[0].starts_with(sentence), "{notices:?}");
        }
        let (link, notices) = parse(&format!("title={}", "ä".repeat(95)));
        assert_eq!(link.stage.title, "ä".repeat(80));
        assert_eq!(notices, ["title has 95 characters, but must have at most 80; the first 80 are used."]);
    }

    #[test]
    fn a_scene_keeps_what_its_window_needs() {
        let window = Stage { large: true, title: "before".to_owned(), ..Stage::default() };
        let scene = Stage { title: "after".to_owned(), contrast: true, ..Stage::default() };
        let both = window.with_scene(&scene);
        assert_eq!((both.title.as_str(), both.large, both.contrast, both.thick), ("after", true, true, false));
        assert_eq!(both.of_the_window(), Stage { large: true, contrast: true, ..Stage::default() });
    }
}
