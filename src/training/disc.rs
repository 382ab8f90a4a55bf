//! A run's path in the plane that the picture of the convex region shows.

/// The plane through W\* that holds the start: the distance from the centre is the relative error.
#[derive(Clone, Debug)]
pub struct Disc {
    // E_0/|E_0|; zero where the run starts at W*
    direction: Vec<f64>,
    oracle_norm: f64,
}

impl Disc {
    /// For the run from `start` towards `oracle`, both on the mask.
    pub fn new(oracle: &[f64], start: &[f64]) -> Self {
        let norm = |v: &[f64]| v.iter().fold(0.0, |sum, x| sum + x * x).sqrt();
        let error: Vec<f64> = start.iter().zip(oracle).map(|(w, o)| w - o).collect();
        let length = norm(&error);
        let direction = error.iter().map(|e| if length > 0.0 { e / length } else { 0.0 }).collect();
        Self { direction, oracle_norm: norm(oracle) }
    }

    /// (x, y) with E_t = W(t) − W\*: x = ⟨E_t, E_0⟩/(|E_0||W\*|), y = √(|E_t|²/|W\*|² − x²) ≥ 0.
    pub fn place(&self, oracle: &[f64], weights: &[f64]) -> (f64, f64) {
        let (mut along, mut square) = (0.0, 0.0);
        for ((w, o), direction) in weights.iter().zip(oracle).zip(&self.direction) {
            along += (w - o) * direction;
            square += (w - o) * (w - o);
        }
        let x = along / self.oracle_norm;
        (x, (square / (self.oracle_norm * self.oracle_norm) - x * x).max(0.0).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_start_lies_on_the_axis_and_the_oracle_at_the_centre() {
        let (oracle, start) = ([3.0, 4.0], [3.0, 6.5]);
        let disc = Disc::new(&oracle, &start);
        assert_eq!(disc.place(&oracle, &start), (0.5, 0.0));
        assert_eq!(disc.place(&oracle, &oracle), (0.0, 0.0));
        assert_eq!(disc.place(&oracle, &[5.5, 4.0]), (0.0, 0.5));
        assert_eq!(Disc::new(&oracle, &oracle).place(&oracle, &[3.0, 9.0]), (0.0, 1.0));
    }
}
