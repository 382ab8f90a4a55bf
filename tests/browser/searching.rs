//! The search for a mask on the page: round by round, with a lottery, by a link, and from a figure's trial.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;
use winning_ticket::pruning::{Lot, Pruning, Search};
use winning_ticket::trials::{Stage, Staged, Ticket, Tried, Wanted};
use winning_ticket::{link, spec::Spec};

use super::accessibility::{assert_accessible, assert_no_sideways_scroll};
use super::figures;
use super::page::Page;

const SMALL: &str = "v=1&r=5&N=60&K=3&d=20&seed=1&T=200";

fn text(page: &Page, id: &str) -> Result<String> {
    page.script(&format!("return document.getElementById('search-{id}').textContent"), &[])
}

fn unfold(page: &Page) -> Result<()> {
    page.script::<()>("document.querySelector('#search > summary').scrollIntoView({ block: 'center' })", &[])?;
    page.click("#search > summary")
}

fn set(page: &Page, id: &str, value: &str) -> Result<()> {
    page.script::<()>(
        "document.getElementById(arguments[0]).value = arguments[1]",
        &[json!(format!("search-{id}")), json!(value)],
    )
}

fn until_it_is_over(page: &Page) -> Result<()> {
    page.wait_for("all rounds", "return document.getElementById('search-progress').textContent.endsWith('all done')")
}

/// What is told of the round that is looked at under this name.
fn fact(page: &Page, name: &str) -> Result<String> {
    let script = "const terms = [...document.querySelectorAll('#search-facts dt')];
                  return terms.find(term => term.textContent === arguments[0])?.nextSibling.textContent ?? ''";
    page.script(script, &[json!(name)])
}

pub fn each_round_of_a_search_is_the_one_of_the_command_line(page: &Page) -> Result<()> {
    page.open(&format!("{SMALL}&prune=magnitude,0.6,3,rewind"))?;
    until_it_is_over(page)?;
    let spec = link::parse(SMALL).0.spec;
    let mut search = Search::new(&spec, Pruning { rounds: 3, ..Pruning::iterative(0.6) });
    let mut digests = Vec::new();
    loop {
        search.train();
        digests.push(Ticket::of(&search).digest);
        if search.is_last() {
            break;
        }
        search.prune();
    }
    // The bar goes both ways.
    page.script::<()>("document.getElementById('search-round').focus()", &[])?;
    for round in (0..=3).rev().chain([1]) {
        let told = format!("document.getElementById('search-round-number').textContent === '{round}'");
        page.wait_for("the round", &format!("return {told}"))?;
        let shown = fact(page, "Digest")?;
        ensure!(shown == digests[round], "round {round} has the digest {shown}, the command line {}", digests[round]);
        page.press(if round == 0 { Key::Right } else { Key::Left })?;
    }
    assert_accessible(page, "a search")
}

pub fn a_search_waits_between_rounds_and_ends_in_a_lottery(page: &Page) -> Result<()> {
    page.open(SMALL)?;
    unfold(page)?;
    set(page, "ratio", "0.6")?;
    set(page, "count", "2")?;
    page.click("#search-waits")?;
    page.click("#search-run")?;
    for round in 0..2 {
        let number = format!("document.getElementById('search-round-number').textContent === '{round}'");
        let waits = "document.getElementById('search-pause').textContent === 'Next round'";
        page.wait_for("a pause", &format!("return {number} && {waits}"))?;
        page.click("#search-pause")?;
    }
    until_it_is_over(page)?;
    page.click("#search-draw")?;
    page.wait_for("the lottery", "return document.getElementById('search-lottery-words').textContent.length > 0")?;
    let told = text(page, "lottery-words")?;
    let spec = link::parse(SMALL).0.spec;
    let expected = lots(&spec, Pruning { rounds: 2, ..Pruning::iterative(0.6) });
    for staged in expected {
        let error = winning_ticket::notation::significant(staged.ticket.test_error_expected, 3);
        ensure!(told.contains(&error), "the lottery says “{told}”, not {error}");
    }
    assert_accessible(page, "a lottery")?;
    // What cannot be is told, and the search stays.
    set(page, "ratio", "1.2")?;
    page.click("#search-run")?;
    page.wait_for("a sentence", "return document.getElementById('search-mistake').textContent.includes('must be')")?;
    ensure!(!text(page, "lottery-words")?.is_empty(), "the search is gone");
    page.click("#search-cancel")?;
    page.wait_for("no search", "return document.getElementById('search-results').hidden")
}

/// The three lots after all rounds.
fn lots(spec: &Spec, pruning: Pruning) -> [Staged; 3] {
    let mut supports = Vec::new();
    for round in 0..=pruning.rounds {
        let staged = Staged::train(spec, pruning, Stage::Round(round), &supports);
        supports = staged.next.unwrap_or(staged.supports);
    }
    Lot::ALL.map(|lot| Staged::train(spec, pruning, Stage::Lot(lot), &supports))
}

pub fn a_trial_of_figure_7_opens_where_masks_are_sought(page: &Page) -> Result<()> {
    page.open(SMALL)?;
    figures::choose_first_trial(page, 7)?;
    page.wait_for("its search", "return document.getElementById('search').open")?;
    until_it_is_over(page)?;
    let shown = page.until("its link", |shown| shown.fragment.contains("&prune="))?;
    let (link, _) = link::parse(&shown.fragment);
    let pruning = link.pruning.context("a search")?;
    let tried = Tried::search(&link.spec, pruning, Wanted::default());
    let digest = fact(page, "Digest")?;
    ensure!(digest == tried.digest, "the page ends at {digest}, the trial at {}", tried.digest);
    Ok(())
}

pub fn a_search_can_be_used_on_a_phone(page: &Page) -> Result<()> {
    page.emulate_screen(390, 844, 2.0)?;
    page.open(&format!("{SMALL}&prune=grasp-abs,0.5,1,0.5"))?;
    until_it_is_over(page)?;
    assert_no_sideways_scroll(page, "a search on a phone")?;
    assert_accessible(page, "a search on a phone")
}
