//! What a worker does with what it is asked: what it was asked last, in slices of a few milliseconds, between which it can
//! hear what else is wanted. The shell brings messages and the clock; the clock decides when something is said, never what.

mod own_data;
mod past;
mod saving;
mod training;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::messages::{HEARTBEAT, Reply, Request};
use super::{Forecast, Measured, Staged, Tried, probe_distance, probe_in_slices};
use crate::pause::Pause;
use own_data::{Opened, of_number, open};
use past::Past;
use saving::Saving;
use training::Training;

/// Milliseconds of work between two looks at what else is wanted.
const SLICE: f64 = 12.0;
/// Multiply-adds between two looks at the clock: a tenth of a millisecond or so.
const A_LOOK: u64 = 100_000;

/// What a request comes to.
type Job = Pin<Box<dyn Future<Output = Reply>>>;

/// What a worker is at, and the runs that it keeps between two requests.
pub struct Service {
    clock: Rc<dyn Fn() -> f64>,
    job: Option<Job>,
    // what the job has to say before it is done
    said: Rc<RefCell<VecDeque<Reply>>>,
    trainings: Rc<RefCell<Vec<Training>>>,
    // data of the reader's own that a run may be asked for on, and the bytes of a file that came to be read
    opened: Rc<RefCell<Vec<Opened>>>,
    file: Vec<u8>,
    pause: Rc<Pause>,
    slice_end: Rc<Cell<f64>>,
    told_at: f64,
    is_coming_back: bool,
}

/// What a worker's shell has to do after one of its turns.
#[derive(Debug, Default)]
pub struct Turn {
    /// Say this.
    pub say: Option<Reply>,
    /// Call [`Service::come_back`] once, after what the page has sent by now was heard.
    pub come_back: bool,
}

impl Service {
    /// At nothing; `clock` tells milliseconds.
    pub fn new(clock: impl Fn() -> f64 + 'static) -> Self {
        let (clock, slice_end): (Rc<dyn Fn() -> f64>, _) = (Rc::new(clock), Rc::new(Cell::new(0.0)));
        let (now, end) = (clock.clone(), slice_end.clone());
        Self {
            pause: Rc::new(Pause::when(A_LOOK, move || now() >= end.get())),
            slice_end,
            clock,
            job: None,
            said: Rc::default(),
            trainings: Rc::default(),
            opened: Rc::default(),
            file: Vec::new(),
            told_at: 0.0,
            is_coming_back: false,
        }
    }

    /// A turn for what is asked. If one is to come anyhow, the work waits for that: the page may have asked more.
    pub fn hear(&mut self, request: Request) -> Turn {
        self.take(request);
        if self.is_coming_back { Turn::default() } else { self.turn() }
    }

    /// The bytes of a file have come; what is asked next is to read it.
    pub fn receive(&mut self, file: Vec<u8>) {
        self.file = file;
    }

    /// The turn that was announced.
    pub fn come_back(&mut self) -> Turn {
        self.is_coming_back = false;
        self.turn()
    }

    fn turn(&mut self) -> Turn {
        let say = self.work();
        self.is_coming_back = self.is_at_work();
        Turn { say, come_back: self.is_coming_back }
    }

    /// Begins what is asked in place of what it is at.
    pub fn take(&mut self, request: Request) {
        // What is dropped first need not fit in memory beside what comes.
        self.job = None;
        self.said.borrow_mut().clear();
        self.job = self.begin(request);
        self.told_at = (self.clock)();
    }

    /// Whether there is more to do.
    pub fn is_at_work(&self) -> bool {
        self.job.is_some() || !self.said.borrow().is_empty()
    }

    /// Works for a slice; gives what is to be said: the reply once it is there, before that what is known already, and now
    /// and then that it is at work.
    pub fn work(&mut self) -> Option<Reply> {
        if let Some(said) = self.said.borrow_mut().pop_front() {
            return Some(said);
        }
        let began = (self.clock)();
        self.slice_end.set(began + SLICE);
        match self.job.as_mut()?.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(reply) => {
                self.job = None;
                self.said.borrow_mut().push_back(reply);
                self.said.borrow_mut().pop_front()
            }
            Poll::Pending => (began - self.told_at >= HEARTBEAT).then(|| {
                self.told_at = began;
                Reply::AtWork
            }),
        }
    }

    fn begin(&mut self, request: Request) -> Option<Job> {
        let (pause, kept, said) = (self.pause.clone(), self.trainings.clone(), self.said.clone());
        Some(match request {
            Request::Start { run, spec, beside, room, data } => {
                // The samples of an earlier run go first: they need not fit in memory beside those that come.
                kept.borrow_mut().retain(|training| beside.contains(&training.run));
                self.opened.borrow_mut().retain(|opened| Some(opened.number) == data);
                let own = data.map(|data| of_number(&self.opened.borrow(), data));
                Box::pin(async move {
                    let started = match own {
                        None => Training::start(run, &spec, Past::within(room), &pause).await,
                        Some(own) => match Training::on_data(run, &spec, own, Past::within(room), &pause).await {
                            Ok(started) => started,
                            Err(why) => return Reply::NotStarted { run, why },
                        },
                    };
                    let reply = started.at_start();
                    kept.borrow_mut().push(started);
                    reply
                })
            }
            Request::Open { data, file } => {
                let (bytes, opened) = (std::mem::take(&mut self.file), self.opened.clone());
                Box::pin(async move { open(data, file, bytes, &opened) })
            }
            Request::Advance { run, steps, budget } => {
                let mut training = take(&kept, run)?;
                let clock = self.clock.clone();
                Box::pin(async move {
                    let reply = training.advance(steps as usize, budget, &*clock, &pause).await;
                    kept.borrow_mut().push(training);
                    reply
                })
            }
            Request::Seek { run, step } => {
                let mut training = take(&kept, run)?;
                let clock = self.clock.clone();
                Box::pin(async move {
                    let reply = training.seek(step as usize, &*clock, &pause).await;
                    kept.borrow_mut().push(training);
                    reply
                })
            }
            Request::Forecast { run, spec } => Box::pin(async move {
                let tell = |lights| said.borrow_mut().push_back(Reply::Lights { run, lights });
                let forecast = Box::new(Forecast::draw_in_slices(&spec, &pause, tell).await);
                Reply::Forecast { run, forecast }
            }),
            Request::Probe { run, spec, index } => Box::pin(async move {
                let probe = probe_in_slices(&spec, index, probe_distance(index), &pause).await;
                Reply::Probed { run, probe }
            }),
            Request::Try { run, spec, wanted, pruning, trial } => Box::pin(async move {
                let tried = match pruning {
                    Some(pruning) => Tried::search_in_slices(&spec, pruning, wanted, &pause).await,
                    None => Tried::run_in_slices(&spec, wanted, &pause).await,
                };
                Reply::Tried { run, trial, tried: Box::new(tried) }
            }),
            Request::Measure { run, spec, measure, trial } => Box::pin(async move {
                let measured = Measured::run_in_slices(&spec, measure, &pause).await;
                Reply::Measured { run, trial, measured }
            }),
            Request::Stage { run, spec, pruning, stage, supports, trial } => Box::pin(async move {
                let tell = |steps, test_error| {
                    // The last word counts: what the page has not heard yet is old.
                    let mut said = said.borrow_mut();
                    said.clear();
                    said.push_back(Reply::OnTheWay { run, trial, steps, test_error });
                };
                let staged = Staged::train_in_slices(&spec, pruning, stage, &supports, tell, &pause).await;
                Reply::Staged { run, trial, staged: Box::new(staged) }
            }),
            Request::Save { run, beside, wanted, provenance, forecast } => {
                let kept = kept.borrow();
                let by_number = |run| kept.iter().find(|training| training.run == run);
                let saving = Saving::of(by_number(run)?, beside.and_then(by_number));
                Box::pin(async move { saving.file(wanted, *provenance, forecast, &pause).await })
            }
            Request::Stop => return None,
        })
    }
}

/// Takes the run with this number out of those that are kept: one that is stopped in the midst of a step is not gone on with.
fn take(kept: &RefCell<Vec<Training>>, run: u32) -> Option<Training> {
    let mut kept = kept.borrow_mut();
    let place = kept.iter().position(|training| training.run == run)?;
    Some(kept.swap_remove(place))
}

#[cfg(test)]
mod tests;
