//! What a run is told to do and what it says, and the table of digests.

use std::fs;

use serde_json::Value;
use winning_ticket::link;

use crate::{folder, json, names, start, succeed, text};

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
    for key in ["relative_error", "rate_measured", "rate_predicted", "best_momentum", "epsilon1", "noise_floor"] {
        let value = report[key].as_f64().unwrap_or_else(|| panic!("{key} is {}", report[key]));
        assert!(value > 0.0 && value < 1.0, "{key} is {value}");
    }
    for matrix in ["empirical", "population"] {
        let ends = &report["eigenvalues"][matrix];
        assert!(ends["min"].as_f64().expect("a number") < ends["max"].as_f64().expect("a number"));
    }
    for light in ["accurate_mask", "curvature", "start", "samples"] {
        assert!(["met", "not met", "unknown"].contains(&report["lights"][light]["state"].as_str().expect("a state")));
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
fn what_a_tensor_start_lacks_or_leaves_aside_is_told_beside_the_result() {
    let folder = folder();
    let told = |arguments: &[&str]| {
        let given: Vec<&str> =
            ["run", "--start", "tensor", "--max-steps", "2"].iter().chain(arguments).copied().collect();
        let output = start(folder.path(), &given);
        assert_eq!(output.status.code(), Some(0));
        text(&output.stderr)
    };
    assert!(told(&[]).starts_with("N = 500 is far too small for the tensor start: "), "{}", told(&[]));
    let few = told(&["--samples", "60"]);
    assert!(few.starts_with("There is no tensor start: moments over 94 features need more samples"), "{few}");
    assert!(few.trim_end().ends_with("The run starts in the ball, at λ = 0.50."), "{few}");
    let fits = ["--samples", "5000", "--neurons", "3", "--dimension", "20", "--effective-width", "8"];
    assert_eq!(told(&fits), "");
    let aside = told(&[&fits[..], &["--start-distance", "0.1"]].concat());
    assert!(aside.starts_with("--start-distance and --start-seed say nothing of a tensor start"), "{aside}");
}

#[test]
fn the_digests_are_those_of_the_table() {
    let folder = folder();
    let table = include_str!("../digests.txt");
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
