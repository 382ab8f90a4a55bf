//! What a worker does with its requests, in slices.

use super::*;
use crate::spec::Spec;
use crate::training::Trainer;
use crate::trials::{digest, probe};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Bytes for the moments to return to.
const ROOM: u64 = 1_000_000;

/// A worker whose clock goes on by so many milliseconds at each look.
fn worker(a_look: f64) -> Service {
    let time = Cell::new(0.0);
    Service::new(move || time.replace(time.get() + a_look))
}

/// Works until there is nothing to do; what was said, and in how many slices.
fn worked(service: &mut Service) -> (Vec<Reply>, usize) {
    let (mut said, mut slices) = (Vec::new(), 0);
    while service.is_at_work() {
        said.extend(service.work());
        slices += 1;
    }
    (said, slices)
}

fn spec() -> Spec {
    Spec { effective_width: 10.0, ..Spec::default() }
}

#[test]
fn a_run_in_slices_is_the_run_and_ends_within_what_was_asked() {
    let mut service = worker(3.0);
    service.take(Request::Start { run: 7, spec: spec(), beside: Vec::new(), room: ROOM, data: None });
    let (said, slices) = worked(&mut service);
    assert!(slices > 1, "setting up takes {slices} slices");
    assert!(matches!(&said[..], [Reply::Trained { run: 7, progress }] if progress.from == 0));
    service.take(Request::Advance { run: 7, steps: 5, budget: 1e9 });
    let (said, _) = worked(&mut service);
    let [Reply::Trained { progress, .. }] = &said[..] else { panic!("{said:?}") };
    let mut whole = Trainer::new(&spec());
    whole.advance(5);
    assert_eq!((progress.from, &progress.curve[..]), (1, &whole.relative_error()[1..]));
    assert_eq!((progress.path.len(), &progress.digest), (5, &digest(whole.mask(), whole.weights())));
}

#[test]
fn a_budget_ends_an_advance_and_looks_become_seldom() {
    let mut service = worker(1.0);
    service.take(Request::Start { run: 0, spec: spec(), beside: Vec::new(), room: ROOM, data: None });
    worked(&mut service);
    service.take(Request::Advance { run: 0, steps: 100_000, budget: 8.0 });
    let (said, _) = worked(&mut service);
    let [Reply::Trained { progress, .. }] = &said[..] else { panic!("{said:?}") };
    // Eight looks at most, of 1, 2, 4 … and at last 64 steps; those of the slices count too.
    assert!((1..=7 * 64).contains(&progress.curve.len()), "{}", progress.curve.len());
}

#[test]
fn a_change_of_mind_is_heard_between_two_slices() {
    let mut service = worker(3.0);
    service.take(Request::Forecast { run: 1, spec: spec() });
    assert!(service.work().is_none() && service.is_at_work());
    service.take(Request::Probe { run: 2, spec: spec(), index: 4 });
    let (said, _) = worked(&mut service);
    let expected = probe(&spec(), 4, probe_distance(4));
    assert!(matches!(&said[..], [Reply::Probed { run: 2, probe }] if *probe == expected), "{said:?}");
    service.take(Request::Forecast { run: 3, spec: spec() });
    service.work();
    service.take(Request::Stop);
    assert!(!service.is_at_work() && service.work().is_none());
}

#[test]
fn two_runs_in_turn_are_each_the_run_alone_and_a_start_drops_those_that_nobody_wants() {
    let mut service = worker(3.0);
    let other = Spec { seed: 9, ..spec() };
    service.take(Request::Start { run: 1, spec: spec(), beside: Vec::new(), room: ROOM, data: None });
    worked(&mut service);
    service.take(Request::Start { run: 2, spec: other.clone(), beside: vec![1], room: ROOM, data: None });
    worked(&mut service);
    let mut digests = [String::new(), String::new()];
    for _ in 0..3 {
        for run in [1, 2] {
            service.take(Request::Advance { run, steps: 4, budget: 1e9 });
            let (said, _) = worked(&mut service);
            let [Reply::Trained { run: of, progress }] = &said[..] else { panic!("{said:?}") };
            assert_eq!(*of, run);
            digests[run as usize - 1].clone_from(&progress.digest);
        }
    }
    let alone = |spec| {
        let mut trainer = Trainer::new(spec);
        trainer.advance(12);
        digest(trainer.mask(), trainer.weights())
    };
    assert_eq!(digests, [alone(&spec()), alone(&other)]);
    service.take(Request::Start { run: 3, spec: spec(), beside: vec![2], room: ROOM, data: None });
    worked(&mut service);
    let mut goes_on = |run| {
        service.take(Request::Advance { run, steps: 1, budget: 1e9 });
        let goes_on = service.is_at_work();
        worked(&mut service);
        goes_on
    };
    assert_eq!([1, 2, 3].map(&mut goes_on), [false, true, true]);
}

#[test]
fn a_run_returns_to_any_step_it_has_passed_and_goes_on_from_there_with_the_same_bits() {
    let mut service = worker(3.0);
    service.take(Request::Start { run: 1, spec: spec(), beside: Vec::new(), room: ROOM, data: None });
    worked(&mut service);
    service.take(Request::Advance { run: 1, steps: 200, budget: 1e9 });
    worked(&mut service);
    let mut plain = Trainer::new(&spec());
    let mut digests = vec![digest(plain.mask(), plain.weights())];
    for _ in 0..300 {
        plain.advance(1);
        digests.push(digest(plain.mask(), plain.weights()));
    }
    let mut told = |request| {
        service.take(request);
        let (said, _) = worked(&mut service);
        let [Reply::Trained { progress, .. }] = &said[..] else { panic!("{said:?}") };
        let at = progress.from as usize + progress.curve.len() - 1;
        let errors = &plain.relative_error()[progress.from as usize..=at];
        assert_eq!((&progress.digest, &progress.curve[..]), (&digests[at], errors));
        at
    };
    // Back, on, where it stands, over many moments, and no further than it has come.
    for (step, at) in [(7, 7), (8, 8), (8, 8), (190, 190), (3, 3), (0, 0), (1000, 200), (64, 64)] {
        assert_eq!(told(Request::Seek { run: 1, step }), at);
    }
    assert_eq!(told(Request::Advance { run: 1, steps: 236, budget: 1e9 }), 300);
}

#[test]
fn a_turn_comes_once_however_much_is_asked_meanwhile_and_none_without_work() {
    let mut service = worker(3.0);
    assert!(service.hear(Request::Forecast { run: 1, spec: spec() }).come_back);
    let second = service.hear(Request::Probe { run: 2, spec: spec(), index: 4 });
    assert!(second.say.is_none() && !second.come_back, "it was announced before");
    let mut turns: Vec<Turn> = Vec::new();
    while turns.last().is_none_or(|turn| turn.come_back) {
        turns.push(service.come_back());
    }
    assert!(turns.len() > 1 && matches!(turns[turns.len() - 1].say, Some(Reply::Probed { run: 2, .. })));
    assert!(!service.hear(Request::Stop).come_back);
    assert!(service.hear(Request::Forecast { run: 3, spec: spec() }).come_back, "announced anew");
}

#[test]
fn a_run_that_is_not_kept_is_not_gone_on_with() {
    let mut service = worker(1.0);
    service.take(Request::Advance { run: 0, steps: 1, budget: 1.0 });
    assert!(!service.is_at_work());
}

#[test]
fn what_is_known_of_a_forecast_is_said_before_the_whole() {
    let mut service = worker(0.0);
    service.take(Request::Forecast { run: 3, spec: spec() });
    let (said, _) = worked(&mut service);
    assert!(
        matches!(said[..], [Reply::Lights { run: 3, .. }, Reply::Lights { .. }, Reply::Forecast { run: 3, .. }]),
        "{said:?}"
    );
    // What nobody wants any more is not said.
    service.take(Request::Forecast { run: 4, spec: spec() });
    assert!(matches!(service.work(), Some(Reply::Lights { .. }) | None));
    service.take(Request::Stop);
    assert!(!service.is_at_work() && service.work().is_none());
}

#[test]
fn long_work_says_that_it_goes_on() {
    let mut service = worker(600.0);
    service.take(Request::Forecast { run: 1, spec: spec() });
    let (said, slices) = worked(&mut service);
    let at_work = said.iter().filter(|reply| matches!(reply, Reply::AtWork)).count();
    assert!(at_work > 2 && at_work <= slices, "{at_work} times in {slices} slices");
    assert!(matches!(said.last(), Some(Reply::Forecast { run: 1, .. })));
}
