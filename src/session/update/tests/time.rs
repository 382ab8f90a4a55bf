//! Going through a run both ways, and a second run beside it.

use super::SMALL;
use super::page::{END, GRADIENT_DESCENT_END, Page};
use crate::session::event::{Event, FromWorker};
use crate::spec::Twin;
use crate::trials::messages::Reply;

#[test]
fn where_one_of_two_runs_has_ended_a_link_holds_the_step_of_the_other() {
    let steps = |page: &Page| -> Vec<usize> {
        page.session.runs().iter().map(|run| run.step().expect("it is set up")).collect()
    };
    let mut page = Page::open(&format!("{SMALL}&twin=momentum"));
    page.tell(Event::Speed("max".to_owned()));
    page.tell(Event::PlayOrPause);
    page.pass(10_000.0);
    assert_eq!(steps(&page), [END, GRADIENT_DESCENT_END]);
    assert!(page.address.contains(&format!("&t={GRADIENT_DESCENT_END}&")), "{}", page.address);
    let mut opened = Page::open(&page.address);
    opened.pass(10_000.0);
    assert_eq!(steps(&opened), steps(&page));
    assert_eq!(opened.comparison, "same ✓ as the link");
}

#[test]
fn who_is_quicker_than_the_worker_goes_to_the_end_all_the_same() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Field("N", "70".to_owned()));
    assert_eq!(page.session.run().step(), None);
    page.tell(Event::Steps(-1));
    page.tell(Event::Steps(1_000_000));
    page.pass(2000.0);
    assert_eq!((page.step(), page.session.is_playing()), (END, false));
}

#[test]
fn the_reader_goes_back_through_a_run_and_plays_on_to_the_same_end() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Steps(1_000_000));
    page.pass(2000.0);
    let (number, end) = (page.session.run().number, page.address.clone());
    let mut go = |event, step| {
        page.tell(event);
        page.pass(500.0);
        assert_eq!((page.step(), page.session.is_playing(), page.session.run().last_step()), (step, false, END));
        assert_eq!(page.session.run().stopped.is_some(), step == END);
        let moment = if step == 0 { SMALL.to_owned() } else { format!("&t={step}&digest={step:016x}") };
        assert!(page.address.contains(&moment), "{} at {step}", page.address);
        assert!(page.said.last().is_some_and(|(_, sentence)| !sentence.ends_with('…')), "{:?}", page.said);
    };
    go(Event::Seek(120), 120);
    go(Event::Steps(-10), 110);
    go(Event::Steps(1), 111);
    go(Event::Seek(1_000_000), END);
    go(Event::Steps(-1_000_000), 0);
    go(Event::Seek(200), 200);
    page.tell(Event::Speed("100".to_owned()));
    page.tell(Event::PlayOrPause);
    page.pass(500.0);
    assert!((240..=260).contains(&page.step()), "{}", page.step());
    page.pass(2000.0);
    assert_eq!((page.step(), page.session.run().number, &page.address), (END, number, &end));
    assert_eq!(page.session.run().curve.len(), END + 1);
}

#[test]
fn a_step_is_sought_whatever_else_a_worker_says_meanwhile() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Steps(1_000_000));
    page.pass(2000.0);
    page.tell(Event::Seek(120));
    page.tell(Event::FromWorker(1, FromWorker::Reply(Reply::AtWork)));
    page.pass(500.0);
    assert_eq!((page.step(), page.session.run().last_step()), (120, END));
}

#[test]
fn two_runs_go_back_together_and_each_no_further_than_its_end() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Twin(Some(Twin::Momentum)));
    page.pass(500.0);
    page.tell(Event::PlayOrPause);
    page.pass(10_000.0);
    let mut steps = |event| -> Vec<usize> {
        page.tell(event);
        page.pass(500.0);
        page.session.runs().iter().map(|run| run.step().expect("it is set up")).collect()
    };
    assert_eq!((steps(Event::Seek(400)), steps(Event::Seek(40))), (vec![END, 400], vec![40, 40]));
    assert_eq!(steps(Event::Steps(90)), [130, 130]);
    assert_eq!(steps(Event::Steps(1_000_000)), [END, GRADIENT_DESCENT_END]);
}

#[test]
fn two_runs_train_in_lock_step_to_the_end_of_the_longer_one() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Steps(30));
    page.pass(500.0);
    page.tell(Event::Twin(Some(Twin::Momentum)));
    page.pass(500.0);
    let steps = |page: &Page| -> Vec<usize> {
        page.session.runs().iter().map(|run| run.step().expect("it is set up")).collect()
    };
    assert_eq!(steps(&page), [30, 30], "it catches up");
    assert!(page.address.contains("&t=30&") && page.address.ends_with("&twin=momentum"), "{}", page.address);
    page.tell(Event::Steps(40));
    page.pass(500.0);
    assert_eq!(steps(&page), [70, 70]);
    assert!(page.said.last().is_some_and(|(_, said)| said.starts_with("After 70 steps AGD")), "{:?}", page.said);
    page.tell(Event::PlayOrPause);
    page.pass(10_000.0);
    assert_eq!((steps(&page), page.session.is_playing()), (vec![END, GRADIENT_DESCENT_END], false));
    page.tell(Event::Typed("N", " 7\u{202f}0".to_owned()));
    page.pass(500.0);
    assert_eq!(steps(&page), [0, 0], "the one beside it begins anew with it");
    let specs: Vec<(usize, f64)> =
        page.session.runs().iter().map(|run| (run.spec.samples, run.spec.momentum)).collect();
    assert_eq!(specs, [(70, 0.9), (70, 0.0)]);
    page.tell(Event::Twin(None));
    page.pass(500.0);
    assert_eq!((steps(&page), page.session.run().spec.samples), (vec![0], 70));
    // A link brings it along, and takes it away.
    page.go_to(&format!("{SMALL}&t=7&twin=dense"));
    page.pass(500.0);
    assert_eq!((steps(&page), page.twin), (vec![7, 7], Some(Twin::Dense)));
    page.go_to(SMALL);
    page.pass(500.0);
    assert_eq!((steps(&page), page.twin), (vec![0], None));
}
