//! Properties of the error chart over random histories.

use libm::{cos, exp, log};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::extent::Extent;
use super::super::pen::Place;
use super::super::{Chart, Label, Role};
use super::{Beside, Ghost, Snapshot};

/// A run as far as its picture goes: an error that falls or grows at a rate, swings, and ends at a floor.
#[derive(Clone, Debug)]
struct History {
    start: f64,
    rate: f64,
    swing: f64,
    turns: f64,
    floor: f64,
    length: usize,
}

impl History {
    fn errors(&self) -> Vec<f64> {
        let error = |t: usize| {
            let t = t as f64;
            let falling = self.start * exp((t * log(self.rate)).min(600.0)) * exp(self.swing * cos(self.turns * t));
            falling + self.floor * (1.0 + 0.3 * cos(3.0 * self.turns * t))
        };
        (0..self.length).map(error).collect()
    }
}

fn history() -> impl Strategy<Value = History> {
    let rate = prop_oneof![6 => 0.9..0.9999, 1 => 0.9999..1.0, 1 => 1.0..1.05];
    let floor = prop_oneof![Just(0.0), (-7.0..-0.5).prop_map(libm::exp10)];
    let length = prop_oneof![1..5_usize, 5..400_usize, 400..6000_usize];
    (0.001..2.0, rate, 0.0..1.5, 0.01..1.0, floor, length)
        .prop_map(|(start, rate, swing, turns, floor, length)| History { start, rate, swing, turns, floor, length })
}

fn ghosts() -> impl Strategy<Value = Vec<Ghost>> {
    let label = prop::sample::select(vec![
        "r̃ = 20",
        "β = 0",
        "N = 4000",
        "r̃ = 20, N = 300, σ/E_y = 0.01",
        "K = 12, d = 500, β = 0.95, λ = 1.2, disjoint",
    ]);
    vec((history(), label), 0..5).prop_map(|runs| {
        runs.into_iter().map(|(run, label)| Ghost { relative_error: run.errors(), label: label.to_owned() }).collect()
    })
}

fn size() -> impl Strategy<Value = (f64, f64)> {
    (280.0..1400.0, 180.0..700.0)
}

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(9), ..ProptestConfig::with_cases(count) }
}

fn named(labels: &[Label], role: Role, start: &str) -> bool {
    labels.iter().any(|label| label.role == role && label.text.starts_with(start))
}

/// Every line of the picture that a label might stand on.
fn lines(snapshot: &Snapshot) -> Vec<Vec<Place>> {
    let axes = snapshot.axes();
    let mut lines = vec![Snapshot::curve(&axes, snapshot.relative_error), Snapshot::curve(&axes, snapshot.so_far())];
    lines.extend(snapshot.beside.map(|twin| Snapshot::curve(&axes, twin.relative_error)));
    lines.extend(snapshot.success_level().map(|level| axes.across(level).to_vec()));
    lines.extend(snapshot.floor_shown().map(|floor| axes.across(floor).to_vec()));
    lines.extend(snapshot.predicted_line(&axes).map(|line| line.to_vec()));
    lines.extend(snapshot.ghosts.iter().map(|ghost| Snapshot::curve(&axes, &ghost.relative_error)));
    lines
}

fn check(snapshot: &Snapshot, labels: &[Label]) -> Result<(), TestCaseError> {
    let lines = lines(snapshot);
    let extents: Vec<Extent> = labels.iter().map(Extent::of).collect();
    for (i, (label, extent)) in labels.iter().zip(&extents).enumerate() {
        prop_assert!(extent.is_within(snapshot.size), "{label:?} is outside");
        if let Some(other) = (0..i).find(|other| extents[*other].meets(extent)) {
            prop_assert!(false, "{label:?} and {:?} overlap", labels[other]);
        }
        if label.role != Role::Tick {
            prop_assert!(!lines.iter().any(|line| extent.meets_line(line)), "{label:?} is struck through");
        }
    }
    prop_assert!(named(labels, Role::Learner, "learner"), "the learner has no name");
    let twin = snapshot.beside.filter(|twin| !twin.so_far().is_empty());
    let has_room = snapshot.size.0 >= 480.0 && snapshot.size.1 >= 250.0;
    prop_assert!(!has_room || twin.is_none_or(|twin| named(labels, twin.role(), twin.name)), "its twin has no name");
    Ok(())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn no_label_covers_anything_whatever_the_history(
        run in history(), now in prop_oneof![Just(1.0), 0.0..1.0], ghosts in ghosts(), size in size(), predicted in any::<bool>(),
        floor in any::<bool>(),
        twin in prop::option::of(history()),
    ) {
        let (errors, other) = (run.errors(), twin.as_ref().map_or(Vec::new(), History::errors));
        let snapshot = Snapshot {
            size,
            relative_error: &errors,
            now: (now * errors.len() as f64) as usize,
            is_loss: false,
            name: "learner",
            beside: Some(Beside { relative_error: &other, now: (now * other.len() as f64) as usize, name: "dense", is_descent: predicted })
                .filter(|_| twin.is_some()),
            predicted_rate: predicted.then_some(run.rate),
            rate_before: None, most_steps: 10_000,
            noise_floor: if floor { run.floor } else { 0.0 },
            ghosts: &ghosts,
            cursor: None,
            lights_prediction: false,
        };
        check(&snapshot, &snapshot.labels(&[]))?;
    }
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn while_a_run_goes_on_its_axes_only_grow_and_its_labels_cover_nothing_and_seldom_hop(
        run in history(), ghosts in ghosts(), size in size(), stride in 1..12_usize,
    ) {
        let errors = run.errors();
        let mut before: Option<(super::Axes, Place, Vec<Label>)> = None;
        let (mut hops, mut frames) = (0, 0);
        for t in (1..=errors.len()).step_by(stride) {
            let snapshot = Snapshot {
                size,
                relative_error: &errors[..t],
                now: t - 1,
                is_loss: false,
                name: "learner",
                beside: None,
                predicted_rate: Some(run.rate),
                rate_before: None, most_steps: 10_000,
                noise_floor: run.floor,
                ghosts: &ghosts,
                cursor: None,
                lights_prediction: false,
            };
            let axes = snapshot.axes();
            let labels = snapshot.labels(before.as_ref().map_or(&[], |(_, _, labels)| labels));
            check(&snapshot, &labels)?;
            let end = *Snapshot::curve(&axes, snapshot.relative_error).last().expect("no error is 0");
            if let Some((axes_before, end_before, labels_before)) = before {
                prop_assert!(axes.last >= axes_before.last && axes.highest >= axes_before.highest);
                prop_assert!(axes.lowest <= axes_before.lowest);
                let moved = libm::hypot(end.0 - end_before.0, end.1 - end_before.1);
                // Where the curve's end leaps or the axes have grown, its name must follow.
                if axes == axes_before && moved < 8.0 {
                    hops += labels_before.iter().filter(|old| !labels.iter().any(|label| stays(label, old))).count();
                    frames += 1;
                }
            }
            before = Some((axes, end, labels));
        }
        // Of the six names or so, each makes way a few times for the curve and for the name at its end.
        prop_assert!(hops <= 12 + frames / 20, "{hops} hops in {frames} frames");
    }
}

#[test]
fn of_two_curves_each_has_its_own_name_at_its_end() {
    // A curve that falls beside one that stays, above a noise floor, and one that ends before the other.
    let falls: Vec<f64> = (0..=261).map(|t| 0.5 * libm::exp(-0.0081 * f64::from(t)) + 1e-3).collect();
    let stays: Vec<f64> = (0..=261).map(|t| 0.56 - 0.06 * libm::exp(-0.05 * f64::from(t))).collect();
    for (errors, other) in
        [(&falls, &stays), (&stays, &falls), (&falls[..150].to_vec(), &stays), (&falls, &stays[..150].to_vec())]
    {
        for (width, height) in
            [(300.0, 220.0), (348.0, 260.0), (583.0, 300.0), (583.0, 330.0), (700.0, 250.0), (900.0, 420.0)]
        {
            for (noise_floor, predicted) in [(0.0, 0.005), (0.004, 0.005), (0.03, 0.02)] {
                let snapshot = Snapshot {
                    size: (width, height),
                    relative_error: errors,
                    now: errors.len() - 1,
                    is_loss: false,
                    name: "right mask",
                    beside: Some(Beside {
                        relative_error: other,
                        now: other.len() - 1,
                        name: "wrong mask",
                        is_descent: false,
                    }),
                    predicted_rate: Some(predicted),
                    rate_before: None,
                    most_steps: 1200,
                    noise_floor,
                    ghosts: &[],
                    cursor: None,
                    lights_prediction: false,
                };
                let (axes, labels) = (snapshot.axes(), snapshot.labels(&[]));
                let end = |errors: &[f64]| *Snapshot::curve(&axes, errors).last().expect("a curve");
                let ends = [end(errors), end(other)];
                for (name, own, foreign) in [("right mask", ends[0], ends[1]), ("wrong mask", ends[1], ends[0])] {
                    let Some(label) = labels.iter().find(|label| label.text == name) else {
                        assert!(width < 480.0, "{name} finds no place in {width} × {height}");
                        continue;
                    };
                    let far_from = |end: Place| match label.x > axes.right {
                        true => (label.y - end.1).abs(),
                        false => Extent::of(label).distance(end),
                    };
                    let (near, far) = (far_from(own), far_from(foreign));
                    assert!(
                        near <= far,
                        "{name} is {near} from its end and {far} from the other's in {width} × {height}"
                    );
                }
            }
        }
    }
}

/// Whether `label` is `old` beside its old place.
fn stays(label: &Label, old: &Label) -> bool {
    let near = libm::hypot(label.x - old.x, label.y - old.y) < 12.0;
    label.text == old.text && label.anchor == old.anchor && label.baseline == old.baseline && near
}

#[test]
fn the_decades_are_those_of_the_whole_run_from_its_first_step() {
    // e falls by ν a step until a step is too small: the end of a run at the paper's stopping rule.
    for rate in [0.9, 0.97, 0.99, 0.995, 0.999] {
        let whole: Vec<f64> = (0..)
            .map(|t| 0.5 * exp(f64::from(t) * log(rate)))
            .take_while(|error| error * (1.0 - rate) > 1e-8)
            .collect();
        let axes = |errors: &[f64]| {
            let size = (600.0, 400.0);
            let predicted_rate = Some(rate);
            Snapshot {
                size,
                relative_error: errors,
                now: errors.len() - 1,
                is_loss: false,
                name: "learner",
                beside: None,
                predicted_rate,
                rate_before: None,
                most_steps: 10_000,
                noise_floor: 0.0,
                ghosts: &[],
                cursor: None,
                lights_prediction: false,
            }
            .axes()
        };
        let (first, last) = (axes(&whole[..1]), axes(&whole));
        assert_eq!((first.highest, first.lowest), (last.highest, last.lowest), "ν = {rate}");
    }
}
