//! The handout: a dialog tells how far its pages are, then they are printed in place of the page.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlImageElement, Url};

use super::dom::{
    Interval, Listener, append, by_id, create, document, hide_button, now, set_attribute, set_mathematics, set_text,
    window,
};
use super::files::address_of;
use super::own_data::Bytes;
use super::qr_code::addresses;
use super::workers::{Workers, machine};
use super::{Dispatch, keys};
use crate::language::tr;
use crate::link::Link;
use crate::session::event::Event;
use crate::session::handout::{Drawn, Handout, Sheet};
use crate::session::workers::Order;

/// Milliseconds between two looks at how far it is: also in a page that is hidden, where there are no frames.
const LOOK: i32 = 100;

/// The dialog.
pub struct HandoutDialog {
    making: Rc<RefCell<Option<Making>>>,
    _listeners: [Listener; 4],
}

/// A handout in the making, or ready.
struct Making {
    handout: Handout,
    // none once all pages are there
    workers: Option<Workers>,
    _pictures: Pictures,
    _looks: Interval,
}

/// The addresses of the pictures in the document, as long as they are there.
#[derive(Default)]
struct Pictures(Vec<String>);

impl Drop for Pictures {
    fn drop(&mut self) {
        for address in &self.0 {
            // The browser made it: it knows it.
            let _ = Url::revoke_object_url(address);
        }
    }
}

impl HandoutDialog {
    /// Finds its elements and listens to them.
    pub fn new() -> Self {
        let making: Rc<RefCell<Option<Making>>> = Rc::default();
        let (hurried, closed) = (making.clone(), making.clone());
        let hurry = Listener::new(&by_id::<HtmlElement>("handout-hurry"), "click", move |_| {
            if let Ok(mut making) = hurried.try_borrow_mut()
                && let Some(making) = making.as_mut()
            {
                making.handout.hurry();
            }
        });
        let close = Listener::new(&dialog(), "close", move |_| {
            take_away();
            // After a panic it stays borrowed: the page has stopped, and says so.
            if let Ok(mut making) = closed.try_borrow_mut() {
                *making = None;
            }
        });
        let print = Listener::new(&by_id::<HtmlElement>("handout-print"), "click", |_| print());
        let button = Listener::new(&by_id::<HtmlElement>("handout-close"), "click", |_| dialog().close());
        Self { making, _listeners: [hurry, close, print, button] }
    }

    /// Has a page made of each scene, and prints them.
    pub fn begin(&self, scenes: Vec<Link>) {
        let making = Rc::downgrade(&self.making);
        let (hears, looks) = (making.clone(), making);
        let dispatch: Dispatch = Rc::new(move |event| advance(&hears, event));
        let (handout, orders) = Handout::begin(scenes, machine(), now());
        let workers = Some(Workers::new(dispatch, Bytes::default()));
        let interval = Interval::new(LOOK, move || advance(&looks, Event::SecondPassed));
        let mut making = Making { handout, workers, _pictures: Pictures::default(), _looks: interval };
        making.carry_out(orders);
        let remark = if addresses().link("").is_none() {
            tr!("Only this machine can open the links: type the page’s address under QR code first.")
        } else {
            ""
        };
        set_text(&by_id::<Element>("handout-remark"), remark);
        keys::list().close();
        // To the button of the menu, not into it, the focus can return.
        let _ = by_id::<HtmlElement>("menu").hide_popover();
        dialog().show_modal().expect("a dialog that is closed and in the document can be shown");
        // Not the first button, which would leave something out. Refused only by a browser that has no focus to give.
        let _ = by_id::<HtmlElement>("handout-close").focus();
        making.tell();
        if let Ok(mut holder) = self.making.try_borrow_mut() {
            *holder = Some(making);
        }
    }
}

impl Making {
    /// Does what the workers have to do, and what follows at once.
    fn carry_out(&mut self, orders: Vec<Order>) {
        let mut orders = VecDeque::from(orders);
        while let Some((order, workers)) = orders.pop_front().zip(self.workers.as_mut()) {
            if let Some(event) = workers.carry_out(order) {
                orders.extend(self.handout.update(event, now()));
            }
        }
    }

    /// Says how far it is.
    fn tell(&self) {
        let ready = self.handout.is_complete();
        set_text(&by_id::<Element>("handout-stands"), &self.handout.stands());
        set_text(&by_id::<Element>("handout-progress"), &self.handout.progress());
        by_id::<HtmlElement>("handout-print").set_hidden(!ready);
        let next = if ready { "handout-print" } else { "handout-close" };
        hide_button("handout-hurry", ready || self.handout.hurries(), next);
        set_text(&by_id::<Element>("handout-close"), if ready { tr!("Close") } else { tr!("Cancel") });
    }
}

/// Something has happened to it.
fn advance(making: &Weak<RefCell<Option<Making>>>, event: Event) {
    let Some(making) = making.upgrade() else { return };
    let Ok(mut making) = making.try_borrow_mut() else { return };
    let Some(making) = making.as_mut().filter(|making| making.workers.is_some()) else { return };
    let orders = making.handout.update(event, now());
    making.carry_out(orders);
    making.tell();
    if making.handout.is_complete() {
        making.workers = None;
        making._pictures = Pictures(lay_out(making.handout.sheets()));
        print_once_there();
    }
}

/// There is nothing to be printed any more but the page.
fn take_away() {
    root().class_list().remove_1("handing-out").expect("a class");
    by_id::<Element>("sheets").set_text_content(None);
}

/// Puts the pages into the document; gives the addresses of their pictures.
fn lay_out(sheets: &[Sheet]) -> Vec<String> {
    root().class_list().add_1("handing-out").expect("a class");
    let (holder, mut pictures) = (by_id::<Element>("sheets"), Vec::new());
    for sheet in sheets {
        append(&holder, &element_of(sheet, &mut pictures));
    }
    pictures
}

/// Prints as soon as the pictures can be drawn.
fn print_once_there() {
    let images = by_id::<Element>("sheets").query_selector_all("img").expect("the selector is valid");
    spawn_local(async move {
        for image in (0..images.length()).filter_map(|place| images.item(place)) {
            // One that cannot be drawn is left out on paper, beside its words.
            let _ = JsFuture::from(image.unchecked_into::<HtmlImageElement>().decode()).await;
        }
        if dialog().open() {
            print();
        }
    });
}

fn print() {
    // Refused by a page around this one that allows no dialogs; the browser's own menu prints too.
    let _ = window().print();
}

fn dialog() -> HtmlDialogElement {
    by_id("handout")
}

fn root() -> Element {
    document().document_element().expect("a document has a root")
}

/// A page.
fn element_of(sheet: &Sheet, addresses_of_pictures: &mut Vec<String>) -> Element {
    let section: Element = create("section", "sheet");
    let mut image = |svg: &str, words: &str| {
        let image: HtmlImageElement = create("img", "");
        image.set_alt(words);
        if let Some(address) = address_of(&svg.into(), "image/svg+xml") {
            image.set_src(&address);
            addresses_of_pictures.push(address);
        }
        image
    };
    let say = |tag: &str, class: &str, text: &str| {
        if !text.is_empty() {
            let element: Element = create(tag, class);
            set_mathematics(&element, text);
            append(&section, &element);
        }
    };
    let (link, code) = addresses().on_paper(&sheet.fragment);
    if let Some(code) = code {
        append(&section, &image(&code.svg(), tr!("QR code of the link below")));
    }
    say("p", "of", &tr!("Winning Ticket, scene {place}", place = sheet.place));
    // Words of the lecturer's own are no mathematics.
    for (tag, class, text) in [("h2", "", &sheet.title), ("p", "note", &sheet.note)] {
        let element: Element = create(tag, class);
        set_text(&element, text);
        append(&section, &element);
    }
    say("p", "settings", &sheet.settings);
    let pictures: Element = create("div", "pictures");
    for drawn in &sheet.pictures {
        append(&pictures, &figure_of(drawn, &image(&drawn.svg, &drawn.alternative)));
    }
    append(&section, &pictures);
    say("p", "status", &sheet.status);
    for remark in &sheet.remarks {
        say("p", "status", remark);
    }
    let lights: Element = create("ul", "lights");
    for (name, light) in &sheet.lights {
        let item: Element = create("li", "");
        set_attribute(&item, "data-state", light.look);
        for (tag, text) in [("b", *name), ("i", light.verdict), ("span", &light.sentence)] {
            let part: Element = create(tag, "");
            set_mathematics(&part, text);
            append(&item, &part);
            item.append_with_str_1(" ").expect("an element takes text");
        }
        append(&lights, &item);
    }
    append(&section, &lights);
    let footer: Element = create("p", "address");
    let told = match sheet.digest.as_str() {
        "" => link,
        digest => tr!("{link} · digest {digest}", link, digest),
    };
    set_text(&footer, &told);
    append(&section, &footer);
    section
}

/// A picture with the words around it, and the disc's with the page's own key.
fn figure_of(drawn: &Drawn, image: &HtmlImageElement) -> Element {
    let figure: Element = create("figure", "");
    set_attribute(&figure, "data-picture", drawn.key);
    let heading: Element = create("h3", "");
    set_mathematics(&heading, &drawn.heading);
    append(&figure, &heading);
    append(&figure, image);
    let key = document().query_selector("#disc-region .legend").expect("the selector is valid");
    if let Some(key) = key.filter(|_| drawn.key == "disc") {
        let copy: Element = key.clone_node_with_deep(true).expect("an element has a copy").unchecked_into();
        for name in ["id", "style"] {
            // What is beside data of the reader's own hides it there.
            copy.remove_attribute(name).expect("the attribute has a name");
        }
        append(&figure, &copy);
    }
    let caption: Element = create("figcaption", "");
    set_mathematics(&caption, &drawn.caption);
    append(&figure, &caption);
    figure
}
