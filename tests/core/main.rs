//! The numerics through their public interface. The same tests run natively and, compiled to WebAssembly, in a browser.

mod copies;
mod digests;
mod golden;
mod gradients;
mod hessians;
mod links;
mod masks;
#[cfg(target_arch = "wasm32")]
mod memory;
mod pruning;
mod region;
mod remarks;
mod runs;
mod slices;
mod stability;
mod tensor;
mod tracked;
mod wrong_masks;

use nalgebra::DMatrix;
use winning_ticket::linear_algebra;
use winning_ticket::pause::{Pause, finish};

/// All eigenvalues of a symmetric matrix.
fn eigenvalues(matrix: DMatrix<f64>) -> Vec<f64> {
    finish(linear_algebra::eigenvalues(matrix, &Pause::never()))
}

/// |a − b| ≤ tolerance · max |b| for each entry, the largest entry of `expected` being the scale.
#[track_caller]
fn assert_close(actual: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(actual.len(), expected.len(), "{what}: lengths");
    let scale = expected.iter().fold(0.0, |largest: f64, e| largest.max(e.abs()));
    for (i, (a, e)) in actual.iter().zip(expected).enumerate() {
        assert!((a - e).abs() <= tolerance * scale, "{what}[{i}]: {a:e} against {e:e}");
    }
}
