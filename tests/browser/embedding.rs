//! A page that embeds the lab drives it and listens to it: the example that lecturers are given.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::page::Page;
use super::server::Server;

const EXAMPLE: &str = include_str!("../../examples/embedding.html");
const NAME: &str = "embedding.html";

/// The example with the lab at this address.
fn example(lab: &str) -> Result<String> {
    let place = "const LAB = \"https://example.org/lab/\";";
    ensure!(EXAMPLE.matches(place).count() == 1, "the example has not one {place}");
    Ok(EXAMPLE.replace(place, &format!("const LAB = \"{lab}\";")))
}

fn put(server: &Server, text: String) {
    server.set_changed(BTreeMap::from([(NAME.to_owned(), text)]));
}

/// The state that the page around was told last; null before.
fn told(page: &Page) -> Result<Value> {
    page.script("return JSON.parse(document.getElementById('state').textContent || 'null')", &[])
}

fn until_told(page: &Page, what: &str, condition: impl Fn(&Value) -> bool) -> Result<Value> {
    page.wait(what, || Ok(Some(told(page)?).filter(&condition)))
}

/// Whether this is r̃ of its mask, which (5) gives with rounding.
fn has_width(state: &Value, width: f64) -> bool {
    state["effective_width"].as_f64().is_some_and(|told| (told - width).abs() < 1e-9)
}

fn press(page: &Page, name: &str) -> Result<()> {
    page.script(
        "[...document.querySelectorAll('[data-message]')].find(button => button.textContent.startsWith(arguments[0])).click()",
        &[name.into()],
    )
}

pub fn a_page_around_the_lab_drives_it_and_is_told_what_it_shows(page: &Page) -> Result<()> {
    put(page.server, example("./")?);
    page.visit_beside(NAME)?;
    let first = until_told(page, "the first state", |state| state["settled"] == true)?;
    ensure!(first["step"] == 0 && first["link"] == "v=1&seed=1&T=1200&embed=1", "it is told {first}");
    let entries: u32 = page.script("return history.length", &[])?;
    press(page, "r̃ = 80")?;
    until_told(page, "another width", |state| state["settled"] == true && has_width(state, 80.0))?;
    press(page, "r̃ = 20")?;
    until_told(page, "a run beside it", |state| {
        state["settled"] == true && state["link"] == "v=1&r=20&seed=1&T=1200&twin=dense&embed=1"
    })?;
    press(page, "Play")?;
    until_told(page, "the way", |state| state["playing"] == true && state["step"].as_u64() > Some(0))?;
    let end = until_told(page, "the end", |state| state["finished"] == true && state["settled"] == true)?;
    // What is told is what the frame shows.
    page.wait("the same digest and the same link in the frame", || {
        let shown: (String, String) = page.script(
            "const { document, location } = document_of_frame();
             return [document.getElementById('digest').textContent.replaceAll(' ', ''), location.hash.slice(1)];
             function document_of_frame() { return window.document.getElementById('lab').contentWindow; }",
            &[],
        )?;
        Ok((end["digest"] == shown.0 && end["link"] == shown.1).then_some(()))
    })?;
    press(page, "t = 100")?;
    until_told(page, "a step that was passed", |state| state["step"] == 100 && state["settled"] == true)?;
    press(page, "A mistake")?;
    page.wait_for(
        "a sentence about it",
        "return document.getElementById('words').textContent.startsWith('r̃ (effective width) is 5000, but must be a number from 1 to 100')",
    )?;
    let after: u32 = page.script("return history.length", &[])?;
    ensure!(after == entries, "there are {after} entries in the history instead of {entries}");
    Ok(())
}

pub fn another_origin_drives_where_the_address_names_it_and_is_told_nothing_where_not(page: &Page) -> Result<()> {
    let slides = Server::start(Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"))?;
    let text = example(&page.server.page())?;
    put(&slides, text.clone());
    let address = format!("{}{NAME}", slides.page());
    page.visit_address(&address)?;
    until_told(page, "the first state", |state| state["settled"] == true)?;
    press(page, "r̃ = 80")?;
    until_told(page, "another width", |state| has_width(state, 80.0))?;
    page.assert_complaints_only_of("nothing at all")?;

    // The same slides, with another origin in the frame's address.
    let other = text.replace("encodeURIComponent(location.origin)", "\"https://slides.example\"");
    ensure!(other != text, "the example names its origin otherwise");
    put(&slides, other);
    page.visit_address(&address)?;
    page.script::<()>("setInterval(() => send({ listen: true, set: { r: 80 } }), 100)", &[])?;
    page.wait("a word of refusal in the console", || {
        let complaints = page.take_complaints()?;
        Ok(complaints
            .iter()
            .any(|told| told.contains("does not follow messages of") && told.contains("?driver="))
            .then_some(()))
    })?;
    let words: String = page.script("return document.getElementById('words').textContent", &[])?;
    ensure!(words == "The lab is being loaded." && told(page)?.is_null(), "the slides are told {words}");
    // What the slides asked of their own host is not the lab's.
    page.visit("")?;
    page.assert_complaints_only_of("postMessage")?;
    page.take_requests().map(drop)
}
