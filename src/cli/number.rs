//! Flags that take a number but belong to no Spec.

use clap::{Arg, ArgMatches};

use super::mistake::Mistake;
use crate::link::quoted;

/// A flag for a whole number of a range.
pub struct Whole {
    /// Its name without dashes.
    pub flag: &'static str,
    /// What it means.
    pub help: &'static str,
    /// Smallest value.
    pub min: u32,
    /// Largest value.
    pub max: u32,
    /// The value without the flag, if it has one.
    pub default: Option<u32>,
}

impl Whole {
    /// The flag.
    pub fn arg(&self) -> Arg {
        let Self { flag, help, min, max, default } = self;
        let default = default.map_or(String::new(), |default| format!(" [default: {default}]"));
        Arg::new(*flag)
            .long(*flag)
            .value_name("n")
            .allow_negative_numbers(true)
            .help(format!("{help}; a whole number from {min} to {max}{default}"))
    }

    /// Its value, of a flag that has one without being given.
    ///
    /// # Panics
    /// If it has none.
    pub fn read(&self, flags: &ArgMatches) -> Result<u32, Mistake> {
        Ok(self.given(flags)?.expect("the flag has a default"))
    }

    /// Its value, or its default; none if it is not given and has none.
    pub fn given(&self, flags: &ArgMatches) -> Result<Option<u32>, Mistake> {
        let Some(text) = flags.get_one::<String>(self.flag) else { return Ok(self.default) };
        let value = text.parse().ok().filter(|value| (self.min..=self.max).contains(value));
        value.map(Some).ok_or_else(|| Mistake::Value {
            flag: self.flag,
            value: quoted(text),
            accepted: format!("a whole number from {} to {}", self.min, self.max),
        })
    }
}
