//! How the travel of a slider maps to the values of a field.

use libm::{exp, exp10, log};

/// The scale of a slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Even steps of this size.
    Linear(f64),
    /// Even ratios from the least value shown to the largest; whole or rounded to three digits.
    Logarithmic {
        /// The least value on the track, for fields whose range is open below.
        least: f64,
        /// Whether values are whole.
        whole: bool,
    },
    /// 0 at the left end, then even ratios from this least value.
    ZeroThenLogarithmic(f64),
}

/// Steps of a logarithmic slider's travel.
pub const TRAVEL: f64 = 400.0;

impl Scale {
    /// The least value, the largest and the step of the native slider for a field from `min` to `max`.
    pub fn travel(self, min: f64, max: f64) -> (f64, f64, f64) {
        match self {
            Scale::Linear(step) => (min, max, step),
            Scale::Logarithmic { .. } | Scale::ZeroThenLogarithmic(_) => (0.0, TRAVEL, 1.0),
        }
    }

    /// The slider's position for `value`, in its own units.
    pub fn position(self, value: f64, max: f64) -> f64 {
        match self {
            Scale::Linear(_) => value,
            Scale::Logarithmic { least, .. } => TRAVEL * (log(value.max(least) / least) / log(max / least)).min(1.0),
            Scale::ZeroThenLogarithmic(least) if value >= least => {
                1.0 + (TRAVEL - 1.0) * (log(value / least) / log(max / least)).min(1.0)
            }
            Scale::ZeroThenLogarithmic(_) => 0.0,
        }
    }

    /// The value at a position.
    pub fn value(self, position: f64, max: f64) -> f64 {
        let between = |least: f64, share: f64| least * exp(share * log(max / least));
        match self {
            Scale::Linear(step) => {
                // A step of 0.01 is not a binary fraction: 0.57, not 0.5700000000000001.
                let steps_in_one = (1.0 / step).round();
                (position * steps_in_one).round() / steps_in_one
            }
            Scale::Logarithmic { least, whole: true } => between(least, position / TRAVEL).round().clamp(least, max),
            Scale::Logarithmic { least, whole: false } => three_digits(between(least, position / TRAVEL)).min(max),
            Scale::ZeroThenLogarithmic(_) if position < 1.0 => 0.0,
            Scale::ZeroThenLogarithmic(least) => {
                three_digits(between(least, (position - 1.0) / (TRAVEL - 1.0))).clamp(least, max)
            }
        }
    }
}

fn three_digits(x: f64) -> f64 {
    let unit = exp10(libm::floor(libm::log10(x)) - 2.0);
    let steps_in_one = (1.0 / unit).round();
    if steps_in_one >= 1.0 { (x * steps_in_one).round() / steps_in_one } else { (x / unit).round() * unit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;
    use crate::spec::fields::{FIELDS, Field};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_position_gives_an_accepted_value_at_about_that_position() {
        let default = Spec::default();
        for field in &FIELDS {
            let (Some(scale), Some((min, max))) = (field.scale(), field.range(&default)) else { continue };
            let (first, last, step) = scale.travel(min, max);
            let mut before = f64::NEG_INFINITY;
            for i in 0..=((last - first) / step).round() as usize {
                let position = first + i as f64 * step;
                let value = scale.value(position, max);
                assert!(value >= before, "{} falls at {position}", field.key);
                before = value;
                let mut spec = default.clone();
                assert_eq!(field.read(&mut spec, &value.to_string()), Ok(()), "{} at {position}", field.key);
                // Whole samples are coarser than the travel's steps near the left end.
                let tolerance = if field.key == "N" { 2.0 } else { 0.51 * step };
                assert!((scale.position(value, max) - position).abs() < tolerance, "{} at {position}", field.key);
            }
        }
    }

    #[test]
    fn values_of_the_table_lie_on_their_sliders() {
        let eta = Field::by_key("eta").expect("a field");
        let scale = eta.scale().expect("a slider");
        assert_eq!(scale.value(TRAVEL, 300.0), 300.0);
        assert_eq!(scale.value(0.0, 300.0), 0.001);
        assert_eq!(Scale::Linear(0.01).value(0.57, 0.99), 0.57);
        assert_eq!(Scale::ZeroThenLogarithmic(1e-4).value(0.0, 1.0), 0.0);
    }
}
