//! Theorems 1 and 2 and Lemma 1 with the numbers of the run that is shown, and beside each what is measured: what the page's
//! section on theory writes into its formulas. Every number is that of the function which the lights, captions and curves
//! have it from, and is rounded as they round it.

mod lemma1;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod theorem1;
mod theorem2;

use super::captions;
use super::run::Run;
use crate::language::{message, tr, translate};
use crate::notation::{grouped, rounded};
use crate::spec::StepSize;
use crate::spec::fields::Field;
use crate::theory::Light;
use crate::trials::{Probe, shown_width};

/// What stands in place of numbers on data of the reader's own.
const OWN_DATA: &str = message!("Not on own data, which are not what the theorem supposes.");

/// The numbers of one formula, each by the name of its place.
pub type Numbers = Vec<(&'static str, String)>;

/// What a formula shows in place of its symbols.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// These numbers.
    Numbers(Numbers),
    /// None: this sentence says why.
    Silent(String),
    /// They are being computed: what it showed of the setting before stays, marked as old.
    Waiting,
}

/// A formula of the section, by its key, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its key.
    pub key: &'static str,
    /// What it shows.
    pub told: Told,
}

/// All that changes in the section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theorems {
    /// Its formulas.
    pub lines: Vec<Line>,
    /// Its sentences, by their keys; none of one that is being computed.
    pub sentences: Vec<(&'static str, Option<String>)>,
}

impl Theorems {
    /// For `run` and its probes, which are `stale` where they are of the setting before.
    pub fn of(run: &Run, probes: &[Probe], stale: bool) -> Self {
        let mut all = Self { lines: vec![line("run", Told::Numbers(of_run(run)))], sentences: Vec::new() };
        for part in [theorem1::of(run, probes, stale), theorem2::of(run), lemma1::of(run)] {
            all.lines.extend(part.lines);
            all.sentences.extend(part.sentences);
        }
        if run.own.is_some() { all.silenced() } else { all }
    }

    /// The same on data of the reader's own: what the run is set to stays, of all else nothing is said.
    fn silenced(self) -> Self {
        let silent = |Line { key, told }| Line {
            key,
            told: if key == "run" { told } else { Told::Silent(translate(OWN_DATA).to_owned()) },
        };
        let sentence = || Some(tr!("not on own data.").to_owned());
        let sentences = self.sentences.into_iter().map(|(key, _)| (key, sentence())).collect();
        Self { lines: self.lines.into_iter().map(silent).collect(), sentences }
    }

    /// The formula with this key.
    pub fn line(&self, key: &str) -> Option<&Told> {
        self.lines.iter().find(|line| line.key == key).map(|line| &line.told)
    }

    /// The sentence with this key.
    pub fn sentence(&self, key: &str) -> Option<&str> {
        self.sentences.iter().find(|(other, _)| *other == key)?.1.as_deref()
    }
}

fn line(key: &'static str, told: Told) -> Line {
    Line { key, told }
}

/// What the run is set to, as its sliders show it.
fn of_run(run: &Run) -> Numbers {
    let spec = &run.spec;
    vec![
        ("N", grouped(spec.samples)),
        ("K", spec.neurons.to_string()),
        ("r", shown_width(run.effective_width)),
        ("beta", beta(run)),
        ("eta", eta(run)),
        ("T", grouped(spec.max_steps)),
        ("weights", grouped(run.mask().weights())),
        ("whose-eta", if spec.step_size == StepSize::Auto { tr!("paper: K/14") } else { tr!("chosen") }.to_owned()),
    ]
}

/// β as its box shows it.
fn beta(run: &Run) -> String {
    shown("beta", run.spec.momentum)
}

/// η as its box shows it.
fn eta(run: &Run) -> String {
    shown("eta", run.spec.eta())
}

fn shown(key: &str, value: f64) -> String {
    Field::by_key(key).map_or_else(|| rounded(value, (0, 3)), |field| field.shown(value))
}

/// A number of which only the first three digits count, such as a bound without its constant: 7.2, 625, 113 000.
fn to_three_digits(x: f64) -> String {
    if x < 100.0 {
        return rounded(x, (0, 1));
    }
    // A whole number but for rounding is shown whole: two products that are equal then look so.
    let whole = x.round();
    if (x - whole).abs() < 1e-9 * x && whole < 1e7 {
        return grouped(whole as usize);
    }
    let rounded = format!("{x:.2e}").parse::<f64>().unwrap_or(x);
    grouped(rounded as usize)
}

/// A verdict and its reason, as beside a light; none while it is being computed.
fn verdict(light: Option<Light>) -> Option<String> {
    light.map(|light| format!("{}: {}.", light.state.words(), light.sentence))
}

/// That the theorem is silent, because the mask misses weights; none where it speaks.
fn missed(run: &Run) -> Option<String> {
    let agreement = run.kept.agreement();
    (!agreement.is_accurate())
        .then(|| tr!("The theorem says nothing here: {why}.", why = Light::accurate_mask(agreement).sentence))
}

/// The four lights: mask, (4), (6), (8).
fn lights(run: &Run) -> [Option<Light>; 4] {
    captions::lights(run)
}

/// The sign and the number of words like "> 1.5" or "0.40".
fn relation(words: &str) -> (String, String) {
    match words.split_once(' ') {
        Some((sign, number)) => (sign.to_owned(), number.to_owned()),
        None => ("=".to_owned(), words.to_owned()),
    }
}
