//! `cargo xtask bench`: the measurements of `benches/bench` natively and in headless Chromium, and the page's own by
//! `tests/browser`, in one table and as JSON. It judges nothing.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::available_parallelism;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::process::{on_path, output, shown};
use crate::project::Project;
use crate::toolbox::Toolbox;
use crate::{browser, page};

/// Comes before each result's JSON in the output of `benches/bench` and of the page's measuring test.
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
        println!("xtask: building thrice, minutes the first time, and measuring thrice, a minute each.");
    }
    let mut native = tools.cargo();
    native.arg("test");
    let native = measure(&mut bench(native, sizes))?;
    let mut chromium = measure(&mut bench(browser::cargo_test(project, tools)?, sizes))?;
    if sizes == Sizes::Full {
        // The same at its smallest is one of the page's tests.
        page::build(project, tools)?;
        let mut command = browser::cargo_test_page(tools, browser::Engine::Chromium)?;
        chromium.extend(measure(command.env(FULL, "1").args(["--", "the_bars_of_the_page_are_measured"]))?);
    }
    let machine = machine();
    println!("{}\n\n{}", told(&machine), table(&native, &chromium));
    if sizes == Sizes::Smoke {
        return Ok(());
    }
    let path = project.target.join("bench.json");
    let record = json!({ "machine": machine, "native": native, "chromium": chromium });
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

/// The results that a command tells.
fn measure(command: &mut Command) -> Result<Vec<Value>> {
    let shown = shown(command);
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("`{shown}` could not be started."))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        bail!("`{shown}` failed ({}):\n{text}", output.status);
    }
    let results = text.lines().filter_map(|line| Some(line.split_once(MARK)?.1));
    let results: Vec<Value> =
        results.map(serde_json::from_str).collect::<Result<_, _>>().context("a result is no JSON")?;
    let valid = |result: &Value| result["value"].as_f64().is_some_and(|value| value >= 0.0);
    if results.is_empty() || !results.iter().all(valid) {
        bail!("`{shown}` gave no numbers:\n{text}");
    }
    Ok(results)
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

/// One line a quantity, as Markdown. What is not measured on one of the two is left open there.
fn table(native: &[Value], chromium: &[Value]) -> String {
    let named = |results: &[Value], name: &Value| results.iter().find(|result| result["name"] == *name).cloned();
    let only_chromium = chromium.iter().filter(|result| named(native, &result["name"]).is_none());
    let mut rows = vec![["", "native", "Chromium", "ratio", "Chromium's", "to what"].map(str::to_owned)];
    for result in native.iter().chain(only_chromium) {
        let name = &result["name"];
        let [one, other] = [native, chromium].map(|results| named(results, name).unwrap_or_default());
        let text = |key: &str| result[key].as_str().unwrap_or_default().to_owned();
        rows.push([text("name"), value(&one), value(&other), ratio(&one), ratio(&other), text("compared")]);
    }
    let widths: [usize; 6] = std::array::from_fn(|c| rows.iter().map(|row| row[c].chars().count()).max().unwrap_or(0));
    rows.insert(1, widths.map(|width| "-".repeat(width)));
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("| {cell:width$} "));
        cells.collect::<String>() + "|\n"
    };
    rows.iter().map(line).collect()
}

fn value(result: &Value) -> String {
    match (result["value"].as_f64(), result["unit"].as_str()) {
        (Some(time), Some("s")) if time < 1.0 => format!("{:.1} ms", 1e3 * time),
        (Some(time), Some("s")) => format!("{time:.2} s"),
        (Some(size), Some("B")) => format!("{:.1} kB", size / 1e3),
        (Some(count), Some("")) => format!("{count}"),
        (Some(rate), Some(_)) => format!("{:.2} G/s", rate / 1e9),
        _ => String::new(),
    }
}

fn ratio(result: &Value) -> String {
    result["ratio"].as_f64().map_or_else(String::new, |ratio| format!("{ratio:.2}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::table;

    #[test]
    fn the_table_is_aligned_and_leaves_open_what_one_of_the_two_does_not_measure() {
        let result =
            |name, value, unit| json!({"name": name, "value": value, "unit": unit, "ratio": 2, "compared": "of a"});
        let native = [result("a", 1.5, "s"), result("b c", 0.002, "s")];
        let chromium = [result("a", 0.01, "s"), result("d", 108_000.0, "B"), result("e", 0.0, "")];
        let expected = "\
|     | native | Chromium | ratio | Chromium's | to what |
| --- | ------ | -------- | ----- | ---------- | ------- |
| a   | 1.50 s | 10.0 ms  | 2.00  | 2.00       | of a    |
| b c | 2.0 ms |          | 2.00  |            | of a    |
| d   |        | 108.0 kB |       | 2.00       | of a    |
| e   |        | 0        |       | 2.00       | of a    |
";
        assert_eq!(table(&native, &chromium), expected);
    }
}
