//! Each standing and its sentence.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn each_standing_has_its_sentence() {
    let running = Standing {
        step: 819,
        relative_error: 2.6e-4,
        rate_measured: Some(0.991),
        rate_predicted: Some(0.9943),
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
    let ended = |reason| Standing { stopped: Some(reason), ..running };
    let wrong = Standing {
        weights: 180,
        agreement: Agreement { kept: 180, missed: 20, extra: 0 },
        least_error: 0.31,
        test_error: Some(0.14),
        rate_measured: None,
        rate_predicted: None,
        noise_floor: None,
        falling: false,
        ..running
    };
    let cases = [
        (
            running,
            "Step 819: relative error 2.6 · 10⁻⁴, falling by 0.90 % a step; the curvature at W* predicts 0.57 %.",
        ),
        (
            Standing { step: 0, relative_error: 0.5, ..running },
            "At the start: relative error 0.50, with N = 500 samples for 200 unpruned weights.",
        ),
        (
            Standing {
                step: 0,
                relative_error: 0.5,
                weights: 240,
                agreement: Agreement { kept: 200, missed: 0, extra: 40 },
                ..running
            },
            "At the start: relative error 0.50, with N = 500 samples for 240 unpruned weights, 40 of them extra: the theorem now speaks of this wider mask.",
        ),
        (
            Standing { step: 0, relative_error: 0.59, ..wrong },
            "At the start: relative error 0.59, test error 0.14, with N = 500 samples for 180 unpruned weights; 20 oracle weights are missed: the theorem promises nothing.",
        ),
        (
            Standing { relative_error: 0.34, ..wrong },
            "Step 819: relative error 0.34, test error 0.14; the mask misses 20 oracle weights, so the error cannot fall below 0.31.",
        ),
        (
            Standing { relative_error: 0.33, stopped: Some(StopReason::Converged), ..wrong },
            "Stopped elsewhere after 819 steps: relative error 0.33, test error 0.14; the mask misses 20 oracle weights, so the error cannot fall below 0.31.",
        ),
        (
            Standing { relative_error: 1e-7, rate_measured: None, ..ended(StopReason::Converged) },
            "Converged to the oracle after 819 steps: relative error 1.0 · 10⁻⁷; the curvature at W* predicts a fall by 0.57 % a step.",
        ),
        (
            Standing { relative_error: 0.02, noise_floor: Some(0.018), ..ended(StopReason::Converged) },
            "Converged after 819 steps to a relative error of 0.020; the noise floor is 0.018.",
        ),
        (
            Standing { relative_error: 0.3, samples: 100, falling: false, ..ended(StopReason::Converged) },
            "Stopped elsewhere after 819 steps: relative error 0.30; N = 100 samples cannot determine 200 weights.",
        ),
        (
            Standing { relative_error: 2.9e-4, ..ended(StopReason::Converged) },
            "Stopped while still falling, after 819 steps: relative error 2.9 · 10⁻⁴; the steps of so slow a run are below the stopping rule’s 10⁻⁸.",
        ),
        (
            Standing { relative_error: 0.3, falling: false, twins: Some((0, 2)), ..ended(StopReason::Converged) },
            "Stopped elsewhere after 819 steps: relative error 0.30; neurons 1 and 3 have the same only feature, so no data can tell their weights apart.",
        ),
        (
            Standing { relative_error: 5e-5, ..ended(StopReason::MaxSteps) },
            "Converged to the oracle within 819 steps, the step cap: relative error 5.0 · 10⁻⁵, falling by 0.90 % a step; the curvature at W* predicts 0.57 %.",
        ),
        (
            Standing { relative_error: 0.3, falling: false, ..ended(StopReason::Converged) },
            "Stopped elsewhere after 819 steps: relative error 0.30, away from the oracle.",
        ),
        (
            Standing {
                relative_error: 0.3,
                rate_measured: None,
                rate_predicted: Some(1.2),
                falling: false,
                ..ended(StopReason::MaxSteps)
            },
            "Stopped by the step cap after 819 steps: relative error 0.30; the curvature at W* predicts no convergence.",
        ),
        (
            Standing { step: 1, rate_measured: Some(0.99999), ..ended(StopReason::MaxSteps) },
            "Stopped by the step cap after 1 step, still falling: relative error 2.6 · 10⁻⁴, falling by less than 0.01 % a step; the curvature at W* predicts 0.57 %.",
        ),
        (
            Standing { relative_error: 0.02, noise_floor: Some(0.018), falling: false, ..ended(StopReason::MaxSteps) },
            "Stopped by the step cap after 819 steps: relative error 0.020, near the noise floor of 0.018.",
        ),
        (
            Standing { relative_error: 0.3, samples: 100, ..ended(StopReason::MaxSteps) },
            "Stopped by the step cap after 819 steps: relative error 0.30; N = 100 samples cannot determine 200 weights.",
        ),
        (
            Standing { relative_error: 0.25, rate_predicted: Some(1.0), ..ended(StopReason::MaxSteps) },
            "Stopped by the step cap after 819 steps: relative error 0.25; N = 500 samples leave a direction of the 200 weights without curvature at W*.",
        ),
        (
            Standing { relative_error: 0.25, rate_predicted: Some(1.0), ..ended(StopReason::Converged) },
            "Stopped elsewhere after 819 steps: relative error 0.25; N = 500 samples leave a direction of the 200 weights without curvature at W*.",
        ),
        (
            Standing { relative_error: 0.25, rate_predicted: Some(1.0), ..running },
            "Step 819: relative error 0.25; N = 500 samples leave a direction of the 200 weights without curvature at W*.",
        ),
        (
            Standing {
                relative_error: 0.42,
                rate_measured: None,
                noise_floor: Some(0.35),
                ..ended(StopReason::MaxSteps)
            },
            "Stopped by the step cap after 819 steps: relative error 0.42; how near the noise lets it come is not known.",
        ),
        (
            // Before the forecast has come.
            Standing { relative_error: 0.25, rate_measured: None, rate_predicted: None, ..ended(StopReason::MaxSteps) },
            "Stopped by the step cap after 819 steps: relative error 0.25.",
        ),
        (
            Standing { step: 12_345, relative_error: 0.3, samples: 100, ..running },
            "Step 12 345: relative error 0.30; N = 100 samples cannot determine 200 weights.",
        ),
        (
            Standing { relative_error: 0.3, noise_floor: None, falling: false, ..ended(StopReason::Converged) },
            "Stopped elsewhere after 819 steps: relative error 0.30; how near the noise lets it come is not known.",
        ),
        (
            Standing { step: 11, pass: Some(10), rate_measured: None, ..running },
            "Step 11 (beyond the first pass, of which the theorem speaks): relative error 2.6 · 10⁻⁴; the curvature at W* predicts a fall by 0.57 % a step.",
        ),
        (
            Standing { relative_error: 1e7, ..ended(StopReason::Diverged) },
            "Diverged after 819 steps: the step size is too large; relative error 1.0 · 10⁷.",
        ),
    ];
    for (standing, sentence) in cases {
        assert_eq!(standing.sentence().replace(['\u{a0}', '\u{202f}'], " "), sentence);
    }
}
