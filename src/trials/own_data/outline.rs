//! What data of the reader's own tell but for their numbers: enough for the page to show masks and oracle, while a worker
//! alone has X and y.

use serde::{Deserialize, Serialize};

use crate::network::{Mask, Projection, Supports, Weights, effective_width};
use crate::spec::{LearnerMask, Overlap, Painted, Spec, Start};

/// Keys of what the data say themselves, or what an oracle would be drawn by.
const SAID: [&str; 7] = ["N", "d", "sigma", "missed", "extra", "trial", "paint"];
/// Keys by which a mask is drawn where the file has neither a mask nor an oracle.
const DRAWN_BY: [&str; 4] = ["r", "overlap", "joined", "spread"];

/// The shape of data of the reader's own, and what is known beside X and y.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataOutline {
    /// N.
    pub samples: usize,
    /// d.
    pub dimension: usize,
    /// The first 16 hex digits of SHA-256 over the little-endian bytes of X, column after column, and y.
    pub digest: String,
    /// How many labels are negative: no output of the network is.
    pub negative_labels: usize,
    pub(super) mask: Option<Mask>,
    pub(super) oracle: Option<Weights>,
}

impl DataOutline {
    /// K, where the file says it.
    pub fn neurons(&self) -> Option<usize> {
        let masks = [self.mask.as_ref(), self.oracle.as_ref().map(Weights::mask)];
        masks.into_iter().flatten().map(Mask::neurons).next()
    }

    /// Whether the file has the learner's mask.
    pub fn has_mask(&self) -> bool {
        self.mask.is_some()
    }

    /// Whether the file has W\*, so that the relative error can be measured.
    pub fn has_oracle(&self) -> bool {
        self.oracle.is_some()
    }

    /// Whether the learner's mask is drawn where one is asked for: nothing of the file says which weights count.
    pub fn leaves_mask_open(&self) -> bool {
        !self.has_mask() && !self.has_oracle()
    }

    /// Whether the data say themselves what the field `key` of a Spec would set.
    pub fn says(&self, key: &str) -> bool {
        SAID.contains(&key) || key == "K" && self.neurons().is_some()
    }

    /// Whether the page keeps the field `key` as it is on these data: they say it, or it sets nothing here.
    pub fn holds(&self, key: &str) -> bool {
        self.says(key)
            || key == "mask" && (self.has_mask() || !self.has_oracle())
            || DRAWN_BY.contains(&key) && !self.leaves_mask_open()
    }

    /// The Spec that the page begins with on these data, with the momentum, step size, seeds, λ, batches and step cap of `spec`.
    /// A mask that the file leaves open is dense, by the r̃ that makes it so.
    pub fn spec(&self, spec: &Spec) -> Spec {
        let (dense, oracle) = (self.dimension as f64, self.oracle.as_ref().map(Weights::mask));
        let width = self.mask.as_ref().or(oracle).map_or(dense, |mask| effective_width(mask).clamp(1.0, dense));
        let nowhere = spec.start_distance == 0.0 && !self.has_oracle();
        Spec {
            samples: self.samples,
            dimension: self.dimension,
            neurons: self.neurons().unwrap_or(spec.neurons),
            effective_width: width,
            overlap: Overlap::Shared,
            joined: 1,
            spread: false,
            noise: 0.0,
            mask: LearnerMask::Exact,
            missed: 0.0,
            extra: 0.0,
            painted: Painted::none(),
            trial: 0,
            start: Start::Ball,
            start_distance: if nowhere { Spec::default().start_distance } else { spec.start_distance },
            ..spec.clone()
        }
    }

    /// W\* and what the learner's mask keeps of it. That mask is the one of the file; else the oracle's, where it is known and
    /// `spec` does not ask for a dense one; else, if `draws_mask`, one that is drawn as for an oracle of `spec`; else the dense
    /// one. An oracle that is not known has the learner's mask, and entries that are no numbers.
    pub fn learner(&self, spec: &Spec, draws_mask: bool) -> (Weights, Projection) {
        let mask = match (&self.mask, &self.oracle) {
            (Some(mask), _) => mask.clone(),
            (None, Some(oracle)) if spec.mask != LearnerMask::Dense => oracle.mask().clone(),
            (None, None) if draws_mask && spec.mask != LearnerMask::Dense => Supports::draw(spec).mask(),
            _ => Mask::new(spec.dimension, &vec![(0..spec.dimension).collect(); spec.neurons]),
        };
        let unknown = || Weights::new(mask.clone(), vec![f64::NAN; mask.weights()]);
        let oracle = self.oracle.clone().unwrap_or_else(unknown);
        let kept = oracle.projected(mask);
        (oracle, kept)
    }
}
