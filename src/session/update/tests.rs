//! What the page does, event by event.

mod driving;
mod figures;
mod hearing;
mod lecture;
mod map;
mod mirror;
mod own_data;
mod own_theory;
mod page;
mod painting;
mod pointing;
mod qr_code;
mod saving;
mod search;
mod stage;
mod telling;
mod tensor_start;
mod time;

use page::{END, Page, small};

use crate::link::Link;
use crate::session::event::{Event, FromWorker};
use crate::session::order::Copying;
use crate::session::view::Due;
use crate::session::workers::TRAINER;
use crate::spec::Spec;
use crate::trials::messages::Request;

const SMALL: &str = "v=1&r=5&N=60&K=3&d=20&seed=1&T=1200";

fn is_probe(request: &Request) -> bool {
    matches!(request, Request::Probe { .. })
}

fn count(page: &Page, since: f64, due: fn(&Due) -> bool) -> usize {
    page.drawn.iter().filter(|(now, drawn)| *now > since && due(drawn)).count()
}

#[test]
fn a_page_opens_with_the_run_of_its_address_at_rest() {
    let page = Page::open(SMALL);
    assert_eq!((&page.session.run().spec, page.step()), (&small(), 0));
    assert_eq!((page.address.as_str(), page.history.len(), page.notices.len()), (SMALL, 0, 0));
    assert!(!page.session.is_playing() && page.hint_dropped);
    assert!(page.session.run().forecast.is_some());
    assert!(page.said.last().is_some_and(|(_, sentence)| sentence.starts_with("At the start")), "{:?}", page.said);
    let (first, _) = page.requests[0].clone();
    assert_eq!(first, TRAINER);
    // An address that says nothing is that of the opening run, and is written out.
    let page = Page::open("");
    assert_eq!(page.address, Link::from(Spec::default()).fragment());
    assert!(!page.hint_dropped);
}

#[test]
fn probes_come_until_all_are_there_and_then_the_page_rests() {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    assert_eq!((page.asked(is_probe), page.session.campaign().probes().len()), (96, 96));
    assert!(!page.session.wants_frame());
    let drawn = page.drawn.len();
    page.pass(5000.0);
    assert_eq!(page.drawn.len(), drawn);
}

#[test]
fn a_drag_draws_each_setting_and_leaves_one_entry_and_no_work() {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    let (begun, probes) = (page.now, page.asked(is_probe));
    for position in 0..60 {
        page.tell(Event::Slid("N", 100.0 + f64::from(position)));
        page.pass(16.0);
    }
    assert_eq!(page.asked(is_probe), probes, "probes are asked for while the reader drags");
    assert!(count(&page, begun, |due| due.mask && due.disc && due.error) >= 60);
    let words: Vec<&str> =
        page.said.iter().filter(|(now, _)| *now > begun).map(|(_, sentence)| sentence.as_str()).collect();
    assert_eq!(words, ["A new run is being set up …"]);
    page.pass(2000.0);
    assert_eq!(page.history, [SMALL], "Back undoes the whole drag");
    assert_eq!(page.address, Link::from(page.session.run().spec.clone()).fragment());
    assert!(page.asked(is_probe) > probes && page.session.run().forecast.is_some());
    // What a drag passes through, and what has hardly begun, leaves no ghost.
    assert!(page.session.ghosts().is_empty());
    // After the rest another change is another entry.
    page.tell(Event::Field("K", "2".to_owned()));
    page.pass(1000.0);
    assert_eq!(page.history.len(), 2);
}

#[test]
fn a_run_plays_pauses_ends_and_plays_again() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Speed("100".to_owned()));
    page.tell(Event::PlayOrPause);
    page.pass(1000.0);
    assert!((90..=102).contains(&page.step()), "{}", page.step());
    page.tell(Event::PlayOrPause);
    page.pass(500.0);
    let paused = page.step();
    page.pass(500.0);
    assert_eq!(page.step(), paused);
    assert!(page.address.contains(&format!("&t={paused}&digest=")), "{}", page.address);
    page.tell(Event::PlayOrPause);
    page.pass(4000.0);
    assert_eq!((page.step(), page.session.is_playing()), (END, false));
    assert!(page.session.run().stopped.is_some());
    page.tell(Event::PlayOrPause);
    page.pass(100.0);
    assert!(page.session.is_playing() && page.step() < 20);
    assert!(page.session.run().forecast.is_some(), "the same problem has the same forecast");
    page.tell(Event::Reset);
    page.pass(100.0);
    assert!(page.session.is_playing() && page.step() < 20);
}

#[test]
fn what_was_under_way_at_a_pause_is_awaited_before_the_moment_is_held() {
    let mut page = Page::open(SMALL);
    page.tell(Event::PlayOrPause);
    page.pass(500.0);
    // The worker takes long for its present steps.
    page.answers = false;
    page.pass(100.0);
    page.tell(Event::PlayOrPause);
    page.pass(2000.0);
    let (shown, said) = (page.step(), page.said.len());
    assert!(!page.address.contains("&t="), "{} is no moment at which the page rests", page.address);
    page.answer_late();
    page.pass(2000.0);
    assert!(page.step() > shown && page.address.contains(&format!("&t={}&", page.step())), "{}", page.address);
    assert_eq!(page.said.len(), said + 1);
}

#[test]
fn steps_add_up_and_end_a_play() {
    let mut page = Page::open(SMALL);
    page.tell(Event::PlayOrPause);
    page.pass(200.0);
    page.tell(Event::Steps(1));
    let from = page.step();
    page.tell(Event::Steps(10));
    page.pass(500.0);
    assert_eq!((page.step(), page.session.is_playing()), (from + 11, false));
    // A run at its end has no further steps, and waits for none.
    page.tell(Event::Steps(1_000_000));
    page.pass(2000.0);
    assert_eq!(page.step(), END);
    page.tell(Event::Steps(1));
    page.pass(20_000.0);
    assert_eq!((page.step(), page.session.wants_frame()), (END, false));
}

#[test]
fn while_a_run_plays_the_status_line_tells_no_numbers() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Speed("100".to_owned()));
    let begun = page.now;
    page.tell(Event::PlayOrPause);
    page.pass(5000.0);
    let words: Vec<&str> =
        page.said.iter().filter(|(now, _)| *now > begun).map(|(_, sentence)| sentence.as_str()).collect();
    let [training, ended] = words[..] else { panic!("{words:?}") };
    assert_eq!(training, "Training …");
    assert!(ended.contains("after 300\u{a0}steps"), "{ended}");
    // Curves are drawn at every other frame, the network four times a second, the texts when there is time.
    assert!(count(&page, begun, |due| due.error) > 75);
    assert!(count(&page, begun, |due| due.network) < 30 && count(&page, begun, |due| due.texts) < 8);
}

#[test]
fn back_and_forward_show_the_run_and_the_moment_of_the_address() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Speed("100".to_owned()));
    page.tell(Event::PlayOrPause);
    page.pass(300.0);
    page.tell(Event::Field("N", "100".to_owned()));
    page.pass(1000.0);
    let forward = page.address.clone();
    assert!(page.session.is_playing(), "what plays goes on playing");
    page.tell(Event::PlayOrPause);
    page.pass(500.0);
    let history = page.history.len();
    page.go_to(&format!("{SMALL}&t=7&digest=0000000000000007"));
    page.pass(500.0);
    assert_eq!((&page.session.run().spec, page.step(), page.session.is_playing()), (&small(), 7, false));
    assert_eq!((page.comparison, page.history.len()), ("same ✓ as the link", history));
    page.go_to(&forward);
    page.pass(500.0);
    assert_eq!((page.session.run().spec.samples, page.step()), (100, 0));
    // A place of the page is no run: the address is mended, and nothing else happens.
    let number = page.session.run().number;
    page.tell(Event::AddressChanged { fragment: "lab".to_owned(), is_place: true });
    assert_eq!(
        (page.session.run().number, page.address.as_str()),
        (number, forward.split("&t=").next().unwrap_or_default())
    );
}

#[test]
fn other_bits_than_the_links_are_told_once() {
    let mut page = Page::open(&format!("{SMALL}&t=7&digest=ffffffffffffffff"));
    assert_eq!((page.step(), page.comparison, page.notices.len()), (7, "differs ✗ from link", 1));
    page.tell(Event::DismissNotices);
    page.tell(Event::Steps(1));
    page.pass(500.0);
    assert_eq!((page.comparison, page.notices.len()), ("", 0));
}

#[test]
fn an_edit_out_of_range_is_mended_and_told_at_its_box() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Field("N", "1000000".to_owned()));
    assert_eq!((page.session.run().spec.samples, &page.mended[..], page.notices.len()), (10_000, &["N"][..], 1));
    page.tell(Event::Field("N", "80".to_owned()));
    assert_eq!((page.session.run().spec.samples, page.mended.len(), page.notices.len()), (80, 0, 0));
    // What a smaller dimension takes away comes back with it.
    page.tell(Event::Field("r", "15".to_owned()));
    page.tell(Event::Field("d", "10".to_owned()));
    assert_eq!((page.session.run().spec.effective_width, &page.mended[..]), (10.0, &["r"][..]));
    page.tell(Event::Field("d", "20".to_owned()));
    assert_eq!(page.session.run().spec.effective_width, 15.0);
    page.tell(Event::Defaults);
    assert_eq!(page.session.run().spec, Spec::default());
    page.tell(Event::NewSeed(7_000_005));
    assert_eq!(page.session.run().spec.seed, 5);
}

#[test]
fn what_is_typed_is_the_readers_until_it_is_committed_or_left() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Typing("N"));
    page.pass(100.0);
    assert_eq!(page.session.typing(), Some("N"));
    page.tell(Event::Field("K", "2".to_owned()));
    assert_eq!(page.session.typing(), Some("N"), "another field says nothing about it");
    page.tell(Event::Typed("N", "70".to_owned()));
    assert_eq!(page.session.typing(), None);
    page.tell(Event::Typing("N"));
    let set = page.controls_set;
    page.tell(Event::BoxLeft);
    page.tell(Event::BoxLeft);
    assert_eq!((page.session.typing(), page.controls_set), (None, set + 1));
}

#[test]
fn a_training_worker_that_fails_is_replaced_and_the_run_comes_back_to_where_it_was_to_go() {
    let mut page = Page::open(SMALL);
    page.answers = false;
    page.tell(Event::Steps(40));
    page.pass(50.0);
    page.tell(Event::FromWorker(TRAINER, FromWorker::Failed("out of memory".to_owned())));
    let sentence = page.failure.clone().expect("it is said");
    assert!(sentence.starts_with("The training worker stopped (out of memory)"), "{sentence}");
    page.answers = true;
    page.pass(1000.0);
    assert_eq!(page.step(), 40);
    assert_eq!(page.failure.as_ref(), Some(&sentence), "there is time to read it");
    page.pass(11_000.0);
    assert_eq!(page.failure, None);
}

#[test]
fn a_setting_at_which_workers_fail_again_and_again_is_given_up_until_another_one() {
    let mut page = Page::open(SMALL);
    page.tell(Event::PlayOrPause);
    for _ in 0..4 {
        page.pass(100.0);
        page.tell(Event::FromWorker(TRAINER, FromWorker::Failed("out of memory".to_owned())));
    }
    assert!(page.failure.as_ref().is_some_and(|sentence| sentence.ends_with("try another.")), "{:?}", page.failure);
    page.pass(1000.0);
    assert!(!page.session.is_playing() && page.session.run().step().is_none());
    page.tell(Event::Field("N", "70".to_owned()));
    page.pass(500.0);
    assert_eq!((page.failure.as_ref(), page.step()), (None, 0));
}

#[test]
fn a_probe_that_is_lost_with_its_worker_is_asked_for_again() {
    let mut page = Page::open(SMALL);
    page.answers = false;
    page.pass(2000.0);
    let lost = page.requests.iter().rev().find_map(|(number, request)| match request {
        Request::Probe { index, .. } => Some((*number, *index)),
        _ => None,
    });
    let (number, lost) = lost.expect("a probe is under way");
    page.answers = true;
    page.tell(Event::FromWorker(number, FromWorker::Failed("out of memory".to_owned())));
    page.pass(20_000.0);
    assert!(page.session.campaign().probes().iter().any(|probe| probe.index == lost));
}

#[test]
fn a_hidden_page_asks_for_nothing_and_goes_on_where_it_was() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Speed("100".to_owned()));
    page.tell(Event::PlayOrPause);
    page.pass(200.0);
    page.tell(Event::Hidden(true));
    page.pass(100.0);
    let (step, asked) = (page.step(), page.requests.len());
    page.pass(5000.0);
    assert_eq!((page.step(), page.requests.len()), (step, asked));
    page.tell(Event::Hidden(false));
    page.pass(100.0);
    assert!(page.step() > step && page.step() < step + 40, "{step} {}", page.step());
}

#[test]
fn what_was_seen_of_a_run_stays_as_a_ghost() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Steps(50));
    page.pass(1000.0);
    page.tell(Event::Field("N", "100".to_owned()));
    page.pass(1000.0);
    let ghosts = page.session.ghosts();
    assert_eq!((ghosts.len(), ghosts[0].relative_error.len(), ghosts[0].label.as_str()), (1, 51, "N\u{a0}=\u{a0}60"));
    // Of the setting that is shown there is none.
    page.tell(Event::Field("N", "60".to_owned()));
    assert!(page.session.ghosts().is_empty());
}

#[test]
fn what_workers_say_of_an_earlier_run_changes_nothing() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Steps(5));
    page.pass(500.0);
    let late = page.session.run().number;
    page.tell(Event::Reset);
    page.pass(500.0);
    let reply = crate::trials::messages::Reply::Forecast {
        run: late,
        forecast: Box::new(crate::trials::Forecast::draw(&Spec { samples: 90, ..small() })),
    };
    let known = page.session.run().known;
    page.tell(Event::FromWorker(1, FromWorker::Reply(reply)));
    assert_eq!((page.session.run().known, page.step()), (known, 0));
}

#[test]
fn paper_is_drawn_for_at_once_and_only_when_it_is_turned_to() {
    let mut page = Page::open(SMALL);
    let drawn = page.drawn.len();
    page.tell(Event::Printing(true));
    page.tell(Event::Printing(true));
    assert_eq!(page.drawn.len(), drawn + 1);
    assert!(page.drawn[drawn].1.look);
    page.tell(Event::Printing(false));
    assert_eq!(page.drawn.len(), drawn + 2);
}

#[test]
fn a_copied_address_is_that_of_the_moment_and_its_word_goes_when_the_page_moves_on() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Steps(3));
    page.pass(500.0);
    page.tell(Event::CopyLink);
    let Some(Copying::Link(copied)) = page.copied.clone() else { panic!("it is to be copied") };
    assert!(copied.starts_with(&format!("{SMALL}&t=3&digest=0000000000000003&bits=2")), "{copied}");
    page.tell(Event::Copied(true));
    page.tell(Event::Steps(1));
    page.pass(500.0);
    assert!(page.copied.is_some(), "there is time to read it");
    page.pass(3000.0);
    page.tell(Event::Steps(1));
    page.pass(500.0);
    assert_eq!(page.copied, None);
}

#[test]
fn a_page_that_is_loaded_again_while_it_plays_opens_at_the_moment_that_was_shown() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Speed("100".to_owned()));
    page.tell(Event::PlayOrPause);
    page.pass(500.0);
    assert!(!page.address.contains("&t="), "a run that plays is told by its start: {}", page.address);
    let shown = page.step();
    page.tell(Event::Leaves);
    assert!(shown > 20 && page.address.contains(&format!("&t={shown}&digest={shown:016x}&")), "{}", page.address);
    let mut again = Page::open(&page.address);
    again.pass(500.0);
    assert_eq!((again.step(), again.session.is_playing()), (shown, false));
}
