//! What the workers are given to do, and what comes of it.

use super::super::crew::{Current, TRAINER, Task};
use super::super::dom::{document, now};
use super::super::messages;
use super::{App, BUDGET, QUIET};
use crate::link::Link;
use crate::trials::protocol::{Reply, Request};

impl App {
    /// Takes in what a worker says, and gives it more to do.
    pub(super) fn hear(&mut self, number: usize, reply: Reply) {
        if matches!(reply, Reply::Ready) {
            self.crew.is_ready(number);
            return;
        }
        let took = self.crew.has_answered(number, now());
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
                self.campaign.take(probe, took);
                self.view.changed.probes = true;
            }
            Reply::Ready | Reply::Trained { .. } | Reply::Forecast { .. } | Reply::Probed { .. } => {}
        }
        if works {
            self.failure.works(now());
        }
        self.put_to_work(now());
    }

    /// A worker trapped: says so, and gives its work to the one that replaces it.
    pub(super) fn worker_failed(&mut self, number: usize, reason: &str) {
        let (task, replaced) = self.crew.has_failed(number);
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
            Some(Task::Probe(campaign, index)) if campaign == self.campaign.number => self.campaign.lost(index),
            _ => {}
        }
    }

    fn current(&self) -> Current {
        Current { run: self.run.number, campaign: self.campaign.number }
    }

    /// Whether work can begin only later than `now`, when workers were last given what there is to do.
    pub(super) fn work_waits(&self, now: f64) -> bool {
        let quiet = now - self.changed_at >= QUIET;
        (self.start_wanted && self.crew.is_stale(TRAINER, self.current()))
            || (!quiet && self.forecast_wanted)
            || self.crew.pool().any(|number| self.crew.is_stale(number, self.current()))
    }

    /// Gives free workers what there is to do.
    pub(super) fn put_to_work(&mut self, now: f64) {
        if document().hidden() {
            return;
        }
        let current = self.current();
        if self.crew.is_free(TRAINER, current, now)
            && let Some(request) = self.next_for_trainer()
        {
            self.crew.send(TRAINER, Task::Train(current.run), &request, now);
        }
        let quiet = now - self.changed_at >= QUIET;
        for number in self.crew.pool() {
            if !self.crew.is_free(number, current, now) || !quiet {
                continue;
            }
            if std::mem::take(&mut self.forecast_wanted) {
                let (run, spec) = (current.run, Link::from(self.run.spec.clone()).fragment());
                self.crew.send(number, Task::Forecast(run), &Request::Forecast { run, spec }, now);
            } else if let Some((index, spec)) = self.campaign.take_next() {
                let run = current.campaign;
                self.crew.send(number, Task::Probe(run, index), &Request::Probe { run, spec, index }, now);
            }
        }
    }

    fn next_for_trainer(&mut self) -> Option<Request> {
        let run = self.run.number;
        if std::mem::take(&mut self.start_wanted) {
            return Some(Request::Start { run, spec: Link::from(self.run.spec.clone()).fragment() });
        }
        let step = self.run.step().filter(|_| self.run.stopped.is_none())?;
        self.transport.take(step).map(|steps| Request::Advance { run, steps, budget: BUDGET })
    }
}
