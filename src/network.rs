//! The one-hidden-layer ReLU network of the paper, g(x; W) = (1/K) Σ_j ReLU(w_jᵀx): its masks, the oracle and its
//! data, the empirical risk with its gradient and Hessian, and the population risk's closed form.
//!
//! Weights are stored on the mask only: a vector of Σ_j r_j entries, neuron after neuron, features ascending
//! ([`Mask`] knows which entry is which). So a step costs in proportion to Σ r_j, never to d.
//!
//! Risk and gradient exist three times: in [`plain`] as the paper writes them, in [`Risk`] as blocked sums over the
//! samples, and in [`Tracked`] as the quadratic that the risk is between two changes of activation. A run asks
//! [`Objective`], which takes the cheaper of the last two; the tests hold each to the one before.
//!
//! ```
//! use winning_ticket::network::{Problem, Risk, effective_width, plain};
//! use winning_ticket::spec::Spec;
//!
//! let problem = Problem::draw(&Spec { effective_width: 8.0, samples: 50, ..Spec::default() });
//! let (mask, data) = (problem.oracle.mask(), &problem.data);
//! assert_eq!(effective_width(mask), 8.0);
//!
//! // At half the oracle, the plain gradient and the fast one are the same up to rounding.
//! let half: Vec<f64> = problem.oracle.values().iter().map(|w| 0.5 * w).collect();
//! let (risk, gradient) = plain::risk_and_gradient(mask, data, 0..50, &half);
//! let mut fast = vec![0.0; mask.weights()];
//! let fast_risk = Risk::new(mask, data).with_gradient(&data.parts()[0], &half, &mut fast);
//! assert!((fast_risk - risk).abs() < 1e-13 * risk);
//! assert!(fast.iter().zip(&gradient).all(|(a, b)| (a - b).abs() < 1e-13));
//! ```

mod agreement;
mod blocked;
mod changed;
mod curving;
mod data;
mod draw_mask;
mod effective_width;
mod empirical;
mod gram;
mod mask;
mod objective;
pub mod plain;
mod population;
mod problem;
mod test_error;
mod tracked;
mod watch;
mod weights;

pub use agreement::Agreement;
pub use blocked::Risk;
pub use curving::Curving;
pub use data::{BLOCK, Data, Part};
pub use draw_mask::{Reach, Supports, draw_mask};
pub use effective_width::{double_sum, effective_width, width_joined};
pub use empirical::EmpiricalHessian;
use gram::Features;
pub use mask::Mask;
pub use objective::Objective;
pub use population::Population;
pub(crate) use problem::on_mask;
pub use problem::{Problem, draw_learner, draw_oracle};
pub use test_error::{test_error, test_error_in_slices};
pub use tracked::Tracked;
pub use weights::{Projection, Weights};
