//! The one table of a Spec's fields: key in the link, flag, symbol, meaning, range, how the page has it, and how to read
//! and write it.

mod by_flag;
mod table;

pub use by_flag::ByFlag;
pub use table::FIELDS;

use super::slider_scale::Scale;
use super::{BadPainting, Painted, Spec};
use crate::language::tr;
use crate::notation::rounded;

/// A value of a field, as it stands in a link or on the command line.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A real or whole number; whole numbers are exact up to 2⁵³.
    Number(f64),
    /// One of the field's words.
    Word(&'static str),
    /// Weights of the learner's mask.
    Painted(Painted),
}

impl std::fmt::Display for Value {
    /// The shortest decimal that reads back as the same number, without exponent; or the word.
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Value::Number(x) => write!(f, "{x}"),
            Value::Word(word) => f.write_str(word),
            Value::Painted(painted) => painted.fmt(f),
        }
    }
}

/// What a field accepts.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A real number from `min` to `max`; exactly `min` is excluded where `above`.
    Real {
        /// Smallest value.
        min: f64,
        /// Whether the value must lie above `min`.
        above: bool,
        /// Largest value; may depend on the fields below this one in the table.
        max: fn(&Spec) -> f64,
        /// A word accepted instead of a number.
        word: Option<&'static str>,
    },
    /// A whole number from `min` to `max`.
    Whole {
        /// Smallest value.
        min: f64,
        /// Largest value; may depend on the fields below this one in the table.
        max: fn(&Spec) -> f64,
    },
    /// One of these words.
    Choice(&'static [&'static str]),
    /// 0 or 1; its flag takes no value.
    Switch,
    /// Weights of the learner's mask.
    Painting,
}

/// Where on the page a field is set. Within a group the table's order is the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Always in sight.
    Primary,
    /// Under "More".
    More,
}

/// With what the page sets a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Control {
    /// A slider with a box for its number.
    Slider(Scale),
    /// A box for a number.
    Box,
    /// A menu; these messages stand for the words of the field's choice, in their order.
    Menu(&'static [&'static str]),
    /// A check box.
    Switch,
    /// The picture of the masks.
    Picture,
}

/// One row of the table.
#[derive(Debug)]
pub struct Field {
    /// Key in the link.
    pub key: &'static str,
    /// Flag of the command line, without dashes.
    pub flag: &'static str,
    /// Symbol as in the paper.
    pub symbol: &'static str,
    /// Its meaning in a few words, a message.
    pub meaning: &'static str,
    /// What it accepts.
    pub kind: Kind,
    /// Its name on the page, a message.
    pub name: &'static str,
    /// Where the page sets it.
    pub group: Group,
    /// With what.
    pub control: Control,
    /// Decimals of its number on the page, at least and at most, from 10⁻² on; a smaller one is shown in full.
    pub decimals: (usize, usize),
    /// Its value in a Spec.
    pub get: fn(&Spec) -> Value,
    set: fn(&mut Spec, Value),
}

/// A text that a field does not accept.
#[derive(Clone, Debug, PartialEq)]
pub struct BadValue {
    /// The accepted values, in words: "a whole number from 1 to 12".
    pub accepted: String,
    /// The nearest accepted value; none if the text is no number.
    pub nearest: Option<Value>,
}

/// The fields in which two Specs differ, in the table's order.
pub fn differences(one: &Spec, other: &Spec) -> Vec<&'static Field> {
    FIELDS.iter().filter(|field| (field.get)(one) != (field.get)(other)).collect()
}

impl Field {
    /// The row with this key.
    pub fn by_key(key: &str) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.key == key)
    }

    /// Sets the field of `spec` from `text`.
    ///
    /// # Errors
    /// The accepted range and the nearest value in it; `spec` is then unchanged.
    pub fn read(&self, spec: &mut Spec, text: &str) -> Result<(), BadValue> {
        let bad = |nearest| Err(BadValue { accepted: self.accepted(spec, |x| x.to_string()), nearest });
        let value = match self.kind {
            Kind::Painting => match Painted::read(text, spec.neurons, spec.dimension) {
                Ok(painted) => Some(Value::Painted(painted)),
                Err(BadPainting::Unreadable) => None,
                Err(BadPainting::Beyond(within)) => return bad(Some(Value::Painted(within))),
            },
            Kind::Choice(words) => words.iter().find(|word| **word == text).map(|word| Value::Word(word)),
            Kind::Switch => ["0", "1"].iter().position(|digit| *digit == text).map(|i| Value::Number(i as f64)),
            Kind::Real { word: Some(word), .. } if word == text => Some(Value::Word(word)),
            Kind::Real { .. } | Kind::Whole { .. } => {
                let Ok(asked) = text.parse::<f64>() else { return bad(None) };
                match self.nearest(spec, asked) {
                    Some(nearest) if nearest == asked => Some(Value::Number(nearest)),
                    nearest => return bad(nearest.map(Value::Number)),
                }
            }
        };
        match value {
            Some(value) => {
                (self.set)(spec, value);
                Ok(())
            }
            None => bad(None),
        }
    }

    /// Sets the field to a value that lies in its range.
    pub fn write(&self, spec: &mut Spec, value: Value) {
        (self.set)(spec, value);
    }

    /// The smallest and the largest accepted number; none for words and switches. An open lower end is named too.
    pub fn range(&self, spec: &Spec) -> Option<(f64, f64)> {
        match self.kind {
            Kind::Real { min, max, .. } | Kind::Whole { min, max } => Some((min, max(spec))),
            Kind::Choice(_) | Kind::Switch | Kind::Painting => None,
        }
    }

    /// The scale of its slider; none without one.
    pub fn scale(&self) -> Option<Scale> {
        match self.control {
            Control::Slider(scale) => Some(scale),
            Control::Box | Control::Menu(_) | Control::Switch | Control::Picture => None,
        }
    }

    /// A number of its range as the page shows it.
    pub fn shown(&self, value: f64) -> String {
        rounded(value, self.decimals)
    }

    /// The accepted values in words, numbers as `written` has them.
    pub fn accepted(&self, spec: &Spec, written: fn(f64) -> String) -> String {
        match self.kind {
            Kind::Real { min, above, max, word } => {
                let (min, max) = (written(min), written(max(spec)));
                let range = if above {
                    tr!("a number above {min} and at most {max}", min, max)
                } else {
                    tr!("a number from {min} to {max}", min, max)
                };
                match word {
                    Some(word) => tr!("{range}, or {word}", range, word),
                    None => range,
                }
            }
            Kind::Whole { min, max } => {
                tr!("a whole number from {min} to {max}", min = written(min), max = written(max(spec)))
            }
            Kind::Choice(words) => tr!("one of {words}", words = words.join(", ")),
            Kind::Switch => tr!("0 or 1").to_owned(),
            Kind::Painting => tr!(
                "none, or neurons from 1 to {neurons} with features from 1 to {features}, such as 1:3-7+12/2:40",
                neurons = spec.neurons,
                features = spec.dimension
            ),
        }
    }

    /// The accepted number nearest to `asked`; none if that is not a number, or if the open end of a range is nearest.
    fn nearest(&self, spec: &Spec, asked: f64) -> Option<f64> {
        // Adding zero turns −0 into 0, whose text would not be the default's.
        let asked = asked + 0.0;
        match self.kind {
            _ if asked.is_nan() => None,
            Kind::Real { min, above, max, .. } if !above || asked > min => Some(asked.clamp(min, max(spec))),
            Kind::Whole { min, max } => Some(asked.clamp(min, max(spec)).round()),
            _ => None,
        }
    }
}
