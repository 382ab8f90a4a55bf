//! `run --data`: data of the reader's own, and what can be wrong with them.

use std::fs;
use std::path::Path;

use serde_json::Value;
use winning_ticket::files::{Archive, Array};
use winning_ticket::network::Problem;
use winning_ticket::spec::{Overlap, Spec};
use winning_ticket::trials::OwnData;

use crate::{folder, json, names, start, succeed, text};

const RUN: [&str; 9] = ["run", "--seed", "5", "--max-steps", "80", "--step-size", "0.5", "--start-distance", "0.3"];
const DRAWN: [&str; 12] = [
    "--effective-width",
    "6",
    "--samples",
    "90",
    "--dimension",
    "30",
    "--neurons",
    "4",
    "--overlap",
    "random",
    "--noise",
    "0.05",
];

/// Name, shape and entries of an array.
type Numbers<'a> = (&'a str, &'a [usize], &'a [f64]);

/// An npz file of arrays of numbers.
fn write(path: &Path, arrays: &[Numbers]) {
    let mut archive = Archive::default();
    for (name, shape, values) in arrays {
        archive.add(name, &Array::Numbers { shape, values });
    }
    fs::write(path, archive.finish()).expect("writable");
}

/// X and y of the run above.
fn data() -> (Vec<f64>, Vec<f64>) {
    let spec = Spec {
        effective_width: 6.0,
        samples: 90,
        dimension: 30,
        neurons: 4,
        overlap: Overlap::Random,
        noise: 0.05,
        seed: 5,
        ..Spec::default()
    };
    let x = (0..30).flat_map(|feature| Problem::feature(&spec, feature)).collect();
    let problem = Problem::draw(&spec);
    (x, (0..90).map(|n| problem.data.y(n)).collect())
}

#[test]
fn what_a_run_has_written_is_learned_from_again_to_the_same_digest() {
    let folder = folder();
    for more in [&[][..], &["--batches", "disjoint"], &["--mask", "wrong", "--missed", "0.3", "--extra", "0.5"]] {
        let again = if more.first() == Some(&"--mask") { &[][..] } else { more };
        let drawn = [&RUN[..], &DRAWN, more, &["--npz", "a.npz", "--json", "-"]].concat();
        let drawn = json(folder.path(), &drawn);
        let own = [&RUN[..], again, &["--data", "a.npz", "--npz", "b.npz", "--json", "-"]].concat();
        let own = json(folder.path(), &own);
        for key in ["digest", "relative_error", "steps", "stop_reason", "bits", "mask_weights"] {
            assert_eq!(own[key], drawn[key], "{key} with {more:?}");
        }
        // What theory says needs an accurate mask, here too.
        for key in ["rate_predicted", "noise_floor", "best_momentum", "theorem2_reach"] {
            let none = more.first() == Some(&"--mask") || key == "theorem2_reach" && more.first() == Some(&"--batches");
            assert_eq!(own[key].is_null(), none, "{key} with {more:?}");
        }
        let noise = own["label_noise"].as_f64().expect("W_star is known");
        assert!((0.002..0.05).contains(&noise), "{noise}");
        // And what that has written, once more.
        let third = json(folder.path(), &[&RUN[..], again, &["--data", "b.npz", "--json", "-"]].concat());
        assert_eq!((&third["digest"], &third["data"]["digest"]), (&own["digest"], &own["data"]["digest"]));
    }
}

#[test]
fn without_an_oracle_the_loss_is_told_and_nothing_that_would_need_one() {
    let folder = folder();
    let (x, y) = data();
    write(&folder.path().join("xy.npz"), &[("X", &[90, 30], &x), ("y", &[90], &y)]);
    let own = [&RUN[..], &["--data", "xy.npz", "--neurons", "4"]].concat();
    let report = json(folder.path(), &[&own[..], &["--json", "-"]].concat());
    for key in
        ["relative_error", "mask_weights", "label_noise", "eigenvalues_empirical", "rate_predicted", "rate_measured"]
    {
        assert_eq!(report[key], Value::Null, "{key}");
    }
    assert_eq!((&report["start"], &report["data"]["neurons"]), (&"drawn".into(), &4.into()));
    let [first, last] = ["risk_at_start", "risk"].map(|key| report[key].as_f64().expect("a number"));
    assert!(last < 0.2 * first, "{first} to {last}");
    // The start's outputs are 0.3 times as large as y, so that of (g − y)² at least 0.7² is left.
    let square = y.iter().map(|y| y * y).sum::<f64>() / 90.0;
    assert!((0.49..=1.69).contains(&(2.0 * first / square)), "{first} of {square}");
    let told = succeed(folder.path(), &own);
    for words in [
        "drawn, its outputs 0.3 times as large as y",
        "nothing is promised",
        "dense",
        "unknown: the file has no W_star",
    ] {
        assert!(told.contains(words), "{words} in\n{told}");
    }
    assert!(!told.contains("NaN"), "{told}");
    succeed(folder.path(), &[&own[..], &["--csv", "a.csv", "--npz", "a.npz", "--until", "7"]].concat());
    let table = fs::read_to_string(folder.path().join("a.csv")).expect("the file");
    assert!(table.contains("\nt,risk\n0,") && table.contains("\n7,") && !table.contains("\n8,"), "{table}");
    let bytes = fs::read(folder.path().join("a.npz")).expect("the file");
    let again = OwnData::read(&bytes).expect("our own file");
    assert!(again.outline().has_mask() && !again.outline().has_oracle());

    // A drawn mask where a width is asked for, which is smaller; moments where they are.
    let pruned = json(folder.path(), &[&own[..], &["--effective-width", "6", "--json", "-"]].concat());
    assert_ne!(pruned["digest"], report["digest"]);
    let moments = json(folder.path(), &[&own[..], &["--start", "tensor", "--json", "-"]].concat());
    assert!(["tensor", "drawn"].contains(&moments["start"].as_str().expect("a word")));
    assert_eq!(report["inputs"], Value::Null);
    let of = |of: &str, key: &str| moments["inputs"][of][key].as_f64().expect("a number");
    // √(30/90), and √(30 · 31/89).
    assert!((of("mean", "expected_of_standard_normal") - 0.577_350).abs() < 1e-6, "{moments}");
    assert!((of("covariance", "expected_of_standard_normal") - 3.232_559).abs() < 1e-6, "{moments}");
    let told = start(folder.path(), &[&own[..], &["--start", "tensor", "--until", "1"]].concat());
    assert!(text(&told.stderr).contains("The mean of X is 0."), "{}", text(&told.stderr));
}

#[test]
fn what_is_wrong_with_a_file_is_told_in_a_sentence_and_nothing_is_written() {
    let folder = folder();
    let path = folder.path().join("own.npz");
    let (x, y) = data();
    let right: [Numbers; 2] = [("X", &[90, 30], &x), ("y", &[90], &y)];
    let mut not_finite = x.clone();
    not_finite[7 * 90 + 3] = f64::INFINITY;
    let ones = vec![1.0; 30 * 13];
    let refused = |more: &[&str], sentence: &str| {
        let args = [&["run", "--data", "own.npz", "--json", "kept.json", "--npz", "new.npz"], more].concat();
        let told = start(folder.path(), &args);
        assert_eq!((told.status.code(), text(&told.stderr)), (Some(2), format!("error: {sentence}\n")));
        assert_eq!(names(folder.path()), ["kept.json", "own.npz"]);
        assert_eq!(fs::read_to_string(folder.path().join("kept.json")).expect("still there"), "precious");
    };
    fs::write(folder.path().join("kept.json"), "precious").expect("writable");
    let arrays: [(&[Numbers], &str); 9] = [
        (&[right[0]], "y is missing: the file has X"),
        (&[], "X is missing: the file has no arrays"),
        (&[("X", &[90, 30], &not_finite), right[1]], "X has the entry inf at row 3, column 7, but all must be finite"),
        (&[right[0], ("y", &[89], &y[1..])], "y has the shape (89,), but must have 90 entries, one a row of X"),
        (
            &[("X", &[2700], &x), right[1]],
            "X has the shape (2700,), but must have N rows, samples, and d columns, features: N from 20 to 10000, d from 2 to 500",
        ),
        (
            &[right[0], right[1], ("M", &[4, 30], &ones[..120])],
            "M has the shape (4, 30), but must have 30 rows, as X has columns, and K columns, neurons, from 1 to 12: transpose it",
        ),
        (
            &[right[0], right[1], ("W_star", &[30, 13], &ones)],
            "W_star has the shape (30, 13), but must have 30 rows, as X has columns, and K columns, neurons, from 1 to 12",
        ),
        (
            &[right[0], right[1], ("M", &[30, 3], &ones[..90]), ("W_star", &[30, 4], &ones[..120])],
            "M has the shape (30, 3), but must have as many columns as W_star, 4",
        ),
        (&[right[0], ("y", &[90], &[0.0; 90])], "y is 0 everywhere"),
    ];
    for (arrays, reason) in arrays {
        write(&path, arrays);
        refused(&[], &format!("--data own.npz cannot be taken: {reason}"));
    }
    write(&path, &right);
    refused(
        &["--start-distance", "0"],
        "--data own.npz cannot be taken: without W_star the start is drawn, and its outputs must not be 0: the start \
         distance must be above 0",
    );
    refused(&["--samples", "90"], "--samples is 90, but must be left out beside --data, which says it");
    refused(&["--until", "1201"], "--until is 1201, but must be a whole number from 0 to 1200");
    refused(&["--svg", "a.svg"], "--svg draws the relative error, which needs W_star in the file of --data");
    write(&path, &[right[0], right[1], ("M", &[30, 4], &ones[..120])]);
    refused(&["--neurons", "4"], "--neurons is 4, but must be left out beside --data, which says it");
    fs::write(&path, "no archive").expect("writable");
    refused(
        &[],
        "--data own.npz cannot be taken: the file is no npz file: NumPy's savez and savez_compressed write such files",
    );
    let huge = fs::File::create(&path).expect("writable");
    huge.set_len(150_000_000).expect("a sparse file");
    refused(&[], "--data own.npz cannot be taken: it has 150 MB, and at most 100 MB are read");
}
