//! A run as it is saved in JSON, by the command line and by the page. A value that could not be had is null.

use std::collections::BTreeMap;

use serde::Serialize;

use super::provenance::{VERSION, link_to};
use super::{Forecast, Provenance, Report, TEST_SAMPLES, digest};
use crate::linear_algebra::Extremes;
use crate::network::Agreement;
use crate::spec::fields::ByFlag;
use crate::spec::{EPOCH, Spec};
use crate::theory::Light;
use crate::training::Trainer;

#[derive(Serialize)]
struct Eigenvalues<'a> {
    empirical: Option<Extremes>,
    population: Option<&'a Extremes>,
}

#[derive(Serialize)]
struct LightJson<'a> {
    state: &'static str,
    sentence: &'a str,
}

impl<'a> From<&'a Light> for LightJson<'a> {
    fn from(light: &'a Light) -> Self {
        Self { state: light.state.key(), sentence: &light.sentence }
    }
}

#[derive(Serialize)]
struct LightsJson<'a> {
    accurate_mask: LightJson<'a>,
    curvature: LightJson<'a>,
    start: LightJson<'a>,
    samples: LightJson<'a>,
}

/// What theory says of the convex region of one problem, in units of |W\*|: `theorem1_radius` and `theorem2_reach`, null
/// with a reason where there is none. `theory_radius` is the older name of the first.
#[derive(Serialize)]
pub struct Radii {
    theorem1_radius: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theorem1_radius_reason: Option<String>,
    theory_radius: Option<f64>,
    convex_ball: Option<f64>,
    theorem2_reach: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theorem2_reach_reason: Option<String>,
}

impl Radii {
    /// Of a forecast.
    pub fn of(forecast: &Forecast) -> Self {
        let radius = &forecast.theorem1_radius;
        Self {
            theorem1_radius: radius.as_ref().ok().copied(),
            theorem1_radius_reason: radius.as_ref().err().cloned(),
            theory_radius: radius.as_ref().ok().copied(),
            convex_ball: forecast.convex_ball.as_ref().ok().copied(),
            theorem2_reach: forecast.theorem2_reach.ok(),
            theorem2_reach_reason: forecast.theorem2_reach.err().map(|reason| reason.to_string()),
        }
    }
}

/// The run beside the one that is told of.
#[derive(Serialize)]
pub struct Beside<'a> {
    name: &'a str,
    spec: ByFlag<'a>,
    link: String,
    steps: usize,
    stop_reason: Option<&'static str>,
    relative_error: f64,
    digest: String,
}

impl<'a> Beside<'a> {
    /// The run of `spec`, which is called `name` here.
    pub fn of(name: &'a str, spec: &'a Spec, trainer: &Trainer) -> Self {
        let (steps, digest) = (trainer.steps(), digest(trainer.mask(), trainer.weights()));
        Self {
            name,
            spec: ByFlag(spec),
            link: link_to(spec, Some((steps, &digest))),
            steps,
            stop_reason: trainer.stopped().map(|reason| reason.key()),
            relative_error: trainer.relative_error()[steps],
            digest,
        }
    }
}

/// A run as it is saved.
#[derive(Serialize)]
pub struct RunRecord<'a> {
    spec: ByFlag<'a>,
    link: &'a str,
    status: &'a str,
    effective_width: f64,
    mask_accuracy: f64,
    mask_weights: Agreement,
    steps: usize,
    stop_reason: Option<&'static str>,
    relative_error: f64,
    test_error: f64,
    test_samples: usize,
    test_error_expected: f64,
    rate_measured: Option<f64>,
    rate_predicted: Option<f64>,
    best_momentum: Option<f64>,
    eigenvalues: Eigenvalues<'a>,
    epsilon1: Option<f64>,
    #[serde(flatten)]
    radii: Radii,
    noise_floor: Option<f64>,
    lights: LightsJson<'a>,
    digest: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    digests: BTreeMap<usize, Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<Beside<'a>>,
    version: &'static str,
    bits: u32,
}

impl<'a> RunRecord<'a> {
    /// Of a report, with the test error measured on [`TEST_SAMPLES`] fresh samples.
    pub fn new(report: &'a Report, test_error: f64, provenance: &'a Provenance) -> Self {
        let (forecast, lights) = (&report.forecast, &report.forecast.lights);
        Self {
            spec: ByFlag(&report.spec),
            link: &provenance.link,
            status: &provenance.status,
            effective_width: forecast.effective_width,
            mask_accuracy: forecast.agreement.accuracy(),
            mask_weights: forecast.agreement,
            steps: report.standing.step,
            stop_reason: report.standing.stopped.map(|reason| reason.key()),
            relative_error: report.standing.relative_error,
            test_error,
            test_samples: TEST_SAMPLES,
            test_error_expected: report.test_error,
            rate_measured: report.standing.rate_measured,
            rate_predicted: forecast.rate_predicted,
            best_momentum: forecast.best_momentum,
            eigenvalues: Eigenvalues {
                empirical: forecast.curvature.sample.ends(),
                population: forecast.curvature.population.as_ref().ok(),
            },
            epsilon1: forecast.epsilon1,
            radii: Radii::of(forecast),
            noise_floor: forecast.noise_floor,
            lights: LightsJson {
                accurate_mask: (&lights.accurate_mask).into(),
                curvature: (&lights.curvature).into(),
                start: (&lights.start).into(),
                samples: (&lights.samples).into(),
            },
            digest: &report.digest,
            digests: BTreeMap::new(),
            beside: None,
            version: VERSION,
            bits: EPOCH,
        }
    }

    /// The same with the digests at the steps asked for; null at those beyond the end.
    #[must_use]
    pub fn with_digests(self, digests: &'a [(usize, Option<String>)]) -> Self {
        Self { digests: digests.iter().map(|(step, digest)| (*step, digest.as_deref())).collect(), ..self }
    }

    /// The same with the run beside it, where there is one.
    #[must_use]
    pub fn with_beside(self, beside: Option<Beside<'a>>) -> Self {
        Self { beside, ..self }
    }
}

/// `value` as indented JSON with a line's end.
///
/// # Errors
/// What the serializer reports: of plain data nothing.
pub fn json_lines(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}
