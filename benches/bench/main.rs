//! How fast it is, natively and in the browser: one program for both, so that what is compared is the same. Without
//! arguments at the sizes of the lecture hall and of the paper; with `smoke` at the smallest, to see that it still runs.
//! `cargo xtask bench` runs it on both targets and puts the results into one table.
//!
//! It measures by itself, with the fastest of a few rounds ([`measure`]): the harnesses for native benchmarks do not run
//! in a browser's worker, the browser's does not run natively, and ratios need both sides measured in turn.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it takes arguments and measures time")]

mod measure;
mod peak;
mod quantities;
mod sizes;

use sizes::Sizes;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    let smoke = std::env::args().any(|argument| argument == "smoke");
    quantities::measure_all(&if smoke { Sizes::smoke() } else { Sizes::full() });
}

#[cfg(target_arch = "wasm32")]
fn main() {}

/// The test runner of the browser takes no arguments but names of tests.
#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen_test::wasm_bindgen_test;

    use crate::{Sizes, quantities};

    #[wasm_bindgen_test]
    fn full() {
        quantities::measure_all(&Sizes::full());
    }

    #[wasm_bindgen_test]
    fn smoke() {
        quantities::measure_all(&Sizes::smoke());
    }
}
