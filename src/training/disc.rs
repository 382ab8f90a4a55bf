//! A run's path in the plane that the picture of the convex region shows.

use crate::network::Projection;

/// The plane through W\* that holds the start: the distance from the centre is the relative error.
#[derive(Clone, Debug)]
pub struct Disc {
    oracle: Projection,
    // E_0/|E_0| on the mask; zero where the run starts at M ⊙ W*
    direction: Vec<f64>,
}

impl Disc {
    /// For the run from `start`, on the mask of `oracle`.
    pub fn new(oracle: Projection, start: &[f64]) -> Self {
        let error: Vec<f64> = start.iter().zip(oracle.values()).map(|(w, o)| w - o).collect();
        let length = error.iter().fold(0.0, |sum, e| sum + e * e).sqrt();
        let direction = error.iter().map(|e| if length > 0.0 { e / length } else { 0.0 }).collect();
        Self { oracle, direction }
    }

    /// (x, y) with E_t = W(t) − W\* and E'_0 what of E_0 lies on the mask: x = ⟨E_t, E'_0⟩/(|E'_0||W\*|),
    /// y = √(|E_t|²/|W\*|² − x²) ≥ 0. On an accurate mask E'_0 = E_0.
    pub fn place(&self, weights: &[f64]) -> (f64, f64) {
        let errors = weights.iter().zip(self.oracle.values()).map(|(w, o)| w - o);
        let along = errors.zip(&self.direction).fold(0.0, |sum, (error, direction)| sum + error * direction);
        let x = along / self.oracle.oracle_norm();
        let distance = self.oracle.relative_error(weights);
        (x, (distance * distance - x * x).max(0.0).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Mask, Weights};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn oracle() -> Weights {
        Weights::new(Mask::new(2, &[vec![0, 1]]), vec![3.0, 4.0])
    }

    #[test]
    fn the_start_lies_on_the_axis_and_the_oracle_at_the_centre() {
        let (at_oracle, start) = ([3.0, 4.0], [3.0, 6.5]);
        let oracle = oracle().projected(oracle().mask().clone());
        let disc = Disc::new(oracle.clone(), &start);
        assert_eq!(disc.place(&start), (0.5, 0.0));
        assert_eq!(disc.place(&at_oracle), (0.0, 0.0));
        assert_eq!(disc.place(&[5.5, 4.0]), (0.0, 0.5));
        assert_eq!(Disc::new(oracle, &at_oracle).place(&[3.0, 9.0]), (0.0, 1.0));
    }

    #[test]
    fn what_a_mask_misses_keeps_the_run_away_from_the_centre() {
        let disc = Disc::new(oracle().projected(Mask::new(2, &[vec![1]])), &[6.5]);
        assert_eq!(disc.place(&[6.5]), (0.5, 0.6));
        assert_eq!(disc.place(&[4.0]), (0.0, 0.6));
    }
}
