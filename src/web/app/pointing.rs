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
        let mut probes: Vec<_> = self.campaign.probes().iter().collect();
        probes.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        let Some(last) = probes.len().checked_sub(1) else { return };
        let at = self.view.probe.and_then(|index| probes.iter().position(|probe| probe.index == index));
        self.view.probe = Some(probes[moved(at, places, last)].index);
        self.view.changed.cursor = true;
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
