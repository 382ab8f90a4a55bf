//! What the theorem promises of a run, and what became of it, in one sentence.

use super::Standing;
use crate::notation::grouped;
use crate::spec::FOUND;
use crate::training::StopReason;

/// One sentence; `promised` says whether all assumptions are met, none while that is not known yet.
pub fn promise_sentence(promised: Option<bool>, standing: Option<&Standing>) -> String {
    let found = |standing: &Standing| {
        let floor = standing.noise_floor.unwrap_or(0.0);
        standing.relative_error < FOUND.max(2.0 * floor)
    };
    let (promised, outcome) = match (promised, standing) {
        (Some(promised), Some(standing)) => (promised, standing),
        _ => return "What the theorem promises here is being computed.".to_owned(),
    };
    match (promised, outcome.stopped) {
        (true, _) if found(outcome) => "The theorem promises it, and it works.".to_owned(),
        (false, _) if found(outcome) => "Not promised by the theorem, but works here.".to_owned(),
        (true, None) => "The theorem promises it: all four assumptions are met.".to_owned(),
        (false, None) if outcome.step == 0 => "Not promised by the theorem; Play shows whether it works.".to_owned(),
        (false, None) => "Not promised by the theorem; whether it works will be seen.".to_owned(),
        (true, Some(reason)) => format!(
            "Fails, because {}, although all four lights are met: their constants are computed or calibrated here, not the \
             theorem’s.",
            why(outcome, reason)
        ),
        (false, Some(reason)) => format!("Fails, because {}.", why(outcome, reason)),
    }
}

/// Why a run that has ended did not find the oracle, as far as that is known.
fn why(standing: &Standing, reason: StopReason) -> String {
    let steps = grouped(standing.step);
    if let Some((j, k)) = standing.twins {
        return format!("no data can tell neurons\u{a0}{} and\u{a0}{} apart", j + 1, k + 1);
    }
    if standing.samples < standing.weights {
        let (samples, weights) = (grouped(standing.samples), grouped(standing.weights));
        return format!("N\u{a0}=\u{a0}{samples} samples cannot determine {weights} weights");
    }
    match reason {
        StopReason::Diverged => "the step size η is too large: the run diverged".to_owned(),
        StopReason::MaxSteps if standing.falling => {
            format!("T\u{a0}=\u{a0}{steps} steps are too few: it was still falling")
        }
        StopReason::MaxSteps => format!("it no longer fell after T\u{a0}=\u{a0}{steps} steps"),
        StopReason::Converged if standing.falling => {
            "its steps became smaller than the stopping rule allows while it was still falling".to_owned()
        }
        StopReason::Converged if standing.noise_floor.is_none_or(|floor| floor > 0.0) => {
            "the noise holds it away from the oracle".to_owned()
        }
        StopReason::Converged => "it stopped elsewhere, away from the oracle".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            stopped: None,
            falling: true,
            twins: None,
            pass: None,
        };
        let ended = |reason| Standing { step: 1000, stopped: Some(reason), ..start };
        let cases = [
            (None, start, "What the theorem promises here is being computed."),
            (Some(true), start, "The theorem promises it: all four assumptions are met."),
            (Some(false), start, "Not promised by the theorem; Play shows whether it works."),
            (Some(false), Standing { step: 3, ..start }, "Not promised by the theorem; whether it works will be seen."),
            (
                Some(false),
                Standing { relative_error: 5e-5, ..ended(StopReason::MaxSteps) },
                "Not promised by the theorem, but works here.",
            ),
            (
                Some(true),
                Standing { relative_error: 1e-7, ..ended(StopReason::Converged) },
                "The theorem promises it, and it works.",
            ),
            (
                Some(false),
                ended(StopReason::MaxSteps),
                "Fails, because T = 1000 steps are too few: it was still falling.",
            ),
            (
                Some(false),
                Standing { samples: 56, ..ended(StopReason::MaxSteps) },
                "Fails, because N = 56 samples cannot determine 200 weights.",
            ),
            (
                Some(false),
                Standing { twins: Some((1, 3)), ..ended(StopReason::Converged) },
                "Fails, because no data can tell neurons 2 and 4 apart.",
            ),
            (
                Some(false),
                Standing { relative_error: 1e7, ..ended(StopReason::Diverged) },
                "Fails, because the step size η is too large: the run diverged.",
            ),
            (
                Some(false),
                Standing { falling: false, ..ended(StopReason::Converged) },
                "Fails, because it stopped elsewhere, away from the oracle.",
            ),
            (
                Some(false),
                Standing { relative_error: 0.015, noise_floor: Some(0.01), ..ended(StopReason::Converged) },
                "Not promised by the theorem, but works here.",
            ),
        ];
        for (promised, standing, sentence) in cases {
            assert_eq!(promise_sentence(promised, Some(&standing)).replace('\u{a0}', " "), sentence);
        }
    }
}
