//! What the workers are given to do, and what comes of it.

use super::super::experiment::Experiment;
use super::super::order::Order;
use super::super::own_data::{Opening, ToDo};
use super::super::workers::{TRAINER, Task};
use super::Session;
use crate::language::tr;
use crate::trials::bytes_of_a_trial;
use crate::trials::messages::{Reply, Request};

/// Milliseconds without a change before forecast and probes begin.
const QUIET: f64 = 120.0;
/// Milliseconds of training in one request.
const BUDGET: f64 = 24.0;
/// Share of the memory that the moments may take to which the runs can return.
const SHARE_TO_RETURN: f64 = 0.25;

impl Session {
    /// Takes in what a worker says, and gives it more to do.
    pub(super) fn hear(&mut self, number: usize, reply: Reply, now: f64) {
        let took = self.crew.hear(number, &reply, now);
        let works = match reply {
            Reply::Trained { run, progress } => {
                let starts = progress.from == 0;
                let known = self.runs.by_number(run).map(|run| run.take(progress)).is_some();
                self.view.changed.step |= known;
                if known && starts {
                    self.view.changed.start = true;
                    self.tell_of_start();
                }
                known && !starts
            }
            Reply::NotStarted { run, why } => {
                self.cannot_start(run, &why);
                false
            }
            Reply::Reading { data, share } => {
                self.take_share(data, share);
                false
            }
            Reply::Opened { data, outcome } => {
                self.take_opened(data, outcome, now);
                false
            }
            Reply::Curvature { run, forecast } => {
                if let Some(run) = self.runs.by_number(run) {
                    (run.own_forecast, run.curvature_wanted) = (Some(*forecast), false);
                    self.view.changed.forecast = true;
                    self.orders.push(Order::Data(ToDo::ShowTold));
                }
                false
            }
            Reply::Lights { run, lights } => {
                if let Some(run) = self.runs.by_number(run) {
                    run.foresee_lights(lights);
                    self.view.changed.lights = true;
                }
                false
            }
            Reply::Forecast { run, forecast } => {
                if let Some(run) = self.runs.by_number(run) {
                    run.foresee(*forecast);
                    self.view.changed.forecast = true;
                }
                false
            }
            Reply::Probed { run, probe } if run == self.campaign.number => {
                self.campaign.take(probe, took.unwrap_or(0.0));
                self.view.changed.probes = true;
                true
            }
            Reply::Tried { run, trial, tried } if self.figures.experiment().is_some_and(|here| here.number == run) => {
                let keep = self.figures.tried(trial, *tried, took.unwrap_or(0.0));
                self.orders.extend(keep.map(Order::Figure));
                true
            }
            Reply::Measured { run, trial, measured } if self.mapping.number() == Some(run) => {
                let keep = self.mapping.tried(trial, measured, took.unwrap_or(0.0));
                self.orders.extend(keep.map(Order::Map));
                true
            }
            Reply::OnTheWay { run, trial, steps, test_error } => {
                if self.searching.number() == Some(run) {
                    self.searching.on_the_way(trial, steps, test_error);
                }
                false
            }
            Reply::Staged { run, trial, staged } if self.searching.number() == Some(run) => {
                self.searching.staged(trial, *staged);
                true
            }
            Reply::Saved { run, bytes } => {
                if self.runs.by_number(run).is_some() {
                    self.take_saved(bytes.0);
                }
                true
            }
            Reply::Ready
            | Reply::AtWork
            | Reply::Probed { .. }
            | Reply::Tried { .. }
            | Reply::Measured { .. }
            | Reply::Staged { .. } => false,
        };
        // Who returns to a step may want to play on from there.
        if self.runs.have_ended() && self.transport.sought().is_none() {
            self.transport.end();
        }
        if works {
            self.failure.works(now);
        }
        self.put_to_work(now);
    }

    /// A worker trapped or is silent: says so, and gives its work to the one that replaces it.
    pub(super) fn worker_failed(&mut self, number: usize, reason: &str) {
        let (task, replaced) = self.crew.fail(number);
        self.failure.of_worker(number == TRAINER, reason, replaced);
        self.orders.push(Order::ShowFailure(self.failure.sentence().map(str::to_owned)));
        if number == TRAINER {
            self.lose_data();
            let target = self.transport.target();
            self.restart();
            self.transport.playing &= replaced;
            if let Some(step) = target.filter(|_| replaced) {
                self.transport.play_to(step);
            }
        }
        match task {
            Some(Task::Open(_)) => self.give_up_data(tr!("the worker that read it stopped")),
            Some(Task::Forecast(run)) => {
                if let Some(run) = self.runs.by_number(run) {
                    run.forecast_wanted = true;
                }
            }
            Some(Task::Probe(campaign, index)) if campaign == self.campaign.number => self.campaign.lose(index),
            Some(Task::Try(of, trial)) if self.mapping.number() == Some(of) => self.mapping.lose(trial, !replaced),
            Some(Task::Try(of, trial)) if self.searching.number() == Some(of) => self.searching.lose(trial, !replaced),
            Some(Task::Try(of, trial)) => {
                if let Some(here) = self.figures.experiment_mut().filter(|here| here.number == of) {
                    here.lose(trial);
                    // It fails again and again: whoever wants it has to say so.
                    here.pause(!replaced || here.is_paused());
                }
            }
            _ => {}
        }
    }

    /// Replaces workers that no longer answer; whether there were any.
    pub(super) fn replace_silent_workers(&mut self, now: f64) -> bool {
        let silent = self.crew.look(now);
        for number in &silent {
            self.worker_failed(*number, tr!("it no longer answers"));
        }
        !silent.is_empty()
    }

    /// Stops what nobody waits for any more: at once, so that the machine is free for what follows.
    pub(super) fn stop_stale(&mut self) {
        let numbers: Vec<u32> = self.runs.all().iter().map(|run| run.number).collect();
        let figure = self.figures.experiment().map(|run| run.number);
        let experiments: Vec<u32> =
            [figure, self.mapping.number(), self.searching.number()].into_iter().flatten().collect();
        let file = self.data.number_under_way();
        self.crew.stop_all_but(&numbers, self.campaign.number, &experiments, file);
    }

    /// Whether the runs are set up and stand still, none behind the other.
    pub(in super::super) fn is_at_rest(&self) -> bool {
        let lags = self.runs.next_to_advance().is_some_and(|(_, behind)| behind > 0);
        self.runs.step().is_some() && !self.is_moving() && !lags
    }

    /// Whether the worker that trains failed too often to be replaced.
    pub(in super::super) fn has_lost_trainer(&self) -> bool {
        self.crew.have_given_up(TRAINER..TRAINER + 1)
    }

    /// Whether those did that compute forecast and probes.
    pub(in super::super) fn has_lost_pool(&self) -> bool {
        self.crew.have_given_up(self.crew.pool(self.workers_at_once()))
    }

    /// What is said of workers that failed.
    pub(in super::super) fn failure(&self) -> Option<&str> {
        self.failure.sentence()
    }

    /// Hands on what the crew wants of its workers.
    pub(super) fn order_workers(&mut self) {
        self.orders.extend(self.crew.take_orders().into_iter().map(Order::Workers));
    }

    /// Whether work can begin only later than `now`, when workers were last given what there is to do.
    pub(super) fn work_waits(&self, now: f64) -> bool {
        let forecast_wanted = || self.runs.all().iter().any(|run| run.forecast_wanted);
        now - self.changed_at < QUIET
            && (forecast_wanted()
                || self.campaign.is_open()
                || self.figures.experiment().is_some_and(Experiment::is_open)
                || self.mapping.is_open()
                || self.searching.is_open())
    }

    /// How many workers compute forecast and probes: as many as may hold a problem of the present size.
    pub fn workers_at_once(&self) -> usize {
        let run = self.run();
        let features = run.oracle.mask().used_features_with(run.mask()).len();
        let each = bytes_of_a_trial(&run.spec, run.mask().weights(), features);
        // The training worker holds a problem for each run.
        let training = self.runs.all().len() as u64;
        let most = (self.memory / each).saturating_sub(training).max(1) as usize;
        self.crew.pool(most).len()
    }

    /// Gives free workers what there is to do.
    pub(super) fn put_to_work(&mut self, now: f64) {
        if self.hidden {
            return;
        }
        if self.transport.is_moving()
            && let Some(run) = self.crew.interrupt_curvature().and_then(|run| self.runs.by_number(run))
        {
            run.curvature_wanted = true;
        }
        if self.crew.is_free(TRAINER)
            && let Some((task, request)) = self.next_for_trainer().or_else(|| self.next_curvature())
        {
            self.crew.assign(TRAINER, task, request, now);
        }
        if now - self.changed_at < QUIET {
            return;
        }
        let campaign = self.campaign.number;
        for number in self.crew.pool(self.workers_at_once()) {
            if !self.crew.is_free(number) {
                continue;
            }
            if let Some(run) = self.runs.next_to_foresee() {
                let request = Request::Forecast { run: run.number, spec: run.spec.clone() };
                self.crew.assign(number, Task::Forecast(run.number), request, now);
            } else if let Some((index, spec)) = self.campaign.ask() {
                let request = Request::Probe { run: campaign, spec: spec.clone(), index };
                self.crew.assign(number, Task::Probe(campaign, index), request, now);
            } else {
                self.assign_trial(number, now);
            }
        }
    }

    /// Gives a free worker a network of the search, or a trial of the figure or else of the map that is run here, if there is one
    /// and it fits in memory beside the others.
    fn assign_trial(&mut self, number: usize, now: f64) {
        let fits = |bytes: u64| number as u64 <= (self.memory / bytes.max(1)).saturating_sub(1).max(1);
        if let Some(run) = self.searching.number()
            && fits(self.searching.bytes_of_next())
            && let Some((trial, request)) = self.searching.ask()
        {
            self.crew.assign(number, Task::Try(run, trial), request, now);
        } else if let Some(here) = self.figures.experiment_mut()
            && fits(here.bytes_of_next())
            && let Some((trial, request)) = here.ask()
        {
            self.crew.assign(number, Task::Try(here.number, trial), request, now);
        } else if let Some(run) = self.mapping.number()
            && fits(self.mapping.bytes_of_next())
            && let Some((trial, spec, measure)) = self.mapping.ask()
        {
            self.crew.assign(number, Task::Try(run, trial), Request::Measure { run, spec, measure, trial }, now);
        }
    }

    /// What the training worker does while nothing else is to be done: no other has the data.
    fn next_curvature(&mut self) -> Option<(Task, Request)> {
        if self.transport.is_moving() {
            return None;
        }
        let run = self.runs.next_for_curvature()?;
        Some((Task::Curvature(run), Request::Curvature { run }))
    }

    /// What the training worker does next.
    fn next_for_trainer(&mut self) -> Option<(Task, Request)> {
        if let Some((data, file)) = self.data.opening_mut().and_then(Opening::ask) {
            self.orders.push(Order::Data(ToDo::ShowReading));
            return Some((Task::Open(data), Request::Open { data, file }));
        }
        let data = self.data.number();
        if let Some((run, beside)) = self.runs.next_to_start() {
            let room = (SHARE_TO_RETURN * self.memory as f64) as u64 / (1 + beside.len() as u64);
            return Some((
                Task::Train(run.number),
                Request::Start { run: run.number, spec: run.spec.clone(), beside, room, data },
            ));
        }
        if let Some(step) = self.transport.sought() {
            if let Some((run, step)) = self.runs.next_to_seek(step) {
                return Some((Task::Train(run.number), Request::Seek { run: run.number, step: step as u32 }));
            }
            self.transport.found();
        }
        let lags = self.runs.next_to_advance().is_some_and(|(_, behind)| behind > 0);
        if !lags && let Some((run, request)) = self.next_to_save() {
            return Some((Task::Save(run), request));
        }
        let (run, behind) = self.runs.next_to_advance()?;
        let steps = if behind > 0 { behind as u32 } else { self.transport.take(run.step()?)? };
        Some((Task::Train(run.number), Request::Advance { run: run.number, steps, budget: BUDGET }))
    }
}
