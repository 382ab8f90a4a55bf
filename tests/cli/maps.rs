//! Maps by the command line: what they say, gone on with, and what is refused.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use winning_ticket::spec::EPOCH;

use crate::{folder, json, names, start, succeed, text};

/// Small enough to be run some dozen times; some of its trials find the oracle, some do not.
const MAP: [&str; 13] = [
    "map",
    "--x",
    "r=4:20:8",
    "--y",
    "N=30:150:60",
    "--trials",
    "3",
    "--dimension",
    "20",
    "--neurons",
    "3",
    "--max-steps",
    "300",
];

fn map(folder: &Path, more: &[&str]) -> String {
    succeed(folder, &[&MAP[..], more].concat())
}

fn cells(record: &Value) -> &[Value] {
    record["cells"].as_array().expect("a list")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn a_map_says_what_was_run_and_what_was_measured() {
    let folder = folder();
    let told = map(folder.path(), &["--out", "map.json"]);
    let lines: Vec<Vec<&str>> = told.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        lines[0].join(" "),
        "share of the trials that find the oracle, 3 trials a cell, over effective width and samples"
    );
    assert_eq!(lines[1], ["N", "\\", "r", "4", "12", "20"]);
    assert_eq!(lines[2..].iter().map(|line| line[0]).collect::<Vec<_>>(), ["150", "90", "30"]);
    let text = fs::read_to_string(folder.path().join("map.json")).expect("the file");
    let record: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&record["bits"], &record["trials"]), (&EPOCH.into(), &3.into()));
    assert_eq!(record["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&record["spec"]["dimension"], &record["spec"]["max-steps"]), (&20.into(), &300.into()));
    assert_eq!(record["x"]["values"], serde_json::json!([4.0, 12.0, 20.0]));
    assert_eq!((&record["y"]["key"], &record["measure"]["key"]), (&"N".into(), &"success".into()));
    assert_eq!(record["measure"]["interval"], "95 % interval of Wilson");
    let cells = cells(&record);
    let places: Vec<_> = cells.iter().map(|cell| (number(&cell["y"]), number(&cell["x"]))).collect();
    let expected = [30.0, 90.0, 150.0].into_iter().flat_map(|y| [4.0, 12.0, 20.0].map(|x| (y, x)));
    assert_eq!(places, expected.collect::<Vec<_>>(), "row by row");
    for (place, cell) in cells.iter().enumerate() {
        let value = number(&cell["value"]);
        assert_eq!(value, number(&cell["successes"]) / 3.0);
        assert!(number(&cell["low"]) <= value && value <= number(&cell["high"]));
        assert_eq!(lines[4 - place / 3][1 + place % 3], format!("{value:.2}"));
    }
    assert_eq!(succeed(folder.path(), &[&MAP[..], &["--out", "-"]].concat()), text);
}

#[test]
fn the_link_of_a_cell_is_the_very_run_of_its_first_trial() {
    let folder = folder();
    for (measure, key) in [("error", "relative_error"), ("test-error", "test_error_expected"), ("epsilon1", "epsilon1")]
    {
        let more = ["--measure", measure, "--ledger", measure, "--out", "map.json"];
        map(folder.path(), &more);
        let text = fs::read_to_string(folder.path().join("map.json")).expect("the file");
        let record: Value = serde_json::from_str(&text).expect("JSON");
        let ledger = fs::read_to_string(folder.path().join(measure)).expect("the ledger");
        let trials: Vec<Value> = ledger.lines().skip(1).map(|line| serde_json::from_str(line).expect("JSON")).collect();
        for place in [0, 7] {
            let link = cells(&record)[place]["link"].as_str().expect("a link");
            assert!(
                link.ends_with(&if place == 0 { "&T=300".to_owned() } else { "&trial=21&T=300".to_owned() }),
                "{link}"
            );
            let run = json(folder.path(), &["run", "--link", link, "--digests", "0", "--json", "-"]);
            let trial = trials.iter().find(|line| line[0] == 3 * place).expect("the first trial");
            let digest = if measure == "epsilon1" { &run["digests"]["0"] } else { &run["digest"] };
            assert_eq!(&trial[1]["digest"], digest);
            assert_eq!(trial[1]["value"], run[key], "{measure}");
        }
    }
}

#[test]
fn half_a_ledger_is_gone_on_with_on_any_number_of_cores_to_the_same_bytes() {
    let folder = folder();
    let whole = map(folder.path(), &["--measure", "steps", "--out", "-"]);
    let args = [&MAP[..], &["--measure", "steps", "--ledger", "ledger", "--out", "-"]].concat();
    assert_eq!(succeed(folder.path(), &args), whole);
    let path = folder.path().join("ledger");
    let ledger = fs::read_to_string(&path).expect("the ledger");
    let half: Vec<&str> = ledger.split_inclusive('\n').take(1 + 27 / 2).collect();
    fs::write(&path, half.concat() + "[26,{\"val").expect("it can be written");
    assert_eq!(succeed(folder.path(), &args), whole);
    let mut command = Command::new(env!("CARGO_BIN_EXE_winning-ticket"));
    command.args([&MAP[..], &["--measure", "steps", "--out", "-"]].concat()).env("RAYON_NUM_THREADS", "1");
    assert_eq!(text(&command.output().expect("the binary starts").stdout), whole);

    // What was measured is part of what a trial is.
    let output = start(folder.path(), &[&MAP[..], &["--measure", "rate", "--ledger", "ledger"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("its trials are those of another plan"), "{}", text(&output.stderr));
}

#[test]
fn an_axis_takes_the_place_of_what_link_and_default_say() {
    let folder = folder();
    // r = 150 needs a dimension that only the axis gives.
    let args = ["map", "--x", "d=200:300:100", "--y", "N=50:50:1", "--effective-width", "150", "--measure", "epsilon1"];
    let record = json(folder.path(), &[&args[..], &["--neurons", "1", "--trials", "1", "--out", "-"]].concat());
    assert_eq!(record["spec"]["dimension"], 200);
    let links: Vec<_> = cells(&record).iter().map(|cell| cell["link"].as_str().expect("a link")).collect();
    assert_eq!(links[1], "#v=1&r=150&N=50&K=1&d=300&seed=1&trial=1&T=1200");
    let linked = ["map", "--link", "#N=300&r=2&seed=3&trial=8&T=5", "--x", "r=1:2:1", "--y", "K=1:2:1"];
    let record = json(folder.path(), &[&linked[..], &["--trials", "1", "--out", "-"]].concat());
    assert_eq!(cells(&record)[3]["link"], "#v=1&r=2&N=300&K=2&seed=3&trial=11&T=5");
}

#[test]
fn what_has_no_effect_or_cannot_be_had_is_told() {
    let folder = folder();
    let exact = ["map", "--x", "missed=0:0.2:0.1", "--y", "N=50:50:1", "--trials", "1", "--max-steps", "1"];
    let told = text(&start(folder.path(), &exact).stderr);
    assert_eq!(told, "--missed and --extra speak of a wrong mask; --mask wrong would follow them.\n");
    let args = ["map", "--x", "r=2:20:9", "--y", "N=50:50:1", "--overlap", "disjoint", "--measure", "epsilon1"];
    let output = start(folder.path(), &[&args[..], &["--trials", "1"]].concat());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stderr),
        "In 2 of 3 cells not all can be had that is asked for. The effective width 11 is out of reach: disjoint supports of 5 \
         neurons in 100 dimensions give at most 7.20, which is used.\n"
    );
}

#[test]
fn what_is_no_map_is_refused_in_a_sentence() {
    let folder = folder();
    let keys = "r, N, K, beta, d, eta, sigma, lambda, joined, missed, extra, seed, start-seed, T";
    let key = format!("KEY=FROM:TO:STEP with KEY one of {keys}");
    let form = "KEY=FROM:TO:STEP with three numbers, such as r=10:60:5";
    for (x, y, more, sentence) in [
        ("q=1:2:1", "N=100:200:100", &[][..], format!("--x is “q=1:2:1”, but must be {key}")),
        ("r=10:60:5", "overlap=0:1:1", &[], format!("--y is “overlap=0:1:1”, but must be {key}")),
        ("trial=0:9:1", "N=100:200:100", &[], format!("--x is “trial=0:9:1”, but must be {key}")),
        ("r=10:60:5", "r=10:20:1", &[], "x and y are both r, but must be two keys".to_owned()),
        ("r=10:60", "N=100:200:100", &[], format!("--x is “r=10:60”, but must be {form}")),
        ("r", "N=100:200:100", &[], format!("--x is r, but must be {form}")),
        ("r=10:60:x", "N=100:200:100", &[], format!("--x is “r=10:60:x”, but must be {form}")),
        ("r=10:60:0", "N=100:200:100", &[], "--x is “r=10:60:0”, but must be KEY=FROM:TO:STEP with a STEP above 0".to_owned()),
        ("r=60:10:5", "N=100:200:100", &[], "--x is “r=60:10:5”, but must be KEY=FROM:TO:STEP with FROM at most TO".to_owned()),
        ("r=1:60:5", "N=20:9999:1", &[], "--y is “N=20:9999:1”, but must be KEY=FROM:TO:STEP with at most 200 values".to_owned()),
        (
            "r=1:60:5",
            "N=20:40:0.5",
            &[],
            "--y is “N=20:40:0.5”, but must be KEY=FROM:TO:STEP with a whole FROM and STEP, for N (samples) is a whole number"
                .to_owned(),
        ),
        (
            "r=1:60:5",
            "N=100:200:100",
            &["--measure", "speed"],
            "--measure is speed, but must be one of success, steps, rate, epsilon1, error, test-error".to_owned(),
        ),
        ("r=1:60:5", "N=100:200:100", &["--trials", "0"], "--trials is 0, but must be a whole number from 1 to 10000".to_owned()),
        (
            "r=1:60:5",
            "N=100:200:100",
            &["--samples", "300"],
            "--samples is 300, but must be left out, for N is an axis of the map".to_owned(),
        ),
        (
            "r=0.5:60:5",
            "N=100:200:100",
            &[],
            "r̃ (effective width) is 0.5, but must be a number from 1 to 100".to_owned(),
        ),
        (
            "r=10:110:50",
            "N=100:200:100",
            &[],
            "r̃ (effective width) is 110, but must be a number from 1 to 100".to_owned(),
        ),
        (
            "K=1:9:4",
            "d=6:8:1",
            &["--overlap", "disjoint", "--effective-width", "2"],
            "K (neurons) is 9, but must be a whole number from 1 to 6".to_owned(),
        ),
        (
            "d=20:40:20",
            "N=100:200:100",
            &[],
            "--effective-width is 40 (its default), but must be a number from 1 to 20".to_owned(),
        ),
        (
            "r=1:60:5",
            "N=100:200:100",
            &["--trials", "10000", "--trial", "999999"],
            "the map has 240000 trials, but must have at most 2: trial numbers them from 999999 to 1000000".to_owned(),
        ),
        (
            "r=1:60:5",
            "N=100:200:100",
            &["--out", "no/where"],
            "--out cannot be written to no/where: No such file or directory (os error 2)".to_owned(),
        ),
    ] {
        let output = start(folder.path(), &[&["map", "--x", x, "--y", y], more].concat());
        assert_eq!(text(&output.stderr), format!("error: {sentence}\n"), "{x} {y} {more:?}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    }
    assert_eq!(names(folder.path()), Vec::<String>::new());
    let output = start(folder.path(), &["map", "--x", "r=1:60:5"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--y"), "{}", text(&output.stderr));
}
