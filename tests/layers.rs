//! The layers of src/lib.rs's map, held by reading the source: who may name whom, and what the numerics never touch.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the crate and the others that it may name.
const LAYERS: [(&str, &[&str]); 12] = [
    ("random", &[]),
    ("notation", &[]),
    ("glossary", &[]),
    ("spec", &[]),
    ("link", &["notation", "spec"]),
    ("network", &["random", "spec"]),
    ("theory", &["network", "notation", "random", "spec"]),
    ("training", &["network", "random", "spec", "theory"]),
    ("trials", &["link", "network", "notation", "random", "spec", "theory", "training"]),
    ("charts", &["network", "notation", "spec", "theory", "trials"]),
    ("cli", &["charts", "link", "network", "notation", "random", "spec", "theory", "training", "trials"]),
    ("web", &["charts", "glossary", "link", "network", "notation", "random", "spec", "theory", "training", "trials"]),
];
/// The modules that know no browser, plot, clock, file or environment.
const NUMERICS: [&str; 8] = ["random", "notation", "spec", "link", "network", "theory", "training", "trials"];
const FORBIDDEN: [&str; 10] = [
    "std::fs",
    "std::env",
    "std::time",
    "std::io",
    "std::thread",
    "std::process",
    "web_sys",
    "js_sys",
    "plotters",
    "getrandom",
];

/// The text of each source file, under the module it belongs to. The wasm alias of the test attribute is no dependency.
fn sources() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() { collect(&path, files) } else { files.push(path) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let mut modules: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        let inside = file.strip_prefix(&root).expect("below src").with_extension("");
        let module = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("a source file is text");
        modules.entry(module).or_default().push((file, text));
    }
    modules
}

#[test]
fn every_module_names_only_those_it_may() {
    for (module, files) in sources() {
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let (_, allowed) =
            LAYERS.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("{module} has a layer"));
        for (file, text) in files {
            assert!(!text.contains("crate::{"), "{} imports in one go what this test reads one by one", file.display());
            for named in text.split("crate::").skip(1) {
                let named: String = named.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                let known = LAYERS.iter().any(|(name, _)| *name == named);
                assert!(
                    !known || named == module || allowed.contains(&named.as_str()),
                    "{} names crate::{named}, which {module} may not",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn the_numerics_know_no_browser_plot_clock_file_or_environment() {
    let sources = sources();
    for module in NUMERICS {
        for (file, text) in &sources[module] {
            for word in FORBIDDEN {
                assert!(!text.contains(word), "{} names {word}", file.display());
            }
        }
    }
}

#[test]
fn no_file_is_longer_than_one_can_read_in_one_go() {
    for (file, text) in sources().into_values().flatten() {
        let lines = text.lines().count();
        assert!(lines <= 420, "{} has {lines} lines: one concept a file", file.display());
    }
}
