//! The measured radius of the convex region: where half of the probes succeed.

use super::{FARTHEST, Outcome, Probe};
use crate::statistics::{Estimate, Logistic};

/// The measured radius of the convex region in units of |W\*|: the λ ∈ [0, 1.5] from which half of the probes succeed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Radius {
    /// All probes succeed, or more than half of those at 1.5: beyond 1.5.
    Beyond,
    /// None succeeds, or fewer than half of those at W\*.
    Zero,
    /// A logistic fit, with its 95 % interval, which is cut to [0, 1.5].
    Within(Estimate),
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
                let Estimate { value, low, high } = fit.half();
                if value >= FARTHEST {
                    Radius::Beyond
                } else if value <= 0.0 {
                    Radius::Zero
                } else {
                    Radius::Within(Estimate { value, low: low.max(0.0), high: high.min(FARTHEST) })
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

    /// The fit, where it rests on enough probes or its interval is narrow enough to be shown; none where it may lie at W\*
    /// itself, and no radius is told.
    pub fn settled(self, probes: usize) -> Option<Estimate> {
        const NARROW: f64 = 0.5;
        match self {
            Radius::Within(half) if half.low > 0.0 && (Self::is_enough(probes) || half.high - half.low < NARROW) => {
                Some(half)
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Radius {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Radius::Beyond => write!(f, "> {FARTHEST}"),
            Radius::Zero => write!(f, "0"),
            Radius::Within(Estimate { value, low, high }) => write!(f, "{value:.2} ({low:.2} to {high:.2})"),
            Radius::Unclear => write!(f, "unclear"),
        }
    }
}

#[cfg(test)]
mod tests {
    use libm::exp;

    use super::*;
    use crate::random::{Purpose, Streams};
    use crate::trials::probe_distance;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_radius_that_may_be_none_is_not_shown() {
        let half = |low| Radius::Within(Estimate { value: 0.1, low, high: 0.3 });
        assert!(half(0.0).settled(96).is_none() && half(0.05).settled(96).is_some());
    }

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
                Radius::Within(Estimate { low, high, .. }) => (low..high).contains(&0.7),
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
