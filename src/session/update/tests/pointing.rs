//! What is pointed at: symbols, probes, neurons, iterations.

use super::page::{Page, small};
use super::{SMALL, count};
use crate::session::event::{Event, Pointed};
use crate::session::quantity::{By, Quantity};

#[test]
fn a_symbol_lights_its_slider_and_its_lines_and_gives_them_back() {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    let lit = |page: &Page| (page.lit, page.session.error_chart().lights_prediction);
    page.tell(Event::Quantity(By::Focus, Quantity::by_key("nu")));
    let drawn = count(&page, f64::NEG_INFINITY, |due| due.error && due.disc);
    page.pass(100.0);
    assert_eq!(lit(&page), (Some("nu"), true));
    assert_eq!(count(&page, f64::NEG_INFINITY, |due| due.error && due.disc), drawn + 1);
    page.tell(Event::Quantity(By::Pointer, Quantity::by_key("epsilon1")));
    let disc = page.session.view().disc(page.session.run(), None, page.session.campaign()).lit;
    assert_eq!((lit(&page), disc.theorem1, disc.theorem2), ((Some("epsilon1"), false), true, false));
    page.tell(Event::Quantity(By::Pointer, None));
    assert_eq!(lit(&page), (Some("nu"), true));
    page.tell(Event::Quantity(By::Focus, None));
    assert_eq!(lit(&page), (None, false));
}

#[test]
fn a_chosen_probe_runs_in_the_lab() {
    let mut page = Page::open(SMALL);
    page.pass(20_000.0);
    page.tell(Event::OpenProbe);
    assert_eq!(page.session.run().spec, small(), "none is chosen");
    page.tell(Event::ProbeBy(1));
    let nearest = page.session.view().probe.expect("one is chosen");
    let probe = *page.session.campaign().probes().iter().find(|probe| probe.index == nearest).expect("it is there");
    page.tell(Event::OpenProbe);
    let spec = &page.session.run().spec;
    assert_eq!((spec.start_distance, spec.samples, page.session.is_playing()), (probe.distance, 60, true));
    assert_eq!((page.session.view().probe, page.history.len()), (None, 1));
}

#[test]
fn what_is_pointed_at_is_drawn_and_kept_in_range() {
    let mut page = Page::open(SMALL);
    page.tell(Event::Light(Some(Pointed::Row(10.0))));
    assert_eq!(page.session.view().lit, Some(0));
    page.tell(Event::LightBy(1_000_000));
    assert_eq!(page.session.view().lit, Some(2));
    page.tell(Event::Field("K", "2".to_owned()));
    assert_eq!(page.session.view().lit, None, "there is no third neuron any more");
    page.pass(500.0);
    page.tell(Event::CursorBy(-1));
    assert_eq!(page.session.view().cursor, Some(0));
    page.tell(Event::CursorAt(None));
    assert_eq!(page.session.view().cursor, None);
}
