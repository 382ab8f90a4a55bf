//! What the reader saves.

use js_sys::{Array, JsString, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url,
};

use super::dom::create;
use crate::files::with_words;
use crate::session::saving::Content;
use wasm_bindgen::JsCast;

/// The formats of figures, map and search, as they end a file's name.
pub const FORMATS: [&str; 4] = ["csv", "json", "svg", "png"];
/// Pixels of a saved picture in one of its CSS pixels.
const FINE: f64 = 2.0;

/// Saves a text as a file of this name and format; without one, what `canvas` shows.
pub fn save(name: &str, format: &str, text: Option<String>, canvas: &HtmlCanvasElement) {
    let name = format!("{name}.{format}");
    match text {
        Some(text) => save_part(&name, &text.into()),
        None => save_address(&name, canvas.to_data_url().ok()),
    }
}

/// Saves a file of the run; calls `refused` if this browser does not make pixels of a picture.
pub fn save_content(name: String, content: Content, refused: impl FnOnce() + 'static) {
    match content {
        Content::Text(text) => save_part(&name, &text.into()),
        Content::Bytes(bytes) => save_part(&name, &Uint8Array::from(&bytes[..]).into()),
        Content::Pixels { svg, words } => spawn_local(async move {
            match pixels(&svg).await {
                Ok(picture) => save_part(&name, &Uint8Array::from(&with_words(picture, &words)[..]).into()),
                Err(_) => refused(),
            }
        }),
    }
}

fn save_part(name: &str, part: &JsValue) {
    save_address(name, address_of(part, kind(name)));
}

fn save_address(name: &str, address: Option<String>) {
    if let Some(address) = address {
        let link: HtmlAnchorElement = create("a", "");
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// The address under which the browser has it.
pub fn address_of(part: &JsValue, kind: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = match part.dyn_ref::<JsString>() {
        Some(_) => Blob::new_with_str_sequence_and_options(&Array::of1(part), &options),
        None => Blob::new_with_u8_array_sequence_and_options(&Array::of1(part), &options),
    };
    // Not revoked: some browsers read it only later, and it is small.
    Url::create_object_url_with_blob(&blob.ok()?).ok()
}

/// A picture of lines as the bytes of a PNG.
async fn pixels(svg: &str) -> Result<Vec<u8>, JsValue> {
    let address = address_of(&svg.into(), "image/svg+xml").ok_or(JsValue::NULL)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&address);
    JsFuture::from(image.decode()).await?;
    let (width, height) = (FINE * f64::from(image.natural_width()), FINE * f64::from(image.natural_height()));
    let canvas: HtmlCanvasElement = create("canvas", "");
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    Url::revoke_object_url(&address)?;
    // As text first, which all browsers give at once; what is before the comma says that it is a PNG in base 64.
    let text = canvas.to_data_url()?;
    let (_, text) = text.split_once(',').ok_or(JsValue::NULL)?;
    let letters = super::dom::window().atob(text)?;
    Ok(letters.chars().map(|letter| letter as u8).collect())
}
