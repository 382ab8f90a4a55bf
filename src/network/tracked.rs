//! The empirical risk as the quadratic that it is between two changes of activation, with the changes tracked: a step
//! costs (Σ r_j)² multiply-adds instead of 2N Σ r_j.
//!
//! While no activation changes, f(W) = f_a + g_aᵀδ + ½ δᵀĤδ with δ = W − W_a, W_a an anchor and f_a, g_a the value and
//! gradient there of this very quadratic; anchoring near W avoids the cancellation of ½wᵀĤw − bᵀw + c. The activation of
//! sample n at neuron j cannot change before w_j has moved |w_jᵀx_n|/|x_n| (norm on the support), so each pair waits in
//! a queue keyed by the path length of w_j, is looked at again when its key is passed, and on a change Ĥ, f_a and g_a
//! change by that sample's share.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::gram::gram;
use super::{Data, Mask, Part, Risk};
use crate::pause::{Pause, finish};

/// The margin of a pair is shortened by this share, and by this share of the path, so that rounding never hides a change.
const CAUTION: (f64, f64) = (1e-9, 1e-12);
/// The anchor moves to W once the gradient has fallen to this share of the anchor's.
const NEAR: f64 = 1e-3;
/// What a look at a pair costs, and each multiply-add of a change, in multiply-adds of a sum over the samples: both
/// reach across memory, the sum runs along it.
const SCATTERED: (u64, u64) = (500, 3);
/// Changes of activation after which Ĥ and the anchor are summed anew, which bounds the drift of their updates.
const CHANGES_A_REBUILD: usize = 10_000;

/// The tracked quadratic of one part.
#[derive(Clone, Debug)]
pub struct Tracked {
    mask: Mask,
    samples: Arc<Samples>,
    // 1[w_jᵀx_n > 0]: samples × K
    active: Vec<bool>,
    // Σ_n u_n u_nᵀ: Σ r_j × Σ r_j, both triangles
    gram: Vec<f64>,
    changes: usize,
    changes_a_rebuild: usize,
    anchor: Vec<f64>,
    anchor_risk: f64,
    anchor_gradient: Vec<f64>,
    weights: Vec<f64>,
    // path length of each w_j
    path: Vec<f64>,
    queues: Vec<BinaryHeap<Reverse<Waiting>>>,
    work: u64,
}

/// What of a part never changes; copies share it.
#[derive(Debug)]
struct Samples {
    // x on the masks: samples × Σ r_j, neuron after neuron, so that a pair's features are contiguous
    x: Vec<f64>,
    y: Vec<f64>,
    // |x_n| on S_j: samples × K
    norms: Vec<f64>,
}

impl Samples {
    async fn of(mask: &Mask, data: &Data, part: &Part, pause: &Pause) -> Self {
        let (count, neurons, size) = (part.samples(), mask.neurons(), mask.weights());
        let rows = data.rows(mask);
        let mut x = Vec::with_capacity(count * size);
        let mut norms = Vec::with_capacity(count * neurons);
        let square = |x: &[f64]| x.iter().fold(0.0, |sum, x| sum + x * x);
        for n in 0..count {
            x.extend(rows.iter().map(|row| part.x(n, *row)));
            norms.extend((0..neurons).map(|j| square(&x[n * size..][mask.range(j)]).sqrt()));
            pause.after(2 * size as u64).await;
        }
        Self { x, y: (0..count).map(|n| part.y(n)).collect(), norms }
    }
}

/// A sample that waits for the path of a neuron to pass its key.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Waiting {
    key: f64,
    sample: u32,
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.total_cmp(&other.key).then(self.sample.cmp(&other.sample))
    }
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
        let (neurons, size) = (mask.neurons(), mask.weights());
        let samples = Samples::of(mask, data, part, pause).await;
        let mut tracked = Self {
            mask: mask.clone(),
            active: vec![false; samples.y.len() * neurons],
            samples: Arc::new(samples),
            gram: Vec::new(),
            changes: 0,
            changes_a_rebuild: CHANGES_A_REBUILD,
            anchor: w.to_vec(),
            anchor_risk: 0.0,
            anchor_gradient: vec![0.0; size],
            weights: w.to_vec(),
            path: vec![0.0; neurons],
            queues: vec![BinaryHeap::new(); neurons],
            work: 0,
        };
        for j in 0..neurons {
            let mut waiting = Vec::with_capacity(tracked.count());
            for n in 0..tracked.count() {
                let z = tracked.pre_activation(n, j);
                tracked.active[n * neurons + j] = z > 0.0;
                waiting.push(Reverse(Waiting { key: tracked.key(n, j, z), sample: n as u32 }));
                pause.after(mask.width(j) as u64).await;
            }
            tracked.queues[j] = waiting.into();
        }
        tracked.sum_gram(pause).await;
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
        self.follow(w, pause).await;
        if self.changes >= self.changes_a_rebuild {
            self.sum_gram(pause).await;
            self.move_anchor(part, risk, pause).await;
        }
        let value = self.evaluate(gradient);
        let square = |g: &[f64]| g.iter().fold(0.0, |sum, g| sum + g * g);
        if square(gradient) < NEAR * NEAR * square(&self.anchor_gradient) {
            self.move_anchor(part, risk, pause).await;
            gradient.copy_from_slice(&self.anchor_gradient);
            return self.anchor_risk;
        }
        value
    }

    /// Work since the last call, in multiply-adds of a sum over the samples.
    pub fn take_work(&mut self) -> u64 {
        std::mem::take(&mut self.work)
    }

    /// 1\[w_jᵀx_n > 0\] at the last W, samples × K.
    pub fn active(&self) -> &[bool] {
        &self.active
    }

    /// Moves to W and looks again at the pairs whose activation may have changed on the way.
    async fn follow(&mut self, w: &[f64], pause: &Pause) {
        let moved = |range: std::ops::Range<usize>, from: &[f64]| {
            let squares = w[range.clone()].iter().zip(&from[range]).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b));
            squares.sqrt()
        };
        for j in 0..self.mask.neurons() {
            self.path[j] += moved(self.mask.range(j), &self.weights);
        }
        self.weights.copy_from_slice(w);
        for j in 0..self.mask.neurons() {
            // Taken out, so that the head can be changed in place while the pair is looked at.
            let mut queue = std::mem::take(&mut self.queues[j]);
            while let Some(mut head) = queue.peek_mut().filter(|head| head.0.key < self.path[j]) {
                let n = head.0.sample as usize;
                let z = self.pre_activation(n, j);
                self.work += SCATTERED.0;
                if (z > 0.0) != self.active[n * self.mask.neurons() + j] {
                    let before = self.work;
                    self.change(n, j);
                    pause.after(self.work - before).await;
                }
                head.0.key = self.key(n, j, z);
            }
            self.queues[j] = queue;
        }
    }

    /// f and its gradient at W from the anchored quadratic.
    fn evaluate(&mut self, gradient: &mut [f64]) -> f64 {
        let size = self.mask.weights();
        let delta: Vec<f64> = self.weights.iter().zip(&self.anchor).map(|(w, a)| w - a).collect();
        let scale = self.scale();
        symmetric_product(&self.gram, &delta, gradient);
        let mut value = 0.0;
        for ((g, anchor), delta) in gradient.iter_mut().zip(&self.anchor_gradient).zip(&delta) {
            *g = anchor + scale * *g;
            value += delta * (anchor + *g);
        }
        self.work += (size * size) as u64;
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

    fn features(&self, n: usize, j: usize) -> &[f64] {
        let size = self.mask.weights();
        &self.samples.x[n * size..(n + 1) * size][self.mask.range(j)]
    }

    /// w_jᵀx_n.
    fn pre_activation(&self, n: usize, j: usize) -> f64 {
        dot(&self.weights[self.mask.range(j)], self.features(n, j))
    }

    /// When pair (n, j) with pre-activation `z` has to be looked at again; never, if its features are all zero.
    fn key(&self, n: usize, j: usize, z: f64) -> f64 {
        let norm = self.samples.norms[n * self.mask.neurons() + j];
        if norm == 0.0 {
            return f64::INFINITY;
        }
        let margin = z.abs() / norm * (1.0 - CAUTION.0) - self.path[j] * CAUTION.1;
        self.path[j] + margin.max(0.0)
    }

    /// Turns pair (n, j) on or off, and takes the sample's share in Gram matrix and anchor along.
    fn change(&mut self, n: usize, j: usize) {
        let (neurons, size) = (self.mask.neurons(), self.mask.weights());
        let index = n * neurons + j;
        let sign = if self.active[index] { -1.0 } else { 1.0 };
        self.active[index] = !self.active[index];
        self.changes += 1;
        let x = &self.samples.x[n * size..(n + 1) * size];
        let along = |k: usize| x[self.mask.range(k)].iter().zip(&self.anchor[self.mask.range(k)]);
        let at_anchor = |k: usize| along(k).fold(0.0, |sum, (x, a)| sum + x * a);
        let others: Vec<usize> = (0..neurons).filter(|k| *k != j && self.active[n * neurons + k]).collect();

        // The residual at the anchor without and with neuron j.
        let scale = 1.0 / neurons as f64;
        let without = others.iter().fold(0.0, |sum, k| sum + at_anchor(*k)) * scale - self.samples.y[n];
        let with = without + at_anchor(j) * scale;
        let count = self.count() as f64;
        self.anchor_risk += sign * (with - without) * (with + without) / (2.0 * count);
        for (k, factor) in others.iter().map(|k| (*k, with - without)).chain([(j, with)]) {
            let factor = sign * factor * scale / count;
            for i in self.mask.range(k) {
                self.anchor_gradient[i] += factor * x[i];
            }
        }

        // v vᵀ once, v uᵀ and u vᵀ for the other active neurons u.
        for i in self.mask.range(j) {
            let row = &mut self.gram[i * size..(i + 1) * size];
            for k in others.iter().copied().chain([j]) {
                add(&mut row[self.mask.range(k)], sign * x[i], &x[self.mask.range(k)]);
            }
        }
        let range = self.mask.range(j);
        for k in others.iter().copied() {
            for i in self.mask.range(k) {
                add(&mut self.gram[i * size..(i + 1) * size][range.clone()], sign * x[i], &x[range.clone()]);
            }
            self.work += SCATTERED.1 * 2 * (self.mask.width(k) * range.len()) as u64;
        }
        self.work += SCATTERED.1 * (range.len() * range.len()) as u64;
    }

    /// The anchor moves to W, with value and gradient from the plain sum over the samples.
    async fn move_anchor(&mut self, part: &Part, risk: &mut Risk, pause: &Pause) {
        self.anchor.copy_from_slice(&self.weights);
        self.anchor_risk = risk.with_gradient_in_slices(part, &self.weights, &mut self.anchor_gradient, pause).await;
        self.work += 2 * (self.count() * self.mask.weights()) as u64;
    }

    /// Sums the Gram matrix over all samples.
    async fn sum_gram(&mut self, pause: &Pause) {
        self.gram = gram(&self.mask, &self.samples.x, &self.active, pause).await;
        self.changes = 0;
        // A quarter of the pairs of neurons are active at the same time, and one triangle is summed.
        self.work += (self.count() * self.mask.weights() * self.mask.weights() / 8) as u64;
    }
}

/// The product of a symmetric matrix with `v`: columns are added in groups of `COLUMNS`, in ascending order.
fn symmetric_product(matrix: &[f64], v: &[f64], product: &mut [f64]) {
    const COLUMNS: usize = 8;
    let size = v.len();
    product.fill(0.0);
    let (groups, rest) = v.as_chunks::<COLUMNS>();
    for (group, v) in groups.iter().enumerate() {
        // A symmetric matrix's columns are its rows, which are contiguous.
        let rows: [&[f64]; COLUMNS] =
            std::array::from_fn(|c| &matrix[(group * COLUMNS + c) * size..(group * COLUMNS + c + 1) * size]);
        for (i, entry) in product.iter_mut().enumerate() {
            let left = (rows[0][i] * v[0] + rows[1][i] * v[1]) + (rows[2][i] * v[2] + rows[3][i] * v[3]);
            let right = (rows[4][i] * v[4] + rows[5][i] * v[5]) + (rows[6][i] * v[6] + rows[7][i] * v[7]);
            *entry += left + right;
        }
    }
    for (v, row) in rest.iter().zip(matrix[groups.len() * COLUMNS * size..].chunks_exact(size)) {
        add(product, *v, row);
    }
}

/// Σ a_i b_i, lane i mod 4 first, then the lanes in pairs.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 4;
    let mut lanes = [0.0; LANES];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for l in 0..LANES {
            lanes[l] += a[l] * b[l];
        }
    }
    for (l, (a, b)) in a_rest.iter().zip(b_rest).enumerate() {
        lanes[l] += a * b;
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

fn add(to: &mut [f64], factor: f64, x: &[f64]) {
    for (to, x) in to.iter_mut().zip(x) {
        *to += factor * x;
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
