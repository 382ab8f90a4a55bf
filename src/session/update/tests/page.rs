//! A page without a browser: a session, workers that answer a frame later, and all that was ordered.

mod answer;

use std::collections::{BTreeMap, VecDeque};

use answer::answer;

use crate::link::Link;
use crate::session::address::Write;
use crate::session::composing;
use crate::session::driving::Answer;
use crate::session::event::{Event, FromWorker};
use crate::session::figures::ToDo;
use crate::session::kept::Piece;
use crate::session::lecture;
use crate::session::mapping;
use crate::session::mirror::Word;
use crate::session::order::{Copying, Order};
use crate::session::own_data;
use crate::session::saving::Content;
use crate::session::searching;
use crate::session::sizes::Sizes;
use crate::session::sonification::Turn;
use crate::session::stage;
use crate::session::status_line::Words;
use crate::session::view::Due;
use crate::session::workers;
use crate::session::{Machine, Session, captions};
use crate::spec::{Spec, Twin};
use crate::trials::Service;
use crate::trials::messages::{Reply, Request};

/// Milliseconds between two frames.
const FRAME: f64 = 16.0;
/// The step at which a made-up run has found the oracle.
pub const END: usize = 300;
/// That of one without momentum.
pub const GRADIENT_DESCENT_END: usize = 450;

/// The page.
pub struct Page {
    pub session: Session,
    pub now: f64,
    /// What the address holds, and the entries of the history before it.
    pub address: String,
    pub history: Vec<String>,
    pub notices: Vec<String>,
    pub mended: Vec<&'static str>,
    pub failure: Option<String>,
    pub comparison: &'static str,
    pub copied: Option<Copying>,
    /// The files that were saved.
    pub files: Vec<(String, Content)>,
    /// What is said of the saving of files.
    pub said_of_saving: String,
    pub hint_dropped: bool,
    /// The quantity whose symbols and sliders are lit.
    pub lit: Option<&'static str>,
    /// What the menu of the run beside shows.
    pub twin: Option<Twin>,
    /// How often the controls were set anew.
    pub controls_set: u32,
    /// How often the page was to be loaded again.
    pub reloads: u32,
    /// What was drawn, and when.
    pub drawn: Vec<(f64, Due)>,
    /// What the status line said, and when.
    pub said: Vec<(f64, String)>,
    /// Every request, with the number of the worker.
    pub requests: Vec<(usize, Request)>,
    /// What was to be done for the figures.
    pub figures: Vec<ToDo>,
    /// What was to be done for the map.
    pub map: Vec<mapping::ToDo>,
    /// What was said to other windows.
    pub said_to_windows: Vec<Word>,
    /// What was said to the page around this one.
    pub said_to_driver: Vec<Answer>,
    /// The fragment that is shown as a QR code.
    pub qr_code: Option<String>,
    /// What was to be done for the lecture.
    pub lecture: Vec<lecture::ToDo>,
    /// How the lab stands.
    pub stage: stage::Shown,
    /// What was to be done for the dialog that composes scenes.
    pub composing: Vec<composing::ToDo>,
    /// The scenes that were to be printed last.
    pub printed: Vec<Link>,
    /// What was to be done for the search.
    pub search: Vec<searching::ToDo>,
    /// What who cannot see the page was told, and when.
    pub announced: Vec<(f64, String)>,
    /// Whether the error is listened to, and what was to be heard of it.
    pub listens: bool,
    pub heard: Vec<Vec<Turn>>,
    /// What is kept from visit to visit.
    pub kept: Vec<String>,
    /// The bytes of the file that a worker is to read next.
    pub file: Vec<u8>,
    /// How often the browser was to read a file.
    pub files_read: u32,
    /// Whether workers answer.
    pub answers: bool,
    // of runs on own data nothing is made up
    trainer_on_data: Service,
    under_way: VecDeque<(usize, Reply)>,
}

/// A setting that is quickly drawn.
pub fn small() -> Spec {
    Spec { effective_width: 5.0, neurons: 3, dimension: 20, samples: 60, ..Spec::default() }
}

impl Page {
    /// Opened with this fragment, a second ago.
    pub fn open(fragment: &str) -> Self {
        let machine = Machine { cores: 3, gigabytes: None };
        let mut page = Self {
            session: Session::new(machine, 0.0),
            now: 0.0,
            address: fragment.to_owned(),
            history: Vec::new(),
            notices: Vec::new(),
            mended: Vec::new(),
            failure: None,
            comparison: "",
            copied: None,
            files: Vec::new(),
            said_of_saving: String::new(),
            hint_dropped: false,
            lit: None,
            twin: None,
            controls_set: 0,
            drawn: Vec::new(),
            said: Vec::new(),
            requests: Vec::new(),
            figures: Vec::new(),
            map: Vec::new(),
            search: Vec::new(),
            lecture: Vec::new(),
            stage: stage::Shown::default(),
            composing: Vec::new(),
            printed: Vec::new(),
            reloads: 0,
            said_to_windows: Vec::new(),
            said_to_driver: Vec::new(),
            qr_code: None,
            announced: Vec::new(),
            listens: false,
            heard: Vec::new(),
            kept: Vec::new(),
            file: Vec::new(),
            files_read: 0,
            answers: true,
            trainer_on_data: Service::new(|| 0.0),
            under_way: VecDeque::new(),
        };
        let orders = page.session.open(fragment.to_owned(), false, 0.0);
        page.carry_out(orders);
        page.pass(1000.0);
        page
    }

    /// Something happens.
    pub fn tell(&mut self, event: Event) {
        let orders = self.session.update(event, self.now);
        self.carry_out(orders);
    }

    /// So many milliseconds pass, with a frame wherever one is wanted.
    pub fn pass(&mut self, milliseconds: f64) {
        let end = self.now + milliseconds;
        while self.now + FRAME <= end {
            self.now += FRAME;
            for (number, reply) in std::mem::take(&mut self.under_way) {
                self.tell(Event::FromWorker(number, FromWorker::Reply(reply)));
            }
            if self.session.wants_frame() {
                self.tell(Event::Frame(self.now));
            }
        }
    }

    /// The browser goes to another address.
    pub fn go_to(&mut self, fragment: &str) {
        self.address = fragment.to_owned();
        self.tell(Event::AddressChanged { fragment: fragment.to_owned(), is_place: false });
    }

    /// The iteration that is shown.
    pub fn step(&self) -> usize {
        self.session.run().step().expect("the run is set up")
    }

    /// How many requests were like that.
    pub fn asked(&self, like: fn(&Request) -> bool) -> usize {
        self.requests.iter().filter(|(_, request)| like(request)).count()
    }

    /// The workers answer again, also what each was asked last.
    pub fn answer_late(&mut self) {
        self.answers = true;
        let last: BTreeMap<usize, Request> = self.requests.iter().cloned().collect();
        for (number, request) in last {
            self.under_way.extend(answer(&request, &self.session).map(|reply| (number, reply)));
        }
    }

    fn carry_out(&mut self, orders: Vec<Order>) {
        for order in orders {
            match order {
                Order::Workers(workers::Order::Start(number)) => self.under_way.push_back((number, Reply::Ready)),
                Order::Workers(workers::Order::End(number)) => self.under_way.retain(|(worker, _)| *worker != number),
                Order::Workers(workers::Order::Send(number, request)) => self.send(number, *request),
                Order::Write(write) => self.write(write),
                Order::Draw(due) => {
                    self.drawn.push((self.now, due));
                    if due.look {
                        let size = (400.0, 300.0);
                        self.session.measured(Sizes {
                            zoom: 1.0,
                            error: size,
                            disc: size,
                            mask: size,
                            network: size,
                            start: size,
                        });
                    }
                    if let Some(words) = due.status {
                        self.say(words);
                    }
                }
                Order::ShowNotices(notices) => self.notices = notices,
                Order::MarkMended(mended) => self.mended = mended.into_iter().map(|(key, _)| key).collect(),
                Order::ShowFailure(failure) => self.failure = failure,
                Order::ShowComparison(verdict) => self.comparison = verdict,
                Order::Copy(copying) => self.copied = Some(copying),
                Order::SaveFile { name, content } => self.files.push((name, content)),
                Order::SayOfSaving(words) => self.said_of_saving = words,
                Order::Stage(shown) => self.stage = *shown,
                Order::Compose(to_do) => self.composing.push(to_do),
                Order::PrintScenes(scenes) => self.printed = scenes,
                Order::ForgetCopied => self.copied = None,
                Order::DropHint => self.hint_dropped = true,
                Order::LightQuantity(lit) => self.lit = lit,
                Order::SetControls => self.controls_set += 1,
                Order::Figure(to_do) => self.do_for_figures(to_do),
                Order::Map(to_do) => self.do_for_map(to_do),
                Order::Search(to_do) => self.search.push(to_do),
                Order::Lecture(to_do) => self.lecture.push(to_do),
                Order::Data(own_data::ToDo::Read) => self.files_read += 1,
                Order::Data(own_data::ToDo::Forget) => self.file.clear(),
                Order::Data(own_data::ToDo::Show | own_data::ToDo::ShowReading | own_data::ToDo::ShowTold) => {}
                Order::Reload => self.reloads += 1,
                Order::Mirror(word) => self.said_to_windows.push(word),
                Order::Answer(answer) => self.said_to_driver.push(answer),
                Order::ShowQrCode(fragment) => self.qr_code = fragment,
                Order::ShowTwin(twin) => self.twin = twin,
                Order::Announce(sentence) => self.announced.push((self.now, sentence)),
                Order::Listen(on) => self.listens = on,
                Order::Sound(turns) => self.heard.push(turns),
                Order::ShowSpeed(_)
                | Order::Print(_)
                | Order::TellCopied(_)
                | Order::TurnKeyList
                | Order::SaveFigure(_) => {}
            }
        }
    }

    fn do_for_figures(&mut self, to_do: ToDo) {
        match &to_do {
            ToDo::Show => self.session.measured_figure((600.0, 400.0)),
            ToDo::Keep(piece) => self.keep(piece),
            ToDo::ForgetKept => self.kept.clear(),
            ToDo::Fetch(_) | ToDo::ShowLab => {}
        }
        self.figures.push(to_do);
    }

    fn do_for_map(&mut self, to_do: mapping::ToDo) {
        match &to_do {
            mapping::ToDo::Show => self.session.measured_map((600.0, 400.0)),
            mapping::ToDo::Keep(piece) => self.keep(piece),
            mapping::ToDo::ForgetKept => self.kept.clear(),
            mapping::ToDo::Fill(_) | mapping::ToDo::Save(_) => {}
        }
        self.map.push(to_do);
    }

    /// Tests run a figure or a map, not both.
    fn keep(&mut self, piece: &Piece) {
        self.kept.resize(self.kept.len().max(piece.number + 1), String::new());
        self.kept[piece.number].clone_from(&piece.text);
    }

    fn write(&mut self, write: Write) {
        let before = std::mem::replace(&mut self.address, write.fragment.clone());
        if write.entry {
            self.history.push(before);
        }
        self.session.wrote(write);
    }

    fn say(&mut self, words: Words) {
        let sentence = captions::status(words, self.session.run(), self.session.pair());
        self.said.push((self.now, sentence));
    }

    fn is_on_data(&self, request: &Request) -> bool {
        let knows = |number: u32| self.session.runs().iter().any(|run| run.number == number && run.own.is_some());
        match request {
            Request::Open { .. } | Request::Start { data: Some(_), .. } => true,
            Request::Advance { run, .. }
            | Request::Seek { run, .. }
            | Request::Curvature { run }
            | Request::Save { run, .. } => knows(*run),
            _ => false,
        }
    }

    /// What the training worker really says.
    fn trained_on_data(&mut self, request: &Request) -> Option<Reply> {
        if let Request::Open { .. } = request {
            self.trainer_on_data.receive(std::mem::take(&mut self.file));
        }
        self.trainer_on_data.take(request.clone());
        let mut said = None;
        while self.trainer_on_data.is_at_work() {
            said = self.trainer_on_data.work().or(said);
        }
        said
    }

    fn send(&mut self, number: usize, request: Request) {
        let reply =
            if self.is_on_data(&request) { self.trained_on_data(&request) } else { answer(&request, &self.session) };
        if let Some(reply) = reply.filter(|_| self.answers) {
            self.under_way.push_back((number, reply));
        }
        if request == Request::Stop {
            self.under_way.retain(|(worker, _)| *worker != number);
        }
        self.requests.push((number, request));
    }
}
