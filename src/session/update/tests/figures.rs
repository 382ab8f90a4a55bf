//! The paper's figures, run in the page.

use super::page::Page;
use crate::figures::{Cell, Figure, Preset, Record, Tally, Verdict, still_open};
use crate::session::event::{Event, FromWorker};
use crate::session::experiment::Experiment;
use crate::session::figures::{Doing, ToDo};
use crate::session::workers::TRAINER;
use crate::training::Trainer;
use crate::trials::messages::Request;
use crate::trials::{Ledger, digest};

const SMALL: &str = "v=1&r=5&N=60&K=3&d=20&seed=1&T=1200";

fn is_trial(request: &Request) -> bool {
    matches!(request, Request::Try { .. })
}

/// A page at rest with this figure unfolded, to be run at the smallest size.
fn unfolded(number: u8) -> Page {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    page.tell(Event::Figure(Doing::Unfolds(number, true)));
    page.tell(Event::Figure(Doing::Sizes("quick".to_owned())));
    page.pass(100.0);
    page
}

fn do_it(page: &mut Page, doing: Doing) {
    page.tell(Event::Figure(doing));
    page.pass(100.0);
}

/// The record that the command line gives.
fn expected(figure: &'static Figure) -> Record {
    let plan = figure.plan(Preset::Quick, None);
    let mut ledger = Ledger::new(&plan);
    loop {
        let open = still_open(&plan, &ledger);
        if open.is_empty() {
            return Record::new(figure, Preset::Quick, &plan, &Tally::all(&plan, &ledger), "");
        }
        for number in open {
            let trial = plan.trial(number).expect("a trial of the plan");
            ledger.take(number, Cell::run(&trial)).expect("a new result");
        }
    }
}

#[test]
fn recorded_results_are_fetched_once_and_told_with_where_they_come_from() {
    let mut page = unfolded(5);
    let fetched = |page: &Page| page.figures.iter().filter(|to_do| **to_do == ToDo::Fetch(5)).count();
    assert_eq!(fetched(&page), 1);
    assert!(page.session.figures().provenance().contains("being fetched"));
    do_it(&mut page, Doing::Recorded(5, None));
    assert!(page.session.figures().provenance().contains("No recorded results"));
    let record = expected(Figure::by_number(5).expect("a figure"));
    let dated = Record { date: "2026-11-27".to_owned(), ..record.clone() };
    do_it(&mut page, Doing::Recorded(5, Some(dated.bytes())));
    assert!(page.session.figures().provenance().starts_with("Recorded on 2026-11-27 by version "));
    assert_eq!(page.session.figures().record().map(|shown| &shown.cells), Some(&record.cells));
    do_it(&mut page, Doing::Folds(5));
    assert_eq!(page.session.figures().record(), None);
    do_it(&mut page, Doing::Unfolds(5, true));
    assert_eq!(fetched(&page), 1);
    // Of other bits, of another figure, or no record at all.
    let other_bits = Record { bits: dated.bits + 1, ..dated.clone() };
    for other in [other_bits.bytes(), Record { figure: 4, ..dated }.bytes(), b"nonsense".to_vec()] {
        do_it(&mut page, Doing::Recorded(5, Some(other)));
        assert!(page.session.figures().record().is_none());
    }
    assert!(!page.session.wants_frame(), "the page rests");
}

#[test]
fn a_figure_runs_to_what_the_command_line_gives_and_its_trials_open_in_the_lab() {
    let mut page = unfolded(4);
    do_it(&mut page, Doing::RunsOrPauses);
    assert_eq!(page.session.figures().button(), "Pause");
    page.pass(20_000.0);
    let figures = page.session.figures();
    assert_eq!((figures.button(), figures.shows_here()), ("Run again", true));
    let record = figures.record().expect("results").clone();
    assert_eq!(record, expected(Figure::by_number(4).expect("a figure")));
    assert!(matches!(record.reading.verdict, Verdict::Holds | Verdict::HoldsWithCaveats), "{:?}", record.reading);
    assert!(figures.verdict().starts_with("The claim holds"), "{}", figures.verdict());
    assert!(!page.session.wants_frame(), "the page rests");

    do_it(&mut page, Doing::CellBy(7));
    let (spec, outcomes) = {
        let cell = page.session.figures().chosen().expect("a cell");
        (cell.spec_of(1), cell.outcomes().count())
    };
    assert_eq!(page.session.figures().trials().len(), outcomes);
    let kept = Experiment::restore(9, &page.kept).expect("it was kept");
    do_it(&mut page, Doing::OpensTrial(1));
    assert_eq!(page.session.run().spec, spec);
    assert!(page.session.is_playing() && page.figures.contains(&ToDo::ShowLab));
    let mut trainer = Trainer::new(&spec);
    trainer.advance(spec.max_steps);
    let digests: Vec<&str> = kept.results().map(|tried| tried.digest.as_str()).collect();
    assert!(digests.contains(&digest(trainer.mask(), trainer.weights()).as_str()), "the lab's run is the trial");
}

#[test]
fn a_figure_pauses_goes_on_and_is_given_up() {
    let mut page = unfolded(5);
    page.answers = false;
    do_it(&mut page, Doing::RunsOrPauses);
    let asked = page.asked(is_trial);
    assert_eq!(asked, 2, "one for each worker of the pool");
    do_it(&mut page, Doing::RunsOrPauses);
    assert_eq!(page.session.figures().button(), "Go on");
    page.answer_late();
    page.pass(1000.0);
    assert_eq!(page.asked(is_trial), asked, "a paused figure asks for nothing");
    assert_eq!(page.session.figures().experiment().map(|run| run.counts().0), Some(2));
    do_it(&mut page, Doing::RunsOrPauses);
    assert!(page.asked(is_trial) > asked);
    page.answers = false;
    page.pass(1000.0);
    let stops = |page: &Page| page.asked(|request| *request == Request::Stop);
    let stopped = stops(&page);
    do_it(&mut page, Doing::Cancels);
    assert_eq!(stops(&page) - stopped, 2);
    let figures = page.session.figures();
    assert!(figures.experiment().is_none() && figures.record().is_none() && page.kept.is_empty());
    assert_eq!(figures.button(), "Run here");
    // Answers that were on their way change nothing.
    page.answer_late();
    page.pass(1000.0);
    assert!(page.session.figures().experiment().is_none());
}

#[test]
fn what_an_earlier_visit_kept_goes_on_where_it_was() {
    let mut first = unfolded(5);
    do_it(&mut first, Doing::RunsOrPauses);
    first.pass(200.0);
    let kept = first.kept.clone();
    let done = first.session.figures().experiment().map(|run| run.counts().0).expect("it runs");
    assert!(done > 0);
    let mut page = Page::open(SMALL);
    page.tell(Event::Figure(Doing::Kept(kept)));
    page.pass(20_000.0);
    assert_eq!(page.asked(is_trial), 0);
    assert!(page.session.figures().progress(2).starts_with("Figure 5: "));
    // At the size at which it was begun, whatever the menu says of itself.
    assert_eq!(page.session.figures().preset(), Preset::Quick);
    do_it(&mut page, Doing::Unfolds(5, true));
    assert_eq!((page.session.figures().button(), page.session.figures().shows_here()), ("Go on", true));
    do_it(&mut page, Doing::RunsOrPauses);
    page.pass(20_000.0);
    assert_eq!(page.session.figures().record(), Some(&expected(Figure::by_number(5).expect("a figure"))));
    page.tell(Event::Figure(Doing::Kept(vec!["nonsense".to_owned()])));
    assert_eq!(page.figures.last(), Some(&ToDo::ForgetKept));
}

#[test]
fn a_trial_that_is_lost_with_its_worker_is_asked_for_again() {
    let mut page = unfolded(5);
    page.answers = false;
    do_it(&mut page, Doing::RunsOrPauses);
    let (worker, lost) = page.requests.iter().rev().find(|(_, request)| is_trial(request)).expect("a trial").clone();
    assert_ne!(worker, TRAINER);
    page.tell(Event::FromWorker(worker, FromWorker::Failed("out of memory".to_owned())));
    page.pass(500.0);
    let again = page.requests.iter().filter(|(_, request)| *request == lost).count();
    assert_eq!(again, 2);
}
