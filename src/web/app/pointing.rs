//! What is pointed at in the pictures, by pointer or by keys: an iteration, a probe, a neuron.

use super::App;
use crate::session::event::Pointed;
use crate::session::readout::{moved, moved_cursor};

impl App {
    /// Moves the cursor of the error chart, by places of a two-hundredth of the run.
    pub(super) fn move_cursor(&mut self, places: i32) {
        let Some(last) = self.run.step() else { return };
        self.view.cursor = Some(moved_cursor(self.view.cursor, places, last));
        self.view.changed.cursor = true;
    }

    /// Goes on to another probe, by distance from the oracle.
    pub(super) fn move_to_probe(&mut self, places: i32) {
        let next = self.view.disc(&self.run, &self.campaign).next_probe(self.view.probe, places);
        self.choose_probe(next);
    }

    /// The probe at a place of the disc's picture, given in CSS pixels.
    pub(super) fn probe_at(&self, (x, y): (f64, f64)) -> Option<u32> {
        let place = (self.pictures.disc.chart_pixels(x), self.pictures.disc.chart_pixels(y));
        self.view.disc(&self.run, &self.campaign).probe_at(place)
    }

    /// Tells of this probe, or of none.
    pub(super) fn choose_probe(&mut self, index: Option<u32>) {
        self.view.changed.probe |= index != self.view.probe;
        self.view.probe = index;
    }

    /// A click on the probe that is told of runs it; a finger, which cannot point without a tap, first chooses it.
    pub(super) fn click_disc(&mut self, place: (f64, f64)) {
        let index = self.probe_at(place);
        if index.is_some() && index == self.view.probe { self.open_probe() } else { self.choose_probe(index) }
    }

    /// Runs the chosen probe in the lab: the very start, on its own problem.
    pub(super) fn open_probe(&mut self) {
        let Some(spec) = self.view.probe.and_then(|index| self.campaign.spec_of(index)) else { return };
        self.change(spec, true);
        self.tell(Vec::new());
        self.transport.playing = true;
        self.choose_probe(None);
    }

    /// Lights another neuron.
    pub(super) fn light_by(&mut self, by: i32) {
        self.view.lit = Some(moved(self.view.lit, by, self.run.mask.neurons() - 1));
        self.view.changed.light = true;
    }

    /// The neuron at a place of the masks' picture or of the network's.
    pub(super) fn neuron_at(&self, pointed: Pointed) -> Option<usize> {
        match pointed {
            Pointed::Row(y) => self.view.mask(&self.run).neuron_at(self.pictures.mask.chart_pixels(y)),
            Pointed::Column(x) => Some(self.view.network(&self.run).neuron_at(self.pictures.network.chart_pixels(x))),
        }
    }
}
