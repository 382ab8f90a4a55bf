//! What the marks need to know of a run beside its Spec: from its masks at once, from the forecast once that has come.

use crate::network::{Projection, Reach, Supports};
use crate::spec::{Overlap, Spec};
use crate::theory::calibration::Enough;
use crate::theory::divergence_step_size;
use crate::trials::Forecast;

/// What is known of the run beside its Spec.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// r̃ of the oracle's mask, as it was really drawn.
    pub effective_width: f64,
    /// Σ r_j of the learner's mask.
    pub weights: usize,
    /// Whether the learner's mask misses weights of the oracle.
    pub misses: bool,
    /// Whether two neurons have the same only feature, which no number of samples tells apart.
    pub has_twins: bool,
    /// The effective widths within reach.
    pub reach: Reach,
    /// The largest r̃ for which N samples are enough, if there is one.
    pub most_width: Option<f64>,
    /// The largest K for which they are at this r̃; 0 if they are not even for one neuron.
    pub most_neurons: usize,
    /// β\*, once the forecast has come, if there is one.
    pub best_momentum: Option<f64>,
    /// 2(1 + β)/l_max, once the forecast has come.
    pub divergence: Option<f64>,
    /// Whether the data are the reader's own, of which no theory speaks.
    pub own_data: bool,
}

impl Known {
    /// What the supports of `spec` and the oracle on the learner's mask tell at once; `effective_width` is that of the
    /// oracle's mask.
    pub fn of(spec: &Spec, supports: &Supports, oracle: &Projection, effective_width: f64) -> Self {
        let enough = Enough::of(spec).ok();
        Self {
            effective_width,
            weights: oracle.mask().weights(),
            misses: !oracle.agreement().is_accurate(),
            has_twins: oracle.mask().twins(oracle.values()).is_some(),
            reach: supports.reach(),
            most_width: enough.and_then(|enough| supports.width_at_weights(enough.weights(spec.samples))),
            most_neurons: most_neurons(spec),
            best_momentum: None,
            divergence: None,
            own_data: false,
        }
    }

    /// The same of a run on data of the reader's own, whose learner's mask has this r̃.
    pub fn on_own_data(self, effective_width: f64) -> Self {
        Self { effective_width, own_data: true, ..self }
    }

    /// What the forecast for `spec` adds.
    pub fn foresee(&mut self, spec: &Spec, forecast: &Forecast) {
        self.best_momentum = forecast.best_momentum;
        let bound = forecast.curvature.sample.ends().map(|ends| divergence_step_size(spec.momentum, ends));
        self.divergence = bound.filter(|bound| bound.is_finite());
    }
}

/// The largest K for which the samples of `spec` are enough, with masks of its r̃; 0 if they are not even for one
/// neuron. Σ r_j and c(K) Σ r_j grow with K at a given r̃, so this bisects.
fn most_neurons(spec: &Spec) -> usize {
    let enough = |neurons: &usize| {
        let spec = Spec { neurons: *neurons, ..spec.clone() };
        Enough::of(&spec).is_ok_and(|enough| enough.samples(Supports::draw(&spec).mask().weights()) <= spec.samples)
    };
    let most = if spec.overlap == Overlap::Disjoint { spec.dimension.min(12) } else { 12 };
    let all: Vec<usize> = (1..=most).collect();
    all.partition_point(enough)
}
