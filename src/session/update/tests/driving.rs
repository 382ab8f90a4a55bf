//! A page around this one drives it.

use super::SMALL;
use super::page::{END, Page};
use crate::session::driving::{Answer, State};
use crate::session::event::Event;
use crate::spec::Twin;

fn send(page: &mut Page, rest: &str) {
    page.tell(Event::Driven(format!("{{\"winning-ticket\": 1, {rest}}}")));
}

/// The states that were told since the last call.
fn states(page: &mut Page) -> Vec<State> {
    let said = std::mem::take(&mut page.said_to_driver);
    let state = |answer| match answer {
        Answer::State(state) => Some(*state),
        Answer::Ready | Answer::Error(_) | Answer::Notices(_) => None,
    };
    said.into_iter().filter_map(state).collect()
}

#[test]
fn values_are_set_in_one_message_without_an_entry_in_the_history() {
    let mut page = Page::open(SMALL);
    send(&mut page, "\"set\": {\"d\": 200, \"r\": 150, \"beta\": 0.5, \"twin\": \"momentum\"}, \"speed\": 1000");
    page.pass(1000.0);
    let spec = &page.session.run().spec;
    assert_eq!((spec.dimension, spec.effective_width, spec.momentum), (200, 150.0, 0.5));
    assert_eq!((page.twin, page.history.len()), (Some(Twin::Momentum), 0));
    assert!(page.address.contains("r=150&") && page.address.contains("&twin=momentum"), "{}", page.address);
    assert!(page.controls_set > 0 && page.said_to_driver.is_empty(), "{:?}", page.said_to_driver);
    // What the reader does after it is an entry as always.
    page.tell(Event::Field("K", "2".to_owned()));
    page.pass(1000.0);
    assert_eq!(page.history.len(), 1);
}

#[test]
fn it_seeks_and_plays_on_from_there_and_pauses() {
    let mut page = Page::open(SMALL);
    send(&mut page, "\"seek\": 40, \"state\": true");
    assert_eq!(states(&mut page).len(), 1, "asked for once");
    page.pass(1000.0);
    assert_eq!(page.step(), 40);
    send(&mut page, "\"seek\": 3, \"play\": true, \"speed\": 100");
    page.pass(300.0);
    assert!(page.session.is_playing() && (4..40).contains(&page.step()), "{}", page.step());
    send(&mut page, "\"play\": false");
    page.pass(200.0);
    let paused = page.step();
    page.pass(500.0);
    assert_eq!((page.step(), page.session.is_playing()), (paused, false));
    send(&mut page, "\"seek\": 1200");
    page.pass(3000.0);
    assert_eq!((page.step(), page.session.run().stopped.is_some()), (END, true), "it ends before");
    send(&mut page, "\"play\": true");
    page.pass(100.0);
    assert!(page.session.is_playing() && page.step() < END, "played again from its start");
    send(&mut page, "\"play\": true");
    assert!(page.session.is_playing());
    assert!(states(&mut page).is_empty(), "nobody listens");
}

#[test]
fn a_link_is_followed_with_its_moment_and_what_was_mended_is_told() {
    let mut page = Page::open(SMALL);
    send(&mut page, &format!("\"link\": \"https://x.org/lab/#{SMALL}&beta=0.3&t=25\""));
    page.pass(1000.0);
    assert_eq!((page.step(), page.session.run().spec.momentum), (25, 0.3));
    assert!(page.address.contains("beta=0.3&") && page.address.contains("&t=25&digest="), "{}", page.address);
    assert!(page.history.is_empty() && page.said_to_driver.is_empty());
    send(&mut page, "\"link\": \"v=1&r=5&N=60&K=13&d=20&seed=1\"");
    let [Answer::Notices(told)] = &page.said_to_driver[..] else { panic!("{:?}", page.said_to_driver) };
    assert_eq!((told.len(), told), (1, &page.notices));
}

#[test]
fn what_the_frame_hides_stays_hidden_until_a_link_brings_a_stage_of_its_own() {
    let mut page = Page::open(&format!("{SMALL}&hide=disc&embed=1&large=1"));
    send(&mut page, &format!("\"link\": \"{SMALL}&beta=0.3\""));
    page.pass(1000.0);
    assert!(
        page.address.contains("&beta=0.3&") && page.address.ends_with("&hide=disc&embed=1&large=1"),
        "{}",
        page.address
    );
    send(&mut page, &format!("\"link\": \"{SMALL}&hide=N\""));
    page.pass(1000.0);
    assert!(page.address.ends_with("&hide=N&embed=1&large=1"), "{}", page.address);
}

#[test]
fn a_bad_message_is_answered_in_a_sentence_and_nothing_of_it_is_done() {
    let mut page = Page::open(SMALL);
    send(&mut page, "\"set\": {\"beta\": 0.5, \"r\": 500}, \"play\": true");
    let told = "r̃ (effective width) is 500, but must be a number from 1 to 20; nothing is done.";
    assert_eq!(page.said_to_driver, [Answer::Error(told.to_owned())]);
    page.pass(500.0);
    assert!(!page.session.is_playing() && page.address == SMALL && page.notices.is_empty());
}

#[test]
fn who_listens_is_told_of_the_way_at_intervals_and_of_the_rest_at_once() {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    send(&mut page, "\"listen\": true");
    let first = states(&mut page);
    assert!(matches!(&first[..], [state] if state.settled && state.step == Some(0) && state.link == SMALL));
    assert!(first[0].measured_radius.is_some() && first[0].status.starts_with("At the start"));
    page.pass(2000.0);
    assert!(states(&mut page).is_empty() && !page.session.wants_frame(), "nothing changes");
    send(&mut page, "\"speed\": 100, \"play\": true");
    page.pass(4000.0);
    let told = states(&mut page);
    assert!((12..=15).contains(&told.len()), "{} in about three seconds", told.len());
    let (last, way) = told.split_last().expect("some");
    assert!(way.iter().all(|state| state.playing && !state.settled && state.status == "Training …"));
    assert!(last.finished && last.settled && !last.playing && last.step == Some(END), "{last:?}");
    assert_eq!((last.digest.as_deref(), last.stop_reason), (Some(&*page.session.run().digest), Some("converged")));
    assert_eq!(last.link, page.address);
    // A drag by the reader is told too, and in the end where it came to.
    for position in 0..60 {
        page.tell(Event::Slid("N", 100.0 + f64::from(position)));
        page.pass(16.0);
    }
    page.pass(500.0);
    let told = states(&mut page);
    assert!((4..=10).contains(&told.len()), "{} in about a second", told.len());
    assert!(told.last().is_some_and(|state| state.link == page.address && state.settled));
    send(&mut page, "\"listen\": false, \"play\": true");
    page.pass(1000.0);
    assert!(states(&mut page).is_empty());
}
