//! Theorem 2's reach over the probes' own problems: a box from the lower to the upper quartile, with the median, along
//! one direction of the disc.

use std::f64::consts::FRAC_1_SQRT_2;

use super::super::extent::Extent;
use super::super::palette::mix;
use super::super::pen::Place;
use super::super::{Drawn, Palette, Pen};
use super::Snapshot;

/// The direction of the box, to the lower right, in pixels; and half of its width.
const DIRECTION: (f64, f64) = (FRAC_1_SQRT_2, FRAC_1_SQRT_2);
const HALF_WIDTH: f64 = 4.5;
/// Pixels from the centre below which no box is drawn.
const LEAST: f64 = 16.0;

impl Snapshot<'_> {
    /// A place at `along` pixels from the centre in the direction of the box, `aside` pixels beside its middle.
    fn beside_box(&self, along: f64, aside: f64) -> Place {
        let ((x, y), (dx, dy)) = (self.scale().centre, DIRECTION);
        (x + along * dx - aside * dy, y + along * dy + aside * dx)
    }

    /// Pixels from the centre to the quartiles, as far as the disc goes; and whether the upper one lies beyond it.
    fn quartile_radii(&self) -> Option<([f64; 3], bool)> {
        let scale = self.scale();
        let edge = scale.radius(scale.edge());
        let quartiles = self.reach_quartiles?;
        let [lower, median, upper] = quartiles.map(|reach| scale.radius(reach).min(edge));
        // Under the cross at W* it would be a blot; the caption has the numbers.
        if upper < LEAST {
            return None;
        }
        // A box that lies beyond the edge altogether still shows that it is there.
        Some(([lower.min(edge - 2.0 * HALF_WIDTH), median, upper], quartiles[2] > scale.edge()))
    }

    /// Ends of the box in pixels: the nearest and the farthest place.
    pub(super) fn box_ends(&self) -> Option<(Place, Place)> {
        let ([lower, _, upper], _) = self.quartile_radii()?;
        Some((self.beside_box(lower, 0.0), self.beside_box(upper, 0.0)))
    }

    /// What the box takes of the picture.
    pub(super) fn box_extents(&self) -> Vec<Extent> {
        let Some(([lower, _, upper], _)) = self.quartile_radii() else { return Vec::new() };
        let pieces = ((upper - lower) / HALF_WIDTH) as usize;
        let along = (0..=pieces).map(|piece| lower + piece as f64 * HALF_WIDTH).chain([upper]);
        along.map(|along| Extent::around(self.beside_box(along, 0.0), HALF_WIDTH + 1.0)).collect()
    }

    /// Draws the box.
    pub(super) fn draw_box(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let Some(([lower, median, upper], is_open)) = self.quartile_radii() else { return Ok(()) };
        let ink = mix(palette.ink, palette.paper, if self.stale { 0.7 } else { 0.0 });
        let (a, b) = (HALF_WIDTH, -HALF_WIDTH);
        let at = |along, aside| self.beside_box(along, aside);
        pen.line(&[at(lower, 0.0), at(upper, 0.0)], palette.paper, 2.0 * HALF_WIDTH)?;
        if is_open {
            pen.line(&[at(upper, a), at(lower, a), at(lower, b), at(upper, b)], ink, 1.3)?;
            pen.line(&[at(upper + 1.0, 3.5), at(upper + 5.0, 0.0), at(upper + 1.0, -3.5)], ink, 1.3)?;
        } else {
            pen.line(&[at(upper, a), at(lower, a), at(lower, b), at(upper, b), at(upper, a), at(lower, a)], ink, 1.3)?;
        }
        if is_open && median >= upper {
            Ok(())
        } else {
            pen.line(&[at(median, a + 2.0), at(median, b - 2.0)], ink, 2.4)
        }
    }
}
