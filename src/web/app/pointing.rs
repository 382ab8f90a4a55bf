//! What is pointed at in the pictures, by pointer or by keys: an iteration, a probe, a neuron.

use super::super::event::Pointed;
use super::App;
use crate::charts::{mask_overlap, network_drawing};

impl App {
    /// Moves the cursor of the error chart, by places of a two-hundredth of the run.
    pub(super) fn move_cursor(&mut self, places: i32) {
        let Some(last) = self.run.step() else { return };
        let stride = (last / 200).max(1) as i64;
        let from = self.view.cursor.unwrap_or(last) as i64;
        self.view.cursor = Some((from + i64::from(places) * stride).clamp(0, last as i64) as usize);
        self.view.changed.cursor = true;
    }

    /// Goes on to another probe, by distance from the oracle.
    pub(super) fn move_to_probe(&mut self, places: i32) {
        let next = self.view.disc_snapshot(&self.run, &self.campaign).next_probe(self.view.probe, places);
        self.choose_probe(next);
    }

    /// The probe at a place of the disc's picture, given in CSS pixels.
    pub(super) fn probe_at(&self, (x, y): (f64, f64)) -> Option<u32> {
        let place = (self.view.disc.chart_pixels(x), self.view.disc.chart_pixels(y));
        self.view.disc_snapshot(&self.run, &self.campaign).probe_at(place)
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
        let (run, view) = (&self.run, &self.view);
        let weights = run.weights.as_deref();
        match pointed {
            Pointed::Row(y) => {
                let size = view.mask.size();
                let snapshot =
                    mask_overlap::Snapshot { size, mask: &run.mask, oracle: &run.oracle, weights, lit: view.lit };
                snapshot.neuron_at(view.mask.chart_pixels(y))
            }
            Pointed::Column(x) => {
                let (size, weights) = (view.network.size(), weights.unwrap_or(&run.oracle));
                let snapshot = network_drawing::Snapshot { size, mask: &run.mask, weights, lit: view.lit };
                Some(snapshot.neuron_at(view.network.chart_pixels(x)))
            }
        }
    }
}

/// The place `by` places on, of those from 0 to `last`; where there was none before, counted from beyond the ends.
fn moved(place: Option<usize>, by: i32, last: usize) -> usize {
    let from = place.map_or(if by > 0 { -1 } else { last as i64 + 1 }, |place| place as i64);
    (from + i64::from(by)).clamp(0, last as i64) as usize
}
