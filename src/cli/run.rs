//! `winning-ticket run`: one run, told in words or written to files.

use std::cell::LazyCell;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command};
use indicatif::ProgressBar;

use super::mistake::Mistake;
use super::output::{self, Output};
use super::own_data::{self, Outputs};
use super::{spec_flags, summary};
use crate::charts::relative_error::Snapshot;
use crate::charts::{Palette, to_described_svg};
use crate::link::quoted;
use crate::network::{Supports, test_error};
use crate::pause::{Pause, finish};
use crate::spec::Spec;
use crate::tensor::NoStart;
use crate::training::Trainer;
use crate::trials::{
    Provenance, Report, RunRecord, TEST_SAMPLES, digest, json_lines, no_start_sentence, out_of_reach, run_arrays,
    run_csv, start_of,
};

/// Steps between two looks at the progress bar.
const STRIDE: usize = 20;
/// Width and height of the picture in CSS pixels.
const PICTURE: (f64, f64) = (720.0, 420.0);

/// Its flags.
pub fn command() -> Command {
    let digests = Arg::new("digests")
        .long("digests")
        .value_name("STEPS")
        .help("Print the digest of W at these steps, such as 0,1,100, and at the end, instead of the summary");
    let until = Arg::new("until")
        .long("until")
        .value_name("STEP")
        .conflicts_with("digests")
        .help("Stand still at this step, as the page does in the midst of a run; all outputs are of that moment");
    let data = Arg::new("data").long("data").value_name("FILE").conflicts_with("digests").help(
        "Learn from an npz file of one's own: X (N × d), y (N), and if known M (d × K, the mask) and W_star (d × K, the oracle)",
    );
    Command::new("run")
        .about("Train one network and report what theory and measurement say of it")
        .long_about(
            "Train one network and report what theory and measurement say of it. Without an output, a summary goes to \
             standard output. Ranges are those that hold with all other flags at their defaults.",
        )
        .args(spec_flags::args(|_| true))
        .arg(output::arg("json", "Write the report as JSON"))
        .arg(output::arg("csv", "Write the relative error of each iteration as comma-separated values"))
        .arg(output::arg("npz", "Write data, masks, weights and the course of the run as NumPy arrays"))
        .arg(output::arg("svg", "Draw the relative error over the iterations"))
        .arg(data)
        .arg(digests)
        .arg(until)
}

/// Runs it.
pub fn execute(flags: &ArgMatches) -> anyhow::Result<()> {
    if let Some(path) = flags.get_one::<String>("data") {
        let [json, csv, npz, svg] = output::check(flags, ["json", "csv", "npz", "svg"])?;
        return own_data::execute(flags, path, |spec| until(flags, spec), &Outputs { json, csv, npz, svg });
    }
    let spec = spec_flags::read(flags)?;
    let marks = flags.get_one::<String>("digests").map(|text| steps(text)).transpose()?;
    let until = until(flags, &spec)?;
    let [json, csv, npz, svg] = output::check(flags, ["json", "csv", "npz", "svg"])?;
    for sentence in out_of_reach(&spec, &Supports::draw(&spec)) {
        output::tell(&sentence);
    }

    let bar = ProgressBar::new(spec.max_steps as u64);
    let last = until.unwrap_or(spec.max_steps);
    let (trainer, digests) =
        on_all_cores(|pause| train(&spec, marks.as_deref().unwrap_or_default(), last, &bar, pause));
    bar.finish_and_clear();
    if let Some(reason) = trainer.stopped().filter(|_| until.is_some_and(|step| trainer.steps() < step)) {
        output::tell(&format!("The run ends at step {} ({}), before --until {last}.", trainer.steps(), reason.key()));
    }
    if let Some(Err(reason @ NoStart::FewDirections { .. })) = trainer.moments() {
        // The other reasons were told before.
        output::tell(&no_start_sentence(&spec, reason));
    }

    let outputs = [&json, &csv, &npz, &svg];
    // Where many weights are unpruned, its eigenvalues take longer than the run: not unless something needs them.
    let report = LazyCell::new(|| {
        let spinner = ProgressBar::new_spinner().with_message("the curvature at W*");
        spinner.enable_steady_tick(Duration::from_millis(100));
        let report = on_all_cores(|pause| finish(Report::of_in_slices(&spec, &trainer, pause)));
        spinner.finish_and_clear();
        report
    });
    let provenance = LazyCell::new(|| Provenance::of(&report, until));
    if let Some(output) = &json {
        let measured = test_error(&spec, trainer.problem(), trainer.mask(), trainer.weights(), TEST_SAMPLES);
        output.write(&json_lines(&RunRecord::new(&report, measured, &provenance).with_digests(&digests))?)?;
    }
    if let Some(output) = &csv {
        output.write(run_csv(&provenance, &[("relative_error", trainer.relative_error())]).as_bytes())?;
    }
    if let Some(output) = &npz {
        output.write(&run_arrays(&spec, &trainer, &start_of(&spec, &trainer), &provenance))?;
    }
    if let Some(output) = &svg {
        output.write(picture(&report, trainer.relative_error(), &provenance).as_bytes())?;
    }
    if marks.is_some() {
        let lines = digest_lines(&trainer, &digests);
        if outputs.into_iter().flatten().any(Output::is_standard) {
            output::tell(lines.trim_end());
        } else {
            output::print(lines.as_bytes())?;
        }
    } else if outputs.into_iter().all(Option::is_none) {
        output::print(summary::text(&report).as_bytes())?;
    }
    Ok(())
}

/// The steps of `--digests`, ascending.
fn steps(text: &str) -> Result<Vec<usize>, Mistake> {
    let parsed: Result<Vec<usize>, _> = text.split(',').map(|step| step.trim().parse()).collect();
    let mut steps = parsed.map_err(|_| Mistake::Value {
        flag: "digests",
        value: quoted(text),
        accepted: "whole numbers with commas between them".to_owned(),
    })?;
    steps.sort_unstable();
    steps.dedup();
    Ok(steps)
}

/// What `work` gives with all cores. It runs in their pool, where they hand work to each other within a microsecond.
pub(super) fn on_all_cores<R: Send>(work: impl FnOnce(&Pause) -> R + Send) -> R {
    rayon::scope(|_| work(&Pause::never().on_all_cores()))
}

/// The step of `--until`, if it is given.
fn until(flags: &ArgMatches, spec: &Spec) -> Result<Option<usize>, Mistake> {
    let step = |text: &String| {
        text.parse().ok().filter(|step| *step <= spec.max_steps).ok_or_else(|| Mistake::Value {
            flag: "until",
            value: quoted(text),
            accepted: format!("a whole number from 0 to {}", spec.max_steps),
        })
    };
    flags.get_one::<String>("until").map(step).transpose()
}

/// Trains up to step `last`, or to the end if that comes before.
pub(super) fn advance_to(trainer: &mut Trainer, last: usize, bar: &ProgressBar, pause: &Pause) {
    while trainer.steps() < last && trainer.stopped().is_none() {
        finish(trainer.advance_in_slices(STRIDE.min(last - trainer.steps()), pause));
        bar.set_position(trainer.steps() as u64);
    }
}

/// Trains to step `last` or to the end; gives the digest at each of the steps `marks`, none at those beyond the end.
fn train(
    spec: &Spec,
    marks: &[usize],
    last: usize,
    bar: &ProgressBar,
    pause: &Pause,
) -> (Trainer, Vec<(usize, Option<String>)>) {
    let mut trainer = finish(Trainer::new_in_slices(spec, pause));
    let mut digest_at = |until: usize| {
        advance_to(&mut trainer, until, bar, pause);
        (trainer.steps() == until).then(|| digest(trainer.mask(), trainer.weights()))
    };
    let digests = marks.iter().map(|mark| (*mark, digest_at(*mark))).collect();
    advance_to(&mut trainer, last, bar, pause);
    (trainer, digests)
}

/// The course of the relative error as SVG.
fn picture(report: &Report, relative_error: &[f64], provenance: &Provenance) -> String {
    let forecast = &report.forecast;
    let snapshot = Snapshot {
        predicted_rate: forecast.rate_predicted,
        noise_floor: forecast.noise_floor.unwrap_or(0.0),
        ..course(relative_error, report.spec.max_steps)
    };
    to_described_svg(&snapshot, &Palette::LIGHT, &report.sentence(), &provenance.lines())
}

/// The course of the relative error alone.
pub(super) fn course(relative_error: &[f64], most_steps: usize) -> Snapshot<'_> {
    Snapshot {
        size: PICTURE,
        relative_error,
        predicted_rate: None,
        now: relative_error.len().saturating_sub(1),
        is_loss: false,
        name: "learner",
        beside: None,
        rate_before: None,
        most_steps,
        noise_floor: 0.0,
        ghosts: &[],
        cursor: None,
        lights_prediction: false,
    }
}

fn digest_lines(trainer: &Trainer, digests: &[(usize, Option<String>)]) -> String {
    let end = trainer.steps();
    let mut lines: String = digests
        .iter()
        .map(|(step, found)| {
            let found = found.clone().unwrap_or_else(|| format!("none: the run ended at step {end}"));
            format!("step {step}: {found}\n")
        })
        .collect();
    let last = digest(trainer.mask(), trainer.weights());
    let reason = trainer.stopped().map_or("", |reason| reason.key());
    lines.push_str(&format!("end at step {end}, {reason}: {last}\n"));
    lines
}
