//! What is kept from one visit of the page to the next, piece by piece. A browser that keeps nothing, or has no room, keeps
//! nothing: what is run goes on all the same.

use web_sys::Storage;

use super::dom::window;
use crate::session::kept::Piece;

/// Where the pieces of one thing lie: what their names begin with.
#[derive(Clone, Copy)]
pub struct Shelf(&'static str);

impl Shelf {
    /// Of the paper's figures.
    pub const FIGURES: Self = Self("winning-ticket/trials/");
    /// Of the map.
    pub const MAP: Self = Self("winning-ticket/map/");

    /// The address under which phones find the page, as the lecturer typed it.
    pub const ADDRESS: Self = Self("winning-ticket/address/");

    fn name(self, number: usize) -> String {
        format!("{}{number}", self.0)
    }

    /// All that an earlier visit kept.
    pub fn pieces(self) -> Vec<String> {
        let Some(storage) = storage() else { return Vec::new() };
        (0..).map_while(|number| storage.get_item(&self.name(number)).ok().flatten()).collect()
    }

    /// Keeps a piece.
    pub fn keep(self, piece: &Piece) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(&self.name(piece.number), &piece.text);
        }
    }

    /// Forgets what was kept.
    pub fn clear(self) {
        let Some(storage) = storage() else { return };
        for number in 0..self.pieces().len() {
            let _ = storage.remove_item(&self.name(number));
        }
    }
}

fn storage() -> Option<Storage> {
    // Some browsers throw where a page may keep nothing.
    window().local_storage().ok().flatten()
}
