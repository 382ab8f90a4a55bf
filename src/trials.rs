//! Experiments made of trials, each a pure function of a [`Spec`](crate::spec::Spec) and a number.
//!
//! ```
//! use winning_ticket::spec::Spec;
//! use winning_ticket::trials::{Outcome, probe};
//!
//! // Probe 7 from a distance of 0.2 |W*|, with an oracle, data and a start of its own.
//! let spec = Spec { effective_width: 10.0, ..Spec::default() };
//! assert_eq!(probe(&spec, 7, 0.2).outcome, Outcome::Success);
//! assert_eq!(probe(&spec, 7, 0.2), probe(&spec, 7, 0.2));
//! ```

pub mod calibration;
mod digest;
mod logistic;
mod marks;
mod probe;
mod promise;
pub mod protocol;
mod region;
mod report;
mod sentence;

pub use digest::digest;
pub use logistic::{Crossing, Logistic, Radius};
pub use marks::{Kind, Known, Mark, Marks, kept_words, shown_width};
pub use probe::{
    FARTHEST, Outcome, Probe, is_falling, probe, probe_distance, probe_spec, reach_of, reach_quartiles, target,
};
pub use promise::{Promise, promise_sentence};
pub use region::region_sentence;
pub use report::{Forecast, Report, out_of_reach};
pub use sentence::{FIRST_ORDER, Standing, fall, quartile_words, reach_words, two_digits};
