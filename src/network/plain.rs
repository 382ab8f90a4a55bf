//! The network's formulas as the paper writes them, sample after sample: the oracle against which the blocked
//! kernels are tested. Also the labels come from here.

use super::blocked::relu;
use super::{Data, Mask};

/// g(x_n; W) of (1) for sample `n`; `rows` as from [`Data::rows`].
pub fn output(mask: &Mask, rows: &[usize], data: &Data, n: usize, w: &[f64]) -> f64 {
    let sum = (0..mask.neurons()).fold(0.0, |sum, j| sum + relu(pre_activation(mask, rows, data, n, w, j)));
    sum * (1.0 / mask.neurons() as f64)
}

/// w_jᵀx_n, features ascending.
pub fn pre_activation(mask: &Mask, rows: &[usize], data: &Data, n: usize, w: &[f64], j: usize) -> f64 {
    mask.range(j).fold(0.0, |sum, i| sum + w[i] * data.x(n, rows[i]))
}

/// The empirical risk (2) over the samples `chosen`, and its gradient on the mask:
/// ∂f/∂w_j = (1/NK) Σ_n (g(x_n) − y_n) 1\[w_jᵀx_n > 0\] x_n.
pub fn risk_and_gradient(
    mask: &Mask,
    data: &Data,
    chosen: impl IntoIterator<Item = usize>,
    w: &[f64],
) -> (f64, Vec<f64>) {
    let rows = data.rows(mask);
    let mut gradient = vec![0.0; mask.weights()];
    let (mut squares, mut count) = (0.0, 0.0);
    for n in chosen {
        let residual = output(mask, &rows, data, n, w) - data.y(n);
        squares += residual * residual;
        count += 1.0;
        for j in 0..mask.neurons() {
            if pre_activation(mask, &rows, data, n, w, j) > 0.0 {
                for i in mask.range(j) {
                    gradient[i] += residual * data.x(n, rows[i]);
                }
            }
        }
    }
    for g in &mut gradient {
        *g /= count * mask.neurons() as f64;
    }
    (squares / (2.0 * count), gradient)
}
