//! Sentences about what was mended, about a link from elsewhere, and about failures.

use web_sys::{Element, HtmlElement};

use super::dom::{append, by_id, create, document, set_text};
use crate::link::Link;

/// Sentences that are shown without asking for more.
const FEW_NOTICES: usize = 2;

/// The sentences about a bad link or value, the further ones folded; without any the box is not to be seen. It stays in
/// the page all the same: screen readers tell what comes into a box that they know.
pub fn show_notices(sentences: &[String]) {
    let holder: Element = by_id("notices");
    // The button that hides them goes with them, and must not take the focus along.
    let dismiss: Element = by_id("dismiss-notices");
    if sentences.is_empty() {
        move_focus_from(&dismiss);
    }
    holder.set_text_content(None);
    if sentences.is_empty() {
        return;
    }
    let list = |sentences: &[String]| {
        let list: Element = create("ul", "");
        for sentence in sentences {
            let item: Element = create("li", "");
            item.set_text_content(Some(sentence));
            append(&list, &item);
        }
        list
    };
    let (first, further) = sentences.split_at(sentences.len().min(FEW_NOTICES));
    append(&holder, &list(first));
    if !further.is_empty() {
        let details: Element = create("details", "");
        let summary: Element = create("summary", "");
        summary.set_text_content(Some(&format!("and {} more", further.len())));
        append(&details, &summary);
        append(&details, &list(further));
        append(&holder, &details);
    }
}

fn move_focus_from(button: &Element) {
    if document().active_element().as_ref() == Some(button) {
        // Refused only by a browser that has no focus to give.
        let _ = by_id::<HtmlElement>("lab").focus();
    }
}

/// Beside the digest: whether this is what the sender of the link saw; nothing where the link did not say.
pub fn show_comparison(sent: Option<&Link>, digest: &str) {
    let verdict = match sent.and_then(|sent| sent.digest.as_ref()) {
        None => "",
        Some(theirs) if theirs == digest => "same ✓ as the link",
        Some(_) => "differs ✗ from link",
    };
    set_text(&by_id::<Element>("comparison"), verdict);
}

/// In what this moment differs from what the sender of the link saw, if it does.
pub fn mismatch(sent: &Link, digest: &str) -> Option<String> {
    let theirs = sent.digest.as_ref().filter(|theirs| *theirs != digest)?;
    let made = sent.made.as_deref().unwrap_or("unknown");
    Some(format!(
        "The link’s digest of this moment is {}, made by version {made}; here it is {}, by version {}: not the same bits.",
        in_fours(theirs),
        in_fours(digest),
        env!("CARGO_PKG_VERSION")
    ))
}

/// A digest in groups of four digits.
pub fn in_fours(digest: &str) -> String {
    let groups: Vec<&str> = [0, 4, 8, 12].iter().filter_map(|at| digest.get(*at..at + 4)).collect();
    groups.join(" ")
}

/// Says that something failed that the reader should know of.
pub fn show_failure(sentence: &str) {
    let alert: Element = by_id("failure");
    set_text(&alert, sentence);
    show_button(true);
    alert.remove_attribute("hidden").expect("the attribute has a name");
}

/// The sentence about a failure cannot be sent away: nothing works any more.
pub fn keep_failure() {
    show_button(false);
}

/// Takes back what was said of a failure.
pub fn hide_failure() {
    let alert: Element = by_id("failure");
    if alert.has_attribute("hidden") {
        return;
    }
    move_focus_from(&by_id("dismiss-failure"));
    set_text(&alert, "");
    show_button(false);
    alert.set_attribute("hidden", "").expect("the attribute has a name");
}

fn show_button(shown: bool) {
    by_id::<Element>("dismiss-failure")
        .toggle_attribute_with_force("hidden", !shown)
        .expect("the attribute has a name");
}
