//! Tests inside headless Chromium and Firefox: browsers, drivers, and what the test runner has to know about them.
//!
//! The library's tests run in a worker, as training does on the page. Were they to compute on the page's own thread, the
//! runner would see nothing of it, and a test that hangs would end without a word about which it was, and leave its
//! browser running. The page's own tests, in `tests/browser`, drive the page that Trunk has built.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::debian::{self, Package};
use crate::process::on_path;
use crate::project::Project;
use crate::toolbox::Toolbox;

/// A browser that trains networks on a busy two-core machine needs time; one that hangs is given up after this.
const TIMEOUT_SECONDS: &str = "900";

/// Beyond `headless`, `no-sandbox` and `disable-dev-shm-usage`, which the runner adds by itself. Chromium's driver gives
/// each session a fresh profile.
const CHROMIUM_FLAGS: &[&str] = &[
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
];

const CHROMIUM: Package = Package {
    what: "Chromium with its driver, in which tests run,",
    debian: &["chromium", "chromium-driver"],
    macos: "brew install --cask google-chrome chromedriver",
};

const FIREFOX: Package =
    Package { what: "Firefox, in which tests run,", debian: &["firefox-esr"], macos: "brew install --cask firefox" };

pub fn prepare(tools: &mut Toolbox) -> Result<()> {
    tools.wasm_std()?;
    tools.wasm_bindgen()?;
    chromium()?;
    tools.axe_core()?;
    firefox(tools)
}

/// Chromium and its driver. On other systems than Linux a browser is not on PATH, and the driver knows where it is.
fn chromium() -> Result<()> {
    let browser = ["chromium", "google-chrome"].iter().any(|name| on_path(name).is_some());
    if on_path("chromedriver").is_some() && (browser || !cfg!(target_os = "linux")) {
        return Ok(());
    }
    debian::install(&CHROMIUM)
}

/// Firefox and its driver, which by itself finds a Firefox that is not on PATH.
fn firefox(tools: &mut Toolbox) -> Result<()> {
    if cfg!(target_os = "linux") && on_path("firefox").is_none() {
        debian::install(&FIREFOX)?;
    }
    tools.geckodriver()
}

/// `cargo test` of the built page in headless Chromium.
pub fn cargo_test_page(tools: &mut Toolbox) -> Result<Command> {
    chromium()?;
    let axe_core = tools.axe_core()?;
    let mut command = tools.cargo();
    command.args(["test", "--package", "winning-ticket", "--test", "browser"]);
    command.env("AXE_CORE", axe_core);
    command.env("CHROMEDRIVER", on_path("chromedriver").context("chromedriver is not on PATH.")?);
    // Chromium's sandbox refuses to run as root.
    let no_sandbox = debian::is_root().then_some("no-sandbox");
    let flags: Vec<&str> = CHROMIUM_FLAGS.iter().copied().chain(no_sandbox).collect();
    command.env("CHROMIUM_FLAGS", flags.join(" "));
    Ok(command)
}

/// `cargo test` for wasm32, with the tests run in headless Chromium.
pub fn cargo_test(project: &Project, tools: &mut Toolbox) -> Result<Command> {
    chromium()?;
    let flags = CHROMIUM_FLAGS.iter().map(|flag| format!("\"{flag}\"")).collect::<Vec<_>>().join(", ");
    let capabilities = format!("{{ \"goog:chromeOptions\": {{ \"args\": [{flags}] }} }}\n");
    let mut command = cargo_test_in(project, tools, "chromium", &capabilities)?;
    command.env("CHROMEDRIVER", on_path("chromedriver").context("chromedriver is not on PATH.")?);
    Ok(command)
}

/// `cargo test` for wasm32, with the tests run in headless Firefox.
pub fn cargo_test_firefox(project: &Project, tools: &mut Toolbox) -> Result<Command> {
    firefox(tools)?;
    let mut command = cargo_test_in(project, tools, "firefox", "{}\n")?;
    command.env("GECKODRIVER", "geckodriver");
    Ok(command)
}

/// `cargo test` for wasm32 in the browser whose driver is then named.
fn cargo_test_in(project: &Project, tools: &mut Toolbox, browser: &str, capabilities: &str) -> Result<Command> {
    tools.wasm_std()?;
    tools.wasm_bindgen()?;
    let folder = project.target.join("xtask");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be created.", folder.display()))?;
    let file = folder.join(format!("webdriver-{browser}.json"));
    fs::write(&file, capabilities).with_context(|| format!("{} cannot be written.", file.display()))?;

    let mut command = tools.cargo();
    command.args(["test", "--target", "wasm32-unknown-unknown"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    // For tests that do not say themselves where they run; the runner's own choice is Node.js.
    command.env("WASM_BINDGEN_USE_DEDICATED_WORKER", "1");
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", file);
    command
        .env("WASM_BINDGEN_TEST_TIMEOUT", env::var_os("WASM_BINDGEN_TEST_TIMEOUT").unwrap_or(TIMEOUT_SECONDS.into()));
    command.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    // The runner would otherwise take any driver it is told of or finds first.
    for driver in ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER", "MSEDGEDRIVER"] {
        command.env_remove(driver).env_remove(format!("{driver}_REMOTE"));
    }
    Ok(command)
}
