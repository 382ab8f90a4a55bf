//! The search for a mask on the page: its rounds as they come, one of them looked at, and the lottery after the last.

mod hunt;
mod words;

pub use words::Fact;

use hunt::Hunt;

use super::announcements::Milestone;
use crate::charts::{curves, mask_overlap};
use crate::language::tr;
use crate::link::quoted;
pub use crate::pruning::Asked;
use crate::pruning::{Bad, Pruning};
use crate::spec::{LearnerMask, Painted, Spec, Start};
use crate::trials::messages::Request;
use crate::trials::{SearchRecord, Staged};

/// What the reader does with the search.
#[derive(Clone, Debug)]
pub enum Doing {
    /// Its card was unfolded or folded.
    Unfolds(bool),
    /// Searches as the boxes say, in place of what is there, for the problem of the lab's run.
    Runs(Asked),
    /// Searches so for the problem of this run: of a link, or of a figure's cell.
    Opens(Box<Spec>, Pruning),
    /// Pauses it, lets it go on, or lets the next round begin.
    Pauses,
    /// Gives it up.
    Cancels,
    /// Whether it waits after each round.
    WaitsBetween(bool),
    /// This round is looked at.
    Looks(usize),
    /// After the last round: the ticket against a re-drawn start and a random mask.
    DrawsLots,
}

/// What the shell has to do for the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToDo {
    /// Show what [`Searching`] says now.
    Show,
    /// Save it in this format.
    Save(&'static str),
    /// Have the boxes say this, and lead the reader to the card.
    Lead(Asked),
}

/// Width and height of each picture, in pixels of the charts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sizes {
    /// The masks.
    pub mask: (f64, f64),
    /// Test error over the rounds.
    pub rounds: (f64, f64),
    /// The lottery.
    pub lots: (f64, f64),
}

/// The search of the page.
#[derive(Debug, Default)]
pub struct Searching {
    hunt: Option<Hunt>,
    mistake: Option<String>,
    waits_between: bool,
    unfolded: bool,
    // the round that is looked at; none while it is the latest
    looked_at: Option<usize>,
    sizes: Sizes,
    changed: bool,
}

impl Searching {
    /// Whether there is a search.
    pub fn is_there(&self) -> bool {
        self.hunt.is_some()
    }

    /// Whether a lottery was asked for.
    pub fn has_lots(&self) -> bool {
        self.hunt.as_ref().is_some_and(|hunt| hunt.lots_wanted)
    }

    /// Whether a lottery can be asked for.
    pub fn can_draw_lots(&self) -> bool {
        self.hunt.as_ref().is_some_and(|hunt| hunt.is_over() && !hunt.lots_wanted && hunt.pruning.ratio > 0.0)
    }

    /// Its number among the experiments of the page.
    pub fn number(&self) -> Option<u32> {
        self.hunt.as_ref().map(|hunt| hunt.number)
    }

    /// How the mask is sought, if it is for the problem of `spec`.
    pub fn pruning_of(&self, spec: &Spec) -> Option<Pruning> {
        self.hunt.as_ref().filter(|hunt| hunt.spec == problem_of(spec)).map(|hunt| hunt.pruning)
    }

    /// Rounds that are done, and the one that is looked at.
    pub fn rounds(&self) -> (usize, usize) {
        let done = self.hunt.as_ref().map_or(0, |hunt| hunt.rounds.len());
        let last = done.saturating_sub(1);
        (done, self.looked_at.unwrap_or(last).min(last))
    }

    /// How far it is: a stage a network of the rounds, and one for all lots.
    pub fn milestone(&self) -> Option<Milestone> {
        let hunt = self.hunt.as_ref()?;
        let lots = u32::from(hunt.lots.iter().all(Option::is_some));
        Some(Milestone { number: hunt.number, stage: hunt.rounds.len() as u32 + lots })
    }

    /// What is wrong with the boxes, in a sentence.
    pub fn mistake(&self) -> &str {
        self.mistake.as_deref().unwrap_or_default()
    }

    /// The pictures have these sizes now.
    pub fn measured(&mut self, sizes: Sizes) {
        self.sizes = sizes;
    }

    /// The round that is looked at.
    fn shown(&self) -> Option<&hunt::Round> {
        self.hunt.as_ref()?.rounds.get(self.rounds().1)
    }

    /// The masks of the round that is looked at.
    pub fn masks(&self) -> Option<mask_overlap::Snapshot<'_>> {
        let (hunt, round) = self.hunt.as_ref().zip(self.shown())?;
        Some(mask_overlap::Snapshot {
            size: self.sizes.mask,
            oracle: &round.kept,
            oracle_mask: hunt.oracle.mask(),
            weights: Some(&round.staged.weights),
            lit: None,
            cursor: None,
        })
    }

    /// Test error over the rounds; none before the first.
    pub fn course(&self) -> Option<curves::Snapshot> {
        let hunt = self.hunt.as_ref().filter(|hunt| !hunt.rounds.is_empty())?;
        let (_, shown) = self.rounds();
        Some(hunt.course(self.sizes.rounds, shown))
    }

    /// The curves of the lottery; none before the first.
    pub fn lots(&self) -> Option<curves::Snapshot> {
        self.hunt.as_ref()?.lottery(self.sizes.lots)
    }

    /// The rounds as the command line saves them.
    pub fn json(&self) -> Option<String> {
        let hunt = self.hunt.as_ref()?;
        let tickets = hunt.rounds.iter().map(|round| (&round.staged.ticket, round.staged.test_error));
        let record = SearchRecord::new(&hunt.spec, hunt.pruning, tickets);
        Some(serde_json::to_string(&record).expect("plain data") + "\n")
    }

    /// Takes in what the reader does beside the run of `spec`.
    pub(super) fn take(&mut self, doing: Doing, spec: &Spec, number: u32) -> Vec<ToDo> {
        let mut to_do = Vec::new();
        self.changed = true;
        match doing {
            Doing::Unfolds(unfolded) => self.unfolded = unfolded,
            Doing::Runs(asked) => match asked.read(spec) {
                Ok(pruning) => self.begin(number, spec, pruning),
                Err(Bad { field, value, accepted }) => {
                    let (field, value) = (called(field), quoted(&value));
                    self.mistake = Some(tr!("The {field} is {value}, but must be {accepted}.", field, value, accepted));
                }
            },
            Doing::Opens(spec, pruning) => {
                self.begin(number, &spec, pruning);
                to_do.push(ToDo::Lead(pruning.in_menu()));
            }
            Doing::Pauses => {
                if let Some(hunt) = &mut self.hunt {
                    hunt.pause();
                }
            }
            Doing::Cancels => (self.hunt, self.mistake, self.looked_at) = (None, None, None),
            Doing::WaitsBetween(waits) => {
                self.waits_between = waits;
                if let Some(hunt) = &mut self.hunt {
                    hunt.waits &= waits;
                }
            }
            Doing::Looks(round) => {
                let (done, _) = self.rounds();
                self.looked_at = (round + 1 < done).then_some(round);
            }
            Doing::DrawsLots => {
                let wanted = self.can_draw_lots();
                if let Some(hunt) = &mut self.hunt {
                    hunt.lots_wanted |= wanted;
                }
            }
        }
        to_do
    }

    fn begin(&mut self, number: u32, spec: &Spec, pruning: Pruning) {
        self.hunt = Some(Hunt::new(number, problem_of(spec), pruning));
        (self.mistake, self.looked_at) = (None, None);
    }

    /// The next network to ask a worker for, by its number, and what to ask.
    pub(super) fn ask(&mut self) -> Option<(u32, Request)> {
        self.hunt.as_mut()?.ask()
    }

    /// Whether there is a network to ask for.
    pub(super) fn is_open(&self) -> bool {
        self.hunt.as_ref().is_some_and(Hunt::is_open)
    }

    /// Bytes that its networks take at most.
    pub(super) fn bytes_of_next(&self) -> u64 {
        self.hunt.as_ref().map_or(0, Hunt::bytes)
    }

    /// A network is on its way.
    pub(super) fn on_the_way(&mut self, trial: u32, steps: u32, test_error: f64) {
        if let Some(hunt) = &mut self.hunt {
            hunt.on_the_way = Some((trial, steps, test_error));
            self.changed = true;
        }
    }

    /// A network has been trained.
    pub(super) fn staged(&mut self, trial: u32, staged: Staged) {
        let waits_between = self.waits_between;
        if let Some(hunt) = &mut self.hunt {
            hunt.take(trial, staged, waits_between);
            self.changed = true;
        }
    }

    /// A network will not come back; it is asked for again, unless it fails again and again.
    pub(super) fn lose(&mut self, trial: u32, for_good: bool) {
        if let Some(hunt) = &mut self.hunt {
            hunt.lose(trial, for_good);
            self.changed = true;
        }
    }

    /// Something about the look of the page has changed.
    pub(super) fn look_again(&mut self) {
        self.changed |= self.unfolded;
    }

    /// Whether something has changed that is to be shown.
    pub(super) fn is_pending(&self) -> bool {
        self.changed
    }

    /// Whether it is to be shown now.
    pub(super) fn is_due(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }
}

/// What a box is called in a sentence.
fn called(field: &'static str) -> &'static str {
    match field {
        "method" => tr!("method"),
        "ratio" => tr!("ratio"),
        "rounds" => tr!("rounds"),
        "restart" => tr!("restart"),
        _ => field,
    }
}

/// What of a run's Spec a search has: its mask is the search's own, and the dense network starts in the ball.
fn problem_of(spec: &Spec) -> Spec {
    let painted = Painted::none();
    Spec { mask: LearnerMask::Exact, missed: 0.0, extra: 0.0, painted, start: Start::Ball, ..spec.clone() }
}
