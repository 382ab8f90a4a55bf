//! The numbers of the theorems, over the whole range of settings, against the functions, lights and captions that have the
//! same ones.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::*;
use crate::session::captions::DiscCaption;
use crate::spec::{Batches, LearnerMask, Overlap, Spec, Start};
use crate::tensor::Recovered;
use crate::theory::{State, fallen_to};
use crate::training::Trainer;
use crate::trials::messages::Progress;
use crate::trials::{Forecast, fall};

/// A run with its forecast, after so many steps.
fn after(spec: &Spec, steps: usize) -> Run {
    foreseen(spec, steps, Forecast::draw(spec))
}

fn foreseen(spec: &Spec, steps: usize, forecast: Forecast) -> Run {
    let (mut run, mut trainer) = (Run::new(0, spec.clone()), Trainer::new(spec));
    trainer.advance(steps);
    run.take(Progress {
        from: 0,
        curve: trainer.relative_error().to_vec(),
        path: vec![(0.0, 0.0); trainer.relative_error().len()],
        weights: trainer.weights().to_vec(),
        loss: None,
        digest: String::new(),
        stopped: trainer.stopped(),
        falling: true,
        began: None,
        moments: trainer.moments().map(|found| {
            found.as_ref().map(|found| Recovered::of(found, &trainer.problem().oracle)).map_err(|why| *why)
        }),
        took: 0.0,
    });
    run.foresee(forecast);
    run
}

fn small() -> Spec {
    Spec { effective_width: 6.0, neurons: 3, dimension: 20, samples: 120, ..Spec::default() }
}

/// The ends of what can be asked.
fn extremes() -> Vec<Spec> {
    let wrong = Spec { mask: LearnerMask::Wrong, ..small() };
    vec![
        small(),
        Spec { start_distance: 2.0, ..small() },
        Spec { start_distance: 0.0, ..small() },
        Spec { neurons: 1, ..small() },
        Spec { neurons: 1, effective_width: 1.0, ..small() },
        Spec { overlap: Overlap::Disjoint, effective_width: 2.0, ..small() },
        Spec { overlap: Overlap::Random, ..small() },
        Spec { samples: 20, effective_width: 20.0, ..small() },
        Spec { noise: 0.01, ..small() },
        Spec { noise: 1.0, samples: 20, ..small() },
        Spec { momentum: 0.0, ..small() },
        Spec { momentum: 0.99, ..small() },
        Spec { step_size: StepSize::Fixed(300.0), ..small() },
        Spec { step_size: StepSize::Fixed(0.0005), ..small() },
        Spec { mask: LearnerMask::Dense, ..small() },
        Spec { missed: 0.2, ..wrong.clone() },
        Spec { extra: 0.5, ..wrong.clone() },
        Spec { missed: 0.1, extra: 0.5, ..wrong },
        Spec { start: Start::Tensor, ..small() },
        Spec { start: Start::Tensor, neurons: 12, effective_width: 2.0, ..small() },
        Spec { batches: Batches::Disjoint, ..small() },
        Spec { effective_width: 1.0, ..small() },
        Spec { max_steps: 1, ..small() },
    ]
}

/// A run at each end, after so many steps.
fn at_the_ends(steps: usize) -> impl Iterator<Item = (Spec, Run)> {
    // The forecasts take longer than all else here.
    static FORECASTS: LazyLock<Vec<Forecast>> = LazyLock::new(|| extremes().iter().map(Forecast::draw).collect());
    let runs = extremes().into_iter().zip(FORECASTS.iter());
    runs.map(move |(spec, forecast)| (spec.clone(), foreseen(&spec, steps, forecast.clone())))
}

fn number<'a>(theorems: &'a Theorems, key: &str, place: &str) -> Option<&'a str> {
    match theorems.line(key).expect("a formula of the section") {
        Told::Numbers(numbers) => numbers.iter().find(|(other, _)| *other == place).map(|(_, text)| &text[..]),
        Told::Silent(_) | Told::Waiting => None,
    }
}

/// A number as it is read in a formula.
fn read(theorems: &Theorems, key: &str, place: &str) -> Option<f64> {
    let text = number(theorems, key, place)?.replace('\u{202f}', "").replace('−', "-").replace(['(', ')'], "");
    let (mantissa, exponent) = text.split_once("\u{a0}·\u{a0}10").unwrap_or((&text, "⁰"));
    let digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let exponent: String = exponent
        .chars()
        .map(|c| digits.chars().position(|digit| digit == c).map_or('-', |digit| char::from(b'0' + digit as u8)))
        .collect();
    Some(mantissa.parse::<f64>().ok()? * libm::exp10(exponent.parse().ok()?))
}

#[test]
fn at_every_end_each_formula_has_numbers_or_says_why_not() {
    for steps in [0, 1, 150] {
        for (spec, run) in at_the_ends(steps) {
            let theorems = Theorems::of(&run, &[], false);
            for Line { key, told } in &theorems.lines {
                match told {
                    Told::Numbers(numbers) => {
                        for (place, text) in numbers {
                            let odd = ["NaN", "inf", "not finite"].iter().any(|odd| text.contains(odd));
                            assert!(!text.is_empty() && !odd, "{spec:?}, {key}: {place} is “{text}”");
                        }
                    }
                    Told::Silent(why) => assert!(why.len() > 10 && why.ends_with('.'), "{spec:?}, {key}: {why}"),
                    Told::Waiting => panic!("{spec:?}: nothing is known for {key}"),
                }
            }
            for (key, sentence) in &theorems.sentences {
                let sentence = sentence.as_ref().expect("all is known");
                assert!(
                    sentence.ends_with('.') && !sentence.contains("NaN") && !sentence.contains(".."),
                    "{sentence}: {key}"
                );
            }
        }
    }
}

#[test]
fn where_weights_are_missed_the_theorems_have_no_numbers_and_say_why() {
    let run = after(&Spec { mask: LearnerMask::Wrong, missed: 0.2, ..small() }, 150);
    let theorems = Theorems::of(&run, &[], false);
    for key in ["epsilon1", "bounds", "start", "rate", "momentum", "fall"] {
        let Some(Told::Silent(why)) = theorems.line(key) else { panic!("{key} has numbers") };
        assert!(why.starts_with("The theorem says nothing here: 3 of\u{a0}18 oracle weights are missed"), "{why}");
    }
    for key in ["radius", "reach"] {
        let Some(Told::Silent(why)) = theorems.line(key) else { panic!("{key} has numbers") };
        assert!(why.contains("is not promised: weights are missed"), "{why}");
    }
    assert_eq!(theorems.sentence("light-4"), Some("not promised: for accurate masks only."));
}

#[test]
fn until_the_forecast_has_come_only_what_is_set_is_told() {
    let run = Run::new(0, small());
    let theorems = Theorems::of(&run, &[], false);
    let known: Vec<&str> =
        theorems.lines.iter().filter(|line| line.told != Told::Waiting).map(|line| line.key).collect();
    assert_eq!(known, ["run", "asked-4", "start", "asked-8", "step", "asked-lemma"]);
    assert_eq!(theorems.sentence("light-6"), None);
    assert_eq!(number(&theorems, "run", "N"), Some("120"));
}

#[test]
fn no_number_contradicts_a_light_a_caption_or_the_status_line() {
    for (spec, run) in at_the_ends(200) {
        let theorems = Theorems::of(&run, &[], false);
        let forecast = run.forecast.as_ref().expect("it has come");
        let (ball, reach) = DiscCaption::of(&run, &[], false).rings.expect("the forecast has come");
        for (key, place, words) in [("radius", "radius", ball), ("reach", "reach", reach)] {
            match theorems.line(key) {
                Some(Told::Silent(why)) => assert!(why.contains(&words), "{why}: {words}"),
                _ => {
                    let (sign, number) = (number(&theorems, key, "sign"), number(&theorems, key, place));
                    let told = format!("{} {}", sign.expect("a sign"), number.expect("a number"));
                    assert_eq!(told, words.replace('\u{a0}', " "));
                }
            }
        }
        let light = &forecast.lights.curvature;
        if let Some(epsilon1) = number(&theorems, "epsilon1", "epsilon1").filter(|_| light.sentence.contains("ε̂₁"))
        {
            let told = format!("ε̂₁\u{a0}=\u{a0}{epsilon1}");
            assert!(light.sentence.replace("ε̂₁ = 1", "ε̂₁\u{a0}=\u{a0}1").contains(&told), "{}: {told}", light.sentence);
        }
        assert!(theorems.sentence("light-8").is_some_and(|told| told.contains(forecast.lights.samples.state.words())));
        let standing = run.standing().expect("it is set up");
        if let Some(measured) = standing.rate_measured.filter(|rate| *rate < 1.0) {
            let told = theorems.sentence("measured-rate").expect("a sentence");
            assert!(told.contains(&fall(measured)), "{told}");
        }
        if let (Some(predicted), Some(shown)) = (standing.rate_predicted, read(&theorems, "rate", "rate")) {
            // The rate that is read gives the fall that the status line tells.
            assert_eq!(fall(shown), fall(predicted), "{spec:?}");
        }
        assert_eq!(theorems.sentence("promise"), Some(&captions::promise(&run)[..]));
    }
}

#[test]
fn what_one_computes_from_the_numbers_that_one_reads_is_what_stands_beside_them() {
    let mut seen = BTreeSet::new();
    for (spec, run) in at_the_ends(200) {
        let theorems = Theorems::of(&run, &[], false);
        let mut agree = |key: &'static str, computed: Option<f64>, place: &str, within: f64| {
            let (Some(computed), Some(shown)) = (computed, read(&theorems, key, place)) else { return };
            seen.insert(key);
            let miss = (computed - shown).abs();
            assert!(miss <= within * shown.abs().max(1e-9) + 0.006, "{spec:?}, {key}: {computed} and {shown}");
        };
        let of = |key: &str, place: &str| read(&theorems, key, place);
        let power = |key: &str, width: &str, exponent: f64| Some(libm::pow(of(key, "K")?, exponent) * of(key, width)?);
        agree("asked-4", power("asked-4", "r", 4.0), "product", 0.02);
        agree("asked-8", power("asked-8", "r", 6.0), "product", 0.02);
        agree("asked-lemma", power("asked-lemma", "largest", 5.0), "product", 0.02);
        let lost = of("epsilon1", "sample").zip(of("epsilon1", "population")).map(|(sample, all)| 1.0 - sample / all);
        agree("epsilon1", lost, "epsilon1", 0.0);
        let ball = of("radius", "ball").zip(of("radius", "epsilon1"));
        agree("radius", ball.map(|(ball, lost)| ball * (1.0 - lost).clamp(0.0, 1.0)), "radius", 0.02);
        let terms = of("fall", "rate").zip(of("fall", "t")).zip(of("fall", "start")).zip(of("fall", "floor"));
        agree("fall", terms.map(|(((rate, t), start), floor)| fallen_to(start, rate, t) + floor), "left", 0.08);
    }
    let all = ["asked-4", "asked-8", "asked-lemma", "epsilon1", "fall", "radius"];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), all, "some formula never had numbers");
}

#[test]
fn a_bound_has_three_digits() {
    let cases = [
        (7.2, "7.2"),
        (40.0, "40"),
        (625.0, "625"),
        (625_000.0, "625\u{202f}000"),
        (2_796.4, "2800"),
        (5.6e8, "560\u{202f}000\u{202f}000"),
    ];
    for (x, text) in cases {
        assert_eq!(to_three_digits(x), text);
    }
}

#[test]
fn numbers_follow_a_slider() {
    let of = |samples| {
        let theorems = Theorems::of(&after(&Spec { samples, ..small() }, 0), &[], false);
        (number(&theorems, "asked-4", "N").map(str::to_owned), read(&theorems, "epsilon1", "epsilon1"))
    };
    let (few, many) = (of(60), of(6000));
    assert_eq!((few.0.as_deref(), many.0.as_deref()), (Some("60"), Some("6000")));
    assert!(few.1 > many.1, "more samples lose less of the curvature: {few:?}, {many:?}");
    let light = &after(&Spec { samples: 6000, ..small() }, 0).forecast.expect("drawn").lights.curvature;
    assert_eq!(light.state, State::Met);
}

#[test]
fn every_place_of_the_page_has_its_number_and_every_number_its_place() {
    let page = include_str!("../../../index.html");
    let section =
        page.split_once("<section id=\"theory\"").expect("a section").1.split_once("</section>").expect("its end").0;
    let named = |text: &str, name: &str| -> BTreeSet<String> {
        let opening = format!("{name}=\"");
        text.split(&opening).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
    };
    let theorems = Theorems::of(&after(&small(), 150), &[], false);
    let keys: BTreeSet<String> = theorems.lines.iter().map(|line| line.key.to_owned()).collect();
    assert_eq!(named(section, "data-line"), keys);
    let sentences: BTreeSet<String> = theorems.sentences.iter().map(|(key, _)| (*key).to_owned()).collect();
    assert_eq!(named(section, "data-sentence"), sentences);
    for Line { key, told } in &theorems.lines {
        let Told::Numbers(numbers) = told else { panic!("{key} has no numbers") };
        let pieces = section.split("data-line=\"").skip(1).filter(|piece| piece.starts_with(&format!("{key}\"")));
        let places: BTreeSet<String> = pieces.flat_map(|piece| named(piece, "data-slot")).collect();
        assert_eq!(places, numbers.iter().map(|(place, _)| (*place).to_owned()).collect(), "{key}");
    }
}
