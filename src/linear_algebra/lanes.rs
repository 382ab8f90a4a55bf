//! Four numbers side by side, and the widest registers for them.
//!
//! Every sum of the program that matters for its speed is laid out in lanes, in an order that is written down and not the
//! compiler's. So the same loops, compiled for wider registers, give the same bits: there is no fused multiply-add, which
//! rounds once where two operations round twice.

/// Four numbers side by side: two 128-bit registers, or one of 256 bits.
pub type Lanes = [f64; LANES];
/// Numbers side by side.
pub const LANES: usize = 4;

/// The sum lane by lane.
#[inline(always)]
pub fn plus(a: Lanes, b: Lanes) -> Lanes {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
}

/// The product lane by lane.
#[inline(always)]
pub fn times(a: Lanes, b: Lanes) -> Lanes {
    [a[0] * b[0], a[1] * b[1], a[2] * b[2], a[3] * b[3]]
}

/// The lanes summed in pairs.
#[inline(always)]
pub fn sum(lanes: Lanes) -> f64 {
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

/// What `work` gives, with its loops compiled for registers of 256 bits where the machine has them. All that `work` calls
/// has to be `#[inline(always)]`: only what is compiled into it is compiled so. In WebAssembly, registers have 128 bits.
#[inline(always)]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(not(target_arch = "wasm32"))]
    if !native::is_narrow() {
        return pulp::Arch::new().dispatch(work);
    }
    work()
}

#[cfg(not(target_arch = "wasm32"))]
pub use native::narrow;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::cell::Cell;

    thread_local! {
        static NARROW: Cell<bool> = const { Cell::new(false) };
    }

    pub fn is_narrow() -> bool {
        NARROW.get()
    }

    /// What `work` gives on this thread without [`widest`](super::widest)'s choice, for tests: the bits are the same.
    pub fn narrow<R>(work: impl FnOnce() -> R) -> R {
        NARROW.set(true);
        let result = work();
        NARROW.set(false);
        result
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn wider_registers_give_the_same_bits() {
        let lanes = |i: i32| [f64::from(i).sqrt(), 0.1, 1.0 / f64::from(i), -3.7];
        let work = || (1..1000).map(lanes).fold([0.0; LANES], |total, lanes| plus(total, times(lanes, lanes)));
        assert_eq!(widest(work), narrow(|| widest(work)));
    }
}
