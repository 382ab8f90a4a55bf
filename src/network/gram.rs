//! The Gram matrix Σ_n u_n u_nᵀ of the stacked activated features u_n, from which both forms of Ĥ are made.

use super::Mask;
use crate::pause::Pause;

/// Samples whose outer products are added in one pass over the entries.
const TOGETHER: usize = 4;
/// Multiply-adds between two places where the sum can be interrupted.
const PIECE: usize = 1_000_000;

/// Σ_n u_n u_nᵀ, square with Σ r_j rows, both triangles. `x` is samples × Σ r_j (the features of each neuron's support,
/// neuron after neuron) and `active` is samples × K. Only samples at which both neurons of a block are active are
/// touched; they are added in ascending order, four at a time.
pub async fn gram(mask: &Mask, x: &[f64], active: &[bool], pause: &Pause) -> Vec<f64> {
    let (neurons, size) = (mask.neurons(), mask.weights());
    let mut gram = vec![0.0; size * size];
    let mut both = Vec::new();
    for j in 0..neurons {
        for k in 0..=j {
            both.clear();
            both.extend(
                active.chunks_exact(neurons).enumerate().filter(|(_, on)| on[j] && on[k]).map(|(n, _)| n * size),
            );
            // Whole groups, so that they are the same wherever it is interrupted.
            let a_group = TOGETHER * mask.width(j) * mask.width(k);
            for piece in both.chunks(TOGETHER * (PIECE / a_group.max(1)).max(1)) {
                add_block(&mut gram, mask, (j, k), x, piece);
                pause.after((piece.len().div_ceil(TOGETHER) * a_group) as u64).await;
            }
            pause.after((active.len() / neurons) as u64).await;
        }
    }
    for i in 0..size {
        for k in 0..i {
            gram[k * size + i] = gram[i * size + k];
        }
        pause.after(i as u64).await;
    }
    gram
}

/// Adds the outer products of the samples that start at `starts` in x to the block of neurons `j` and `k`.
fn add_block(gram: &mut [f64], mask: &Mask, (j, k): (usize, usize), x: &[f64], starts: &[usize]) {
    let size = mask.weights();
    let (groups, rest) = starts.as_chunks::<TOGETHER>();
    for group in groups {
        let [a, b, c, d] = group.map(|start| &x[start..start + size]);
        let right = mask.range(k);
        let (ak, bk, ck, dk) = (&a[right.clone()], &b[right.clone()], &c[right.clone()], &d[right.clone()]);
        for i in mask.range(j) {
            let (a, b, c, d) = (a[i], b[i], c[i], d[i]);
            let row = &mut gram[i * size..(i + 1) * size][right.clone()];
            let features = ak.iter().zip(bk).zip(ck.iter().zip(dk));
            for (entry, ((ak, bk), (ck, dk))) in row.iter_mut().zip(features) {
                *entry += (a * ak + b * bk) + (c * ck + d * dk);
            }
        }
    }
    for start in rest {
        let u = &x[*start..start + size];
        for i in mask.range(j) {
            for (entry, right) in gram[i * size..(i + 1) * size][mask.range(k)].iter_mut().zip(&u[mask.range(k)]) {
                *entry += u[i] * right;
            }
        }
    }
}
