//! What the reader asked for where the ranges of other fields do not allow it now.

use super::{Link, parse};
use crate::spec::{LearnerMask, Overlap, Painted, Spec, Start};

/// The values last asked for of those fields whose range depends on other fields: r̃, which d bounds, and K, which d
/// bounds for disjoint supports. What a smaller d takes away comes back when d does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    effective_width: f64,
    neurons: usize,
}

impl Wish {
    /// That of a reader who asked for `spec`.
    pub fn of(spec: &Spec) -> Self {
        Self { effective_width: spec.effective_width, neurons: spec.neurons }
    }

    /// The Spec that follows from `spec` when the field `key` is given the value that `text` says, with a sentence for
    /// each value that had to be mended.
    pub fn edit(&mut self, spec: &Spec, key: &str, text: &str) -> (Spec, Vec<String>) {
        let wished = match key {
            "d" | "overlap" => Spec { effective_width: self.effective_width, neurons: self.neurons, ..spec.clone() },
            // λ and its direction are those of a start in the ball.
            "lambda" | "start-seed" => Spec { start: Start::Ball, ..spec.clone() },
            // Who asks for joined neurons asks for disjoint supports, for missed or extra weights a wrong mask.
            "joined" => Spec { overlap: Overlap::Disjoint, ..spec.clone() },
            "missed" | "extra" => Spec { mask: LearnerMask::Wrong, ..spec.clone() },
            _ => spec.clone(),
        };
        // What is painted lies over the masks of these; with other masks it would be another painting.
        let over = ["r", "K", "d", "overlap", "joined", "spread", "mask", "missed", "extra", "seed", "trial"];
        let wished = if over.contains(&key) { Spec { painted: Painted::none(), ..wished } } else { wished };
        // An edit is a link with one more value, so that it is mended and reported like one.
        let value: String = text.chars().filter(|c| !"&#=%".contains(*c)).collect();
        let (link, notices) = parse(&format!("{}&{key}={value}", Link::from(wished).fragment()));
        match key {
            "r" => self.effective_width = link.spec.effective_width,
            "K" => self.neurons = link.spec.neurons,
            _ => {}
        }
        (link.spec, notices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_cannot_be_read_leaves_what_is_shown() {
        let spec = Spec { samples: 800, ..Spec::default() };
        let (edited, notices) = Wish::of(&spec).edit(&spec, "N", "many");
        assert_eq!(edited, spec);
        assert!(notices.len() == 1 && notices[0].ends_with("; 800 is used."), "{notices:?}");
    }

    #[test]
    fn what_a_lower_dimension_takes_away_comes_back_with_it() {
        let spec = Spec { effective_width: 80.0, ..Spec::default() };
        let mut wish = Wish::of(&spec);
        let (low, notices) = wish.edit(&spec, "d", "50");
        assert_eq!((low.effective_width, low.dimension, notices.len()), (50.0, 50, 1), "{notices:?}");
        // A change of something else asks for nothing anew, and tells nothing.
        let (low, notices) = wish.edit(&low, "beta", "0.5");
        assert_eq!((low.effective_width, notices.len()), (50.0, 0));
        let (back, notices) = wish.edit(&low, "d", "100");
        assert_eq!((back.effective_width, back.momentum, notices.len()), (80.0, 0.5, 0));
    }

    #[test]
    fn what_is_asked_for_later_replaces_what_was_taken_away() {
        let spec = Spec { effective_width: 80.0, ..Spec::default() };
        let mut wish = Wish::of(&spec);
        let (low, _) = wish.edit(&spec, "d", "50");
        let (low, _) = wish.edit(&low, "r", "30");
        assert_eq!(wish.edit(&low, "d", "100").0.effective_width, 30.0);
    }

    #[test]
    fn who_asks_for_missed_weights_asks_for_a_wrong_mask() {
        let spec = Spec::default();
        let (wrong, _) = Wish::of(&spec).edit(&spec, "missed", "0.2");
        assert_eq!((wrong.mask, wrong.missed), (LearnerMask::Wrong, 0.2));
    }

    #[test]
    fn who_asks_for_a_distance_or_a_direction_asks_for_the_ball() {
        let tensor = Spec { start: Start::Tensor, ..Spec::default() };
        for (key, text) in [("lambda", "0.3"), ("start-seed", "7")] {
            assert_eq!(Wish::of(&tensor).edit(&tensor, key, text).0.start, Start::Ball);
        }
        assert_eq!(Wish::of(&tensor).edit(&tensor, "N", "5000").0.start, Start::Tensor);
    }

    #[test]
    fn neurons_come_back_when_the_pattern_of_the_supports_allows_them() {
        let spec = Spec { dimension: 4, effective_width: 2.0, ..Spec::default() };
        let mut wish = Wish::of(&spec);
        let (disjoint, notices) = wish.edit(&spec, "overlap", "disjoint");
        assert_eq!((disjoint.neurons, disjoint.overlap, notices.len()), (4, Overlap::Disjoint, 1));
        assert_eq!(wish.edit(&disjoint, "overlap", "random").0.neurons, 5);
        assert_eq!(wish.edit(&disjoint, "d", "40").0.neurons, 5);
    }

    #[test]
    fn a_value_out_of_range_is_mended_and_asked_for_as_mended() {
        let spec = Spec::default();
        let mut wish = Wish::of(&spec);
        let (all, notices) = wish.edit(&spec, "r", "500");
        assert_eq!((all.effective_width, notices.len()), (100.0, 1));
        assert_eq!(wish.edit(&all, "d", "200").0.effective_width, 100.0);
        assert_eq!(wish.edit(&all, "N", "5&r=1#").1.len(), 1);
    }
}
