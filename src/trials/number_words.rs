//! Numbers of a run and of its theory as they are said: rates and radii.

use super::FARTHEST;
use crate::language::tr;

/// By how much an error falls at each step at a rate below 1, in percent.
pub fn fall(rate: f64) -> String {
    let lost = 100.0 * (1.0 - rate);
    match lost {
        1.0.. => format!("{lost:.1}\u{a0}%"),
        0.01.. => format!("{lost:.2}\u{a0}%"),
        0.0 => tr!("nothing").to_owned(),
        0.0.. => tr!("less than 0.01\u{a0}%").to_owned(),
        _ => tr!("nothing: it grows").to_owned(),
    }
}

/// Theorem 2's reach in words: beyond the farthest probes the linear forecast is no number worth reading.
pub fn reach_words(reach: f64) -> String {
    if reach > FARTHEST { format!("> {FARTHEST}") } else { two_digits(reach) }
}

/// Lower quartile, median and upper quartile of Theorem 2's reach in words: "median 0.93, quartiles 0.71 and > 1.5".
pub fn quartile_words(quartiles: [f64; 3]) -> String {
    let [lower, median, upper] = quartiles.map(reach_words);
    if lower == upper {
        median
    } else {
        tr!("median\u{a0}{median}, quartiles {lower} and\u{a0}{upper}", median, lower, upper)
    }
}

/// A radius in units of |W\*| with two digits that count: 0.60, 0.048, 0.0031.
pub fn two_digits(radius: f64) -> String {
    match radius {
        0.1.. => format!("{radius:.2}"),
        0.01.. => format!("{radius:.3}"),
        0.0005.. => format!("{radius:.4}"),
        0.0 => "0".to_owned(),
        _ => "< 0.0005".to_owned(),
    }
}
