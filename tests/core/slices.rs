//! What is computed in slices is, bit for bit, what is computed in one go, wherever it was interrupted.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use winning_ticket::pause::Pause;
use winning_ticket::spec::{Batches, Overlap, Spec, Start};
use winning_ticket::theory::Curvature;
use winning_ticket::training::Trainer;
use winning_ticket::trials::{Forecast, probe, probe_in_slices};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The result of a computation, and how often it was interrupted.
fn interrupted<T>(computation: impl Future<Output = T>) -> (T, usize) {
    let mut computation = pin!(computation);
    let mut context = Context::from_waker(Waker::noop());
    for interruptions in 0.. {
        if let Poll::Ready(result) = computation.as_mut().poll(&mut context) {
            return (result, interruptions);
        }
    }
    unreachable!("it ends")
}

/// Pauses at every `nth` place where one can be, places being at least `interval` multiply-adds apart.
fn every(nth: u32, interval: u64) -> Pause {
    let places = Rc::new(Cell::new(0_u32));
    Pause::when(interval, move || {
        places.set(places.get() + 1);
        places.get().is_multiple_of(nth)
    })
}

/// Everywhere, at every third and every hundredth place, and after every million multiply-adds.
fn slicings() -> [Pause; 4] {
    [every(1, 0), every(3, 0), every(100, 0), every(1, 1_000_000)]
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// A run that is tracked, one with disjoint batches, one from the moments of its sample, and one whose features are read in
/// several pieces.
fn specs() -> [Spec; 4] {
    let base =
        Spec { dimension: 60, samples: 600, effective_width: 12.0, noise: 0.05, max_steps: 60, ..Spec::default() };
    [
        Spec { overlap: Overlap::Random, ..base.clone() },
        Spec { batches: Batches::Disjoint, ..base.clone() },
        Spec { start: Start::Tensor, ..base.clone() },
        Spec { dimension: 300, samples: 4000, effective_width: 90.0, neurons: 4, max_steps: 100, ..base },
    ]
}

#[test]
fn a_run_in_slices_is_the_run() {
    for spec in specs() {
        let mut whole = Trainer::new(&spec);
        whole.advance(spec.max_steps);
        for (slicing, pause) in slicings().iter().enumerate() {
            let (trainer, interruptions) = interrupted(async {
                let mut trainer = Trainer::new_in_slices(&spec, pause).await;
                trainer.advance_in_slices(spec.max_steps, pause).await;
                trainer
            });
            assert!(interruptions > 0, "slicing {slicing} of {spec:?} interrupts {interruptions} times");
            assert_eq!(bits(trainer.weights()), bits(whole.weights()), "slicing {slicing} of {spec:?}");
            assert_eq!(bits(trainer.risk()), bits(whole.risk()), "slicing {slicing} of {spec:?}");
            assert_eq!(trainer.is_tracked(), whole.is_tracked());
        }
    }
}

#[test]
fn a_forecast_in_slices_is_the_forecast() {
    let small = specs()[0].clone();
    // Beyond the dense size: Lanczos' method, and the trace of an inverse by Cholesky's decomposition.
    let large = Spec { dimension: 100, samples: 1200, effective_width: 62.0, neurons: 10, ..small.clone() };
    for (spec, slicings) in [(small, &slicings()[..]), (large, &[every(7, 0)])] {
        let whole = format!("{:?}", Forecast::draw(&spec));
        for (slicing, pause) in slicings.iter().enumerate() {
            let (forecast, interruptions) = interrupted(Forecast::draw_in_slices(&spec, pause, drop));
            assert!(interruptions > 0, "slicing {slicing} interrupts {interruptions} times");
            // Debug writes every f64 so that it reads back as the same number.
            assert_eq!(format!("{forecast:?}"), whole, "slicing {slicing} of {spec:?}");
        }
    }
}

#[test]
fn a_probe_in_slices_is_the_probe() {
    for spec in specs() {
        for index in [0, 30] {
            let whole = probe(&spec, index, 0.6);
            for (slicing, pause) in slicings().iter().enumerate() {
                let (sliced, interruptions) = interrupted(probe_in_slices(&spec, index, 0.6, pause));
                assert!(interruptions > 0, "slicing {slicing} interrupts {interruptions} times");
                assert_eq!(sliced, whole, "slicing {slicing} of {spec:?}");
            }
        }
    }
}

#[test]
fn what_is_dropped_half_way_leaves_others_alone() {
    let spec = specs()[0].clone();
    let whole = Curvature::at_oracle(Trainer::new(&spec).problem(), Trainer::new(&spec).oracle());
    let trainer = Trainer::new(&spec);
    for polls in [1, 2, 50] {
        let pause = every(1, 0);
        let mut copy = trainer.clone();
        let mut context = Context::from_waker(Waker::noop());
        let mut forecast = pin!(Curvature::at_oracle_in_slices(trainer.problem(), trainer.oracle(), &pause));
        let mut steps = pin!(copy.advance_in_slices(40, &pause));
        for _ in 0..polls {
            assert!(
                forecast.as_mut().poll(&mut context).is_pending() && steps.as_mut().poll(&mut context).is_pending()
            );
        }
    }
    let mut after = trainer.clone();
    after.advance(40);
    let mut before = Trainer::new(&spec);
    before.advance(40);
    assert_eq!(bits(after.weights()), bits(before.weights()));
    let again = Curvature::at_oracle(trainer.problem(), trainer.oracle());
    assert_eq!(format!("{again:?}"), format!("{whole:?}"));
}
