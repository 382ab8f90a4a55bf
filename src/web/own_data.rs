//! Data of the reader's own: the button and the drop that offer a file, its bytes on the way to the worker, and the row that
//! names it in the lab.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::ArrayBuffer;
use wasm_bindgen::JsCast;
use web_sys::{
    DataTransfer, DragEvent, Element, EventTarget, File, FileList, FileReader, HtmlElement, HtmlInputElement,
    ProgressEvent,
};

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
    // of two on their way at once only the later one counts
    reading: RefCell<Option<Reading>>,
    bytes: Bytes,
    dispatch: Dispatch,
    _listeners: Vec<Listener>,
}

/// A file that the browser reads; no further, once this is dropped.
struct Reading {
    reader: FileReader,
    _listeners: [Listener; 3],
}

impl Reading {
    /// Of `file`; none where the browser refuses at once.
    fn begin(file: &File, bytes: &Bytes, dispatch: &Dispatch) -> Option<Self> {
        let reader = FileReader::new().ok()?;
        let (tell, done, failed) = (dispatch.clone(), dispatch.clone(), dispatch.clone());
        let (bytes, read) = (bytes.clone(), reader.clone());
        let listeners = [
            Listener::new(&reader, "progress", move |event| {
                if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                    tell(Event::Data(Doing::HasRead(event.loaded() as u64)));
                }
            }),
            Listener::new(&reader, "load", move |_| {
                let buffer = read.result().ok().and_then(|read| read.dyn_into::<ArrayBuffer>().ok());
                let doing = if buffer.is_some() { Doing::IsRead } else { Doing::IsNotRead };
                *bytes.borrow_mut() = buffer;
                done(Event::Data(doing));
            }),
            Listener::new(&reader, "error", move |_| failed(Event::Data(Doing::IsNotRead))),
        ];
        reader.read_as_array_buffer(file).ok()?;
        Some(Self { reader, _listeners: listeners })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        // Nothing happens to one that has ended.
        self.reader.abort();
    }
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
        let (close, cancel) = (dispatch.clone(), dispatch.clone());
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
            Listener::new(&by_id::<HtmlElement>("opening-cancel"), "click", move |_| {
                cancel(Event::Data(Doing::Cancels));
            }),
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
        Self { offered, reading: RefCell::default(), bytes, dispatch: dispatch.clone(), _listeners: listeners }
    }

    /// Reads the file that was offered last, and tells; what there is to tell of that at once, if anything.
    pub fn read(&self) -> Option<Event> {
        self.forget();
        let file = self.offered.borrow_mut().take()?;
        let reading = Reading::begin(&file, &self.bytes, &self.dispatch);
        let refused = reading.is_none().then_some(Event::Data(Doing::IsNotRead));
        *self.reading.borrow_mut() = reading;
        refused
    }

    /// Reads no further, and forgets what was read.
    pub fn forget(&self) {
        *self.reading.borrow_mut() = None;
        *self.bytes.borrow_mut() = None;
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
    if let Some((file, digest)) = name {
        set_text(&by_id::<Element>("own-name"), &file);
        set_text(&by_id::<Element>("own-digest"), &digest);
    }
    show_told(session);
    show_reading(session);
    show_measure(run.knows_oracle(), is_open);
}

/// Shows what is known of the data that the lab is on.
pub fn show_told(session: &Session) {
    let list: Element = by_id("own-told");
    list.set_text_content(None);
    for sentence in own_data::told(session.run()) {
        let item: Element = create("li", "");
        set_mathematics(&item, &sentence);
        append(&list, &item);
    }
}

/// Shows which file is being read, and how far, in the place of what the lab is on.
pub fn show_reading(session: &Session) {
    let (opening, is_open) = (session.data().opening(), session.data().file().is_some());
    let (row, own): (HtmlElement, HtmlElement) = (by_id("opening"), by_id("own"));
    let held_focus = row.contains(document().active_element().as_deref());
    row.set_hidden(opening.is_none());
    own.set_hidden(opening.is_some() || !is_open);
    by_id::<HtmlElement>("beside").set_hidden(opening.is_some() || is_open);
    if let Some(opening) = opening {
        let words = opening.words();
        let element: Element = by_id("opening-words");
        set_text(&element, &words);
        set_attribute(&element, "title", &words);
        let share = opening.percent().map_or(String::new(), |percent| format!("{percent}\u{a0}%"));
        set_text(&by_id::<Element>("opening-share"), &share);
    } else if held_focus {
        // Refused only by a browser that has no focus to give.
        let _ = by_id::<HtmlElement>(if is_open { "own-close" } else { "save-open" }).focus();
    }
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
