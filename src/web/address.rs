//! The address bar always holds what is shown: replaced while a slider moves, one history entry per settled change, so
//! that Back undoes it.

use wasm_bindgen::JsValue;

use super::dom::window;

/// Milliseconds without a change after which a change counts as settled, and the next one is another.
const SETTLED: f64 = 400.0;
/// Milliseconds between two changes of the address: browsers take offence at many a second.
const SPACING: f64 = 300.0;

/// Keeps the fragment in step.
pub struct Address {
    written: String,
    written_at: f64,
    wanted: Option<String>,
    // whether what is wanted makes a history entry of its own
    entry: bool,
    changed_at: f64,
}

impl Address {
    /// What the address holds now, as the page was opened.
    pub fn new() -> Self {
        let long_ago = f64::NEG_INFINITY;
        Self { written: fragment(), written_at: long_ago, wanted: None, entry: false, changed_at: long_ago }
    }

    /// The fragment as the browser has it now: what was written, or what the reader made of it.
    pub fn fragment(&mut self) -> String {
        self.written = fragment();
        self.written.clone()
    }

    /// Another Spec is shown, as `fragment` says: the first of a series of changes makes a history entry, which the others
    /// replace.
    pub fn change(&mut self, fragment: String, now: f64) {
        self.entry |= now - self.changed_at >= SETTLED;
        self.changed_at = now;
        self.wanted = Some(fragment);
        self.settle(now);
    }

    /// Another moment of the same run is shown: no entry of its own.
    pub fn move_on(&mut self, fragment: String) {
        if self.wanted.is_some() || fragment != self.written {
            self.wanted = Some(fragment);
        }
    }

    /// Holds `fragment` at once: it says the same as the address it replaces.
    pub fn mend(&mut self, fragment: String) {
        (self.wanted, self.entry) = (None, false);
        self.write(&fragment, false);
    }

    /// Whether something is still to be written.
    pub fn is_pending(&self) -> bool {
        self.wanted.is_some()
    }

    /// Writes what is wanted, unless the last time was just now.
    pub fn settle(&mut self, now: f64) {
        if now - self.written_at >= SPACING
            && let Some(fragment) = self.wanted.take()
        {
            self.written_at = now;
            let entry = std::mem::take(&mut self.entry);
            self.write(&fragment, entry);
        }
    }

    fn write(&mut self, fragment: &str, entry: bool) {
        if fragment == self.written {
            return;
        }
        let history = window().history().expect("a window has a history");
        let address = format!("#{fragment}");
        let written = if entry {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
        };
        // A browser that refuses (a page opened from a file, too many changes) keeps the old address.
        if written.is_ok() {
            self.written = fragment.to_owned();
        }
    }
}

fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}
