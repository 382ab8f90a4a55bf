//! A start from nothing but the data (Lemma 1 and appendix B of the paper, after Zhong et al. 2017): moments of x and y tell the
//! directions of the oracle's neurons, then their lengths and signs.
//!
//! For ReLU the third moment E[y He₃(x)] vanishes, since E[ReLU(z)(z³ − 3z)] = 0 for a standard normal z; the directions
//! come from the fourth, whose weight E[ReLU(z) He₄(z)] = −1/√2π is not zero.

mod directions;
mod inputs;
mod matching;
mod moments;
mod recovered;
mod start;

pub use inputs::{Distance, Inputs};
pub use matching::{best_permutation, permuted_error};
pub use moments::Moments;
pub use recovered::{Recovered, RecoveredNeuron};
pub use start::{NoStart, TensorStart, fewest_samples, refusal};
