//! What page and workers say to each other, as bytes. A worker hosts pure functions and owns no policy: it does what it was
//! asked last, in slices between which it hears; a new request takes the place of what it is at. Each request carries the
//! number of the run, of the campaign of probes or of the experiment it belongs to, each reply brings it back, and the page drops replies of
//! older ones.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::{
    DataOutline, Forecast, Measure, Measured, OwnForecast, OwnStart, Probe, Provenance, Stage, Staged, Tried, Wanted,
    packed,
};
use crate::pruning::Pruning;
use crate::spec::Spec;
use crate::tensor::{NoStart, Recovered};
use crate::theory::EarlyLights;
use crate::training::StopReason;

/// Milliseconds between two words of a worker that is at work.
pub const HEARTBEAT: f64 = 1000.0;

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Set up the run of a Spec, at t = 0.
    Start {
        /// Number of the run.
        run: u32,
        /// What defines it.
        spec: Spec,
        /// Numbers of the runs that stay beside it; the worker drops every other one.
        beside: Vec<u32>,
        /// Bytes that the moments may take which are kept to return to.
        room: u64,
        /// Number of the data of the reader's own to learn from; the worker drops every other one.
        data: Option<u32>,
    },
    /// Read data of the reader's own; the bytes of the file come along, as they are.
    Open {
        /// Number of the data.
        data: u32,
        /// Name of the file.
        file: String,
    },
    /// Train on: `steps` steps, or fewer when `budget` milliseconds are over or the run ends.
    Advance {
        /// Number of the run.
        run: u32,
        /// Steps wanted.
        steps: u32,
        /// Milliseconds after which a further step is not begun.
        budget: f64,
    },
    /// Return to an iteration that the run has passed, or go on to it.
    Seek {
        /// Number of the run.
        run: u32,
        /// Iteration t.
        step: u32,
    },
    /// Compute what theory and curvature say of a Spec's problem.
    Forecast {
        /// Number of the run.
        run: u32,
        /// Whose problem.
        spec: Spec,
    },
    /// Train one probe of the convex region to its end.
    Probe {
        /// Number of the campaign.
        run: u32,
        /// What is probed.
        spec: Spec,
        /// Number of the probe.
        index: u32,
    },
    /// Train one run to its end, or search one mask.
    Try {
        /// Number of the experiment.
        run: u32,
        /// Which run.
        spec: Spec,
        /// What is kept of it.
        wanted: Wanted,
        /// Of a search, how it is done.
        pruning: Option<Pruning>,
        /// Number of the trial.
        trial: u32,
    },
    /// Measure one number of one run.
    Measure {
        /// Number of the map.
        run: u32,
        /// Which run.
        spec: Spec,
        /// What is measured.
        measure: Measure,
        /// Number of the trial.
        trial: u32,
    },
    /// Train one network of a search for a mask to its end.
    Stage {
        /// Number of the search.
        run: u32,
        /// Whose problem.
        spec: Spec,
        /// How the mask is sought.
        pruning: Pruning,
        /// Which network.
        stage: Stage,
        /// The support of each of its neurons, of a lot those of the last round; nothing of round 0.
        supports: Vec<Vec<usize>>,
        /// Number of the network among those that are asked for.
        trial: u32,
    },
    /// Compute what the curvature of the sample at W\* foretells of a run on data of the reader's own that have W\*.
    Curvature {
        /// Number of the run.
        run: u32,
    },
    /// Make a file of a run, and of the one beside it, at the moment at which they stand.
    Save {
        /// Number of the run.
        run: u32,
        /// Number of the one beside it.
        beside: Option<u32>,
        /// Which file.
        wanted: RunFile,
        /// Where it comes from.
        provenance: Box<Provenance>,
        /// What theory and curvature say, for a file that tells of it.
        forecast: Option<Box<Forecast>>,
    },
    /// Nobody waits for what the worker does: it drops that, without an answer.
    Stop,
}

/// A file of a run that needs what the worker alone has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunFile {
    /// What is said of it in numbers, as JSON.
    Record,
    /// Its arrays, as npz.
    Arrays,
    /// The course of a run on data of the reader's own, as comma-separated values.
    Course,
}

/// Bytes that travel as they are, not one by one: a file can have 40 million.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "{} bytes", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(deserializer).map(|bytes| Self(bytes.to_vec()))
    }
}

/// Worker to page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// The worker listens.
    Ready,
    /// A run stands at t = 0, has advanced or has returned.
    Trained {
        /// Number of the run.
        run: u32,
        /// What it did since the last reply.
        progress: Progress,
    },
    /// A run on data of the reader's own cannot be set up.
    NotStarted {
        /// Number of the run.
        run: u32,
        /// Why, as a sentence without a full stop.
        why: String,
    },
    /// Data of the reader's own are on their way.
    Reading {
        /// Number of the data.
        data: u32,
        /// Share of the work that is done, from 0 to 1.
        share: f64,
    },
    /// Data of the reader's own are read.
    Opened {
        /// Number of the data.
        data: u32,
        /// What they are; or why they cannot be taken, as a sentence without a full stop.
        outcome: Result<Box<DataOutline>, String>,
    },
    /// What the curvature of the sample at W\* foretells of a run on data of the reader's own.
    Curvature {
        /// Number of the run.
        run: u32,
        /// What it foretells.
        forecast: Box<OwnForecast>,
    },
    /// Lights of a run's forecast that is being computed.
    Lights {
        /// Number of the run.
        run: u32,
        /// Those that are known since the last reply.
        lights: EarlyLights,
    },
    /// The forecast of a run.
    Forecast {
        /// Number of the run.
        run: u32,
        /// What theory and curvature say.
        forecast: Box<Forecast>,
    },
    /// A probe has ended.
    Probed {
        /// Number of the campaign.
        run: u32,
        /// How.
        probe: Probe,
    },
    /// A run was trained to its end.
    Tried {
        /// Number of the experiment.
        run: u32,
        /// Number of the trial.
        trial: u32,
        /// How it ended.
        tried: Box<Tried>,
    },
    /// A number of a run was measured.
    Measured {
        /// Number of the map.
        run: u32,
        /// Number of the trial.
        trial: u32,
        /// The number.
        measured: Measured,
    },
    /// A network of a search is on its way.
    OnTheWay {
        /// Number of the search.
        run: u32,
        /// Number of the network.
        trial: u32,
        /// Its steps so far.
        steps: u32,
        /// Its test error there.
        test_error: f64,
    },
    /// A network of a search was trained to its end.
    Staged {
        /// Number of the search.
        run: u32,
        /// Number of the network.
        trial: u32,
        /// How it went.
        staged: Box<Staged>,
    },
    /// A file of a run is made.
    Saved {
        /// Number of the run.
        run: u32,
        /// The file.
        bytes: Bytes,
    },
    /// The worker lives and is at work, said every [`HEARTBEAT`] for as long as it has nothing else to say.
    AtWork,
}

/// The part of a run that was trained for a reply. It stands at the last of these iterations; if there are none, at the one
/// before `from`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The iteration of the first entry of the two lists below.
    pub from: u32,
    /// Relative errors; on own data without W\* the training loss.
    pub curve: Vec<f64>,
    /// Places in the plane of the disc, in units of |W\*|; none on own data without W\*.
    pub path: Vec<(f64, f64)>,
    /// f(W(0)) and f(W(t)) where it stands, of a run on data of the reader's own.
    pub loss: Option<[f64; 2]>,
    /// W on the mask where it stands.
    pub weights: Vec<f64>,
    /// Digest of these weights.
    pub digest: String,
    /// Why the run ended; none while it goes on.
    pub stopped: Option<StopReason>,
    /// Whether it is on its way to the oracle, by its gradient.
    pub falling: bool,
    /// Milliseconds that these iterations took.
    pub took: f64,
    /// What the moments of the sample gave for the start, told at t = 0; none where they were not asked, and where they gave one
    /// that no W\* is known to compare with.
    pub moments: Option<Result<Recovered, NoStart>>,
    /// How a run on data of the reader's own began, told at t = 0.
    pub began: Option<Box<OwnStart>>,
}

impl Request {
    /// A request from the bytes that [`encode`] gave; none for other bytes, and none whose Spec is not valid.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        decode(bytes).filter(|request| match request {
            Request::Start { spec, .. }
            | Request::Forecast { spec, .. }
            | Request::Probe { spec, .. }
            | Request::Measure { spec, .. } => spec.validate().is_ok(),
            Request::Try { spec, pruning, .. } => {
                spec.validate().is_ok() && pruning.is_none_or(|pruning| pruning.is_possible())
            }
            Request::Stage { spec, pruning, stage, supports, .. } => {
                let fits = |support: &Vec<usize>| {
                    support.is_sorted_by(|a, b| a < b) && support.last().is_none_or(|last| *last < spec.dimension)
                };
                let known = match stage {
                    Stage::Round(0) => true,
                    Stage::Round(round) if *round > pruning.rounds => false,
                    Stage::Round(_) | Stage::Lot(_) => supports.len() == spec.neurons && supports.iter().all(fits),
                };
                spec.validate().is_ok() && pruning.is_possible() && known
            }
            Request::Open { .. }
            | Request::Advance { .. }
            | Request::Seek { .. }
            | Request::Curvature { .. }
            | Request::Save { .. }
            | Request::Stop => true,
        })
    }
}

/// A message as bytes.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    packed(message)
}

/// A message from the bytes that [`encode`] gave; none for other bytes.
pub fn decode<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
