//! The QR code of the moment.

use super::SMALL;
use super::page::Page;
use crate::session::event::Event;

#[test]
fn a_run_that_plays_pauses_and_the_code_is_that_of_the_moment_at_which_it_rests() {
    let mut page = Page::open(SMALL);
    page.tell(Event::PlayOrPause);
    page.pass(500.0);
    // The worker takes long for its present steps.
    page.answers = false;
    page.pass(50.0);
    page.tell(Event::TurnQrCode);
    let early = page.qr_code.clone().expect("a code");
    page.answer_late();
    page.pass(1000.0);
    let shown = page.qr_code.clone().expect("a code");
    assert!(!page.session.is_playing() && shown == page.address && shown != early, "{early} and {shown}");
    assert!(shown.contains(&format!("&t={}&digest=", page.step())));
    page.tell(Event::QrCodeClosed);
    page.pass(100.0);
    assert!(page.session.is_playing(), "it plays on");
    page.tell(Event::PlayOrPause);
    page.tell(Event::Steps(1));
    page.pass(500.0);
    assert_eq!(page.qr_code, Some(shown), "nothing is shown anew once it is closed");
    page.tell(Event::TurnQrCode);
    assert_eq!(page.qr_code, Some(page.address.clone()));
    page.tell(Event::TurnQrCode);
    assert_eq!(page.qr_code, None);
}

#[test]
fn a_phone_is_not_told_what_suits_the_projector() {
    let mut page = Page::open(&format!("{SMALL}&hide=disc&embed=1&large=1"));
    page.tell(Event::TurnQrCode);
    assert_eq!((page.qr_code.as_deref(), page.address.ends_with("&large=1")), (Some(SMALL), true));
}
