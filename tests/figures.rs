//! The paper's figures: their cards on the page, and what is recorded of them.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it reads recorded results")]

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use winning_ticket::figures::{CellRecord, FIGURES, Figure, Preset, Record};
use winning_ticket::notation::grouped;
use winning_ticket::spec::EPOCH;
use winning_ticket::trials::{Tried, Wanted};

/// Bytes of a recorded figure at most: it is loaded by the page.
const MOST_BYTES: usize = 200_000;

fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_has_a_card_for_each_figure_with_its_claim() {
    let page = include_str!("../index.html");
    let section = page.split_once("<section id=\"paper\"").expect("a section").1;
    let cards: Vec<String> =
        section.split("<details id=\"figure-").skip(1).map(|card| text_of(&format!("<{card}"))).collect();
    assert_eq!(cards.len(), FIGURES.len());
    for (card, figure) in cards.iter().zip(FIGURES) {
        let Figure { number, title, claim, .. } = figure;
        let recorded = recorded().into_iter().find(|(record, _)| record.figure == *number);
        let verdict = recorded.map_or("", |(record, _)| record.reading.verdict.words());
        let expected = format!("{} {title} {claim} {verdict}", figure.name());
        assert!(card.starts_with(expected.trim_end()), "“{card}” should begin with “{expected}”");
    }
}

/// The recorded figures with the sizes of their files.
fn recorded() -> Vec<(Record, usize)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("recorded");
    let read = |figure: &&Figure| {
        let text = fs::read_to_string(folder.join(format!("fig{:02}.json", figure.number))).ok()?;
        Some((serde_json::from_str(&text).expect("a record"), text.len()))
    };
    FIGURES.iter().filter_map(read).collect()
}

#[test]
fn what_is_recorded_is_of_the_present_bits_and_plans_and_is_on_the_page() {
    let recorded = recorded();
    assert!(!recorded.is_empty());
    for (record, bytes) in recorded {
        let figure = Figure::by_number(record.figure).expect("a figure");
        assert!(bytes <= MOST_BYTES, "figure {} has {bytes} bytes", record.figure);
        assert_eq!((record.bits, record.version.as_str()), (EPOCH, env!("CARGO_PKG_VERSION")));
        assert_eq!(record.preset, Preset::Full.key());
        let plan = figure.plan(Preset::Full, None);
        assert_eq!(record.plan, plan.digest(), "figure {} was recorded by another plan", record.figure);
        let day: Vec<usize> = record.date.split('-').map(str::len).collect();
        assert_eq!(day, [4, 2, 2], "“{}” is no day", record.date);
        for (place, cell) in record.cells.iter().enumerate() {
            assert_eq!(cell.ends.len(), plan.numbers(place).len(), "figure {}", record.figure);
        }
        let name = format!("recorded/fig{:02}.postcard", record.figure);
        let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&name)).expect("it is beside the JSON");
        assert_eq!(Record::read(&bytes).as_ref(), Some(&record), "{name} is not the record");
        let copied = format!("href=\"{name}\"");
        let marked = format!("<details id=\"figure-{}\" name=\"paper\" data-recorded>", record.figure);
        assert!(include_str!("../index.html").contains(&marked), "the card does not say that it is recorded");
        assert!(include_str!("../index.html").contains(&copied), "the page does not have {copied}");
    }
}

/// Of searches that takes minutes: it is done in the long mode.
#[test]
fn the_cheapest_recorded_trials_give_the_recorded_digests() {
    let long = std::env::var_os("WINNING_TICKET_LONG").is_some();
    for (record, _) in recorded().into_iter().filter(|(record, _)| long || !record.searches()) {
        // Multiply-adds of a step times trials, about.
        let cost = |cell: &&CellRecord| {
            let spec = cell.spec_of(0);
            let width = if cell.pruning.is_some() { spec.dimension as f64 } else { cell.x };
            (spec.neurons as f64 * width).powi(2) * spec.max_steps as f64 * cell.ends.len() as f64
        };
        let cheapest = record.cells.iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).expect("cells");
        let tried: Vec<Tried> = (0..cheapest.ends.len() as u32)
            .into_par_iter()
            .map(|index| match cheapest.pruning {
                Some(pruning) => Tried::search(&cheapest.spec_of(index), pruning, Wanted::default()),
                None => Tried::run(&cheapest.spec_of(index), Wanted::default()),
            })
            .collect();
        assert!(tried.iter().map(|tried| tried.outcome).eq(cheapest.outcomes()), "figure {}", record.figure);
        let mut hasher = Sha256::new();
        tried.iter().for_each(|tried| hasher.update(tried.digest.as_bytes()));
        let digest: String = hasher.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, cheapest.digest, "figure {}", record.figure);
    }
}

/// The row of README's table for a figure.
fn row(figure: &Figure, record: Option<&Record>) -> String {
    let told = record.map_or("not yet recorded at full size".to_owned(), |record| {
        let reading = &record.reading;
        let claimed = reading.fits.iter().filter(|fit| fit.against == figure.along || fit.series.is_none());
        let lines = claimed.map(|fit| match fit.series {
            Some(series) if figure.series.len() > 1 => format!("{}: {}", figure.series[series], fit.words()),
            _ => fit.words(),
        });
        let said: Vec<String> = lines.chain(reading.caveats.iter().cloned()).collect();
        format!("**{}**, {} trials. {}", reading.verdict.words(), grouped(record.trials), said.join("; "))
    });
    let name = figure.name();
    format!("| {} | {} | {told} |", name.trim_start_matches("Figure "), figure.claim)
}

#[test]
fn the_readme_tells_what_is_recorded() {
    let recorded = recorded();
    for figure in FIGURES {
        let record = recorded.iter().map(|(record, _)| record).find(|record| record.figure == figure.number);
        let row = row(figure, record);
        assert!(include_str!("../README.md").contains(&row), "README.md lacks this row:\n{row}");
    }
}
