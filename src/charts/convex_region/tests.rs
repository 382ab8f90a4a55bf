//! Properties of the disc over random radii and probes, and its probes under pointer and keys.

use libm::hypot;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::extent::Extent;
use super::super::{Chart, Colour, Label, Palette, Role, to_svg};
use super::{Beside, LitRings, Snapshot, success_mark};
use crate::trials::{Outcome, Probe, Radius, probe_distance};

const MOST_STEPS: usize = 1000;

fn probe(index: u32, distance: f64, outcome: Outcome) -> Probe {
    Probe { index, distance, outcome, steps: 40 * index, falling: index.is_multiple_of(2), reach: None }
}

/// Probes that succeed up to about `edge`, some in between not as expected.
fn probes() -> impl Strategy<Value = Vec<Probe>> {
    (0..97_u32, 0.0..3.0, vec(any::<bool>(), 97)).prop_map(|(count, edge, odd)| {
        (0..count)
            .map(|index| {
                let distance = probe_distance(index);
                let succeeds = (distance < edge) != (odd[index as usize] && (distance - edge).abs() < 0.2);
                let failure = if index.is_multiple_of(3) { Outcome::StoppedElsewhere } else { Outcome::StepCap };
                probe(index, distance, if succeeds { Outcome::Success } else { failure })
            })
            .collect()
    })
}

fn radius() -> impl Strategy<Value = Option<f64>> {
    weighted(0.8, prop_oneof![0.0..0.1, 0.0..1.5, 0.0..3.0])
}

fn path() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let bent = |start: f64, bend: f64| {
        let at = |t: i32| (start * (1.0 - f64::from(t) / 40.0), bend * start * f64::from(t * (40 - t)) / 400.0);
        (0..40).map(at).collect()
    };
    prop_oneof![Just(Vec::new()), (0.001..2.0, -0.0..2.0).prop_map(move |(start, bend)| bent(start, bend))]
}

fn quartiles() -> impl Strategy<Value = Option<[f64; 3]>> {
    weighted(0.8, (0.0..2.0, 0.0..0.5, 0.0..2.0)).prop_map(|made| made.map(|(low, a, b)| [low, low + a, low + a + b]))
}

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(9), ..ProptestConfig::with_cases(count) }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_label_stands_on_anything_and_no_probe_on_a_label(
        rings in (radius(), radius(), any::<bool>()), reach_quartiles in quartiles(), probes in probes(), path in path(),
        size in (200.0..700.0, 200.0..700.0),
    ) {
        let (theorem1_radius, theorem2_reach, stale) = rings;
        let snapshot = Snapshot {
            size,
            theorem1_radius,
            theorem2_reach,
            rings_stale: stale,
            reach_quartiles,
            radius: Radius::of(&probes),
            probes: &probes,
            stale,
            path: &path,
            beside: None,
            picked: None,
            lit: LitRings::default(),
            most_steps: MOST_STEPS,
        };
        let labels = snapshot.labels(&[]);
        let scale = snapshot.scale();
        let extents: Vec<Extent> = labels.iter().map(Extent::of).collect();
        for (i, (label, extent)) in labels.iter().zip(&extents).enumerate() {
            prop_assert!(extent.is_within(size), "{label:?} is outside");
            if let Some(other) = (0..i).find(|other| extents[*other].meets(extent)) {
                prop_assert!(false, "{label:?} and {:?} overlap", labels[other]);
            }
            prop_assert!(!extent.meets(&Extent::around(scale.centre, 6.0)), "{label:?} stands on W*");
            for mark in snapshot.marks() {
                prop_assert!(!extent.meets(&mark), "{label:?} stands on a mark");
            }
        }
        for (place, probe) in snapshot.probe_places() {
            let (x, y) = place;
            let from_centre = hypot(x - scale.centre.0, y - scale.centre.1);
            prop_assert!((from_centre - scale.radius(probe.distance)).abs() < 1e-6);
            let covered = extents.iter().position(|extent| extent.holds(place));
            prop_assert!(covered.is_none(), "{probe:?} stands on {:?}", covered.map(|i| &labels[i]));
        }
        // A pointer on a probe means that probe, or one as near.
        for (place, probe) in snapshot.probe_places() {
            let meant = snapshot.probe_at(place);
            let meant = snapshot.probe_places().into_iter().find(|(_, other)| Some(other.index) == meant);
            let (other, _) = meant.expect("one is there");
            prop_assert!(hypot(other.0 - place.0, other.1 - place.1) < 1e-6, "{probe:?}");
        }
        let named = |text: &str| labels.iter().any(|label: &Label| label.text == text);
        prop_assert!(named("W*") && named("1.5"));
    }
}

fn snapshot(probes: &[Probe]) -> Snapshot<'_> {
    Snapshot {
        size: (400.0, 300.0),
        theorem1_radius: Some(0.07),
        theorem2_reach: Some(0.4),
        rings_stale: false,
        reach_quartiles: Some([0.2, 0.35, 0.6]),
        probes,
        radius: Radius::of(probes),
        stale: false,
        path: &[],
        beside: None,
        picked: None,
        lit: LitRings::default(),
        most_steps: MOST_STEPS,
    }
}

#[test]
fn a_pointer_means_the_nearest_probe_within_its_reach() {
    let probes = [probe(4, 0.4, Outcome::Success), probe(9, 1.2, Outcome::StepCap)];
    let snapshot = snapshot(&probes);
    for (place, probe) in snapshot.probe_places() {
        assert_eq!(snapshot.probe_at((place.0 + 8.0, place.1 - 8.0)), Some(probe.index));
    }
    assert_eq!(snapshot.probe_at((2.0, 2.0)), None);
}

#[test]
fn keys_go_through_the_probes_from_the_nearest_to_the_farthest() {
    let probes = [
        probe(0, 0.75, Outcome::Success),
        probe(1, 1.5, Outcome::Success),
        probe(2, 0.3, Outcome::Success),
        probe(3, 0.75, Outcome::Success),
    ];
    let snapshot = snapshot(&probes);
    let mut order = vec![snapshot.next_probe(None, 1)];
    for _ in 0..4 {
        order.push(snapshot.next_probe(*order.last().expect("begun"), 1));
    }
    assert_eq!(order, [2, 0, 3, 1, 1].map(Some));
    assert_eq!(snapshot.next_probe(None, -1), Some(1));
    assert_eq!(snapshot.next_probe(Some(1), -10), Some(2));
    assert_eq!(snapshot.next_probe(Some(77), 1), Some(2), "one that has gone");
    assert_eq!(super::Snapshot { probes: &[], ..snapshot }.next_probe(Some(1), 1), None);
}

/// The contrast of two colours as the Web Content Accessibility Guidelines 2.2 define it.
fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |(r, g, b): Colour| {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn fewer_steps_look_fuller_and_the_palest_success_is_still_seen_on_the_band() {
    let dark = Palette { paper: (0x14, 0x16, 0x1a), success: (0x59, 0xc9, 0x8a), ..Palette::LIGHT };
    for palette in [Palette::LIGHT, dark] {
        assert_eq!(success_mark(0, MOST_STEPS, &palette).0, palette.success);
        let marks: Vec<(Colour, f64)> = (0..=10).map(|i| success_mark(100 * i, MOST_STEPS, &palette)).collect();
        for pair in marks.windows(2) {
            assert!(pair[0].1 > pair[1].1 + 0.1);
            assert!(contrast(pair[0].0, palette.paper) > contrast(pair[1].0, palette.paper));
        }
        let band = super::super::palette::mix(palette.paper, palette.success, super::BAND);
        for ground in [palette.paper, band] {
            let palest = success_mark(5000, MOST_STEPS, &palette);
            assert!(contrast(palest.0, ground) >= 3.0, "{palest:?} on {ground:?}");
            assert!(palest.1 >= 2.0);
        }
    }
}

#[test]
fn the_names_stay_off_the_path_of_the_run() {
    let probes: Vec<Probe> = (0..96)
        .map(|index| {
            let distance = probe_distance(index);
            probe(index, distance, if distance < 0.3 { Outcome::Success } else { Outcome::StepCap })
        })
        .collect();
    // From the start inwards along bows of all heights; and past W* and back, as momentum takes a single neuron.
    let bow = |start: f64, bend: f64, way: f64| (start * (1.0 - way), 0.4 * start * bend * way * (1.0 - way));
    let swing = |start: f64, bend: f64, way: f64| {
        let (left, turn) = (start * (1.0 - way), (1.0 + bend) * std::f64::consts::TAU * way);
        (left * libm::cos(turn), (left * libm::sin(turn)).abs())
    };
    for size in [(190.0, 190.0), (240.0, 240.0), (400.0, 300.0), (520.0, 420.0)] {
        for course in [&bow as &dyn Fn(f64, f64, f64) -> (f64, f64), &swing] {
            for (start, bend) in (0..24).map(|case| (if case < 12 { 0.9 } else { 0.2 }, f64::from(case % 12) / 4.0)) {
                let path: Vec<(f64, f64)> = (0..=240).map(|t| course(start, bend, f64::from(t) / 240.0)).collect();
                let drawn = |path| Snapshot { size, path, ..snapshot(&probes) };
                let line = drawn(&path).scale().path(&path);
                let labels = drawn(&path).labels(&[]);
                for label in labels.iter().filter(|label| label.text != "W⁽⁰⁾") {
                    let met = Extent::of(label).meets_line(&line);
                    assert!(!met, "{label:?} lies under the path of bend {bend} at {size:?}");
                }
                // Below, where names of rings stand that do not hold the start.
                let before = drawn(&path[..1]).labels(&[]);
                assert!(start < 0.5 || labels == before, "they move as the path of bend {bend} grows at {size:?}");
            }
        }
    }
}

#[test]
fn the_run_beside_has_its_path_and_a_name_that_stands_still_or_says_why_it_has_none() {
    let learner: Vec<(f64, f64)> = (0..=40).map(|t| (0.5 - 0.0125 * f64::from(t), 0.0)).collect();
    let other: Vec<(f64, f64)> =
        (0..=40).map(|t| f64::from(t) / 40.0).map(|t| (0.5 - 0.3 * t, 0.4 * t * (1.0 - t))).collect();
    let of = |path, is_descent| {
        let beside = Some(Beside { path, name: "other", is_descent });
        Snapshot { path: &learner, beside, ..snapshot(&[]) }
    };
    for (is_descent, role, colour) in
        [(false, Role::Dense, Palette::LIGHT.dense), (true, Role::Descent, Palette::LIGHT.descent)]
    {
        let drawn = of(Some(&other[..]), is_descent);
        let labels = drawn.labels(&[]);
        let name = labels.iter().find(|label| label.text == "path of other").expect("it is named");
        let extent = Extent::of(name);
        let meets = [&learner, &other].map(|path| extent.meets_line(&drawn.scale().path(path)));
        assert_eq!((name.role, meets), (role, [false, false]), "{name:?}");
        // While it grows no label and no probe moves.
        let begun = of(Some(&other[..2]), is_descent);
        assert_eq!(begun.labels(&[]), labels);
        let hex = format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2);
        let lines = |snapshot: &Snapshot| to_svg(snapshot, &Palette::LIGHT, "disc").matches(&hex).count();
        assert!(lines(&drawn) > lines(&Snapshot { beside: None, ..drawn.clone() }), "no line in {hex}");
    }
    let apart = of(None, false).labels(&[]);
    assert!(apart.iter().any(|label| label.text == "other: another W*" && label.role == Role::Note), "{apart:?}");
    // A start farther out makes room for itself.
    let far = of(Some(&[(2.5, 0.0), (2.0, 0.1)]), false);
    assert!(far.scale().edge() > 2.5);
}
