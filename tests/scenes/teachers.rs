//! The guide for teachers: every number in it is one that is computed here, and every link a beat that there is.

use winning_ticket::link::parse;
use winning_ticket::network::{Supports, double_sum, effective_width};
use winning_ticket::spec::{FOUND, Spec, Twin};
use winning_ticket::training::Trainer;
use winning_ticket::trials::{Forecast, two_digits};

use super::{SCENES, file_of, sections};

fn spec_of(key: &str, beat: usize) -> Spec {
    sections(key)[beat].link().expect("a beat with a run").spec
}

fn trained(spec: &Spec) -> Trainer {
    let mut trainer = Trainer::new(spec);
    while trainer.stopped().is_none() {
        trainer.advance(50);
    }
    trainer
}

fn last_error(spec: &Spec) -> f64 {
    let trainer = trained(spec);
    trainer.relative_error()[trainer.steps()]
}

/// The guide's words, a blank for each tag.
fn words() -> String {
    let file = file_of("teachers");
    let main = file.split_once("<main").expect("its words").1.split_once('>').expect("a tag").1;
    let (mut text, mut within) = (String::new(), true);
    for letter in main.chars() {
        match letter {
            '<' => within = false,
            '>' => within = true,
            _ if within => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the guide says in numbers, from what is computed.
fn claims() -> Vec<String> {
    let opening = Spec::default();
    let ball = |spec: &Spec| Forecast::draw(spec).theorem1_radius.expect("a ball");
    let pruned = spec_of("faster", 2);
    let dense = Twin::Dense.of(&pruned);
    let below = trained(&pruned).relative_error().iter().position(|error| *error < FOUND).expect("it is found");
    let weights = |spec: &Spec| Supports::draw(spec).learner_mask().weights();
    assert_eq!(weights(&dense), dense.samples, "as many weights as samples");
    let rate = |momentum| {
        let rate = Forecast::draw(&Spec { momentum, ..spec_of("momentum", 2) }).rate_predicted.expect("a rate");
        1.0 - rate
    };
    let (fast, slow) = (rate(0.9), rate(0.0));
    let tenth = (10.0_f64).ln() / fast;
    assert!((tenth - 410.0).abs() < 5.0, "{tenth}");
    assert!((fast / slow - 10.0).abs() < 2.0, "about ten: {}", fast / slow);
    let far = spec_of("fails", 4);
    assert!(last_error(&far) < FOUND && far.start_distance > ball(&far));
    let wrong = spec_of("masks", 3);
    let least = trained(&wrong).oracle().least_error();
    let overshoots = spec_of("momentum", 4);
    assert!(last_error(&overshoots) > FOUND);
    let (shared, disjoint) = (Supports::draw(&spec_of("overlap", 0)), Supports::draw(&spec_of("overlap", 2)));
    let width = |supports: &Supports| format!("{:.1}", effective_width(&supports.mask()));
    assert!((double_sum(&disjoint.mask()) - 30.0 * 40.0_f64.sqrt()).abs() < 1e-9);
    let floor = |samples| {
        let spec = Spec { samples, ..spec_of("noise", 2) };
        Forecast::draw(&spec).noise_floor.expect("noise")
    };
    let falls = floor(1000) / floor(500);
    assert!((0.6..0.5_f64.sqrt()).contains(&falls), "a little more than the trend: {falls}");
    assert!(last_error(&opening) < FOUND, "it arrives nevertheless");
    let samples = spec_of("samples", 0);
    assert_eq!((weights(&samples), samples.samples, spec_of("samples", 1).samples), (100, 100, 500));
    let cost = weights(&dense) / weights(&pruned);
    vec![
        format!(
            "From {} to {} weights a neuron the ball that Theorem 1 proves grows from {} to {}.",
            spec_of("region", 0).effective_width,
            spec_of("region", 2).effective_width,
            two_digits(ball(&spec_of("region", 0))),
            two_digits(ball(&spec_of("region", 2)))
        ),
        format!(
            "At r̃ = {} the five neurons have {} weights: {} samples are one for each, {} are five.",
            samples.effective_width,
            weights(&samples),
            samples.samples,
            spec_of("samples", 1).samples
        ),
        format!(
            "At r̃ = 20 training ends after {} steps with {}; with {} it has not arrived after {}.",
            trained(&spec_of("momentum", 3)).steps(),
            spec_of("momentum", 3).momentum,
            overshoots.momentum,
            overshoots.max_steps
        ),
        format!(
            "The page opens with {}, so that success and failure are both in sight; the paper has 10 000.",
            opening.max_steps
        ),
        format!("A dense step costs {cost} times one at r̃ = {}.", pruned.effective_width),
        format!(
            "The pruned learner is below 10⁻⁴ after {below} steps; the dense one, with as many weights as samples, still has an \
             error of {:.2} after {}.",
            last_error(&dense),
            dense.max_steps
        ),
        format!("at λ = {}, far outside of {}, training arrives.", far.start_distance, two_digits(ball(&far))),
        format!("{:.2} % a step against {:.2} %: about ten.", 100.0 * fast, 100.0 * slow),
        format!("The curvature predicts {:.2} % a step.", 100.0 * fast),
        format!("ln 10 / {fast:.4}, about 410; to 10⁻⁴, four times as many."),
        format!("If it misses a tenth, no training brings the error below {least:.2};"),
        format!("have a smaller r̃: {} instead of {}.", width(&disjoint), shared.mask().width(0)),
        format!("(30 √40)² / (8 · 5⁴) = {}.", width(&disjoint)),
        "Five neurons have 20 weights each, and no two share a feature. What is r̃ by (5)?".to_owned(),
        "The 5 pairs of a neuron with itself count twice, the 20 others once:".to_owned(),
        format!("It falls to {falls:.2} of what it was. The trend of (9) is 1/√2;"),
        "is the start in the ball of Theorem 1?".to_owned(),
        format!("the ball is {}, the start lies at {}.", two_digits(ball(&opening)), opening.start_distance),
        "In 10 minutes".to_owned(),
        "In 45 minutes".to_owned(),
        "In 90 minutes".to_owned(),
    ]
}

#[test]
fn every_number_of_the_guide_is_computed() {
    let mut left = words();
    let mut missing = claims();
    missing.retain(|claim| {
        let there = left.contains(claim);
        left = left.replacen(claim, "", 1);
        !there
    });
    assert!(missing.is_empty(), "these are not in the guide: {missing:#?}");
    let unchecked: Vec<&str> = left.split(' ').filter(|word| word.contains(|c: char| c.is_ascii_digit())).collect();
    assert!(unchecked.is_empty(), "nobody checks {unchecked:?}");
}

#[test]
fn every_link_of_the_guide_leads_to_a_beat_and_the_page_leads_to_the_guide() {
    let file = file_of("teachers");
    let links: Vec<&str> = file.split("href=\"../#").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    assert!(links.len() > 12, "{links:?}");
    for link in links {
        let (read, notices) = parse(link);
        let place = read.scene.unwrap_or_else(|| panic!("{link}: {notices:?}"));
        assert!(place.beat < sections(SCENES[place.scene].0).len(), "{link}");
    }
    assert!(include_str!("../../index.html").contains("href=\"scenes/teachers.html\""));
    assert!(include_str!("../../README.md").contains("www/scenes/teachers.html"));
}
