//! Whatever is read from outside is taken or told in a sentence, never lost and never a panic: properties of every
//! parser, on cases from a fixed seed. `cargo xtask test --long` tries many more of them.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it starts the program")]

use std::process::Command;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use winning_ticket::language::Language;
use winning_ticket::link::stage::{LONGEST_NOTE, LONGEST_TITLE, PARTS, PICTURES, Parts, in_one_line};
use winning_ticket::link::{Link, Sequence, Stage, Wish, parse};
use winning_ticket::session::driving::Asked;
use winning_ticket::spec::fields::FIELDS;
use winning_ticket::spec::{Batches, LearnerMask, Overlap, Painted, Spec, Start, StepSize};
use winning_ticket::trials::messages::{Reply, Request, decode, encode};

/// `usual` cases, or a thousand times as many in the long mode, from a fixed seed.
fn cases(usual: u32) -> ProptestConfig {
    let long = std::env::var_os("WINNING_TICKET_LONG").is_some();
    ProptestConfig {
        cases: if long { 1000 * usual } else { usual },
        rng_seed: RngSeed::Fixed(2021),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn specs() -> impl Strategy<Value = Spec> {
    let sizes = (2_usize..=500, 20_usize..=10_000, 1_usize..=12, 1_usize..=100_000);
    let reals = (0.0..=1.0_f64, 0.0..=0.99, prop::option::of(1e-6..=300.0_f64), 0.0..=1.0, 0.0..=2.0);
    let choices = (0..3_usize, any::<bool>(), any::<bool>(), 0..1_u64 << 53, 0..=1_000_000_u32);
    let shares = prop_oneof![Just((0.0, 0.0)), (0.0..=0.9, 0.0..=4.0)];
    let wrong = (shares, prop::collection::vec((0_usize..12, 0_usize..500), 0..6));
    let figures = (1_usize..=12, 0..1_u64 << 53, any::<bool>());
    (sizes, reals, choices, wrong, figures).prop_map(
        |(
            (d, samples, k, max_steps),
            (width, momentum, eta, noise, lambda),
            (overlap, spread, whole, seed, trial),
            ((missed, extra), places),
            (joined, start_seed, tensor),
        )| {
            let neurons = if overlap == 2 { k.min(d) } else { k };
            let mut painted = Painted::none();
            places.iter().for_each(|(neuron, feature)| painted.turn((neuron % neurons, feature % d)));
            let overlap = [Overlap::Shared, Overlap::Random, Overlap::Disjoint][overlap];
            Spec {
                effective_width: 1.0 + width * (d - 1) as f64,
                samples,
                neurons,
                momentum,
                dimension: d,
                step_size: eta.map_or(StepSize::Auto, StepSize::Fixed),
                noise,
                start_distance: lambda,
                start: if tensor { Start::Tensor } else { Start::Ball },
                overlap,
                joined,
                spread,
                mask: if missed + extra > 0.0 { LearnerMask::Wrong } else { LearnerMask::Exact },
                missed,
                extra,
                painted,
                batches: if whole { Batches::Whole } else { Batches::Disjoint },
                seed,
                start_seed,
                trial,
                max_steps,
            }
        },
    )
}

/// Texts that are nearly something: numbers, words of the table, pieces of links.
fn nearly_valid() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,12}",
        "[-+]?[0-9]{0,20}[.]?[0-9]{0,8}(e[-+]?[0-9]{1,3})?",
        "auto|shared|random|disjoint|whole|tensor|0|1|inf|NaN|-0|1e400|%00|%",
        any::<f64>().prop_map(|x| x.to_string()),
    ]
}

fn stages() -> impl Strategy<Value = Stage> {
    let keys: Vec<&str> = FIELDS.iter().map(|field| field.key).chain(PARTS.iter().map(|(key, _)| *key)).collect();
    let parts = prop::collection::vec(prop::sample::select(keys), 0..5);
    let pictures = prop::collection::vec(prop::sample::select(PICTURES.to_vec()), 0..3);
    let language = prop::option::of(prop::sample::select(Language::ALL.to_vec()));
    let line = |text: String, longest| in_one_line(&in_one_line(&text).chars().take(longest).collect::<String>());
    (".{0,99}", ".{0,320}", parts, pictures, any::<[bool; 4]>(), language).prop_map(
        move |(title, note, hidden, enlarged, switches, language)| {
            let [embedded, large, thick, contrast] = switches;
            Stage {
                title: line(title, LONGEST_TITLE),
                note: line(note, LONGEST_NOTE),
                hidden: Parts::of(hidden),
                enlarged: Parts::of(enlarged),
                embedded,
                large,
                thick,
                contrast,
                language,
            }
        },
    )
}

fn sequences() -> impl Strategy<Value = Sequence> {
    let scene = (specs(), stages(), prop::option::of(0_usize..=1)).prop_map(|(spec, stage, step)| Link {
        step,
        stage,
        ..Link::from(spec)
    });
    (prop::collection::vec(scene, 0..4), prop::option::of(0_usize..4)).prop_map(|(scenes, at)| {
        let at = at.filter(|at| *at < scenes.len());
        Sequence { scenes, at }
    })
}

fn key() -> impl Strategy<Value = &'static str> {
    let others = ["t", "v", "digest", "bits", "zz", "hide", "enlarge", "embed", "large", "title", "sequence", "at"];
    let keys: Vec<&str> = FIELDS.iter().map(|field| field.key).chain(others).collect();
    prop::sample::select(keys)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_link_gives_back_its_spec(spec in specs(), step in prop::option::of(0_usize..=1), digest in "[0-9a-f]{16}") {
        prop_assert_eq!(spec.validate().map_err(|bad| bad.to_string()), Ok(()));
        let link = Link { step, digest: Some(digest), bits: Some(7), ..Link::from(spec) };
        prop_assert_eq!(parse(&format!("#{}", link.fragment())), (link, vec![]));
    }

    #[test]
    fn a_link_gives_back_its_stage_and_sequence(spec in specs(), stage in stages(), sequence in sequences()) {
        let link = Link { stage, sequence, ..Link::from(spec) };
        prop_assert_eq!(parse(&link.fragment()), (link.clone(), vec![]));
        let (alone, notices) = parse(&link.sequence.alone());
        prop_assert_eq!((alone.sequence.scenes, notices), (link.sequence.scenes, vec![]));
    }

    #[test]
    fn a_file_gives_back_its_sequence_and_any_text_is_refused_in_a_sentence(sequence in sequences(), text in ".{0,60}") {
        let sequence = Sequence { at: None, ..sequence };
        let read = Sequence::of_file(&sequence.file());
        if sequence.scenes.is_empty() {
            prop_assert!(read.is_err());
        } else {
            prop_assert_eq!(read, Ok(sequence));
        }
        let refused = Sequence::of_file(&text);
        prop_assert!(refused.as_ref().is_err_and(|sentence| sentence.ends_with("the file was not opened.")), "{:?}", refused);
    }

    #[test]
    fn any_text_gives_a_link_that_needs_no_mending(
        text in ".{0,80}",
        pairs in prop::collection::vec((key(), nearly_valid()), 0..6),
    ) {
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let (link, _) = parse(&format!("{}&{text}", pairs.join("&")));
        prop_assert_eq!(parse(&link.fragment()), (link.clone(), vec![]));
        prop_assert_eq!(link.spec.validate().map_err(|bad| bad.to_string()), Ok(()));
    }

    #[test]
    fn a_field_takes_a_text_or_leaves_the_spec_as_it_was(
        spec in specs(),
        field in prop::sample::select((0..FIELDS.len()).collect::<Vec<_>>()),
        text in nearly_valid(),
    ) {
        let (field, mut read) = (&FIELDS[field], spec.clone());
        match field.read(&mut read, &text) {
            // Read again, its own text says the same.
            Ok(()) => {
                let written = (field.get)(&read).to_string();
                let mut again = spec;
                prop_assert_eq!(field.read(&mut again, &written), Ok(()));
                prop_assert_eq!(again, read);
            }
            Err(bad) => {
                prop_assert_eq!(&read, &spec);
                prop_assert!(!bad.accepted.is_empty());
                if let Some(nearest) = bad.nearest {
                    prop_assert_eq!(field.read(&mut read, &nearest.to_string()), Ok(()));
                }
            }
        }
    }

    #[test]
    fn a_message_is_followed_to_a_run_or_refused_in_a_sentence(
        shown in specs(),
        text in ".{0,80}",
        set in prop::collection::btree_map(key(), nearly_valid(), 0..4),
        link in prop::option::of(nearly_valid()),
        step in nearly_valid(),
    ) {
        let refused = |told: &str| told.starts_with("The message ") || told.ends_with("; nothing is done.");
        let of_text = Asked::read(&text, &shown);
        prop_assert!(of_text.as_ref().err().is_none_or(|told| refused(told)), "{:?}", of_text);
        let message = serde_json::json!({ "winning-ticket": 1, "set": set, "seek": step, "link": link.unwrap_or_default() });
        match Asked::read(&message.to_string(), &shown) {
            Ok(asked) => {
                let mut spec = asked.link.expect("a link").link.spec;
                let mut wish = Wish::of(&spec);
                for (key, text) in &asked.set {
                    spec = wish.edit(&spec, key, text).0;
                    prop_assert_eq!(spec.validate().map_err(|bad| bad.to_string()), Ok(()));
                }
                prop_assert!(asked.seek.expect("a step") <= spec.max_steps);
            }
            Err(told) => prop_assert!(refused(&told), "{}", told),
        }
    }

    #[test]
    fn a_request_comes_back_and_other_bytes_do_no_harm(
        run in any::<u32>(),
        steps in any::<u32>(),
        budget in any::<f64>().prop_filter("equal to itself", |x| !x.is_nan()),
        bytes in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let request = Request::Advance { run, steps, budget };
        prop_assert_eq!(decode(&encode(&request)), Some(request));
        let (_, _) = (decode::<Request>(&bytes), decode::<Reply>(&bytes));
    }
}

proptest! {
    // Each case starts the program.
    #![proptest_config(cases(40))]

    #[test]
    fn any_flag_gives_a_run_or_one_sentence(
        flag in prop::sample::select(
            FIELDS.iter().map(|field| field.flag).chain(["link", "digests"]).filter(|f| *f != "max-steps").collect::<Vec<_>>(),
        ),
        value in nearly_valid().prop_filter("an argument holds no zero byte", |text| !text.contains('\0')),
    ) {
        let output = Command::new(env!("CARGO_BIN_EXE_winning-ticket"))
            .args(["run", "--max-steps=1", &format!("--{flag}={value}")])
            .output()
            .expect("the program starts");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0) => prop_assert!(!output.stdout.is_empty()),
            // A value may rule out another field's default, which is then the one that is named: r̃ = 40 in 2 dimensions.
            Some(2) => prop_assert!(
                (told.contains(flag) || told.contains("(its default)")) && told.trim_end().lines().count() <= 6,
                "{}",
                told
            ),
            code => prop_assert!(false, "exit code {:?} for --{}={:?}: {}", code, flag, value, told),
        }
    }
}
