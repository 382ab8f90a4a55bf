//! Links: the way there and back, and what happens to hostile ones.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use winning_ticket::link::{LEFT_OUT, Link, mended_field, parse};
use winning_ticket::spec::{Overlap, Spec, StepSize};

#[test]
fn a_link_leaves_out_what_links_have_always_left_out() {
    // Whatever the page opens with: a link shows the same run for ever.
    assert_eq!(Link::from(LEFT_OUT).fragment(), "v=1&seed=1");
    assert_eq!(parse("v=1&seed=1"), (Link::from(LEFT_OUT), vec![]));
    assert_eq!(parse("r=40").0.spec.max_steps, 10_000);
    assert_eq!(Link::from(Spec::default()).fragment(), "v=1&seed=1&T=1200");
    assert_eq!(parse("v=1&seed=1&T=1200"), (Link::default(), vec![]));
    assert_eq!(parse(""), (Link::default(), vec![]));
    assert_eq!(parse("https://example.org/a/#"), (Link::default(), vec![]));
}

#[test]
fn a_link_restores_every_field() {
    let fragment = "v=1&r=7.5&N=1234&K=12&beta=0.35&d=321&eta=0.5&sigma=0.01&lambda=1.25&overlap=random&joined=3&spread=1\
                    &mask=wrong&missed=0.25&extra=1.5&batches=disjoint&seed=9007199254740991&start-seed=5&trial=17&T=400&t=123&digest=0123456789abcdef&bits=1";
    let (link, notices) = parse(fragment);
    assert_eq!(notices, Vec::<String>::new());
    assert_eq!(link.fragment(), fragment);
    assert_eq!(link.spec.step_size, StepSize::Fixed(0.5));
    assert_eq!((link.spec.seed, link.spec.overlap), ((1 << 53) - 1, Overlap::Random));
    assert_eq!((link.step, link.digest.as_deref()), (Some(123), Some("0123456789abcdef")));
}

/// A bad link, the fragment it is mended to, and its sentences.
const HOSTILE: [(&str, &str, &[&str]); 25] = [
    ("r=500", "v=1&r=100&seed=1", &["r̃ (effective width) is 500, but must be a number from 1 to 100; 100 is used."]),
    ("r=-3", "v=1&r=1&seed=1", &["r̃ (effective width) is -3, but must be a number from 1 to 100; 1 is used."]),
    ("r=NaN", "v=1&seed=1", &["r̃ (effective width) is NaN, but must be a number from 1 to 100; 40 is used."]),
    ("d=10", "v=1&r=10&d=10&seed=1", &["r̃ (effective width) is 40, but must be a number from 1 to 10; 10 is used."]),
    ("d=10&r=x", "v=1&r=10&d=10&seed=1", &["r̃ (effective width) is x, but must be a number from 1 to 10; 10 is used."]),
    (
        "N=1e99",
        "v=1&N=10000&seed=1",
        &["N (samples) is 1e99, but must be a whole number from 20 to 10 000; 10 000 is used."],
    ),
    (
        "N=99.5",
        "v=1&N=100&seed=1",
        &["N (samples) is 99.5, but must be a whole number from 20 to 10 000; 100 is used."],
    ),
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
        &["η (step size) is 0, but must be a number above 0 and at most 300, or auto; auto is used."],
    ),
    (
        "eta=700",
        "v=1&eta=300&seed=1",
        &["η (step size) is 700, but must be a number above 0 and at most 300, or auto; 300 is used."],
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
            "seed (seed) is 9007199254740993, but must be a whole number from 0 to 9 007 199 254 740 991; 9 007 199 254 740 991 is used.",
        ],
    ),
    ("T=0", "v=1&seed=1&T=1", &["T (step cap) is 0, but must be a whole number from 1 to 100 000; 1 is used."]),
    (
        "t=1e9",
        "v=1&seed=1&t=10000",
        &["t (the step shown) is 1e9, but must be a whole number from 0 to 10 000; 10 000 is used."],
    ),
    (
        "t=soon",
        "v=1&seed=1",
        &["t (the step shown) is soon, but must be a whole number from 0 to 10 000; the start is used."],
    ),
    ("digest=xyz", "v=1&seed=1", &["digest is xyz, but must be 16 hexadecimal digits; it is ignored."]),
    (
        "bits=<b>",
        "v=1&seed=1",
        &["bits (the bits epoch) is “<b>”, but must be a whole number from 1 to 4 294 967 295; it is ignored."],
    ),
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
        let notices: Vec<String> = notices.iter().map(|notice| notice.replace('\u{202f}', " ")).collect();
        assert_eq!(notices, sentences, "{text}");
    }
}

#[test]
fn the_field_of_a_sentence_is_known() {
    let fields = |text: &str| -> Vec<Option<&str>> {
        parse(text).1.iter().map(|sentence| mended_field(sentence).map(|field| field.key)).collect()
    };
    assert_eq!(fields("d=10&N=5&r=1"), [Some("N")]);
    assert_eq!(fields("d=10&T=0"), [Some("r"), Some("T")]);
    assert_eq!(fields("v=2&digest=xyz&t=-1"), [None, None, None]);
}
