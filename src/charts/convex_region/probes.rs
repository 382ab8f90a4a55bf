//! The probes in the disc: where each stands, how it looks, and which of them a pointer or a key means.

use super::super::extent::Extent;
use super::super::palette::mix;
use super::super::pen::Place;
use super::super::{Chart, Colour, Drawn, Palette, Pen};
use super::Snapshot;
use super::scale::turned;
use crate::order::sorted_by;
use crate::trials::{Outcome, Probe};

/// Cosine and sine of the golden angle, π(3 − √5), which spreads any number of probes evenly.
const GOLDEN_ANGLE: (f64, f64) = (-0.737_368_878_078_319_9, 0.675_490_294_261_524);
/// The direction of the first probe, 0.4 radians up, clear of the start of the run.
const FIRST: (f64, f64) = (0.921_060_994_002_885_1, 0.389_418_342_308_650_5);
/// Turns after which a probe stands where it can.
const MOST_TURNS: usize = 90;
/// Room around the middle of a probe, in CSS pixels.
pub(super) const ROOM: f64 = 5.0;
/// How near a pointer must come to a probe, in CSS pixels.
const WITHIN_REACH: f64 = 14.0;

/// The look of a success after `steps` of at most `most_steps`: its colour, and its radius in CSS pixels. The fewer
/// steps, the fuller and larger; the palest still has a contrast of 3 : 1.
pub fn success_mark(steps: u32, most_steps: usize, palette: &Palette) -> (Colour, f64) {
    let share = (f64::from(steps) / most_steps.max(1) as f64).min(1.0);
    (mix(palette.success, palette.paper, 0.2 * share), 4.6 - 2.2 * share)
}

impl Snapshot<'_> {
    /// Where the probes stand: the distance of one means something, its angle does not, so it makes way for labels,
    /// marks and the probes before it.
    pub(super) fn probe_places(&self) -> Vec<(Place, &Probe)> {
        let taken: Vec<Extent> =
            self.labels(&[]).iter().map(Extent::of).chain(self.marks()).map(|extent| extent.grown(ROOM)).collect();
        let scale = self.scale();
        let mut places: Vec<(Place, &Probe)> = Vec::with_capacity(self.probes.len());
        for probe in self.probes {
            let first = (0..probe.index).fold(FIRST, |place, _| turned(place, GOLDEN_ANGLE));
            let turns = std::iter::successors(Some(first), |place| Some(turned(*place, GOLDEN_ANGLE)));
            let at = |(x, y)| scale.place((probe.distance * x, probe.distance * y));
            let mut clear =
                turns.take(MOST_TURNS).map(at).filter(|place| !taken.iter().any(|extent| extent.holds(*place)));
            let next = clear.next();
            let apart =
                |place: &Place| places.iter().all(|(other, _)| apart(*place, *other) >= 2.0 * ROOM * scale.marks());
            let place = next.into_iter().chain(clear).find(apart).or(next).unwrap_or(at(first));
            places.push((place, probe));
        }
        places
    }

    /// The probe that a pointer at `place` means, by its number: the nearest one within its reach.
    pub fn probe_at(&self, place: Place) -> Option<u32> {
        let distances = self.probe_places().into_iter().map(|(other, probe)| (apart(place, other), probe.index));
        let nearest = distances.filter(|(distance, _)| *distance <= WITHIN_REACH).min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.map(|(_, index)| index)
    }

    /// The probe that is `by` places farther out than probe `from`, or the last that way; without `from`, counted from
    /// before the nearest one, or from behind the farthest. None without probes.
    pub fn next_probe(&self, from: Option<u32>, by: i32) -> Option<u32> {
        let order = sorted_by(self.probes.iter().collect(), |probe: &&Probe| probe.distance);
        let now = from.and_then(|from| order.iter().position(|probe| probe.index == from)).map(|place| place as i64);
        let outside = if by < 0 { order.len() as i64 } else { -1 };
        let last = order.len() as i64 - 1;
        let place = (now.unwrap_or(outside) + i64::from(by)).clamp(0, last.max(0));
        order.get(place as usize).map(|probe| probe.index)
    }

    /// Draws the probes, each outcome a mark of its own kind.
    pub(super) fn draw_probes(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let (centre, size) = (self.scale().centre, self.scale().marks());
        let faded = |colour| mix(colour, palette.paper, if self.stale { 0.7 } else { 0.0 });
        for (place, probe) in self.probe_places() {
            match probe.outcome {
                Outcome::Success => {
                    let (colour, radius) = success_mark(probe.steps, self.most_steps, palette);
                    pen.disc(place, size * radius, faded(colour))?;
                }
                Outcome::StoppedElsewhere => pen.cross(place, size * 3.4, faded(palette.failure), 1.8)?,
                // What was still falling says nothing against the region: it points to where it was going.
                Outcome::StepCap if probe.falling => {
                    let distance = apart(place, centre).max(1e-9);
                    let inwards = ((centre.0 - place.0) / distance, (centre.1 - place.1) / distance);
                    pen.triangle(place, inwards, size * 4.4, faded(palette.soft), 1.4)?;
                }
                Outcome::StepCap => pen.triangle(place, (0.0, -1.0), size * 4.4, faded(palette.failure), 1.6)?,
            }
            if self.picked == Some(probe.index) {
                pen.circle(place, 8.5, palette.ink, 1.8)?;
            }
        }
        Ok(())
    }
}

fn apart((x, y): Place, (other_x, other_y): Place) -> f64 {
    libm::hypot(x - other_x, y - other_y)
}
