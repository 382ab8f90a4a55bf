//! The buttons of the transport, its menu, and the clock beside them.

use web_sys::{Element, HtmlElement, HtmlSelectElement};

use super::Dispatch;
use super::dom::{Listener, by_id, set_attribute, set_text};
use crate::session::captions::{clock, play_button};
use crate::session::event::Event;
use crate::spec::Twin;

/// The transport's elements.
pub struct TransportBar {
    speed: HtmlSelectElement,
    twin: HtmlSelectElement,
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
        let twin: HtmlSelectElement = by_id("twin");
        let (beside, tell) = (twin.clone(), dispatch.clone());
        let listeners = vec![
            on("play", || Event::PlayOrPause),
            on("step", || Event::Steps(1)),
            on("reset", || Event::Reset),
            Listener::new(&speed, "change", move |_| to(Event::Speed(chosen.value()))),
            Listener::new(&twin, "change", move |_| tell(Event::Twin(Twin::by_key(&beside.value())))),
        ];
        Self {
            speed,
            twin,
            play: by_id("play"),
            clock: (by_id("clock-t"), by_id("clock-error")),
            _listeners: listeners,
        }
    }

    /// What the menu has chosen: a browser that restores a form restores that too.
    pub fn speed(&self) -> String {
        self.speed.value()
    }

    /// Shows this choice in the menu.
    pub fn show_speed(&self, choice: &str) {
        self.speed.set_value(choice);
    }

    /// Shows in the menu which run trains beside the one that is shown.
    pub fn show_twin(&self, twin: Option<Twin>) {
        self.twin.set_value(twin.map_or("", Twin::key));
    }

    /// Shows whether the run plays, and its iteration and relative error.
    pub fn show(&self, playing: bool, moment: Option<(usize, f64)>) {
        set_attribute(&self.play, "aria-label", play_button(playing));
        set_attribute(&self.play, "data-playing", if playing { "true" } else { "false" });
        let (step, error) = clock(moment);
        set_text(&self.clock.0, &step);
        set_text(&self.clock.1, &error);
    }
}
