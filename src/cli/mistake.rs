//! What a user can get wrong, as sentences.

use std::path::PathBuf;

use crate::figures::map::NoMap;
use crate::spec::OutOfRange;

/// A mistake in the arguments; nothing was computed or written.
#[derive(Debug, thiserror::Error)]
pub enum Mistake {
    /// A flag's value is out of range or no value of its kind.
    #[error("--{flag} is {value}, but must be {accepted}")]
    Value {
        /// The flag without dashes.
        flag: &'static str,
        /// The value, quoted where that is needed, and where it comes from if not from the flag.
        value: String,
        /// What is accepted instead.
        accepted: String,
    },
    /// The link does not stand as it is.
    #[error("--link cannot be taken: {0}")]
    Link(String),
    /// Two outputs go to one place.
    #[error("--{0} and --{1} both go to {2}")]
    SameTarget(&'static str, &'static str, String),
    /// Something that has to be a file is none.
    #[error("--{0} needs a file, and standard output is none")]
    NoFile(&'static str),
    /// A file of trials that does not belong to what is asked for.
    #[error("{} cannot be gone on with: {reason}", .path.display())]
    Ledger {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A figure that there is not.
    #[error("figure is {value}, but must be one of {accepted}")]
    Figure {
        /// What was asked for.
        value: String,
        /// Which there are.
        accepted: String,
    },
    /// A file that holds the trials of an earlier run.
    #[error("{} holds {done} finished trials: --resume goes on with them", .path.display())]
    Begun {
        /// The file.
        path: PathBuf,
        /// How many.
        done: u32,
    },
    /// Shares that are not all there.
    #[error("the files hold {done} trials, and {open} more are to be run")]
    Unfinished {
        /// Trials without a result.
        open: usize,
        /// Trials with one.
        done: u32,
    },
    /// A map that there cannot be.
    #[error(transparent)]
    NoMap(#[from] NoMap),
    /// Data that cannot be taken.
    #[error("--data {} cannot be taken: {reason}", .path.display())]
    Data {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// An output that tells of what is not known.
    #[error("--svg draws the relative error, which needs W_star in the file of --data")]
    NoOracle,
    /// A value of an axis that the field does not take.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// A file that cannot be written.
    #[error("--{flag} cannot be written to {}: {reason}", .path.display())]
    Unwritable {
        /// The flag without dashes.
        flag: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        reason: String,
    },
}
