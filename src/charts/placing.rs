//! Where the labels of a chart go: each takes a place at which it covers no other label and no line, or is left out.

use super::extent::Extent;
use super::pen::Place;
use super::{Label, Role};

/// The room around a label that comes to a place, in CSS pixels.
const ROOM: f64 = 4.0;
/// The room around one that stays: less, so that it does not come and go at a limit.
const ROOM_TO_STAY: f64 = 1.5;
/// How far a label moves between two frames and is still taken to stay where it was.
const NEAR: f64 = 10.0;

/// A chart's labels as they find their places, one after the other, the most important first.
pub struct Placing<'a> {
    size: (f64, f64),
    lines: Vec<Line<'a>>,
    marks: Vec<Extent>,
    before: &'a [Label],
    labels: Vec<Label>,
}

struct Line<'a> {
    points: &'a [Place],
    is_function: bool,
}

impl<'a> Line<'a> {
    fn of(points: &'a [Place]) -> Self {
        Self { points, is_function: points.is_sorted_by(|a, b| a.0 <= b.0) }
    }
}

impl<'a> Placing<'a> {
    /// In a chart of this size, past `lines`; `before` are the labels of the frame before, which rather stay.
    pub fn new(size: (f64, f64), lines: impl IntoIterator<Item = &'a [Place]>, before: &'a [Label]) -> Self {
        let lines = lines.into_iter().map(Line::of).collect();
        Self { size, lines, marks: Vec::new(), before, labels: Vec::new() }
    }

    /// Keeps labels off marks.
    pub fn keep_off(&mut self, marks: impl IntoIterator<Item = Extent>) {
        self.marks.extend(marks);
    }

    /// Puts a label where it must stand: a number at its tick.
    pub fn fix(&mut self, label: Label) {
        self.labels.push(label);
    }

    /// Puts a label near the place where it stood before, or else at the first of `places` that is free; tells whether
    /// there was one.
    pub fn put(&mut self, places: impl IntoIterator<Item = Label>) -> bool {
        let places: Vec<Label> = places.into_iter().collect();
        let stood = places.iter().filter_map(|place| Some((self.moved(place)?, place)));
        let stays = stood.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, place)| place);
        let stays = stays.filter(|place| self.is_free(place, ROOM_TO_STAY));
        let chosen = stays.or_else(|| places.iter().find(|place| self.is_free(place, ROOM))).cloned();
        let found = chosen.is_some();
        self.labels.extend(chosen);
        found
    }

    /// The same where a line may run behind the label.
    pub fn put_over_lines(&mut self, places: impl IntoIterator<Item = Label>) {
        let lines = std::mem::take(&mut self.lines);
        self.put(places);
        self.lines = lines;
    }

    /// The same where every line but this one may run behind the label; tells whether there was a place.
    pub fn put_past(&mut self, line: &'a [Place], places: impl IntoIterator<Item = Label>) -> bool {
        let lines = std::mem::replace(&mut self.lines, vec![Line::of(line)]);
        let found = self.put(places);
        self.lines = lines;
        found
    }

    /// All labels put so far.
    pub fn finish(self) -> Vec<Label> {
        self.labels
    }

    /// How far `place` is from where the same label stood before, if that is near.
    fn moved(&self, place: &Label) -> Option<f64> {
        let same = |label: &&Label| {
            label.text == place.text
                && (label.role, label.anchor, label.baseline) == (place.role, place.anchor, place.baseline)
        };
        let distances = self.before.iter().filter(same).map(|old| libm::hypot(old.x - place.x, old.y - place.y));
        distances.filter(|distance| *distance <= NEAR).min_by(f64::total_cmp)
    }

    fn is_free(&self, label: &Label, room: f64) -> bool {
        let extent = Extent::of(label);
        let grown = extent.grown(room);
        extent.is_within(self.size)
            && !self.labels.iter().any(|other| grown.meets(&Extent::of(other)))
            && !self.marks.iter().any(|mark| extent.meets(mark))
            && !self.lines.iter().any(|line| {
                if line.is_function { grown.meets_function(line.points) } else { grown.meets_line(line.points) }
            })
    }
}

/// The same label at each of these places.
pub fn places(text: &str, role: Role, places: impl IntoIterator<Item = (Place, Side)>) -> Vec<Label> {
    places.into_iter().map(|((x, y), side)| Label::new(x, y, text, role).at(side.0, side.1)).collect()
}

/// On which side of its place a label stands.
pub type Side = (super::Anchor, super::Baseline);

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn at(x: f64, y: f64) -> Label {
        Label::new(x, y, "learner", Role::Ghost)
    }

    const LINE: [Place; 2] = [(0.0, 50.0), (200.0, 50.0)];

    #[test]
    fn a_label_makes_way_for_labels_lines_marks_and_edges() {
        let mut placing = Placing::new((200.0, 100.0), [&LINE[..]], &[]);
        placing.keep_off([Extent::around((60.0, 80.0), 5.0)]);
        placing.fix(at(100.0, 20.0));
        assert!(placing.put([at(100.0, 25.0), at(100.0, 50.0), at(190.0, 75.0), at(60.0, 75.0), at(120.0, 75.0)]));
        assert_eq!(placing.finish(), [at(100.0, 20.0), at(120.0, 75.0)]);
    }

    #[test]
    fn where_no_place_is_free_a_label_is_left_out() {
        let mut placing = Placing::new((200.0, 100.0), [&LINE[..]], &[]);
        placing.fix(at(100.0, 20.0));
        assert!(!placing.put([at(100.0, 25.0), at(100.0, 45.0)]));
        assert_eq!(placing.finish(), [at(100.0, 20.0)]);
    }

    #[test]
    fn a_label_stays_where_it_stood_until_it_must_go() {
        let places = |by: f64| [at(100.0, 20.0 + by), at(100.0, 80.0 + by)];
        let put = |by: f64, before: &[Label]| {
            let mut placing = Placing::new((200.0, 110.0), [&LINE[..]], before);
            placing.put(places(by));
            placing.finish().pop()
        };
        assert_eq!(put(0.0, &[]), Some(at(100.0, 20.0)));
        assert_eq!(put(2.0, &[at(100.0, 80.0)]), Some(at(100.0, 82.0)));
        // Less room is enough to stay than to come.
        assert_eq!((put(19.0, &[]), put(19.0, &[at(100.0, 38.0)])), (Some(at(100.0, 99.0)), Some(at(100.0, 39.0))));
        assert_eq!((put(-20.0, &[]), put(-20.0, &[at(100.0, 62.0)])), (None, Some(at(100.0, 60.0))));
        // What came from elsewhere has not stood there.
        assert_eq!(put(-20.0, &[at(100.0, 90.0)]), None);
    }
}
