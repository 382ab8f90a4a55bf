//! The note that explains a term or a mark where it stands, and the list of all terms.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, FocusEvent, HtmlElement, KeyboardEvent, Node, PointerEvent};

use super::dom::{
    Listener, all, append, by_id, create, document, element_of, set_attribute, set_mathematics, set_style, window,
};
use super::keys::press;
use crate::glossary::{Part, Place, TERMS, note_of, place_note, term_of_symbol};
use crate::language::translate;
use crate::session::note::{At, Change, Note, moved_in_group, stop_of_group};

/// What is explained, in the page's elements.
const EXPLAINED: &str = "[data-term], [data-note]";
/// Terms near each other are one stop of the Tab key; arrow keys go from one to the next.
const GROUP: &str = "[data-terms]";
const TERM: &str = "button.term";
/// Symbols in the page's own words.
const SYMBOLS: &str = "i.m, i.symbol, .m i, .symbol i";

/// Listens for as long as it lives.
pub struct Glossary {
    _listeners: Vec<Listener>,
}

/// The note with its element.
struct NoteBox {
    element: HtmlElement,
    note: Note<Element>,
}

impl Glossary {
    /// Fills the page's list of terms, and explains each where it stands.
    pub fn new() -> Self {
        list_terms();
        explain_symbols();
        give_each_group_one_stop();
        let note = Rc::new(RefCell::new(NoteBox { element: by_id("note"), note: Note::default() }));
        let on = |target: &EventTarget, kind, handle: fn(&mut NoteBox, &Event)| {
            let note = note.clone();
            Listener::new(target, kind, move |event| {
                // Busy only while it is being shown or hidden, of which browsers tell as well.
                if let Ok(mut note) = note.try_borrow_mut() {
                    handle(&mut note, &event);
                }
            })
        };
        let (document, window) = (document(), window());
        let listeners = vec![
            on(&document, "pointerover", NoteBox::pointed),
            on(&document, "focusin", NoteBox::focused),
            on(&document, "focusout", NoteBox::left),
            on(&document, "click", NoteBox::clicked),
            on(&window, "resize", |note, _| {
                give_each_group_one_stop();
                note.place();
            }),
            Listener::capturing(&document, "scroll", {
                let note = note.clone();
                move |_| {
                    if let Ok(note) = note.try_borrow() {
                        note.place();
                    }
                }
            }),
            Listener::capturing(&document, "keydown", {
                let note = note.clone();
                move |event| {
                    if let (Ok(mut note), Some(key)) = (note.try_borrow_mut(), event.dyn_ref::<KeyboardEvent>()) {
                        note.key(key);
                    }
                    if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
                        move_in_group(key);
                    }
                }
            }),
        ];
        Self { _listeners: listeners }
    }
}

impl NoteBox {
    fn pointed(&mut self, event: &Event) {
        let Some(target) = element_of(event) else { return };
        let finger = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch");
        let change = self.note.pointed(self.at(&target), finger);
        self.follow(change);
    }

    fn focused(&mut self, event: &Event) {
        let Some(target) = element_of(event) else { return };
        if let Some(term) = explained(&target) {
            let by_key = term.matches(":focus-visible").unwrap_or(false);
            let change = self.note.focused(term, by_key);
            self.follow(change);
        }
    }

    fn left(&mut self, event: &Event) {
        let to = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
        let inside = to.is_some_and(|to| self.element.contains(to.dyn_ref::<Node>()));
        let change = self.note.left(if inside { At::Note } else { At::Elsewhere });
        self.follow(change);
    }

    fn clicked(&mut self, event: &Event) {
        let Some(target) = element_of(event) else { return };
        let change = self.note.clicked(self.at(&target));
        self.follow(change);
    }

    fn key(&mut self, event: &KeyboardEvent) {
        if let Some(change) = self.note.key(press(event, &event.key())) {
            // What lies under the note stays open.
            event.prevent_default();
            event.stop_propagation();
            self.follow(change);
        }
    }

    fn at(&self, target: &Element) -> At<Element> {
        match explained(target) {
            // Also on a symbol of its own words.
            _ if self.element.contains(Some(target)) => At::Note,
            Some(term) => At::Term(term),
            None => At::Elsewhere,
        }
    }

    fn follow(&mut self, change: Change<Element>) {
        match change {
            Change::Nothing => {}
            Change::Show { term, instead_of } => {
                if let Some(before) = instead_of {
                    self.hide(&before);
                }
                self.fill(&term);
                // In the top layer, over what is docked and unfolded. Fails only where it is shown already.
                let _ = self.element.show_popover();
                set_attribute(&term, "aria-describedby", &self.element.id());
                self.place();
            }
            Change::Hide(term) => self.hide(&term),
        }
    }

    fn hide(&self, term: &Element) {
        term.remove_attribute("aria-describedby").expect("the attribute has a name");
        // Fails only where it is hidden already.
        let _ = self.element.hide_popover();
    }

    fn fill(&self, term: &Element) {
        self.element.set_text_content(None);
        let (key, remark) = (term.get_attribute("data-term"), term.get_attribute("data-note"));
        for (part, text) in note_of(key.as_deref(), remark.as_deref()) {
            let shown: Element = create(if part == Part::Name { "strong" } else { "p" }, "");
            set_mathematics(&shown, text);
            append(&self.element, &shown);
        }
    }

    /// Beside the term, inside the window.
    fn place(&self) {
        let Some(term) = self.note.shown() else { return };
        // A term that wraps is pointed at in its first line.
        let line = term.get_client_rects().item(0).unwrap_or_else(|| term.get_bounding_client_rect());
        let rather_above = term.closest(".formula").ok().flatten().is_some();
        let term = Place { left: line.left(), top: line.top(), width: line.width(), height: line.height() };
        let own = self.element.get_bounding_client_rect();
        let root = root();
        let window = (f64::from(root.client_width()), f64::from(root.client_height()));
        let (left, top) = place_note(term, (own.width(), own.height()), window, rather_above);
        set_style(&self.element, "left", &format!("{left:.1}px"));
        set_style(&self.element, "top", &format!("{top:.1}px"));
    }
}

/// The term or mark that an element is or lies in; a mark without words explains nothing.
fn explained(element: &Element) -> Option<Element> {
    element.closest(EXPLAINED).ok()?
}

/// The list of all terms at the page's end.
fn list_terms() {
    let list: Element = by_id("terms");
    for entry in &TERMS {
        let (name, meaning): (Element, Element) = (create("dt", ""), create("dd", ""));
        set_mathematics(&name, translate(entry.name));
        set_mathematics(&meaning, translate(entry.meaning));
        append(&list, &name);
        append(&list, &meaning);
    }
}

/// Symbols that stand in the page from the start explain themselves too; not those in what does something else when it is
/// clicked.
fn explain_symbols() {
    for symbol in all(&root(), SYMBOLS) {
        if symbol.closest("button, summary, a, .formula").ok().flatten().is_some() {
            continue;
        }
        let after = symbol.next_sibling();
        let lowered = match symbol.query_selector("sub").ok().flatten() {
            Some(inside) => inside.text_content(),
            None => after.as_ref().filter(|after| after.node_name() == "SUB").and_then(Node::text_content),
        };
        let letter = symbol.first_child().and_then(|text| text.node_value()).unwrap_or_default();
        let starred = after.and_then(|after| after.node_value()).is_some_and(|text| text.starts_with('*'));
        let letter = if starred { format!("{letter}*") } else { letter };
        if let Some(term) = term_of_symbol(&letter, &lowered.unwrap_or_default()) {
            set_attribute(&symbol, "data-term", term);
        }
    }
}

fn root() -> Element {
    document().document_element().expect("a document has a root")
}

fn elements(within: &Element, selector: &str) -> Vec<HtmlElement> {
    all(within, selector).into_iter().filter_map(|element| element.dyn_into().ok()).collect()
}

/// Gives each group one stop of the Tab key, at a term that is seen.
fn give_each_group_one_stop() {
    for group in elements(&root(), GROUP) {
        let terms = elements(&group, TERM);
        let seen: Vec<bool> = terms.iter().map(is_seen).collect();
        let stop = terms.iter().position(|term| term.tab_index() == 0).unwrap_or(0);
        if let Some(stop) = stop_of_group(&seen, stop) {
            set_stop(&terms, stop);
        }
    }
}

fn set_stop(terms: &[HtmlElement], stop: usize) {
    for (i, term) in terms.iter().enumerate() {
        term.set_tab_index(if i == stop { 0 } else { -1 });
    }
}

fn is_seen(term: &HtmlElement) -> bool {
    term.offset_parent().is_some()
}

/// Keys that go from a focused term to another one of its group.
fn move_in_group(event: &KeyboardEvent) {
    let focused = document().active_element().filter(|element| element.class_list().contains("term"));
    let Some(focused) = focused else { return };
    let Some(group) = focused.closest(GROUP).ok().flatten() else { return };
    let terms: Vec<HtmlElement> = elements(&group, TERM).into_iter().filter(is_seen).collect();
    let Some(at) = terms.iter().position(|term| **term == focused) else { return };
    let Some(to) = moved_in_group(press(event, &event.key()), at, terms.len()) else { return };
    event.prevent_default();
    event.stop_propagation();
    set_stop(&terms, to);
    // Refused only by a browser that has no focus to give.
    let _ = terms[to].focus();
}
