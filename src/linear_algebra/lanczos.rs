//! Lanczos' method with full reorthogonalisation: the ends of the spectrum of a symmetric matrix that is only known by
//! its products, and for the rest a quadrature.

use serde::{Deserialize, Serialize};

use super::lanes::widest;
use super::spectrum::Spectrum;
use super::vectors::{add, dot, generic, norm, scaled};
use crate::language::tr;
use crate::pause::Pause;

/// Products with the matrix after which Lanczos' method is given up.
pub const MOST_PRODUCTS: usize = 2000;
/// The residuals of the ends must fall below this share of the eigenvalue that is largest by its amount.
const TOLERANCE: f64 = 1e-8;
/// The lowest eigenvalues that are to be known one by one, and the share of the largest below which their residuals must
/// fall: an eigenvalue is then off by at most the residual's square over its distance from the others.
const LOWEST: (usize, f64) = (20, 1e-4);
/// What an eigenvalue of a tridiagonal matrix costs, in multiply-adds a row: a division at each of about 55 halvings.
const BISECTION: u64 = 500;
/// Vectors of the basis that are taken out of the next between two pauses.
const AT_A_TIME: usize = 8;
/// Products between two looks at the residuals.
const INTERVAL: usize = 20;

/// Which part of a spectrum has to settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The lowest twenty eigenvalues; the upper end found is then only a bound from below.
    Lowest,
    /// Both ends.
    Ends,
    /// The upper end; the lower one found is then only a bound from above.
    Upper,
}

/// Lanczos' method did not settle.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error(
    "{}",
    tr!(
        "the extreme eigenvalues of the {size} × {size} Hessian did not settle within {products} products",
        size,
        products
    )
)]
pub struct NotSettled {
    size: usize,
    products: usize,
}

/// The spectrum of the symmetric `size` × `size` matrix that `multiply` applies: the residual norm of the ends asked for
/// is at most 1e−8 times the largest amount of an eigenvalue. With [`Wanted::Lowest`] the lowest eigenvalues stand for themselves; the
/// other modes are the quadrature that the fixed start vector gives (Golub & Meurant, *Matrices, Moments and
/// Quadrature*, chapter 6).
///
/// # Errors
/// If that takes more than 2000 products.
pub async fn lanczos(
    size: usize,
    wanted: Wanted,
    multiply: impl AsyncFn(&[f64]) -> Vec<f64>,
    pause: &Pause,
) -> Result<Spectrum, NotSettled> {
    lanczos_within(MOST_PRODUCTS, size, wanted, multiply, pause).await
}

async fn lanczos_within(
    most_products: usize,
    size: usize,
    wanted: Wanted,
    multiply: impl AsyncFn(&[f64]) -> Vec<f64>,
    pause: &Pause,
) -> Result<Spectrum, NotSettled> {
    let (mut diagonal, mut off): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut basis = vec![normalised(generic(size))];
    loop {
        let newest = &basis[diagonal.len()];
        let mut next = multiply(newest).await;
        diagonal.push(dot(&next, newest));
        // Twice is enough (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
        for _ in 0..2 {
            for vectors in basis.chunks(AT_A_TIME) {
                widest(
                    #[inline(always)]
                    || {
                        for vector in vectors {
                            let along = dot(&next, vector);
                            add(&mut next, -along, vector);
                        }
                    },
                );
                pause.after((2 * vectors.len() * size) as u64).await;
            }
        }
        let length = norm(&next);
        let steps = diagonal.len();
        // A whole basis, or an invariant subspace: the tridiagonal matrix is exact.
        let exhausted = steps == size || length <= f64::EPSILON * largest_entry(&diagonal, &off);
        if exhausted || steps % INTERVAL == 0 || steps == most_products {
            let tridiagonal = Tridiagonal { diagonal: &diagonal, off: &off };
            let settled = |index: usize, tolerance: f64| {
                let value = tridiagonal.eigenvalue(index);
                let largest = tridiagonal.eigenvalue(0).abs().max(tridiagonal.eigenvalue(steps - 1).abs());
                length * tridiagonal.vector(value)[steps - 1].abs() <= tolerance * largest
            };
            let lowest = if wanted == Wanted::Lowest { LOWEST.0.min(size) } else { 0 };
            let mut done = exhausted
                || (lowest <= steps
                    && (wanted == Wanted::Lowest || settled(steps - 1, TOLERANCE))
                    && (wanted == Wanted::Upper || settled(0, TOLERANCE)));
            if !exhausted {
                for index in (0..lowest).rev() {
                    if !done {
                        break;
                    }
                    done = settled(index, LOWEST.1);
                    pause.after(BISECTION * steps as u64).await;
                }
            }
            if done {
                return Ok(tridiagonal.spectrum(size, lowest.min(steps), pause).await);
            }
            if steps == most_products {
                return Err(NotSettled { size, products: most_products });
            }
        }
        off.push(length);
        basis.push(scaled(&next, 1.0 / length));
    }
}

fn normalised(v: Vec<f64>) -> Vec<f64> {
    let length = norm(&v);
    scaled(&v, 1.0 / length)
}

fn largest_entry(diagonal: &[f64], off: &[f64]) -> f64 {
    diagonal.iter().chain(off).fold(0.0, |largest: f64, x| largest.max(x.abs()))
}

/// A symmetric tridiagonal matrix.
struct Tridiagonal<'a> {
    diagonal: &'a [f64],
    off: &'a [f64],
}

impl Tridiagonal<'_> {
    /// The eigenvalue with `index` smaller ones, by bisection on Sturm's count.
    fn eigenvalue(&self, index: usize) -> f64 {
        let size = self.diagonal.len();
        let radius = |i: usize| {
            let left = if i > 0 { self.off[i - 1].abs() } else { 0.0 };
            left + if i + 1 < size { self.off[i].abs() } else { 0.0 }
        };
        let mut low = (0..size).fold(f64::INFINITY, |low, i| low.min(self.diagonal[i] - radius(i)));
        let mut high = (0..size).fold(f64::NEG_INFINITY, |high, i| high.max(self.diagonal[i] + radius(i)));
        loop {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                return middle;
            }
            if self.count_below(middle) > index { high = middle } else { low = middle }
        }
    }

    /// The number of eigenvalues below `x`: the negative pivots of T − xI.
    fn count_below(&self, x: f64) -> usize {
        let (mut count, mut pivot) = (0, 1.0);
        for (i, diagonal) in self.diagonal.iter().enumerate() {
            let coupling = if i == 0 { 0.0 } else { self.off[i - 1] * self.off[i - 1] / pivot };
            pivot = diagonal - x - coupling;
            if pivot == 0.0 {
                pivot = -f64::MIN_POSITIVE;
            }
            count += usize::from(pivot < 0.0);
        }
        count
    }

    /// The unit eigenvector for `value`, by two steps of inverse iteration.
    fn vector(&self, value: f64) -> Vec<f64> {
        let mut s = normalised(generic(self.diagonal.len()));
        for _ in 0..2 {
            s = normalised(self.solve_shifted(value, s));
        }
        s
    }

    /// The spectrum of the `size` × `size` matrix behind it: the first `lowest` eigenvalues each for one dimension, the
    /// others with the weights of the quadrature, the squares of their vectors' first entries.
    async fn spectrum(&self, size: usize, lowest: usize, pause: &Pause) -> Spectrum {
        let steps = self.diagonal.len();
        let mut values = Vec::with_capacity(steps);
        for index in 0..steps {
            values.push(self.eigenvalue(index));
            pause.after(BISECTION * steps as u64).await;
        }
        let single = 1.0 / size as f64;
        let mut weights = Vec::with_capacity(steps - lowest);
        for value in &values[lowest..] {
            let first = self.vector(*value)[0];
            weights.push(first * first);
            pause.after(BISECTION * steps as u64).await;
        }
        let (whole, rest) = (weights.iter().fold(0.0, |sum, w| sum + w), 1.0 - lowest as f64 * single);
        let shares = weights.iter().map(|weight| weight / whole * rest);
        Spectrum::new(values.iter().copied().zip(std::iter::repeat_n(single, lowest).chain(shares)).collect())
    }

    /// (T − value I)⁻¹ b by elimination with row exchanges; a vanishing pivot is replaced by a tiny one, which is
    /// what inverse iteration wants.
    fn solve_shifted(&self, value: f64, mut b: Vec<f64>) -> Vec<f64> {
        let size = self.diagonal.len();
        let tiny = f64::EPSILON * largest_entry(self.diagonal, self.off).max(f64::MIN_POSITIVE);
        let off = |i: usize| self.off.get(i).copied().unwrap_or(0.0);
        // Row i of the triangle: entries at columns i, i + 1, i + 2.
        let mut triangle: Vec<[f64; 3]> = Vec::with_capacity(size);
        let mut row = [self.diagonal[0] - value, off(0), 0.0];
        for i in 0..size - 1 {
            let mut below = [off(i), self.diagonal[i + 1] - value, off(i + 1)];
            if below[0].abs() > row[0].abs() {
                std::mem::swap(&mut row, &mut below);
                b.swap(i, i + 1);
            }
            if row[0].abs() < tiny {
                row[0] = tiny;
            }
            let factor = below[0] / row[0];
            b[i + 1] -= factor * b[i];
            triangle.push(row);
            row = [below[1] - factor * row[1], below[2] - factor * row[2], 0.0];
        }
        if row[0].abs() < tiny {
            row[0] = tiny;
        }
        triangle.push(row);
        for i in (0..size).rev() {
            let mut rest = b[i];
            for step in 1..=2 {
                if i + step < size {
                    rest -= triangle[i][step] * b[i + step];
                }
            }
            b[i] = rest / triangle[i][0];
        }
        b
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use nalgebra::DMatrix;

    use super::*;
    use crate::linear_algebra::Extremes;
    use crate::linear_algebra::eigenvalues;
    use crate::pause::finish;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// A symmetric matrix with eigenvalues between about 0.1 and 4, like a Hessian's.
    fn example(size: usize) -> DMatrix<f64> {
        let mut matrix = DMatrix::from_fn(size, size, |i, l| {
            let product = ((i + 1) * (l + 1)) as f64;
            0.3 * ((product * 0.618_033_988_75).fract() - 0.5) / (size as f64).sqrt()
        });
        matrix = &matrix + &matrix.transpose();
        for i in 0..size {
            matrix[(i, i)] += 1.0 + 3.0 * i as f64 / size as f64;
        }
        matrix
    }

    fn product(matrix: &DMatrix<f64>, v: &[f64]) -> Vec<f64> {
        (matrix * nalgebra::DVector::from_column_slice(v)).as_slice().to_vec()
    }

    /// What Lanczos' method finds of `matrix` within `most` products, and how many it took.
    fn found_within(most: usize, matrix: &DMatrix<f64>, wanted: Wanted) -> (Result<Spectrum, NotSettled>, usize) {
        let products = Cell::new(0);
        let multiply = async |v: &[f64]| {
            products.set(products.get() + 1);
            product(matrix, v)
        };
        let found = finish(lanczos_within(most, matrix.nrows(), wanted, multiply, &Pause::never()));
        (found, products.get())
    }

    fn found(matrix: &DMatrix<f64>, wanted: Wanted) -> Spectrum {
        found_within(MOST_PRODUCTS, matrix, wanted).0.expect("it settles")
    }

    fn all_of(matrix: &DMatrix<f64>) -> Spectrum {
        Spectrum::from(finish(eigenvalues(matrix.clone(), &Pause::never())))
    }

    #[test]
    fn lanczos_agrees_with_the_dense_eigenvalues() {
        for size in [1, 2, 7, 150] {
            let matrix = example(size);
            let Extremes { min, max } = all_of(&matrix).ends();
            let found = found(&matrix, Wanted::Ends).ends();
            assert!((found.min - min).abs() < 2e-8 * max && (found.max - max).abs() < 2e-8 * max, "{size}: {found:?}");
        }
    }

    #[test]
    fn lanczos_stops_at_an_invariant_subspace() {
        let found = found(&(2.0 * DMatrix::identity(50, 50)), Wanted::Ends).ends();
        assert!((found.min - 2.0).abs() < 1e-12 && (found.max - 2.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn the_upper_end_settles_sooner_than_both() {
        let matrix = example(150);
        let (both, for_both) = found_within(MOST_PRODUCTS, &matrix, Wanted::Ends);
        let (upper, for_upper) = found_within(MOST_PRODUCTS, &matrix, Wanted::Upper);
        let (both, upper) = (both.expect("it settles").ends(), upper.expect("it settles").ends());
        assert!((upper.max - both.max).abs() < 2e-8 * both.max && for_upper <= for_both);
    }

    #[test]
    fn lanczos_gives_up_with_a_sentence() {
        let (gave_up, products) = found_within(10, &example(150), Wanted::Ends);
        let gave_up = gave_up.expect_err("ten products are too few");
        assert_eq!(products, 10);
        assert_eq!(
            gave_up.to_string(),
            "the extreme eigenvalues of the 150 × 150 Hessian did not settle within 10 products"
        );
    }

    #[test]
    fn the_lowest_eigenvalues_and_the_quadrature_of_the_rest_stand_for_the_whole_spectrum() {
        let matrix = example(150);
        let (found, all) = (found(&matrix, Wanted::Lowest), all_of(&matrix));
        for ((l, share), (exact, _)) in found.modes().zip(all.modes()).take(20) {
            assert!((l - exact).abs() < 1e-6 && (share * 150.0 - 1.0).abs() < 1e-12, "{l} {exact}");
        }
        // A function that is large at the lower end, as the amplitudes of the heavy ball are.
        let mean =
            |spectrum: &Spectrum| spectrum.modes().fold(0.0, |sum, (l, share)| sum + share * libm::exp(-3.0 * l));
        let total = found.modes().fold(0.0, |sum, (_, share)| sum + share);
        assert!((total - 1.0).abs() < 1e-12 && (mean(&found) / mean(&all) - 1.0).abs() < 0.1);
    }
}
