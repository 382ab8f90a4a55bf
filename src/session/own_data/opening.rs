//! A file of the reader's own that is on its way: how far it is, and in what words.

use crate::language::tr;
use crate::trials::size_in_words;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// The browser has read so many bytes of it.
    Reading(u64),
    /// Its bytes wait for the worker.
    Waiting,
    /// A worker has unpacked and checked this share of it, from 0 to 1.
    Checking(f64),
}

/// A file that is on its way.
#[derive(Debug)]
pub struct Opening {
    number: u32,
    file: String,
    bytes: u64,
    stage: Stage,
}

impl Opening {
    /// The file of this name and so many bytes, under this number.
    pub(super) fn new(number: u32, file: String, bytes: u64) -> Self {
        Self { number, file, bytes, stage: Stage::Reading(0) }
    }

    /// By which the worker knows it.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Its name.
    pub(super) fn into_file(self) -> String {
        self.file
    }

    /// The browser has read so many of its bytes.
    pub(in crate::session) fn has_read(&mut self, bytes: u64) {
        if matches!(self.stage, Stage::Reading(_)) {
            self.stage = Stage::Reading(bytes);
        }
    }

    /// Its bytes are there.
    pub(in crate::session) fn is_read(&mut self) {
        self.stage = Stage::Waiting;
    }

    /// What a worker is to read, by number and name, if it has not been asked yet.
    pub(in crate::session) fn ask(&mut self) -> Option<(u32, String)> {
        if self.stage != Stage::Waiting {
            return None;
        }
        self.stage = Stage::Checking(0.0);
        Some((self.number, self.file.clone()))
    }

    /// The worker has done this share of it.
    pub(in crate::session) fn is_checked(&mut self, share: f64) {
        if matches!(self.stage, Stage::Checking(_)) {
            self.stage = Stage::Checking(share);
        }
    }

    /// What is done now.
    pub fn words(&self) -> String {
        let (file, size) = (&self.file, size_in_words(self.bytes));
        match self.stage {
            Stage::Reading(_) => tr!("Reading {file}, {size} …", file, size),
            Stage::Waiting => tr!("{file}, {size}, waits for the training worker …", file, size),
            Stage::Checking(_) => tr!("Unpacking {file}, {size} …", file, size),
        }
    }

    /// How far that is, in whole percent; none where it is not known.
    pub fn percent(&self) -> Option<u32> {
        let share = match self.stage {
            // Browsers that read small files at once do not tell.
            Stage::Reading(0) | Stage::Waiting => return None,
            Stage::Reading(read) => read as f64 / self.bytes.max(1) as f64,
            Stage::Checking(share) => share,
        };
        Some((100.0 * share).clamp(0.0, 100.0) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_words_follow_what_is_done_and_a_share_is_told_only_where_it_is_known() {
        let mut opening = Opening::new(3, "own.npz".to_owned(), 48_000_000);
        let told = |opening: &Opening| (opening.words().replace('\u{a0}', " "), opening.percent());
        assert_eq!(told(&opening), ("Reading own.npz, 48 MB …".to_owned(), None));
        assert!(opening.ask().is_none(), "its bytes are not there");
        opening.has_read(12_000_000);
        assert_eq!(told(&opening).1, Some(25));
        opening.is_read();
        assert_eq!(told(&opening), ("own.npz, 48 MB, waits for the training worker …".to_owned(), None));
        assert_eq!((opening.ask(), opening.ask()), (Some((3, "own.npz".to_owned())), None));
        assert_eq!(told(&opening), ("Unpacking own.npz, 48 MB …".to_owned(), Some(0)));
        opening.is_checked(0.999);
        // A late word of the browser's changes nothing.
        opening.has_read(1);
        assert_eq!((told(&opening).1, opening.into_file()), (Some(99), "own.npz".to_owned()));
    }
}
