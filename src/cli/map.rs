//! `winning-ticket map`: a measured quantity over two keys of the Spec.

use anyhow::Result;
use clap::{Arg, ArgMatches, Command};

use super::mistake::Mistake;
use super::number::Whole;
use super::trials::{self, Trials};
use super::{output, spec_flags};
use crate::figures::map::{Axis, Cell, Map, Reading, Record};
use crate::link::quoted;
use crate::network::Supports;
use crate::spec::Spec;
use crate::trials::{Measure, json_lines, out_of_reach};

const TRIALS: Whole = Whole { flag: "trials", help: "Trials of each cell", min: 1, max: 10_000, default: Some(4) };

/// Its flags.
pub fn command() -> Command {
    let axis = |name: &'static str, along: &str| {
        let help = format!("Key of a link and its values along the {along}, such as r=10:60:5");
        Arg::new(name).long(name).value_name("KEY=FROM:TO:STEP").required(true).help(help)
    };
    let measure = Arg::new("measure")
        .long("measure")
        .value_name("WHAT")
        .default_value(Measure::Success.key())
        .help(format!("What is measured, one of {}", measures()));
    Command::new("map")
        .about("Measure a quantity over two keys of the run")
        .long_about(format!(
            "Measure a quantity over two keys of the run, all others as the flags or a link have them. Each trial draws model, \
             data and start anew and is a run that a link names. The result does not depend on the number of cores. \
             Measures: {}.",
            Measure::ALL.map(|measure| format!("{} ({})", measure.key(), measure.words())).join("; ")
        ))
        .arg(axis("x", "columns"))
        .arg(axis("y", "rows"))
        .arg(measure)
        .arg(TRIALS.arg())
        .args(spec_flags::args(|field| field.key != "paint"))
        .arg(output::arg("out", "Write every cell as JSON"))
        .arg(trials::arg())
}

fn measures() -> String {
    Measure::ALL.map(Measure::key).join(", ")
}

/// Runs it.
pub fn execute(flags: &ArgMatches) -> Result<()> {
    let ([x, y], measure) = ([axis(flags, "x")?, axis(flags, "y")?], measure(flags)?);
    let count = TRIALS.read(flags)?;
    let first = [&x, &y].map(|axis| (axis.field(), axis.values()[0]));
    let spec = spec_flags::read_at(flags, &first)?;
    let map = Map::new(&spec, x, y, measure, count).map_err(Mistake::from)?;
    let [out, ledger] = output::check(flags, ["out", trials::LEDGER])?;
    let trials = Trials::open(map.plan(), ledger)?;
    tell_what_is_out_of_reach(&map);

    let ledger = trials.run_while_open(|trial| Cell::run(&trial), |plan, ledger| ledger.open(plan).collect())?;
    let cells = map.read(&ledger);
    if out.as_ref().is_none_or(|out| !out.is_standard()) {
        output::print(table(&map, &cells).as_bytes())?;
    }
    let Some(out) = out else { return Ok(()) };
    out.write(&json_lines(&Record::new(&map, &cells))?)
}

fn axis(flags: &ArgMatches, flag: &'static str) -> Result<Axis, Mistake> {
    let text = flags.get_one::<String>(flag).map_or("", String::as_str);
    Axis::read(text).map_err(|bad| Mistake::Value { flag, value: quoted(text), accepted: bad.to_string() })
}

fn measure(flags: &ArgMatches) -> Result<Measure, Mistake> {
    let text = flags.get_one::<String>("measure").map_or("", String::as_str);
    Measure::by_key(text).ok_or_else(|| Mistake::Value {
        flag: "measure",
        value: quoted(text),
        accepted: format!("one of {}", measures()),
    })
}

/// Some supports cannot give the effective width, or the extra weights, that a cell asks for.
fn tell_what_is_out_of_reach(map: &Map) {
    let cells = map.plan().cells();
    let of_cell = |spec: &Spec| out_of_reach(spec, &Supports::draw(spec));
    let told: Vec<Vec<String>> = cells.iter().map(|cell| of_cell(&cell.spec)).filter(|told| !told.is_empty()).collect();
    if let Some(sentence) = told.first().and_then(|told| told.first()) {
        output::tell(&format!(
            "In {} of {} cells not all can be had that is asked for. {sentence}",
            told.len(),
            cells.len()
        ));
    }
}

/// The values, the largest y first.
fn table(map: &Map, cells: &[Reading]) -> String {
    let (x, y, measure) = (map.x().field(), map.y().field(), map.measure());
    let columns = map.x().values().len();
    let mut rows = vec![vec![format!("{} \\ {}", y.key, x.key)]];
    rows[0].extend(map.x().values().iter().map(f64::to_string));
    for (y, row) in map.y().values().iter().zip(cells.chunks_exact(columns)).rev() {
        let values = row.iter().map(|cell| cell.value.map_or("none".to_owned(), |value| measure.told(value)));
        rows.push(std::iter::once(y.to_string()).chain(values).collect());
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..=columns).map(width).collect();
    let trials = map.plan().len() as usize / cells.len();
    let mut text = format!("{}, {trials} trials a cell, over {} and {}\n", measure.words(), x.meaning, y.meaning);
    for row in &rows {
        let padded = row.iter().zip(&widths).map(|(entry, width)| format!("{entry:>width$}"));
        text.push_str(&format!("{}\n", padded.collect::<Vec<_>>().join("  ")));
    }
    text
}
