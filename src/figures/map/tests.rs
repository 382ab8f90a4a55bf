//! What a map holds to.

use std::collections::BTreeSet;

use super::*;
use crate::link::{Link, parse};
use crate::spec::Overlap;
use crate::statistics::{Mean, share};
use crate::trials::{Forecast, Outcome, Tried, Wanted, joint_digest};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn axis(text: &str) -> Axis {
    Axis::read(text).unwrap_or_else(|bad| panic!("{text}: {bad}"))
}

/// Runs in a moment; some of its cells find the oracle, some do not.
fn small(measure: Measure) -> Map {
    let spec = Spec { dimension: 20, neurons: 3, max_steps: 300, ..Spec::default() };
    Map::new(&spec, axis("r=4:20:8"), axis("N=30:150:60"), measure, 3).expect("a map")
}

fn whole(map: &Map) -> Ledger<Measured> {
    let mut ledger = Ledger::new(map.plan());
    for number in map.plan().order() {
        let trial = map.plan().trial(number).expect("a trial of the plan");
        ledger.take(number, Cell::run(&trial)).expect("new");
    }
    ledger
}

#[test]
fn the_start_distance_sets_nothing_beside_moments() {
    let idle = |start, x| {
        let spec = Spec { start, ..Spec::default() };
        Map::new(&spec, axis(x), axis("N=30:150:60"), Measure::Error, 1).expect("a map").sets_nothing_by_distance()
    };
    assert!(idle(Start::Tensor, "lambda=0.5:1:0.5"));
    assert!(!idle(Start::Tensor, "r=4:20:8") && !idle(Start::Ball, "lambda=0.5:1:0.5"));
}

#[test]
fn every_trial_is_the_run_that_its_link_names() {
    let map = small(Measure::Steps);
    let (mut links, ledger) = (BTreeSet::new(), whole(&map));
    for (number, measured) in ledger.numbered() {
        let trial = map.plan().trial(number).expect("a trial of the plan");
        let link = Link::from(Cell::spec_of(&trial)).fragment();
        let (read, notices) = parse(&link);
        assert_eq!(notices.len(), 0, "{link}");
        let tried = Tried::run(&read.spec, Wanted::default());
        assert_eq!((&tried.digest, Some(tried.outcome)), (&measured.digest, measured.outcome));
        assert_eq!(tried.found.map(f64::from), measured.value);
        assert!(links.insert(link), "a trial is run twice");
    }
    let readings = map.read(&ledger);
    for (place, reading) in readings.iter().enumerate() {
        let first = map.plan().trial(map.plan().numbers(place).start).expect("a trial of the plan");
        assert_eq!(parse(&reading.link).0.spec, Cell::spec_of(&first));
        let spec = &first.cell.spec;
        assert_eq!((spec.effective_width, spec.samples as f64), (reading.x, reading.y));
        let digests = ledger.among(map.plan().numbers(place)).map(|measured| measured.digest.as_str());
        assert_eq!(reading.digest, joint_digest(digests));
    }
}

#[test]
fn a_share_is_what_counting_gives_and_a_mean_is_over_those_that_have_a_number() {
    let (success, steps) = (small(Measure::Success), small(Measure::Steps));
    let (shares, means) = (whole(&success), whole(&steps));
    let mut seen = BTreeSet::new();
    for (place, (share_of, mean_of)) in success.read(&shares).iter().zip(steps.read(&means)).enumerate() {
        let numbers = success.plan().numbers(place);
        let count = shares.among(numbers.clone()).filter(|one| one.outcome == Some(Outcome::Success)).count();
        let expected = share(count, 3).expect("trials");
        assert_eq!((share_of.n, share_of.successes), (3, Some(count)));
        assert_eq!((share_of.value, share_of.low, share_of.high), {
            (Some(expected.value), Some(expected.low), Some(expected.high))
        });
        let found: Vec<f64> = means.among(numbers).filter_map(|one| one.value).collect();
        let mean = Mean::of(&found);
        assert_eq!((mean_of.n, mean_of.successes), (found.len(), Some(count)));
        assert_eq!(mean_of.value, mean.map(|mean| mean.value));
        assert_eq!(mean_of.high, mean.map(|mean| mean.value + mean.deviation));
        seen.insert(count);
    }
    assert!(seen.contains(&0) && seen.contains(&3), "{seen:?}");
    // Of trials that are not there yet, nothing is said.
    let none = &success.read(&Ledger::new(success.plan()))[0];
    assert_eq!((none.value, none.low, none.n), (None, None, 0));
}

#[test]
fn epsilon1_is_that_of_the_forecast() {
    let map = small(Measure::Epsilon1);
    for place in [0, 7] {
        let trial = map.plan().trial(map.plan().numbers(place).start).expect("a trial of the plan");
        let measured = Cell::run(&trial);
        assert_eq!(measured.value, Forecast::draw(&Cell::spec_of(&trial)).epsilon1);
        assert_eq!(measured.outcome, None);
    }
}

#[test]
fn what_cannot_be_run_is_refused_before_anything_runs() {
    let refused = |spec: &Spec, x: &str, y: &str, trials| {
        Map::new(spec, axis(x), axis(y), Measure::Success, trials).expect_err(x).to_string()
    };
    let default = Spec::default();
    let disjoint = Spec { overlap: Overlap::Disjoint, effective_width: 4.0, ..default.clone() };
    for (spec, x, y, sentence) in [
        (&default, "r=10:110:50", "N=100:200:100", "r̃ (effective width) is 110, but must be a number from 1 to 100"),
        (&default, "r=10:60:50", "d=50:100:50", "r̃ (effective width) is 60, but must be a number from 1 to 50"),
        (&default, "d=20:100:20", "N=100:200:100", "r̃ (effective width) is 40, but must be a number from 1 to 20"),
        (&disjoint, "K=1:9:4", "d=6:8:1", "K (neurons) is 9, but must be a whole number from 1 to 6"),
        (&default, "K=-2:9:1", "N=100:200:100", "K (neurons) is -2, but must be a whole number from 1 to 12"),
        (
            &default,
            "eta=0:1:1",
            "N=100:200:100",
            "η (step size) is 0, but must be a number above 0 and at most 300, or auto",
        ),
        (&default, "r=10:20:1", "r=10:60:5", "x and y are both r, but must be two keys"),
    ] {
        assert_eq!(refused(spec, x, y, 1), sentence, "{x} {y}");
    }
    let later = Spec { trial: 999_997, ..default.clone() };
    assert_eq!(
        refused(&later, "r=10:20:10", "N=100:200:100", 2),
        "the map has 8 trials, but must have at most 4: trial numbers them from 999997 to 1000000"
    );
    let map = Map::new(&later, axis("r=10:20:10"), axis("N=100:200:100"), Measure::Success, 1).expect("a map");
    assert_eq!(map.plan().trial(3).map(|trial| Cell::spec_of(&trial).trial), Some(1_000_000));
    let vast = refused(&default, "r=1:100:0.5", "N=20:218:1", u32::MAX);
    assert!(vast.starts_with("the map has 170084999849295 trials"), "{vast}");
}

#[test]
fn an_axis_may_need_the_other() {
    let spec = Spec { effective_width: 1.0, ..Spec::default() };
    let map = Map::new(&spec, axis("r=150:200:50"), axis("d=200:400:200"), Measure::Success, 1).expect("a map");
    let places: Vec<_> = map.plan().cells().iter().map(|cell| (cell.x, cell.y, cell.spec.dimension)).collect();
    assert_eq!(places, [(150.0, 200.0, 200), (200.0, 200.0, 200), (150.0, 400.0, 400), (200.0, 400.0, 400)]);
}
