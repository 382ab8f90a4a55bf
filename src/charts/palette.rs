//! The colours, which mean the same thing in every picture.

/// Red, green, blue.
pub type Colour = (u8, u8, u8);

/// The colours of one theme. The page reads its own, light and dark, from `www/style.css`; files use [`Palette::LIGHT`].
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
    /// A learner on another mask: the dense twin.
    pub dense: Colour,
    /// Gradient descent without momentum.
    pub descent: Colour,
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
        dense: (0x9a, 0x5b, 0x00),
        descent: (0x74, 0x40, 0xa6),
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

/// Red, green and blue of a colour as browsers compute it: `rgb(28, 29, 32)`, `rgba(28, 29, 32, 1)`; none of another text.
pub fn parse_rgb(text: &str) -> Option<Colour> {
    let inside = text.strip_prefix("rgb")?.trim_start_matches(['a', '(']).trim_end_matches(')');
    let mut channels = inside.split(',').map(|channel| channel.trim().parse::<u8>().ok());
    Some((channels.next()??, channels.next()??, channels.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn computed_colours_are_read() {
        assert_eq!(parse_rgb("rgb(28, 29, 32)"), Some((28, 29, 32)));
        assert_eq!(parse_rgb("rgba(0, 255, 7, 0.5)"), Some((0, 255, 7)));
        for other in ["", "rgb(1, 2)", "rgb(300, 0, 0)", "color(srgb 0 0 0)"] {
            assert_eq!(parse_rgb(other), None, "{other}");
        }
    }
}
