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

/// a · b: entry i in lane i mod 4, the lanes in pairs.
#[inline(always)]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut lanes = a.iter().zip(b).fold([0.0; LANES], |lanes, (a, b)| plus(lanes, times(*a, *b)));
    for (lane, (a, b)) in lanes.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *lane += a * b;
    }
    sum(lanes)
}

/// `to` += `factor` · v.
#[inline(always)]
pub fn add(to: &mut [f64], factor: f64, v: &[f64]) {
    for (to, v) in to.iter_mut().zip(v) {
        *to += factor * v;
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_rest_of_a_dot_product_falls_into_the_first_lanes() {
        let a: Vec<f64> = (1..=11).map(|i| (f64::from(i) * std::f64::consts::SQRT_2).fract()).collect();
        let mut lanes = [0.0; LANES];
        for (i, a) in a.iter().enumerate() {
            lanes[i % LANES] += a * a;
        }
        assert_eq!(dot(&a, &a), sum(lanes));
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn wider_registers_give_the_same_bits() {
        let a: Vec<f64> = (1..=1001).map(|i| (f64::from(i) * std::f64::consts::SQRT_2).fract() - 0.5).collect();
        let work = || dot(&a, &a[1..]);
        assert_eq!(widest(work).to_bits(), narrow(|| widest(work)).to_bits());
    }
}
