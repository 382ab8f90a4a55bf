//! The paper's figures by the command line: whole, killed and gone on with, in shares, and what is refused.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use winning_ticket::spec::EPOCH;

use crate::{folder, start, succeed, text};

/// Small enough to be run some dozen times.
const FIGURE: [&str; 8] = ["figure", "5", "--preset", "quick", "--trials", "4", "--date", "2026-11-27"];

fn figure(folder: &Path, more: &[&str]) {
    succeed(folder, &[&FIGURE[..], more].concat());
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("it was written")
}

fn lines(folder: &Path, name: &str) -> usize {
    fs::read_to_string(folder.join(name)).map_or(0, |text| text.matches('\n').count())
}

#[test]
fn a_figure_says_what_was_run_and_what_follows() {
    let folder = folder();
    figure(folder.path(), &["--out", "whole.json"]);
    let record: Value = serde_json::from_str(&read(folder.path(), "whole.json")).expect("JSON");
    assert_eq!((&record["figure"], &record["preset"]), (&5.into(), &"quick".into()));
    assert_eq!((&record["bits"], &record["date"]), (&EPOCH.into(), &"2026-11-27".into()));
    assert_eq!(record["version"], env!("CARGO_PKG_VERSION"));
    let cells = record["cells"].as_array().expect("cells");
    assert_eq!(cells.len(), 25);
    let trials = |cell: &Value| cell["ends"].as_str().expect("letters").len();
    assert_eq!(cells.iter().map(trials).sum::<usize>(), record["trials"].as_u64().expect("a number") as usize);
    for cell in cells {
        assert!(cell["ends"].as_str().is_some_and(|ends| ends.chars().all(|end| "sec".contains(end))));
        assert!(trials(cell) == 2 || trials(cell) == 4, "first half of them, then the rest where these disagree");
    }
    assert!(cells.iter().any(|cell| trials(cell) == 2) && cells.iter().any(|cell| trials(cell) == 4));
    // A cell's link is its first trial, the very run.
    let link = cells[0]["link"].as_str().expect("a link");
    let run: Value =
        serde_json::from_str(&succeed(folder.path(), &["run", "--link", link, "--json", "-"])).expect("JSON");
    assert_eq!(run["link"], link);
    let ledger = read(folder.path(), "whole.json.trials");
    let first = ledger.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let first = first.into_iter().find(|line| line[0] == 0).expect("trial 0");
    assert_eq!(first[1]["digest"], run["digest"]);
    assert_eq!(first[1]["relative_error"], run["relative_error"]);
}

#[test]
fn shares_merge_to_what_one_run_gives_byte_for_byte() {
    let folder = folder();
    figure(folder.path(), &["--out", "whole.json"]);
    let shares = ["a", "b", "c"];
    for (index, name) in shares.iter().enumerate() {
        figure(folder.path(), &["--shard", &format!("{index}/3"), "--out", name]);
    }
    let lines_of_all: usize = shares.iter().map(|name| lines(folder.path(), name) - 1).sum();
    assert_eq!(lines_of_all + 1, lines(folder.path(), "whole.json.trials"));
    figure(folder.path(), &["--out", "merged.json", "--merge", "b", "c", "a"]);
    assert_eq!(read(folder.path(), "merged.json"), read(folder.path(), "whole.json"));

    let done = lines(folder.path(), "a") + lines(folder.path(), "b") - 2;
    let output = start(folder.path(), &[&FIGURE[..], &["--merge", "a", "b"]].concat());
    let told = text(&output.stderr);
    assert!(told.starts_with(&format!("error: the files hold {done} trials, and ")), "{told}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn killed_again_and_again_it_loses_no_finished_trial_and_gives_the_same_bytes() {
    let folder = folder();
    figure(folder.path(), &["--out", "whole.json"]);
    let all = lines(folder.path(), "whole.json.trials");
    let mut kept = 0;
    while kept < all {
        let mut child = Command::new(env!("CARGO_BIN_EXE_winning-ticket"))
            .args([&FIGURE[..], &["--out", "killed.json", "--resume"]].concat())
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let patience = Instant::now() + Duration::from_secs(60);
        // Until it has finished a few more trials, or is over.
        while lines(folder.path(), "killed.json.trials") < (kept + 9).min(all) {
            assert!(Instant::now() < patience, "no trial was finished");
            thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill();
        child.wait().expect("it was started");
        let now = lines(folder.path(), "killed.json.trials");
        assert!(now > kept, "{now} lines after {kept}");
        kept = now;
    }
    figure(folder.path(), &["--out", "killed.json", "--resume"]);
    assert_eq!(read(folder.path(), "killed.json"), read(folder.path(), "whole.json"));
}

#[test]
fn what_cannot_be_run_is_refused_in_a_sentence() {
    let folder = folder();
    figure(folder.path(), &["--out", "whole.json"]);
    let place = folder.path().canonicalize().expect("it is there").join("whole.json.trials");
    let refused = |args: &[&str], sentence: &str| {
        let before = fs::read(&place).expect("the trials");
        let output = start(folder.path(), args);
        let sentence = sentence.replace("PLACE", &place.display().to_string());
        assert_eq!((text(&output.stderr), output.status.code()), (format!("error: {sentence}\n"), Some(2)));
        assert_eq!(fs::read(&place).expect("the trials"), before);
    };
    let count = lines(folder.path(), "whole.json.trials") - 1;
    let again = [&FIGURE[..], &["--out", "whole.json"]].concat();
    refused(&again, &format!("PLACE holds {count} finished trials: --resume goes on with them"));
    let other = ["figure", "4", "--preset", "quick", "--resume", "--out", "whole.json"];
    refused(&other, "PLACE cannot be gone on with: its trials are those of another plan");
    refused(&["figure", "11"], "figure is 11, but must be one of 2, 3, 4, 5, 6, 7, 8, 9, 10, 0");
    refused(&["figure", "2", "--preset", "huge"], "--preset is huge, but must be one of quick, laptop, full");
    let shares = "I/N with a whole number I from 0 to N − 1, such as 0/64";
    for (value, told) in [("4/4", "“4/4”"), ("x", "x"), ("1/0", "“1/0”"), ("-1/2", "“-1/2”")] {
        let flag = format!("--shard={value}");
        refused(&["figure", "2", &flag, "--out", "part"], &format!("--shard is {told}, but must be {shares}"));
    }
    refused(&["figure", "2", "--shard", "0/2"], "--shard needs a file, and standard output is none");
    refused(&["figure", "2", "--trials", "0"], "--trials is 0, but must be a whole number from 1 to 10000");
}
