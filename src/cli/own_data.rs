//! `winning-ticket run --data`: a run on data of the reader's own.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it reads the reader's file")]

use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use indicatif::ProgressBar;
use serde::Serialize;

use super::mistake::Mistake;
use super::output::{self, Output};
use super::run::{advance_to, course, on_all_cores};
use super::spec_flags;
use crate::charts::{Palette, to_described_svg};
use crate::linear_algebra::Extremes;
use crate::link::quoted;
use crate::network::Agreement;
use crate::notation::{grouped, scientific};
use crate::spec::{EPOCH, Overlap, Spec};
use crate::theory::{SampleCurvature, heavy_ball_rate, measured_rate};
use crate::training::StopReason;
use crate::trials::{
    Began, MOST_BYTES, OwnData, OwnRun, Provenance, VERSION, digest, fall, json_lines, own_arrays, run_csv,
};

/// Flags of what the data say themselves, or what an oracle would be drawn by.
const SAID_BY_DATA: [&str; 6] = ["samples", "dimension", "noise", "missed", "extra", "trial"];

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
    let data = OwnData::read(&bytes_of(&path).map_err(&refused)?).map_err(|why| refused(why.to_string()))?;
    let spec = spec_for(flags, &data)?;
    if outputs.svg.is_some() && !data.has_oracle() {
        return Err(Mistake::NoOracle.into());
    }
    let last = until(&spec)?.unwrap_or(spec.max_steps);
    let draws_mask = was_given(flags, "effective-width");
    let OwnRun { mut trainer, start, began, no_moments } =
        data.run(&spec, draws_mask).map_err(|why| refused(why.to_string()))?;
    if let Some(reason) = no_moments {
        output::tell(&format!("The moments of the sample give no start: {reason}."));
    }
    let bar = ProgressBar::new(last as u64);
    on_all_cores(|pause| advance_to(&mut trainer, last, &bar, pause));
    bar.finish_and_clear();

    let told = Told::of(&data, &spec, &trainer, began);
    let source = format!("data {} and no link", data.digest());
    let provenance = Provenance::of_trainer(&spec, source, told.sentence(), &trainer);
    if let Some(output) = &outputs.json {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        output.write(&json_lines(&told.record(&data, &spec, name, &provenance))?)?;
    }
    if let Some(output) = &outputs.csv {
        let known = data.has_oracle().then_some(("relative_error", trainer.relative_error()));
        let courses: Vec<_> = known.into_iter().chain([("risk", trainer.risk())]).collect();
        output.write(run_csv(&provenance, &courses).as_bytes())?;
    }
    if let Some(output) = &outputs.npz {
        output.write(&own_arrays(&data, &trainer, &start, &provenance))?;
    }
    if let Some(output) = &outputs.svg {
        let picture = course(trainer.relative_error(), spec.max_steps);
        let svg = to_described_svg(&picture, &Palette::LIGHT, &provenance.status, &provenance.lines());
        output.write(svg.as_bytes())?;
    }
    if [&outputs.json, &outputs.csv, &outputs.npz, &outputs.svg].into_iter().all(Option::is_none) {
        output::print(told.text(&data, &spec).as_bytes())?;
    }
    Ok(())
}

/// The bytes of the file, if it is not far larger than any data that are taken.
fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MOST_BYTES {
        let megabytes = |bytes: u64| grouped((bytes / 1_000_000) as usize);
        return Err(format!("it has {} MB, and at most {} MB are read", megabytes(size), megabytes(MOST_BYTES)));
    }
    fs::read(path).map_err(|error| error.to_string())
}

fn was_given(flags: &ArgMatches, flag: &str) -> bool {
    flags.value_source(flag) == Some(ValueSource::CommandLine)
}

/// The Spec that the flags ask for, with what the data say themselves.
fn spec_for(flags: &ArgMatches, data: &OwnData) -> Result<Spec, Mistake> {
    let said_by_data = SAID_BY_DATA.into_iter().chain(data.neurons().map(|_| "neurons"));
    if let Some(flag) = said_by_data.into_iter().find(|flag| was_given(flags, flag)) {
        let value = flags.get_one::<String>(flag).map_or(String::new(), |text| quoted(text));
        return Err(Mistake::Value { flag, value, accepted: "left out beside --data, which says it".to_owned() });
    }
    let mut spec = spec_flags::read(flags)?;
    (spec.samples, spec.dimension) = (data.samples(), data.dimension());
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

/// What is said of the run in numbers. Of theory that is what holds for this sample, whatever its inputs are drawn from: what speaks
/// of a population would have to know that.
struct Told {
    steps: usize,
    stopped: Option<StopReason>,
    began: Began,
    weights: usize,
    risk: [f64; 2],
    relative_error: Option<f64>,
    agreement: Option<Agreement>,
    label_noise: Option<f64>,
    eigenvalues: Option<Extremes>,
    rate_predicted: Option<f64>,
    rate_measured: Option<f64>,
    digest: String,
}

impl Told {
    fn of(data: &OwnData, spec: &Spec, trainer: &crate::training::Trainer, began: Began) -> Self {
        let (problem, steps, risk) = (trainer.problem(), trainer.steps(), trainer.risk());
        let knows = data.has_oracle();
        let curvature = knows.then(|| SampleCurvature::of(problem, trainer.oracle()));
        let eigenvalues = curvature.as_ref().and_then(SampleCurvature::ends);
        let floor = curvature.and_then(|curvature| curvature.noise_floor(problem));
        Self {
            steps,
            stopped: trainer.stopped(),
            began,
            weights: trainer.mask().weights(),
            risk: [risk[0], risk[steps]],
            relative_error: knows.then(|| trainer.relative_error()[steps]),
            agreement: knows.then(|| trainer.oracle().agreement()),
            label_noise: knows.then_some(problem.sigma),
            eigenvalues,
            rate_predicted: eigenvalues.map(|ends| heavy_ball_rate(spec.eta(), spec.momentum, ends)),
            rate_measured: floor.and_then(|floor| measured_rate(trainer.relative_error(), floor)),
            digest: digest(trainer.mask(), trainer.weights()),
        }
    }

    /// Where the run stands.
    fn sentence(&self) -> String {
        let end = match self.stopped {
            Some(StopReason::Converged) => "came to rest",
            Some(StopReason::MaxSteps) => "reached the step cap",
            Some(StopReason::Diverged) => "diverged",
            None => "stands still",
        };
        let error =
            self.relative_error.map_or(String::new(), |error| format!(", relative error {}", scientific(error)));
        let [first, now] = self.risk.map(scientific);
        format!(
            "On own data: {end} after {} steps; training loss {now}, {first} at the start{error}.",
            grouped(self.steps)
        )
    }

    fn began(&self) -> &'static str {
        match self.began {
            Began::Ball => "ball",
            Began::Moments => "tensor",
            Began::Drawn => "drawn",
        }
    }

    fn record<'a>(
        &'a self,
        data: &OwnData,
        spec: &Spec,
        file: Option<String>,
        provenance: &'a Provenance,
    ) -> Record<'a> {
        Record {
            data: DataRecord {
                file,
                digest: data.digest(),
                samples: data.samples(),
                dimension: data.dimension(),
                neurons: spec.neurons,
                has_mask: data.has_mask(),
                has_oracle: data.has_oracle(),
                negative_labels: data.negative_labels(),
            },
            status: &provenance.status,
            step_size: spec.eta(),
            momentum: spec.momentum,
            start: self.began(),
            start_distance: spec.start_distance,
            seed: spec.seed,
            start_seed: spec.start_seed,
            max_steps: spec.max_steps,
            steps: self.steps,
            stop_reason: self.stopped.map(StopReason::key),
            risk_at_start: self.risk[0],
            risk: self.risk[1],
            relative_error: self.relative_error,
            mask_weights: self.agreement,
            label_noise: self.label_noise,
            eigenvalues_empirical: self.eigenvalues,
            rate_predicted: self.rate_predicted,
            rate_measured: self.rate_measured,
            digest: &self.digest,
            version: VERSION,
            bits: EPOCH,
        }
    }

    /// The same in words, for a terminal.
    fn text(&self, data: &OwnData, spec: &Spec) -> String {
        let unknown = || "unknown: the file has no W_star".to_owned();
        let mask = match (data.has_mask(), self.agreement) {
            (true, Some(agreement)) => format!(
                "of the file; it keeps {} of the oracle's {} weights",
                agreement.kept,
                agreement.kept + agreement.missed
            ),
            (true, None) => "of the file".to_owned(),
            (false, Some(agreement)) if agreement.differs() => "dense".to_owned(),
            (false, Some(_)) => "the oracle's".to_owned(),
            (false, None) if self.weights == spec.dimension * spec.neurons => "dense".to_owned(),
            (false, None) => format!("drawn, {} weights; it knows nothing of the data", grouped(self.weights)),
        };
        let start = match self.began {
            Began::Ball => format!("in the ball, λ = {} from what the mask keeps of W_star", spec.start_distance),
            Began::Moments => "from the moments (Lemma 1), which take the inputs for standard normal".to_owned(),
            Began::Drawn => format!(
                "drawn, its outputs {} times as large as y, by their root mean squares: without W_star no ball is known",
                spec.start_distance
            ),
        };
        let rates = match (self.rate_measured, self.rate_predicted) {
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
        let labels = match data.negative_labels() {
            0 => String::new(),
            count => format!(", {} of them negative, which no output of the network is", grouped(count)),
        };
        let rows = [
            ("data", format!("{} samples of {} features{labels}", grouped(data.samples()), data.dimension())),
            ("neurons", spec.neurons.to_string()),
            ("mask", mask),
            ("start", start),
            ("training loss", format!("{:.3e}, {:.3e} at the start", self.risk[1], self.risk[0])),
            ("relative error", self.relative_error.map_or_else(unknown, |error| format!("{error:.2e}"))),
            (
                "noise of labels",
                self.label_noise.map_or_else(unknown, |noise| format!("{noise:.2e}, what g(x; W_star) leaves of y")),
            ),
            ("rate", rates),
            ("digest", self.digest.clone()),
            ("digest of data", data.digest()),
        ];
        let rows: String = rows.iter().map(|(name, value)| format!("{name:18}{value}\n")).collect();
        format!(
            "{}\nWhat the theorems promise supposes standard normal inputs and labels of an oracle; of own data nothing is \
             promised.\n\n{rows}",
            self.sentence()
        )
    }
}

#[derive(Serialize)]
struct DataRecord {
    file: Option<String>,
    digest: String,
    samples: usize,
    dimension: usize,
    neurons: usize,
    has_mask: bool,
    has_oracle: bool,
    negative_labels: usize,
}

/// The run as JSON. What could not be had is null.
#[derive(Serialize)]
struct Record<'a> {
    data: DataRecord,
    status: &'a str,
    step_size: f64,
    momentum: f64,
    start: &'static str,
    start_distance: f64,
    seed: u64,
    start_seed: u64,
    max_steps: usize,
    steps: usize,
    stop_reason: Option<&'static str>,
    risk_at_start: f64,
    risk: f64,
    relative_error: Option<f64>,
    mask_weights: Option<Agreement>,
    label_noise: Option<f64>,
    eigenvalues_empirical: Option<Extremes>,
    rate_predicted: Option<f64>,
    rate_measured: Option<f64>,
    digest: &'a str,
    version: &'static str,
    bits: u32,
}
