//! The words beside the pictures: lights, captions, δ, the terms of r̃, text
//! alternatives.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::dom::{append, by_id, create, set_attribute, set_mathematics, set_style, set_text};
use super::run::Run;
use super::status_line::Words;
use crate::charts::mask_overlap;
use crate::network::Mask;
use crate::notation::scientific;
use crate::spec::Spec;
use crate::theory::{Light, State};
use crate::trials::{
    Forecast, Outcome, Probe, kept_words, promise_sentence, quartile_words, reach_quartiles, reach_words,
    region_sentence, two_digits,
};

/// The four lights. Those of mask and samples are known at once; the others keep what they said of the setting before,
/// marked as old, until the forecast has come.
pub fn show_lights(run: &Run) {
    let lights = run.forecast.as_ref().map(|forecast| &forecast.lights);
    let show = |id: &str, light: Option<&Light>| {
        let item: Element = by_id(id);
        set_attribute(&item, "data-old", if light.is_some() { "false" } else { "true" });
        let Some(Light { state, sentence }) = light else { return };
        let key = match state {
            State::Met => "met",
            State::NotMet => "not-met",
            State::Unknown => "unknown",
        };
        set_attribute(&item, "data-state", key);
        let part = |class: &str| item.query_selector(class).ok().flatten().expect("a light has its parts");
        set_text(&part(".verdict"), state.words());
        set_mathematics(&part(".sentence"), sentence);
    };
    show("light-mask", Some(&Light::accurate_mask(&run.mask)));
    show("light-curvature", lights.map(|lights| &lights.curvature));
    show("light-start", lights.map(|lights| &lights.start));
    // Too few samples are seen at once; whether they are enough also from this sample's reach.
    let too_few = (run.spec.samples < run.mask.weights()).then(|| Light::enough_samples(&run.spec, &run.mask, None));
    show("light-samples", lights.map(|lights| &lights.samples).or(too_few.as_ref()));
}

/// Neurons from which on δ's numbers are small or hidden, and are written only now and then.
const MANY: usize = 7;

/// How many features two neurons share: a K × K table, whose numbers of columns stand below as those of the masks do. It
/// is made anew for another K only: while a slider is dragged just the shades that change are touched, and the numbers of
/// a large table only when it is `unhurried`.
pub fn show_delta(mask: &Mask, unhurried: bool) {
    let holder: Element = by_id("delta");
    let neurons = mask.neurons();
    let rows = || holder.query_selector_all("tbody tr").expect("the selector is valid");
    if rows().length() as usize != neurons {
        holder.replace_children_with_node_1(&delta_table(neurons));
    }
    let rows = rows();
    let row = |j: usize| rows.item(j as u32).expect("a row a neuron").unchecked_into::<Element>();
    let rows: Vec<Element> = (0..neurons).map(row).collect();
    let cell = |j: usize, k: usize| rows[j].children().item(k as u32 + 1).expect("a cell a neuron, after the heading");
    for (j, k) in (0..neurons).flat_map(|j| (0..=j).map(move |k| (j, k))) {
        let shared = mask.shared(j, k);
        let narrower = mask.width(j).min(mask.width(k)).max(1);
        // 0: none; 4: all of the narrower support.
        let level = (4 * shared).div_ceil(narrower).to_string();
        for cell in [cell(j, k), cell(k, j)] {
            set_attribute(&cell, "data-level", &level);
            if unhurried || neurons < MANY {
                set_text(&cell, &shared.to_string());
            }
        }
    }
}

/// The empty table for so many neurons; its classes say from which numbers on there are too many for the text.
fn delta_table(neurons: usize) -> Element {
    let crowded = (MANY..=neurons).map(|from| format!("from-{from} "));
    let table: Element = create("table", crowded.collect::<String>().trim_end());
    set_attribute(&table, "aria-label", "Features that each two neurons share");
    let heading = |scope: &str, j: usize| {
        let cell: Element = create("th", "");
        set_attribute(&cell, "scope", scope);
        cell.set_text_content(Some(&(j + 1).to_string()));
        cell
    };
    let body: Element = create("tbody", "");
    for j in 0..neurons {
        let row: Element = create("tr", "");
        append(&row, &heading("row", j));
        for _ in 0..neurons {
            append(&row, &create::<Element>("td", ""));
        }
        append(&body, &row);
    }
    let foot: Element = create("tfoot", "");
    let row: Element = create("tr", "");
    append(&row, &create::<Element>("td", ""));
    for k in 0..neurons {
        append(&row, &heading("col", k));
    }
    append(&foot, &row);
    append(&table, &body);
    append(&table, &foot);
    table
}

/// The terms of r̃ (5) in numbers.
pub fn show_width(run: &Run) {
    let mask = &run.mask;
    let neurons = mask.neurons();
    let pairs = neurons * (neurons - 1) / 2;
    let overlapping =
        (0..neurons).flat_map(|j| (0..j).map(move |k| (j, k))).filter(|(j, k)| mask.overlap(*j, *k)).count();
    let widths: Vec<String> = (0..neurons).map(|j| mask.width(j).to_string()).collect();
    let r_j = match widths.iter().all(|width| *width == widths[0]) {
        true => format!("each\u{a0}rⱼ\u{a0}=\u{a0}{}", widths[0]),
        false => format!("rⱼ\u{a0}=\u{a0}{}", widths.join(", ")),
    };
    let k2 = (neurons * neurons) as f64;
    let sum = (8.0 * k2 * k2 * run.effective_width).sqrt();
    let overlap = match overlapping {
        _ if pairs == 0 => "one neuron".to_owned(),
        all if all == pairs => "every pair shares a feature".to_owned(),
        0 => "no pair shares a feature".to_owned(),
        some => format!("{some} of\u{a0}{pairs} pairs share a feature"),
    };
    let width = run.effective_width;
    let text =
        format!("=\u{a0}{sum:.1}²\u{a0}/\u{a0}(8\u{a0}·\u{a0}{neurons}⁴)\u{a0}=\u{a0}{width:.1}; {r_j}; {overlap}");
    set_mathematics(&by_id::<Element>("width-sum"), &text);
    set_text(&by_id::<Element>("kept"), &kept_words(mask));
}

/// The caption under the disc: what the rings are, and what the probes say. The rings keep what they said of the setting
/// before, marked as old, until the forecast has come.
pub fn show_disc_caption(run: &Run, probes: &[Probe], stale: bool) {
    let rings: Element = by_id("disc-ring");
    set_attribute(&rings, "data-old", if run.forecast.is_some() { "false" } else { "true" });
    if let Some(forecast) = &run.forecast {
        set_mathematics(&by_id::<Element>("ring-theorem1"), &theorem1_words(forecast));
        set_mathematics(&by_id::<Element>("ring-theorem2"), &theorem2_words(forecast));
    }
    let quartiles = reach_quartiles(probes).filter(|_| !stale).map_or_else(String::new, |quartiles| {
        let problems = probes.iter().filter(|probe| probe.reach.is_some()).count();
        format!(", over {problems} of the probes’ problems (box) {}", quartile_words(quartiles))
    });
    set_text(&by_id::<Element>("ring-quartiles"), &quartiles);
    let band = match stale && !probes.is_empty() {
        true => "Faded: probes of the setting before; new ones are on their way.".to_owned(),
        false => region_sentence(probes, run.spec.max_steps, run.noise_floor()),
    };
    set_mathematics(&by_id::<Element>("disc-band"), &band);
}

/// R₁ in words.
fn theorem1_words(forecast: &Forecast) -> String {
    match &forecast.theorem1_radius {
        Ok(radius) => equals(&two_digits(*radius)),
        Err(reason) => format!("is not known: {reason}"),
    }
}

/// "= 0.05", or the words alone where they bring a sign of their own: "> 1.5".
fn equals(words: &str) -> String {
    if words.starts_with(['<', '>']) { words.to_owned() } else { format!("=\u{a0}{words}") }
}

/// R_T in words.
fn theorem2_words(forecast: &Forecast) -> String {
    match forecast.theorem2_reach {
        Ok(reach) => equals(&reach_words(reach)),
        Err(reason) => format!("is not known: {reason}"),
    }
}

/// What the theorem promises of this run, and what became of it.
pub fn show_promise(run: &Run) {
    let promised = run.forecast.as_ref().map(|forecast| forecast.promise(&run.spec));
    set_mathematics(&by_id::<Element>("promise"), &promise_sentence(promised, run.standing().as_ref()));
}

/// What there is to drag was found.
pub fn drop_hint() {
    set_attribute(&by_id::<Element>("hint"), "data-done", "true");
}

/// The key of the masks' shade.
pub fn show_shade_key() {
    set_style(&by_id("shade-key"), "background-image", &mask_overlap::key());
    set_text(&by_id::<Element>("shade-far"), &format!("≥\u{a0}{}", mask_overlap::FAR));
}

/// The status line.
pub fn show_status(words: Words, run: &Run) {
    let sentence = match words {
        Words::Standing(_) => run.standing().map_or(String::new(), |standing| standing.sentence()),
        Words::Training => "Training …".to_owned(),
        Words::SettingUp => "A new run is being set up …".to_owned(),
    };
    set_mathematics(&by_id::<Element>("status"), &sentence);
}

/// The text alternatives of the pictures.
pub fn show_texts(run: &Run, probes: &[Probe]) {
    let standing = run.standing();
    let error = standing.map_or(String::new(), |standing| {
        let first = scientific(run.relative_error[0]);
        let now = scientific(standing.relative_error);
        format!("A curve from {first} at iteration 0 to {now} at iteration {}.", standing.step)
    });
    set_text(&by_id::<Element>("error-text"), &error);
    let count = |outcome| probes.iter().filter(|probe| probe.outcome == outcome).count();
    let disc = format!(
        "{} probes: {} succeeded, {} stopped elsewhere or diverged, {} reached the step cap, {} of them still falling. {}",
        probes.len(),
        count(Outcome::Success),
        count(Outcome::StoppedElsewhere),
        count(Outcome::StepCap),
        probes.iter().filter(|probe| probe.outcome == Outcome::StepCap && probe.falling).count(),
        region_sentence(probes, run.spec.max_steps, run.noise_floor())
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
