//! Masks that reach an asked effective width, for the three overlap patterns, with equal or spread widths.
//!
//! Each neuron has an ordering of features fixed by the seed; its support in the oracle is a prefix. So the oracle's masks
//! nest: raising the asked r̃ only adds features. A learner's wrong mask is cut from the same orderings.

use super::Mask;
use super::effective_width::width_of;
use crate::random::{Purpose, Streams};
use crate::spec::{LearnerMask, Overlap, Painted, Spec};

/// The effective widths (5) that a Spec's dimension, neurons, pattern and seed allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// One weight a neuron.
    pub min: f64,
    /// Every support as wide as its ordering allows.
    pub max: f64,
}

/// The mask whose effective width (5) is nearest to the one `spec` asks for.
///
/// # Panics
/// As [`Supports::draw`] does.
pub fn draw_mask(spec: &Spec) -> Mask {
    Supports::draw(spec).mask()
}

/// What the masks of a Spec are cut from, drawn once: per neuron the ordering of all features whose prefix is the
/// oracle's support, how long that may be, and the relative width u_j. Only the cut depends on the effective width that
/// the Spec asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Supports {
    dimension: usize,
    asked: f64,
    orders: Vec<Vec<usize>>,
    widest: Vec<usize>,
    relative_widths: Vec<f64>,
    // for each j < k, at [k][j]
    meetings: Vec<Vec<Meeting>>,
    // what the learner's mask is, and the shares of each support that a wrong one misses and adds
    learner: LearnerMask,
    wrong: (f64, f64),
    // where it is turned over
    painted: Painted,
    // that of the widths of the oracle's mask
    scale: f64,
}

/// From which widths (r_j, r_k) on two prefixes share a feature: from any of these on, none of which is at least
/// another in both. Widths are tried by the dozen for every position of a slider; features are compared once.
type Meeting = Vec<(usize, usize)>;

/// That of the orderings of j and k.
fn meeting(dimension: usize, j: &[usize], k: &[usize]) -> Meeting {
    let mut needed = vec![usize::MAX; dimension];
    for (place, feature) in k.iter().enumerate() {
        needed[*feature] = place + 1;
    }
    let mut meeting = Meeting::new();
    let mut least = usize::MAX;
    for (place, feature) in j.iter().enumerate() {
        if needed[*feature] < least {
            least = needed[*feature];
            meeting.push((place + 1, least));
        }
    }
    meeting
}

/// Puts the first feature of the first of these orderings first in all of them.
fn share_a_feature(orders: &mut [Vec<usize>]) {
    let Some(common) = orders.first().map(|order| order[0]) else { return };
    for order in orders {
        let place = order.iter().position(|feature| *feature == common).expect("a permutation has each feature");
        order[..=place].rotate_right(1);
    }
}

impl Supports {
    /// Draws the orderings of `spec` from its streams.
    ///
    /// # Panics
    /// If a `spec` that is not valid ([`Spec::validate`]) has no neuron or no feature, or fewer features than neurons
    /// whose supports are to be disjoint.
    pub fn draw(spec: &Spec) -> Self {
        let streams = Streams::new(spec.seed, spec.trial);
        let (mut relative_widths, mut orders) = (Vec::new(), Vec::new());
        let mut widest = vec![spec.dimension; spec.neurons];
        for j in 0..spec.neurons {
            let mut stream = streams.stream(Purpose::Mask, j as u32);
            let relative = 0.9 + 0.2 * stream.uniform();
            relative_widths.push(if spec.spread { relative } else { 1.0 });
            orders.push(stream.permutation(spec.dimension));
        }
        match spec.overlap {
            Overlap::Random => {}
            Overlap::Shared => share_a_feature(&mut orders),
            Overlap::Disjoint => {
                let mut deck = orders[0].clone();
                let spare =
                    spec.dimension.checked_sub(spec.neurons).expect("a valid Spec has K ≤ d for disjoint supports");
                let spare = spare as f64 / relative_widths.iter().sum::<f64>();
                for ((order, widest), relative) in orders.iter_mut().zip(&mut widest).zip(&relative_widths) {
                    // Blocks in proportion to the widths, one feature at least, together at most d.
                    *widest = 1 + (spare * relative + 1e-9) as usize;
                    order.clone_from(&deck);
                    deck.rotate_left(*widest);
                }
                // Each has its own block beside the common feature.
                let joined = spec.joined.min(spec.neurons);
                share_a_feature(&mut orders[..joined]);
                for widest in widest[..joined].iter_mut().skip(1) {
                    *widest += 1;
                }
            }
        }
        let meetings = (0..orders.len())
            .map(|k| orders[..k].iter().map(|order| meeting(spec.dimension, order, &orders[k])).collect())
            .collect();
        let (learner, wrong) = (spec.mask, (spec.missed, spec.extra));
        let (dimension, asked) = (spec.dimension, spec.effective_width);
        let painted = spec.painted.clone();
        let mut drawn =
            Self { dimension, asked, orders, widest, relative_widths, meetings, learner, wrong, painted, scale: 0.0 };
        drawn.scale = drawn.nearest_scale();
        drawn
    }

    /// The oracle's mask: the one whose effective width (5) is nearest to what the Spec asks for.
    pub fn mask(&self) -> Mask {
        self.cut(self.scale)
    }

    /// The learner's mask: of each neuron's support the last round(missed · r_j) features in its ordering are left out,
    /// and round(extra · r_j) that come after it are added, as far as there are features; all of them for a dense one. Then what
    /// is painted is turned over.
    pub fn learner_mask(&self) -> Mask {
        let support = |(order, width): (&Vec<usize>, usize)| {
            let (missed, extra) = self.wrong_of(width);
            let further = order[width..].iter().take(extra);
            order[..width - missed].iter().chain(further).copied().collect()
        };
        let mut supports: Vec<Vec<usize>> = self.orders.iter().zip(self.widths(self.scale)).map(support).collect();
        for (neuron, feature) in self.painted.places() {
            let support = &mut supports[neuron];
            match support.iter().position(|kept| *kept == feature) {
                Some(place) => {
                    support.remove(place);
                }
                None => support.push(feature),
            }
        }
        Mask::new(self.dimension, &supports)
    }

    /// How many weights the learner's mask was to have beyond the oracle's, and how many of them there are features for.
    pub fn extra(&self) -> (usize, usize) {
        let of = |width: usize| (self.wrong_of(width).1, self.wrong_of(width).1.min(self.dimension - width));
        self.widths(self.scale).map(of).fold((0, 0), |sum, extra| (sum.0 + extra.0, sum.1 + extra.1))
    }

    /// Weights that the learner's mask misses of a support so wide, and that it is to have beside it.
    fn wrong_of(&self, width: usize) -> (usize, usize) {
        let share = |share: f64| (share * width as f64).round() as usize;
        match self.learner {
            LearnerMask::Exact => (0, 0),
            LearnerMask::Wrong => (share(self.wrong.0), share(self.wrong.1)),
            LearnerMask::Dense => (0, self.dimension - width),
        }
    }

    /// The scale at which the effective width is nearest to what is asked for.
    fn nearest_scale(&self) -> f64 {
        let wide_enough = |scale| self.width_at(scale) >= self.asked;
        // r̃ does not fall when the widths grow: the first scale that reaches what is asked, or the last one that does
        // not, whichever is nearer.
        let Some((below, above)) = self.bracket(wide_enough) else { return self.whole() };
        let miss = |scale| (self.width_at(scale) - self.asked).abs();
        if miss(below) <= miss(above) { below } else { above }
    }

    /// The effective widths within reach when only the asked r̃ changes.
    pub fn reach(&self) -> Reach {
        Reach { min: self.width_at(0.0), max: self.width_at(self.whole()) }
    }

    /// The largest effective width of an oracle's mask within reach that has at most `bound` weights, Σ r_j ≤ `bound`; none
    /// if one weight a neuron is more than that.
    pub fn width_at_weights(&self, bound: usize) -> Option<f64> {
        if self.orders.len() > bound {
            return None;
        }
        let too_many = |scale| self.widths(scale).sum::<usize>() > bound;
        let scale = self.bracket(too_many).map_or(self.whole(), |(below, _)| below);
        Some(self.width_at(scale))
    }

    /// The scale at which every support is as wide as its ordering allows.
    fn whole(&self) -> f64 {
        2.0 * self.dimension as f64
    }

    /// The last scale at which `holds` does not hold and the first at which it does, if it holds at all; it must not
    /// fail at a wider scale than one at which it holds. Widths are round(s u_j), so steps of s below 1e-3 / 500 are idle.
    fn bracket(&self, holds: impl Fn(f64) -> bool) -> Option<(f64, f64)> {
        let (mut below, mut above) = (0.0, self.whole());
        if !holds(above) {
            return None;
        }
        while above - below > 1e-9 {
            let middle = 0.5 * (below + above);
            if holds(middle) {
                above = middle;
            } else {
                below = middle;
            }
        }
        Some((below, above))
    }

    /// r_j of the oracle = round(scale · u_j), at least 1 and at most what the pattern allows.
    fn widths(&self, scale: f64) -> impl Iterator<Item = usize> {
        let widest = self.widest.iter().zip(&self.relative_widths);
        widest.map(move |(widest, relative)| (scale * relative).round().clamp(1.0, *widest as f64) as usize)
    }

    /// The effective width (5) of the mask with these widths.
    fn width_at(&self, scale: f64) -> f64 {
        let widths: Vec<usize> = self.widths(scale).collect();
        let meet =
            |j: usize, k: usize| self.meetings[k][j].iter().any(|(r_j, r_k)| *r_j <= widths[j] && *r_k <= widths[k]);
        width_of(&widths, |j, k| j == k || meet(j.min(k), j.max(k)))
    }

    /// The mask with these widths.
    fn cut(&self, scale: f64) -> Mask {
        let supports: Vec<Vec<usize>> =
            self.orders.iter().zip(self.widths(scale)).map(|(order, width)| order[..width].to_vec()).collect();
        Mask::new(self.dimension, &supports)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::effective_width;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_width_of_a_cut_is_that_of_its_mask_to_the_last_bit() {
        for overlap in [Overlap::Random, Overlap::Shared, Overlap::Disjoint] {
            for (seed, spread, dimension, neurons) in
                [(1, false, 100, 5), (2, true, 60, 12), (3, true, 500, 7), (4, false, 9, 1)]
            {
                let supports = Supports::draw(&Spec { seed, spread, dimension, neurons, overlap, ..Spec::default() });
                for tenths in 0..=10 * dimension {
                    let scale = 0.1 * tenths as f64;
                    assert_eq!(supports.width_at(scale), effective_width(&supports.cut(scale)), "{overlap:?} {scale}");
                }
            }
        }
    }
}
