//! Samples, stored as the blocked kernels read them: blocks of [`BLOCK`] samples, within a block one contiguous row a
//! feature. Features that neither mask uses are not stored.

use super::Mask;
use crate::pause::{Pause, finish};

/// Samples in a block: their pre-activations, or their residuals, fill half of the sixteen 128-bit registers. The last
/// block of a part is filled up with zero samples and zero labels, which add nothing to the risk, the gradient or the
/// Hessian.
pub const BLOCK: usize = 16;

/// What a drawn number costs, in multiply-adds.
const A_DRAW: usize = 20;

/// x and y of the samples that one step sees.
#[derive(Clone, Debug)]
pub struct Part {
    samples: usize,
    rows: usize,
    // x: blocks × features × BLOCK
    x: Vec<[f64; BLOCK]>,
    // y: blocks × BLOCK
    y: Vec<[f64; BLOCK]>,
}

impl Part {
    fn new(samples: usize, rows: usize) -> Self {
        let blocks = samples.div_ceil(BLOCK);
        Self { samples, rows, x: vec![[0.0; BLOCK]; blocks * rows], y: vec![[0.0; BLOCK]; blocks] }
    }

    /// Number of samples.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// Number of blocks.
    pub fn blocks(&self) -> usize {
        self.y.len()
    }

    /// The features × BLOCK values of block `b`.
    pub fn x_block(&self, b: usize) -> &[[f64; BLOCK]] {
        &self.x[b * self.rows..(b + 1) * self.rows]
    }

    /// The labels of block `b`.
    pub fn y_block(&self, b: usize) -> &[f64; BLOCK] {
        &self.y[b]
    }

    /// x of sample `n` at row `row`.
    pub fn x(&self, n: usize, row: usize) -> f64 {
        self.x[n / BLOCK * self.rows + row][n % BLOCK]
    }

    /// y of sample `n`.
    pub fn y(&self, n: usize) -> f64 {
        self.y[n / BLOCK][n % BLOCK]
    }

    fn set_x(&mut self, n: usize, row: usize, value: f64) {
        self.x[n / BLOCK * self.rows + row][n % BLOCK] = value;
    }

    fn set_y(&mut self, n: usize, value: f64) {
        self.y[n / BLOCK][n % BLOCK] = value;
    }
}

/// All samples of a run in B parts: sample n is number n div B of part n mod B, so that every part nests in N.
#[derive(Clone, Debug)]
pub struct Data {
    samples: usize,
    features: Vec<usize>,
    parts: Vec<Part>,
}

impl Data {
    /// `samples` samples in `parts` parts with the features `features` (ascending). `x_of` writes the column of a
    /// feature, one value a sample. Labels are zero.
    pub fn new(samples: usize, parts: usize, features: Vec<usize>, x_of: impl FnMut(usize, &mut [f64])) -> Self {
        finish(Self::new_in_slices(samples, parts, features, x_of, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn new_in_slices(
        samples: usize,
        parts: usize,
        features: Vec<usize>,
        mut x_of: impl FnMut(usize, &mut [f64]),
        pause: &Pause,
    ) -> Self {
        let mut parts: Vec<Part> =
            (0..parts).map(|p| Part::new((samples + parts - 1 - p) / parts, features.len())).collect();
        let count = parts.len();
        let mut column = vec![0.0; samples];
        for (row, feature) in features.iter().enumerate() {
            x_of(*feature, &mut column);
            for (n, value) in column.iter().enumerate() {
                parts[n % count].set_x(n / count, row, *value);
            }
            pause.after((A_DRAW * samples) as u64).await;
        }
        Self { samples, features, parts }
    }

    /// N.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// The stored features, ascending: row i of a block belongs to feature `features()[i]`.
    pub fn features(&self) -> &[usize] {
        &self.features
    }

    /// The parts D_0 … D_{B−1}.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The part that holds sample `n`, and its number there.
    fn place(&self, n: usize) -> (usize, usize) {
        (n % self.parts.len(), n / self.parts.len())
    }

    /// x of sample `n` at feature `features()[row]`.
    pub fn x(&self, n: usize, row: usize) -> f64 {
        let (part, n) = self.place(n);
        self.parts[part].x(n, row)
    }

    /// y of sample `n`.
    pub fn y(&self, n: usize) -> f64 {
        let (part, n) = self.place(n);
        self.parts[part].y(n)
    }

    /// Sets y of sample `n`.
    pub fn set_y(&mut self, n: usize, value: f64) {
        let (part, n) = self.place(n);
        self.parts[part].set_y(n, value);
    }

    /// For each weight of `mask`, the row of its feature in a block.
    ///
    /// # Panics
    /// If the mask uses a feature that is not stored.
    pub fn rows(&self, mask: &Mask) -> Vec<usize> {
        let row_of = |feature: &usize| self.features.binary_search(feature).expect("the mask's features are stored");
        mask.features().iter().map(row_of).collect()
    }
}
