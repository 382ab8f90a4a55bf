//! The scenes of the lecture say what is the case: every beat's link is a run, and that ends as the beat says.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it reads the scenes, and runs itself in another language"
)]

mod pictures;
mod stills;
mod teachers;
mod translated;

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use winning_ticket::link::scene::{Place, SCENES};
use winning_ticket::link::{Link, parse};
use winning_ticket::network::{Supports, effective_width};
use winning_ticket::spec::{FOUND, Spec};
use winning_ticket::training::{StopReason, Trainer};
use winning_ticket::trials::{Forecast, Probe, Radius, probe, probe_distance};

/// A section of a scene's file.
struct Section {
    tag: String,
    text: String,
}

impl Section {
    fn attribute(&self, name: &str) -> Option<String> {
        let (_, rest) = self.tag.split_once(&format!(" data-{name}=\""))?;
        Some(rest.split_once('"').expect("a value ends").0.replace("&amp;", "&"))
    }

    fn link(&self) -> Option<Link> {
        let fragment = self.attribute("link")?;
        let (link, notices) = parse(&fragment);
        assert_eq!(notices, Vec::<String>::new(), "{fragment}");
        Some(link)
    }
}

fn file_of(key: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("www/scenes/{key}.html"));
    fs::read_to_string(&path).unwrap_or_else(|missing| panic!("{}: {missing}", path.display()))
}

fn sections(key: &str) -> Vec<Section> {
    let file = file_of(key);
    let sections = file.split("<section").skip(1).map(|section| {
        let (tag, text) = section.split_once('>').expect("a tag ends");
        let text = text.split_once("</section>").expect("a section ends").0;
        Section { tag: tag.to_owned(), text: text.replace("&nbsp;", " ") }
    });
    sections.collect()
}

fn beats() -> impl Iterator<Item = (&'static str, usize, Section)> {
    SCENES
        .iter()
        .flat_map(|(key, ..)| sections(key).into_iter().enumerate().map(|(beat, section)| (*key, beat, section)))
}

#[test]
fn every_scene_has_its_file_its_title_and_its_place_in_the_list() {
    let page = include_str!("../../index.html");
    for (scene, (key, title, beats)) in SCENES.iter().enumerate() {
        assert_eq!(sections(key).len(), *beats, "beats of {key}");
        let file = file_of(key);
        assert!(file.contains(&format!("<h1>{title}</h1>")), "{key}");
        assert!(file.contains(&format!("href=\"../#scene={}\"", Place { scene, beat: 0 }.key())), "{key}");
        let item = format!("<li><a href=\"scenes/{key}.html\" data-scene=\"{key}\">{title}</a></li>");
        // The tour is offered elsewhere.
        assert!(page.contains(&item) || scene == 0, "{key} is not in the list");
    }
    assert!(page.contains("href=\"scenes/tour.html\""));
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("www/scenes")).expect("scenes").count();
    assert_eq!(
        files,
        2 * SCENES.len() + 4,
        "two files a scene, the guide, the style sheet, a script and the German pages"
    );
}

#[test]
fn a_beat_is_short_a_vote_has_answers_and_a_hidden_outcome_and_what_it_hides_is_seen_in_the_next() {
    for (key, beat, section) in beats() {
        let words: String =
            section.text.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text)).collect();
        let length = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().count();
        assert!((40..=320).contains(&length), "{key}.{}: {length} characters", beat + 1);
        let answers = section.text.matches("<li>").count();
        assert_eq!(section.attribute("hides").is_some(), answers > 0, "{key}.{}", beat + 1);
        assert!(answers == 0 || (2..=4).contains(&answers), "the keys 1 to 4");
        let sections = sections(key);
        assert!(answers == 0 || sections.get(beat + 1).is_some_and(|next| next.attribute("hides").is_none()), "{key}");
        // On a phone that picture comes first.
        let shows = section.attribute("shows");
        assert!(shows.is_some_and(|shows| ["error", "disc", "masks"].contains(&shows.as_str())), "{key}.{}", beat + 1);
        let speed = section.attribute("plays");
        assert!(
            speed.is_none_or(|speed| include_str!("../../index.html").contains(&format!("<option value=\"{speed}\"")))
        );
    }
}

#[test]
fn each_run_of_a_beat_ends_as_it_says() {
    let mut ends = 0;
    for (key, beat, section) in beats() {
        let Some(Link { spec, .. }) = section.link() else { continue };
        let Some(said) = section.attribute("ends") else { continue };
        let mut trainer = Trainer::new(&spec);
        while trainer.stopped().is_none() {
            trainer.advance(50);
        }
        let error = trainer.relative_error()[trainer.steps()];
        let ended = match trainer.stopped() {
            Some(StopReason::Diverged) => "diverged",
            _ if error < FOUND => "found",
            _ => "away",
        };
        let floor = || Forecast::draw(&spec).noise_floor.expect("there is noise");
        match said.as_str() {
            "floor" => assert!(error < 1.5 * floor() && error > 0.5 * floor(), "{key}.{}: {error}", beat + 1),
            "falling" => {
                let rate = Forecast::draw(&spec).rate_predicted.expect("a rate");
                assert!(ended == "away" && rate < 1.0, "{key}.{}: more steps lead nowhere", beat + 1);
            }
            "elsewhere" => assert_eq!(ended, "away", "{key}.{}: {error}", beat + 1),
            _ => assert_eq!(ended, said, "{key}.{}: {error}", beat + 1),
        }
        ends += 1;
    }
    assert!(ends >= 15, "{ends} beats say how they end");
}

#[test]
fn the_numbers_of_the_beats_are_those_of_the_theory() {
    let spec = |key: &str, beat: usize| sections(key)[beat].link().expect("a run").spec;
    // Momentum: what the curvature predicts with it and without.
    let rate = |momentum| {
        let spec = Spec { momentum, ..spec("momentum", 2) };
        100.0 * (1.0 - Forecast::draw(&spec).rate_predicted.expect("a rate"))
    };
    let told = &sections("momentum")[2].text;
    for percent in [rate(0.9), rate(0.0)] {
        assert!(told.contains(&format!("{percent:.2} %")), "{percent} in {told}");
    }
    // Where training ends, and how the proved ball grows.
    let mut trainer = Trainer::new(&spec("momentum", 3));
    trainer.advance(5000);
    assert!(sections("momentum")[3].text.contains(&format!("after {} steps", trainer.steps())), "{}", trainer.steps());
    let ball = |beat| Forecast::draw(&spec("region", beat)).theorem1_radius.expect("a ball");
    let told = format!("from {:.3} to {:.3}", ball(0), ball(2));
    assert!(sections("region")[2].text.contains(&told), "{told}");
    // The measured radius, by as many probes as the page runs: tenfold within a factor of two.
    let measured = |beat| {
        let probes: Vec<Probe> =
            (0..96).into_par_iter().map(|index| probe(&spec("region", beat), index, probe_distance(index))).collect();
        match Radius::of(&probes) {
            Radius::Within(half) => half.value,
            other => panic!("beat {beat}: {other:?}"),
        }
    };
    let grown = measured(2) / measured(0);
    assert!(sections("region")[2].text.contains("about tenfold") && (5.0..20.0).contains(&grown), "{grown}");
    // Overlap: 20 weights a neuron in both, and the effective width that the prose tells.
    let width = effective_width(&Supports::draw(&spec("overlap", 2)).mask());
    assert!(sections("overlap")[1].text.contains(&format!("falls to {width:.1}")), "{width}");
    for beat in [0, 2] {
        let mask = Supports::draw(&spec("overlap", beat)).mask();
        assert!((0..5).all(|j| mask.width(j) == 20), "beat {beat}");
    }
}
