//! What the page shows before its program runs: still pictures of the run it opens with, and their numbers in words. They
//! are what the program shows of it at its end. `cargo xtask pictures` makes the pictures anew.

use std::path::Path;
use std::{env, fs};

use winning_ticket::charts::{Palette, mask_overlap, to_svg};
use winning_ticket::spec::Spec;
use winning_ticket::trials::{Report, region_sentence};

use super::pictures::{REMAKE, between, disc, error, probed, trained};

#[test]
fn before_its_program_runs_the_page_shows_the_run_it_opens_with() {
    let spec = Spec::default();
    let (trainer, probes) = (trained(&spec), probed(&spec));
    let report = Report::of(&spec, &trainer);

    let page = include_str!("../../index.html");
    let words = between(page, "<p class=\"still\" id=\"still-words\" translate=\"no\">", "</p>").expect("the words");
    let floor = report.forecast.noise_floor;
    let band = region_sentence(&probes, &spec, trainer.mask().weights(), floor);
    assert_eq!(
        words.replace("<i class=\"m\">W</i>", "W").replace("&nbsp;", "\u{a0}"),
        format!("{} {band}", report.sentence())
    );

    let oracle = trainer.problem().oracle.projected(trainer.mask().clone());
    let masks = mask_overlap::Snapshot {
        size: (600.0, 168.0),
        oracle: &oracle,
        oracle_mask: trainer.problem().oracle.mask(),
        weights: Some(trainer.weights()),
        lit: None,
        cursor: None,
    };
    let mut differ = Vec::new();
    for (name, draw) in [
        ("error", &(|title: &str| error(&spec, None, &[], title)) as &dyn Fn(&str) -> String),
        ("disc", &|title: &str| disc(&spec, &probes, title)),
        ("mask", &|title: &str| to_svg(&masks, &Palette::LIGHT, title)),
    ] {
        let tag = between(page, &format!("<img class=\"still\" src=\"stills/{name}.svg\""), ">").expect("a picture");
        let svg = draw(between(tag, "alt=\"", "\"").expect("words"));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("www/stills/{name}.svg"));
        if env::var_os(REMAKE).is_some() {
            fs::write(&file, svg).expect("the folder is in the checkout");
        } else if fs::read_to_string(&file).ok().as_deref() != Some(&svg) {
            differ.push(name);
        }
    }
    assert!(
        differ.is_empty(),
        "{differ:?} in www/stills are not what is drawn now: if that is right, `cargo xtask pictures` keeps it"
    );
}
