//! The layers of src/lib.rs's map, held by reading the source: who may name whom, and what the inner layers never touch.
//!
//! The sources are read as syntax, so that a name is found in lists of imports, behind `super`, under another name, in
//! expressions, types and attributes, and in what macros are given. `clippy.toml` holds the rule about the standard
//! library a second time, by what names mean.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it reads the sources")]

mod sources;

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::{Ident, TokenStream, TokenTree};
use sources::sources;
use syn::visit::{self, Visit};

/// Each module of the crate and the others that it may name.
const LAYERS: [(&str, &[&str]); 22] = [
    ("language", &[]),
    ("random", &[]),
    ("notation", &[]),
    ("pause", &[]),
    ("order", &[]),
    ("files", &["pause"]),
    ("linear_algebra", &["order", "pause"]),
    ("statistics", &["order", "random"]),
    ("glossary", &[]),
    ("spec", &["notation"]),
    ("network", &["linear_algebra", "pause", "random", "spec"]),
    ("theory", &["linear_algebra", "network", "notation", "order", "pause", "random", "spec"]),
    ("tensor", &["linear_algebra", "network", "pause", "spec"]),
    ("training", &["network", "pause", "random", "spec", "tensor", "theory"]),
    ("pruning", &["network", "order", "pause", "random", "spec", "training"]),
    ("link", &["notation", "pruning", "spec"]),
    (
        "trials",
        &[
            "files",
            "linear_algebra",
            "link",
            "network",
            "notation",
            "pause",
            "pruning",
            "random",
            "spec",
            "statistics",
            "tensor",
            "theory",
            "training",
        ],
    ),
    ("figures", &["link", "network", "notation", "pruning", "spec", "statistics", "trials"]),
    ("charts", &["figures", "network", "notation", "order", "spec", "statistics", "tensor", "theory", "trials"]),
    (
        "session",
        &[
            "charts",
            "figures",
            "glossary",
            "link",
            "network",
            "notation",
            "pruning",
            "random",
            "spec",
            "statistics",
            "tensor",
            "theory",
            "training",
            "trials",
        ],
    ),
    (
        "cli",
        &[
            "charts",
            "figures",
            "files",
            "linear_algebra",
            "link",
            "network",
            "notation",
            "pause",
            "pruning",
            "random",
            "spec",
            "tensor",
            "theory",
            "training",
            "trials",
        ],
    ),
    ("web", &["charts", "files", "glossary", "link", "network", "notation", "order", "session", "spec", "trials"]),
];
/// The modules that know no browser, plot, clock, file or environment.
const INNER: [&str; 16] = [
    "language",
    "random",
    "notation",
    "files",
    "pause",
    "order",
    "linear_algebra",
    "statistics",
    "spec",
    "link",
    "network",
    "theory",
    "training",
    "trials",
    "figures",
    "session",
];
/// What they do not name: modules of the standard library, and crates.
const FORBIDDEN: [&str; 14] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time",
    "getrandom",
    "js_sys",
    "plotters",
    "plotters_canvas",
    "wasm_bindgen",
    "web_sys",
];

/// A path as the compiler sees it from the crate's root, `crate::network::Mask` or `std::fs::read`, and where it stands.
struct Named {
    path: Vec<String>,
    line: usize,
}

/// Collects the paths that a file names.
struct Reader {
    /// The module that is being read, from the crate's root on.
    module: Vec<String>,
    named: Vec<Named>,
}

impl Reader {
    /// The paths named by the source `text` of the module `module`.
    fn read(module: &[&str], text: &str) -> Vec<Named> {
        let file = syn::parse_file(text).expect("what compiles parses");
        let mut reader = Reader { module: module.iter().map(|name| (*name).to_owned()).collect(), named: Vec::new() };
        reader.visit_file(&file);
        reader.named
    }

    fn name(&mut self, written: &[Ident]) {
        let Some(first) = written.first() else { return };
        let line = first.span().start().line;
        let words: Vec<String> = written.iter().map(Ident::to_string).collect();
        let climbs = words.iter().take_while(|word| ["self", "super"].contains(&word.as_str())).count();
        let ups = words[..climbs].iter().filter(|word| *word == "super").count();
        let mut path: Vec<String> = match words[0].as_str() {
            "crate" => words,
            "self" | "super" => {
                let parent = &self.module[..self.module.len().saturating_sub(ups)];
                let from_root = parent.iter().chain(&words[climbs..]).cloned();
                std::iter::once("crate".to_owned()).chain(from_root).collect()
            }
            _ => words,
        };
        // The two other names of the standard library.
        if ["core", "alloc"].contains(&path[0].as_str()) {
            path[0] = "std".to_owned();
        }
        self.named.push(Named { path, line });
    }

    fn name_tree(&mut self, before: &[Ident], tree: &syn::UseTree) {
        let with = |ident: &Ident| before.iter().chain([ident]).cloned().collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => self.name_tree(&with(&path.ident), &path.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.name_tree(before, item)),
            // `trials::{self}` is `trials`.
            syn::UseTree::Name(syn::UseName { ident }) | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                if ident == "self" { self.name(before) } else { self.name(&with(ident)) }
            }
            syn::UseTree::Glob(_) => self.name(before),
        }
    }

    /// Paths among the tokens that a macro is given, which are no syntax yet.
    fn name_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<Ident> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.name(&std::mem::take(&mut path));
                    }
                    path.push(ident);
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.name(&std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.name_tokens(group.stream());
                    }
                }
            }
        }
        self.name(&path);
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        self.name_tree(&[], &import.tree);
    }

    fn visit_item_extern_crate(&mut self, other: &'ast syn::ItemExternCrate) {
        self.name(std::slice::from_ref(&other.ident));
    }

    /// `pub(crate)` names nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name(&path.segments.iter().map(|segment| segment.ident.clone()).collect::<Vec<_>>());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.name_tokens(call.tokens.clone());
    }

    fn visit_meta_list(&mut self, attribute: &'ast syn::MetaList) {
        self.name_tokens(attribute.tokens.clone());
    }
}

/// Why the module may not name this, if it may not.
fn objection(module: &str, named: &Named) -> Option<String> {
    let Named { path, line } = named;
    let shown = path.join("::");
    let (_, allowed) = LAYERS.iter().find(|(name, _)| *name == module).expect("every module has a layer");
    if path[0] == "crate" {
        return match path.get(1).map(String::as_str) {
            None => Some(format!("line {line} takes the whole crate")),
            // Whatever is said, is said in the reader's language.
            Some("language") => None,
            Some(other) if other == module || allowed.contains(&other) => None,
            Some(_) => Some(format!("line {line} names {shown}, which {module} may not")),
        };
    }
    let is_forbidden =
        |forbidden: &str| path.iter().map(String::as_str).zip(forbidden.split("::")).all(|(a, b)| a == b);
    let is_long_enough = |forbidden: &str| path.len() >= forbidden.split("::").count();
    let broken = FORBIDDEN.iter().find(|forbidden| is_forbidden(forbidden) && is_long_enough(forbidden));
    let whole = path.len() == 1 && ["std", "winning_ticket"].contains(&path[0].as_str());
    (INNER.contains(&module) && (broken.is_some() || whole)).then(|| format!("line {line} names {shown}"))
}

/// The files below src with their texts; each is found by the path of its module, from the crate's root on.
fn modules() -> BTreeMap<Vec<String>, (PathBuf, String)> {
    let named = |(file, text): (PathBuf, String)| {
        let path = file.with_extension("");
        let module = path.components().map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        (module, (file, text))
    };
    sources().into_iter().map(named).collect()
}

#[test]
fn every_module_names_only_what_it_may() {
    let objections: Vec<String> = modules()
        .iter()
        .filter(|(module, _)| !["lib", "main"].contains(&module[0].as_str()))
        .flat_map(|(module, (file, text))| {
            let names: Vec<&str> = module.iter().map(String::as_str).collect();
            let objections = Reader::read(&names, text).into_iter().filter_map(|named| objection(names[0], &named));
            objections.map(|objection| format!("{}: {objection}", file.display())).collect::<Vec<_>>()
        })
        .collect();
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

#[test]
fn the_root_holds_modules_only_so_that_each_name_below_it_has_a_layer() {
    let sources = modules();
    let (_, text) = &sources[&vec!["lib".to_owned()]];
    let file = syn::parse_file(text).expect("what compiles parses");
    let modules: Vec<String> = file
        .items
        .iter()
        .map(|item| match item {
            syn::Item::Mod(module) if module.content.is_none() => module.ident.to_string(),
            _ => panic!("src/lib.rs holds something that is no module"),
        })
        .collect();
    let mut layers = LAYERS.map(|(name, _)| name);
    layers.sort_unstable();
    assert_eq!(modules, layers);
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let told = |text: &str| {
        let named = Reader::read(&["network", "mask"], text);
        named.iter().filter_map(|named| objection("network", named)).collect::<Vec<_>>().len()
    };
    for text in [
        "use crate::web;",
        "use crate::{random, trials::{self as random}, spec::Spec};",
        "use crate::web as random;",
        "use super::super::{cli};",
        "use crate as root;",
        "use super::super::*;",
        "mod tests { use super::super::super::theory; }",
        "fn f() { crate::trials::digest(); }",
        "fn f() { let x: Option<crate::theory::Lights> = None; }",
        "fn f() { println!(\"{}\", super::super::theory::reach()); }",
        "macro_rules! m { () => { $crate::web::start() }; }",
        "#[derive(crate::cli::Derive)] struct S;",
        "impl crate::charts::Chart for S {}",
        "use std::{collections::BTreeMap, fs::File};",
        "use ::std::time::Instant;",
        "use core::time::Duration;",
        "use std as s;",
        "fn f() { assert_eq!(std::env::var(\"X\"), None); }",
        "fn f() { std::thread::spawn(|| ()); }",
        "extern crate web_sys;",
        "use plotters::prelude::*;",
    ] {
        assert_eq!(told(text), 1, "{text}");
    }
    for text in [
        "use crate::{random::Streams, spec::Spec};",
        "use super::Data; use super::super::random::Streams; use std::collections::BTreeMap;",
        "fn f(web: u32) { let cli = self::g(web); cli.fs.read(); std::mem::swap(a, b); }",
        "/// See crate::web and std::fs.\nfn f() { assert_eq!(crate::spec::FOUND, x, \"crate::web\"); }",
    ] {
        assert_eq!(told(text), 0, "{text}");
    }
}

#[test]
fn no_file_is_longer_than_one_can_read_in_one_go() {
    for (file, text) in modules().into_values() {
        let lines = text.lines().count();
        assert!(lines <= 420, "{} has {lines} lines: one concept a file", file.display());
    }
}
