//! A symmetric matrix by its lower half, in tiles: each entry is read from memory once for a product, in which it serves
//! its row and its column.

use std::ops::Range;
use std::sync::Arc;

use super::lanes::{LANES, Lanes, plus, sum, times, widest};
use crate::pause::Pause;

/// Panels from which a product has another share, and the most shares.
const SHARE: usize = 64;
const MOST_SHARES: usize = 8;

/// 4 × 4 entries, row after row.
pub type Tile = [Lanes; LANES];

/// Where the rows of a matrix lie that is made of blocks: each block begins with a panel of its own, four rows, and is
/// filled up with rows of zeros.
#[derive(Debug, PartialEq, Eq)]
pub struct Blocks {
    // the first row of each block, and the number of rows
    rows: Vec<usize>,
    // the first panel of each block, and the number of panels
    panels: Vec<usize>,
}

impl Blocks {
    fn new(sizes: &[usize]) -> Self {
        let sums = |size: fn(usize) -> usize| {
            let mut sum = 0;
            std::iter::once(0)
                .chain(sizes.iter().map(|of| {
                    sum += size(*of);
                    sum
                }))
                .collect()
        };
        Self { rows: sums(|size| size), panels: sums(|size| size.div_ceil(LANES)) }
    }

    /// Number of rows, without those that fill up.
    pub fn size(&self) -> usize {
        self.rows[self.rows.len() - 1]
    }

    /// The panels of block `j`.
    pub fn panels(&self, j: usize) -> Range<usize> {
        self.panels[j]..self.panels[j + 1]
    }

    /// Number of panels.
    pub fn all_panels(&self) -> usize {
        self.panels[self.panels.len() - 1]
    }

    /// Writes a vector in panels, filled up with zeros.
    pub fn spread(&self, v: &[f64], panels: &mut [Lanes]) {
        for j in 0..self.rows.len() - 1 {
            let (whole, rest) = v[self.rows[j]..self.rows[j + 1]].as_chunks::<LANES>();
            let of_block = &mut panels[self.panels(j)];
            of_block[..whole.len()].copy_from_slice(whole);
            if !rest.is_empty() {
                let last = &mut of_block[whole.len()];
                last.fill(0.0);
                last[..rest.len()].copy_from_slice(rest);
            }
        }
    }

    /// The vector that was spread.
    pub fn gather(&self, panels: &[Lanes], v: &mut [f64]) {
        for j in 0..self.rows.len() - 1 {
            let of_block = panels[self.panels(j)].as_flattened();
            let block = &mut v[self.rows[j]..self.rows[j + 1]];
            block.copy_from_slice(&of_block[..block.len()]);
        }
    }

    /// The rows that fill up, by panel and number in it.
    pub fn filling(&self) -> impl Iterator<Item = (usize, usize)> {
        let blocks = self.rows.windows(2).zip(self.panels.windows(2));
        let filled = |(rows, panels): (&[usize], &[usize])| {
            let (used, all) = (rows[1] - rows[0], LANES * (panels[1] - panels[0]));
            let first = LANES * panels[0];
            (first + used..first + all).map(|row| (row / LANES, row % LANES))
        };
        blocks.flat_map(filled)
    }

    /// The place of row `i` among the rows of all panels.
    fn place(&self, i: usize) -> usize {
        let j = self.rows.partition_point(|first| *first <= i) - 1;
        LANES * self.panels[j] + i - self.rows[j]
    }
}

/// A symmetric matrix. Of tiles on its diagonal all entries are kept, of the others those below it.
#[derive(Clone, Debug)]
pub struct Symmetric {
    blocks: Arc<Blocks>,
    // panel after panel, of panel p the tiles 0 to p
    tiles: Vec<Tile>,
}

impl Symmetric {
    /// Zeros, in blocks of these sizes.
    pub fn zeros(sizes: &[usize]) -> Self {
        let blocks = Blocks::new(sizes);
        let panels = blocks.all_panels();
        Self { blocks: Arc::new(blocks), tiles: vec![[[0.0; LANES]; LANES]; panels * (panels + 1) / 2] }
    }

    /// The matrix with these entries, by row and column, i ≥ l.
    pub fn from_fn(sizes: &[usize], mut entry: impl FnMut(usize, usize) -> f64) -> Self {
        let mut matrix = Self::zeros(sizes);
        for i in 0..matrix.size() {
            for l in 0..=i {
                let value = entry(i, l);
                let (row, column) = (matrix.blocks.place(i), matrix.blocks.place(l));
                matrix.tiles[place(row / LANES, column / LANES)][row % LANES][column % LANES] = value;
                if row / LANES == column / LANES {
                    matrix.tiles[place(row / LANES, row / LANES)][column % LANES][row % LANES] = value;
                }
            }
        }
        matrix
    }

    /// Number of rows and of columns.
    pub fn size(&self) -> usize {
        self.blocks.size()
    }

    /// The largest entry on the diagonal.
    pub fn largest_on_diagonal(&self) -> f64 {
        let of_panel = |p: usize| (0..LANES).map(move |r| (p, r));
        let rows = (0..self.blocks.all_panels()).flat_map(of_panel);
        rows.fold(0.0, |largest: f64, (p, r)| largest.max(self.tiles[place(p, p)][r][r]))
    }

    /// Where its rows lie.
    pub fn blocks(&self) -> &Arc<Blocks> {
        &self.blocks
    }

    /// The entry at row `i` and column `l`.
    pub fn entry(&self, i: usize, l: usize) -> f64 {
        let (row, column) = (self.blocks.place(i.max(l)), self.blocks.place(i.min(l)));
        self.tiles[place(row / LANES, column / LANES)][row % LANES][column % LANES]
    }

    /// The tiles of panel `p`, at the columns of the panels 0 to `p`.
    pub fn panel(&self, p: usize) -> &[Tile] {
        &self.tiles[place(p, 0)..=place(p, p)]
    }

    /// The same to be changed. The last one has to stay symmetric.
    pub fn panel_mut(&mut self, p: usize) -> &mut [Tile] {
        &mut self.tiles[place(p, 0)..=place(p, p)]
    }

    /// The tiles of these panels.
    pub fn panels_mut(&mut self, panels: Range<usize>) -> Vec<&mut [Tile]> {
        let mut rest = &mut self.tiles[place(panels.start, 0)..place(panels.end, 0)];
        let mut split = |p: usize| {
            let (panel, others) = std::mem::take(&mut rest).split_at_mut(p + 1);
            rest = others;
            panel
        };
        panels.map(&mut split).collect()
    }

    /// The product with `v`.
    pub fn multiply(&self, v: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; v.len()];
        Products::new(&self.blocks).multiply(self, v, &mut product, &Pause::never());
        product
    }
}

/// The scratch memory of products with matrices of the same blocks.
#[derive(Clone, Debug)]
pub struct Products {
    v: Vec<Lanes>,
    // some of the panels, with what their tiles add to a product
    shares: Vec<(Range<usize>, Vec<Lanes>)>,
}

impl Products {
    /// For matrices of these blocks.
    pub fn new(blocks: &Blocks) -> Self {
        let panels = blocks.all_panels();
        let count = (panels / SHARE).clamp(1, MOST_SHARES);
        // Panel p has p + 1 tiles: equally many tiles lie before the square roots of equally spaced numbers.
        let end = |share: usize| (panels as f64 * (share as f64 / count as f64).sqrt()) as usize;
        let shares = (0..count).map(|share| (end(share)..end(share + 1), vec![[0.0; LANES]; end(share + 1)]));
        Self { v: vec![[0.0; LANES]; panels], shares: shares.collect() }
    }

    /// Writes `matrix` · `v` into `product`. In each share of the panels a tile adds its columns' part to the panels above,
    /// in pairs, and its rows' part to four lanes a row, which are summed in pairs when the panel is through; the shares are
    /// added one after the other.
    pub fn multiply(&mut self, matrix: &Symmetric, v: &[f64], product: &mut [f64], pause: &Pause) {
        matrix.blocks.spread(v, &mut self.v);
        let v = &self.v;
        pause.for_each(&mut self.shares, |_, (panels, sums)| matrix.multiply_panels(panels.clone(), v, sums));
        // The last share reaches to the last panel.
        let (last, others) = self.shares.split_last_mut().expect("there is a share");
        for (_, sums) in others {
            for (total, sums) in last.1.iter_mut().zip(sums) {
                *total = plus(*total, *sums);
            }
        }
        matrix.blocks.gather(&last.1, product);
    }
}

impl Symmetric {
    /// What the tiles of these panels add to the product with `v`.
    fn multiply_panels(&self, panels: Range<usize>, v: &[Lanes], sums: &mut [Lanes]) {
        widest(
            #[inline(always)]
            || {
                sums.fill([0.0; LANES]);
                for p in panels {
                    let (tiles, own) = (self.panel(p), v[p]);
                    let mut rows = [[0.0; LANES]; LANES];
                    for ((tile, v), sums) in tiles[..p].iter().zip(v).zip(sums.iter_mut()) {
                        rows = add_rows(rows, tile, *v);
                        *sums = plus(*sums, columns(tile, own));
                    }
                    rows = add_rows(rows, &tiles[p], own);
                    let [a, b, c, d] = rows;
                    sums[p] = plus(sums[p], [sum(a), sum(b), sum(c), sum(d)]);
                }
            },
        );
    }
}

/// Adds to each tile of these panels Σ l rᵀ, one after the other, over the `left` columns l of its rows and the `right`
/// columns r of its columns: `left` is one column of four entries after the other for each panel, `right` the same for
/// each tile of a panel, one tile after the other.
pub fn add_products<const PANELS: usize>(tiles: [&mut [Tile]; PANELS], left: [&[Lanes]; PANELS], right: &[Lanes]) {
    widest(
        #[inline(always)]
        || {
            let count = left[0].len();
            for (q, right) in right.chunks_exact(count).enumerate() {
                let mut sums: [Tile; PANELS] = std::array::from_fn(|p| tiles[p][q]);
                for (s, right) in right.iter().enumerate() {
                    for p in 0..PANELS {
                        let left = left[p][s];
                        for (sums, left) in sums[p].iter_mut().zip(left) {
                            *sums = plus(*sums, times([left; LANES], *right));
                        }
                    }
                }
                for p in 0..PANELS {
                    tiles[p][q] = sums[p];
                }
            }
        },
    );
}

/// The place of a tile: p(p + 1)/2 tiles lie in the panels before.
fn place(p: usize, q: usize) -> usize {
    p * (p + 1) / 2 + q
}

#[inline(always)]
fn add_rows([a, b, c, d]: Tile, tile: &Tile, v: Lanes) -> Tile {
    let [r, s, t, u] = *tile;
    [plus(a, times(r, v)), plus(b, times(s, v)), plus(c, times(t, v)), plus(d, times(u, v))]
}

#[inline(always)]
fn columns(tile: &Tile, v: Lanes) -> Lanes {
    let [r, s, t, u] = *tile;
    let [a, b, c, d] = [[v[0]; LANES], [v[1]; LANES], [v[2]; LANES], [v[3]; LANES]];
    plus(plus(times(r, a), times(s, b)), plus(times(t, c), times(u, d)))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn entry(i: usize, l: usize) -> f64 {
        ((i * l + i + l) as f64 * std::f64::consts::SQRT_2).fract() - 0.5
    }

    #[test]
    fn entries_lie_where_they_were_put() {
        let matrix = Symmetric::from_fn(&[3, 8, 0, 5, 1], entry);
        assert_eq!(matrix.size(), 17);
        for i in 0..17 {
            for l in 0..17 {
                assert_eq!(matrix.entry(i, l), entry(i.max(l), i.min(l)));
            }
        }
    }

    #[test]
    fn the_product_is_that_of_the_dense_matrix() {
        for sizes in [vec![1], vec![4], vec![3, 8, 0, 5, 1], vec![17, 33, 2], vec![300, 301]] {
            let matrix = Symmetric::from_fn(&sizes, entry);
            let size = matrix.size();
            let v: Vec<f64> = (0..size).map(|i| entry(i, 3)).collect();
            for (i, product) in matrix.multiply(&v).iter().enumerate() {
                let expected = (0..size).fold(0.0, |sum, l| sum + matrix.entry(i, l) * v[l]);
                assert!((product - expected).abs() < 1e-14 * size as f64, "{product} {expected}");
            }
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn narrow_registers_and_all_cores_give_the_same_bits() {
        let matrix = Symmetric::from_fn(&[300, 301], entry);
        let v: Vec<f64> = (0..matrix.size()).map(|i| entry(i, 3)).collect();
        let product = |pause: &Pause| {
            let mut product = vec![0.0; v.len()];
            Products::new(matrix.blocks()).multiply(&matrix, &v, &mut product, pause);
            product
        };
        let expected = product(&Pause::never());
        assert_eq!(super::super::lanes::narrow(|| product(&Pause::never())), expected);
        assert_eq!(product(&Pause::never().on_all_cores()), expected);
    }
}
