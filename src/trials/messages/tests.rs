//! What is said comes back as it was, and nothing else does.

use super::*;
use crate::trials::Outcome;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn requests_come_back_as_they_were() {
    let spec = Spec { noise: 0.1 + 0.2, seed: (1 << 53) - 1, ..Spec::default() };
    for request in [
        Request::Start { run: 7, spec: spec.clone(), beside: vec![0, 6], room: 1 << 40, data: Some(3) },
        Request::Open { data: 3, file: "own.npz".to_owned() },
        Request::Advance { run: u32::MAX, steps: 100, budget: 12.5 },
        Request::Seek { run: 7, step: 99 },
        Request::Forecast { run: 0, spec: spec.clone() },
        Request::Probe { run: 1, spec: spec.clone(), index: 300 },
        Request::Try {
            run: 2,
            spec: spec.clone(),
            wanted: Wanted { foretold: true, curve: false },
            pruning: None,
            trial: 7,
        },
        Request::Try { run: 2, spec, wanted: Wanted::default(), pruning: Some(Pruning::iterative(0.8)), trial: 7 },
        Request::Measure { run: 3, spec: Spec::default(), measure: Measure::TestError, trial: 8 },
        Request::Stage {
            run: 4,
            spec: Spec::default(),
            pruning: Pruning::iterative(0.8),
            stage: Stage::Round(2),
            supports: vec![vec![0, 7], vec![], vec![99], vec![1], vec![2, 3]],
            trial: 2,
        },
        Request::Save {
            run: 5,
            beside: Some(6),
            wanted: RunFile::Arrays,
            provenance: Box::new(Provenance {
                link: "#v=1&seed=1&t=3".to_owned(),
                step: 3,
                seed: 1,
                digest: "0123456789abcdef".to_owned(),
                status: "It falls.".to_owned(),
                beside: Some(("GD".to_owned(), "fedcba9876543210".to_owned())),
            }),
            forecast: None,
        },
        Request::Stop,
    ] {
        assert_eq!(Request::decode(&encode(&request)), Some(request));
    }
}

#[test]
fn replies_come_back_as_they_were() {
    let spec = Spec { effective_width: 5.0, ..Spec::default() };
    let forecast = Box::new(Forecast::draw(&spec));
    let probe =
        Probe { index: 3, distance: 0.25, outcome: Outcome::StepCap, steps: 1000, falling: true, reach: Some(0.5) };
    let tried = Box::new(Tried::run(&spec, Wanted { foretold: true, curve: true }));
    let progress = Progress {
        from: 4,
        curve: vec![0.5, 1e-300],
        path: vec![(0.5, 0.0), (0.25, 0.125)],
        loss: Some([0.5, 1e-300]),
        weights: vec![-0.0, f64::MIN_POSITIVE],
        digest: "0123456789abcdef".to_owned(),
        stopped: Some(StopReason::Converged),
        falling: true,
        took: 12.5,
        moments: Some(Err(NoStart::FewSamples { samples: 20, features: 40 })),
        began: None,
    };
    for reply in [
        Reply::Ready,
        Reply::Trained { run: 9, progress },
        Reply::Forecast { run: 10, forecast },
        Reply::Probed { run: 11, probe },
        Reply::Tried { run: 12, trial: 7, tried },
        Reply::Measured { run: 13, trial: 8, measured: Measured::run(&spec, Measure::Rate) },
        Reply::Saved { run: 14, bytes: Bytes(vec![0, 255, 7]) },
        Reply::NotStarted { run: 15, why: "nothing to start from".to_owned() },
        Reply::Opened { data: 3, outcome: Err("y is missing".to_owned()) },
        Reply::AtWork,
    ] {
        let back: Reply = decode(&encode(&reply)).expect("it decodes");
        assert_eq!(format!("{back:?}"), format!("{reply:?}"));
    }
}

#[test]
fn other_bytes_are_no_message() {
    assert_eq!(Request::decode(&[]), None);
    assert_eq!(Request::decode(&[250, 1, 2]), None);
}

#[test]
fn a_request_for_what_is_no_valid_spec_is_none() {
    let spec = Spec { dimension: 0, ..Spec::default() };
    let probe = Request::Probe { run: 1, spec: spec.clone(), index: 0 };
    let wanted = Wanted::default();
    let try_it = Request::Try { run: 1, spec: spec.clone(), wanted, pruning: None, trial: 0 };
    let nothing_left = Pruning { ratio: 1.0, ..Pruning::iterative(0.8) };
    let stage_of = |supports| Request::Stage {
        run: 1,
        spec: Spec::default(),
        pruning: Pruning::iterative(0.8),
        stage: Stage::Round(1),
        supports,
        trial: 1,
    };
    let all_pruned = Request::Try { run: 1, spec: Spec::default(), wanted, pruning: Some(nothing_left), trial: 0 };
    let measure_it = Request::Measure { run: 1, spec: spec.clone(), measure: Measure::Error, trial: 0 };
    for request in [
        Request::Start { run: 1, spec: spec.clone(), beside: Vec::new(), room: 0, data: None },
        Request::Forecast { run: 1, spec },
        probe,
        try_it,
        all_pruned,
        stage_of(vec![vec![0], vec![3, 3], vec![], vec![], vec![]]),
        stage_of(vec![vec![0], vec![100], vec![], vec![], vec![]]),
        stage_of(vec![vec![0]]),
        measure_it,
    ] {
        assert_eq!(Request::decode(&encode(&request)), None);
    }
}
