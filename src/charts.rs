//! The pictures, as functions of plain snapshots, on any plotters backend: canvas on the page, SVG for files and tests.
//!
//! A [`Chart`] draws shapes and lists its [`Label`]s; it never measures text. The page shows the labels as HTML over the
//! canvas, [`to_svg`] writes them as text. Lengths are CSS pixels; backends get [`UNIT`]s of a pixel, because plotters
//! knows whole coordinates only and a curve on whole pixels would step.
//!
//! ```
//! use winning_ticket::charts::{Palette, mask_overlap, to_svg};
//! use winning_ticket::network::Problem;
//! use winning_ticket::spec::Spec;
//!
//! let oracle = Problem::draw(&Spec::default()).oracle;
//! let oracle_mask = oracle.mask();
//! let kept = oracle.projected(oracle_mask.clone());
//! let snapshot = mask_overlap::Snapshot { size: (400.0, 200.0), oracle: &kept, oracle_mask, weights: None, lit: None, cursor: None };
//! assert!(to_svg(&snapshot, &Palette::LIGHT, "the masks").starts_with("<svg "));
//! ```

pub mod convergence;
pub mod convex_region;
pub mod curves;
mod extent;
pub mod figure;
pub mod map;
pub mod mask_overlap;
pub mod network_drawing;
mod palette;
mod pen;
mod placing;
pub mod recovered;
pub mod relative_error;
mod svg;
pub mod track;

pub use extent::Extent;
pub use palette::{Colour, Palette, parse_rgb};
pub use pen::{Drawn, Pen, UNIT};
pub use svg::{to_captioned_svg, to_described_svg, to_svg};

/// A picture of one snapshot at one size.
pub trait Chart {
    /// Draws all shapes.
    ///
    /// # Errors
    /// What the backend reports.
    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn;

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
    /// A learner on another mask, at the end of its curve.
    Dense,
    /// Gradient descent without momentum, at the end of its curve.
    Descent,
    /// The oracle.
    Oracle,
    /// An explanation of a line, in italics.
    Note,
    /// The name of a line that theory draws, in italics.
    Theory,
    /// The name of a line that successes measure, in italics.
    Measured,
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

    /// The pieces of its text, each with whether it is a subscript: what follows an underscore, one character.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::new();
        let mut rest = &self.text[..];
        while let Some((before, after)) = rest.split_once('_') {
            let end = after.chars().next().map_or(0, char::len_utf8);
            pieces.extend([(before, false), (&after[..end], true)]);
            rest = &after[end..];
        }
        pieces.push((rest, false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }

    /// The same at another anchor.
    #[must_use]
    pub fn at(self, anchor: Anchor, baseline: Baseline) -> Self {
        Self { anchor, baseline, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_underscore_lowers_the_character_after_it() {
        let pieces = |text: &str| Label::new(0.0, 0.0, text, Role::Note).pieces().len();
        assert_eq!(
            Label::new(0.0, 0.0, "R_T > 1.5", Role::Note).pieces(),
            [("R", false), ("T", true), (" > 1.5", false)]
        );
        assert_eq!(Label::new(0.0, 0.0, "σ/E_y", Role::Note).pieces(), [("σ/E", false), ("y", true)]);
        assert_eq!((pieces("learner"), pieces(""), pieces("_")), (1, 0, 0));
    }
}
