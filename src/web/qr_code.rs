//! The dialog with the QR code of the moment.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::Dispatch;
use super::dom::{Listener, by_id, document, set_attribute, set_text, window};
use super::kept::Shelf;
use super::keys;
use crate::session::event::Event;
use crate::session::kept::Piece;
use crate::session::qr_code::{Addresses, Shown, read_address};

/// The dialog.
pub struct CodeDialog {
    // what is shown
    fragment: Rc<RefCell<String>>,
    _listeners: [Listener; 3],
}

impl CodeDialog {
    /// Finds its elements and listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let fragment = Rc::new(RefCell::new(String::new()));
        let (dispatch, shown) = (dispatch.clone(), fragment.clone());
        let closed = Listener::new(&dialog(), "close", move |_| dispatch(Event::QrCodeClosed));
        let typed = Listener::new(&by_id::<HtmlElement>("qr-address"), "change", move |_| {
            take_address();
            fill(&shown.borrow());
        });
        let shown = fragment.clone();
        // Another window, as that with the notes, has typed an address.
        let typed_there = Listener::new(&window(), "storage", move |_| {
            if dialog().open() {
                show_address();
                fill(&shown.borrow());
            }
        });
        Self { fragment, _listeners: [closed, typed, typed_there] }
    }

    /// Shows the code of this moment, or closes the dialog.
    pub fn show(&self, fragment: Option<String>) {
        let dialog = dialog();
        let Some(fragment) = fragment else { return dialog.close() };
        fill(&fragment);
        *self.fragment.borrow_mut() = fragment;
        if !dialog.open() {
            keys::list().close();
            show_address();
            dialog.show_modal().expect("a dialog that is closed and in the document can be shown");
            // Refused only by a browser that has no focus to give.
            let _ = by_id::<HtmlElement>("qr-close").focus();
        }
    }
}

/// Its element.
pub fn dialog() -> HtmlDialogElement {
    by_id("qr")
}

/// Where the page can be found.
pub fn addresses() -> Addresses {
    let built = document().query_selector("meta[name=page-address]").expect("the selector is valid");
    Addresses {
        here: window().location().href().unwrap_or_default(),
        built: built.and_then(|meta| meta.get_attribute("content")).unwrap_or_default(),
        typed: Shelf::ADDRESS.pieces().into_iter().next().unwrap_or_default(),
    }
}

/// Shows the address under which phones find the page.
fn show_address() {
    let Addresses { typed, built, .. } = addresses();
    by_id::<HtmlInputElement>("qr-address").set_value(if typed.is_empty() { &built } else { &typed });
    set_text(&by_id::<Element>("qr-mistake"), "");
}

/// Keeps the address that was typed, or says why not.
fn take_address() {
    let typed: HtmlInputElement = by_id("qr-address");
    let mistake = match read_address(&typed.value()) {
        Ok(address) => {
            typed.set_value(&address);
            Shelf::ADDRESS.keep(&Piece { number: 0, text: address });
            String::new()
        }
        Err(sentence) => sentence,
    };
    set_attribute(&typed, "aria-invalid", if mistake.is_empty() { "false" } else { "true" });
    set_text(&by_id::<Element>("qr-mistake"), &mistake);
}

fn fill(fragment: &str) {
    let addresses = addresses();
    let Shown { link, modules, sentence } = Shown::of(&addresses, fragment);
    set_text(&by_id::<Element>("qr-words"), &sentence);
    let shown: HtmlInputElement = by_id("qr-link");
    shown.set_value(&link);
    shown.set_hidden(link.is_empty());
    by_id::<HtmlElement>("qr-own").set_hidden(!addresses.is_own());
    let picture: Element = by_id("qr-picture");
    let Some(modules) = modules else { return set_attribute(&picture, "hidden", "") };
    picture.remove_attribute("hidden").expect("the attribute has a name");
    set_attribute(&picture, "viewBox", &format!("0 0 {0} {0}", modules.side));
    let path = picture.query_selector("path").expect("the selector is valid").expect("the picture has a path");
    set_attribute(&path, "d", &modules.path);
}
