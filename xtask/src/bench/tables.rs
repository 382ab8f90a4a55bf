//! What was measured, as Markdown.

use std::collections::BTreeMap;

use serde_json::Value;

/// The times of whole runs as the peers do them: by the run's name, then the peer's.
pub type Peers = BTreeMap<String, BTreeMap<String, f64>>;

/// A peer's speed is measured natively; in the browser this much less of the goal is asked for.
const IN_BROWSER: f64 = 1.5;

/// One line a quantity. What is not measured on one of the two is left open there.
pub fn quantities(native: &[Value], chromium: &[Value]) -> String {
    let only_chromium = chromium.iter().filter(|result| named(native, result).is_null());
    let mut rows = vec![titles(&["", "native", "Chromium", "ratio", "Chromium's", "to what"])];
    for result in native.iter().chain(only_chromium).filter(|result| !is_run(result)) {
        let [one, other] = [native, chromium].map(|results| named(results, result));
        let text = |key: &str| result[key].as_str().unwrap_or_default().to_owned();
        rows.push(vec![text("name"), value(&one), value(&other), ratio(&one), ratio(&other), text("compared")]);
    }
    markdown(rows)
}

/// One line a whole run: how long it takes, and how many times faster than the fastest peer that is, with the goal.
pub fn runs(native: &[Value], chromium: &[Value], peers: &Peers) -> String {
    let mut rows = vec![titles(&[
        "whole run with set-up",
        "one thread",
        "all cores",
        "NumPy",
        "JAX",
        "× the faster (goal)",
        "on all cores",
        "Chromium",
        "× (goal)",
    ])];
    for run in native.iter().filter(|result| is_run(result)) {
        let name = run["name"].as_str().unwrap_or_default();
        let peers = peers.get(name).cloned().unwrap_or_default();
        let fastest = peers.values().copied().reduce(f64::min);
        let other = named(chromium, run);
        let times = |time: &Value, goal: Option<f64>| match (time.as_f64(), goal) {
            (Some(time), Some(goal)) => {
                let times = fastest.map_or_else(|| "?".to_owned(), |fastest| format!("{:.1}", fastest / time));
                format!("{times} ({goal:.2})").replace(".00)", ")")
            }
            _ => String::new(),
        };
        let shown = |time: Option<f64>| time.map_or_else(String::new, seconds);
        let [goal, goal_of_all] = [0, 1].map(|which: usize| run["goals"][which].as_f64());
        rows.push(vec![
            name.to_owned(),
            shown(run["value"].as_f64()),
            shown(run["all_cores"].as_f64()),
            shown(peers.get("NumPy").copied()),
            shown(peers.get("JAX").copied()),
            times(&run["value"], goal),
            times(&run["all_cores"], goal_of_all.or(goal)),
            shown(other["value"].as_f64()),
            times(&other["value"], goal.map(|goal| goal / IN_BROWSER)),
        ]);
    }
    markdown(rows)
}

/// Only a whole run can be done anew from its link.
pub fn is_run(result: &Value) -> bool {
    result["link"].is_string()
}

fn named(results: &[Value], like: &Value) -> Value {
    results.iter().find(|result| result["name"] == like["name"]).cloned().unwrap_or_default()
}

fn titles(titles: &[&str]) -> Vec<String> {
    titles.iter().map(|title| (*title).to_owned()).collect()
}

/// An aligned table; the first row holds the titles.
fn markdown(mut rows: Vec<Vec<String>>) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    rows.insert(1, widths.iter().map(|width| "-".repeat(*width)).collect());
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("| {cell:width$} "));
        cells.collect::<String>() + "|\n"
    };
    rows.iter().map(line).collect()
}

fn seconds(time: f64) -> String {
    if time < 1.0 { format!("{:.1} ms", 1e3 * time) } else { format!("{time:.2} s") }
}

fn value(result: &Value) -> String {
    match (result["value"].as_f64(), result["unit"].as_str()) {
        (Some(time), Some("s")) => seconds(time),
        (Some(size), Some("B")) => format!("{:.1} kB", size / 1e3),
        (Some(rate), Some("trials/s")) => format!("{rate:.1} /s"),
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

    use super::{Peers, quantities, runs};

    #[test]
    fn the_table_is_aligned_and_leaves_open_what_one_of_the_two_does_not_measure() {
        let result =
            |name, value, unit| json!({"name": name, "value": value, "unit": unit, "ratio": 2, "compared": "of a"});
        let native = [result("a", 1.5, "s"), result("b c", 0.002, "s"), result("f", 60.04, "trials/s")];
        let chromium = [result("a", 0.01, "s"), result("d", 108_000.0, "B"), result("e", 0.0, "")];
        let expected = "\
|     | native  | Chromium | ratio | Chromium's | to what |
| --- | ------- | -------- | ----- | ---------- | ------- |
| a   | 1.50 s  | 10.0 ms  | 2.00  | 2.00       | of a    |
| b c | 2.0 ms  |          | 2.00  |            | of a    |
| f   | 60.0 /s |          | 2.00  |            | of a    |
| d   |         | 108.0 kB |       | 2.00       | of a    |
| e   |         | 0        |       | 2.00       | of a    |
";
        assert_eq!(quantities(&native, &chromium), expected);
    }

    #[test]
    fn a_run_is_compared_with_the_faster_peer_and_beside_its_goal() {
        let run = |name, value, all_cores: Option<f64>| json!({"name": name, "value": value, "unit": "s", "link": "#", "all_cores": all_cores, "goals": [3, 4.5]});
        let native = [run("a", 2.0, Some(1.25)), run("b", 0.5, None)];
        let times = [("JAX".to_owned(), 5.0), ("NumPy".to_owned(), 10.0)];
        let peers: Peers = [("a".to_owned(), times.into())].into();
        let table = runs(&native, &[run("a", 4.0, None)], &peers);
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
        let a = ["", "a", "2.00 s", "1.25 s", "10.00 s", "5.00 s", "2.5 (3)", "4.0 (4.50)", "4.00 s", "1.2 (2)", ""];
        assert_eq!(rows[2], a);
        assert_eq!(rows[3], ["", "b", "500.0 ms", "", "", "", "? (3)", "", "", "", ""]);
    }
}
