//! What the reader saves.

use js_sys::Array;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

use super::dom::create;

/// The formats, as they end a file's name.
pub const FORMATS: [&str; 4] = ["csv", "json", "svg", "png"];

/// Saves a text as a file of this name and format; without one, what `canvas` shows.
pub fn save(name: &str, format: &str, text: Option<String>, canvas: &HtmlCanvasElement) {
    let name = format!("{name}.{format}");
    let address = match text {
        Some(text) => address_of(&text, kind(format)),
        None => canvas.to_data_url().ok(),
    };
    if let Some(address) = address {
        let link: HtmlAnchorElement = create("a", "");
        link.set_href(&address);
        link.set_download(&name);
        link.click();
    }
}

fn kind(format: &str) -> &'static str {
    match format {
        "csv" => "text/csv",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        _ => "image/png",
    }
}

fn address_of(text: &str, kind: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).ok()?;
    // Not revoked: some browsers read it only later, and it is small.
    Url::create_object_url_with_blob(&blob).ok()
}
