//! Cholesky's decomposition A = LLᵀ of a positive definite matrix, in its tiles.

use super::lanes::{LANES, Lanes, plus, sum, times, widest};
use super::{Symmetric, Tile, add_products};
use crate::pause::Pause;

/// Panels that are decomposed side by side, so that those before are read from memory once for all of them.
const TOGETHER: usize = 8;

/// L, lower triangular.
#[derive(Debug)]
pub struct Cholesky {
    // A's tiles, each replaced by L's, column after column instead of row after row
    l: Symmetric,
}

impl Cholesky {
    /// Of `matrix`; none if it is not positive definite, up to rounding.
    pub async fn of(mut matrix: Symmetric, pause: &Pause) -> Option<Self> {
        let blocks = matrix.blocks().clone();
        let least = matrix.size() as f64 * f64::EPSILON * matrix.largest_on_diagonal();
        for (p, r) in blocks.filling() {
            // A row by itself, of which L has the 1.
            matrix.panel_mut(p)[p][r][r] = 1.0;
        }
        let panels = blocks.all_panels();
        let mut column = Vec::new();
        for first in (0..panels).step_by(TOGETHER) {
            let end = (first + TOGETHER).min(panels);
            for q in 0..end {
                // Its tiles before the diagonal; also where the panel itself is among those that are decomposed.
                column.clear();
                column.extend_from_slice(matrix.panel(q)[..q].as_flattened());
                for p in (first.max(q)..end).step_by(2) {
                    let mut known = [[[[0.0; LANES]; LANES]]; 2];
                    if q > 0 {
                        let [upper, lower] = &mut known;
                        let left = |p: usize| matrix.panel(p.min(end - 1))[..q].as_flattened();
                        add_products([upper, lower], [left(p), left(p + 1)], &column);
                    }
                    for (p, [known]) in (p..end).zip(known) {
                        let own = matrix.panel(q)[q];
                        let tile = &mut matrix.panel_mut(p)[q];
                        let rest: Tile = std::array::from_fn(|r| std::array::from_fn(|c| tile[r][c] - known[r][c]));
                        *tile = if p == q { decomposed(&rest, least)? } else { divided(&rest, &own) };
                    }
                }
                pause.after((TOGETHER * LANES * LANES * LANES * q) as u64).await;
            }
        }
        Some(Self { l: matrix })
    }

    /// A⁻¹v.
    pub fn solve(&self, v: &[f64]) -> Vec<f64> {
        let blocks = self.l.blocks().clone();
        let mut panels = vec![[0.0; LANES]; blocks.all_panels()];
        blocks.spread(v, &mut panels);
        widest(
            #[inline(always)]
            || {
                for p in 0..panels.len() {
                    self.forward(0, p, &mut panels);
                }
                for p in (0..panels.len()).rev() {
                    self.backward(p, &mut panels);
                }
            },
        );
        let mut solution = vec![0.0; v.len()];
        blocks.gather(&panels, &mut solution);
        solution
    }

    /// Replaces panel `p` of v by that of L⁻¹v, where those from `first` on are replaced already and those before are 0.
    #[inline(always)]
    fn forward(&self, first: usize, p: usize, v: &mut [Lanes]) {
        let tiles = self.l.panel(p);
        let mut sums = [[0.0; LANES]; LANES];
        for (tile, v) in tiles[first..p].iter().zip(&v[first..]) {
            for c in 0..LANES {
                sums[c] = plus(sums[c], times(tile[c], [v[c]; LANES]));
            }
        }
        let [a, b, c, d] = sums;
        let known = plus(plus(a, b), plus(c, d));
        let mut rest: Lanes = std::array::from_fn(|r| v[p][r] - known[r]);
        for c in 0..LANES {
            rest[c] /= tiles[p][c][c];
            for r in c + 1..LANES {
                rest[r] -= tiles[p][c][r] * rest[c];
            }
        }
        v[p] = rest;
    }

    /// Replaces panel `p` of v by that of L⁻ᵀv, where those after are replaced already, and takes its share from those
    /// before.
    #[inline(always)]
    fn backward(&self, p: usize, v: &mut [Lanes]) {
        let tiles = self.l.panel(p);
        let mut rest = v[p];
        for c in (0..LANES).rev() {
            for r in c + 1..LANES {
                rest[c] -= tiles[p][c][r] * rest[r];
            }
            rest[c] /= tiles[p][c][c];
        }
        v[p] = rest;
        for (tile, v) in tiles[..p].iter().zip(v) {
            for c in 0..LANES {
                v[c] -= sum(times(tile[c], rest));
            }
        }
    }

    /// tr A⁻¹ = |L⁻¹|².
    pub async fn inverse_trace(&self, pause: &Pause) -> f64 {
        let blocks = self.l.blocks();
        let filling = blocks.filling().count() as f64;
        let panels = blocks.all_panels();
        let mut trace = 0.0;
        let mut v = vec![[0.0; LANES]; panels];
        for first in 0..panels {
            for r in 0..LANES {
                v.fill([0.0; LANES]);
                v[first][r] = 1.0;
                widest(
                    #[inline(always)]
                    || (first..panels).for_each(|p| self.forward(first, p, &mut v)),
                );
                trace += v.iter().fold(0.0, |trace, v| trace + sum(times(*v, *v)));
            }
            pause.after((2 * LANES * LANES * LANES * (panels - first) * (panels - first)) as u64).await;
        }
        trace - filling
    }
}

/// L of a tile on the diagonal, column after column; none if a pivot is not above `least`.
fn decomposed(tile: &Tile, least: f64) -> Option<Tile> {
    let mut l = [[0.0; LANES]; LANES];
    for c in 0..LANES {
        let known = |r: usize| (0..c).fold(0.0, |sum, m| sum + l[m][r] * l[m][c]);
        let pivot = tile[c][c] - known(c);
        if pivot.is_nan() || pivot <= least {
            return None;
        }
        let root = pivot.sqrt();
        let below: Lanes = std::array::from_fn(|r| if r > c { (tile[r][c] - known(r)) / root } else { 0.0 });
        l[c] = below;
        l[c][c] = root;
    }
    Some(l)
}

/// The tile X of L, column after column, for which X L_qᵀ is `tile`.
fn divided(tile: &Tile, l: &Tile) -> Tile {
    let mut x = [[0.0; LANES]; LANES];
    for c in 0..LANES {
        let known: Lanes = std::array::from_fn(|r| (0..c).fold(0.0, |sum, m| sum + x[m][r] * l[m][c]));
        x[c] = std::array::from_fn(|r| (tile[r][c] - known[r]) / l[c][c]);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pause::finish;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const SIZES: [&[usize]; 4] = [&[1], &[4], &[3, 8, 0, 5, 1], &[40, 33, 27]];

    /// Diagonally dominant, without further structure.
    fn example(sizes: &[usize]) -> Symmetric {
        let size = sizes.iter().sum::<usize>() as f64;
        Symmetric::from_fn(sizes, |i, l| {
            let entry = ((i * l + i + l) as f64 * std::f64::consts::SQRT_2).fract() - 0.5;
            if i == l { size * (0.6 + entry.abs()) } else { entry }
        })
    }

    fn decomposed(matrix: &Symmetric) -> Option<Cholesky> {
        finish(Cholesky::of(matrix.clone(), &Pause::never()))
    }

    #[test]
    fn a_solution_solves() {
        for sizes in SIZES {
            let matrix = example(sizes);
            let v: Vec<f64> = (0..matrix.size()).map(|i| (i as f64 * std::f64::consts::E).fract() - 0.5).collect();
            let solution = decomposed(&matrix).expect("positive definite").solve(&v);
            for (product, v) in matrix.multiply(&solution).iter().zip(&v) {
                assert!((product - v).abs() < 1e-14 * matrix.size() as f64, "{product} {v}");
            }
        }
    }

    #[test]
    fn the_trace_of_the_inverse_is_that_of_the_solutions_for_unit_vectors() {
        for sizes in SIZES {
            let matrix = example(sizes);
            let cholesky = decomposed(&matrix).expect("positive definite");
            let unit = |i: usize| (0..matrix.size()).map(|l| if i == l { 1.0 } else { 0.0 }).collect::<Vec<_>>();
            let expected = (0..matrix.size()).fold(0.0, |sum, i| sum + cholesky.solve(&unit(i))[i]);
            let found = finish(cholesky.inverse_trace(&Pause::never()));
            assert!((found / expected - 1.0).abs() < 1e-13, "{found} {expected}");
        }
    }

    #[test]
    fn a_matrix_that_is_not_positive_definite_has_none() {
        let indefinite = Symmetric::from_fn(&[3], |i, l| if i == l { 1.0 } else { 2.0 });
        let singular = Symmetric::from_fn(&[6, 5], |i, l| ((i + 1) * (l + 1)) as f64);
        assert!(decomposed(&indefinite).is_none() && decomposed(&singular).is_none());
    }
}
