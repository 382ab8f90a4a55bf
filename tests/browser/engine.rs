//! The engines that people's browsers are made of: how each is started and told what to be.

use std::env;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::Capabilities;

/// Names the engine; `cargo xtask test` sets it.
const ENGINE: &str = "WINNING_TICKET_ENGINE";
/// Where WebKit's small browser is; `cargo xtask test` says it.
const MINIBROWSER: &str = "MINIBROWSER";
/// The window, until a test asks for another.
pub const WINDOW: (u32, u32) = (1440, 900);

/// An engine with the browser that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chrome, Edge and others; here Chromium. The only one whose own protocol the tests speak.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari and all browsers on iPhones; here the one that comes with WebKitGTK for its tests.
    WebKit,
}

impl Engine {
    /// The one that the environment names; Chromium where it names none.
    pub fn asked_for() -> Result<Self> {
        match env::var(ENGINE).as_deref() {
            Err(_) | Ok("chromium") => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            Ok("webkit") => Ok(Self::WebKit),
            Ok(other) => bail!("{ENGINE} is “{other}”, but must be chromium, firefox or webkit"),
        }
    }

    /// Whether it shows its windows on a screen only.
    pub fn needs_screen(self) -> bool {
        self == Self::WebKit
    }

    /// The program that drives it, listening at `port`.
    pub fn driver(self, port: u16) -> Command {
        let (variable, program, flags): (_, _, &[&str]) = match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver", &["--log-level=SEVERE"]),
            Self::Firefox => ("GECKODRIVER", "geckodriver", &["--log=fatal"]),
            Self::WebKit => ("WEBKITDRIVER", "WebKitWebDriver", &[]),
        };
        let mut command = Command::new(env::var_os(variable).unwrap_or_else(|| program.into()));
        command.arg(format!("--port={port}")).args(flags);
        if self == Self::WebKit {
            // Its sandbox cannot be made inside of a container; only pages of this test are shown.
            command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        }
        command
    }

    /// What a browser of it is to be, with `flags` of Chromium besides the usual ones: an empty profile, no window on
    /// somebody's screen, and no request that leaves this machine.
    pub fn capabilities(self, flags: &[&str]) -> Result<Capabilities> {
        let asked = match self {
            Self::Chromium => {
                let given = env::var("CHROMIUM_FLAGS").unwrap_or_default();
                let window = format!("window-size={},{}", WINDOW.0, WINDOW.1);
                let usual = [
                    "headless",
                    &window,
                    "disable-dev-shm-usage",
                    "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                ];
                let flags: Vec<String> = usual
                    .iter()
                    .chain(flags)
                    .copied()
                    .chain(given.split_whitespace())
                    .map(|flag| format!("--{flag}"))
                    .collect();
                json!({
                    "browserName": "chrome",
                    "goog:chromeOptions": { "args": flags },
                    "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
                })
            }
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "args": ["-headless"],
                    // Names are asked of nobody: where there is no host of that name, there is no request.
                    "prefs": { "network.dns.disabled": true },
                },
            }),
            Self::WebKit => {
                let browser = env::var(MINIBROWSER).with_context(|| {
                    format!("{MINIBROWSER} does not say where WebKit's browser is; `cargo xtask test` does")
                })?;
                json!({ "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] } })
            }
        };
        match asked {
            Value::Object(asked) => Ok(Capabilities::from(asked)),
            _ => unreachable!("each of the three is an object"),
        }
    }
}
