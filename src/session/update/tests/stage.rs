//! The stage, sequences of scenes, and the dialog that composes them.

use super::page::{Page, small};
use super::*;
use crate::language::{self, Language};
use crate::link::stage::Parts;
use crate::link::{Link, Sequence, Stage, parse};
use crate::session::composing::{Doing as Composes, Made, ToDo};
use crate::session::lecture::Doing as Turns;
use crate::session::saving::Content;
use crate::session::stage::{Doing, Switch};

fn titled(title: &str, hidden: &[&str]) -> Stage {
    Stage { title: title.to_owned(), hidden: Parts::of(hidden.iter().copied()), ..Stage::default() }
}

fn scene(title: &str, samples: usize) -> Link {
    Link { stage: titled(title, &["disc"]), ..Link::from(Spec { samples, ..small() }) }
}

/// A page that shows the first of two scenes.
fn lecturing() -> Page {
    let sequence = Sequence { scenes: vec![scene("first", 60), scene("second", 90)], at: None };
    Page::open(&sequence.alone())
}

#[test]
fn the_address_keeps_the_stage_through_changes_and_back_undoes_it() {
    let mut page = Page::open(&format!("{SMALL}&hide=disc&large=1"));
    assert!(page.stage.left_out.has("disc") && page.stage.stage.large && page.notices.is_empty());
    page.tell(Event::Field("N", "80".to_owned()));
    page.pass(1000.0);
    assert!(page.address.ends_with("&hide=disc&large=1"), "{}", page.address);
    let before = page.address.clone();
    page.tell(Event::Stage(Doing::Turns(Switch::Thick, true)));
    page.pass(1000.0);
    assert!(page.stage.stage.thick && page.address.ends_with("&hide=disc&large=1&thick=1"), "{}", page.address);
    assert_eq!(page.history.last(), Some(&before), "it is an entry of its own");
    page.go_to(&before);
    page.pass(500.0);
    assert!(!page.stage.stage.thick && page.stage.stage.large);
    page.tell(Event::Stage(Doing::ShowsAll));
    page.pass(1000.0);
    assert!(page.stage.left_out.is_empty() && page.stage.stage.large, "the projector is the same");
    // A beat of the lecture, too, leaves the projector's switches as they are.
    page.go_to("scene=region");
    assert!(page.stage.stage.large);
}

#[test]
fn a_changed_stage_is_shown_before_its_pictures_are_drawn_anew() {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    let drawn = page.drawn.len();
    page.tell(Event::Stage(Doing::Turns(Switch::Large, true)));
    page.pass(50.0);
    assert!(page.drawn[drawn..].iter().any(|(_, due)| due.look), "the pictures have another size now");
}

#[test]
fn a_sequence_is_gone_through_like_the_lecture_and_the_address_holds_the_place() {
    let mut page = lecturing();
    page.pass(500.0);
    let place = |page: &Page| (page.stage.stage.title.clone(), page.stage.place.replace('\u{a0}', " "));
    assert_eq!((page.session.run().spec.samples, place(&page)), (60, ("first".to_owned(), "1 of 2".to_owned())));
    page.tell(Event::Lecture(Turns::Steps(-1)));
    assert_eq!(place(&page).1, "1 of 2", "there is none before");
    page.tell(Event::Lecture(Turns::Steps(1)));
    page.pass(1000.0);
    assert_eq!((page.session.run().spec.samples, place(&page)), (90, ("second".to_owned(), "2 of 2".to_owned())));
    assert!(!page.stage.has_next && page.stage.has_back && !page.session.is_playing());
    // The run of a scene that was played is no ghost in the next one, and nothing is said over its words.
    page.tell(Event::PlayOrPause);
    page.pass(1000.0);
    page.tell(Event::Lecture(Turns::Steps(-1)));
    page.pass(500.0);
    assert!(page.session.ghosts().is_empty() && page.notices.is_empty(), "{:?}", page.notices);
    page.tell(Event::Lecture(Turns::Steps(1)));
    page.pass(500.0);
    // What is changed meanwhile stays beside the place, also for who loads the page again.
    page.tell(Event::Field("N", "75".to_owned()));
    page.pass(1000.0);
    let again = Page::open(&page.address);
    assert_eq!((again.session.run().spec.samples, place(&again).1), (75, "2 of 2".to_owned()));
    page.tell(Event::Lecture(Turns::Brightens));
    assert!(!page.session.lecture().is_blank());
    page.tell(Event::Lecture(Turns::Blanks));
    assert!(page.session.lecture().is_blank());
    page.tell(Event::Lecture(Turns::Brightens));
    assert!(!page.session.lecture().is_blank());
    page.tell(Event::Lecture(Turns::Blanks));
    page.tell(Event::Lecture(Turns::Leaves));
    page.pass(500.0);
    assert_eq!((place(&page).1.as_str(), page.session.sequence().scenes.len()), ("", 2), "nothing of it is lost");
}

#[test]
fn no_notice_of_what_is_out_of_the_ordinary_lies_over_the_words_of_a_scene() {
    let few = format!("{SMALL}&start=tensor");
    let told = |fragment: &str| Page::open(fragment).notices;
    assert_eq!(told(&few).len(), 1, "60 samples are too few for moments");
    assert_eq!(told(&format!("{few}&title=From%20nothing")), [""; 0]);
    // What could not be taken from the link is told there too.
    let mended = told(&format!("{few}&title=From%20nothing&eta=x"));
    assert!(mended.len() == 1 && mended[0].contains("step size"), "{mended:?}");
}

#[test]
fn scenes_are_printed_in_the_language_that_was_chosen() {
    let spoken = language::spoken();
    let sequence = Sequence { scenes: vec![scene("first", 60)], at: None };
    let languages = |mut page: Page| -> Vec<_> {
        page.tell(Event::Compose(Composes::Prints));
        page.printed.iter().map(|scene| scene.stage.language).collect()
    };
    assert_eq!(languages(Page::open(&sequence.alone())), [None], "that of the reader’s browser");
    let chosen = Page::open(&format!("{}&lang={}", sequence.alone(), spoken.key()));
    assert_eq!(languages(chosen), [Some(spoken)]);
}

#[test]
fn scenes_are_composed_ordered_and_removed_and_a_file_brings_them_back() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Compose(Composes::Prints));
    assert!(page.printed.is_empty() && !page.stage.has_scenes, "there is none yet");
    page.composing.clear();
    page.tell(Event::Compose(Composes::Opens));
    assert_eq!(page.composing, [ToDo::Open]);
    for title in ["a", "b", "c"] {
        page.tell(Event::Compose(Composes::Drafts(titled(title, &["N", "disc"]))));
        page.tell(Event::Compose(Composes::Adds));
    }
    page.tell(Event::Compose(Composes::Prints));
    assert!(page.printed == page.session.sequence().scenes && page.stage.has_scenes);
    let titles = |page: &Page| -> String {
        page.session.sequence().scenes.iter().map(|scene| scene.stage.title.as_str()).collect()
    };
    assert!(page.stage.left_out.is_empty(), "what is composed is not what is shown");
    page.tell(Event::Compose(Composes::Moves(2, -1)));
    assert_eq!(titles(&page), "acb");
    page.tell(Event::Compose(Composes::Moves(0, -1)));
    page.tell(Event::Compose(Composes::Removes(0)));
    assert_eq!((titles(&page).as_str(), page.session.composing().said()), ("cb", "Removed: a"));
    page.pass(1000.0);
    assert!(page.address.contains("&sequence=") && !page.address.contains("&at="), "{}", page.address);
    page.tell(Event::Compose(Composes::Saves));
    let Some((_, Content::Text(file))) = page.files.last().cloned() else { panic!("it is saved") };

    let mut other = Page::open(SMALL);
    other.tell(Event::Compose(Composes::Reads(file)));
    assert_eq!((titles(&other).as_str(), other.session.composing().said()), ("cb", "2 scenes."));
    other.tell(Event::Compose(Composes::Reads("{}".to_owned())));
    assert_eq!(titles(&other), "cb", "nothing is lost");
    assert!(other.session.composing().said().ends_with("the file was not opened."));
    other.tell(Event::Compose(Composes::Starts));
    other.pass(500.0);
    assert!(other.stage.left_out.has("disc") && other.stage.stage.title == "c");
}

#[test]
fn what_is_copied_opens_as_it_was_composed() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Steps(7));
    page.pass(500.0);
    page.tell(Event::Compose(Composes::Drafts(titled("Seven", &["disc"]))));
    page.tell(Event::Compose(Composes::Copies(Made::Link, "https://x.org/#old".to_owned())));
    let Some(Copying::Composed(address)) = page.copied.clone() else { panic!("it is to be copied") };
    let (link, notices) = parse(&address);
    assert_eq!((link.step, link.stage, notices.len()), (Some(7), titled("Seven", &["disc"]), 0));
    page.tell(Event::Compose(Composes::Shows));
    page.pass(1000.0);
    assert_eq!((page.stage.stage.title.as_str(), page.step()), ("Seven", 7));
    page.tell(Event::Notes);
    page.pass(500.0);
    assert!(page.stage.left_out.is_empty(), "the window with the notes has all controls");
}

#[test]
fn another_language_is_spoken_once_the_page_was_loaded_again_at_this_moment() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Steps(12));
    page.pass(500.0);
    page.tell(Event::Stage(Doing::Speaks(Language::German)));
    assert!(page.reloads == 1 && page.address.contains("&t=12&digest="), "{}", page.address);
    assert!(page.address.ends_with("&lang=de"), "{}", page.address);
    // A link that says nothing of it leaves what was chosen.
    let mut page = Page::open(&format!("{SMALL}&lang=en"));
    for fragment in ["v=1&seed=4", "v=1&seed=5&hide=disc"] {
        page.go_to(fragment);
        page.pass(1000.0);
        assert!(page.address.contains("&lang=en"), "{fragment} led to {}", page.address);
    }
    assert_eq!(page.reloads, 0, "it speaks English already");
    page.go_to("v=1&seed=4&lang=de");
    assert_eq!((page.reloads, page.address.as_str()), (1, "v=1&seed=4&lang=de"));
}
