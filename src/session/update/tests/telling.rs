//! What who cannot see the page is told.

use super::SMALL;
use super::page::{END, Page};
use crate::figures::Figure;
use crate::pruning::Asked;
use crate::session::event::Event;
use crate::session::figures;
use crate::session::searching::Doing;

/// What was said since the last call; fails where two sentences came within two seconds.
#[track_caller]
fn said(page: &mut Page) -> Vec<String> {
    assert!(page.announced.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 2000.0), "{:?}", page.announced);
    let last = page.announced.last().cloned();
    let said = page.announced.drain(..).map(|(_, sentence)| sentence.replace('\u{a0}', " ")).collect();
    // The next one must not come too soon after it.
    page.pass(if last.is_some_and(|(at, _)| page.now - at < 2000.0) { 2100.0 } else { 0.0 });
    assert!(page.announced.is_empty(), "{:?}", page.announced);
    said
}

#[test]
fn a_drag_has_one_response_when_it_has_ended() {
    let mut page = Page::open(SMALL);
    page.pass(10_000.0);
    assert!(said(&mut page)[0].starts_with("At the start: "));
    for position in (3..=5).rev().flat_map(|width| [f64::from(width); 12]) {
        page.tell(Event::Slid("r", position));
        page.pass(16.0);
    }
    for position in 0..60 {
        page.tell(Event::Slid("N", 100.0 + f64::from(position)));
        page.pass(16.0);
    }
    assert!(page.announced.is_empty(), "{:?}", page.announced);
    page.pass(10_000.0);
    let told = said(&mut page);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("Effective width 3, was 5. Samples ") && told[0].contains("Theorem 1’s ball"),
        "{told:?}"
    );
    // Back says where the run stands, as any link does.
    page.go_to(SMALL);
    page.pass(5000.0);
    assert!(said(&mut page).iter().all(|sentence| sentence.starts_with("At the start: ")));
}

#[test]
fn a_run_tells_that_it_trains_and_how_it_ended() {
    let mut page = Page::open(SMALL);
    page.pass(10_000.0);
    said(&mut page);
    page.tell(Event::Speed("100".to_owned()));
    page.tell(Event::PlayOrPause);
    page.pass(9000.0);
    assert_eq!(page.step(), END);
    let told = said(&mut page);
    assert_eq!((told.len(), told[0].as_str()), (2, "Training …"), "{told:?}");
    assert!(told[1].contains(&format!("after {END} steps")), "{told:?}");
}

#[test]
fn a_search_tells_of_its_rounds_and_its_end_and_of_the_lottery() {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    said(&mut page);
    let [method, ratio, rounds, restart] = ["imp", "0.6", "3", ""].map(str::to_owned);
    page.tell(Event::Search(Doing::WaitsBetween(true)));
    page.tell(Event::Search(Doing::Runs(Asked { method, ratio, rounds, restart })));
    page.pass(5000.0);
    assert!(said(&mut page)[0].starts_with("The dense network is trained: 0 % pruned"));
    page.tell(Event::Search(Doing::Pauses));
    page.pass(5000.0);
    let told = said(&mut page);
    assert!(told[0].starts_with("Round 1 of 3 is done: ") && told[0].ends_with(" The next one waits."), "{told:?}");
    page.tell(Event::Search(Doing::WaitsBetween(false)));
    page.pass(9000.0);
    let told = said(&mut page);
    assert!(
        told.last().is_some_and(|told| told.starts_with("The search has ended after 3 rounds: 60 % pruned")),
        "{told:?}"
    );
    page.tell(Event::Search(Doing::DrawsLots));
    page.pass(9000.0);
    let told = said(&mut page);
    assert!(told.last().is_some_and(|told| told.starts_with("The lottery is drawn. ")), "{told:?}");
}

#[test]
fn a_figure_tells_its_quarters_and_whether_the_claim_holds() {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    said(&mut page);
    let figure = Figure::by_number(5).expect("a figure");
    page.tell(Event::Figure(figures::Doing::Unfolds(figure.number, false)));
    page.tell(Event::Figure(figures::Doing::Sizes("quick".to_owned())));
    page.tell(Event::Figure(figures::Doing::RunsOrPauses));
    page.pass(30_000.0);
    let told = said(&mut page);
    assert!(told.len() <= 4 && told.iter().all(|told| told.starts_with("Figure 5: ")), "{told:?}");
    let last = told.last().expect("its end");
    assert!(last.contains(" trials, all done. The claim "), "{last}");
}
