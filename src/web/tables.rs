//! The pictures' data as tables, filled where they are open.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement};

use super::dom::{append, by_id, create, set_attribute};
use crate::session::tables::{Cell, Table};

/// Fills the table of a picture if it is open.
pub fn show(picture: &str, table: impl Fn() -> Table) {
    let holder: Element = by_id(&format!("{picture}-table"));
    let details = holder.parent_element().and_then(|details| details.dyn_into::<HtmlDetailsElement>().ok());
    if details.is_none_or(|details| !details.open()) {
        return;
    }
    let Table { columns, rows } = table();
    let shown: Element = create("table", "");
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
    let (head, body): (Element, Element) = (create("thead", ""), create("tbody", ""));
    append(&head, &line("th", columns.into_iter().map(Cell::from).collect()));
    for row in rows {
        append(&body, &line("td", row));
    }
    append(&shown, &head);
    append(&shown, &body);
    holder.replace_children_with_node_1(&shown);
}
