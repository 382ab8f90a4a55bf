//! The page: the session is told of what happens, and what it orders is carried out.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::clipboard::Clipboard;
use super::composing::Composer;
use super::controls::Controls;
use super::dom::{Frames, Interval, Listener, document, now};
use super::driving::Embedding;
use super::figures::Figures;
use super::glossary::Glossary;
use super::handout::HandoutDialog;
use super::input::{address_changed, listen, watch_resolution};
use super::kept::Shelf;
use super::keys::KeyList;
use super::lecture::Lecture;
use super::map::Map;
use super::own_data::Offers;
use super::pictures::Pictures;
use super::qr_code::CodeDialog;
use super::saving::Saves;
use super::searching::Search;
use super::sound::Speaker;
use super::stage::StageMenu;
use super::time_bar::TimeSlider;
use super::transport::TransportBar;
use super::windows::Windows;
use super::workers::{self, Workers};
use super::{Dispatch, address, files, language, notices, own_data, panels, popovers, theory};
use crate::language::translate;
use crate::session::Session;
use crate::session::driving::Answer;
use crate::session::event::Event;
use crate::session::failure::OF_THE_PAGE;
use crate::session::figures::{self, ToDo};
use crate::session::lecture;
use crate::session::mapping;
use crate::session::order::Order;
use crate::session::own_data::ToDo as ToDoWithData;
use crate::session::searching;
use crate::session::view::Due;
use crate::session::workers::LOOK;

/// Starts the page.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        notices::show_failure(translate(OF_THE_PAGE), false);
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
    session: Session,
    pictures: Pictures,
    controls: Controls,
    _glossary: Glossary,
    _language: Listener,
    _popovers: Listener,
    bar: TransportBar,
    time: TimeSlider,
    clipboard: Clipboard,
    _saves: Saves,
    keys: KeyList,
    figures: Figures,
    map: Map,
    search: Search,
    lecture: Lecture,
    _stage: StageMenu,
    composer: Composer,
    handout: HandoutDialog,
    speaker: Speaker,
    offers: Offers,
    windows: Windows,
    embedding: Embedding,
    qr_code: CodeDialog,
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
        let (frame, second) = (dispatch.clone(), dispatch.clone());
        let pictures = Pictures::new(&dispatch);
        let bytes = own_data::Bytes::default();
        Self {
            session: Session::new(workers::machine(), now()),
            controls: Controls::new(&dispatch),
            _glossary: Glossary::new(),
            bar: TransportBar::new(&dispatch),
            time: TimeSlider::new(&dispatch),
            clipboard: Clipboard::new(&dispatch),
            _saves: Saves::new(&dispatch),
            keys: KeyList::new(&dispatch),
            figures: Figures::new(&dispatch),
            map: Map::new(&dispatch),
            search: Search::new(&dispatch),
            lecture: Lecture::new(&dispatch),
            _stage: StageMenu::new(&dispatch),
            composer: Composer::new(&dispatch),
            handout: HandoutDialog::new(),
            speaker: Speaker::new(&dispatch),
            offers: Offers::new(&dispatch, bytes.clone()),
            windows: Windows::new(&dispatch),
            embedding: Embedding::new(&dispatch),
            qr_code: CodeDialog::new(&dispatch),
            frames: Frames::new(move |time| frame(Event::Frame(time))),
            _seconds: Interval::new(LOOK as i32, move || second(Event::SecondPassed)),
            _language: language::listen(&dispatch),
            _popovers: popovers::listen(),
            _listeners: listen(&dispatch, &pictures),
            pictures,
            resolution: None,
            workers: Workers::new(dispatch.clone(), bytes),
            dispatch,
        }
    }

    /// Shows the page.
    fn open(&mut self) {
        self.update(Event::Hidden(document().hidden()));
        self.update(Event::Speed(self.bar.speed()));
        let (fragment, is_place) = address_changed();
        let orders = self.session.open(fragment, is_place, now());
        self.carry_out(orders);
        if let Some(event) = self.windows.open() {
            self.update(event);
        }
        let (figure, map) = (Shelf::FIGURES.pieces(), Shelf::MAP.pieces());
        if !figure.is_empty() {
            self.update(Event::Figure(figures::Doing::Kept(figure)));
        }
        if !map.is_empty() {
            self.update(Event::Map(mapping::Doing::Kept(map)));
        }
        document().document_element().expect("a document has a root").class_list().add_1("running").expect("a class");
        panels::show_shade_key();
        language::focus_again();
        self.embedding.say(&Answer::Ready);
    }

    fn update(&mut self, event: Event) {
        match event {
            Event::Frame(_) => self.frames.came(),
            // What is said stays true without frames: a page that drives this one hears it.
            Event::SecondPassed if self.frames.are_late() => {
                self.frames.call_off();
                self.update(Event::Frame(now()));
            }
            _ => {}
        }
        let orders = self.session.update(event, now());
        self.carry_out(orders);
        if self.session.wants_frame() {
            self.frames.ask();
        }
    }

    fn carry_out(&mut self, orders: Vec<Order>) {
        for order in orders {
            match order {
                Order::Workers(order) => {
                    if let Some(event) = self.workers.carry_out(order) {
                        self.update(event);
                    }
                }
                Order::Write(write) => {
                    if address::write(&write) {
                        self.session.wrote(write);
                        self.pictures.show_address();
                    }
                }
                Order::Draw(due) => self.draw(&due),
                Order::Print(printing) => self.pictures.print(printing),
                Order::ShowNotices(sentences) => notices::show_notices(&sentences),
                Order::MarkMended(sentences) => self.controls.mark_mended(&sentences),
                Order::ShowTwin(twin) => self.bar.show_twin(twin),
                Order::SetControls => self.controls.forget(),
                Order::ShowFailure(Some(sentence)) => notices::show_failure(&sentence, true),
                Order::ShowFailure(None) => notices::hide_failure(),
                Order::ShowComparison(verdict) => notices::show_comparison(verdict),
                Order::Copy(copying) => {
                    if !self.clipboard.copy(copying) {
                        self.update(Event::Copied(false));
                    }
                }
                Order::TellCopied(copied) => self.clipboard.tell(copied),
                Order::ForgetCopied => self.clipboard.clear(),
                Order::TurnKeyList => self.keys.turn(),
                Order::Listen(on) => {
                    if !self.speaker.turn(on) {
                        self.update(Event::CannotListen);
                    }
                }
                Order::Sound(turns) => self.speaker.sound(&turns),
                Order::DropHint => panels::drop_hint(),
                Order::LightQuantity(key) => theory::light(key),
                Order::Figure(ToDo::Fetch(number)) => self.figures.fetch(number),
                Order::Figure(ToDo::Show) => {
                    let size = self.figures.measure(self.session.figures());
                    self.session.measured_figure(size);
                    self.figures.show(&self.session);
                }
                Order::Figure(ToDo::Keep(piece)) => Shelf::FIGURES.keep(&piece),
                Order::Figure(ToDo::ForgetKept) => Shelf::FIGURES.clear(),
                Order::Figure(ToDo::ShowLab) => Figures::show_lab(),
                Order::Map(mapping::ToDo::Show) => {
                    let size = self.map.measure(&self.session);
                    self.session.measured_map(size);
                    self.map.show(&self.session);
                }
                Order::Map(mapping::ToDo::Save(format)) => self.map.save(&self.session, format),
                Order::Map(mapping::ToDo::Fill(boxes)) => Map::fill(&boxes),
                Order::Map(mapping::ToDo::Keep(piece)) => Shelf::MAP.keep(&piece),
                Order::Map(mapping::ToDo::ForgetKept) => Shelf::MAP.clear(),
                Order::Search(searching::ToDo::Show) => {
                    let sizes = self.search.measure(&self.session);
                    self.session.measured_search(sizes);
                    self.search.show(&self.session);
                }
                Order::Search(searching::ToDo::Save(format)) => self.search.save(&self.session, format),
                Order::Search(searching::ToDo::Lead(asked)) => Search::lead(&asked),
                Order::Announce(sentence) => notices::announce(&sentence),
                Order::Data(ToDoWithData::Read) => {
                    if let Some(event) = self.offers.read() {
                        self.update(event);
                    }
                }
                Order::Data(ToDoWithData::Forget) => self.offers.forget(),
                Order::Data(ToDoWithData::ShowReading) => own_data::show_reading(&self.session),
                Order::Data(ToDoWithData::ShowTold) => own_data::show_told(&self.session),
                Order::Data(ToDoWithData::Show) => {
                    own_data::show(&self.session);
                    self.controls.hold(self.session.run().own.as_deref());
                }
                Order::Reload => language::load_again(),
                Order::Mirror(word) => self.windows.say(&word),
                Order::Answer(answer) => self.embedding.say(&answer),
                Order::ShowQrCode(fragment) => self.qr_code.show(fragment),
                Order::Lecture(lecture::ToDo::Load(scene)) => self.lecture.load(scene),
                Order::Lecture(lecture::ToDo::Show) => self.lecture.show(self.session.lecture()),
                Order::Lecture(lecture::ToDo::FullScreen) => Lecture::turn_full_screen(),
                Order::Stage(shown) => StageMenu::show(&shown),
                Order::PrintScenes(scenes) => self.handout.begin(scenes),
                Order::Compose(to_do) => self.composer.carry_out(&to_do, &self.session),
                Order::ShowSpeed(choice) => self.bar.show_speed(&choice),
                Order::SaveFile { name, content } => {
                    let dispatch = self.dispatch.clone();
                    files::save_content(name, content, move || dispatch(Event::NotSaved));
                }
                Order::SayOfSaving(words) => Saves::say(&words),
                Order::SaveFigure(format) => self.figures.save(&self.session, format),
            }
        }
    }

    fn draw(&mut self, due: &Due) {
        if due.look {
            self.session.measured(self.pictures.measure());
            self.controls.measure();
            self.resolution = watch_resolution(&self.dispatch);
        }
        let run = self.session.run();
        self.controls.show(&run.spec, run.known, self.session.typing());
        self.bar.show(self.session.is_playing(), run.moment());
        if due.error {
            self.time.show(self.session.time_bar().as_ref(), self.session.view().sizes.zoom);
        }
        self.pictures.draw(&self.session, due);
    }
}
