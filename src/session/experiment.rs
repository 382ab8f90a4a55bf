//! A figure of the paper that is run in the page: its trials go to the pool one by one, and are kept from one visit of the
//! page to the next.

use std::collections::{BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::kept::{self, Kept, Piece};
use crate::figures::{Cell, Figure, Preset, Record, Tally, still_open};
use crate::language::tr;
use crate::notation::duration;
use crate::trials::messages::Request;
use crate::trials::{Head, Ledger, Plan, Tried, bytes_of_a_trial};

/// Finished trials that an estimate of the time left needs.
const FEWEST: u32 = 3;

/// A figure at a preset, with the trials that have been run.
#[derive(Debug)]
pub struct Experiment {
    /// Number that requests carry.
    pub number: u32,
    figure: &'static Figure,
    preset: Preset,
    plan: Plan<Cell>,
    ledger: Ledger<Tried>,
    // to be asked for, in this order
    open: VecDeque<u32>,
    // those that a worker has
    asked: BTreeSet<u32>,
    paused: bool,
    // milliseconds that the trials run here took, all together, and how many they were
    time: f64,
    timed: u32,
    kept: Kept,
}

/// The heading of what is kept.
#[derive(Serialize, Deserialize)]
struct Heading {
    figure: u8,
    preset: String,
    head: Head,
}

impl Experiment {
    /// Of `figure` at `preset` without a result, under this number.
    pub fn new(number: u32, figure: &'static Figure, preset: Preset) -> Self {
        let plan = figure.plan(preset, None);
        let ledger = Ledger::new(&plan);
        let heading = Heading { figure: figure.number, preset: preset.key().to_owned(), head: ledger.head().clone() };
        let mut experiment = Self {
            number,
            figure,
            preset,
            ledger,
            open: VecDeque::new(),
            asked: BTreeSet::new(),
            paused: false,
            time: 0.0,
            timed: 0,
            kept: Kept::new(&heading),
            plan,
        };
        experiment.look_what_is_open();
        experiment
    }

    /// From what was kept of one, paused; none if that is of another version of the program, or no such text.
    pub fn restore(number: u32, pieces: &[String]) -> Option<Self> {
        let (heading, trials) = kept::read::<Heading, (u32, Tried)>(pieces)?;
        let (figure, preset) = (Figure::by_number(heading.figure)?, Preset::by_key(&heading.preset)?);
        let mut experiment = Self::new(number, figure, preset);
        experiment.ledger.accepts(&heading.head).ok()?;
        for (trial, tried) in trials {
            if experiment.ledger.take(trial, tried.clone()) == Ok(true) {
                experiment.kept.add(&(trial, tried));
            }
        }
        experiment.paused = true;
        experiment.look_what_is_open();
        Some(experiment)
    }

    /// Which figure.
    pub fn figure(&self) -> &'static Figure {
        self.figure
    }

    /// At which size.
    pub fn preset(&self) -> Preset {
        self.preset
    }

    /// Whether it waits until the reader lets it go on.
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Whether all trials are done that are to be run.
    pub fn is_complete(&self) -> bool {
        self.open.is_empty() && self.asked.is_empty()
    }

    /// Pauses it, or lets it go on. What workers have of it comes anyhow.
    pub fn pause(&mut self, paused: bool) {
        self.paused = paused;
    }

    /// Whether there are trials to ask a worker for.
    pub fn is_open(&self) -> bool {
        !self.paused && !self.open.is_empty()
    }

    /// The next trial by its number, and what to ask of a worker; none while it is paused.
    pub fn ask(&mut self) -> Option<(u32, Request)> {
        if self.paused {
            return None;
        }
        let trial = self.plan.trial(self.open.pop_front()?)?;
        self.asked.insert(trial.number);
        let (spec, wanted, pruning) = (Cell::spec_of(&trial), Cell::wanted(&trial), trial.cell.pruning);
        Some((trial.number, Request::Try { run: self.number, spec, wanted, pruning, trial: trial.number }))
    }

    /// Bytes that its next trial takes at most.
    pub fn bytes_of_next(&self) -> u64 {
        let next = self.open.front().and_then(|number| self.plan.trial(*number));
        next.map_or(0, |trial| {
            let spec = &trial.cell.spec;
            // A tenth more where widths are spread; supports that overlap less are wider than r̃ by at most four. A search for a
            // mask begins with all weights.
            let most = if trial.cell.pruning.is_some() { f64::INFINITY } else { 4.4 * spec.effective_width };
            let width = most.min(spec.dimension as f64) as usize;
            bytes_of_a_trial(spec, spec.neurons * width, spec.dimension)
        })
    }

    /// A trial will not come back; it is asked for again.
    pub fn lose(&mut self, trial: u32) {
        if self.asked.remove(&trial) {
            self.open.push_front(trial);
        }
    }

    /// A trial has ended, after so many milliseconds; gives what is to be kept.
    pub fn take(&mut self, trial: u32, tried: Tried, took: f64) -> Option<Piece> {
        self.asked.remove(&trial);
        if self.ledger.take(trial, tried.clone()) != Ok(true) {
            return None;
        }
        self.time += took;
        self.timed += 1;
        self.look_what_is_open();
        Some(self.kept.add(&(trial, tried)))
    }

    /// Trials beyond a cell's first are open once it is known how these ended.
    fn look_what_is_open(&mut self) {
        let open = still_open(&self.plan, &self.ledger);
        self.open = open.into_iter().filter(|number| !self.asked.contains(number)).collect();
    }

    /// The results so far.
    pub fn results(&self) -> impl Iterator<Item = &Tried> {
        self.ledger.results()
    }

    /// What follows from the results so far.
    pub fn record(&self) -> Record {
        Record::new(self.figure, self.preset, &self.plan, &Tally::all(&self.plan, &self.ledger), "")
    }

    /// Trials done and trials that are known to be run, all together.
    pub fn counts(&self) -> (u32, u32) {
        let done = self.ledger.done();
        (done, done + (self.open.len() + self.asked.len()) as u32)
    }

    /// How far it is: "14 of 96 trials, about 2 min left" with `workers` at work.
    pub fn progress(&self, workers: usize) -> String {
        let (done, all) = self.counts();
        if self.is_complete() {
            return tr!("{done}\u{a0}trials, all done", done);
        }
        let seconds = 1e-3 * self.time / f64::from(self.timed.max(1));
        let left = seconds * f64::from(all - done) / workers.max(1) as f64;
        progress_words((done, all), self.paused, (self.timed >= FEWEST).then_some(left))
    }
}

/// How many trials are `done` of `all`, and how many seconds are `left` where that can be told.
pub(super) fn progress_words((done, all): (u32, u32), paused: bool, left: Option<f64>) -> String {
    match left.map(duration) {
        _ if paused => tr!("{done} of\u{a0}{all} trials, paused", done, all),
        Some(left) => tr!("{done} of\u{a0}{all} trials, about {left} left", done, all, left),
        None => tr!("{done} of\u{a0}{all} trials", done, all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn figure() -> &'static Figure {
        Figure::by_number(5).expect("a figure")
    }

    /// What a worker makes of a request.
    fn answer(request: &Request) -> Tried {
        let Request::Try { spec, wanted, pruning: None, .. } = request else { panic!("{request:?}") };
        Tried::run(spec, *wanted)
    }

    /// Runs `experiment` for so many trials; gives what was kept on the way.
    fn run(experiment: &mut Experiment, trials: usize, kept: &mut Vec<String>) -> usize {
        for done in 0..trials {
            let Some((number, request)) = experiment.ask() else { return done };
            let piece = experiment.take(number, answer(&request), 5.0).expect("it is new");
            kept.resize(kept.len().max(piece.number + 1), String::new());
            kept[piece.number] = piece.text;
        }
        trials
    }

    #[test]
    fn what_was_kept_goes_on_to_what_one_run_gives() {
        let mut whole = Experiment::new(1, figure(), Preset::Quick);
        run(&mut whole, usize::MAX, &mut Vec::new());
        assert!(whole.is_complete() && !whole.is_open());

        let (mut experiment, mut kept) = (Experiment::new(2, figure(), Preset::Quick), Vec::new());
        assert_eq!(run(&mut experiment, 9, &mut kept), 9);
        let mut restored = Experiment::restore(3, &kept).expect("it was kept");
        assert!(restored.is_paused() && restored.ask().is_none());
        assert_eq!(restored.counts().0, 9);
        restored.pause(false);
        run(&mut restored, usize::MAX, &mut kept);
        assert_eq!(restored.record(), whole.record());
        // And what that kept holds all of them.
        assert_eq!(Experiment::restore(4, &kept).map(|kept| kept.record()), Some(whole.record()));
    }

    #[test]
    fn what_is_of_another_figure_or_plan_is_not_taken() {
        let head = Ledger::<Tried>::new(&figure().plan(Preset::Quick, None)).head().clone();
        let other = Ledger::<Tried>::new(&figure().plan(Preset::Laptop, None)).head().clone();
        let restored = |figure, preset: &str, head: &Head| {
            let heading = Heading { figure, preset: preset.to_owned(), head: head.clone() };
            let trial = answer(&Experiment::new(1, Figure::by_number(5)?, Preset::Quick).ask()?.1);
            Experiment::restore(5, &[Kept::new(&heading).add(&(0_u32, trial)).text])
        };
        assert!(restored(5, "quick", &head).is_some());
        assert!(restored(5, "quick", &other).is_none());
        assert!(restored(99, "quick", &head).is_none());
        assert!(restored(5, "huge", &head).is_none());
    }

    #[test]
    fn a_lost_trial_is_asked_for_again_and_the_progress_is_told() {
        let mut experiment = Experiment::new(1, figure(), Preset::Quick);
        let (first, request) = experiment.ask().expect("a trial");
        experiment.lose(first);
        assert_eq!(experiment.ask().map(|(number, ..)| number), Some(first));
        let tried = answer(&request);
        assert!(experiment.take(first, tried.clone(), 2000.0).is_some());
        assert_eq!(experiment.take(first, tried, 2000.0), None);
        let (done, all) = experiment.counts();
        assert_eq!((done, all), (1, 50));
        assert_eq!(experiment.progress(2), "1 of\u{a0}50 trials");
        run(&mut experiment, 2, &mut Vec::new());
        assert!(experiment.progress(2).ends_with("left"), "{}", experiment.progress(2));
        experiment.pause(true);
        assert_eq!(experiment.progress(2), "3 of\u{a0}50 trials, paused");
    }
}
