//! What records keep is English, in whichever language they were made, so that they are the same in each. Here it is said
//! in the language that is spoken.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::language::{fill, messages};

/// Letters that a message with places has at least beside them: with fewer it might say anything.
const LEAST: usize = 6;

/// What a record has in English, in the language that is spoken; as it is where that has no message for it.
pub fn retold(english: &str) -> String {
    messages().map_or_else(|| english.to_owned(), |messages| by(messages, english))
}

fn by(messages: &'static BTreeMap<String, String>, english: &str) -> String {
    if let Some(said) = messages.get(english) {
        return said.clone();
    }
    let fitting = messages.iter().filter_map(|(message, said)| Some((message, said, values(message, english)?)));
    // Where several could have said it, the one that says the most of it.
    let Some((_, said, values)) = fitting.max_by_key(|(message, ..)| own_letters(message)) else {
        return english.to_owned();
    };
    // A value may be a sentence itself, or a name.
    let (names, values): (Vec<&str>, Vec<String>) =
        values.into_iter().map(|(name, value)| (name, by(messages, value))).unzip();
    let values: Vec<&dyn Display> = values.iter().map(|value| value as &dyn Display).collect();
    fill(said, &names, &values)
}

/// The values with which `message` says this, each with its name; none if it says something else.
fn values<'a>(message: &'a str, english: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let (before, places) = message.split_once('{')?;
    let mut rest = english.strip_prefix(before)?;
    if own_letters(message) < LEAST {
        return None;
    }
    let mut values = Vec::new();
    let mut places = places.split('{').peekable();
    while let Some(place) = places.next() {
        let (name, after) = place.split_once('}')?;
        let value = match places.peek() {
            None => rest.strip_suffix(after)?,
            Some(_) if after.is_empty() => return None,
            Some(_) => rest.split_once(after)?.0,
        };
        values.push((name, value));
        rest = &rest[value.len() + after.len()..];
    }
    Some(values)
}

/// The letters of a message outside its places.
fn own_letters(message: &str) -> usize {
    let outside = message.split('{').enumerate().map(|(place, part)| match part.split_once('}') {
        Some((_, after)) if place > 0 => after,
        _ => part,
    });
    outside.flat_map(str::chars).filter(|letter| letter.is_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_recorded_sentence_is_found_by_its_words_with_what_is_told_in_it() {
        let pairs = [
            ("not so at {name}: {fit}", "nicht so bei {name}: {fit}"),
            ("not so at {name}: {fit} apart", "{fit}, {name}"),
            ("slope {value} (to {high}){power} in {along}", "Steigung {value} (bis {high}){power} gegen {along}"),
            ("20 % pruned", "20 % beschnitten"),
            ("{a}: {b}", "?"),
        ];
        let messages = pairs.map(|(message, said)| (message.to_owned(), said.to_owned())).into_iter().collect();
        let messages: &'static BTreeMap<String, String> = Box::leak(Box::new(messages));
        let retold = |english: &str| by(messages, english);
        assert_eq!(retold("20 % pruned"), "20 % beschnitten");
        assert_eq!(
            retold("not so at 20 % pruned: slope −0.1 (to 0.2) in √r̃"),
            "nicht so bei 20 % beschnitten: Steigung −0.1 (bis 0.2) gegen √r̃"
        );
        for other in ["", "30 % pruned", "so at 3: 4", "η: 0.9", "not so at"] {
            assert_eq!(retold(other), other);
        }
    }
}
