//! The transport: play, pause, step, reset.

use anyhow::{Result, ensure};

use super::page::Page;

/// The relative error that the paper calls success.
const FOUND: f64 = 1e-4;

/// The last relative error of the chart's table, in full.
fn error_now(page: &Page) -> Result<f64> {
    page.wait("a relative error in the open table", || {
        let cell: Option<String> =
            page.script("return document.querySelector('#error-table tr:last-child td:last-child')?.textContent", &[])?;
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
    let paused = page.until("a pause", |shown| shown.button == "Play")?;
    page.click("#step")?;
    // A reply that was under way may still have come after the click.
    let stepped =
        page.until("one step after the pause", |shown| shown.step() > paused.step() && !shown.digest.is_empty())?;
    let held = page.until("the held step in the address", |shown| shown.fragment.contains("&digest="))?;
    ensure!(held.step() == stepped.step(), "one step after {paused:?} came {stepped:?} and then {held:?}");
    ensure!(error_now(page)? < at_start, "the error did not fall from {at_start}");
    page.click("#step")?;
    let next = page.until("one step", |shown| shown.step() > held.step())?;
    ensure!(next.step() == held.step() + 1, "Step went from {} to {}", held.step(), next.step());

    page.set_speed("max")?;
    page.click("#play")?;
    let end = page.until("the end of the run", |shown| shown.button == "Play" && shown.step() > next.step())?;
    let end = page
        .until("a sentence about the end", |shown| shown.status.starts_with("Converged to the oracle"))
        .or_else(|error| Err(error.context(format!("it ended as {end:?}"))))?;
    let at_end = error_now(page)?;
    ensure!(at_end < FOUND, "it ended at the relative error {at_end}: {end:?}");
    Ok(())
}

pub fn reset_replays_the_same_numbers(page: &Page) -> Result<()> {
    let first = page.open("v=1&seed=1&t=100")?;
    let first = if first.step() == 100 { first } else { page.until("t = 100", |shown| shown.step() == 100)? };
    let first = page.until("its digest", |shown| shown.fragment.contains("&digest=")).map(|shown| (first, shown).1)?;
    page.click("#reset")?;
    page.until("t = 0 again", |shown| shown.step() == 0 && shown.digest != first.digest)?;
    page.set_speed("max")?;
    page.click("#play")?;
    page.until("the end", |shown| shown.step() > 200 && shown.button == "Play")?;
    page.click("#reset")?;
    page.until("t = 0 after the end", |shown| shown.step() == 0 && shown.button == "Play")?;
    // Shift and → go ten steps at a time.
    page.script::<()>("document.activeElement.blur()", &[])?;
    for _ in 0..100 {
        page.click("#step")?;
    }
    let again = page.until("t = 100 again", |shown| shown.step() == 100 && shown.digest == first.digest)?;
    ensure!(again.error == first.error, "the error at t = 100 was {} and is now {}", first.error, again.error);
    Ok(())
}
