//! Where a long computation can be interrupted, so that whoever runs it can look at something else, or drop the rest.
//!
//! Such computations are `async` functions that await [`Pause::after`] between pieces of work. There is no runtime: a
//! worker of the page polls one until its slice of time is over and again in the next; everybody else drives it to its end
//! with [`finish`]. Only when numbers come depends on the pauses, never which.
//!
//! The clock is the shell's. The numerics count multiply-adds, so that it is not asked after every one of them.
//!
//! ```
//! use winning_ticket::pause::{Pause, finish};
//! use winning_ticket::network::Problem;
//! use winning_ticket::spec::Spec;
//!
//! let spec = Spec::default();
//! let often = Pause::when(1000, || true);
//! let interrupted = finish(Problem::draw_in_slices(&spec, &often));
//! assert_eq!(interrupted.oracle.values(), Problem::draw(&spec).oracle.values());
//! ```

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The pauses of one computation, and the cores that it uses in between.
pub struct Pause {
    is_due: Option<Box<dyn Fn() -> bool>>,
    // multiply-adds between two questions whether a pause is due
    interval: u64,
    // multiply-adds since the last one
    work: Cell<u64>,
    all_cores: bool,
}

impl Pause {
    /// None at all.
    pub fn never() -> Self {
        Self { is_due: None, interval: 0, work: Cell::new(0), all_cores: false }
    }

    /// A pause whenever `is_due` says so, which is asked after every `interval` multiply-adds or a little more.
    pub fn when(interval: u64, is_due: impl Fn() -> bool + 'static) -> Self {
        Self { is_due: Some(Box::new(is_due)), interval, work: Cell::new(0), all_cores: false }
    }

    /// The same on all cores: for a computation that has the machine to itself.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn on_all_cores(self) -> Self {
        Self { all_cores: true, ..self }
    }

    /// Whether more than one core is used.
    pub fn is_shared(&self) -> bool {
        self.all_cores
    }

    /// Does `work` for each of these items with its number, on all cores or one after the other. What an item becomes may
    /// not depend on which.
    pub fn for_each<T: Send>(&self, items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
        #[cfg(not(target_arch = "wasm32"))]
        if self.all_cores && items.len() > 1 {
            use rayon::prelude::*;
            return items.par_iter_mut().enumerate().with_max_len(1).for_each(|(number, item)| work(number, item));
        }
        items.iter_mut().enumerate().for_each(|(number, item)| work(number, item));
    }

    /// After about `work` multiply-adds since the last call: here it may be interrupted.
    pub async fn after(&self, work: u64) {
        let Some(is_due) = &self.is_due else { return };
        let work = self.work.get() + work;
        if work < self.interval {
            return self.work.set(work);
        }
        self.work.set(0);
        if is_due() {
            pending_once().await;
        }
    }
}

/// Is ready when polled for the second time.
fn pending_once() -> impl Future<Output = ()> {
    let mut polled = false;
    poll_fn(move |_| if std::mem::replace(&mut polled, true) { Poll::Ready(()) } else { Poll::Pending })
}

/// The result of a computation, driven to its end through all its pauses.
pub fn finish<T>(computation: impl Future<Output = T>) -> T {
    let mut computation = pin!(computation);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(result) = computation.as_mut().poll(&mut context) {
            return result;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// How often a computation of `pieces` pieces of ten multiply-adds is polled, and how often the question is asked.
    fn polls_and_questions(pieces: u32, interval: u64, due: bool) -> (u32, u32) {
        let asked = Rc::new(Cell::new(0));
        let count = asked.clone();
        let pause = Pause::when(interval, move || {
            count.set(count.get() + 1);
            due
        });
        let mut computation = pin!(async {
            for _ in 0..pieces {
                pause.after(10).await;
            }
        });
        let mut context = Context::from_waker(Waker::noop());
        let mut polls = 1;
        while computation.as_mut().poll(&mut context).is_pending() {
            polls += 1;
        }
        (polls, asked.get())
    }

    #[test]
    fn it_pauses_when_it_is_due_and_asks_no_oftener_than_it_is_told() {
        assert_eq!(polls_and_questions(12, 0, true), (13, 12));
        assert_eq!(polls_and_questions(12, 30, true), (5, 4));
        assert_eq!(polls_and_questions(12, 30, false), (1, 4));
        assert_eq!(polls_and_questions(12, 1000, true), (1, 0));
    }

    #[test]
    fn a_computation_is_driven_through_its_pauses() {
        let pause = Pause::when(0, || true);
        let sum = finish(async {
            let mut sum = 0;
            for piece in 1..=10 {
                pause.after(1).await;
                sum += piece;
            }
            sum
        });
        assert_eq!(sum, 55);
    }
}
