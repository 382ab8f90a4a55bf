//! The map, run in the page.

use super::page::Page;
use crate::figures::map::{Axis, Cell, Map};
use crate::session::event::{Event, FromWorker};
use crate::session::mapping::{Boxes, Doing, ToDo};
use crate::trials::messages::Request;
use crate::trials::{Ledger, Measure};

const SMALL: &str = "v=1&r=5&N=60&K=3&d=20&seed=1&T=100";

fn is_measured(request: &Request) -> bool {
    matches!(request, Request::Measure { .. })
}

fn runs(x: &str, y: &str, measure: &str, trials: &str) -> Event {
    let [x, y, measure, trials] = [x, y, measure, trials].map(str::to_owned);
    Event::Map(Doing::Runs(Boxes { x, y, measure, trials }))
}

/// A page at rest with the map unfolded.
fn unfolded() -> Page {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    page.tell(Event::Map(Doing::Unfolds(true)));
    page.pass(100.0);
    page
}

fn start(page: &mut Page) {
    page.tell(runs("r=2:6:2", "N=40:80:20", "error", "2"));
    page.pass(100.0);
}

#[test]
fn a_map_runs_to_what_the_command_line_gives_and_a_click_moves_the_sliders() {
    let mut page = unfolded();
    start(&mut page);
    page.pass(20_000.0);
    let spec = page.session.run().spec.clone();
    let (x, y) = (Axis::read("r=2:6:2").expect("an axis"), Axis::read("N=40:80:20").expect("an axis"));
    let map = Map::new(&spec, x, y, Measure::Error, 2).expect("a map");
    let mut ledger = Ledger::new(map.plan());
    for number in map.plan().order() {
        let trial = map.plan().trial(number).expect("a trial of the plan");
        ledger.take(number, Cell::run(&trial)).expect("a new result");
    }
    let mapping = page.session.mapping();
    let snapshot = mapping.snapshot(&spec).expect("a picture");
    assert_eq!(snapshot.readings, map.read(&ledger));
    assert_eq!(snapshot.present, Some((5.0, 60.0)));
    assert!(mapping.progress(2).ends_with("all done"), "{}", mapping.progress(2));
    assert_eq!(mapping.csv().map(|text| text.lines().count()), Some(1 + 9));
    assert_eq!(mapping.table().map(|table| (table.columns.len(), table.rows.len())), Some((4, 3)));
    assert!(!page.session.wants_frame(), "the page rests");

    page.tell(Event::Map(Doing::MovesBy(0, 0)));
    page.tell(Event::Map(Doing::MovesBy(2, 1)));
    page.pass(100.0);
    let told = page.session.mapping().cell_words();
    assert!(told.starts_with("r̃ = 6, N = 60: ") && told.ends_with("n = 2"), "{told}");
    page.tell(Event::Map(Doing::Opens));
    page.pass(1000.0);
    let shown = &page.session.run().spec;
    assert_eq!((shown.effective_width, shown.samples, shown.trial), (6.0, 60, spec.trial));
    // The map stays, and its cross has moved.
    assert_eq!(page.session.mapping().snapshot(shown).and_then(|snapshot| snapshot.present), Some((6.0, 60.0)));
}

#[test]
fn a_map_pauses_goes_on_is_given_up_and_loses_no_trial() {
    let mut page = unfolded();
    page.answers = false;
    start(&mut page);
    assert_eq!(page.asked(is_measured), 2, "one for each worker of the pool");
    page.tell(Event::Map(Doing::Pauses));
    page.answer_late();
    page.pass(1000.0);
    assert_eq!((page.asked(is_measured), page.session.mapping().counts()), (2, (2, 18)));
    assert_eq!(page.session.mapping().button(), "Go on");
    page.answers = false;
    page.tell(Event::Map(Doing::Pauses));
    page.pass(200.0);
    let (worker, lost) = page.requests.iter().rev().find(|(_, request)| is_measured(request)).expect("a trial").clone();
    page.tell(Event::FromWorker(worker, FromWorker::Failed("out of memory".to_owned())));
    page.pass(500.0);
    assert_eq!(page.requests.iter().filter(|(_, request)| *request == lost).count(), 2);
    page.tell(Event::Map(Doing::Cancels));
    assert!(!page.session.mapping().is_there());
    page.answer_late();
    page.pass(1000.0);
    assert!(!page.session.mapping().is_there());
}

#[test]
fn what_an_earlier_visit_kept_goes_on_over_its_own_run_and_the_cross_is_of_that_run_alone() {
    let mut first = unfolded();
    start(&mut first);
    first.pass(20_000.0);
    let whole = |page: &Page| page.session.mapping().csv().expect("a map");
    let (kept, expected) = (first.kept.clone(), whole(&first));

    // All but the last trials, beside another run.
    let mut part = kept.clone();
    let text = part.last_mut().expect("a piece");
    text.truncate(text.len() / 2);
    let mut page = Page::open("v=1&r=5&N=60&K=3&d=20&seed=1&T=100&beta=0.5");
    page.tell(Event::Map(Doing::Kept(part)));
    page.tell(Event::Map(Doing::Unfolds(true)));
    page.pass(20_000.0);
    assert_eq!(page.asked(is_measured), 0, "it waits until the reader lets it go on");
    let [x, y, measure, trials] = ["r=2:6:2", "N=40:80:20", "error", "2"].map(str::to_owned);
    assert!(page.map.contains(&ToDo::Fill(Boxes { x, y, measure, trials })));
    let mapping = page.session.mapping();
    let (done, all) = mapping.counts();
    assert!(done > 0 && done < all && mapping.button() == "Go on", "{done} of {all}");
    let spec = &page.session.run().spec;
    assert_eq!(mapping.snapshot(spec).map(|snapshot| snapshot.present), Some(None));
    let caption = mapping.caption(spec);
    assert!(caption.ends_with("No cross: the run of the lab differs from the map in β too."), "{caption}");
    page.tell(Event::Map(Doing::Pauses));
    page.pass(20_000.0);
    assert_eq!(whole(&page), expected);
    assert_eq!(page.kept, kept);
    page.tell(Event::Map(Doing::Cancels));
    page.tell(Event::Map(Doing::Kept(vec!["nonsense".to_owned()])));
    page.pass(100.0);
    assert!(page.kept.is_empty() && !page.session.mapping().is_there());
}

#[test]
fn what_is_no_map_is_told_in_a_sentence_and_what_is_there_stays() {
    let mut page = unfolded();
    start(&mut page);
    for (asked, sentence) in [
        (
            runs("r=2:6:0", "N=40:80:20", "error", "2"),
            "The axis across is “r=2:6:0”, but must be KEY=FROM:TO:STEP with a STEP above 0.",
        ),
        (runs("r=2:6:2", "r=2:6:2", "error", "2"), "There is no such map: x and y are both r, but must be two keys."),
        (
            runs("r=2:60:2", "N=40:80:20", "error", "2"),
            "There is no such map: r̃ (effective width) is 22, but must be a number from 1 to 20.",
        ),
        (
            runs("r=2:6:2", "N=40:80:20", "error", "0"),
            "Trials of a place are 0, but must be a whole number from 1 to 100.",
        ),
    ] {
        page.tell(asked);
        page.pass(50.0);
        assert_eq!(page.session.mapping().mistake(), sentence);
        assert!(page.session.mapping().is_there());
    }
    start(&mut page);
    assert_eq!(page.session.mapping().mistake(), "");
}
