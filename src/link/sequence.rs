//! A sequence of scenes that somebody has composed: in one link, and in a file.
//!
//! In a link, `sequence=` has the scenes' own fragments, in each `%` and `&` percent-encoded, with `~` between two of them; `at=`
//! says which of them is shown. A file is JSON and names its version.

use serde_json::{Value, json};

use super::{Link, quoted, read};
use crate::language::tr;
use crate::notation::grouped;

/// Scenes of a sequence, at most.
pub const MOST_SCENES: usize = 40;
/// Bytes of a file, at most.
pub const LARGEST_FILE: usize = 1 << 20;
/// The version of the file's format.
const FILE_VERSION: u64 = 1;
/// What a file that is none of ours lacks.
const FILE_KEY: &str = "winning_ticket_sequence";

/// Scenes in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sequence {
    /// Each scene: a moment of a run on its stage. It is in no lecture, and has no sequence of its own.
    pub scenes: Vec<Link>,
    /// Which of them is shown; none while they are only put together.
    pub at: Option<usize>,
}

impl Sequence {
    /// A link as a scene of a sequence.
    pub fn scene(link: Link) -> Link {
        Link { scene: None, sequence: Self::default(), ..link }
    }

    /// Reads it from the values of a link, with a sentence for each thing that could not be taken as it stood.
    pub(super) fn read<'a>(value_of: impl Fn(&str) -> Option<&'a str>, notices: &mut Vec<String>) -> Self {
        let Some(text) = value_of("sequence") else { return Self::default() };
        let fragments: Vec<&str> = text.split('~').filter(|fragment| !fragment.is_empty()).collect();
        if fragments.len() > MOST_SCENES {
            notices.push(tr!(
                "sequence has {count} scenes, but must have at most {most}; the first {most} are used.",
                count = grouped(fragments.len()),
                most = MOST_SCENES
            ));
        }
        let mut scenes = Vec::new();
        for (place, fragment) in fragments.into_iter().take(MOST_SCENES).enumerate() {
            let (link, told) = read(fragment, true);
            let of_scene = |sentence| tr!("Scene {number}: {sentence}", number = place + 1, sentence);
            notices.extend(told.into_iter().map(of_scene));
            scenes.push(Self::scene(link));
        }
        let last = scenes.len();
        let at = value_of("at").filter(|_| last > 0).map(|text| {
            let at = text.parse::<usize>().ok().filter(|at| (1..=last).contains(at));
            if at.is_none() {
                notices.push(tr!(
                    "at (the scene shown) is {value}, but must be a whole number from 1 to {last}; 1 is used.",
                    value = quoted(text),
                    last
                ));
            }
            at.unwrap_or(1) - 1
        });
        Self { scenes, at }
    }

    /// As a link has it after its other values; nothing of a sequence without scenes.
    pub(super) fn fragment(&self) -> String {
        if self.scenes.is_empty() {
            return String::new();
        }
        let nested = |scene: &Link| scene.fragment().replace('%', "%25").replace('&', "%26");
        let scenes: Vec<String> = self.scenes.iter().map(nested).collect();
        let at = self.at.map_or(String::new(), |at| format!("&at={}", at + 1));
        format!("&sequence={}{at}", scenes.join("~"))
    }

    /// The fragment of a link to the sequence alone, which opens with its first scene.
    pub fn alone(&self) -> String {
        let scenes = Self { scenes: self.scenes.clone(), at: None };
        format!("v={}{}", super::VERSION, scenes.fragment())
    }

    /// As a file.
    pub fn file(&self) -> String {
        let scenes: Vec<Value> = self.scenes.iter().map(scene_of_file).collect();
        let file = json!({ FILE_KEY: FILE_VERSION, "scenes": scenes });
        let mut text = serde_json::to_string_pretty(&file).expect("plain data");
        text.push('\n');
        text
    }

    /// The sequence of such a file.
    ///
    /// # Errors
    /// A sentence, where it is none or one of its values is not as it has to be.
    pub fn of_file(text: &str) -> Result<Self, String> {
        if text.len() > LARGEST_FILE {
            return Err(too_large(text.len()));
        }
        let no_json = tr!("The file is no JSON, but must be a sequence saved by this page; the file was not opened.");
        let file: Value = serde_json::from_str(text).map_err(|_| no_json.to_owned())?;
        let version = &file[FILE_KEY];
        if version.as_u64() != Some(FILE_VERSION) {
            return Err(tr!(
                "{key} (the file’s version) is {version}, but must be {known}; the file was not opened.",
                key = FILE_KEY,
                version = shown(version),
                known = FILE_VERSION
            ));
        }
        let scenes = file["scenes"].as_array().filter(|scenes| (1..=MOST_SCENES).contains(&scenes.len()));
        let Some(scenes) = scenes else {
            let found = file["scenes"].as_array().map_or(shown(&file["scenes"]), |scenes| grouped(scenes.len()));
            return Err(tr!(
                "scenes is {found}, but must be a list of 1 to {most} scenes; the file was not opened.",
                found,
                most = MOST_SCENES
            ));
        };
        let mut read_scenes = Vec::new();
        for (place, scene) in scenes.iter().enumerate() {
            let of_scene = |told| tr!("Scene {number}: {told}; the file was not opened.", number = place + 1, told);
            read_scenes.push(scene_from_file(scene).map_err(of_scene)?);
        }
        Ok(Self { scenes: read_scenes, at: None })
    }
}

/// What is said of a file of so many bytes, where they are too many.
pub fn too_large(bytes: usize) -> String {
    tr!(
        "The file has {bytes} bytes, but must have at most {most}; the file was not opened.",
        bytes = grouped(bytes),
        most = grouped(LARGEST_FILE)
    )
}

/// A scene of a file: title and note where somebody reads or edits them, the rest as a link.
fn scene_of_file(scene: &Link) -> Value {
    let mut link = scene.clone();
    let (title, note) = (std::mem::take(&mut link.stage.title), std::mem::take(&mut link.stage.note));
    json!({ "title": title, "note": note, "link": link.fragment() })
}

/// The scene that stands so in a file; a sentence without its end if it does not.
fn scene_from_file(scene: &Value) -> Result<Link, String> {
    let text = |key: &str, may_lack: bool| match &scene[key] {
        Value::String(text) => Ok(text.clone()),
        Value::Null if may_lack => Ok(String::new()),
        other => Err(tr!("{key} is {value}, but must be a text", key, value = shown(other))),
    };
    let (title, note, fragment) = (text("title", true)?, text("note", true)?, text("link", false)?);
    let (mut link, notices) = read(&fragment, true);
    // Each such sentence ends with what a link would do about it, in every language behind a semicolon.
    let without_end =
        |sentence: &String| sentence.rsplit_once("; ").map_or(sentence.clone(), |(told, _)| told.to_owned());
    if let Some(sentence) = notices.first() {
        return Err(without_end(sentence));
    }
    for (key, given, longest, place) in [
        ("title", title, super::stage::LONGEST_TITLE, &mut link.stage.title),
        ("note", note, super::stage::LONGEST_NOTE, &mut link.stage.note),
    ] {
        let line = super::stage::in_one_line(&given);
        let length = line.chars().count();
        if length > longest {
            return Err(tr!("{key} has {length} characters, but must have at most {longest}", key, length, longest));
        }
        if !line.is_empty() {
            *place = line;
        }
    }
    Ok(Sequence::scene(link))
}

/// A value of a file as a sentence can hold it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => tr!("missing").to_owned(),
        Value::String(text) => quoted(text),
        other => quoted(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::link::stage::{Parts, Stage};
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn sequence() -> Sequence {
        let scene = |title: &str, hidden: &[&str], width: f64| {
            let stage =
                Stage { title: title.to_owned(), hidden: Parts::of(hidden.iter().copied()), ..Stage::default() };
            Link { stage, ..Link::from(Spec { effective_width: width, ..Spec::default() }) }
        };
        let scenes = vec![scene("50 % & more ~ “less” #1", &["disc"], 50.0), scene("", &[], 20.0)];
        Sequence { scenes, at: Some(1) }
    }

    #[test]
    fn a_link_and_a_file_give_back_their_sequence() {
        let sequence = sequence();
        let link = Link { sequence: sequence.clone(), ..Link::from(Spec::default()) };
        assert_eq!(parse(&link.fragment()), (link, vec![]));
        let (alone, notices) = parse(&sequence.alone());
        let unshown = Sequence { at: None, ..sequence };
        assert_eq!((&alone.sequence, notices.len()), (&unshown, 0));
        assert_eq!(Sequence::of_file(&unshown.file()), Ok(unshown));
    }

    #[test]
    fn a_bad_sequence_in_a_link_is_told_scene_by_scene() {
        let (link, notices) = parse("sequence=v=1%26r=500~v=1%26hide=foo%26seed=2&at=3");
        assert_eq!((link.sequence.scenes.len(), link.sequence.at), (2, Some(0)));
        assert_eq!(notices[0], "Scene 1: r̃ (effective width) is 500, but must be a number from 1 to 100; 100 is used.");
        assert!(notices[1].starts_with("Scene 2: hide (what is left out) has foo"), "{notices:?}");
        assert_eq!(notices[2], "at (the scene shown) is 3, but must be a whole number from 1 to 2; 1 is used.");
        let (link, notices) = parse(&format!("sequence={}", "v=1~".repeat(50)));
        assert_eq!(link.sequence.scenes.len(), MOST_SCENES);
        assert_eq!(notices, ["sequence has 50 scenes, but must have at most 40; the first 40 are used."]);
    }

    #[test]
    fn a_sequence_has_none_in_its_scenes_however_deep_somebody_nests_them() {
        let deep = (0..200).fold("v=1".to_owned(), |inner, _| {
            format!(
                "sequence={}",
                inner.replace('%', "%25").replace('&', "%26").chars().take(20_000).collect::<String>()
            )
        });
        let (link, _) = parse(&deep);
        assert!(link.sequence.scenes.iter().all(|scene| scene.sequence == Sequence::default()));
    }

    #[test]
    fn a_bad_file_gets_one_sentence() {
        for (file, sentence) in [
            ("", "The file is no JSON, but must be a sequence saved by this page; the file was not opened."),
            ("{}", "winning_ticket_sequence (the file’s version) is missing, but must be 1; the file was not opened."),
            (
                r#"{"winning_ticket_sequence": 2, "scenes": []}"#,
                "winning_ticket_sequence (the file’s version) is 2, but must be 1; the file was not opened.",
            ),
            (
                r#"{"winning_ticket_sequence": 1, "scenes": []}"#,
                "scenes is 0, but must be a list of 1 to 40 scenes; the file was not opened.",
            ),
            (
                r#"{"winning_ticket_sequence": 1, "scenes": [{"link": "v=1"}, {"title": 7, "link": "v=1"}]}"#,
                "Scene 2: title is 7, but must be a text; the file was not opened.",
            ),
            (
                r#"{"winning_ticket_sequence": 1, "scenes": [{"title": "x"}]}"#,
                "Scene 1: link is missing, but must be a text; the file was not opened.",
            ),
            (
                r#"{"winning_ticket_sequence": 1, "scenes": [{"link": "v=1&r=500"}]}"#,
                "Scene 1: r̃ (effective width) is 500, but must be a number from 1 to 100; the file was not opened.",
            ),
        ] {
            assert_eq!(Sequence::of_file(file), Err(sentence.to_owned()));
        }
        let long =
            format!(r#"{{"winning_ticket_sequence":1,"scenes":[{{"link":"v=1","note":"{}"}}]}}"#, "a".repeat(300));
        assert_eq!(
            Sequence::of_file(&long),
            Err("Scene 1: note has 300 characters, but must have at most 280; the file was not opened.".to_owned())
        );
    }
}
