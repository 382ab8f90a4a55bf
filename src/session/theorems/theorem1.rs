//! Theorem 1: where the risk is convex.

use super::{Line, Numbers, Theorems, Told, lights, line, missed, relation, shown, to_three_digits, verdict};
use crate::language::tr;
use crate::notation::{grouped, significant};
use crate::session::captions::DiscCaption;
use crate::session::run::Run;
use crate::spec::Start;
use crate::theory::{asked_by_theorem1, epsilon1_words};
use crate::trials::{Forecast, Probe, shown_width, two_digits};

pub(super) fn of(run: &Run, probes: &[Probe], stale: bool) -> Theorems {
    let caption = DiscCaption::of(run, probes, stale);
    let ring = caption.rings.as_ref().map(|(theorem1, _)| theorem1.clone());
    let [_, curvature, start, _] = lights(run);
    let whole = run.forecast.as_ref();
    let lines = vec![
        line("asked-4", Told::Numbers(asked(run))),
        line("epsilon1", whole.map_or(Told::Waiting, |forecast| epsilon1(run, forecast))),
        line("bounds", whole.map_or(Told::Waiting, |forecast| bounds(run, forecast))),
        line("start", start_distance(run)),
        radius(whole, ring),
    ];
    let sentences =
        vec![("light-4", verdict(curvature)), ("light-6", verdict(start)), ("probes", Some(probed(&caption)))];
    Theorems { lines, sentences }
}

/// (4) with the present numbers, as far as it has any.
fn asked(run: &Run) -> Numbers {
    let (neurons, width) = (run.spec.neurons, run.effective_width);
    vec![
        ("N", grouped(run.spec.samples)),
        ("K", neurons.to_string()),
        ("r", shown_width(width)),
        ("product", to_three_digits(asked_by_theorem1(neurons, width))),
    ]
}

/// ε̂₁ from both smallest curvatures.
fn epsilon1(run: &Run, forecast: &Forecast) -> Told {
    let curvature = &forecast.curvature;
    let (Some(sample), Ok(population), Some(epsilon1)) =
        (curvature.sample.ends(), &curvature.population, forecast.epsilon1)
    else {
        return Told::Silent(
            missed(run).unwrap_or_else(|| tr!("ε̂₁ is not known: {why}.", why = forecast.lights.curvature.sentence)),
        );
    };
    Told::Numbers(vec![
        ("sample", significant(sample.min, 4)),
        ("population", significant(population.min, 4)),
        ("epsilon1", epsilon1_words(epsilon1)),
    ])
}

/// (7) at W\*: the ends of the sample's spectrum in the paper's units, 1/K² and 1/K.
fn bounds(run: &Run, forecast: &Forecast) -> Told {
    let Some(ends) = forecast.curvature.sample.ends() else {
        return Told::Silent(
            missed(run).unwrap_or_else(|| tr!("The spectrum of the sample’s Hessian did not settle.").to_owned()),
        );
    };
    let neurons = run.spec.neurons as f64;
    Told::Numbers(vec![
        ("min", significant(ends.min, 3)),
        ("lower", significant(neurons * neurons * ends.min, 3)),
        ("max", significant(ends.max, 3)),
        ("upper", significant(neurons * ends.max, 3)),
        ("K", run.spec.neurons.to_string()),
    ])
}

/// (6): how far the start lies, at which λ drew it or the data led it.
fn start_distance(run: &Run) -> Told {
    if let Some(why) = missed(run) {
        return Told::Silent(why);
    }
    let drawn = (run.spec.start == Start::Ball).then_some(run.spec.start_distance);
    match run.forecast.as_ref().map(|forecast| forecast.start_distance).or(drawn) {
        Some(distance) => {
            Told::Numbers(vec![("lambda", shown("lambda", distance)), ("K", run.spec.neurons.to_string())])
        }
        None => Told::Waiting,
    }
}

/// What the probes say, and how far Theorem 2 reaches in their problems: as below the disc.
fn probed(caption: &DiscCaption) -> String {
    match caption.quartiles.strip_prefix(", ") {
        Some(quartiles) => format!("{} R_T {quartiles}.", caption.band),
        None => caption.band.clone(),
    }
}

/// R₁, as the caption of the disc has it in words.
fn radius(forecast: Option<&Forecast>, ring: Option<String>) -> Line {
    let told = match (forecast, ring) {
        (Some(forecast), Some(ring)) => match (&forecast.theorem1_radius, &forecast.convex_ball, forecast.epsilon1) {
            (Ok(radius), Ok(ball), Some(epsilon1)) => {
                let (sign, number) = relation(&two_digits(*radius));
                let lost = epsilon1_words(epsilon1);
                let lost = if epsilon1 < 0.0 { format!("({lost})") } else { lost };
                Told::Numbers(vec![
                    ("ball", significant(*ball, 3)),
                    ("epsilon1", lost),
                    ("sign", sign),
                    ("radius", number),
                ])
            }
            _ => Told::Silent(format!("R₁ {ring}.")),
        },
        _ => Told::Waiting,
    };
    line("radius", told)
}
