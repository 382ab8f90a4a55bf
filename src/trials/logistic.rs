//! The share of successes as a logistic function of one variable, and where it crosses one half.
//!
//! Fitted by Firth's penalised likelihood (Biometrika 80, 1993): finite also where the outcomes separate perfectly,
//! which few probes often do, and less biased in small samples.

use libm::{exp, log};

use super::{FARTHEST, Outcome, Probe};

/// P(success at x) = 1/(1 + exp(−(a + b x))).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Logistic {
    intercept: f64,
    slope: f64,
    // covariance of the two: the inverse Fisher information
    covariance: [[f64; 2]; 2],
}

/// Where success has a given probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The estimate.
    pub value: f64,
    /// Lower end of its 95 % interval (delta method).
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// 97.5 % quantile of the standard normal distribution.
const TWO_SIDED_95: f64 = 1.959_963_984_540_054;
const MOST_ITERATIONS: usize = 200;

impl Logistic {
    /// Fits `points`, pairs of x and success. None if all x are equal or the iteration does not settle.
    pub fn fit(points: &[(f64, bool)]) -> Option<Self> {
        let count = points.len() as f64;
        let mean = points.iter().fold(0.0, |sum, (x, _)| sum + x) / count;
        let spread = (points.iter().fold(0.0, |sum, (x, _)| sum + (x - mean) * (x - mean)) / count).sqrt();
        if spread.is_nan() || spread <= 0.0 {
            return None;
        }
        // In standard units: u = (x − mean)/spread.
        let standard: Vec<(f64, f64)> =
            points.iter().map(|(x, success)| ((x - mean) / spread, if *success { 1.0 } else { 0.0 })).collect();
        let (mut a, mut b) = (0.0, 0.0);
        for _ in 0..MOST_ITERATIONS {
            let covariance = inverse_information(&standard, a, b)?;
            let (mut score_a, mut score_b) = (0.0, 0.0);
            for (u, y) in &standard {
                let p = 1.0 / (1.0 + exp(-(a + b * u)));
                let leverage =
                    p * (1.0 - p) * (covariance[0][0] + 2.0 * u * covariance[0][1] + u * u * covariance[1][1]);
                let residual = y - p + leverage * (0.5 - p);
                score_a += residual;
                score_b += residual * u;
            }
            let step_a = covariance[0][0] * score_a + covariance[0][1] * score_b;
            let step_b = covariance[1][0] * score_a + covariance[1][1] * score_b;
            // Steps of at most one unit: the penalised likelihood is far from quadratic where outcomes separate.
            let damping = 1.0_f64.max(step_a.abs()).max(step_b.abs());
            a += step_a / damping;
            b += step_b / damping;
            if step_a.abs().max(step_b.abs()) < 1e-10 {
                let [[aa, ab], [_, bb]] = inverse_information(&standard, a, b)?;
                // Back to x: slope b/spread, intercept a − mean b/spread.
                let shift = mean / spread;
                let cross = (ab - shift * bb) / spread;
                return Some(Self {
                    intercept: a - shift * b,
                    slope: b / spread,
                    covariance: [[aa - 2.0 * shift * ab + shift * shift * bb, cross], [cross, bb / (spread * spread)]],
                });
            }
        }
        None
    }

    /// b.
    pub fn slope(&self) -> f64 {
        self.slope
    }

    /// The x at which half succeed, −a/b.
    pub fn half(&self) -> Crossing {
        self.crossing(0.5)
    }

    /// The x at which a share `p` succeeds, (ln(p/(1 − p)) − a)/b.
    pub fn crossing(&self, p: f64) -> Crossing {
        let value = (log(p / (1.0 - p)) - self.intercept) / self.slope;
        let [[aa, ab], [_, bb]] = self.covariance;
        let error = (aa + 2.0 * value * ab + value * value * bb).max(0.0).sqrt() / self.slope.abs();
        Crossing { value, low: value - TWO_SIDED_95 * error, high: value + TWO_SIDED_95 * error }
    }
}

/// The inverse of Σ p (1 − p) (1, u)ᵀ(1, u).
fn inverse_information(points: &[(f64, f64)], a: f64, b: f64) -> Option<[[f64; 2]; 2]> {
    let (mut aa, mut ab, mut bb) = (0.0, 0.0, 0.0);
    for (u, _) in points {
        let p = 1.0 / (1.0 + exp(-(a + b * u)));
        let weight = p * (1.0 - p);
        aa += weight;
        ab += weight * u;
        bb += weight * u * u;
    }
    let determinant = aa * bb - ab * ab;
    (determinant > 0.0).then(|| [[bb / determinant, -ab / determinant], [-ab / determinant, aa / determinant]])
}

/// The measured radius of the convex region in units of |W\*|: the λ ∈ [0, 1.5] from which half of the probes succeed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Radius {
    /// All probes succeed, or more than half of those at 1.5: beyond 1.5.
    Beyond,
    /// None succeeds, or fewer than half of those at W\*.
    Zero,
    /// A logistic fit, with its 95 % interval, which is cut to [0, 1.5].
    Within(Crossing),
    /// Too few probes, or success does not fall with λ.
    Unclear,
}

impl Radius {
    /// Of these probes.
    pub fn of(probes: &[Probe]) -> Self {
        let points: Vec<(f64, bool)> =
            probes.iter().map(|probe| (probe.distance, probe.outcome == Outcome::Success)).collect();
        let successes = points.iter().filter(|(_, success)| *success).count();
        if points.is_empty() {
            return Radius::Unclear;
        }
        if successes == points.len() {
            return Radius::Beyond;
        }
        if successes == 0 {
            return Radius::Zero;
        }
        match Logistic::fit(&points) {
            Some(fit) if fit.slope() < 0.0 => {
                let Crossing { value, low, high } = fit.half();
                if value >= FARTHEST {
                    Radius::Beyond
                } else if value <= 0.0 {
                    Radius::Zero
                } else {
                    Radius::Within(Crossing { value, low: low.max(0.0), high: high.min(FARTHEST) })
                }
            }
            _ => Radius::Unclear,
        }
    }
}

impl Radius {
    /// Whether so many probes show a radius, however wide its interval is.
    pub fn is_enough(probes: usize) -> bool {
        probes >= 40
    }

    /// The fit, where it rests on enough probes or its interval is narrow enough to be shown.
    pub fn settled(self, probes: usize) -> Option<Crossing> {
        const NARROW: f64 = 0.5;
        match self {
            Radius::Within(half) if Self::is_enough(probes) || half.high - half.low < NARROW => Some(half),
            _ => None,
        }
    }
}

impl std::fmt::Display for Radius {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Radius::Beyond => write!(f, "> {FARTHEST}"),
            Radius::Zero => write!(f, "0"),
            Radius::Within(Crossing { value, low, high }) => write!(f, "{value:.2} ({low:.2} to {high:.2})"),
            Radius::Unclear => write!(f, "unclear"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Streams};
    use crate::trials::probe_distance;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Probes whose success is logistic around `half`.
    fn made_up(half: f64, steepness: f64, count: u32, seed: u64) -> Vec<Probe> {
        let mut stream = Streams::new(seed, 0).stream(Purpose::Probe, 0);
        let outcome = |distance: f64, draw: f64| {
            let success = draw < 1.0 / (1.0 + exp(steepness * (distance - half)));
            if success { Outcome::Success } else { Outcome::StoppedElsewhere }
        };
        (0..count)
            .map(|index| {
                let distance = probe_distance(index);
                Probe {
                    index,
                    distance,
                    outcome: outcome(distance, stream.uniform()),
                    steps: 100,
                    falling: false,
                    reach: None,
                }
            })
            .collect()
    }

    #[test]
    fn the_interval_covers_the_radius_about_as_often_as_it_says() {
        // 300 repetitions: the count of covered ones is 285 ± 3.8; ± 4 standard deviations, and the delta method's
        // own small-sample error on the safe side.
        let covered = (0..300)
            .filter(|seed| match Radius::of(&made_up(0.7, 10.0, 80, *seed)) {
                Radius::Within(Crossing { low, high, .. }) => (low..high).contains(&0.7),
                _ => false,
            })
            .count();
        assert!((265..=300).contains(&covered), "{covered}");
    }

    #[test]
    fn perfectly_separated_outcomes_give_the_middle_of_the_gap() {
        let Radius::Within(half) = Radius::of(&made_up(0.75, 1e6, 40, 1)) else { panic!("a radius") };
        assert!((half.value - 0.75).abs() < 0.04 && half.low < 0.75 && half.high > 0.75, "{half:?}");
    }

    #[test]
    fn one_sided_outcomes_are_not_fitted() {
        assert_eq!(Radius::of(&made_up(9.0, 1e3, 20, 1)), Radius::Beyond);
        assert_eq!(Radius::of(&made_up(-9.0, 1e3, 20, 1)), Radius::Zero);
        assert_eq!(Radius::of(&[]), Radius::Unclear);
        let rising = [(0.3, Outcome::StepCap), (0.9, Outcome::Success)].map(|(distance, outcome)| Probe {
            index: 0,
            distance,
            outcome,
            steps: 100,
            falling: false,
            reach: None,
        });
        assert_eq!(Radius::of(&rising), Radius::Unclear);
    }

    #[test]
    fn a_half_outside_the_probed_range_is_not_moved_to_its_edge() {
        let with_failures_at = |failing: &[u32]| -> Vec<Probe> {
            (0..96)
                .map(|index| {
                    let outcome = if failing.contains(&index) { Outcome::StepCap } else { Outcome::Success };
                    Probe { index, distance: probe_distance(index), outcome, steps: 100, falling: false, reach: None }
                })
                .collect()
        };
        let mut by_distance: Vec<u32> = (0..96).collect();
        by_distance.sort_by_key(|index| index.reverse_bits());
        assert_eq!(Radius::of(&with_failures_at(&by_distance[95..])), Radius::Beyond);
        assert_eq!(Radius::of(&with_failures_at(&by_distance[1..])), Radius::Zero);
    }

    #[test]
    fn probe_distances_cover_the_range_evenly_from_the_first_on() {
        for count in [1_u32, 8, 64] {
            let mut cells: Vec<usize> =
                (0..count).map(|index| (probe_distance(index) / FARTHEST * f64::from(count)) as usize).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..count as usize).collect::<Vec<_>>());
        }
    }
}
