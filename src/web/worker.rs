//! Inside a worker: requests in, replies out. It hosts pure functions of the core and owns no policy: what it was asked
//! last is what it does, in slices of a few milliseconds, and between two of them it hears what else is wanted.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use crate::pause::Pause;
use crate::spec::{FOUND, Spec};
use crate::training::{Disc, Trainer};
use crate::trials::messages::{HEARTBEAT, Progress, Reply, Request, encode};
use crate::trials::{Forecast, digest, is_falling, probe_distance, probe_in_slices};

/// Milliseconds of work between two looks at what else is wanted.
const SLICE: f64 = 12.0;
/// Multiply-adds between two looks at the clock: a tenth of a millisecond or so.
const A_LOOK: u64 = 100_000;
/// Steps between two looks at the clock, at most.
const STEPS_A_LOOK: usize = 64;

/// Listens to the page.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let channel = MessageChannel::new().expect("a worker can talk to itself");
    let host = Rc::new(RefCell::new(Host::new(scope.clone(), channel.port1())));
    let asked = host.clone();
    listen(
        move |event| {
            let bytes: Uint8Array = event.data().unchecked_into();
            if let Some(request) = Request::decode(&bytes.to_vec()) {
                asked.borrow_mut().take(request);
            }
        },
        |listener| scope.set_onmessage(Some(listener)),
    );
    listen(move |_| host.borrow_mut().go_on(), |listener| channel.port2().set_onmessage(Some(listener)));
    post(&scope, &Reply::Ready);
}

/// Lets `hear` hear of messages for as long as the worker lives.
fn listen(hear: impl FnMut(MessageEvent) + 'static, at: impl FnOnce(&js_sys::Function)) {
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(hear);
    at(listener.as_ref().unchecked_ref());
    listener.forget();
}

fn post(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    let bytes = Uint8Array::from(encode(reply).as_slice());
    let transfer = js_sys::Array::of1(&bytes.buffer());
    scope.post_message_with_transfer(&bytes, &transfer).expect("bytes can be sent");
}

/// What a request comes to.
type Job = Pin<Box<dyn Future<Output = Reply>>>;

/// The worker: what it is at, and the run that it keeps between two requests.
struct Host {
    scope: DedicatedWorkerGlobalScope,
    // a message sent here comes back after those that the page has sent by then, and without the delay of timers
    again: MessagePort,
    is_coming_back: bool,
    job: Option<Job>,
    training: Rc<Cell<Option<Training>>>,
    pause: Rc<Pause>,
    slice_end: Rc<Cell<f64>>,
    told_at: f64,
}

impl Host {
    fn new(scope: DedicatedWorkerGlobalScope, again: MessagePort) -> Self {
        let slice_end = Rc::new(Cell::new(0.0));
        let (clock, end) = (scope.clone(), slice_end.clone());
        Self {
            pause: Rc::new(Pause::when(A_LOOK, move || now(&clock) >= end.get())),
            slice_end,
            scope,
            again,
            is_coming_back: false,
            job: None,
            training: Rc::default(),
            told_at: 0.0,
        }
    }

    /// Begins what is asked in place of what it is at.
    fn take(&mut self, request: Request) {
        // What is dropped first need not fit in memory beside what comes.
        self.job = None;
        self.job = self.begin(request);
        self.told_at = now(&self.scope);
        if !self.is_coming_back {
            self.work();
        }
    }

    /// The page has been heard since the last slice.
    fn go_on(&mut self) {
        self.is_coming_back = false;
        self.work();
    }

    /// Works for a slice, and says what came of it.
    fn work(&mut self) {
        let Some(job) = &mut self.job else { return };
        let began = now(&self.scope);
        self.slice_end.set(began + SLICE);
        match job.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(reply) => {
                self.job = None;
                post(&self.scope, &reply);
            }
            Poll::Pending => {
                if began - self.told_at >= HEARTBEAT {
                    self.told_at = began;
                    post(&self.scope, &Reply::AtWork);
                }
                self.again.post_message(&JsValue::NULL).expect("nothing can be sent");
                self.is_coming_back = true;
            }
        }
    }

    fn begin(&self, request: Request) -> Option<Job> {
        let pause = self.pause.clone();
        let kept = self.training.clone();
        Some(match request {
            Request::Start { run, spec } => {
                // The old run's samples go first: two of them need not fit in memory.
                kept.set(None);
                Box::pin(async move {
                    let started = Training::start(run, &spec, &pause).await;
                    let reply = started.progress(0, vec![started.place()]);
                    kept.set(Some(started));
                    reply
                })
            }
            Request::Advance { run, steps, budget } => {
                let mut training = kept.take().filter(|training| training.run == run)?;
                let scope = self.scope.clone();
                Box::pin(async move {
                    let reply = training.advance(steps as usize, budget, || now(&scope), &pause).await;
                    kept.set(Some(training));
                    reply
                })
            }
            Request::Forecast { run, spec } => Box::pin(async move {
                let forecast = Box::new(Forecast::draw_in_slices(&spec, &pause).await);
                Reply::Forecast { run, forecast }
            }),
            Request::Probe { run, spec, index } => Box::pin(async move {
                let probe = probe_in_slices(&spec, index, probe_distance(index), &pause).await;
                Reply::Probed { run, probe }
            }),
            Request::Stop => return None,
        })
    }
}

fn now(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope.performance().map_or(0.0, |clock| clock.now())
}

/// The run in training.
struct Training {
    run: u32,
    trainer: Trainer,
    disc: Disc,
}

impl Training {
    async fn start(run: u32, spec: &Spec, pause: &Pause) -> Self {
        let trainer = Trainer::new_in_slices(spec, pause).await;
        let disc = Disc::new(trainer.oracle().clone(), trainer.weights());
        Self { run, trainer, disc }
    }

    fn place(&self) -> (f64, f64) {
        self.disc.place(self.trainer.weights())
    }

    /// What happened from iteration `from` on; `path` has a place for each.
    fn progress(&self, from: usize, path: Vec<(f64, f64)>) -> Reply {
        let weights = self.trainer.weights().to_vec();
        Reply::Trained {
            run: self.run,
            progress: Progress {
                from: from as u32,
                relative_error: self.trainer.relative_error()[from..].to_vec(),
                path,
                digest: digest(self.trainer.mask(), &weights),
                weights,
                stopped: self.trainer.stopped(),
                falling: is_falling(&self.trainer, FOUND),
            },
        }
    }

    /// Up to `steps` further steps; no further one is begun once `budget` milliseconds are over by `clock`.
    async fn advance(&mut self, steps: usize, budget: f64, clock: impl Fn() -> f64, pause: &Pause) -> Reply {
        let from = self.trainer.steps() + 1;
        let end = clock() + budget;
        let mut path = Vec::new();
        // A look at the clock costs as much as a small step, so several steps share one once they prove fast.
        let mut stride = 1;
        while path.len() < steps && self.trainer.stopped().is_none() && clock() < end {
            for _ in 0..stride.min(steps - path.len()) {
                self.trainer.advance_in_slices(1, pause).await;
                if self.trainer.steps() + 1 > from + path.len() {
                    path.push(self.place());
                }
                if self.trainer.stopped().is_some() {
                    break;
                }
            }
            stride = (2 * stride).min(STEPS_A_LOOK);
        }
        self.progress(from, path)
    }
}
