//! The ceiling for the kernels: multiply-adds in registers only, with the two f64 lanes that every target has.

use std::hint::black_box;

use lanes::{Lanes, pair, plus, times};

/// Independent chains of two lanes each. A multiplication and an addition take 8 cycles one after the other and up to
/// one and a half pairs start a cycle, so 12 chains keep the machine busy; with the two factors they fit 16 registers.
const CHAINS: usize = 12;
/// Multiply-adds of one turn of the loop.
pub const A_TURN: usize = 2 * CHAINS;

/// `turns` turns of sum = sum · factor + term in every chain. A function of its own, since a browser puts optimised code
/// in place of quickly compiled code only when a function is called again.
#[inline(never)]
pub fn multiply_adds(turns: usize) {
    // Hidden from the optimiser; the sums tend to term/(1 − factor), so they stay ordinary numbers.
    let (factor, term) = (pair(black_box([0.75, 0.5])), pair(black_box([0.25, 0.5])));
    let mut sums: [Lanes; CHAINS] = std::array::from_fn(|c| pair(black_box([1.5, c as f64])));
    for _ in 0..turns {
        sums = sums.map(|sum| plus(times(sum, factor), term));
    }
    black_box(sums);
}

/// As the compiler itself puts two lanes into a register.
#[cfg(not(target_arch = "wasm32"))]
mod lanes {
    pub type Lanes = [f64; 2];

    pub fn pair(x: [f64; 2]) -> Lanes {
        x
    }

    pub fn times(a: Lanes, b: Lanes) -> Lanes {
        [a[0] * b[0], a[1] * b[1]]
    }

    pub fn plus(a: Lanes, b: Lanes) -> Lanes {
        [a[0] + b[0], a[1] + b[1]]
    }
}

/// In wasm it would keep these in single lanes, so they are named.
#[cfg(target_arch = "wasm32")]
mod lanes {
    pub use core::arch::wasm32::{f64x2_add as plus, f64x2_mul as times, v128 as Lanes};

    pub fn pair(x: [f64; 2]) -> Lanes {
        core::arch::wasm32::f64x2(x[0], x[1])
    }
}
