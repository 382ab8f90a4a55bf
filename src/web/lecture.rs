//! The lecture on the page: the words of a beat beside the lab, the buttons, and what is hidden until the hall has voted.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DomParser, Element, EventTarget, HtmlElement, HtmlInputElement, MouseEvent, Node, SupportedType};

use super::Dispatch;
use super::dom::{Listener, append, by_id, create, document, set_attribute, set_text, window};
use super::loading::bytes_of;
use crate::session::event::Event;
use crate::session::lecture::{Beat, Doing, Lecture as Known, file_of};

/// Up to so many windows high the page’s head and the lab are one screen: a long column at its side may go on below.
const ROOM: f64 = 1.15;

/// The beats of a scene as its file has them.
type Beats = Option<(usize, Vec<Element>)>;

/// The lecture's elements.
pub struct Lecture {
    dispatch: Dispatch,
    beats: Rc<RefCell<Beats>>,
    // the beat that stands in the page, with its scene
    shown: Option<(usize, usize)>,
    answers: Vec<(HtmlElement, Listener)>,
    // what had the focus when it became dark
    before_dark: Option<HtmlElement>,
    _listeners: Vec<Listener>,
}

impl Lecture {
    /// Finds its elements and listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let on = |id: &str, doing: fn() -> Doing| {
            let dispatch = dispatch.clone();
            Listener::new(&by_id::<HtmlElement>(id), "click", move |_| dispatch(Event::Lecture(doing())))
        };
        let mut listeners = vec![
            on("scene-next", || Doing::Steps(1)),
            on("scene-back", || Doing::Steps(-1)),
            on("scene-full", || Doing::FullScreen),
            on("scene-dark", || Doing::Blanks),
            on("dark", || Doing::Blanks),
            on("scene-leave", || Doing::Leaves),
            Listener::new(&by_id::<HtmlElement>("scene-letters"), "change", |_| tell_of_letters()),
        ];
        let links = document().query_selector_all("a[data-scene]").expect("the selector is valid");
        listeners.extend((0..links.length()).filter_map(|i| links.item(i)).map(|link| stays_here(&link)));
        Self {
            dispatch: dispatch.clone(),
            beats: Rc::default(),
            shown: None,
            answers: Vec::new(),
            before_dark: None,
            _listeners: listeners,
        }
    }

    /// Loads the file of a scene, and tells what its beats want.
    pub fn load(&self, scene: usize) {
        let (dispatch, beats) = (self.dispatch.clone(), self.beats.clone());
        spawn_local(async move {
            let bytes = bytes_of(&file_of(scene)).await;
            let loaded = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).and_then(|text| sections(&text));
            let doing = match loaded {
                Some(sections) => {
                    let wanted = sections.iter().map(beat_of).collect();
                    *beats.borrow_mut() = Some((scene, sections));
                    Doing::Loaded(scene, wanted)
                }
                None => Doing::Missing(scene),
            };
            dispatch(Event::Lecture(doing));
        });
    }

    /// Shows where the lecture is.
    pub fn show(&mut self, known: &Known) {
        let root = document().document_element().expect("a document has a root");
        let pane: HtmlElement = by_id("scene");
        pane.set_hidden(!known.is_on());
        self.darken(known.is_blank());
        let Some(place) = known.place() else {
            for name in ["data-lecture", "data-shows"] {
                root.remove_attribute(name).expect("the attribute has a name");
            }
            if self.shown.take().is_some() {
                // The button that left it is gone.
                let _ = by_id::<HtmlElement>("lab").focus();
            }
            return;
        };
        if !root.has_attribute("data-lecture") {
            set_attribute(&root, "data-lecture", "on");
            tell_of_letters();
        }
        set_text(&by_id::<Element>("scene-place"), &known.words());
        set_text(&by_id::<Element>("scene-title"), place.title());
        set_attribute(
            &by_id::<Element>("scene-next"),
            "aria-disabled",
            if known.has_next() { "false" } else { "true" },
        );
        let now = (place.scene, place.beat);
        let beats = self.beats.clone();
        let beats = beats.borrow();
        let section =
            beats.as_ref().filter(|(scene, _)| *scene == place.scene).and_then(|(_, all)| all.get(place.beat));
        if self.shown != Some(now)
            && let Some(section) = section
        {
            set_attribute(&root, "data-shows", &section.get_attribute("data-shows").unwrap_or_default());
            self.show_beat(section);
            if self.shown.is_some() && is_out_of_sight(&pane) {
                show_lab();
            }
            let next = beats
                .as_ref()
                .and_then(|(_, all)| all.get(place.beat + 1))
                .and_then(|next| next.query_selector("p").ok()?);
            let next = next.and_then(|next| next.text_content()).unwrap_or_else(|| known.after().to_owned());
            set_text(&by_id::<Element>("notes-next"), &next);
            if self.shown.is_none() && came_by_link() {
                let _ = by_id::<HtmlElement>("scene-title").focus();
            }
            self.shown = Some(now);
        }
        // Spoken after the question.
        set_text(&by_id::<Element>("scene-vote"), known.vote_words());
        for (place, (answer, _)) in self.answers.iter().enumerate() {
            set_attribute(answer, "aria-pressed", if known.vote() == Some(place) { "true" } else { "false" });
        }
    }

    /// Makes the page dark, or seen again: the focus is on the dark itself, which says what it is, and then where it was.
    fn darken(&mut self, dark: bool) {
        let cover: HtmlElement = by_id("dark");
        if cover.hidden() != dark {
            return;
        }
        let focused = document().active_element();
        let had_focus = focused.as_ref().is_some_and(|focused| focused.id() == "dark");
        cover.set_hidden(!dark);
        let next = if dark {
            self.before_dark = focused.and_then(|focused| focused.dyn_into().ok());
            Some(cover)
        } else {
            self.before_dark.take().filter(|_| had_focus)
        };
        // Refused where the dark is not seen, as beside the notes.
        let _ = next.map(|next| next.focus());
    }

    /// The words of a beat, its answers as buttons.
    fn show_beat(&mut self, section: &Element) {
        let holder: Element = by_id("scene-text");
        holder.set_text_content(None);
        self.answers.clear();
        let copy: Element = section.clone_node_with_deep(true).expect("an element can be copied").unchecked_into();
        let notes = copy.query_selector("aside").expect("the selector is valid");
        set_text(
            &by_id::<Element>("notes-text"),
            &notes.as_ref().and_then(|notes| notes.text_content()).unwrap_or_default(),
        );
        if let Some(notes) = notes {
            notes.remove();
        }
        let answers = copy.query_selector_all("ol > li").expect("the selector is valid");
        for (place, item) in (0..answers.length()).filter_map(|i| answers.item(i)).enumerate() {
            let item: Element = item.unchecked_into();
            let button: HtmlElement = create("button", "answer");
            button.set_text_content(item.text_content().as_deref());
            set_attribute(&button, "type", "button");
            let dispatch = self.dispatch.clone();
            let listener = Listener::new(&button, "click", move |_| dispatch(Event::Lecture(Doing::Votes(place))));
            item.set_text_content(None);
            append(&item, &button);
            self.answers.push((button, listener));
        }
        while let Some(child) = copy.first_child() {
            holder.append_child(&child).expect("an element takes children");
        }
    }

    /// Turns to the whole screen, or back; a browser that does not allow it stays as it is.
    pub fn turn_full_screen() {
        if document().fullscreen_element().is_some() {
            document().exit_fullscreen();
        } else if let Some(root) = document().document_element() {
            let _ = root.request_fullscreen();
        }
    }
}

/// The sections of a scene's file.
fn sections(text: &str) -> Option<Vec<Element>> {
    let scene = DomParser::new().ok()?.parse_from_string(text, SupportedType::TextHtml).ok()?;
    let sections = scene.query_selector_all("main > section").ok()?;
    let sections: Vec<Element> =
        (0..sections.length()).filter_map(|i| sections.item(i)).map(Node::unchecked_into).collect();
    (!sections.is_empty()).then_some(sections)
}

/// What a section wants of the lab.
fn beat_of(section: &Element) -> Beat {
    Beat {
        link: section.get_attribute("data-link"),
        speed: section.get_attribute("data-plays"),
        covers: section.get_attribute("data-hides").unwrap_or_default(),
        answers: section.query_selector_all("ol > li").map_or(0, |answers| answers.length() as usize),
    }
}

/// Who follows a link to a scene stays on the page; without a script, or in another tab, it leads to the scene's own.
fn stays_here(link: &Node) -> Listener {
    let key = link.unchecked_ref::<Element>().get_attribute("data-scene").unwrap_or_default();
    Listener::new(link.unchecked_ref::<EventTarget>(), "click", move |event| {
        let plain = event
            .dyn_ref::<MouseEvent>()
            .is_some_and(|mouse| !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key()) && mouse.button() == 0);
        if plain {
            event.prevent_default();
            window().location().set_hash(&format!("scene={key}")).expect("a fragment can be set");
            show_lab();
        }
    })
}

/// The lab comes into sight: with the page's head, where both have room in the window.
fn show_lab() {
    let lab: HtmlElement = by_id("lab");
    if f64::from(lab.offset_top() + lab.offset_height()) <= ROOM * window_height() {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    } else {
        lab.scroll_into_view();
    }
}

/// Whether nothing of an element is in the window.
fn is_out_of_sight(element: &Element) -> bool {
    let place = element.get_bounding_client_rect();
    place.bottom() <= 0.0 || place.top() >= window_height()
}

/// In CSS pixels.
fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).expect("a window has a height")
}

/// Whether the focus is on a link to a scene, which is out of sight now.
fn came_by_link() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|focused| focused.has_attribute("data-scene"))
}

/// Tells the keys whether single letters are heard in the lecture.
fn tell_of_letters() {
    let root = document().document_element().expect("a document has a root");
    if root.has_attribute("data-lecture") {
        let heard = by_id::<HtmlInputElement>("scene-letters").checked();
        set_attribute(&root, "data-lecture", if heard { "on" } else { "without-letters" });
    }
}
