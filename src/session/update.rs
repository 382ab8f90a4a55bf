//! The state of the page, and the one function that changes it: an event comes in, what the shell has to do goes out.

mod drag;
mod driving;
mod figures;
mod going;
mod hearing;
mod lecture;
mod mirror;
mod moment;
mod own_data;
mod painting;
mod pointing;
mod qr_code;
mod saving;
mod shown;
mod stage;
mod telling;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod work;

use super::address::Address;
use super::announcements::Announcements;
use super::campaign::Campaign;
use super::composing::Composing;
use super::driving::Driving;
use super::event::{Event, FromWorker};
use super::failure::Failure;
use super::figures::Figures;
use super::ghosts::Ghosts;
use super::lecture::Lecture;
use super::machine::Machine;
use super::mapping::{self, Mapping};
use super::mirror::Mirror;
use super::order::{Copying, Order};
use super::own_data::{self as data, OwnData};
use super::response::Response;
use super::runs::Runs;
use super::saving::{self as files, Saving};
use super::searching::{self, Searching};
use super::slider::plain_number;
use super::sonification::Sonification;
use super::stage::Shown;
use super::transport::Transport;
use super::view::View;
use super::workers::Crew;
use crate::language::translate;
use crate::link::{Link, Sequence, Stage, Wish};
use crate::spec::{Painted, Spec, Twin};

/// Milliseconds between two frames that count as time in which a run plays, at most.
const LONGEST_FRAME: f64 = 100.0;
/// Milliseconds for which it is said at least that an address was copied.
const READING: f64 = 3000.0;
/// New seeds are smaller: short enough to be read out in a lecture hall.
const SEEDS: u64 = 1_000_000;

/// The page, without a browser.
#[derive(Debug)]
pub struct Session {
    runs: Runs,
    // what trains beside the one that is shown
    twin: Option<Twin>,
    // what the reader asked for, where the present Spec cannot have it
    wish: Wish,
    campaign: Campaign,
    figures: Figures,
    mapping: Mapping,
    searching: Searching,
    lecture: Lecture,
    stage: Stage,
    stage_shown: Shown,
    sequence: Sequence,
    composing: Composing,
    mirror: Mirror,
    driving: Driving,
    // the fragment that is shown as a QR code
    qr_code: Option<String>,
    // whether the run plays on once that is closed
    resumes: bool,
    saving: Saving,
    sonification: Sonification,
    announcements: Announcements,
    response: Response,
    data: OwnData,
    // numbers of experiments are never used twice
    next_experiment: u32,
    ghosts: Ghosts,
    transport: Transport,
    view: View,
    address: Address,
    crew: Crew,
    memory: u64,
    // sentences about the link or the last edit
    notices: Vec<String>,
    failure: Failure,
    // the link that the present run came from: what its sender saw
    sent: Option<Link>,
    // whether it was said that the link came from another computation
    mismatch_told: bool,
    copied_at: Option<f64>,
    // the field into whose box somebody types: its text is the reader's until it is committed or left
    typing: Option<&'static str>,
    printing: bool,
    hidden: bool,
    changed_at: f64,
    frame_at: f64,
    frame_wanted: bool,
    orders: Vec<Order>,
}

impl Session {
    /// Of a page that is being opened on `machine`.
    pub fn new(machine: Machine, now: f64) -> Self {
        let spec = Spec::default();
        Self {
            wish: Wish::of(&spec),
            campaign: Campaign::new(0, &spec),
            figures: Figures::default(),
            mapping: Mapping::default(),
            searching: Searching::default(),
            lecture: Lecture::default(),
            stage: Stage::default(),
            stage_shown: Shown::default(),
            sequence: Sequence::default(),
            composing: Composing::default(),
            mirror: Mirror::default(),
            driving: Driving::default(),
            qr_code: None,
            resumes: false,
            saving: Saving::default(),
            sonification: Sonification::default(),
            announcements: Announcements::default(),
            response: Response::default(),
            data: OwnData::default(),
            next_experiment: 1,
            runs: Runs::new(spec),
            twin: None,
            ghosts: Ghosts::default(),
            transport: Transport::default(),
            view: View::default(),
            address: Address::default(),
            crew: Crew::new(machine.cores),
            memory: machine.memory(),
            notices: Vec::new(),
            failure: Failure::default(),
            sent: None,
            mismatch_told: false,
            copied_at: None,
            typing: None,
            printing: false,
            hidden: false,
            changed_at: f64::NEG_INFINITY,
            frame_at: now,
            frame_wanted: true,
            orders: Vec::new(),
        }
    }

    /// Takes the run from the address that the page was opened with.
    pub fn open(&mut self, fragment: String, is_place: bool, now: f64) -> Vec<Order> {
        self.follow_address(fragment, is_place, now);
        // What the hint says was seen to hold at the opening run.
        if self.run().spec != Spec::default() {
            self.orders.push(Order::DropHint);
        }
        self.take_orders(now)
    }

    /// Takes in what has happened; gives what is to be done.
    pub fn update(&mut self, event: Event, now: f64) -> Vec<Order> {
        self.frame_wanted = true;
        match event {
            Event::Frame(time) => self.frame(time, now),
            Event::Field(key, text) => self.edit(key, &text, now),
            Event::Typed(key, text) => {
                self.typing.take_if(|typing| *typing == key);
                self.edit(key, &plain_number(&text), now);
            }
            Event::Slid(key, position) => self.drag(key, position, now),
            Event::Defaults => {
                let spec = Spec { seed: self.run().spec.seed, ..Spec::default() };
                let spec = self.run().own.as_ref().map_or(spec.clone(), |data| data.spec(&spec));
                self.wish = Wish::of(&spec);
                self.show(spec, now);
            }
            Event::NewSeed(word) => {
                let spec = Spec { seed: u64::from(word) % SEEDS, painted: Painted::none(), ..self.run().spec.clone() };
                self.show(spec, now);
            }
            // While the hall is asked, nothing gives the outcome away: who would play goes on to it.
            Event::PlayOrPause | Event::Steps(1..) if self.lecture.asks() => {
                self.do_with_lecture(super::lecture::Doing::Steps(1), now);
            }
            Event::PlayOrPause => self.play_or_pause(),
            Event::Steps(steps) => self.go_by(steps),
            Event::Seek(step) => self.seek(step),
            Event::Reset => self.restart(),
            Event::Twin(twin) => self.choose_twin(twin, now),
            Event::Speed(choice) => self.transport.set_speed(&choice),
            Event::FromWorker(number, FromWorker::Reply(reply)) => self.hear(number, reply, now),
            Event::FromWorker(number, FromWorker::Failed(reason)) => self.worker_failed(number, &reason),
            Event::SecondPassed => {
                self.frame_wanted = self.replace_silent_workers(now);
                self.tell_windows_again(now);
            }
            Event::Notes => {
                let word = self.mirror.lead(now);
                self.orders.push(Order::Mirror(word));
            }
            Event::OpensNotes => self.mirror.opens_notes(),
            Event::Window(word) => self.hear_window(word, now),
            Event::Driven(message) => self.follow_message(&message, now),
            Event::TurnQrCode => self.turn_qr_code(),
            Event::QrCodeClosed => self.close_qr_code(),
            Event::Resized | Event::ThemeChanged => {
                self.view.changed.look = true;
                self.figures.look_again();
                self.mapping.look_again();
                self.searching.look_again();
            }
            Event::Printing(printing) => self.print(printing, now),
            Event::Hidden(hidden) => self.hide(hidden, now),
            Event::AddressChanged { fragment, is_place } => self.follow_address(fragment, is_place, now),
            Event::CursorAt(place) => self.cursor_at(place),
            Event::CursorBy(places) => self.move_cursor(places),
            Event::Light(pointed) => self.light_at(pointed),
            Event::LightBy(by) => self.light_by(by),
            Event::Mask(doing) => self.do_with_mask(doing, now),
            Event::Quantity(by, to) => self.light_quantity(by, to),
            Event::TheorySeen(seen) => self.view.show_theory(seen),
            Event::ProbeBy(places) => self.move_to_probe(places),
            Event::ProbeAt(place) => {
                let index = place.and_then(|place| self.probe_at(place));
                self.view.choose_probe(index);
            }
            Event::DiscClicked(place) => self.click_disc(place, now),
            Event::OpenProbe => self.open_probe(now),
            Event::ForgetProbe => self.view.choose_probe(None),
            Event::TableToggled => self.view.changed.tables = true,
            Event::DismissNotices => self.show_notices(Vec::new()),
            Event::DismissFailure => self.forget_failure(),
            Event::Listen => self.turn_listening(),
            Event::CannotListen => self.cannot_listen(),
            Event::ShowKeys => self.orders.push(Order::TurnKeyList),
            Event::Leaves => self.leave(),
            Event::CopyLink if self.data.file().is_some() => {
                self.show_notices(vec![translate(data::NO_LINK).to_owned()])
            }
            Event::CopyLink => {
                self.copied_at = None;
                // The same word twice would be read out once.
                self.orders.push(Order::ForgetCopied);
                let fragment = self.moment().fragment();
                self.orders.push(Order::Copy(Copying::Link(fragment)));
            }
            Event::Figure(doing) => self.do_with_figures(doing, now),
            Event::Data(doing) => self.do_with_data(doing, now),
            Event::Map(doing) => self.do_with_map(doing, now),
            Event::Search(doing) => self.do_with_search(doing, now),
            Event::Lecture(doing) => self.do_with_lecture(doing, now),
            Event::Stage(doing) => self.do_with_stage(doing, now),
            Event::Compose(doing) => self.do_with_composing(doing, now),
            Event::SaveSearch(format) => self.orders.push(Order::Search(searching::ToDo::Save(format))),
            Event::SaveMap(format) => self.orders.push(Order::Map(mapping::ToDo::Save(format))),
            Event::SaveFigure(format) => self.orders.push(Order::SaveFigure(format)),
            Event::Save(format, page) => self.save(format, page, now),
            Event::NotSaved => self.say(translate(files::NO_PIXELS).to_owned()),
            Event::ShowsFiles => self.say(String::new()),
            Event::CopyCommand => self.copy_command(),
            Event::Copied(copied) => {
                self.copied_at = Some(now);
                self.orders.push(Order::TellCopied(copied));
            }
            Event::Typing(key) => self.typing = Some(key),
            // What was typed and taken back is no change, of which a browser would tell.
            Event::BoxLeft => self.orders.extend(self.typing.take().map(|_| Order::SetControls)),
        }
        self.take_orders(now)
    }

    fn take_orders(&mut self, now: f64) -> Vec<Order> {
        self.order_workers();
        self.tell_windows(now);
        if let Some(order) = self.stage_to_show() {
            self.orders.insert(0, order);
        }
        std::mem::take(&mut self.orders)
    }

    fn frame(&mut self, time: f64, now: f64) {
        let elapsed = (time - self.frame_at).clamp(0.0, LONGEST_FRAME);
        self.frame_at = time;
        if let Some(step) = self.runs.step().filter(|_| !self.runs.have_ended()) {
            self.transport.pass(elapsed, step);
        }
        self.put_to_work(now);
        let moving = self.is_moving();
        if self.view.changed.step || self.view.changed.spec {
            if self.copied_at.take_if(|copied_at| now - *copied_at >= READING).is_some() {
                self.orders.push(Order::ForgetCopied);
            }
            if moving {
                self.orders.push(Order::ShowComparison(""))
            } else {
                self.hold_moment()
            }
            self.renew_qr_code(moving);
        }
        if self.failure.has_passed(now) {
            self.forget_failure();
        }
        self.tell_driver(moving, now);
        self.sound(moving);
        self.draw(now);
        self.show_figures(now);
        self.announce(now);
        self.settle_address(now);
        self.frame_wanted = moving
            || self.failure.passes()
            || self.view.is_pending()
            || self.figures.is_pending()
            || self.mapping.is_pending()
            || self.searching.is_pending()
            || self.address.is_pending()
            || self.driving.is_pending(now)
            || self.will_announce()
            || self.work_waits(now);
    }

    /// Draws for paper or for the screen again, at once: a browser lays out the page next and asks for no frame.
    fn print(&mut self, printing: bool, now: f64) {
        if std::mem::replace(&mut self.printing, printing) != printing {
            self.orders.push(Order::Print(printing));
            self.view.changed.look = true;
            self.draw(now);
        }
    }

    fn draw(&mut self, now: f64) {
        let moving = self.is_moving();
        let playing = moving && self.transport.playing;
        let due = self.view.look(self.runs.shown(), &self.campaign, moving, playing, now);
        self.orders.push(Order::Draw(due));
        if let Some(words) = due.status {
            self.tell_standing(words);
        }
    }

    /// Whether a run goes on. What the trainer has under way when the reader pauses still comes.
    fn is_moving(&self) -> bool {
        let under_way = self.runs.step().is_some() && self.crew.trains();
        !self.runs.have_ended() && (self.transport.is_moving() || under_way)
    }
}
