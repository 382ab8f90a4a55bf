//! c(K), which the theorems leave open: the samples a weight, N/Σ r_j, from which 95 % of the starts at λ = 0.2 find the
//! oracle within T steps.
//!
//! Calibrated here, not in the paper, for η = K/14, β = 0.9 and no noise; over the three overlaps and several r_j, to
//! which N/Σ r_j carries over and N/r̃ does not. `recorded/samples.json` holds the same numbers with the counts behind
//! them and the command that repeats them; a test compares the two.

use crate::language::tr;
use crate::notation::grouped;
use crate::spec::{LearnerMask, Spec, StepSize};

/// The step caps T that were calibrated, ascending.
pub const CALIBRATED_STEPS: [usize; 3] = [1200, 3000, 10_000];

/// The distance λ of the starts that were calibrated.
pub const CALIBRATED_DISTANCE: f64 = 0.2;

/// The momentum that was calibrated.
pub const CALIBRATED_MOMENTUM: f64 = 0.9;

/// The most samples a weight that were tried.
pub const MOST_SAMPLES_A_WEIGHT: usize = 8;

/// 100 c(K) for K = 1 … 12, at each of [`CALIBRATED_STEPS`], rounded up; none where even the most samples a weight were
/// not enough. Hundredths are whole, so that thresholds are exact.
pub const HUNDREDTHS: [[Option<usize>; 3]; 12] = [
    [Some(309), Some(298), Some(286)],
    [Some(251), Some(209), Some(186)],
    [Some(206), Some(185), Some(152)],
    [Some(221), Some(182), Some(143)],
    [Some(234), Some(171), Some(137)],
    [Some(265), Some(169), Some(135)],
    [Some(306), Some(182), Some(137)],
    [Some(388), Some(198), Some(139)],
    [Some(447), Some(205), Some(146)],
    [Some(583), Some(218), Some(147)],
    [None, Some(239), Some(156)],
    [None, Some(256), Some(145)],
];

/// What was calibrated for a Spec.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enough {
    // 100 c(K)
    hundredths: usize,
    /// The step cap that it was calibrated for: the largest one that the Spec's own T allows.
    pub steps: usize,
}

/// Why nothing was calibrated for a Spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCalibrated {
    /// η, β, σ or the batches differ from what was calibrated.
    OtherSetting,
    /// T is below the least step cap that was calibrated.
    FewerSteps,
    /// No number of samples that was tried was enough.
    NeverEnough {
        /// The step cap within which it was not.
        steps: usize,
        /// The most samples a weight that were tried.
        most: usize,
    },
}

impl NotCalibrated {
    /// The same in words, for a Spec of `neurons` neurons.
    pub fn reason(self, neurons: usize) -> String {
        match self {
            NotCalibrated::OtherSetting => tr!(
                "c(K) is calibrated for η\u{a0}=\u{a0}K/14, β\u{a0}=\u{a0}{momentum}, whole samples, exact masks and \
                 no noise only",
                momentum = CALIBRATED_MOMENTUM
            ),
            NotCalibrated::FewerSteps => {
                tr!("c(K) is calibrated from T\u{a0}=\u{a0}{steps} on", steps = grouped(CALIBRATED_STEPS[0]))
            }
            NotCalibrated::NeverEnough { steps, most } => tr!(
                "even {most} samples a weight were not enough for K\u{a0}=\u{a0}{neurons} within {steps}\u{a0}steps",
                most,
                neurons,
                steps = grouped(steps)
            ),
        }
    }
}

impl Enough {
    /// For the setting of `spec`, within the largest calibrated step cap that its T allows: more steps never hurt, so what
    /// is enough within fewer steps is enough.
    ///
    /// # Errors
    /// Why nothing was calibrated.
    pub fn of(spec: &Spec) -> Result<Self, NotCalibrated> {
        let column = CALIBRATED_STEPS.iter().rposition(|steps| *steps <= spec.max_steps);
        Self::in_column(spec, column.ok_or(NotCalibrated::FewerSteps))
    }

    /// For the setting of `spec`, within the least calibrated step cap that is not below its T: what is too little within
    /// more steps is too little. None where nothing was calibrated.
    pub fn with_more_steps(spec: &Spec) -> Option<Self> {
        let column = CALIBRATED_STEPS.iter().position(|steps| *steps >= spec.max_steps)?;
        Self::in_column(spec, Ok(column)).ok()
    }

    fn in_column(spec: &Spec, column: Result<usize, NotCalibrated>) -> Result<Self, NotCalibrated> {
        let theorems_own = Spec { step_size: StepSize::Auto, ..spec.clone() }.eta();
        let other_mask = match spec.mask {
            _ if !spec.painted.is_empty() => true,
            LearnerMask::Exact => false,
            LearnerMask::Wrong => spec.missed + spec.extra > 0.0,
            LearnerMask::Dense => true,
        };
        let other_run = spec.eta() != theorems_own || spec.momentum != CALIBRATED_MOMENTUM || spec.parts() > 1;
        if other_mask || other_run || spec.noise > 0.0 {
            return Err(NotCalibrated::OtherSetting);
        }
        let column = column?;
        let steps = CALIBRATED_STEPS[column];
        let never = NotCalibrated::NeverEnough { steps, most: MOST_SAMPLES_A_WEIGHT };
        Ok(Self { hundredths: HUNDREDTHS[spec.neurons - 1][column].ok_or(never)?, steps })
    }

    /// c(K).
    pub fn samples_a_weight(&self) -> f64 {
        self.hundredths as f64 / 100.0
    }

    /// The least N that is enough for `weights` weights: ⌈c(K) Σ r_j⌉.
    pub fn samples(&self, weights: usize) -> usize {
        (self.hundredths * weights).div_ceil(100)
    }

    /// The most weights for which `samples` samples are enough: ⌊N/c(K)⌋.
    pub fn weights(&self, samples: usize) -> usize {
        100 * samples / self.hundredths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn thresholds_are_exact_to_the_sample_and_to_the_weight() {
        let enough = Enough { hundredths: 145, steps: 3000 };
        // 1.45 · 100 is 145, which floating point exceeds.
        assert_eq!((enough.samples(100), enough.samples(101)), (145, 147));
        assert_eq!((enough.weights(145), enough.weights(144), enough.weights(147)), (100, 99, 101));
        for weights in 1..2000 {
            assert_eq!(enough.weights(enough.samples(weights)), weights);
            assert!(enough.weights(enough.samples(weights) - 1) < weights);
        }
    }

    #[test]
    fn a_setting_is_served_by_the_largest_step_cap_it_allows() {
        let spec = |max_steps| Spec { max_steps, ..Spec::default() };
        let steps = |max_steps| Enough::of(&spec(max_steps)).map(|enough| enough.steps);
        assert_eq!([1200, 2999, 3000, 100_000].map(steps), [Ok(1200), Ok(1200), Ok(3000), Ok(10_000)]);
        assert_eq!(steps(1199), Err(NotCalibrated::FewerSteps));
        let more = |max_steps| Enough::with_more_steps(&spec(max_steps)).map(|enough| enough.steps);
        assert_eq!([1, 1200, 1201, 10_000, 10_001].map(more), [Some(1200), Some(1200), Some(3000), Some(10_000), None]);
        for other in [
            Spec { momentum: 0.5, ..spec(10_000) },
            Spec { noise: 0.01, ..spec(10_000) },
            Spec { step_size: StepSize::Fixed(0.5), ..spec(10_000) },
            Spec { batches: crate::spec::Batches::Disjoint, ..spec(10_000) },
        ] {
            assert_eq!(Enough::of(&other), Err(NotCalibrated::OtherSetting));
        }
        let same = Spec { step_size: StepSize::Fixed(5.0 / 14.0), ..spec(10_000) };
        assert!(Enough::of(&same).is_ok());
        let late = Enough::of(&Spec { neurons: 12, ..spec(1200) });
        assert_eq!(late, Err(NotCalibrated::NeverEnough { steps: 1200, most: 8 }));
    }

    #[test]
    fn more_steps_never_need_more_samples() {
        for row in HUNDREDTHS {
            let known: Vec<usize> = row.into_iter().flatten().collect();
            assert!(known.is_sorted_by(|fewer_steps, more_steps| fewer_steps >= more_steps), "{row:?}");
        }
    }
}
