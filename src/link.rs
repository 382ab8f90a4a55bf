//! A Spec and a moment of its run as the fragment of a link, and back.
//!
//! `#v=1&r=38&T=1000&seed=1`: what equals [`LEFT_OUT`] is left out, except the seed. Nothing that stands in a link can fail: unknown keys
//! are ignored, numbers out of range are moved to the nearest accepted one, unreadable ones leave what an equal
//! key before them says, or else the default, and each of these is told in a sentence.
//!
//! ```
//! use winning_ticket::link::{Link, parse};
//!
//! let (link, notices) = parse("#v=1&r=60&K=13&seed=3");
//! assert_eq!((link.spec.effective_width, link.spec.neurons), (60.0, 12));
//! assert_eq!(notices, ["K (neurons) is 13, but must be a whole number from 1 to 12; 12 is used."]);
//! assert_eq!(link.fragment(), "v=1&r=60&K=12&seed=3");
//! ```

mod command;
pub mod scene;
pub mod sequence;
pub mod stage;
mod wish;

pub use command::{command, command_on_data};
pub use sequence::Sequence;
pub use stage::Stage;
pub use wish::Wish;

use crate::language::{tr, translate};
use crate::notation::{grouped, number};
use crate::pruning::{Asked, Bad, Pruning};
use crate::spec::fields::{FIELDS, Field, Value};
use crate::spec::{Batches, LearnerMask, Overlap, Painted, Spec, Start, StepSize, Twin};

/// The version of the link's format; the page says so when a link was made by a newer one.
pub const VERSION: u32 = 1;

/// What a link of version 1 means by the keys that it leaves out. It never changes, whatever the page opens with, so that
/// a link shows the same run for ever.
pub const LEFT_OUT: Spec = Spec {
    effective_width: 40.0,
    samples: 500,
    neurons: 5,
    momentum: 0.9,
    dimension: 100,
    step_size: StepSize::Auto,
    noise: 0.0,
    start_distance: 0.5,
    start: Start::Ball,
    overlap: Overlap::Shared,
    joined: 1,
    spread: false,
    mask: LearnerMask::Exact,
    missed: 0.0,
    extra: 0.0,
    painted: Painted::none(),
    batches: Batches::Whole,
    seed: 1,
    start_seed: 0,
    trial: 0,
    max_steps: 10_000,
};

/// What a link holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// The run.
    pub spec: Spec,
    /// The step shown, at most the Spec's cap.
    pub step: Option<usize>,
    /// The digest of W at that step, as the sender saw it: 16 hex digits.
    pub digest: Option<String>,
    /// The bits epoch of the program that the sender saw it with ([`EPOCH`](crate::spec::EPOCH)).
    pub bits: Option<u32>,
    /// A search for a mask of this run's problem: `prune=METHOD,RATIO,ROUNDS,RESTART`.
    pub pruning: Option<Pruning>,
    /// The run that trains beside this one.
    pub twin: Option<Twin>,
    /// The place in the lecture.
    pub scene: Option<scene::Place>,
    /// How it is shown.
    pub stage: Stage,
    /// The scenes that somebody has composed, of which it may be one.
    pub sequence: Sequence,
}

/// Reads a fragment, with or without its `#`, or a whole address that has one.
/// Returns the link, with a valid Spec, and one sentence for each thing that could not be taken as it stood.
pub fn parse(text: &str) -> (Link, Vec<String>) {
    read(text, false)
}

/// Whether a fragment, or an address that has one, names a run of its own: each that a page has written does.
pub fn names_a_run(text: &str) -> bool {
    let fragment = text.rsplit_once('#').map_or(text, |(_, fragment)| fragment);
    fragment.split('&').any(|pair| pair.starts_with("seed="))
}

/// As [`parse`] does; a link that is a scene of a sequence has no sequence itself.
fn read(text: &str, is_scene: bool) -> (Link, Vec<String>) {
    let fragment = text.rsplit_once('#').map_or(text, |(_, fragment)| fragment);
    let pairs: Vec<(&str, String)> =
        fragment.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (key, decode(value))).collect();
    // As in a form, the last of several equal keys counts.
    let value_of = |key: &str| pairs.iter().rev().find(|(k, _)| *k == key).map(|(_, value)| value.as_str());

    let mut link = Link::default();
    // An address that says nothing opens with the page's own run.
    if !pairs.is_empty() {
        link.spec = LEFT_OUT;
    }
    let mut notices = Vec::new();
    if let Some(version) = value_of("v").filter(|version| version.parse::<f64>().is_ok_and(|v| v > f64::from(VERSION)))
    {
        notices.push(tr!(
            "This link was made by a newer version ({version}); what this one does not know is ignored.",
            version = quoted(version)
        ));
    }
    let mut bad_values = Vec::new();
    for field in FIELDS.iter().rev() {
        // A default can be out of range too: r̃ = 40 where d is 10.
        let before = (field.get)(&link.spec).to_string();
        let text = value_of(field.key).unwrap_or(&before);
        let Err(bad) = field.read(&mut link.spec, text) else { continue };
        // What cannot be read leaves what an equal key before it says: an edit leaves what is shown.
        let mut equal = pairs.iter().rev().filter(|(key, _)| *key == field.key);
        let former = equal.nth(1).map_or(before.as_str(), |(_, value)| value);
        let nearest = bad.nearest.or_else(|| field.read(&mut link.spec, former).err()?.nearest);
        if let Some(nearest) = nearest {
            field.write(&mut link.spec, nearest);
        }
        let used = match (field.get)(&link.spec) {
            Value::Number(x) => number(x),
            word @ Value::Word(_) => word.to_string(),
            painted @ Value::Painted(_) => quoted(&painted.to_string()),
        };
        let sentence = accepted_sentence(field, &quoted(text), &field.accepted(&link.spec, number));
        bad_values.push(tr!("{sentence}; {used} is used.", sentence, used));
    }
    notices.extend(bad_values.into_iter().rev());

    let cap = link.spec.max_steps;
    if let Some(text) = value_of("t") {
        link.step = text.parse::<f64>().ok().filter(|t| !t.is_nan()).map(|t| t.clamp(0.0, cap as f64) as usize);
        if link.step.is_none_or(|t| text.parse() != Ok(t)) {
            let (value, last) = (quoted(text), grouped(cap));
            notices.push(match link.step.map(grouped) {
                Some(used) => tr!(
                    "t (the step shown) is {value}, but must be a whole number from 0 to {last}; {used} is used.",
                    value,
                    last,
                    used
                ),
                None => tr!(
                    "t (the step shown) is {value}, but must be a whole number from 0 to {last}; the start is used.",
                    value,
                    last
                ),
            });
        }
    }
    if let Some(text) = value_of("digest") {
        if text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            link.digest = Some(text.to_ascii_lowercase());
        } else {
            notices.push(tr!(
                "digest is {value}, but must be 16 hexadecimal digits; it is ignored.",
                value = quoted(text)
            ));
        }
    }
    if let Some(text) = value_of("bits") {
        link.bits = text.parse().ok().filter(|epoch| *epoch > 0);
        if link.bits.is_none() {
            notices.push(tr!(
                "bits (the bits epoch) is {value}, but must be a whole number from 1 to {last}; it is ignored.",
                value = quoted(text),
                last = grouped(u32::MAX as usize)
            ));
        }
    }
    if let Some(text) = value_of("prune") {
        let mut words = text.split(',').map(str::to_owned);
        let mut word = || words.next().unwrap_or_default();
        let asked = Asked { method: word(), ratio: word(), rounds: word(), restart: word() };
        match asked.read(&link.spec) {
            Ok(pruning) => link.pruning = Some(pruning),
            Err(Bad { field, value, accepted }) => notices.push(tr!(
                "prune (the search for a mask) has the {field} {value}, but that must be {accepted}; it is ignored.",
                field = translate(field),
                value = quoted(&value),
                accepted
            )),
        }
    }
    if let Some(text) = value_of("twin") {
        link.twin = Twin::by_key(text);
        if link.twin.is_none() {
            let keys = Twin::ALL.map(Twin::key).join(", ");
            notices.push(tr!(
                "twin (the run beside it) is {value}, but must be one of {keys}; it is ignored.",
                value = quoted(text),
                keys
            ));
        }
    }
    if let Some(text) = value_of("scene") {
        link.scene = scene::Place::read(text);
        if link.scene.is_none() {
            let keys = scene::SCENES.map(|(key, ..)| key).join(", ");
            notices.push(tr!(
                "scene (of the lecture) is {value}, but must be one of {keys}, with a beat such as region.2; it is ignored.",
                value = quoted(text),
                keys
            ));
        }
    }
    link.stage = Stage::read(value_of, &mut notices);
    if !is_scene {
        link.sequence = Sequence::read(value_of, &mut notices);
    }
    (link, notices)
}

/// How a sentence about a field begins.
fn subject(field: &Field) -> String {
    format!("{} ({})", field.symbol, translate(field.meaning))
}

/// The beginning of a sentence about a value that a field does not accept.
pub(crate) fn accepted_sentence(field: &Field, value: &str, accepted: &str) -> String {
    tr!("{subject} is {value}, but must be {accepted}", subject = subject(field), value, accepted)
}

/// The field whose value was mended, as a sentence of [`parse`] tells; none if it is about something else.
pub fn mended_field(sentence: &str) -> Option<&'static Field> {
    // It begins so in every language.
    FIELDS.iter().find(|field| sentence.starts_with(&format!("{} ", subject(field))))
}

impl Link {
    /// The fragment without its `#`. [`parse`] gives back an equal link and no sentence.
    pub fn fragment(&self) -> String {
        let mut fragment = format!("v={VERSION}");
        for field in &FIELDS {
            let value = (field.get)(&self.spec);
            if field.key == "seed" || value != (field.get)(&LEFT_OUT) {
                fragment.push_str(&format!("&{}={value}", field.key));
            }
        }
        if let Some(step) = self.step {
            fragment.push_str(&format!("&t={step}"));
        }
        if let Some(digest) = &self.digest {
            fragment.push_str(&format!("&digest={digest}"));
        }
        if let Some(bits) = self.bits {
            fragment.push_str(&format!("&bits={bits}"));
        }
        if let Some(pruning) = &self.pruning {
            let Asked { method, ratio, rounds, restart } = pruning.asked();
            fragment.push_str(&format!("&prune={method},{ratio},{rounds},{restart}"));
        }
        if let Some(twin) = self.twin {
            fragment.push_str(&format!("&twin={}", twin.key()));
        }
        if let Some(scene) = self.scene {
            fragment.push_str(&format!("&scene={scene}"));
        }
        fragment.push_str(&self.stage.to_string());
        fragment.push_str(&self.sequence.fragment());
        fragment
    }
}

impl From<Spec> for Link {
    fn from(spec: Spec) -> Self {
        Self {
            spec,
            step: None,
            digest: None,
            bits: None,
            pruning: None,
            twin: None,
            scene: None,
            stage: Stage::default(),
            sequence: Sequence::default(),
        }
    }
}

/// A Spec as the text of its link, for serde's `with`: what is told of a plan stays the same when a later version has a further
/// field, as long as its default means what the program did without it.
pub mod as_text {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Link, Spec, parse};

    /// Writes it.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(spec: &Spec, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Link::from(spec.clone()).fragment())
    }

    /// Reads it.
    ///
    /// # Errors
    /// If it is no link, or one that would have to be mended.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Spec, D::Error> {
        let (link, notices) = parse(&String::deserialize(deserializer)?);
        notices.into_iter().next().map_or(Ok(link.spec), |notice| Err(D::Error::custom(notice)))
    }
}

/// The text between quotes where it is not a plain number or word, cut to what a sentence can hold.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 24;
    let plain = !text.is_empty()
        && text.len() <= LONGEST
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if plain {
        return text.to_owned();
    }
    let short: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let more = if text.chars().count() > LONGEST { "…" } else { "" };
    tr!("“{text}”", text = short + more)
}

/// Undoes percent-encoding; what is not valid UTF-8 or not an escape stays as it is.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let escaped = (bytes[i] == b'%').then(|| text.get(i + 1..i + 3)).flatten();
        match escaped.filter(|hex| !hex.starts_with('+')).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                i += 3;
            }
            None => {
                decoded.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
