//! Weights of the learner's mask that are turned over by hand.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// The word for none.
const NONE: &str = "none";

/// Where the learner's mask is turned over by hand, as pairs of a neuron and a feature, each from 0: what it keeps there is pruned,
/// and what it prunes there is kept.
///
/// As text, neurons and features count from 1, and features in a row are put together; no shell takes any of its signs for its
/// own.
///
/// ```
/// use winning_ticket::spec::Painted;
///
/// let painted = Painted::read("2:40/1:3-5+12", 5, 100).expect("5 neurons and 100 features");
/// assert_eq!(painted.places().collect::<Vec<_>>(), [(0, 2), (0, 3), (0, 4), (0, 11), (1, 39)]);
/// assert_eq!(painted.to_string(), "1:3-5+12/2:40");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Painted(BTreeSet<(usize, usize)>);

/// Why a text names no weights of a mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPainting {
    /// It cannot be read.
    Unreadable,
    /// It names some that the mask does not have; the others are these.
    Beyond(Painted),
}

impl Painted {
    /// None.
    pub const fn none() -> Self {
        Self(BTreeSet::new())
    }

    /// Whether none is turned over.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are turned over.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether that of this neuron and feature is turned over.
    pub fn contains(&self, place: (usize, usize)) -> bool {
        self.0.contains(&place)
    }

    /// Turns that of this neuron and feature over, or back.
    pub fn turn(&mut self, place: (usize, usize)) {
        if !self.0.remove(&place) {
            self.0.insert(place);
        }
    }

    /// All of them, neuron after neuron, features ascending.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().copied()
    }

    /// Reads `text` for a mask of so many neurons and features.
    ///
    /// # Errors
    /// If it is unreadable, or names a weight that the mask does not have.
    pub fn read(text: &str, neurons: usize, dimension: usize) -> Result<Self, BadPainting> {
        if text == NONE {
            return Ok(Self::none());
        }
        let (mut painted, mut beyond) = (BTreeSet::new(), false);
        for part in text.split('/') {
            let (neuron, features) = part.split_once(':').ok_or(BadPainting::Unreadable)?;
            let neuron = number(neuron).ok_or(BadPainting::Unreadable)?;
            for range in features.split('+') {
                let range = in_a_row(range).ok_or(BadPainting::Unreadable)?;
                let fits = |x: usize, most: usize| (1..=most).contains(&x);
                beyond |= !fits(neuron, neurons) || !fits(*range.start(), dimension) || !fits(*range.end(), dimension);
                // Clamped first: a text may speak of more features than a machine can hold.
                let features = (*range.start()).max(1)..=(*range.end()).min(dimension);
                if fits(neuron, neurons) {
                    painted.extend(features.map(|feature| (neuron - 1, feature - 1)));
                }
            }
        }
        if beyond { Err(BadPainting::Beyond(Self(painted))) } else { Ok(Self(painted)) }
    }
}

/// A number in digits alone; one that the machine cannot count to is as good as its largest.
fn number(text: &str) -> Option<usize> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = digits.then(|| text.parse().ok()).flatten()?;
    Some(usize::try_from(number).unwrap_or(usize::MAX))
}

/// "3" or "3-7".
fn in_a_row(text: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(first..=last)
}

impl fmt::Display for Painted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.is_empty() {
            return f.write_str(NONE);
        }
        let mut places = self.places().peekable();
        let mut neuron_before = None;
        while let Some((neuron, first)) = places.next() {
            let mut last = first;
            while places.next_if_eq(&(neuron, last + 1)).is_some() {
                last += 1;
            }
            match neuron_before {
                Some(before) if before == neuron => f.write_str("+")?,
                Some(_) => write!(f, "/{}:", neuron + 1)?,
                None => write!(f, "{}:", neuron + 1)?,
            }
            neuron_before = Some(neuron);
            write!(f, "{}", first + 1)?;
            if last > first {
                write!(f, "-{}", last + 1)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_written_reads_back() {
        let mut painted = Painted::none();
        assert_eq!((painted.to_string().as_str(), Painted::read("none", 1, 1)), (NONE, Ok(Painted::none())));
        for i in 0..60 {
            painted.turn((i * i % 7, i * 13 % 29));
            assert_eq!(Painted::read(&painted.to_string(), 7, 29).as_ref(), Ok(&painted), "{painted}");
        }
        painted.turn((0, 0));
        painted.turn((0, 0));
        assert_eq!(Painted::read(&painted.to_string(), 7, 29), Ok(painted));
    }

    #[test]
    fn a_text_that_names_no_weights_of_the_mask_is_refused() {
        let unreadable =
            ["", "1", "1:", ":3", "1:3/", "1:3++4", "1:4-3", "1:,3", "a:1", "1:99999999999999999999999", "1:1-2-3"];
        for text in unreadable {
            assert_eq!(Painted::read(text, 5, 100), Err(BadPainting::Unreadable), "{text}");
        }
        let within = |text: &str| match Painted::read(text, 2, 4) {
            Err(BadPainting::Beyond(painted)) => painted.to_string(),
            other => panic!("{text}: {other:?}"),
        };
        let mended = ["0:1", "1:0-2", "2:3-18446744073709551615/3:1", "1:5", "1:2/2:9"].map(within);
        assert_eq!(mended, ["none", "1:1-2", "2:3-4", "none", "1:2"]);
    }
}
