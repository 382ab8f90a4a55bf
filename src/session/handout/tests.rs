//! Handouts whose workers really compute.

use super::*;
use crate::link::{Sequence, parse};
use crate::session::event::FromWorker;
use crate::training::Trainer;
use crate::trials::messages::{Reply, Request};
use crate::trials::{Service, digest};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SMALL: &str = "v=1&r=3&N=40&K=2&d=10&T=60&seed=1";

/// A handout, its workers, and the time.
struct Office {
    handout: Handout,
    workers: Vec<Option<Service>>,
    ready: Vec<usize>,
    asked: Vec<Request>,
    now: f64,
}

impl Office {
    fn open(scenes: Vec<Link>) -> Self {
        Self::on(Machine { cores: 2, gigabytes: None }, scenes)
    }

    fn on(machine: Machine, scenes: Vec<Link>) -> Self {
        let (handout, orders) = Handout::begin(scenes, machine, 0.0);
        let mut office = Self { handout, workers: Vec::new(), ready: Vec::new(), asked: Vec::new(), now: 0.0 };
        office.carry_out(orders);
        office
    }

    fn carry_out(&mut self, orders: Vec<workers::Order>) {
        for order in orders {
            match order {
                workers::Order::Start(number) => {
                    self.workers.resize_with(self.workers.len().max(number + 1), || None);
                    self.workers[number] = Some(Service::new(|| 0.0));
                    self.ready.push(number);
                }
                workers::Order::End(number) => self.workers[number] = None,
                workers::Order::Send(number, request) => {
                    self.asked.push((*request).clone());
                    self.workers[number].as_mut().expect("it runs").take(*request);
                }
            }
        }
    }

    fn tell(&mut self, event: Event) {
        let orders = self.handout.update(event, self.now);
        self.carry_out(orders);
    }

    /// A tenth of a second, in which each worker works for a slice.
    fn pass(&mut self) {
        self.now += 100.0;
        for number in std::mem::take(&mut self.ready) {
            self.tell(Event::FromWorker(number, FromWorker::Reply(Reply::Ready)));
        }
        for number in 0..self.workers.len() {
            let worker = self.workers[number].as_mut().filter(|worker| worker.is_at_work());
            if let Some(reply) = worker.and_then(Service::work) {
                self.tell(Event::FromWorker(number, FromWorker::Reply(reply)));
            }
        }
        self.tell(Event::SecondPassed);
    }

    fn finish(mut self) -> Self {
        while !self.handout.is_complete() {
            assert!(self.now < 1e7, "{}, {}", self.handout.stands(), self.handout.progress());
            self.pass();
        }
        self
    }
}

/// A scene of a small run.
fn scene(more: &str) -> Link {
    let (link, notices) = parse(&format!("{SMALL}&{more}"));
    assert!(notices.is_empty(), "{notices:?}");
    Sequence::scene(link)
}

/// How many probes were asked for.
fn probes(asked: &[Request]) -> usize {
    asked.iter().filter(|request| matches!(request, Request::Probe { .. })).count()
}

#[test]
fn each_scene_gets_a_page_with_its_words_its_pictures_and_its_link() {
    let scenes = [
        "t=30&title=First&note=Look%20at%20this",
        "t=5&seed=7&mask=wrong&missed=0.4&hide=lights,network,N,status",
        "t=20&seed=3&enlarge=error&hide=controls",
    ];
    let Office { handout, .. } = Office::open(scenes.map(scene).to_vec()).finish();
    assert_eq!((handout.stands().as_str(), handout.progress().as_str()), ("3 pages are ready.", ""));
    let [first, second, third] = handout.sheets() else { panic!("a page a scene") };
    let keys = |sheet: &Sheet| sheet.pictures.iter().map(|drawn| drawn.key).collect::<Vec<_>>();

    assert_eq!(
        (first.title.as_str(), first.note.as_str(), first.place.as_str()),
        ("First", "Look at this", "1 of\u{a0}3")
    );
    assert_eq!(keys(first), ["error", "disc", "masks", "network"]);
    assert!(first.status.starts_with("Step\u{a0}30: relative error"), "{}", first.status);
    assert_eq!(first.lights.len(), 4);
    let settings = first.settings.replace('\u{a0}', " ");
    assert_eq!(
        settings,
        "Effective width: 3 · Samples: 40 · Neurons: 2 · Momentum: 0.90 · Dimension: 10 · Seed: 1 · Step cap T: 60"
    );
    let mut trainer = Trainer::new(&scene("").spec);
    trainer.advance(30);
    assert_eq!(first.digest, comparison::in_fours(&digest(trainer.mask(), trainer.weights())));
    assert!(first.pictures[1].caption.contains(" of\u{a0}96 did"), "{}", first.pictures[1].caption);
    let (opened, _) = parse(&first.fragment);
    assert_eq!((&opened.spec, opened.step, opened.stage.title.as_str()), (&scene("").spec, Some(30), ""));

    assert_eq!((second.title.as_str(), second.note.as_str(), second.status.as_str()), ("Scene 2", "", ""));
    assert_eq!((keys(second), second.lights.len()), (vec!["error", "disc", "masks"], 0));
    assert!(!second.settings.contains("Samples") && second.settings.contains("Missed share"), "{}", second.settings);
    assert!(second.pictures[2].caption.ends_with("half a bar an extra one."), "{}", second.pictures[2].caption);

    assert_eq!((keys(third), third.settings.as_str()), (vec!["error"], ""));
    assert!(third.pictures[0].svg.contains("width=\"700\""), "alone it has all the room");
}

#[test]
fn two_runs_in_lock_step_are_both_at_the_step_of_their_page() {
    let Office { handout, asked, .. } = Office::open(vec![scene("t=12&twin=dense&hide=disc")]).finish();
    let [sheet] = handout.sheets() else { panic!("one page") };
    assert!(sheet.status.starts_with("After 12 steps pruned"), "{}", sheet.status);
    assert!(probes(&asked) < 96, "nobody would see them");
    assert!(sheet.settings.ends_with(" · Compared: pruned and dense"), "{}", sheet.settings);
    assert!(!sheet.status.contains("s here"), "a paper is not of one machine: {}", sheet.status);
    assert_eq!(handout.stands(), "One page is ready.");
}

#[test]
fn a_lecturer_in_a_hurry_waits_for_no_probes() {
    let mut office = Office::open(vec![scene("t=10&title=A")]);
    assert_eq!((office.handout.stands().as_str(), office.handout.hurries()), ("Page 1 of\u{a0}1: A", false));
    assert_eq!(office.handout.progress(), "Being computed …");
    while !office.handout.progress().contains("of\u{a0}96 probes") {
        office.pass();
    }
    office.handout.hurry();
    office.pass();
    assert!(office.handout.is_complete() && office.handout.hurries());
    assert!(probes(&office.asked) < 96);
    let caption = &office.handout.sheets()[0].pictures[1].caption;
    assert!(!caption.contains("on their way") && caption.contains("this page"), "{caption}");
}

impl Office {
    /// A worker fails.
    fn fail(&mut self, number: usize) {
        self.now += 100.0;
        self.tell(Event::FromWorker(number, FromWorker::failed(Some("out of memory".to_owned()))));
    }
}

#[test]
fn a_scene_whose_run_cannot_be_trained_gets_a_page_that_says_so_and_the_next_its_own() {
    let mut office = Office::open(vec![scene("t=10&hide=status"), scene("t=5&seed=2")]);
    while office.handout.sheets().is_empty() {
        assert!(office.now < 1e4, "it is tried again and again");
        office.fail(workers::TRAINER);
    }
    let first = &office.handout.sheets()[0];
    assert!(first.status.contains("out of memory") && first.digest.is_empty(), "{first:?}");
    let office = office.finish();
    let second = &office.handout.sheets()[1];
    assert!(second.status.starts_with("Step\u{a0}5") && !second.digest.is_empty(), "{second:?}");
}

#[test]
fn a_scene_without_a_forecast_gets_a_page_with_its_run_and_says_so() {
    // Of eight cores the memory lets one worker beside the training one compute such a problem.
    let machine = Machine { cores: 8, gigabytes: Some(1e-6) };
    let mut office = Office::on(machine, vec![scene("t=30")]);
    while office.handout.sheets().is_empty() {
        assert!(office.now < 1e5, "it is waited for what nobody computes");
        office.fail(workers::TRAINER + 1);
        office.pass();
    }
    let sheet = &office.handout.sheets()[0];
    assert!(sheet.status.starts_with("Step\u{a0}30") && !sheet.digest.is_empty(), "{sheet:?}");
    assert!(sheet.remarks.len() == 1 && sheet.remarks[0].contains("out of memory"), "{:?}", sheet.remarks);
}

#[test]
fn a_run_that_began_anew_at_its_step_is_not_taken_for_it() {
    let mut office = Office::open(vec![scene("t=10")]);
    while !office.handout.progress().contains("probes") {
        office.pass();
    }
    office.fail(workers::TRAINER);
    let office = office.finish();
    let sheet = &office.handout.sheets()[0];
    assert!(sheet.status.contains("out of memory") && sheet.digest.is_empty(), "{sheet:?}");
}

#[test]
fn the_link_on_a_page_of_the_lab_has_neither_words_nor_other_scenes() {
    let plain = "v=1&r=3&seed=1&t=10&digest=0123456789abcdef&bits=2";
    assert_eq!(short_fragment(plain), plain);
    assert_eq!(short_fragment("scene=region.3"), "scene=region.3");
    let long = "v=1&r=3&seed=1&t=10&title=A&hide=N&sequence=v=1%26seed=1~v=1%26seed=2&at=2";
    assert_eq!(parse(&short_fragment(long)).0, parse("v=1&r=3&seed=1&t=10&hide=N").0);
}

#[test]
fn a_scene_of_other_bits_says_so_and_its_short_link_names_none() {
    let office = Office::open(vec![scene("t=10&digest=0123456789abcdef&bits=2")]).finish();
    let sheet = &office.handout.sheets()[0];
    assert!(sheet.remarks.len() == 1 && sheet.remarks[0].contains("0123 4567 89ab cdef"), "{:?}", sheet.remarks);
    assert!(!sheet.fragment.contains("digest") && sheet.fragment.contains("t=10"), "{}", sheet.fragment);
}
