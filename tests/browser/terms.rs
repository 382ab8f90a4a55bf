//! What explains itself where it stands: terms, marks on the tracks, what was asked for and what was reached.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use super::page::Page;

/// The note, where it is shown: its words, whether it lies inside the window, and whether the term that it explains is
/// described by it.
const NOTE: &str = "
const note = document.getElementById('note');
if (!note.matches(':popover-open')) return ['', true, false];
const { left, top, right, bottom } = note.getBoundingClientRect();
const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
return [note.textContent, inside, document.querySelector('[aria-describedby=note]') !== null];";

/// The middle of an element's first line, once it has been scrolled to.
const MIDDLE: &str = "
const element = document.querySelector(arguments[0]);
element.scrollIntoView({ block: 'center' });
const { left, top, width, height } = element.getClientRects()[0];
return [left + width / 2, top + height / 2];";

/// The terms that are to be seen.
const SEEN: &str =
    "[...document.querySelectorAll('button.term')].filter(e => e.checkVisibility() && e.getClientRects()[0])";
/// Taps each of them twice; gives how many there are, and those that explain nothing at the first tap, do so beyond the
/// window, or go on after the second.
const TAP_EACH: &str = "
const note = document.getElementById('note');
const wrong = [];
const terms = seen();
for (const term of terms) {
  term.scrollIntoView({ block: 'center' });
  term.click();
  const { left, top, right, bottom } = note.getBoundingClientRect();
  if (!note.matches(':popover-open') || !note.textContent) wrong.push(`${term.dataset.term} explains nothing`);
  if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) wrong.push(`${term.dataset.term} lies outside`);
  await new Promise(requestAnimationFrame);
  term.click();
  if (note.matches(':popover-open')) wrong.push(`${term.dataset.term} stays`);
}
return [terms.length, wrong];";

fn note(page: &Page) -> Result<String> {
    let (text, inside, _): (String, bool, bool) = page.script(NOTE, &[])?;
    ensure!(inside, "“{text}” reaches beyond the window");
    Ok(text)
}

fn middle(page: &Page, selector: &str) -> Result<(f64, f64)> {
    page.script(MIDDLE, &[json!(selector)])
}

fn explains(page: &Page, beginning: &str, by: &str) -> Result<()> {
    let (text, inside, described): (String, bool, bool) = page.script(NOTE, &[])?;
    ensure!(text.starts_with(beginning), "{by}, the note says “{text}”");
    ensure!(inside && described, "{by}: inside {inside}, described {described}");
    Ok(())
}

pub fn terms_explain_themselves_on_hover_and_focus(page: &Page) -> Result<()> {
    page.open("v=1&r=3&N=60&K=2&d=10&seed=1")?;
    // What is written until then moves the lines below it.
    page.until_all_is_computed()?;
    let band = "button[data-term=band]";
    page.point_at(middle(page, band)?)?;
    explains(page, "bandMeasured: the distance", "under the pointer")?;
    // The pointer may go over to the note.
    let on_note: (f64, f64) = page.script(
        "const { left, top, width, height } = document.getElementById('note').getBoundingClientRect();
         return [left + width / 2, top + height / 2];",
        &[],
    )?;
    page.point_at(on_note)?;
    explains(page, "band", "with the pointer on the note")?;
    page.press(Key::Escape)?;
    ensure!(note(page)?.is_empty(), "Escape leaves the note");
    page.point_at((2.0, 2.0))?;

    // One stop of the Tab key for the terms of a picture, from which arrow keys go on; no step is made.
    page.script::<()>("document.querySelector('#play').focus()", &[])?;
    page.script::<()>("document.querySelector('#error-region button.term').focus()", &[])?;
    page.press(Key::Right)?;
    explains(page, "oracle", "after the arrow key")?;
    let step: String = page.script("return document.getElementById('clock-t').textContent", &[])?;
    ensure!(step == "0", "an arrow key among the terms made a step");
    page.press(Key::Escape)?;
    ensure!(note(page)?.is_empty(), "Escape leaves the note of a focused term");
    Ok(())
}

pub fn terms_explain_themselves_by_taps_on_phones(page: &Page) -> Result<()> {
    page.open("v=1&r=3&N=60&K=2&d=10&seed=1")?;
    page.until_all_is_computed()?;
    for (width, height) in [(390, 844), (320, 640)] {
        page.emulate_screen(width, height, 2.0)?;
        let (terms, wrong): (usize, Vec<String>) =
            page.script(&format!("const seen = () => {SEEN};{TAP_EACH}"), &[])?;
        ensure!(terms > 8, "only {terms} terms can be tapped at {width} px");
        ensure!(wrong.is_empty(), "at {width} px: {wrong:?}");
    }
    Ok(())
}

pub fn marks_tell_what_they_mean_and_where_it_comes_from(page: &Page) -> Result<()> {
    page.open("v=1&r=20&N=500&K=5&T=1200&seed=1")?;
    page.wait_for("β*", "return document.getElementById('beta-told').textContent !== ''")?;
    let told = |key: &str| {
        page.script::<String>(
            "return document.getElementById(arguments[0]).textContent",
            &[json!(format!("{key}-told"))],
        )
    };
    for (key, provenance) in [
        ("r", "Calibrated here"),
        ("N", "Calibrated here"),
        ("K", "Calibrated here"),
        ("beta", "Theory for this sample"),
        ("eta", "Theory for this sample"),
    ] {
        let told = told(key)?;
        ensure!(told.contains(provenance), "{key}: {told}");
    }
    page.point_at(middle(page, "#N-marks .says")?)?;
    let (text, inside, _): (String, bool, bool) = page.script(NOTE, &[])?;
    ensure!(text.starts_with("Calibrated here: enough samples by (8) from") && inside, "the mark says “{text}”");
    Ok(())
}

pub fn the_reached_width_is_shown_and_the_ask_comes_back(page: &Page) -> Result<()> {
    page.open("v=1&r=40&overlap=disjoint&seed=1")?;
    let shown = || -> Result<(String, String)> {
        page.script(
            "return [document.getElementById('r-box').value, document.getElementById('r-marks').textContent]",
            &[],
        )
    };
    let (reached, marks) = shown()?;
    ensure!(reached == "7.2" && marks.contains("40\u{a0}asked"), "{reached}, {marks}");

    page.open("v=1&r=80&seed=1")?;
    page.click("#more summary")?;
    let type_d = |value: &str| -> Result<()> {
        page.script(
            "const box = document.getElementById('d-box'); box.value = arguments[0];
             box.dispatchEvent(new Event('change', { bubbles: true }));",
            &[json!(value)],
        )
    };
    type_d("50")?;
    page.wait_for("a clamped r̃", "return document.getElementById('r-box').value === '50'")?;
    type_d("100")?;
    page.wait_for("the ask again", "return document.getElementById('r-box').value === '80'")?;

    // What the hint says holds at the opening run; elsewhere it is not given.
    let seen = "return getComputedStyle(document.getElementById('hint')).visibility";
    page.open("v=1&r=1&seed=1")?;
    ensure!(page.script::<String>(seen, &[])? == "hidden", "at r̃ = 1 it cannot be dragged to the left");
    page.open("")?;
    ensure!(page.script::<String>(seen, &[])? == "visible", "nothing says what to drag");
    page.script::<()>("document.getElementById('r-slider').focus()", &[])?;
    page.press(Key::Left)?;
    page.wait_for("no hint", "return getComputedStyle(document.getElementById('hint')).visibility === 'hidden'")
}
