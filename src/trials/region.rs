//! What the probes of a setting say of its convex region, in a sentence.

use super::{Outcome, Probe, Radius};
use crate::notation::scientific;

/// One sentence; `noise_floor` is that of the setting, where it is known.
pub fn region_sentence(probes: &[Probe], noise_floor: Option<f64>) -> String {
    let radius = Radius::of(probes);
    let succeeded = || probes.iter().filter(|probe| probe.outcome == Outcome::Success);
    let (all, count) = (probes.len(), succeeded().count());
    // Rounded up, so that it is beyond all of them.
    let farthest =
        succeeded().fold(0.0_f64, |farthest, probe| farthest.max(libm::ceil(100.0 * probe.distance) / 100.0));
    let none_can = |count: usize| match noise_floor {
        Some(floor) if floor > 1e-4 && count == 0 => {
            format!(": the noise floor\u{a0}{} lies above\u{a0}10⁻⁴, so none can", scientific(floor))
        }
        _ => String::new(),
    };
    match radius {
        _ if all == 0 => "Probes are on their way.".to_owned(),
        _ if !Radius::is_enough(all) && radius.settled(all).is_none() => {
            format!("{count} of\u{a0}{all} starts succeeded so far{}.", none_can(count))
        }
        Radius::Beyond if count == all => format!("All\u{a0}{all} starts up to\u{a0}1.5 succeeded."),
        Radius::Beyond => {
            format!("More than half succeed up to\u{a0}1.5 ({count} of\u{a0}{all} starts succeeded).")
        }
        Radius::Zero if count == 0 => format!("None of\u{a0}{all} starts succeeded{}.", none_can(count)),
        Radius::Within(half) if half.low > 0.0 => format!(
            "Band: half of the starts succeed at\u{a0}{:.2} (95\u{a0}%\u{a0}interval {:.2}\u{a0}to\u{a0}{:.2}), \
             {all}\u{a0}probes.",
            half.value, half.low, half.high
        ),
        Radius::Zero | Radius::Within(_) => {
            format!("No start beyond\u{a0}{farthest:.2} succeeded ({count} of\u{a0}{all} did).")
        }
        Radius::Unclear => format!("{count} of\u{a0}{all} starts succeeded, near W* and far from it."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::probe_distance;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn each_outcome_has_its_sentence() {
        let made = |count: u32, success: fn(f64) -> bool| -> Vec<Probe> {
            (0..count)
                .map(|index| {
                    let distance = probe_distance(index);
                    let outcome = if success(distance) { Outcome::Success } else { Outcome::StepCap };
                    Probe { index, distance, outcome, steps: 100, falling: false, reach: None }
                })
                .collect()
        };
        let cases = [
            (made(0, |_| true), None, "Probes are on their way."),
            (made(3, |_| false), Some(0.0), "0 of 3 starts succeeded so far."),
            (made(96, |_| true), None, "All 96 starts up to 1.5 succeeded."),
            (made(96, |x| x < 1.47), None, "More than half succeed up to 1.5 (95 of 96 starts succeeded)."),
            (made(96, |_| false), Some(0.0), "None of 96 starts succeeded."),
            (
                made(96, |_| false),
                Some(0.08),
                "None of 96 starts succeeded: the noise floor 0.080 lies above 10⁻⁴, so none can.",
            ),
            (made(96, |x| x < 0.01), None, "No start beyond 0.01 succeeded (1 of 96 did)."),
            (made(64, |x| x > 0.7), None, "34 of 64 starts succeeded, near W* and far from it."),
        ];
        for (probes, floor, sentence) in cases {
            assert_eq!(region_sentence(&probes, floor).replace('\u{a0}', " "), sentence);
        }
        let half = region_sentence(&made(96, |x| x < 0.75), None).replace('\u{a0}', " ");
        assert!(half.starts_with("Band: half of the starts succeed at 0.7") && half.ends_with("96 probes."), "{half}");
    }
}
