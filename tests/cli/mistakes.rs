//! What is refused: each mistake in one sentence, before anything runs.

use crate::{folder, names, start, text};

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
    (&["run", "--step-size", "0"], "--step-size is 0, but must be a number above 0 and at most 300, or auto"),
    (&["run", "--step-size", "K/14"], "--step-size is “K/14”, but must be a number above 0 and at most 300, or auto"),
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
    (&["run", "--json", "a", "--npz", "./a"], "--json and --npz both go to ./a"),
    (
        &["run", "--npz", "no/where.npz"],
        "--npz cannot be written to no/where.npz: No such file or directory (os error 2)",
    ),
    (&["run", "--svg", "."], "--svg cannot be written to .: is a directory"),
    (&["run", "--json", ""], "--json cannot be written to : invalid filename"),
    (&["probe", "--samples", "1"], "--samples is 1, but must be a whole number from 20 to 10000"),
    (&["probe", "--probes", "0"], "--probes is 0, but must be a whole number from 1 to 100000"),
    (
        &["probe", "--at", "0.5,3"],
        "--at is “0.5,3”, but must be at most 1000 numbers from 0 to 2 with commas between them",
    ),
    (&["probe", "--json", "no/where"], "--json cannot be written to no/where: No such file or directory (os error 2)"),
    (&["calibrate", "--neurons-from", "0"], "--neurons-from is 0, but must be a whole number from 1 to 12"),
    (
        &["calibrate", "--neurons-from", "5", "--neurons-to", "4"],
        "--neurons-from is 5, but must be at most 4, the value of --neurons-to",
    ),
    (&["calibrate", "--grid", "2"], "--grid is 2, but must be a whole number from 3 to 100"),
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
