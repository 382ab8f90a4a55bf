//! The address bar: what it holds, and what it is to hold.

use wasm_bindgen::JsValue;

use super::dom::window;
use crate::session::address::Write;

/// The fragment, without its `#`.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Writes it; false where the browser refuses.
pub fn write(write: &Write) -> bool {
    let history = window().history().expect("a window has a history");
    let address = format!("#{}", write.fragment);
    let written = if write.entry {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
    written.is_ok()
}
