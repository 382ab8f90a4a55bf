//! Probes of the convex region, and the calibration made of them.

use std::process::Command;

use serde_json::Value;

use winning_ticket::theory::calibration::{CALIBRATED_STEPS, HUNDREDTHS};

use crate::{folder, json, succeed};

#[test]
fn probes_do_not_depend_on_the_number_of_cores() {
    let folder = folder();
    let args =
        ["probe", "--samples", "150", "--effective-width", "30", "--probes", "24", "--max-steps", "900", "--json", "-"];
    let on = |cores: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_winning-ticket"));
        command.args(args).current_dir(folder.path()).env("RAYON_NUM_THREADS", cores);
        command.output().expect("the binary starts").stdout
    };
    for cores in ["2", "5"] {
        assert_eq!(on("1"), on(cores), "on 1 and on {cores}");
    }
    let record: Value = serde_json::from_slice(&on("2")).expect("JSON");
    assert_eq!(record["spec"]["max-steps"], 900);
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
         radius > 1.5 |W*| within 1200 steps, with its 95 % interval, measured\n\
         R_T > 1.5 in units of |W*| over the first 6 problems, Theorem 2's linear forecast\n"
    );
    let told = succeed(folder.path(), &[&easy[..], &["--at", "0.1, 0.6", "--max-steps", "5"]].concat());
    assert_eq!(
        told,
        "λ = 0.1: 0.00 of 6 succeed, 0 stopped elsewhere, 6 reached the step cap\n\
         λ = 0.6: 0.00 of 6 succeed, 0 stopped elsewhere, 6 reached the step cap\n\
         R_T < 0.0005 in units of |W*| over the first 12 problems, Theorem 2's \
         linear forecast\n"
    );
}

#[test]
fn what_is_said_of_the_region_is_kept_apart_by_name() {
    let folder = folder();
    let record = json(folder.path(), &["probe", "--probes", "40", "--json", "-"]);
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    let measured = &record["measured_radius"];
    assert!(
        number(&measured["low"]) < number(&measured["value"]) && number(&measured["value"]) < number(&measured["high"])
    );
    assert_eq!((&measured["censored"], &measured["steps"]), (&Value::Null, &1200.into()));
    let quartiles = &record["theorem2_reach_quartiles"];
    assert_eq!(quartiles["problems"], 24);
    assert!(number(&quartiles["lower"]) <= number(&quartiles["median"]));
    assert!(number(&quartiles["median"]) <= number(&quartiles["upper"]));
    // The same problem as that of `run`.
    let run = json(folder.path(), &["run", "--json", "-"]);
    for key in ["theorem1_radius", "theorem2_reach"] {
        assert_eq!(number(&record[key]), number(&run[key]), "{key}");
    }
    let easy = json(folder.path(), &["probe", "--effective-width", "10", "--probes", "4", "--json", "-"]);
    assert_eq!(
        (&easy["measured_radius"]["value"], &easy["measured_radius"]["censored"]),
        (&Value::Null, &"above".into())
    );
    let hard = json(folder.path(), &["probe", "--max-steps", "5", "--probes", "96", "--json", "-"]);
    assert_eq!(hard["measured_radius"]["censored"], "below");
    // A number also far beyond what probes reach; null with a reason where none can be had.
    let far = json(folder.path(), &["run", "--effective-width", "10", "--json", "-"]);
    assert!(number(&far["theorem2_reach"]) > 1.5);
    let none = json(folder.path(), &["run", "--batches", "disjoint", "--max-steps", "5", "--json", "-"]);
    assert_eq!(none["theorem2_reach"], Value::Null);
    assert_eq!(none["theorem2_reach_reason"], "each step sees another part of the samples");
}

#[test]
fn probes_take_the_step_cap_of_a_link() {
    let folder = folder();
    let args = ["probe", "--link", "#v=1&r=60&T=3000", "--at", "1.2", "--probes", "3", "--json", "-"];
    let record = json(folder.path(), &args);
    assert_eq!((&record["spec"]["max-steps"], &record["measured_radius"]), (&3000.into(), &Value::Null));
    // From λ = 1.2 they need more than 3000 steps; a cap of 10 000 lets all of them arrive.
    assert_eq!(record["counts"][0]["success"], 0);
    assert!(record["probes"].as_array().expect("a list").iter().all(|probe| probe["falling"] == true));
    let args = ["probe", "--link", "#v=1&r=60&T=10000", "--at", "1.2", "--probes", "3", "--json", "-"];
    assert_eq!(json(folder.path(), &args)["counts"][0]["success"], 3);
}

#[test]
fn the_recorded_samples_a_weight_are_those_in_use() {
    let recorded: Value = serde_json::from_str(include_str!("../../recorded/samples.json")).expect("JSON");
    let rows = recorded["calibrated"].as_array().expect("a list");
    assert_eq!(rows.len(), HUNDREDTHS.len());
    for (row, in_use) in rows.iter().zip(HUNDREDTHS) {
        let exact = row["samples_a_weight"].as_array().expect("one for each step cap");
        for ((exact, in_use), steps) in exact.iter().zip(in_use).zip(CALIBRATED_STEPS) {
            let rounded_up = exact["value"].as_f64().map(|value| (100.0 * value).ceil() as usize);
            assert_eq!(rounded_up, in_use, "within {steps} steps: {exact}");
        }
    }
}

#[test]
fn calibration_repeats_what_is_recorded() {
    // K = 1 with all its probes; the file holds the command for the rest.
    let folder = folder();
    let recorded: Value = serde_json::from_str(include_str!("../../recorded/samples.json")).expect("JSON");
    let again = json(folder.path(), &["calibrate", "--neurons-to", "1", "--json", "-"]);
    assert_eq!(again["calibrated"][0], recorded["calibrated"][0]);
}
