//! The search for a mask on the page: its boxes, its rounds, its pictures and words.

use web_sys::{
    Element, EventTarget, HtmlDetailsElement, HtmlElement, HtmlInputElement, HtmlProgressElement, HtmlSelectElement,
};

use super::dom::{Listener, append, by_id, create, hide_button, set_attribute, set_mathematics, set_text};
use super::listening::{Translate, listener};
use super::painter::{Stage, read_palette};
use super::{Dispatch, files, tables};
use crate::charts::{Palette, to_svg};
use crate::language::tr;
use crate::session::Session;
use crate::session::event::Event;
use crate::session::searching::{Asked, Doing, Fact, Searching, Sizes};

/// The card of the search.
pub struct Search {
    mask: Stage,
    rounds: Stage,
    lots: Stage,
    shown: Vec<Fact>,
    _listeners: Vec<Listener>,
}

impl Search {
    /// Listens to its parts.
    pub fn new(dispatch: &Dispatch) -> Self {
        let [mask, rounds, lots] = ["search-mask", "search-rounds", "search-lots"].map(Stage::new);
        Self { mask, rounds, lots, shown: Vec::new(), _listeners: listen(dispatch) }
    }

    /// Takes the pictures' sizes, which the search is told of.
    pub fn measure(&mut self, session: &Session) -> Sizes {
        let searching = session.searching();
        by_id::<HtmlElement>("search-results").set_hidden(searching.rounds().0 == 0);
        by_id::<HtmlElement>("search-lottery").set_hidden(searching.lots().is_none());
        for stage in [&mut self.mask, &mut self.rounds, &mut self.lots] {
            stage.measure(1.0);
        }
        Sizes { mask: self.mask.size(), rounds: self.rounds.size(), lots: self.lots.size() }
    }

    /// Shows the card.
    pub fn show(&mut self, session: &Session) {
        let (searching, palette) = (session.searching(), read_palette());
        if let Some(masks) = searching.masks() {
            self.mask.paint(&masks, &palette);
        }
        if let Some(course) = searching.course() {
            self.rounds.paint(&course, &palette);
        }
        if let Some(lots) = searching.lots() {
            self.lots.paint(&lots, &palette);
        }
        set_text(&by_id::<Element>("search-mistake"), searching.mistake());
        set_text(&by_id::<Element>("search-pause"), searching.button());
        hide_button("search-pause", !searching.goes_on(), "search-run");
        hide_button("search-cancel", !searching.is_there(), "search-run");
        hide_button("search-draw", !searching.can_draw_lots(), "search-run");
        set_mathematics(&by_id::<Element>("search-progress"), &searching.progress());
        set_mathematics(&by_id::<Element>("search-whose"), &searching.whose(session.spec_drawn()));
        show_round_bar(searching);
        self.show_facts(searching.facts());
        set_mathematics(&by_id::<Element>("search-remark"), &searching.remark());
        set_mathematics(&by_id::<Element>("search-lottery-words"), &searching.lottery());
        set_attribute(self.mask.canvas(), "aria-label", &searching.masks_words());
        if let Some(table) = searching.table() {
            tables::show("search", || table.clone());
        }
    }

    fn show_facts(&mut self, facts: Vec<Fact>) {
        if self.shown == facts {
            return;
        }
        let list: Element = by_id("search-facts");
        list.set_text_content(None);
        for Fact { name, value } in &facts {
            let (term, told): (Element, Element) = (create("dt", ""), create("dd", ""));
            set_text(&term, name);
            set_mathematics(&told, value);
            append(&list, &term);
            append(&list, &told);
        }
        self.shown = facts;
    }

    /// Has the boxes say this, and leads the reader to the card.
    pub fn lead(asked: &Asked) {
        by_id::<HtmlSelectElement>("search-method").set_value(&asked.method);
        for (id, text) in
            [("search-ratio", &asked.ratio), ("search-count", &asked.rounds), ("search-restart", &asked.restart)]
        {
            by_id::<HtmlInputElement>(id).set_value(text);
        }
        let card: HtmlDetailsElement = by_id("search");
        card.set_open(true);
        card.scroll_into_view();
    }

    /// Saves it in this format.
    pub fn save(&self, session: &Session, format: &'static str) {
        let searching = session.searching();
        let text = match format {
            "csv" => searching.csv(),
            "json" => searching.json(),
            "svg" => searching.course().map(|course| to_svg(&course, &Palette::LIGHT, &searching.progress())),
            _ => None,
        };
        files::save("search", format, text, self.rounds.canvas());
    }
}

/// The bar of the rounds, which goes both ways.
fn show_round_bar(searching: &Searching) {
    let (done, shown) = searching.rounds();
    let bar: HtmlInputElement = by_id("search-round");
    bar.set_max(&done.saturating_sub(1).to_string());
    bar.set_value(&shown.to_string());
    bar.set_disabled(done < 2);
    set_attribute(&bar, "aria-valuetext", &tr!("round {round}", round = shown));
    set_text(&by_id::<Element>("search-round-number"), &shown.to_string());
    let busy: HtmlProgressElement = by_id("search-bar");
    busy.set_hidden(!searching.goes_on());
}

fn listen(dispatch: &Dispatch) -> Vec<Listener> {
    let mut listeners = Vec::new();
    let mut on = |target: &EventTarget, kind, to_event: Translate| {
        listeners.push(listener(dispatch, target, kind, to_event));
    };
    let card: HtmlDetailsElement = by_id("search");
    let shown = card.clone();
    on(&card, "toggle", Box::new(move |_| Some(Event::Search(Doing::Unfolds(shown.open())))));
    // A table is filled when it is unfolded.
    if let Some(details) = by_id::<Element>("search-table").parent_element() {
        on(&details, "toggle", Box::new(|_| Some(Event::Search(Doing::Unfolds(true)))));
    }
    on(&by_id::<HtmlElement>("search-run"), "click", Box::new(|_| Some(Event::Search(Doing::Runs(asked())))));
    for (id, doing) in
        [("search-pause", Doing::Pauses), ("search-cancel", Doing::Cancels), ("search-draw", Doing::DrawsLots)]
    {
        on(&by_id::<HtmlElement>(id), "click", Box::new(move |_| Some(Event::Search(doing.clone()))));
    }
    let waits: HtmlInputElement = by_id("search-waits");
    on(&waits.clone(), "change", Box::new(move |_| Some(Event::Search(Doing::WaitsBetween(waits.checked())))));
    let bar: HtmlInputElement = by_id("search-round");
    on(
        &bar.clone(),
        "input",
        Box::new(move |_| bar.value().parse().ok().map(|round| Event::Search(Doing::Looks(round)))),
    );
    // Rounds and restart follow from the method where nothing stands in their boxes.
    let method: HtmlSelectElement = by_id("search-method");
    on(
        &method,
        "change",
        Box::new(|_| {
            for id in ["search-count", "search-restart"] {
                by_id::<HtmlInputElement>(id).set_value("");
            }
            None
        }),
    );
    for format in files::FORMATS {
        let button = by_id::<HtmlElement>(&format!("search-save-{format}"));
        on(&button, "click", Box::new(move |_| Some(Event::SaveSearch(format))));
    }
    listeners
}

/// What the boxes say.
fn asked() -> Asked {
    let text = |id: &str| by_id::<HtmlInputElement>(id).value().trim().to_owned();
    Asked {
        method: by_id::<HtmlSelectElement>("search-method").value(),
        ratio: text("search-ratio"),
        rounds: text("search-count"),
        restart: text("search-restart"),
    }
}
