//! The stage put into the document: what is not there, what is covered, the words above the lab, and the menu of a lecturer.

use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::Dispatch;
use super::dom::{Listener, all, by_id, document, set_attribute, set_text};
use super::lecture::Lecture;
use crate::session::composing;
use crate::session::event::Event;
use crate::session::lecture::Doing as Turns;
use crate::session::stage::{Doing, Shown, Switch};
use crate::spec::fields::Field;

/// The menu and the buttons beside the words.
pub struct StageMenu {
    _listeners: Vec<Listener>,
}

impl StageMenu {
    /// Listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let on = |id: &str, event: Box<dyn Fn() -> Event>| {
            let dispatch = dispatch.clone();
            Listener::new(&by_id::<HtmlElement>(id), "click", move |_| dispatch(event()))
        };
        let mut listeners = vec![
            on("words-next", Box::new(|| Event::Lecture(Turns::Steps(1)))),
            on("words-back", Box::new(|| Event::Lecture(Turns::Steps(-1)))),
            on("show-all", Box::new(|| Event::Stage(Doing::ShowsAll))),
            on("print-scenes", Box::new(|| Event::Compose(composing::Doing::Prints))),
            on("compose", Box::new(|| Event::Compose(composing::Doing::Opens))),
            Listener::new(&by_id::<HtmlElement>("menu-full"), "click", |_| Lecture::turn_full_screen()),
        ];
        listeners.extend(Switch::ALL.map(|switch| {
            let (dispatch, input) = (dispatch.clone(), switch_of(switch));
            Listener::new(&input.clone(), "change", move |_| {
                dispatch(Event::Stage(Doing::Turns(switch, input.checked())));
            })
        }));
        Self { _listeners: listeners }
    }

    /// Shows the page so.
    pub fn show(shown: &Shown) {
        let root = document().document_element().expect("a document has a root");
        let (stage, keys) = (&shown.stage, shown.left_out.iter().collect::<Vec<_>>());
        let switches = [stage.large, stage.thick, stage.contrast];
        for (name, value) in [
            ("data-hides", &keys.join(" ")),
            ("data-covers", &shown.covered),
            ("data-enlarges", &stage.enlarged.to_string()),
            ("data-sliders", &shown.sliders().to_string()),
        ] {
            set_attribute(&root, name, value);
        }
        // Above the lab there is a line, or two and a note.
        match (shown.has_words(), stage.note.is_empty()) {
            (false, _) => root.remove_attribute("data-words").expect("the attribute has a name"),
            (true, alone) => set_attribute(&root, "data-words", if alone { "title" } else { "note" }),
        }
        for (name, on) in [
            ("data-embeds", stage.embedded),
            ("data-sideless", shown.side_is_empty()),
            ("data-sequence", !shown.place.is_empty()),
        ]
        .into_iter()
        .chain(Switch::ALL.iter().zip(switches).map(|(switch, on)| (attribute_of(*switch), on)))
        {
            root.toggle_attribute_with_force(name, on).expect("the attribute has a name");
        }
        leave_out(&root, shown, &keys);
        by_id::<HtmlElement>("words").set_hidden(!shown.has_words());
        for (id, text) in [("words-title", &stage.title), ("words-note", &stage.note), ("words-place", &shown.place)] {
            set_text(&by_id::<Element>(id), text);
        }
        by_id::<HtmlElement>("print-scenes").set_hidden(!shown.has_scenes);
        by_id::<HtmlElement>("words-title").set_hidden(stage.title.is_empty());
        by_id::<HtmlElement>("words-turn").set_hidden(shown.place.is_empty());
        for (id, does_something) in [("words-next", shown.has_next), ("words-back", shown.has_back)] {
            set_attribute(&by_id::<Element>(id), "aria-disabled", if does_something { "false" } else { "true" });
        }
        for (switch, on) in Switch::ALL.into_iter().zip(switches) {
            switch_of(switch).set_checked(on);
        }
        let as_usual = shown.left_out.is_empty() && !shown.has_words();
        set_attribute(&by_id::<Element>("show-all"), "aria-disabled", if as_usual { "true" } else { "false" });
    }
}

fn switch_of(switch: Switch) -> HtmlInputElement {
    by_id(&format!("stage-{}", switch.key()))
}

fn attribute_of(switch: Switch) -> &'static str {
    match switch {
        Switch::Large => "data-large",
        Switch::Thick => "data-thick",
        Switch::Contrast => "data-contrast",
    }
}

/// Marks the elements of these parts as left out, and no others.
fn leave_out(root: &Element, shown: &Shown, keys: &[&str]) {
    const MARK: &str = "data-left-out";
    for element in all(root, "[data-left-out]") {
        element.remove_attribute(MARK).expect("the attribute has a name");
    }
    let embedded = shown.stage.embedded.then_some("embedded");
    for element in keys.iter().copied().chain(embedded).flat_map(|key| elements_of(root, key)) {
        set_attribute(&element, MARK, "");
    }
}

/// The elements of a part: that of a field is its control, with the remark about it.
fn elements_of(root: &Element, key: &str) -> Vec<Element> {
    let selector = match key {
        "controls" => "#controls, .echoes",
        "compare" => "#beside",
        "more" => "#more",
        "hint" => "#hint",
        "lights" => ".assumptions",
        "transport" => "#transport, #time",
        "error" => "#error-region",
        "disc" => "#disc-region",
        "masks" => ".figure.mask",
        "shared" => ".overlap",
        "network" => ".network",
        "width" => "#width-terms, #width-unfold",
        "paint" => ".paint",
        "tables" => "#lab .foot details.data",
        "status" => "#status",
        "digest" => ".bits",
        "theory" => "#theory",
        "scenes" => "#lecture, .masthead [data-scene]",
        "figures" => "#paper > :is(h2, .remark, [data-recorded]), #experiment",
        "search" => "#search",
        "map" => "#maps",
        "terms" => "footer",
        "masthead" => ".masthead > div:not(.title), #language",
        "menu" => "#menu-open, #words-menu",
        "embedded" => {
            ".masthead > div:not(.title), #language, #hint, #theory, #lecture, #paper, footer, .skip, #words-menu"
        }
        _ if Field::by_key(key).is_some() => {
            let found = ["slider", "box", "choice", "switch", "echo"].iter().filter_map(|part| {
                let control = document().get_element_by_id(&format!("{key}-{part}"))?;
                control.closest(".control, .field, .echo").expect("the selector is valid")
            });
            let remark = document().get_element_by_id(&format!("{key}-note")).filter(|note| note.tag_name() == "P");
            return found.chain(remark).collect();
        }
        _ => return Vec::new(),
    };
    all(root, selector)
}
