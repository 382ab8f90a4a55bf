//! What a user does with pointer and keys, and where the elements are that they meet.

use anyhow::Result;
use rand::RngExt;
use serde::Deserialize;
use serde_json::json;

use super::User;

/// A key by its name, with the number that browsers have for it and the text that it types.
pub type Key = (&'static str, u32, &'static str);

/// A rectangle of the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Place {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// Where an element is, once it has been scrolled to; nothing where it is not shown. Follows its selector.
const PLACE: &str = "
if (!element?.checkVisibility({ visibilityProperty: true })) return null;
element.scrollIntoView({ block: 'nearest' });
const { left, top, width, height } = element.getBoundingClientRect();
return { left, top, width, height };";

impl User<'_> {
    /// A point within a place; at times a little beside it.
    pub fn point_in(&mut self, place: Place) -> (f64, f64) {
        let mut share = || self.random.random_range(-0.02..1.02);
        (place.left + share() * place.width, place.top + share() * place.height)
    }

    pub fn place(&self, selector: &str) -> Result<Option<Place>> {
        let selector = json!(selector);
        self.page.evaluate_without_trace(&format!(
            "(() => {{ const element = document.querySelector({selector}); {PLACE} }})()"
        ))
    }

    pub fn window(&self) -> Result<Place> {
        self.page.evaluate_without_trace("({ left: 0, top: 0, width: innerWidth, height: innerHeight })")
    }

    pub fn press(&self, (name, number, text): Key, shift: bool) -> Result<()> {
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for (kind, text) in [(kind, text), ("keyUp", "")] {
            let code = if name == " " { "Space" } else { name };
            let event = json!({ "type": kind, "key": name, "code": code, "text": text, "windowsVirtualKeyCode": number,
                "modifiers": if shift { 8 } else { 0 } });
            self.page.cdp("Input.dispatchKeyEvent", event)?;
        }
        Ok(())
    }

    pub fn focus(&self, selector: &str) -> Result<()> {
        self.page.evaluate_without_trace(&format!("document.querySelector({}).focus()", json!(selector)))
    }

    pub fn click(&self, at: (f64, f64), clicks: u32) -> Result<()> {
        self.page.mouse("mouseMoved", at, false, 0)?;
        for click in 1..=clicks {
            self.page.mouse("mousePressed", at, true, click)?;
            self.page.mouse("mouseReleased", at, false, click)?;
        }
        Ok(())
    }

    pub fn drag(&self, from: (f64, f64), to: (f64, f64), steps: u32) -> Result<()> {
        self.page.mouse("mouseMoved", from, false, 0)?;
        self.page.mouse("mousePressed", from, true, 1)?;
        for step in 1..=steps {
            let share = f64::from(step) / f64::from(steps);
            let at = (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
            self.page.mouse("mouseMoved", at, true, 0)?;
        }
        self.page.mouse("mouseReleased", to, false, 1)
    }
}
