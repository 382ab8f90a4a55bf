//! Where the labels of a chart go: each takes the first of its places at which it covers no other label and no line.

use super::pen::Place;
use super::{Anchor, Baseline, Label, Role};

/// The height of a label's line of text.
const LINE: f64 = 15.0;

/// The box that a label's text fills, in CSS pixels: a guess from its characters, for a chart never measures text.
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
        let a_character = match label.role {
            Role::Learner | Role::Oracle => 8.0,
            Role::Tick | Role::Ghost | Role::Note => 7.0,
        };
        // A combining mark stands on the character before it.
        let characters = label.text.chars().filter(|c| !('\u{300}'..'\u{370}').contains(c)).count();
        let width = a_character * characters as f64;
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

    /// The same with room around it.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether a place lies in it.
    pub fn holds(&self, (x, y): Place) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether a straight line passes through it (Liang and Barsky's clipping).
    fn meets_segment(&self, (x, y): Place, (to_x, to_y): Place) -> bool {
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

    fn meets_line(&self, points: &[Place]) -> bool {
        points.windows(2).any(|pair| self.meets_segment(pair[0], pair[1]))
    }
}

/// A chart's labels as they find their places, one after the other.
pub struct Placing<'a> {
    size: (f64, f64),
    lines: Vec<&'a [Place]>,
    labels: Vec<Label>,
}

impl<'a> Placing<'a> {
    /// In a chart of this size, past these lines.
    pub fn new(size: (f64, f64), lines: Vec<&'a [Place]>) -> Self {
        Self { size, lines, labels: Vec::new() }
    }

    /// Puts a label at the first of `places` that is free, or else at the one that covers least.
    pub fn put(&mut self, places: impl IntoIterator<Item = Label>) {
        let mut best: Option<(usize, Label)> = None;
        for label in places {
            let cost = self.cost(&label);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, label));
            }
            if cost == 0 {
                break;
            }
        }
        self.labels.extend(best.map(|(_, label)| label));
    }

    /// All labels put so far.
    pub fn finish(self) -> Vec<Label> {
        self.labels
    }

    /// How badly a label stands: outside the chart is worse than over another label, and that worse than over a line.
    fn cost(&self, label: &Label) -> usize {
        const OUTSIDE: usize = 100;
        const OVER_LABEL: usize = 10;
        let extent = Extent::of(label);
        let (width, height) = self.size;
        let outside = extent.left < -4.0 || extent.right > width + 4.0 || extent.top < -4.0 || extent.bottom > height;
        let covered = self.labels.iter().filter(|other| extent.meets(&Extent::of(other))).count();
        let struck = self.lines.iter().filter(|line| extent.meets_line(line)).count();
        OUTSIDE * usize::from(outside) + OVER_LABEL * covered + struck
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn at(x: f64, y: f64) -> Label {
        Label::new(x, y, "learner", Role::Ghost)
    }

    #[test]
    fn a_label_makes_way_for_labels_lines_and_edges() {
        let line = [(0.0, 50.0), (200.0, 50.0)];
        let mut placing = Placing::new((200.0, 100.0), vec![&line]);
        placing.put([at(100.0, 20.0)]);
        placing.put([at(100.0, 25.0), at(100.0, 50.0), at(190.0, 70.0), at(100.0, 70.0)]);
        assert_eq!(placing.finish(), [at(100.0, 20.0), at(100.0, 70.0)]);
    }

    #[test]
    fn where_no_place_is_free_a_line_is_covered_rather_than_a_label() {
        let line = [(0.0, 90.0), (200.0, 0.0)];
        let mut placing = Placing::new((200.0, 100.0), vec![&line]);
        placing.put([at(100.0, 20.0)]);
        placing.put([at(100.0, 25.0), at(100.0, 45.0)]);
        assert_eq!(placing.finish()[1], at(100.0, 45.0));
    }
}
