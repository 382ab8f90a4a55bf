//! A run in words, for a terminal.

use crate::linear_algebra::{Extremes, Spectrum};
use crate::theory::{Light, NoSpectrum};
use crate::trials::{Report, fall, reach_words};

/// One line a quantity. What is theory, measured or calibrated is said beside the number.
pub fn text(report: &Report) -> String {
    let (forecast, lights) = (&report.forecast, &report.forecast.lights);
    let asked = report.spec.effective_width;
    let rates = format!(
        "falls by {} a step measured, {} predicted by the curvature at W* (fastest at β = {})",
        report.standing.rate_measured.map_or("an unknown share".to_owned(), fall),
        forecast.rate_predicted.map_or("an unknown share".to_owned(), fall),
        number(forecast.best_momentum, 3)
    );
    let ball = match &forecast.theorem1_radius {
        Ok(radius) => format!("{radius:.3} |W*|, Theorem 1's form with constants computed for this oracle"),
        Err(reason) => unknown(reason),
    };
    let reach = match forecast.theorem2_reach {
        Ok(reach) => format!("{} |W*|, Theorem 2's linear forecast for this sample within T steps", reach_words(reach)),
        Err(reason) => unknown(&reason.to_string()),
    };
    let width = match forecast.agreement.differs() {
        false => format!("{:.2}, asked {asked}", forecast.effective_width),
        true => format!("{:.2} of the learner's mask; asked {asked} for the oracle's", forecast.effective_width),
    };
    let rows = [
        ("effective width", width),
        ("mask is accurate", light(&lights.accurate_mask)),
        (
            "steps",
            format!("{}, {}", report.standing.step, report.standing.stopped.map_or("going on", |reason| reason.key())),
        ),
        ("relative error", format!("{:.2e}", report.standing.relative_error)),
        ("test error", format!("{:.2e} expected on fresh noiseless samples", report.test_error)),
        ("rate", rates),
        (
            "eigenvalues at W*",
            eigenvalues(forecast.curvature.sample.spectrum.as_ref().map(Spectrum::ends), "of the sample's Hessian"),
        ),
        ("", eigenvalues(forecast.curvature.population.as_ref().copied(), "of the population's Hessian")),
        ("epsilon1", format!("{} of the smallest curvature is lost by the sample", number(forecast.epsilon1, 3))),
        ("noise floor", forecast.noise_floor.map_or("unknown".to_owned(), |floor| format!("{floor:.2e}"))),
        ("R_1", ball),
        ("R_T", reach),
        ("(4) curvature", light(&lights.curvature)),
        ("(6) start", light(&lights.start)),
        ("(8) samples", light(&lights.samples)),
        ("digest", report.digest.clone()),
        ("link", report.link()),
    ];
    let rows: String = rows.iter().map(|(name, value)| format!("{name:18}{value}\n")).collect();
    format!("{}\n{}\n\n{rows}", report.sentence(), report.promise())
}

fn unknown(reason: &str) -> String {
    if reason.starts_with("not promised") { reason.to_owned() } else { format!("unknown: {reason}") }
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or("unknown".to_owned(), |value| format!("{value:.decimals$}"))
}

fn eigenvalues(ends: Result<Extremes, &NoSpectrum>, whose: &str) -> String {
    match ends {
        Ok(ends) => format!("{:.3e} to {:.3e} {whose}", ends.min, ends.max),
        Err(reason) => reason.to_string(),
    }
}

fn light(light: &Light) -> String {
    format!("{}: {}", light.state.words(), light.sentence)
}
