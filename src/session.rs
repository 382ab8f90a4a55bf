//! What the page does, without a browser: which run is shown and how far it is, which worker does what, the clock, ghosts,
//! keys, the address, the words and when they are said. `web` tells a [`Session`] of each [`event`] and carries out the
//! [`order`]s that follow; nothing here knows an element, a clock or a thread, so that all of it is tested natively. Times
//! are milliseconds of the caller's clock.
//!
//! ```
//! use winning_ticket::session::transport::Transport;
//!
//! let mut transport = Transport::default();
//! transport.playing = true;
//! transport.set_speed("100");
//! transport.pass(50.0, 0); // 50 ms at 100 steps a second
//! assert_eq!(transport.take(0), Some(5));
//! ```

pub mod address;
pub mod announcements;
pub mod campaign;
pub mod captions;
pub mod comparison;
pub mod composing;
pub mod delta;
pub mod driving;
pub mod event;
pub mod experiment;
pub mod failure;
pub mod figures;
pub mod ghosts;
pub mod handout;
pub mod kept;
pub mod keys;
pub mod lecture;
mod machine;
pub mod mapping;
pub mod mirror;
pub mod note;
pub mod notices;
pub mod order;
pub mod own_data;
pub mod painting;
pub mod pair;
pub mod pointer;
pub mod qr_code;
pub mod quantity;
pub mod readout;
pub mod response;
pub mod run;
pub mod runs;
pub mod saving;
pub mod searching;
pub mod sizes;
pub mod slider;
pub mod sonification;
pub mod stage;
pub mod status_line;
pub mod summary;
pub mod tables;
pub mod tensor_start;
pub mod theorems;
pub mod time_bar;
pub mod touch;
pub mod transport;
mod turns;
mod update;
pub mod view;
pub mod workers;

pub use machine::Machine;
pub use update::Session;
