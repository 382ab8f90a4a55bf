//! The made-up workers of the page without a browser.

use super::{END, GRADIENT_DESCENT_END};
use crate::session::Session;
use crate::session::run::Run;
use crate::spec::Start;
use crate::tensor::Recovered;
use crate::training::{StopReason, Trainer};
use crate::trials::messages::{Bytes, Progress, Reply, Request};
use crate::trials::{Forecast, Measured, Outcome, Probe, Staged, Tried, probe_distance};
/// What a worker answers: a made-up run that falls evenly and ends after [`END`] steps, and probes that succeed near the
/// oracle; the forecast is that of the setting.
pub fn answer(request: &Request, session: &Session) -> Option<Reply> {
    let longest = |run| {
        let known = session.runs().iter().find(|known| known.number == run);
        let end = |known: &Run| if known.spec.momentum == 0.0 { GRADIENT_DESCENT_END } else { END };
        known.map_or(END, |known| end(known).min(known.spec.max_steps))
    };
    let trained = |run, from: usize, to: usize| {
        let error = |step: usize| 0.5 - 0.49 * step as f64 / END as f64;
        let weights = session.run().kept.values().to_vec();
        let progress = Progress {
            from: from as u32,
            curve: (from..=to).map(error).collect(),
            path: (from..=to).map(|step| (error(step), 0.0)).collect(),
            weights,
            loss: None,
            digest: format!("{to:016x}"),
            stopped: (to >= longest(run)).then_some(StopReason::Converged),
            falling: true,
            took: (to + 1 - from) as f64,
            moments: None,
            began: None,
        };
        Reply::Trained { run, progress }
    };
    match request {
        Request::Start { run, spec, .. } => {
            let mut reply = trained(*run, 0, 0);
            if let (Reply::Trained { progress, .. }, Start::Tensor) = (&mut reply, spec.start) {
                let trainer = Trainer::new(spec);
                let compared = |found: &_| Recovered::of(found, &trainer.problem().oracle);
                progress.moments = trainer.moments().map(|found| found.as_ref().map(compared).map_err(|why| *why));
            }
            Some(reply)
        }
        Request::Advance { run, steps, .. } => {
            let known = session.runs().iter().find(|known| known.number == *run)?;
            let step = known.step().expect("it is set up");
            Some(trained(*run, step + 1, (step + *steps as usize).min(longest(*run))))
        }
        Request::Seek { run, step } => {
            let mut reply = trained(*run, *step as usize + 1, *step as usize);
            if let Reply::Trained { progress, .. } = &mut reply {
                progress.stopped = progress.stopped.filter(|_| *step as usize == longest(*run));
            }
            Some(reply)
        }
        Request::Forecast { run, spec } => {
            Some(Reply::Forecast { run: *run, forecast: Box::new(Forecast::draw(spec)) })
        }
        Request::Probe { run, index, .. } => {
            let distance = probe_distance(*index);
            let outcome = if distance < 0.8 { Outcome::Success } else { Outcome::StoppedElsewhere };
            let probe = Probe { index: *index, distance, outcome, steps: 100, falling: false, reach: None };
            Some(Reply::Probed { run: *run, probe })
        }
        Request::Try { run, spec, wanted, pruning: None, trial } => {
            Some(Reply::Tried { run: *run, trial: *trial, tried: Box::new(Tried::run(spec, *wanted)) })
        }
        Request::Measure { run, spec, measure, trial } => {
            Some(Reply::Measured { run: *run, trial: *trial, measured: Measured::run(spec, *measure) })
        }
        Request::Stage { run, spec, pruning, stage, supports, trial } => {
            let staged = Box::new(Staged::train(spec, *pruning, *stage, supports));
            Some(Reply::Staged { run: *run, trial: *trial, staged })
        }
        Request::Save { run, provenance, .. } => {
            Some(Reply::Saved { run: *run, bytes: Bytes(provenance.words().into_bytes()) })
        }
        Request::Try { pruning: Some(_), .. } | Request::Open { .. } | Request::Curvature { .. } | Request::Stop => {
            None
        }
    }
}
