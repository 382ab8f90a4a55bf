//! Experiments made of trials, each a pure function of a [`Spec`](crate::spec::Spec) and a number.

mod digest;
mod logistic;
mod probe;

pub use digest::digest;
pub use logistic::{Half, Logistic, Radius};
pub use probe::{FARTHEST, Outcome, Probe, probe, probe_distance};
