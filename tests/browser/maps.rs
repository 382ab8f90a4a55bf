//! The map on the page: run, paused, told of, and a place of it in the lab.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;
use winning_ticket::link;
use winning_ticket::trials::{Measure, Measured};

use super::accessibility::{assert_accessible, assert_no_sideways_scroll};
use super::page::Page;

const SMALL: &str = "v=1&r=5&N=60&K=3&d=20&seed=1&T=200";

fn text(page: &Page, id: &str) -> Result<String> {
    page.script(&format!("return document.getElementById('map-{id}').textContent"), &[])
}

/// Unfolds the map and sets a box of it.
fn unfold(page: &Page) -> Result<()> {
    page.script::<()>("document.querySelector('#maps > summary').scrollIntoView({ block: 'center' })", &[])?;
    page.click("#maps > summary")
}

fn set(page: &Page, id: &str, value: &str) -> Result<()> {
    page.script::<()>(
        "document.getElementById(arguments[0]).value = arguments[1]",
        &[json!(format!("map-{id}")), json!(value)],
    )
}

fn until_it_is_over(page: &Page) -> Result<()> {
    page.wait_for("all trials", "return document.getElementById('map-progress').textContent.endsWith('all done')")
}

pub fn a_map_runs_here_and_a_place_of_it_moves_the_sliders(page: &Page) -> Result<()> {
    page.open(SMALL)?;
    unfold(page)?;
    for (id, value) in
        [("x-from", "4"), ("x-to", "16"), ("x-step", "4"), ("y-from", "40"), ("y-to", "120"), ("y-step", "40")]
    {
        set(page, id, value)?;
    }
    set(page, "measure", "error")?;
    set(page, "trials", "1")?;
    page.click("#map-run")?;
    until_it_is_over(page)?;
    page.script::<()>("document.getElementById('map-canvas').focus()", &[])?;
    for key in [Key::Right, Key::Right, Key::Up] {
        page.press(key)?;
    }
    page.wait_for(
        "a chosen place",
        "return document.getElementById('map-cell').textContent.includes('r̃ = 8, N = 80')",
    )?;
    // Trials are numbered row by row: the second of the second row of four.
    let spec = link::parse("v=1&r=8&N=80&K=3&d=20&seed=1&T=200&trial=5").0.spec;
    let expected = Measured::run(&spec, Measure::Error).value.map(|value| Measure::Error.told(value));
    let told = text(page, "cell")?;
    ensure!(expected.is_some_and(|value| told.contains(&value)), "the place says “{told}”");
    assert_accessible(page, "a map")?;
    page.press(Key::Enter)?;
    page.until("the sliders at that place", |shown| {
        let spec = link::parse(&shown.fragment).0.spec;
        (spec.effective_width, spec.samples) == (8.0, 80)
    })?;
    // What cannot be is told, and the map stays.
    set(page, "x-to", "400")?;
    page.click("#map-run")?;
    page.wait_for(
        "a sentence",
        "return document.getElementById('map-mistake').textContent.includes('must be a number')",
    )?;
    ensure!(text(page, "cell")?.contains("r̃ = 8"), "the map is gone");
    page.click("#map-cancel")?;
    page.wait_for("no map", "return document.getElementById('map-results').hidden")
}

pub fn a_map_goes_on_after_a_reload_and_is_cancelled(page: &Page) -> Result<()> {
    let after = &format!("{SMALL}&beta=0.5");
    page.open(SMALL)?;
    unfold(page)?;
    for (id, value) in [("x-to", "20"), ("y-from", "40"), ("y-to", "120"), ("y-step", "20"), ("trials", "100")] {
        set(page, id, value)?;
    }
    page.click("#map-run")?;
    let done = || page.script::<u32>("return document.getElementById('map-bar').value", &[]);
    page.wait("a few trials", || Ok((done()? >= 5).then_some(())))?;
    page.click("#map-pause")?;
    page.wait_for("a pause", "return document.getElementById('map-progress').textContent.includes('paused')")?;
    page.open(after)?;
    unfold(page)?;
    page.wait_for("what was kept", "return document.getElementById('map-pause').textContent === 'Go on'")?;
    let kept = done()?;
    ensure!(kept >= 5, "{kept} trials were kept");
    let boxes: [String; 2] =
        page.script("return ['y-step', 'trials'].map(id => document.getElementById('map-' + id).value)", &[])?;
    ensure!(boxes == ["20", "100"], "the boxes say {boxes:?}");
    ensure!(text(page, "caption")?.contains("No cross: "), "the caption says “{}”", text(page, "caption")?);
    page.click("#map-pause")?;
    page.wait("another trial", || Ok((done()? > kept).then_some(())))?;
    page.click("#map-cancel")?;
    page.wait_for("no map", "return document.getElementById('map-results').hidden")?;
    page.open(after)?;
    unfold(page)?;
    ensure!(text(page, "progress")?.is_empty(), "a cancelled map was kept: {}", text(page, "progress")?);
    Ok(())
}

pub fn maps_can_be_used_on_a_phone(page: &Page) -> Result<()> {
    page.emulate_screen(390, 844, 2.0)?;
    page.open(SMALL)?;
    unfold(page)?;
    set(page, "x-to", "20")?;
    set(page, "trials", "1")?;
    page.script::<()>("document.getElementById('map-run').scrollIntoView({ block: 'center' })", &[])?;
    page.click("#map-run")?;
    until_it_is_over(page)?;
    assert_no_sideways_scroll(page, "a map on a phone")?;
    assert_accessible(page, "a map on a phone")
}
