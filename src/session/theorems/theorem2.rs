//! Theorem 2: how fast training gets to the oracle.

use super::{Numbers, Theorems, Told, beta, eta, lights, line, missed, relation, to_three_digits, verdict};
use crate::language::tr;
use crate::notation::significant;
use crate::notation::{as_power_of_ten, grouped, scientific, shown_rate};
use crate::session::captions;
use crate::session::run::Run;
use crate::spec::{FOUND, Spec, StepSize};
use crate::theory::{asked_by_theorem2, fallen_to, heavy_ball_rate};
use crate::trials::{FIRST_ORDER, Forecast, fall, reach_words, shown_width, target};

pub(super) fn of(run: &Run) -> Theorems {
    let whole = run.forecast.as_ref();
    let known = |told: fn(&Run, &Forecast) -> Told| {
        whole.map_or(Told::Waiting, |forecast| missed(run).map_or_else(|| told(run, forecast), Told::Silent))
    };
    let lines = vec![
        line("asked-8", Told::Numbers(asked(run))),
        line("step", Told::Numbers(step(run))),
        line("rate", known(rate)),
        line("momentum", known(momentum)),
        line("fall", if run.moment().is_some() { known(left) } else { Told::Waiting }),
        line("reach", whole.map_or(Told::Waiting, |forecast| reach(run, forecast))),
    ];
    let [_, _, _, samples] = lights(run);
    let sentences = vec![
        ("light-8", verdict(samples)),
        ("step", Some(whose_step(run))),
        ("measured-rate", Some(measured_rate(run))),
        ("measured-error", Some(measured_error(run))),
        ("floor", whole.map(|_| floor(run))),
        ("promise", Some(captions::promise(run))),
    ];
    Theorems { lines, sentences }
}

/// (8) with the present numbers, as far as it has any.
fn asked(run: &Run) -> Numbers {
    let (neurons, width) = (run.spec.neurons, run.effective_width);
    vec![
        ("N", grouped(run.spec.samples)),
        ("K", neurons.to_string()),
        ("r", shown_width(width)),
        ("over-epsilon", as_power_of_ten(1.0 / FOUND)),
        ("product", to_three_digits(asked_by_theorem2(neurons, width))),
    ]
}

/// K/14, which is the run's η or not.
fn step(run: &Run) -> Numbers {
    let theorem = Spec { step_size: StepSize::Auto, ..run.spec.clone() }.eta();
    vec![("K", run.spec.neurons.to_string()), ("eta", super::shown("eta", theorem))]
}

fn whose_step(run: &Run) -> String {
    match run.spec.step_size {
        StepSize::Auto => tr!("η is the theorem’s.").to_owned(),
        StepSize::Fixed(_) => {
            tr!("η\u{a0}=\u{a0}{eta} is chosen: the theorem does not speak of it.", eta = eta(run))
        }
    }
}

/// ν by the curvature of this sample.
fn rate(run: &Run, forecast: &Forecast) -> Told {
    let (Some(ends), Some(rate)) = (forecast.curvature.sample.ends(), forecast.rate_predicted) else {
        return unsettled();
    };
    Told::Numbers(vec![
        ("beta", beta(run)),
        ("eta", eta(run)),
        ("min", significant(ends.min, 3)),
        ("max", significant(ends.max, 3)),
        ("rate", shown_rate(rate)),
    ])
}

fn unsettled() -> Told {
    Told::Silent(tr!("ν is not known: the spectrum of the sample’s Hessian did not settle.").to_owned())
}

/// ν without momentum and with the best one, at this η.
fn momentum(run: &Run, forecast: &Forecast) -> Told {
    let Some(ends) = forecast.curvature.sample.ends() else { return unsettled() };
    let eta = run.spec.eta();
    match forecast.best_momentum {
        Some(best) => Told::Numbers(vec![
            ("descent", shown_rate(heavy_ball_rate(eta, 0.0, ends))),
            ("best", shown_best(best, |beta| shown_rate(heavy_ball_rate(eta, beta, ends)))),
            ("rate", shown_rate(heavy_ball_rate(eta, best, ends))),
        ]),
        None if ends.min <= 0.0 => Told::Silent(
            tr!("No momentum converges: the sample leaves a direction without curvature, so ν\u{a0}=\u{a0}1 for every β.")
                .to_owned(),
        ),
        None => Told::Silent(tr!(
            "No momentum below 1 converges at η\u{a0}=\u{a0}{eta}: it is too large.",
            eta = super::eta(run)
        )),
    }
}

/// β* in as many digits as it takes for the ν of what one reads to be the ν beside it: below β* it rises like a root.
fn shown_best(best: f64, rate: impl Fn(f64) -> String) -> String {
    let digits = |decimals: usize| format!("{best:.decimals$}");
    let gives = |text: &String| text.parse().is_ok_and(|read: f64| rate(read) == rate(best));
    (2..12).map(digits).find(gives).unwrap_or_else(|| digits(12))
}

/// The two terms of (9) at the present step, the second one as the noise floor.
fn left(run: &Run, forecast: &Forecast) -> Told {
    let (Some(rate), Some(start), Some((step, _))) = (forecast.rate_predicted, run.curve.first(), run.moment()) else {
        return unsettled();
    };
    if rate >= 1.0 {
        return Told::Silent(tr!(
            "ν\u{a0}=\u{a0}{rate}: the curvature at W* predicts no convergence.",
            rate = shown_rate(rate)
        ));
    }
    let Some(floor) = run.noise_floor().filter(|floor| *floor < FIRST_ORDER) else { return Told::Silent(floor(run)) };
    Told::Numbers(vec![
        ("rate", shown_rate(rate)),
        ("t", grouped(step)),
        ("start", scientific(*start)),
        ("floor", scientific(floor)),
        ("left", scientific(fallen_to(*start, rate, step as f64) + floor)),
    ])
}

/// R_T, as the caption of the disc has it in words.
fn reach(run: &Run, forecast: &Forecast) -> Told {
    match forecast.theorem2_reach {
        Ok(reach) => {
            let (sign, number) = relation(&reach_words(reach));
            let wanted = target(run.noise_floor());
            let wanted = if wanted == FOUND { as_power_of_ten(FOUND) } else { scientific(wanted) };
            Told::Numbers(vec![
                ("target", wanted),
                ("T", grouped(run.spec.max_steps)),
                ("sign", sign),
                ("reach", number),
            ])
        }
        Err(reason) => Told::Silent(format!("R_T {}.", captions::no_number(&reason.to_string()))),
    }
}

/// ν of the run so far.
fn measured_rate(run: &Run) -> String {
    match run.standing().and_then(|standing| standing.rate_measured) {
        Some(rate) if rate < 1.0 => tr!(
            "ν\u{a0}=\u{a0}{rate} over the last half of the steps, which is a fall by {fall} a step.",
            rate = shown_rate(rate),
            fall = fall(rate)
        ),
        Some(rate) => {
            tr!("ν\u{a0}=\u{a0}{rate} over the last half of the steps: no fall.", rate = shown_rate(rate))
        }
        None if !run.kept.agreement().is_accurate() => tr!("none: no learner on this mask can come to W*.").to_owned(),
        None if run.end.is_some() => tr!("none: too few of its steps lie well above the noise floor.").to_owned(),
        None => tr!("not yet: it takes some 100 steps, the last half of them well above the noise floor.").to_owned(),
    }
}

/// The relative error where the run stands.
fn measured_error(run: &Run) -> String {
    match run.moment() {
        Some((step, error)) => {
            let (error, step) = (scientific(error), grouped(step));
            tr!("the relative error is {error} at t\u{a0}=\u{a0}{step}.", error, step)
        }
        None => tr!("the run is being set up.").to_owned(),
    }
}

/// The last term of (9): what noise leaves.
fn floor(run: &Run) -> String {
    match run.noise_floor() {
        _ if !run.kept.agreement().is_accurate() => tr!("Not promised: weights are missed.").to_owned(),
        Some(0.0) => tr!("There is no noise, so the last term is 0.").to_owned(),
        Some(floor) if floor < FIRST_ORDER => tr!(
            "Noise holds the error near {floor}, its root mean square to first order, in place of the last term: no bound on one \
             run.",
            floor = scientific(floor)
        ),
        Some(_) => {
            tr!("The noise drowns the oracle: to first order it moves W by more than the theory can follow.").to_owned()
        }
        None => tr!("How near the noise lets it come is not known.").to_owned(),
    }
}
