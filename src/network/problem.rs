//! A trial's problem: the oracle W\* on its mask, the data it makes, and the noise on the labels.

use super::{Data, Mask, Projection, Supports, Weights, plain};
use crate::pause::{Pause, finish};
use crate::random::{Purpose, Streams};
use crate::spec::{LearnerMask, Spec};

/// Oracle and data of one trial. Who learns from it, on which mask and from where, is the run's.
#[derive(Clone, Debug)]
pub struct Problem {
    /// W\*, on its mask M\*.
    pub oracle: Weights,
    /// x_n, y_n.
    pub data: Data,
    /// σ, the standard deviation of the noise on y: σ/E_y of the Spec times E_y, the root mean square of the N
    /// noiseless outputs.
    pub sigma: f64,
}

impl Problem {
    /// Draws the problem of `spec` from its streams (section 4 of the paper): x ~ N(0, I_d), non-zero entries of W\*
    /// uniform on [−0.5, 0.5), y = g(x; W\*) + ξ with ξ ~ N(0, σ²).
    pub fn draw(spec: &Spec) -> Self {
        finish(Self::draw_in_slices(spec, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn draw_in_slices(spec: &Spec, pause: &Pause) -> Self {
        let supports = Supports::draw(spec);
        Self::draw_with(spec, supports.mask(), &supports.learner_mask(), pause).await
    }

    /// The same for a learner whose weights will lie on `learner`, in place of the Spec's mask.
    pub async fn draw_for_in_slices(spec: &Spec, learner: &Mask, pause: &Pause) -> Self {
        Self::draw_with(spec, Supports::draw(spec).mask(), learner, pause).await
    }

    async fn draw_with(spec: &Spec, mask: Mask, learner: &Mask, pause: &Pause) -> Self {
        let streams = Streams::new(spec.seed, spec.trial);
        let oracle = draw_oracle(spec, mask);
        let x_of = |feature: usize, column: &mut [f64]| fill_feature(streams, feature, column);
        let features = oracle.mask().used_features_with(learner);
        let data = Data::new_in_slices(spec.samples, spec.parts(), features, x_of, pause).await;
        Self::label(oracle, data, spec.noise, streams, pause).await
    }

    /// x_{n,i} of the problem of `spec` for every sample n: also for features that neither mask uses, which
    /// [`Problem::data`] leaves out.
    pub fn feature(spec: &Spec, feature: usize) -> Vec<f64> {
        let mut column = vec![0.0; spec.samples];
        fill_feature(Streams::new(spec.seed, spec.trial), feature, &mut column);
        column
    }

    async fn label(oracle: Weights, mut data: Data, noise: f64, streams: Streams, pause: &Pause) -> Self {
        let (mask, w) = (oracle.mask(), oracle.values());
        let rows = data.rows(mask);
        let mut outputs = Vec::with_capacity(data.samples());
        for n in 0..data.samples() {
            outputs.push(plain::output(mask, &rows, &data, n, w));
            pause.after(w.len() as u64).await;
        }
        let mean_square = outputs.iter().map(|y| y * y).sum::<f64>() / outputs.len() as f64;
        let sigma = noise * mean_square.sqrt();
        let mut stream = streams.stream(Purpose::Noise, 0);
        for (n, output) in outputs.into_iter().enumerate() {
            data.set_y(n, if sigma > 0.0 { output + sigma * stream.normal() } else { output });
        }
        Self { oracle, data, sigma }
    }
}

fn fill_feature(streams: Streams, feature: usize, column: &mut [f64]) {
    let mut stream = streams.stream(Purpose::Data, feature as u32);
    column.fill_with(|| stream.normal());
}

/// W\* of the problem of `spec`, on its mask; needs no data.
pub fn draw_oracle(spec: &Spec, mask: Mask) -> Weights {
    let streams = Streams::new(spec.seed, spec.trial);
    let values = on_mask(&mask, |j| {
        let mut stream = streams.stream(Purpose::Weight, j as u32);
        (0..spec.dimension).map(|_| stream.uniform() - 0.5).collect()
    });
    Weights::new(mask, values)
}

/// What the learner's mask of `spec` keeps of `oracle`, which was drawn for `spec`.
pub fn draw_learner(spec: &Spec, oracle: &Weights) -> Projection {
    let exact = spec.mask == LearnerMask::Exact && spec.painted.is_empty();
    oracle.projected(if exact { oracle.mask().clone() } else { Supports::draw(spec).learner_mask() })
}

/// The entries on the mask of a d × K matrix given by its columns.
pub(crate) fn on_mask(mask: &Mask, column: impl Fn(usize) -> Vec<f64>) -> Vec<f64> {
    (0..mask.neurons())
        .flat_map(|j| {
            let column = column(j);
            mask.support(j).iter().map(move |feature| column[*feature]).collect::<Vec<_>>()
        })
        .collect()
}
