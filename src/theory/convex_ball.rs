//! ρ, the distance of the nearest W at which the population risk is not convex; its search is not here yet.
use crate::network::Mask;
use serde::{Deserialize, Serialize};
/// See the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConvexBall {
    /// ρ in units of |W\*|.
    pub radius: f64,
    /// That W on the mask.
    pub nearest: Vec<f64>,
}
/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NoBall {
    /// There is none.
    #[error("even at W* the population risk has a direction without curvature")]
    Flat,
}
/// See the module.
pub fn convex_ball(_mask: &Mask, _oracle: &[f64]) -> Result<ConvexBall, NoBall> {
    Err(NoBall::Flat)
}
