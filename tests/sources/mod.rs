//! The sources of the crate, for tests that read them as syntax.

#![allow(clippy::disallowed_methods, reason = "it reads the sources")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The text of each file below src, by its path from there.
pub fn sources() -> BTreeMap<PathBuf, String> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() { collect(&path, files) } else { files.push(path) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let read = |file: PathBuf| {
        let below = file.strip_prefix(&root).expect("below src").to_owned();
        (below, fs::read_to_string(&file).expect("a source file is text"))
    };
    files.into_iter().map(read).collect()
}
