//! The iteration of Algorithm 1.

/// W(t+1) = W(t) − η ∇f(W(t)) + β (W(t) − W(t−1)) on the mask, W(−1) = W(0); β = 0 is gradient descent.
#[derive(Clone, Debug)]
pub struct Agd {
    eta: f64,
    beta: f64,
    weights: Vec<f64>,
    previous: Vec<f64>,
}

impl Agd {
    /// From `start` with step size `eta` and momentum `beta`.
    pub fn new(start: Vec<f64>, eta: f64, beta: f64) -> Self {
        Self { eta, beta, previous: start.clone(), weights: start }
    }

    /// W(t) on the mask.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// W(t−1) on the mask; W(0) at t = 0.
    pub fn previous(&self) -> &[f64] {
        &self.previous
    }

    /// η/(1 − β): the step of the gradient descent that this comes down to where the gradient changes slowly.
    pub fn slow_step(&self) -> f64 {
        self.eta / (1.0 - self.beta)
    }

    /// One step with the gradient at W(t). If a weight of W(t+1) is not finite, W(t) stays, the result is false, and
    /// the iteration is over.
    #[must_use]
    pub fn step(&mut self, gradient: &[f64]) -> bool {
        for ((previous, w), g) in self.previous.iter_mut().zip(&self.weights).zip(gradient) {
            *previous = w - self.eta * g + self.beta * (w - *previous);
        }
        let finite = self.previous.iter().all(|w| w.is_finite());
        if finite {
            std::mem::swap(&mut self.previous, &mut self.weights);
        }
        finite
    }
}
