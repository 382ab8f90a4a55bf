//! `winning-ticket probe`: how far from W\* Algorithm 1 still finds it.

use clap::{Arg, ArgMatches, Command};
use serde::Serialize;

use super::mistake::Mistake;
use super::number::Whole;
use super::trials::{self, Trials};
use super::{output, spec_flags};
use crate::link::{Link, quoted};
use crate::network::{Agreement, Supports};
use crate::spec::fields::ByFlag;
use crate::spec::{EPOCH, FOUND, Spec, Start};
use crate::trials::{
    FARTHEST, Forecast, Outcome, Probe, Probing, Radii, Radius, json_lines, out_of_reach, quartile_words,
    reach_quartiles,
};

const PROBES: Whole = Whole {
    flag: "probes",
    help: "Probes in all, or with --at for each distance",
    min: 1,
    max: 100_000,
    default: Some(80),
};

/// Distances of `--at`.
const MOST_DISTANCES: usize = 1000;

/// Its flags.
pub fn command() -> Command {
    let at = Arg::new("at")
        .long("at")
        .value_name("DISTANCES")
        .allow_negative_numbers(true)
        .help("Distances λ such as 0.1,0.3,0.6, to count successes at each; without it the radius is measured");
    Command::new("probe")
        .about("Measure the convex region: from how far away training still finds the oracle")
        .long_about(format!(
            "Measure the convex region: each probe draws its own oracle, data and start at a distance λ (in units of \
             |W*|), trains, and counts as a success if the relative error is below {FOUND:e} at the end. Without --at the \
             distances cover 0 to {FARTHEST} evenly, and the radius is where half succeed. The result does not depend on the number of cores."
        ))
        .args(spec_flags::args(|field| !["lambda", "start"].contains(&field.key)))
        .arg(PROBES.arg())
        .arg(at)
        .arg(output::arg("json", "Write every probe and what follows from them as JSON"))
        .arg(trials::arg())
}

/// The outcomes at one distance, or at all of them.
#[derive(Serialize)]
struct Counts {
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<f64>,
    probes: usize,
    success: usize,
    stopped_elsewhere: usize,
    step_cap: usize,
    share: f64,
}

impl Counts {
    fn of(distance: Option<f64>, probes: &[Probe]) -> Self {
        let count = |outcome| probes.iter().filter(|probe| probe.outcome == outcome).count();
        let success = count(Outcome::Success);
        Self {
            distance,
            probes: probes.len(),
            success,
            stopped_elsewhere: count(Outcome::StoppedElsewhere),
            step_cap: count(Outcome::StepCap),
            share: success as f64 / probes.len() as f64,
        }
    }

    fn words(&self) -> String {
        format!(
            "{:.2} of {} succeed, {} stopped elsewhere, {} reached the step cap",
            self.share, self.probes, self.stopped_elsewhere, self.step_cap
        )
    }
}

#[derive(Serialize)]
struct ProbeJson {
    index: u32,
    distance: f64,
    outcome: &'static str,
    steps: u32,
    falling: bool,
    theorem2_reach: Option<f64>,
}

/// The measured radius in units of |W\*|: a number, or none where all or none of the probes succeed (`censored`) and
/// where they do not say.
#[derive(Serialize)]
struct MeasuredRadius {
    value: Option<f64>,
    censored: Option<&'static str>,
    low: Option<f64>,
    high: Option<f64>,
    steps: usize,
}

impl MeasuredRadius {
    fn of(radius: Radius, steps: usize) -> Self {
        let half = if let Radius::Within(half) = radius { Some(half) } else { None };
        Self {
            value: half.map(|half| half.value),
            censored: match radius {
                Radius::Beyond => Some("above"),
                Radius::Zero => Some("below"),
                Radius::Within(_) | Radius::Unclear => None,
            },
            low: half.map(|half| half.low),
            high: half.map(|half| half.high),
            steps,
        }
    }
}

/// Theorem 2's reach over the problems of the first probes.
#[derive(Serialize)]
struct ReachQuartiles {
    problems: usize,
    lower: f64,
    median: f64,
    upper: f64,
}

impl ReachQuartiles {
    fn of(probes: &[Probe]) -> Option<Self> {
        let problems = probes.iter().filter(|probe| probe.reach.is_some()).count();
        reach_quartiles(probes).map(|[lower, median, upper]| Self { problems, lower, median, upper })
    }
}

/// The radius in units of |W\*|, with its 95 % interval; `words` says so where it is no number.
#[derive(Serialize)]
struct RadiusJson {
    words: String,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

impl From<Radius> for RadiusJson {
    fn from(radius: Radius) -> Self {
        let half = if let Radius::Within(half) = radius { Some(half) } else { None };
        Self {
            words: radius.to_string(),
            value: half.map(|half| half.value),
            low: half.map(|half| half.low),
            high: half.map(|half| half.high),
        }
    }
}

#[derive(Serialize)]
struct Record<'a> {
    spec: ByFlag<'a>,
    link: String,
    counts: Vec<Counts>,
    radius: Option<RadiusJson>,
    measured_radius: Option<MeasuredRadius>,
    #[serde(flatten)]
    theory: Radii,
    theorem2_reach_quartiles: Option<ReachQuartiles>,
    probes: Vec<ProbeJson>,
    version: &'static str,
    bits: u32,
}

/// Runs it.
pub fn execute(flags: &ArgMatches) -> anyhow::Result<()> {
    // Probes start in the ball, whatever a link says.
    let spec = Spec { start: Start::Ball, ..spec_flags::read(flags)? };
    let count = PROBES.read(flags)?;
    let distances = flags.get_one::<String>("at").map(|text| distances(text)).transpose()?;
    let [json, ledger] = output::check(flags, ["json", trials::LEDGER])?;
    let plan = Probing::plan(&spec, distances.as_deref(), count);
    let trials = Trials::open(&plan, ledger)?;
    for sentence in out_of_reach(&spec, &Supports::draw(&spec)) {
        output::tell(&sentence);
    }

    let probes = trials.run(Probing::run)?;
    let (counts, radius) = match distances {
        Some(distances) => {
            let cells = distances.into_iter().zip(probes.chunks_exact(count as usize));
            (cells.map(|(distance, probes)| Counts::of(Some(distance), probes)).collect(), None)
        }
        None => (vec![Counts::of(None, &probes)], Some(Radius::of(&probes))),
    };
    let Some(output) = json else { return output::print(text(&counts, radius, &spec, &probes).as_bytes()) };
    output.write(&json_lines(&Record {
        spec: ByFlag(&spec),
        link: format!("#{}", Link::from(spec.clone()).fragment()),
        counts,
        radius: radius.map(RadiusJson::from),
        measured_radius: radius.map(|radius| MeasuredRadius::of(radius, spec.max_steps)),
        theory: Radii::of(&Forecast::draw(&spec)),
        theorem2_reach_quartiles: ReachQuartiles::of(&probes),
        probes: probes
            .iter()
            .map(|probe| ProbeJson {
                index: probe.index,
                distance: probe.distance,
                outcome: probe.outcome.key(),
                steps: probe.steps,
                falling: probe.falling,
                theorem2_reach: probe.reach,
            })
            .collect(),
        version: env!("CARGO_PKG_VERSION"),
        bits: EPOCH,
    })?)
}

fn distances(text: &str) -> Result<Vec<f64>, Mistake> {
    let distances: Option<Vec<f64>> = text
        .split(',')
        .map(|distance| distance.trim().parse().ok().filter(|distance| (0.0..=2.0).contains(distance)))
        .collect();
    distances.filter(|distances| distances.len() <= MOST_DISTANCES).ok_or_else(|| Mistake::Value {
        flag: "at",
        value: quoted(text),
        accepted: format!("at most {MOST_DISTANCES} numbers from 0 to 2 with commas between them"),
    })
}

fn text(counts: &[Counts], radius: Option<Radius>, spec: &Spec, probes: &[Probe]) -> String {
    let mut text: String = counts
        .iter()
        .map(|counts| match counts.distance {
            Some(distance) => format!("λ = {distance}: {}\n", counts.words()),
            None => format!("{}\n", counts.words()),
        })
        .collect();
    let supports = Supports::draw(spec);
    if !Agreement::of(&supports.learner_mask(), &supports.mask()).is_accurate() {
        text.push_str("a mask that misses weights of the oracle cannot find it: nothing is promised\n");
    }
    if let Some(radius) = radius {
        let steps = spec.max_steps;
        text.push_str(&format!("radius {radius} |W*| within {steps} steps, with its 95 % interval, measured\n"));
    }
    if let Some(quartiles) = reach_quartiles(probes).map(quartile_words) {
        let problems = probes.iter().filter(|probe| probe.reach.is_some()).count();
        text.push_str(&format!(
            "R_T {quartiles} in units of |W*| over the first {problems} problems, Theorem 2's \
             linear forecast\n"
        ));
    }
    text
}
