//! Inside a worker: requests in, replies out. It hosts pure functions of the core and owns no policy.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::link;
use crate::spec::{FOUND, Spec};
use crate::training::{Disc, Trainer};
use crate::trials::protocol::{Progress, Reply, Request, decode, encode};
use crate::trials::{Forecast, digest, is_falling, probe, probe_distance};

/// Steps between two looks at the clock, at most.
const STEPS_A_LOOK: usize = 64;

/// Listens to the page.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut training = None;
    let port = scope.clone();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes: Uint8Array = event.data().unchecked_into();
        if let Some(reply) = decode(&bytes.to_vec()).and_then(|request| answer(request, &mut training, &port)) {
            post(&port, &reply);
        }
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    listener.forget();
    post(&scope, &Reply::Ready);
}

fn post(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    let bytes = Uint8Array::from(encode(reply).as_slice());
    let transfer = js_sys::Array::of1(&bytes.buffer());
    scope.post_message_with_transfer(&bytes, &transfer).expect("bytes can be sent");
}

/// The run in training.
struct Training {
    run: u32,
    trainer: Trainer,
    disc: Disc,
}

impl Training {
    fn new(run: u32, spec: &Spec) -> Self {
        let trainer = Trainer::new(spec);
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

    fn advance(&mut self, steps: usize, budget: f64, clock: impl Fn() -> f64) -> Reply {
        let from = self.trainer.steps() + 1;
        let end = clock() + budget;
        let mut path = Vec::new();
        // A look at the clock costs as much as a small step, so several steps share one once they prove fast.
        let mut stride = 1;
        while path.len() < steps && self.trainer.stopped().is_none() && clock() < end {
            for _ in 0..stride.min(steps - path.len()) {
                self.trainer.advance(1);
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

fn answer(request: Request, training: &mut Option<Training>, scope: &DedicatedWorkerGlobalScope) -> Option<Reply> {
    let spec_of = |fragment: &str| link::parse(fragment).0.spec;
    match request {
        Request::Start { run, spec } => {
            // The old run's samples go first: two of them need not fit in memory.
            *training = None;
            let started = training.insert(Training::new(run, &spec_of(&spec)));
            Some(started.progress(0, vec![started.place()]))
        }
        Request::Advance { run, steps, budget } => {
            let training = training.as_mut().filter(|training| training.run == run)?;
            let clock = || scope.performance().map_or(0.0, |clock| clock.now());
            Some(training.advance(steps as usize, budget, clock))
        }
        Request::Forecast { run, spec } => {
            let spec = spec_of(&spec);
            let forecast = Forecast::draw(&spec);
            Some(Reply::Forecast { run, forecast: Box::new(forecast) })
        }
        Request::Probe { run, spec, index } => {
            let probe = probe(&spec_of(&spec), index, probe_distance(index));
            Some(Reply::Probed { run, probe })
        }
    }
}
