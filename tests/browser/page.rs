//! The page in a browser, as a test sees it: what it shows, what can be done to it, and waiting for what is to come.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::action_chain::ActionChain;
use thirtyfour::{BrowserLogEntry, By, Key, TypingData, WebDriver, WebElement};
use tokio::runtime::Runtime;

use super::driver::Driver;
use super::engine::{Engine, WINDOW};
use super::quiet::{Heard, RECORDER};
use super::server::Server;

/// How long a wait may take on two cores that two tests, and whoever else works there, have to share.
const PATIENCE: Duration = Duration::from_secs(100);

/// A browser that a test has for itself.
pub struct Page<'a> {
    pub server: &'a Server,
    engine: Engine,
    pub heard: RefCell<Heard>,
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
    /// Whether the browser takes the page for hidden.
    pub hidden: bool,
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
  failure: text('failure'), fragment: location.hash.slice(1), hidden: document.hidden,
};";

impl<'a> Page<'a> {
    /// A fresh browser with these flags besides the usual ones, without the page yet.
    pub fn new(server: &'a Server, runtime: &'a Runtime, driver: &Driver, flags: &[&str]) -> Result<Self> {
        let engine = driver.engine;
        let driver = runtime.block_on(driver.browser(flags))?;
        let page = Self { server, engine, heard: RefCell::default(), runtime, driver };
        if engine != Engine::Chromium {
            page.resize(WINDOW.0, WINDOW.1)?;
        }
        Ok(page)
    }

    /// Lets this script run before those of the page, from its next opening on.
    pub fn run_early(&self, script: &str) {
        let recorder = if self.engine == Engine::Chromium { "" } else { RECORDER };
        self.server.set_early_script(format!("{recorder}{script}"));
    }

    /// What it is shown by.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Opens the page with this fragment, anew, and waits until its run is set up.
    pub fn open(&self, fragment: &str) -> Result<Shown> {
        self.visit(fragment)?;
        self.until("a run that is set up", |shown| !shown.error.is_empty() && !shown.status.is_empty())
    }

    /// Opens the page with this fragment and waits for nothing.
    pub fn visit(&self, fragment: &str) -> Result<()> {
        self.hear()?;
        // Another fragment alone would not load the page again.
        self.block_on(self.driver.goto("about:blank"))?;
        let mark = if fragment.is_empty() { "" } else { "#" };
        self.block_on(self.driver.goto(format!("{}{mark}{fragment}", self.server.page())))
    }

    /// Opens a page that lies beside the lab on the same host and waits for nothing.
    pub fn visit_beside(&self, name: &str) -> Result<()> {
        self.visit_address(&format!("{}{name}", self.server.page()))
    }

    /// Opens any address and waits for nothing.
    pub fn visit_address(&self, address: &str) -> Result<()> {
        self.hear()?;
        self.block_on(self.driver.goto(address))
    }

    /// Opens a file of this machine with this fragment and waits for nothing.
    pub fn visit_file(&self, file: &Path, fragment: &str) -> Result<()> {
        self.hear()?;
        self.block_on(self.driver.goto(format!("file://{}#{fragment}", file.display())))
    }

    /// Goes to this step of the run that is shown, as a link of the moment would, without loading the page again.
    pub fn visit_moment(&self, step: usize) -> Result<()> {
        self.script::<()>(
            "location.hash = location.hash.replace(/&(t|digest|made)=[^&]*/g, '') + `&t=${arguments[0]}`;",
            &[json!(step)],
        )
    }

    /// Opens another window, and turns to it.
    pub fn turn_to_new_window(&self) -> Result<()> {
        let window = self.block_on(self.driver.new_window())?;
        self.block_on(self.driver.switch_to_window(window))
    }

    /// Turns to the other of two windows, once there are two.
    pub fn turn_to_other_window(&self) -> Result<()> {
        let here = self.block_on(self.driver.window())?;
        let other = self.wait("another window", || {
            Ok(self.block_on(self.driver.windows())?.into_iter().find(|handle| *handle != here))
        })?;
        self.block_on(self.driver.switch_to_window(other))
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
            // The text for who cannot see the disc comes late: it may still be that of the run before.
            "return document.getElementById('disc-text').textContent.startsWith('96 probes')
               && !document.getElementById('disc-caption').textContent.includes('Faded')
               && document.getElementById('disc-progress').textContent === ''
               && !document.querySelector('#lights [data-state=waiting]')",
        )
    }

    /// What a script returns, which may wait for promises.
    pub fn script<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> Result<T> {
        // Engines differ in whether a script may wait; in this form it may in each.
        let awaited = format!("return (async () => {{ {script}\n}})();");
        let returned = self.block_on(self.driver.execute(awaited, arguments.to_vec()))?;
        let value = returned.json().clone();
        serde_json::from_value(value.clone()).with_context(|| format!("unexpected {value} from the script {script}"))
    }

    /// The value of an expression. A promise is waited for.
    pub fn evaluate<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        if self.engine == Engine::Chromium {
            self.evaluate_without_trace(expression)
        } else {
            self.script(&format!("return ({expression})"), &[])
        }
    }

    /// A command of Chromium's own protocol, see [`Page::cdp`].
    pub fn send_to_devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        self.block_on(self.driver.cdp().send_raw(method, parameters))
    }

    /// What a log of Chromium's driver holds since the last call.
    pub fn log(&self, kind: &str) -> Result<Vec<BrowserLogEntry>> {
        self.block_on(self.driver.get_log(kind))
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

    /// Moves the pointer to a place of the window.
    pub fn point_at(&self, place: (f64, f64)) -> Result<()> {
        self.block_on(self.jump_to(place).perform())
    }

    /// Clicks at a place of the window.
    pub fn click_at(&self, place: (f64, f64)) -> Result<()> {
        self.block_on(self.jump_to(place).click().perform())
    }

    /// The pointer at a place of the window, without a way there on which it would meet what it is not to.
    fn jump_to(&self, (x, y): (f64, f64)) -> ActionChain {
        let chain = self.driver.action_chain_with_delay(None, Some(Duration::ZERO));
        chain.move_to(x.round() as i64, y.round() as i64)
    }

    /// Sets the speed menu.
    pub fn set_speed(&self, speed: &str) -> Result<()> {
        self.click(&format!("#speed option[value='{speed}']"))
    }

    pub fn back(&self) -> Result<()> {
        self.block_on(self.driver.back())
    }

    /// Gives the page itself this size, in CSS pixels.
    pub fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        if self.engine == Engine::Chromium {
            return self.emulate_screen(width, height, 1.0);
        }
        // The frame of a window is not known before there is one, and may change with its size.
        self.resize(width, height)?;
        self.wait(&format!("a page of {width} × {height}"), || {
            let [inner_width, inner_height, outer_width, outer_height]: [u32; 4] =
                self.evaluate("[innerWidth, innerHeight, outerWidth, outerHeight]")?;
            if (inner_width, inner_height) == (width, height) {
                return Ok(Some(()));
            }
            self.resize(
                (outer_width + width).saturating_sub(inner_width),
                (outer_height + height).saturating_sub(inner_height),
            )?;
            Ok(None)
        })
    }

    /// Sets the window's size.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.block_on(self.driver.set_window_rect(0, 0, width, height))
    }

    /// Hides the window as a reader would; [`Page::resize`] shows it again.
    pub fn minimize(&self) -> Result<()> {
        self.block_on(self.driver.minimize_window())
    }

    /// What the window shows, as a PNG file.
    pub fn screenshot(&self) -> Result<Vec<u8>> {
        self.block_on(self.driver.screenshot_as_png())
    }

    /// What the window shows, as text that is the same only where the pixels are: sooner there than a small file.
    pub fn picture(&self) -> Result<String> {
        if self.engine != Engine::Chromium {
            return self.block_on(self.driver.screenshot_as_png_base64());
        }
        let taken = self.cdp("Page.captureScreenshot", json!({ "optimizeForSpeed": true }))?;
        taken["data"].as_str().map(str::to_owned).context("Chromium took no picture")
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
}
