//! The slider on the axis of the error chart, which goes through the run.

use web_sys::HtmlInputElement;

use super::Dispatch;
use super::dom::{Listener, by_id, set_attribute, set_style};
use crate::session::event::Event;
use crate::session::time_bar::TimeBar;

/// The slider.
pub struct TimeSlider {
    input: HtmlInputElement,
    _listener: Listener,
}

impl TimeSlider {
    /// Finds it and listens to it.
    pub fn new(dispatch: &Dispatch) -> Self {
        let input: HtmlInputElement = by_id("time");
        let (slid, dispatch) = (input.clone(), dispatch.clone());
        let listener = Listener::new(&input, "input", move |_| dispatch(Event::Seek(slid.value_as_number() as usize)));
        Self { input, _listener: listener }
    }

    /// Shows `bar`, whose chart has pixels of so many CSS pixels; nothing while there is none.
    pub fn show(&self, bar: Option<&TimeBar>, zoom: f64) {
        self.input.set_hidden(bar.is_none());
        let Some(bar) = bar else { return };
        set_attribute(&self.input, "max", &bar.most.to_string());
        set_attribute(&self.input, "aria-valuetext", &bar.text);
        let value = bar.at.to_string();
        if self.input.value() != value {
            self.input.set_value(&value);
        }
        let (left, width, bottom) = bar.place;
        for (property, pixels) in [("--left", left), ("--width", width), ("--bottom", bottom)] {
            set_style(&self.input, property, &format!("{:.1}px", pixels * zoom));
        }
        for (property, share) in [("--passed", bar.passed), ("--fill", bar.share)] {
            set_style(&self.input, property, &format!("{:.2}%", 100.0 * share));
        }
    }
}
