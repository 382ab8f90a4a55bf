//! What a worker does again and again does not make its memory grow.

use core::arch::wasm32::memory_size;

use wasm_bindgen_test::wasm_bindgen_test as test;
use winning_ticket::spec::Spec;
use winning_ticket::trials::probe;

#[test]
fn the_memory_after_two_hundred_trials_is_that_after_twenty() {
    let spec = Spec { dimension: 60, samples: 150, effective_width: 12.0, max_steps: 200, ..Spec::default() };
    let after = |trials: std::ops::Range<u32>| {
        for index in trials {
            probe(&spec, index, 0.5);
        }
        memory_size::<0>()
    };
    let after_twenty = after(0..20);
    assert_eq!(after(20..200), after_twenty);
}
