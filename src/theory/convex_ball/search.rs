//! One search for the nearest point at which the population risk is not convex: where it begins, and how it goes on.

use crate::linear_algebra::vectors::{add, dot, generic, norm, scaled};
use crate::linear_algebra::{Ritz, cycle, lowest};
use crate::network::{Curving, Mask};
use crate::pause::Pause;

/// Share of the curvature across the moved neuron that is taken off it where its directions of least curvature are asked
/// for, so that they lie in its own weights.
const TILT: f64 = 0.3;
/// Products with H for those directions.
const PRODUCTS: usize = 20;
/// Residuals of λ_min at first and at last.
const RESIDUALS: (f64, f64) = (0.03, 1e-5);
/// A search has ended when its step is below this, in units of |W\*|.
const SHORT: f64 = 1e-5;

/// The points from which the searches at neuron `j` begin.
pub(super) async fn starts(
    curving: &mut Curving<'_>,
    mask: &Mask,
    oracle: &[f64],
    j: usize,
    directions: usize,
    shape: (f64, f64),
    pause: &Pause,
) -> Vec<Search> {
    let range = mask.range(j);
    let length = norm(&oracle[range.clone()]);
    let along = scaled(&oracle[range.clone()], 1.0 / length);
    curving.move_to(oracle);
    let mut guess = scaled(&generic(oracle.len()), 0.1);
    for entry in &mut guess[range.clone()] {
        *entry *= 10.0;
    }
    // Less curvature across w_j in its own weights.
    let mut tilted = |v: &[f64]| {
        let mut product = curving.multiply(v);
        let own = &v[range.clone()];
        add(&mut product[range.clone()], -TILT, own);
        add(&mut product[range.clone()], TILT * dot(own, &along), &along);
        product
    };
    let pairs = cycle(&guess, PRODUCTS, directions, &mut tilted, pause).await;
    let mut searches = Vec::new();
    for pair in &pairs {
        let mut across = pair.vector[range.clone()].to_vec();
        let share = dot(&across, &along);
        add(&mut across, -share, &along);
        let width = norm(&across);
        if width < 1e-9 {
            continue;
        }
        for sign in [1.0, -1.0] {
            let (size, angle) = (shape.0 * length, shape.1);
            let mut turned = scaled(&along, size * libm::cos(angle));
            add(&mut turned, sign * size * libm::sin(angle) / width, &across);
            let mut w = oracle.to_vec();
            w[range.clone()].copy_from_slice(&turned);
            searches.push(Search::at(curving, w, &pair.vector, pause).await);
        }
    }
    searches
}

/// A search under way.
pub(super) struct Search {
    /// W on the mask, in units of |W\*|.
    pub w: Vec<f64>,
    /// λ_min(K² H) there, with its vector.
    pub low: Ritz,
    // its gradient there
    slope: Vec<f64>,
    // length of the last step
    step: f64,
}

impl Search {
    async fn at(curving: &mut Curving<'_>, w: Vec<f64>, guess: &[f64], pause: &Pause) -> Self {
        curving.move_to(&w);
        let low = lowest(guess, RESIDUALS.0, &mut |v| curving.multiply(v), pause).await;
        let slope = curving.slope(&low.vector);
        Self { w, low, slope, step: 1.0 }
    }

    /// Distance of the plane on which the linearised λ_min vanishes: about how near this search will come.
    pub fn promises(&self, oracle: &[f64]) -> f64 {
        let away = difference(&self.w, oracle);
        ((dot(&self.slope, &away) - self.low.value) / norm(&self.slope)).abs()
    }

    /// Up to `steps` further steps; fewer once they are short or no longer pay.
    pub async fn advance(&mut self, curving: &mut Curving<'_>, oracle: &[f64], steps: usize, pause: &Pause) {
        for _ in 0..steps {
            let residual = (0.1 * self.step).clamp(RESIDUALS.1, RESIDUALS.0);
            if self.step < SHORT || !self.advance_once(curving, oracle, residual, pause).await {
                return;
            }
        }
    }

    /// One step towards the nearest point of the linearised surface; false if no shortened one pays either.
    async fn advance_once(&mut self, curving: &mut Curving<'_>, oracle: &[f64], residual: f64, pause: &Pause) -> bool {
        const HALVINGS: usize = 8;
        let away = difference(&self.w, oracle);
        let square = dot(&self.slope, &self.slope);
        let mut step = scaled(&self.slope, (dot(&self.slope, &away) - self.low.value) / square);
        add(&mut step, -1.0, &away);
        let length = norm(&step);
        let weight = 2.0 * norm(&away) / square.sqrt();
        let merit = |away: &[f64], value: f64| 0.5 * dot(away, away) + weight * value.abs();
        let before = merit(&away, self.low.value);
        let mut share = 1.0;
        for _ in 0..HALVINGS {
            let mut w = self.w.clone();
            add(&mut w, share, &step);
            curving.move_to(&w);
            let low = lowest(&self.low.vector, residual, &mut |v| curving.multiply(v), pause).await;
            if merit(&difference(&w, oracle), low.value) < before - 1e-5 * share * length * length {
                self.slope = curving.slope(&low.vector);
                (self.w, self.low, self.step) = (w, low, share * length);
                return true;
            }
            share *= 0.5;
        }
        false
    }
}

pub(super) fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
