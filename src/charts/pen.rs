//! Strokes and marks in CSS pixels on a plotters backend.

use std::cell::RefCell;

use plotters::prelude::{DrawingBackend, RGBColor};
use plotters::style::{Color, ShapeStyle};

use super::Colour;

/// Backend coordinates in a CSS pixel.
pub const UNIT: f64 = 16.0;

/// Done, or what the backend reports.
pub type Drawn = Result<(), String>;

/// A place in CSS pixels from the upper left corner.
pub type Place = (f64, f64);

/// Lines thinner than this are decoration, such as a grid: a projector's thicker lines leave them as they are.
const HAIRLINE: f64 = 0.85;
/// How much thicker than usual a line is at least for a projector, and how much larger a mark made of lines.
const THICKER: f64 = 1.5;
const LARGER: f64 = 1.35;

/// What pens need of a plotters backend. Behind it a chart is compiled once, not for each backend.
trait Surface {
    fn path(&mut self, points: &[(i32, i32)], style: ShapeStyle) -> Drawn;
    fn circle(&mut self, centre: (i32, i32), radius: u32, style: ShapeStyle) -> Drawn;
    fn rectangle(&mut self, upper_left: (i32, i32), lower_right: (i32, i32), style: ShapeStyle) -> Drawn;
    fn present(&mut self) -> Drawn;
}

impl<DB: DrawingBackend> Surface for DB {
    fn path(&mut self, points: &[(i32, i32)], style: ShapeStyle) -> Drawn {
        self.draw_path(points.iter().copied(), &style).map_err(|error| error.to_string())
    }

    fn circle(&mut self, centre: (i32, i32), radius: u32, style: ShapeStyle) -> Drawn {
        self.draw_circle(centre, radius, &style, style.filled).map_err(|error| error.to_string())
    }

    fn rectangle(&mut self, upper_left: (i32, i32), lower_right: (i32, i32), style: ShapeStyle) -> Drawn {
        self.draw_rect(upper_left, lower_right, &style, style.filled).map_err(|error| error.to_string())
    }

    fn present(&mut self) -> Drawn {
        DrawingBackend::present(self).map_err(|error| error.to_string())
    }
}

/// Draws on one backend.
pub struct Pen<'a> {
    surface: RefCell<Box<dyn Surface + 'a>>,
    // of a line for a projector; 0 for lines as they are asked for
    least: f64,
}

impl<'a> Pen<'a> {
    /// On `backend`, whose coordinates are [`UNIT`]s of a CSS pixel.
    pub fn new(backend: impl DrawingBackend + 'a) -> Self {
        Self::thick(backend, 0.0)
    }

    /// The same with lines of at least `least` CSS pixels, decoration apart: for a projector. With 0 they are as usual.
    pub fn thick(backend: impl DrawingBackend + 'a, least: f64) -> Self {
        Self { surface: RefCell::new(Box::new(backend)), least }
    }

    /// How wide a line is drawn.
    fn width(&self, width: f64) -> f64 {
        if self.least == 0.0 || width < HAIRLINE { width } else { self.least.max(THICKER * width) }
    }

    /// How large a mark is drawn.
    fn arm(&self, arm: f64) -> f64 {
        if self.least == 0.0 { arm } else { LARGER * arm }
    }

    /// A line through `points`.
    pub fn line(&self, points: &[Place], colour: Colour, width: f64) -> Drawn {
        self.exact_line(points, colour, self.width(width))
    }

    /// A line whose width means something: it is the same for projectors.
    pub fn exact_line(&self, points: &[Place], colour: Colour, width: f64) -> Drawn {
        if points.len() < 2 {
            return Ok(());
        }
        let points: Vec<_> = points.iter().map(|place| units(*place)).collect();
        self.surface.borrow_mut().path(&points, stroke(colour, width))
    }

    /// A line through `points`, `dash` pixels drawn and `gap` pixels left out in turn.
    pub fn dashed(&self, points: &[Place], dash: f64, gap: f64, colour: Colour, width: f64) -> Drawn {
        // Thick dashes that were no longer would look like another line.
        let longer = (self.width(width) / width).min(THICKER);
        let (dash, gap) = (longer * dash, longer * gap);
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
    pub fn disc(&self, centre: Place, radius: f64, colour: Colour) -> Drawn {
        self.surface.borrow_mut().circle(units(centre), whole(radius).max(0) as u32, fill(colour))
    }

    /// A circle's line.
    pub fn circle(&self, centre: Place, radius: f64, colour: Colour, width: f64) -> Drawn {
        self.exact_circle(centre, radius, colour, self.width(width))
    }

    fn exact_circle(&self, centre: Place, radius: f64, colour: Colour, width: f64) -> Drawn {
        self.surface.borrow_mut().circle(units(centre), whole(radius).max(0) as u32, stroke(colour, width))
    }

    /// A ring between two radii.
    pub fn ring(&self, centre: Place, inner: f64, outer: f64, colour: Colour) -> Drawn {
        self.exact_circle(centre, 0.5 * (inner + outer), colour, (outer - inner).max(1.0))
    }

    /// A diagonal cross.
    pub fn cross(&self, (x, y): Place, arm: f64, colour: Colour, width: f64) -> Drawn {
        let arm = self.arm(arm);
        self.line(&[(x - arm, y - arm), (x + arm, y + arm)], colour, width)?;
        self.line(&[(x - arm, y + arm), (x + arm, y - arm)], colour, width)
    }

    /// A triangle's line, its tip in the direction `(dx, dy)`, a vector of length 1.
    pub fn triangle(&self, (x, y): Place, (dx, dy): Place, arm: f64, colour: Colour, width: f64) -> Drawn {
        let arm = self.arm(arm);
        let at = |along: f64, aside: f64| (x + arm * (along * dx - aside * dy), y + arm * (along * dy + aside * dx));
        let (tip, left, right) = (at(1.0, 0.0), at(-0.8, 1.0), at(-0.8, -1.0));
        // The first side twice, so that its corner is joined too.
        self.line(&[tip, left, right, tip, left], colour, width)
    }

    /// A filled rectangle.
    pub fn rectangle(&self, upper_left: Place, lower_right: Place, colour: Colour) -> Drawn {
        self.surface.borrow_mut().rectangle(units(upper_left), units(lower_right), fill(colour))
    }

    /// Hands the drawing to the backend's owner.
    pub fn present(&self) -> Drawn {
        self.surface.borrow_mut().present()
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
    fn for_a_projector_lines_have_their_least_width_and_what_is_measured_by_its_width_keeps_it() {
        const INK: Colour = (0, 0, 0);
        let widths = |least: f64| {
            let mut shapes = String::new();
            {
                let pen = Pen::thick(SVGBackend::with_string(&mut shapes, (1600, 1600)), least);
                let across = [(0.0, 0.0), (50.0, 0.0)];
                pen.line(&across, INK, 1.0).expect("drawn");
                pen.line(&across, INK, 2.4).expect("drawn");
                pen.line(&across, INK, 0.5).expect("drawn");
                pen.exact_line(&across, INK, 1.5).expect("drawn");
                pen.circle((9.0, 9.0), 5.0, INK, 1.4).expect("drawn");
                pen.ring((9.0, 9.0), 5.0, 7.0, INK).expect("drawn");
                pen.dashed(&[(0.0, 0.0), (4.0, 0.0)], 6.0, 4.0, INK, 1.2).expect("drawn");
            }
            let widths = shapes.split("stroke-width=\"").skip(1);
            widths
                .map(|rest| rest.split('"').next().and_then(|w| w.parse().ok()).expect("a width"))
                .collect::<Vec<u32>>()
        };
        assert_eq!(widths(0.0), [16, 38, 8, 24, 22, 32, 19]);
        assert_eq!(widths(3.0), [48, 58, 8, 24, 48, 32, 48]);
    }

    #[test]
    fn what_is_no_number_is_not_drawn_anywhere() {
        let refuses = |draw: fn(&Pen)| {
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
