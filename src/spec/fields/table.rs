//! The rows of the table.

use super::{Control, Field, Group, Kind, Value};
use crate::language::message;
use crate::spec::slider_scale::Scale;
use crate::spec::{Batches, LearnerMask, Overlap, Start, StepSize};

fn number(value: Value) -> f64 {
    match value {
        Value::Number(x) => x,
        other => unreachable!("{other} was accepted for a number"),
    }
}

const OVERLAPS: [(&str, Overlap); 3] =
    [("shared", Overlap::Shared), ("random", Overlap::Random), ("disjoint", Overlap::Disjoint)];
const STARTS: [(&str, Start); 2] = [("ball", Start::Ball), ("tensor", Start::Tensor)];
const MASKS: [(&str, LearnerMask); 3] =
    [("exact", LearnerMask::Exact), ("wrong", LearnerMask::Wrong), ("dense", LearnerMask::Dense)];
const BATCHES: [(&str, Batches); 2] = [("whole", Batches::Whole), ("disjoint", Batches::Disjoint)];

fn word_of<T: PartialEq>(words: &[(&'static str, T)], item: &T) -> Value {
    let (word, _) = words.iter().find(|(_, named)| named == item).expect("every variant has a word");
    Value::Word(word)
}

fn item_of<T: Copy>(words: &[(&'static str, T)], value: Value) -> T {
    words.iter().find(|(word, _)| value == Value::Word(word)).expect("the field accepted the word").1
}

/// The decimals of a whole number, or of what is none.
const WHOLE: (usize, usize) = (0, 0);
/// As many decimals as any number has.
const MANY: usize = 17;

/// Every field. A range may depend on fields further down, so readers go from the last to the first.
pub static FIELDS: [Field; 21] = [
    Field {
        key: "r",
        flag: "effective-width",
        symbol: "r̃",
        meaning: message!("effective width"),
        kind: Kind::Real { min: 1.0, above: false, max: |spec| spec.dimension as f64, word: None },
        name: message!("Effective width"),
        group: Group::Primary,
        control: Control::Slider(Scale::Linear(1.0)),
        decimals: (0, 1),
        get: |spec| Value::Number(spec.effective_width),
        set: |spec, value| spec.effective_width = number(value),
    },
    Field {
        key: "paint",
        flag: "paint",
        symbol: "paint",
        meaning: message!("weights of the learner's mask turned over by hand"),
        kind: Kind::Painting,
        name: message!("Painted weights"),
        group: Group::More,
        control: Control::Picture,
        decimals: WHOLE,
        get: |spec| Value::Painted(spec.painted.clone()),
        set: |spec, value| match value {
            Value::Painted(painted) => spec.painted = painted,
            other => unreachable!("{other} was accepted for weights"),
        },
    },
    Field {
        key: "N",
        flag: "samples",
        symbol: "N",
        meaning: message!("samples"),
        kind: Kind::Whole { min: 20.0, max: |_| 10_000.0 },
        name: message!("Samples"),
        group: Group::Primary,
        control: Control::Slider(Scale::Logarithmic { least: 20.0, whole: true }),
        decimals: WHOLE,
        get: |spec| Value::Number(spec.samples as f64),
        set: |spec, value| spec.samples = number(value) as usize,
    },
    Field {
        key: "K",
        flag: "neurons",
        symbol: "K",
        meaning: message!("neurons"),
        // Each of K disjoint supports needs a feature of its own.
        kind: Kind::Whole {
            min: 1.0,
            max: |spec| if spec.overlap == Overlap::Disjoint { spec.dimension.min(12) as f64 } else { 12.0 },
        },
        name: message!("Neurons"),
        group: Group::Primary,
        control: Control::Slider(Scale::Linear(1.0)),
        decimals: WHOLE,
        get: |spec| Value::Number(spec.neurons as f64),
        set: |spec, value| spec.neurons = number(value) as usize,
    },
    Field {
        key: "beta",
        flag: "momentum",
        symbol: "β",
        meaning: message!("momentum"),
        kind: Kind::Real { min: 0.0, above: false, max: |_| 0.99, word: None },
        name: message!("Momentum"),
        group: Group::Primary,
        control: Control::Slider(Scale::Linear(0.01)),
        decimals: (2, MANY),
        get: |spec| Value::Number(spec.momentum),
        set: |spec, value| spec.momentum = number(value),
    },
    Field {
        key: "d",
        flag: "dimension",
        symbol: "d",
        meaning: message!("input dimension"),
        kind: Kind::Whole { min: 2.0, max: |_| 500.0 },
        name: message!("Dimension"),
        group: Group::More,
        control: Control::Slider(Scale::Linear(1.0)),
        decimals: WHOLE,
        get: |spec| Value::Number(spec.dimension as f64),
        set: |spec, value| spec.dimension = number(value) as usize,
    },
    Field {
        key: "eta",
        flag: "step-size",
        symbol: "η",
        meaning: message!("step size"),
        // Runs diverge beyond 2(1 + β)/l_max, which is 274 at most: twelve neurons of one weight each, β = 0.99.
        kind: Kind::Real { min: 0.0, above: true, max: |_| 300.0, word: Some("auto") },
        name: message!("Step size"),
        group: Group::More,
        control: Control::Slider(Scale::Logarithmic { least: 0.001, whole: false }),
        decimals: (0, 3),
        get: |spec| match spec.step_size {
            StepSize::Auto => Value::Word("auto"),
            StepSize::Fixed(eta) => Value::Number(eta),
        },
        set: |spec, value| {
            spec.step_size = match value {
                Value::Number(eta) => StepSize::Fixed(eta),
                _ => StepSize::Auto,
            }
        },
    },
    Field {
        key: "sigma",
        flag: "noise",
        symbol: "σ/E_y",
        meaning: message!("noise"),
        kind: Kind::Real { min: 0.0, above: false, max: |_| 1.0, word: None },
        name: message!("Noise"),
        group: Group::More,
        control: Control::Slider(Scale::ZeroThenLogarithmic(0.0001)),
        decimals: (0, MANY),
        get: |spec| Value::Number(spec.noise),
        set: |spec, value| spec.noise = number(value),
    },
    Field {
        key: "lambda",
        flag: "start-distance",
        symbol: "λ",
        meaning: message!("distance of the start"),
        kind: Kind::Real { min: 0.0, above: false, max: |_| 2.0, word: None },
        name: message!("Start distance"),
        group: Group::More,
        control: Control::Slider(Scale::Linear(0.01)),
        decimals: (2, 3),
        get: |spec| Value::Number(spec.start_distance),
        set: |spec, value| spec.start_distance = number(value),
    },
    Field {
        key: "start",
        flag: "start",
        symbol: "start",
        meaning: message!("where training starts"),
        kind: Kind::Choice(&["ball", "tensor"]),
        name: message!("Start"),
        group: Group::More,
        control: Control::Menu(&[message!("in the ball, at λ"), message!("tensor: from the data")]),
        decimals: WHOLE,
        get: |spec| word_of(&STARTS, &spec.start),
        set: |spec, value| spec.start = item_of(&STARTS, value),
    },
    Field {
        key: "overlap",
        flag: "overlap",
        symbol: "overlap",
        meaning: message!("pattern of the supports"),
        kind: Kind::Choice(&["shared", "random", "disjoint"]),
        name: message!("Overlap of the supports"),
        group: Group::More,
        control: Control::Menu(&[message!("shared"), message!("random"), message!("disjoint")]),
        decimals: WHOLE,
        get: |spec| word_of(&OVERLAPS, &spec.overlap),
        set: |spec, value| spec.overlap = item_of(&OVERLAPS, value),
    },
    Field {
        key: "joined",
        flag: "joined",
        symbol: "joined",
        meaning: message!("neurons that share a feature where supports are disjoint otherwise"),
        kind: Kind::Whole { min: 1.0, max: |_| 12.0 },
        name: message!("Neurons joined by a feature"),
        group: Group::More,
        control: Control::Box,
        decimals: WHOLE,
        get: |spec| Value::Number(spec.joined as f64),
        set: |spec, value| spec.joined = number(value) as usize,
    },
    Field {
        key: "spread",
        flag: "spread",
        symbol: "r_j ± 10 %",
        meaning: message!("widths within ±10 % of each other"),
        kind: Kind::Switch,
        name: message!("Widths within ±10 %"),
        group: Group::More,
        control: Control::Switch,
        decimals: WHOLE,
        get: |spec| Value::Number(f64::from(u8::from(spec.spread))),
        set: |spec, value| spec.spread = value == Value::Number(1.0),
    },
    Field {
        key: "mask",
        flag: "mask",
        symbol: "mask",
        meaning: message!("mask of the learner"),
        kind: Kind::Choice(&["exact", "wrong", "dense"]),
        name: message!("Mask of the learner"),
        group: Group::More,
        control: Control::Menu(&[message!("exact: the oracle’s"), message!("wrong"), message!("dense: every weight")]),
        decimals: WHOLE,
        get: |spec| word_of(&MASKS, &spec.mask),
        set: |spec, value| spec.mask = item_of(&MASKS, value),
    },
    Field {
        key: "missed",
        flag: "missed",
        symbol: "missed",
        meaning: message!("share of the oracle's weights that a wrong mask misses"),
        kind: Kind::Real { min: 0.0, above: false, max: |_| 0.9, word: None },
        name: message!("Missed share"),
        group: Group::More,
        control: Control::Slider(Scale::Linear(0.01)),
        decimals: (2, MANY),
        get: |spec| Value::Number(spec.missed),
        set: |spec, value| spec.missed = number(value),
    },
    Field {
        key: "extra",
        flag: "extra",
        symbol: "extra",
        meaning: message!("further weights of a wrong mask, as a share of the oracle's"),
        kind: Kind::Real { min: 0.0, above: false, max: |_| 4.0, word: None },
        name: message!("Extra share"),
        group: Group::More,
        control: Control::Slider(Scale::Linear(0.01)),
        decimals: (2, MANY),
        get: |spec| Value::Number(spec.extra),
        set: |spec, value| spec.extra = number(value),
    },
    Field {
        key: "batches",
        flag: "batches",
        symbol: "batches",
        meaning: message!("samples of a step"),
        kind: Kind::Choice(&["whole", "disjoint"]),
        name: message!("Samples of a step"),
        group: Group::More,
        control: Control::Menu(&[message!("all N at each step"), message!("ten disjoint parts")]),
        decimals: WHOLE,
        get: |spec| word_of(&BATCHES, &spec.batches),
        set: |spec, value| spec.batches = item_of(&BATCHES, value),
    },
    Field {
        key: "seed",
        flag: "seed",
        symbol: "seed",
        meaning: message!("seed"),
        kind: Kind::Whole { min: 0.0, max: |_| 9_007_199_254_740_991.0 },
        name: message!("Seed"),
        group: Group::More,
        control: Control::Box,
        decimals: WHOLE,
        get: |spec| Value::Number(spec.seed as f64),
        set: |spec, value| spec.seed = number(value) as u64,
    },
    Field {
        key: "start-seed",
        flag: "start-seed",
        symbol: "start seed",
        meaning: message!("seed of the start, 0 for the seed itself"),
        kind: Kind::Whole { min: 0.0, max: |_| 9_007_199_254_740_991.0 },
        name: message!("Seed of the start"),
        group: Group::More,
        control: Control::Box,
        decimals: WHOLE,
        get: |spec| Value::Number(spec.start_seed as f64),
        set: |spec, value| spec.start_seed = number(value) as u64,
    },
    Field {
        key: "trial",
        flag: "trial",
        symbol: "trial",
        meaning: message!("trial number within a sweep"),
        kind: Kind::Whole { min: 0.0, max: |_| 1e6 },
        name: message!("Trial"),
        group: Group::More,
        control: Control::Box,
        decimals: WHOLE,
        get: |spec| Value::Number(f64::from(spec.trial)),
        set: |spec, value| spec.trial = number(value) as u32,
    },
    Field {
        key: "T",
        flag: "max-steps",
        symbol: "T",
        meaning: message!("step cap"),
        kind: Kind::Whole { min: 1.0, max: |_| 100_000.0 },
        name: message!("Step cap T"),
        group: Group::More,
        control: Control::Box,
        decimals: WHOLE,
        get: |spec| Value::Number(spec.max_steps as f64),
        set: |spec, value| spec.max_steps = number(value) as usize,
    },
];
