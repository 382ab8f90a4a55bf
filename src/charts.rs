//! The pictures, as functions of plain snapshots, on any plotters backend: canvas on the page, SVG for files and tests.
//!
//! A [`Chart`] draws shapes and lists its [`Label`]s; it never measures text. The page shows the labels as HTML over the
//! canvas, [`to_svg`] writes them as text. Lengths are CSS pixels; backends get [`UNIT`]s of a pixel, because plotters
//! knows whole coordinates only and a curve on whole pixels would step.

pub mod convex_region;
mod extent;
pub mod mask_overlap;
pub mod network_drawing;
mod palette;
mod pen;
mod placing;
pub mod relative_error;
mod svg;

pub use extent::Extent;
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

    /// The texts, with their places; `before` are those of the frame before, none at first: a label whose place is
    /// still free rather stays there than hops to a better one.
    fn labels(&self, before: &[Label]) -> Vec<Label>;

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
