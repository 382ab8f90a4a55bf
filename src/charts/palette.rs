//! The colours, which mean the same thing in every picture.

/// Red, green, blue.
pub type Colour = (u8, u8, u8);

/// The colours of one theme. The page reads its own from the style sheet; files use [`Palette::LIGHT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The ground.
    pub paper: Colour,
    /// The oracle, and text.
    pub ink: Colour,
    /// Explanations and axes.
    pub soft: Colour,
    /// The learner.
    pub learner: Colour,
    /// Success.
    pub success: Colour,
    /// Failure.
    pub failure: Colour,
    /// Grid lines and other decoration.
    pub track: Colour,
}

impl Palette {
    /// Dark ink on near-white paper.
    pub const LIGHT: Self = Self {
        paper: (0xfc, 0xfb, 0xf8),
        ink: (0x1c, 0x1d, 0x20),
        soft: (0x5d, 0x60, 0x68),
        learner: (0x1f, 0x5f, 0xae),
        success: (0x1d, 0x7a, 0x46),
        failure: (0xc0, 0x37, 0x1c),
        track: (0xcf, 0xcb, 0xc0),
    };
}

/// The colour `share` of the way from `from` to `to`.
pub(super) fn mix(from: Colour, to: Colour, share: f64) -> Colour {
    let channel = |from: u8, to: u8| (f64::from(from) + share * (f64::from(to) - f64::from(from))).round() as u8;
    (channel(from.0, to.0), channel(from.1, to.1), channel(from.2, to.2))
}
