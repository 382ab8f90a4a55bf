//! The page's state, and the one function that changes it.

mod work;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::address::Address;
use super::campaign::Campaign;
use super::controls::{Controls, Known};
use super::crew::Crew;
use super::dom::{Frames, Listener, document, now};
use super::event::{Dispatch, Event, Pointed};
use super::input::{listen, watch_resolution};
use super::panels;
use super::run::{Run, difference};
use super::transport::Transport;
use super::view::{Scene, View};
use super::worker_handle::FromWorker;
use crate::charts::{mask_overlap, network_drawing, relative_error::Ghost};
use crate::link::{self, Link};
use crate::spec::Spec;
use crate::spec::fields::Field;
use crate::spec::slider::scale;
use crate::trials::out_of_reach;

/// Earlier runs kept as ghosts.
const MOST_GHOSTS: usize = 4;
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
        panels::show_failure("The page has stopped because of an error of its own; reload it to go on.");
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
    number: u32,
    // the training worker has not been told of the run yet
    start_wanted: bool,
    forecast_wanted: bool,
    campaign: Campaign,
    // earlier runs, the oldest first
    earlier: Vec<(Spec, Vec<f64>)>,
    ghosts: Vec<Ghost>,
    // the link that the present run came from: what its sender saw
    sent: Option<Link>,
    changed_at: f64,
    frame_at: f64,
    view: View,
    controls: Controls,
    transport: Transport,
    address: Address,
    crew: Crew,
    frames: Frames,
    dispatch: Dispatch,
    // tells of a change of the present resolution only, so it is renewed at each
    resolution: Option<Listener>,
    _listeners: Vec<Listener>,
}

impl App {
    fn new(dispatch: Dispatch) -> Self {
        let spec = Spec::default();
        let frame = dispatch.clone();
        let view = View::new();
        Self {
            campaign: Campaign::new(0, &spec),
            run: Run::new(spec),
            number: 0,
            start_wanted: true,
            forecast_wanted: true,
            earlier: Vec::new(),
            ghosts: Vec::new(),
            sent: None,
            changed_at: f64::NEG_INFINITY,
            frame_at: now(),
            controls: Controls::new(&dispatch),
            transport: Transport::new(&dispatch),
            address: Address::new(),
            frames: Frames::new(move |time| frame(Event::Frame(time))),
            _listeners: listen(&dispatch, &view),
            view,
            resolution: None,
            crew: Crew::start(dispatch.clone()),
            dispatch,
        }
    }

    /// Takes the run from the address and shows the page.
    fn open(&mut self) {
        self.follow_address();
        document().document_element().expect("a document has a root").class_list().add_1("running").expect("a class");
        self.view.changed.look = true;
        self.frames.ask();
    }

    fn update(&mut self, event: Event) {
        match event {
            Event::Frame(time) => return self.frame(time),
            Event::Field(key, text) => self.edit(key, &text),
            Event::Slid(key, position) => {
                let range = Field::by_key(key).and_then(|field| field.range(&self.run.spec));
                if let (Some(scale), Some((_, max))) = (scale(key), range) {
                    self.edit(key, &scale.value(position, max).to_string());
                }
            }
            Event::Defaults => {
                self.change(Spec { seed: self.run.spec.seed, ..Spec::default() }, true);
                self.tell(Vec::new());
            }
            Event::NewSeed => {
                // Short enough to be read out in a lecture hall.
                let word = getrandom::u32().expect("a browser has random numbers");
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
            Event::Resized | Event::ThemeChanged => self.view.changed.look = true,
            Event::Printing(printing) => self.print(printing),
            Event::VisibilityChanged => self.frame_at = now(),
            Event::AddressChanged => self.follow_address(),
            Event::CursorAt(place) => {
                let axes = self.view.axes(&self.scene());
                self.view.cursor = place.map(|x| axes.iteration(self.view.error.chart_pixels(x)));
                self.view.cursor_by_keys = false;
                self.view.changed.cursor = true;
            }
            Event::CursorBy(columns) => self.move_cursor(columns),
            Event::Light(pointed) => {
                let lit = pointed.and_then(|pointed| self.neuron_at(pointed));
                self.view.changed.light |= lit != self.view.lit;
                self.view.lit = lit;
            }
            Event::LightBy(by) => {
                let last = self.run.mask.neurons() as i32 - 1;
                let next = self.view.lit.map_or(if by > 0 { 0 } else { last }, |lit| lit as i32 + by);
                self.view.lit = Some(next.clamp(0, last) as usize);
                self.view.changed.light = true;
            }
            Event::TableToggled => self.view.changed.tables = true,
            Event::DismissNotices => panels::show_notices(&[]),
        }
        self.frames.ask();
    }

    /// A field is to have the value that `text` says.
    fn edit(&mut self, key: &str, text: &str) {
        // An edit is a link with one more value, so that it is mended and reported like one.
        let fragment = Link::from(self.run.spec.clone()).fragment();
        let value: String = text.chars().filter(|c| !"&#=%".contains(*c)).collect();
        let (link, notices) = link::parse(&format!("{fragment}&{key}={value}"));
        self.change(link.spec, true);
        self.tell(notices);
        self.controls.forget();
    }

    /// Shows the sentences of a link or an edit, and the one about an effective width out of reach.
    fn tell(&self, mut notices: Vec<String>) {
        notices.extend(out_of_reach(&self.run.spec));
        panels::show_notices(&notices);
    }

    /// Goes on to another Spec: playing stays playing, paused stays paused at t = 0.
    fn change(&mut self, spec: Spec, entry: bool) {
        if spec == self.run.spec {
            return;
        }
        let run = std::mem::replace(&mut self.run, Run::new(spec));
        if run.relative_error.len() > SHORTEST_GHOST && now() - self.changed_at >= SETTLED {
            self.earlier.retain(|(spec, _)| *spec != run.spec);
            self.earlier.push((run.spec, run.relative_error));
            let surplus = self.earlier.len().saturating_sub(MOST_GHOSTS);
            self.earlier.drain(..surplus);
        }
        self.ghosts = self
            .earlier
            .iter()
            .filter(|(spec, _)| *spec != self.run.spec)
            .map(|(spec, errors)| Ghost { relative_error: errors.clone(), label: difference(spec, &self.run.spec) })
            .collect();
        self.view.lit = self.view.lit.filter(|lit| *lit < self.run.mask.neurons());
        self.number += 1;
        self.campaign.follow(self.number, &self.run.spec);
        self.crew.forgive();
        (self.start_wanted, self.forecast_wanted) = (true, true);
        self.transport.clear();
        self.sent = None;
        self.changed_at = now();
        self.view.changed.spec = true;
        if entry {
            self.address.change(Link::from(self.run.spec.clone()).fragment(), self.changed_at);
        }
    }

    /// The same run from t = 0.
    fn restart(&mut self) {
        let forecast = self.run.forecast.take();
        self.run = Run { forecast, ..Run::new(self.run.spec.clone()) };
        self.number += 1;
        // A forecast under way belongs to the number before.
        self.forecast_wanted = self.run.forecast.is_none();
        self.start_wanted = true;
        self.transport.clear();
        self.view.changed.step = true;
    }

    /// Takes the address as it is now: at the start, after Back or Forward, or when the reader edited it.
    fn follow_address(&mut self) {
        let fragment = self.address.fragment();
        if document().get_element_by_id(&fragment).is_some() {
            // The skip link leads to a place of the page, not to another run.
            self.view.changed.step = true;
            return self.address.mend(Link::from(self.run.spec.clone()).fragment());
        }
        let (link, notices) = link::parse(&fragment);
        self.change(link.spec.clone(), false);
        self.tell(notices);
        self.address.mend(link.fragment());
        // A link without a moment means the start, also where it names the run that is shown.
        let step = link.step.unwrap_or(0);
        if self.run.step().unwrap_or(0) != step {
            self.restart();
            self.transport.playing = false;
            self.transport.play_to(step);
        }
        self.sent = Some(link);
        self.controls.forget();
    }

    fn scene(&self) -> Scene<'_> {
        let moving = self.run.stopped.is_none() && self.transport.is_moving();
        Scene { run: &self.run, campaign: &self.campaign, ghosts: &self.ghosts, moving }
    }

    fn frame(&mut self, time: f64) {
        self.frames.came();
        let elapsed = (time - self.frame_at).clamp(0.0, 100.0);
        self.frame_at = time;
        let now = now();
        if self.run.step().is_some() && self.run.stopped.is_none() {
            self.transport.pass(elapsed);
        }
        self.put_to_work(now);
        let best_momentum = self.run.forecast.as_ref().and_then(|forecast| forecast.best_momentum);
        self.controls.show(
            &self.run.spec,
            Known { effective_width: self.run.effective_width, weights: self.run.mask.weights(), best_momentum },
        );
        let standing = self.run.step().map(|step| (step, self.run.relative_error[step]));
        self.transport.show(standing);
        let moving = self.scene().moving;
        if self.view.changed.step || self.view.changed.spec {
            if moving { panels::show_comparison(None, "") } else { self.hold_moment() }
        }
        if self.view.changed.look {
            self.resolution = watch_resolution(&self.dispatch);
        }
        let scene = Scene { run: &self.run, campaign: &self.campaign, ghosts: &self.ghosts, moving };
        self.view.draw(&scene, now);
        self.address.settle(now);
        if moving || self.view.is_pending() || self.address.is_pending() || self.work_waits(now) {
            self.frames.ask();
        }
    }

    /// Draws for paper or for the screen again, at once: a browser lays out the page next and asks for no frame.
    fn print(&mut self, printing: bool) {
        if self.view.print(printing) {
            let moving = self.scene().moving;
            let scene = Scene { run: &self.run, campaign: &self.campaign, ghosts: &self.ghosts, moving };
            self.view.draw(&scene, now());
        }
    }

    /// A paused run's address names its step, with the digest that the receiver of a link can compare.
    fn hold_moment(&mut self) {
        let Some(step) = self.run.step() else { return panels::show_comparison(None, "") };
        let moment = (step > 0).then_some(step);
        let digest = moment.map(|_| self.run.digest.clone());
        let made = moment.map(|_| env!("CARGO_PKG_VERSION").to_owned());
        self.address.move_on(Link { spec: self.run.spec.clone(), step: moment, digest, made }.fragment());
        let sent = self.sent.as_ref().filter(|sent| sent.step == Some(step));
        panels::show_comparison(sent, &self.run.digest);
    }

    fn move_cursor(&mut self, columns: i32) {
        let Some(last) = self.run.step() else { return };
        let stride = (last / 200).max(1) as i64;
        let from = self.view.cursor.unwrap_or(last) as i64;
        self.view.cursor = Some((from + i64::from(columns) * stride).clamp(0, last as i64) as usize);
        self.view.cursor_by_keys = true;
        self.view.changed.cursor = true;
    }

    fn neuron_at(&self, pointed: Pointed) -> Option<usize> {
        let (run, view) = (&self.run, &self.view);
        let weights = run.weights.as_deref();
        match pointed {
            Pointed::Row(y) => {
                let size = view.mask.size();
                let snapshot =
                    mask_overlap::Snapshot { size, mask: &run.mask, oracle: &run.oracle, weights, lit: view.lit };
                snapshot.neuron_at(view.mask.chart_pixels(y))
            }
            Pointed::Column(x) => {
                let (size, weights) = (view.network.size(), weights.unwrap_or(&run.oracle));
                let snapshot = network_drawing::Snapshot { size, mask: &run.mask, weights, lit: view.lit };
                Some(snapshot.neuron_at(view.network.chart_pixels(x)))
            }
        }
    }
}
