//! The panel of what can be saved of the run, and its buttons.

use web_sys::{Element, HtmlElement};

use super::Dispatch;
use super::dom::{Listener, by_id, set_text, window};
use crate::session::event::Event;
use crate::session::saving::{Format, Picture};

/// The panel.
pub struct Saves {
    _listeners: Vec<Listener>,
}

impl Saves {
    /// Finds the buttons and listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let on = |id: &str, kind, event: Box<dyn Fn() -> Event>| {
            let dispatch = dispatch.clone();
            Listener::new(&by_id::<HtmlElement>(id), kind, move |_| dispatch(event()))
        };
        let pictures = Picture::ALL.into_iter().flat_map(|picture| [Format::Svg(picture), Format::Png(picture)]);
        let mut listeners: Vec<Listener> = [Format::Csv, Format::Json, Format::Npz]
            .into_iter()
            .chain(pictures)
            .map(|format| on(&button_of(format), "click", Box::new(move || Event::Save(format, address()))))
            .collect();
        listeners.push(on("copy-command", "click", Box::new(|| Event::CopyCommand)));
        listeners.push(on("saves", "toggle", Box::new(|| Event::ShowsFiles)));
        Self { _listeners: listeners }
    }

    /// Says how a file fares.
    pub fn say(words: &str) {
        set_text(&by_id::<Element>("saved"), words);
    }
}

fn button_of(format: Format) -> String {
    match format {
        Format::Csv | Format::Json | Format::Npz => format!("run-save-{}", format.ending()),
        Format::Svg(picture) | Format::Png(picture) => format!("{}-save-{}", picture.key(), format.ending()),
    }
}

fn address() -> String {
    window().location().href().unwrap_or_default()
}
