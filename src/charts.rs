//! The pictures, as functions of plain snapshots, on any plotters backend: canvas on the page, SVG for files and tests.
//!
//! A [`Chart`] draws shapes and lists its [`Label`]s; it never measures text. The page shows the labels as HTML over the
//! canvas, [`to_svg`] writes them as text. Lengths are CSS pixels; backends get [`UNIT`]s of a pixel, because plotters
//! knows whole coordinates only and a curve on whole pixels would step.

pub mod convex_region;
pub mod mask_overlap;
pub mod network_drawing;
mod palette;
mod pen;
pub mod relative_error;
mod svg;

pub use palette::{Colour, Palette};
pub use pen::{Drawn, Pen, UNIT};
pub use svg::to_svg;

use plotters::prelude::DrawingBackend;

/// A picture of one snapshot at one size.
pub trait Chart {
    /// Draws all shapes.
    ///
    /// # Errors
    /// What the backend reports.
    fn draw<DB: DrawingBackend>(&self, pen: &Pen<DB>, palette: &Palette) -> Drawn<DB>;

    /// The texts, with their places.
    fn labels(&self) -> Vec<Label>;

    /// Width and height in CSS pixels.
    fn size(&self) -> (f64, f64);
}

/// A text of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Place of the anchor, CSS pixels from the left.
    pub x: f64,
    /// CSS pixels from the top.
    pub y: f64,
    /// The text.
    pub text: String,
    /// What it says.
    pub role: Role,
    /// Which side of the text is at x.
    pub anchor: Anchor,
    /// Which side of the text is at y.
    pub baseline: Baseline,
}

/// What a label says, which decides its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A number on an axis, or an axis's name.
    Tick,
    /// The learner's name at the end of its curve or path.
    Learner,
    /// The oracle.
    Oracle,
    /// An explanation of a line, in italics.
    Note,
    /// An earlier run.
    Ghost,
}

/// Horizontal place of a text at its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It starts there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// Vertical place of a text at its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// It hangs below.
    Top,
    /// Its middle is there.
    Middle,
    /// It stands above.
    Bottom,
}

impl Label {
    /// A label whose text is centred at its place in both directions.
    pub fn new(x: f64, y: f64, text: impl Into<String>, role: Role) -> Self {
        Self { x, y, text: text.into(), role, anchor: Anchor::Middle, baseline: Baseline::Middle }
    }

    /// The same at another anchor.
    #[must_use]
    pub fn at(self, anchor: Anchor, baseline: Baseline) -> Self {
        Self { anchor, baseline, ..self }
    }
}

/// A number in words: 10⁻² for powers of ten.
pub fn power_of_ten(exponent: i32) -> String {
    let digits: String = exponent.to_string().chars().map(superscript).collect();
    format!("10{digits}")
}

/// A positive number with two significant digits, as 2.6 · 10⁻⁴ below 10⁻², plainly above.
pub fn scientific(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { "0".to_owned() } else { "not finite".to_owned() };
    }
    let written = format!("{x:.1e}");
    let (mantissa, exponent) = written.split_once('e').expect("the format has an exponent");
    let exponent: i32 = exponent.parse().expect("a whole exponent");
    match exponent {
        -2..=3 => {
            let decimals = (1 - exponent).max(0) as usize;
            format!("{x:.decimals$}")
        }
        _ => format!("{mantissa} · {}", power_of_ten(exponent)),
    }
}

fn superscript(digit: char) -> char {
    match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => char::from_u32('⁰' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or('⁰'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn numbers_read_as_in_a_textbook() {
        assert_eq!(power_of_ten(-2), "10⁻²");
        assert_eq!(power_of_ten(-15), "10⁻¹⁵");
        assert_eq!(power_of_ten(0), "10⁰");
        let cases = [(0.5, "0.50"), (0.013, "0.013"), (2.64e-4, "2.6 · 10⁻⁴"), (1.0, "1.0"), (0.0, "0"), (31.4, "31")];
        for (x, text) in cases {
            assert_eq!(scientific(x), text);
        }
        assert_eq!(scientific(9.96e-5), "1.0 · 10⁻⁴");
    }
}
