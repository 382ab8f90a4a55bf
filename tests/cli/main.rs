//! The command line as a user meets it: the binary, run in a fresh folder.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it starts the program and reads its files")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::Value;
use tempfile::TempDir;

mod arrays;
mod exports;
mod figures;
mod ledgers;
mod maps;
mod mistakes;
mod outputs;
mod own_data;
mod probes;
mod pruning;
mod runs;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Names another build of the program to be tested, after an emulator where it needs one, separated as in PATH.
const PROGRAM: &str = "WINNING_TICKET_PROGRAM";

fn start(folder: &Path, args: &[&str]) -> Output {
    let other = env::var_os(PROGRAM).map(|words| env::split_paths(&words).collect());
    let words = other.unwrap_or_else(|| vec![PathBuf::from(env!("CARGO_BIN_EXE_winning-ticket"))]);
    Command::new(&words[0]).args(&words[1..]).args(args).current_dir(folder).output().expect("the binary starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The standard output of a run that succeeds.
#[track_caller]
fn succeed(folder: &Path, args: &[&str]) -> String {
    let output = start(folder, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

#[track_caller]
fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&succeed(folder, args)).expect("JSON")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}
