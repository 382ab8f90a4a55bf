//! A map over two keys of the Spec, run in the page: its axes and measure, the trials in the pool, and what is looked at in
//! it. Everything else is as in the run that the lab shows.

use std::collections::{BTreeSet, VecDeque};

use super::tables::{Cell as TableCell, Table};
use crate::charts::map::Snapshot;
use crate::figures::map::{Axis, Cell, Map, Reading};
use crate::link::quoted;
use crate::notation::{duration, rounded};
use crate::spec::Spec;
use crate::trials::{Ledger, Measure, Measured, bytes_of_a_trial};

/// Milliseconds between two pictures while the map is run.
const DRAWN_EVERY: f64 = 300.0;
/// Finished trials that an estimate of the time left needs.
const FEWEST: u32 = 3;
/// Trials of a cell at most: a page is for looking.
pub const MOST_TRIALS: u32 = 100;

/// What the reader does with the map.
#[derive(Clone, Debug)]
pub enum Doing {
    /// It was unfolded or folded.
    Unfolds(bool),
    /// Runs what these boxes say, in place of what is there: the axes, as `r=10:60:5`, the measure's word, trials of a cell.
    Runs {
        /// The axis of the columns.
        x: String,
        /// That of the rows.
        y: String,
        /// What is measured.
        measure: String,
        /// Trials of a cell.
        trials: String,
    },
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

/// A map that is run.
#[derive(Debug)]
struct Running {
    number: u32,
    map: Map,
    ledger: Ledger<Measured>,
    open: VecDeque<u32>,
    asked: BTreeSet<u32>,
    paused: bool,
    time: f64,
    timed: u32,
    readings: Vec<Reading>,
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

    /// The picture over the run of `spec`; none without a map.
    pub fn snapshot(&self, spec: &Spec) -> Option<Snapshot<'_>> {
        let Running { map, readings, .. } = self.running.as_ref()?;
        let present = [map.x(), map.y()].map(|axis| match (axis.field().get)(spec) {
            crate::spec::fields::Value::Number(value) => Some(value),
            crate::spec::fields::Value::Word(_) => None,
        });
        let present = present[0].zip(present[1]);
        Some(Snapshot { size: self.size, map, readings, present, chosen: self.chosen })
    }

    /// What is wrong with the boxes, in a sentence.
    pub fn mistake(&self) -> &str {
        self.mistake.as_deref().unwrap_or_default()
    }

    /// What the button says that pauses.
    pub fn button(&self) -> &'static str {
        if self.running.as_ref().is_some_and(|running| running.paused) { "Go on" } else { "Pause" }
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
            return format!("{all}\u{a0}trials, all done");
        }
        let mut text = format!("{done} of\u{a0}{all} trials");
        if running.paused {
            text.push_str(", paused");
        } else if running.timed >= FEWEST {
            let left = 1e-3 * running.time / f64::from(running.timed) * f64::from(all - done) / workers.max(1) as f64;
            text.push_str(&format!(", about {} left", duration(left)));
        }
        text
    }

    /// What the colours are.
    pub fn caption(&self) -> String {
        let Some(running) = &self.running else { return String::new() };
        let measure = running.map.measure();
        format!("Measured here, colour: {}. The cross is the run of the lab.", measure.words())
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
                format!("{place}: {value} ({low} to {high}), n = {}", reading.n)
            }
            _ => format!("{place}: no number yet"),
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

    /// Takes in what the reader does beside the run of `spec`; a run to which the lab is to go.
    pub(super) fn take(&mut self, doing: Doing, spec: &Spec, number: u32) -> Option<Spec> {
        self.changed = true;
        match doing {
            Doing::Unfolds(unfolded) => self.unfolded = unfolded,
            Doing::Runs { x, y, measure, trials } => match read(spec, &x, &y, &measure, &trials) {
                Ok(map) => self.run(map, number),
                Err(sentence) => self.mistake = Some(sentence),
            },
            Doing::Pauses => {
                if let Some(running) = &mut self.running {
                    running.paused = !running.paused;
                }
            }
            Doing::Cancels => (self.running, self.chosen, self.mistake) = (None, None, None),
            Doing::PointsAt(place) => {
                self.chosen = place.and_then(|place| self.snapshot(spec)?.cell_at(place));
            }
            Doing::Clicks(place) => {
                self.chosen = self.snapshot(spec).and_then(|snapshot| snapshot.cell_at(place));
                return self.chosen_spec(spec);
            }
            Doing::MovesBy(columns, rows) => {
                self.chosen = self.snapshot(spec).and_then(|snapshot| snapshot.moved(self.chosen, columns, rows));
            }
            Doing::Opens => return self.chosen_spec(spec),
        }
        None
    }

    /// The present run with the two values of the chosen cell.
    fn chosen_spec(&self, spec: &Spec) -> Option<Spec> {
        let cell = self.running.as_ref()?.map.plan().cells().get(self.chosen?)?;
        Some(Spec { trial: spec.trial, ..cell.spec.clone() })
    }

    fn run(&mut self, map: Map, number: u32) {
        let ledger = Ledger::new(map.plan());
        let open = map.plan().order().collect();
        let readings = map.read(&ledger);
        let asked = BTreeSet::new();
        self.running = Some(Running { number, map, ledger, open, asked, paused: false, time: 0.0, timed: 0, readings });
        (self.mistake, self.chosen) = (None, None);
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
    pub(super) fn tried(&mut self, trial: u32, measured: Measured, took: f64) {
        let Some(running) = &mut self.running else { return };
        running.asked.remove(&trial);
        if running.ledger.take(trial, measured) == Ok(true) {
            running.time += took;
            running.timed += 1;
            (self.changed, self.results_changed) = (true, true);
        }
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

/// The map that the boxes ask for, or what is wrong with them.
fn read(spec: &Spec, x: &str, y: &str, measure: &str, trials: &str) -> Result<Map, String> {
    let axis = |name: &str, text: &str| {
        Axis::read(text).map_err(|bad| format!("{name} is {}, but must be {bad}.", quoted(text)))
    };
    let (x, y) = (axis("The axis across", x)?, axis("The axis upwards", y)?);
    let measure =
        Measure::by_key(measure).ok_or_else(|| format!("{} is nothing that can be measured.", quoted(measure)))?;
    let count = trials.trim().parse().ok().filter(|count| (1..=MOST_TRIALS).contains(count)).ok_or_else(|| {
        format!("Trials of a place are {}, but must be a whole number from 1 to {MOST_TRIALS}.", quoted(trials))
    })?;
    Map::new(spec, x, y, measure, count).map_err(|bad| format!("There is no such map: {bad}."))
}
