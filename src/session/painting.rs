//! Painting the learner's mask: with a pointer stroke by stroke, with keys weight by weight, and back.

use std::ops::RangeInclusive;

use crate::network::Mask;
use crate::spec::{Painted, Spec};

/// Strokes that can be undone.
const MOST_UNDONE: usize = 100;

/// A weight of the mask: its neuron and its feature, from 0.
pub type Place = (usize, usize);

/// What the reader does to the mask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doing {
    /// Pointers paint from now on, or no longer.
    Turns,
    /// A pointer comes down at this place of the picture, in CSS pixels.
    Down((f64, f64)),
    /// It moves there, down.
    Moves((f64, f64)),
    /// It moves there, and is not down: it was lifted, be it where nobody heard of it.
    Hovers((f64, f64)),
    /// It is lifted, or gone.
    Ends,
    /// The weight that keys speak of is another one, so many features on.
    StepsBy(i32),
    /// That weight is kept if it was pruned, and pruned if it was kept.
    TurnsOver,
    /// The last stroke is taken back.
    Undoes,
    /// All that is painted is.
    Clears,
}

/// A stroke under way. It stays with its neuron: rows are low, and a hand is not that steady.
#[derive(Clone, Copy, Debug)]
struct Stroke {
    keeps: bool,
    neuron: usize,
    last: usize,
}

/// How far it is with the painting.
#[derive(Debug, Default)]
pub struct Painting {
    /// Whether pointers paint.
    pub on: bool,
    /// The feature that keys speak of, of the lit neuron.
    pub feature: Option<usize>,
    stroke: Option<Stroke>,
    begun: bool,
    // what was painted before each stroke
    before: Vec<Painted>,
    // what is painted if nobody else has changed it since
    present: Painted,
}

impl Painting {
    /// What is painted once a pointer has come down on `place` of the mask of `spec`.
    pub fn begin(&mut self, spec: &Spec, mask: &Mask, place: Place) -> Painted {
        let keeps = !keeps(mask, place);
        self.remember(&spec.painted);
        let (neuron, feature) = place;
        self.stroke = Some(Stroke { keeps, neuron, last: feature });
        self.painted(spec, mask, neuron, feature..=feature, keeps)
    }

    /// What is painted once it has moved to `feature`; none without a stroke, or where the mask is no longer so large. A fast
    /// pointer leaves out features, the stroke does not.
    pub fn go_on(&mut self, spec: &Spec, mask: &Mask, feature: usize) -> Option<Painted> {
        let fits = |stroke: &Stroke| stroke.neuron < mask.neurons() && stroke.last < mask.dimension();
        self.stroke = self.stroke.filter(fits);
        let stroke = self.stroke.as_mut()?;
        let from = std::mem::replace(&mut stroke.last, feature);
        let Stroke { keeps, neuron, .. } = *stroke;
        Some(self.painted(spec, mask, neuron, from.min(feature)..=from.max(feature), keeps))
    }

    /// The stroke is over.
    pub fn end(&mut self) {
        self.stroke = None;
    }

    /// What is painted once `place` is turned over.
    pub fn turn_over(&mut self, spec: &Spec, place: Place) -> Painted {
        self.remember(&spec.painted);
        self.present.turn(place);
        self.present.clone()
    }

    /// What was painted before the last stroke; none if there is none.
    pub fn undo(&mut self, spec: &Spec) -> Option<Painted> {
        self.present = self.before.pop().filter(|_| self.present == spec.painted)?;
        Some(self.present.clone())
    }

    /// Nothing is painted any more.
    pub fn clear(&mut self, spec: &Spec) -> Painted {
        self.remember(&spec.painted);
        self.present = Painted::none();
        Painted::none()
    }

    /// Whether there is a stroke to take back of what `spec` has painted.
    pub fn can_undo(&self, spec: &Spec) -> bool {
        !self.before.is_empty() && self.present == spec.painted
    }

    /// Whether the reader paints, or has painted, or sees what was painted.
    pub fn is_used(&self, spec: &Spec) -> bool {
        self.on || self.begun || !spec.painted.is_empty()
    }

    /// Keeps what is painted, to return to it. What came in another way, by a link or with another mask, has no strokes before it.
    fn remember(&mut self, painted: &Painted) {
        self.begun = true;
        if self.present != *painted {
            self.before.clear();
            self.present = painted.clone();
        }
        if self.before.len() == MOST_UNDONE {
            self.before.remove(0);
        }
        self.before.push(painted.clone());
    }

    /// What is painted once these weights of one neuron are kept, or pruned.
    fn painted(
        &mut self,
        spec: &Spec,
        mask: &Mask,
        neuron: usize,
        features: RangeInclusive<usize>,
        to_keep: bool,
    ) -> Painted {
        let mut painted = spec.painted.clone();
        for feature in features {
            if keeps(mask, (neuron, feature)) != to_keep {
                painted.turn((neuron, feature));
            }
        }
        self.present.clone_from(&painted);
        painted
    }
}

/// Whether a mask keeps a weight.
pub fn keeps(mask: &Mask, (neuron, feature): Place) -> bool {
    mask.place(neuron, feature).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Supports;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn mask(spec: &Spec) -> Mask {
        Supports::draw(spec).learner_mask()
    }

    #[test]
    fn a_stroke_does_to_all_its_weights_what_it_does_to_the_first() {
        let mut spec = Spec { effective_width: 40.0, ..Spec::default() };
        let (mut painting, before) = (Painting::default(), mask(&spec));
        let pruned = (0..100).find(|feature| !keeps(&before, (2, *feature))).expect("60 are pruned");
        spec.painted = painting.begin(&spec, &before, (2, pruned));
        assert!(keeps(&mask(&spec), (2, pruned)));
        // Without a gap.
        spec.painted = painting.go_on(&spec, &mask(&spec), 10).expect("it is down");
        let (low, high) = (pruned.min(10), pruned.max(10));
        let after = mask(&spec);
        assert!((low..=high).all(|feature| keeps(&after, (2, feature))));
        let others = (0..5).flat_map(|j| (0..100).map(move |i| (j, i)));
        let untouched = |(j, i): &Place| !(*j == 2 && (low..=high).contains(i));
        assert!(others.filter(untouched).all(|place| keeps(&after, place) == keeps(&before, place)));
        // Of a mask that has become smaller meanwhile nothing is painted.
        for smaller in
            [Spec { neurons: 1, ..Spec::default() }, Spec { dimension: 5, effective_width: 3.0, ..Spec::default() }]
        {
            let mut painting = Painting::default();
            painting.begin(&spec, &after, (2, 10));
            assert_eq!(painting.go_on(&smaller, &mask(&smaller), 3), None);
        }
        painting.end();
        assert_eq!(painting.go_on(&spec, &after, 0), None);
        // One stroke, so one step back.
        assert!(painting.can_undo(&spec));
        assert_eq!((painting.undo(&spec), painting.can_undo(&Spec::default())), (Some(Painted::none()), false));
    }

    #[test]
    fn what_is_undone_is_ones_own() {
        let (mut painting, mut spec) = (Painting::default(), Spec::default());
        for feature in 0..150 {
            spec.painted = painting.turn_over(&spec, (0, feature));
        }
        let mut steps = 0;
        while let Some(painted) = painting.undo(&spec) {
            spec.painted = painted;
            steps += 1;
        }
        assert_eq!((steps, spec.painted.len()), (MOST_UNDONE, 50));
        spec.painted = painting.clear(&spec);
        assert_eq!(painting.undo(&spec).map(|painted| painted.len()), Some(50));
        // A link brings another one.
        let other = Spec { painted: Painted::read("1:7", 5, 100).expect("a weight"), ..spec };
        assert!(!painting.can_undo(&other) && painting.undo(&other).is_none());
        assert_eq!(painting.turn_over(&other, (0, 6)), Painted::none());
    }
}
