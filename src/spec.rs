//! [`Spec`]: everything that defines a run, read by page, worker, command line, link and saved files.
//!
//! The table of its fields (key, flag, meaning, range, default) is [`fields::FIELDS`]; whoever reads or writes a Spec
//! from outside goes through that table, so a range stands in one place.
//!
//! ```
//! use winning_ticket::spec::Spec;
//!
//! let spec = Spec { neurons: 13, ..Spec::default() };
//! let told = spec.validate().expect_err("13 is too many").to_string();
//! assert_eq!(told, "K (neurons) is 13, but must be a whole number from 1 to 12");
//! ```

mod epoch;
pub mod fields;
mod painted;
pub mod slider_scale;
mod twin;
mod validate;

pub use epoch::{EPOCH, EPOCHS};
pub use painted::{BadPainting, Painted};
pub use twin::Twin;
pub use validate::OutOfRange;

use serde::{Deserialize, Serialize};

/// Relative error below which a run has found the oracle.
pub const FOUND: f64 = 1e-4;
/// |W(t+1) − W(t)|/|W(t)| below which Algorithm 1 stops.
pub const SETTLED: f64 = 1e-8;

/// How the supports of the neurons relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Overlap {
    /// One common feature is in every support, so every pair overlaps and r̃ = r for equal widths.
    Shared,
    /// Supports are independent; they overlap by chance.
    Random,
    /// No two supports of the oracle share a feature; needs Σ r_j ≤ d.
    Disjoint,
}

/// The learner's mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LearnerMask {
    /// The oracle's: the accurate mask of the theorems, nothing missed and nothing extra.
    Exact,
    /// One that misses a share of the oracle's weights and has a share of further ones.
    Wrong,
    /// Every weight: the network before it is pruned.
    Dense,
}

/// Where training starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// At distance λ from what the learner's mask keeps of the oracle, in a drawn direction.
    Ball,
    /// At what the moments of the sample tell of the oracle (Lemma 1); in the ball where they tell nothing.
    Tensor,
}

/// Which samples a step sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Batches {
    /// All N at each step, as in the paper's experiments.
    Whole,
    /// Part t mod B of a partition into B = ⌈ln(1/ε)⌉ parts, as in Algorithm 1. Only the first pass is what the theorem speaks of.
    Disjoint,
}

/// The step size η of Algorithm 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum StepSize {
    /// K/14, as in Theorem 2; follows K.
    Auto,
    /// A given η.
    Fixed(f64),
}

/// One run: each field lies in its range ([`Spec::validate`]). Equal Specs give equal bits on every target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    /// The asked effective width r̃ of (5), 1 … d. What is reached is the r̃ of the oracle's mask really drawn.
    pub effective_width: f64,
    /// N, 20 … 10 000.
    pub samples: usize,
    /// K, 1 … 12.
    pub neurons: usize,
    /// β, 0 … 0.99; 0 is gradient descent.
    pub momentum: f64,
    /// d, 2 … 500.
    pub dimension: usize,
    /// η, (0, 300] or K/14.
    pub step_size: StepSize,
    /// σ/E_y, 0 … 1: noise in units of the root mean square of the noiseless outputs.
    pub noise: f64,
    /// λ = |W(0) − M ⊙ W\*|/|W\*| of a start in the ball, 0 … 2, M the learner's mask; an exact one keeps all of W\*.
    pub start_distance: f64,
    /// Where training starts.
    pub start: Start,
    /// Pattern of the supports.
    pub overlap: Overlap,
    /// How many of the neurons share a feature where supports are disjoint otherwise, 1 … 12: 1 is none, more than K is all
    /// of them (the architectures of Figure 5).
    pub joined: usize,
    /// Whether the widths r_j lie within ±10 % of each other instead of being equal.
    pub spread: bool,
    /// The learner's mask.
    pub mask: LearnerMask,
    /// Share of each neuron's oracle weights that a wrong mask misses, 0 … 0.9.
    pub missed: f64,
    /// Further weights of a wrong mask, as a share of each neuron's oracle weights, 0 … 4.
    pub extra: f64,
    /// Where the learner's mask is turned over by hand.
    pub painted: Painted,
    /// Which samples a step sees.
    pub batches: Batches,
    /// 0 … 2⁵³ − 1.
    pub seed: u64,
    /// Seed of the start's direction, 0 … 2⁵³ − 1; 0 stands for `seed`. Other ones start elsewhere on the same problem.
    pub start_seed: u64,
    /// Trial number within a sweep, 0 … 10⁶.
    pub trial: u32,
    /// T, the step cap, 1 … 100 000.
    pub max_steps: usize,
}

impl Default for Spec {
    /// The run that the page opens with: its step cap is a tenth of the paper's, so that starts succeed and fail within
    /// the picture, the run itself arrives within ten seconds at a hundred steps a second, and the forecast of Theorem 2
    /// lies in between.
    fn default() -> Self {
        Self {
            effective_width: 40.0,
            samples: 500,
            neurons: 5,
            momentum: 0.9,
            dimension: 100,
            step_size: StepSize::Auto,
            noise: 0.0,
            start_distance: 0.5,
            start: Start::Ball,
            overlap: Overlap::Shared,
            joined: 1,
            spread: false,
            mask: LearnerMask::Exact,
            missed: 0.0,
            extra: 0.0,
            painted: Painted::none(),
            batches: Batches::Whole,
            seed: 1,
            start_seed: 0,
            trial: 0,
            max_steps: 1200,
        }
    }
}

impl Spec {
    /// η as a number: K/14 when the step size is [`StepSize::Auto`] (Theorem 2).
    pub fn eta(&self) -> f64 {
        match self.step_size {
            StepSize::Auto => self.neurons as f64 / 14.0,
            StepSize::Fixed(eta) => eta,
        }
    }

    /// B, the number of parts the samples are dealt into: 1, or ⌈ln(1/ε)⌉ = 10 with ε = 10⁻⁴ (Algorithm 1).
    pub fn parts(&self) -> usize {
        match self.batches {
            Batches::Whole => 1,
            Batches::Disjoint => 10,
        }
    }
}
