//! The relative error over the iterations, on a logarithmic scale: the run, what the curvature at W\* predicts, earlier
//! runs as ghosts, the noise floor, and the level that counts as success.

mod axes;
mod names;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use libm::{exp10, log10};

pub use axes::Axes;

use super::pen::Place;
use super::{Chart, Colour, Drawn, Label, Palette, Pen, Role};
use crate::theory::fallen_to;
use crate::trials::{FIRST_ORDER, target};

/// An earlier run, in grey.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// Its relative errors from t = 0.
    pub relative_error: Vec<f64>,
    /// What differed: "r̃ = 20".
    pub label: String,
}

/// The run that is trained beside the one that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside<'a> {
    /// Its relative errors from t = 0 on, as far as it has ever come.
    pub relative_error: &'a [f64],
    /// t, at which it stands.
    pub now: usize,
    /// What it is called.
    pub name: &'a str,
    /// Whether it is gradient descent without momentum, which has its colour.
    pub is_descent: bool,
}

impl Beside<'_> {
    /// Its errors up to t.
    fn so_far(&self) -> &[f64] {
        so_far(self.relative_error, self.now)
    }

    /// What the name at its end is.
    fn role(&self) -> Role {
        if self.is_descent { Role::Descent } else { Role::Dense }
    }

    fn colour(&self, palette: &Palette) -> Colour {
        if self.is_descent { palette.descent } else { palette.dense }
    }
}

/// The errors of a run up to t, at which it stands.
fn so_far(relative_error: &[f64], now: usize) -> &[f64] {
    &relative_error[..relative_error.len().min(now + 1)]
}

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot<'a> {
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// The relative error from t = 0 on, as far as the run has ever come.
    pub relative_error: &'a [f64],
    /// Whether that is the training loss, of which nothing is known beforehand: there is no oracle to be near to.
    pub is_loss: bool,
    /// t, at which it stands.
    pub now: usize,
    /// What it is called.
    pub name: &'a str,
    /// The run that is trained beside it.
    pub beside: Option<Beside<'a>>,
    /// ν, predicted by the curvature at W\*; drawn from e_0 on.
    pub predicted_rate: Option<f64>,
    /// The rate last predicted for another run: the axes expect it while the own one is being computed.
    pub rate_before: Option<f64>,
    /// T, at which the run ends at the latest.
    pub most_steps: usize,
    /// The relative error at which noise keeps the learner; 0 without noise.
    pub noise_floor: f64,
    /// Earlier runs, the oldest first.
    pub ghosts: &'a [Ghost],
    /// The iteration under the pointer.
    pub cursor: Option<usize>,
    /// Whether the predicted line is pointed out.
    pub lights_prediction: bool,
}

impl Snapshot<'_> {
    /// The axes.
    pub fn axes(&self) -> Axes {
        Axes::of(self)
    }

    /// e_0 … e_t.
    fn so_far(&self) -> &[f64] {
        so_far(self.relative_error, self.now)
    }

    /// The relative error that counts as success; no loss does.
    fn success_level(&self) -> Option<f64> {
        (!self.is_loss).then(|| target(Some(self.noise_floor)))
    }

    /// The places of a run's errors, at most two to a pixel column: the least and the largest; and the last one. It
    /// ends before an error of exactly 0.
    fn curve(axes: &Axes, errors: &[f64]) -> Vec<Place> {
        let errors = &errors[..errors.iter().position(|error| *error == 0.0).unwrap_or(errors.len())];
        let place = |t: usize| (axes.x(t as f64), axes.y(errors[t]));
        let per_column = (axes.last / (axes.right - axes.left)) as usize;
        if per_column < 2 {
            return (0..errors.len()).map(place).collect();
        }
        let mut places = Vec::new();
        for (column, chunk) in errors.chunks(per_column).enumerate() {
            let extreme = |better: fn(&f64, &f64) -> bool| {
                (1..chunk.len()).fold(0, |best, i| if better(&chunk[i], &chunk[best]) { i } else { best })
            };
            let (least, most) = (extreme(|a, b| a < b), extreme(|a, b| a > b));
            places.extend([least.min(most), least.max(most)].map(|i| place(column * per_column + i)));
        }
        places.extend(errors.len().checked_sub(1).map(place));
        places.dedup();
        places
    }

    /// The noise floor where it can be one: known to first order only, it says nothing far from W\* or above the start.
    fn floor_shown(&self) -> Option<f64> {
        let start = *self.relative_error.first()?;
        Some(self.noise_floor).filter(|floor| *floor > 0.0 && *floor < FIRST_ORDER.min(start))
    }

    /// The two ends of the predicted line, cut at the axes.
    fn predicted_line(&self, axes: &Axes) -> Option<[Place; 2]> {
        let (rate, start) = (self.predicted_rate.filter(|rate| *rate < 1.0)?, *self.relative_error.first()?);
        if start <= 0.0 {
            return None;
        }
        let decades_a_step = log10(rate);
        let end = ((axes.lowest - log10(start)) / decades_a_step).clamp(0.0, axes.last);
        let error_at_end = fallen_to(start, rate, end);
        Some([(axes.x(0.0), axes.y(start)), (axes.x(end), axes.y(error_at_end))])
    }
}

impl Chart for Snapshot<'_> {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn draw(&self, pen: &Pen, palette: &Palette) -> Drawn {
        let axes = self.axes();
        for decade in axes.decades() {
            pen.line(&axes.across(exp10(f64::from(decade))), palette.track, 0.5)?;
        }
        pen.line(&[(axes.left, axes.bottom), (axes.right, axes.bottom)], palette.soft, 1.0)?;
        for (t, _) in axes.ticks() {
            pen.line(&[(axes.x(t), axes.bottom), (axes.x(t), axes.bottom + 4.0)], palette.soft, 1.0)?;
        }
        if let Some(level) = self.success_level() {
            pen.dashed(&axes.across(level), 1.5, 2.5, palette.success, 1.2)?;
        }
        if let Some(floor) = self.floor_shown() {
            pen.dashed(&axes.across(floor), 6.0, 4.0, palette.soft, 1.2)?;
        }
        for (age, ghost) in self.ghosts.iter().rev().enumerate() {
            let colour = super::palette::mix(palette.soft, palette.paper, 0.25 + 0.15 * age as f64);
            pen.line(&Self::curve(&axes, &ghost.relative_error), colour, 1.2)?;
        }
        if let Some(line) = self.predicted_line(&axes) {
            let (colour, width) = if self.lights_prediction { (palette.ink, 2.2) } else { (palette.soft, 1.3) };
            pen.dashed(&line, 6.0, 5.0, colour, width)?;
        }
        let beside = self.beside.as_ref();
        let twin = beside.map(|twin| (twin.relative_error, twin.so_far(), twin.colour(palette)));
        for (whole, so_far, colour) in twin.into_iter().chain([(self.relative_error, self.so_far(), palette.learner)]) {
            if so_far.len() < whole.len() {
                pen.line(&Self::curve(&axes, whole), super::palette::mix(colour, palette.paper, 0.6), 1.6)?;
            }
            let curve = Self::curve(&axes, so_far);
            pen.line(&curve, colour, 2.4)?;
            if let Some(end) = curve.last() {
                pen.disc(*end, 4.5, colour)?;
            }
        }
        if let Some(t) = self.cursor.filter(|t| self.relative_error.get(*t).is_some_and(|error| *error > 0.0)) {
            let place = (axes.x(t as f64), axes.y(self.relative_error[t]));
            pen.line(&[(place.0, axes.top), (place.0, axes.bottom)], palette.soft, 0.7)?;
            pen.circle(place, 5.5, palette.ink, 1.5)?;
        }
        Ok(())
    }

    fn labels(&self, before: &[Label]) -> Vec<Label> {
        names::labels(self, &self.axes(), before)
    }
}
