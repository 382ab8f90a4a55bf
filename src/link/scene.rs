//! The scenes of the lecture, and how links name a place in it.

use std::fmt;

use crate::language::{message, translate};

/// The scenes in their order: as links and files spell each, its title, and how many beats it has.
pub const SCENES: [(&str, &str, usize); 13] = [
    ("tour", message!("A tour of one minute"), 5),
    ("setup", message!("The oracle and the learner"), 4),
    ("region", message!("Pruning and the region"), 4),
    ("faster", message!("Pruned and dense"), 3),
    ("momentum", message!("Momentum"), 5),
    ("samples", message!("Fewer weights need fewer samples"), 4),
    ("overlap", message!("Overlap"), 4),
    ("noise", message!("Noisy labels"), 3),
    ("masks", message!("Wrong masks"), 5),
    ("nothing", message!("A start from nothing"), 4),
    ("lottery", message!("Finding the ticket"), 3),
    ("fails", message!("When it fails"), 5),
    ("limits", message!("What the theory does not say"), 4),
];

/// A beat of a scene, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which of [`SCENES`].
    pub scene: usize,
    /// Which of its beats.
    pub beat: usize,
}

impl Place {
    /// The place that links spell so: the key of a scene, and after a point its beat, from 1 on.
    pub fn read(text: &str) -> Option<Self> {
        let (key, beat) = text.split_once('.').unwrap_or((text, "1"));
        let scene = SCENES.iter().position(|(known, ..)| *known == key)?;
        let beat = beat.parse::<u16>().ok()?.checked_sub(1)?;
        Some(Self { scene, beat: usize::from(beat) })
    }

    /// The key of its scene.
    pub fn key(self) -> &'static str {
        SCENES[self.scene].0
    }

    /// Its scene's last beat.
    pub fn last_of(scene: usize) -> Self {
        Self { scene, beat: SCENES[scene].2 - 1 }
    }

    /// The title of its scene.
    pub fn title(self) -> &'static str {
        translate(SCENES[self.scene].1)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}.{}", self.key(), self.beat + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_place_is_read_as_it_is_written() {
        for scene in 0..SCENES.len() {
            let place = Place { scene, beat: 2 };
            assert_eq!(Place::read(&place.to_string()), Some(place));
            assert_eq!(Place::read(place.key()), Some(Place { scene, beat: 0 }));
        }
        for text in ["", "x", "region.0", "region.x", "region.", ".1", "region.-1"] {
            assert_eq!(Place::read(text), None, "{text}");
        }
    }
}
