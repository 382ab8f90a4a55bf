//! Trials kept in a file: what is interrupted goes on, and what does not belong together is refused.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use winning_ticket::spec::EPOCH;

use crate::{folder, start, succeed, text};

const PROBE: [&str; 9] =
    ["probe", "--samples", "150", "--effective-width", "30", "--probes", "24", "--max-steps", "300"];

fn probe(folder: &Path, more: &[&str]) -> String {
    succeed(folder, &[&PROBE[..], more, &["--json", "-"]].concat())
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("the ledger")).expect("JSON")
}

/// Changes the ledger at `path`.
fn change(path: &Path, how: impl FnOnce(&mut Value)) {
    let mut ledger = read(path);
    how(&mut ledger);
    fs::write(path, ledger.to_string()).expect("it can be written");
}

#[test]
fn half_a_ledger_is_gone_on_with_to_the_same_bits() {
    let folder = folder();
    let path = folder.path().join("ledger.json");
    for more in [&[][..], &["--at", "0.2,0.7"]] {
        let expected = probe(folder.path(), more);
        let with_ledger = [more, &["--ledger", "ledger.json"]].concat();
        assert_eq!(probe(folder.path(), &with_ledger), expected);
        let whole = read(&path);
        change(&path, |ledger| {
            let results = ledger["results"].as_object_mut().expect("results by number");
            results.retain(|number, _| number.parse::<u32>().is_ok_and(|number| number % 2 == 0));
        });
        assert_ne!(read(&path), whole);
        assert_eq!(probe(folder.path(), &with_ledger), expected);
        assert_eq!(read(&path), whole);
        fs::remove_file(&path).expect("the ledger");
    }
}

#[test]
fn what_the_ledger_holds_is_not_computed_again() {
    let folder = folder();
    let path = folder.path().join("ledger.json");
    probe(folder.path(), &["--ledger", "ledger.json"]);
    change(&path, |ledger| ledger["results"]["7"]["steps"] = 12_345.into());
    let record: Value = serde_json::from_str(&probe(folder.path(), &["--ledger", "ledger.json"])).expect("JSON");
    assert_eq!(record["probes"][7]["steps"], 12_345);
}

#[test]
fn a_killed_calibration_goes_on_to_the_same_numbers() {
    let folder = folder();
    let path = folder.path().join("ledger.json");
    let args = ["calibrate", "--neurons-from", "2", "--neurons-to", "3", "--probes", "8"];
    let with_ledger = [&args[..], &["--ledger", "ledger.json"]].concat();
    let mut command = Command::new(env!("CARGO_BIN_EXE_winning-ticket"));
    let mut child = command
        .args(&with_ledger)
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let patience = Instant::now() + Duration::from_secs(60);
    while !path.exists() {
        assert!(Instant::now() < patience, "no trial was saved");
        thread::sleep(Duration::from_millis(10));
    }
    // Already over on a machine of many cores; then the ledger is whole, which is to go on as well.
    let _ = child.kill();
    child.wait().expect("it was started");
    assert!(read(&path)["results"].as_object().is_some_and(|results| !results.is_empty()));
    assert_eq!(succeed(folder.path(), &with_ledger), succeed(folder.path(), &args));
}

#[test]
fn a_ledger_of_something_else_is_refused_in_a_sentence_and_stays_as_it_is() {
    let folder = folder();
    let path = folder.path().join("ledger.json");
    probe(folder.path(), &["--ledger", "ledger.json"]);
    let refused = |args: &[&str], sentence: &str| {
        let before = fs::read(&path).expect("the ledger");
        let output = start(folder.path(), args);
        let place = path.canonicalize().expect("it is there");
        let sentence = sentence.replace("PATH", &place.display().to_string());
        assert_eq!(text(&output.stderr), format!("error: {sentence}\n"), "{args:?}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert_eq!(fs::read(&path).expect("the ledger"), before);
    };
    let same = [&PROBE[..], &["--ledger", "ledger.json"]].concat();
    let other_plan = "PATH cannot be gone on with: its trials are those of another plan";
    refused(&["probe", "--probes", "24", "--ledger", "ledger.json"], other_plan);
    change(&path, |ledger| ledger["bits"] = 99.into());
    let sentence = format!(
        "PATH cannot be gone on with: it was computed in bits epoch 99, and this program is of bits epoch {EPOCH}"
    );
    refused(&same, &sentence);
    fs::write(&path, "{}").expect("it can be written");
    refused(&same, "PATH cannot be gone on with: it is no ledger");
    refused(&["calibrate", "--ledger", "-"], "--ledger needs a file, and standard output is none");
    let twice = ["calibrate", "--json", "ledger.json", "--ledger", "ledger.json"];
    refused(&twice, "--json and --ledger both go to ledger.json");
}
