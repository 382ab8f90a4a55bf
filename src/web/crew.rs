//! The workers: one that trains, and a pool that computes forecasts and probes. Stale work is dropped at once: a worker
//! that is busy with it for long is terminated and replaced.

use super::Dispatch;
use super::dom::window;
use super::worker_handle::WorkerHandle;
use crate::session::event::{Event, FromWorker};
use crate::trials::protocol::Request;

/// Milliseconds that a worker may go on with work nobody waits for.
const PATIENCE: f64 = 120.0;
/// A worker that fails so often at the same work is not replaced again.
const MOST_FAILURES: u32 = 3;

/// What a worker does: for which run or campaign, by its number, or which of its probes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Trains this run.
    Train(u32),
    /// Computes the forecast of this run.
    Forecast(u32),
    /// Trains a probe, by its number, of this campaign.
    Probe(u32, u32),
}

/// The numbers of the present run and of the present campaign.
#[derive(Clone, Copy, Debug)]
pub struct Current {
    /// The run.
    pub run: u32,
    /// The campaign.
    pub campaign: u32,
}

impl Current {
    fn wants(self, task: Task) -> bool {
        match task {
            Task::Train(run) | Task::Forecast(run) => run == self.run,
            Task::Probe(campaign, _) => campaign == self.campaign,
        }
    }
}

/// A worker and what it does.
struct Member {
    handle: Option<WorkerHandle>,
    ready: bool,
    // what it does, and since when
    busy: Option<(Task, f64)>,
    failures: u32,
}

/// All workers. Number 0 trains; the others form the pool.
pub struct Crew {
    members: Vec<Member>,
    dispatch: Dispatch,
}

/// The number of the training worker.
pub const TRAINER: usize = 0;

impl Crew {
    /// One training worker, and as many others as there are further cores (at least one).
    pub fn start(dispatch: Dispatch) -> Self {
        let cores = window().navigator().hardware_concurrency() as usize;
        let size = 1 + cores.saturating_sub(1).max(1);
        let mut crew = Self { members: Vec::new(), dispatch };
        for number in 0..size {
            crew.members.push(Member { handle: None, ready: false, busy: None, failures: 0 });
            crew.replace(number);
        }
        crew
    }

    /// The numbers of the pool's workers.
    pub fn pool(&self) -> std::ops::Range<usize> {
        TRAINER + 1..self.members.len()
    }

    /// The worker listens.
    pub fn is_ready(&mut self, number: usize) {
        self.members[number].ready = true;
    }

    /// The worker has answered; gives the milliseconds that it took.
    pub fn has_answered(&mut self, number: usize, now: f64) -> f64 {
        self.members[number].busy.take().map_or(0.0, |(_, since)| now - since)
    }

    /// There is other work now: earlier failures say nothing about it.
    pub fn forgive(&mut self) {
        for number in 0..self.members.len() {
            self.members[number].failures = 0;
            if self.members[number].handle.is_none() {
                self.replace(number);
            }
        }
    }

    /// The worker trapped while it did this, if anything; it is replaced, unless it failed too often for that.
    pub fn has_failed(&mut self, number: usize) -> (Option<Task>, bool) {
        let member = &mut self.members[number];
        let task = member.busy.take().map(|(task, _)| task);
        member.failures += 1;
        member.ready = false;
        let replaced = member.failures <= MOST_FAILURES;
        if replaced {
            self.replace(number);
        } else {
            member.handle = None;
        }
        (task, replaced)
    }

    /// Whether the worker can take a request. One that is busy with what nobody waits for is replaced once its time for
    /// that is over.
    pub fn is_free(&mut self, number: usize, current: Current, now: f64) -> bool {
        if let Some((task, since)) = self.members[number].busy
            && !current.wants(task)
            && now - since > PATIENCE
        {
            self.replace(number);
        }
        self.members[number].ready && self.members[number].busy.is_none()
    }

    /// Whether the worker is busy with what nobody waits for, so that it has to be looked at again.
    pub fn is_stale(&self, number: usize, current: Current) -> bool {
        self.members[number].busy.is_some_and(|(task, _)| !current.wants(task))
    }

    /// Gives a free worker something to do.
    pub fn send(&mut self, number: usize, task: Task, request: &Request, now: f64) {
        let member = &mut self.members[number];
        if let Some(handle) = &member.handle {
            member.busy = Some((task, now));
            handle.send(request);
        }
    }

    fn replace(&mut self, number: usize) {
        let dispatch = self.dispatch.clone();
        let deliver = move |word: FromWorker| dispatch(Event::FromWorker(number, word));
        let member = &mut self.members[number];
        // The old one ends before the new one starts: never two that train.
        member.handle = None;
        member.handle = Some(WorkerHandle::start(deliver));
        member.ready = false;
        member.busy = None;
    }
}
