//! A picture a scene and language, for its own page and for paper: drawn from the run of one of its beats, and the same as
//! what is drawn today. `cargo xtask pictures` makes them anew.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::{env, fs};

use winning_ticket::charts::curves::{self, Curve, Scale, Style};
use winning_ticket::charts::relative_error::{Beside, Ghost};
use winning_ticket::charts::{Palette, convex_region, recovered, relative_error, to_svg};
use winning_ticket::language::{Catalogue, Language, speak, spoken, translate};
use winning_ticket::link::scene::SCENES;
use winning_ticket::network::Population;
use winning_ticket::pruning::{Pruning, Search};
use winning_ticket::spec::{Spec, Twin};
use winning_ticket::tensor::Recovered;
use winning_ticket::training::Trainer;
use winning_ticket::trials::{Forecast, Probe, Radius, Ticket, probe, probe_distance, reach_quartiles};

use super::sections;

/// Set by `cargo xtask pictures`: the pictures are made anew instead of compared.
pub const REMAKE: &str = "WINNING_TICKET_PICTURE";
/// Names the language of the process that draws in another one than English: it is chosen once a process.
const LANGUAGE: &str = "WINNING_TICKET_LANGUAGE";
/// Width and height of a picture over the iterations.
const WIDE: (f64, f64) = (560.0, 250.0);
/// Those of the disc.
const DISC: (f64, f64) = (360.0, 300.0);
/// Probes in a disc: as many as the page runs.
const PROBES: u32 = 96;

/// The name of an earlier run in the language of the pictures.
fn named(name: &'static str) -> &'static str {
    match (spoken(), name) {
        (Language::German, "without noise") => "ohne Rauschen",
        (Language::German, "twice as many") => "doppelt so viele",
        (Language::German, "60 samples") => "60\u{a0}Datenpunkte",
        _ => translate(name),
    }
}

fn spec_of(key: &str, beat: usize) -> Spec {
    sections(key)[beat].link().expect("a beat with a run").spec
}

/// The relative error of a run to its end.
fn errors(spec: &Spec) -> Vec<f64> {
    trained(spec).relative_error().to_vec()
}

/// The run at its end.
pub fn trained(spec: &Spec) -> Trainer {
    let mut trainer = Trainer::new(spec);
    while trainer.stopped().is_none() {
        trainer.advance(50);
    }
    trainer
}

/// The relative error of `spec`, beside what it is compared with: the run in lock step, or earlier ones by their names.
pub fn error(spec: &Spec, twin: Option<Twin>, ghosts: &[(&'static str, Spec)], title: &str) -> String {
    let (run, forecast) = (errors(spec), Forecast::draw(spec));
    let other = twin.map(|twin| (twin, twin.of(spec)));
    let beside = other.as_ref().map(|(twin, other)| (twin.name(other), errors(other), other.momentum == 0.0));
    let ghosts: Vec<Ghost> = ghosts
        .iter()
        .map(|(name, spec)| Ghost { relative_error: errors(spec), label: named(name).to_owned() })
        .collect();
    let snapshot = relative_error::Snapshot {
        size: WIDE,
        relative_error: &run,
        now: run.len() - 1,
        is_loss: false,
        name: twin.map_or(translate("learner"), |twin| twin.name(spec)),
        beside: beside.as_ref().map(|(name, errors, is_descent)| Beside {
            relative_error: errors,
            now: errors.len() - 1,
            name,
            is_descent: *is_descent,
        }),
        predicted_rate: forecast.rate_predicted,
        rate_before: None,
        most_steps: spec.max_steps,
        noise_floor: forecast.noise_floor.unwrap_or(0.0),
        ghosts: &ghosts,
        cursor: None,
        lights_prediction: false,
    };
    to_svg(&snapshot, &Palette::LIGHT, title)
}

/// All probes of `spec`.
pub fn probed(spec: &Spec) -> Vec<Probe> {
    (0..PROBES).map(|index| probe(spec, index, probe_distance(index))).collect()
}

/// The disc of `spec` with these probes.
pub fn disc(spec: &Spec, probes: &[Probe], title: &str) -> String {
    let forecast = Forecast::draw(spec);
    let snapshot = convex_region::Snapshot {
        size: DISC,
        theorem1_radius: forecast.theorem1_radius.ok(),
        theorem2_reach: forecast.theorem2_reach.ok(),
        rings_stale: false,
        reach_quartiles: reach_quartiles(probes),
        radius: Radius::of(probes),
        probes,
        stale: false,
        path: &[(spec.start_distance, 0.0)],
        beside: None,
        picked: None,
        lit: convex_region::LitRings::default(),
        most_steps: spec.max_steps,
    };
    to_svg(&snapshot, &Palette::LIGHT, title)
}

/// What the moments tell of the neurons.
fn directions(spec: &Spec, title: &str) -> String {
    let trainer = Trainer::new(spec);
    let start = trainer.moments().expect("asked").as_ref().expect("a start");
    let recovered = Recovered::of(start, &trainer.problem().oracle);
    to_svg(&recovered::Snapshot { size: (WIDE.0, 180.0), neurons: &recovered.neurons }, &Palette::LIGHT, title)
}

/// The test error of the tickets over the pruning ratio, by the search that the card below the lab makes at first.
fn tickets(spec: &Spec, title: &str) -> String {
    let mut search = Search::new(spec, Pruning::iterative(0.8));
    let (mut trained, mut untrained) = (Vec::new(), Vec::new());
    loop {
        search.train();
        let ticket = Ticket::of(&search);
        let oracle = &search.ticket().problem().oracle;
        let kept = oracle.projected(search.ticket().mask().clone());
        let start = Population::new(search.ticket().mask(), oracle).test_error(search.ticket_start(), &kept);
        trained.push((ticket.pruning_ratio, ticket.test_error_expected));
        untrained.push((ticket.pruning_ratio, start));
        if search.is_last() {
            break;
        }
        search.prune();
    }
    let curves = vec![
        Curve { name: "trained", style: Style::Learner, points: trained },
        Curve { name: "untrained", style: Style::Quiet, points: untrained },
    ];
    to_svg(&curves::Snapshot { size: WIDE, x: Scale::Ratio, curves, marked: None }, &Palette::LIGHT, title)
}

/// The picture of a scene.
fn picture(key: &str, title: &str) -> String {
    let at = |beat| spec_of(key, beat);
    match key {
        "tour" => error(&at(3), None, &[], title),
        "setup" => error(&at(2), None, &[], title),
        "region" => disc(&at(2), &probed(&at(2)), title),
        "faster" => error(&at(2), Some(Twin::Dense), &[], title),
        "momentum" => error(&at(2), Some(Twin::Momentum), &[], title),
        "samples" => error(&at(1), None, &[("N\u{a0}=\u{a0}100", at(0))], title),
        "overlap" => error(&at(2), None, &[("shared", at(0))], title),
        "noise" => error(&at(2), None, &[("without noise", at(0))], title),
        "masks" => error(&at(3), None, &[("right mask", at(0)), ("twice as many", at(1))], title),
        "nothing" => directions(&at(1), title),
        "lottery" => tickets(&at(0), title),
        "fails" => error(&at(4), None, &[("60 samples", at(1)), ("r̃\u{a0}=\u{a0}80", at(2))], title),
        "limits" => disc(&at(0), &probed(&at(0)), title),
        other => panic!("{other} has no picture"),
    }
}

/// What stands in `text` between two others.
pub fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    Some(text.split_once(from)?.1.split_once(to)?.0)
}

/// The folder of the scenes in a language.
fn folder(language: Language) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/scenes");
    match language {
        Language::English => folder,
        other => folder.join(other.key()),
    }
}

/// This test again, in a process that speaks `language`.
fn in_a_process_of_its_own(language: Language) -> Child {
    let mut test = Command::new(env::current_exe().expect("this program"));
    test.args(["--exact", "pictures::each_scene_has_the_picture_of_its_outcome_with_words_for_who_cannot_see_it"]);
    test.env(LANGUAGE, language.key()).spawn().expect("it starts again")
}

#[test]
fn each_scene_has_the_picture_of_its_outcome_with_words_for_who_cannot_see_it() {
    let (mut differ, remakes, language) = (Vec::new(), env::var_os(REMAKE).is_some(), env::var(LANGUAGE).ok());
    let others: Vec<Child> = match &language {
        None => Language::ALL.into_iter().filter(|other| *other != spoken()).map(in_a_process_of_its_own).collect(),
        Some(key) => {
            let language = Language::by_key(key).expect("a language");
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("www/languages/{key}.json"));
            let catalogue = Catalogue::read(&fs::read(file).expect("its words")).expect("a catalogue");
            speak(language, catalogue.messages);
            Vec::new()
        }
    };
    for (key, ..) in SCENES {
        let page = fs::read_to_string(folder(spoken()).join(format!("{key}.html"))).expect("a page");
        let tag = between(&page, &format!("<img src=\"{key}.svg\""), ">").unwrap_or_else(|| panic!("{key}"));
        let words = between(tag, "alt=\"", "\"").expect("words");
        assert!((60..400).contains(&words.chars().count()) && words.ends_with('.'), "{key}: “{words}”");
        let svg = picture(key, words);
        let size = between(&svg, "<svg ", " viewBox").and_then(|head| head.split_once("width=")).expect("a size").1;
        assert!(tag.contains(size), "{key}: a picture of {size} in {tag}");
        let file = folder(spoken()).join(format!("{key}.svg"));
        if remakes {
            fs::write(&file, svg).expect("the folder is in the checkout");
        } else if fs::read_to_string(&file).ok().as_deref() != Some(&svg) {
            differ.push(key);
        }
    }
    assert!(
        differ.is_empty(),
        "{differ:?} are not what is drawn now in {}: if that is right, `cargo xtask pictures` keeps it",
        spoken().key()
    );
    for mut other in others {
        assert!(other.wait().expect("it ends").success(), "the pictures of another language: see above");
    }
}
