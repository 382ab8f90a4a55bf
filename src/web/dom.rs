//! Small safe wrappers over the browser: elements by id, listeners and frames that end when dropped.

use std::cell::Cell;

use crate::glossary::term_of_symbol;
use crate::notation::{Style, mathematics};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, EventTarget, HtmlElement, Node, Window};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the page has a window")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The element of index.html with this id.
///
/// # Panics
/// If there is none of that kind: index.html and this code belong together.
pub fn by_id<T: JsCast>(id: &str) -> T {
    let element = document().get_element_by_id(id).unwrap_or_else(|| panic!("index.html has an element #{id}"));
    element.dyn_into().unwrap_or_else(|_| panic!("#{id} is of the expected kind"))
}

/// The elements within this one that a CSS selector names.
pub fn all(within: &Element, selector: &str) -> Vec<Element> {
    let found = within.query_selector_all(selector).expect("the selector is valid");
    (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok()).collect()
}

/// The element that an event is at.
pub fn element_of(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Sets an element's text, touching the document only where it changes. A text takes the place of a text in the same
/// node: a new node would cost a browser a new style and a new layout of all around it.
pub fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() == Some(text) {
        return;
    }
    match element.first_child() {
        Some(node) if node.node_type() == Node::TEXT_NODE && node.next_sibling().is_none() && !text.is_empty() => {
            node.set_node_value(Some(text));
        }
        _ => element.set_text_content(Some(text)),
    }
}

/// Sets an element's text with its mathematics in italics, touching the document only where it changes, as [`set_text`]
/// does: a sentence whose numbers alone change keeps its nodes.
pub fn set_mathematics(element: &Element, text: &str) {
    let parts = mathematics(text);
    let nodes = element.child_nodes();
    let shown: Vec<Node> = (0..nodes.length()).filter_map(|i| nodes.item(i)).collect();
    let alike = |(node, (_, style)): (&Node, &(&str, Style))| node.node_name() == node_name(*style);
    if shown.len() == parts.len() && shown.iter().zip(&parts).all(alike) {
        for (i, (node, (part, style))) in shown.iter().zip(&parts).enumerate() {
            match style {
                Style::Plain if node.node_value().as_deref() != Some(part) => node.set_node_value(Some(part)),
                Style::Plain => {}
                Style::Symbol | Style::Subscript => {
                    set_text(node.unchecked_ref(), part);
                    explain(node.unchecked_ref(), &parts[i..]);
                }
            }
        }
        return;
    }
    element.set_text_content(None);
    for (i, (part, style)) in parts.iter().enumerate() {
        let class = match style {
            Style::Plain => {
                element.append_with_str_1(part).expect("an element takes text");
                continue;
            }
            Style::Symbol | Style::Subscript => "m",
        };
        let piece: Element = create(node_name(*style), class);
        piece.set_text_content(Some(part));
        explain(&piece, &parts[i..]);
        append(element, &piece);
    }
}

/// Lets a symbol, the first of these parts, explain itself as the term that it stands for.
fn explain(piece: &Element, parts: &[(&str, Style)]) {
    let term = match parts {
        [(letter, Style::Symbol), (lowered, Style::Subscript), ..] => term_of_symbol(letter, lowered),
        [(letter, Style::Symbol), (after, Style::Plain), ..] if after.starts_with('*') => {
            term_of_symbol(&format!("{letter}*"), "")
        }
        [(letter, Style::Symbol), ..] => term_of_symbol(letter, ""),
        _ => None,
    };
    match term {
        Some(term) => set_attribute(piece, "data-term", term),
        None => piece.remove_attribute("data-term").expect("the attribute has a name"),
    }
}

/// As what kind of node a part of a sentence stands in the document.
fn node_name(style: Style) -> &'static str {
    match style {
        Style::Plain => "#text",
        Style::Symbol => "I",
        Style::Subscript => "SUB",
    }
}

/// Sets an attribute, touching the document only where it changes.
pub fn set_attribute(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        element.set_attribute(name, value).expect("the attribute has a name");
    }
}

/// Sets a property of an element's style.
pub fn set_style(element: &HtmlElement, property: &str, value: &str) {
    element.style().set_property(property, value).expect("the property can be set");
}

/// Hides a button, or shows it; one that has the focus gives it to another button first.
pub fn hide_button(id: &str, hidden: bool, instead: &str) {
    let button: HtmlElement = by_id(id);
    if hidden && document().active_element().as_ref() == Some(button.as_ref()) {
        // Refused only by a browser that has no focus to give.
        let _ = by_id::<HtmlElement>(instead).focus();
    }
    button.set_hidden(hidden);
}

/// A new element.
pub fn create<T: JsCast>(tag: &str, class: &str) -> T {
    let element = document().create_element(tag).expect("the tag is valid");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.dyn_into().unwrap_or_else(|_| panic!("<{tag}> is of the expected kind"))
}

/// Puts `child` after the other children of `parent`.
pub fn append(parent: &Element, child: &Element) {
    parent.append_child(child).expect("an element takes children");
}

/// Milliseconds since the page was opened.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// An event listener, removed when dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(web_sys::Event)>,
    capture: bool,
}

impl Listener {
    /// Calls `handler` for each event of this kind at `target`.
    pub fn new(target: &EventTarget, kind: &'static str, handler: impl FnMut(web_sys::Event) + 'static) -> Self {
        Self::added(target, kind, Box::new(handler), false)
    }

    /// The same before the elements inside `target` hear of it, and also of events that only they would.
    pub fn capturing(target: &EventTarget, kind: &'static str, handler: impl FnMut(web_sys::Event) + 'static) -> Self {
        Self::added(target, kind, Box::new(handler), true)
    }

    fn added(target: &EventTarget, kind: &'static str, handler: Box<dyn FnMut(web_sys::Event)>, capture: bool) -> Self {
        let closure = Closure::wrap(handler);
        target
            .add_event_listener_with_callback_and_bool(kind, closure.as_ref().unchecked_ref(), capture)
            .expect("a listener can be added");
        Self { target: target.clone(), kind, closure, capture }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Fails only for a target that no longer exists, which calls nobody.
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.kind, callback, self.capture);
    }
}

/// Milliseconds after which a frame is late: even a browser at its limit gives one sooner.
const LATE: f64 = 1000.0;

/// Asks for animation frames, one at a time; one that was asked for is called off when dropped.
pub struct Frames {
    closure: Closure<dyn FnMut(f64)>,
    // the browser's number of the one asked for, and when that was
    asked: Cell<Option<(i32, f64)>>,
}

impl Frames {
    /// Calls `handler` with the time in milliseconds, at each frame that was asked for.
    pub fn new(handler: impl FnMut(f64) + 'static) -> Self {
        Self { closure: Closure::new(handler), asked: Cell::new(None) }
    }

    /// Asks for the next frame, unless that was done already.
    pub fn ask(&self) {
        if self.asked.get().is_none() {
            let frame = window().request_animation_frame(self.closure.as_ref().unchecked_ref());
            self.asked.set(Some((frame.expect("a window has frames"), now())));
        }
    }

    /// The frame asked for has come.
    pub fn came(&self) {
        self.asked.set(None);
    }

    /// Whether a frame that was asked for is late in a document that is not hidden. WebKit gives a page inside another
    /// that is scrolled out of view one in ten seconds, others may give none.
    pub fn are_late(&self) -> bool {
        self.asked.get().is_some_and(|(_, since)| now() - since >= LATE) && !document().hidden()
    }

    /// Calls off the frame asked for.
    pub fn call_off(&self) {
        if let Some((frame, _)) = self.asked.take() {
            // A browser that no longer knows the frame calls nobody.
            let _ = window().cancel_animation_frame(frame);
        }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.call_off();
    }
}

/// A timer that ends when dropped.
pub struct Interval {
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Interval {
    /// Calls `handler` every `milliseconds`.
    pub fn new(milliseconds: i32, handler: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(handler);
        let callback = closure.as_ref().unchecked_ref();
        let id = window()
            .set_interval_with_callback_and_timeout_and_arguments_0(callback, milliseconds)
            .expect("a window has timers");
        Self { id, _closure: closure }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        window().clear_interval_with_handle(self.id);
    }
}
