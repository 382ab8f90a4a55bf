//! Winning Ticket.

pub mod link;
pub mod network;
pub mod random;
pub mod spec;
pub mod theory;
pub mod training;
pub mod trials;
