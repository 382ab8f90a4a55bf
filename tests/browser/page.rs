//! The page in a browser, as a test sees it: what it shows, what can be done to it, and waiting for what is to come.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, Key, TypingData, WebDriver, WebElement};
use tokio::runtime::Runtime;

use super::driver::Driver;
use super::server::Server;

/// How long a wait may take on a busy machine of two cores.
const PATIENCE: Duration = Duration::from_secs(40);

/// A browser that a test has for itself.
pub struct Page<'a> {
    pub server: &'a Server,
    runtime: &'a Runtime,
    driver: WebDriver,
}

/// What the page says at one moment.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Shown {
    pub t: String,
    pub error: String,
    /// The play button's name: "Play" or "Pause".
    pub button: String,
    pub status: String,
    pub digest: String,
    pub comparison: String,
    pub notices: Vec<String>,
    pub failure: String,
    /// The address without its `#`.
    pub fragment: String,
}

impl Shown {
    pub fn step(&self) -> usize {
        self.t.replace('\u{202f}', "").parse().unwrap_or(0)
    }
}

const SHOWN: &str = "
const text = id => document.getElementById(id).textContent.trim();
return {
  t: text('clock-t'), error: text('clock-error'), status: text('status'),
  button: document.getElementById('play').ariaLabel,
  digest: text('digest').replaceAll(' ', ''), comparison: text('comparison'),
  notices: [...document.querySelectorAll('#notices li')].map(item => item.textContent),
  failure: text('failure'), fragment: location.hash.slice(1),
};";

impl<'a> Page<'a> {
    /// A fresh browser with these flags besides the usual ones, without the page yet.
    pub fn new(server: &'a Server, runtime: &'a Runtime, driver: &Driver, flags: &[&str]) -> Result<Self> {
        let driver = runtime.block_on(driver.browser(flags))?;
        Ok(Self { server, runtime, driver })
    }

    /// Opens the page with this fragment, anew, and waits until its run is set up.
    pub fn open(&self, fragment: &str) -> Result<Shown> {
        self.visit(fragment)?;
        self.until("a run that is set up", |shown| !shown.error.is_empty() && !shown.status.is_empty())
    }

    /// Opens the page with this fragment and waits for nothing.
    pub fn visit(&self, fragment: &str) -> Result<()> {
        // Another fragment alone would not load the page again.
        self.block_on(self.driver.goto("about:blank"))?;
        let mark = if fragment.is_empty() { "" } else { "#" };
        self.block_on(self.driver.goto(format!("{}{mark}{fragment}", self.server.page())))
    }

    /// Goes to this step of the run that is shown, as a link of the moment would, without loading the page again.
    pub fn visit_moment(&self, step: usize) -> Result<()> {
        self.script::<()>(
            "location.hash = location.hash.replace(/&(t|digest|made)=[^&]*/g, '') + `&t=${arguments[0]}`;",
            &[json!(step)],
        )
    }

    /// What the page shows now.
    pub fn shown(&self) -> Result<Shown> {
        self.script(SHOWN, &[])
    }

    /// Waits until what the page shows fulfils `condition`.
    pub fn until(&self, what: &str, condition: impl Fn(&Shown) -> bool) -> Result<Shown> {
        self.wait(what, || Ok(Some(self.shown()?).filter(&condition)))
    }

    /// Waits until `probe` gives something.
    pub fn wait<T>(&self, what: &str, mut probe: impl FnMut() -> Result<Option<T>>) -> Result<T> {
        let start = Instant::now();
        loop {
            let last = start.elapsed() > PATIENCE;
            if let Some(found) = probe()? {
                return Ok(found);
            }
            if last {
                let shown = self.shown().map_or_else(|error| format!("{error:#}"), |shown| format!("{shown:?}"));
                bail!("waited {} s in vain for {what}; the page shows {shown}", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits until the script returns true.
    pub fn wait_for(&self, what: &str, script: &str) -> Result<()> {
        let expression = format!("(() => {{ {script} }})()");
        self.wait(what, || Ok(self.evaluate::<bool>(&expression)?.then_some(())))
    }

    /// Waits until forecast and probes of the present setting are there.
    pub fn until_all_is_computed(&self) -> Result<()> {
        self.wait_for(
            "lights and all probes",
            "return document.getElementById('disc-text').textContent.startsWith('96 probes')
               && !document.getElementById('disc-caption').textContent.includes('Faded')
               && !document.querySelector('#lights [data-state=waiting]')",
        )
    }

    /// What a script returns.
    pub fn script<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> Result<T> {
        let returned = self.block_on(self.driver.execute(script, arguments.to_vec()))?;
        let value = returned.json().clone();
        serde_json::from_value(value.clone()).with_context(|| format!("unexpected {value} from the script {script}"))
    }

    /// The value of an expression, by the browser's own protocol: unlike [`Page::script`] it leaves nothing behind in the
    /// page's memory. A promise is waited for.
    pub fn evaluate<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let question = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.cdp("Runtime.evaluate", question)?;
        let thrown = &answer["exceptionDetails"];
        ensure!(thrown.is_null(), "{expression} throws {thrown}");
        let value = answer["result"]["value"].clone();
        serde_json::from_value(value.clone()).with_context(|| format!("unexpected {value} from {expression}"))
    }

    /// One event of the mouse, straight from the browser's protocol, also beside the window.
    pub fn mouse(&self, kind: &str, (x, y): (f64, f64), pressed: bool, clicks: u32) -> Result<()> {
        let button = if pressed || kind == "mouseReleased" { "left" } else { "none" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": u8::from(pressed),
            "clickCount": clicks });
        self.cdp("Input.dispatchMouseEvent", event).map(drop)
    }

    /// One finger from one place of the window to another, in so many moves.
    pub fn swipe(&self, from: (f64, f64), to: (f64, f64), moves: u32) -> Result<()> {
        let send = |kind: &str, points: Value| {
            self.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).map(drop)
        };
        send("touchStart", json!([{ "x": from.0, "y": from.1 }]))?;
        for step in 1..=moves {
            let share = f64::from(step) / f64::from(moves);
            let (x, y) = (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
            send("touchMove", json!([{ "x": x, "y": y }]))?;
        }
        send("touchEnd", json!([]))
    }

    /// Sends a command of the browser's own protocol.
    pub fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        self.block_on(self.driver.cdp().send_raw(method, parameters)).with_context(|| method.to_owned())
    }

    /// The first element that a CSS selector names.
    pub fn element(&self, selector: &str) -> Result<WebElement> {
        self.block_on(self.driver.find(By::Css(selector))).with_context(|| format!("no {selector}"))
    }

    /// Clicks it, as a reader would.
    pub fn click(&self, selector: &str) -> Result<()> {
        let element = self.element(selector)?;
        self.block_on(element.click()).with_context(|| format!("a click on {selector}"))
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub fn press(&self, keys: impl Into<TypingData>) -> Result<()> {
        self.block_on(self.driver.action_chain().send_keys(keys).perform())
    }

    /// Presses a key while Shift is held.
    pub fn press_with_shift(&self, key: Key) -> Result<()> {
        self.block_on(self.driver.action_chain().key_down(Key::Shift).send_keys(key).key_up(Key::Shift).perform())
    }

    /// Drags the pointer from one place of the window to another, in small steps.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64), steps: usize) -> Result<()> {
        let place = |share: f64| {
            ((from.0 + share * (to.0 - from.0)).round() as i64, (from.1 + share * (to.1 - from.1)).round() as i64)
        };
        let (x, y) = place(0.0);
        let mut chain =
            self.driver.action_chain_with_delay(None, Some(Duration::from_millis(15))).move_to(x, y).click_and_hold();
        for step in 1..=steps {
            let (x, y) = place(step as f64 / steps as f64);
            chain = chain.move_to(x, y);
        }
        self.block_on(chain.release().perform())
    }

    /// Sets the speed menu.
    pub fn set_speed(&self, speed: &str) -> Result<()> {
        self.click(&format!("#speed option[value='{speed}']"))
    }

    pub fn back(&self) -> Result<()> {
        self.block_on(self.driver.back())
    }

    /// Sets the window's size.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.block_on(self.driver.set_window_rect(0, 0, width, height))
    }

    /// Hides the window as a reader would; [`Page::resize`] shows it again.
    pub fn minimize(&self) -> Result<()> {
        self.block_on(self.driver.minimize_window())
    }

    /// Fails unless the console's warnings and errors so far all hold this word, and forgets them.
    pub fn assert_complaints_only_of(&self, word: &str) -> Result<()> {
        let others: Vec<String> =
            self.take_complaints()?.into_iter().filter(|complaint| !complaint.contains(word)).collect();
        ensure!(others.is_empty(), "besides {word} the console holds\n  {}", others.join("\n  "));
        Ok(())
    }

    /// Messages of the console that are warnings or worse, since the last call.
    fn take_complaints(&self) -> Result<Vec<String>> {
        let entries = self.block_on(self.driver.get_log("browser"))?;
        let loud = entries.into_iter().filter(|entry| matches!(entry.level.as_str(), "WARNING" | "SEVERE"));
        Ok(loud.map(|entry| entry.message).collect())
    }

    /// Fails if the console holds a warning or worse, if the page asked for anything that is not its own, or for
    /// something of its own that is missing.
    pub fn assert_quiet(&self) -> Result<()> {
        let complaints = self.take_complaints()?;
        ensure!(complaints.is_empty(), "the console holds\n  {}", complaints.join("\n  "));
        let own = self.server.origin();
        for entry in self.block_on(self.driver.get_log("performance"))? {
            let message: Value = serde_json::from_str(&entry.message)?;
            let message = &message["message"];
            if message["method"] == "Network.requestWillBeSent" {
                let url = message["params"]["request"]["url"].as_str().unwrap_or_default();
                let foreign =
                    url.split_once(':').is_some_and(|(scheme, _)| !matches!(scheme, "data" | "blob" | "about"));
                ensure!(!foreign || url.starts_with(&own), "the page asked another origin: {url}");
            }
        }
        for answered in self.server.take_answered() {
            ensure!(answered.status == 200, "{} is missing ({})", answered.path, answered.status);
        }
        Ok(())
    }

    /// What the window shows, as a PNG file.
    pub fn screenshot(&self) -> Result<Vec<u8>> {
        self.block_on(self.driver.screenshot_as_png())
    }

    /// Saves what the window shows.
    pub fn save_screenshot(&self, file: &Path) -> Result<()> {
        let picture = self.screenshot()?;
        fs::create_dir_all(file.parent().context("a file has a folder")?)?;
        Ok(fs::write(file, picture)?)
    }

    /// Ends the browser.
    pub fn quit(self) -> Result<()> {
        Ok(self.runtime.block_on(self.driver.quit())?)
    }

    fn block_on<T>(&self, action: impl Future<Output = thirtyfour::error::WebDriverResult<T>>) -> Result<T> {
        Ok(self.runtime.block_on(action)?)
    }

    /// Emulates a media feature, or none.
    pub fn emulate_media(&self, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).map(drop)
    }

    /// Emulates a phone's screen of this width and height in CSS pixels, with fingers.
    pub fn emulate_phone(&self, width: u32, height: u32) -> Result<()> {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
        self.cdp("Emulation.setDeviceMetricsOverride", screen)?;
        self.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).map(drop)
    }

    /// Emulates a screen of this width and height in CSS pixels and with so many device pixels a CSS pixel.
    pub fn emulate_screen(&self, width: u32, height: u32, pixels: f64) -> Result<()> {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": pixels, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", screen).map(drop)
    }
}
