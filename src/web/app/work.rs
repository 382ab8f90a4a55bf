//! What the workers are given to do, and what comes of it.

use super::super::crew::TRAINER;
use super::super::dom::{document, now};
use super::super::panels;
use super::{App, BUDGET, QUIET};
use crate::link::Link;
use crate::trials::protocol::{Reply, Request};

impl App {
    pub(super) fn hear(&mut self, number: usize, reply: Reply) {
        if matches!(reply, Reply::Ready) {
            self.crew.is_ready(number);
            return;
        }
        self.crew.has_answered(number);
        match reply {
            Reply::Trained { run, progress } if run == self.number => {
                self.run.take(progress);
                self.view.changed.step = true;
                if self.run.stopped.is_some() {
                    self.transport.playing = false;
                    self.transport.clear();
                }
            }
            Reply::Forecast { run, forecast } if run == self.number => {
                self.run.forecast = Some(*forecast);
                self.view.changed.forecast = true;
            }
            Reply::Probed { run, probe } if run == self.campaign.number => {
                self.campaign.take(probe);
                self.view.changed.probes = true;
            }
            Reply::Ready | Reply::Trained { .. } | Reply::Forecast { .. } | Reply::Probed { .. } => {}
        }
        self.put_to_work(now());
    }

    pub(super) fn worker_failed(&mut self, number: usize, reason: &str) {
        let replaced = self.crew.has_failed(number);
        let what = if number == TRAINER { "The training worker" } else { "A worker for probes" };
        let then = if replaced {
            "it is replaced, and its work starts anew"
        } else {
            "it failed too often, so this setting is given up; try another"
        };
        panels::show_failure(&format!("{what} stopped ({reason}); {then}."));
        if number == TRAINER {
            self.restart();
        } else {
            self.forecast_wanted = self.run.forecast.is_none();
            self.campaign.lost();
        }
    }

    /// Whether work can begin only later than `now`, when workers were last given what there is to do.
    pub(super) fn work_waits(&self, now: f64) -> bool {
        let current = [self.number, self.campaign.number];
        let quiet = now - self.changed_at >= QUIET;
        (self.start_wanted && self.crew.is_stale(TRAINER, &current))
            || (!quiet && self.forecast_wanted)
            || self.crew.pool().any(|number| self.crew.is_stale(number, &current))
    }

    /// Gives free workers what there is to do.
    pub(super) fn put_to_work(&mut self, now: f64) {
        if document().hidden() {
            return;
        }
        let current = [self.number, self.campaign.number];
        if self.crew.is_free(TRAINER, &current, now)
            && let Some(request) = self.next_for_trainer()
        {
            self.crew.send(TRAINER, self.number, &request, now);
        }
        let quiet = now - self.changed_at >= QUIET;
        for number in self.crew.pool() {
            if !self.crew.is_free(number, &current, now) || !quiet {
                continue;
            }
            if std::mem::take(&mut self.forecast_wanted) {
                let spec = Link::from(self.run.spec.clone()).fragment();
                self.crew.send(number, self.number, &Request::Forecast { run: self.number, spec }, now);
            } else if let Some((index, spec)) = self.campaign.next() {
                let run = self.campaign.number;
                self.crew.send(number, run, &Request::Probe { run, spec, index }, now);
            }
        }
    }

    pub(super) fn next_for_trainer(&mut self) -> Option<Request> {
        let run = self.number;
        if std::mem::take(&mut self.start_wanted) {
            return Some(Request::Start { run, spec: Link::from(self.run.spec.clone()).fragment() });
        }
        let step = self.run.step().filter(|_| self.run.stopped.is_none())?;
        let budget = if self.transport.playing { BUDGET.0 } else { BUDGET.1 };
        self.transport.take(step).map(|steps| Request::Advance { run, steps, budget })
    }
}
