//! The labels of the disc: never on each other, on W\*, or on the path; the probes make way for them. The path runs through
//! the upper half alone, and within rings that hold its start: names stand where they need not make way for it as it grows.

use super::super::extent::Extent;
use super::super::pen::Place;
use super::super::placing::{Placing, Side, places};
use super::super::{Anchor, Baseline, Label, Role};
use super::{Beside, RINGS, Snapshot};
use crate::language::tr;
use crate::statistics::Estimate;
use crate::trials::FARTHEST;

/// Pixels between a ring and its name.
const AWAY: f64 = 4.0;
/// A ring of fewer pixels hides under the cross at W\* and has no use for a name; the caption has its number.
const LEAST: f64 = 10.0;

/// Directions around the centre in which a name may stand, in pixels: unit vectors at multiples of 22.5°.
const AROUND: [(f64, f64); 16] = [
    (1.0, 0.0),
    (0.924, 0.383),
    (0.707, 0.707),
    (0.383, 0.924),
    (0.0, 1.0),
    (-0.383, 0.924),
    (-0.707, 0.707),
    (-0.924, 0.383),
    (-1.0, 0.0),
    (-0.924, -0.383),
    (-0.707, -0.707),
    (-0.383, -0.924),
    (0.0, -1.0),
    (0.383, -0.924),
    (0.707, -0.707),
    (0.924, -0.383),
];

impl Snapshot<'_> {
    /// All labels, the most important first.
    pub(super) fn names(&self) -> Vec<Label> {
        let scale = self.scale();
        let (x, y) = scale.centre;
        let path = scale.path(self.path);
        let half = if self.stale { None } else { self.radius.settled(self.probes.len()) };
        let theory = [self.theorem1_radius, self.theorem2_reach];
        let drawn =
            theory.into_iter().flatten().chain(half.map(|half| half.value)).filter(|radius| *radius <= FARTHEST);
        let circles: Vec<Vec<Place>> = drawn.map(|radius| scale.circle(radius)).collect();
        let lines = circles.iter().map(|circle| &circle[..]).chain([&path[..]]);
        let mut placing = Placing::new(self.size, lines, &[]);
        placing.keep_off([Extent::around((x, y), 8.0)]);
        placing.keep_off(self.box_extents());
        placing.keep_off(path.first().map(|start| Extent::around(*start, 7.0)));

        let oracle = [(-9.0, 4.0), (9.0, 4.0)];
        placing.put_over_lines(places("W*", Role::Oracle, oracle.map(|(dx, dy)| ((x + dx, y + dy), side(dx, dy)))));
        if let Some((x, y)) = path.first() {
            let beside = [(10.0, 0.0), (0.0, 8.0), (0.0, -8.0), (8.0, 8.0), (8.0, -8.0), (-8.0, 8.0), (-8.0, -8.0)];
            let start = beside.map(|(dx, dy)| ((x + dx, y + dy), side(dx, dy)));
            placing.put_over_lines(places("W⁽⁰⁾", Role::Learner, start));
        }
        if let Some(beside) = self.beside {
            self.name_beside(&mut placing, &beside);
        }
        // From the outermost inwards: where rings are close, the 1 has less to say than the 0.1.
        for radius in [RINGS[3], RINGS[1], RINGS[0], RINGS[2]] {
            let down = (x, y + scale.radius(radius));
            placing.put_over_lines(places(
                &radius.to_string(),
                Role::Tick,
                [(down, (Anchor::Middle, Baseline::Middle))],
            ));
        }
        // Whether the ring of this radius holds the start, and `usually` while that is not known.
        let holds = |radius: f64, usually: bool| self.path.first().map_or(usually, |(start, _)| radius > *start);
        if let Some(Estimate { value, .. }) = half {
            // In steps, so that the name stands still while probes come.
            let steps = (libm::ceil(20.0 * value) / 20.0).max(value);
            self.name_ring(
                &mut placing,
                &path,
                (steps, tr!("half succeed"), Role::Measured),
                if holds(value, true) { &[10, 9, 11, 8, 14, 6, 12, 15] } else { &[6, 5, 7, 3, 2, 1] },
            );
        }
        if let Some(reach) = self.theorem2_reach {
            if reach > FARTHEST {
                self.name_ring(
                    &mut placing,
                    &path,
                    (scale.edge(), &format!("R_T > {FARTHEST}"), Role::Theory),
                    &[14, 13, 15, 10, 2, 6, 12, 1],
                );
            } else {
                let places: &[usize] =
                    if holds(reach, true) { &[14, 13, 15, 12, 11, 1, 6, 7] } else { &[1, 3, 2, 7, 6, 5] };
                self.name_ring(&mut placing, &path, (reach, "R_T", Role::Theory), places);
            }
        }
        if let Some(radius) = self.theorem1_radius {
            let places: &[usize] =
                if holds(radius, false) { &[13, 12, 14, 11, 10, 15, 6, 7] } else { &[3, 2, 6, 5, 1, 7] };
            self.name_ring(&mut placing, &path, (radius, "R₁", Role::Theory), places);
        }
        if let Some((near, far)) = self.box_ends() {
            let beside = [
                (far, 7.0, -7.0),
                (far, 6.0, 8.0),
                (far, 11.0, 0.0),
                (far, 0.0, 11.0),
                (near, -7.0, 9.0),
                (near, 8.0, -8.0),
            ];
            let beside = beside.map(|((x, y), dx, dy)| ((x + dx, y + dy), side(dx, dy)));
            let name = tr!("R_T of the probes");
            if !placing.put(places(name, Role::Theory, beside)) {
                placing.put_over_lines(places(name, Role::Theory, beside));
            }
        }
        let (width, height) = self.size;
        let corners = [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)].map(|(right, down)| {
            let corner = (if right > 0.0 { width } else { 0.0 }, if down > 0.0 { height } else { 0.0 });
            (corner, side(-right, -down))
        });
        placing.put_over_lines(places(tr!("square-root scale"), Role::Note, corners));
        placing.finish()
    }

    /// Names the path of the run beside in a corner, where it stands still while the path grows, and the probes with it; or says
    /// why it has none here.
    fn name_beside(&self, placing: &mut Placing<'_>, beside: &Beside<'_>) {
        let name = beside.name;
        let (text, role) = match beside.path {
            None => (tr!("{name}: another W*", name), Role::Note),
            Some(_) if beside.is_descent => (tr!("path of {name}", name), Role::Descent),
            Some(_) => (tr!("path of {name}", name), Role::Dense),
        };
        placing.put_over_lines(places(&text, role, [((self.size.0, 0.0), side(-1.0, 1.0))]));
    }

    /// Names the ring at `distance`: outside it, or inside, in one of these directions of [`AROUND`].
    /// Where these are taken it stands over a ring, and rather in another direction or further away than on the path; in one
    /// that is below like these where they all are.
    fn name_ring<'a>(
        &self,
        placing: &mut Placing<'a>,
        path: &'a [Place],
        (distance, text, role): (f64, &str, Role),
        directions: &[usize],
    ) {
        let scale = self.scale();
        let ((x, y), radius) = (scale.centre, scale.radius(distance));
        if radius < LEAST {
            return;
        }
        let at = |away: f64, outwards: f64, direction: usize| {
            let (dx, dy) = AROUND[direction];
            // The corner of a name comes nearer to the ring than its side.
            let away = away + if f64::min(dx.abs(), dy.abs()) > 0.3 { 2.0 * outwards } else { 0.0 };
            ((x + away * dx, y + away * dy), side(outwards * dx, outwards * dy))
        };
        let sides = |apart: f64| [(radius + apart, 1.0), (radius - apart, -1.0)];
        let wanted = sides(AWAY)
            .into_iter()
            .flat_map(|(away, outwards)| directions.iter().map(move |to| (away, outwards, *to)))
            .map(|(away, outwards, to)| at(away, outwards, to));
        let below = |direction: &usize| AROUND[*direction].1 > 0.0;
        let around = (0..AROUND.len()).filter(|to| !directions.iter().all(below) || below(to));
        let around: Vec<usize> = around.collect();
        let others = [AWAY, 3.0 * AWAY].into_iter().flat_map(sides);
        let others = others.flat_map(|(away, outwards)| around.iter().map(move |to| (away, outwards, *to)));
        let others = others.map(|(away, outwards, to)| at(away, outwards, to));
        let (wanted, others) = (places(text, role, wanted), places(text, role, others));
        let anywhere = wanted.iter().cloned().chain(others);
        if !placing.put(wanted.clone()) && !placing.put_past(path, anywhere) {
            placing.put_over_lines(wanted);
        }
    }
}

/// On which side of its place a label stands that lies in this direction from it.
fn side(dx: f64, dy: f64) -> Side {
    let least = 0.38 * libm::hypot(dx, dy);
    let anchor = match dx {
        _ if dx > least => Anchor::Start,
        _ if dx < -least => Anchor::End,
        _ => Anchor::Middle,
    };
    let baseline = match dy {
        _ if dy > least => Baseline::Top,
        _ if dy < -least => Baseline::Bottom,
        _ => Baseline::Middle,
    };
    (anchor, baseline)
}
