//! A slider under the pointer: what follows it at once, and what stays as it was.

use anyhow::{Result, ensure};
use serde::Deserialize;

use super::page::{Page, Shown};
use super::playing::{WATCH, watched};

/// What depends on r̃, and the address's place in the browser's history.
#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Effects {
    r: f64,
    delta: String,
    mask: f64,
    network: f64,
    curve: f64,
    disc: f64,
    width: String,
    ring: String,
    entries: usize,
}

const EFFECTS: &str = "
const hash = name => {
  const canvas = document.getElementById(`${name}-canvas`);
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return pixels.reduce((hash, pixel) => Math.imul(hash, 31) + pixel | 0, 0);
};
const text = id => document.getElementById(id).textContent;
return {
  r: Number(document.getElementById('r-box').value), delta: text('delta'), mask: hash('mask'),
  network: hash('network'), curve: hash('error'), disc: hash('disc'), width: text('width-sum'),
  ring: text('disc-ring'), entries: history.length,
};";

/// Notes when the slider of r̃ was moved.
const NOTE_INPUTS: &str = "
window.inputs = [];
document.getElementById('r-slider').addEventListener('input', () => inputs.push(performance.now()));";

/// Drags the thumb of the slider of r̃ from one value to another.
fn drag_r(page: &Page, from: f64, to: f64) -> Result<()> {
    #[derive(Deserialize)]
    struct Track {
        left: f64,
        width: f64,
        middle: f64,
    }
    let Track { left, width, middle } = page.script(
        "const box = document.getElementById('r-slider').getBoundingClientRect();
         return { left: box.left, width: box.width, middle: box.top + box.height / 2 };",
        &[],
    )?;
    // The thumb's middle stays half a thumb away from the ends.
    const THUMB: f64 = 20.0;
    let place = |r: f64| (left + THUMB / 2.0 + (r - 1.0) / 99.0 * (width - THUMB), middle);
    page.drag(place(from), place(to), 12)
}

fn r_in(shown: &Shown) -> Option<f64> {
    shown.fragment.split('&').find_map(|pair| pair.strip_prefix("r=")?.parse().ok())
}

pub fn dragging_the_effective_width_moves_masks_curve_and_ring_at_once(page: &Page) -> Result<()> {
    page.open("v=1&r=20&seed=1")?;
    // R₁ and R_T follow as soon as the spectrum is known; until then they fade.
    const RINGS_KNOWN: &str = "return document.getElementById('disc-ring').dataset.old === 'false'";
    page.wait_for("the rings", RINGS_KNOWN)?;
    let before: Effects = page.script(EFFECTS, &[])?;
    ensure!(before.r == 20.0, "the box shows {before:?}");
    page.script::<()>(NOTE_INPUTS, &[])?;
    drag_r(page, 20.0, 80.0)?;
    let after = page.wait("an effective width of about 80", || {
        let effects: Effects = page.script(EFFECTS, &[])?;
        Ok(((effects.r - 80.0).abs() <= 3.0).then_some(effects))
    })?;
    ensure!(after.delta != before.delta, "δ is still {}", after.delta);
    ensure!(after.width != before.width, "(5) is still {}", after.width);
    let shown = page.until("the new run at t = 0, and r̃ in the address", |shown| {
        !shown.error.is_empty() && r_in(shown) == Some(after.r)
    })?;
    ensure!((shown.step(), shown.button.as_str()) == (0, "Play"), "a paused run does not stay at the start: {shown:?}");
    page.wait_for("the rings of the new run", RINGS_KNOWN)?;
    let settled: Effects = page.script(EFFECTS, &[])?;
    ensure!(settled.mask != before.mask, "the picture of the masks is the same");
    ensure!(settled.network != before.network, "the picture of the network is the same");
    ensure!(settled.ring != before.ring, "the rings' caption is still {}", before.ring);
    ensure!(settled.disc != before.disc, "the picture of the convex region is the same");
    // On a busy machine the drag itself may rest for as long as a change takes to settle.
    let rests: usize = page.script("return inputs.filter((time, i) => time - inputs[i - 1] > 300).length", &[])?;
    let entries = settled.entries - before.entries;
    ensure!((1..=1 + rests).contains(&entries), "with {rests} rests one drag made {entries} entries of the history");

    for _ in 0..entries {
        page.back()?;
    }
    let back = page.wait("r̃ = 20 after Back", || {
        let effects: Effects = page.script(EFFECTS, &[])?;
        Ok((effects.r == 20.0).then_some(effects))
    })?;
    ensure!(r_in(&page.shown()?) == Some(20.0), "after Back the address is {}", page.shown()?.fragment);
    ensure!(back.delta == before.delta, "Back gives {back:?} instead of {before:?}");
    Ok(())
}

pub fn a_run_that_plays_goes_on_playing_when_a_slider_is_dragged(page: &Page) -> Result<()> {
    page.open("v=1&r=20&seed=1")?;
    page.click("#play")?;
    let before = page.until("30 steps", |shown| shown.step() >= 30)?;
    let picture: Effects = page.script(EFFECTS, &[])?;
    drag_r(page, 20.0, 80.0)?;
    let after = page.until("the new run", |shown| r_in(shown).is_some_and(|r| (r - 80.0).abs() <= 3.0))?;
    ensure!(after.button == "Pause", "it was playing ({before:?}) and is not any more: {after:?}");
    let from = after.step();
    page.until("the new run to go on", |shown| shown.step() > from && shown.button == "Pause")?;
    let curve: Effects = page.script(EFFECTS, &[])?;
    ensure!(curve.curve != picture.curve, "the curve is the same");
    // The run before stays as a ghost, labelled with what was different.
    let labels: Vec<String> = page
        .script("return [...document.querySelectorAll('#error-labels .label')].map(label => label.textContent)", &[])?;
    ensure!(labels.iter().any(|label| label.contains("20")), "no label tells of the run before: {labels:?}");
    Ok(())
}

pub fn the_status_line_waits_for_the_end_of_a_drag(page: &Page) -> Result<()> {
    page.open("v=1&N=400&seed=1&T=300")?;
    page.until_all_is_computed()?;
    page.script::<()>(WATCH, &[])?;
    for to in [70.0, 30.0, 80.0, 25.0] {
        drag_r(page, 100.0 - to, to)?;
    }
    let until: f64 = page.script("return performance.now()", &[])?;
    let end = page.until("the settled state", |shown| shown.status.starts_with("At the start"))?;
    page.until("r̃ in the address", |shown| r_in(shown).is_some_and(|r| (r - 25.0).abs() <= 3.0))?;
    // What is watched is noted once a frame, so the last line may be seen a frame before it is noted.
    let mut lines = page.wait("the settled state among what was watched", || {
        let lines: Vec<(f64, String)> = watched(page)?.into_iter().map(|(time, _, status)| (time, status)).collect();
        Ok(lines.last().is_some_and(|(_, last)| *last == end.status).then_some(lines))
    })?;
    lines.dedup_by(|line, before| line.1 == before.1);
    let during = lines.iter().skip(1).filter(|(time, _)| *time < until).count();
    let time = until - lines[0].0;
    // Between two drags the line may settle.
    ensure!(during <= 1 + (time / 2000.0) as usize * 2 + 4, "in {time:.0} ms it said {lines:#?}");
    Ok(())
}
