//! The sentence that says where a run stands: the page's status line, and what screen readers hear. When the page says it is
//! decided in `src/session/status_line.rs`.

use super::fall;
use crate::language::tr;
use crate::network::{Agreement, Population, Projection, Weights};
use crate::notation::{after_steps, as_power_of_ten, grouped, scientific, within_steps};
use crate::spec::{FOUND, SETTLED, Spec};
use crate::theory::measured_rate;
use crate::training::StopReason;

/// The noise floor, known to first order only, is taken for one below this relative error: farther from W\* the risk is
/// no longer the quadratic that it was computed from.
pub const FIRST_ORDER: f64 = 0.3;

/// What the sentence is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// t.
    pub step: usize,
    /// e_t.
    pub relative_error: f64,
    /// ν measured so far.
    pub rate_measured: Option<f64>,
    /// ν predicted.
    pub rate_predicted: Option<f64>,
    /// Relative error at which noise keeps the learner; 0 without noise, none where unknown.
    pub noise_floor: Option<f64>,
    /// N.
    pub samples: usize,
    /// Σ r_j.
    pub weights: usize,
    /// How far the mask agrees with the oracle's.
    pub agreement: Agreement,
    /// The least relative error of any learner on the mask; 0 for an accurate one.
    pub least_error: f64,
    /// The test error on infinitely many fresh samples, where the masks differ.
    pub test_error: Option<f64>,
    /// Why the run ended; none while it goes on.
    pub stopped: Option<StopReason>,
    /// Whether it is on its way to the oracle, by its gradient.
    pub falling: bool,
    /// Two neurons, counted from 0, that no data can tell apart: the same only feature, with weights of the same sign.
    pub twins: Option<(usize, usize)>,
    /// Steps of one pass over the samples where each step takes a part of its own; none where it takes all.
    pub pass: Option<usize>,
}

/// Why data do not tell the oracle from other W near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ambiguity {
    /// Two neurons, counted from 0, have the same only feature.
    Twins(usize, usize),
    /// N < Σ r_j.
    FewSamples,
    /// The Hessian of the sample at W\* has an eigenvalue 0.
    FlatDirection,
}

/// A run as far as it has come.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// The run.
    pub spec: &'a Spec,
    /// W\*, on its own mask.
    pub oracle: &'a Weights,
    /// What the learner's mask keeps of it.
    pub kept: &'a Projection,
    /// e_0 … e_t.
    pub relative_error: &'a [f64],
    /// W(t) on the learner's mask, where it is known.
    pub weights: Option<&'a [f64]>,
    /// Why it ended; none while it goes on.
    pub stopped: Option<StopReason>,
    /// Whether it is on its way to the oracle, by its gradient.
    pub falling: bool,
}

impl Standing {
    /// Of a run of which the curvature predicts the rate and the noise floor; none before it is set up.
    pub fn of(course: &Course, rate_predicted: Option<f64>, noise_floor: Option<f64>) -> Option<Self> {
        let Course { spec, oracle, kept, relative_error, weights, stopped, falling } = *course;
        let step = relative_error.len().checked_sub(1)?;
        // Where the masks do not differ, it says no more than the relative error.
        let weights = weights.filter(|_| kept.agreement().differs());
        Some(Self {
            step,
            relative_error: relative_error[step],
            rate_measured: noise_floor.and_then(|floor| measured_rate(relative_error, floor)),
            rate_predicted,
            noise_floor,
            samples: spec.samples,
            weights: kept.mask().weights(),
            agreement: kept.agreement(),
            least_error: kept.least_error(),
            test_error: weights.map(|w| Population::new(kept.mask(), oracle).test_error(w, kept)),
            stopped,
            falling,
            twins: kept.mask().twins(kept.values()),
            pass: Some(spec.parts()).filter(|parts| *parts > 1),
        })
    }

    /// One sentence, with the words "relative error" in it.
    pub fn sentence(&self) -> String {
        let test = |error| tr!(", test error {error}", error = scientific(error));
        let error = scientific(self.relative_error) + &self.test_error.map_or(String::new(), test);
        let after = after_steps(self.step) + self.beyond();
        match self.stopped {
            None if self.step == 0 => tr!(
                "At the start: relative error {error}, with N\u{a0}=\u{a0}{n} samples for {weights} unpruned \
                 weights{masks}.",
                error,
                n = grouped(self.samples),
                weights = grouped(self.weights),
                masks = self.masks()
            ),
            None => tr!(
                "Step\u{a0}{step}: relative error {error}{course}.",
                step = grouped(self.step) + self.beyond(),
                error,
                course = self.course()
            ),
            Some(StopReason::Converged) => self.converged(error, after),
            Some(StopReason::MaxSteps) if self.relative_error < FOUND => tr!(
                "Converged to the oracle {within}, the step cap{beyond}: relative error {error}{rates}.",
                within = within_steps(self.step),
                beyond = self.beyond(),
                error,
                rates = self.rates()
            ),
            Some(StopReason::MaxSteps) if self.is_falling() && self.rate_predicted.is_some() => tr!(
                "Stopped by the step cap {after}, still falling{beyond}: relative error {error}{course}.",
                after = after_steps(self.step),
                beyond = self.beyond(),
                error,
                course = self.course()
            ),
            Some(StopReason::MaxSteps) => {
                let course = self.course();
                tr!("Stopped by the step cap {after}: relative error {error}{course}.", after, error, course)
            }
            Some(StopReason::Diverged) => {
                let after = after_steps(self.step);
                tr!("Diverged {after}: the step size is too large; relative error {error}.", after, error)
            }
        }
    }

    fn converged(&self, error: String, after: String) -> String {
        if self.relative_error < FOUND {
            let rates = self.rates();
            return tr!("Converged to the oracle {after}: relative error {error}{rates}.", after, error, rates);
        }
        match self.at_floor() {
            Some(floor) => tr!(
                "Converged {after} to a relative error of {error}; the noise floor is {floor}.",
                after,
                error,
                floor
            ),
            None if self.is_falling() => tr!(
                "Stopped while still falling, {after}: relative error {error}; the steps of so slow a run are below \
                 the stopping rule’s {settled}.",
                after,
                error,
                settled = as_power_of_ten(SETTLED)
            ),
            None => {
                let why = self.why_not();
                tr!("Stopped elsewhere {after}: relative error {error}{why}.", after, error, why)
            }
        }
    }

    /// What makes the oracle no end that more steps would come to, where something is known to: several W explain the
    /// same data.
    pub(super) fn ambiguity(&self) -> Option<Ambiguity> {
        if let Some((one, other)) = self.twins {
            Some(Ambiguity::Twins(one, other))
        } else if self.samples < self.weights {
            Some(Ambiguity::FewSamples)
        } else {
            // Exactly: an eigenvalue of the Hessian is zero.
            (self.rate_predicted == Some(1.0)).then_some(Ambiguity::FlatDirection)
        }
    }

    /// Whether it is on its way to the oracle, and nothing that is known stands in that way.
    pub(super) fn is_falling(&self) -> bool {
        self.falling
            && self.ambiguity().is_none()
            && self.rate_predicted.is_none_or(|rate| rate < 1.0)
            && !self.is_drowned()
    }

    /// Whether noise is there, and where it keeps the learner is not known.
    pub(super) fn is_drowned(&self) -> bool {
        self.noise_floor.is_none_or(|floor| floor >= FIRST_ORDER)
    }

    /// What of the theorem a wrong mask takes away.
    fn masks(&self) -> String {
        let (missed, extra) = (grouped(self.agreement.missed), grouped(self.agreement.extra));
        let nothing = if self.agreement.missed == 1 {
            tr!("; 1\u{a0}oracle weight is missed: the theorem promises nothing").to_owned()
        } else {
            tr!("; {missed}\u{a0}oracle weights are missed: the theorem promises nothing", missed)
        };
        match self.agreement {
            Agreement { missed: 0, extra: 0, .. } => String::new(),
            Agreement { missed: 0, .. } => {
                tr!(", {extra} of them extra: the theorem now speaks of this wider mask", extra)
            }
            Agreement { extra: 0, .. } => nothing,
            _ => tr!(", {extra} of them extra", extra) + &nothing,
        }
    }

    /// The noise floor in words, where the run sits on it.
    fn at_floor(&self) -> Option<String> {
        self.noise_floor
            .filter(|floor| *floor > 0.0 && *floor < FIRST_ORDER && self.relative_error < 3.0 * floor)
            .map(scientific)
    }

    /// The theorem speaks of fresh samples at each step: of the first pass only.
    fn beyond(&self) -> &'static str {
        match self.pass {
            Some(pass) if self.step > pass => tr!(" (beyond the first pass, of which the theorem speaks)"),
            _ => "",
        }
    }

    /// How it goes on, short of the end.
    fn course(&self) -> String {
        match self.at_floor() {
            _ if self.step == 0 || self.relative_error < FOUND => self.rates(),
            Some(floor) => tr!(", near the noise floor of {floor}", floor),
            None if !self.agreement.is_accurate() || self.ambiguity().is_some() => self.why_not(),
            // Before the forecast has come, the floor is merely not known yet.
            None if self.is_drowned() && self.rate_predicted.is_some_and(|rate| rate < 1.0) => self.why_not(),
            None => self.rates(),
        }
    }

    /// Why it ends away from the oracle, as far as that is known.
    fn why_not(&self) -> String {
        if !self.agreement.is_accurate() {
            let (missed, least) = (grouped(self.agreement.missed), scientific(self.least_error));
            return if self.agreement.missed == 1 {
                tr!("; the mask misses 1\u{a0}oracle weight, so the error cannot fall below {least}", least)
            } else {
                tr!(
                    "; the mask misses {missed}\u{a0}oracle weights, so the error cannot fall below {least}",
                    missed,
                    least
                )
            };
        }
        let (n, weights) = (grouped(self.samples), grouped(self.weights));
        match self.ambiguity() {
            Some(Ambiguity::Twins(j, k)) => tr!(
                "; neurons\u{a0}{one} and\u{a0}{other} have the same only feature, so no data can tell their weights \
                 apart",
                one = j + 1,
                other = k + 1
            ),
            Some(Ambiguity::FewSamples) => {
                tr!("; N\u{a0}=\u{a0}{n} samples cannot determine {weights} weights", n, weights)
            }
            Some(Ambiguity::FlatDirection) => tr!(
                "; N\u{a0}=\u{a0}{n} samples leave a direction of the {weights} weights without curvature at W*",
                n,
                weights
            ),
            None if self.is_drowned() => tr!("; how near the noise lets it come is not known").to_owned(),
            None => tr!(", away from the oracle").to_owned(),
        }
    }

    fn rates(&self) -> String {
        match (self.rate_measured, self.rate_predicted) {
            _ if self.relative_error == 0.0 => String::new(),
            (Some(measured), Some(predicted)) if measured < 1.0 && predicted < 1.0 => {
                let (measured, predicted) = (fall(measured), fall(predicted));
                tr!(", falling by {measured} a step; the curvature at W* predicts {predicted}", measured, predicted)
            }
            (Some(measured), _) if measured < 1.0 => tr!(", falling by {measured} a step", measured = fall(measured)),
            (None, Some(predicted)) if predicted < 1.0 => {
                tr!("; the curvature at W* predicts a fall by {predicted} a step", predicted = fall(predicted))
            }
            (_, Some(predicted)) if predicted >= 1.0 => tr!("; the curvature at W* predicts no convergence").to_owned(),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests;
