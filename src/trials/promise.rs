//! What the theorem promises of a run, and what became of it, in one sentence.

use super::status_sentence::Ambiguity;
use super::{Standing, target};
use crate::language::tr;
use crate::notation::grouped;
use crate::training::StopReason;

/// What the theorem promises of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// All assumptions are met, and R_T says that T steps are enough.
    Given,
    /// All are met, but the start lies beyond R_T: it needs more steps.
    WithMoreSteps,
    /// Not all are met.
    No,
}

/// One sentence; no `promise` while it is not known yet.
pub fn promise_sentence(promise: Option<Promise>, standing: Option<&Standing>) -> String {
    let (Some(promise), Some(standing)) = (promise, standing) else {
        return tr!("What the theorem promises here is being computed.").to_owned();
    };
    // A start that lies so near already shows nothing.
    let found = standing.step > 0 && standing.relative_error < target(standing.noise_floor);
    match (promise, standing.stopped) {
        (Promise::Given, _) if found => tr!("The theorem promises it, and it works.").to_owned(),
        (_, _) if found => tr!("Not promised by the theorem, but works here.").to_owned(),
        (Promise::Given, None) => tr!("The theorem promises it: all four assumptions are met.").to_owned(),
        (Promise::WithMoreSteps, None) => {
            tr!("Promised by the theorem, but not within T steps: these starts need more, by R_T.").to_owned()
        }
        (Promise::No, None) if standing.least_error > target(standing.noise_floor) => {
            tr!("Not promised by the theorem, and cannot work: weights are missed.").to_owned()
        }
        (Promise::No, None) if standing.step == 0 => {
            tr!("Not promised by the theorem; Play shows whether it works.").to_owned()
        }
        (Promise::No, None) => tr!("Not promised by the theorem; whether it works will be seen.").to_owned(),
        (Promise::Given, Some(reason)) => tr!(
            "Fails, because {why}, although all four lights are met: their constants are computed or calibrated here, \
             not the theorem’s.",
            why = why(promise, standing, reason)
        ),
        (promise, Some(reason)) => tr!("Fails, because {why}.", why = why(promise, standing, reason)),
    }
}

/// Why a run that has ended did not find the oracle, as far as that is known.
fn why(promise: Promise, standing: &Standing, reason: StopReason) -> String {
    let after = match standing.step {
        1 => tr!("after T\u{a0}=\u{a0}1 step").to_owned(),
        many => tr!("after T\u{a0}=\u{a0}{count} steps", count = grouped(many)),
    };
    if !standing.agreement.is_accurate() && reason != StopReason::Diverged {
        return tr!("the mask misses {missed} of the oracle’s weights", missed = grouped(standing.agreement.missed));
    }
    let (n, weights) = (grouped(standing.samples), grouped(standing.weights));
    match standing.ambiguity() {
        Some(Ambiguity::Twins(j, k)) => {
            return tr!("no data can tell neurons\u{a0}{one} and\u{a0}{other} apart", one = j + 1, other = k + 1);
        }
        Some(Ambiguity::FewSamples) => {
            return tr!("N\u{a0}=\u{a0}{n} samples cannot determine {weights} weights", n, weights);
        }
        Some(Ambiguity::FlatDirection) if reason != StopReason::Diverged => {
            return tr!(
                "N\u{a0}=\u{a0}{samples} samples leave a direction of the {weights} weights without curvature",
                samples = n,
                weights
            );
        }
        _ => {}
    }
    if reason != StopReason::Diverged && standing.rate_predicted.is_some_and(|rate| rate > 1.0) {
        return tr!("the step size η is too large: near W* the steps grow").to_owned();
    }
    match reason {
        StopReason::Diverged => tr!("the step size η is too large: the run diverged").to_owned(),
        StopReason::MaxSteps if standing.is_falling() && promise == Promise::WithMoreSteps => {
            tr!("it was still falling {after}; promised with more", after)
        }
        StopReason::MaxSteps if standing.is_falling() => {
            tr!("it was still falling {after}; more may do", after)
        }
        StopReason::MaxSteps if standing.falling && standing.is_drowned() => {
            tr!("it was still falling {after}; noise may end that", after)
        }
        StopReason::MaxSteps if standing.noise_floor.is_none_or(|floor| floor > 0.0) => {
            tr!("the noise holds it away from the oracle {after}", after)
        }
        StopReason::MaxSteps => tr!("it hardly fell any more {after}", after),
        StopReason::Converged if standing.is_falling() => {
            tr!("its steps became smaller than the stopping rule allows while it was still falling").to_owned()
        }
        StopReason::Converged if standing.noise_floor.is_none_or(|floor| floor > 0.0) => {
            tr!("the noise holds it away from the oracle").to_owned()
        }
        StopReason::Converged => tr!("it stopped elsewhere, away from the oracle").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Agreement;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn promise_and_outcome_make_one_sentence() {
        let start = Standing {
            step: 0,
            relative_error: 0.5,
            rate_measured: None,
            rate_predicted: Some(0.99),
            noise_floor: Some(0.0),
            samples: 500,
            weights: 200,
            agreement: Agreement { kept: 200, missed: 0, extra: 0 },
            least_error: 0.0,
            test_error: None,
            stopped: None,
            falling: true,
            twins: None,
            pass: None,
        };
        let ended = |reason| Standing { step: 1000, stopped: Some(reason), ..start };
        let cases = [
            (None, start, "What the theorem promises here is being computed."),
            (Some(Promise::Given), start, "The theorem promises it: all four assumptions are met."),
            (
                Some(Promise::WithMoreSteps),
                start,
                "Promised by the theorem, but not within T steps: these starts need more, by R_T.",
            ),
            (
                Some(Promise::No),
                Standing { rate_predicted: Some(1.3), ..ended(StopReason::MaxSteps) },
                "Fails, because the step size η is too large: near W* the steps grow.",
            ),
            (Some(Promise::No), start, "Not promised by the theorem; Play shows whether it works."),
            (
                Some(Promise::No),
                Standing { step: 3, ..start },
                "Not promised by the theorem; whether it works will be seen.",
            ),
            (
                Some(Promise::No),
                Standing {
                    step: 3,
                    agreement: Agreement { kept: 180, missed: 20, extra: 0 },
                    least_error: 0.4,
                    ..start
                },
                "Not promised by the theorem, and cannot work: weights are missed.",
            ),
            (
                Some(Promise::No),
                Standing { relative_error: 5e-5, ..ended(StopReason::MaxSteps) },
                "Not promised by the theorem, but works here.",
            ),
            (
                Some(Promise::Given),
                Standing { relative_error: 1e-7, ..ended(StopReason::Converged) },
                "The theorem promises it, and it works.",
            ),
            (
                Some(Promise::No),
                ended(StopReason::MaxSteps),
                "Fails, because it was still falling after T = 1000 steps; more may do.",
            ),
            (
                Some(Promise::WithMoreSteps),
                ended(StopReason::MaxSteps),
                "Fails, because it was still falling after T = 1000 steps; promised with more.",
            ),
            (
                Some(Promise::No),
                Standing { rate_predicted: Some(1.0), ..ended(StopReason::MaxSteps) },
                "Fails, because N = 500 samples leave a direction of the 200 weights without curvature.",
            ),
            (
                Some(Promise::No),
                Standing { noise_floor: None, ..ended(StopReason::MaxSteps) },
                "Fails, because it was still falling after T = 1000 steps; noise may end that.",
            ),
            (
                Some(Promise::No),
                Standing { samples: 56, ..ended(StopReason::MaxSteps) },
                "Fails, because N = 56 samples cannot determine 200 weights.",
            ),
            (
                Some(Promise::No),
                Standing { agreement: Agreement { kept: 180, missed: 20, extra: 0 }, ..ended(StopReason::Converged) },
                "Fails, because the mask misses 20 of the oracle’s weights.",
            ),
            (
                Some(Promise::No),
                Standing { twins: Some((1, 3)), ..ended(StopReason::Converged) },
                "Fails, because no data can tell neurons 2 and 4 apart.",
            ),
            (
                Some(Promise::No),
                Standing { relative_error: 1e7, ..ended(StopReason::Diverged) },
                "Fails, because the step size η is too large: the run diverged.",
            ),
            (
                Some(Promise::No),
                Standing { falling: false, ..ended(StopReason::Converged) },
                "Fails, because it stopped elsewhere, away from the oracle.",
            ),
            (
                Some(Promise::No),
                Standing { relative_error: 0.015, noise_floor: Some(0.01), ..ended(StopReason::Converged) },
                "Not promised by the theorem, but works here.",
            ),
        ];
        for (promised, standing, sentence) in cases {
            assert_eq!(promise_sentence(promised, Some(&standing)).replace('\u{a0}', " "), sentence);
        }
    }
}
