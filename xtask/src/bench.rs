//! `cargo xtask bench`: the measurements of `benches/bench` natively and in headless Chromium, whole runs beside those of
//! NumPy and JAX, and the page's own by `tests/browser`, in two tables and as JSON. It judges nothing.

mod peers;
mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::available_parallelism;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::process::{on_path, output, shown};
use crate::project::Project;
use crate::toolbox::Toolbox;
use crate::{browser, page};

/// Comes before each result's JSON in the output of `benches/bench`, of `benches/peers.py` and of the page's measuring test.
const MARK: &str = "measured: ";

/// Set for the page's measuring test: at full length.
const FULL: &str = "WINNING_TICKET_MEASURE";

/// Which sizes are measured, and how it is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sizes {
    /// Those of the lecture hall and of the paper, as the page is compiled.
    Full,
    /// The smallest, once, as tests are compiled: do numbers come out?
    Smoke,
}

/// Measures, prints the table, and at full size writes `bench.json` into the build folder.
pub fn run(project: &Project, tools: &mut Toolbox, sizes: Sizes) -> Result<()> {
    if sizes == Sizes::Full {
        println!("xtask: building thrice, minutes the first time, and measuring for about ten.");
    }
    let mut native = tools.cargo();
    native.arg("test");
    let native = measure(&mut bench(native, sizes))?;
    let mut chromium = measure(&mut bench(browser::cargo_test(project, tools)?, sizes))?;
    if sizes == Sizes::Full {
        // The same at its smallest is one of the page's tests.
        page::build(project, tools, &page::Build::default())?;
        let mut command = browser::cargo_test_page(tools, browser::Engine::Chromium)?;
        chromium.extend(measure(command.env(FULL, "1").args(["--", "the_bars_of_the_page_are_measured"]))?);
    }
    let machine = machine();
    let peers = peers::measure(project, tools, &native, sizes)?;
    println!("{}\n\n{}", told(&machine), tables::quantities(&native, &chromium));
    println!("{}", tables::runs(&native, &chromium, &peers));
    if sizes == Sizes::Smoke {
        return Ok(());
    }
    let path = project.target.join("bench.json");
    let record = json!({ "machine": machine, "native": native, "chromium": chromium, "peers": peers });
    fs::write(&path, format!("{record:#}\n")).with_context(|| format!("{} cannot be written.", path.display()))?;
    println!("xtask: the same is in {}.", path.display());
    Ok(())
}

/// The benchmark by a `cargo test` for one target.
fn bench(mut command: Command, sizes: Sizes) -> Command {
    command.args(["--package", "winning-ticket", "--bench", "bench"]);
    if sizes == Sizes::Full {
        command.arg("--release");
    }
    command.args(["--", "--nocapture", if sizes == Sizes::Full { "full" } else { "smoke" }]);
    command
}

/// The results that a command tells: at least one, all of them with a number.
fn measure(command: &mut Command) -> Result<Vec<Value>> {
    let results = results_of(command)?;
    let valid = |result: &Value| result["value"].as_f64().is_some_and(|value| value >= 0.0);
    ensure!(!results.is_empty() && results.iter().all(valid), "`{}` gave no numbers: {results:?}", shown(command));
    Ok(results)
}

/// What a command tells in lines of JSON.
fn results_of(command: &mut Command) -> Result<Vec<Value>> {
    let shown = shown(command);
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("`{shown}` could not be started."))?;
    let text = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "`{shown}` failed ({}):\n{text}", output.status);
    let results = text.lines().filter_map(|line| Some(line.split_once(MARK)?.1));
    results.map(serde_json::from_str).collect::<Result<_, _>>().context("a result is no JSON")
}

/// What the numbers depend on besides the code.
fn machine() -> BTreeMap<&'static str, String> {
    let cpu = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(": ")?.1.to_owned())
    });
    let told = |program: &str, args: &[&str]| output(Command::new(program).args(args)).ok();
    let browser = ["chromium", "google-chrome"].into_iter().find(|name| on_path(name).is_some());
    [
        ("cpu", cpu.or_else(|| told("sysctl", &["-n", "machdep.cpu.brand_string"]))),
        ("cores", available_parallelism().ok().map(|cores| cores.to_string())),
        ("date", told("date", &["-u", "+%Y-%m-%d"])),
        ("commit", told("git", &["describe", "--always", "--dirty"])),
        ("rustc", told("rustc", &["--version"])),
        ("browser", browser.and_then(|name| told(name, &["--version"]))),
    ]
    .into_iter()
    .map(|(key, value)| (key, value.unwrap_or_else(|| "unknown".to_owned())))
    .collect()
}

fn told(machine: &BTreeMap<&str, String>) -> String {
    machine.iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join(", ")
}
