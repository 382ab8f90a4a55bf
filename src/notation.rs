//! Numbers and symbols as a textbook writes them.
//!
//! ```
//! use winning_ticket::notation::{grouped, power_of_ten};
//!
//! assert_eq!(grouped(12_500), "12\u{202f}500"); // with a thin space that does not break
//! assert_eq!(power_of_ten(-4), "10⁻⁴");
//! ```

mod mathematics;

pub use mathematics::{Style, mathematics};

use crate::language::tr;

/// A power of ten: 10⁻².
pub fn power_of_ten(exponent: i32) -> String {
    let digits: String = exponent.to_string().chars().map(superscript).collect();
    format!("10{digits}")
}

/// A number that is a power of ten, as one: 10⁻⁴.
pub fn as_power_of_ten(x: f64) -> String {
    power_of_ten(libm::round(libm::log10(x)) as i32)
}

/// A positive number with two significant digits, as 2.6 · 10⁻⁴ below 10⁻², plainly above.
pub fn scientific(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { "0".to_owned() } else { tr!("not finite").to_owned() };
    }
    let written = format!("{x:.1e}");
    let (mantissa, exponent) = written.split_once('e').expect("the format has an exponent");
    let exponent: i32 = exponent.parse().expect("a whole exponent");
    match exponent {
        -2..=3 => {
            let decimals = (1 - exponent).max(0) as usize;
            format!("{x:.decimals$}")
        }
        // No-break spaces: a number stays on its line.
        _ => format!("{mantissa}\u{a0}·\u{a0}{}", power_of_ten(exponent)),
    }
}

/// Two numbers with as many decimals, two at least, as it takes to show which is the larger where they differ, and that
/// they are not 0.
pub fn told_apart(a: f64, b: f64) -> (String, String) {
    let written = |decimals: usize| (format!("{a:.decimals$}"), format!("{b:.decimals$}"));
    let seen = |number: f64, text: &str| number == 0.0 || text.chars().any(|c| ('1'..='9').contains(&c));
    let tells = |(x, y): &(String, String)| (x != y || a == b) && seen(a, x) && seen(b, y);
    (2..16).map(written).find(tells).unwrap_or_else(|| written(16))
}

/// A count with a thin no-break space between thousands from 10 000 on, as 12 500.
pub fn grouped(count: usize) -> String {
    in_threes(&count.to_string())
}

/// After so many steps, in words: "after 1 step", "after 12 500 steps".
pub fn after_steps(count: usize) -> String {
    if count == 1 {
        tr!("after 1\u{a0}step").to_owned()
    } else {
        tr!("after {count}\u{a0}steps", count = grouped(count))
    }
}

/// Within so many steps, in words.
pub fn within_steps(count: usize) -> String {
    if count == 1 {
        tr!("within 1\u{a0}step").to_owned()
    } else {
        tr!("within {count}\u{a0}steps", count = grouped(count))
    }
}

/// Digits in groups of three from five on.
fn in_threes(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A number with `least` to `most` decimals: as many as it has, rounded; one below 10⁻² with all its decimals.
pub fn rounded(x: f64, (least, most): (usize, usize)) -> String {
    let full = x.to_string();
    let decimals = |text: &str| text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals(&full) <= least {
        return format!("{x:.least$}");
    }
    if decimals(&full) <= most || x.abs() < 0.01 {
        return full;
    }
    let mut text = format!("{x:.most$}");
    while decimals(&text) > least && text.ends_with('0') {
        text.pop();
    }
    text.trim_end_matches('.').to_owned()
}

/// A number with so many significant digits, without an exponent; with a minus sign, not a hyphen.
pub fn significant(x: f64, digits: usize) -> String {
    if x == 0.0 || !x.is_finite() {
        return x.to_string();
    }
    let scientific = format!("{x:.*e}", digits.saturating_sub(1));
    let exponent = scientific.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok()).unwrap_or(0);
    let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
    format!("{x:.decimals$}").replace('-', "−")
}

/// A rate ν by which an error shrinks at each step, with three digits of what it falls short of 1, which is what counts:
/// 0.99164; and 1 where it is that.
pub fn shown_rate(rate: f64) -> String {
    let lost = libm::fabs(1.0 - rate);
    if lost == 0.0 {
        return "1".to_owned();
    }
    let decimals = (2.0 - libm::floor(libm::log10(lost))).clamp(3.0, 9.0) as usize;
    let text = format!("{rate:.decimals$}");
    match text.parse() {
        Ok(1.0) => if rate < 1.0 { tr!("just below 1") } else { tr!("just above 1") }.to_owned(),
        _ => text,
    }
}

/// Seconds in words, rounded up to what one would say: 5 s, 40 s, 2 min, 3 h.
pub fn duration(seconds: f64) -> String {
    let up_to = |unit: f64| (libm::ceil(seconds / unit) * unit).max(unit);
    match seconds {
        ..=10.0 => format!("{}\u{a0}s", up_to(1.0)),
        ..=55.0 => format!("{}\u{a0}s", up_to(5.0)),
        ..=5400.0 => format!("{}\u{a0}min", libm::ceil(seconds / 60.0)),
        _ => format!("{}\u{a0}h", libm::ceil(seconds / 3600.0)),
    }
}

/// A number as [`grouped`] has it if it is a whole one, else with all its decimals.
pub fn number(x: f64) -> String {
    let text = x.to_string();
    if text.bytes().all(|byte| byte.is_ascii_digit()) { in_threes(&text) } else { text }
}

fn superscript(digit: char) -> char {
    match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => char::from_u32('⁰' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or('⁰'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn significant_digits_are_counted_from_the_first_that_is_not_zero() {
        for (x, digits, text) in [
            (172.003_535, 4, "172.0"),
            (0.000_357_75, 3, "0.000358"),
            (-0.207_27, 2, "−0.21"),
            (9.996, 3, "10.0"),
            (12_345.6, 3, "12346"),
            (0.0, 3, "0"),
        ] {
            assert_eq!(significant(x, digits), text);
        }
    }

    #[test]
    fn a_rate_has_three_digits_of_what_it_falls_short_of_one() {
        for (rate, text) in [
            (0.991_637_2, "0.99164"),
            (0.5, "0.500"),
            (0.0, "0.000"),
            (0.947_44, "0.9474"),
            (0.999_995_123, "0.99999512"),
            (1.0, "1"),
            (1.0 - 1e-14, "just below 1"),
            (1.000_000_000_01, "just above 1"),
            (1.3, "1.300"),
        ] {
            assert_eq!(shown_rate(rate), text);
        }
    }

    #[test]
    fn numbers_that_differ_are_told_apart() {
        let pair = |a, b| told_apart(a, b);
        assert_eq!(pair(0.07, 0.0716), ("0.070".to_owned(), "0.072".to_owned()));
        assert_eq!(pair(0.5, 0.25), ("0.50".to_owned(), "0.25".to_owned()));
        assert_eq!(pair(0.01, 0.0031), ("0.010".to_owned(), "0.003".to_owned()));
        assert_eq!(pair(0.5, 0.5), ("0.50".to_owned(), "0.50".to_owned()));
    }

    #[test]
    fn numbers_read_as_in_a_textbook() {
        assert_eq!(power_of_ten(-2), "10⁻²");
        assert_eq!(power_of_ten(-15), "10⁻¹⁵");
        assert_eq!(power_of_ten(0), "10⁰");
        assert_eq!((as_power_of_ten(1e-4).as_str(), as_power_of_ten(1e-8).as_str()), ("10⁻⁴", "10⁻⁸"));
        let cases = [
            (0.5, "0.50"),
            (0.013, "0.013"),
            (2.64e-4, "2.6\u{a0}·\u{a0}10⁻⁴"),
            (1.0, "1.0"),
            (0.0, "0"),
            (31.4, "31"),
        ];
        for (x, text) in cases {
            assert_eq!(scientific(x), text);
        }
        assert_eq!(scientific(9.96e-5), "1.0\u{a0}·\u{a0}10⁻⁴");
        for (x, decimals, text) in [
            (40.0, (0, 1), "40"),
            (7.24, (0, 1), "7.2"),
            (7.96, (0, 1), "8"),
            (0.9, (2, 17), "0.90"),
            (0.123_456, (2, 17), "0.123456"),
            (0.75, (2, 3), "0.75"),
            (1.0, (2, 3), "1.00"),
            (0.123_456, (2, 3), "0.123"),
            (0.500_000_1, (2, 3), "0.50"),
            (0.000_1, (2, 3), "0.0001"),
            (5.0 / 14.0, (0, 3), "0.357"),
            (300.0, (0, 3), "300"),
            (10_000.0, (0, 0), "10000"),
        ] {
            assert_eq!(rounded(x, decimals), text);
        }
        for (seconds, text) in
            [(0.0, "1 s"), (3.2, "4 s"), (31.0, "35 s"), (58.0, "1 min"), (61.0, "2 min"), (7000.0, "2 h")]
        {
            assert_eq!(duration(seconds).replace('\u{a0}', " "), text);
        }
        for (x, text) in [
            (20.0, "20"),
            (0.99, "0.99"),
            (10_000.0, "10\u{202f}000"),
            (4e9, "4\u{202f}000\u{202f}000\u{202f}000"),
            (-1e5, "-100000"),
        ] {
            assert_eq!(number(x), text);
        }
        for (count, text) in [
            (0, "0"),
            (9999, "9999"),
            (10_000, "10\u{202f}000"),
            (123_456, "123\u{202f}456"),
            (7_000_001, "7\u{202f}000\u{202f}001"),
        ] {
            assert_eq!(grouped(count), text);
        }
    }
}
