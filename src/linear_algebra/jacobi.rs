//! Joint diagonalisation of small symmetric matrices by Jacobi's rotations (Cardoso and Souloumiac 1996); of one matrix it gives
//! the eigenvectors.

use libm::atan2;

use super::vectors::dot;
use crate::order::sorted_by;

/// A sweep whose largest rotation has a sine below this is the last.
const SETTLED: f64 = 1e-14;
/// Sweeps after which the rotation is taken as it is; some ten are usual.
const MOST_SWEEPS: usize = 100;

/// A square matrix, row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    size: usize,
    entries: Vec<f64>,
}

impl Square {
    /// The matrix of zeros with `size` rows.
    pub fn zeros(size: usize) -> Self {
        Self { size, entries: vec![0.0; size * size] }
    }

    /// The matrix with the entry `entry(i, l)` in row i and column l.
    pub fn from_fn(size: usize, mut entry: impl FnMut(usize, usize) -> f64) -> Self {
        let mut matrix = Self::zeros(size);
        for i in 0..size {
            for l in 0..size {
                matrix.entries[i * size + l] = entry(i, l);
            }
        }
        matrix
    }

    /// Number of rows.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The entry in row i and column l.
    pub fn at(&self, i: usize, l: usize) -> f64 {
        self.entries[i * self.size + l]
    }

    /// The entry in row i and column l, to be changed.
    pub fn at_mut(&mut self, i: usize, l: usize) -> &mut f64 {
        &mut self.entries[i * self.size + l]
    }

    /// Row i.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.entries[i * self.size..(i + 1) * self.size]
    }

    /// Turns rows p and q: cosine `c`, sine `s`.
    fn turn_rows(&mut self, p: usize, q: usize, c: f64, s: f64) {
        for l in 0..self.size {
            let (a, b) = (self.at(p, l), self.at(q, l));
            *self.at_mut(p, l) = c * a + s * b;
            *self.at_mut(q, l) = c * b - s * a;
        }
    }

    fn turn_columns(&mut self, p: usize, q: usize, c: f64, s: f64) {
        for i in 0..self.size {
            let (a, b) = (self.at(i, p), self.at(i, q));
            *self.at_mut(i, p) = c * a + s * b;
            *self.at_mut(i, q) = c * b - s * a;
        }
    }
}

/// Unit vectors v_1 … v_n at right angles, as rows, in which all `matrices` are as nearly diagonal as they can be together: the
/// sum of squares off the diagonals is least. The matrices are turned into these coordinates.
pub fn diagonalise(matrices: &mut [Square]) -> Square {
    let size = matrices.first().map_or(0, Square::size);
    let mut vectors = Square::from_fn(size, |i, l| if i == l { 1.0 } else { 0.0 });
    for _ in 0..MOST_SWEEPS {
        let mut largest: f64 = 0.0;
        for q in 1..size {
            for p in 0..q {
                let (c, s) = rotation(matrices, p, q);
                largest = largest.max(s.abs());
                for matrix in matrices.iter_mut() {
                    matrix.turn_rows(p, q, c, s);
                    matrix.turn_columns(p, q, c, s);
                }
                vectors.turn_rows(p, q, c, s);
            }
        }
        if largest < SETTLED {
            break;
        }
    }
    vectors
}

/// Cosine and sine of the rotation in the plane of p and q that leaves the least off the diagonal there.
fn rotation(matrices: &[Square], p: usize, q: usize) -> (f64, f64) {
    let (mut apart, mut across) = (0.0, 0.0);
    for matrix in matrices {
        let (difference, twice) = (matrix.at(p, p) - matrix.at(q, q), matrix.at(p, q) + matrix.at(q, p));
        apart += difference * difference - twice * twice;
        across += 2.0 * difference * twice;
    }
    let angle = 0.25 * atan2(across, apart);
    (libm::cos(angle), libm::sin(angle))
}

/// Eigenvalues of a symmetric matrix, the largest first, each with its unit eigenvector.
pub fn eigenvectors(matrix: Square) -> Vec<(f64, Vec<f64>)> {
    let mut matrices = [matrix];
    let vectors = diagonalise(&mut matrices);
    let modes = (0..vectors.size()).map(|i| (matrices[0].at(i, i), vectors.row(i).to_vec())).collect();
    sorted_by(modes, |(value, _): &(f64, Vec<f64>)| -value)
}

/// The least-squares solution c of Σ_j c_j v_j = `target` for `vectors` v_j; of several the shortest.
pub fn least_squares(vectors: &[Vec<f64>], target: &[f64]) -> Vec<f64> {
    /// Share of the largest eigenvalue below which directions count as missing.
    const MISSING: f64 = 1e-12;
    let count = vectors.len();
    let along: Vec<f64> = vectors.iter().map(|v| dot(v, target)).collect();
    let modes = eigenvectors(Square::from_fn(count, |i, l| dot(&vectors[i], &vectors[l])));
    let largest = modes.first().map_or(0.0, |(value, _)| *value);
    let mut solution = vec![0.0; count];
    for (value, mode) in modes.iter().filter(|(value, _)| *value > MISSING * largest) {
        super::vectors::add(&mut solution, dot(mode, &along) / value, mode);
    }
    solution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear_algebra::vectors::norm;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// A rotation of `size` coordinates without symmetry.
    fn frame(size: usize) -> Square {
        let entry = |i: usize, l: usize| ((1 + i.min(l) + size * i.max(l)) as f64 * std::f64::consts::SQRT_2).fract();
        diagonalise(&mut [Square::from_fn(size, entry)])
    }

    /// Σ_i values_i f_i f_iᵀ.
    fn with(frame: &Square, values: &[f64]) -> Square {
        let size = frame.size();
        Square::from_fn(size, |i, l| (0..size).map(|m| values[m] * frame.at(m, i) * frame.at(m, l)).sum())
    }

    #[test]
    fn matrices_with_the_same_eigenvectors_become_diagonal_together() {
        let frame = frame(5);
        // Each has equal eigenvalues, so that none of them alone has a unique frame.
        let mut matrices = [with(&frame, &[1.0, 1.0, 2.0, 3.0, 3.0]), with(&frame, &[5.0, -1.0, -1.0, 2.0, 0.0])];
        let vectors = diagonalise(&mut matrices);
        for matrix in &matrices {
            for i in 0..5 {
                for l in (0..5).filter(|l| *l != i) {
                    assert!(matrix.at(i, l).abs() < 1e-13, "{}", matrix.at(i, l));
                }
            }
        }
        for i in 0..5 {
            let best = (0..5).map(|l| dot(vectors.row(i), frame.row(l)).abs()).fold(0.0, f64::max);
            assert!((best - 1.0).abs() < 1e-13, "{best}");
        }
    }

    #[test]
    fn eigenvectors_come_with_the_largest_value_first() {
        let frame = frame(4);
        let modes = eigenvectors(with(&frame, &[-2.0, 7.0, 0.5, 3.0]));
        for ((value, vector), expected) in modes.iter().zip([7.0, 3.0, 0.5, -2.0]) {
            assert!((value - expected).abs() < 1e-13);
            assert!((norm(vector) - 1.0).abs() < 1e-13);
        }
        assert!((dot(&modes[0].1, frame.row(1)).abs() - 1.0).abs() < 1e-13);
        assert!(eigenvectors(Square::zeros(0)).is_empty());
    }

    #[test]
    fn equal_entries_on_the_diagonal_are_turned_apart() {
        let modes = eigenvectors(Square::from_fn(3, |i, l| if i == l { 1.0 } else { 0.5 }));
        for ((value, _), expected) in modes.iter().zip([2.0, 0.5, 0.5]) {
            assert!((value - expected).abs() < 1e-14, "{value}");
        }
    }

    #[test]
    fn least_squares_leaves_what_is_at_right_angles_and_is_short_where_vectors_are_equal() {
        let vectors = [vec![1.0, 0.0, 0.0], vec![1.0, 1.0, 0.0]];
        let solution = least_squares(&vectors, &[3.0, 2.0, 9.0]);
        assert!((solution[0] - 1.0).abs() < 1e-13 && (solution[1] - 2.0).abs() < 1e-13, "{solution:?}");
        let twice = least_squares(&[vec![2.0, 0.0], vec![2.0, 0.0]], &[4.0, 1.0]);
        assert!((twice[0] - 1.0).abs() < 1e-13 && (twice[1] - 1.0).abs() < 1e-13, "{twice:?}");
    }
}
