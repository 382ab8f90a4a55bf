//! The words beside the pictures: status line, lights, captions, δ, the terms of r̃, tables and text alternatives.

use web_sys::{Element, HtmlDetailsElement};

use super::dom::{by_id, create, set_attribute, set_text};
use super::run::Run;
use crate::link::Link;
use crate::network::Mask;
use crate::notation::scientific;
use crate::spec::Spec;
use crate::theory::calibration::{KAPPA, kappa};
use crate::theory::{Light, State};
use crate::trials::{Outcome, Probe, Radius};

/// Rows of a table at most; longer data are thinned out evenly.
const MOST_ROWS: usize = 40;

/// The four lights, or that they wait for their numbers.
pub fn show_lights(run: &Run) {
    let lights = run.forecast.as_ref().map(|forecast| &forecast.lights);
    let show = |id: &str, light: Option<&Light>| {
        let item: Element = by_id(id);
        let (state, verdict) = match light.map(|light| light.state) {
            None => ("waiting", "…"),
            Some(state @ State::Met) => ("met", state.words()),
            Some(state @ State::NotMet) => ("not-met", state.words()),
            Some(state @ State::Unknown) => ("unknown", state.words()),
        };
        set_attribute(&item, "data-state", state);
        let part = |class: &str| item.query_selector(class).ok().flatten().expect("a light has its parts");
        set_text(&part(".verdict"), verdict);
        set_text(&part(".sentence"), light.map_or("being computed", |light| &light.sentence));
    };
    show("light-mask", lights.map(|lights| &lights.accurate_mask));
    show("light-curvature", lights.map(|lights| &lights.curvature));
    show("light-start", lights.map(|lights| &lights.start));
    show("light-samples", lights.map(|lights| &lights.samples));
}

/// δ: a K × K table of the features that two neurons share.
pub fn show_delta(mask: &Mask) {
    let table: Element = create("table", "");
    set_attribute(&table, "aria-label", "Features that each two neurons share");
    let body: Element = create("tbody", "");
    for j in 0..mask.neurons() {
        let row: Element = create("tr", "");
        for k in 0..mask.neurons() {
            let cell: Element = create("td", "");
            let shared = mask.shared(j, k);
            let narrower = mask.width(j).min(mask.width(k)).max(1);
            // 0: none; 4: all of the narrower support.
            let level = (4 * shared).div_ceil(narrower);
            set_attribute(&cell, "data-level", &level.to_string());
            cell.set_text_content(Some(&shared.to_string()));
            append(&row, &cell);
        }
        append(&body, &row);
    }
    append(&table, &body);
    by_id::<Element>("delta").replace_children_with_node_1(&table);
}

/// The terms of r̃ (5) in numbers.
pub fn show_width(run: &Run) {
    let mask = &run.mask;
    let neurons = mask.neurons();
    let pairs = neurons * (neurons - 1) / 2;
    let overlapping =
        (0..neurons).flat_map(|j| (0..j).map(move |k| (j, k))).filter(|(j, k)| mask.overlap(*j, *k)).count();
    let widths = (0..neurons).map(|j| mask.width(j));
    let (least, most) = (widths.clone().min().unwrap_or(0), widths.max().unwrap_or(0));
    let r_j = if least == most { format!("rⱼ = {least}") } else { format!("rⱼ = {least} … {most}") };
    let k2 = (neurons * neurons) as f64;
    let sum = (8.0 * k2 * k2 * run.effective_width).sqrt();
    let overlap = match overlapping {
        _ if pairs == 0 => "one neuron".to_owned(),
        all if all == pairs => "every pair shares a feature".to_owned(),
        0 => "no pair shares a feature".to_owned(),
        some => format!("{some} of {pairs} pairs share a feature"),
    };
    let text = format!("= {sum:.1}² / (8 · {neurons}⁴) = {:.1};  {r_j}, {overlap}", run.effective_width);
    set_text(&by_id::<Element>("width-sum"), &text);
}

/// The caption under the disc: where ring and band come from.
pub fn show_disc_caption(run: &Run, probes: &[Probe], radius: Radius, stale: bool) {
    let ring = match (run.theory_radius, kappa(run.spec.neurons)) {
        (Some(radius), Some(kappa)) => {
            format!("Dotted ring: the theory’s trend 1 − √(κ r̃/N) = {radius:.2}, κ = {kappa:.1} calibrated here.")
        }
        _ => {
            let (first, last) = (KAPPA.first().map_or(0, |row| row.neurons), KAPPA.last().map_or(0, |row| row.neurons));
            format!("No ring: κ is calibrated for K from {first} to {last}.")
        }
    };
    let band = match (probes.len(), stale) {
        (0, _) => "Band: starts from which half succeed; probes are on their way.".to_owned(),
        (_, true) => "Faded: probes of the setting before; new ones are on their way.".to_owned(),
        (count, false) => format!("Band, measured: half of the starts succeed at {radius}, by {count} probes."),
    };
    set_text(&by_id::<Element>("disc-caption"), &format!("{ring} {band}"));
}

/// The text alternatives of the pictures.
pub fn show_texts(run: &Run, probes: &[Probe], radius: Radius) {
    let standing = run.standing();
    let error = standing.map_or(String::new(), |standing| {
        let first = scientific(run.relative_error[0]);
        let now = scientific(standing.relative_error);
        format!("A curve from {first} at iteration 0 to {now} at iteration {}.", standing.step)
    });
    set_text(&by_id::<Element>("error-text"), &error);
    let count = |outcome| probes.iter().filter(|probe| probe.outcome == outcome).count();
    let disc = format!(
        "{} probes: {} succeeded, {} stopped elsewhere, {} reached the step cap. Measured radius: {radius}.",
        probes.len(),
        count(Outcome::Success),
        count(Outcome::StoppedElsewhere),
        count(Outcome::StepCap)
    );
    set_text(&by_id::<Element>("disc-text"), &disc);
    let (mask, Spec { dimension, .. }) = (&run.mask, &run.spec);
    let text = format!(
        "{} neurons of {dimension} features; {} weights kept, none missed, none extra.",
        mask.neurons(),
        mask.weights()
    );
    set_text(&by_id::<Element>("mask-text"), &text);
}

/// Fills the table of a picture if it is open.
pub fn show_table(name: &str, columns: &[&str], rows: impl ExactSizeIterator<Item = Vec<String>>) {
    let holder: Element = by_id(&format!("{name}-table"));
    let open = holder.parent_element().is_some_and(|details| {
        wasm_bindgen::JsCast::dyn_into::<HtmlDetailsElement>(details).is_ok_and(|details| details.open())
    });
    if !open {
        return;
    }
    let table: Element = create("table", "");
    let line = |tag: &str, cells: &[String]| {
        let row: Element = create("tr", "");
        for text in cells {
            let cell: Element = create(tag, "");
            cell.set_text_content(Some(text));
            append(&row, &cell);
        }
        row
    };
    let head: Element = create("thead", "");
    append(&head, &line("th", &columns.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()));
    let body: Element = create("tbody", "");
    let count = rows.len();
    let every = count.div_ceil(MOST_ROWS).max(1);
    for (i, row) in rows.enumerate() {
        if i % every == 0 || i + 1 == count {
            append(&body, &line("td", &row));
        }
    }
    append(&table, &head);
    append(&table, &body);
    holder.replace_children_with_node_1(&table);
}

/// The three tables, where open.
pub fn show_tables(run: &Run, probes: &[Probe]) {
    let errors = run.relative_error.iter().enumerate();
    show_table("error", &["iteration t", "relative error"], errors.map(|(t, e)| vec![t.to_string(), format!("{e:e}")]));
    let outcome = |probe: &Probe| match probe.outcome {
        Outcome::Success => "success",
        Outcome::StoppedElsewhere => "stopped elsewhere",
        Outcome::StepCap => "step cap",
    };
    let row = |probe: &Probe| {
        vec![(probe.index + 1).to_string(), format!("{:.3}", probe.distance), outcome(probe).to_owned()]
    };
    show_table("disc", &["probe", "distance λ", "outcome"], probes.iter().map(row));
    let support = |j: usize| {
        let features: Vec<String> = run.mask.support(j).iter().map(|feature| (feature + 1).to_string()).collect();
        vec![(j + 1).to_string(), run.mask.width(j).to_string(), features.join(" ")]
    };
    show_table("mask", &["neuron", "rⱼ", "features"], (0..run.mask.neurons()).map(support));
}

/// The sentences about a bad link or value; none hides them.
pub fn show_notices(sentences: &[String]) {
    let list: Element = by_id("notices");
    list.set_text_content(None);
    for sentence in sentences {
        let item: Element = create("li", "");
        item.set_text_content(Some(sentence));
        append(&list, &item);
    }
    list.toggle_attribute_with_force("hidden", sentences.is_empty()).expect("the attribute has a name");
}

/// Beside the digest: whether this is what the sender of the link saw; nothing where the link did not say.
pub fn show_comparison(sent: Option<&Link>, digest: &str) {
    let verdict = match sent.and_then(|sent| sent.digest.as_ref()) {
        None => String::new(),
        Some(theirs) if theirs == digest => "same ✓ as in the link".to_owned(),
        Some(theirs) => {
            let made = sent.and_then(|sent| sent.made.as_deref()).unwrap_or("unknown");
            let own = env!("CARGO_PKG_VERSION");
            format!("not {}, as in the link, made by version {made}; this is {own}", grouped(theirs))
        }
    };
    set_text(&by_id::<Element>("comparison"), &verdict);
}

/// A digest in groups of four digits.
pub fn grouped(digest: &str) -> String {
    let groups: Vec<&str> = [0, 4, 8, 12].iter().filter_map(|at| digest.get(*at..at + 4)).collect();
    groups.join(" ")
}

/// Says that something failed that the reader should know of.
pub fn show_failure(sentence: &str) {
    let alert: Element = by_id("failure");
    set_text(&alert, sentence);
    alert.remove_attribute("hidden").expect("the attribute has a name");
}

fn append(parent: &Element, child: &Element) {
    parent.append_child(child).expect("an element takes children");
}
