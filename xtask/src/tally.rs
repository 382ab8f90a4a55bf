//! What `cargo test` reports, shown as it comes and summed over all the programs that it runs.

use std::io::{BufRead, BufReader, Write};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::shown;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// Reads `test result: ok. 3 passed; 0 failed; 0 ignored; …`, with which libtest and wasm-bindgen-test end.
    fn from_line(line: &str) -> Option<Self> {
        let (_, counts) = line.split_once("test result: ")?.1.split_once(". ")?;
        let count = |what: &str| counts.split("; ").find_map(|part| part.strip_suffix(what)?.parse().ok());
        Some(Self { passed: count(" passed")?, failed: count(" failed")? })
    }
}

/// Runs tests with their output shown and adds their results to the tally, also where the run then fails.
pub fn run_tests(command: &mut Command, tally: &mut Tally) -> Result<()> {
    let shown = shown(command);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{shown}` could not be started."))?;
    let mut stdout = BufReader::new(child.stdout.take().context("the tests have no output.")?);
    let mut ran = false;
    let mut line = Vec::new();
    while stdout.read_until(b'\n', &mut line)? > 0 {
        std::io::stdout().write_all(&line)?;
        if let Some(found) = Tally::from_line(&String::from_utf8_lossy(&line)) {
            *tally += found;
            ran = true;
        }
        line.clear();
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{shown}` failed ({status}).");
    }
    if !ran {
        bail!("`{shown}` ran no tests.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn results_are_read_from_both_harnesses() {
        let native = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(Tally::from_line(native), Some(Tally { passed: 12, failed: 0 }));
        let wasm = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 filtered out\n";
        assert_eq!(Tally::from_line(wasm), Some(Tally { passed: 1, failed: 2 }));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(Tally::from_line("test core::result: ok"), None);
        assert_eq!(Tally::from_line("test result: ok"), None);
    }
}
