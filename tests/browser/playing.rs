//! The transport: play, pause, step, reset.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use super::page::Page;

/// The relative error that the paper calls success.
const FOUND: f64 = 1e-4;

/// The last relative error of the chart's table, in full.
fn error_now(page: &Page) -> Result<f64> {
    page.wait("a relative error in the open table", || {
        let cell: Option<String> =
            page.script("return document.querySelector('#error-table tr:last-child td:last-child')?.title", &[])?;
        Ok(cell.and_then(|text| text.parse().ok()))
    })
}

pub fn a_run_plays_pauses_steps_and_ends_near_the_oracle(page: &Page) -> Result<()> {
    let start = page.open("")?;
    ensure!((start.step(), start.button.as_str()) == (0, "Play"), "it opens as {start:?}");
    page.click("#error-region details.data summary")?;
    let at_start = error_now(page)?;

    page.click("#play")?;
    page.until("20 steps", |shown| shown.step() >= 20)?;
    page.click("#play")?;
    // Steps that were under way still come, so the address waits until all has settled.
    let held = page.until("the held step in the address", |shown| {
        shown.button == "Play" && shown.fragment.contains(&format!("&t={}&digest={}", shown.t, shown.digest))
    })?;
    let error = error_now(page)?;
    ensure!(error < at_start, "after {} steps the error is {error}, from {at_start}", held.t);
    page.click("#step")?;
    let next = page.until("one step", |shown| shown.step() > held.step() && shown.digest != held.digest)?;
    ensure!(next.step() == held.step() + 1, "Step went from {} to {}", held.step(), next.step());

    page.set_speed("max")?;
    page.click("#play")?;
    let end = page.until("a sentence about the end", |shown| shown.status.starts_with("Converged to the oracle"))?;
    ensure!(end.button == "Play", "it plays on after its end: {end:?}");
    let at_end = error_now(page)?;
    ensure!(at_end < FOUND, "it ended at the relative error {at_end}: {end:?}");
    Ok(())
}

pub fn reset_replays_the_same_numbers(page: &Page) -> Result<()> {
    page.open("v=1&seed=1&t=100")?;
    let first = page.until("t = 100 and its forecast", |shown| {
        shown.step() == 100 && shown.fragment.contains("&digest=") && shown.status.contains("predicts")
    })?;
    page.set_speed("max")?;
    page.click("#play")?;
    let end = page.until("the end", |shown| shown.status.starts_with("Converged"))?;
    page.click("#reset")?;
    let start =
        page.until("t = 0 after Reset", |shown| shown.step() == 0 && shown.status.starts_with("At the start"))?;
    ensure!(start.button == "Play", "Reset plays: {start:?}");

    // → with Shift goes ten steps at a time.
    page.script::<()>("document.getElementById('disc-canvas').focus()", &[])?;
    for step in 1..=10 {
        page.press_with_shift(Key::Right)?;
        page.until("ten more steps", |shown| shown.step() == 10 * step)?;
    }
    page.until(&format!("what was shown before: {first:?}"), |shown| *shown == first)?;
    page.click("#play")?;
    let ended = page.until("the end again", |shown| shown.status.starts_with("Converged"))?;
    ensure!(ended.digest == end.digest && ended.t == end.t, "the end was\n  {end:?}\nand is\n  {ended:?}");
    Ok(())
}
