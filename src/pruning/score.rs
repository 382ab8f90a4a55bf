//! How much a weight matters.

use serde::{Deserialize, Serialize};

use crate::language::tr;
use crate::network::{Data, EmpiricalHessian, Mask, plain};

/// Steps of Algorithm 1 before GraSP scores the weights.
pub const GRASP_STEPS: usize = 20;

/// By what weights are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// |w| at the end of training.
    Magnitude,
    /// |w| of the start, before any training: what a start around W\* gives away of the oracle's mask.
    Untrained,
    /// GraSP as published (Wang, Zhang, Grosse 2020): the largest scores S are pruned first.
    Grasp,
    /// The same scores by their size: the smallest |S| are pruned first.
    GraspAbs,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Magnitude, Self::Untrained, Self::Grasp, Self::GraspAbs];

    /// Its word in flags, links and files.
    pub fn key(self) -> &'static str {
        match self {
            Method::Magnitude => "magnitude",
            Method::Untrained => "untrained",
            Method::Grasp => "grasp",
            Method::GraspAbs => "grasp-abs",
        }
    }

    /// What it is called in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Method::Magnitude => tr!("magnitude"),
            Method::Untrained => tr!("magnitude of the untrained weights"),
            Method::Grasp => tr!("GraSP as published"),
            Method::GraspAbs => tr!("GraSP by |S|"),
        }
    }

    /// The one with this word.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }

    /// Steps of training before the weights are scored; none where it goes on to its end.
    pub fn steps(self) -> Option<usize> {
        match self {
            Method::Magnitude => None,
            Method::Untrained => Some(0),
            Method::Grasp | Method::GraspAbs => Some(GRASP_STEPS),
        }
    }

    /// Scores of the weights `w` on `mask`: the larger, the longer they stay.
    pub(super) fn scores(self, mask: &Mask, data: &Data, w: &[f64]) -> Vec<f64> {
        match self {
            Method::Magnitude | Method::Untrained => w.iter().map(|w| w.abs()).collect(),
            Method::Grasp => grasp_scores(mask, data, w).iter().map(|s| -s).collect(),
            Method::GraspAbs => grasp_scores(mask, data, w).iter().map(|s| s.abs()).collect(),
        }
    }
}

/// GraSP's S = −W ⊙ (Ĥ g) at the weights `w` on `mask`, one a weight: g the gradient of the empirical risk over all samples, Ĥ
/// its Hessian. To first order S is the change of |g|² by pruning the weight, negative where pruning would lessen it; the
/// published rule prunes the largest S first.
pub fn grasp_scores(mask: &Mask, data: &Data, w: &[f64]) -> Vec<f64> {
    let (_, gradient) = plain::risk_and_gradient(mask, data, 0..data.samples(), w);
    let product = EmpiricalHessian::at(w, mask, data).multiply(&gradient);
    w.iter().zip(&product).map(|(w, p)| -w * p).collect()
}
