//! An axis of a map: a key of the Spec, and the numbers that it takes.

use crate::language::{tr, translate};
use crate::spec::fields::{FIELDS, Field, Kind};

/// The most values of an axis.
const MOST_VALUES: usize = 200;
/// The trials of a map are told apart by this key, so it cannot be an axis.
const COUNTED: &str = "trial";
/// A value may miss the end of the axis by this share of a step and still be the end.
const ROUNDING: f64 = 1e-9;

/// A field of the Spec with the values that it takes along an axis.
#[derive(Clone, Debug)]
pub struct Axis {
    field: &'static Field,
    values: Vec<f64>,
}

/// Why a text is no axis; the sentence says what is accepted instead.
#[derive(Clone, Debug, thiserror::Error)]
pub enum BadAxis {
    /// It is not of the form.
    #[error("{}", tr!("KEY=FROM:TO:STEP with three numbers, such as r=10:60:5"))]
    Form,
    /// Its key names no field with numbers.
    #[error("{}", tr!("KEY=FROM:TO:STEP with KEY one of {keys}", keys = keys().collect::<Vec<_>>().join(", ")))]
    Key,
    /// It goes nowhere.
    #[error("{}", tr!("KEY=FROM:TO:STEP with a STEP above 0"))]
    Step,
    /// It goes backwards.
    #[error("{}", tr!("KEY=FROM:TO:STEP with FROM at most TO"))]
    Order,
    /// It has more values than a map shows.
    #[error("{}", tr!("KEY=FROM:TO:STEP with at most {most} values", most = MOST_VALUES))]
    Count,
    /// It has parts of a whole number.
    #[error("{}", tr!(
        "KEY=FROM:TO:STEP with a whole FROM and STEP, for {symbol} ({meaning}) is a whole number",
        symbol = .0.symbol,
        meaning = translate(.0.meaning)
    ))]
    Whole(&'static Field),
}

/// The keys that can be an axis: those of numbers.
fn keys() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().filter(|field| is_numeric(field)).map(|field| field.key)
}

fn is_numeric(field: &Field) -> bool {
    matches!(field.kind, Kind::Real { .. } | Kind::Whole { .. }) && field.key != COUNTED
}

impl Axis {
    /// From a text such as `r=10:60:5`: key, first value, last value, step.
    ///
    /// # Errors
    /// What is accepted instead. Whether the values lie in the field's range depends on the rest of the Spec, which
    /// [`Map::new`](super::Map::new) asks.
    pub fn read(text: &str) -> Result<Self, BadAxis> {
        let (key, range) = text.split_once('=').ok_or(BadAxis::Form)?;
        let field = Field::by_key(key.trim()).filter(|field| is_numeric(field)).ok_or(BadAxis::Key)?;
        let numbers: Option<Vec<f64>> = range.split(':').map(|number| number.trim().parse().ok()).collect();
        let Some(&[from, to, step]) = numbers.as_deref() else { return Err(BadAxis::Form) };
        Self::new(field, from, to, step)
    }

    /// The values `from`, `from` + `step` … up to `to`, which is among them if it is a step away from the one before but
    /// for rounding.
    ///
    /// # Errors
    /// As [`Axis::read`] has them.
    pub fn new(field: &'static Field, from: f64, to: f64, step: f64) -> Result<Self, BadAxis> {
        if !is_numeric(field) {
            return Err(BadAxis::Key);
        } else if ![from, to, step].into_iter().all(f64::is_finite) {
            return Err(BadAxis::Form);
        } else if step <= 0.0 {
            return Err(BadAxis::Step);
        } else if from > to {
            return Err(BadAxis::Order);
        } else if matches!(field.kind, Kind::Whole { .. }) && (from.fract() != 0.0 || step.fract() != 0.0) {
            return Err(BadAxis::Whole(field));
        }
        let steps = libm::floor((to - from) / step + ROUNDING);
        if steps >= MOST_VALUES as f64 {
            return Err(BadAxis::Count);
        }
        // 0.1 + 2 · 0.1 is to be the 0.3 that one would write, also in the link.
        let decimals = decimals(from).max(decimals(step));
        let value = |place: usize| {
            let sum = from + place as f64 * step;
            // Adding zero turns −0 into 0.
            format!("{sum:.decimals$}").parse().unwrap_or(sum) + 0.0
        };
        Ok(Self { field, values: (0..=steps as usize).map(value).collect() })
    }

    /// The field that varies.
    pub fn field(&self) -> &'static Field {
        self.field
    }

    /// Its values, ascending; at least one.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

fn decimals(x: f64) -> usize {
    x.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn values(text: &str) -> Vec<f64> {
        Axis::read(text).unwrap_or_else(|bad| panic!("{text}: {bad}")).values().to_vec()
    }

    #[test]
    fn an_axis_has_the_values_that_one_would_write() {
        assert_eq!(values("r=10:60:25"), [10.0, 35.0, 60.0]);
        assert_eq!(values("r=10:59:25"), [10.0, 35.0]);
        assert_eq!(values("lambda=0.1:0.3:0.1"), [0.1, 0.2, 0.3]);
        assert_eq!(values("lambda = 0 : 0.7 : 0.35"), [0.0, 0.35, 0.7]);
        assert_eq!(values("eta=0.5:1:0.125"), [0.5, 0.625, 0.75, 0.875, 1.0]);
        assert_eq!(values("sigma=1e-4:3e-4:1e-4"), [0.0001, 0.0002, 0.0003]);
        assert_eq!(values("N=100:100:1"), [100.0]);
        assert_eq!(
            values("seed=9007199254740990:9007199254740991:1"),
            [9_007_199_254_740_990.0, 9_007_199_254_740_991.0]
        );
        assert_eq!(values("r=1:200:1").len(), 200);
        assert!(values("sigma=-0:0:1")[0].is_sign_positive());
    }

    #[test]
    fn what_is_no_axis_is_told_what_would_be() {
        let refused = |text: &str| Axis::read(text).expect_err(text).to_string();
        for text in
            ["", "r", "r=", "r=10", "r=10:60", "r=10:60:5:1", "r=10:60:x", "r=a:10:60:5", "r=nan:1:1", "r=1:inf:1"]
        {
            assert_eq!(refused(text), "KEY=FROM:TO:STEP with three numbers, such as r=10:60:5", "{text}");
        }
        for text in ["q=1:2:1", "=1:2:1", "overlap=1:2:1", "spread=0:1:1", "trial=0:9:1"] {
            assert_eq!(
                refused(text),
                "KEY=FROM:TO:STEP with KEY one of r, N, K, beta, d, eta, sigma, lambda, joined, missed, extra, seed, \
                 start-seed, T",
                "{text}"
            );
        }
        for (text, sentence) in [
            ("r=10:60:0", "KEY=FROM:TO:STEP with a STEP above 0"),
            ("r=10:60:-5", "KEY=FROM:TO:STEP with a STEP above 0"),
            ("r=60:10:5", "KEY=FROM:TO:STEP with FROM at most TO"),
            ("r=1:201:1", "KEY=FROM:TO:STEP with at most 200 values"),
            ("r=1:100:1e-300", "KEY=FROM:TO:STEP with at most 200 values"),
            ("N=100:200:12.5", "KEY=FROM:TO:STEP with a whole FROM and STEP, for N (samples) is a whole number"),
            ("K=1.5:3:1", "KEY=FROM:TO:STEP with a whole FROM and STEP, for K (neurons) is a whole number"),
        ] {
            assert_eq!(refused(text), sentence, "{text}");
        }
    }
}
