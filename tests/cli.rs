//! The command line as a user meets it: the binary, run in a fresh folder.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use winning_ticket::link;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn start(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_winning-ticket"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the binary starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The standard output of a run that succeeds.
#[track_caller]
fn succeed(folder: &Path, args: &[&str]) -> String {
    let output = start(folder, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

#[track_caller]
fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&succeed(folder, args)).expect("JSON")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// Arguments, and the sentence that refuses them.
const MISTAKES: &[(&[&str], &str)] = &[
    (&["run", "--effective-width", "0.5"], "--effective-width is 0.5, but must be a number from 1 to 100"),
    (&["run", "--effective-width", "-3"], "--effective-width is -3, but must be a number from 1 to 100"),
    (&["run", "--effective-width", "NaN"], "--effective-width is NaN, but must be a number from 1 to 100"),
    (&["run", "--samples", "19"], "--samples is 19, but must be a whole number from 20 to 10000"),
    (&["run", "--samples", "99.5"], "--samples is 99.5, but must be a whole number from 20 to 10000"),
    (&["run", "--samples", ""], "--samples is “”, but must be a whole number from 20 to 10000"),
    (&["run", "--neurons", "13"], "--neurons is 13, but must be a whole number from 1 to 12"),
    (
        &["run", "--overlap", "disjoint", "--dimension", "4", "--effective-width", "1", "--neurons", "5"],
        "--neurons is 5, but must be a whole number from 1 to 4",
    ),
    (&["run", "--momentum", "1"], "--momentum is 1, but must be a number from 0 to 0.99"),
    (&["run", "--dimension", "501"], "--dimension is 501, but must be a whole number from 2 to 500"),
    (&["run", "--dimension", "10"], "--effective-width is 40 (its default), but must be a number from 1 to 10"),
    (
        &["run", "--link", "r=60&d=70", "--dimension", "50"],
        "--effective-width is 60 (from the link), but must be a number from 1 to 50",
    ),
    (&["run", "--step-size", "0"], "--step-size is 0, but must be a number above 0 and at most 5, or auto"),
    (&["run", "--step-size", "K/14"], "--step-size is “K/14”, but must be a number above 0 and at most 5, or auto"),
    (&["run", "--noise", "1.1"], "--noise is 1.1, but must be a number from 0 to 1"),
    (&["run", "--start-distance", "2.5"], "--start-distance is 2.5, but must be a number from 0 to 2"),
    (&["run", "--overlap", "some"], "--overlap is some, but must be one of shared, random, disjoint"),
    (&["run", "--batches", "one"], "--batches is one, but must be one of whole, disjoint"),
    (
        &["run", "--seed", "9007199254740992"],
        "--seed is 9007199254740992, but must be a whole number from 0 to 9007199254740991",
    ),
    (&["run", "--trial", "1000001"], "--trial is 1000001, but must be a whole number from 0 to 1000000"),
    (&["run", "--max-steps", "0"], "--max-steps is 0, but must be a whole number from 1 to 100000"),
    (
        &["run", "--link", "#v=1&K=13"],
        "--link cannot be taken: K (neurons) is 13, but must be a whole number from 1 to 12",
    ),
    (&["run", "--link", "v=2&seed=1"], "--link cannot be taken: This link was made by a newer version (2)"),
    (&["run", "--digests", "1,x"], "--digests is “1,x”, but must be whole numbers with commas between them"),
    (&["run", "--json", "-", "--svg", "-"], "--json and --svg both go to standard output"),
    (&["run", "--json", "a", "--npz", "a"], "--json and --npz both go to a"),
    (
        &["run", "--npz", "no/where.npz"],
        "--npz cannot be written to no/where.npz: No such file or directory (os error 2)",
    ),
    (&["run", "--svg", "."], "--svg cannot be written to .: is a directory"),
    (&["run", "--json", ""], "--json cannot be written to : invalid filename"),
    (&["probe", "--samples", "1"], "--samples is 1, but must be a whole number from 20 to 10000"),
    (&["probe", "--probes", "0"], "--probes is 0, but must be a whole number from 1 to 100000"),
    (&["probe", "--at", "0.5,3"], "--at is “0.5,3”, but must be numbers from 0 to 2 with commas between them"),
    (&["probe", "--json", "no/where"], "--json cannot be written to no/where: No such file or directory (os error 2)"),
    (&["calibrate", "--neurons-from", "0"], "--neurons-from is 0, but must be a whole number from 1 to 12"),
    (
        &["calibrate", "--neurons-from", "5", "--neurons-to", "4"],
        "--neurons-from is 5, but must be at most 4, the value of --neurons-to",
    ),
    (&["calibrate", "--effective-width", "101"], "--effective-width is 101, but must be a number from 1 to 100"),
    (
        &["calibrate", "--json", "no/where"],
        "--json cannot be written to no/where: No such file or directory (os error 2)",
    ),
];

#[test]
fn each_mistake_is_one_sentence_and_exit_code_2() {
    let folder = folder();
    for (args, sentence) in MISTAKES {
        let output = start(folder.path(), args);
        assert_eq!(text(&output.stderr), format!("error: {sentence}\n"), "{args:?}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}");
    }
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn what_is_no_flag_or_subcommand_is_named() {
    let folder = folder();
    for (args, named) in [
        (vec!["run", "--widht", "4"], "--widht"),
        (vec!["run", "stray"], "stray"),
        (vec!["run", "--spread", "1"], "1"),
        (vec!["run", "--samples"], "--samples"),
        (vec!["run", "--samples", "50", "--samples", "60"], "--samples"),
        (vec!["walk"], "walk"),
        (vec!["probe", "--start-distance", "1"], "--start-distance"),
        (vec!["calibrate", "--samples", "100"], "--samples"),
        (vec![], "Usage"),
    ] {
        let output = start(folder.path(), &args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains(named), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn help_names_every_flag_of_the_spec() {
    let folder = folder();
    let help = succeed(folder.path(), &["run", "--help"]);
    for field in &winning_ticket::spec::fields::FIELDS {
        assert!(help.contains(&format!("--{}", field.flag)), "{}", field.flag);
    }
    assert!(succeed(folder.path(), &["--version"]).contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn without_an_output_the_run_is_told_in_words() {
    let folder = folder();
    let told = succeed(folder.path(), &["run", "--effective-width", "10"]);
    for part in ["Converged to the oracle after", "effective width   10.00", "(8) samples", "#v=1&r=10&seed=1"] {
        assert!(told.contains(part), "{part} in\n{told}");
    }
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn flags_override_the_link() {
    let folder = folder();
    for link in [
        "v=1&r=10&N=200&overlap=random&seed=3&T=5",
        "https://example.org/a/b.html#v=1&r=10&N=200&overlap=random&seed=3&T=5&t=4",
    ] {
        let report = json(
            folder.path(),
            &["run", "--link", link, "--samples", "100", "--spread", "--step-size", "auto", "--json", "-"],
        );
        assert_eq!(report["link"], "#v=1&r=10&N=100&overlap=random&spread=1&seed=3&T=5");
        assert_eq!(report["spec"]["samples"], 100);
        assert_eq!(report["spec"]["spread"], true);
        assert_eq!(report["spec"]["step-size"], "auto");
        assert_eq!(report["spec"]["overlap"], "random");
        assert_eq!((&report["steps"], &report["stop_reason"]), (&5.into(), &"max_steps".into()));
    }
}

#[test]
fn the_report_holds_every_quantity() {
    let folder = folder();
    let told = succeed(
        folder.path(),
        &["run", "--effective-width", "20", "--noise", "0.0001", "--max-steps", "400", "--json", "a.json"],
    );
    assert_eq!(told, "");
    let report: Value =
        serde_json::from_slice(&fs::read(folder.path().join("a.json")).expect("the file")).expect("JSON");
    assert_eq!(report["effective_width"].as_f64().map(f64::round), Some(20.0));
    for key in [
        "relative_error",
        "rate_measured",
        "rate_predicted",
        "best_momentum",
        "epsilon1",
        "theory_radius",
        "noise_floor",
    ] {
        let value = report[key].as_f64().unwrap_or_else(|| panic!("{key} is {}", report[key]));
        assert!(value > 0.0 && value < 1.0, "{key} is {value}");
    }
    for matrix in ["empirical", "population"] {
        let ends = &report["eigenvalues"][matrix];
        assert!(ends["min"].as_f64().expect("a number") < ends["max"].as_f64().expect("a number"));
    }
    for light in ["accurate_mask", "curvature", "start", "samples"] {
        assert!(["met", "not met"].contains(&report["lights"][light]["state"].as_str().expect("a state")));
        assert!(report["lights"][light]["sentence"].as_str().expect("a sentence").len() > 10);
    }
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));
    // What could not be had is null: no noise floor where N < Σ r_j, so no measured rate either.
    let report =
        json(folder.path(), &["run", "--samples", "50", "--noise", "0.1", "--max-steps", "200", "--json", "-"]);
    for key in ["rate_measured", "best_momentum", "noise_floor"] {
        assert_eq!(report[key], Value::Null, "{key}");
    }
    assert_eq!((&report["epsilon1"], &report["rate_predicted"]), (&1.0.into(), &1.0.into()));
}

/// The arrays of an npz file: shape and values, in Fortran order.
fn arrays(path: &Path) -> BTreeMap<String, (Vec<u64>, Vec<f64>)> {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("the file")).expect("a zip");
    (0..archive.len())
        .map(|i| {
            let mut entry = archive.by_index(i).expect("an entry");
            assert_eq!(entry.compression(), zip::CompressionMethod::Stored);
            let name = entry.name().expect("a name").strip_suffix(".npy").expect("an array").to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its bytes");
            let array = npyz::NpyFile::new(&bytes[..]).expect("an npy file");
            assert!(array.shape().len() == 1 || array.order() == npyz::Order::Fortran);
            (name, (array.shape().to_vec(), array.into_vec().expect("f64")))
        })
        .collect()
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
    let arrays = arrays(&folder.path().join("a.npz"));
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
}

#[test]
fn any_one_output_can_be_standard_output() {
    let folder = folder();
    let args = ["run", "--effective-width", "5", "--max-steps", "60", "--digests", "0,60,61"];
    let with = |more: &[&str]| start(folder.path(), &[&args, more].concat());
    for (flag, head) in [("--json", &b"{\n"[..]), ("--npz", b"PK"), ("--svg", b"<svg ")] {
        let output = with(&[flag, "-"]);
        assert!(output.status.success() && output.stdout.starts_with(head), "{flag}");
        // The digests then go to standard error.
        assert!(text(&output.stderr).contains("step 61: none: the run ended at step 60\n"), "{flag}");
    }
    let report: Value = serde_json::from_slice(&with(&["--json", "-"]).stdout).expect("JSON");
    assert_eq!(report["digests"]["60"], report["digest"]);
    assert_eq!(report["digests"]["61"], Value::Null);
    let lines = succeed(folder.path(), &args);
    let digest = report["digest"].as_str().expect("a digest");
    assert!(lines.ends_with(&format!(
        "step 60: {digest}\nstep 61: none: the run ended at step 60\nend at step 60, max_steps: {digest}\n"
    )));
}

#[test]
fn the_picture_says_what_it_shows() {
    let folder = folder();
    succeed(folder.path(), &["run", "--effective-width", "10", "--svg", "a.svg"]);
    let picture = fs::read_to_string(folder.path().join("a.svg")).expect("the file");
    assert!(picture.contains("<title>Converged to the oracle after") && picture.contains("<polyline"));
    assert!(picture.trim_end().ends_with("</svg>"));
}

#[test]
fn an_existing_file_is_replaced_as_a_whole_or_kept() {
    let folder = folder();
    let path = folder.path().join("a.json");
    fs::write(&path, "precious").expect("writable");
    // Another output cannot be written: nothing runs, nothing is touched.
    let refused = start(folder.path(), &["run", "--json", "a.json", "--npz", "no/where.npz"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&path).expect("still there"), "precious");
    succeed(folder.path(), &["run", "--effective-width", "2", "--max-steps", "3", "--json", "a.json"]);
    assert!(fs::read_to_string(&path).expect("still there").starts_with('{'));
    assert_eq!(names(folder.path()), ["a.json"]);
}

#[test]
fn an_unwritable_file_is_found_before_the_run() {
    // The run alone would take minutes.
    let folder = folder();
    let long = ["run", "--samples", "10000", "--dimension", "500", "--effective-width", "500", "--max-steps", "100000"];
    fs::write(folder.path().join("kept"), "precious").expect("writable");
    let mut read_only = fs::metadata(folder.path().join("kept")).expect("a file").permissions();
    read_only.set_readonly(true);
    fs::set_permissions(folder.path().join("kept"), read_only).expect("its owner may");
    for (file, reason) in [("kept", "permission denied"), ("no/where", "No such file or directory (os error 2)")] {
        let output = start(folder.path(), &[&long[..], &["--json", file]].concat());
        let sentence = format!("error: --json cannot be written to {file}: {reason}\n");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), sentence));
    }
}

#[test]
fn an_effective_width_out_of_reach_is_told_beside_the_result() {
    let folder = folder();
    let output = start(folder.path(), &["run", "--overlap", "disjoint", "--max-steps", "2", "--json", "-"]);
    let sentence = "The effective width 40 is out of reach: disjoint supports of 5 neurons in 100 dimensions give at \
                    most 7.20, which is used.\n";
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), sentence));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["spec"]["effective-width"], 40.0);
    assert!((report["effective_width"].as_f64().expect("a number") - 7.2).abs() < 1e-9);
}

#[test]
fn the_digests_are_those_of_the_table() {
    let folder = folder();
    let table = include_str!("digests.txt");
    let mut ends = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let [link, first, second, hundredth, last, steps, reason] =
            line.split(' ').collect::<Vec<_>>().try_into().expect("seven columns");
        assert_eq!(link::parse(link).0.fragment(), link, "normal form");
        let hundredth = if steps.parse::<usize>().expect("a number") < 100 {
            format!("none: the run ended at step {steps}")
        } else {
            hundredth.to_owned()
        };
        let told = succeed(folder.path(), &["run", "--link", link, "--digests", "0,1,100"]);
        let expected = format!(
            "step 0: {first}\nstep 1: {second}\nstep 100: {hundredth}\nend at step {steps}, {reason}: {last}\n"
        );
        assert_eq!(told, expected, "{link}");
        ends.push(reason);
    }
    for reason in ["converged", "max_steps", "diverged"] {
        assert!(ends.contains(&reason), "{reason}");
    }
}

#[test]
fn probes_do_not_depend_on_the_number_of_cores() {
    let folder = folder();
    let args = ["probe", "--samples", "150", "--effective-width", "30", "--probes", "24", "--json", "-"];
    let on = |cores: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_winning-ticket"));
        command.args(args).current_dir(folder.path()).env("RAYON_NUM_THREADS", cores);
        command.output().expect("the binary starts").stdout
    };
    assert_eq!(on("1"), on("3"));
    let record: Value = serde_json::from_slice(&on("2")).expect("JSON");
    assert_eq!(record["spec"]["max-steps"], 3000);
    assert_eq!(record["probes"].as_array().map(Vec::len), Some(24));
    let sum: u64 = ["success", "stopped_elsewhere", "step_cap"]
        .iter()
        .map(|key| record["counts"][0][key].as_u64().expect("a count"))
        .sum();
    assert_eq!(sum, 24);
}

#[test]
fn probes_measure_a_radius_or_shares_at_given_distances() {
    let folder = folder();
    let easy = ["probe", "--effective-width", "10", "--probes", "6"];
    let told = succeed(folder.path(), &easy);
    assert_eq!(
        told,
        "1.00 of 6 succeed, 0 stopped elsewhere, 0 reached the step cap\n\
         radius > 1.5 |W*|, with its 95 % interval, measured\n"
    );
    let told = succeed(folder.path(), &[&easy[..], &["--at", "0.1, 0.6", "--max-steps", "5"]].concat());
    assert_eq!(
        told,
        "λ = 0.1: 0.00 of 6 succeed, 0 stopped elsewhere, 6 reached the step cap\n\
         λ = 0.6: 0.00 of 6 succeed, 0 stopped elsewhere, 6 reached the step cap\n"
    );
}

#[test]
fn the_recorded_kappa_is_the_one_in_use() {
    let recorded: Value = serde_json::from_str(include_str!("../recorded/kappa.json")).expect("JSON");
    let rows = recorded["kappa"].as_array().expect("a list");
    let in_use = winning_ticket::theory::calibration::KAPPA;
    assert_eq!(rows.len(), in_use.len());
    for (row, kappa) in rows.iter().zip(in_use) {
        assert_eq!(row["kappa"]["neurons"].as_u64(), Some(kappa.neurons as u64));
        for (key, value) in [("value", kappa.value), ("low", kappa.low), ("high", kappa.high)] {
            let exact = row["kappa"][key].as_f64().expect("a number");
            assert!((exact - value).abs() <= 0.005, "{key} of K = {}: {exact} against {value}", kappa.neurons);
        }
    }
}

#[test]
fn calibration_repeats_what_is_recorded() {
    // K = 2 with all its probes; the file holds the command for the rest.
    let folder = folder();
    let recorded: Value = serde_json::from_str(include_str!("../recorded/kappa.json")).expect("JSON");
    let again = json(folder.path(), &["calibrate", "--neurons-to", "2", "--json", "-"]);
    assert_eq!(again["kappa"][0], recorded["kappa"][0]);
}
