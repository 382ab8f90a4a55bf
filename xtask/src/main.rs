//! `cargo xtask`: builds, serves and tests the project on a machine that has Rust and little else.
//!
//! Every step asks for the tools it needs right before it needs them. A tool is looked for on PATH at the pinned
//! version, then in a per-user cache folder shared by all checkouts, and is installed into that folder otherwise.
//!
//! Start reading at `checks` (what `cargo xtask test` does) or `toolbox` (which tools there are and their pins).

mod arm64;
mod bench;
mod browser;
mod built;
mod cache;
mod checks;
mod debian;
mod offline;
mod packages;
mod page;
mod pictures;
mod prebuilt;
mod process;
mod project;
mod single_file;
mod slurm;
mod tally;
mod toolbox;
mod wasm_std;

use std::env;
use std::path::absolute;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use bench::Sizes;
use browser::Engine;
use page::Build;
use project::Project;
use toolbox::Toolbox;

const USAGE: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  setup             install every tool that the other commands need
  build [--single-file [--out FILE]] [--base URL]
                    build the page into dist/; --single-file also puts it into one file, dist/winning-ticket.html or
                    FILE, which runs from a disk; --base says where the page is to be, for the QR codes of one that is
                    opened from a disk or from this machine
  serve [--port N]  build the page, serve it at http://127.0.0.1:N/ (8080 by default) and rebuild it on change
  test [--long]     formatting, lints, documentation, native tests, the same tests in headless Chromium, the page's
                    build, what the page does in Chromium, and a part of that in Firefox and WebKit; --long also
                    runs what is too slow for every change, Lighthouse, the digests on ARM64, and an array job of Slurm
  page-tests [--in ENGINE] [WORDS]
                    what the page that was built last does in chromium (or firefox, webkit): all tests, or those
                    whose names hold one of the words
  slurm-test        the last step of test --long: a figure as an array job, in a Slurm that is started for it
  pictures          remake the still pictures of the page, those that the charts are held to, the scenes’, and the
                    README's picture of the lab
  bench [--smoke]   measure how fast it is, natively and in headless Chromium; --smoke only sees that it runs
";

enum Command {
    Setup,
    Build(Build),
    Serve { port: u16 },
    Test { long: bool },
    PageTests { engine: Engine, words: Vec<String> },
    SlurmTest,
    Bench(Sizes),
    Pictures,
}

fn main() -> ExitCode {
    match parse(env::args().skip(1)).and_then(run) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What is asked for; nothing where that is help.
fn parse(mut args: impl Iterator<Item = String>) -> Result<Option<Command>> {
    let name = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Ok(Some(match (name.as_str(), rest.as_slice()) {
        ("help" | "--help" | "-h", _) => return Ok(None),
        ("setup", []) => Command::Setup,
        ("build", flags) => Command::Build(build(flags)?),
        ("serve", []) => Command::Serve { port: 8080 },
        ("serve", ["--port", port]) => match port.parse() {
            Ok(port) if port > 0 => Command::Serve { port },
            _ => bail!("--port takes a number from 1 to 65535, not `{port}`."),
        },
        ("test", []) => Command::Test { long: false },
        ("test", ["--long"]) => Command::Test { long: true },
        ("page-tests", ["--in", name, words @ ..]) => {
            match Engine::ALL.into_iter().find(|engine| engine.name() == *name) {
                Some(engine) => Command::PageTests { engine, words: owned(words) },
                None => bail!("--in takes chromium, firefox or webkit, not `{name}`."),
            }
        }
        ("page-tests", words) => Command::PageTests { engine: Engine::Chromium, words: owned(words) },
        ("slurm-test", []) => Command::SlurmTest,
        ("pictures", []) => Command::Pictures,
        ("bench", []) => Command::Bench(Sizes::Full),
        ("bench", ["--smoke"]) => Command::Bench(Sizes::Smoke),
        ("", _) => bail!("a command is missing.\n\n{USAGE}"),
        (name, rest) => bail!("`{}` is not a command.\n\n{USAGE}", [&[name], rest].concat().join(" ")),
    }))
}

/// What is built, by these flags.
fn build(mut flags: &[&str]) -> Result<Build> {
    let mut build = Build::default();
    while !flags.is_empty() {
        flags = match flags {
            ["--single-file", "--out", file, rest @ ..] => {
                build.single_file = Some(absolute(file)?);
                rest
            }
            ["--single-file", rest @ ..] => {
                build.single_file = Some(page::single_file());
                rest
            }
            ["--base", address, rest @ ..] => {
                build.base = Some(page::read_base(address)?);
                rest
            }
            _ => bail!("`build {}` is not a command.\n\n{USAGE}", flags.join(" ")),
        };
    }
    Ok(build)
}

fn run(command: Option<Command>) -> Result<ExitCode> {
    let Some(command) = command else {
        print!("{USAGE}");
        return Ok(ExitCode::SUCCESS);
    };
    let project = Project::locate()?;
    env::set_current_dir(&project.root).with_context(|| format!("{} cannot be entered", project.root.display()))?;
    let mut tools = Toolbox::new(&project)?;
    match command {
        Command::Setup => {
            page::prepare(&mut tools)?;
            browser::prepare(&mut tools)?;
            println!("xtask: every tool is in place.");
        }
        Command::Build(build) => page::build(&project, &mut tools, &build)?,
        Command::Serve { port } => page::serve(&project, &mut tools, port)?,
        Command::Pictures => pictures::remake(&project, &mut tools)?,
        Command::Bench(sizes) => bench::run(&project, &mut tools, sizes)?,
        Command::PageTests { engine, words } => {
            let mut command = match engine {
                Engine::Chromium if words.iter().any(|word| word.contains("lighthouse")) => {
                    browser::cargo_test_page_with_lighthouse(&mut tools)?
                }
                _ => browser::cargo_test_page(&mut tools, engine)?,
            };
            process::run(command.arg("--").args(words))?;
        }
        Command::SlurmTest => slurm::test(&project, &tools)?,
        Command::Test { long } => return Ok(checks::run(&project, &mut tools, long)),
    }
    Ok(ExitCode::SUCCESS)
}
