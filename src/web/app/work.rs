//! What the workers are given to do, and what comes of it.

use super::super::dom::{document, now};
use super::super::messages;
use super::super::workers;
use super::{App, BUDGET, QUIET};
use crate::session::crew::{Current, TRAINER, Task};
use crate::trials::bytes_of_a_trial;
use crate::trials::protocol::{Reply, Request};

impl App {
    /// Takes in what a worker says, and gives it more to do.
    pub(super) fn hear(&mut self, number: usize, reply: Reply) {
        let took = self.crew.hear(number, &reply, now());
        let mut works = false;
        match reply {
            Reply::Trained { run, progress } if run == self.run.number => {
                works = progress.from > 0;
                self.run.take(progress);
                self.view.changed.step = true;
                if self.run.stopped.is_some() {
                    self.transport.playing = false;
                    self.transport.clear();
                }
            }
            Reply::Forecast { run, forecast } if run == self.run.number => {
                self.run.foresee(*forecast);
                self.view.changed.forecast = true;
            }
            Reply::Probed { run, probe } if run == self.campaign.number => {
                works = true;
                self.campaign.take(probe, took.unwrap_or(0.0));
                self.view.changed.probes = true;
            }
            Reply::Ready | Reply::AtWork | Reply::Trained { .. } | Reply::Forecast { .. } | Reply::Probed { .. } => {}
        }
        if works {
            self.failure.works(now());
        }
        self.put_to_work(now());
    }

    /// A worker trapped or is silent: says so, and gives its work to the one that replaces it.
    pub(super) fn worker_failed(&mut self, number: usize, reason: &str) {
        let (task, replaced) = self.crew.fail(number);
        self.failure.of_worker(number == TRAINER, reason, replaced);
        messages::show_failure(self.failure.sentence().expect("it was just said"), true);
        if number == TRAINER {
            let target = self.transport.target();
            self.restart();
            self.transport.playing &= replaced;
            if let Some(step) = target.filter(|_| replaced) {
                self.transport.play_to(step);
            }
        }
        match task {
            Some(Task::Forecast(run)) if run == self.run.number => self.forecast_wanted = true,
            Some(Task::Probe(campaign, index)) if campaign == self.campaign.number => self.campaign.lose(index),
            _ => {}
        }
        self.carry_out_orders();
    }

    /// Replaces workers that no longer answer; whether there were any.
    pub(super) fn replace_silent_workers(&mut self) -> bool {
        let silent = self.crew.look(now());
        for number in &silent {
            self.worker_failed(*number, "it no longer answers");
        }
        !silent.is_empty()
    }

    /// Stops what nobody waits for any more: at once, so that the machine is free for what follows.
    pub(super) fn stop_stale(&mut self) {
        self.crew.stop_all_but(self.current());
        self.carry_out_orders();
    }

    pub(super) fn carry_out_orders(&mut self) {
        self.workers.carry_out(self.crew.take_orders());
    }

    fn current(&self) -> Current {
        Current { run: self.run.number, campaign: self.campaign.number }
    }

    /// Whether work can begin only later than `now`, when workers were last given what there is to do.
    pub(super) fn work_waits(&self, now: f64) -> bool {
        now - self.changed_at < QUIET && (self.forecast_wanted || self.campaign.is_open())
    }

    /// How many of the pool's workers may hold a problem of the present size.
    pub(super) fn most_at_once(&self) -> usize {
        let each = bytes_of_a_trial(&self.run.spec, self.run.mask.weights());
        // One more trains.
        (workers::memory() / each).saturating_sub(1).max(1) as usize
    }

    /// Gives free workers what there is to do.
    pub(super) fn put_to_work(&mut self, now: f64) {
        if document().hidden() {
            return;
        }
        let current = self.current();
        if self.crew.is_free(TRAINER)
            && let Some(request) = self.next_for_trainer()
        {
            self.crew.assign(TRAINER, Task::Train(current.run), request, now);
        }
        let quiet = now - self.changed_at >= QUIET;
        for number in self.crew.pool(self.most_at_once()) {
            if !self.crew.is_free(number) || !quiet {
                continue;
            }
            if std::mem::take(&mut self.forecast_wanted) {
                let request = Request::Forecast { run: current.run, spec: self.run.spec.clone() };
                self.crew.assign(number, Task::Forecast(current.run), request, now);
            } else if let Some((index, spec)) = self.campaign.ask() {
                let request = Request::Probe { run: current.campaign, spec: spec.clone(), index };
                self.crew.assign(number, Task::Probe(current.campaign, index), request, now);
            }
        }
        self.carry_out_orders();
    }

    fn next_for_trainer(&mut self) -> Option<Request> {
        let run = self.run.number;
        if std::mem::take(&mut self.start_wanted) {
            return Some(Request::Start { run, spec: self.run.spec.clone() });
        }
        let step = self.run.step().filter(|_| self.run.stopped.is_none())?;
        self.transport.take(step).map(|steps| Request::Advance { run, steps, budget: BUDGET })
    }
}
