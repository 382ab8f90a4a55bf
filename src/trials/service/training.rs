//! A run that a worker trains, forth and back.

use super::own_data::{Opened, Own};
use super::past::Past;
use crate::pause::Pause;
use crate::spec::{FOUND, Spec};
use crate::tensor::{NoStart, Recovered};
use crate::training::{Disc, Trainer};
use crate::trials::messages::{Progress, Reply};
use crate::trials::{DataOutline, OwnStanding, digest, is_falling};

/// Steps between two looks at the clock, at most.
const STEPS_A_LOOK: usize = 64;

/// A run in training.
pub struct Training {
    /// Its number.
    pub run: u32,
    spec: Spec,
    trainer: Trainer,
    disc: Disc,
    past: Past,
    // of a run on data of the reader's own
    own: Option<Own>,
}

impl Training {
    /// The run of `spec` at t = 0, whose moments are kept in `past`.
    pub async fn start(run: u32, spec: &Spec, past: Past, pause: &Pause) -> Self {
        Self::new(run, spec, Trainer::new_in_slices(spec, pause).await, past, None)
    }

    /// The same on data of the reader's own.
    ///
    /// # Errors
    /// Why there is none, as a sentence without a full stop.
    pub async fn on_data(
        run: u32,
        spec: &Spec,
        opened: Option<Opened>,
        past: Past,
        pause: &Pause,
    ) -> Result<Self, String> {
        let (own, trainer) = Own::start(spec, opened, pause).await?;
        Ok(Self::new(run, spec, trainer, past, Some(own)))
    }

    fn new(run: u32, spec: &Spec, trainer: Trainer, mut past: Past, own: Option<Own>) -> Self {
        let disc = Disc::new(trainer.oracle().clone(), trainer.weights());
        past.keep(trainer.moment());
        Self { run, spec: spec.clone(), trainer, disc, past, own }
    }

    /// On which data of the reader's own it is, if on any.
    pub fn own(&self) -> Option<&Own> {
        self.own.as_ref()
    }

    /// What defines it.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// Where it stands.
    pub fn trainer(&self) -> &Trainer {
        &self.trainer
    }

    /// What there is to say of the start.
    pub fn at_start(&self) -> Reply {
        self.progress(0, vec![self.place()], 0.0)
    }

    fn place(&self) -> (f64, f64) {
        self.disc.place(self.trainer.weights())
    }

    /// What happened from iteration `from` on within so many milliseconds; `path` has a place for each.
    fn progress(&self, from: usize, path: Vec<(f64, f64)>, took: f64) -> Reply {
        let weights = self.trainer.weights().to_vec();
        let outline = self.own.as_ref().map(Own::outline);
        // Without W* there is no distance from it: what falls is the loss.
        let knows = outline.is_none_or(DataOutline::has_oracle);
        let curve = if knows { self.trainer.relative_error() } else { self.trainer.risk() };
        let oracle = &self.trainer.problem().oracle;
        let moments = self.own.as_ref().map_or(self.trainer.moments(), Own::moments);
        let compared = |found: &Result<_, NoStart>| match found {
            Ok(found) => knows.then(|| Ok(Recovered::of(found, oracle))),
            Err(why) => Some(Err(*why)),
        };
        Reply::Trained {
            run: self.run,
            progress: Progress {
                from: from as u32,
                curve: curve[from..].to_vec(),
                path: if knows { path } else { Vec::new() },
                loss: outline.map(|outline| OwnStanding::of(outline, &self.trainer).loss),
                digest: digest(self.trainer.mask(), &weights),
                weights,
                stopped: self.trainer.stopped(),
                falling: is_falling(&self.trainer, FOUND),
                took,
                moments: moments.filter(|_| from == 0).and_then(compared),
                began: self.own.as_ref().filter(|_| from == 0).map(|own| Box::new(own.began())),
            },
        }
    }

    /// Up to `steps` further steps; no further one is begun once `budget` milliseconds are over by `clock`.
    pub async fn advance(&mut self, steps: usize, budget: f64, clock: &dyn Fn() -> f64, pause: &Pause) -> Reply {
        let from = self.trainer.steps() + 1;
        let began = clock();
        let (mut now, end) = (began, began + budget);
        let mut path = Vec::new();
        // A look at the clock costs as much as a small step, so several steps share one once they prove fast.
        let mut stride = 1;
        while path.len() < steps && self.trainer.stopped().is_none() && now < end {
            for _ in 0..stride.min(steps - path.len()) {
                self.trainer.advance_in_slices(1, pause).await;
                if self.trainer.steps() + 1 > from + path.len() {
                    path.push(self.place());
                }
                if self.trainer.stopped().is_some() {
                    break;
                }
            }
            stride = (2 * stride).min(STEPS_A_LOOK);
            let before = std::mem::replace(&mut now, clock());
            self.past.pass(now - before, self.trainer.moment());
        }
        self.progress(from, path, now - began)
    }

    /// Returns, or goes on, to iteration `step`, as far as the run has ever come.
    pub async fn seek(&mut self, step: usize, clock: &dyn Fn() -> f64, pause: &Pause) -> Reply {
        let step = step.min(self.trainer.last_step());
        let moment = self.past.before(step);
        if !(moment.step()..=step).contains(&self.trainer.steps()) {
            self.trainer.return_to(moment);
        }
        let steps = step - self.trainer.steps();
        self.advance(steps, f64::INFINITY, clock, pause).await
    }
}
