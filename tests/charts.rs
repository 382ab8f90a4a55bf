//! The pictures as SVG text: what they show, and that no state of a run draws outside of the numbers.

#![cfg(not(target_arch = "wasm32"))]

use winning_ticket::charts::relative_error::Ghost;
use winning_ticket::charts::{Palette, UNIT, convex_region, mask_overlap, network_drawing, relative_error, to_svg};
use winning_ticket::network::{Agreement, Problem, draw_learner};
use winning_ticket::spec::{LearnerMask, Spec};
use winning_ticket::trials::{Outcome, Probe, Radius, probe_distance};

const SIZE: (f64, f64) = (600.0, 400.0);

fn error_chart(relative_error: &[f64], predicted_rate: Option<f64>, noise_floor: f64, ghosts: &[Ghost]) -> String {
    let snapshot = relative_error::Snapshot {
        size: SIZE,
        relative_error,
        predicted_rate,
        now: relative_error.len().saturating_sub(1),
        is_loss: false,
        name: "learner",
        beside: None,
        rate_before: None,
        most_steps: 10_000,
        noise_floor,
        ghosts,
        cursor: Some(0),
        lights_prediction: false,
    };
    to_svg(&snapshot, &Palette::LIGHT, "a < b")
}

/// The points of the learner's line, in units of the drawing.
fn learner_points(svg: &str) -> Vec<(f64, f64)> {
    let line = svg.lines().find(|line| line.contains("polyline") && line.contains("#1F5FAE")).expect("a curve");
    let points = line.split("points=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("points");
    let place = |pair: &str| pair.split_once(',').map(|(x, y)| (x.parse().expect("x"), y.parse().expect("y")));
    points.split_whitespace().filter_map(place).collect()
}

#[test]
fn a_straight_fall_is_a_straight_line_between_its_decades() {
    // From 10⁰ to 10⁻⁴ at an even rate: the line's slope is the same everywhere.
    let errors: Vec<f64> = (0..=400).map(|t| libm::exp10(-f64::from(t) / 100.0)).collect();
    let svg = error_chart(&errors, None, 0.0, &[]);
    let points = learner_points(&svg);
    let ((x0, y0), (x1, y1)) = (points[0], points[points.len() - 1]);
    for (x, y) in &points {
        let on_the_line = y0 + (x - x0) / (x1 - x0) * (y1 - y0);
        assert!((y - on_the_line).abs() <= 2.0, "{y} at {x}, not {on_the_line}");
    }
    for text in ["10⁰", "10⁻⁵", "iteration t", "success: below 10⁻⁴", "learner", "<title>a &lt; b</title>"] {
        assert!(svg.contains(text), "{text}");
    }
}

#[test]
fn ghosts_prediction_and_floor_are_named() {
    let falling = (0..300).map(|t| 0.5 * libm::exp(-0.02 * f64::from(t))).collect();
    let ghost = Ghost { relative_error: falling, label: "r̃ = 20".to_owned() };
    let svg = error_chart(&[0.5, 0.45], Some(0.99), 0.01, &[ghost]);
    for text in ["r̃ = 20", "predicted by the curvature at W*", "noise floor"] {
        assert!(svg.contains(text), "{text}");
    }
}

#[test]
fn no_state_of_a_run_gives_a_picture_without_numbers() {
    let long: Vec<f64> = (0..100_001).map(|t| 1.0 / f64::from(t + 1)).collect();
    let states: [&[f64]; 7] = [&[], &[0.0], &[0.5], &[0.0, 0.0], &[0.5, 1e300], &[1e-300, 1e-320], &long];
    for errors in states {
        for (rate, floor) in [(None, 0.0), (Some(1.0), 0.0), (Some(0.999_999), 1e-9), (Some(0.1), 5.0)] {
            assert_finite(&error_chart(errors, rate, floor, &[]));
        }
    }
    for path in [&[][..], &[(0.0, 0.0)], &[(0.5, 0.0), (1e6, 1e6), (0.0, 0.0)]] {
        for reach in [None, Some(0.0), Some(0.7), Some(26.0)] {
            let probes = probes();
            let snapshot = convex_region::Snapshot {
                theorem1_radius: reach.map(|reach| 0.1 * reach),
                theorem2_reach: reach,
                reach_quartiles: reach.map(|reach| [0.5 * reach, reach, 2.0 * reach]),
                path,
                ..disc(&probes)
            };
            let svg = to_svg(&snapshot, &Palette::LIGHT, "disc");
            assert_finite(&svg);
            assert!(svg.contains("W*") && svg.contains("1.5") && svg.contains("square-root scale"));
        }
    }
}

fn probes() -> Vec<Probe> {
    (0..96_u32)
        .map(|index| {
            let outcome = [Outcome::Success, Outcome::StoppedElsewhere, Outcome::StepCap][index as usize % 3];
            let falling = index.is_multiple_of(2);
            Probe { index, distance: probe_distance(index), outcome, steps: 10 * index, falling, reach: None }
        })
        .collect()
}

fn disc(probes: &[Probe]) -> convex_region::Snapshot<'_> {
    convex_region::Snapshot {
        size: SIZE,
        theorem1_radius: Some(0.07),
        theorem2_reach: Some(0.4),
        rings_stale: false,
        reach_quartiles: Some([0.3, 0.4, 0.6]),
        probes,
        radius: Radius::of(probes),
        stale: false,
        path: &[(0.5, 0.0), (0.2, 0.1)],
        beside: None,
        picked: None,
        lit: convex_region::LitRings::default(),
        most_steps: 1000,
    }
}

#[test]
fn theory_is_named_by_theorem_and_each_outcome_has_a_mark_of_its_kind() {
    let probes = probes();
    let svg = to_svg(&disc(&probes), &Palette::LIGHT, "disc");
    for name in ["R₁", "R<tspan dy=\"3\" font-size=\"10\">T</tspan>", "of the probes", "square-root scale", "0.1"] {
        assert!(svg.contains(name), "{name}");
    }
    // A cross is two lines of the failure's colour, a hollow triangle one; what still fell has the colour of explanations.
    let [failure, soft] = ["#C0371C", "#5D6068"];
    let lines = |colour: &str, corners: usize| {
        let line = |text: &&str| text.contains("<polyline") && text.contains(colour);
        let points = |text: &str| {
            text.split("points=\"").nth(1).map(|rest| rest[..rest.find('"').unwrap_or(0)].split_whitespace().count())
        };
        svg.lines().filter(line).filter(|text| points(text) == Some(corners)).count()
    };
    assert_eq!((lines(failure, 2), lines(failure, 5), lines(soft, 5)), (64, 16, 16));
    let picked = convex_region::Snapshot { picked: Some(7), ..disc(&probes) };
    let circles = |svg: &str| svg.matches("<circle").count();
    assert_eq!(circles(&to_svg(&picked, &Palette::LIGHT, "disc")), circles(&svg) + 1);
    let far = convex_region::Snapshot { theorem2_reach: Some(1.6), ..disc(&probes) };
    assert!(to_svg(&far, &Palette::LIGHT, "disc").contains("</tspan><tspan dy=\"-3\"> &gt; 1.5</tspan>"));
}

#[test]
fn every_kept_weight_is_a_bar_of_the_mask_and_an_edge_of_the_network() {
    for spec in [Spec::default(), Spec { neurons: 12, dimension: 500, effective_width: 30.0, ..Spec::default() }] {
        let Problem { oracle: whole, .. } = Problem::draw(&spec);
        let oracle = draw_learner(&spec, &whole);
        let (mask, weights) = (oracle.mask(), whole.values());
        let bars = mask_overlap::Snapshot {
            size: SIZE,
            oracle: &oracle,
            oracle_mask: mask,
            weights: Some(weights),
            lit: Some(0),
            cursor: None,
        };
        let svg = to_svg(&bars, &Palette::LIGHT, "mask");
        assert_finite(&svg);
        // After the ground, rectangles of one cell each, or of several where cells lie close and look alike.
        let cell = UNIT * (SIZE.0 - 26.0) / spec.dimension as f64;
        let cells = svg.split("<rect").skip(2).map(|text| {
            let width = text.split(" width=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::parse::<f64>);
            (width.expect("a rectangle has a width").expect("a number") / cell).round() as usize
        });
        assert_eq!(cells.sum::<usize>(), mask.weights());
        let drawing = network_drawing::Snapshot { size: SIZE, mask, weights, oracle: &whole, lit: None };
        let svg = to_svg(&drawing, &Palette::LIGHT, "network");
        assert_finite(&svg);
        let edges = svg.matches("<polyline").count() - mask.neurons();
        let most = network_drawing::MOST_EDGES;
        assert!(edges <= most, "{edges}");
        assert!(edges == mask.weights() || (mask.weights() > most && edges > most / 2), "{edges}");
    }
}

#[test]
fn missed_edges_are_no_more_than_can_be_drawn() {
    let spec =
        Spec { neurons: 12, dimension: 500, effective_width: 500.0, mask: LearnerMask::Wrong, ..Spec::default() };
    for missed in [0.9, 0.4] {
        let whole = Problem::draw(&Spec { samples: 20, ..spec.clone() }).oracle;
        let oracle = draw_learner(&Spec { missed, ..spec.clone() }, &whole);
        let (mask, weights) = (oracle.mask(), oracle.values());
        let drawing = network_drawing::Snapshot { size: SIZE, mask, weights, oracle: &whole, lit: None };
        // An edge of this height has some thirty dashes.
        let lines = to_svg(&drawing, &Palette::LIGHT, "network").matches("<polyline").count();
        assert!(lines < 60 * network_drawing::MOST_EDGES, "{missed}: {lines}");
    }
}

#[test]
fn kept_missed_and_extra_weights_have_shapes_of_their_own() {
    let wrong = Spec { mask: LearnerMask::Wrong, missed: 0.25, extra: 0.5, effective_width: 20.0, ..Spec::default() };
    let Problem { oracle: whole, .. } = Problem::draw(&wrong);
    let oracle = draw_learner(&wrong, &whole);
    let picture = |spec: &Spec, lit| {
        let oracle = draw_learner(spec, &whole);
        let (oracle_mask, weights) = (whole.mask(), Some(oracle.values()));
        let bars = mask_overlap::Snapshot { size: SIZE, oracle: &oracle, oracle_mask, weights, lit, cursor: None };
        let drawing = network_drawing::Snapshot {
            size: SIZE,
            mask: oracle.mask(),
            weights: oracle.values(),
            oracle: &whole,
            lit,
        };
        [to_svg(&bars, &Palette::LIGHT, "mask"), to_svg(&drawing, &Palette::LIGHT, "network")]
    };
    let count = |svg: &str, mark: &str, colour: &str| {
        svg.lines().filter(|line| line.contains(mark) && line.contains(colour)).count()
    };
    let [blue, grey, ink] = ["#1F5FAE", "#5D6068", "#1C1D20"];
    let [masks, network] = picture(&wrong, None);
    let Agreement { kept, missed, extra } = oracle.agreement();
    assert_eq!((kept, missed, extra), (75, 25, 50));
    // At the oracle every weight of the learner is solid; a frame has four sides.
    assert_eq!(
        (count(&masks, "<rect", blue), count(&masks, "<rect", grey), count(&masks, "<rect", ink)),
        (75, 50, 100)
    );
    assert!(count(&network, "<polyline", ink) > 25 * 3, "each missed edge is several dashes");
    let exact = Spec { mask: LearnerMask::Exact, ..wrong };
    let [masks, network] = picture(&exact, None);
    assert_eq!((count(&masks, "<rect", blue), count(&masks, "<rect", grey), count(&masks, "<rect", ink)), (100, 0, 0));
    assert_eq!(count(&network, "<polyline", ink), 0);
}

/// Shapes that are no numbers do not come this far: [`Pen`](winning_ticket::charts::Pen) panics at them. Texts do.
fn assert_finite(svg: &str) {
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", &svg[..svg.len().min(400)]);
}
