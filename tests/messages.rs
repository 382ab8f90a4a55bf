//! Every sentence of the page comes from one place: it stands in English where it is said, as a message, and in the other
//! languages in `www/languages`, under its English words.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it reads the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

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
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !word.contains(['=', '<', '/', '_', '#', '&']);
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
        if attribute.path().is_ident("error") && let syn::Meta::List(list) = &attribute.meta {
            self.take_tokens(list.tokens.clone());
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "expect" { self.visit_expr(&call.receiver) } else { visit::visit_expr_method_call(self, call) }
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
fn sources() -> BTreeMap<PathBuf, String> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() { collect(&path, files) } else { files.push(path) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let below = |file: &Path| file.strip_prefix(&root).expect("below src").to_owned();
    files
        .into_iter()
        .map(|file| (below(&file), fs::read_to_string(&file).expect("a source file is text")))
        .filter(|(path, _)| !OTHERS.iter().any(|other| path.starts_with(other)) && !path.components().any(|name| name.as_os_str() == "tests"))
        .filter(|(path, _)| path.file_name().is_none_or(|name| name != "tests.rs"))
        .collect()
}

#[test]
fn each_sentence_is_a_message() {
    let mut told = String::new();
    let (mut count, mut words) = (0, 0);
    for (path, text) in sources() {
        let bare = Reader::read(&text).bare;
        if !bare.is_empty() { told += &format!("== {} {}\n", path.display(), bare.len()); }
        for (line, text) in bare {
            count += 1;
            words += text.split(' ').count();
            told += &format!("src/{}:{line}: {text:?}\n", path.display());
        }
    }
    assert!(told.is_empty(), "{told}{count} sentences are no messages, {words} words");
}
