//! What happens around the page: a hidden window, another size, another screen, a worker that traps.

use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::opening::assert_drawn;
use super::page::Page;

/// Counts what the page asks of its workers, from outside.
const COUNT_REQUESTS: &str = "
const send = Worker.prototype.postMessage;
window.requests = 0;
Worker.prototype.postMessage = function (...message) { window.requests += 1; return send.apply(this, message); };";

pub fn a_hidden_page_rests_and_goes_on_when_it_is_shown(page: &Page) -> Result<()> {
    // A run that does not end by itself meanwhile.
    page.open("v=1&r=60&N=2000&seed=1&T=100000&eta=0.001")?;
    page.script::<()>(COUNT_REQUESTS, &[])?;
    page.click("#play")?;
    page.until("a run in progress", |shown| shown.step() > 10)?;
    page.minimize()?;
    page.wait_for("a hidden document", "return document.hidden")?;
    // Whatever was under way is answered soon. Then nothing happens, and to see that takes a while.
    let mut before: u64 = page.script("return requests", &[])?;
    page.wait("the requests to end", || {
        thread::sleep(Duration::from_millis(500));
        let now = page.script("return requests", &[])?;
        Ok((now == std::mem::replace(&mut before, now)).then_some(()))
    })?;
    let resting = page.shown()?;
    thread::sleep(Duration::from_secs(1));
    let after: u64 = page.script("return requests", &[])?;
    ensure!(after == before, "while hidden the page asked its workers {} times", after - before);
    page.resize(1440, 900)?;
    page.wait_for("a shown document", "return !document.hidden")?;
    let back = page.until("the run to go on", |shown| shown.step() > resting.step())?;
    ensure!(back.button == "Pause", "it was playing: {back:?}");
    Ok(())
}

pub fn where_the_browser_gives_no_frames_the_page_still_tells_the_truth(page: &Page) -> Result<()> {
    page.run_early("window.requestAnimationFrame = () => 1; window.cancelAnimationFrame = () => {};");
    page.open("v=1&seed=1")?;
    page.click("#step")?;
    page.until("the words on the first step", |shown| shown.step() == 1 && shown.status.starts_with("Step\u{a0}1:"))?;
    Ok(())
}

pub fn pictures_follow_the_window_and_the_resolution_of_the_screen(page: &Page) -> Result<()> {
    page.open("v=1&seed=1&t=50")?;
    assert_drawn(page)?;
    page.resize(1024, 768)?;
    assert_drawn(page)?;
    // Sizes differ each time, as when the reader zooms: an emulated screen tells nobody that its pixels alone change.
    for (width, height, pixels) in [(1024, 700, 2.0), (1000, 700, 1.0), (390, 844, 3.0), (380, 844, 1.5)] {
        page.emulate_screen(width, height, pixels)?;
        page.wait_for("the screen", &format!("return devicePixelRatio === {pixels:?} && innerWidth === {width}"))?;
        assert_drawn(page).with_context(|| format!("at {width} × {height} with {pixels} pixels a CSS pixel"))?;
    }
    Ok(())
}

pub fn a_training_worker_that_traps_is_replaced_and_the_page_says_so(page: &Page) -> Result<()> {
    page.server.set_trapping(true);
    let opened = page.open("");
    page.server.set_trapping(false);
    opened?;
    page.click("#play")?;
    let failed = page.until("a sentence about the trap", |shown| shown.failure.contains("training worker"))?;
    ensure!(failed.failure.contains("unreachable"), "the sentence does not give the reason: {}", failed.failure);
    ensure!(failed.failure.contains("replaced"), "the sentence does not say what happens now: {}", failed.failure);
    page.until("the run at its start again", |shown| !shown.error.is_empty())?;
    if page.shown()?.button == "Play" {
        page.click("#play")?;
    }
    page.until("the new worker's steps", |shown| shown.step() > 5)?;
    page.assert_complaints_only_of("unreachable")
}

pub fn a_sentence_about_a_failure_goes_away(page: &Page) -> Result<()> {
    let fail = || -> Result<()> {
        page.server.set_trapping(true);
        let opened = page.open("v=1&r=8&N=150&K=3&d=40&seed=5");
        page.server.set_trapping(false);
        opened?;
        page.click("#play")?;
        page.until("a sentence about the trap", |shown| !shown.failure.is_empty())?;
        page.until("the run at its start again", |shown| !shown.error.is_empty()).map(drop)
    };
    let gone = |what: &str| {
        page.until(what, |shown| shown.failure.is_empty())?;
        page.wait_for("nothing in its place", "return !document.getElementById('dismiss-failure').checkVisibility()")
    };
    fail()?;
    page.click("#dismiss-failure")?;
    gone("no sentence once dismissed")?;
    fail()?;
    page.click("#new-seed").or_else(|_| page.click("#more summary").and_then(|()| page.click("#new-seed")))?;
    gone("no sentence after a change")?;
    fail()?;
    if page.shown()?.button == "Play" {
        page.click("#play")?;
    }
    gone("no sentence once the new worker has worked for a while")?;
    page.assert_complaints_only_of("unreachable")
}
