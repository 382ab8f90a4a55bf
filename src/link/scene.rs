//! The scenes of the lecture, and how links name a place in it.

use std::fmt;

/// The scenes in their order: as links and files spell each, and its title.
pub const SCENES: [(&str, &str); 13] = [
    ("tour", "A tour of one minute"),
    ("setup", "The oracle and the learner"),
    ("region", "Pruning and the region"),
    ("faster", "Pruned and dense"),
    ("momentum", "Momentum"),
    ("samples", "Fewer weights need fewer samples"),
    ("overlap", "Overlap"),
    ("noise", "Noisy labels"),
    ("masks", "Wrong masks"),
    ("nothing", "A start from nothing"),
    ("lottery", "Finding the ticket"),
    ("fails", "When it fails"),
    ("limits", "What the theory does not say"),
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
        let scene = SCENES.iter().position(|(known, _)| *known == key)?;
        let beat = beat.parse::<u16>().ok()?.checked_sub(1)?;
        Some(Self { scene, beat: usize::from(beat) })
    }

    /// The key of its scene.
    pub fn key(self) -> &'static str {
        SCENES[self.scene].0
    }

    /// The title of its scene.
    pub fn title(self) -> &'static str {
        SCENES[self.scene].1
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
