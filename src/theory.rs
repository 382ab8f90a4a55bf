//! What the theorems speak of, as numbers: effective width (5), eigenvalues of the Hessians (7), rates, the noise
//! floor of (9), the radius of the convex region, and the assumptions (4), (6), (8) as lights.
//!
//! The paper hides constants in O, Ω and Θ. What is theory, what is measured on the data and what was calibrated
//! here is kept apart by name: `*_predicted`, `epsilon1`, [`calibration`].

pub mod calibration;
mod convex_ball;
mod curvature;
pub mod lanczos;
mod lights;
mod lowest;
mod rates;
mod reach;
pub mod spectrum;

pub use convex_ball::{ConvexBall, NoBall, convex_ball};
pub use curvature::{Curvature, SampleCurvature};
pub use lights::{Light, Lights, State, theorem1_radius};
pub use rates::{Schedule, best_momentum, divergence_step_size, heavy_ball_rate, measured_rate};
pub use reach::{NoReach, reach};
