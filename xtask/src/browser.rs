//! Tests inside Chromium, Firefox and WebKit: browsers, drivers, and what the test runner has to know about them.
//!
//! The library's tests run in a worker, as training does on the page. Were they to compute on the page's own thread, the
//! runner would see nothing of it, and a test that hangs would end without a word about which it was, and leave its
//! browser running. The page's own tests, in `tests/browser`, drive the page that Trunk has built.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
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

/// The engine of Safari, as Debian brings it: with a driver, a small browser, and a screen that nobody sees.
const WEBKIT: Package = Package {
    what: "WebKitGTK's driver and browser with Xvfb, in which tests run,",
    debian: &["webkit2gtk-driver", "xvfb"],
    macos: "",
};

/// What people's browsers are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// As the tests and the command line spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Whether there is one for this system; WebKitGTK is made for Linux.
    pub fn is_here(self) -> bool {
        self != Self::WebKit || cfg!(target_os = "linux")
    }

    fn prepare(self, tools: &mut Toolbox) -> Result<()> {
        match self {
            Self::Chromium => chromium(),
            Self::Firefox => firefox(tools),
            Self::WebKit => webkit(),
        }
    }
}

pub fn prepare(tools: &mut Toolbox) -> Result<()> {
    tools.wasm_std()?;
    tools.wasm_bindgen()?;
    tools.axe_core()?;
    Engine::ALL.into_iter().filter(|engine| engine.is_here()).try_for_each(|engine| engine.prepare(tools))
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

/// WebKit's driver, its browser, and the screen on which that shows its windows.
fn webkit() -> Result<()> {
    let there = on_path("WebKitWebDriver").is_some() && on_path("Xvfb").is_some() && minibrowser().is_some();
    if there { Ok(()) } else { debian::install(&WEBKIT) }
}

/// WebKit's small browser, which is on no PATH.
fn minibrowser() -> Option<PathBuf> {
    let machine = format!("/usr/lib/{}-linux-gnu", env::consts::ARCH);
    let folders = [&machine, "/usr/libexec", "/usr/lib64", "/usr/lib"];
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let mut files = folders
        .iter()
        .flat_map(|folder| versions.iter().map(move |version| Path::new(folder).join(version).join("MiniBrowser")));
    files.find(|file| file.is_file())
}

/// The same, with what only the long tests in Chromium need.
pub fn cargo_test_page_with_lighthouse(tools: &mut Toolbox) -> Result<Command> {
    let mut command = cargo_test_page(tools, Engine::Chromium)?;
    command.env("LIGHTHOUSE", tools.lighthouse()?);
    Ok(command)
}

/// `cargo test` of the built page in this engine.
pub fn cargo_test_page(tools: &mut Toolbox, engine: Engine) -> Result<Command> {
    engine.prepare(tools)?;
    let axe_core = tools.axe_core()?;
    let mut command = tools.cargo();
    command.args(["test", "--package", "winning-ticket", "--test", "browser"]);
    command.env("WINNING_TICKET_ENGINE", engine.name()).env("AXE_CORE", axe_core);
    match engine {
        Engine::Chromium => {
            // Chromium's sandbox refuses to run as root.
            let no_sandbox = debian::is_root().then_some("no-sandbox");
            let flags: Vec<&str> = CHROMIUM_FLAGS.iter().copied().chain(no_sandbox).collect();
            command.env("CHROMIUM_FLAGS", flags.join(" "));
        }
        Engine::Firefox => {}
        Engine::WebKit => {
            command.env("MINIBROWSER", minibrowser().context("WebKit's browser is not where Debian has it.")?);
        }
    }
    // Each driver is found on PATH, whatever other tools these name.
    for driver in ["CHROMEDRIVER", "GECKODRIVER", "WEBKITDRIVER"] {
        command.env_remove(driver);
    }
    Ok(command)
}

/// `cargo test` for wasm32, with the tests run in headless Chromium.
pub fn cargo_test(project: &Project, tools: &mut Toolbox) -> Result<Command> {
    chromium()?;
    tools.wasm_std()?;
    tools.wasm_bindgen()?;
    let flags = CHROMIUM_FLAGS.iter().map(|flag| format!("\"{flag}\"")).collect::<Vec<_>>().join(", ");
    let capabilities = format!("{{ \"goog:chromeOptions\": {{ \"args\": [{flags}] }} }}\n");
    let folder = project.target.join("xtask");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be created.", folder.display()))?;
    let file = folder.join("webdriver.json");
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
    command.env("CHROMEDRIVER", on_path("chromedriver").context("chromedriver is not on PATH.")?);
    Ok(command)
}
