//! The charts against the pictures in tests/pictures, which one can look at: whatever moves, appears or goes is noticed.
//! `cargo xtask pictures` makes them anew.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads and remakes files")]

use std::path::Path;
use std::{env, fs};

use winning_ticket::charts::relative_error::Ghost;
use winning_ticket::charts::{
    Palette, convex_region, mask_overlap, network_drawing, recovered, relative_error, to_svg,
};
use winning_ticket::spec::{Spec, Start};
use winning_ticket::tensor::Recovered;
use winning_ticket::training::Trainer;
use winning_ticket::trials::{Outcome, Probe, Radius, probe_distance};

/// Set by `cargo xtask pictures`: the pictures are made anew instead of compared.
const REMAKE: &str = "WINNING_TICKET_PICTURE";

/// Holds `svg` against the picture of this name.
#[track_caller]
fn assert_is_picture(svg: &str, name: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name).with_extension("svg");
    if env::var_os(REMAKE).is_some() {
        fs::write(&file, svg).expect("the folder is in the checkout");
        return;
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    if svg == kept {
        return;
    }
    let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("svg");
    fs::write(&new, svg).expect("the folder for tests is there");
    let line = 1 + svg.lines().zip(kept.lines()).take_while(|(a, b)| a == b).count();
    panic!(
        "from line {line} on {} is not what is drawn now, {}: if that is right, `cargo xtask pictures` keeps it",
        file.display(),
        new.display()
    );
}

/// A small run, 80 steps in.
fn trainer(effective_width: f64) -> Trainer {
    let spec = Spec { dimension: 14, neurons: 3, samples: 60, noise: 0.01, effective_width, ..Spec::default() };
    let mut trainer = Trainer::new(&spec);
    trainer.advance(80);
    trainer
}

#[test]
fn the_relative_error_looks_as_it_did() {
    let (run, before) = (trainer(5.0), trainer(9.0));
    let ghosts = [Ghost { relative_error: before.relative_error().to_vec(), label: "r̃ = 9".to_owned() }];
    let snapshot = relative_error::Snapshot {
        size: (480.0, 300.0),
        relative_error: run.relative_error(),
        predicted_rate: Some(0.93),
        now: run.steps(),
        is_loss: false,
        name: "learner",
        beside: None,
        rate_before: None,
        most_steps: 200,
        noise_floor: 0.004,
        ghosts: &ghosts,
        cursor: Some(20),
        lights_prediction: false,
    };
    assert_is_picture(&to_svg(&snapshot, &Palette::LIGHT, "relative error"), "relative_error");
}

#[test]
fn the_convex_region_looks_as_it_did() {
    let outcome = |index: u32, distance: f64| match index % 4 {
        _ if distance < 0.8 => Outcome::Success,
        0 => Outcome::Success,
        1 => Outcome::StepCap,
        _ => Outcome::StoppedElsewhere,
    };
    let probe = |index: u32| {
        let distance = probe_distance(index);
        let (outcome, falling) = (outcome(index, distance), index.is_multiple_of(3));
        Probe { index, distance, outcome, steps: 40 * index, falling, reach: None }
    };
    let probes: Vec<Probe> = (0..24).map(probe).collect();
    let snapshot = convex_region::Snapshot {
        size: (360.0, 360.0),
        theorem1_radius: Some(0.06),
        theorem2_reach: Some(0.5),
        rings_stale: false,
        reach_quartiles: Some([0.35, 0.5, 0.7]),
        radius: Radius::of(&probes),
        probes: &probes,
        stale: false,
        path: &[(0.6, 0.0), (0.4, 0.15), (0.2, 0.1), (0.05, 0.02)],
        beside: None,
        picked: Some(7),
        lit: convex_region::LitRings::default(),
        most_steps: 1000,
    };
    assert_is_picture(&to_svg(&snapshot, &Palette::LIGHT, "convex region"), "convex_region");
}

#[test]
fn masks_and_network_look_as_they_did() {
    let run = trainer(5.0);
    let (whole, mask, weights) = (&run.problem().oracle, run.mask(), run.weights());
    let bars = mask_overlap::Snapshot {
        size: (420.0, 160.0),
        oracle: run.oracle(),
        oracle_mask: whole.mask(),
        weights: Some(weights),
        lit: Some(1),
        cursor: None,
    };
    assert_is_picture(&to_svg(&bars, &Palette::LIGHT, "mask overlap"), "mask_overlap");
    let drawing = network_drawing::Snapshot { size: (420.0, 200.0), mask, weights, oracle: whole, lit: Some(1) };
    assert_is_picture(&to_svg(&drawing, &Palette::LIGHT, "network"), "network_drawing");
}

#[test]
fn the_recovered_neurons_look_as_they_did() {
    let small = Spec { dimension: 14, neurons: 4, samples: 1000, effective_width: 6.0, ..Spec::default() };
    let trainer = Trainer::new(&Spec { start: Start::Tensor, ..small });
    let start = trainer.moments().expect("asked").as_ref().expect("a start");
    let recovered = Recovered::of(start, &trainer.problem().oracle);
    let snapshot = recovered::Snapshot { size: (480.0, 160.0), neurons: &recovered.neurons };
    assert_is_picture(&to_svg(&snapshot, &Palette::LIGHT, "recovered neurons"), "recovered");
}
