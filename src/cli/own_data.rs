//! `winning-ticket run --data`: a run on data of the reader's own.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it reads the reader's file")]

use std::cell::LazyCell;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use indicatif::ProgressBar;

use super::mistake::Mistake;
use super::output::{self, Output};
use super::run::{advance_to, course, on_all_cores};
use super::spec_flags;
use crate::charts::{Palette, to_described_svg};
use crate::link::quoted;
use crate::notation::grouped;
use crate::spec::fields::FIELDS;
use crate::spec::{Overlap, Spec};
use crate::trials::{
    Began, DataOutline, NOTHING_PROMISED, OwnData, OwnReport, OwnRun, OwnStanding, Provenance, fall, few_samples,
    inputs_sentence, json_lines, no_start_on_data, own_arrays, own_csv, own_source, too_large,
};

/// The outputs that were asked for.
pub struct Outputs {
    /// As JSON.
    pub json: Option<Output>,
    /// As comma-separated values.
    pub csv: Option<Output>,
    /// As NumPy arrays.
    pub npz: Option<Output>,
    /// As a picture.
    pub svg: Option<Output>,
}

/// Runs it on the data of `path`, up to the step of `until` if that says one.
pub fn execute(
    flags: &ArgMatches,
    path: &str,
    until: impl Fn(&Spec) -> Result<Option<usize>, Mistake>,
    outputs: &Outputs,
) -> anyhow::Result<()> {
    let path = PathBuf::from(path);
    let refused = |reason: String| Mistake::Data { path: path.clone(), reason };
    let own = OwnData::read(&bytes_of(&path).map_err(&refused)?).map_err(|why| refused(why.to_string()))?;
    let data = own.outline();
    let spec = spec_for(flags, data)?;
    if outputs.svg.is_some() && !data.has_oracle() {
        return Err(Mistake::NoOracle.into());
    }
    let last = until(&spec)?.unwrap_or(spec.max_steps);
    let draws_mask = was_given(flags, "effective-width");
    let OwnRun { mut trainer, start, began, moments } =
        own.run(&spec, draws_mask).map_err(|why| refused(why.to_string()))?;
    match &moments {
        Some(Err(reason)) => output::tell(&no_start_on_data(&spec, &began, reason)),
        Some(Ok(found)) => {
            let told = [
                began.inputs.as_ref().map(inputs_sentence),
                few_samples(spec.samples, found.features.len(), spec.neurons),
            ];
            told.iter().flatten().for_each(|sentence| output::tell(sentence));
        }
        None => {}
    }
    let bar = ProgressBar::new(last as u64);
    on_all_cores(|pause| advance_to(&mut trainer, last, &bar, pause));
    bar.finish_and_clear();

    let status = OwnStanding::of(data, &trainer).sentence();
    let provenance = Provenance::of_trainer(&spec, own_source(data), status, &trainer);
    let report = LazyCell::new(|| OwnReport::of(data, &spec, &trainer, began));
    if let Some(output) = &outputs.json {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        output.write(&json_lines(&report.record(data, &spec, name.as_deref(), &provenance))?)?;
    }
    if let Some(output) = &outputs.csv {
        output.write(own_csv(data, &trainer, &provenance).as_bytes())?;
    }
    if let Some(output) = &outputs.npz {
        output.write(&own_arrays(&own, &trainer, &start, &provenance))?;
    }
    if let Some(output) = &outputs.svg {
        let picture = course(trainer.relative_error(), spec.max_steps);
        let svg = to_described_svg(&picture, &Palette::LIGHT, &provenance.status, &provenance.lines());
        output.write(svg.as_bytes())?;
    }
    if [&outputs.json, &outputs.csv, &outputs.npz, &outputs.svg].into_iter().all(Option::is_none) {
        output::print(text(&report, data, &spec).as_bytes())?;
    }
    Ok(())
}

/// The bytes of the file, if it is not far larger than any data that are taken.
fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if let Some(why) = too_large(size) {
        return Err(why);
    }
    fs::read(path).map_err(|error| error.to_string())
}

fn was_given(flags: &ArgMatches, flag: &str) -> bool {
    flags.value_source(flag) == Some(ValueSource::CommandLine)
}

/// The Spec that the flags ask for, with what the data say themselves.
fn spec_for(flags: &ArgMatches, data: &DataOutline) -> Result<Spec, Mistake> {
    let said = FIELDS.iter().filter(|field| data.says(field.key)).map(|field| field.flag);
    if let Some(flag) = said.into_iter().find(|flag| was_given(flags, flag)) {
        let value = flags.get_one::<String>(flag).map_or(String::new(), |text| quoted(text));
        return Err(Mistake::Value { flag, value, accepted: "left out beside --data, which says it".to_owned() });
    }
    let mut spec = spec_flags::read(flags)?;
    (spec.samples, spec.dimension) = (data.samples, data.dimension);
    spec.neurons = data.neurons().unwrap_or(spec.neurons);
    if !was_given(flags, "effective-width") {
        // Nothing is drawn by it, and by the pattern of the supports.
        (spec.effective_width, spec.overlap) = (1.0, Overlap::Shared);
    }
    spec.validate().map_err(|wrong| Mistake::Value {
        flag: wrong.field.flag,
        value: wrong.value.clone(),
        accepted: wrong.accepted.clone(),
    })?;
    Ok(spec)
}

/// What is said of the run in words, for a terminal.
fn text(report: &OwnReport, data: &DataOutline, spec: &Spec) -> String {
    let unknown = || "unknown: the file has no W_star".to_owned();
    let mask = match (data.has_mask(), report.agreement) {
        (true, Some(agreement)) => format!(
            "of the file; it keeps {} of the oracle's {} weights",
            agreement.kept,
            agreement.kept + agreement.missed
        ),
        (true, None) => "of the file".to_owned(),
        (false, Some(agreement)) if agreement.differs() => "dense".to_owned(),
        (false, Some(_)) => "the oracle's".to_owned(),
        (false, None) if report.weights == spec.dimension * spec.neurons => "dense".to_owned(),
        (false, None) => format!("drawn, {} weights; it knows nothing of the data", grouped(report.weights)),
    };
    let start = match report.began.from {
        Began::Ball => format!("in the ball, λ = {} from what the mask keeps of W_star", spec.start_distance),
        Began::Moments => "from the moments (Lemma 1), which take the inputs for standard normal".to_owned(),
        Began::Drawn => format!(
            "drawn, its outputs {} times as large as y, by their root mean squares: without W_star no ball is known",
            spec.start_distance
        ),
    };
    let rates = match (report.rate_measured, report.forecast.as_ref().and_then(|forecast| forecast.rate_predicted)) {
        (None, None) => unknown(),
        (measured, predicted) => {
            let words = |rate: Option<f64>| rate.map_or("an unknown share".to_owned(), fall);
            format!(
                "falls by {} a step measured, {} predicted by this sample's curvature at W*",
                words(measured),
                words(predicted)
            )
        }
    };
    let labels = match data.negative_labels {
        0 => String::new(),
        count => format!(", {} of them negative, which no output of the network is", grouped(count)),
    };
    let rows = [
        ("data", format!("{} samples of {} features{labels}", grouped(data.samples), data.dimension)),
        ("neurons", spec.neurons.to_string()),
        ("mask", mask),
        ("start", start),
        ("training loss", format!("{:.3e}, {:.3e} at the start", report.standing.loss[1], report.standing.loss[0])),
        ("relative error", report.standing.relative_error.map_or_else(unknown, |error| format!("{error:.2e}"))),
        (
            "noise of labels",
            report.forecast.as_ref().map_or_else(unknown, |forecast| {
                format!("{:.2e}, what g(x; W_star) leaves of y", forecast.label_noise)
            }),
        ),
        ("rate", rates),
        ("digest", report.digest.clone()),
        ("digest of data", data.digest.clone()),
    ];
    let rows: String = rows.iter().map(|(name, value)| format!("{name:18}{value}\n")).collect();
    format!("{}\n{NOTHING_PROMISED}\n\n{rows}", report.standing.sentence().replace('\u{a0}', " "))
}
