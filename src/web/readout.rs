//! What the reader points at in a picture, beside it and as the value of the picture.

use web_sys::Element;

use super::dom::{by_id, set_attribute, set_text};
use crate::session::readout::Readout;

/// Shows what is chosen in a picture.
pub fn show(picture: &str, readout: &Readout) {
    set_text(&by_id::<Element>(&format!("{picture}-readout")), &readout.text);
    let canvas: Element = by_id(&format!("{picture}-canvas"));
    let (now, most) = readout.value();
    set_attribute(&canvas, "aria-valuemax", &most.to_string());
    set_attribute(&canvas, "aria-valuenow", &now.to_string());
    set_attribute(&canvas, "aria-valuetext", readout.spoken());
}
