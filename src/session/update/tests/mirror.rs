//! Two windows of one lecture.

use super::SMALL;
use super::page::{END, Page};
use crate::session::event::Event;
use crate::session::lecture::{Beat, Doing};
use crate::session::mirror::Word;

/// The window with the notes, and the projected one.
struct Windows {
    notes: Page,
    hall: Page,
}

impl Windows {
    fn open() -> Self {
        Self::open_at(SMALL)
    }

    fn open_at(fragment: &str) -> Self {
        let mut notes = Page::open(fragment);
        notes.tell(Event::Notes);
        let mut windows = Self { notes, hall: Page::open(fragment) };
        windows.lead();
        windows
    }

    /// The notes' window has been open for long enough to lead.
    fn lead(&mut self) {
        self.pass(1100.0);
        self.notes.tell(Event::SecondPassed);
        self.pass(200.0);
    }

    /// Time passes in both, and what one says the other hears.
    fn pass(&mut self, milliseconds: f64) {
        let mut left = milliseconds;
        while left > 0.0 {
            for (one, other) in [(&mut self.notes, &mut self.hall)] {
                one.pass(16.0);
                other.pass(16.0);
                for word in std::mem::take(&mut one.said_to_windows) {
                    other.tell(Event::Window(word));
                }
                for word in std::mem::take(&mut other.said_to_windows) {
                    one.tell(Event::Window(word));
                }
            }
            left -= 16.0;
        }
    }

    fn steps(&self) -> (usize, usize) {
        (self.notes.step(), self.hall.step())
    }

    fn momenta(&self) -> (f64, f64) {
        (self.notes.session.run().spec.momentum, self.hall.session.run().spec.momentum)
    }
}

#[test]
fn what_is_done_with_the_notes_is_seen_in_the_hall_to_the_step() {
    let mut windows = Windows::open();
    windows.notes.tell(Event::Field("beta", "0.5".to_owned()));
    windows.pass(500.0);
    assert_eq!(windows.momenta(), (0.5, 0.5));
    windows.notes.tell(Event::PlayOrPause);
    windows.pass(300.0);
    assert!(windows.notes.session.is_playing() && windows.hall.session.is_playing());
    windows.notes.tell(Event::PlayOrPause);
    windows.pass(500.0);
    let (notes, hall) = windows.steps();
    assert!(notes > 0 && notes == hall, "{notes} and {hall}");
    windows.notes.tell(Event::Seek(3));
    windows.pass(500.0);
    assert_eq!(windows.steps(), (3, 3));
    windows.notes.tell(Event::PlayOrPause);
    windows.pass(9000.0);
    assert_eq!(windows.steps(), (END, END));
    assert_eq!(windows.notes.address, windows.hall.address, "the same digest");
    // Played again from the end.
    windows.notes.tell(Event::PlayOrPause);
    windows.pass(200.0);
    let (notes, hall) = windows.steps();
    assert!(notes < END && hall < END && windows.hall.session.is_playing(), "{notes} and {hall}");
}

#[test]
fn what_is_done_in_the_hall_is_taken_up_by_the_notes() {
    let mut windows = Windows::open();
    windows.hall.tell(Event::Field("beta", "0.3".to_owned()));
    windows.pass(500.0);
    assert_eq!(windows.momenta(), (0.3, 0.3));
    windows.hall.tell(Event::Steps(12));
    windows.pass(500.0);
    assert_eq!(windows.steps(), (12, 12));
    windows.hall.tell(Event::PlayOrPause);
    windows.pass(9000.0);
    assert_eq!(windows.steps(), (END, END));
}

#[test]
fn the_code_that_the_lecturer_asks_for_is_seen_in_the_hall_and_goes_with_it() {
    let mut windows = Windows::open();
    windows.notes.tell(Event::Steps(12));
    windows.pass(500.0);
    windows.notes.tell(Event::TurnQrCode);
    windows.pass(200.0);
    assert!(windows.hall.qr_code.as_ref().is_some_and(|shown| shown.contains("&t=12&digest=")));
    assert_eq!(windows.hall.qr_code, windows.notes.qr_code);
    windows.hall.tell(Event::TurnQrCode);
    windows.pass(200.0);
    assert_eq!((&windows.hall.qr_code, &windows.notes.qr_code), (&None, &None));
}

#[test]
fn a_window_that_is_loaded_again_comes_to_where_the_other_is() {
    let mut windows = Windows::open();
    windows.notes.tell(Event::Field("beta", "0.5".to_owned()));
    windows.notes.tell(Event::Steps(40));
    windows.pass(500.0);
    windows.hall = Page::open(SMALL);
    windows.notes.tell(Event::Window(Word::Asks));
    windows.pass(1000.0);
    assert_eq!((windows.momenta(), windows.steps()), ((0.5, 0.5), (40, 40)));
    // Without the notes the hall goes on alone.
    windows.hall.tell(Event::Window(Word::Ends));
    windows.hall.tell(Event::Steps(5));
    windows.pass(500.0);
    assert_eq!(windows.hall.step(), 45);
}

#[test]
fn what_is_done_in_the_hall_is_said_with_the_deed() {
    let mut windows = Windows::open();
    windows.notes.tell(Event::Steps(40));
    windows.pass(500.0);
    assert_eq!(windows.steps(), (40, 40));
    // The hall is loaded again before it has drawn anything.
    windows.hall.tell(Event::Seek(0));
    for word in std::mem::take(&mut windows.hall.said_to_windows) {
        windows.notes.tell(Event::Window(word));
    }
    windows.hall = Page::open(SMALL);
    windows.hall.tell(Event::Steps(40));
    windows.pass(500.0);
    windows.notes.tell(Event::Window(Word::Asks));
    windows.pass(500.0);
    assert_eq!(windows.steps(), (0, 0));
}

#[test]
fn the_notes_loaded_again_come_to_where_the_hall_is() {
    let mut windows = Windows::open();
    windows.hall.tell(Event::Field("beta", "0.3".to_owned()));
    windows.hall.tell(Event::Speed("100".to_owned()));
    windows.pass(500.0);
    windows.notes.tell(Event::PlayOrPause);
    windows.pass(900.0);
    let before = windows.hall.step();
    windows.hall.tell(Event::Window(Word::Ends));
    windows.notes = Page::open(SMALL);
    windows.notes.tell(Event::Notes);
    windows.pass(300.0);
    let playing = [&windows.notes, &windows.hall].map(|window| (window.step(), window.session.is_playing()));
    assert!(playing.iter().all(|(step, plays)| *step >= before && *plays), "{playing:?}");
    windows.notes.tell(Event::PlayOrPause);
    windows.pass(300.0);
    let (notes, hall) = windows.steps();
    assert!(before > 0 && hall > before && notes == hall, "{before}, then {notes} and {hall}");
    assert_eq!((windows.momenta(), windows.notes.session.is_playing()), ((0.3, 0.3), false));
}

#[test]
fn the_notes_loaded_again_keep_the_dark_and_the_vote_of_the_hall() {
    let scene = format!("{SMALL}&scene=region.2");
    let asks = Beat { answers: 3, ..Beat::default() };
    let loaded = || Event::Lecture(Doing::Loaded(2, vec![Beat::default(), asks.clone()]));
    let mut windows = Windows::open_at(&scene);
    windows.notes.tell(loaded());
    windows.hall.tell(loaded());
    windows.hall.tell(Event::Lecture(Doing::Votes(2)));
    windows.hall.tell(Event::Lecture(Doing::Blanks));
    windows.pass(500.0);
    let lectures = |windows: &Windows| {
        [&windows.notes, &windows.hall].map(|window| {
            let lecture = window.session.lecture();
            (lecture.vote(), lecture.is_blank())
        })
    };
    assert_eq!(lectures(&windows), [(Some(2), true); 2]);
    windows.hall.tell(Event::Window(Word::Ends));
    windows.notes = Page::open(&scene);
    windows.notes.tell(Event::Notes);
    windows.pass(100.0);
    windows.notes.tell(loaded());
    windows.lead();
    assert_eq!(lectures(&windows), [(Some(2), true); 2]);
}
