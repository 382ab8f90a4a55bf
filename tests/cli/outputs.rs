//! Where results go: files that appear whole or not at all, or standard output.

use std::fs;

use serde_json::Value;

use crate::{folder, names, start, succeed, text};

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
fn two_outputs_to_one_file_are_refused_however_it_is_spelled() {
    let folder = folder();
    fs::create_dir(folder.path().join("b")).expect("writable");
    fs::write(folder.path().join("there"), "precious").expect("writable");
    for name in ["new", "there"] {
        for other in [format!("./{name}"), format!("b/../{name}"), folder.path().join(name).display().to_string()] {
            let refused = start(folder.path(), &["run", "--json", name, "--npz", &other]);
            let sentence = format!("error: --json and --npz both go to {other}\n");
            assert_eq!((refused.status.code(), text(&refused.stderr)), (Some(2), sentence));
        }
    }
    assert_eq!(fs::read_to_string(folder.path().join("there")).expect("still there"), "precious");
    assert_eq!(names(folder.path()), ["b", "there"]);
    succeed(folder.path(), &["run", "--effective-width", "2", "--max-steps", "3", "--json", "new", "--svg", "b/new"]);
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
