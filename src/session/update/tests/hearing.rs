//! The relative error is listened to.

use super::SMALL;
use super::page::{END, Page};
use crate::session::event::Event;
use crate::session::sonification::{Sound, frequency};

/// The frequencies of what was heard since the last call, those of rests left out.
fn pitches(page: &mut Page) -> Vec<f64> {
    page.heard.drain(..).flatten().filter_map(|turn| turn.hertz).collect()
}

#[test]
fn a_run_is_heard_once_the_reader_listens_and_its_end_is_marked() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Speed("100".to_owned()));
    page.tell(Event::PlayOrPause);
    page.pass(300.0);
    assert!(page.heard.is_empty() && !page.listens, "nobody asked to listen");
    page.tell(Event::Listen);
    page.pass(500.0);
    assert!(page.listens);
    let heard = pitches(&mut page);
    assert!(heard.len() > 10 && heard.is_sorted_by(|before, after| before > after), "{heard:?}");
    page.tell(Event::PlayOrPause);
    page.pass(200.0);
    assert_eq!(page.heard.last().cloned(), Some(Sound::Rest.turns()));
    page.tell(Event::Steps(1));
    page.pass(200.0);
    let error = page.session.run().moment().map(|(_, error)| error).expect("it is set up");
    assert_eq!(page.heard.last().cloned(), Some(Sound::Note(error).turns()), "a step");
    page.tell(Event::Steps(1000));
    page.pass(4000.0);
    let last = page.session.run().curve[END];
    assert_eq!(page.heard.last().cloned(), Some(Sound::End(last, false).turns()), "it came to rest elsewhere");
    page.heard.clear();
    page.tell(Event::CursorBy(-1000));
    page.pass(100.0);
    assert_eq!(pitches(&mut page), [frequency(0.5)], "the cursor tells the curve");
    page.tell(Event::Listen);
    page.tell(Event::Steps(-3));
    page.pass(500.0);
    assert!(page.heard.is_empty() && !page.listens);
}

#[test]
fn a_hidden_page_is_silent() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Speed("10".to_owned()));
    page.tell(Event::Listen);
    page.tell(Event::PlayOrPause);
    page.pass(500.0);
    page.tell(Event::Hidden(true));
    assert_eq!(page.heard.last().cloned(), Some(Sound::Rest.turns()));
}

#[test]
fn where_a_browser_makes_no_tones_the_page_says_so() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Listen);
    page.tell(Event::CannotListen);
    assert!(!page.listens && page.notices.iter().any(|sentence| sentence.contains("no tones")), "{:?}", page.notices);
}
