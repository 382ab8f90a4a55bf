//! The mean way of many runs: the relative error over the iterations on a logarithmic scale, for a few widths of a figure, with
//! a standard deviation to both sides.

use libm::{ceil, floor};

use super::pen::Place;
use super::placing::{Placing, places};
use super::{Anchor, Baseline, Chart, Colour, Drawn, Label, Palette, Pen, Role};
use crate::figures::{CurveRecord, Figure};
use crate::language::tr;
use crate::notation::{grouped, power_of_ten, rounded};

/// Widths that are drawn: the least, a middle and the largest one.
const WIDTHS: usize = 3;
/// Room for the decades at the left, names at the right, half a number above, and the axis below.
const MARGIN: (f64, f64, f64, f64) = (62.0, 120.0, 14.0, 42.0);

/// What the picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// Whose runs.
    pub figure: &'static Figure,
    /// The ways that were kept.
    pub curves: &'a [CurveRecord],
}

/// How iterations and decades lie in the picture.
struct Axes {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    last: f64,
    highest: f64,
    lowest: f64,
}

impl Axes {
    fn place(&self, t: usize, decade: f64) -> Place {
        let x = self.left + t as f64 / self.last * (self.right - self.left);
        let share = (self.highest - decade) / (self.highest - self.lowest);
        (x, self.top + share.clamp(0.0, 1.0) * (self.bottom - self.top))
    }

    fn decades(&self) -> std::ops::RangeInclusive<i32> {
        self.lowest as i32..=self.highest as i32
    }
}

impl<'a> Snapshot<'a> {
    /// The curves of the chosen widths.
    fn drawn(&self) -> Vec<&'a CurveRecord> {
        // They come in the order of their widths.
        let mut widths: Vec<f64> = self.curves.iter().map(|curve| curve.x).collect();
        widths.dedup();
        let last = widths.len().saturating_sub(1);
        let chosen: Vec<f64> = (0..WIDTHS).filter_map(|i| widths.get(i * last / (WIDTHS - 1)).copied()).collect();
        self.curves.iter().filter(|curve| chosen.contains(&curve.x)).collect()
    }

    fn axes(&self) -> Axes {
        let (width, height) = self.size;
        let (left, right, top, bottom) = MARGIN;
        let drawn = self.drawn();
        let last = drawn.iter().filter_map(|curve| curve.steps.last()).max().copied().unwrap_or(1);
        let decades = || drawn.iter().flat_map(|curve| curve.mean.iter().copied());
        let (highest, lowest) = (decades().fold(-1.0, f64::max), decades().fold(-4.0, f64::min));
        Axes {
            left,
            right: width - right,
            top,
            bottom: height - bottom,
            last: last.max(1) as f64,
            highest: ceil(highest),
            lowest: floor(lowest),
        }
    }

    fn colour(&self, series: usize, palette: &Palette) -> Colour {
        if self.figure.plain == Some(series) { palette.descent } else { palette.learner }
    }
}

/// The way that lies `deviations` standard deviations above the mean.
fn line(axes: &Axes, curve: &CurveRecord, deviations: f64) -> Vec<Place> {
    let errors = curve.mean.iter().zip(&curve.deviation).map(|(mean, deviation)| mean + deviations * deviation);
    curve.steps.iter().zip(errors).map(|(t, error)| axes.place(*t, error)).collect()
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let axes = self.axes();
        for decade in axes.decades() {
            let (_, y) = axes.place(0, f64::from(decade));
            pen.line(&[(axes.left, y), (axes.right, y)], palette.track, 0.5)?;
        }
        pen.line(&[(axes.left, axes.bottom), (axes.right, axes.bottom)], palette.soft, 1.0)?;
        for curve in self.drawn() {
            let colour = self.colour(curve.series, palette);
            for deviations in [-1.0, 1.0] {
                pen.line(&line(&axes, curve, deviations), super::palette::mix(colour, palette.paper, 0.5), 0.8)?;
            }
            pen.line(&line(&axes, curve, 0.0), colour, 1.8)?;
        }
        Ok(())
    }

    fn labels(&self, before: &[Label]) -> Vec<Label> {
        let (axes, drawn) = (self.axes(), self.drawn());
        let lines: Vec<Vec<Place>> = drawn.iter().map(|curve| line(&axes, curve, 0.0)).collect();
        let mut placing = Placing::new(self.size, lines.iter().map(Vec::as_slice), before);
        for decade in axes.decades() {
            let (x, y) = axes.place(0, f64::from(decade));
            let label = Label::new(x - 8.0, y, power_of_ten(decade), Role::Tick);
            placing.fix(label.at(Anchor::End, Baseline::Middle));
        }
        for quarter in 0..=4 {
            let t = axes.last as usize * quarter / 4;
            let (x, _) = axes.place(t, axes.lowest);
            let label = Label::new(x, axes.bottom + 7.0, grouped(t), Role::Tick);
            placing.fix(label.at(Anchor::Middle, Baseline::Top));
        }
        let middle = 0.5 * (axes.left + axes.right);
        let name = Label::new(middle, axes.bottom + 24.0, tr!("iteration t"), Role::Tick);
        placing.fix(name.at(Anchor::Middle, Baseline::Top));
        for (curve, line) in drawn.iter().zip(&lines) {
            let Some((x, y)) = line.last() else { continue };
            let (name, _) =
                self.figure.series[curve.series].split_once(',').unwrap_or((self.figure.series[curve.series], ""));
            let role = if self.figure.plain == Some(curve.series) { Role::Descent } else { Role::Learner };
            let text = format!("{name}, r̃ = {}", rounded(curve.x, (0, 1)));
            let beside = [0.0, -9.0, 9.0, -18.0, 18.0, -24.0, 24.0]
                .map(|by| ((x + 6.0, y + by), (Anchor::Start, Baseline::Middle)));
            placing.put(places(&text, role, beside));
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

    fn curve(series: usize, x: f64) -> CurveRecord {
        let steps: Vec<usize> = (0..=50).map(|i| 40 * i).collect();
        let mean = steps.iter().map(|t| -0.7 - *t as f64 / (300.0 + 10.0 * x + 200.0 * series as f64)).collect();
        CurveRecord { series, x, deviation: vec![0.05; steps.len()], steps, mean }
    }

    #[test]
    fn three_widths_are_drawn_and_named_apart() {
        let figure = Figure::by_number(3).expect("a figure");
        let curves: Vec<CurveRecord> =
            [10.0, 20.0, 40.0, 80.0, 160.0].iter().flat_map(|x| [curve(0, *x), curve(1, *x)]).collect();
        let snapshot = Snapshot { size: (760.0, 400.0), figure, curves: &curves };
        assert_eq!(
            snapshot.drawn().iter().map(|curve| curve.x).collect::<Vec<_>>(),
            [10.0, 10.0, 40.0, 40.0, 160.0, 160.0]
        );
        let labels = snapshot.labels(&[]);
        let named = labels.iter().filter(|label| label.text.contains("r̃")).count();
        assert!(named >= 5, "{named} of 6 curves are named");
        for (i, label) in labels.iter().enumerate() {
            let extent = Extent::of(label);
            assert!(extent.is_within(snapshot.size), "{label:?}");
            assert!(!labels[..i].iter().any(|other| Extent::of(other).meets(&extent)), "{label:?}");
        }
        assert!(to_svg(&snapshot, &Palette::LIGHT, "convergence").contains("<polyline"));
        // Nothing was kept.
        let empty = Snapshot { curves: &[], ..snapshot };
        assert!(!empty.labels(&[]).is_empty());
    }
}
