//! The digests of runs that cover every option, as `tests/digests.txt` holds them. These tests run natively and in Chromium
//! against the same file. The command line is held to it in `tests/cli`, also on ARM64, and the page's own workers in each
//! browser in `tests/browser`: so all of them agree.

use sha2::{Digest, Sha256};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(not(target_arch = "wasm32"))]
use winning_ticket::linear_algebra::lanes;
use winning_ticket::link;
use winning_ticket::pause::{Pause, finish};
use winning_ticket::spec::fields::FIELDS;
use winning_ticket::spec::{EPOCHS, Overlap, Spec};
use winning_ticket::training::{StopReason, Trainer};
use winning_ticket::trials::digest;

/// A line of the table and the run that it names.
struct Row {
    spec: Spec,
    line: &'static str,
}

fn table() -> Vec<Row> {
    let row = |line: &'static str| {
        let fragment = line.split_whitespace().next().expect("a link");
        let (link, notices) = link::parse(fragment);
        assert_eq!(notices, Vec::<String>::new(), "{fragment}");
        Row { spec: link.spec, line }
    };
    include_str!("../digests.txt").lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

/// Repeats a run with these pauses; how it ended, and whether sums over the samples and the tracked quadratic were used.
fn repeat(row: &Row, pause: &Pause) -> (StopReason, [bool; 2]) {
    let mut trainer = finish(Trainer::new_in_slices(&row.spec, pause));
    let mut ways = [false; 2];
    let mut found = row.line.split(' ').next().expect("a link").to_owned();
    for until in [0, 1, 100, usize::MAX] {
        while trainer.steps() < until && trainer.stopped().is_none() {
            ways[usize::from(trainer.is_tracked())] = true;
            finish(trainer.advance_in_slices(1, pause));
        }
        found.push_str(&format!(" {}", digest(trainer.mask(), trainer.weights())));
    }
    let end = trainer.stopped().expect("it ended");
    found.push_str(&format!(" {} {}", trainer.steps(), end.key()));
    assert_eq!(found, row.line);
    (end, ways)
}

#[test]
fn every_run_of_the_table_gives_its_digests() {
    let ends: Vec<_> = table().iter().map(|row| repeat(row, &Pause::never())).collect();
    for end in [StopReason::Converged, StopReason::MaxSteps, StopReason::Diverged] {
        assert!(ends.iter().any(|(found, _)| *found == end), "no run ends as {end:?}");
    }
    for ways in [[true, false], [true, true]] {
        assert!(ends.iter().any(|(_, found)| *found == ways), "no run uses sums and the tracked quadratic as {ways:?}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn narrow_registers_and_all_cores_give_the_same_digests() {
    for row in table() {
        lanes::narrow(|| repeat(&row, &Pause::never()));
        repeat(&row, &Pause::never().on_all_cores());
    }
}

/// The first rows, of which the fingerprint is made. Further rows may be added after them in the same epoch.
const FROZEN: usize = 40;

#[test]
fn other_digests_are_another_epoch() {
    let mut hasher = Sha256::new();
    for row in table().iter().take(FROZEN) {
        hasher.update(row.line);
        hasher.update("\n");
    }
    let fingerprint: String = hasher.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        Some(&fingerprint.as_str()),
        EPOCHS.last(),
        "what a Spec yields has changed: add this fingerprint to spec::EPOCHS, and tell users in CHANGELOG"
    );
}

#[test]
fn the_table_covers_every_option() {
    let specs: Vec<Spec> = table().into_iter().map(|row| row.spec).collect();
    assert!(specs.len() >= 40);
    for field in &FIELDS {
        let value = field.get;
        assert!(specs.iter().any(|spec| value(spec) != value(&Spec::default())), "no run sets {}", field.flag);
    }
    for overlap in [Overlap::Random, Overlap::Disjoint] {
        assert!(specs.iter().any(|spec| spec.overlap == overlap), "{overlap:?}");
    }
}
