//! What is done with the paper's figures, and what the pool does for them.

use super::super::figures::{Doing, ToDo};
use super::super::order::Order;
use super::Session;

impl Session {
    /// Takes in what the reader does with the figures.
    pub(super) fn do_with_figures(&mut self, doing: Doing, now: f64) {
        let gives_up = matches!(doing, Doing::Cancels | Doing::RunsOrPauses);
        let number = self.next_experiment;
        let (to_do, opened) = self.figures.take(doing, number);
        if self.figures.experiment().is_some_and(|run| run.number == number) {
            self.next_experiment += 1;
        }
        if gives_up {
            self.stop_stale();
        }
        if let Some(spec) = opened {
            self.show(spec, now);
            self.transport.playing = true;
        }
        self.orders.extend(to_do.into_iter().map(Order::Figure));
        self.put_to_work(now);
    }

    /// Has the figures shown, if something of them has changed.
    pub(super) fn show_figures(&mut self, now: f64) {
        if self.figures.is_due(now) {
            self.orders.push(Order::Figure(ToDo::Show));
        }
    }
}
