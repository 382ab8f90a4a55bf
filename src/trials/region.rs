//! What the probes of a setting say of its convex region, in a sentence.

use super::{FARTHEST, FIRST_ORDER, Outcome, Probe, Radius};
use crate::language::tr;
use crate::notation::{grouped, scientific, within_steps};
use crate::spec::{FOUND, Spec};

/// One sentence on probes of `spec`, whose learner has so many `weights`; `noise_floor` is that of the setting, where it is
/// known.
pub fn region_sentence(probes: &[Probe], spec: &Spec, weights: usize, noise_floor: Option<f64>) -> String {
    let radius = Radius::of(probes);
    let succeeded = || probes.iter().filter(|probe| probe.outcome == Outcome::Success);
    let (all, count) = (probes.len(), succeeded().count());
    let within = within_steps(spec.max_steps);
    // Rounded up, so that it is beyond all of them.
    let farthest =
        succeeded().fold(0.0_f64, |farthest, probe| farthest.max(libm::ceil(100.0 * probe.distance) / 100.0));
    let target = match noise_floor {
        Some(floor) if floor >= FIRST_ORDER => tr!(" (the noise drowns the oracle)").to_owned(),
        Some(floor) if 2.0 * floor > FOUND => {
            tr!(" (success: below twice its own noise floor, here about {wanted})", wanted = scientific(2.0 * floor))
        }
        _ => String::new(),
    };
    // Whose fall leads nowhere: more steps would not have helped.
    let falling = match spec.samples < weights && count < all {
        true => {
            let (n, weights) = (grouped(spec.samples), grouped(weights));
            tr!("; N\u{a0}=\u{a0}{n} samples cannot determine {weights} weights", n, weights)
        }
        false => falling(probes),
    };
    match radius {
        _ if all == 0 => tr!("Probes are on their way.").to_owned(),
        _ if !Radius::is_enough(all) && radius.settled(all).is_none() => {
            tr!(
                "{count} of\u{a0}{all} starts succeeded {within} so far{target}{falling}.",
                count,
                all,
                within,
                target,
                falling
            )
        }
        Radius::Beyond if count == all => {
            let farthest = FARTHEST;
            tr!(
                "All\u{a0}{all} starts up to\u{a0}{farthest} succeeded {within}{target}.",
                all,
                farthest,
                within,
                target
            )
        }
        Radius::Zero if count == 0 => {
            tr!("None of\u{a0}{all} starts succeeded {within}{target}{falling}.", all, within, target, falling)
        }
        Radius::Within(half) if half.low > 0.0 => tr!(
            "Half of the starts succeed {within} at\u{a0}{radius} (95\u{a0}%\u{a0}interval {low}\u{a0}to\u{a0}{high}), \
             {all}\u{a0}probes{target}{falling}.",
            within,
            radius = format_args!("{:.2}", half.value),
            low = format_args!("{:.2}", half.low),
            high = format_args!("{:.2}", half.high),
            all,
            target,
            falling
        ),
        Radius::Zero | Radius::Within(_) => tr!(
            "No start beyond\u{a0}{farthest} succeeded {within} ({count} of\u{a0}{all} did){target}{falling}.",
            farthest = format_args!("{farthest:.2}"),
            within,
            count,
            all,
            target,
            falling
        ),
        Radius::Beyond | Radius::Unclear => tr!(
            "{count} of\u{a0}{all} starts succeeded {within}, near W* and far from it{target}{falling}.",
            count,
            all,
            within,
            target,
            falling
        ),
    }
}

/// How many of those without success were still falling: they say nothing of the shape of the risk.
fn falling(probes: &[Probe]) -> String {
    let failed = || probes.iter().filter(|probe| probe.outcome != Outcome::Success);
    let falling = failed().filter(|probe| probe.falling).count();
    match failed().count() {
        0 => String::new(),
        1 if falling == 1 => tr!("; the other one was still falling").to_owned(),
        1 => tr!("; the other one no longer fell").to_owned(),
        all if falling == all => tr!("; all\u{a0}{all} others were still falling", all),
        all if falling == 0 => tr!("; none of the {all}\u{a0}others was still falling", all),
        all => tr!("; {falling} of the {all}\u{a0}others were still falling", falling, all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::probe_distance;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn made(count: u32, falling: bool, success: fn(f64) -> bool) -> Vec<Probe> {
        (0..count)
            .map(|index| {
                let distance = probe_distance(index);
                let outcome = if success(distance) { Outcome::Success } else { Outcome::StepCap };
                Probe {
                    index,
                    distance,
                    outcome,
                    steps: 100,
                    falling: falling && outcome == Outcome::StepCap,
                    reach: None,
                }
            })
            .collect()
    }

    fn of(probes: &[Probe], max_steps: usize, floor: Option<f64>) -> String {
        region_sentence(probes, &Spec { max_steps, ..Spec::default() }, 200, floor)
    }

    #[test]
    fn a_fall_is_no_hope_where_the_samples_are_fewer_than_the_weights() {
        let spec = Spec { samples: 150, max_steps: 1000, ..Spec::default() };
        let told = |success| region_sentence(&made(96, true, success), &spec, 200, None).replace('\u{a0}', " ");
        assert_eq!(
            told(|_| false),
            "None of 96 starts succeeded within 1000 steps; N = 150 samples cannot determine 200 weights."
        );
        assert_eq!(told(|_| true), "All 96 starts up to 1.5 succeeded within 1000 steps.");
    }

    #[test]
    fn each_outcome_has_its_sentence() {
        let cases = [
            (made(0, true, |_| true), None, "Probes are on their way."),
            (
                made(3, false, |_| false),
                Some(0.0),
                "0 of 3 starts succeeded within 1000 steps so far; none of the 3 others was still falling.",
            ),
            (made(96, true, |_| true), None, "All 96 starts up to 1.5 succeeded within 1000 steps."),
            (
                made(96, true, |x| x < 1.47),
                None,
                "95 of 96 starts succeeded within 1000 steps, near W* and far from it; the other one was still falling.",
            ),
            (
                made(96, true, |_| false),
                Some(0.0),
                "None of 96 starts succeeded within 1000 steps; all 96 others were still falling.",
            ),
            (
                made(96, false, |_| false),
                Some(0.08),
                "None of 96 starts succeeded within 1000 steps (success: below twice its own noise floor, here about \
                 0.16); none of the 96 others was still falling.",
            ),
            (
                made(96, true, |x| x < 0.01),
                None,
                "No start beyond 0.01 succeeded within 1000 steps (1 of 96 did); all 95 others were still falling.",
            ),
            (
                made(64, true, |x| x > 0.7),
                None,
                "34 of 64 starts succeeded within 1000 steps, near W* and far from it; all 30 others were still falling.",
            ),
        ];
        for (probes, floor, sentence) in cases {
            assert_eq!(of(&probes, 1000, floor).replace('\u{a0}', " "), sentence);
        }
        let half = of(&made(96, true, |x| x < 0.75), 20_000, None).replace(['\u{a0}', '\u{202f}'], " ");
        assert!(half.starts_with("Half of the starts succeed within 20 000 steps at 0.7"), "{half}");
        assert!(half.ends_with("96 probes; all 48 others were still falling."), "{half}");
    }

    #[test]
    fn some_of_the_others_may_have_been_falling() {
        let mut probes = made(96, true, |x| x < 0.75);
        for probe in probes.iter_mut().filter(|probe| probe.distance > 1.2) {
            probe.falling = false;
        }
        let told = of(&probes, 1000, None).replace('\u{a0}', " ");
        assert!(told.contains(" of the 48 others were still falling"), "{told}");
    }
}
