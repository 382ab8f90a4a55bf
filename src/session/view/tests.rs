//! What is drawn when.

use super::*;
use crate::spec::Spec;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What is due at each of these times, a frame apart, when `changed` says what has changed at it.
fn looked(view: &mut View, frames: std::ops::Range<u32>, moving: bool, changed: Changed) -> Vec<Due> {
    let spec = Spec { effective_width: 5.0, ..Spec::default() };
    let (mut run, campaign) = (Run::new(0, spec.clone()), Campaign::new(0, &spec));
    let mut look = |frame: u32| {
        view.changed = changed;
        run.curve.push(0.5);
        run.path.push((0.5, 0.0));
        run.at = run.curve.len() - 1;
        view.look(&run, &campaign, moving, moving, 16.0 * f64::from(frame))
    };
    frames.map(&mut look).collect()
}

#[test]
fn at_first_everything_is_drawn() {
    let mut view = View::default();
    let first = looked(&mut view, 0..1, false, Changed { spec: true, look: true, ..Changed::default() })[0];
    let all = Due {
        look: true,
        error: true,
        probe: true,
        disc: true,
        mask: true,
        start: true,
        shared: true,
        lights: true,
        neuron: true,
        caption: true,
        network: true,
        digest: true,
        status: None,
        texts: true,
        tables: true,
        theory: false,
    };
    assert_eq!(first, all);
}

#[test]
fn the_numbers_of_the_theorems_are_written_while_they_are_in_view_only() {
    let mut view = View::default();
    let step = Changed { step: true, ..Changed::default() };
    let count = |view: &mut View| looked(view, 0..250, true, step).iter().filter(|due| due.theory).count();
    assert_eq!(count(&mut view), 0);
    view.show_theory(true);
    let seen = Changed { theory: true, ..Changed::default() };
    assert_eq!(view.changed, seen);
    let due = looked(&mut view, 250..251, false, seen)[0];
    assert!(due.theory && due.error && due.disc && !due.lights, "{due:?}");
    // Four times a second while the run moves: as often as the network, whose frames have nothing else.
    let frames = looked(&mut view, 251..501, true, step);
    assert_eq!(frames.iter().filter(|due| due.theory).count(), frames.iter().filter(|due| due.network).count());
    view.show_theory(false);
    assert_eq!(count(&mut view), 0);
}

#[test]
fn a_lit_quantity_draws_the_pictures_that_have_lines_of_it() {
    let mut view = View::default();
    looked(&mut view, 0..600, false, Changed::default());
    let due = looked(&mut view, 600..601, false, Changed { quantity: true, ..Changed::default() })[0];
    assert_eq!(due, Due { error: true, disc: true, digest: true, ..Due::default() });
}

#[test]
fn while_a_run_plays_the_pictures_take_turns_and_the_rest_is_drawn_seldom() {
    let mut view = View::default();
    let step = Changed { step: true, ..Changed::default() };
    looked(&mut view, 0..1, true, step);
    let frames = looked(&mut view, 1..251, true, step);
    let count = |due: fn(&Due) -> bool| frames.iter().filter(|frame| due(frame)).count();
    // 4 seconds.
    assert_eq!((count(|due| due.network), count(|due| due.texts), count(|due| due.digest)), (15, 2, 15));
    let turns = 250 - count(|due| due.network || due.texts);
    assert_eq!((count(|due| due.error), count(|due| due.mask)), (turns.div_ceil(2), turns / 2));
    let heavy = |due: &Due| [due.error, due.mask || due.disc, due.network || due.texts];
    assert!(frames.iter().all(|due| heavy(due).into_iter().filter(|drawn| *drawn).count() == 1));
    assert_eq!(count(|due| due.lights), 0);
    assert!(frames.iter().all(|due| due.disc == due.mask));
}

#[test]
fn what_a_moving_run_still_owes_is_drawn_once_it_stops_or_the_reader_does_something() {
    let step = Changed { step: true, ..Changed::default() };
    for (moving, changed) in
        [(false, Changed::default()), (true, Changed { step: true, cursor: true, ..Changed::default() })]
    {
        let mut view = View::default();
        looked(&mut view, 0..2, true, step);
        assert!(view.is_pending());
        let due = looked(&mut view, 2..3, moving, changed)[0];
        assert!(due.error == changed.cursor && due.disc && due.mask, "{due:?}");
        assert!(!view.owed.any());
    }
}

#[test]
fn a_cursor_draws_the_curve_alone_and_a_light_the_masks_with_the_network() {
    let mut view = View::default();
    looked(&mut view, 0..600, false, Changed::default());
    let one = |view: &mut View, frame: u32, changed| looked(view, frame..frame + 1, false, changed)[0];
    let quiet = Due { digest: true, ..Due::default() };
    assert_eq!(one(&mut view, 600, Changed { cursor: true, ..Changed::default() }), Due { error: true, ..quiet });
    let light = one(&mut view, 601, Changed { light: true, ..Changed::default() });
    assert_eq!(light, Due { mask: true, neuron: true, network: true, ..quiet });
}
