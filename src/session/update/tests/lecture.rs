//! The lecture sets the lab, beat by beat.

use super::SMALL;
use super::page::{END, Page};
use crate::session::event::Event;
use crate::session::lecture::{Beat, Doing, ToDo};

fn beat(link: Option<&str>, speed: Option<&str>) -> Beat {
    Beat { link: link.map(str::to_owned), speed: speed.map(str::to_owned), answers: 0, ..Beat::default() }
}

fn tell(page: &mut Page, doing: Doing) {
    page.tell(Event::Lecture(doing));
    page.pass(4000.0);
}

#[test]
fn a_link_to_a_scene_waits_for_it_and_each_beat_sets_the_lab() {
    let mut page = Page::open("scene=region.2");
    page.pass(500.0);
    assert_eq!(page.lecture, [ToDo::Show, ToDo::Load(2)]);
    let beats = vec![
        beat(Some(SMALL), None),
        beat(Some(&format!("{SMALL}&beta=0.5&twin=dense")), None),
        beat(None, Some("max")),
        beat(Some(SMALL), Some("max")),
    ];
    tell(&mut page, Doing::Loaded(2, beats));
    let momentum = |page: &Page| page.session.run().spec.momentum;
    assert_eq!((momentum(&page), page.step(), page.session.runs().len()), (0.5, 0, 2));
    assert!(page.address.ends_with("&twin=dense&scene=region.2"), "{}", page.address);
    // What is shown plays on where a beat sets nothing.
    tell(&mut page, Doing::Steps(1));
    assert!(momentum(&page) == 0.5 && page.step() > 0 && page.address.ends_with("&scene=region.3"), "{}", page.address);
    tell(&mut page, Doing::Steps(1));
    assert_eq!((momentum(&page), page.step(), page.session.runs().len()), (0.9, END, 1));
    // Back it stands at the start again, and so does the same beat once more.
    tell(&mut page, Doing::Steps(-1));
    tell(&mut page, Doing::Steps(1));
    assert_eq!(page.step(), END);
    // The reader may change the lab; a link has both the place and what is shown.
    page.tell(Event::Field("beta", "0.3".to_owned()));
    page.pass(500.0);
    let link = page.address.clone();
    let mut other = Page::open(&link);
    other.pass(500.0);
    tell(
        &mut other,
        Doing::Loaded(2, vec![beat(None, None), beat(None, None), beat(None, None), beat(Some(SMALL), None)]),
    );
    assert_eq!((momentum(&other), &other.address), (0.3, &link));
    tell(&mut page, Doing::Leaves);
    assert!(!page.address.contains("scene") && !page.session.lecture().is_on());
}

#[test]
fn a_scene_compares_its_own_runs_and_comes_back_to_what_it_had() {
    let mut page = Page::open(SMALL);
    page.pass(500.0);
    let plays = |parameter: &str| beat(Some(&format!("{SMALL}&{parameter}")), Some("max"));
    page.go_to("scene=noise");
    tell(&mut page, Doing::Loaded(7, vec![plays("beta=0.8"), plays("beta=0.7")]));
    tell(&mut page, Doing::Steps(1));
    let ghosts = |page: &Page| page.session.ghosts().iter().map(|ghost| ghost.label.clone()).collect::<Vec<_>>();
    assert_eq!(ghosts(&page), ["β\u{a0}=\u{a0}0.80"]);
    tell(&mut page, Doing::Steps(1));
    let momentum = |page: &Page| page.session.run().spec.momentum;
    tell(&mut page, Doing::Loaded(8, vec![plays("beta=0.6"), beat(None, None), plays("beta=0.5")]));
    assert_eq!((momentum(&page), ghosts(&page)), (0.6, Vec::new()), "those of the scene before are gone");
    for _ in 0..2 {
        tell(&mut page, Doing::Steps(1));
    }
    assert_eq!((momentum(&page), ghosts(&page)), (0.5, vec!["β\u{a0}=\u{a0}0.60".to_owned()]));
    tell(&mut page, Doing::Steps(-1));
    assert_eq!((momentum(&page), page.step()), (0.6, END), "as the beat before left it");
    tell(&mut page, Doing::Leaves);
    page.tell(Event::Field("beta", "0.4".to_owned()));
    page.pass(500.0);
    assert!(!ghosts(&page).is_empty());
    page.go_to("scene=masks");
    page.pass(4000.0);
    assert_eq!((momentum(&page), ghosts(&page)), (0.6, Vec::new()), "those from outside are gone too");
}

#[test]
fn back_in_the_history_is_back_in_the_lecture_and_out_of_it() {
    let mut page = Page::open(SMALL);
    page.pass(500.0);
    page.go_to("scene=noise");
    tell(&mut page, Doing::Loaded(7, vec![beat(Some(SMALL), None), beat(Some(&format!("{SMALL}&sigma=0.1")), None)]));
    tell(&mut page, Doing::Steps(1));
    assert_eq!(page.session.run().spec.noise, 0.1);
    let first = format!("{SMALL}&scene=noise.1");
    page.go_to(&first);
    page.pass(500.0);
    assert_eq!((page.session.run().spec.noise, page.session.lecture().place().map(|place| place.beat)), (0.0, Some(0)));
    page.go_to(SMALL);
    page.pass(500.0);
    assert!(!page.session.lecture().is_on());
}
