//! Winning Ticket.
