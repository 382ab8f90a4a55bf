//! The command line: one run with its files, probes of the convex region, the calibration of c(K), the paper's figures, maps
//! over two keys, and the search for a mask.
//!
//! A user's mistake ([`mistake::Mistake`]) is one sentence on standard error and exit code 2; whatever else goes wrong
//! is exit code 1.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

mod calibrate;
mod figure;
mod map;
mod mistake;
mod number;
mod output;
mod own_data;
mod probe;
mod prune;
mod run;
mod spec_flags;
mod summary;
mod trials;

/// A subcommand: its flags, and what it does with them.
struct Subcommand {
    command: fn() -> Command,
    execute: fn(&ArgMatches) -> anyhow::Result<()>,
}

const SUBCOMMANDS: [Subcommand; 6] = [
    Subcommand { command: run::command, execute: run::execute },
    Subcommand { command: probe::command, execute: probe::execute },
    Subcommand { command: calibrate::command, execute: calibrate::execute },
    Subcommand { command: figure::command, execute: figure::execute },
    Subcommand { command: map::command, execute: map::execute },
    Subcommand { command: prune::command, execute: prune::execute },
];

/// Reads the arguments of the process, does what they ask for, and gives the exit code.
pub fn main() -> ExitCode {
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(usage) => {
            // Help goes to standard output; who closes that early has read enough.
            let _ = usage.print();
            return u8::try_from(usage.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    let chosen = SUBCOMMANDS.iter().find_map(|subcommand| {
        let flags = matches.subcommand_matches((subcommand.command)().get_name())?;
        Some((subcommand.execute)(flags))
    });
    match chosen {
        Some(Err(error)) => {
            output::tell(&format!("error: {error:#}"));
            if error.is::<mistake::Mistake>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
        Some(Ok(())) | None => ExitCode::SUCCESS,
    }
}

fn command() -> Command {
    Command::new("winning-ticket")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Why a pruned network learns better: a masked one-hidden-layer ReLU network and what theory says of it")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(SUBCOMMANDS.iter().map(|subcommand| (subcommand.command)()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_flags_are_consistent() {
        super::command().debug_assert();
    }
}
