//! The convex region around W\* as a disc: distance from the centre is the relative error. Theory's ring, the probes,
//! the measured radius as a band, and the run's own path.

use plotters::prelude::DrawingBackend;

use super::palette::mix;
use super::pen::Place;
use super::{Anchor, Baseline, Chart, Drawn, Label, Palette, Pen, Role};
use crate::trials::{FARTHEST, Half, Outcome, Probe, Radius};

/// Cosine and sine of the golden angle, π(3 − √5), which spreads any number of probes evenly.
const GOLDEN_ANGLE: (f64, f64) = (-0.737_368_878_078_319_9, 0.675_490_294_261_524);
/// Cosine and sine of two degrees.
const TWO_DEGREES: (f64, f64) = (0.999_390_827_019_095_7, 0.034_899_496_702_500_97);

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
    /// The centre's place and the pixels in one |W\*|.
    fn frame(&self) -> (Place, f64) {
        let (width, height) = self.size;
        let farthest = self.path.iter().take(1).fold(FARTHEST, |far, (x, _)| far.max(*x));
        ((0.5 * width, 0.5 * height), (0.5 * width.min(height) - 12.0) / (1.04 * farthest))
    }

    fn place(&self, (x, y): (f64, f64)) -> Place {
        let ((centre_x, centre_y), scale) = self.frame();
        (centre_x + scale * x, centre_y - scale * y)
    }

    /// Where a probe stands: its distance means something, its angle does not.
    fn probe_place(&self, probe: &Probe) -> Place {
        let (x, y) = (0..probe.index).fold((0.921, 0.389), |place, _| turned(place, GOLDEN_ANGLE));
        self.place((probe.distance * x, probe.distance * y))
    }
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw<DB: DrawingBackend>(&self, pen: &Pen<DB>, palette: &Palette) -> Drawn<DB> {
        let (centre, scale) = self.frame();
        let fade = if self.stale { 0.7 } else { 0.0 };
        if let Radius::Within(Half { value, low, high }) = self.radius {
            let band = mix(palette.paper, palette.success, 0.18 * (1.0 - fade));
            pen.ring(centre, scale * low, scale * high.max(low + 0.01), band)?;
            pen.circle(centre, scale * value, mix(palette.success, palette.paper, fade), 1.6)?;
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
        for probe in self.probes {
            let place = self.probe_place(probe);
            match probe.outcome {
                Outcome::Success => pen.disc(place, 3.4, mix(palette.success, palette.paper, fade))?,
                Outcome::StoppedElsewhere => pen.cross(place, 3.2, mix(palette.failure, palette.paper, fade), 1.8)?,
                Outcome::StepCap => pen.triangle(place, 4.0, mix(palette.failure, palette.paper, fade), 1.4)?,
            }
        }
        let path: Vec<Place> = self.path.iter().map(|point| self.place(*point)).collect();
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

    fn labels(&self) -> Vec<Label> {
        let (centre, _) = self.frame();
        let mut labels = Vec::new();
        for radius in [0.5, 1.0, 1.5] {
            let (x, y) = self.place((0.0, radius));
            labels.push(Label::new(x, y + 1.0, radius.to_string(), Role::Tick).at(Anchor::Middle, Baseline::Middle));
        }
        let oracle = Label::new(centre.0 - 9.0, centre.1 + 4.0, "W*", Role::Oracle);
        labels.push(oracle.at(Anchor::End, Baseline::Top));
        if let Some(start) = self.path.first() {
            let (x, y) = self.place(*start);
            labels.push(Label::new(x + 10.0, y, "W⁽⁰⁾", Role::Learner).at(Anchor::Start, Baseline::Middle));
        }
        // A ring too small for its name would have it written over W*.
        if let Some(radius) = self.theory_radius.filter(|radius| *radius > 0.25) {
            let (x, y) = self.place((0.0, -radius));
            labels.push(Label::new(x, y + 4.0, "theory’s trend", Role::Note).at(Anchor::Middle, Baseline::Top));
        }
        if let (Radius::Within(Half { value, .. }), false) = (self.radius, self.stale) {
            // Beside the circle, but never on the centre.
            let away = 0.707 * value.max(0.35);
            let (x, y) = self.place((-away, -away));
            labels.push(Label::new(x - 6.0, y + 6.0, "half succeed", Role::Note).at(Anchor::End, Baseline::Top));
        }
        labels
    }
}

/// A place turned around the centre by an angle, given by its cosine and sine.
fn turned((x, y): (f64, f64), (cos, sin): (f64, f64)) -> (f64, f64) {
    (x * cos - y * sin, x * sin + y * cos)
}
