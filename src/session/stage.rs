//! How the page stands before those who look at it: what is left out, what is covered until the hall has voted, what takes
//! the room, the words above the lab.

use crate::language::{Language, tr};
use crate::link::stage::Parts;
use crate::link::{Sequence, Stage};
use crate::spec::fields::{FIELDS, Group};

/// A switch of the window, for projectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// Larger text in the pictures.
    Large,
    /// Thicker lines.
    Thick,
    /// Stronger contrast.
    Contrast,
}

impl Switch {
    /// All, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Large, Self::Thick, Self::Contrast];

    /// As links and elements of the page call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Large => "large",
            Self::Thick => "thick",
            Self::Contrast => "contrast",
        }
    }

    /// The place of its state.
    pub(super) fn of(self, stage: &mut Stage) -> &mut bool {
        match self {
            Self::Large => &mut stage.large,
            Self::Thick => &mut stage.thick,
            Self::Contrast => &mut stage.contrast,
        }
    }
}

/// What the reader does with the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// A switch is turned on or off.
    Turns(Switch, bool),
    /// The page is to speak this language.
    Speaks(Language),
    /// Everything is to be seen as usual; a sequence is left.
    ShowsAll,
}

/// What the shell has to show of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// How the lab stands; what it hides is in `left_out`.
    pub stage: Stage,
    /// The parts that are not there.
    pub left_out: Parts,
    /// The pictures whose outcome is covered, by their keys with spaces between.
    pub covered: String,
    /// Where in a sequence; empty where there is none.
    pub place: String,
    /// Whether there are scenes that can be printed.
    pub has_scenes: bool,
    /// Whether a scene follows.
    pub has_next: bool,
    /// Whether a scene comes before.
    pub has_back: bool,
}

impl Shown {
    /// Of a window with this stage and sequence; `leads` if it has the notes, and with them all controls.
    pub fn of(stage: &Stage, sequence: &Sequence, covered: &str, leads: bool) -> Self {
        let stage = if leads {
            Stage { hidden: Parts::default(), enlarged: Parts::default(), embedded: false, ..stage.clone() }
        } else {
            stage.clone()
        };
        let of = sequence.scenes.len();
        Self {
            left_out: stage.left_out(),
            covered: covered.to_owned(),
            place: sequence.at.map_or(String::new(), |at| tr!("{place} of\u{a0}{all}", place = at + 1, all = of)),
            has_scenes: of > 0,
            has_next: sequence.at.is_some_and(|at| at + 1 < of),
            has_back: sequence.at.is_some_and(|at| at > 0),
            stage,
        }
    }

    /// How many of the sliders are there that stay in reach.
    pub fn sliders(&self) -> usize {
        let all_gone = self.left_out.has("controls");
        let primary = FIELDS.iter().filter(|field| field.group == Group::Primary && is_slider(field.key));
        primary.filter(|field| !all_gone && !self.left_out.has(field.key)).count()
    }

    /// Whether nothing is left beside the pictures.
    pub fn side_is_empty(&self) -> bool {
        self.left_out.has("controls") && self.left_out.has("lights")
    }

    /// Whether words stand above the lab.
    pub fn has_words(&self) -> bool {
        !(self.stage.title.is_empty() && self.stage.note.is_empty() && self.place.is_empty())
    }
}

fn is_slider(key: &str) -> bool {
    use crate::spec::fields::{Control, Field};
    Field::by_key(key).is_some_and(|field| matches!(field.control, Control::Slider(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn sliders_are_counted_and_the_window_with_the_notes_has_them_all() {
        let stage = Stage { hidden: Parts::of(["N", "K", "lights"]), embedded: true, ..Stage::default() };
        let sequence = Sequence::default();
        let shown = |leads| Shown::of(&stage, &sequence, "", leads);
        assert_eq!((shown(false).sliders(), shown(true).sliders()), (2, 4));
        assert!(!shown(false).side_is_empty() && shown(false).stage.embedded && !shown(true).stage.embedded);
        let none = Stage { hidden: Parts::of(["controls", "lights"]), ..Stage::default() };
        let none = Shown::of(&none, &sequence, "", false);
        assert_eq!((none.sliders(), none.side_is_empty(), none.has_words()), (0, true, false));
    }
}
