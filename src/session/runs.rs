//! The runs that the page holds, each under a number of its own, by which the workers know it. They train in lock step: one
//! that lags behind catches up before any goes on.

use std::rc::Rc;

use super::run::Run;
use crate::spec::Spec;
use crate::trials::DataOutline;

/// The runs; the first is the one that is shown, of which controls and transport speak.
#[derive(Debug)]
pub struct Runs {
    all: Vec<Run>,
    last_number: u32,
}

impl Runs {
    /// The run of `spec` alone.
    pub fn new(spec: Spec) -> Self {
        Self { all: vec![Run::new(0, spec)], last_number: 0 }
    }

    /// The one that is shown.
    pub fn shown(&self) -> &Run {
        &self.all[0]
    }

    /// All of them, in the order in which they were added.
    pub fn all(&self) -> &[Run] {
        &self.all
    }

    /// The one with this number; none if it was replaced: who speaks of it speaks too late.
    pub fn by_number(&mut self, number: u32) -> Option<&mut Run> {
        self.all.iter_mut().find(|run| run.number == number)
    }

    /// The run of `spec` comes beside the one that is shown, in place of any other, and catches up with it; none leaves that
    /// one alone. Of its theory nothing is shown, so that nobody is asked for it.
    pub fn set_beside(&mut self, spec: Option<Spec>) {
        self.all.truncate(1);
        if let Some(spec) = spec {
            let number = self.next_number();
            self.all.push(Run { forecast_wanted: false, ..Run::new(number, spec) });
        }
    }

    /// The one beside it, if any.
    pub fn beside(&self) -> Option<&Run> {
        self.all.get(1)
    }

    /// The run of `spec` takes the place of the one that is shown, which is given back.
    pub fn replace(&mut self, spec: Spec) -> Run {
        let number = self.next_number();
        let run = self.all[0].again(number, spec);
        std::mem::replace(&mut self.all[0], run)
    }

    /// The run of `spec` on data of the reader's own takes the place of all, which are given back.
    pub fn go_to_data(&mut self, spec: Spec, data: Rc<DataOutline>) -> Self {
        let number = self.next_number();
        let own = Self { all: vec![Run::on_data(number, spec, data)], last_number: number };
        std::mem::replace(self, own)
    }

    /// Those that were given back are there again, at t = 0: the workers know of them no longer.
    pub fn go_back(&mut self, before: Self) {
        let last_number = self.last_number;
        *self = Self { last_number, ..before };
        self.restart();
    }

    /// All begin anew at t = 0, under other numbers; what is known of their problems stays.
    pub fn restart(&mut self) {
        for place in 0..self.all.len() {
            self.begin_anew(place);
        }
    }

    /// t of the ones that go on, or of the last that ended; none before all are set up.
    pub fn step(&self) -> Option<usize> {
        self.all.iter().map(Run::step).try_fold(0, |step, of_run| Some(of_run?.max(step)))
    }

    /// The last step that any of them ever made.
    pub fn last_step(&self) -> usize {
        self.all.iter().map(Run::last_step).max().unwrap_or(0)
    }

    /// Whether all stand at their ends.
    pub fn have_ended(&self) -> bool {
        self.all.iter().all(|run| run.stopped.is_some())
    }

    /// One that is still to be set up, with the numbers of those that stay beside it.
    pub fn next_to_start(&mut self) -> Option<(&Run, Vec<u32>)> {
        let place = self.all.iter().position(|run| run.start_wanted)?;
        self.all[place].start_wanted = false;
        let beside = self.all.iter().map(|run| run.number).filter(|number| *number != self.all[place].number);
        Some((&self.all[place], beside.collect()))
    }

    /// One whose forecast nobody has been asked for yet; asked for now.
    pub fn next_to_foresee(&mut self) -> Option<&Run> {
        let run = self.all.iter_mut().find(|run| run.forecast_wanted)?;
        run.forecast_wanted = false;
        Some(run)
    }

    /// One that is set up, and of whose curvature on own data nobody has been asked yet; asked for now.
    pub fn next_for_curvature(&mut self) -> Option<u32> {
        let run = self.all.iter_mut().find(|run| run.curvature_wanted && run.step().is_some())?;
        run.curvature_wanted = false;
        Some(run.number)
    }

    /// One that does not stand at `step`, or at its end if that is before, and where it is to go; none before all are set up.
    pub fn next_to_seek(&self, step: usize) -> Option<(&Run, usize)> {
        self.step()?;
        let there = |run: &Run| step.min(run.last_step());
        let run = self.all.iter().find(|run| run.at != there(run))?;
        Some((run, there(run)))
    }

    /// The one that goes on next, the hindmost, with the steps by which it lags behind; none once all have ended, nor before
    /// all are set up.
    pub fn next_to_advance(&self) -> Option<(&Run, usize)> {
        let front = self.step()?;
        let going_on = self.all.iter().filter(|run| run.stopped.is_none());
        let run = going_on.min_by_key(|run| run.step())?;
        Some((run, front - run.step()?))
    }

    fn begin_anew(&mut self, place: usize) {
        let number = self.next_number();
        let run = &mut self.all[place];
        let (forecast, known) = (run.forecast.take(), run.known);
        let (own_forecast, again) = (run.own_forecast.take(), run.again(number, run.spec.clone()));
        let curvature_wanted = again.curvature_wanted && own_forecast.is_none();
        // A forecast under way belongs to the number before.
        let forecast_wanted = forecast.is_none() && place == 0 && run.own.is_none();
        *run = Run { forecast, known, forecast_wanted, own_forecast, curvature_wanted, ..again };
    }

    fn next_number(&mut self) -> u32 {
        self.last_number += 1;
        self.last_number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::StopReason;
    use crate::trials::Forecast;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_run_that_was_replaced_is_no_longer_known() {
        let spec = Spec { effective_width: 5.0, ..Spec::default() };
        let mut runs = Runs::new(spec.clone());
        let before = runs.replace(Spec { samples: 60, ..spec });
        assert_eq!((before.number, runs.shown().number, runs.shown().spec.samples), (0, 1, 60));
        assert!(runs.by_number(0).is_none() && runs.by_number(1).is_some());
    }

    #[test]
    fn a_run_that_begins_anew_keeps_what_is_known_of_its_problem() {
        let spec = Spec { effective_width: 5.0, neurons: 2, dimension: 10, samples: 40, ..Spec::default() };
        let mut runs = Runs::new(spec.clone());
        runs.restart();
        assert!(runs.shown().forecast_wanted && runs.shown().start_wanted);
        let run = runs.by_number(1).expect("it has begun anew once");
        run.curve = vec![0.5, 0.4];
        run.foresee(Forecast::draw(&spec));
        let known = runs.shown().known;
        runs.restart();
        let run = runs.shown();
        assert_eq!((run.number, run.step(), run.known), (2, None, known));
        assert!(run.forecast.is_some() && !run.forecast_wanted && run.start_wanted);
    }

    /// Three runs with so many relative errors.
    fn three(errors: [usize; 3]) -> Runs {
        let spec = Spec { effective_width: 5.0, neurons: 2, dimension: 10, samples: 40, ..Spec::default() };
        let mut runs = Runs::new(spec.clone());
        runs.set_beside(Some(spec.clone()));
        runs.all.push(Run::new(2, spec));
        runs.last_number = 2;
        for (run, errors) in runs.all.iter_mut().zip(errors) {
            (run.curve, run.at) = (vec![0.5; errors], errors.saturating_sub(1));
        }
        runs
    }

    #[test]
    fn runs_are_started_one_after_the_other_and_each_once() {
        let mut runs = three([0, 0, 0]);
        let mut started = Vec::new();
        while let Some((run, beside)) = runs.next_to_start() {
            started.push((run.number, beside));
        }
        assert_eq!(started, [(0, vec![1, 2]), (1, vec![0, 2]), (2, vec![0, 1])]);
        runs.set_beside(None);
        runs.restart();
        assert_eq!(runs.next_to_start().map(|(run, beside)| (run.number, beside)), Some((3, Vec::new())));
    }

    #[test]
    fn the_hindmost_goes_on_first_and_one_that_has_ended_holds_up_nobody() {
        let next = |runs: &Runs| runs.next_to_advance().map(|(run, behind)| (run.number, behind));
        assert_eq!(next(&three([4, 4, 0])), None, "one is not set up");
        let mut runs = three([4, 2, 4]);
        assert_eq!((runs.step(), next(&runs)), (Some(3), Some((1, 2))));
        (runs.all[1].curve, runs.all[1].at) = (vec![0.5; 4], 3);
        assert_eq!(next(&runs), Some((0, 0)));
        runs.all[0].stopped = Some(StopReason::Converged);
        (runs.all[1].curve, runs.all[1].at) = (vec![0.5; 9], 8);
        assert_eq!((next(&runs), runs.have_ended()), (Some((2, 5)), false));
        for run in &mut runs.all {
            run.stopped = Some(StopReason::Converged);
        }
        assert_eq!((next(&runs), runs.have_ended()), (None, true));
    }

    #[test]
    fn all_are_sought_at_the_same_step_or_at_their_ends() {
        let sought = |runs: &Runs, step| runs.next_to_seek(step).map(|(run, step)| (run.number, step));
        assert_eq!(sought(&three([4, 0, 4]), 1), None, "one is not set up");
        let mut runs = three([9, 4, 9]);
        assert_eq!((sought(&runs, 8), sought(&runs, 2), runs.last_step()), (None, Some((0, 2)), 8));
        for run in &mut runs.all {
            run.at = 2;
        }
        assert_eq!((sought(&runs, 2), runs.step(), sought(&runs, 3)), (None, Some(2), Some((0, 3))));
        runs.all[0].at = 8;
        assert_eq!(sought(&runs, 8), Some((1, 3)));
    }
}
