//! The one table of a Spec's fields: key in the link, flag, symbol, meaning, range, and how to read and write it.

use super::{Batches, Overlap, Spec, StepSize};

/// A value of a field, as it stands in a link or on the command line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A real or whole number; whole numbers are exact up to 2⁵³.
    Number(f64),
    /// One of the field's words.
    Word(&'static str),
}

impl std::fmt::Display for Value {
    /// The shortest decimal that reads back as the same number, without exponent; or the word.
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Value::Number(x) => write!(f, "{x}"),
            Value::Word(word) => f.write_str(word),
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
    /// Its meaning in a few words.
    pub meaning: &'static str,
    /// What it accepts.
    pub kind: Kind,
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
            Kind::Choice(_) | Kind::Switch => None,
        }
    }

    /// The accepted values in words, numbers as `written` has them.
    pub fn accepted(&self, spec: &Spec, written: fn(f64) -> String) -> String {
        match self.kind {
            Kind::Real { min, above, max, word } => {
                let (min, max) = (written(min), written(max(spec)));
                let range = if above { format!("above {min} and at most") } else { format!("from {min} to") };
                let or_word = word.map_or(String::new(), |word| format!(", or {word}"));
                format!("a number {range} {max}{or_word}")
            }
            Kind::Whole { min, max } => {
                format!("a whole number from {} to {}", written(min), written(max(spec)))
            }
            Kind::Choice(words) => format!("one of {}", words.join(", ")),
            Kind::Switch => "0 or 1".to_owned(),
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

fn number(value: Value) -> f64 {
    match value {
        Value::Number(x) => x,
        Value::Word(word) => unreachable!("{word} was accepted for a number"),
    }
}

const OVERLAPS: [(&str, Overlap); 3] =
    [("shared", Overlap::Shared), ("random", Overlap::Random), ("disjoint", Overlap::Disjoint)];
const BATCHES: [(&str, Batches); 2] = [("whole", Batches::Whole), ("disjoint", Batches::Disjoint)];

fn word_of<T: PartialEq>(words: &[(&'static str, T)], item: &T) -> Value {
    let (word, _) = words.iter().find(|(_, named)| named == item).expect("every variant has a word");
    Value::Word(word)
}

fn item_of<T: Copy>(words: &[(&'static str, T)], value: Value) -> T {
    words.iter().find(|(word, _)| value == Value::Word(word)).expect("the field accepted the word").1
}

/// Every field. A range may depend on fields further down, so readers go from the last to the first.
pub const FIELDS: [Field; 14] = [
    Field {
        key: "r",
        flag: "effective-width",
        symbol: "r̃",
        meaning: "effective width",
        kind: Kind::Real { min: 1.0, above: false, max: |spec| spec.dimension as f64, word: None },
        get: |spec| Value::Number(spec.effective_width),
        set: |spec, value| spec.effective_width = number(value),
    },
    Field {
        key: "N",
        flag: "samples",
        symbol: "N",
        meaning: "samples",
        kind: Kind::Whole { min: 20.0, max: |_| 10_000.0 },
        get: |spec| Value::Number(spec.samples as f64),
        set: |spec, value| spec.samples = number(value) as usize,
    },
    Field {
        key: "K",
        flag: "neurons",
        symbol: "K",
        meaning: "neurons",
        // Each of K disjoint supports needs a feature of its own.
        kind: Kind::Whole {
            min: 1.0,
            max: |spec| if spec.overlap == Overlap::Disjoint { spec.dimension.min(12) as f64 } else { 12.0 },
        },
        get: |spec| Value::Number(spec.neurons as f64),
        set: |spec, value| spec.neurons = number(value) as usize,
    },
    Field {
        key: "beta",
        flag: "momentum",
        symbol: "β",
        meaning: "momentum",
        kind: Kind::Real { min: 0.0, above: false, max: |_| 0.99, word: None },
        get: |spec| Value::Number(spec.momentum),
        set: |spec, value| spec.momentum = number(value),
    },
    Field {
        key: "d",
        flag: "dimension",
        symbol: "d",
        meaning: "input dimension",
        kind: Kind::Whole { min: 2.0, max: |_| 500.0 },
        get: |spec| Value::Number(spec.dimension as f64),
        set: |spec, value| spec.dimension = number(value) as usize,
    },
    Field {
        key: "eta",
        flag: "step-size",
        symbol: "η",
        meaning: "step size",
        // Runs diverge beyond 2(1 + β)/l_max, which is 274 at most: twelve neurons of one weight each, β = 0.99.
        kind: Kind::Real { min: 0.0, above: true, max: |_| 300.0, word: Some("auto") },
        get: |spec| match spec.step_size {
            StepSize::Auto => Value::Word("auto"),
            StepSize::Fixed(eta) => Value::Number(eta),
        },
        set: |spec, value| {
            spec.step_size = match value {
                Value::Number(eta) => StepSize::Fixed(eta),
                Value::Word(_) => StepSize::Auto,
            }
        },
    },
    Field {
        key: "sigma",
        flag: "noise",
        symbol: "σ/E_y",
        meaning: "noise",
        kind: Kind::Real { min: 0.0, above: false, max: |_| 1.0, word: None },
        get: |spec| Value::Number(spec.noise),
        set: |spec, value| spec.noise = number(value),
    },
    Field {
        key: "lambda",
        flag: "start-distance",
        symbol: "λ",
        meaning: "distance of the start",
        kind: Kind::Real { min: 0.0, above: false, max: |_| 2.0, word: None },
        get: |spec| Value::Number(spec.start_distance),
        set: |spec, value| spec.start_distance = number(value),
    },
    Field {
        key: "overlap",
        flag: "overlap",
        symbol: "overlap",
        meaning: "pattern of the supports",
        kind: Kind::Choice(&["shared", "random", "disjoint"]),
        get: |spec| word_of(&OVERLAPS, &spec.overlap),
        set: |spec, value| spec.overlap = item_of(&OVERLAPS, value),
    },
    Field {
        key: "spread",
        flag: "spread",
        symbol: "r_j ± 10 %",
        meaning: "widths within ±10 % of each other",
        kind: Kind::Switch,
        get: |spec| Value::Number(f64::from(u8::from(spec.spread))),
        set: |spec, value| spec.spread = value == Value::Number(1.0),
    },
    Field {
        key: "batches",
        flag: "batches",
        symbol: "batches",
        meaning: "samples of a step",
        kind: Kind::Choice(&["whole", "disjoint"]),
        get: |spec| word_of(&BATCHES, &spec.batches),
        set: |spec, value| spec.batches = item_of(&BATCHES, value),
    },
    Field {
        key: "seed",
        flag: "seed",
        symbol: "seed",
        meaning: "seed",
        kind: Kind::Whole { min: 0.0, max: |_| 9_007_199_254_740_991.0 },
        get: |spec| Value::Number(spec.seed as f64),
        set: |spec, value| spec.seed = number(value) as u64,
    },
    Field {
        key: "trial",
        flag: "trial",
        symbol: "trial",
        meaning: "trial number within a sweep",
        kind: Kind::Whole { min: 0.0, max: |_| 1e6 },
        get: |spec| Value::Number(f64::from(spec.trial)),
        set: |spec, value| spec.trial = number(value) as u32,
    },
    Field {
        key: "T",
        flag: "max-steps",
        symbol: "T",
        meaning: "step cap",
        kind: Kind::Whole { min: 1.0, max: |_| 100_000.0 },
        get: |spec| Value::Number(spec.max_steps as f64),
        set: |spec, value| spec.max_steps = number(value) as usize,
    },
];
