//! The arrays of a run as an npz file. Matrices are in Fortran order, column after column, as the streams draw them.

use super::provenance::VERSION;
use super::{OwnData, Provenance};
use crate::files::{Archive, Array};
use crate::network::{Mask, Problem};
use crate::pause::{Pause, finish};
use crate::spec::{EPOCH, Spec};
use crate::training::{Trainer, ball_start};

/// W(0) of the run of `spec` that `trainer` trains.
pub fn start_of(spec: &Spec, trainer: &Trainer) -> Vec<f64> {
    match trainer.moments() {
        Some(Ok(found)) => found.on(trainer.mask()),
        _ => ball_start(spec, trainer.oracle()),
    }
}

/// The npz file of a run of `spec` from `start`: the problem with all d features, its masks and weights, the course of
/// relative error and risk so far, and where all that comes from. Of the run `beside` it there are `beside_y`,
/// `beside_W_star` and so on; it sees the same X.
pub fn run_arrays(spec: &Spec, trainer: &Trainer, start: &[f64], provenance: &Provenance) -> Vec<u8> {
    finish(run_arrays_in_slices((spec, trainer, start), None, provenance, &Pause::never()))
}

/// The same with pauses, and with the run beside it.
pub async fn run_arrays_in_slices(
    (spec, trainer, start): (&Spec, &Trainer, &[f64]),
    beside: Option<(&Trainer, &[f64])>,
    provenance: &Provenance,
    pause: &Pause,
) -> Vec<u8> {
    let mut archive = Archive::default();
    let samples = spec.samples;
    let mut features = Vec::with_capacity(samples * spec.dimension);
    for feature in 0..spec.dimension {
        features.extend(Problem::feature(spec, feature));
        // A random number costs some tens of them.
        pause.after((30 * samples) as u64).await;
    }
    archive.add("X", &Array::Numbers { shape: &[samples, spec.dimension], values: &features });
    drop(features);
    add_run(&mut archive, "", trainer, start);
    if let Some((trainer, start)) = beside {
        add_run(&mut archive, "beside_", trainer, start);
    }
    add_source(&mut archive, provenance);
    if let Some((name, digest)) = &provenance.beside {
        archive.add("beside", &Array::Text(name));
        archive.add("beside_digest", &Array::Text(digest));
    }
    archive.finish()
}

/// The npz file of a run on data of the reader's own, from `start`. Where the oracle is not known, nothing of it is in the file.
pub fn own_arrays(data: &OwnData, trainer: &Trainer, start: &[f64], provenance: &Provenance) -> Vec<u8> {
    let mut archive = Archive::default();
    archive.add("X", &Array::Numbers { shape: &[data.outline().samples, data.outline().dimension], values: data.x() });
    add_run(&mut archive, "", trainer, start);
    add_source(&mut archive, provenance);
    archive.finish()
}

/// Where all that comes from.
fn add_source(archive: &mut Archive, provenance: &Provenance) {
    archive.add("bits", &Array::Numbers { shape: &[1], values: &[f64::from(EPOCH)] });
    archive.add("seed", &Array::Whole(provenance.seed));
    archive.add("t", &Array::Whole(provenance.step as u64));
    for (name, text) in [
        ("digest", provenance.digest.as_str()),
        ("link", &provenance.link),
        ("status", &provenance.status),
        ("version", VERSION),
    ] {
        archive.add(name, &Array::Text(text));
    }
}

/// What differs from run to run on the same inputs.
fn add_run(archive: &mut Archive, prefix: &str, trainer: &Trainer, start: &[f64]) {
    let (problem, mask) = (trainer.problem(), trainer.mask());
    let oracle = problem.oracle.mask();
    let mut add = |name: &str, shape: &[usize], values: &[f64]| {
        archive.add(&format!("{prefix}{name}"), &Array::Numbers { shape, values });
    };
    let labels: Vec<f64> = (0..problem.data.samples()).map(|n| problem.data.y(n)).collect();
    add("y", &[labels.len()], &labels);
    let matrices: [(&str, &Mask, &[f64]); 5] = [
        ("W_star", oracle, problem.oracle.values()),
        ("M_star", oracle, &vec![1.0; oracle.weights()]),
        ("M", mask, &vec![1.0; mask.weights()]),
        ("W0", mask, start),
        ("W", mask, trainer.weights()),
    ];
    // An oracle that is not known has entries that are no numbers.
    let is_known = problem.oracle.norm().is_finite();
    for (name, mask, weights) in matrices.into_iter().skip(if is_known { 0 } else { 2 }) {
        add(name, &[mask.dimension(), mask.neurons()], &mask.to_columns(weights));
    }
    if is_known {
        add("relative_error", &[trainer.relative_error().len()], trainer.relative_error());
    }
    add("risk", &[trainer.risk().len()], trainer.risk());
}
