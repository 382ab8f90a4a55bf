//! The address bar always holds what is shown: replaced while a slider moves, one history entry per settled change, so
//! that Back undoes it.

use wasm_bindgen::JsValue;

use super::dom::window;

/// Milliseconds without a change after which a change counts as settled.
const SETTLED: f64 = 400.0;

/// Keeps the fragment in step. Browsers take offence at many replacements a second, so they are spaced.
pub struct Address {
    written: String,
    wanted: Option<Wanted>,
}

struct Wanted {
    fragment: String,
    // a change of the Spec makes a history entry; a new moment of the same run does not
    entry: bool,
    since: f64,
}

impl Address {
    /// What the address holds now, as the page was opened.
    pub fn new() -> Self {
        Self { written: fragment(), wanted: None }
    }

    /// The fragment as the browser has it now: what was written, or what the reader made of it.
    pub fn fragment(&mut self) -> String {
        self.written = fragment();
        self.written.clone()
    }

    /// The address is to hold `fragment`; `entry` if Back is to undo that.
    pub fn want(&mut self, fragment: String, entry: bool, now: f64) {
        if self.wanted.is_none() && fragment == self.written {
            return;
        }
        let entry = entry || self.wanted.as_ref().is_some_and(|wanted| wanted.entry);
        self.wanted = Some(Wanted { fragment, entry, since: now });
    }

    /// Holds `fragment` at once, without a new entry: it says the same as the address it replaces.
    pub fn mend(&mut self, fragment: String) {
        self.wanted = None;
        self.write(&fragment, false);
    }

    /// Whether something is still to be written.
    pub fn is_pending(&self) -> bool {
        self.wanted.is_some()
    }

    /// Writes what is wanted once it has settled.
    pub fn settle(&mut self, now: f64) {
        if let Some(wanted) = self.wanted.take_if(|wanted| now - wanted.since >= SETTLED) {
            self.write(&wanted.fragment, wanted.entry);
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
