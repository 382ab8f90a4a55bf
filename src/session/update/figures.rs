//! What is done with the paper's figures, with the map, and with the search for a mask.

use super::super::figures::{Doing, ToDo};
use super::super::mapping;
use super::super::order::Order;
use super::super::searching;
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
        match opened {
            Some((spec, None)) => {
                self.show_drawn(spec, now);
                self.transport.playing = true;
            }
            Some((spec, Some(pruning))) => {
                self.show_drawn(spec.clone(), now);
                self.do_with_search(searching::Doing::Opens(Box::new(spec), pruning), now);
            }
            None => {}
        }
        self.orders.extend(to_do.into_iter().map(Order::Figure));
        self.note_stages();
        self.put_to_work(now);
    }

    /// Takes in what the reader does with the map.
    pub(super) fn do_with_map(&mut self, doing: mapping::Doing, now: f64) {
        let gives_up = matches!(doing, mapping::Doing::Cancels | mapping::Doing::Runs(_));
        let (spec, number) = (self.spec_drawn().clone(), self.next_experiment);
        let (to_do, opened) = self.mapping.take(doing, &spec, number);
        if self.mapping.number() == Some(number) {
            self.next_experiment += 1;
        }
        if gives_up {
            self.stop_stale();
        }
        if let Some(spec) = opened {
            self.show_drawn(spec, now);
        }
        self.orders.extend(to_do.into_iter().map(Order::Map));
        self.note_stages();
        self.put_to_work(now);
    }

    /// Takes in what the reader does with the search for a mask.
    pub(super) fn do_with_search(&mut self, doing: searching::Doing, now: f64) {
        use searching::Doing;
        let gives_up = matches!(doing, Doing::Cancels | Doing::Runs(_) | Doing::Opens(..));
        let (spec, number) = (self.spec_drawn().clone(), self.next_experiment);
        let to_do = self.searching.take(doing, &spec, number);
        if self.searching.number() == Some(number) {
            self.next_experiment += 1;
        }
        if gives_up {
            self.stop_stale();
            // The address names the search beside the run.
            self.view.changed.step = true;
        }
        self.orders.extend(to_do.into_iter().map(Order::Search));
        self.note_stages();
        self.put_to_work(now);
    }

    /// Has figures, map and search shown, if something of them has changed.
    pub(super) fn show_figures(&mut self, now: f64) {
        if self.figures.is_due(now) {
            self.orders.push(Order::Figure(ToDo::Show));
        }
        if self.mapping.is_due(now) {
            self.orders.push(Order::Map(mapping::ToDo::Show));
        }
        if self.searching.is_due() {
            self.orders.push(Order::Search(searching::ToDo::Show));
        }
    }
}
