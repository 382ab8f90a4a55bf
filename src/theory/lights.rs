//! The assumptions of the theorems for one problem, as lights: met, not met or unknown, each with a sentence.

use serde::{Deserialize, Serialize};

use super::calibration::{CALIBRATED_DISTANCE, Enough};
use super::{Curvature, NoBall, SampleCurvature};
use crate::language::tr;
use crate::network::{Agreement, Mask, Projection};
use crate::notation::{grouped, told_apart};
use crate::spec::Spec;

/// |W(0) − M ⊙ W\*|/|W\*|, how far a start lies from what the learner's mask M keeps of the oracle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartDistance {
    /// The number.
    pub value: f64,
    /// Whether it was measured; else it is λ, at which the start was drawn.
    pub measured: bool,
}

/// Whether an assumption holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It holds.
    Met,
    /// It does not.
    NotMet,
    /// It could not be decided.
    Unknown,
    /// The theorem does not speak of it: the mask is not accurate.
    NotPromised,
}

impl State {
    fn of(holds: bool) -> Self {
        if holds { State::Met } else { State::NotMet }
    }

    /// As saved files spell it.
    pub fn key(self) -> &'static str {
        match self {
            State::Met => "met",
            State::NotMet => "not met",
            State::Unknown => "unknown",
            State::NotPromised => "not promised",
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            State::Met => tr!("met"),
            State::NotMet => tr!("not met"),
            State::Unknown => tr!("not known"),
            State::NotPromised => tr!("not promised"),
        }
    }
}

/// One assumption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Light {
    /// Whether it holds.
    pub state: State,
    /// The numbers behind it, in words.
    pub sentence: String,
}

/// The four assumptions. The paper does not give the constants of (4), (6) and (8); what is tested instead is measured
/// on this problem, computed for its oracle or calibrated here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lights {
    /// supp(M\*) ⊆ supp(M).
    pub accurate_mask: Light,
    /// (4), N = Ω(ε₁⁻² K⁴ r̃ log q): met if λ_min(Ĥ(W\*)) > 0 and ε̂₁ < ½ (measured; the ½ is chosen here).
    pub curvature: Light,
    /// (6), |W(0) − W\*| = O(ε₀/K²): met if λ ≤ R₁, not met if λ > ρ (computed for this oracle), else not known.
    pub start: Light,
    /// (8), N = Ω(ε₀⁻² K⁶ r̃ log q log(1/ε)): met if N ≥ c(K) Σ r_j (calibrated), never where the sample cannot
    /// determine the weights; not known where R_T of this very sample says otherwise, as it does for few weights a neuron
    /// and for masks that overlap much more than those of the calibration.
    pub samples: Light,
}

impl Lights {
    /// For the run of `spec` on the mask of `oracle`; `ball` is ρ, the distance of the nearest W at which the population
    /// risk is not convex, `distance` that of the start.
    pub fn of(
        spec: &Spec,
        oracle: &Projection,
        distance: StartDistance,
        curvature: &Curvature,
        ball: &Result<f64, NoBall>,
        reach: Option<f64>,
    ) -> Self {
        let early = EarlyLights::after_curvature(spec, oracle, curvature, reach);
        let start = start_light(distance, Some(curvature.epsilon1()), ball);
        let accurate = oracle.agreement().is_accurate();
        let of = |light: Option<Light>| {
            light.filter(|_| accurate).unwrap_or_else(|| Light::new(State::NotPromised, tr!("for accurate masks only")))
        };
        Self {
            accurate_mask: Light::accurate_mask(oracle.agreement()),
            curvature: of(early.curvature),
            start: of(start),
            samples: of(early.samples),
        }
    }

    /// Whether all four are met: then Theorem 2 speaks of this run, as far as the constants used here are its own.
    pub fn promise(&self) -> bool {
        [&self.accurate_mask, &self.curvature, &self.start, &self.samples].iter().all(|light| light.state == State::Met)
    }
}

/// Of the lights those that are known before all are, which are as they will stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EarlyLights {
    /// As in [`Lights`].
    pub curvature: Option<Light>,
    /// As in [`Lights`].
    pub start: Option<Light>,
    /// As in [`Lights`].
    pub samples: Option<Light>,
}

impl EarlyLights {
    /// Those that the curvature tells, and the reach that follows from it; none for a mask that is not accurate.
    pub fn after_curvature(spec: &Spec, oracle: &Projection, curvature: &Curvature, reach: Option<f64>) -> Self {
        if !oracle.agreement().is_accurate() {
            return Self::default();
        }
        let samples = Light::enough_samples(spec, oracle.mask(), Some(&curvature.sample)).against(reach);
        let curvature = curvature_light(oracle.mask(), oracle.values(), curvature);
        Self { curvature: Some(curvature), start: None, samples: Some(samples) }
    }

    /// Those that ρ tells of a start at `distance`; none for a mask that is not accurate.
    pub fn after_ball(distance: StartDistance, oracle: &Projection, ball: &Result<f64, NoBall>) -> Self {
        let start = start_light(distance, None, ball).filter(|_| oracle.agreement().is_accurate());
        Self { start, ..Self::default() }
    }
}

/// R₁ of Theorem 1 in units of |W\*|, its constants computed for this oracle: ρ min(1, (1 − ε̂₁)₊). (7) loses ε₁ of the
/// curvature by sampling and ε₀ by moving; ρ is where moving alone has lost all of it. The theorem gives neither ρ nor
/// this linear form. Sufficient, and small: it speaks of the shape of the risk, not of the steps a run needs.
pub fn theorem1_radius(ball: f64, epsilon1: f64) -> f64 {
    ball * (1.0 - epsilon1).clamp(0.0, 1.0)
}

impl Light {
    fn new(state: State, sentence: impl Into<String>) -> Self {
        Self { state, sentence: sentence.into() }
    }

    /// supp(M\*) ⊆ supp(M): known from the masks alone.
    pub fn accurate_mask(agreement: Agreement) -> Self {
        let Agreement { kept, missed, extra } = agreement;
        let all = grouped(kept + missed);
        let further = match extra {
            0 => String::new(),
            extra => tr!(", and {extra} more are learned", extra = grouped(extra)),
        };
        match missed {
            0 => Self::new(State::Met, tr!("all {all} oracle weights are kept{further}", all, further)),
            missed => {
                let percent = libm::floor(100.0 * agreement.accuracy());
                let sentence = tr!(
                    "{missed} of\u{a0}{all} oracle weights are missed (mask accuracy {percent}\u{a0}%){further}",
                    missed = grouped(missed),
                    all,
                    percent,
                    further
                );
                Self::new(State::NotMet, sentence)
            }
        }
    }

    /// The same, not known where R_T of this very sample contradicts what was calibrated at [`CALIBRATED_DISTANCE`]; a
    /// sample that cannot determine the weights has no reach either.
    fn against(self, reach: Option<f64>) -> Self {
        let Some(reach) = reach else { return self };
        let contradicts = match self.state {
            State::Met => reach < CALIBRATED_DISTANCE,
            State::NotMet => reach >= CALIBRATED_DISTANCE,
            State::Unknown | State::NotPromised => false,
        };
        if !contradicts {
            return self;
        }
        let sentence = tr!("{reason}; R_T of this sample says otherwise", reason = self.sentence);
        Self::new(State::Unknown, sentence)
    }

    /// (8): known from the Spec and the mask alone, but for a neuron that is active on too few samples, of which only
    /// the curvature of the sample tells.
    pub fn enough_samples(spec: &Spec, mask: &Mask, sample: Option<&SampleCurvature>) -> Self {
        let (samples, weights) = (spec.samples, mask.weights());
        let (n, sum) = (grouped(samples), grouped(weights));
        if samples < weights {
            let sentence = tr!("N\u{a0}=\u{a0}{n} samples cannot determine {weights} weights", n, weights = sum);
            return Self::new(State::NotMet, sentence);
        }
        if sample.and_then(SampleCurvature::ends).is_some_and(|ends| ends.min <= 0.0) {
            return Self::new(
                State::NotMet,
                tr!("the sample leaves a direction without curvature: it cannot determine the weights"),
            );
        }
        let told = |enough: &Enough, sign: char| {
            tr!(
                "N\u{a0}=\u{a0}{n} {sign} c(K)\u{a0}Σ\u{a0}rⱼ\u{a0}=\u{a0}{least}; \
                 c({neurons})\u{a0}=\u{a0}{constant} for λ\u{a0}=\u{a0}{distance} within \
                 {steps}\u{a0}steps, calibrated here",
                n,
                sign,
                least = grouped(enough.samples(weights)),
                neurons = spec.neurons,
                constant = format_args!("{:.2}", enough.samples_a_weight()),
                distance = CALIBRATED_DISTANCE,
                steps = grouped(enough.steps)
            )
        };
        let enough = Enough::of(spec);
        if let Some(enough) = enough.iter().find(|enough| samples >= enough.samples(weights)) {
            return Self::new(State::Met, told(enough, '≥'));
        }
        if let Some(more) = Enough::with_more_steps(spec).filter(|more| samples < more.samples(weights)) {
            return Self::new(State::NotMet, told(&more, '<'));
        }
        let sentence = match enough {
            Ok(enough) => tr!("{reason}; T is larger", reason = told(&enough, '<')),
            Err(reason) => tr!("{reason}; see R_T", reason = reason.reason(spec.neurons)),
        };
        Self::new(State::Unknown, sentence)
    }
}

fn curvature_light(mask: &Mask, oracle: &[f64], curvature: &Curvature) -> Light {
    if let Some((j, k)) = mask.twins(oracle) {
        let sentence = tr!(
            "neurons {one} and {other} have the same only feature: no sample tells them apart",
            one = j + 1,
            other = k + 1
        );
        return Light::new(State::NotMet, sentence);
    }
    let failed = curvature.sample.spectrum.as_ref().err().or(curvature.population.as_ref().err());
    if let Some(not_settled) = failed {
        return Light::new(State::Unknown, not_settled.to_string());
    }
    let Some(epsilon1) = curvature.epsilon1() else {
        return Light::new(State::NotMet, tr!("even the population risk has a direction without curvature"));
    };
    let flat = curvature.sample.ends().is_some_and(|ends| ends.min <= 0.0);
    let sentence = if flat {
        tr!("the sample leaves a direction without curvature, so ε̂₁ = 1").to_owned()
    } else {
        let (percent, epsilon1) = (kept_and_lost(epsilon1).0, epsilon1_words(epsilon1));
        tr!(
            "the sample keeps {percent}\u{a0}% of the smallest curvature (ε̂₁\u{a0}=\u{a0}{epsilon1}, measured); at \
             least 50\u{a0}% wanted, a threshold of ours",
            percent,
            epsilon1
        )
    };
    Light::new(State::of(!flat && epsilon1 < 0.5), sentence)
}

/// ε̂₁ as the light of (4) has it.
pub fn epsilon1_words(epsilon1: f64) -> String {
    if epsilon1 == 1.0 { "1".to_owned() } else { kept_and_lost(epsilon1).1.replace('-', "−") }
}

/// 100 (1 − ε̂₁) and ε̂₁ with digits of equal worth, so that the two make up the whole; with more of them where what falls short
/// of a half would be shown as a half.
fn kept_and_lost(epsilon1: f64) -> (String, String) {
    let kept = |decimals: usize| format!("{:.decimals$}", 100.0 * (1.0 - epsilon1));
    let is_half = |text: &String| epsilon1 > 0.5 && text.parse() == Ok(50.0);
    let decimals = (0..6).find(|decimals| !is_half(&kept(*decimals))).unwrap_or(6);
    let percent = match kept(decimals) {
        none if none.parse() == Ok(0.0) => tr!("less than 1").to_owned(),
        some => some,
    };
    (percent, format!("{epsilon1:.*}", decimals + 2))
}

/// The light of a start, without ε̂₁ if that is not known yet: none if it is what decides.
fn start_light(start: StartDistance, epsilon1: Option<Option<f64>>, ball: &Result<f64, NoBall>) -> Option<Light> {
    let (distance, name) = (start.value, if start.measured { tr!("measured λ") } else { "λ" });
    let ball = match ball {
        Ok(ball) => *ball,
        Err(reason) => return Some(Light::new(State::Unknown, reason.to_string())),
    };
    let beyond = |bound: f64, whose: &str| {
        let (distance, bound) = told_apart(distance, bound);
        format!("{name}\u{a0}=\u{a0}{distance} > {whose}\u{a0}=\u{a0}{bound}")
    };
    if distance > ball {
        let sentence = tr!(
            "{relation}: so near W* lies a point where even the population risk is not convex",
            relation = beyond(ball, "ρ")
        );
        return Some(Light::new(State::NotMet, sentence));
    }
    let Some(epsilon1) = epsilon1? else {
        return Some(Light::new(State::Unknown, tr!("R₁ is not known, for ε̂₁ is not")));
    };
    let radius = theorem1_radius(ball, epsilon1);
    Some(if distance <= radius {
        let (distance, radius) = told_apart(distance, radius);
        let sentence = tr!(
            "{name}\u{a0}=\u{a0}{distance} ≤ R₁\u{a0}=\u{a0}{radius}, Theorem\u{a0}1’s form with constants computed \
             for this oracle",
            name,
            distance,
            radius
        );
        Light::new(State::Met, sentence)
    } else {
        let sentence = tr!(
            "{relation}, but not beyond ρ\u{a0}=\u{a0}{ball}: Theorem\u{a0}1 is silent",
            relation = beyond(radius, "R₁"),
            ball = told_apart(distance, ball).1
        );
        Light::new(State::Unknown, sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_the_sample_keeps_and_loses_make_up_the_whole_and_less_than_a_half_is_never_shown_as_one() {
        for thousandths in 0..1000 {
            let epsilon1 = 0.001 * (f64::from(thousandths) + 0.3);
            let (kept, lost) = kept_and_lost(epsilon1);
            if let Ok(kept) = kept.parse::<f64>() {
                let lost: f64 = lost.parse().expect("a number");
                assert!((kept + 100.0 * lost - 100.0).abs() < 1e-9, "{kept} and {lost} of {epsilon1}");
                assert!(kept < 50.0 || epsilon1 < 0.5 || epsilon1 - 0.5 < 1e-12, "{kept} of {epsilon1}");
            }
        }
        let told = |epsilon1| kept_and_lost(epsilon1);
        assert_eq!(told(0.5612), ("44".to_owned(), "0.56".to_owned()));
        assert_eq!(told(0.502), ("49.8".to_owned(), "0.502".to_owned()));
        assert_eq!(told(0.999), ("less than 1".to_owned(), "1.00".to_owned()));
    }
}
