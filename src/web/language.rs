//! The page in the reader's language: chosen before anything else starts, by the link or by the browser; the document's own
//! words are put in the place of the English ones, and the program says the rest in it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, EventTarget, HtmlElement, HtmlTemplateElement, Node};

use super::dom::{Listener, all, by_id, document, set_attribute, window};
use super::loading::bytes_of;
use super::{Dispatch, address, notices};
use crate::language::{self, Catalogue, Language, tr};
use crate::link;
use crate::session::event::Event;
use crate::session::stage::Doing;

/// Kept while the page is loaded again in another language: its button has the focus then.
const ASKED: &str = "winning-ticket/language";
/// What is the same in each language, or seen only where no program runs.
const OPAQUE: [&str; 6] = ["math", "noscript", "pre", "script", "style", "svg"];
/// Attributes that are read or heard.
const ATTRIBUTES: [&str; 7] =
    ["alt", "aria-label", "aria-roledescription", "aria-valuetext", "label", "placeholder", "title"];

/// The document's own words in the language, by the English ones.
static PAGE: OnceLock<BTreeMap<String, String>> = OnceLock::new();

/// Lets the page speak the reader's language, and starts it then: at once in English.
pub fn choose(start: fn()) {
    let language = wanted();
    if language == Language::English {
        return start();
    }
    spawn_local(async move {
        let file = format!("languages/{}.json", language.key());
        let catalogue = bytes_of(&file).await.and_then(|bytes| Catalogue::read(&bytes));
        let found = catalogue.is_some();
        let Catalogue { page, messages } = catalogue.unwrap_or_default();
        language::speak(language, messages);
        let _ = PAGE.set(page);
        if found {
            let root = document().document_element().expect("a document has a root");
            set_attribute(&root, "lang", language.key());
            translate(&root);
            point_to_scenes(&root, language);
        }
        start();
        if !found {
            notices::show_failure(
                tr!("The words of this language could not be loaded; reload the page to try again."),
                true,
            );
        }
    });
}

/// The language that the address names, or else the first of the browser's that the page knows.
fn wanted() -> Language {
    let (link, _) = link::parse(&address::fragment());
    link.stage.language.unwrap_or_else(|| {
        let preferred = window().navigator().languages();
        preferred.iter().filter_map(|key| Language::by_key(&key.as_string()?)).next().unwrap_or_default()
    })
}

/// The button that lets the page speak another language.
pub fn listen(dispatch: &Dispatch) -> Listener {
    let other = Language::ALL.into_iter().find(|language| *language != language::spoken()).expect("there are two");
    let button: HtmlElement = by_id("language");
    button.set_text_content(Some(other.name()));
    set_attribute(&button, "lang", other.key());
    let dispatch = dispatch.clone();
    Listener::new(button.unchecked_ref::<EventTarget>(), "click", move |_| dispatch(Event::Stage(Doing::Speaks(other))))
}

/// Loads the page again, as the button of the other language asks.
pub fn load_again() {
    if let Ok(Some(kept)) = window().session_storage() {
        // Where a browser keeps nothing the focus begins anew.
        let _ = kept.set_item(ASKED, "");
    }
    let _ = window().location().reload();
}

/// Gives the focus back to the button, where that had the page loaded again.
pub fn focus_again() {
    let kept = window().session_storage().ok().flatten();
    if let Some(kept) = kept.filter(|kept| matches!(kept.get_item(ASKED), Ok(Some(_)))) {
        let _ = (kept.remove_item(ASKED), by_id::<HtmlElement>("language").focus());
    }
}

/// What a worker needs to say things in the same language; nothing in English.
pub fn for_a_worker() -> JsValue {
    let Some(messages) = language::messages() else { return JsValue::UNDEFINED };
    serde_json::to_string(&(language::spoken().key(), messages)).map_or(JsValue::UNDEFINED, |spoken| spoken.into())
}

/// Takes it, in the worker.
pub fn of_a_worker(scope: &JsValue) {
    let spoken = Reflect::get(scope, &"spoken".into()).ok().and_then(|spoken| spoken.as_string());
    let spoken = spoken.and_then(|spoken| serde_json::from_str::<(String, BTreeMap<String, String>)>(&spoken).ok());
    if let Some((key, messages)) = spoken {
        language::speak(Language::by_key(&key).unwrap_or_default(), messages);
    }
}

/// The scenes have pages of their own in each language.
fn point_to_scenes(root: &Element, language: Language) {
    for link in all(root, "a[href^='scenes/']") {
        let href = link.get_attribute("href").unwrap_or_default();
        set_attribute(&link, "href", &href.replacen("scenes/", &format!("scenes/{}/", language.key()), 1));
    }
}

/// Puts the language's words in the place of the document's, in an element and all that it holds.
pub fn translate(element: &Element) {
    if let Some(page) = PAGE.get() {
        visit(element, page, false);
    }
}

fn visit(node: &Node, page: &BTreeMap<String, String>, within: bool) {
    let mut within = within;
    if let Some(element) = node.dyn_ref::<Element>() {
        if element.get_attribute("translate").as_deref() == Some("no") {
            return;
        }
        for name in ATTRIBUTES {
            put_attribute(element, name, page);
        }
        if element.get_attribute("name").as_deref() == Some("description") {
            put_attribute(element, "content", page);
        }
        if let Some(template) = element.dyn_ref::<HtmlTemplateElement>() {
            return visit(&template.content(), page, within);
        }
        within |= is_opaque(element);
        // The words of a formula alone.
        let is_text = element.local_name() == "mtext";
        if (!within || is_text)
            && children(element).iter().any(|child| child.node_type() == Node::TEXT_NODE && has_letters(child))
        {
            put_words(element, page);
            within = true;
        }
    }
    for child in children(node) {
        if child.node_type() == Node::ELEMENT_NODE {
            visit(&child, page, within);
        }
    }
}

fn put_attribute(element: &Element, name: &str, page: &BTreeMap<String, String>) {
    let Some(text) = element.get_attribute(name) else { return };
    match page.get(text.trim()) {
        Some(words) => set_attribute(element, name, words),
        None if says_something(&text) => web_sys::console::warn_1(&format!("no words for {text:?}").into()),
        None => {}
    }
}

/// Whether a text has a word, which is no symbol: two letters outside its tags.
fn says_something(text: &str) -> bool {
    let outside = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    outside.flat_map(|part| part.split(|c: char| !c.is_alphabetic())).any(|word| word.chars().count() > 1)
}

/// The words of an element that has some itself: its elements keep their identity, wherever the language puts them.
fn put_words(element: &Element, page: &BTreeMap<String, String>) {
    let (mut key, mut elements) = (String::new(), Vec::new());
    read(element, &mut key, &mut elements);
    let text = key.trim_matches(' ');
    match page.get(text) {
        // With the spaces around it, which keep it apart from what stands beside.
        Some(words) => write(element, &mut key.replace(text, words).as_str(), &elements),
        None if says_something(text) => web_sys::console::warn_1(&format!("no words for {text:?}").into()),
        None => {}
    }
}

/// The text of an element, what it holds numbered in its order: `Drag <0>r̃</0> to the left, or <1/>`. Of one without words
/// only the place counts.
fn read(element: &Node, key: &mut String, elements: &mut Vec<Element>) {
    for child in children(element) {
        if child.node_type() == Node::TEXT_NODE {
            let text = child.node_value().unwrap_or_default();
            for (i, word) in text.split([' ', '\t', '\n', '\r', '\u{c}']).enumerate() {
                if i > 0 && !key.ends_with(' ') {
                    key.push(' ');
                }
                key.push_str(word);
            }
        } else if let Some(inner) = child.dyn_ref::<Element>() {
            let number = elements.len();
            elements.push(inner.clone());
            if is_opaque(inner) || !has_letters(inner) {
                key.push_str(&format!("<{number}/>"));
            } else {
                key.push_str(&format!("<{number}>"));
                read(inner, key, elements);
                key.push_str(&format!("</{number}>"));
            }
        }
    }
}

/// Sets it as `words` has it, up to the end of the element in it.
fn write(element: &Element, words: &mut &str, elements: &[Element]) {
    element.set_text_content(None);
    while let Some((text, rest)) = words.split_once('<') {
        element.append_with_str_1(text).expect("an element takes text");
        let (tag, rest) = rest.split_once('>').unwrap_or_default();
        *words = rest;
        if tag.starts_with('/') {
            return;
        }
        let inner = tag.trim_end_matches('/').parse().ok().and_then(|number: usize| elements.get(number));
        if let Some(inner) = inner {
            element.append_child(inner).expect("an element takes what it held");
            if !tag.ends_with('/') {
                write(inner, words, elements);
            }
        }
    }
    element.append_with_str_1(std::mem::take(words)).expect("an element takes text");
}

fn children(node: &Node) -> Vec<Node> {
    let nodes = node.child_nodes();
    (0..nodes.length()).filter_map(|i| nodes.item(i)).collect()
}

fn is_opaque(element: &Element) -> bool {
    OPAQUE.contains(&element.local_name().as_str()) || element.get_attribute("translate").as_deref() == Some("no")
}

fn has_letters(node: &Node) -> bool {
    node.text_content().is_some_and(|text| text.chars().any(char::is_alphabetic))
}
