//! What lets the built page work without a network: a service worker that knows every file of this version by its digest.

use std::fmt::Write as _;

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::built::{Files, PAGE};

/// The script of the page, and that of the service worker, as the page asks for them.
pub const SCRIPT: &str = "offline.js";
pub const WORKER: &str = "service-worker.js";

/// The line of the service worker that is written here.
const UNWRITTEN: &str = "const VERSION = \"\", FILES = {};";

/// Adds both to the files of a page; `script` and `worker` are their sources.
///
/// # Errors
/// If the page has no head, or the worker no line to write.
pub fn add(files: &mut Files, script: &str, worker: &str) -> Result<()> {
    ensure!(worker.matches(UNWRITTEN).count() == 1, "www/{WORKER} has not one line `{UNWRITTEN}`.");
    files.insert(SCRIPT.to_owned(), script.into());
    let version = version(files, worker);
    // The page says of which version it is, which the service worker cannot see.
    let tag = format!("<script type=\"module\" src=\"./{SCRIPT}?{version}\"></script>");
    let page = files.text(PAGE)?;
    ensure!(page.matches("</head>").count() == 1, "{PAGE} has not one head.");
    files.insert(PAGE.to_owned(), page.replace("</head>", &format!("{tag}\n</head>")).into());
    let list = serde_json::Value::Object(
        files.iter().map(|(name, content)| (address(name).to_owned(), integrity(content).into())).collect(),
    );
    let written = format!("const VERSION = \"{version}\", FILES = {list};");
    files.insert(WORKER.to_owned(), worker.replace(UNWRITTEN, &written).into());
    Ok(())
}

/// As the page's own folder has it: some hosts lead from index.html to the folder, and a service worker may not answer with
/// what was led elsewhere.
fn address(name: &str) -> &str {
    if name == PAGE { "" } else { name }
}

/// Another one where any file or the service worker is another.
fn version(files: &Files, worker: &str) -> String {
    let mut all = Sha256::new();
    for (name, content) in files.iter().chain([(WORKER, worker.as_bytes())]) {
        // Digests are all as long, so that nothing runs into its neighbour.
        all.update(Sha256::digest(name));
        all.update(Sha256::digest(content));
    }
    all.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes what is written");
        text
    })
}

/// The digest by which browsers check a file.
pub fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "// kept\nconst VERSION = \"\", FILES = {};\n";

    fn page(style: &str) -> Files {
        let mut files = Files::default();
        files.insert(PAGE.to_owned(), b"<head><title>x</title></head>".to_vec());
        files.insert("a/style.css".to_owned(), style.as_bytes().to_vec());
        files
    }

    fn with(style: &str, worker: &str) -> (String, String) {
        let mut files = page(style);
        add(&mut files, "script", worker).expect("a page with a head");
        (files.text(PAGE).expect("a page").to_owned(), files.text(WORKER).expect("a worker").to_owned())
    }

    #[test]
    fn every_file_is_listed_by_its_address_and_digest_but_the_service_worker() {
        let (page, worker) = with("", SOURCE);
        // The SHA-256 of nothing, FIPS 180-4, in base64.
        assert!(worker.contains("\"a/style.css\":\"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\""), "{worker}");
        assert!(worker.contains(&format!("\"\":\"{}\"", integrity(page.as_bytes()))), "{worker}");
        assert!(worker.contains("\"offline.js\":") && !worker.contains("index.html"), "{worker}");
        assert!(!worker.contains("service-worker.js"), "{worker}");
    }

    #[test]
    fn the_page_names_the_version_which_any_change_changes() {
        let version = |(page, worker): (String, String)| {
            let version = page.split_once("./offline.js?").and_then(|(_, rest)| rest.split_once('"')).expect("a tag").0;
            assert!(worker.contains(&format!("VERSION = \"{version}\"")) && version.len() == 16, "{worker}");
            version.to_owned()
        };
        let versions = [with("", SOURCE), with("p {}", SOURCE), with("", &format!("{SOURCE}// more"))].map(version);
        assert!(versions[0] != versions[1] && versions[0] != versions[2] && versions[1] != versions[2]);
        assert_eq!(versions[0], version(with("", SOURCE)));
    }

    #[test]
    fn a_service_worker_without_the_line_is_refused() {
        assert!(add(&mut page(""), "script", "const VERSION = 1;").is_err());
    }
}
