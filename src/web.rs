//! The page and its workers: one WebAssembly binary, which starts as the page where there is a window and as a worker
//! where there is none. Nothing is trained on the page's thread; nothing is computed here that the core can compute.

mod address;
mod app;
mod clipboard;
mod composing;
mod controls;
mod dom;
mod driving;
mod echoes;
mod figures;
mod files;
mod fine_canvas;
mod glossary;
mod handout;
mod input;
mod kept;
mod keys;
mod language;
mod lecture;
mod listening;
mod loading;
mod map;
mod marks;
mod notices;
mod own_data;
mod painter;
mod panels;
mod pictures;
mod popovers;
mod qr_code;
mod readout;
mod saving;
mod searching;
mod sound;
mod stage;
mod tables;
mod theory;
mod time_bar;
mod touch;
mod transport;
mod windows;
mod worker;
mod worker_handle;
mod workers;

use crate::session::event::Event;

/// Hands events to the page's state.
type Dispatch = std::rc::Rc<dyn Fn(Event)>;

/// Starts whichever this is.
pub fn start() {
    if web_sys::window().is_some() { language::choose(app::start) } else { worker::start() }
}
