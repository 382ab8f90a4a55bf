//! Risk and gradient along a run, each step in the cheaper of two ways: summed over the samples ([`Risk`]), or from the
//! tracked quadratic ([`Tracked`]). Which one is decided by counted multiply-adds, never by a clock, so that the same
//! run takes the same way everywhere.

use super::{Data, Mask, Risk, Tracked};
use crate::pause::{Pause, finish};

/// Σ r_j up to which a Gram matrix is kept: half of it takes at most 64 MB. The features kept sample by sample take as
/// much again as the data.
const LARGEST: usize = 4000;
/// Steps after which the tracked quadratic has to have paid off.
const TRIAL: u64 = 64;

/// f and ∇f along a run.
#[derive(Clone, Debug)]
pub struct Objective {
    risk: Risk,
    tracked: Option<Tracked>,
    // multiply-adds of a sum over the samples
    sum_cost: u64,
    // steps to go until the tracked quadratic takes over; none if it never does
    wait: Option<u64>,
    // the wait after the next time it did not pay off
    next_wait: u64,
    // steps left of the present trial
    trial: u64,
}

impl Objective {
    /// For weights on `mask` and samples in `data`. The tracked quadratic is considered where all samples are one part
    /// and outnumber the weights. It takes over after Σ r_j/16 steps: by then the sums have cost what the Gram matrix will
    /// (N (Σ r_j)²/8 multiply-adds), so that a run that ends soon after has lost little by it, and the first steps, on which the
    /// most activations change, are over.
    pub fn new(mask: &Mask, data: &Data) -> Self {
        let size = mask.weights();
        let worthwhile = Self::tracks(data.samples(), data.parts().len(), size);
        let wait = (size as u64).div_ceil(16);
        Self {
            risk: Risk::new(mask, data),
            tracked: None,
            sum_cost: 2 * (data.samples() * size) as u64,
            wait: worthwhile.then_some(wait),
            next_wait: 4 * wait,
            trial: TRIAL,
        }
    }

    /// Whether the tracked quadratic is considered for so many samples in so many parts and so many weights.
    pub fn tracks(samples: usize, parts: usize, weights: usize) -> bool {
        parts == 1 && (1..samples).contains(&weights) && weights <= LARGEST
    }

    /// Whether the last step was computed by the tracked quadratic.
    pub fn is_tracked(&self) -> bool {
        self.tracked.is_some()
    }

    /// f(W) of (2) over part number `part`; writes ∂f/∂W on the mask into `gradient`.
    pub fn with_gradient(&mut self, data: &Data, mask: &Mask, part: usize, w: &[f64], gradient: &mut [f64]) -> f64 {
        finish(self.with_gradient_in_slices(data, mask, part, w, gradient, &Pause::never()))
    }

    /// The same with pauses. One that is not driven to its end leaves nothing to go on with.
    pub async fn with_gradient_in_slices(
        &mut self,
        data: &Data,
        mask: &Mask,
        part: usize,
        w: &[f64],
        gradient: &mut [f64],
        pause: &Pause,
    ) -> f64 {
        let part = &data.parts()[part];
        if let Some(tracked) = &mut self.tracked {
            let value = tracked.with_gradient_in_slices(part, w, gradient, &mut self.risk, pause).await;
            self.judge();
            return value;
        }
        match &mut self.wait {
            Some(0) => {
                let mut tracked = Tracked::new_in_slices(mask, data, part, w, &mut self.risk, pause).await;
                // What it cost to build was paid by the wait.
                tracked.take_work();
                let value = tracked.with_gradient_in_slices(part, w, gradient, &mut self.risk, pause).await;
                (self.tracked, self.trial) = (Some(tracked), TRIAL);
                value
            }
            wait => {
                if let Some(wait) = wait {
                    *wait -= 1;
                }
                self.risk.with_gradient_in_slices(part, w, gradient, pause).await
            }
        }
    }

    /// Bytes that it takes beside `before`, with which it shares what has not changed since.
    pub fn bytes_beside(&self, before: Option<&Self>) -> usize {
        let tracked = |tracked: &Tracked| tracked.bytes_beside(before.and_then(|before| before.tracked.as_ref()));
        self.tracked.as_ref().map_or(0, tracked)
    }

    /// At the end of a trial: back to sums over the samples if tracking was dearer, and four times as long as before.
    fn judge(&mut self) {
        self.trial -= 1;
        if self.trial > 0 {
            return;
        }
        self.trial = TRIAL;
        let work = self.tracked.as_mut().map_or(0, Tracked::take_work);
        if work > TRIAL * self.sum_cost {
            self.tracked = None;
            self.wait = Some(self.next_wait);
            self.next_wait *= 4;
        }
    }
}
