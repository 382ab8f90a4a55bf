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

/// The lines of the ledger at `path`: whose it is, then results with their numbers.
fn read(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).expect("the ledger");
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    lines[1..].sort_by_key(|line| line[0].as_u64());
    lines
}

/// Changes the lines of the ledger at `path`.
fn change(path: &Path, how: impl FnOnce(&mut Vec<Value>)) {
    let mut lines = read(path);
    how(&mut lines);
    fs::write(path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).expect("it can be written");
}

#[test]
fn half_a_ledger_is_gone_on_with_to_the_same_bits() {
    let folder = folder();
    let path = folder.path().join("ledger");
    for more in [&[][..], &["--at", "0.2,0.7"]] {
        let expected = probe(folder.path(), more);
        let with_ledger = [more, &["--ledger", "ledger"]].concat();
        assert_eq!(probe(folder.path(), &with_ledger), expected);
        let whole = read(&path);
        change(&path, |lines| lines.retain(|line| line.is_object() || line[0].as_u64().is_some_and(|n| n % 2 == 0)));
        assert!(read(&path).len() < whole.len());
        // A program that was killed in the midst of a line.
        let mut text = fs::read(&path).expect("the ledger");
        text.extend_from_slice(b"[1,{\"index\":1,\"dist");
        fs::write(&path, text).expect("it can be written");
        assert_eq!(probe(folder.path(), &with_ledger), expected);
        assert_eq!(read(&path), whole);
        fs::remove_file(&path).expect("the ledger");
    }
}

#[test]
fn what_the_ledger_holds_is_not_computed_again() {
    let folder = folder();
    let path = folder.path().join("ledger");
    probe(folder.path(), &["--ledger", "ledger"]);
    change(&path, |lines| lines[1 + 7][1]["steps"] = 12_345.into());
    let record: Value = serde_json::from_str(&probe(folder.path(), &["--ledger", "ledger"])).expect("JSON");
    assert_eq!(record["probes"][7]["steps"], 12_345);
}

#[test]
fn a_killed_calibration_goes_on_to_the_same_numbers() {
    let folder = folder();
    let path = folder.path().join("ledger");
    let args = ["calibrate", "--neurons-from", "2", "--neurons-to", "3", "--probes", "8"];
    let with_ledger = [&args[..], &["--ledger", "ledger"]].concat();
    let mut command = Command::new(env!("CARGO_BIN_EXE_winning-ticket"));
    let mut child = command
        .args(&with_ledger)
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let patience = Instant::now() + Duration::from_secs(60);
    while fs::read_to_string(&path).map_or(0, |text| text.lines().count()) < 3 {
        assert!(Instant::now() < patience, "no trial was saved");
        thread::sleep(Duration::from_millis(1));
    }
    // Already over on a machine of many cores; then the ledger is whole, which is to go on as well.
    let _ = child.kill();
    child.wait().expect("it was started");
    assert_eq!(succeed(folder.path(), &with_ledger), succeed(folder.path(), &args));
}

#[test]
fn a_ledger_of_something_else_is_refused_in_a_sentence_and_stays_as_it_is() {
    let folder = folder();
    let path = folder.path().join("ledger");
    probe(folder.path(), &["--ledger", "ledger"]);
    let refused = |args: &[&str], sentence: &str| {
        let before = fs::read(&path).expect("the ledger");
        let output = start(folder.path(), args);
        let place = path.canonicalize().expect("it is there");
        let sentence = sentence.replace("PATH", &place.display().to_string());
        assert_eq!(text(&output.stderr), format!("error: {sentence}\n"), "{args:?}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert_eq!(fs::read(&path).expect("the ledger"), before);
    };
    let same = [&PROBE[..], &["--ledger", "ledger"]].concat();
    let other_plan = "PATH cannot be gone on with: its trials are those of another plan";
    refused(&["probe", "--probes", "24", "--ledger", "ledger"], other_plan);
    change(&path, |lines| lines[0]["bits"] = 99.into());
    let sentence = format!(
        "PATH cannot be gone on with: it was computed in bits epoch 99, and this program is of bits epoch {EPOCH}"
    );
    refused(&same, &sentence);
    change(&path, |lines| {
        lines[0]["bits"] = EPOCH.into();
        lines[0]["version"] = "99.0.0".into();
    });
    let version = env!("CARGO_PKG_VERSION");
    let sentence = format!(
        "PATH cannot be gone on with: it was computed by version 99.0.0, and this program is version {version}"
    );
    refused(&same, &sentence);
    change(&path, |lines| {
        lines[0]["version"] = version.into();
        lines[3] = "nonsense".into();
    });
    refused(&same, "PATH cannot be gone on with: its line 4 is no result of a trial");
    fs::write(&path, "{}\n").expect("it can be written");
    refused(&same, "PATH cannot be gone on with: it is no ledger");
    fs::write(&path, "{}").expect("it can be written");
    refused(&same, "PATH cannot be gone on with: it is no ledger");
    refused(&["calibrate", "--ledger", "-"], "--ledger needs a file, and standard output is none");
    let twice = ["calibrate", "--json", "ledger", "--ledger", "ledger"];
    refused(&twice, "--json and --ledger both go to ledger");
}
