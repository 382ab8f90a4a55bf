//! A map over two keys of the Spec, run in the page: its axes and measure, the trials in the pool, and what is looked at in
//! it. Everything else is as in the run that the lab shows.

mod running;

pub use running::{Boxes, MOST_TRIALS};

use running::Running;

use super::experiment::progress_words;
use super::kept::Piece;
use super::tables::{Cell as TableCell, Table};
use crate::charts::map::Snapshot;
use crate::figures::map::{Axis, Cell, Reading, Record};
use crate::language::{tr, translate};
use crate::notation::rounded;
use crate::spec::Spec;
use crate::spec::fields::Value;
use crate::trials::{Measure, Measured, bytes_of_a_trial};

/// Milliseconds between two pictures while the map is run.
const DRAWN_EVERY: f64 = 300.0;
/// Finished trials that an estimate of the time left needs.
const FEWEST: u32 = 3;
/// What the reader does with the map.
#[derive(Clone, Debug)]
pub enum Doing {
    /// It was unfolded or folded.
    Unfolds(bool),
    /// Runs what the boxes say, in place of what is there.
    Runs(Boxes),
    /// What an earlier visit kept, piece by piece.
    Kept(Vec<String>),
    /// Pauses it or lets it go on.
    Pauses,
    /// Gives it up.
    Cancels,
    /// The pointer is at this place of the picture, in CSS pixels; none when it left.
    PointsAt(Option<(f64, f64)>),
    /// A click or a tap there: the sliders move to the cell.
    Clicks((f64, f64)),
    /// So many columns and rows on.
    MovesBy(i32, i32),
    /// The sliders move to the chosen cell.
    Opens,
}

/// What the shell has to do for the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToDo {
    /// Show what [`Mapping`] says now.
    Show,
    /// Save it in this format.
    Save(&'static str),
    /// Have the boxes say this.
    Fill(Boxes),
    /// Keep this from visit to visit.
    Keep(Piece),
    /// Keep nothing any more.
    ForgetKept,
}

/// The map of the page.
#[derive(Debug, Default)]
pub struct Mapping {
    unfolded: bool,
    running: Option<Running>,
    mistake: Option<String>,
    chosen: Option<usize>,
    size: (f64, f64),
    changed: bool,
    results_changed: bool,
    drawn_at: f64,
}

impl Mapping {
    /// Whether its card is unfolded.
    pub fn is_unfolded(&self) -> bool {
        self.unfolded
    }

    /// Whether there is a map.
    pub fn is_there(&self) -> bool {
        self.running.is_some()
    }

    /// Its number among the experiments of the page.
    pub fn number(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.number)
    }

    /// Whether there are trials to ask a worker for.
    pub fn is_open(&self) -> bool {
        self.running.as_ref().is_some_and(|running| !running.paused && !running.open.is_empty())
    }

    /// The picture has this size now, in pixels of the charts.
    pub fn measured(&mut self, size: (f64, f64)) {
        self.size = size;
    }

    /// The picture beside the run of `spec`, whose place is on it if all else is as in the map; none without a map.
    pub fn snapshot(&self, spec: &Spec) -> Option<Snapshot<'_>> {
        let running = self.running.as_ref()?;
        let Running { map, readings, .. } = running;
        let along = |axis: &Axis| match (axis.field().get)(spec) {
            Value::Number(value) => Some(value),
            Value::Word(_) | Value::Painted(_) => None,
        };
        let present = along(map.x()).zip(along(map.y())).filter(|_| running.differences(spec).is_empty());
        Some(Snapshot { size: self.size, map, readings, present, chosen: self.chosen })
    }

    /// What is wrong with the boxes, in a sentence.
    pub fn mistake(&self) -> &str {
        self.mistake.as_deref().unwrap_or_default()
    }

    /// What the button says that pauses.
    pub fn button(&self) -> &'static str {
        if self.running.as_ref().is_some_and(|running| running.paused) { tr!("Go on") } else { tr!("Pause") }
    }

    /// Trials done and all of them.
    pub fn counts(&self) -> (u32, u32) {
        self.running.as_ref().map_or((0, 1), |running| (running.ledger.done(), running.map.plan().len()))
    }

    /// How far it is, with `workers` at work.
    pub fn progress(&self, workers: usize) -> String {
        let Some(running) = &self.running else { return String::new() };
        let (done, all) = self.counts();
        if done == all {
            return tr!("{done}\u{a0}trials, all done", done);
        }
        let seconds = 1e-3 * running.time / f64::from(running.timed.max(1));
        let left = seconds * f64::from(all - done) / workers.max(1) as f64;
        progress_words((done, all), running.paused, (running.timed >= FEWEST).then_some(left))
    }

    /// What the colours are, and where the run of `spec` is.
    pub fn caption(&self, spec: &Spec) -> String {
        let Some(running) = &self.running else { return String::new() };
        let differences: Vec<&str> = running.differences(spec).iter().map(|field| field.symbol).collect();
        let mut sentences =
            vec![tr!("Measured here, colour: {measure}.", measure = translate(running.map.measure().words()))];
        sentences.push(match differences.join(", ") {
            none if none.is_empty() => tr!("The cross is the run of the lab.").to_owned(),
            symbols => tr!("No cross: the run of the lab differs from the map in {symbols} too.", symbols),
        });
        if running.map.sets_nothing_by_distance() {
            let idle = tr!(
                "Where the moments of the sample give a start, λ sets nothing: only the data differ from place to place."
            );
            sentences.push(idle.to_owned());
        }
        sentences.join(" ")
    }

    /// What is told of the cell that is pointed at or chosen.
    pub fn cell_words(&self) -> String {
        let Some((running, reading)) = self.running.as_ref().zip(self.reading()) else { return String::new() };
        let measure = running.map.measure();
        let at = |axis: &Axis, value: f64| format!("{} = {}", axis.field().symbol, rounded(value, (0, 4)));
        let place = format!("{}, {}", at(running.map.x(), reading.x), at(running.map.y(), reading.y));
        match (reading.value, reading.low.zip(reading.high)) {
            (Some(value), Some((low, high))) => {
                let [value, low, high] = [value, low, high].map(|value| measure.told(value));
                tr!("{place}: {value} ({low} to {high}), n = {n}", place, value, low, high, n = reading.n)
            }
            _ => tr!("{place}: no number yet", place),
        }
    }

    fn reading(&self) -> Option<&Reading> {
        self.running.as_ref()?.readings.get(self.chosen?)
    }

    /// The map as a table: a row for each value of y, from the largest on.
    pub fn table(&self) -> Option<Table> {
        let Running { map, readings, .. } = self.running.as_ref()?;
        let heads = map.x().values().iter().map(|x| rounded(*x, (0, 4)));
        let corner = format!("{} \\ {}", map.y().field().symbol, map.x().field().symbol);
        let rows = map.y().values().iter().enumerate().rev().map(|(row, y)| {
            let cells = &readings[row * map.x().values().len()..][..map.x().values().len()];
            let values =
                cells.iter().map(|cell| cell.value.map_or("–".to_owned(), |value| map.measure().told(value)));
            std::iter::once(rounded(*y, (0, 4))).chain(values).map(TableCell::from).collect()
        });
        Some(Table { columns: std::iter::once(corner).chain(heads).collect(), rows: rows.collect() })
    }

    /// The map as comma-separated values, a line a cell.
    pub fn csv(&self) -> Option<String> {
        let Running { map, readings, .. } = self.running.as_ref()?;
        let mut text =
            format!("{},{},{},low,high,n,digest,link\n", map.x().field().key, map.y().field().key, map.measure().key());
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        for Reading { x, y, value, low, high, n, digest, link, .. } in readings {
            let [value, low, high] = [value, low, high].map(|value| number(*value));
            text.push_str(&format!("{x},{y},{value},{low},{high},{n},{digest},{link}\n"));
        }
        Some(text)
    }

    /// The map with all that the command line writes of one.
    pub fn json(&self) -> Option<String> {
        let Running { map, readings, .. } = self.running.as_ref()?;
        Some(serde_json::to_string(&Record::new(map, readings)).expect("plain data") + "\n")
    }

    /// Takes in what the reader does beside the run of `spec`; what follows for the shell, and a run to which the lab is to go.
    pub(super) fn take(&mut self, doing: Doing, spec: &Spec, number: u32) -> (Vec<ToDo>, Option<Spec>) {
        let mut to_do = Vec::new();
        self.changed = true;
        match doing {
            Doing::Unfolds(unfolded) => self.unfolded = unfolded,
            Doing::Runs(boxes) => match boxes.read(spec) {
                Ok(map) => {
                    self.running = Some(Running::new(number, map, spec, boxes));
                    (self.mistake, self.chosen) = (None, None);
                    to_do.push(ToDo::ForgetKept);
                }
                Err(sentence) => self.mistake = Some(sentence),
            },
            Doing::Kept(pieces) => match Running::restore(number, &pieces) {
                Some((running, boxes)) => {
                    self.running = Some(running);
                    self.results_changed = true;
                    to_do.push(ToDo::Fill(boxes));
                }
                None => to_do.push(ToDo::ForgetKept),
            },
            Doing::Pauses => {
                if let Some(running) = &mut self.running {
                    running.paused = !running.paused;
                }
            }
            Doing::Cancels => {
                (self.running, self.chosen, self.mistake) = (None, None, None);
                to_do.push(ToDo::ForgetKept);
            }
            Doing::PointsAt(place) => {
                self.chosen = place.and_then(|place| self.snapshot(spec)?.cell_at(place));
            }
            Doing::Clicks(place) => {
                self.chosen = self.snapshot(spec).and_then(|snapshot| snapshot.cell_at(place));
                return (to_do, self.chosen_spec(spec));
            }
            Doing::MovesBy(columns, rows) => {
                self.chosen = self.snapshot(spec).and_then(|snapshot| snapshot.moved(self.chosen, columns, rows));
            }
            Doing::Opens => return (to_do, self.chosen_spec(spec)),
        }
        (to_do, None)
    }

    /// The present run with the two values of the chosen cell.
    fn chosen_spec(&self, spec: &Spec) -> Option<Spec> {
        let cell = self.running.as_ref()?.map.plan().cells().get(self.chosen?)?;
        Some(Spec { trial: spec.trial, ..cell.spec.clone() })
    }

    /// The next trial to ask a worker for: its number, its run and what is measured; none while it is paused.
    pub(super) fn ask(&mut self) -> Option<(u32, Spec, Measure)> {
        let running = self.running.as_mut().filter(|running| !running.paused)?;
        let trial = running.map.plan().trial(running.open.pop_front()?)?;
        running.asked.insert(trial.number);
        Some((trial.number, Cell::spec_of(&trial), trial.cell.measure))
    }

    /// Bytes that its next trial takes at most.
    pub(super) fn bytes_of_next(&self) -> u64 {
        let next = self.running.as_ref().and_then(|running| running.map.plan().trial(*running.open.front()?));
        next.map_or(0, |trial| {
            let spec = &trial.cell.spec;
            bytes_of_a_trial(spec, spec.neurons * spec.dimension, spec.dimension)
        })
    }

    /// A trial will not come back; it is asked for again, unless it fails again and again.
    pub(super) fn lose(&mut self, trial: u32, for_good: bool) {
        if let Some(running) = &mut self.running
            && running.asked.remove(&trial)
        {
            running.open.push_front(trial);
            running.paused |= for_good;
            self.changed = true;
        }
    }

    /// A trial has ended, after so many milliseconds.
    pub(super) fn tried(&mut self, trial: u32, measured: Measured, took: f64) -> Option<ToDo> {
        let running = self.running.as_mut()?;
        running.asked.remove(&trial);
        if running.ledger.take(trial, measured.clone()) != Ok(true) {
            return None;
        }
        running.time += took;
        running.timed += 1;
        (self.changed, self.results_changed) = (true, true);
        Some(ToDo::Keep(running.kept.add(&(trial, measured))))
    }

    /// Something about the lab's run or the look of the page has changed.
    pub(super) fn look_again(&mut self) {
        self.changed |= self.unfolded;
    }

    /// Whether something has changed that is to be shown sooner or later.
    pub(super) fn is_pending(&self) -> bool {
        self.changed
    }

    /// Whether it is to be shown now. While it is run that is done now and then.
    pub(super) fn is_due(&mut self, now: f64) -> bool {
        if !self.changed || (self.results_changed && self.is_open() && now - self.drawn_at < DRAWN_EVERY) {
            return false;
        }
        if std::mem::take(&mut self.results_changed)
            && let Some(running) = &mut self.running
        {
            running.readings = running.map.read(&running.ledger);
        }
        (self.changed, self.drawn_at) = (false, now);
        true
    }
}
