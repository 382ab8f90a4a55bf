//! The words under the disc, and its text alternative.

use super::super::own_data;
use super::super::run::Run;
use crate::language::{message, tr, translate};
use crate::theory::State;
use crate::trials::{
    Forecast, Outcome, Probe, quartile_words, reach_quartiles, reach_words, region_sentence, two_digits,
};

/// What the probes of a mask that misses weights say.
const MISSED: &str = message!("No start can succeed: the mask misses weights of the oracle.");

/// The caption under the disc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscCaption {
    /// R₁ and R_T in words; none until the forecast has come: the rings then keep what they said of the setting before.
    pub rings: Option<(String, String)>,
    /// R_T over the probes' problems; empty while that is not known.
    pub quartiles: String,
    /// What the probes say.
    pub band: String,
}

impl DiscCaption {
    /// For `run` and its probes, which are `stale` where they are of the setting before.
    pub fn of(run: &Run, probes: &[Probe], stale: bool) -> Self {
        if run.own.is_some() {
            return own_data::disc_caption(run);
        }
        let quartiles = reach_quartiles(probes).filter(|_| !stale).map_or_else(String::new, |quartiles| {
            let problems = probes.iter().filter(|probe| probe.reach.is_some()).count();
            let quartiles = quartile_words(quartiles);
            tr!(", over {problems} of the probes’ problems (box) {quartiles}", problems, quartiles)
        });
        let band = match stale && !probes.is_empty() {
            true => tr!("Faded: probes of the setting before; new ones are on their way.").to_owned(),
            false if !run.kept.agreement().is_accurate() => translate(MISSED).to_owned(),
            false => region_sentence(probes, &run.spec, run.mask().weights(), run.noise_floor()),
        };
        Self { rings: run.forecast.as_ref().map(|forecast| (theorem1(forecast), theorem2(forecast))), quartiles, band }
    }
}

/// R₁ in words.
fn theorem1(forecast: &Forecast) -> String {
    match &forecast.theorem1_radius {
        Ok(radius) => equals(&two_digits(*radius)),
        Err(reason) => no_number(reason),
    }
}

/// R_T in words.
fn theorem2(forecast: &Forecast) -> String {
    match forecast.theorem2_reach {
        Ok(reach) => equals(&reach_words(reach)),
        Err(reason) => no_number(&reason.to_string()),
    }
}

/// Why there is no number: a reason of the theorem's own, or one of the computation's.
pub(in crate::session) fn no_number(reason: &str) -> String {
    match reason.contains(State::NotPromised.words()) {
        true => tr!("is {reason}", reason),
        false => tr!("is not known: {reason}", reason),
    }
}

/// "= 0.05", or the words alone where they bring a sign of their own: "> 1.5".
fn equals(words: &str) -> String {
    if words.starts_with(['<', '>']) { words.to_owned() } else { format!("=\u{a0}{words}") }
}

/// The disc for who cannot see it.
pub fn disc_text(run: &Run, probes: &[Probe]) -> String {
    if run.own.is_some() {
        return tr!("On own data: {band}", band = own_data::disc_caption(run).band);
    }
    let count = |outcome| probes.iter().filter(|probe| probe.outcome == outcome).count();
    tr!(
        "{probes} probes: {succeeded} succeeded, {elsewhere} stopped elsewhere or diverged, {capped} reached the step cap, \
         {falling} of them still falling. {region}",
        probes = probes.len(),
        succeeded = count(Outcome::Success),
        elsewhere = count(Outcome::StoppedElsewhere),
        capped = count(Outcome::StepCap),
        falling = probes.iter().filter(|probe| probe.outcome == Outcome::StepCap && probe.falling).count(),
        region = region_sentence(probes, &run.spec, run.mask().weights(), run.noise_floor()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn words_that_bring_a_sign_need_no_other() {
        assert_eq!((equals("> 1.5"), equals("0.05")), ("> 1.5".to_owned(), "=\u{a0}0.05".to_owned()));
    }
}
