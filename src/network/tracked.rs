//! The empirical risk as the quadratic that it is between two changes of activation, with the changes tracked: a step
//! costs (Σ r_j)² multiply-adds over half as many numbers, instead of 2N Σ r_j.
//!
//! While no activation changes, f(W) = f_a + g_aᵀδ + ½ δᵀĤδ with δ = W − W_a, W_a an anchor and f_a, g_a the value and
//! gradient there of this very quadratic; anchoring near W avoids the cancellation of ½wᵀĤw − bᵀw + c. [`Watch`] tells
//! which activations change; f_a and g_a then change by that sample's share, and Ĥ once many have been [`Changed`].

use std::sync::Arc;

use super::changed::Changed;
use super::gram::{Features, Gram};
use super::watch::Watch;
use super::{Data, Mask, Part, Risk};
use crate::linear_algebra::{Products, Symmetric};
use crate::pause::{Pause, finish};

/// The anchor moves to W once the gradient has fallen to this share of the anchor's.
const NEAR: f64 = 1e-3;
/// Changed samples that are summed beside the Gram matrix at most: their features take as much memory again.
const MOST_CHANGED: usize = 1024;
/// Changes of activation after which Ĥ and the anchor are summed anew, which bounds the drift of their updates.
const CHANGES_A_REBUILD: usize = 10_000;

/// The tracked quadratic of one part.
#[derive(Clone, Debug)]
pub struct Tracked {
    mask: Mask,
    samples: Arc<Samples>,
    watch: Watch,
    // Σ_n u_n u_nᵀ, but for the changed samples; copies share it until one of them changes it
    gram: Arc<Symmetric>,
    changed: Changed,
    // multiply-adds to take the changed samples into the matrix, and those since then that would have been saved by it
    to_take_in: u64,
    beside: u64,
    changes: usize,
    changes_a_rebuild: usize,
    anchor: Vec<f64>,
    anchor_risk: f64,
    anchor_gradient: Vec<f64>,
    products: Products,
    delta: Vec<f64>,
    work: u64,
}

/// What of a part never changes; copies share it.
#[derive(Debug)]
struct Samples {
    features: Features,
    y: Vec<f64>,
}

impl Tracked {
    /// The quadratic around `w` over `part`; `risk` is the plain way to value and gradient at an anchor.
    pub fn new(mask: &Mask, data: &Data, part: &Part, w: &[f64], risk: &mut Risk) -> Self {
        finish(Self::new_in_slices(mask, data, part, w, risk, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn new_in_slices(
        mask: &Mask,
        data: &Data,
        part: &Part,
        w: &[f64],
        risk: &mut Risk,
        pause: &Pause,
    ) -> Self {
        let features = Features::of(mask, data, std::slice::from_ref(part), pause).await;
        let watch = Watch::from(w, mask, data, &features, part, pause).await;
        let gram = Gram::new(mask, &features).sum(watch.active(), pause).await;
        let mut tracked = Self {
            mask: mask.clone(),
            watch,
            changed: Changed::none(part.samples(), mask),
            to_take_in: 0,
            beside: 0,
            changes: 0,
            changes_a_rebuild: CHANGES_A_REBUILD,
            anchor: w.to_vec(),
            anchor_risk: 0.0,
            anchor_gradient: vec![0.0; w.len()],
            products: Products::new(gram.blocks()),
            delta: vec![0.0; w.len()],
            gram: Arc::new(gram),
            samples: Arc::new(Samples { features, y: (0..part.samples()).map(|n| part.y(n)).collect() }),
            work: 0,
        };
        tracked.move_anchor(part, risk, pause).await;
        tracked
    }

    /// f(W) of (2) over the part; writes its gradient on the mask.
    pub fn with_gradient(&mut self, part: &Part, w: &[f64], gradient: &mut [f64], risk: &mut Risk) -> f64 {
        finish(self.with_gradient_in_slices(part, w, gradient, risk, &Pause::never()))
    }

    /// The same with pauses. One that is not driven to its end leaves nothing to go on with.
    pub async fn with_gradient_in_slices(
        &mut self,
        part: &Part,
        w: &[f64],
        gradient: &mut [f64],
        risk: &mut Risk,
        pause: &Pause,
    ) -> f64 {
        self.follow(part, w, pause).await;
        if self.changes >= self.changes_a_rebuild {
            let gram = Gram::new(&self.mask, &self.samples.features).sum(self.watch.active(), pause).await;
            self.gram = Arc::new(gram);
            self.changed.clear();
            (self.changes, self.to_take_in, self.beside) = (0, 0, 0);
            self.work += self.sum_cost();
            self.move_anchor(part, risk, pause).await;
        }
        if self.beside > self.to_take_in || self.changed.len() > MOST_CHANGED {
            self.take_in(pause).await;
        }
        let value = self.evaluate(gradient, pause);
        let square = |g: &[f64]| g.iter().fold(0.0, |sum, g| sum + g * g);
        if square(gradient) < NEAR * NEAR * square(&self.anchor_gradient) {
            self.move_anchor(part, risk, pause).await;
            gradient.copy_from_slice(&self.anchor_gradient);
            return self.anchor_risk;
        }
        value
    }

    /// Bytes that it takes beside `before`, with which it may share the Gram matrix.
    pub fn bytes_beside(&self, before: Option<&Self>) -> usize {
        let size = self.mask.weights();
        let shared = before.is_some_and(|before| Arc::ptr_eq(&before.gram, &self.gram));
        let matrix = if shared { 0 } else { size * (size + 1) / 2 * size_of::<f64>() };
        matrix + self.watch.bytes() + self.changed.bytes() + 3 * size_of_val(&self.anchor[..])
    }

    /// Work since the last call, in multiply-adds of a sum over the samples.
    pub fn take_work(&mut self) -> u64 {
        std::mem::take(&mut self.work)
    }

    /// 1\[w_jᵀx_n > 0\] at the last W, samples × K.
    pub fn active(&self) -> &[bool] {
        self.watch.active()
    }

    /// Moves to W.
    async fn follow(&mut self, part: &Part, w: &[f64], pause: &Pause) {
        let mut changes = Vec::new();
        self.work += self.watch.follow(w, &self.mask, &self.samples.features, part, &mut changes, pause).await;
        for (n, j) in changes {
            self.change(n, j);
        }
    }

    /// f and its gradient at W from the anchored quadratic.
    fn evaluate(&mut self, gradient: &mut [f64], pause: &Pause) -> f64 {
        let size = self.mask.weights();
        for ((delta, w), anchor) in self.delta.iter_mut().zip(self.watch.weights()).zip(&self.anchor) {
            *delta = w - anchor;
        }
        self.products.multiply(&self.gram, &self.delta, gradient, pause);
        self.changed.add_product(&self.mask, &self.samples.features, &self.delta, gradient);
        let scale = self.scale();
        let mut value = 0.0;
        for ((g, anchor), delta) in gradient.iter_mut().zip(&self.anchor_gradient).zip(&self.delta) {
            *g = anchor + scale * *g;
            value += delta * (anchor + *g);
        }
        let beside = 2 * (self.changed.len() * size) as u64;
        self.beside += beside;
        self.work += (size * size) as u64 + beside;
        self.anchor_risk + 0.5 * value
    }

    /// 1/(N K²): the Gram matrix times this is Ĥ.
    fn scale(&self) -> f64 {
        1.0 / (self.count() as f64 * (self.mask.neurons() * self.mask.neurons()) as f64)
    }

    /// Number of samples.
    fn count(&self) -> usize {
        self.samples.y.len()
    }

    /// Turns pair (n, j) on or off, and takes the sample's share in the anchor along.
    fn change(&mut self, n: usize, j: usize) {
        let active = self.watch.active_at(n);
        let sign = if active[j] { -1.0 } else { 1.0 };
        let features = &self.samples.features;
        let at_anchor = |k: usize| features.along(n, self.mask.range(k), &self.anchor);
        let others: Vec<usize> = (0..active.len()).filter(|k| *k != j && active[*k]).collect();

        // The residual at the anchor without and with neuron j.
        let scale = 1.0 / active.len() as f64;
        let without = others.iter().fold(0.0, |sum, k| sum + at_anchor(*k)) * scale - self.samples.y[n];
        let with = without + at_anchor(j) * scale;
        let count = self.count() as f64;
        self.anchor_risk += sign * (with - without) * (with + without) / (2.0 * count);
        let x = features.row(n);
        for (k, factor) in others.iter().map(|k| (*k, with - without)).chain([(j, with)]) {
            let (factor, range) = (sign * factor * scale / count, self.mask.range(k));
            for (g, column) in self.anchor_gradient[range.clone()].iter_mut().zip(&features.columns()[range]) {
                *g += factor * x[*column];
            }
            self.to_take_in += (self.mask.width(j) * self.mask.width(k) / 2) as u64;
        }
        self.changed.turn(n, j, features, active);
        self.watch.turn(n, j);
        self.changes += 1;
    }

    /// Takes the changed samples into the Gram matrix.
    async fn take_in(&mut self, pause: &Pause) {
        let mut gram = Gram::new(&self.mask, &self.samples.features);
        gram.add(Arc::make_mut(&mut self.gram), |j, k| self.changed.of_pair(j, k), pause).await;
        self.changed.clear();
        self.work += self.to_take_in;
        (self.to_take_in, self.beside) = (0, 0);
    }

    /// The anchor moves to W, with value and gradient from the plain sum over the samples.
    async fn move_anchor(&mut self, part: &Part, risk: &mut Risk, pause: &Pause) {
        self.anchor.copy_from_slice(self.watch.weights());
        self.anchor_risk = risk.with_gradient_in_slices(part, &self.anchor, &mut self.anchor_gradient, pause).await;
        self.work += 2 * (self.count() * self.mask.weights()) as u64;
    }

    /// What it costs to sum the Gram matrix: a quarter of the pairs of neurons are active at the same time, and one half
    /// is summed.
    fn sum_cost(&self) -> u64 {
        (self.count() * self.mask.weights() * self.mask.weights() / 16) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Problem;
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_rebuild_changes_nothing_but_rounding() {
        let spec = Spec { dimension: 30, samples: 200, effective_width: 10.0, neurons: 3, ..Spec::default() };
        let problem = Problem::draw(&spec);
        let (oracle, data) = (problem.oracle.values(), &problem.data);
        let mask = problem.oracle.mask();
        let part = &data.parts()[0];
        let mut risk = Risk::new(mask, data);
        let far: Vec<f64> = oracle.iter().rev().map(|w| 0.7 * w).collect();
        let mut seldom = Tracked::new(mask, data, part, &far, &mut risk);
        let mut often = Tracked { changes_a_rebuild: 5, ..seldom.clone() };
        let mut gradients = [vec![0.0; far.len()], vec![0.0; far.len()]];
        for step in 1..=50 {
            let share = f64::from(step) / 50.0;
            let w: Vec<f64> = far.iter().zip(oracle).map(|(f, o)| f + share * (o - f)).collect();
            let before = often.changes;
            let a = seldom.with_gradient(part, &w, &mut gradients[0], &mut risk);
            let b = often.with_gradient(part, &w, &mut gradients[1], &mut risk);
            assert!(often.changes < 5 || before >= 5, "it was summed anew");
            assert!((a - b).abs() < 1e-13 * (1.0 + a), "{a} {b}");
            for (a, b) in gradients[0].iter().zip(&gradients[1]) {
                assert!((a - b).abs() < 1e-14, "{a} {b}");
            }
        }
        assert!(seldom.changes > 50, "the way crosses many kinks: {}", seldom.changes);
    }
}
