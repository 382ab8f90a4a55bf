//! The learner's mask, painted by pointer and keys.

use super::SMALL;
use super::page::Page;
use crate::session::event::Event;
use crate::session::painting::Doing;
use crate::session::readout::Readout;

/// Where the weight of this neuron and feature is in the picture, in CSS pixels.
fn place(page: &Page, neuron: usize, feature: usize) -> (f64, f64) {
    let (view, run) = (page.session.view(), page.session.run());
    let at = |x: f64, y: f64| view.mask(run).weight_at((x, y));
    let xs = (0..4000).map(|x| 0.25 * f64::from(x));
    let y = (0..400).map(f64::from).find(|y| xs.clone().any(|x| at(x, *y) == Some((neuron, feature))));
    let y = y.expect("it is in the picture") + 1.0;
    let x = xs.clone().find(|x| at(*x, y) == Some((neuron, feature))).expect("it is in the picture");
    (x, y)
}

fn painted(page: &Page) -> String {
    page.session.run().spec.painted.to_string()
}

#[test]
fn a_pointer_paints_only_where_painting_is_on_and_each_stroke_can_be_undone() {
    let mut page = Page::open(SMALL);
    page.pass(500.0);
    let (from, to) = (place(&page, 1, 3), place(&page, 1, 6));
    page.tell(Event::Mask(Doing::Down(from)));
    page.tell(Event::Mask(Doing::Moves(to)));
    page.tell(Event::Mask(Doing::Ends));
    assert_eq!((painted(&page).as_str(), page.session.view().lit), ("none", Some(1)));
    page.tell(Event::Mask(Doing::Turns));
    page.tell(Event::Mask(Doing::Down(from)));
    let first = painted(&page);
    page.tell(Event::Mask(Doing::Moves(to)));
    let stroke = painted(&page);
    page.tell(Event::Mask(Doing::Ends));
    page.tell(Event::Mask(Doing::Moves(from)));
    assert_eq!((first.as_str(), painted(&page)), ("2:4", stroke.clone()), "it is lifted");
    page.pass(500.0);
    assert!(page.address.contains(&format!("&paint={stroke}&")), "{}", page.address);
    let run = page.session.run();
    assert_eq!(run.kept.agreement().missed + run.kept.agreement().extra, run.spec.painted.len());
    page.tell(Event::Mask(Doing::Undoes));
    page.pass(500.0);
    assert!(painted(&page) == "none" && !page.address.contains("paint"), "{}", page.address);
    page.tell(Event::Mask(Doing::Undoes));
    assert_eq!(painted(&page), "none");
}

#[test]
fn a_stroke_whose_pointer_was_lifted_outside_is_over() {
    let mut page = Page::open(SMALL);
    page.pass(500.0);
    let (from, to) = (place(&page, 1, 3), place(&page, 1, 6));
    for doing in [Doing::Turns, Doing::Down(from), Doing::Hovers(to), Doing::Moves(to)] {
        page.tell(Event::Mask(doing));
    }
    assert_eq!((painted(&page).as_str(), page.session.view().painting.feature), ("2:4", Some(6)));
    // While the mask becomes smaller.
    page.tell(Event::Mask(Doing::Down(place(&page, 2, 3))));
    page.tell(Event::Slid("K", 1.0));
    page.pass(500.0);
    let here = place(&page, 0, 5);
    page.tell(Event::Mask(Doing::Moves(here)));
    assert_eq!(page.session.run().spec.neurons, 1);
}

#[test]
fn keys_go_from_weight_to_weight_tell_of_each_and_turn_it_over() {
    let mut page = Page::open(SMALL);
    page.pass(500.0);
    for event in [Event::LightBy(1), Event::LightBy(1), Event::Mask(Doing::StepsBy(1)), Event::Mask(Doing::StepsBy(10))]
    {
        page.tell(event);
    }
    let told = |page: &Page| {
        let view = page.session.view();
        Readout::of_mask(page.session.run(), None, view.lit, view.painting.feature).text.replace('\u{a0}', " ")
    };
    let before = told(&page);
    assert!(before.starts_with("neuron 2, input 11: "), "{before}");
    page.tell(Event::Mask(Doing::TurnsOver));
    page.pass(500.0);
    let (pruned, after) = (before.ends_with("pruned"), told(&page));
    assert_eq!((painted(&page).as_str(), pruned), ("2:11", after.contains("extra, w = ")), "{before}; {after}");
    page.tell(Event::Mask(Doing::TurnsOver));
    assert_eq!(painted(&page), "none");
    page.tell(Event::Mask(Doing::Undoes));
    assert_eq!(painted(&page), "2:11");
    page.tell(Event::Mask(Doing::Clears));
    assert_eq!(painted(&page), "none");
}

#[test]
fn a_painting_goes_with_the_mask_it_lies_over_and_stays_with_what_changes_no_mask() {
    let mut page = Page::open(&format!("{SMALL}&paint=1:2-3"));
    page.pass(500.0);
    assert_eq!(painted(&page), "1:2-3");
    page.tell(Event::Field("beta", "0.5".to_owned()));
    page.tell(Event::Field("N", "90".to_owned()));
    assert_eq!(painted(&page), "1:2-3");
    page.tell(Event::Field("r", "3".to_owned()));
    assert_eq!(painted(&page), "none");
    page.go_to(&format!("{SMALL}&paint=1:2-3"));
    page.tell(Event::NewSeed(7));
    assert_eq!(painted(&page), "none");
}
