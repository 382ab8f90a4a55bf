//! The buttons of the transport, its menu, and the clock beside them.

use web_sys::{Element, HtmlElement, HtmlSelectElement};

use super::Dispatch;
use super::dom::{Listener, by_id, set_attribute, set_text};
use crate::notation::{grouped, scientific};
use crate::session::event::Event;

/// The transport's elements.
pub struct TransportBar {
    speed: HtmlSelectElement,
    play: Element,
    clock: (Element, Element),
    _listeners: Vec<Listener>,
}

impl TransportBar {
    /// Finds the transport's controls and listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let on = |id: &str, event: fn() -> Event| {
            let dispatch = dispatch.clone();
            Listener::new(&by_id::<HtmlElement>(id), "click", move |_| dispatch(event()))
        };
        let speed: HtmlSelectElement = by_id("speed");
        let (chosen, to) = (speed.clone(), dispatch.clone());
        let listeners = vec![
            on("play", || Event::PlayOrPause),
            on("step", || Event::Steps(1)),
            on("reset", || Event::Reset),
            Listener::new(&speed, "change", move |_| to(Event::Speed(chosen.value()))),
        ];
        Self { speed, play: by_id("play"), clock: (by_id("clock-t"), by_id("clock-error")), _listeners: listeners }
    }

    /// What the menu has chosen: a browser that restores a form restores that too.
    pub fn speed(&self) -> String {
        self.speed.value()
    }

    /// Shows whether the run plays, and its iteration and relative error.
    pub fn show(&self, playing: bool, moment: Option<(usize, f64)>) {
        let (name, flag) = if playing { ("Pause", "true") } else { ("Play", "false") };
        set_attribute(&self.play, "aria-label", name);
        set_attribute(&self.play, "data-playing", flag);
        let (step, error) = moment.map_or((0, String::new()), |(step, error)| (step, scientific(error)));
        set_text(&self.clock.0, &grouped(step));
        set_text(&self.clock.1, &error);
    }
}
