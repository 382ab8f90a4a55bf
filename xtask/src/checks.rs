//! `cargo xtask test`: everything that has to hold before a change is merged, cheapest first.
//!
//! A step asks for its tools when its turn comes, so that a formatting mistake shows before anything is installed.

use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::browser::Engine;
use crate::process::run as run_command;
use crate::project::Project;
use crate::tally::{Tally, run_tests};
use crate::toolbox::Toolbox;
use crate::{arm64, bench, browser, page, slurm};

/// The parts of the package that exist in wasm; the integration tests besides `core` need a native machine.
const WASM_PARTS: &[&str] = &["--package", "winning-ticket", "--lib", "--test", "core"];

/// Set for the tests under `--long`; tests in wasm, which have no environment, see it when they are compiled.
const LONG: &str = "WINNING_TICKET_LONG";

struct Checks<'a> {
    project: &'a Project,
    tools: &'a mut Toolbox,
    long: bool,
    tally: Tally,
    building: Option<Building>,
}

/// The page's build, beside other steps: most of it is one core's work, as are most of the tests in Chromium.
struct Building {
    child: Child,
    /// What it says, told when its turn comes.
    log: PathBuf,
}

impl Drop for Building {
    fn drop(&mut self) {
        // Also where a step before it fails: it would go on by itself, and hold what the next build needs.
        let _ = self.child.wait();
    }
}

type Step = fn(&mut Checks) -> Result<()>;

const STEPS: &[(&str, Step)] = &[
    ("formatting", formatting),
    ("clippy", clippy),
    ("documentation", documentation),
    ("native tests", native_tests),
    ("clippy for wasm32", wasm_clippy),
    ("documentation for wasm32", wasm_documentation),
    ("tools of the page", begin_page),
    ("tests in Chromium", chromium_tests),
    ("benchmark's smallest sizes", benchmark),
    ("page", page),
    ("page in Chromium", |checks| checks.page_in(Engine::Chromium)),
    ("page in Firefox", |checks| checks.page_in(Engine::Firefox)),
    ("page in WebKit", |checks| checks.page_in(Engine::WebKit)),
    ("command line on ARM64", arm64),
    ("array job of Slurm", slurm),
];

/// Runs the steps up to the first that fails. The last line of the output sums the tests of all steps.
pub fn run(project: &Project, tools: &mut Toolbox, long: bool) -> ExitCode {
    let mut checks = Checks { project, tools, long, tally: Tally::default(), building: None };
    let mut times = Vec::new();
    let mut failure = None;
    for (name, step) in STEPS {
        println!("xtask: {name}");
        let start = Instant::now();
        let result = step(&mut checks);
        times.push(seconds(name, start.elapsed()));
        if let Err(error) = result {
            failure = Some(format!("the step `{name}` failed: {error:#}"));
            break;
        }
    }
    println!("xtask: {}", times.join(", "));
    if let Some(failure) = &failure {
        println!("xtask: {failure}");
    }
    println!("{} passed, {} failed", checks.tally.passed, checks.tally.failed);
    if failure.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn formatting(checks: &mut Checks) -> Result<()> {
    run_command(checks.tools.cargo().args(["fmt", "--all", "--check"]))
}

fn clippy(checks: &mut Checks) -> Result<()> {
    run_command(checks.tools.cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    // Not among all targets, as plain `cargo test` leaves it out.
    run_command(checks.tools.cargo().args(["clippy", "--test", "browser", "--", "-D", "warnings"]))
}

/// No link of the documentation leads nowhere. Its examples are among the native tests.
fn documentation(checks: &mut Checks) -> Result<()> {
    run_command(checks.rustdoc().arg("--workspace"))
}

fn native_tests(checks: &mut Checks) -> Result<()> {
    let mut command = checks.tools.cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]);
    checks.run_tests(command)
}

fn wasm_clippy(checks: &mut Checks) -> Result<()> {
    checks.tools.wasm_std()?;
    let mut command = checks.tools.wasm_clippy();
    command.args(["clippy", "--target", "wasm32-unknown-unknown", "--bins", "--benches"]).args(WASM_PARTS);
    run_command(command.args(["--", "-D", "warnings"]))
}

fn wasm_documentation(checks: &mut Checks) -> Result<()> {
    checks.tools.wasm_std()?;
    if !checks.tools.has_wasm_rustdoc() {
        println!("xtask: left out, as Debian's compiler is used for wasm32.");
        return Ok(());
    }
    run_command(checks.rustdoc().args(["--target", "wasm32-unknown-unknown", "--package", "winning-ticket", "--lib"]))
}

fn chromium_tests(checks: &mut Checks) -> Result<()> {
    let mut command = browser::cargo_test(checks.project, checks.tools)?;
    command.args(WASM_PARTS).arg("--no-fail-fast");
    checks.run_tests(command)
}

fn benchmark(checks: &mut Checks) -> Result<()> {
    bench::run(checks.project, checks.tools, bench::Sizes::Smoke)
}

/// Lets the page's build begin once its tools are there, which nobody then installs at the same time.
fn begin_page(checks: &mut Checks) -> Result<()> {
    page::prepare(checks.tools)?;
    let folder = checks.project.target.join("xtask");
    let log = folder.join("page.log");
    let begin = || -> Result<Child> {
        fs::create_dir_all(&folder)?;
        let file = File::create(&log)?;
        let mut command = Command::new(env::current_exe()?);
        Ok(command.args(["build", "--single-file"]).stdout(file.try_clone()?).stderr(file).spawn()?)
    };
    let child = begin().context("the page's build could not be started")?;
    checks.building = Some(Building { child, log });
    Ok(())
}

/// What became of it.
fn page(checks: &mut Checks) -> Result<()> {
    let mut building = checks.building.take().context("the page's build has not begun")?;
    let status = building.child.wait().context("the page's build cannot be waited for")?;
    std::io::stdout().write_all(&fs::read(&building.log).context("what the page's build said cannot be read")?)?;
    ensure!(status.success(), "`xtask build --single-file` failed ({status}).");
    Ok(())
}

/// The same bits on another processor.
fn arm64(checks: &mut Checks) -> Result<()> {
    if !checks.long || !cfg!(target_os = "linux") {
        println!("xtask: left out; it is part of `cargo xtask test --long` on Linux.");
        return Ok(());
    }
    let mut command = arm64::cargo_test(checks.project, checks.tools)?;
    command.args(["--", "the_digests_are_those_of_the_table"]);
    checks.run_tests(command)
}

/// A figure from many jobs, one of them killed, is that of a single run.
fn slurm(checks: &mut Checks) -> Result<()> {
    if !checks.long || !cfg!(target_os = "linux") {
        println!("xtask: left out; it is part of `cargo xtask test --long` on Linux.");
        return Ok(());
    }
    slurm::test(checks.project, checks.tools)
}

impl Checks<'_> {
    fn rustdoc(&self) -> Command {
        let mut command = self.tools.cargo();
        command.env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--no-deps", "--document-private-items"]);
        command
    }

    /// What the page does in an engine: everything in Chromium, elsewhere a few things, and the rest in the long mode.
    fn page_in(&mut self, engine: Engine) -> Result<()> {
        if !engine.is_here() {
            println!("xtask: left out, as there is no {engine:?} for this system.");
            return Ok(());
        }
        let command = match engine {
            Engine::Chromium if self.long => browser::cargo_test_page_with_lighthouse(self.tools)?,
            _ => browser::cargo_test_page(self.tools, engine)?,
        };
        self.run_tests(command)
    }

    fn run_tests(&mut self, mut command: Command) -> Result<()> {
        if self.long {
            command.env(LONG, "1");
        }
        run_tests(&mut command, &mut self.tally)
    }
}

fn seconds(name: &str, time: Duration) -> String {
    format!("{name} {:.0} s", time.as_secs_f64())
}
