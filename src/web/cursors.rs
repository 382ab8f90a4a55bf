//! What the reader points at in the pictures, in words beside them. A picture that takes keys is a slider to other
//! software: these words are its value, which screen readers tell when a key changes it.

use web_sys::Element;

use super::dom::{by_id, set_attribute, set_text};
use super::run::Run;
use crate::network::Mask;
use crate::notation::{grouped, scientific};
use crate::trials::Probe;

/// The iteration under the cursor of the error chart.
pub fn show_iteration(run: &Run, cursor: Option<usize>) {
    let at = cursor.filter(|t| *t < run.relative_error.len());
    let text =
        at.map(|t| format!("t\u{a0}=\u{a0}{}: {}", grouped(t), scientific(run.relative_error[t]))).unwrap_or_default();
    show("error", at, run.step().unwrap_or(0), &text);
}

/// The probe with this number, by its place in the order of distances; gives the number back if there is such a probe.
pub fn show_probe(probes: &[Probe], index: Option<u32>) -> Option<u32> {
    let probe = index.and_then(|index| probes.iter().find(|probe| probe.index == index));
    let place = probe.map(|probe| probes.iter().filter(|other| other.distance < probe.distance).count());
    let text = probe.map(|probe| {
        let (number, outcome) = (probe.index + 1, probe.words());
        format!("probe\u{a0}{number}: λ\u{a0}=\u{a0}{:.3}, {outcome}", probe.distance)
    });
    show("disc", place, probes.len().saturating_sub(1), &text.unwrap_or_default());
    probe.map(|probe| probe.index)
}

/// The neuron that is lit.
pub fn show_neuron(mask: &Mask, lit: Option<usize>) {
    let text = lit.map(|j| format!("neuron\u{a0}{}: {}\u{a0}features", j + 1, mask.width(j))).unwrap_or_default();
    show("mask", lit, mask.neurons() - 1, &text);
}

/// Shows what is chosen in a picture: the place `value` of those from 0 to `last`, or nothing.
fn show(picture: &str, value: Option<usize>, last: usize, text: &str) {
    set_text(&by_id::<Element>(&format!("{picture}-readout")), text);
    let canvas: Element = by_id(&format!("{picture}-canvas"));
    // Where nothing is chosen the last place says nothing, and would change at each step of a run that plays.
    let (now, most) = value.map_or((0, 0), |value| (value, last));
    set_attribute(&canvas, "aria-valuemax", &most.to_string());
    set_attribute(&canvas, "aria-valuenow", &now.to_string());
    set_attribute(&canvas, "aria-valuetext", if value.is_some() { text } else { "nothing chosen" });
}
