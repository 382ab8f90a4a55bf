//! The workers: who is busy with what, and what follows when one fails or says nothing. One of them trains; the others
//! form a pool for forecasts and probes. What they are given to do, also again after a failure, is in `update/work.rs`.
//!
//! Workers compute in slices and hear between two of them, so a change of mind is a message ([`Request::Stop`]). Only one
//! that failed, or has been silent for long although it ought to say that it is at work, is replaced.

use crate::trials::messages::{HEARTBEAT, Reply, Request};

/// Milliseconds between two looks at whether they are silent.
pub const LOOK: f64 = HEARTBEAT;
/// Milliseconds after which a worker that is at work and says nothing is taken for dead: it should have been heard many
/// times by then.
const PATIENCE: f64 = 12.0 * HEARTBEAT;
/// Of a longer time between two looks only so much counts as silence: the page itself may have slept, and its workers with
/// it.
const LONGEST_LOOK: f64 = 2.0 * LOOK;
/// A worker that fails so often at the same work is not replaced again.
const MOST_FAILURES: u32 = 3;

/// The number of the training worker.
pub const TRAINER: usize = 0;

/// What a worker does: for which run or campaign, by its number, or which of its probes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Trains this run.
    Train(u32),
    /// Reads data of the reader's own with this number.
    Open(u32),
    /// Makes a file of this run.
    Save(u32),
    /// Computes what the curvature of its own data foretells of this run.
    Curvature(u32),
    /// Computes the forecast of this run.
    Forecast(u32),
    /// Trains a probe, by its number, of this campaign.
    Probe(u32, u32),
    /// Runs a trial, by its number, of this figure, map or search.
    Try(u32, u32),
}

impl Task {
    /// What a reply is the result of, if it is one.
    fn done_by(reply: &Reply) -> Option<Self> {
        match reply {
            Reply::Ready | Reply::AtWork | Reply::Lights { .. } | Reply::Reading { .. } | Reply::OnTheWay { .. } => {
                None
            }
            Reply::Trained { run, .. } | Reply::NotStarted { run, .. } => Some(Task::Train(*run)),
            Reply::Opened { data, .. } => Some(Task::Open(*data)),
            Reply::Saved { run, .. } => Some(Task::Save(*run)),
            Reply::Curvature { run, .. } => Some(Task::Curvature(*run)),
            Reply::Forecast { run, .. } => Some(Task::Forecast(*run)),
            Reply::Probed { run, probe } => Some(Task::Probe(*run, probe.index)),
            Reply::Tried { run, trial, .. } | Reply::Measured { run, trial, .. } | Reply::Staged { run, trial, .. } => {
                Some(Task::Try(*run, *trial))
            }
        }
    }
}

/// What the shell has to do, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// End this worker, if it runs.
    End(usize),
    /// Start this worker, which does not run.
    Start(usize),
    /// Send this worker a request.
    Send(usize, Box<Request>),
}

/// What a worker is at.
#[derive(Clone, Copy, Debug)]
struct Work {
    task: Task,
    // when it was given
    since: f64,
    // milliseconds in which nothing was heard of it
    silence: f64,
}

#[derive(Clone, Debug, Default)]
struct Member {
    // whether it runs; not after too many failures
    started: bool,
    ready: bool,
    work: Option<Work>,
    failures: u32,
}

/// All workers. Number [`TRAINER`] trains.
#[derive(Debug)]
pub struct Crew {
    members: Vec<Member>,
    orders: Vec<Order>,
    looked_at: f64,
}

impl Crew {
    /// One training worker, and as many others as there are further cores, at least one. All are to be started.
    pub fn new(cores: usize) -> Self {
        let mut crew = Self { members: Vec::new(), orders: Vec::new(), looked_at: 0.0 };
        for number in 0..1 + cores.saturating_sub(1).max(1) {
            crew.members.push(Member::default());
            crew.start(number);
        }
        crew
    }

    /// What the shell has to do since the last call.
    pub fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// The numbers of the pool's workers, of which `most` may work at once.
    pub fn pool(&self, most: usize) -> std::ops::Range<usize> {
        TRAINER + 1..self.members.len().min(TRAINER + 1 + most)
    }

    /// Takes in that a worker said something. If that is the result of what it was at, it is free again, and the
    /// milliseconds that it took are given.
    pub fn hear(&mut self, number: usize, reply: &Reply, now: f64) -> Option<f64> {
        let member = &mut self.members[number];
        member.ready |= matches!(reply, Reply::Ready);
        let work = member.work.as_mut()?;
        work.silence = 0.0;
        // What it had sent before it heard that nobody waits for that any more ends nothing else.
        if Some(work.task) != Task::done_by(reply) {
            return None;
        }
        member.work.take().map(|work| now - work.since)
    }

    /// Whether a worker can be given something to do.
    pub fn is_free(&self, number: usize) -> bool {
        self.members[number].ready && self.members[number].work.is_none()
    }

    /// Whether the training worker is busy with the runs, or is being started.
    pub fn trains(&self) -> bool {
        let is_saving =
            self.members[TRAINER].work.is_some_and(|work| matches!(work.task, Task::Save(_) | Task::Curvature(_)));
        !self.is_free(TRAINER) && !is_saving
    }

    /// Gives a free worker something to do.
    pub fn assign(&mut self, number: usize, task: Task, request: Request, now: f64) {
        self.members[number].work = Some(Work { task, since: now, silence: 0.0 });
        self.orders.push(Order::Send(number, Box::new(request)));
    }

    /// Stops the work that is for none of these runs, nor for this campaign, these figures and maps, or the file with this
    /// number: nobody waits for it.
    pub fn stop_all_but(&mut self, runs: &[u32], campaign: u32, experiments: &[u32], file: Option<u32>) {
        let wanted = |task| match task {
            Task::Open(data) => Some(data) == file,
            Task::Train(run) | Task::Save(run) | Task::Curvature(run) | Task::Forecast(run) => runs.contains(&run),
            Task::Probe(of, _) => of == campaign,
            Task::Try(of, _) => experiments.contains(&of),
        };
        for (number, member) in self.members.iter_mut().enumerate() {
            if member.work.take_if(|work| !wanted(work.task)).is_some() {
                self.orders.push(Order::Send(number, Box::new(Request::Stop)));
            }
        }
    }

    /// The training worker computes no curvature, so that it can train; of which run it did, if it did.
    pub fn interrupt_curvature(&mut self) -> Option<u32> {
        let Some(Work { task: Task::Curvature(run), .. }) = self.members[TRAINER].work else { return None };
        self.members[TRAINER].work = None;
        self.orders.push(Order::Send(TRAINER, Box::new(Request::Stop)));
        Some(run)
    }

    /// There is other work now: earlier failures say nothing about it.
    pub fn forgive(&mut self) {
        for number in 0..self.members.len() {
            self.members[number].failures = 0;
            if !self.members[number].started {
                self.start(number);
            }
        }
    }

    /// Whether all of these workers failed too often to be replaced.
    pub fn have_given_up(&self, mut numbers: std::ops::Range<usize>) -> bool {
        numbers.all(|number| !self.members[number].started)
    }

    /// A worker failed. Gives what it was at, and whether it is replaced: not if it failed too often.
    pub fn fail(&mut self, number: usize) -> (Option<Task>, bool) {
        let failures = self.members[number].failures + 1;
        let lost = std::mem::replace(&mut self.members[number], Member { failures, ..Member::default() });
        self.orders.push(Order::End(number));
        let replaced = failures <= MOST_FAILURES;
        if replaced {
            self.start(number);
        }
        (lost.work.map(|work| work.task), replaced)
    }

    /// The workers that have been silent for too long; to be asked every second or so.
    pub fn look(&mut self, now: f64) -> Vec<usize> {
        let passed = (now - std::mem::replace(&mut self.looked_at, now)).clamp(0.0, LONGEST_LOOK);
        let mut silent = Vec::new();
        for (number, member) in self.members.iter_mut().enumerate() {
            if let Some(work) = &mut member.work {
                work.silence += passed;
                if work.silence > PATIENCE {
                    silent.push(number);
                }
            }
        }
        silent
    }

    fn start(&mut self, number: usize) {
        self.members[number].started = true;
        self.orders.push(Order::Start(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;
    use crate::trials::{Outcome, Probe};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn probed(run: u32, index: u32) -> Reply {
        let (outcome, falling) = (Outcome::Success, false);
        Reply::Probed { run, probe: Probe { index, distance: 0.5, outcome, steps: 7, falling, reach: None } }
    }

    fn request(run: u32, index: u32) -> Request {
        Request::Probe { run, spec: Spec::default(), index }
    }

    /// On `cores` cores, all ready.
    fn ready(cores: usize) -> Crew {
        let mut crew = Crew::new(cores);
        for number in 0..cores.max(2) {
            assert!(!crew.is_free(number), "it has not said that it listens");
            crew.hear(number, &Reply::Ready, 0.0);
            assert!(crew.is_free(number));
        }
        crew.take_orders();
        crew
    }

    #[test]
    fn there_is_a_worker_a_core_and_at_least_two() {
        for (cores, workers) in [(0, 2), (1, 2), (2, 2), (8, 8)] {
            let mut crew = Crew::new(cores);
            assert_eq!(crew.take_orders(), (0..workers).map(Order::Start).collect::<Vec<_>>());
            assert_eq!(crew.pool(usize::MAX - 1), 1..workers);
            assert_eq!(crew.pool(1), 1..2);
        }
    }

    #[test]
    fn a_worker_is_busy_until_it_answers_what_it_was_asked() {
        let mut crew = ready(3);
        crew.assign(1, Task::Probe(4, 9), request(4, 9), 100.0);
        assert_eq!(crew.take_orders(), [Order::Send(1, Box::new(request(4, 9)))]);
        assert!(!crew.is_free(1) && crew.is_free(2));
        assert_eq!(crew.hear(1, &Reply::AtWork, 150.0), None);
        assert_eq!(crew.hear(1, &probed(4, 8), 160.0), None);
        assert!(!crew.is_free(1));
        assert_eq!(crew.hear(1, &probed(4, 9), 180.0), Some(80.0));
        assert!(crew.is_free(1));
    }

    #[test]
    fn a_change_of_mind_stops_what_nobody_waits_for_and_nothing_else() {
        let mut crew = ready(4);
        crew.assign(TRAINER, Task::Train(7), Request::Advance { run: 7, steps: 1, budget: 1.0 }, 0.0);
        crew.assign(1, Task::Forecast(7), Request::Forecast { run: 7, spec: Spec::default() }, 0.0);
        crew.assign(2, Task::Probe(5, 0), request(5, 0), 0.0);
        crew.take_orders();
        crew.stop_all_but(&[6, 7], 5, &[], None);
        assert_eq!(crew.take_orders(), []);
        // Another start: its probes stay.
        crew.stop_all_but(&[8], 5, &[], None);
        assert_eq!(
            crew.take_orders(),
            [Order::Send(TRAINER, Box::new(Request::Stop)), Order::Send(1, Box::new(Request::Stop))]
        );
        assert!(crew.is_free(TRAINER) && crew.is_free(1) && !crew.is_free(2));
        // What a stopped worker had sent before does not count for what it does now.
        crew.assign(1, Task::Probe(5, 1), request(5, 1), 10.0);
        crew.stop_all_but(&[9], 9, &[], None);
        crew.assign(1, Task::Probe(9, 0), request(9, 0), 20.0);
        assert_eq!(crew.hear(1, &probed(5, 1), 21.0), None);
        assert_eq!(crew.hear(1, &probed(9, 0), 50.0), Some(30.0));
        assert!(!crew.take_orders().iter().any(|order| matches!(order, Order::End(_) | Order::Start(_))));
        // A file is read until another one, or none, is wanted.
        crew.assign(TRAINER, Task::Open(2), Request::Open { data: 2, file: "own.npz".to_owned() }, 60.0);
        crew.stop_all_but(&[], 9, &[], Some(2));
        assert!(!crew.is_free(TRAINER));
        crew.stop_all_but(&[], 9, &[], Some(3));
        assert!(crew.is_free(TRAINER));
    }

    #[test]
    fn a_worker_that_fails_is_replaced_and_its_task_known_until_it_fails_too_often() {
        let mut crew = ready(2);
        for failure in 1..=4 {
            crew.assign(1, Task::Probe(3, 2), request(3, 2), 0.0);
            crew.take_orders();
            let replaced = failure <= 3;
            assert_eq!(crew.fail(1), (Some(Task::Probe(3, 2)), replaced));
            let orders = if replaced { vec![Order::End(1), Order::Start(1)] } else { vec![Order::End(1)] };
            assert_eq!(crew.take_orders(), orders);
            assert!(!crew.is_free(1));
            if replaced {
                crew.hear(1, &Reply::Ready, 0.0);
            }
        }
        crew.forgive();
        assert_eq!(crew.take_orders(), [Order::Start(1)]);
        assert_eq!(crew.fail(1), (None, true));
    }

    #[test]
    fn a_worker_that_is_silent_at_its_work_is_found() {
        let mut crew = ready(3);
        crew.look(0.0);
        crew.assign(1, Task::Probe(3, 2), request(3, 2), 0.0);
        crew.assign(2, Task::Probe(3, 3), request(3, 3), 0.0);
        let mut found = Vec::new();
        for second in 1..=13 {
            let now = 1000.0 * f64::from(second);
            crew.hear(2, &Reply::AtWork, now);
            found.extend(crew.look(now).into_iter().map(|number| (number, second)));
        }
        // The one without work has nothing to say.
        assert_eq!(found, [(1, 13)]);
    }

    #[test]
    fn a_page_that_slept_takes_no_worker_for_dead() {
        let mut crew = ready(2);
        crew.look(0.0);
        crew.assign(1, Task::Probe(3, 2), request(3, 2), 0.0);
        assert!(crew.look(3_600_000.0).is_empty());
        crew.hear(1, &Reply::AtWork, 3_600_100.0);
        assert!(crew.look(3_601_000.0).is_empty());
    }
}
