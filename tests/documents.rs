//! What the READMEs, CONTRIBUTING and the architecture page say of the tree is there.

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

const DOCUMENTS: [(&str, &str); 5] = [
    ("README.md", include_str!("../README.md")),
    ("CONTRIBUTING.md", include_str!("../CONTRIBUTING.md")),
    ("recorded/README.md", include_str!("../recorded/README.md")),
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
