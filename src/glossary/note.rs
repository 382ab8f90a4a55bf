//! The note over an element that stands for a term: what it says, and where it stands.

use super::Term;
use crate::language::translate;

/// What a part of a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The term that is explained.
    Name,
    /// A paragraph.
    Paragraph,
}

/// The note over an element that stands for the term with this key, has this remark of its own, or both; in this order.
pub fn note_of<'a>(key: Option<&str>, remark: Option<&'a str>) -> Vec<(Part, &'a str)> {
    let term = key.and_then(Term::by_key);
    let explained = term
        .into_iter()
        .flat_map(|term| [(Part::Name, translate(term.name)), (Part::Paragraph, translate(term.meaning))]);
    explained.chain(remark.map(|remark| (Part::Paragraph, remark))).collect()
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Distance from the window's left edge.
    pub left: f64,
    /// Distance from the window's upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Room kept between a note and the window's edges, in CSS pixels.
const EDGE: f64 = 8.0;

/// Where a note of this size, `width` and `height`, stands so that it is inside the `window` and touches `term` without
/// covering it: below it or, where there is no room, above it; the other way round where it is `rather_above`, as over a
/// formula, whose numbers stand below. So a pointer goes from the term to the note without a gap. A note too high for either
/// keeps to the window.
pub fn place_note(term: Place, (width, height): (f64, f64), window: (f64, f64), rather_above: bool) -> (f64, f64) {
    let within = |wanted: f64, size: f64, whole: f64| wanted.min(whole - EDGE - size).max(EDGE);
    let left = within(term.left + 0.5 * (term.width - width), width, window.0);
    let (below, above) = (term.top + term.height, term.top - height);
    let (fits_below, fits_above) = (below + height <= window.1 - EDGE, above >= EDGE);
    let top = if fits_above && (rather_above || !fits_below) { above } else { below };
    (left, within(top, height, window.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_note_explains_the_term_and_adds_the_remark() {
        let remark = (Part::Paragraph, "here 7");
        let note = note_of(Some("lambda"), Some("here 7"));
        assert!(matches!(note[..], [(Part::Name, "λ"), (Part::Paragraph, _), last] if last == remark), "{note:?}");
        assert_eq!(note_of(None, Some("here 7")), [remark]);
        assert_eq!(note_of(Some("no term"), None), []);
    }

    #[test]
    fn a_note_is_inside_the_window_and_does_not_cover_its_term() {
        for window in [(320.0, 640.0), (390.0, 844.0), (1440.0, 900.0)] {
            for size in [(240.0, 60.0), (304.0, 140.0)] {
                for across in 0..=10 {
                    for down in 0..=10 {
                        let term = Place {
                            left: 0.1 * f64::from(across) * (window.0 - 40.0),
                            top: 0.1 * f64::from(down) * (window.1 - 20.0),
                            width: 40.0,
                            height: 20.0,
                        };
                        let rather_above = down % 2 == 0;
                        let (left, top) = place_note(term, size, window, rather_above);
                        let (fits_below, fits_above) =
                            (term.top + term.height + size.1 <= window.1 - EDGE, term.top - size.1 >= EDGE);
                        if fits_below && fits_above {
                            assert_eq!(top < term.top, rather_above);
                        }
                        assert!(left >= 0.0 && left + size.0 <= window.0, "{left}");
                        assert!(top >= 0.0 && top + size.1 <= window.1, "{top}");
                        let touches = top == term.top + term.height || top + size.1 == term.top;
                        let meets = left < term.left + term.width && term.left < left + size.0;
                        assert!(touches && meets, "{window:?} {size:?} {term:?}: {left} {top}");
                    }
                }
            }
        }
    }
}
