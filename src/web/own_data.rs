//! Data of the reader's own: the button and the drop that offer a file, its bytes on the way to the worker, and the row that
//! names it in the lab.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::ArrayBuffer;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, DragEvent, Element, EventTarget, File, FileList, HtmlElement, HtmlInputElement};

use super::Dispatch;
use super::dom::{Listener, all, append, by_id, create, document, set_attribute, set_mathematics, set_style, set_text};
use crate::session::Session;
use crate::session::event::Event;
use crate::session::own_data::{self, Doing};

/// The bytes of a file, from when the browser has read them until a worker gets them.
pub type Bytes = Rc<RefCell<Option<ArrayBuffer>>>;

/// What offers files.
pub struct Offers {
    offered: Rc<RefCell<Option<File>>>,
    // how many were read: of two on their way at once only the later one counts
    reads: Rc<Cell<u32>>,
    bytes: Bytes,
    dispatch: Dispatch,
    _listeners: Vec<Listener>,
}

impl Offers {
    /// Finds the button and its input, and listens to them and to what is dropped on the page; `bytes` holds what is read.
    pub fn new(dispatch: &Dispatch, bytes: Bytes) -> Self {
        let offered: Rc<RefCell<Option<File>>> = Rc::default();
        let input: HtmlInputElement = by_id("data-file");
        let (held, tell) = (offered.clone(), dispatch.clone());
        let offer = Rc::new(move |files: Option<FileList>| {
            let Some(file) = files.and_then(|files| files.item(0)) else { return };
            let (name, size) = (file.name(), file.size());
            *held.borrow_mut() = Some(file);
            tell(Event::Data(Doing::Offers { file: name, bytes: size as u64 }));
        });
        let (clicked, chosen, chose, dropped) = (input.clone(), input.clone(), offer.clone(), offer);
        let close = dispatch.clone();
        let listeners = vec![
            Listener::new(&by_id::<HtmlElement>("data-open"), "click", move |_| clicked.click()),
            Listener::new(&input, "change", move |_| {
                // Closed already where it was not opened by hand.
                let _ = by_id::<HtmlElement>("saves").hide_popover();
                chose(chosen.files());
                // The same file may have been written anew.
                chosen.set_value("");
            }),
            Listener::new(&by_id::<HtmlElement>("own-close"), "click", move |_| close(Event::Data(Doing::Closes))),
            on_drag("dragover", |event, _| {
                event.prevent_default();
                mark_drop(true);
            }),
            on_drag("dragleave", |event, _| mark_drop(event.related_target().is_some())),
            on_drag("drop", move |event, carried| {
                event.prevent_default();
                mark_drop(false);
                dropped(carried.files());
            }),
        ];
        Self { offered, reads: Rc::default(), bytes, dispatch: dispatch.clone(), _listeners: listeners }
    }

    /// Reads the file that was offered last, and tells.
    pub fn read(&self) {
        let Some(file) = self.offered.borrow_mut().take() else { return };
        let (bytes, dispatch, reads) = (self.bytes.clone(), self.dispatch.clone(), self.reads.clone());
        reads.set(reads.get() + 1);
        let number = reads.get();
        spawn_local(async move {
            let read = JsFuture::from(file.array_buffer()).await.ok();
            let buffer = read.and_then(|read| read.dyn_into::<ArrayBuffer>().ok());
            if reads.get() != number {
                return;
            }
            let doing = if buffer.is_some() { Doing::IsRead } else { Doing::IsNotRead };
            *bytes.borrow_mut() = buffer;
            dispatch(Event::Data(doing));
        });
    }
}

/// Hears of files that are dragged over the page; of nothing else that is dragged.
fn on_drag(kind: &'static str, hear: impl Fn(&DragEvent, &DataTransfer) + 'static) -> Listener {
    let page: EventTarget = document().into();
    Listener::new(&page, kind, move |event| {
        let Some(event) = event.dyn_ref::<DragEvent>() else { return };
        let carried = event.data_transfer();
        if let Some(carried) = carried.filter(|carried| carried.types().includes(&"Files".into(), 0)) {
            hear(event, &carried);
        }
    })
}

fn mark_drop(over: bool) {
    let root = document().document_element().expect("a document has a root");
    root.toggle_attribute_with_force("data-drop", over).expect("the attribute has a name");
}

/// Shows whether the lab is on own data, on which, and what its curve is.
pub fn show(session: &Session) {
    let (run, file) = (session.run(), session.data().file());
    let name = file.and_then(|file| own_data::name(file, run));
    let is_open = name.is_some();
    let own: HtmlElement = by_id("own");
    if !is_open && own.contains(document().active_element().as_deref()) {
        // Refused only by a browser that has no focus to give.
        let _ = by_id::<HtmlElement>("save-open").focus();
    }
    // The longer words of drawn data keep their room, so that nothing moves.
    let caption: HtmlElement = by_id("disc-caption");
    let room = if is_open { format!("{}px", caption.offset_height()) } else { String::new() };
    set_style(&caption, "min-height", &room);
    set_attribute(&by_id::<Element>("copy-link"), "aria-disabled", if is_open { "true" } else { "false" });
    own.set_hidden(!is_open);
    by_id::<HtmlElement>("beside").set_hidden(is_open);
    if let Some((file, digest)) = name {
        set_text(&by_id::<Element>("own-name"), &file);
        set_text(&by_id::<Element>("own-digest"), &digest);
    }
    let list: Element = by_id("own-told");
    list.set_text_content(None);
    for sentence in own_data::told(run) {
        let item: Element = create("li", "");
        set_mathematics(&item, &sentence);
        append(&list, &item);
    }
    show_measure(run.knows_oracle(), is_open);
}

/// Names the curve, and hides what there is not to be seen of own data.
fn show_measure(knows_oracle: bool, is_open: bool) {
    let words = own_data::measure(knows_oracle);
    for element in all(&by_id("lab"), "[data-measure]") {
        set_text(&element, if element.matches(".word").unwrap_or(false) { words.short } else { words.name });
    }
    set_attribute(&by_id::<Element>("error-region"), "aria-label", words.name);
    set_attribute(&by_id::<Element>("error-canvas"), "aria-label", words.label);
    for (id, hidden) in [("error-formula", !knows_oracle), ("loss-formula", knows_oracle)] {
        by_id::<HtmlElement>(id).set_hidden(hidden);
    }
    // Unseen in its place, so that nothing moves.
    let unseen = [("disc-picture", !knows_oracle), ("shade", !knows_oracle), ("disc-key", is_open), ("paint", is_open)];
    for (id, unseen) in unseen {
        set_style(&by_id(id), "visibility", if unseen { "hidden" } else { "" });
    }
}
