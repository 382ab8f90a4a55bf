//! Winning Ticket.

pub mod charts;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod link;
pub mod network;
pub mod notation;
pub mod random;
pub mod spec;
pub mod theory;
pub mod training;
pub mod trials;
#[cfg(target_arch = "wasm32")]
pub mod web;
