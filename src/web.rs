//! The page and its workers: one WebAssembly binary, which starts as the page where there is a window and as a worker
//! where there is none. Nothing is trained on the page's thread; nothing is computed here that the core can compute.

mod address;
mod app;
mod campaign;
mod clipboard;
mod controls;
mod crew;
mod cursors;
mod dom;
mod event;
mod fine_canvas;
mod ghosts;
mod glossary;
mod input;
mod keys;
mod marks;
mod messages;
mod painter;
mod panels;
mod run;
mod status_line;
mod tables;
mod touch;
mod transport;
mod view;
mod worker;
mod worker_handle;

/// Starts whichever this is.
pub fn start() {
    if web_sys::window().is_some() { app::start() } else { worker::start() }
}
