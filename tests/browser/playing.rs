//! The transport: play, pause, step, reset.

use anyhow::{Result, bail, ensure};
use serde_json::json;
use thirtyfour::Key;

use super::page::{Page, Shown};

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

/// Moves the thumb of the time bar to this iteration, as a drag does.
fn slide_to(page: &Page, step: usize) -> Result<()> {
    page.script(
        "const time = document.getElementById('time'); time.value = arguments[0]; time.dispatchEvent(new Event('input'));",
        &[json!(step)],
    )
}

/// How far the middle of the thumb is from the point of the curve above it, in CSS pixels; what the bar says.
const THUMB: &str = "
const time = document.getElementById('time'), box = time.getBoundingClientRect();
const share = time.value / time.max, rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
const thumb = box.left + 0.75 * rem + share * (box.width - 1.5 * rem);
const canvas = document.getElementById('error-canvas').getBoundingClientRect();
const curve = canvas.left + (48 + share * (canvas.width / rem * 16 - 48 - 70)) * rem / 16;
return [Math.abs(thumb - curve), time.getAttribute('aria-valuetext')];";

pub fn the_time_bar_goes_through_a_run_both_ways_with_the_same_bits(page: &Page) -> Result<()> {
    page.open("v=1&seed=1&t=100")?;
    let first = page.until("the held step 100", |shown| shown.step() == 100 && shown.fragment.contains("&digest="))?;
    page.set_speed("max")?;
    page.click("#play")?;
    // With its forecast, which comes when it comes: the same sentence is waited for below.
    let end = page.until("the end", |shown| {
        shown.status.starts_with("Converged")
            && shown.status.contains("predicts")
            && shown.fragment.contains(&format!("&digest={}", shown.digest))
    })?;
    for step in [317, 100] {
        slide_to(page, step)?;
        page.until("that step at rest", |shown| {
            shown.step() == step && shown.fragment.contains(&format!("&t={step}&digest={}", shown.digest))
        })?;
    }
    let again = page.shown()?;
    ensure!((&again.digest, &again.error) == (&first.digest, &first.error), "step 100 was {first:?} and is {again:?}");
    let (apart, said): (f64, String) = page.script(THUMB, &[])?;
    ensure!(apart < 1.0 && said == format!("iteration 100 of {}", end.t), "{apart} px apart, “{said}”");
    // The keys of the page, then those of the focused bar.
    for (key, step) in [(Key::Left, 99), (Key::Home, 0), (Key::Right, 1)] {
        page.press(key)?;
        page.until("the step of a key", |shown| shown.step() == step)?;
    }
    page.script::<()>("document.getElementById('time').focus()", &[])?;
    for (key, step) in [(Key::Right, 2), (Key::End, end.step()), (Key::Left, end.step() - 1)] {
        page.press(key)?;
        page.until("the step of a key of the bar", |shown| shown.step() == step)?;
    }
    slide_to(page, 250)?;
    page.until("step 250", |shown| shown.step() == 250)?;
    page.click("#play")?;
    // Until the run has gone on, the status line may still tell of the end before.
    let ended = page.until("the end again", |shown| {
        shown.t == end.t && shown.status == end.status && shown.fragment.contains("&digest=")
    })?;
    ensure!(ended.digest == end.digest, "the end was\n  {end:?}\nand is\n  {ended:?}");
    Ok(())
}

/// Notes clock and status line at each frame from now on.
pub const WATCH: &str = "
window.watched = [];
const text = id => document.getElementById(id).textContent;
const look = () => {
  watched.push([performance.now(), text('clock-t'), text('status')]);
  requestAnimationFrame(look);
};
look();";

/// The notes: milliseconds, clock, status line.
pub fn watched(page: &Page) -> Result<Vec<(f64, String, String)>> {
    page.script("return watched", &[])
}

/// Whether the status line tells the end at the step cap.
fn has_ended(shown: &Shown) -> bool {
    shown.step() == 400 && shown.status.contains("400\u{a0}steps")
}

pub fn the_status_line_tells_no_other_moment_than_the_clock(page: &Page) -> Result<()> {
    page.open("v=1&seed=1&T=400")?;
    page.until_all_is_computed()?;
    page.script::<()>(WATCH, &[])?;
    page.click("#play")?;
    page.until("30 steps", |shown| shown.step() >= 30)?;
    page.set_speed("1000")?;
    page.until("the end", has_ended)?;
    let watched = watched(page)?;
    ensure!(watched.iter().any(|(_, _, status)| status == "Training …"), "it never says that it trains");
    for (_, t, status) in &watched {
        let of_the_start = t == "0" && status.starts_with("At the start");
        let of_the_end = t == "400" && status.contains("400\u{a0}steps");
        ensure!(of_the_start || of_the_end || status == "Training …", "at t = {t} it says “{status}”");
    }
    Ok(())
}

pub fn at_full_speed_a_replay_can_be_seen(page: &Page) -> Result<()> {
    page.open("v=1&seed=1&T=400")?;
    page.set_speed("max")?;
    page.click("#play")?;
    let end = page.until("the end", has_ended)?;
    page.script::<()>(WATCH, &[])?;
    page.click("#play")?;
    page.until("the start anew", |shown| shown.step() < end.step())?;
    page.until("the end again", has_ended)?;
    let watched = watched(page)?;
    let moving: Vec<_> = watched.iter().filter(|(_, t, _)| *t != end.t && *t != "0").collect();
    let (Some(first), Some(last)) = (moving.first(), moving.last()) else { bail!("nothing was seen of the replay") };
    let (seen, time) = (moving.len(), last.0 - first.0);
    ensure!(seen >= 10 && time > 500.0, "the replay is seen at {seen} frames within {time:.0} ms");
    Ok(())
}

pub fn two_runs_go_in_lock_step_and_the_page_says_how_they_differ(page: &Page) -> Result<()> {
    page.open("v=1&r=20&seed=1&T=600")?;
    page.click("#step")?;
    page.until("one step", |shown| shown.step() == 1)?;
    page.script::<()>(
        "const twin = document.getElementById('twin'); twin.value = 'dense'; twin.dispatchEvent(new Event('change'));",
        &[],
    )?;
    page.until("both after a step", |shown| {
        shown.status.starts_with("After 1 step pruned ") && shown.fragment.ends_with("&twin=dense")
    })?;
    page.set_speed("max")?;
    page.click("#play")?;
    let end = page.until("who was faster", |shown| shown.status.contains("steps, dense not in 600."))?;
    ensure!(end.status.contains("Pruned reaches 10⁻⁴ in "), "{end:?}");
    // The same link gives the same moment of both.
    let link = end.fragment.clone();
    page.open(&link)?;
    let again = page.until("the same moment", |shown| {
        shown.comparison == "same ✓ as the link" && shown.status.starts_with("After 600 steps")
    })?;
    ensure!(again.status.split("; in all").next() == end.status.split("; in all").next(), "{again:?} after {end:?}");
    page.script::<()>(
        "const twin = document.getElementById('twin'); twin.value = ''; twin.dispatchEvent(new Event('change'));",
        &[],
    )?;
    page.until("one run alone", |shown| shown.status.starts_with("Converged") && !shown.fragment.contains("twin"))?;
    Ok(())
}
