//! The npz file, read back and recomputed from.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{folder, names, succeed};

/// What another program than ours reads in an npz file: the shapes and values of its arrays of numbers, in Fortran order, and
/// the bytes of all that is none.
struct Found {
    arrays: BTreeMap<String, (Vec<u64>, Vec<f64>)>,
    others: BTreeMap<String, Vec<u8>>,
}

fn read(path: &Path) -> Found {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("the file")).expect("a zip");
    let mut found = Found { arrays: BTreeMap::new(), others: BTreeMap::new() };
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).expect("an entry");
        assert_eq!(entry.compression(), zip::CompressionMethod::Stored);
        let name = entry.name().expect("a name").strip_suffix(".npy").expect("an array").to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        let array = npyz::NpyFile::new(&bytes[..]).expect("an npy file");
        if array.dtype().descr() != "'<f8'" {
            assert!(array.shape().is_empty());
            let head = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
            assert!(head.is_multiple_of(64), "entries are aligned");
            found.others.insert(name, bytes[head..].to_vec());
            continue;
        }
        assert!(array.shape().len() == 1 || array.order() == npyz::Order::Fortran);
        found.arrays.insert(name, (array.shape().to_vec(), array.into_vec().expect("f64")));
    }
    found
}

/// A text as NumPy has it, four bytes a character.
fn text(bytes: &[u8]) -> String {
    let characters = bytes.chunks_exact(4).map(|bytes| u32::from_le_bytes(bytes.try_into().expect("four")));
    characters.map(|code| char::from_u32(code).expect("a character")).collect()
}

#[test]
fn the_arrays_agree_with_the_report() {
    let folder = folder();
    let spec =
        ["--dimension", "60", "--samples", "70", "--neurons", "3", "--effective-width", "8", "--overlap", "random"];
    let more = ["--batches", "disjoint", "--noise", "0.1", "--max-steps", "250", "--npz", "a.npz", "--json", "a.json"];
    assert_eq!(succeed(folder.path(), &[&["run"], &spec[..], &more].concat()), "");
    assert_eq!(names(folder.path()), ["a.json", "a.npz"]);
    let report: Value =
        serde_json::from_slice(&fs::read(folder.path().join("a.json")).expect("the file")).expect("JSON");
    let Found { arrays, others } = read(&folder.path().join("a.npz"));
    for (name, key) in [("digest", "digest"), ("link", "link"), ("status", "status"), ("version", "version")] {
        assert_eq!(report[key], text(&others[name]), "{name}");
    }
    let whole = |name: &str| i64::from_le_bytes(others[name][..].try_into().expect("eight bytes"));
    assert_eq!((whole("seed"), whole("t"), others.len()), (1, 250, 6));
    let shapes: Vec<(&str, &[u64])> = arrays.iter().map(|(name, (shape, _))| (name.as_str(), &shape[..])).collect();
    assert_eq!(
        shapes,
        [
            ("M", &[60, 3][..]),
            ("M_star", &[60, 3]),
            ("W", &[60, 3]),
            ("W0", &[60, 3]),
            ("W_star", &[60, 3]),
            ("X", &[70, 60]),
            ("bits", &[1]),
            ("relative_error", &[251]),
            ("risk", &[251]),
            ("y", &[70]),
        ]
    );
    let values = |name: &str| &arrays[name].1;

    let mut hasher = Sha256::new();
    values("W").iter().for_each(|w| hasher.update(w.to_le_bytes()));
    let digest: String = hasher.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(report["digest"], digest.as_str());
    assert_eq!(report["relative_error"].as_f64(), values("relative_error").last().copied());

    let norm = |v: &mut dyn Iterator<Item = f64>| v.map(|x| x * x).sum::<f64>().sqrt();
    let distance = |name| norm(&mut values(name).iter().zip(values("W_star")).map(|(a, b)| a - b));
    let error = |name| distance(name) / norm(&mut values("W_star").iter().copied());
    assert!((error("W0") - 0.5).abs() < 1e-14);
    assert!((error("W") - values("relative_error")[250]).abs() < 1e-14);
    assert_eq!(values("M"), values("M_star"));
    for (w, m) in values("W").iter().zip(values("M")) {
        assert_eq!(*m == 0.0, w.to_bits() == 0, "pruned entries are +0");
    }

    // y is the oracle's output on X and noise of 0.1 E_y; X has features that no mask uses.
    let outputs: Vec<f64> = (0..70)
        .map(|n| {
            let z = |j: usize| (0..60).map(|i| values("X")[i * 70 + n] * values("W_star")[j * 60 + i]).sum::<f64>();
            (0..3).map(|j| z(j).max(0.0)).sum::<f64>() / 3.0
        })
        .collect();
    let noise = norm(&mut outputs.iter().zip(values("y")).map(|(g, y)| y - g)) / norm(&mut outputs.iter().copied());
    assert!((0.06..0.14).contains(&noise), "{noise}");
    assert!(values("X").iter().all(|x| *x != 0.0));
    // The risk of the last step, over the part of the samples that this step sees; README.md has the same for NumPy and all of them.
    let residual = |n: usize| {
        let z = |j: usize| (0..60).map(|i| values("X")[i * 70 + n] * values("W")[j * 60 + i]).sum::<f64>();
        (0..3).map(|j| z(j).max(0.0)).sum::<f64>() / 3.0 - values("y")[n]
    };
    let part: Vec<f64> = (0..70).filter(|n| n % 10 == 250 % 10).map(|n| residual(n) * residual(n)).collect();
    let risk = part.iter().sum::<f64>() / (2.0 * part.len() as f64);
    assert!((risk / values("risk")[250] - 1.0).abs() < 1e-9, "{risk}");
}
