//! Fingers: what scrolls the page, what moves a slider, and what reads a picture.

use anyhow::{Result, ensure};
use serde::Deserialize;

use super::page::Page;

#[derive(Debug, Deserialize)]
struct Track {
    left: f64,
    width: f64,
    middle: f64,
    /// The thumb's middle.
    thumb: f64,
}

fn track(page: &Page, key: &str) -> Result<Track> {
    page.script(
        "const input = document.getElementById(`${arguments[0]}-slider`);
         const { left, width } = input.parentElement.getBoundingClientRect();
         const { top, height } = input.getBoundingClientRect();
         const share = (input.value - input.min) / (input.max - input.min);
         return { left, width, middle: top + height / 2, thumb: left + share * width };",
        &[key.into()],
    )
}

fn value(page: &Page, key: &str) -> Result<f64> {
    page.evaluate(&format!("Number(document.getElementById('{key}-box').value.replaceAll(/\\s/g, ''))"))
}

/// After two frames all that a finger did is shown.
fn settle(page: &Page) -> Result<()> {
    page.script("await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame)", &[])
}

fn open(page: &Page, fragment: &str) -> Result<()> {
    page.emulate_phone(390, 844)?;
    page.open(fragment)?;
    page.script("scrollTo(0, 0)", &[])
}

pub fn a_swipe_that_begins_on_a_slider_scrolls_and_changes_nothing(page: &Page) -> Result<()> {
    open(page, "v=1&N=600&seed=1")?;
    for key in ["r", "N", "K", "beta"] {
        page.script::<()>("scrollTo({ top: 0, behavior: 'instant' })", &[])?;
        let before = value(page, key)?;
        let Track { left, width, middle, .. } = track(page, key)?;
        // Where the thumb is not, and a little aslant, as thumbs swipe.
        let from = (left + 0.93 * width, middle);
        page.swipe(from, (from.0 - 12.0, middle - 260.0), 12)?;
        page.wait_for("the page to scroll", "return scrollY > 100")?;
        settle(page)?;
        let after = value(page, key)?;
        ensure!(after == before, "a swipe up over the slider of {key} moved it from {before} to {after}");
    }
    let shown = page.shown()?;
    ensure!(shown.fragment == "v=1&N=600&seed=1", "the swipes changed the address to {}", shown.fragment);
    Ok(())
}

pub fn a_finger_moves_a_slider_sideways_from_where_it_stood(page: &Page) -> Result<()> {
    open(page, "v=1&r=40&seed=1")?;
    let Track { left, width, middle, thumb } = track(page, "r")?;
    // On the thumb: it follows the finger.
    page.swipe((thumb, middle), (left + 0.8 * width, middle + 3.0), 20)?;
    settle(page)?;
    let after = value(page, "r")?;
    ensure!((70.0..=82.0).contains(&after), "dragged to four fifths of its track r̃ is {after}");
    // Beside the thumb: it moves by as much, and does not jump to the finger.
    let from = (left + 0.2 * width, middle);
    page.swipe(from, (from.0 + 40.0, middle), 20)?;
    settle(page)?;
    let further = value(page, "r")?;
    let most = after + 100.0 * 40.0 / width + 1.0;
    ensure!(further > after && further <= most, "a finger moved right by 40 px brings r̃ from {after} to {further}");
    let focused: String = page.evaluate("document.activeElement.id")?;
    ensure!(focused == "r-slider", "after a drag the focus is at “{focused}”");
    Ok(())
}

pub fn a_tap_on_a_track_changes_nothing_and_one_on_the_thumb_focuses_it(page: &Page) -> Result<()> {
    open(page, "v=1&r=40&seed=1")?;
    let Track { left, width, middle, thumb } = track(page, "r")?;
    page.swipe((left + 0.9 * width, middle), (left + 0.9 * width, middle), 0)?;
    settle(page)?;
    ensure!(value(page, "r")? == 40.0, "a tap on the track moved r̃ to {}", value(page, "r")?);
    page.swipe((thumb, middle), (thumb, middle), 0)?;
    settle(page)?;
    let focused: String = page.evaluate("document.activeElement.id")?;
    ensure!(focused == "r-slider" && value(page, "r")? == 40.0, "a tap on the thumb focuses “{focused}”");
    // Keys, and a mouse beside the finger, are the browser's own.
    page.press(thirtyfour::Key::Right)?;
    page.until("r̃ = 41", |shown| shown.fragment.contains("r=41")).map(drop)
}

pub fn a_finger_reads_the_error_chart_and_scrolls_over_it(page: &Page) -> Result<()> {
    open(page, "v=1&seed=1&t=300")?;
    page.until("t = 300", |shown| shown.step() == 300)?;
    #[derive(Deserialize)]
    struct Canvas {
        left: f64,
        top: f64,
        height: f64,
    }
    let Canvas { left, top, height } =
        page.script("const { left, top, height } = document.getElementById('error-canvas').getBoundingClientRect(); return { left, top, height };", &[])?;
    let middle = top + 0.4 * height;
    let read = || page.evaluate::<String>("document.getElementById('error-readout').textContent");
    page.swipe((left + 56.0, middle), (left + 56.0, middle), 0)?;
    page.wait("the value at the finger", || Ok(Some(read()?).filter(|text| text.contains("t"))))?;
    let tapped = read()?;
    page.swipe((left + 56.0, middle), (left + 78.0, middle), 8)?;
    let dragged =
        page.wait("another value", || Ok(Some(read()?).filter(|text| *text != tapped && !text.is_empty())))?;
    ensure!(dragged.contains('\u{a0}'), "the read-out says “{dragged}”");
    let seen: bool = page.evaluate(
        "(() => { const { top, bottom } = document.getElementById('error-readout').getBoundingClientRect();
          return top >= 0 && bottom <= document.getElementById('transport').getBoundingClientRect().top; })()",
    )?;
    ensure!(seen, "the read-out is not in view");
    page.swipe((left + 150.0, middle + 60.0), (left + 150.0, middle - 160.0), 12)?;
    page.wait_for("the page to scroll", "return scrollY > 60")
}
