//! The sizes of the pictures: on the page, in charts, and in the pixels of a canvas.

/// The usual size of a page's text, in CSS pixels.
const USUAL_TEXT: f64 = 16.0;
/// The least width and height of a picture, in pixels of the charts.
const LEAST_PICTURE: (f64, f64) = (60.0, 40.0);

/// The size of the page's text in CSS pixels, from what the browser says of the root: the usual one if that is no size.
pub fn text_size(said: &str) -> f64 {
    said.strip_suffix("px").and_then(|size| size.parse().ok()).filter(|size| *size > 0.0).unwrap_or(USUAL_TEXT)
}

/// CSS pixels in a pixel of the charts, which grow with the page's text.
pub fn zoom(text_size: f64) -> f64 {
    text_size / USUAL_TEXT
}

/// How much larger pictures draw everything, from what the style sheet says: as usual if that is no such number.
pub fn magnified(said: &str) -> f64 {
    said.trim().parse().ok().filter(|by| (1.0..=4.0).contains(by)).unwrap_or(1.0)
}

/// The least width of lines in CSS pixels, from what the style sheet says: 0, for lines as usual, if that is no such number.
pub fn least_stroke(said: &str) -> f64 {
    said.trim().parse().ok().filter(|width| (0.0..=16.0).contains(width)).unwrap_or(0.0)
}

/// Width and height for a chart on a canvas of this size in CSS pixels.
pub fn chart_size((width, height): (f64, f64), zoom: f64) -> (f64, f64) {
    (width / zoom, height / zoom)
}

/// Width and height of such a canvas in pixels of its own, of which there are so many in a CSS pixel.
pub fn canvas_size((width, height): (f64, f64), pixels_a_css: f64) -> (u32, u32) {
    ((width * pixels_a_css).round() as u32, (height * pixels_a_css).round() as u32)
}

/// The least number of canvas pixels in a CSS pixel: on paper so many that there are about 300 in an inch.
pub fn least_pixels(printing: bool) -> f64 {
    if printing { 3.0 } else { 1.0 }
}

/// Whether a picture of this size shows anything: in less its labels alone do not fit.
pub fn shows_anything((width, height): (f64, f64)) -> bool {
    width >= LEAST_PICTURE.0 && height >= LEAST_PICTURE.1
}

/// Width and height of the pictures, for charts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// CSS pixels in a pixel of the charts: they grow with the page's text.
    pub zoom: f64,
    /// The relative error.
    pub error: (f64, f64),
    /// The convex region.
    pub disc: (f64, f64),
    /// The masks.
    pub mask: (f64, f64),
    /// The network.
    pub network: (f64, f64),
    /// The start from moments.
    pub start: (f64, f64),
}

impl Default for Sizes {
    /// Before anything was measured.
    fn default() -> Self {
        let none = (0.0, 0.0);
        Self { zoom: 1.0, error: none, disc: none, mask: none, network: none, start: none }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn pictures_grow_with_the_text_and_none_is_drawn_where_nothing_fits() {
        assert_eq!((zoom(text_size("20px")), zoom(text_size("16px"))), (1.25, 1.0));
        assert!(["", "large", "0px", "-3px", "NaNpx"].iter().all(|said| text_size(said) == 16.0));
        assert_eq!((magnified(" 1.25"), least_stroke("3")), (1.25, 3.0));
        assert!(["", "large", "0", "1e9", "NaN"].iter().all(|said| magnified(said) == 1.0));
        assert!(["", "-1", "NaN", "1e9"].iter().all(|said| least_stroke(said) == 0.0));
        assert_eq!([true, false].map(least_pixels), [3.0, 1.0]);
        assert!(shows_anything((60.0, 40.0)) && !shows_anything((59.0, 400.0)) && !shows_anything((600.0, 0.0)));
    }
}
