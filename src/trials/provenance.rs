//! What each saved file of a run says of where it comes from, so that whoever finds it can come to the same bits.

use serde::{Deserialize, Serialize};

use crate::language::tr;
use crate::link::Link;
use crate::spec::{EPOCH, Spec};
use crate::training::Trainer;

use super::{Report, digest};

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The link to a moment of a run, who made it, and where the run stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// The link: an address of the page, or its part from # on.
    pub link: String,
    /// t.
    pub step: usize,
    /// The seed of the run.
    pub seed: u64,
    /// Digest of W(t).
    pub digest: String,
    /// Where the run stands, in a sentence: the caption of what is saved.
    pub status: String,
    /// The name of the run beside it and the digest of its weights, where there is one.
    pub beside: Option<(String, String)>,
}

impl Provenance {
    /// Of a run that the command line has trained to its end, or `to` this step.
    pub fn of(report: &Report, to: Option<usize>) -> Self {
        let (step, digest) = (report.standing.step, &report.digest);
        Self {
            link: link_to(&report.spec, to.map(|_| (step, digest.as_str()))),
            step,
            seed: report.spec.seed,
            digest: digest.clone(),
            status: report.sentence(),
            beside: None,
        }
    }

    /// Of a run whose link is `link` and of which nothing is said in a sentence.
    pub fn of_trainer(spec: &Spec, link: String, status: String, trainer: &Trainer) -> Self {
        let digest = digest(trainer.mask(), trainer.weights());
        Self { link, step: trainer.steps(), seed: spec.seed, digest, status, beside: None }
    }

    /// All of it, a line each.
    pub fn words(&self) -> String {
        format!("{}\n{}", self.status, self.lines().join("\n"))
    }

    /// All of it but the status, a line each.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            self.link.clone(),
            tr!(
                "t = {step}, digest {digest}, seed {seed}, bits epoch {bits}, Winning Ticket {version}",
                step = self.step,
                digest = self.digest,
                seed = self.seed,
                bits = EPOCH,
                version = VERSION
            ),
        ];
        let beside = |(name, digest): &(String, String)| tr!("beside it {name}, digest {digest}", name, digest);
        lines.extend(self.beside.as_ref().map(beside));
        lines
    }
}

/// A run's link from # on; with its digest at a moment, where one is given.
pub fn link_to(spec: &Spec, moment: Option<(usize, &str)>) -> String {
    let (step, digest) = moment.unzip();
    let link = Link { step, digest: digest.map(str::to_owned), bits: step.map(|_| EPOCH), ..Link::from(spec.clone()) };
    format!("#{}", link.fragment())
}
