//! What is kept of an experiment from one visit of the page to the next: its finished trials as lines of text, in pieces that
//! are small enough to be written again at each result.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::trials::packed;

/// Trials in a piece.
const PIECE: usize = 50;

/// The lines of an experiment.
#[derive(Debug)]
pub struct Kept {
    heading: String,
    lines: Vec<String>,
}

/// A piece of what is kept, which takes the place of the piece of the same number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its number.
    pub number: usize,
    /// Lines, each with its end. Each piece begins with the heading: two windows may write on one shelf in turns, and what
    /// belongs to another experiment has to be told apart.
    pub text: String,
}

impl Kept {
    /// Under this heading, without a trial.
    pub fn new(heading: &impl Serialize) -> Self {
        Self { heading: line(heading), lines: Vec::new() }
    }

    /// Adds a trial; gives the piece that is to be written.
    pub fn add(&mut self, trial: &impl Serialize) -> Piece {
        self.lines.push(line(trial));
        let number = (self.lines.len() - 1) / PIECE;
        Piece { number, text: format!("{}{}", self.heading, self.lines[number * PIECE..].concat()) }
    }
}

/// Heading and trials of the experiment to which the first piece belongs; none if there is no such heading.
pub fn read<H: DeserializeOwned, T: DeserializeOwned>(pieces: &[String]) -> Option<(H, Vec<T>)> {
    let heading = pieces.first()?.lines().next()?;
    let mut trials = Vec::new();
    for piece in pieces {
        let mut lines = piece.lines();
        if lines.next() == Some(heading) {
            // The last line may have been cut off.
            trials.extend(lines.map_while(value::<T>));
        }
    }
    Some((value(heading)?, trials))
}

/// A line of text that holds a value: its bytes in hexadecimal digits.
fn line(value: &impl Serialize) -> String {
    let bytes = packed(value);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + "\n"
}

/// The value that a line holds; none if that is no such line.
fn value<T: DeserializeOwned>(line: &str) -> Option<T> {
    let digits = line.as_bytes().chunks_exact(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes: Option<Vec<u8>> = digits.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    // All of them: a line that was cut off may still begin like one.
    postcard::take_from_bytes(&bytes?)
        .ok()
        .filter(|(_, rest)| rest.is_empty() && line.len().is_multiple_of(2))
        .map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// The pieces of so many trials, numbers from `first` on.
    fn pieces(heading: &str, first: u32, trials: u32) -> Vec<String> {
        let mut kept = Kept::new(&heading);
        let mut pieces = Vec::new();
        for trial in first..first + trials {
            let Piece { number, text } = kept.add(&trial);
            pieces.resize(pieces.len().max(number + 1), String::new());
            pieces[number] = text;
        }
        pieces
    }

    fn read_back(pieces: &[String]) -> Option<(String, Vec<u32>)> {
        read(pieces)
    }

    #[test]
    fn what_was_kept_is_read_across_the_end_of_a_piece_but_for_a_line_that_was_cut_off() {
        let mut pieces = pieces("mine", 300, PIECE as u32 + 3);
        assert_eq!(pieces.len(), 2);
        let all: Vec<u32> = (300..303 + PIECE as u32).collect();
        assert_eq!(read_back(&pieces), Some(("mine".to_owned(), all.clone())));
        let length = pieces[1].len();
        pieces[1].truncate(length - 3);
        assert_eq!(read_back(&pieces), Some(("mine".to_owned(), all[..PIECE + 2].to_vec())));
    }

    #[test]
    fn what_another_window_wrote_of_another_experiment_is_left_out() {
        let mut mixed = pieces("mine", 0, 3 * PIECE as u32);
        mixed[1] = pieces("another", 900, 2 * PIECE as u32)[1].clone();
        let trials: Vec<u32> = (0..PIECE as u32).chain(2 * PIECE as u32..3 * PIECE as u32).collect();
        assert_eq!(read_back(&mixed), Some(("mine".to_owned(), trials)));
    }

    #[test]
    fn what_has_no_heading_is_nothing() {
        for piece in ["", "nonsense\n", "0g\n", "0\n"] {
            assert_eq!(read_back(&[piece.to_owned()]), None, "{piece}");
        }
        assert_eq!(read_back(&[]), None);
    }
}
