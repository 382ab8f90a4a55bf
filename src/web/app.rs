//! The page's state, and the one function that changes it.

mod pointing;
mod work;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::clipboard::Clipboard;
use super::controls::Controls;
use super::dom::{Frames, Interval, Listener, document, now};
use super::glossary::Glossary;
use super::input::{address_changed, listen, watch_resolution};
use super::keys::KeyList;
use super::pictures::{Pictures, Scene};
use super::transport::TransportBar;
use super::workers::{self, Workers};
use super::{Dispatch, address, messages, panels};
use crate::link::{self, Link, Wish};
use crate::session::address::{Address, Write};
use crate::session::campaign::Campaign;
use crate::session::comparison;
use crate::session::crew::Crew;
use crate::session::event::{Event, FromWorker};
use crate::session::failure::Failure;
use crate::session::ghosts::Ghosts;
use crate::session::run::Run;
use crate::session::slider;
use crate::session::transport::Transport;
use crate::session::view::View;
use crate::spec::Spec;
use crate::trials::out_of_reach;

/// A run shorter than this leaves no ghost.
const SHORTEST_GHOST: usize = 20;
/// Milliseconds without a change before forecast and probes begin.
const QUIET: f64 = 120.0;
/// Milliseconds of training in one request.
const BUDGET: f64 = 24.0;
/// Milliseconds that a run has to have stood unchanged to be kept as a ghost: those that a drag passes through are not.
const SETTLED: f64 = 400.0;
/// Starts the page.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        messages::show_failure("The page has stopped because of an error of its own; reload it to go on.", false);
    }));
    let app = Rc::new_cyclic(|app: &Weak<RefCell<App>>| {
        let app = app.clone();
        let dispatch: Dispatch = Rc::new(move |event| {
            // After a panic it stays borrowed: the page has stopped, and says so.
            if let Some(app) = app.upgrade()
                && let Ok(mut app) = app.try_borrow_mut()
            {
                app.update(event);
            }
        });
        RefCell::new(App::new(dispatch))
    });
    app.borrow_mut().open();
    // The page lives as long as its document.
    std::mem::forget(app);
}

struct App {
    run: Run,
    // what the reader asked for, where the present Spec cannot have it
    wish: Wish,
    // the training worker has not been told of the run yet
    start_wanted: bool,
    forecast_wanted: bool,
    campaign: Campaign,
    ghosts: Ghosts,
    // sentences about the link or the last edit
    notices: Vec<String>,
    failure: Failure,
    // whether it was said that the link came from another computation
    mismatch_told: bool,
    // the link that the present run came from: what its sender saw
    sent: Option<Link>,
    changed_at: f64,
    frame_at: f64,
    view: View,
    pictures: Pictures,
    controls: Controls,
    _glossary: Glossary,
    transport: Transport,
    bar: TransportBar,
    address: Address,
    clipboard: Clipboard,
    keys: KeyList,
    crew: Crew,
    workers: Workers,
    frames: Frames,
    _seconds: Interval,
    dispatch: Dispatch,
    // tells of a change of the present resolution only, so it is renewed at each
    resolution: Option<Listener>,
    _listeners: Vec<Listener>,
}

impl App {
    fn new(dispatch: Dispatch) -> Self {
        let spec = Spec::default();
        let wish = Wish::of(&spec);
        let (frame, second) = (dispatch.clone(), dispatch.clone());
        let pictures = Pictures::new();
        let bar = TransportBar::new(&dispatch);
        let mut transport = Transport::default();
        transport.set_speed(&bar.speed());
        Self {
            campaign: Campaign::new(0, &spec),
            run: Run::new(0, spec),
            wish,
            start_wanted: true,
            forecast_wanted: true,
            ghosts: Ghosts::default(),
            notices: Vec::new(),
            failure: Failure::default(),
            mismatch_told: false,
            sent: None,
            changed_at: f64::NEG_INFINITY,
            frame_at: now(),
            controls: Controls::new(&dispatch),
            _glossary: Glossary::new(),
            transport,
            bar,
            address: Address::default(),
            clipboard: Clipboard::new(&dispatch),
            keys: KeyList::new(&dispatch),
            frames: Frames::new(move |time| frame(Event::Frame(time))),
            _seconds: Interval::new(1000, move || second(Event::SecondPassed)),
            _listeners: listen(&dispatch, &pictures),
            pictures,
            view: View::default(),
            resolution: None,
            crew: Crew::new(workers::cores()),
            workers: Workers::new(dispatch.clone()),
            dispatch,
        }
    }

    /// Takes the run from the address and shows the page.
    fn open(&mut self) {
        self.carry_out_orders();
        self.update(address_changed());
        document().document_element().expect("a document has a root").class_list().add_1("running").expect("a class");
        self.view.changed.look = true;
        // What the hint says was seen to hold at the opening run.
        if self.run.spec != Spec::default() {
            panels::drop_hint();
        }
        panels::show_shade_key();
        self.frames.ask();
    }

    fn update(&mut self, event: Event) {
        match event {
            Event::Frame(time) => return self.frame(time),
            Event::Field(key, text) => self.edit(key, &text),
            Event::Slid(key, position) => {
                if key == "r" {
                    panels::drop_hint();
                }
                if let Some(text) = slider::value_at(key, position, &self.run.spec) {
                    self.edit(key, &text);
                }
            }
            Event::Defaults => {
                let spec = Spec { seed: self.run.spec.seed, ..Spec::default() };
                self.wish = Wish::of(&spec);
                self.change(spec, true);
                self.tell(Vec::new());
            }
            Event::NewSeed(word) => {
                // Short enough to be read out in a lecture hall.
                self.change(Spec { seed: u64::from(word) % 1_000_000, ..self.run.spec.clone() }, true);
                self.tell(Vec::new());
            }
            Event::PlayOrPause => {
                if self.run.stopped.is_some() {
                    self.restart();
                    self.transport.playing = true;
                } else {
                    self.transport.playing = !self.transport.playing;
                    self.transport.clear();
                }
                self.view.changed.step = true;
            }
            Event::Steps(steps) => {
                self.transport.playing = false;
                let from = self.transport.target().or(self.run.step()).unwrap_or(0);
                self.transport.play_to(from + steps as usize);
            }
            Event::Reset => self.restart(),
            Event::Speed(choice) => self.transport.set_speed(&choice),
            Event::FromWorker(number, FromWorker::Reply(reply)) => self.hear(number, reply),
            Event::FromWorker(number, FromWorker::Failed(reason)) => self.worker_failed(number, &reason),
            Event::Resized | Event::ThemeChanged => {
                self.controls.measure();
                self.view.changed.look = true;
            }
            Event::Printing(printing) => self.print(printing),
            Event::SecondPassed => {
                if !self.replace_silent_workers() {
                    return;
                }
            }
            Event::Hidden(_) => self.frame_at = now(),
            Event::AddressChanged { fragment, is_place } => self.follow_address(fragment, is_place),
            Event::CursorAt(place) => {
                let axes = self.view.error(&self.run, self.ghosts.shown()).axes();
                self.view.cursor = place.map(|x| axes.iteration(self.pictures.error.chart_pixels(x)));
                self.view.changed.cursor = true;
            }
            Event::CursorBy(columns) => self.move_cursor(columns),
            Event::Light(pointed) => {
                let lit = pointed.and_then(|pointed| self.neuron_at(pointed));
                self.view.changed.light |= lit != self.view.lit;
                self.view.lit = lit;
            }
            Event::LightBy(by) => self.light_by(by),
            Event::ProbeBy(places) => self.move_to_probe(places),
            Event::ProbeAt(place) => self.choose_probe(place.and_then(|place| self.probe_at(place))),
            Event::DiscClicked(place) => self.click_disc(place),
            Event::OpenProbe => self.open_probe(),
            Event::ForgetProbe => self.choose_probe(None),
            Event::TableToggled => self.view.changed.tables = true,
            Event::DismissNotices => self.show_notices(Vec::new()),
            Event::DismissFailure => self.forget_failure(),
            Event::ShowKeys => self.keys.turn(),
            Event::CopyLink => {
                if !self.clipboard.copy(&self.moment().fragment()) {
                    self.clipboard.tell(false, now());
                }
            }
            Event::Copied(copied) => self.clipboard.tell(copied, now()),
            Event::BoxLeft => self.controls.forget(),
        }
        self.frames.ask();
    }

    /// A field is to have the value that `text` says.
    fn edit(&mut self, key: &str, text: &str) {
        let (spec, notices) = self.wish.edit(&self.run.spec, key, text);
        self.change(spec, true);
        self.controls.complain(&notices);
        self.tell(notices);
        self.controls.forget();
    }

    /// Shows the sentences of a link or an edit, and the one about an effective width out of reach.
    fn tell(&mut self, mut notices: Vec<String>) {
        notices.extend(out_of_reach(&self.run.spec, self.run.supports.reach()));
        self.show_notices(notices);
    }

    fn show_notices(&mut self, notices: Vec<String>) {
        messages::show_notices(&notices);
        self.notices = notices;
    }

    fn forget_failure(&mut self) {
        messages::hide_failure();
        self.failure = Failure::default();
    }

    /// Goes on to another Spec: playing stays playing, paused stays paused at t = 0.
    fn change(&mut self, spec: Spec, entry: bool) {
        if spec == self.run.spec {
            return;
        }
        let number = self.run.number + 1;
        let run = std::mem::replace(&mut self.run, Run::new(number, spec));
        let stood = run.relative_error.len() > SHORTEST_GHOST && now() - self.changed_at >= SETTLED;
        self.ghosts.follow(&self.run.spec, stood.then_some((run.spec, run.relative_error)));
        self.view.lit = self.view.lit.filter(|lit| *lit < self.run.mask.neurons());
        self.campaign.follow(number, &self.run.spec);
        self.crew.forgive();
        self.stop_stale();
        self.forget_failure();
        (self.start_wanted, self.forecast_wanted) = (true, true);
        self.transport.clear();
        (self.sent, self.mismatch_told) = (None, false);
        self.changed_at = now();
        self.view.changed.spec = true;
        if entry {
            self.address.change(Link::from(self.run.spec.clone()).fragment(), self.changed_at);
            let write = self.address.settle(self.changed_at);
            self.write(write);
        }
    }

    /// The same run from t = 0.
    fn restart(&mut self) {
        let (forecast, known) = (self.run.forecast.take(), self.run.known);
        self.run = Run { forecast, known, ..Run::new(self.run.number + 1, self.run.spec.clone()) };
        // A forecast under way belongs to the number before.
        self.forecast_wanted = self.run.forecast.is_none();
        self.start_wanted = true;
        self.stop_stale();
        self.transport.clear();
        self.view.changed.step = true;
    }

    /// Takes the address as it is now: at the start, after Back or Forward, or when the reader edited it.
    fn follow_address(&mut self, fragment: String, is_place: bool) {
        self.address.read(fragment.clone());
        if is_place {
            // The skip link leads to a place of the page, not to another run.
            self.view.changed.step = true;
            let write = self.address.mend(Link::from(self.run.spec.clone()).fragment());
            return self.write(write);
        }
        let (link, notices) = link::parse(&fragment);
        self.wish = Wish::of(&link.spec);
        self.change(link.spec.clone(), false);
        self.tell(notices);
        let write = self.address.mend(link.fragment());
        self.write(write);
        // A link without a moment means the start, also where it names the run that is shown.
        let step = link.step.unwrap_or(0);
        if self.run.step().unwrap_or(0) != step {
            self.restart();
            self.transport.playing = false;
            self.transport.play_to(step);
        }
        (self.sent, self.mismatch_told) = (Some(link), false);
        self.controls.forget();
    }

    fn write(&mut self, write: Option<Write>) {
        if let Some(write) = write.filter(address::write) {
            self.address.wrote(write);
        }
    }

    fn frame(&mut self, time: f64) {
        self.frames.came();
        let elapsed = (time - self.frame_at).clamp(0.0, 100.0);
        self.frame_at = time;
        let now = now();
        if let (Some(step), None) = (self.run.step(), self.run.stopped) {
            self.transport.pass(elapsed, step);
        }
        self.put_to_work(now);
        self.controls.show(&self.run.spec, self.run.known);
        self.bar.show(self.transport.playing, self.run.moment());
        let moving = self.is_moving();
        if self.view.changed.step || self.view.changed.spec {
            self.clipboard.move_on(now);
            if moving { messages::show_comparison("") } else { self.hold_moment() }
        }
        if self.view.changed.look {
            self.resolution = watch_resolution(&self.dispatch);
        }
        if self.failure.has_passed(now) {
            self.forget_failure();
        }
        self.draw(now);
        let write = self.address.settle(now);
        self.write(write);
        if moving
            || self.failure.passes()
            || self.view.is_pending()
            || self.address.is_pending()
            || self.work_waits(now)
        {
            self.frames.ask();
        }
    }

    /// Draws for paper or for the screen again, at once: a browser lays out the page next and asks for no frame.
    fn print(&mut self, printing: bool) {
        if self.pictures.print(printing) {
            self.view.changed.look = true;
            self.draw(now());
        }
    }

    fn draw(&mut self, now: f64) {
        if self.view.changed.look {
            self.view.sizes = self.pictures.measure();
        }
        let moving = self.is_moving();
        let due = self.view.look(&self.run, &self.campaign, moving, moving && self.transport.playing, now);
        let scene = Scene {
            view: &self.view,
            run: &self.run,
            campaign: &self.campaign,
            workers: self.crew.pool(self.most_at_once()).len(),
            ghosts: self.ghosts.shown(),
        };
        self.pictures.draw(&scene, &due);
    }

    fn is_moving(&self) -> bool {
        self.run.stopped.is_none() && self.transport.is_moving()
    }

    /// A paused run's address names its step, with the digest that the receiver of a link can compare.
    fn hold_moment(&mut self) {
        let Some(step) = self.run.step() else { return messages::show_comparison("") };
        self.address.move_on(self.moment().fragment());
        let sent = self.sent.as_ref().filter(|sent| sent.step == Some(step));
        messages::show_comparison(comparison::verdict(sent, &self.run.digest));
        // Told once; later visits of the same moment have the words beside the digest.
        if let Some(sentence) = sent.and_then(|sent| comparison::mismatch(sent, &self.run.digest))
            && !std::mem::replace(&mut self.mismatch_told, true)
        {
            let notices = self.notices.iter().cloned().chain([sentence]).collect();
            self.show_notices(notices);
        }
    }

    /// The link to what is shown: at the start only the run, else with the moment, its digest and who made it.
    fn moment(&self) -> Link {
        let step = self.run.step().filter(|step| *step > 0);
        let digest = step.map(|_| self.run.digest.clone());
        let made = step.map(|_| env!("CARGO_PKG_VERSION").to_owned());
        Link { spec: self.run.spec.clone(), step, digest, made }
    }
}
