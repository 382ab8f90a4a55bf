//! Every sentence of the page comes from one place: it stands in English where it is said, as a message, and in the other
//! languages in `www/languages`, under its English words.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it reads the sources")]

mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use sources::sources;
use syn::visit::{self, Visit};
use winning_ticket::language::{Catalogue, Language};

/// What programmers alone read.
const UNSAID: [&str; 12] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "panic",
    "todo",
    "unimplemented",
    "unreachable",
    "writeln",
    "stringify",
];
/// The command line speaks English.
const OTHERS: [&str; 2] = ["cli", "cli.rs"];

/// The messages of a file, and the sentences in it that are none.
#[derive(Default)]
struct Reader {
    messages: Vec<String>,
    bare: Vec<(usize, String)>,
}

/// Whether a text has two words beside each other.
fn is_prose(text: &str) -> bool {
    let is_word = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !word.contains(['=', '<', '/', '_', '#', '&'])
    };
    let words: Vec<bool> = text.split([' ', '\u{a0}']).map(is_word).collect();
    words.windows(2).any(|pair| pair[0] && pair[1])
}

impl Reader {
    fn read(text: &str) -> Self {
        let mut reader = Self::default();
        reader.visit_file(&syn::parse_file(text).expect("what compiles parses"));
        reader
    }

    fn take(&mut self, literal: &syn::LitStr) {
        if is_prose(&literal.value()) {
            self.bare.push((literal.span().start().line, literal.value()));
        }
    }

    /// The tokens that a macro is given: messages may stand deep in them.
    fn take_tokens(&mut self, tokens: TokenStream) {
        let mut last: Option<String> = None;
        let mut called = false;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => (last, called) = (Some(ident.to_string()), false),
                TokenTree::Punct(punct) if punct.as_char() == '!' && last.is_some() => called = true,
                TokenTree::Group(group) => {
                    match last.take().as_deref() {
                        Some("tr" | "message") if called => self.take_message(group.stream()),
                        Some(name) if called && UNSAID.contains(&name) => {}
                        Some("expect") => {}
                        _ => self.take_tokens(group.stream()),
                    }
                    called = false;
                }
                TokenTree::Literal(literal) => {
                    if let Ok(literal) = syn::parse2::<syn::LitStr>(TokenTree::from(literal).into()) {
                        self.take(&literal);
                    }
                    last = None;
                }
                TokenTree::Punct(_) => (last, called) = (None, false),
            }
        }
    }

    fn take_message(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter();
        let first = tokens.next().map(TokenStream::from).unwrap_or_default();
        match syn::parse2::<syn::LitStr>(first) {
            Ok(literal) => self.messages.push(literal.value()),
            Err(error) => panic!("a message begins with its words, in line {}", error.span().start().line),
        }
        self.take_tokens(tokens.collect());
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_macro(&mut self, _: &'ast syn::ItemMacro) {}

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        // A mistake's own sentence.
        if attribute.path().is_ident("error")
            && let syn::Meta::List(list) = &attribute.meta
        {
            self.take_tokens(list.tokens.clone());
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "expect" {
            self.visit_expr(&call.receiver)
        } else {
            visit::visit_expr_method_call(self, call)
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last().expect("a path has a name").ident.to_string();
        match name.as_str() {
            "tr" | "message" => self.take_message(call.tokens.clone()),
            name if UNSAID.contains(&name) => {}
            _ => self.take_tokens(call.tokens.clone()),
        }
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.take(literal);
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        matches!(&attribute.meta, syn::Meta::List(list) if list.path.is_ident("cfg") && list.tokens.to_string().contains("test"))
    })
}

/// The sources of the page with their texts, by their paths below src.
fn of_the_page() -> BTreeMap<PathBuf, String> {
    let is_test =
        |path: &Path| path.components().any(|name| ["tests", "tests.rs"].iter().any(|test| name.as_os_str() == *test));
    let is_other = |path: &Path| OTHERS.iter().any(|other| path.starts_with(other));
    sources().into_iter().filter(|(path, _)| !is_other(path) && !is_test(path)).collect()
}

/// What reads like a sentence and is none: where it stands, and how it begins.
const NO_SENTENCES: [(&str, &str); 35] = [
    // CSS, SVG and file formats.
    ("charts/mask_overlap.rs", ", color-mix("),
    ("charts/mask_overlap.rs", "linear-gradient("),
    ("charts/svg.rs", "<svg "),
    ("charts/svg.rs", "font-family="),
    ("session/qr_code.rs", "<svg "),
    ("files/npy.rs", "{{'descr':"),
    // Selectors, queries and classes.
    ("web/glossary.rs", "[data-term], "),
    ("web/glossary.rs", "i.m, "),
    ("web/glossary.rs", "button, "),
    ("web/input.rs", "("),
    ("web/painter.rs", "label "),
    ("web/panels.rs", "tbody tr"),
    ("web/stage.rs", "#"),
    ("web/stage.rs", "."),
    // Command lines and JSON.
    ("session/driving/asked.rs", "{{"),
    ("link/command.rs", "winning-ticket run"),
    ("link/command.rs", " --until "),
    // What is digested, or kept in files that are the same in each language.
    ("figures/map.rs", "a map over two keys"),
    ("trials/measured.rs", "per step"),
    ("trials/measured.rs", "units of the outputs"),
    ("trials/measured.rs", "95 % interval"),
    ("trials/measured.rs", "a standard deviation"),
    ("theory/lights.rs", "not met"),
    ("theory/lights.rs", "not promised"),
    ("trials/calibration_experiment.rs", "the step at which"),
    ("trials/probe.rs", "probes of the convex region"),
    // The console.
    ("web/language.rs", "no words for "),
    ("session/driving/who.rs", "Winning Ticket does not follow"),
    // A symbol, and numbers.
    ("spec/fields/table.rs", "start seed"),
    ("trials/radius.rs", "{value:.2} ("),
    // What the command line alone shows: why a ledger is refused.
    ("trials/ledger.rs", "its trials are those"),
    ("trials/ledger.rs", "it was computed in bits epoch"),
    ("trials/ledger.rs", "it was computed by version"),
    ("trials/ledger.rs", "two different results"),
    ("trials/ledger.rs", "its plan has no trial"),
];

#[test]
fn each_sentence_is_a_message() {
    let mut told = Vec::new();
    for (path, text) in of_the_page() {
        for (line, text) in Reader::read(&text).bare {
            let is_none = |(file, start): &(&str, &str)| path == Path::new(file) && text.starts_with(start);
            if !NO_SENTENCES.iter().any(is_none) {
                told.push(format!("src/{}:{line}: {text:?}", path.display()));
            }
        }
    }
    assert!(told.is_empty(), "no messages:\n{}", told.join("\n"));
}

#[test]
fn the_reader_of_sources_finds_messages_and_what_is_none() {
    let reader = Reader::read(
        r#"fn f() {
            let said = tr!("a {n} b", n = if x { tr!("one word") } else { "bare words here" });
            assert!(x, "not said at all");
            y.expect("nor is this");
            z(vec![message!("in a table")]);
        }"#,
    );
    assert_eq!(reader.messages, ["a {n} b", "one word", "in a table"]);
    assert_eq!(reader.bare, [(2, "bare words here".to_owned())]);
}

/// The places of a message, sorted: `{name}`.
fn places(message: &str) -> Vec<String> {
    let plain = message.replace("{{", "").replace("}}", "");
    let mut names: Vec<String> =
        plain.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest).to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

/// The elements that a text of the document holds, sorted: `<0>`, `</0>`, `<1/>`.
fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> =
        text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest).to_owned()).collect();
    tags.sort();
    tags
}

fn catalogues() -> Vec<(String, Catalogue)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/languages");
    let read = |language: &Language| {
        let name = format!("{}.json", language.key());
        let bytes = fs::read(folder.join(&name)).expect("each language has a catalogue");
        (name.clone(), Catalogue::read(&bytes).unwrap_or_else(|| panic!("{name} is a catalogue")))
    };
    Language::ALL.iter().filter(|language| **language != Language::English).map(read).collect()
}

#[test]
fn each_language_has_every_message_and_no_other_with_the_same_places() {
    let said: BTreeSet<String> = of_the_page().values().flat_map(|text| Reader::read(text).messages).collect();
    for (name, catalogue) in catalogues() {
        let known: BTreeSet<String> = catalogue.messages.keys().cloned().collect();
        let missing: Vec<&String> = said.difference(&known).collect();
        let unsaid: Vec<&String> = known.difference(&said).collect();
        assert!(missing.is_empty() && unsaid.is_empty(), "{name} lacks {missing:#?}; nothing says {unsaid:#?}");
        for (message, words) in &catalogue.messages {
            assert_eq!(places(message), places(words), "{name}: {message:?} is {words:?}");
            assert!(!words.trim().is_empty() || message.trim().is_empty(), "{name}: {message:?} has no words");
        }
        for (text, words) in &catalogue.page {
            assert_eq!(tags(text), tags(words), "{name}: {text:?} is {words:?}");
            assert!(!words.trim().is_empty(), "{name}: {text:?} has no words");
        }
    }
}
