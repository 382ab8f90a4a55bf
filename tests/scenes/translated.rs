//! The scenes and the guide in another language: the same pages, but for the words.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/scenes")
}

/// The pages of a folder, by their names.
fn pages(folder: &Path) -> BTreeSet<String> {
    let names = fs::read_dir(folder).expect("pages").map(|entry| entry.expect("a page").file_name());
    names.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(".html")).collect()
}

/// The tags of a page in their order.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split_once('>').expect("a tag ends").0).collect()
}

/// Names and values of a tag's attributes.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut pieces = tag.split('"');
    let mut attributes = Vec::new();
    while let (Some(before), Some(value)) = (pieces.next(), pieces.next()) {
        attributes.push((before.rsplit(' ').next().unwrap_or_default().trim_end_matches('='), value));
    }
    attributes
}

/// What is the same in each language: a tag's name, and those of its attributes that are no words and no addresses.
fn kept(tag: &str) -> (&str, Vec<(&str, &str)>) {
    let told = ["lang", "hreflang", "alt", "href", "src"];
    let kept = attributes(tag).into_iter().filter(|(name, _)| !told.contains(name)).collect();
    (tag.split_whitespace().next().unwrap_or_default(), kept)
}

/// The values of an attribute, in their order.
fn values<'a>(page: &'a str, wanted: &str) -> Vec<&'a str> {
    tags(page).into_iter().flat_map(attributes).filter(|(name, _)| *name == wanted).map(|(_, value)| value).collect()
}

/// The numbers of a page's words and of its descriptions of pictures, sorted.
fn numbers(page: &str) -> Vec<&str> {
    let words = page.split('<').filter_map(|piece| Some(piece.split_once('>')?.1)).chain(values(page, "alt"));
    let numbers = words.flat_map(|words| words.split(|letter: char| !letter.is_ascii_digit() && letter != '.'));
    let mut numbers: Vec<&str> = numbers.map(|number| number.trim_matches('.')).filter(|n| !n.is_empty()).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn each_page_is_there_in_german_with_the_same_tags_attributes_and_numbers() {
    let names = pages(&folder());
    assert_eq!(names, pages(&folder().join("de")));
    for name in names {
        let read = |path: PathBuf| fs::read_to_string(path).expect("a page");
        let (english, german) = (read(folder().join(&name)), read(folder().join("de").join(&name)));
        let (ours, theirs) = (tags(&english), tags(&german));
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(kept(ours), kept(theirs), "{name}");
        }
        assert_eq!(ours.len(), theirs.len(), "tags of {name}");
        assert_eq!(numbers(&english), numbers(&german), "{name}");
        for (page, own, other) in [(&english, "en", "de"), (&german, "de", "en")] {
            assert_eq!(values(page, "lang"), [own, other], "{name}");
            assert_eq!(values(page, "hreflang"), [other, other], "{name}");
        }
    }
}

#[test]
fn each_link_leads_to_a_file_and_to_the_same_place_in_the_other_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in pages(&folder()) {
        let mut fragments = Vec::new();
        for (folder, to_the_lab) in [(folder(), "../"), (folder().join("de"), "../../")] {
            let page = fs::read_to_string(folder.join(&name)).expect("a page");
            for address in [values(&page, "href"), values(&page, "src")].concat() {
                if let Some((file, fragment)) = address.split_once('#') {
                    assert_eq!(file, to_the_lab, "{address} in {name}");
                    fragments.push(fragment.to_owned());
                } else if address.ends_with("icon.svg") {
                    // Beside the page, as Trunk.toml has it.
                    assert!(address.strip_prefix(to_the_lab) == Some("icon.svg") && root.join("www/icon.svg").exists());
                } else {
                    assert!(folder.join(address).is_file(), "{address} in {name}");
                }
            }
            for other in ["de/", "../"].map(|folder| format!("{folder}{name}")) {
                let there = values(&page, "href").iter().filter(|address| **address == other).count();
                assert_eq!(there == 2, (other.starts_with("de/")) == (to_the_lab == "../"), "{other} in {name}");
            }
        }
        let (english, german) = fragments.split_at(fragments.len() / 2);
        let with_language: Vec<String> = english.iter().map(|fragment| format!("{fragment}&amp;lang=de")).collect();
        assert_eq!(german, with_language, "{name}");
    }
}
