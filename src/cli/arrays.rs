//! The arrays of a run as an npz file: a zip of npy arrays, stored, all of them f64. Matrices are in Fortran order,
//! column after column, as the streams draw them.

use std::io::{Cursor, Write};

use anyhow::Result;
use npyz::{Order, WriteOptions, WriterBuilder};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::network::Problem;
use crate::spec::{EPOCH, Spec};
use crate::training::Trainer;

struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Archive {
    fn add(&mut self, name: &str, shape: &[usize], values: impl IntoIterator<Item = f64>) -> Result<()> {
        let stored = SimpleFileOptions::DEFAULT.compression_method(zip::CompressionMethod::Stored);
        self.zip.start_file(format!("{name}.npy"), stored)?;
        let shape: Vec<u64> = shape.iter().map(|length| *length as u64).collect();
        let options = WriteOptions::<f64>::new().default_dtype().shape(&shape).order(Order::Fortran);
        let mut array = options.writer(&mut self.zip).begin_nd()?;
        array.extend(values)?;
        array.finish()?;
        Ok(())
    }
}

/// The npz file of a run of `spec` from `start`: the problem with all d features, its masks and weights, the bits epoch, and the
/// course of relative error and risk.
pub fn npz(spec: &Spec, trainer: &Trainer, start: &[f64]) -> Result<Vec<u8>> {
    let mut archive = Archive { zip: ZipWriter::new(Cursor::new(Vec::new())) };
    let (problem, samples) = (trainer.problem(), spec.samples);
    let features = (0..spec.dimension).flat_map(|feature| Problem::feature(spec, feature));
    archive.add("X", &[samples, spec.dimension], features)?;
    archive.add("y", &[samples], (0..samples).map(|n| problem.data.y(n)))?;
    let (oracle, mask) = (problem.oracle.mask(), trainer.mask());
    for (name, mask, weights) in [
        ("W_star", oracle, problem.oracle.values()),
        ("M_star", oracle, vec![1.0; oracle.weights()].as_slice()),
        ("M", mask, &vec![1.0; mask.weights()]),
        ("W0", mask, start),
        ("W", mask, trainer.weights()),
    ] {
        archive.add(name, &[spec.dimension, spec.neurons], mask.to_columns(weights))?;
    }
    archive.add("bits", &[1], [f64::from(EPOCH)])?;
    for (name, course) in [("relative_error", trainer.relative_error()), ("risk", trainer.risk())] {
        archive.add(name, &[course.len()], course.iter().copied())?;
    }
    let mut cursor = archive.zip.finish()?;
    cursor.flush()?;
    Ok(cursor.into_inner())
}
