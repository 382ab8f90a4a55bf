//! `winning-ticket figure`: an experiment of the paper, on all cores, in one sitting or several, on one machine or many.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::mistake::Mistake;
use super::number::Whole;
use super::output::{self, Output};
use super::trials::{self, Trials};
use crate::figures::{Cell, FIGURES, Figure, Preset, Record, Tally, still_open};
use crate::link::quoted;
use crate::notation::significant;
use crate::trials::{Ledger, Plan, Tried};

const TRIALS: Whole = Whole {
    flag: "trials",
    help: "Trials of each cell instead of as many as the preset has",
    min: 1,
    max: 10_000,
    default: None,
};

/// Its flags.
pub fn command() -> Command {
    let numbers: Vec<String> = FIGURES.iter().map(|figure| format!("{} ({})", figure.number, figure.title)).collect();
    let presets = Preset::ALL.map(Preset::key);
    let text = |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    Command::new("figure")
        .about("Run an experiment of the paper and read its claim from it")
        .long_about(format!(
            "Run an experiment of the paper and read its claim from it: {}. The result depends on preset and trials only, not \
             on cores, sittings or machines.",
            numbers.join(", ")
        ))
        .arg(Arg::new("number").value_name("N").required(true).help("The figure’s number in the paper, or 0 for Appendix E"))
        .arg(text("preset", "SIZE").default_value(Preset::Laptop.key()).help(format!("One of {}", presets.join(", "))))
        .arg(TRIALS.arg())
        .arg(text("date", "DAY").help("The day that the record tells, such as 2026-11-27; none without it"))
        .arg(
            text("shard", "I/N").help(
                "Run the I-th of N shares, I from 0 on; FILE then holds the share’s trials, to be merged with the others’",
            ),
        )
        .arg(
            Arg::new("resume")
                .long("resume")
                .action(ArgAction::SetTrue)
                .help("Go on with what an interrupted run left"),
        )
        .arg(
            text("merge", "FILES")
                .num_args(1..)
                .conflicts_with_all(["shard", "resume"])
                .help("Read the trials from these files of shares instead of running any"),
        )
        .arg(output::arg("out", "Write the figure as JSON, or for the page if FILE ends in .postcard; its trials are kept in FILE.trials"))
}

/// Which share of a plan's trials is run.
#[derive(Clone, Copy)]
struct Shard {
    index: u32,
    of: u32,
}

impl Shard {
    fn read(text: &str) -> Result<Self, Mistake> {
        let parts = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
        parts.filter(|(index, of)| index < of).map(|(index, of)| Self { index, of }).ok_or_else(|| Mistake::Value {
            flag: "shard",
            value: quoted(text),
            accepted: "I/N with a whole number I from 0 to N − 1, such as 0/64".to_owned(),
        })
    }

    /// Where which trials of a cell are run depends on the first ones, a cell is not divided.
    fn takes(self, plan: &Plan<Cell>, number: u32) -> bool {
        plan.trial(number).is_some_and(|trial| {
            let whole = trial.cell.first as usize >= plan.numbers(trial.place).len();
            let unit = if whole { number } else { trial.place as u32 };
            unit % self.of == self.index
        })
    }
}

/// Runs it.
pub fn execute(flags: &ArgMatches) -> Result<()> {
    let (figure, preset) = (figure(flags)?, preset(flags)?);
    let plan = figure.plan(preset, TRIALS.given(flags)?);
    let date = flags.get_one::<String>("date").map_or("", String::as_str);
    let shard = flags.get_one::<String>("shard").map(|text| Shard::read(text)).transpose()?;
    let [out] = output::check(flags, ["out"])?;

    let ledger = if let Some(files) = flags.get_many::<String>("merge") {
        let files: Vec<PathBuf> = files.map(PathBuf::from).collect();
        let ledger = trials::merged(&plan, &files)?;
        let open = still_open(&plan, &ledger).len();
        if open > 0 {
            return Err(Mistake::Unfinished { open, done: ledger.done() }.into());
        }
        ledger
    } else {
        let file = match (&out, shard) {
            (Some(out), Some(_)) => Some(out.with_suffix("").ok_or(Mistake::NoFile("shard"))?),
            (None, Some(_)) => return Err(Mistake::NoFile("shard").into()),
            (Some(out), None) => out.with_suffix(".trials"),
            (None, None) => None,
        };
        run(&plan, file, shard, flags.get_flag("resume"))?
    };
    if shard.is_some() {
        return Ok(());
    }
    let tallies = Tally::all(&plan, &ledger);
    let record = Record::new(figure, preset, &plan, &tallies, date);
    if out.as_ref().is_none_or(|out| !out.is_standard()) {
        output::print(words(figure, &record).as_bytes())?;
    }
    let Some(out) = out else { return Ok(()) };
    if out.path().is_some_and(|path| path.extension().is_some_and(|end| end == "postcard")) {
        return out.write(&record.bytes());
    }
    let mut text = serde_json::to_vec(&record)?;
    text.push(b'\n');
    out.write(&text)
}

fn figure(flags: &ArgMatches) -> Result<&'static Figure, Mistake> {
    let text = flags.get_one::<String>("number").map_or("", String::as_str);
    text.parse().ok().and_then(Figure::by_number).ok_or_else(|| Mistake::Figure {
        value: quoted(text),
        accepted: FIGURES.map(|figure| figure.number.to_string()).join(", "),
    })
}

fn preset(flags: &ArgMatches) -> Result<Preset, Mistake> {
    let text = flags.get_one::<String>("preset").map_or("", String::as_str);
    Preset::by_key(text).ok_or_else(|| Mistake::Value {
        flag: "preset",
        value: quoted(text),
        accepted: format!("one of {}", Preset::ALL.map(Preset::key).join(", ")),
    })
}

fn run(plan: &Plan<Cell>, file: Option<Output>, shard: Option<Shard>, resume: bool) -> Result<Ledger<Tried>> {
    let path = file.as_ref().and_then(|file| file.path().map(PathBuf::from));
    let trials = Trials::open(plan, file)?;
    if let Some(path) = path.filter(|_| trials.done() > 0 && !resume) {
        return Err(Mistake::Begun { path, done: trials.done() }.into());
    }
    let wanted = |plan: &Plan<Cell>, ledger: &Ledger<Tried>| {
        let mut open = still_open(plan, ledger);
        open.retain(|number| shard.is_none_or(|shard| shard.takes(plan, *number)));
        open
    };
    trials.run_while_open(|trial| Cell::run(&trial), wanted)
}

/// What the figure says, for the terminal.
fn words(figure: &Figure, record: &Record) -> String {
    let (reading, told) = (&record.reading, |x| significant(x, 5));
    let mut text = format!("{}, {}: {}\n", figure.name(), figure.title, figure.claim);
    for series in &reading.measured {
        text.push_str(&format!("{}\n", figure.series[series.series]));
        for point in &series.points {
            let value = match (point.y, point.low.zip(point.high), point.censored) {
                (Some(y), Some((low, high)), _) => format!("{} ({} to {})", told(y), told(low), told(high)),
                (Some(y), ..) => told(y),
                (_, _, Some(side)) => side.words().to_owned(),
                _ => "unclear".to_owned(),
            };
            text.push_str(&format!("  {} = {}: {value}, n = {}\n", figure.x, told(point.x), point.trials));
        }
        for fit in reading.fits.iter().filter(|fit| fit.series == Some(series.series)) {
            text.push_str(&format!("  {}\n", fit.words()));
        }
    }
    for fit in reading.fits.iter().filter(|fit| fit.series.is_none()) {
        text.push_str(&format!("across the series: {}\n", fit.words()));
    }
    text.push_str(&format!("The claim {}", reading.verdict.words()));
    for caveat in &reading.caveats {
        text.push_str(&format!("; {caveat}"));
    }
    text + ".\n"
}
