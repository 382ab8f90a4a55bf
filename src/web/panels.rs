//! The words beside the pictures, put into their elements.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom::{append, by_id, create, set_attribute, set_mathematics, set_style, set_text};
use crate::charts::mask_overlap;
use crate::language::translate;
use crate::network::Mask;
use crate::session::captions::{self, DiscCaption, LightWords};
use crate::session::delta;
use crate::session::painting::Painting;
use crate::session::pair::Pair;
use crate::session::run::Run;
use crate::session::summary::Summary;
use crate::session::tensor_start;
use crate::spec::Spec;
use crate::trials::Probe;

/// The four lights; those that are not known keep what they said of the setting before, marked as old.
pub fn show_lights(run: &Run) {
    for (id, light) in
        ["light-mask", "light-curvature", "light-start", "light-samples"].iter().zip(captions::lights(run))
    {
        let item: Element = by_id(id);
        set_attribute(&item, "data-old", if light.is_some() { "false" } else { "true" });
        let Some(LightWords { look, verdict, sentence }) = light.map(LightWords::of) else { continue };
        set_attribute(&item, "data-state", look);
        let part = |class: &str| item.query_selector(class).ok().flatten().expect("a light has its parts");
        set_text(&part(".verdict"), verdict);
        set_mathematics(&part(".sentence"), &sentence);
    }
}

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
    let writes_numbers = delta::writes_numbers(neurons, unhurried);
    for pair in delta::pairs(mask) {
        let (j, k) = pair.neurons;
        for cell in [cell(j, k), cell(k, j)] {
            set_attribute(&cell, "data-level", &pair.level.to_string());
            if writes_numbers {
                set_text(&cell, &pair.shared.to_string());
            }
        }
    }
}

/// The empty table for so many neurons.
fn delta_table(neurons: usize) -> Element {
    let table: Element = create("table", &delta::crowded(neurons));
    set_attribute(&table, "aria-label", translate(delta::LABEL));
    let heading = |scope: &str, j: usize| {
        let cell: Element = create("th", "");
        set_attribute(&cell, "scope", scope);
        cell.set_text_content(Some(&delta::heading(j)));
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

/// The terms of r̃ (5) in numbers, and how much of the inputs is kept.
pub fn show_width(run: &Run) {
    set_mathematics(&by_id::<Element>("width-sum"), &captions::width_terms(run));
    set_text(&by_id::<Element>("width-short"), &captions::width_short(run));
    set_text(&by_id::<Element>("kept"), &captions::inputs_kept(run.mask()));
    let differences = captions::differences(run.kept.agreement());
    for (i, id) in ["missed-key", "extra-key"].into_iter().enumerate() {
        let entry: HtmlElement = by_id(id);
        entry.set_hidden(differences.is_none());
        let text = differences.as_ref().map_or("", |texts| &texts[i]);
        set_text(&entry.last_element_child().expect("its words stand last"), text);
    }
}

/// The buttons of the painting: whether pointers paint, what can be taken back.
pub fn show_painting(painting: &Painting, spec: &Spec) {
    let on = if painting.on { "true" } else { "false" };
    set_attribute(&by_id::<Element>("paint"), "aria-pressed", on);
    set_attribute(&by_id::<Element>("mask-canvas"), "data-painting", on);
    // Not disabled, nor gone again: a button that has the focus would lose it.
    for (id, does_something) in [("paint-undo", painting.can_undo(spec)), ("paint-clear", !spec.painted.is_empty())] {
        let button: HtmlElement = by_id(id);
        button.set_hidden(!painting.is_used(spec));
        set_attribute(&button, "aria-disabled", if does_something { "false" } else { "true" });
    }
}

/// The words of the start from moments, beside its menu and its picture; that is there where such a start is asked for.
pub fn show_start(run: &Run) {
    for id in ["start-unfold", "start-terms"] {
        by_id::<HtmlElement>(id).set_hidden(!tensor_start::is_shown(run));
    }
    set_mathematics(&by_id::<Element>("start-note"), &tensor_start::note(run));
    set_mathematics(&by_id::<Element>("start-caption"), &tensor_start::caption(run));
    set_text(&by_id::<Element>("start-text"), &tensor_start::text(run));
}

/// The caption under the disc: what the rings are, and what the probes say. Rings that are not known keep what they said
/// of the setting before, marked as old.
pub fn show_disc_caption(caption: &DiscCaption, progress: &str) {
    let rings: Element = by_id("disc-ring");
    set_attribute(&rings, "data-old", if caption.rings.is_some() { "false" } else { "true" });
    if let Some((theorem1, theorem2)) = &caption.rings {
        set_mathematics(&by_id::<Element>("ring-theorem1"), theorem1);
        set_mathematics(&by_id::<Element>("ring-theorem2"), theorem2);
    }
    set_text(&by_id::<Element>("ring-quartiles"), &caption.quartiles);
    set_mathematics(&by_id::<Element>("disc-band"), &caption.band);
    set_text(&by_id::<Element>("disc-progress"), progress);
}

/// What there is to drag was found.
pub fn drop_hint() {
    set_attribute(&by_id::<Element>("hint"), "data-done", "true");
}

/// The key of the masks' shade.
pub fn show_shade_key() {
    set_style(&by_id("shade-key"), "background-image", &mask_overlap::key());
    set_text(&by_id::<Element>("shade-far"), &captions::shade_far());
}

/// The status line.
pub fn show_status(sentence: &str) {
    set_mathematics(&by_id::<Element>("status"), sentence);
}

/// The summary for who cannot see the page.
pub fn show_summary(summary: &Summary) {
    set_text(&by_id::<Element>("summary-now"), &summary.now);
    set_text(&by_id::<Element>("summary-hint"), summary.hint);
}

/// What the theorem promises, and the text alternatives of the pictures.
pub fn show_texts(run: &Run, pair: Option<Pair>, probes: &[Probe]) {
    let with = |text: String, of_pair: Option<String>| match of_pair.filter(|more| !more.is_empty()) {
        Some(more) => [text, more].join(" "),
        None => text,
    };
    set_mathematics(&by_id::<Element>("promise"), &captions::promise(run));
    set_text(&by_id::<Element>("error-text"), &captions::error_text(run));
    set_text(&by_id::<Element>("disc-text"), &with(captions::disc_text(run, probes), pair.map(Pair::disc_text)));
    set_text(&by_id::<Element>("mask-text"), &with(captions::mask_text(run), pair.map(Pair::mask_text)));
}
