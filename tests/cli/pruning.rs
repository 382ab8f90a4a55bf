//! `winning-ticket prune`.

use crate::{folder, json, start, succeed, text};

const SMALL: [&str; 11] = [
    "prune",
    "--neurons",
    "3",
    "--dimension",
    "20",
    "--effective-width",
    "5",
    "--samples",
    "300",
    "--max-steps",
    "400",
];

#[test]
fn every_round_is_told_with_its_mask_and_digest() {
    let folder = folder();
    let args = [&SMALL[..], &["--method", "imp", "--ratio", "0.75", "--rounds", "3", "--json", "-", "--npz", "a.npz"]]
        .concat();
    let told = json(folder.path(), &args);
    let rounds = told["rounds"].as_array().expect("rounds");
    let ratios: Vec<f64> = rounds.iter().filter_map(|round| round["pruning_ratio"].as_f64()).collect();
    // 60, 38, 24 and 15 weights.
    assert_eq!(ratios, [0.0, 1.0 - 38.0 / 60.0, 1.0 - 24.0 / 60.0, 0.75]);
    for round in rounds {
        let number = |key: &str| round[key].as_f64().unwrap_or_else(|| panic!("{key} in {round}"));
        assert!((0.0..=1.0).contains(&number("mask_accuracy")));
        assert!((1.0..=20.0).contains(&number("effective_width")));
        // n = 100 000 samples: 2 % is nine standard errors of a root mean square.
        assert!((number("test_error") / number("test_error_expected") - 1.0).abs() < 0.02, "{round}");
        assert_eq!(round["digest"].as_str().map(str::len), Some(16));
    }
    assert_eq!((&told["pruning"]["method"], &told["pruning"]["restart"]), (&"magnitude".into(), &"rewind".into()));
    assert!(folder.path().join("a.npz").exists());
    assert_eq!(json(folder.path(), &args), told, "another run gives the same");
}

#[test]
fn without_an_output_the_rounds_are_told_in_words() {
    let folder = folder();
    let told = succeed(folder.path(), &[&SMALL[..], &["--method", "magnitude"]].concat());
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    assert!(lines[0].starts_with("round 0: 0.0 % pruned, 60 weights; mask accuracy 1.00, r̃ = 20.00; "), "{told}");
    assert!(lines[1].starts_with("round 1: 80.0 % pruned, 12 weights; mask accuracy 0."), "{told}");
}

#[test]
fn what_cannot_be_pruned_so_is_told_in_a_sentence() {
    let folder = folder();
    for (flag, value, accepted) in [
        ("--ratio", "1", "a number from 0 to below 1, for one weight at least has to stay"),
        ("--ratio", "-0.1", "a number from 0 to below 1, for one weight at least has to stay"),
        ("--method", "guess", "one of magnitude, untrained, grasp, grasp-abs, imp"),
        ("--rounds", "0", "a whole number from 1 to 100"),
        ("--restart", "3", "rewind or a number from 0 to 2"),
    ] {
        let output = start(folder.path(), &[&SMALL[..], &[flag, value]].concat());
        let sentence = format!("error: {flag} is {value}, but must be {accepted}\n");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), sentence));
    }
}
