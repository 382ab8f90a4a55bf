//! Whether a Spec that was built by hand, or came in a message, is one that the program can run.

use super::Spec;
use super::fields::{FIELDS, Field};
use crate::language::{tr, translate};

/// A field of a Spec outside of its range.
///
/// Its text is one sentence without a full stop: "K (neurons) is 13, but must be a whole number from 1 to 12".
#[derive(Debug, thiserror::Error)]
#[error(
    "{}",
    tr!(
        "{symbol} ({meaning}) is {value}, but must be {accepted}",
        symbol = field.symbol,
        meaning = translate(field.meaning),
        value,
        accepted
    )
)]
pub struct OutOfRange {
    /// Which field.
    pub field: &'static Field,
    /// Its value, as a link would have it.
    pub value: String,
    /// What is accepted instead, with the other fields as they are.
    pub accepted: String,
}

impl Spec {
    /// Whether every field lies in its range.
    ///
    /// Links, flags and sliders set one field after the other through the table and so give valid Specs only; this is
    /// for those made in other ways.
    ///
    /// # Errors
    /// The last field of the table out of its range: the ranges of those above may depend on it.
    pub fn validate(&self) -> Result<(), OutOfRange> {
        for field in FIELDS.iter().rev() {
            let value = (field.get)(self).to_string();
            if let Err(bad) = field.read(&mut self.clone(), &value) {
                return Err(OutOfRange { field, value, accepted: bad.accepted });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Overlap, StepSize};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_field_out_of_range_is_named_with_its_value_and_range() {
        let told = |spec: Spec| spec.validate().map_err(|bad| bad.to_string());
        let default = Spec::default();
        assert_eq!(told(default.clone()), Ok(()));
        for (spec, sentence) in [
            (Spec { neurons: 13, ..default.clone() }, "K (neurons) is 13, but must be a whole number from 1 to 12"),
            (
                Spec { overlap: Overlap::Disjoint, dimension: 4, effective_width: 1.0, ..default.clone() },
                "K (neurons) is 5, but must be a whole number from 1 to 4",
            ),
            (Spec { dimension: 10, ..default.clone() }, "r̃ (effective width) is 40, but must be a number from 1 to 10"),
            (
                Spec { step_size: StepSize::Fixed(0.0), ..default.clone() },
                "η (step size) is 0, but must be a number above 0 and at most 300, or auto",
            ),
            (Spec { noise: f64::NAN, ..default.clone() }, "σ/E_y (noise) is NaN, but must be a number from 0 to 1"),
            (
                Spec { seed: 1 << 53, ..default },
                "seed (seed) is 9007199254740992, but must be a whole number from 0 to 9007199254740991",
            ),
        ] {
            assert_eq!(told(spec), Err(sentence.to_owned()));
        }
    }
}
