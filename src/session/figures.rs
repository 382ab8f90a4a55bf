//! The paper's figures on the page: which one is unfolded, what is known of it, recorded or run here, and what is looked at
//! in it.

use std::collections::BTreeMap;

use super::experiment::Experiment;
use super::kept::Piece;
use crate::charts::convergence;
use crate::charts::figure::Snapshot;
use crate::figures::{CellRecord, Figure, Preset, Record};
use crate::pruning::Pruning;
use crate::spec::{EPOCH, Spec};
use crate::trials::Tried;

mod words;

pub use words::TrialWords;

/// Milliseconds between two pictures of a figure that is being run.
const DRAWN_EVERY: f64 = 300.0;

/// What the reader does with the figures.
#[derive(Clone, Debug)]
pub enum Doing {
    /// The figure of this number was unfolded; whether it is recorded.
    Unfolds(u8, bool),
    /// It was folded.
    Folds(u8),
    /// Its recorded results have come, as [`Record::read`] takes them; none if there are none.
    Recorded(u8, Option<Vec<u8>>),
    /// What an earlier visit kept, piece by piece.
    Kept(Vec<String>),
    /// The size at which it is to be run, by its word.
    Sizes(String),
    /// Whether the run of this page is shown, or what was recorded.
    ShowsHere(bool),
    /// Which of its panels.
    Panel(usize),
    /// Runs it, pauses it or lets it go on.
    RunsOrPauses,
    /// Gives the run up, with its trials.
    Cancels,
    /// The pointer is at this place of the picture, in CSS pixels; none when it left.
    PointsAt(Option<(f64, f64)>),
    /// A click or a tap there.
    Clicks((f64, f64)),
    /// The next cell, or another one so many places on.
    CellBy(i32),
    /// The chosen cell is forgotten.
    ForgetsCell,
    /// Opens trial `index` of the chosen cell in the lab, or where masks are sought.
    OpensTrial(u32),
}

/// What the shell has to do for the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToDo {
    /// Fetch the recorded results of this figure, and tell by [`Doing::Recorded`].
    Fetch(u8),
    /// Show what [`Figures`] say now.
    Show,
    /// Keep this from visit to visit.
    Keep(Piece),
    /// Keep nothing any more.
    ForgetKept,
    /// Lead the reader to the lab.
    ShowLab,
}

/// What is known of a figure's recorded results.
#[derive(Clone, Debug, PartialEq)]
enum Recorded {
    Asked,
    Missing,
    There(Box<Record>),
}

/// The figures.
#[derive(Debug, Default)]
pub struct Figures {
    unfolded: Option<&'static Figure>,
    recorded: BTreeMap<u8, Recorded>,
    experiment: Option<Experiment>,
    // what follows from the experiment's results, when it was last looked at
    here: Option<Box<Record>>,
    preset: Option<Preset>,
    shows_here: bool,
    panel: usize,
    pointed: Option<usize>,
    chosen: Option<usize>,
    size: (f64, f64),
    changed: bool,
    results_changed: bool,
    drawn_at: f64,
}

impl Figures {
    /// The one that is unfolded.
    pub fn unfolded(&self) -> Option<&'static Figure> {
        self.unfolded
    }

    /// The run of a figure here, if there is one.
    pub fn experiment(&self) -> Option<&Experiment> {
        self.experiment.as_ref()
    }

    pub(super) fn experiment_mut(&mut self) -> Option<&mut Experiment> {
        self.experiment.as_mut()
    }

    /// The size at which the next run will be.
    pub fn preset(&self) -> Preset {
        self.preset.unwrap_or(Preset::Laptop)
    }

    /// Whether what is run here is shown.
    pub fn shows_here(&self) -> bool {
        self.shows_here
    }

    /// The picture has this size now, in pixels of the charts.
    pub fn measured(&mut self, size: (f64, f64)) {
        self.size = size;
    }

    /// The results that are shown.
    pub fn record(&self) -> Option<&Record> {
        let figure = self.unfolded?;
        if self.shows_here {
            return self.here.as_deref().filter(|record| record.figure == figure.number);
        }
        self.recorded_of(figure.number)
    }

    fn recorded_of(&self, number: u8) -> Option<&Record> {
        match self.recorded.get(&number) {
            Some(Recorded::There(record)) => Some(record),
            _ => None,
        }
    }

    /// The panels of the unfolded figure that have results, by their place, and the one that is shown.
    pub fn panels(&self) -> (Vec<usize>, usize) {
        let Some((figure, record)) = self.unfolded.zip(self.record()) else { return (Vec::new(), 0) };
        let has_results = |panel: &usize| {
            let series = figure.panels[*panel];
            record.cells.iter().any(|cell| series.contains(&cell.series) && !cell.ends.is_empty())
        };
        let mut panels: Vec<usize> = (0..figure.panels.len()).filter(has_results).collect();
        if !record.curves.is_empty() {
            panels.push(figure.panels.len());
        }
        let shown = if panels.contains(&self.panel) { self.panel } else { panels.first().copied().unwrap_or(0) };
        (panels, shown)
    }

    /// The ways of runs, where the panel is theirs: the one after those of points.
    pub fn curves(&self) -> Option<convergence::Snapshot<'_>> {
        let (figure, record) = self.unfolded.zip(self.record())?;
        let (_, panel) = self.panels();
        (panel == figure.panels.len()).then_some(convergence::Snapshot {
            size: self.size,
            figure,
            curves: &record.curves,
        })
    }

    /// The picture of points and cells; none without results, or where the panel is that of curves.
    pub fn snapshot(&self) -> Option<Snapshot<'_>> {
        let (figure, record) = self.unfolded.zip(self.record())?;
        let (_, panel) = self.panels();
        figure.panels.get(panel)?;
        Some(Snapshot { size: self.size, figure, record, panel, chosen: self.pointed.or(self.chosen) })
    }

    /// The cell whose trials are told, by its place in the record.
    pub fn chosen(&self) -> Option<&CellRecord> {
        self.record()?.cells.get(self.chosen?)
    }

    /// The cell that is pointed at, or the chosen one.
    pub fn told(&self) -> Option<&CellRecord> {
        self.record()?.cells.get(self.pointed.or(self.chosen)?)
    }

    /// Takes in what the reader does; what follows for the shell, and a run that is to be shown in the lab, or whose problem a mask
    /// is to be sought for.
    pub(super) fn take(&mut self, doing: Doing, number: u32) -> (Vec<ToDo>, Option<(Spec, Option<Pruning>)>) {
        let mut to_do = Vec::new();
        self.changed = true;
        match doing {
            Doing::Unfolds(number, is_recorded) => {
                self.unfolded = Figure::by_number(number);
                self.shows_here = self.experiment.as_ref().is_some_and(|run| run.figure().number == number);
                (self.panel, self.pointed, self.chosen) = (0, None, None);
                if self.unfolded.is_some() && !self.recorded.contains_key(&number) {
                    self.recorded.insert(number, if is_recorded { Recorded::Asked } else { Recorded::Missing });
                    to_do.extend(is_recorded.then_some(ToDo::Fetch(number)));
                }
            }
            Doing::Folds(number) => {
                self.unfolded.take_if(|figure| figure.number == number);
            }
            Doing::Recorded(number, bytes) => {
                let record = bytes.and_then(|bytes| Record::read(&bytes));
                let record = record.filter(|record| record.figure == number && record.bits == EPOCH);
                let known = record.map_or(Recorded::Missing, |record| Recorded::There(Box::new(record)));
                self.recorded.insert(number, known);
            }
            Doing::Kept(pieces) => match Experiment::restore(number, &pieces) {
                Some(kept) => {
                    self.preset = Some(kept.preset());
                    self.experiment = Some(kept);
                    self.results_changed = true;
                }
                None => to_do.push(ToDo::ForgetKept),
            },
            Doing::Sizes(word) => self.preset = Preset::by_key(&word).or(self.preset),
            Doing::ShowsHere(here) => {
                self.shows_here = here;
                (self.pointed, self.chosen) = (None, None);
            }
            Doing::Panel(panel) => {
                self.panel = panel;
                (self.pointed, self.chosen) = (None, None);
            }
            Doing::RunsOrPauses => self.run_or_pause(number, &mut to_do),
            Doing::Cancels => {
                self.experiment = None;
                self.here = None;
                self.shows_here = false;
                (self.pointed, self.chosen) = (None, None);
                to_do.push(ToDo::ForgetKept);
            }
            Doing::PointsAt(place) => {
                self.pointed = place.and_then(|place| self.snapshot()?.cell_at(place));
            }
            Doing::Clicks(place) => {
                self.chosen = self.snapshot().and_then(|snapshot| snapshot.cell_at(place));
                self.pointed = None;
            }
            Doing::CellBy(places) => {
                let next = self.snapshot().and_then(|snapshot| snapshot.next_cell(self.chosen, places));
                (self.chosen, self.pointed) = (next, None);
            }
            Doing::ForgetsCell => (self.chosen, self.pointed) = (None, None),
            Doing::OpensTrial(index) => {
                if let Some(cell) = self.chosen() {
                    to_do.extend(cell.pruning.is_none().then_some(ToDo::ShowLab));
                    return (to_do, Some((cell.spec_of(index), cell.pruning)));
                }
            }
        }
        (to_do, None)
    }

    fn run_or_pause(&mut self, number: u32, to_do: &mut Vec<ToDo>) {
        let Some(figure) = self.unfolded else { return };
        let preset = self.preset();
        let goes_on = |run: &&mut Experiment| {
            run.figure().number == figure.number && run.preset() == preset && !run.is_complete()
        };
        match self.experiment.as_mut().filter(goes_on) {
            Some(run) => run.pause(!run.is_paused()),
            None => {
                to_do.push(ToDo::ForgetKept);
                self.experiment = Some(Experiment::new(number, figure, preset));
                self.results_changed = true;
            }
        }
        if !self.shows_here {
            (self.pointed, self.chosen) = (None, None);
        }
        self.shows_here = true;
    }

    /// A trial has ended, after so many milliseconds.
    pub(super) fn tried(&mut self, trial: u32, tried: Tried, took: f64) -> Option<ToDo> {
        let piece = self.experiment.as_mut()?.take(trial, tried, took)?;
        (self.changed, self.results_changed) = (true, true);
        Some(ToDo::Keep(piece))
    }

    /// Sizes or colours have changed.
    pub(super) fn look_again(&mut self) {
        self.changed = true;
    }

    /// Whether something has changed that is to be shown sooner or later.
    pub fn is_pending(&self) -> bool {
        self.changed
    }

    /// Whether it is to be shown now. While a figure is run that is done now and then.
    pub(super) fn is_due(&mut self, now: f64) -> bool {
        let only_results = self.results_changed && self.experiment.as_ref().is_some_and(Experiment::is_open);
        if !self.changed || (only_results && now - self.drawn_at < DRAWN_EVERY) {
            return false;
        }
        if std::mem::take(&mut self.results_changed) {
            self.here = self.experiment.as_ref().map(|run| Box::new(run.record()));
        }
        (self.changed, self.drawn_at) = (false, now);
        true
    }
}
