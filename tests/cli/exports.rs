//! What the page copies and saves, held to what the command line makes of it.

use std::fs;
use std::process::Command;

use serde_json::Value;
use winning_ticket::link::{command, parse};
use winning_ticket::random::{Purpose, Streams};
use winning_ticket::spec::Spec;
use winning_ticket::spec::fields::{FIELDS, Kind};
use winning_ticket::training::Trainer;
use winning_ticket::trials::digest;

use crate::{folder, json, start, succeed, text};

/// A Spec whose fields are drawn, each from all that it accepts as far as that is quickly run.
fn drawn(number: u32) -> Spec {
    let mut stream = Streams::new(11, 0).stream(Purpose::Data, number);
    let mut fragment = "v=1".to_owned();
    for field in &FIELDS {
        let value = match field.kind {
            Kind::Choice(words) => words[stream.below(words.len() as u32) as usize].to_owned(),
            Kind::Switch => stream.below(2).to_string(),
            Kind::Painting => ["none", "1:1", "1:1-2"][stream.below(3) as usize].to_owned(),
            Kind::Real { .. } | Kind::Whole { .. } => {
                let (from, to) = match field.key {
                    "r" => (1.0, 20.0),
                    "N" => (20.0, 300.0),
                    "K" => (1.0, 6.0),
                    "d" => (2.0, 60.0),
                    "eta" => (0.01, 1.0),
                    "T" => (1.0, 300.0),
                    _ => field.range(&Spec::default()).expect("a number has a range"),
                };
                let value = from + (to - from) * stream.uniform();
                if matches!(field.kind, Kind::Whole { .. }) { value.round().to_string() } else { value.to_string() }
            }
        };
        fragment.push_str(&format!("&{}={value}", field.key));
    }
    // What two fields cannot have together is mended.
    parse(&fragment).0.spec
}

#[test]
fn the_copied_command_comes_to_the_same_digest_at_any_moment_of_any_run() {
    let folder = folder();
    let (mut ends, mut moments) = (0, 0);
    for number in 0..14 {
        let spec = drawn(number);
        let mut trainer = Trainer::new(&spec);
        // Every third is copied at its end, and one before its first step.
        let asked = if number % 3 == 0 { spec.max_steps } else { spec.max_steps * (number as usize - 1) / 14 };
        trainer.advance(asked);
        let step = Some(trainer.steps()).filter(|_| trainer.stopped().is_none());
        if step.is_none() {
            ends += 1
        } else {
            moments += 1
        }
        let line = command(&spec, step);
        let words: Vec<&str> = line.split(' ').skip(1).chain(["--json", "-"]).collect();
        let report = json(folder.path(), &words);
        let here = digest(trainer.mask(), trainer.weights());
        assert_eq!((&report["digest"], &report["steps"]), (&here.into(), &trainer.steps().into()), "{line}");
    }
    assert!(ends >= 3 && moments >= 5, "{ends} at their ends, {moments} before");
}

#[test]
fn all_outputs_are_of_the_step_asked_for_and_tell_where_they_come_from() {
    let folder = folder();
    let run = ["run", "--effective-width", "5", "--seed", "7", "--max-steps", "60", "--until", "20"];
    let files = ["--json", "a.json", "--csv", "a.csv", "--npz", "a.npz", "--svg", "a.svg"];
    succeed(folder.path(), &[&run[..], &files].concat());
    let read = |name: &str| fs::read(folder.path().join(name)).expect("the file");
    let report: Value = serde_json::from_slice(&read("a.json")).expect("JSON");
    let here = report["digest"].as_str().expect("a digest");
    let link = format!("#v=1&r=5&seed=7&T=60&t=20&digest={here}&bits=2");
    assert_eq!(
        (&report["link"], &report["steps"], &report["stop_reason"]),
        (&link.as_str().into(), &20.into(), &Value::Null)
    );
    let status = report["status"].as_str().expect("a sentence");
    assert!(status.starts_with("Step\u{a0}20"), "{status}");
    let source = format!("t = 20, digest {here}, seed 7, bits epoch 2, Winning Ticket {}", env!("CARGO_PKG_VERSION"));
    let table = text(&read("a.csv"));
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[..4], [&format!("# {status}"), &format!("# {link}"), &format!("# {source}"), "t,relative_error"]);
    assert_eq!((lines.len(), lines[24].split(',').next()), (4 + 21, Some("20")));
    let error: f64 = lines[24].split_once(',').expect("two columns").1.parse().expect("a number");
    assert_eq!(report["relative_error"].as_f64(), Some(error));
    let picture = text(&read("a.svg"));
    assert!(picture.contains(&format!("<desc>{}\n{source}</desc>", link.replace('&', "&amp;"))), "{picture}");

    let told = start(folder.path(), &["run", "--effective-width", "2", "--max-steps", "9000", "--until", "8999"]);
    let told = text(&told.stderr);
    assert!(
        told.starts_with("The run ends at step ") && told.ends_with("(converged), before --until 8999.\n"),
        "{told}"
    );
    for (step, accepted) in [("401", "400"), ("-1", "400"), ("soon", "400")] {
        let told = start(folder.path(), &["run", "--max-steps", "400", &format!("--until={step}")]);
        let sentence = format!("error: --until is {step}, but must be a whole number from 0 to {accepted}\n");
        assert_eq!((told.status.code(), text(&told.stderr)), (Some(2), sentence));
    }
}

/// The lines of README.md that begin with `import numpy` and what follows them in the same block.
fn lines_of_the_readme() -> String {
    let readme = include_str!("../../README.md");
    let block = readme.split_once("    import numpy as np\n").expect("NumPy's lines").1;
    let lines = block.lines().map_while(|line| line.strip_prefix("    "));
    std::iter::once("import numpy as np").chain(lines).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_lines_of_the_readme_find_in_numpy_what_the_npz_says() {
    let lines = lines_of_the_readme();
    assert_eq!(lines.lines().count(), 4, "{lines}");
    let folder = folder();
    succeed(
        folder.path(),
        &["run", "--effective-width", "10", "--noise", "0.01", "--until", "150", "--npz", "run.npz"],
    );
    // Where a Python has NumPy. What they compute is held to the file by `arrays::the_arrays_agree_with_the_report` everywhere.
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has_numpy = Command::new(&python).args(["-c", "import numpy"]).output().is_ok_and(|told| told.status.success());
    if !has_numpy {
        return;
    }
    let told = Command::new(python).args(["-c", &lines]).current_dir(folder.path()).output().expect("it ran before");
    assert!(told.status.success(), "{}", text(&told.stderr));
    let told = text(&told.stdout);
    let numbers: Vec<f64> = told.split_whitespace().map(|word| word.parse().expect("a number")).collect();
    let [error, saved_error, risk, saved_risk] = numbers[..] else { panic!("{told}") };
    assert!((error / saved_error - 1.0).abs() < 1e-12 && (risk / saved_risk - 1.0).abs() < 1e-9, "{told}");
}
