//! The run that is trained beside another one: the same seed, and so the same inputs and the same direction of the start, with
//! one thing changed.

use super::{LearnerMask, Overlap, Painted, Spec};
use crate::language::{message, translate};

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twin {
    /// The mask: dense beside pruned.
    Dense,
    /// The momentum: gradient descent beside accelerated gradient descent.
    Momentum,
    /// The mask: a fifth of its weights exchanged beside the right ones.
    Mask,
    /// The pattern of the supports, and with it the oracle: disjoint beside shared.
    Overlap,
}

/// Share of the oracle's weights that the wrong mask of a twin misses, and of those that it has beside it.
const EXCHANGED: f64 = 0.2;
/// β beside gradient descent: that of Theorem 2's experiments.
const MOMENTUM: f64 = 0.9;

impl Twin {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Dense, Self::Momentum, Self::Mask, Self::Overlap];

    /// As links spell it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Dense => "dense",
            Self::Momentum => "momentum",
            Self::Mask => "mask",
            Self::Overlap => "overlap",
        }
    }

    /// The one that links spell so.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|twin| twin.key() == key)
    }

    /// The run beside that of `spec`; one whose other half is shown already has the first half beside it.
    pub fn of(self, spec: &Spec) -> Spec {
        let painted = !spec.painted.is_empty();
        // A painting lies over one mask only.
        let spec = match self {
            Self::Dense | Self::Mask | Self::Overlap => Spec { painted: Painted::none(), ..spec.clone() },
            Self::Momentum => spec.clone(),
        };
        match self {
            Self::Dense if spec.mask == LearnerMask::Dense => Spec { mask: LearnerMask::Exact, ..spec },
            Self::Dense => Spec { mask: LearnerMask::Dense, ..spec },
            Self::Momentum => Spec { momentum: if spec.momentum > 0.0 { 0.0 } else { MOMENTUM }, ..spec },
            Self::Mask if spec.mask == LearnerMask::Exact && !painted => {
                Spec { mask: LearnerMask::Wrong, missed: EXCHANGED, extra: EXCHANGED, ..spec }
            }
            Self::Mask => Spec { mask: LearnerMask::Exact, missed: 0.0, extra: 0.0, ..spec },
            Self::Overlap if spec.overlap == Overlap::Shared => {
                let disjoint = Spec { overlap: Overlap::Disjoint, ..spec.clone() };
                // Disjoint supports need a feature each.
                if disjoint.validate().is_ok() { disjoint } else { Spec { overlap: Overlap::Random, ..spec } }
            }
            Self::Overlap => Spec { overlap: Overlap::Shared, ..spec },
        }
    }

    /// How the run of `spec` is called where it is one of the two.
    pub fn name(self, spec: &Spec) -> &'static str {
        translate(self.column(spec))
    }

    /// The same as columns of files have it, in every language.
    pub fn column(self, spec: &Spec) -> &'static str {
        match (self, spec.mask, spec.overlap) {
            (Self::Dense, LearnerMask::Dense, _) => message!("dense"),
            (Self::Dense, ..) => message!("pruned"),
            (Self::Momentum, ..) => {
                if spec.momentum > 0.0 {
                    message!("AGD")
                } else {
                    message!("GD")
                }
            }
            (Self::Mask, ..) if !spec.painted.is_empty() => message!("painted mask"),
            (Self::Mask, LearnerMask::Exact, _) => message!("right mask"),
            (Self::Mask, ..) => message!("wrong mask"),
            (Self::Overlap, _, Overlap::Shared) => message!("shared"),
            (Self::Overlap, _, Overlap::Random) => message!("random"),
            (Self::Overlap, _, Overlap::Disjoint) => message!("disjoint"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_two_have_different_names_are_valid_and_stand_beside_each_other() {
        let wrong = Spec { mask: LearnerMask::Wrong, missed: 0.5, ..Spec::default() };
        let small = Spec { neurons: 5, dimension: 3, effective_width: 2.0, ..Spec::default() };
        let dense = Spec { mask: LearnerMask::Dense, ..Spec::default() };
        let random = Spec { overlap: Overlap::Random, momentum: 0.0, ..Spec::default() };
        for spec in [Spec::default(), wrong, small, dense, random] {
            for twin in Twin::ALL {
                let beside = twin.of(&spec);
                assert!(beside.validate().is_ok() && beside != spec, "{twin:?} of {spec:?}");
                let (one, other) = (twin.name(&spec), twin.name(&beside));
                assert_ne!(one, other, "{twin:?} of {spec:?}");
                assert_ne!(twin.name(&twin.of(&beside)), other);
                assert_eq!(Twin::by_key(twin.key()), Some(twin));
            }
        }
        assert_eq!(Twin::by_key("triplet"), None);
    }
}
