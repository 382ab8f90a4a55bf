//! What only Chromium's own protocol can do: evaluate without a trace, fingers, other screens, media features. Tests that
//! use it are marked so in the list of tests.

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::engine::Engine;
use super::page::Page;

impl Page<'_> {
    /// Sends a command of the browser's own protocol.
    pub fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        ensure!(self.engine() == Engine::Chromium, "{method} is of Chromium's protocol");
        self.send_to_devtools(method, parameters).with_context(|| method.to_owned())
    }

    /// The value of an expression, which unlike [`Page::script`] leaves nothing behind in the page's memory. A promise is
    /// waited for.
    pub fn evaluate_without_trace<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let question = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.cdp("Runtime.evaluate", question)?;
        let thrown = &answer["exceptionDetails"];
        ensure!(thrown.is_null(), "{expression} throws {thrown}");
        let value = answer["result"]["value"].clone();
        serde_json::from_value(value.clone()).with_context(|| format!("unexpected {value} from {expression}"))
    }

    /// One event of the mouse, also beside the window.
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
