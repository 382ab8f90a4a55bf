//! What a message asks for. It is read as a whole before anything is done: one bad value, and nothing of it is followed.

use serde_json::{Map, Value};

use super::{NAME, VERSION};
use crate::language::tr;
use crate::link::{Link, accepted_sentence, names_a_run, parse, quoted};
use crate::notation::{grouped, number};
use crate::session::transport::SPEEDS;
use crate::spec::fields::FIELDS;
use crate::spec::{Spec, Twin};

/// Bytes of a message at most: more than any painted mask takes.
const LONGEST: usize = 100_000;
/// What a message may hold besides its name.
pub const KEYS: [&str; 7] = ["link", "set", "seek", "speed", "play", "state", "listen"];
/// How no run beside the one that is shown is spelled.
const NO_TWIN: &str = "none";

/// What is asked for, checked. It is done in the order of these fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// What the link of a moment, a run or a scene says, where one is to be followed; its sentences tell what was mended.
    pub link: Option<FollowedLink>,
    /// Fields by their keys with the texts of their values, in an order in which none undoes another.
    pub set: Vec<(&'static str, String)>,
    /// The run beside the one that is shown, or none, where that is to change.
    pub twin: Option<Option<Twin>>,
    /// The choice of the speed menu.
    pub speed: Option<&'static str>,
    /// The iteration to go to.
    pub seek: Option<usize>,
    /// To play, or to pause.
    pub play: Option<bool>,
    /// To be told of every change, or no longer.
    pub listen: Option<bool>,
    /// To be told the state once.
    pub state: bool,
}

/// A link as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowedLink {
    /// What it holds.
    pub link: Box<Link>,
    /// Whether it names a run, which a link to a scene alone does not.
    pub names_a_run: bool,
    /// A sentence for each value that was mended.
    pub notices: Vec<String>,
}

impl Asked {
    /// What the message `text` asks for while `shown` is the run.
    ///
    /// # Errors
    /// A sentence that names the bad part, its value and what is accepted.
    pub fn read(text: &str, shown: &Spec) -> Result<Self, String> {
        if text.len() > LONGEST {
            let (length, most) = (grouped(text.len()), grouped(LONGEST));
            return Err(tr!(
                "The message has {length} bytes, but must have at most {most}; nothing is done.",
                length,
                most
            ));
        }
        let Ok(Value::Object(message)) = serde_json::from_str(text) else {
            return Err(tr!(
                "The message must be an object such as {example}.",
                example = format!("{{\"{NAME}\": {VERSION}, \"play\": true}}")
            ));
        };
        Self::of(&message, shown).map_err(|sentence| tr!("{sentence}; nothing is done.", sentence))
    }

    fn of(message: &Map<String, Value>, shown: &Spec) -> Result<Self, String> {
        let version = message.get(NAME).unwrap_or(&Value::Null);
        if version.as_u64() != Some(VERSION) {
            let what = tr!("{key} (the version of the message)", key = NAME);
            return Err(bad(&what, version, &VERSION.to_string()));
        }
        if let Some(unknown) = message.keys().find(|key| *key != NAME && !KEYS.contains(&key.as_str())) {
            let keys = KEYS.join(", ");
            return Err(tr!("{key} is not known in a message, which may hold {keys}", key = quoted(unknown), keys));
        }
        let mut asked = Self::default();
        let mut spec = shown.clone();
        if let Some(link) = message.get("link") {
            let Value::String(text) = link else { return Err(bad("link", link, tr!("the text of a link"))) };
            let (link, notices) = parse(text);
            spec.clone_from(&link.spec);
            asked.link = Some(FollowedLink { link: Box::new(link), names_a_run: names_a_run(text), notices });
        }
        if let Some(set) = message.get("set") {
            let Value::Object(set) = set else {
                return Err(bad(
                    "set",
                    set,
                    &tr!("an object of values by the keys of links, such as {example}", example = "{\"r\": 20}"),
                ));
            };
            asked.take_set(set, &mut spec)?;
        }
        if let Some(speed) = message.get("speed") {
            let text = plain(speed);
            let known = SPEEDS.into_iter().find(|known| text.as_deref() == Some(*known));
            asked.speed =
                Some(known.ok_or_else(|| bad("speed", speed, &tr!("one of {words}", words = SPEEDS.join(", "))))?);
        }
        if let Some(step) = message.get("seek") {
            let last = spec.max_steps;
            let whole = plain(step).and_then(|text| text.parse::<f64>().ok());
            let whole = whole.filter(|step| *step >= 0.0 && *step <= last as f64 && *step == step.trunc());
            let range = tr!("a whole number from {min} to {max}", min = 0, max = grouped(last));
            asked.seek = Some(whole.ok_or_else(|| bad(tr!("seek (the iteration)"), step, &range))? as usize);
        }
        let yes_or_no = |key: &str| {
            message
                .get(key)
                .map(|value| value.as_bool().ok_or_else(|| bad(key, value, tr!("true or false"))))
                .transpose()
        };
        asked.play = yes_or_no("play")?;
        asked.listen = yes_or_no("listen")?;
        asked.state = yes_or_no("state")? == Some(true);
        Ok(asked)
    }

    /// Takes the values to be set, each checked with those that it depends on already in `spec`.
    fn take_set(&mut self, set: &Map<String, Value>, spec: &mut Spec) -> Result<(), String> {
        if let Some(unknown) = set.keys().find(|key| *key != "twin" && FIELDS.iter().all(|field| field.key != *key)) {
            let keys: Vec<&str> = FIELDS.iter().map(|field| field.key).collect();
            let keys = keys.join(", ");
            return Err(tr!("{key} cannot be set; what can be is {keys}, twin", key = quoted(unknown), keys));
        }
        // A range depends on the rows below it; a painting lies over the masks of all others.
        let (painted, others): (Vec<_>, Vec<_>) = FIELDS.iter().rev().partition(|field| field.key == "paint");
        for field in others.into_iter().chain(painted) {
            let Some(value) = set.get(field.key) else { continue };
            let accepted = |spec: &Spec| accepted_sentence(field, &told(value), &field.accepted(spec, number));
            let text = plain(value).ok_or_else(|| accepted(spec))?;
            field.read(spec, &text).map_err(|_| accepted(spec))?;
            self.set.push((field.key, text));
        }
        if let Some(value) = set.get("twin") {
            let text = plain(value).unwrap_or_default();
            let known = if text == NO_TWIN { Some(None) } else { Twin::by_key(&text).map(Some) };
            let keys = Twin::ALL.map(Twin::key).join(", ");
            let accepted = tr!("one of {words}", words = format!("{keys}, {NO_TWIN}"));
            self.twin = Some(known.ok_or_else(|| bad(tr!("twin (the run beside it)"), value, &accepted))?);
        }
        Ok(())
    }
}

fn bad(what: &str, value: &Value, accepted: &str) -> String {
    tr!("{what} is {value}, but must be {accepted}", what, value = told(value), accepted)
}

/// A number, a text, true or false as a link has it; none if it is neither.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Number(x) => x.as_f64().map(|x| x.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(yes) => Some(u8::from(*yes).to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value as a sentence has it.
fn told(value: &Value) -> String {
    match value {
        Value::Null => tr!("nothing").to_owned(),
        Value::Array(_) => tr!("a list").to_owned(),
        Value::Object(_) => tr!("an object").to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(x) => x.as_f64().map_or_else(|| quoted(&x.to_string()), number),
        Value::String(text) => quoted(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read(rest: &str) -> Result<Asked, String> {
        Asked::read(&format!("{{\"winning-ticket\": 1, {rest}}}"), &Spec::default())
    }

    #[test]
    fn a_message_is_read_in_an_order_in_which_nothing_undoes_another() {
        let asked = read(
            "\"set\": {\"paint\": \"1:3\", \"r\": 150, \"d\": 200, \"spread\": true, \"beta\": \"0.5\", \"twin\": \"dense\"}, \
             \"speed\": 1000, \"seek\": 40, \"play\": true, \"state\": true, \"listen\": false",
        )
        .expect("a good message");
        let set: Vec<(&str, &str)> = asked.set.iter().map(|(key, text)| (*key, text.as_str())).collect();
        assert_eq!(set.first().map(|(key, _)| *key), Some("spread"), "{set:?}");
        assert_eq!(set.last(), Some(&("paint", "1:3")));
        assert!(set.contains(&("r", "150")) && set.contains(&("spread", "1")) && set.contains(&("beta", "0.5")));
        assert_eq!((asked.twin, asked.speed, asked.seek), (Some(Some(Twin::Dense)), Some("1000"), Some(40)));
        assert_eq!((asked.play, asked.state, asked.listen), (Some(true), true, Some(false)));
        assert_eq!(read("\"set\": {\"twin\": \"none\"}").map(|asked| asked.twin), Ok(Some(None)));
    }

    #[test]
    fn ranges_are_those_of_the_link_in_the_same_message() {
        let asked = read("\"link\": \"https://x.org/#v=1&d=20&r=9&T=50&seed=3\", \"set\": {\"r\": 20}, \"seek\": 50");
        let link = asked.expect("a good message").link.expect("it has a link");
        assert!(link.names_a_run && link.notices.is_empty() && link.link.spec.seed == 3);
        let mended = read("\"link\": \"K=13&scene=region\"").expect("a link cannot fail").link.expect("a link");
        assert!(!mended.names_a_run && mended.notices.len() == 1 && mended.link.scene.is_some());
        assert!(read("\"link\": \"v=1&T=50&seed=3\", \"seek\": 51").is_err());
    }

    #[test]
    fn each_bad_part_is_told_in_a_sentence_with_its_value_and_what_is_accepted() {
        for (rest, sentence) in [
            (
                "\"set\": {\"r\": 500}",
                "r̃ (effective width) is 500, but must be a number from 1 to 100; nothing is done.",
            ),
            (
                "\"set\": {\"K\": null}",
                "K (neurons) is nothing, but must be a whole number from 1 to 12; nothing is done.",
            ),
            (
                "\"set\": {\"beta\": [1]}",
                "β (momentum) is a list, but must be a number from 0 to 0.99; nothing is done.",
            ),
            ("\"set\": {\"overlap\": true}", "is true, but must be one of shared, random, disjoint; nothing is done."),
            ("\"set\": {\"x\": 1}", "x cannot be set; what can be is r, "),
            ("\"set\": {\"twin\": \"triplet\"}", "twin (the run beside it) is triplet, but must be one of dense, "),
            ("\"set\": 3", "set is 3, but must be an object of values by the keys of links, such as {\"r\": 20}"),
            ("\"link\": 3", "link is 3, but must be the text of a link; nothing is done."),
            ("\"seek\": -1", "seek (the iteration) is -1, but must be a whole number from 0 to 1200; nothing is done."),
            ("\"seek\": \"end\"", "seek (the iteration) is end, but must be a whole number"),
            ("\"seek\": 0.5", "seek (the iteration) is 0.5, but must be a whole number"),
            ("\"speed\": 7", "speed is 7, but must be one of 1, 10, 100, 1000, max; nothing is done."),
            ("\"play\": 1", "play is 1, but must be true or false; nothing is done."),
            ("\"listen\": \"yes\"", "listen is yes, but must be true or false; nothing is done."),
            (
                "\"pause\": true",
                "pause is not known in a message, which may hold link, set, seek, speed, play, state, listen;",
            ),
            (
                "\"winning-ticket\": 2",
                "winning-ticket (the version of the message) is 2, but must be 1; nothing is done.",
            ),
        ] {
            let told = read(rest).expect_err(rest);
            assert!(told.contains(sentence), "{rest} is told as “{told}”");
        }
        for text in ["", "[]", "{", "\"winning-ticket\"", &"[".repeat(500)] {
            let told = Asked::read(text, &Spec::default()).expect_err(text);
            assert!(told.starts_with("The message must be an object"), "{told}");
        }
        let told = Asked::read(&" ".repeat(LONGEST + 1), &Spec::default()).expect_err("too long");
        assert_eq!(
            told,
            "The message has 100\u{202f}001 bytes, but must have at most 100\u{202f}000; nothing is done."
        );
        assert!(Asked::read("{}", &Spec::default()).is_err_and(|told| told.contains("is nothing, but must be 1")));
    }
}
