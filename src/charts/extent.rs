//! The room that a label's text takes, guessed from its characters: a chart never measures text.

use super::pen::Place;
use super::{Anchor, Baseline, Label, Role};

/// The height of a label's line of text.
pub(super) const LINE: f64 = 16.0;

/// The box that a label's text fills, in CSS pixels. It is an upper bound for the style sheet's fonts at 14 px as far as
/// they are installed here or there, and for DejaVu Sans, the widest of the usual ones, at the 13 px of files.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Extent {
    /// Of the text of `label`.
    pub fn of(label: &Label) -> Self {
        let width = width(&label.text, label.role);
        let left = match label.anchor {
            Anchor::Start => label.x,
            Anchor::Middle => label.x - 0.5 * width,
            Anchor::End => label.x - width,
        };
        let top = match label.baseline {
            Baseline::Top => label.y,
            Baseline::Middle => label.y - 0.5 * LINE,
            Baseline::Bottom => label.y - LINE,
        };
        Self { left, top, right: left + width, bottom: top + LINE }
    }

    /// Its width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Around a mark of this radius.
    pub fn around((x, y): Place, radius: f64) -> Self {
        Self { left: x, top: y, right: x, bottom: y }.grown(radius)
    }

    /// The same with room around it.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether a place lies in it.
    pub fn holds(&self, (x, y): Place) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// How far a place is from it; 0 within it.
    pub fn distance(&self, (x, y): Place) -> f64 {
        libm::hypot(x - x.clamp(self.left, self.right), y - y.clamp(self.top, self.bottom))
    }

    /// Whether it overlaps another.
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether it lies within a picture of this width and height.
    pub fn is_within(&self, (width, height): (f64, f64)) -> bool {
        self.left >= 0.0 && self.top >= 0.0 && self.right <= width && self.bottom <= height
    }

    /// Whether the line through `points` passes through it.
    pub fn meets_line(&self, points: &[Place]) -> bool {
        points.windows(2).any(|pair| self.meets_segment(pair[0], pair[1]))
    }

    /// The same for a line whose points go from left to right, found at once.
    pub(super) fn meets_function(&self, points: &[Place]) -> bool {
        let first = points.partition_point(|(x, _)| *x < self.left).saturating_sub(1);
        let last = points.partition_point(|(x, _)| *x <= self.right);
        self.meets_line(&points[first..points.len().min(last + 1)])
    }

    /// Whether a straight line passes through it (Liang and Barsky's clipping).
    fn meets_segment(&self, (x, y): Place, (to_x, to_y): Place) -> bool {
        // Most lines pass above or below, which is told without a division.
        if y.max(to_y) < self.top || y.min(to_y) > self.bottom {
            return false;
        }
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (from, by, low, high) in [(x, to_x - x, self.left, self.right), (y, to_y - y, self.top, self.bottom)] {
            if by == 0.0 {
                if from < low || from > high {
                    return false;
                }
                continue;
            }
            let (one, other) = ((low - from) / by, (high - from) / by);
            enter = enter.max(one.min(other));
            leave = leave.min(one.max(other));
        }
        enter <= leave
    }
}

/// The width of a text in CSS pixels, at most.
fn width(text: &str, role: Role) -> f64 {
    let (size, weight) = match role {
        Role::Learner | Role::Dense | Role::Descent | Role::Oracle => (14.0, 1.12),
        Role::Note | Role::Theory | Role::Measured => (13.4, 1.04),
        Role::Tick | Role::Ghost => (13.4, 1.0),
    };
    size * weight * text.chars().map(advance).sum::<f64>()
}

/// The advance of a character in a regular sans-serif, in units of the font's size.
fn advance(character: char) -> f64 {
    match character {
        // A combining mark stands on the character before it.
        '\u{300}'..'\u{370}' => 0.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | ' ' | '\u{a0}' | '\u{202f}' | '·' => 0.34,
        'f' | 'r' | 't' | '(' | ')' | '/' | '-' | '⁰'..='⁹' | '₀'..='₉' | '²' | '³' | '¹' | '⁽' | '⁾' => {
            0.44
        }
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '–' | '→' | '∞' | '√' => 1.0,
        '=' | '<' | '>' | '≤' | '≥' | '+' | '−' | '±' | '×' => 0.85,
        'A'..='Z' | 'Ä' | 'Ö' | 'Ü' => 0.79,
        'c' | 's' | 'z' => 0.57,
        'a'..='z' | 'ä' | 'ö' | 'ü' | 'ß' | '0'..='9' | 'α'..='ω' | '_' | '*' | '⁻' | '⁺' | '?' => 0.65,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Widths in ems as the fonts' own tables give them: DejaVu Sans, its bold for names, DejaVu Serif Italic for
    /// notes; and of their condensed cuts, which the style sheet names.
    const MEASURED: [(&str, Role, f64, f64); 18] = [
        ("learner", Role::Learner, 4.07, 3.66),
        ("error 0, off the scale", Role::Learner, 11.62, 10.46),
        ("W*", Role::Oracle, 1.63, 1.46),
        ("W⁽⁰⁾", Role::Learner, 2.12, 1.91),
        ("success: below 10⁻⁴", Role::Note, 10.08, 9.06),
        ("success", Role::Note, 3.90, 3.50),
        ("predicted by the curvature at W*", Role::Note, 16.78, 15.09),
        ("predicted", Role::Note, 4.86, 4.37),
        ("noise floor (to first order)", Role::Note, 12.97, 11.67),
        ("half succeed", Role::Note, 6.35, 5.71),
        ("R_T of the probes", Role::Note, 8.95, 8.05),
        ("square-root scale", Role::Note, 8.78, 7.90),
        ("r̃ = 20, N = 300, σ/E_y = 0.01", Role::Ghost, 14.95, 13.45),
        ("β = 0.95, λ = 1.2, η = 0.357", Role::Ghost, 14.24, 12.80),
        ("d = 500, disjoint", Role::Ghost, 8.28, 7.45),
        ("10⁻¹⁵", Role::Tick, 2.60, 2.34),
        ("10\u{202f}000", Role::Tick, 3.38, 3.04),
        ("iteration t", Role::Tick, 4.93, 4.44),
    ];

    #[test]
    fn guessed_widths_are_bounds_and_not_wild_ones() {
        for (text, role, wide, condensed) in MEASURED {
            let guess = width(text, role);
            let size = if matches!(role, Role::Learner | Role::Oracle) { 14.0 } else { 13.0 };
            let real = (size * wide).max(14.0 * condensed);
            assert!(guess >= real, "{text}: {guess} is below {real}");
            assert!(guess <= 1.2 * real + 2.0, "{text}: {guess} is far above {real}");
        }
    }

    #[test]
    fn a_line_is_found_between_its_points_and_by_its_order() {
        let extent = Extent::around((50.0, 50.0), 10.0);
        let across = [(0.0, 0.0), (1.0, 50.0), (99.0, 52.0), (100.0, 0.0)];
        let past = [(0.0, 0.0), (45.0, 30.0), (61.0, 39.0), (100.0, 90.0)];
        for (line, meets) in [(across, true), (past, false)] {
            assert_eq!((extent.meets_line(&line), extent.meets_function(&line)), (meets, meets));
        }
        assert!(!extent.meets_function(&[]) && !extent.meets_function(&[(50.0, 50.0)]));
    }
}
