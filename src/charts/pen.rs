//! Strokes and marks in CSS pixels on a plotters backend.

use plotters::coord::Shift;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{Circle, DrawingArea, DrawingBackend, IntoDrawingArea, PathElement, Rectangle};
use plotters::style::{Color, RGBColor, ShapeStyle};

use super::Colour;

/// Backend coordinates in a CSS pixel.
pub const UNIT: f64 = 16.0;

/// Done, or what the backend reports.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// A place in CSS pixels from the upper left corner.
pub type Place = (f64, f64);

/// Draws on one backend.
pub struct Pen<DB: DrawingBackend> {
    area: DrawingArea<DB, Shift>,
}

impl<DB: DrawingBackend> Pen<DB> {
    /// On `backend`, whose coordinates are [`UNIT`]s of a CSS pixel.
    pub fn new(backend: DB) -> Self {
        Self { area: backend.into_drawing_area() }
    }

    /// A line through `points`.
    #[inline(never)]
    pub fn line(&self, points: &[Place], colour: Colour, width: f64) -> Drawn<DB> {
        if points.len() < 2 {
            return Ok(());
        }
        self.area.draw(&PathElement::new(points.iter().map(|p| units(*p)).collect::<Vec<_>>(), stroke(colour, width)))
    }

    /// A line through `points`, `dash` pixels drawn and `gap` pixels left out in turn.
    #[inline(never)]
    pub fn dashed(&self, points: &[Place], dash: f64, gap: f64, colour: Colour, width: f64) -> Drawn<DB> {
        let mut piece: Vec<Place> = points.first().copied().into_iter().collect();
        let (mut drawing, mut left) = (true, dash);
        for pair in points.windows(2) {
            let ((mut x, mut y), (to_x, to_y)) = (pair[0], pair[1]);
            let mut rest = libm::hypot(to_x - x, to_y - y);
            while rest > left {
                let share = left / rest;
                (x, y) = (x + share * (to_x - x), y + share * (to_y - y));
                rest -= left;
                piece.push((x, y));
                if drawing {
                    self.line(&piece, colour, width)?;
                }
                piece = vec![(x, y)];
                drawing = !drawing;
                left = if drawing { dash } else { gap };
            }
            left -= rest;
            piece.push((to_x, to_y));
        }
        if drawing { self.line(&piece, colour, width) } else { Ok(()) }
    }

    /// A filled disc.
    #[inline(never)]
    pub fn disc(&self, centre: Place, radius: f64, colour: Colour) -> Drawn<DB> {
        self.area.draw(&Circle::new(units(centre), whole(radius), fill(colour)))
    }

    /// A circle's line.
    #[inline(never)]
    pub fn circle(&self, centre: Place, radius: f64, colour: Colour, width: f64) -> Drawn<DB> {
        self.area.draw(&Circle::new(units(centre), whole(radius), stroke(colour, width)))
    }

    /// A ring between two radii.
    #[inline(never)]
    pub fn ring(&self, centre: Place, inner: f64, outer: f64, colour: Colour) -> Drawn<DB> {
        self.circle(centre, 0.5 * (inner + outer), colour, (outer - inner).max(1.0))
    }

    /// A diagonal cross.
    #[inline(never)]
    pub fn cross(&self, (x, y): Place, arm: f64, colour: Colour, width: f64) -> Drawn<DB> {
        self.line(&[(x - arm, y - arm), (x + arm, y + arm)], colour, width)?;
        self.line(&[(x - arm, y + arm), (x + arm, y - arm)], colour, width)
    }

    /// A triangle's line, its tip in the direction `(dx, dy)`, a vector of length 1.
    #[inline(never)]
    pub fn triangle(&self, (x, y): Place, (dx, dy): Place, arm: f64, colour: Colour, width: f64) -> Drawn<DB> {
        let at = |along: f64, aside: f64| (x + arm * (along * dx - aside * dy), y + arm * (along * dy + aside * dx));
        let (tip, left, right) = (at(1.0, 0.0), at(-0.8, 1.0), at(-0.8, -1.0));
        // The first side twice, so that its corner is joined too.
        self.line(&[tip, left, right, tip, left], colour, width)
    }

    /// A filled rectangle.
    #[inline(never)]
    pub fn rectangle(&self, upper_left: Place, lower_right: Place, colour: Colour) -> Drawn<DB> {
        self.area.draw(&Rectangle::new([units(upper_left), units(lower_right)], fill(colour)))
    }

    /// Hands the drawing to the backend's owner.
    pub fn present(&self) -> Drawn<DB> {
        self.area.present()
    }
}

fn units((x, y): Place) -> (i32, i32) {
    (whole(x), whole(y))
}

/// A length in whole units. The cast alone would silently draw what is no number at 0 and what is too large elsewhere.
fn whole(length: f64) -> i32 {
    let units = (length * UNIT).round();
    debug_assert!(units.abs() < f64::from(i32::MAX), "{length} is no length in a picture");
    units as i32
}

fn stroke((r, g, b): Colour, width: f64) -> ShapeStyle {
    RGBColor(r, g, b).stroke_width(whole(width).max(1) as u32)
}

fn fill((r, g, b): Colour) -> ShapeStyle {
    RGBColor(r, g, b).filled()
}

#[cfg(all(test, debug_assertions, not(target_arch = "wasm32")))]
mod tests {
    use std::panic::catch_unwind;

    use plotters::prelude::SVGBackend;

    use super::*;

    #[test]
    fn what_is_no_number_is_not_drawn_anywhere() {
        let refuses = |draw: fn(&Pen<SVGBackend>)| {
            catch_unwind(|| draw(&Pen::new(SVGBackend::with_string(&mut String::new(), (160, 160))))).is_err()
        };
        const INK: Colour = (0, 0, 0);
        assert!(!refuses(|pen| pen.line(&[(0.0, 0.0), (-3.0, 1e6)], INK, 1.0).expect("drawn")));
        assert!(refuses(|pen| pen.line(&[(0.0, 0.0), (f64::NAN, 1.0)], INK, 1.0).expect("drawn")));
        assert!(refuses(|pen| pen.line(&[(0.0, 0.0), (1e300, 1.0)], INK, 1.0).expect("drawn")));
        assert!(refuses(|pen| pen.disc((1.0, f64::INFINITY), 2.0, INK).expect("drawn")));
        assert!(refuses(|pen| pen.circle((1.0, 1.0), f64::NAN, INK, 1.0).expect("drawn")));
        assert!(refuses(|pen| pen.rectangle((0.0, f64::NAN), (1.0, 1.0), INK).expect("drawn")));
    }
}
