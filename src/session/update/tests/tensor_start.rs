//! A start from moments, event by event.

use super::page::Page;
use super::{SMALL, count};
use crate::session::event::Event;
use crate::session::tensor_start;

#[test]
fn a_tensor_start_has_its_picture_and_says_where_there_is_none() {
    let mut page = Page::open(&format!("{SMALL}&N=4000&start=tensor"));
    page.pass(1000.0);
    let snapshot = page.session.view().start(page.session.run());
    assert_eq!((snapshot.neurons.len(), page.notices.len()), (3, 0));
    assert!(tensor_start::caption(page.session.run()).starts_with("Measured: "));
    assert!(count(&page, 0.0, |due| due.start) > 0);
    // No more samples than features: told at once, in the same words beside the menu.
    page.tell(Event::Typed("r", "18".to_owned()));
    page.tell(Event::Typed("N", "20".to_owned()));
    page.pass(1000.0);
    assert!(page.session.view().start(page.session.run()).neurons.is_empty());
    assert_eq!(page.notices, [tensor_start::note(page.session.run())]);
    assert!(page.notices[0].starts_with("There is no tensor start: "), "{:?}", page.notices);
    // Who moves λ asks for the ball.
    page.tell(Event::Typed("lambda", "0.3".to_owned()));
    page.pass(1000.0);
    assert!(!page.address.contains("start=") && page.notices.is_empty(), "{} {:?}", page.address, page.notices);
}

#[test]
fn a_start_that_fails_only_once_the_sample_is_there_is_told_then_and_once() {
    let mut page = Page::open("v=1&r=8&N=40&K=12&d=13&start=tensor&seed=1&T=1200");
    page.pass(1000.0);
    let sentences = page.notices.clone();
    let failed = |notice: &&String| notice.starts_with("There is no tensor start: M₂ needs 12");
    assert_eq!(sentences.iter().filter(failed).count(), 1, "{sentences:?}");
    page.tell(Event::Reset);
    page.pass(1000.0);
    assert_eq!(page.notices, sentences);
}
