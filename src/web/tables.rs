//! The pictures' data as tables, filled where they are open.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement};

use super::dom::{append, by_id, create, set_attribute};
use super::run::Run;
use crate::notation::{grouped, scientific};
use crate::trials::Probe;

/// Rows of a table at most; longer data are thinned out evenly.
const MOST_ROWS: usize = 40;

/// A cell: its text, and the same in full where the text is rounded.
struct Cell {
    text: String,
    full: Option<String>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, full: None }
    }
}

/// The three tables, where open.
pub fn show_tables(run: &Run, probes: &[Probe]) {
    let errors = run.relative_error.iter().enumerate();
    let row = |(t, error): (usize, &f64)| {
        vec![grouped(t).into(), Cell { text: scientific(*error), full: Some(format!("{error:e}")) }]
    };
    show_table("error", &["iteration t", "relative error"], errors.map(row));
    let row = |probe: &Probe| {
        vec![(probe.index + 1).to_string().into(), format!("{:.3}", probe.distance).into(), probe.words().into()]
    };
    show_table("disc", &["probe", "distance λ", "outcome"], probes.iter().map(row));
    let mask = &run.mask;
    let row = |j: usize| {
        let shared: Vec<String> = (0..mask.neurons()).map(|k| mask.shared(j, k).to_string()).collect();
        vec![
            (j + 1).to_string().into(),
            mask.width(j).to_string().into(),
            shared.join(", ").into(),
            Cell::from(ranges(mask.support(j))),
        ]
    };
    let shared = format!("shared with neurons 1\u{a0}to\u{a0}{}", mask.neurons());
    show_table("mask", &["neuron", "rⱼ", &shared, "features"], (0..mask.neurons()).map(row));
}

/// Features, counted from 1, with runs of neighbours as 3–7.
fn ranges(support: &[usize]) -> String {
    let runs = support.chunk_by(|feature, next| feature + 1 == *next);
    let texts: Vec<String> = runs
        .map(|run| match run {
            [one] => (one + 1).to_string(),
            [first, .., last] => format!("{}–{}", first + 1, last + 1),
            [] => String::new(),
        })
        .collect();
    texts.join(", ")
}

/// Fills the table of a picture if it is open.
fn show_table(name: &str, columns: &[&str], rows: impl ExactSizeIterator<Item = Vec<Cell>>) {
    let holder: Element = by_id(&format!("{name}-table"));
    let details = holder.parent_element().and_then(|details| details.dyn_into::<HtmlDetailsElement>().ok());
    if details.is_none_or(|details| !details.open()) {
        return;
    }
    let table: Element = create("table", "");
    let line = |tag: &str, cells: Vec<Cell>| {
        let row: Element = create("tr", "");
        for Cell { text, full } in cells {
            let cell: Element = create(tag, "");
            cell.set_text_content(Some(&text));
            if let Some(full) = full {
                set_attribute(&cell, "title", &full);
            }
            append(&row, &cell);
        }
        row
    };
    let head: Element = create("thead", "");
    append(&head, &line("th", columns.iter().map(|name| (*name).to_owned().into()).collect()));
    let body: Element = create("tbody", "");
    let count = rows.len();
    let every = count.div_ceil(MOST_ROWS).max(1);
    for (i, row) in rows.enumerate() {
        if i % every == 0 || i + 1 == count {
            append(&body, &line("td", row));
        }
    }
    append(&table, &head);
    append(&table, &body);
    holder.replace_children_with_node_1(&table);
}
