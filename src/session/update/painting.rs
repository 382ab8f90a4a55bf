//! What is painted on the learner's mask is another run.

use super::super::event::Pointed;
use super::super::order::Order;
use super::super::painting::{Doing, Place};
use super::super::readout::moved;
use super::Session;
use crate::spec::{Painted, Spec};

impl Session {
    /// Does it; a pointer also lights the neuron that it points at, and tells of the weight where it may paint.
    pub(super) fn do_with_mask(&mut self, doing: Doing, now: f64) {
        // On own data the mask is what the file says, or what r̃ draws.
        let paints = matches!(doing, Doing::Turns | Doing::TurnsOver | Doing::Undoes | Doing::Clears);
        if paints && self.run().own.is_some() {
            return;
        }
        let place = self.painted_at(doing);
        if let Doing::Down((_, y)) | Doing::Moves((_, y)) | Doing::Hovers((_, y)) = doing {
            self.light_at(Some(Pointed::Row(y)));
            let feature = place.map(|(_, feature)| feature).filter(|_| self.view.painting.on);
            self.view.changed.light |= feature != self.view.painting.feature;
            self.view.painting.feature = feature;
        }
        let run = self.runs.shown();
        let (spec, mask) = (&run.spec, run.mask());
        let painting = &mut self.view.painting;
        let painted = match (doing, place) {
            (Doing::Turns, _) => {
                painting.on = !painting.on;
                self.view.changed.light = true;
                None
            }
            (Doing::Down(_), Some(place)) if painting.on => Some(painting.begin(spec, mask, place)),
            (Doing::Moves(_), Some((_, feature))) => painting.go_on(spec, mask, feature),
            (Doing::TurnsOver, Some(place)) => Some(painting.turn_over(spec, place)),
            (Doing::Undoes, _) => painting.undo(spec),
            (Doing::Clears, _) if !spec.painted.is_empty() => Some(painting.clear(spec)),
            (Doing::Ends | Doing::Hovers(_), _) => {
                painting.end();
                None
            }
            (Doing::StepsBy(by), _) => {
                painting.feature = Some(moved(painting.feature, by, mask.dimension() - 1));
                (self.view.lit, self.view.changed.light) = (self.view.lit.or(Some(0)), true);
                None
            }
            _ => None,
        };
        if let Some(painted) = painted {
            self.paint(painted, now);
        }
    }

    /// The weight that is spoken of: by a place in the picture, or by keys.
    fn painted_at(&self, doing: Doing) -> Option<Place> {
        match doing {
            Doing::Down((x, y)) | Doing::Moves((x, y)) | Doing::Hovers((x, y)) => {
                self.view.mask(self.runs.shown()).weight_at((self.chart_pixels(x), self.chart_pixels(y)))
            }
            Doing::TurnsOver => self.view.lit.zip(self.view.painting.feature),
            _ => None,
        }
    }

    fn paint(&mut self, painted: Painted, now: f64) {
        let spec = Spec { painted, ..self.run().spec.clone() };
        self.show(spec, now);
        self.orders.push(Order::SetControls);
    }
}
