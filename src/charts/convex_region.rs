//! The convex region around W\* as a disc: distance from the centre is the relative error. Theory's ring, the probes,
//! the measured radius as a band, and the run's own path.

use plotters::prelude::DrawingBackend;

use super::extent::Extent;
use super::palette::mix;
use super::pen::Place;
use super::placing::Placing;
use super::{Anchor, Baseline, Chart, Drawn, Label, Palette, Pen, Role};
use crate::trials::{Crossing, FARTHEST, Outcome, Probe, Radius};

/// Cosine and sine of the golden angle, π(3 − √5), which spreads any number of probes evenly.
const GOLDEN_ANGLE: (f64, f64) = (-0.737_368_878_078_319_9, 0.675_490_294_261_524);
/// Cosine and sine of two degrees.
const TWO_DEGREES: (f64, f64) = (0.999_390_827_019_095_7, 0.034_899_496_702_500_97);
/// The disc's edge, in units of its farthest start.
const EDGE: f64 = 1.04;

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// The theory's radius in units of |W\*|; none where κ is not calibrated.
    pub theory_radius: Option<f64>,
    /// Probes finished so far.
    pub probes: &'a [Probe],
    /// The radius measured by them.
    pub radius: Radius,
    /// Whether probes and band belong to an older Spec, and fade.
    pub stale: bool,
    /// W(0) … W(t) in the plane of the disc: (x, y), y ≥ 0, in units of |W\*|.
    pub path: &'a [(f64, f64)],
}

impl Snapshot<'_> {
    /// The farthest start in the picture, in units of |W\*|.
    fn farthest(&self) -> f64 {
        self.path.first().map_or(FARTHEST, |(x, _)| x.max(FARTHEST))
    }

    /// The centre's place and the pixels in one |W\*|.
    fn frame(&self) -> (Place, f64) {
        let (width, height) = self.size;
        ((0.5 * width, 0.5 * height), (0.5 * width.min(height) - 12.0) / (EDGE * self.farthest()))
    }

    fn place(&self, (x, y): (f64, f64)) -> Place {
        let ((centre_x, centre_y), scale) = self.frame();
        (centre_x + scale * x, centre_y - scale * y)
    }

    /// Where the probes stand: the distance of one means something, its angle does not, so it makes way for labels.
    fn probe_places(&self) -> impl Iterator<Item = (Place, &Probe)> {
        let taken: Vec<Extent> = self.labels(&[]).iter().map(|label| Extent::of(label).grown(4.0)).collect();
        self.probes.iter().map(move |probe| {
            let mut direction = (0..probe.index).fold((0.921, 0.389), |place, _| turned(place, GOLDEN_ANGLE));
            let at = |(x, y)| self.place((probe.distance * x, probe.distance * y));
            for _ in 0..90 {
                if !taken.iter().any(|extent| extent.holds(at(direction))) {
                    break;
                }
                direction = turned(direction, GOLDEN_ANGLE);
            }
            (at(direction), probe)
        })
    }

    /// The path as places, as far as it runs within the disc's edge, without points that no pixel tells apart.
    fn path_places(&self) -> Vec<Place> {
        let edge = EDGE * self.farthest();
        let mut places: Vec<Place> = Vec::new();
        let mut before = None;
        for (x, y) in self.path.iter().copied() {
            let inside = x * x + y * y <= edge * edge;
            let point = match before {
                _ if inside => (x, y),
                Some(before) => crossing(before, (x, y), edge),
                None => break,
            };
            let place = self.place(point);
            let apart = |last: &Place| (place.0 - last.0).abs() + (place.1 - last.1).abs() >= 0.5;
            if places.last().is_none_or(apart) {
                places.push(place);
            }
            if !inside {
                break;
            }
            before = Some((x, y));
        }
        places
    }

    /// The labels of everything but the band.
    fn fixed_labels(&self) -> Placing<'_> {
        let (centre, _) = self.frame();
        let mut placing = Placing::new(self.size, [], &[]);
        for radius in [0.5, 1.0, 1.5] {
            let (x, y) = self.place((0.0, -radius));
            placing.put([Label::new(x, y, radius.to_string(), Role::Tick)]);
        }
        let oracle = Label::new(centre.0 - 9.0, centre.1 + 4.0, "W*", Role::Oracle);
        placing.put([oracle.at(Anchor::End, Baseline::Top)]);
        if let Some(start) = self.path.first() {
            let (x, y) = self.place(*start);
            let label = |x, y| Label::new(x, y, "W⁽⁰⁾", Role::Learner);
            placing.put([
                label(x + 10.0, y).at(Anchor::Start, Baseline::Middle),
                label(x, y + 8.0).at(Anchor::Middle, Baseline::Top),
                label(x, y - 8.0).at(Anchor::Middle, Baseline::Bottom),
            ]);
        }
        // A ring that hides under the cross at W* has no use for a name; the caption has its number.
        if let Some(radius) = self.theory_radius.filter(|radius| *radius > 0.12) {
            // Outside a ring, or inside where the picture ends; a small ring's name keeps away from the mark of W*.
            let label = |radius: f64, away| {
                let (x, y) = self.place((0.0, radius));
                Label::new(x, y + away, "theory’s trend", Role::Note)
            };
            placing.put([
                label(radius.max(0.1), -3.0).at(Anchor::Middle, Baseline::Bottom),
                label(radius, 3.0).at(Anchor::Middle, Baseline::Top),
            ]);
        }
        placing
    }
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw<DB: DrawingBackend>(&self, pen: &Pen<DB>, palette: &Palette) -> Drawn<DB> {
        let (centre, scale) = self.frame();
        let fade = if self.stale { 0.7 } else { 0.0 };
        let success = mix(palette.success, palette.paper, fade);
        if let Some(Crossing { value, low, high }) = self.radius.settled(self.probes.len()) {
            if low > 0.0 {
                let band = mix(palette.paper, palette.success, 0.18 * (1.0 - fade));
                pen.ring(centre, scale * low, scale * high.max(low + 0.01), band)?;
            } else {
                // A filled disc would look like a region of success.
                pen.circle(centre, scale * high, success, 0.8)?;
            }
            pen.circle(centre, scale * value, success, 1.6)?;
        }
        for radius in [0.5, 1.0, 1.5] {
            pen.circle(centre, scale * radius, palette.track, 0.8)?;
        }
        if let Some(radius) = self.theory_radius.filter(|radius| *radius > 0.0) {
            let mut point = (radius, 0.0);
            let mut circle: Vec<Place> = vec![self.place(point)];
            for _ in 0..180 {
                point = turned(point, TWO_DEGREES);
                circle.push(self.place(point));
            }
            pen.dashed(&circle, 2.0, 3.5, palette.ink, 1.8)?;
        }
        for (place, probe) in self.probe_places() {
            match probe.outcome {
                Outcome::Success => pen.disc(place, 3.4, success)?,
                Outcome::StoppedElsewhere => pen.cross(place, 3.2, mix(palette.failure, palette.paper, fade), 1.8)?,
                Outcome::StepCap => pen.triangle(place, 4.0, mix(palette.failure, palette.paper, fade), 1.4)?,
            }
        }
        let path = self.path_places();
        pen.line(&path, palette.learner, 2.4)?;
        if let (Some(start), Some(now)) = (path.first(), path.last()) {
            pen.disc(*start, 5.0, palette.paper)?;
            pen.circle(*start, 5.0, palette.learner, 2.2)?;
            if path.len() > 1 {
                pen.disc(*now, 4.0, palette.learner)?;
            }
        }
        pen.line(&[(centre.0 - 6.0, centre.1), (centre.0 + 6.0, centre.1)], palette.ink, 2.0)?;
        pen.line(&[(centre.0, centre.1 - 6.0), (centre.0, centre.1 + 6.0)], palette.ink, 2.0)
    }

    fn labels(&self, _: &[Label]) -> Vec<Label> {
        let mut placing = self.fixed_labels();
        if let (Some(Crossing { value, .. }), false) = (self.radius.settled(self.probes.len()), self.stale) {
            // Beside the circle, but never on the centre; in steps, so that it stands still while probes come.
            let away = 0.707 * (libm::ceil(10.0 * value) / 10.0).max(0.4);
            let label = |x, y, by| {
                let (x, y) = self.place((x, y));
                Label::new(x + by, y + 6.0, "half succeed", Role::Note)
            };
            placing.put([
                label(-away, -away, -6.0).at(Anchor::End, Baseline::Top),
                label(away, -away, 6.0).at(Anchor::Start, Baseline::Top),
            ]);
        }
        placing.finish()
    }
}

/// Where the line from `inside` to `outside` leaves the circle of radius `edge` around the centre.
fn crossing(inside: (f64, f64), outside: (f64, f64), edge: f64) -> (f64, f64) {
    let (dx, dy) = (outside.0 - inside.0, outside.1 - inside.1);
    let (a, half_b) = (dx * dx + dy * dy, inside.0 * dx + inside.1 * dy);
    let c = inside.0 * inside.0 + inside.1 * inside.1 - edge * edge;
    // A step to infinity is left out.
    let share = if a.is_finite() && a > 0.0 { ((half_b * half_b - a * c).max(0.0).sqrt() - half_b) / a } else { 0.0 };
    (inside.0 + share * dx, inside.1 + share * dy)
}

/// A place turned around the centre by an angle, given by its cosine and sine.
fn turned((x, y): (f64, f64), (cos, sin): (f64, f64)) -> (f64, f64) {
    (x * cos - y * sin, x * sin + y * cos)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_path_that_leaves_the_disc_ends_at_its_edge() {
        let path = [(0.5, 0.0), (0.5, 0.1), (0.5, 0.1), (1e9, 1e9), (0.1, 0.0)];
        let snapshot = Snapshot {
            size: (300.0, 300.0),
            theory_radius: None,
            probes: &[],
            radius: Radius::Unclear,
            stale: false,
            path: &path,
        };
        let places = snapshot.path_places();
        assert_eq!(places.len(), 3);
        let (x, y) = places[2];
        assert!((libm::hypot(x - 150.0, y - 150.0) - 138.0).abs() < 1e-6, "{places:?}");
    }
}
