//! What the theorems speak of, as numbers: effective width (5), eigenvalues of the Hessians (7), rates, the noise
//! floor of (9), the radius of the convex region, and the assumptions (4), (6), (8) as lights.
//!
//! The paper hides constants in O, Ω and Θ. What is theory, what is measured on the data and what was calibrated
//! here is kept apart by name: `*_predicted`, `epsilon1`, [`calibration`].
//!
//! ```
//! use winning_ticket::linear_algebra::Extremes;
//! use winning_ticket::theory::{best_momentum, heavy_ball_rate};
//!
//! // Momentum makes an ill-conditioned valley pass quickly: a step leaves ν of the error.
//! let curvature = Extremes { min: 0.01, max: 1.0 };
//! let best = best_momentum(1.0, curvature).expect("one converges");
//! assert!((best - 0.81).abs() < 1e-12);
//! assert!((heavy_ball_rate(1.0, 0.0, curvature) - 0.99).abs() < 1e-12);
//! assert!((heavy_ball_rate(1.0, best, curvature) - 0.9).abs() < 1e-6);
//! ```

mod asked_samples;
pub mod calibration;
mod convex_ball;
mod curvature;
mod lights;
mod noise_floor;
mod rates;
mod reach;

pub use asked_samples::{asked_by_lemma1, asked_by_theorem1, asked_by_theorem2};
pub use convex_ball::{ConvexBall, NoBall, convex_ball, convex_ball_in_slices};
pub use curvature::{Curvature, NoSpectrum, SampleCurvature};
pub use lights::{EarlyLights, Light, Lights, StartDistance, State, epsilon1_words, theorem1_radius};
pub use rates::{Schedule, best_momentum, divergence_step_size, fallen_to, heavy_ball_rate, measured_rate};
pub use reach::{NoReach, reach};
