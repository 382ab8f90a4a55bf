//! The moments of x and y: averages over the samples of y times a Hermite polynomial of x.

use crate::linear_algebra::vectors::dot;
use crate::network::{BLOCK, Data};
use crate::pause::Pause;

/// The moments of a sample, on the features that are stored of it, in their order: the union of the supports.
#[derive(Clone, Debug)]
pub struct Moments<'a> {
    data: &'a Data,
    // y, or what is left of it, block after block
    labels: Vec<[f64; BLOCK]>,
}

impl<'a> Moments<'a> {
    /// Of `data`.
    pub fn new(data: &'a Data) -> Self {
        let labels = data.parts().iter().flat_map(|part| (0..part.blocks()).map(|b| *part.y_block(b))).collect();
        Self { data, labels }
    }

    /// Those of y less `explained` of the x of a block.
    pub fn rest(&self, explained: impl Fn(&[[f64; BLOCK]]) -> [f64; BLOCK]) -> Self {
        let mut labels = self.labels.clone();
        let parts = self.data.parts().iter();
        let counted = parts.flat_map(|part| (0..part.blocks()).map(|b| (part.x_block(b), part.samples() - b * BLOCK)));
        for (y, (x, left)) in labels.iter_mut().zip(counted) {
            // What fills up a block is no sample.
            y.iter_mut().zip(explained(x)).take(left).for_each(|(y, explained)| *y -= explained);
        }
        Self { data: self.data, labels }
    }

    /// d_u, the number of features.
    pub fn features(&self) -> usize {
        self.data.features().len()
    }

    /// N.
    pub fn samples(&self) -> usize {
        self.data.samples()
    }

    /// The blocks of x with their labels.
    fn blocks(&self) -> impl Iterator<Item = (&[[f64; BLOCK]], &[f64; BLOCK])> {
        let x = self.data.parts().iter().flat_map(|part| (0..part.blocks()).map(|b| part.x_block(b)));
        x.zip(&self.labels)
    }

    /// More than any sum that the moments take: N max |y| (d_u max x²)², infinite or no number where that may be.
    pub fn bound(&self) -> f64 {
        let (mut x_most, mut y_most) = (0.0, 0.0);
        for (x, y) in self.blocks() {
            let largest = |most: f64, x: &f64| if x.abs() > most || x.is_nan() { x.abs() } else { most };
            x_most = x.as_flattened().iter().fold(x_most, largest);
            y_most = y.iter().fold(y_most, largest);
        }
        let square = self.features() as f64 * x_most * x_most;
        self.samples() as f64 * y_most * square * square
    }

    /// The mean of y.
    pub fn mean(&self) -> f64 {
        self.blocks().flat_map(|(_, y)| y).fold(0.0, |sum, y| sum + y) / self.data.samples() as f64
    }

    /// M₁ = E[y x], which is (1/2K) Σ_j w_j in expectation.
    pub fn first(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.features()];
        for (x, y) in self.blocks() {
            for (sum, x) in sums.iter_mut().zip(x) {
                *sum += along(x, y);
            }
        }
        sums.iter().map(|sum| sum / self.data.samples() as f64).collect()
    }

    /// M₂ v for each of `vectors` v, M₂ = E[y (x xᵀ − I)], which is (1/K√2π) Σ_j |w_j| w̄_j w̄_jᵀ in expectation, w̄ = w/|w|;
    /// never forms M₂.
    pub async fn second(&self, vectors: &[Vec<f64>], pause: &Pause) -> Vec<Vec<f64>> {
        let (samples, mean) = (self.data.samples() as f64, self.mean());
        let mut products: Vec<Vec<f64>> = vectors.iter().map(|v| vec![0.0; v.len()]).collect();
        for (x, y) in self.blocks() {
            for (v, product) in vectors.iter().zip(&mut products) {
                let mut weighted = projected(x, v);
                weighted.iter_mut().zip(y).for_each(|(z, y)| *z *= y);
                for (sum, x) in product.iter_mut().zip(x) {
                    *sum += along(x, &weighted);
                }
            }
            pause.after((2 * BLOCK * vectors.len() * self.features()) as u64).await;
        }
        for (v, product) in vectors.iter().zip(&mut products) {
            product.iter_mut().zip(v).for_each(|(sum, v)| *sum = *sum / samples - mean * v);
        }
        products
    }

    /// M₄ = E[y He₄(x)] in the coordinates of `frame`, orthonormal vectors; it is −(1/K√2π) Σ_j |w_j| w̄_j ⊗ w̄_j ⊗ w̄_j ⊗ w̄_j in
    /// expectation.
    pub async fn fourth(&self, frame: &[Vec<f64>], pause: &Pause) -> Fourth {
        let mut fourth = Fourth::zeros(frame.len());
        for (x, y) in self.blocks() {
            let z: Vec<[f64; BLOCK]> = frame.iter().map(|v| projected(x, v)).collect();
            for (n, y) in y.iter().enumerate().filter(|(_, y)| **y != 0.0) {
                fourth.add(*y, z.iter().map(|z| z[n]));
            }
            pause.after((BLOCK * (frame.len() * self.features() + 4 * fourth.sums.len())) as u64).await;
        }
        let samples = self.data.samples() as f64;
        fourth.sums.iter_mut().for_each(|sum| *sum /= samples);
        fourth
    }
}

/// A symmetric tensor of four indices, each entry once: K(K+1)(K+2)(K+3)/24 numbers, no more than K³ up to K = 12.
#[derive(Clone, Debug)]
pub struct Fourth {
    // of each entry, for indices p ≥ q ≥ r ≥ s, the four factors of its polynomial: places in a table of He_n(z_m) at 5 m + n
    factors: Vec<[usize; 4]>,
    sums: Vec<f64>,
}

impl Fourth {
    fn zeros(size: usize) -> Self {
        let mut factors = Vec::new();
        for p in 0..size {
            for q in 0..=p {
                for r in 0..=q {
                    for s in 0..=r {
                        // An index that stands n times gives He_n of its coordinate, once; He₀ = 1 for the other times.
                        let indices = [p, q, r, s];
                        factors.push(std::array::from_fn(|i| {
                            let first = indices[..i].iter().all(|other| *other != indices[i]);
                            let times = indices.iter().filter(|other| **other == indices[i]).count();
                            5 * indices[i] + if first { times } else { 0 }
                        }));
                    }
                }
            }
        }
        Self { sums: vec![0.0; factors.len()], factors }
    }

    /// Adds y He₄(z).
    fn add(&mut self, y: f64, z: impl Iterator<Item = f64>) {
        let hermite = |z: f64| [1.0, z, z * z - 1.0, z * (z * z - 3.0), (z * z - 6.0) * z * z + 3.0];
        let table: Vec<f64> = z.flat_map(hermite).collect();
        for (sum, [a, b, c, d]) in self.sums.iter_mut().zip(&self.factors) {
            *sum += y * ((table[*a] * table[*b]) * (table[*c] * table[*d]));
        }
    }

    /// The entry at four indices in any order.
    pub fn at(&self, mut indices: [usize; 4]) -> f64 {
        indices.sort_unstable();
        let [s, r, q, p] = indices;
        // Entries before: those with a smaller p, then with the same p and a smaller q, and so on.
        let place = p * (p + 1) * (p + 2) * (p + 3) / 24 + q * (q + 1) * (q + 2) / 6 + r * (r + 1) / 2 + s;
        self.sums[place]
    }
}

/// vᵀx of the samples of a block.
pub fn projected(x: &[[f64; BLOCK]], v: &[f64]) -> [f64; BLOCK] {
    let mut z = [0.0; BLOCK];
    for (x, v) in x.iter().zip(v) {
        for (z, x) in z.iter_mut().zip(x) {
            *z += v * x;
        }
    }
    z
}

/// Σ_n a_n b_n over a block, four lanes apart.
fn along(a: &[f64; BLOCK], b: &[f64; BLOCK]) -> f64 {
    dot(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Problem;
    use crate::pause::finish;
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// He₄(z) entry by entry: z z z z, less six terms of two z, and three of none.
    fn hermite(z: &[f64], [i, l, p, q]: [usize; 4]) -> f64 {
        let d = |a: usize, b: usize| f64::from(a == b);
        z[i] * z[l] * z[p] * z[q]
            - (d(i, l) * z[p] * z[q] + d(i, p) * z[l] * z[q] + d(i, q) * z[l] * z[p])
            - (d(l, p) * z[i] * z[q] + d(l, q) * z[i] * z[p] + d(p, q) * z[i] * z[l])
            + d(i, l) * d(p, q)
            + d(i, p) * d(l, q)
            + d(i, q) * d(l, p)
    }

    #[test]
    fn each_entry_of_the_fourth_moment_is_the_sum_over_the_samples() {
        let spec = Spec { neurons: 3, dimension: 7, effective_width: 4.0, samples: 37, ..Spec::default() };
        let problem = Problem::draw(&spec);
        let (data, moments) = (&problem.data, Moments::new(&problem.data));
        let frame: Vec<Vec<f64>> =
            (0..3).map(|j| (0..moments.features()).map(|i| f64::from(i == 2 * j)).collect()).collect();
        let fourth = finish(moments.fourth(&frame, &Pause::never()));
        let z = |n: usize| [0, 2, 4].map(|row| data.x(n, row));
        for indices in (0..81).map(|i| [i / 27, i / 9 % 3, i / 3 % 3, i % 3]) {
            let plain = (0..37).map(|n| data.y(n) * hermite(&z(n), indices)).sum::<f64>() / 37.0;
            assert!((fourth.at(indices) - plain).abs() < 1e-13 * (1.0 + plain.abs()), "{indices:?}");
        }
    }

    #[test]
    fn what_is_taken_off_is_taken_off_samples_alone() {
        let spec = Spec { neurons: 2, dimension: 5, effective_width: 3.0, samples: 21, ..Spec::default() };
        let problem = Problem::draw(&spec);
        let moments = Moments::new(&problem.data);
        let rest = moments.rest(|_| [1.0; BLOCK]);
        assert!((moments.mean() - rest.mean() - 1.0).abs() < 1e-14);
    }
}
