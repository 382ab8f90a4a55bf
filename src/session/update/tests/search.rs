//! The search for a mask, run in the page.

use super::page::Page;
use crate::notation::significant;
use crate::pruning::{Asked, Lot, Pruning, Search};
use crate::session::event::{Event, FromWorker};
use crate::session::searching::{Doing, ToDo};
use crate::spec::Spec;
use crate::trials::messages::Request;
use crate::trials::{SearchRecord, Stage, Staged, Ticket};

const SMALL: &str = "v=1&r=5&N=60&K=3&d=20&seed=1&T=100";

fn is_stage(request: &Request) -> bool {
    matches!(request, Request::Stage { .. })
}

fn runs(method: &str, ratio: &str, rounds: &str, restart: &str) -> Event {
    let [method, ratio, rounds, restart] = [method, ratio, rounds, restart].map(str::to_owned);
    Event::Search(Doing::Runs(Asked { method, ratio, rounds, restart }))
}

/// A page at rest with the search unfolded.
fn unfolded() -> Page {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    page.tell(Event::Search(Doing::Unfolds(true)));
    page.pass(100.0);
    page
}

#[test]
fn a_search_runs_to_what_the_command_line_gives_and_each_round_can_be_looked_at() {
    let mut page = unfolded();
    page.tell(runs("imp", "0.6", "3", ""));
    page.pass(20_000.0);
    let spec = page.session.run().spec.clone();
    let pruning = Pruning { rounds: 3, ..Pruning::iterative(0.6) };
    let searching = page.session.searching();
    assert_eq!((searching.rounds(), searching.progress().as_str()), ((4, 3), "3 rounds of pruning, all done"));
    // By one search, and by its networks one by one.
    let (mut search, mut tickets, mut supports) = (Search::new(&spec, pruning), Vec::new(), Vec::new());
    for round in 0..=3 {
        search.train();
        let staged = Staged::train(&spec, pruning, Stage::Round(round), &supports);
        tickets.push((Ticket::of(&search), staged.test_error));
        if let Some(next) = staged.next {
            search.prune();
            supports = next;
        }
    }
    let expected = SearchRecord::new(&spec, pruning, tickets.iter().map(|(ticket, error)| (ticket, *error)));
    assert_eq!(searching.json(), serde_json::to_string(&expected).ok().map(|text| text + "\n"));
    assert_eq!(searching.csv().map(|text| text.lines().count()), Some(1 + 4));
    assert!(!page.session.wants_frame(), "the page rests");
    assert!(page.address.ends_with("&prune=magnitude,0.6,3,rewind"), "{}", page.address);

    page.tell(Event::Search(Doing::Looks(1)));
    page.pass(100.0);
    let searching = page.session.searching();
    let facts = searching.facts();
    assert_eq!((searching.rounds(), facts[0].value.as_str()), ((4, 1), "1 of 3"));
    assert_eq!(facts.last().map(|fact| fact.value.clone()), Some(tickets[1].0.digest.clone()));
    let masks = searching.masks().expect("masks");
    assert_eq!(masks.oracle.mask().weights(), masks.weights.expect("weights").len());
    assert_eq!(searching.whose(&spec), "The search is for the run of the lab.");
    let other = Spec { samples: 80, ..spec.clone() };
    assert_eq!(searching.whose(&other), "The run of the lab is another one by now: it differs in N.");
    // The masks are those of the ticket that is told of.
    assert_eq!(masks.oracle.agreement(), tickets[1].0.mask_weights);
}

#[test]
fn it_waits_between_rounds_goes_on_pauses_and_is_cancelled() {
    let mut page = unfolded();
    page.tell(Event::Search(Doing::WaitsBetween(true)));
    page.tell(runs("imp", "0.6", "3", ""));
    page.pass(5000.0);
    assert_eq!(page.session.searching().button(), "Next round");
    assert_eq!((page.session.searching().rounds().0, page.asked(is_stage)), (1, 1));
    page.tell(Event::Search(Doing::Pauses));
    page.pass(5000.0);
    assert_eq!(page.session.searching().rounds().0, 2);
    page.tell(Event::Search(Doing::WaitsBetween(false)));
    page.tell(Event::Search(Doing::Pauses));
    page.pass(5000.0);
    // What a worker has of it comes anyhow.
    assert_eq!((page.session.searching().rounds().0, page.session.searching().button()), (3, "Go on"));
    page.tell(Event::Search(Doing::Pauses));
    page.pass(5000.0);
    assert_eq!(page.session.searching().rounds().0, 4);
    assert!(!page.session.searching().goes_on());
    page.tell(Event::Search(Doing::Cancels));
    page.pass(1000.0);
    assert!(!page.session.searching().is_there() && page.session.searching().json().is_none());
    assert!(!page.address.contains("prune"), "{}", page.address);
}

#[test]
fn the_lottery_trains_the_ticket_against_another_start_and_another_mask() {
    let mut page = unfolded();
    page.tell(runs("imp", "0.6", "2", ""));
    page.tell(Event::Search(Doing::DrawsLots));
    page.pass(20_000.0);
    assert!(!page.session.searching().has_lots(), "there is no ticket yet");
    assert!(page.session.searching().can_draw_lots());
    page.tell(Event::Search(Doing::DrawsLots));
    page.pass(20_000.0);
    let searching = page.session.searching();
    let curves = searching.lots().expect("curves").curves;
    assert_eq!(curves.iter().map(|curve| curve.name).collect::<Vec<_>>(), Lot::ALL.map(Lot::name));
    let told = searching.lottery();
    let errors = Lot::ALL.map(|lot| {
        let supports = searching.masks().expect("masks").oracle.mask().clone();
        let supports: Vec<Vec<usize>> = (0..3).map(|j| supports.support(j).to_vec()).collect();
        let pruning = Pruning { rounds: 2, ..Pruning::iterative(0.6) };
        let spec = &page.session.run().spec;
        Staged::train(spec, pruning, Stage::Lot(lot), &supports).ticket.test_error_expected
    });
    let lowest = errors[0] < errors[1].min(errors[2]);
    assert_eq!(told.starts_with("Rewound, the ticket ends lowest"), lowest, "{told}");
    assert!(errors.iter().all(|error| told.contains(&significant(*error, 3))), "{told} of {errors:?}");
    assert_eq!(searching.table().map(|table| table.rows.len()), Some(3 + 3));
    assert!(!searching.can_draw_lots() && !searching.goes_on());
}

#[test]
fn a_link_opens_a_search_and_a_bad_word_is_named() {
    let mut page = Page::open(&format!("{SMALL}&prune=grasp-abs,0.5,1,0.5"));
    page.pass(20_000.0);
    assert!(matches!(&page.search[0], ToDo::Lead(asked) if asked.method == "grasp-abs"), "{:?}", page.search);
    assert_eq!(page.session.searching().rounds(), (2, 1));
    let told = page.session.searching().json().expect("rounds");
    page.tell(runs("imp", "1.5", "", ""));
    page.pass(100.0);
    assert_eq!(
        page.session.searching().mistake(),
        "The ratio is 1.5, but must be a number from 0 to below 1, for one weight at least has to stay."
    );
    assert_eq!(page.session.searching().json(), Some(told), "nothing is lost");
}

#[test]
fn a_network_whose_worker_failed_is_trained_again() {
    let mut page = unfolded();
    page.answers = false;
    page.tell(runs("imp", "0.6", "1", ""));
    page.pass(100.0);
    let (number, _) = page.requests.iter().rfind(|(_, request)| is_stage(request)).cloned().expect("it is asked for");
    page.answers = true;
    page.tell(Event::FromWorker(number, FromWorker::Failed("it trapped".to_owned())));
    page.pass(20_000.0);
    assert_eq!(page.session.searching().rounds().0, 2);
}
