//! The dialog in which a lecturer makes a scene of the present moment, and a sequence of scenes.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DomParser, Element, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement, SupportedType,
};

use super::Dispatch;
use super::dom::{Listener, all, append, by_id, create, document, set_attribute, set_text, window};
use super::loading::bytes_of;
use crate::language::{message, tr, translate};
use crate::link::sequence::LARGEST_FILE;
use crate::link::stage::{Parts, Stage};
use crate::session::Session;
use crate::session::composing::{Doing, Made, ToDo, count, hides, made, name_of, parts, pictures, remark_on};
use crate::session::event::Event;

/// Where the form lies, beside the page: nobody needs it who only looks.
const FORM: &str = "composer.html";

/// The dialog.
pub struct Composer {
    dispatch: Dispatch,
    // those of the form, once it has come
    listeners: Vec<Listener>,
    // those of the list of scenes
    items: Vec<Listener>,
    // which button is to have the focus once the list is made anew: what it does, and to which scene
    next: Rc<Cell<Option<(&'static str, usize)>>>,
}

impl Composer {
    /// The dialog, still without its form.
    pub fn new(dispatch: &Dispatch) -> Self {
        Self { dispatch: dispatch.clone(), listeners: Vec::new(), items: Vec::new(), next: Rc::default() }
    }

    /// Carries it out.
    pub fn carry_out(&mut self, to_do: &ToDo, session: &Session) {
        match to_do {
            ToDo::Open if self.listeners.is_empty() => self.load(),
            ToDo::Open => {
                fill(session.composing().draft());
                self.show(session);
                open();
            }
            ToDo::Fill => {
                self.listen();
                fill(session.composing().draft());
                open();
            }
            ToDo::Show => self.show(session),
            ToDo::Close => close(),
        }
    }

    fn load(&self) {
        let dispatch = self.dispatch.clone();
        spawn_local(async move {
            let text = bytes_of(FORM).await.and_then(|bytes| String::from_utf8(bytes).ok());
            let form = text.and_then(|text| {
                let file = DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()?;
                file.query_selector("form").ok()?
            });
            let doing = match form {
                Some(form) => {
                    super::language::translate(&form);
                    append(&dialog(), &form);
                    Doing::Loaded
                }
                None => Doing::Missing,
            };
            dispatch(Event::Compose(doing));
        });
    }

    fn listen(&mut self) {
        let checks = |holder: &str, names: &[(&'static str, &'static str)]| {
            let holder: Element = by_id(holder);
            for (key, name) in names {
                let label: Element = create("label", "");
                let check: HtmlInputElement = create("input", "");
                check.set_type("checkbox");
                check.set_value(key);
                append(&label, &check);
                label.append_with_str_1(name).expect("an element takes text");
                append(&holder, &label);
            }
        };
        let [controls, others] = parts();
        for (id, (heading, names)) in [("composer-controls", controls), ("composer-parts", others)] {
            set_text(&by_id::<Element>(&format!("{id}-legend")), heading);
            checks(id, &names);
        }
        checks("composer-enlarged", &pictures().collect::<Vec<_>>());
        let says = |doing: fn() -> Doing| {
            let dispatch = self.dispatch.clone();
            move |_| dispatch(Event::Compose(doing()))
        };
        let form: HtmlElement = by_id("composer-form");
        let on = |id: &str, doing| Listener::new(&by_id::<HtmlElement>(id), "click", says(doing));
        self.listeners = vec![
            Listener::new(&form, "input", says(|| Doing::Drafts(drafted()))),
            // Enter in a box is no submission of the form.
            Listener::new(&form, "submit", |event| event.prevent_default()),
            on("composer-show", || Doing::Shows),
            on("composer-add", || Doing::Adds),
            on("composer-start", || Doing::Starts),
            on("composer-print", || Doing::Prints),
            on("composer-save", || Doing::Saves),
            Listener::new(&by_id::<HtmlElement>("composer-close"), "click", |_| dialog().close()),
            self.reads_a_file(),
        ];
        self.listeners.extend(Made::ALL.map(|made| {
            let dispatch = self.dispatch.clone();
            let button: HtmlElement = by_id(&format!("composer-copy-{}", made.key()));
            Listener::new(&button, "click", move |_| dispatch(Event::Compose(Doing::Copies(made, address()))))
        }));
    }

    fn reads_a_file(&self) -> Listener {
        let (dispatch, input) = (self.dispatch.clone(), by_id::<HtmlInputElement>("composer-file"));
        Listener::new(&input.clone(), "change", move |_| {
            let Some(file) = input.files().and_then(|files| files.item(0)) else { return };
            let dispatch = dispatch.clone();
            let size = file.size() as usize;
            // The same file once more is a choice too.
            input.set_value("");
            if size > LARGEST_FILE {
                return dispatch(Event::Compose(Doing::TooLarge(size)));
            }
            spawn_local(async move {
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                dispatch(Event::Compose(text.map_or(Doing::Unreadable, Doing::Reads)));
            });
        })
    }

    /// Shows what follows from the draft, and the sequence.
    fn show(&mut self, session: &Session) {
        if self.listeners.is_empty() {
            return;
        }
        let (moment, sequence, page) = (session.drafted(), session.sequence(), address());
        for what in Made::ALL {
            let text = if what == Made::Sequence && sequence.scenes.is_empty() {
                String::new()
            } else {
                made(what, &moment, sequence, &page)
            };
            by_id::<HtmlInputElement>(&format!("composer-{}", what.key())).set_value(&text);
        }
        by_id::<HtmlElement>("composer-of-sequence").set_hidden(sequence.scenes.is_empty());
        set_text(&by_id::<Element>("composer-hides"), &hides(session.composing().draft()));
        set_text(&by_id::<Element>("composer-count"), &count(sequence.scenes.len()));
        set_text(&by_id::<Element>("composer-remark"), remark_on(&page));
        set_text(&by_id::<Element>("composer-said"), session.composing().said());
        let names: Vec<String> = sequence.scenes.iter().map(name_of).collect();
        self.list(&names);
    }

    /// The scenes, each with the buttons that move and remove it.
    fn list(&mut self, names: &[String]) {
        let holder: Element = by_id("composer-scenes");
        let shown: Vec<String> =
            all(&holder, ".scene-name").iter().map(|name| name.text_content().unwrap_or_default()).collect();
        if shown == names {
            return;
        }
        holder.set_text_content(None);
        self.items.clear();
        for (place, name) in names.iter().enumerate() {
            let item: Element = create("li", "");
            let words: Element = create("span", "scene-name");
            words.set_text_content(Some(name));
            append(&item, &words);
            for (word, by) in [(message!("Up"), -1), (message!("Down"), 1), (message!("Remove"), 0)] {
                let button: HtmlElement = create("button", "quiet");
                let does = translate(word);
                button.set_text_content(Some(does));
                set_attribute(&button, "type", "button");
                set_attribute(&button, "aria-label", &tr!("{does}: {scene}", does, scene = name));
                button.set_id(&format!("composer-{word}-{place}"));
                let stays = (by < 0 && place == 0) || (by > 0 && place + 1 == names.len());
                set_attribute(&button, "aria-disabled", if stays { "true" } else { "false" });
                let (dispatch, next) = (self.dispatch.clone(), self.next.clone());
                self.items.push(Listener::new(&button, "click", move |_| {
                    next.set(Some((word, place.saturating_add_signed(by as isize))));
                    dispatch(Event::Compose(if by == 0 { Doing::Removes(place) } else { Doing::Moves(place, by) }));
                }));
                append(&item, &button);
            }
            append(&holder, &item);
        }
        // The button that had the focus is gone; the same one of the same scene takes it, or that of the next.
        if let Some((word, place)) = self.next.take() {
            let last = names.len().checked_sub(1);
            let id = last.map_or("composer-add".to_owned(), |last| format!("composer-{word}-{}", place.min(last)));
            // Refused only by a browser that has no focus to give.
            let _ = by_id::<HtmlElement>(&id).focus();
        }
    }
}

fn dialog() -> HtmlDialogElement {
    by_id("composer")
}

fn open() {
    if !dialog().open() {
        // To the button of the menu, not into it, the focus can return.
        let _ = by_id::<HtmlElement>("menu").hide_popover();
        dialog().show_modal().expect("a dialog that is closed and in the document can be shown");
    }
}

/// Closes it; where what opened it is no longer there, the focus comes to what leads on, or to the menu.
fn close() {
    dialog().close();
    for id in ["words-next", "words-menu"] {
        let body = document().body();
        if document().active_element().is_none_or(|active| Some(active.as_ref()) == body.as_deref()) {
            // Not while that is not there either.
            let _ = by_id::<HtmlElement>(id).focus();
        }
    }
}

fn address() -> String {
    window().location().href().unwrap_or_default()
}

fn note() -> HtmlTextAreaElement {
    by_id("composer-note")
}

fn title() -> HtmlInputElement {
    by_id("composer-scene-title")
}

/// The boxes within an element that can be ticked.
fn checks(holder: &str) -> Vec<HtmlInputElement> {
    all(&by_id(holder), "input").into_iter().map(JsCast::unchecked_into).collect()
}

/// What the form says.
fn drafted() -> Stage {
    let ticked = |holders: &[&str]| {
        let boxes = holders.iter().flat_map(|holder| checks(holder)).filter(HtmlInputElement::checked);
        let keys: Vec<String> = boxes.map(|check| check.value()).collect();
        Parts::of(keys.iter().map(String::as_str))
    };
    Stage {
        title: title().value(),
        note: note().value(),
        hidden: ticked(&["composer-controls", "composer-parts"]),
        enlarged: ticked(&["composer-enlarged"]),
        ..Stage::default()
    }
}

fn fill(draft: &Stage) {
    title().set_value(&draft.title);
    note().set_value(&draft.note);
    for (holder, parts) in [
        ("composer-controls", &draft.hidden),
        ("composer-parts", &draft.hidden),
        ("composer-enlarged", &draft.enlarged),
    ] {
        for check in checks(holder) {
            check.set_checked(parts.has(&check.value()));
        }
    }
}
