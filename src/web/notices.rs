//! The boxes for sentences about what was mended, about a link from elsewhere, and about failures.

use web_sys::{Element, HtmlElement};

use super::dom::{append, by_id, create, document, set_attribute, set_text};
use crate::session::notices::folded;

/// The sentences about a bad link or value; without any the box is not to be seen. It stays in the page all the same:
/// screen readers tell what comes into a box that they know.
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
    let (first, further) = folded(sentences);
    append(&holder, &list(first));
    if let Some((words, further)) = further {
        let details: Element = create("details", "");
        let summary: Element = create("summary", "");
        summary.set_text_content(Some(&words));
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

/// Says, beside the digest, whether it is the link's: in words, or by their sign alone where these have no room.
pub fn show_comparison(verdict: &str) {
    let comparison: Element = by_id("comparison");
    set_text(&comparison, verdict);
    set_attribute(&comparison, "title", verdict);
    set_attribute(&comparison, "data-sign", verdict.matches(['✓', '✗']).next().unwrap_or_default());
}

/// Says this to who cannot see the page. In a node of its own: the same words in the same node would be read out once.
pub fn announce(sentence: &str) {
    let region: Element = by_id("announcements");
    region.set_text_content(None);
    region.set_text_content(Some(sentence));
}

/// Says that something failed that the reader should know of; `may_go` where the reader can send the sentence away.
pub fn show_failure(sentence: &str, may_go: bool) {
    let alert: Element = by_id("failure");
    set_text(&alert, sentence);
    show_button(may_go);
    alert.remove_attribute("hidden").expect("the attribute has a name");
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
