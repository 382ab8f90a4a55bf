//! The convex region around W\* as a disc, on a square-root scale: distance from the centre is the relative error.
//! Theorem 1's ball and Theorem 2's reach, the probes, the radius they measure as a band, and the run's own path.

mod names;
mod probes;
mod quartiles;
mod scale;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use probes::success_mark;

use super::extent::Extent;
use super::palette::mix;
use super::{Chart, Drawn, Label, Palette, Pen};
use crate::statistics::Estimate;
use crate::trials::{FARTHEST, Probe, Radius};
use scale::Scale;

/// The rings of the scale, in units of |W\*|.
const RINGS: [f64; 4] = [0.1, 0.5, 1.0, FARTHEST];
/// How much of its colour the band has.
const BAND: f64 = 0.12;
/// How much of its colour something loses that belongs to an older setting.
const FADED: f64 = 0.7;

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// R₁, Theorem 1's ball, in units of |W\*|; none where it promises nothing.
    pub theorem1_radius: Option<f64>,
    /// R_T, Theorem 2's reach for the run's own problem, in units of |W\*|: a linear forecast.
    pub theorem2_reach: Option<f64>,
    /// Whether these two belong to an older Spec, and fade.
    pub rings_stale: bool,
    /// R_T over the probes' own problems: lower quartile, median, upper quartile.
    pub reach_quartiles: Option<[f64; 3]>,
    /// Probes finished so far.
    pub probes: &'a [Probe],
    /// The radius measured by them.
    pub radius: Radius,
    /// Whether probes, band and quartiles belong to an older Spec, and fade.
    pub stale: bool,
    /// W(0) … W(t) in the plane of the disc: (x, y), y ≥ 0, in units of |W\*|.
    pub path: &'a [(f64, f64)],
    /// The run that is trained beside.
    pub beside: Option<Beside<'a>>,
    /// The probe under the pointer or the keyboard, by its number.
    pub picked: Option<u32>,
    /// T, against which the steps of a success count.
    pub most_steps: usize,
    /// The rings that are pointed out.
    pub lit: LitRings,
}

/// The run that is trained beside the one whose disc it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside<'a> {
    /// Its W(0) … W(t) in the plane of its own start, in units of |W\*|; none where it has another W\*.
    pub path: Option<&'a [(f64, f64)]>,
    /// What it is called.
    pub name: &'a str,
    /// Whether it is gradient descent without momentum, which has its colour.
    pub is_descent: bool,
}

/// Which rings are pointed out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LitRings {
    /// R₁.
    pub theorem1: bool,
    /// R_T.
    pub theorem2: bool,
    /// The measured radius.
    pub measured: bool,
}

/// How much thicker a ring is that is pointed out.
const LIT: f64 = 1.7;

impl Snapshot<'_> {
    fn scale(&self) -> Scale {
        let starts = [self.path.first(), self.path_beside().first()];
        Scale::new(self.size, starts.into_iter().flatten().fold(FARTHEST, |farthest, (x, _)| farthest.max(*x)))
    }

    /// The path of the run beside; empty where there is none in this disc.
    fn path_beside(&self) -> &[(f64, f64)] {
        self.beside.and_then(|beside| beside.path).unwrap_or_default()
    }

    /// What else than labels probes make way for.
    fn marks(&self) -> Vec<Extent> {
        let start = self.path.first().map(|start| Extent::around(self.scale().place(*start), 5.0));
        self.box_extents().into_iter().chain(start).collect()
    }
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let scale = self.scale();
        let (centre, radius) = (scale.centre, |distance| scale.radius(distance));
        let fade = if self.stale { FADED } else { 0.0 };
        let success = mix(palette.success, palette.paper, fade);
        let half = self.radius.settled(self.probes.len());
        if let Some(Estimate { low, high, .. }) = half {
            let high = high.min(scale.edge());
            if low > 0.0 {
                let band = mix(palette.paper, palette.success, BAND * (1.0 - fade));
                pen.ring(centre, radius(low), radius(high.max(low)).max(radius(low) + 1.0), band)?;
            } else {
                // A filled disc would look like a region of success.
                pen.circle(centre, radius(high), success, 0.8)?;
            }
        }
        for ring in RINGS {
            pen.circle(centre, radius(ring), palette.track, 0.8)?;
        }
        if let Some(Estimate { value, .. }) = half {
            pen.circle(centre, radius(value), success, if self.lit.measured { LIT * 1.8 } else { 1.8 })?;
        }
        let ring = mix(palette.ink, palette.paper, if self.rings_stale { FADED } else { 0.0 });
        for (distance, dash, gap, lit) in
            [(self.theorem1_radius, 3.5, 3.0, self.lit.theorem1), (self.theorem2_reach, 11.0, 5.0, self.lit.theorem2)]
        {
            if let Some(distance) = distance.filter(|distance| *distance > 0.0 && *distance <= FARTHEST) {
                pen.dashed(&scale.circle(distance), dash, gap, ring, if lit { LIT * 1.7 } else { 1.7 })?;
            }
        }
        self.draw_box(pen, palette)?;
        self.draw_probes(pen, palette)?;
        let (path, beside) = (scale.path(self.path), scale.path(self.path_beside()));
        let is_descent = self.beside.is_some_and(|beside| beside.is_descent);
        let colour = if is_descent { palette.descent } else { palette.dense };
        pen.line(&beside, colour, 2.0)?;
        if let (Some(now), true) = (beside.last(), beside.len() > 1) {
            pen.disc(*now, 4.0, colour)?;
        }
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

    /// They stand still of themselves: no label looks back at the frame before, so that the probes know where they are.
    fn labels(&self, _: &[Label]) -> Vec<Label> {
        self.names()
    }
}
