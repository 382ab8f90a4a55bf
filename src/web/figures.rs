//! The paper's figures on the page: the card that is unfolded, its picture and words, and what is fetched, kept and saved.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Element, EventTarget, HtmlButtonElement, HtmlDetailsElement, HtmlElement, HtmlProgressElement, HtmlSelectElement,
    KeyboardEvent, MouseEvent,
};

use super::dom::{Listener, append, by_id, create, document, hide_button, set_attribute, set_mathematics, set_text};
use super::listening::listener;
use super::loading::bytes_of;
use super::painter::{Stage, read_palette};
use super::{Dispatch, files, keys, tables};
use crate::charts::{Palette, to_svg};
use crate::language::{tr, translate};
use crate::session::Session;
use crate::session::event::Event;
use crate::session::figures::{Doing, Figures as Known, TrialWords};
use crate::session::keys::Place;

/// The cards.
pub struct Figures {
    stage: Stage,
    palette: Palette,
    dispatch: Dispatch,
    trials: Vec<Listener>,
    shown: Vec<TrialWords>,
    _listeners: Vec<Listener>,
}

impl Figures {
    /// Listens to all cards.
    pub fn new(dispatch: &Dispatch) -> Self {
        let stage = Stage::new("experiment");
        Self {
            _listeners: listen(dispatch, &stage),
            stage,
            palette: read_palette(),
            dispatch: dispatch.clone(),
            trials: Vec::new(),
            shown: Vec::new(),
        }
    }

    /// Fetches the recorded results of a figure.
    pub fn fetch(&self, number: u8) {
        let dispatch = self.dispatch.clone();
        spawn_local(async move {
            let bytes = bytes_of(&format!("recorded/fig{number:02}.postcard")).await;
            dispatch(Event::Figure(Doing::Recorded(number, bytes)));
        });
    }

    /// The lab comes into sight.
    pub fn show_lab() {
        by_id::<HtmlElement>("lab").scroll_into_view();
        let _ = by_id::<HtmlElement>("play").focus();
    }

    /// Shows what is known now. Gives the picture's size.
    pub fn measure(&mut self, known: &Known) -> (f64, f64) {
        let holder: HtmlElement = by_id("experiment");
        let card = known.unfolded().map(|figure| card_of(figure.number));
        holder.set_hidden(card.is_none());
        if let Some(card) = card
            && holder.parent_element().as_ref() != Some(card.unchecked_ref())
        {
            append(&card, &holder);
            let notes: Element = by_id("experiment-notes");
            notes.set_text_content(None);
            for note in known.unfolded().map_or(&[][..], |figure| figure.notes) {
                let item: Element = create("li", "");
                set_mathematics(&item, translate(note));
                append(&notes, &item);
            }
        }
        by_id::<HtmlElement>("experiment-results").set_hidden(known.record().is_none());
        self.palette = read_palette();
        self.stage.measure(1.0);
        self.stage.size()
    }

    /// Shows the card: picture, words, trials, buttons.
    pub fn show(&mut self, session: &Session) {
        let known = session.figures();
        if let Some(snapshot) = known.snapshot() {
            self.stage.paint(&snapshot, &self.palette);
        } else if let Some(curves) = known.curves() {
            self.stage.paint(&curves, &self.palette);
        }
        let workers = session.workers_at_once();
        set_mathematics(&by_id::<Element>("experiment-provenance"), &known.provenance());
        set_mathematics(&by_id::<Element>("experiment-verdict"), &known.verdict());
        let lines: Element = by_id("experiment-lines");
        let words = known.lines();
        while lines.child_element_count() as usize > words.len() {
            lines.last_element_child().expect("there is one too many").remove();
        }
        for (i, words) in words.iter().enumerate() {
            let item = lines.children().item(i as u32).unwrap_or_else(|| {
                let item: Element = create("li", "");
                append(&lines, &item);
                item
            });
            set_mathematics(&item, words);
        }
        let told = known.cell_words();
        set_mathematics(&by_id::<Element>("experiment-cell"), &told);
        let canvas = self.stage.canvas();
        set_attribute(canvas, "aria-valuetext", if told.is_empty() { tr!("nothing chosen") } else { &told });
        set_text(&by_id::<Element>("experiment-progress"), &known.progress(workers));
        set_text(&by_id::<Element>("experiment-run"), known.button());
        hide_button("experiment-cancel", known.experiment().is_none(), "experiment-run");
        let bar: HtmlProgressElement = by_id("experiment-bar");
        bar.set_hidden(known.experiment().is_none());
        let (done, all) = known.experiment().map_or((0, 1), |run| run.counts());
        bar.set_max(f64::from(all.max(1)));
        bar.set_value(f64::from(done));
        by_id::<HtmlSelectElement>("experiment-size").set_value(known.preset().key());
        let source: HtmlSelectElement = by_id("experiment-source");
        source.set_value(if known.shows_here() { "here" } else { "recorded" });
        show_panels(known);
        self.show_trials(&known.trials(), known.opens_words());
        if let Some(table) = known.table() {
            tables::show("experiment", || table.clone());
        }
    }

    fn show_trials(&mut self, trials: &[TrialWords], opens: &str) {
        let holder: HtmlElement = by_id("experiment-trials");
        holder.set_hidden(trials.is_empty());
        set_text(&by_id::<Element>("experiment-opens"), opens);
        if self.shown == trials {
            return;
        }
        self.shown = trials.to_vec();
        let list: Element = by_id("experiment-trial-list");
        list.set_text_content(None);
        self.trials.clear();
        for (index, trial) in trials.iter().enumerate() {
            let (item, button): (Element, HtmlButtonElement) = (create("li", ""), create("button", "trial"));
            button.set_type("button");
            set_attribute(&button, "data-look", trial.look);
            button.set_text_content(Some(&trial.text));
            let dispatch = self.dispatch.clone();
            self.trials.push(Listener::new(&button, "click", move |_| {
                dispatch(Event::Figure(Doing::OpensTrial(index as u32)));
            }));
            append(&item, &button);
            append(&list, &item);
        }
    }

    /// Saves what is shown in this format.
    pub fn save(&self, session: &Session, format: &'static str) {
        let known = session.figures();
        let Some(figure) = known.unfolded() else { return };
        let text = match format {
            "csv" => known.csv(),
            "json" => known.json(),
            "svg" => {
                let title = format!("{}, {}: {}", figure.name(), translate(figure.title), known.verdict());
                let points = known.snapshot().map(|snapshot| to_svg(&snapshot, &Palette::LIGHT, &title));
                points.or_else(|| known.curves().map(|curves| to_svg(&curves, &Palette::LIGHT, &title)))
            }
            _ => None,
        };
        files::save(&format!("figure-{}", figure.number), format, text, self.stage.canvas());
    }
}

fn card_of(number: u8) -> HtmlDetailsElement {
    by_id(&format!("figure-{number}"))
}

/// The menu of panels, where there is more than one.
fn show_panels(known: &Known) {
    let menu: HtmlSelectElement = by_id("experiment-panel");
    let (panels, shown) = known.panels();
    let Some(figure) = known.unfolded() else { return };
    if let Some(label) = menu.parent_element().and_then(|label| label.dyn_into::<HtmlElement>().ok()) {
        label.set_hidden(panels.len() < 2);
    }
    let key = format!("{}:{panels:?}", figure.number);
    if menu.get_attribute("data-of").as_deref() != Some(&key) {
        set_attribute(&menu, "data-of", &key);
        menu.set_text_content(None);
        for panel in panels {
            let option: Element = create("option", "");
            set_attribute(&option, "value", &panel.to_string());
            option.set_text_content(Some(&known.panel_name(figure, panel)));
            append(&menu, &option);
        }
    }
    menu.set_value(&shown.to_string());
}

/// What a browser's event means for the figures, if anything.
type ToDoing = Box<dyn Fn(&web_sys::Event) -> Option<Doing>>;

fn listen(dispatch: &Dispatch, stage: &Stage) -> Vec<Listener> {
    let mut listeners = Vec::new();
    let mut on = |target: &EventTarget, kind, to_doing: ToDoing| {
        let to_event = Box::new(move |event: &_| to_doing(event).map(Event::Figure));
        listeners.push(listener(dispatch, target, kind, to_event));
    };
    let cards = document().query_selector_all("#paper > details[name]").expect("the selector is valid");
    for card in (0..cards.length()).filter_map(|i| cards.item(i)?.dyn_into::<HtmlDetailsElement>().ok()) {
        let number: u8 = card.id().trim_start_matches("figure-").parse().expect("a card has its figure's number");
        let shown = card.clone();
        on(
            &card,
            "toggle",
            // A card tells of the table that is unfolded in it, too.
            Box::new(move |event| {
                let own = event.target().is_some_and(|target| &target == shown.as_ref() as &EventTarget);
                let is_recorded = shown.has_attribute("data-recorded");
                own.then(|| if shown.open() { Doing::Unfolds(number, is_recorded) } else { Doing::Folds(number) })
            }),
        );
    }
    on(&by_id::<HtmlElement>("experiment-run"), "click", Box::new(|_| Some(Doing::RunsOrPauses)));
    on(&by_id::<HtmlElement>("experiment-cancel"), "click", Box::new(|_| Some(Doing::Cancels)));
    let size: HtmlSelectElement = by_id("experiment-size");
    on(&size.clone(), "change", Box::new(move |_| Some(Doing::Sizes(size.value()))));
    let source: HtmlSelectElement = by_id("experiment-source");
    on(&source.clone(), "change", Box::new(move |_| Some(Doing::ShowsHere(source.value() == "here"))));
    let panel: HtmlSelectElement = by_id("experiment-panel");
    on(&panel.clone(), "change", Box::new(move |_| panel.value().parse().ok().map(Doing::Panel)));
    let canvas = stage.canvas();
    on(canvas, "pointermove", Box::new(|event| place_of(event).map(|place| Doing::PointsAt(Some(place)))));
    on(canvas, "pointerleave", Box::new(|_| Some(Doing::PointsAt(None))));
    on(canvas, "click", Box::new(|event| place_of(event).map(Doing::Clicks)));
    if let Some(details) = by_id::<Element>("experiment-table").parent_element() {
        on(&details, "toggle", Box::new(|_| Some(Doing::PointsAt(None))));
    }
    let keyed = dispatch.clone();
    listeners.push(Listener::new(canvas, "keydown", move |event| {
        let event = event.dyn_ref::<KeyboardEvent>().and_then(|event| keys::own_key(event, Place::Paper));
        event.into_iter().for_each(|event| keyed(event));
    }));
    for format in files::FORMATS {
        let dispatch = dispatch.clone();
        let button: HtmlElement = by_id(&format!("save-{format}"));
        listeners.push(Listener::new(&button, "click", move |_| dispatch(Event::SaveFigure(format))));
    }
    listeners
}

/// Where a pointer is in the element it points at, in CSS pixels.
pub fn place_of(event: &web_sys::Event) -> Option<(f64, f64)> {
    event.dyn_ref::<MouseEvent>().map(|mouse| (f64::from(mouse.offset_x()), f64::from(mouse.offset_y())))
}
