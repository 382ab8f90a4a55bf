//! What the READMEs, CONTRIBUTING and the architecture page say of the tree is there.

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use winning_ticket::session::driving::{Asked, KEYS, State};
use winning_ticket::spec::Spec;

const DOCUMENTS: [(&str, &str); 6] = [
    ("README.md", include_str!("../README.md")),
    ("CONTRIBUTING.md", include_str!("../CONTRIBUTING.md")),
    ("recorded/README.md", include_str!("../recorded/README.md")),
    ("docs/embedding.md", include_str!("../docs/embedding.md")),
    ("docs/architecture.md", include_str!("../docs/architecture.md")),
    ("src/lib.rs", include_str!("../src/lib.rs")),
];
/// Where the files are of which they speak, besides those at the top; what is built is not in a checkout.
const FOLDERS: [&str; 9] = ["src", "tests", "benches", "examples", "docs", "www", "recorded", "xtask", ".github"];

/// What stands between backticks within a line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn every_file_that_a_document_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (document, text) in DOCUMENTS {
        let is_path =
            |name: &&str| FOLDERS.contains(&name.split('/').next().unwrap_or_default()) && !name.contains('*');
        let named: Vec<&str> = quoted(text).filter(is_path).collect();
        assert!(!named.is_empty(), "{document} names no file");
        for name in named {
            assert!(root.join(name).exists(), "{document} names {name}, which is not there");
        }
    }
}

#[test]
fn the_architecture_page_has_every_module_of_the_map() {
    let [.., (_, page), (_, map)] = DOCUMENTS;
    let layers = page.split("```").nth(1).expect("a list of layers");
    let modules = map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules {
        assert!(layers.split_whitespace().any(|word| word == module), "{module} is in no layer");
    }
}

/// What stands between single quotes after `attribute` in an example.
fn attributes<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    page.split(&format!("{attribute}='")).skip(1).filter_map(|rest| Some(rest.split_once('\'')?.0)).collect()
}

#[test]
fn the_messages_of_the_page_on_embedding_and_of_the_examples_are_followed() {
    let [_, _, _, (_, page), ..] = DOCUMENTS;
    let block = page.split("```json").nth(1).and_then(|rest| rest.split("```").next()).expect("messages");
    let messages: Vec<&str> = block.lines().filter(|line| !line.is_empty()).collect();
    assert!(messages.len() >= 5);
    for message in messages {
        Asked::read(message, &Spec::default()).unwrap_or_else(|told| panic!("{message}: {told}"));
    }
    for key in KEYS {
        assert!(page.contains(&format!("| `{key}` |")), "nothing is said of {key}");
    }
    let state = serde_json::to_value(State::default()).expect("plain data");
    for name in state.as_object().expect("an object").keys() {
        assert!(page.contains(&format!("`{name}`")), "nothing is said of {name}");
    }
    let plain = attributes(include_str!("../examples/embedding.html"), "data-message");
    let slides = attributes(include_str!("../examples/reveal.html"), "data-lab");
    assert!(plain.len() == 6 && slides.len() == 5, "{plain:?} {slides:?}");
    for message in plain.into_iter().chain(slides) {
        let read = Asked::read(&message.replacen('{', "{\"winning-ticket\": 1, ", 1), &Spec::default());
        // One of them is a mistake on purpose.
        assert!(read.is_ok() || message.contains("5000"), "{message}: {read:?}");
        assert!(
            read.is_ok_and(|asked| asked.link.is_none_or(|followed| followed.notices.is_empty()))
                || message.contains("5000")
        );
    }
}
