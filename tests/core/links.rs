//! Links: the way there and back, and what happens to hostile ones.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use winning_ticket::link::{Link, parse};
use winning_ticket::spec::{Overlap, Spec, StepSize};

#[test]
fn the_default_link_holds_only_version_and_seed() {
    assert_eq!(Link::from(Spec::default()).fragment(), "v=1&seed=1");
    assert_eq!(parse(""), (Link::default(), vec![]));
    assert_eq!(parse("https://example.org/a/#"), (Link::default(), vec![]));
}

#[test]
fn a_link_restores_every_field() {
    let fragment = "v=1&r=7.5&N=1234&K=12&beta=0.35&d=321&eta=0.5&sigma=0.01&lambda=1.25&overlap=random&spread=1\
                    &batches=disjoint&seed=9007199254740991&trial=17&T=400&t=123&digest=0123456789abcdef";
    let (link, notices) = parse(fragment);
    assert_eq!(notices, Vec::<String>::new());
    assert_eq!(link.fragment(), fragment);
    assert_eq!(link.spec.step_size, StepSize::Fixed(0.5));
    assert_eq!((link.spec.seed, link.spec.overlap), ((1 << 53) - 1, Overlap::Random));
    assert_eq!((link.step, link.digest.as_deref()), (Some(123), Some("0123456789abcdef")));
}

/// A bad link, the fragment it is mended to, and its sentences.
const HOSTILE: [(&str, &str, &[&str]); 24] = [
    ("r=500", "v=1&r=100&seed=1", &["r̃ (effective width) is 500, but must be a number from 1 to 100; 100 is used."]),
    ("r=-3", "v=1&r=1&seed=1", &["r̃ (effective width) is -3, but must be a number from 1 to 100; 1 is used."]),
    ("r=NaN", "v=1&seed=1", &["r̃ (effective width) is NaN, but must be a number from 1 to 100; 40 is used."]),
    ("d=10", "v=1&r=10&d=10&seed=1", &["r̃ (effective width) is 40, but must be a number from 1 to 10; 10 is used."]),
    ("d=10&r=x", "v=1&r=10&d=10&seed=1", &["r̃ (effective width) is x, but must be a number from 1 to 10; 10 is used."]),
    (
        "N=1e99",
        "v=1&N=10000&seed=1",
        &["N (samples) is 1e99, but must be a whole number from 20 to 10000; 10000 is used."],
    ),
    ("N=99.5", "v=1&N=100&seed=1", &["N (samples) is 99.5, but must be a whole number from 20 to 10000; 100 is used."]),
    ("K=inf", "v=1&K=12&seed=1", &["K (neurons) is inf, but must be a whole number from 1 to 12; 12 is used."]),
    (
        "overlap=disjoint&d=3&r=2&K=9",
        "v=1&r=2&K=3&d=3&overlap=disjoint&seed=1",
        &["K (neurons) is 9, but must be a whole number from 1 to 3; 3 is used."],
    ),
    ("beta=1", "v=1&beta=0.99&seed=1", &["β (momentum) is 1, but must be a number from 0 to 0.99; 0.99 is used."]),
    ("beta=-0", "v=1&beta=0&seed=1", &[]),
    (
        "eta=0",
        "v=1&seed=1",
        &["η (step size) is 0, but must be a number above 0 and at most 5, or auto; auto is used."],
    ),
    (
        "eta=7",
        "v=1&eta=5&seed=1",
        &["η (step size) is 7, but must be a number above 0 and at most 5, or auto; 5 is used."],
    ),
    ("sigma=", "v=1&seed=1", &["σ/E_y (noise) is “”, but must be a number from 0 to 1; 0 is used."]),
    (
        "overlap=%3Cscript%3E",
        "v=1&seed=1",
        &[
            "overlap (pattern of the supports) is “<script>”, but must be one of shared, random, disjoint; shared is used.",
        ],
    ),
    (
        "spread=yes",
        "v=1&seed=1",
        &["r_j ± 10 % (widths within ±10 % of each other) is yes, but must be 0 or 1; 0 is used."],
    ),
    (
        "batches=whole,disjoint",
        "v=1&seed=1",
        &["batches (samples of a step) is “whole,disjoint”, but must be one of whole, disjoint; whole is used."],
    ),
    (
        "seed=9007199254740993",
        "v=1&seed=9007199254740991",
        &[
            "seed (seed) is 9007199254740993, but must be a whole number from 0 to 9007199254740991; 9007199254740991 is used.",
        ],
    ),
    ("T=0", "v=1&seed=1&T=1", &["T (step cap) is 0, but must be a whole number from 1 to 100000; 1 is used."]),
    (
        "t=1e9",
        "v=1&seed=1&t=10000",
        &["t (the step shown) is 1e9, but must be a whole number from 0 to 10000; 10000 is used."],
    ),
    (
        "t=soon",
        "v=1&seed=1",
        &["t (the step shown) is soon, but must be a whole number from 0 to 10000; the start is used."],
    ),
    ("digest=xyz", "v=1&seed=1", &["digest is xyz, but must be 16 hexadecimal digits; it is ignored."]),
    (
        "v=2&new=1&r=5",
        "v=1&r=5&seed=1",
        &["This link was made by a newer version (2); what this one does not know is ignored."],
    ),
    ("=&&&r&%&%zz=%zz&__proto__=1&r=50&r=60", "v=1&r=60&seed=1", &[]),
];

#[test]
fn hostile_links_are_mended_and_told_in_one_sentence_each() {
    for (text, mended, sentences) in HOSTILE {
        let (link, notices) = parse(text);
        assert_eq!(link.fragment(), mended, "{text}");
        assert_eq!(notices, sentences, "{text}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;
    use winning_ticket::spec::Batches;

    use super::*;

    fn specs() -> impl Strategy<Value = Spec> {
        let sizes = (2_usize..=500, 20_usize..=10_000, 1_usize..=12, 1_usize..=100_000);
        let reals = (0.0..=1.0_f64, 0.0..=0.99, prop::option::of(1e-6..=5.0_f64), 0.0..=1.0, 0.0..=2.0);
        let choices = (0..3_usize, any::<bool>(), any::<bool>(), 0..1_u64 << 53, 0..=1_000_000_u32);
        (sizes, reals, choices).prop_map(
            |(
                (d, samples, k, max_steps),
                (width, momentum, eta, noise, lambda),
                (overlap, spread, whole, seed, trial),
            )| {
                let overlap = [Overlap::Shared, Overlap::Random, Overlap::Disjoint][overlap];
                Spec {
                    effective_width: 1.0 + width * (d - 1) as f64,
                    samples,
                    neurons: if overlap == Overlap::Disjoint { k.min(d) } else { k },
                    momentum,
                    dimension: d,
                    step_size: eta.map_or(StepSize::Auto, StepSize::Fixed),
                    noise,
                    start_distance: lambda,
                    overlap,
                    spread,
                    batches: if whole { Batches::Whole } else { Batches::Disjoint },
                    seed,
                    trial,
                    max_steps,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn a_link_gives_back_its_spec(spec in specs(), step in prop::option::of(0_usize..=1)) {
            let link = Link { spec, step, digest: Some("00ff00ff00ff00ff".to_owned()) };
            prop_assert_eq!(parse(&format!("#{}", link.fragment())), (link, vec![]));
        }

        #[test]
        fn any_text_gives_a_link_that_needs_no_mending(text in ".{0,80}", key in "r|N|K|d|eta|t|v|digest|T", value in ".{0,12}") {
            for text in [text.clone(), format!("{key}={value}&{text}")] {
                let (link, _) = parse(&text);
                prop_assert_eq!(parse(&link.fragment()), (link.clone(), vec![]));
            }
        }
    }
}
