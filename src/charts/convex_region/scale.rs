//! The disc's scale: the square root of the distance, so that rings of 0.05 and of 1.5 can be told apart.

use super::super::pen::Place;

/// Room around the disc, in CSS pixels.
const ROOM: f64 = 12.0;
/// How far the disc reaches beyond its farthest start, in pixels of that start's.
const EDGE: f64 = 1.04;
/// Pixels down and across together from which on two places are told apart.
const APART: f64 = 0.5;
/// Cosine and sine of two degrees.
const TWO_DEGREES: (f64, f64) = (0.999_390_827_019_095_7, 0.034_899_496_702_500_97);

/// Distances in units of |W\*| to pixels from the centre; directions stay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// Where W\* is.
    pub centre: Place,
    /// The pixels of the farthest start.
    reach: f64,
    /// Its distance.
    farthest: f64,
}

impl Scale {
    /// In a picture of this size, with room for a start at distance `farthest`.
    pub fn new((width, height): (f64, f64), farthest: f64) -> Self {
        let reach = (0.5 * width.min(height) - ROOM).max(1.0) / EDGE;
        Self { centre: (0.5 * width, 0.5 * height), reach, farthest }
    }

    /// Pixels from the centre.
    pub fn radius(&self, distance: f64) -> f64 {
        self.reach * (distance / self.farthest).max(0.0).sqrt()
    }

    /// The size of marks in this disc, of 1 in one that is not small.
    pub fn marks(&self) -> f64 {
        (self.reach / 120.0).clamp(0.7, 1.0)
    }

    /// The distance of the disc's edge, beyond which nothing is drawn.
    pub fn edge(&self) -> f64 {
        self.farthest * EDGE * EDGE
    }

    /// The place of a point, whose distance and direction from the origin count.
    pub fn place(&self, (x, y): (f64, f64)) -> Place {
        let distance = libm::hypot(x, y);
        let stretch = if distance > 0.0 { self.radius(distance) / distance } else { 0.0 };
        (self.centre.0 + stretch * x, self.centre.1 - stretch * y)
    }

    /// How far from a point others are certainly less than `slack` pixels down and across together from its place: at
    /// distances from half of its own on, a move is stretched by √2 · reach / √(distance · farthest) at most.
    fn near(&self, (x, y): (f64, f64), slack: f64) -> f64 {
        let distance = libm::hypot(x, y);
        let pixel = (distance * self.farthest).sqrt() / (2.0_f64.sqrt() * self.reach);
        (slack / 2.0_f64.sqrt() * pixel).min(0.5 * distance).min(self.edge() - distance)
    }

    /// The circle of all points at a distance.
    pub fn circle(&self, distance: f64) -> Vec<Place> {
        let mut point = (distance, 0.0);
        let mut circle = vec![self.place(point)];
        for _ in 0..180 {
            point = turned(point, TWO_DEGREES);
            circle.push(self.place(point));
        }
        circle
    }

    /// A path as places, as far as it runs within the disc's edge, without points that no pixel tells apart. A run has
    /// thousands, and is drawn at every other frame: of those beside the last one it is enough to see that they are.
    pub fn path(&self, path: &[(f64, f64)]) -> Vec<Place> {
        let edge = self.edge();
        let mut places: Vec<Place> = Vec::new();
        let mut before = None;
        let (mut last, mut near) = ((0.0, 0.0), 0.0);
        for (x, y) in path.iter().copied() {
            let (dx, dy) = (x - last.0, y - last.1);
            if dx * dx + dy * dy < near * near {
                before = Some((x, y));
                continue;
            }
            let inside = x * x + y * y <= edge * edge;
            let point = match before {
                _ if inside => (x, y),
                Some(before) => crossing(before, (x, y), edge),
                None => break,
            };
            let place = self.place(point);
            let away = places.last().map_or(APART, |last| (place.0 - last.0).abs() + (place.1 - last.1).abs());
            if away >= APART {
                places.push(place);
            }
            (last, near) = (point, self.near(point, if away >= APART { APART } else { APART - away }));
            if !inside {
                break;
            }
            before = Some((x, y));
        }
        places
    }
}

/// Where the line from `inside` to `outside` leaves the circle of radius `edge` around the centre.
fn crossing(inside: (f64, f64), outside: (f64, f64), edge: f64) -> (f64, f64) {
    let (dx, dy) = (outside.0 - inside.0, outside.1 - inside.1);
    let (a, half_b) = (dx * dx + dy * dy, inside.0 * dx + inside.1 * dy);
    let c = inside.0 * inside.0 + inside.1 * inside.1 - edge * edge;
    // A step to infinity is left out.
    let share = if a.is_finite() && a > 0.0 { ((half_b * half_b - a * c).max(0.0).sqrt() - half_b) / a } else { 0.0 };
    (inside.0 + share * dx, inside.1 + share * dy)
}

/// A place turned around the centre by an angle, given by its cosine and sine.
pub(super) fn turned((x, y): (f64, f64), (cos, sin): (f64, f64)) -> (f64, f64) {
    (x * cos - y * sin, x * sin + y * cos)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn from_centre((x, y): Place) -> f64 {
        libm::hypot(x - 150.0, y - 150.0)
    }

    #[test]
    fn a_path_that_leaves_the_disc_ends_at_its_edge() {
        let scale = Scale::new((300.0, 300.0), 1.5);
        let places = scale.path(&[(0.5, 0.0), (0.5, 0.1), (0.5, 0.1), (1e9, 1e9), (0.1, 0.0)]);
        assert_eq!(places.len(), 3);
        assert!((from_centre(places[2]) - 138.0).abs() < 1e-6, "{places:?}");
    }

    #[test]
    fn no_point_is_left_out_that_a_pixel_tells_apart() {
        let scale = Scale::new((300.0, 300.0), 1.5);
        // A spiral from the edge to the centre, in steps of many lengths.
        let point = |i: u32| {
            let (t, turn) = (f64::from(i) / 20_000.0, f64::from(i % 7) * 1e-3);
            let (distance, angle) = (1.7 * (1.0 - t) * (1.0 - t) + turn * t, 9.0 * t);
            (distance * libm::cos(angle), distance * libm::sin(angle))
        };
        let path: Vec<(f64, f64)> = (2000..20_000).map(point).collect();
        assert!(path.iter().all(|(x, y)| libm::hypot(*x, *y) < scale.edge()));
        let mut plain: Vec<Place> = Vec::new();
        for (x, y) in path.iter().map(|point| scale.place(*point)) {
            if plain.last().is_none_or(|last| (x - last.0).abs() + (y - last.1).abs() >= APART) {
                plain.push((x, y));
            }
        }
        assert!(plain.len() > 1000, "{}", plain.len());
        assert_eq!(scale.path(&path), plain);
    }

    #[test]
    fn a_quarter_of_the_distance_is_half_of_the_way_in_the_same_direction() {
        let scale = Scale::new((300.0, 300.0), 1.5);
        let (far, near) = (scale.place((0.9, 1.2)), scale.place((0.225, 0.3)));
        assert!((from_centre(far) - 2.0 * from_centre(near)).abs() < 1e-9);
        assert!(((far.0 - 150.0) - 2.0 * (near.0 - 150.0)).abs() < 1e-9, "{far:?}, {near:?}");
        assert_eq!(scale.place((0.0, 0.0)), (150.0, 150.0));
        assert!((from_centre(far) - scale.radius(1.5)).abs() < 1e-9);
    }
}
