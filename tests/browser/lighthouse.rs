//! Lighthouse's marks, as it gives them to a page on a phone and a slow line.

use std::env;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::page::Page;

/// What has to have full marks; how fast it is, is told, as that depends on the machine.
const FULL: [&str; 3] = ["accessibility", "best-practices", "seo"];

pub fn lighthouse_gives_full_marks_for_accessibility_practices_and_search(page: &Page) -> Result<()> {
    let script = env::var_os("LIGHTHOUSE")
        .context("LIGHTHOUSE does not say where it is; `cargo xtask page-tests lighthouse` does")?;
    page.server.set_compressing(true);
    let report = report(page, Command::new("node").arg(script));
    page.server.set_compressing(false);
    // It looks for a robots.txt, which is the host's affair.
    page.server.take_answered();
    let report = report?;
    for kind in FULL {
        let category = &report["categories"][kind];
        let audits = category["auditRefs"].as_array().with_context(|| format!("Lighthouse says nothing of {kind}"))?;
        let lost = audits.iter().filter(|audit| audit["weight"].as_f64() > Some(0.0)).filter_map(|audit| {
            let audit = &report["audits"][audit["id"].as_str()?];
            (audit["score"].as_f64()? < 1.0).then(|| format!("{}: {}", audit["title"], audit["details"]["items"]))
        });
        let lost: Vec<String> = lost.collect();
        ensure!(
            category["score"] == 1.0,
            "{kind} has {}; Lighthouse objects to\n{}",
            category["score"],
            lost.join("\n")
        );
    }
    let speed = report["categories"]["performance"]["score"].as_f64().context("no mark for speed")?;
    println!("Lighthouse: performance {:.0} of 100, on its slow line and phone", 100.0 * speed);
    Ok(())
}

fn report(page: &Page, node: &mut Command) -> Result<Value> {
    let given = env::var("CHROMIUM_FLAGS").unwrap_or_default();
    let flags: Vec<String> = given.split_whitespace().map(|flag| format!("--{flag}")).collect();
    let output = node
        .arg(page.server.page())
        .args(["--quiet", "--output=json", "--output-path=stdout", "--no-enable-error-reporting"])
        .arg(format!("--chrome-flags=--headless {}", flags.join(" ")))
        .stderr(Stdio::inherit())
        .output()
        .context("Node.js cannot be started")?;
    ensure!(output.status.success(), "Lighthouse failed ({})", output.status);
    serde_json::from_slice(&output.stdout).context("Lighthouse’s report is no JSON")
}
