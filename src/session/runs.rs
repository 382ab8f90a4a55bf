//! The runs that the page holds, each under a number of its own, by which the workers know it.

use super::run::Run;
use crate::spec::Spec;

/// The runs; one of them is the one that controls and transport speak of.
#[derive(Debug)]
pub struct Runs {
    all: Vec<Run>,
    active: usize,
    last_number: u32,
}

impl Runs {
    /// The run of `spec` alone.
    pub fn new(spec: Spec) -> Self {
        Self { all: vec![Run::new(0, spec)], active: 0, last_number: 0 }
    }

    /// The active one.
    pub fn active(&self) -> &Run {
        &self.all[self.active]
    }

    /// The active one, to be changed.
    pub fn active_mut(&mut self) -> &mut Run {
        &mut self.all[self.active]
    }

    /// The one with this number; none if it was replaced: who speaks of it speaks too late.
    pub fn by_number(&mut self, number: u32) -> Option<&mut Run> {
        self.all.iter_mut().find(|run| run.number == number)
    }

    /// The run of `spec` takes the place of the active one, which is given back.
    pub fn replace(&mut self, spec: Spec) -> Run {
        let run = Run::new(self.next_number(), spec);
        std::mem::replace(self.active_mut(), run)
    }

    /// The active one begins anew at t = 0, under another number; what is known of its problem stays.
    pub fn restart(&mut self) {
        let number = self.next_number();
        let run = self.active_mut();
        let (forecast, known) = (run.forecast.take(), run.known);
        // A forecast under way belongs to the number before.
        let forecast_wanted = forecast.is_none();
        *run = Run { forecast, known, forecast_wanted, ..Run::new(number, run.spec.clone()) };
    }

    fn next_number(&mut self) -> u32 {
        self.last_number += 1;
        self.last_number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::Forecast;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_run_that_was_replaced_is_no_longer_known() {
        let spec = Spec { effective_width: 5.0, ..Spec::default() };
        let mut runs = Runs::new(spec.clone());
        let before = runs.replace(Spec { samples: 60, ..spec });
        assert_eq!((before.number, runs.active().number, runs.active().spec.samples), (0, 1, 60));
        assert!(runs.by_number(0).is_none() && runs.by_number(1).is_some());
    }

    #[test]
    fn a_run_that_begins_anew_keeps_what_is_known_of_its_problem() {
        let spec = Spec { effective_width: 5.0, neurons: 2, dimension: 10, samples: 40, ..Spec::default() };
        let mut runs = Runs::new(spec.clone());
        runs.restart();
        assert!(runs.active().forecast_wanted && runs.active().start_wanted);
        runs.active_mut().relative_error = vec![0.5, 0.4];
        runs.active_mut().foresee(Forecast::draw(&spec));
        let known = runs.active().known;
        runs.restart();
        let run = runs.active();
        assert_eq!((run.number, run.step(), run.known), (2, None, known));
        assert!(run.forecast.is_some() && !run.forecast_wanted && run.start_wanted);
    }
}
