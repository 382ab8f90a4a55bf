//! A few named curves of the test error on a logarithmic scale: over the pruning ratio, or over the iterations.

use libm::{ceil, exp10, floor, log10};

use super::pen::Place;
use super::placing::{Placing, places};
use super::{Anchor, Baseline, Chart, Colour, Drawn, Label, Palette, Pen, Role};
use crate::language::{tr, translate};
use crate::notation::{grouped, power_of_ten};

/// Room for the decades at the left, the end of the axis at the right, the name above, and the axis below.
const MARGIN: (f64, f64, f64, f64) = (62.0, 26.0, 26.0, 42.0);
/// Test errors below are drawn there: rounding.
const LEAST: f64 = 1e-12;

/// What stands across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The pruning ratio, in per cent.
    Ratio,
    /// Iterations, on a logarithmic scale from 1 on, with the start at its left end.
    Steps,
}

/// How a curve looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The learner's colour.
    Learner,
    /// That of another start.
    Other,
    /// Quiet.
    Quiet,
}

impl Style {
    fn colour(self, palette: &Palette) -> Colour {
        match self {
            Style::Learner => palette.learner,
            Style::Other => palette.descent,
            Style::Quiet => palette.soft,
        }
    }

    fn role(self) -> Role {
        match self {
            Style::Learner => Role::Learner,
            Style::Other => Role::Descent,
            Style::Quiet => Role::Tick,
        }
    }
}

/// A curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it is called at its end.
    pub name: &'static str,
    /// How it looks.
    pub style: Style,
    /// What stands across, and the test error.
    pub points: Vec<(f64, f64)>,
}

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// What stands across.
    pub x: Scale,
    /// The curves.
    pub curves: Vec<Curve>,
    /// A point that is marked: the curve, and its place there.
    pub marked: Option<(usize, usize)>,
}

/// How the picture's axes lie; heights in decades.
struct Axes {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    x: (f64, f64),
    y: (f64, f64),
}

/// Fewer decades than these have marks within them.
const FEW: f64 = 2.5;
/// The marks in a decade.
const MARKS: [f64; 3] = [1.0, 2.0, 5.0];

/// The height of the mark at or below `height`, both in decades.
fn mark_below(height: f64) -> f64 {
    let decade = floor(height);
    let below = MARKS.map(|mark| log10(mark) + decade).into_iter().filter(|mark| *mark <= height);
    below.fold(decade, f64::max)
}

impl Snapshot {
    fn across(&self, x: f64) -> f64 {
        match self.x {
            Scale::Ratio => x,
            Scale::Steps => log10(x.max(1.0)),
        }
    }

    fn axes(&self) -> Axes {
        let (left, right, top, bottom) = MARGIN;
        let points = || self.curves.iter().flat_map(|curve| curve.points.iter());
        let decades = || points().map(|(_, y)| log10(y.max(LEAST)));
        let (low, high) = (decades().fold(f64::INFINITY, f64::min), decades().fold(f64::NEG_INFINITY, f64::max));
        // Half a decade at least, and a little room beyond both ends.
        let room = 0.05 * (high - low) + (0.25 - 0.5 * (high - low)).max(0.02);
        // Where there are few, a number below the lowest point: one does not read it from the distance to two above.
        let (least, most) = (low - room, high + room);
        let least = if most - least < FEW { least.min(mark_below(least)) } else { least };
        let far = points().map(|(x, _)| self.across(*x)).fold(0.0, f64::max);
        Axes {
            left,
            right: self.size.0 - right,
            top,
            bottom: self.size.1 - bottom,
            x: (0.0, if self.x == Scale::Ratio { 1.0 } else { far.max(1.0) }),
            y: (least, most),
        }
    }

    fn line(&self, axes: &Axes, curve: &Curve) -> Vec<Place> {
        curve.points.iter().map(|(x, y)| axes.place(self.across(*x), log10(y.max(LEAST)))).collect()
    }

    /// Values of the axis across with their texts.
    fn columns(&self, axes: &Axes) -> Vec<(f64, String)> {
        match self.x {
            Scale::Ratio => (0..=5).map(|i| (f64::from(i) / 5.0, format!("{}", 20 * i))).collect(),
            Scale::Steps => {
                let decades = 0..=floor(axes.x.1 + 1e-9) as i32;
                decades.map(|decade| (f64::from(decade), grouped(exp10(f64::from(decade)) as usize))).collect()
            }
        }
    }
}

impl Axes {
    fn place(&self, x: f64, decade: f64) -> Place {
        let across = (x - self.x.0) / (self.x.1 - self.x.0);
        let up = (decade - self.y.0) / (self.y.1 - self.y.0);
        (self.left + across * (self.right - self.left), self.bottom - up.clamp(0.0, 1.0) * (self.bottom - self.top))
    }

    /// Heights with their texts: whole decades, and within few of them the numbers 2 and 5 too.
    fn rows(&self) -> Vec<(f64, String)> {
        let decades = floor(self.y.0) as i32..=ceil(self.y.1) as i32;
        let few = self.y.1 - self.y.0 < FEW;
        let marks = decades.flat_map(|decade| MARKS.map(|m| (log10(m) + f64::from(decade), m, decade)).into_iter());
        let shown = marks.filter(|(height, m, _)| (self.y.0..=self.y.1).contains(height) && (few || *m == 1.0));
        let text = |m: f64, decade: i32| {
            if few && decade >= -3 {
                format!("{}", m * exp10(f64::from(decade)))
            } else if m == 1.0 {
                power_of_ten(decade)
            } else {
                String::new()
            }
        };
        shown.map(|(height, m, decade)| (height, text(m, decade))).collect()
    }
}

impl Chart for Snapshot {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let axes = self.axes();
        for (decade, _) in axes.rows() {
            let (_, y) = axes.place(0.0, decade);
            pen.line(&[(axes.left, y), (axes.right, y)], palette.track, 0.5)?;
        }
        pen.line(&[(axes.left, axes.bottom), (axes.right, axes.bottom)], palette.soft, 1.0)?;
        for curve in &self.curves {
            let (colour, line) = (curve.style.colour(palette), self.line(&axes, curve));
            pen.line(&line, colour, if curve.style == Style::Quiet { 1.2 } else { 1.8 })?;
            if self.x == Scale::Ratio {
                for place in &line {
                    pen.disc(*place, 3.0, colour)?;
                }
            }
        }
        let marked = self.marked.and_then(|(curve, point)| {
            let curve = self.curves.get(curve)?;
            self.line(&axes, curve).get(point).map(|place| (*place, curve.style.colour(palette)))
        });
        if let Some((place, colour)) = marked {
            pen.disc(place, 5.5, colour)?;
            pen.circle(place, 8.5, palette.ink, 1.5)?;
        }
        Ok(())
    }

    fn labels(&self, before: &[Label]) -> Vec<Label> {
        let axes = self.axes();
        let lines: Vec<Vec<Place>> = self.curves.iter().map(|curve| self.line(&axes, curve)).collect();
        let mut placing = Placing::new(self.size, lines.iter().map(Vec::as_slice), before);
        for (decade, text) in axes.rows() {
            let (x, y) = axes.place(0.0, decade);
            placing.fix(Label::new(x - 8.0, y, text, Role::Tick).at(Anchor::End, Baseline::Middle));
        }
        for (x, text) in self.columns(&axes) {
            let (x, _) = axes.place(x, axes.y.0);
            placing.fix(Label::new(x, axes.bottom + 7.0, text, Role::Tick).at(Anchor::Middle, Baseline::Top));
        }
        let name = if self.x == Scale::Ratio { tr!("pruned, in per cent") } else { tr!("iteration t") };
        let middle = 0.5 * (axes.left + axes.right);
        placing.fix(Label::new(middle, axes.bottom + 24.0, name, Role::Tick).at(Anchor::Middle, Baseline::Top));
        placing.fix(Label::new(4.0, 2.0, tr!("test error, log scale"), Role::Tick).at(Anchor::Start, Baseline::Top));
        for (curve, line) in self.curves.iter().zip(&lines) {
            let ends = line.iter().rev().flat_map(|(x, y)| {
                [-8.0, 8.0, -18.0, 18.0, -32.0, 32.0].into_iter().flat_map(move |by| {
                    let baseline = if by < 0.0 { Baseline::Bottom } else { Baseline::Top };
                    [Anchor::End, Anchor::Start].map(|anchor| ((*x, y + by), (anchor, baseline)))
                })
            });
            placing.put(places(translate(curve.name), curve.style.role(), ends));
        }
        placing.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{Extent, to_svg};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn assert_clear(snapshot: &Snapshot) {
        let labels = snapshot.labels(&[]);
        for curve in &snapshot.curves {
            assert!(labels.iter().any(|label| label.text == curve.name), "{} is not named", curve.name);
        }
        for (i, label) in labels.iter().enumerate() {
            let extent = Extent::of(label);
            assert!(extent.is_within(snapshot.size), "{label:?}");
            assert!(!labels[..i].iter().any(|other| Extent::of(other).meets(&extent)), "{label:?}");
        }
        assert!(to_svg(snapshot, &Palette::LIGHT, "curves").contains("<polyline"));
    }

    #[test]
    fn curves_are_named_and_their_labels_cover_each_other_nowhere() {
        let ratios = (0..8).map(|k| 1.0 - libm::pow(0.8, f64::from(k)));
        let trained = ratios.clone().map(|ratio| (ratio, 0.2 - 0.15 * ratio)).collect();
        let untrained = ratios.map(|ratio| (ratio, 0.21 - 0.1 * ratio)).collect();
        let rounds = Snapshot {
            size: (420.0, 260.0),
            x: Scale::Ratio,
            curves: vec![
                Curve { name: "trained", style: Style::Learner, points: trained },
                Curve { name: "untrained", style: Style::Quiet, points: untrained },
            ],
            marked: Some((0, 3)),
        };
        assert_clear(&rounds);
        // The lowest point stands above a number.
        let low = rounds.curves[0].points.last().expect("a point").1;
        let numbers: Vec<f64> = rounds.labels(&[]).iter().filter_map(|label| label.text.parse().ok()).collect();
        assert!(numbers.iter().any(|number| *number < low), "{low} in {numbers:?}");
        assert_clear(&Snapshot { size: (300.0, 220.0), ..rounds.clone() });
        // A picture of one point, and of none.
        let one = |points| vec![Curve { name: "trained", style: Style::Learner, points }];
        assert!(!Snapshot { curves: one(vec![(0.0, 0.3)]), ..rounds.clone() }.labels(&[]).is_empty());
        let steps =
            |rate: f64| (0..80).map(|i| (f64::from(i * i), 0.2 * libm::exp(-rate * f64::from(i)) + 1e-6)).collect();
        let lots = Snapshot {
            x: Scale::Steps,
            curves: vec![
                Curve { name: "rewound", style: Style::Learner, points: steps(0.2) },
                Curve { name: "re-drawn start", style: Style::Other, points: steps(0.1) },
                Curve { name: "random mask", style: Style::Quiet, points: steps(0.01) },
            ],
            marked: None,
            ..rounds
        };
        assert_clear(&lots);
    }
}
