//! What is pointed at in the pictures, by pointer or by keys: an iteration, a probe, a neuron,
//! a quantity. Places are CSS pixels.

use super::super::event::Pointed;
use super::super::order::Order;
use super::super::quantity::{By, Quantity};
use super::super::readout::{moved, moved_cursor};
use super::Session;

impl Session {
    /// The cursor of the error chart is here, or gone.
    pub(super) fn cursor_at(&mut self, place: Option<f64>) {
        let axes = self.error_chart().axes();
        self.view.cursor = place.map(|x| axes.iteration(self.chart_pixels(x)));
        self.view.changed.cursor = true;
    }

    /// Moves the cursor of the error chart, by places of a two-hundredth of the run.
    pub(super) fn move_cursor(&mut self, places: i32) {
        let Some(last) = self.runs.step() else { return };
        self.view.cursor = Some(moved_cursor(self.view.cursor, places, last));
        self.view.changed.cursor = true;
    }

    /// Goes on to another probe, by distance from the oracle.
    pub(super) fn move_to_probe(&mut self, places: i32) {
        let next = self.view.disc(self.runs.shown(), self.pair(), &self.campaign).next_probe(self.view.probe, places);
        self.view.choose_probe(next);
    }

    /// The probe at a place of the disc's picture.
    pub(super) fn probe_at(&self, (x, y): (f64, f64)) -> Option<u32> {
        let place = (self.chart_pixels(x), self.chart_pixels(y));
        self.view.disc(self.runs.shown(), self.pair(), &self.campaign).probe_at(place)
    }

    /// A click on the probe that is told of runs it; a finger, which cannot point without a tap, first chooses it.
    pub(super) fn click_disc(&mut self, place: (f64, f64), now: f64) {
        let index = self.probe_at(place);
        if index.is_some() && index == self.view.probe { self.open_probe(now) } else { self.view.choose_probe(index) }
    }

    /// Runs the chosen probe in the lab: the very start, on its own problem.
    pub(super) fn open_probe(&mut self, now: f64) {
        let Some(spec) = self.view.probe.and_then(|index| self.campaign.spec_of(index)) else { return };
        self.show(spec, now);
        self.transport.playing = true;
        self.view.choose_probe(None);
    }

    /// Lights another neuron.
    pub(super) fn light_by(&mut self, by: i32) {
        let last = self.run().mask().neurons() - 1;
        self.view.light(Some(moved(self.view.lit, by, last)));
    }

    /// Lights the neuron that is pointed at in the masks or in the network.
    pub(super) fn light_at(&mut self, pointed: Option<Pointed>) {
        let run = self.runs.shown();
        let lit = pointed.and_then(|pointed| match pointed {
            Pointed::Row(y) => self.view.mask(run).neuron_at(self.chart_pixels(y)),
            Pointed::Column(x) => Some(self.view.network(run).neuron_at(self.chart_pixels(x))),
        });
        self.view.light(lit);
    }

    /// Lights another quantity, wherever it stands.
    pub(super) fn light_quantity(&mut self, by: By, to: Option<&'static Quantity>) {
        let before = self.view.quantity.shown();
        self.view.quantity.go(by, to);
        let lit = self.view.quantity.shown();
        if lit != before {
            self.view.changed.quantity = true;
            self.orders.push(Order::LightQuantity(lit.map(|lit| lit.key)));
        }
    }

    pub(super) fn chart_pixels(&self, css: f64) -> f64 {
        css / self.view.sizes.zoom
    }
}
