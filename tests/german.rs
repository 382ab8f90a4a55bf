//! What the program says in German, in a process of its own: a language is chosen once.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it reads the catalogue")]

use std::fs;
use std::path::Path;

use serde_json::Value;
use winning_ticket::figures::retold;
use winning_ticket::language::{Catalogue, Language, speak, spoken};
use winning_ticket::link;
use winning_ticket::spec::Spec;
use winning_ticket::training::Trainer;
use winning_ticket::trials::Report;

fn report() -> Report {
    let spec = Spec { samples: 200, dimension: 30, effective_width: 10.0, max_steps: 60, ..Spec::default() };
    let mut trainer = Trainer::new(&spec);
    trainer.advance(spec.max_steps);
    Report::of(&spec, &trainer)
}

#[test]
fn words_are_german_and_links_files_and_digests_are_the_same() {
    const HOSTILE: &str = "v=1&r=300&K=abc&twin=x&hide=foo&seed=2";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let english = (report(), link::parse(HOSTILE));
    let file = fs::read(root.join("www/languages/de.json")).expect("it is there");
    let catalogue = Catalogue::read(&file).expect("a catalogue");
    speak(Language::German, catalogue.messages);
    assert_eq!(spoken(), Language::German);
    let german = (report(), link::parse(HOSTILE));
    assert_eq!(english.0.digest, german.0.digest);
    assert_eq!(english.1.0.fragment(), german.1.0.fragment());
    let (before, now) = (english.1.1, german.1.1);
    assert_eq!(before.len(), now.len());
    for (one, other) in before.iter().zip(&now) {
        assert_ne!(one, other);
    }
    // The field, its value and the allowed range are named in each.
    assert!(
        now.iter().any(|sentence| sentence.contains("r̃ (effektive Breite)")
            && sentence.contains("300")
            && sentence.contains("100")),
        "{now:?}"
    );
    // What is recorded is English, and said anew.
    let mut caveats = Vec::new();
    for entry in fs::read_dir(root.join("recorded")).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_some_and(|end| end == "json") {
            let text = fs::read_to_string(&path).expect("a record is text");
            collect(&serde_json::from_str(&text).expect("a record is JSON"), &mut caveats);
        }
    }
    assert!(caveats.len() > 10, "{caveats:?}");
    for caveat in caveats {
        assert_ne!(retold(&caveat), caveat);
    }
}

/// The caveats anywhere in a record.
fn collect(value: &Value, caveats: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::Array(all) if name == "caveats" => {
                caveats.extend(all.iter().filter_map(|caveat| Some(caveat.as_str()?.to_owned())));
            }
            _ => collect(value, caveats),
        }),
        Value::Array(values) => values.iter().for_each(|value| collect(value, caveats)),
        _ => {}
    }
}
