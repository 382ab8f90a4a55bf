//! Probes of the convex region, and the calibration made of them.

use std::process::Command;

use serde_json::Value;

use crate::{folder, json, succeed};

#[test]
fn probes_do_not_depend_on_the_number_of_cores() {
    let folder = folder();
    let args = ["probe", "--samples", "150", "--effective-width", "30", "--probes", "24", "--json", "-"];
    let on = |cores: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_winning-ticket"));
        command.args(args).current_dir(folder.path()).env("RAYON_NUM_THREADS", cores);
        command.output().expect("the binary starts").stdout
    };
    for cores in ["2", "5"] {
        assert_eq!(on("1"), on(cores), "on 1 and on {cores}");
    }
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
    let recorded: Value = serde_json::from_str(include_str!("../../recorded/kappa.json")).expect("JSON");
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
    let recorded: Value = serde_json::from_str(include_str!("../../recorded/kappa.json")).expect("JSON");
    let again = json(folder.path(), &["calibrate", "--neurons-to", "2", "--json", "-"]);
    assert_eq!(again["kappa"][0], recorded["kappa"][0]);
}
