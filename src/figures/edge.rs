//! Where half of the trials of a column succeed.

use libm::{exp, log};
use serde::{Deserialize, Serialize};

use crate::language::{message, tr};
use crate::statistics::{Estimate, Logistic};

/// How the picture of a figure whose edge is sought shows the trials around it.
pub(super) const SHARES: &str = message!(
    "green discs, beside the points of their width, tell the share of trials that succeed, by their area; × where none does"
);

/// Along which scale the edge is sought, and on which side of it trials succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweep {
    /// Success below the edge: a distance.
    Down,
    /// Success above the edge, fitted in the logarithm: a number of samples.
    UpInLogarithm,
}

/// The value of a swept variable at which half of the trials succeed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edge {
    /// By a logistic fit, within the values that were tried.
    At(Estimate),
    /// Above all values that were tried.
    Above,
    /// Below all values that were tried.
    Below,
    /// The trials do not say.
    Unclear,
}

/// A side of the values that were tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Above the largest.
    Above,
    /// Below the least.
    Below,
}

impl Side {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Side::Above => tr!("above all that was tried"),
            Side::Below => tr!("below all that was tried"),
        }
    }
}

/// To the scale on which an edge is fitted, or back.
type Scale = fn(f64) -> f64;

impl Edge {
    /// Of trials, each by the swept value and whether it succeeded.
    pub fn of(trials: &[(f64, bool)], sweep: Sweep) -> Self {
        let (succeeding, failing) = match sweep {
            Sweep::Down => (Edge::Above, Edge::Below),
            Sweep::UpInLogarithm => (Edge::Below, Edge::Above),
        };
        let successes = trials.iter().filter(|(_, success)| *success).count();
        if trials.is_empty() {
            return Edge::Unclear;
        } else if successes == trials.len() {
            return succeeding;
        } else if successes == 0 {
            return failing;
        }
        let (forth, back): (Scale, Scale) = match sweep {
            Sweep::Down => (|value| value, |value| value),
            Sweep::UpInLogarithm => (log, exp),
        };
        let points: Vec<(f64, bool)> = trials.iter().map(|(value, success)| (forth(*value), *success)).collect();
        let falls = sweep == Sweep::Down;
        let Some(fit) = Logistic::fit(&points).filter(|fit| (fit.slope() < 0.0) == falls) else { return Edge::Unclear };
        let half = fit.half();
        let tried = |best: fn(f64, f64) -> f64, from| trials.iter().fold(from, |value, trial| best(value, trial.0));
        let (least, most) = (tried(f64::min, f64::INFINITY), tried(f64::max, f64::NEG_INFINITY));
        let edge = Estimate { value: back(half.value), low: back(half.low), high: back(half.high) };
        if edge.value < least {
            Edge::Below
        } else if edge.value > most {
            Edge::Above
        } else {
            // A distance is not negative, whatever the normal interval says.
            Edge::At(Estimate { low: edge.low.max(0.0), ..edge })
        }
    }

    /// On which side of the values that were tried it lies, if it does not lie among them.
    pub fn side(&self) -> Option<Side> {
        match self {
            Edge::Above => Some(Side::Above),
            Edge::Below => Some(Side::Below),
            Edge::At(_) | Edge::Unclear => None,
        }
    }

    /// The estimate, where there is one.
    pub fn estimate(&self) -> Option<Estimate> {
        if let Edge::At(estimate) = self { Some(*estimate) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Ten trials at each of these values, succeeding where `succeeds`.
    fn tried(values: &[f64], succeeds: impl Fn(f64, usize) -> bool) -> Vec<(f64, bool)> {
        values.iter().flat_map(|value| (0..10).map(|i| (*value, succeeds(*value, i))).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn the_edge_lies_between_what_succeeds_and_what_fails() {
        let distances = [0.2, 0.4, 0.6, 0.8, 1.0];
        let share = |value: f64, i: usize| (i as f64 + 0.5) < 10.0 * (1.1 - value);
        let Edge::At(edge) = Edge::of(&tried(&distances, share), Sweep::Down) else { panic!("an edge") };
        assert!((edge.value - 0.6).abs() < 0.05 && edge.low < 0.6 && edge.high > 0.6, "{edge:?}");
        let samples = [100.0, 141.0, 200.0, 283.0, 400.0];
        let Edge::At(edge) = Edge::of(&tried(&samples, |value, i| value + i as f64 > 204.0), Sweep::UpInLogarithm)
        else {
            panic!("an edge")
        };
        assert!((180.0..230.0).contains(&edge.value) && edge.low > 0.0, "{edge:?}");
    }

    #[test]
    fn an_edge_outside_of_what_was_tried_is_censored() {
        let values = [0.2, 0.6, 1.0];
        assert_eq!(Edge::of(&tried(&values, |_, _| true), Sweep::Down), Edge::Above);
        assert_eq!(Edge::of(&tried(&values, |_, _| false), Sweep::Down), Edge::Below);
        assert_eq!(Edge::of(&tried(&values, |_, _| true), Sweep::UpInLogarithm), Edge::Below);
        assert_eq!(Edge::of(&tried(&values, |_, _| false), Sweep::UpInLogarithm), Edge::Above);
        assert_eq!(Edge::of(&tried(&values, |value, i| value < 1.0 || i < 9), Sweep::Down), Edge::Above);
        assert_eq!(Edge::of(&tried(&values, |value, _| value > 0.5), Sweep::Down), Edge::Unclear);
        assert_eq!(Edge::of(&[], Sweep::Down), Edge::Unclear);
    }
}
