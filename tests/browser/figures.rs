//! The paper's figures on the page: what is recorded, each run here at its smallest size, paused, kept, and its trials in the
//! lab.

use std::env;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;
use winning_ticket::figures::{FIGURES, Figure, Preset};
use winning_ticket::link;
use winning_ticket::trials::{Tried, Wanted};

use super::accessibility::{assert_accessible, assert_no_sideways_scroll};
use super::page::Page;

const SMALL: &str = "v=1&r=5&N=60&K=3&d=20&seed=1&T=200";

fn text(page: &Page, id: &str) -> Result<String> {
    page.script(&format!("return document.getElementById('experiment-{id}').textContent"), &[])
}

pub fn unfold(page: &Page, figure: &Figure) -> Result<()> {
    let summary = format!("#figure-{} > summary", figure.number);
    page.script::<()>(&format!("document.querySelector('{summary}').scrollIntoView({{ block: 'center' }})"), &[])?;
    page.click(&summary)?;
    page.wait_for(
        "the unfolded card",
        &format!("return document.getElementById('experiment').parentElement?.id === 'figure-{}'", figure.number),
    )
}

/// Runs the unfolded figure at this size.
fn run(page: &Page, preset: Preset) -> Result<()> {
    page.script::<()>("document.getElementById('experiment-run').scrollIntoView({ block: 'center' })", &[])?;
    page.click(&format!("#experiment-size option[value='{}']", preset.key()))?;
    page.click("#experiment-run")?;
    page.wait_for("a run", "return document.getElementById('experiment-run').textContent !== 'Run here'")
}

fn until_it_is_over(page: &Page) -> Result<()> {
    let over = "document.getElementById('experiment-run').textContent === 'Run again'";
    // However long all of them take, one more is soon done.
    while !page.evaluate::<bool>(over)? {
        let before = done(page)?;
        let goes_on = format!("return {over} || document.getElementById('experiment-bar').value > {before}");
        page.wait_for("another trial", &goes_on)?;
    }
    page.wait_for(
        "the claim, of all trials",
        "return document.getElementById('experiment-verdict').textContent.startsWith('The claim')",
    )
}

/// Runs a figure at its smallest size, chooses its first setting, and opens the first trial of that.
pub fn choose_first_trial(page: &Page, number: u8) -> Result<()> {
    unfold(page, Figure::by_number(number).context("a figure")?)?;
    run(page, Preset::Quick)?;
    until_it_is_over(page)?;
    page.script::<()>("document.getElementById('experiment-canvas').focus()", &[])?;
    page.press(Key::Right)?;
    page.wait_for("a chosen setting", "return !document.getElementById('experiment-trials').hidden")?;
    page.click("#experiment-trial-list button")
}

/// How many trials are done, as the page tells.
fn done(page: &Page) -> Result<u32> {
    page.script("return document.getElementById('experiment-bar').value", &[])
}

/// Fails unless the picture shows something that was measured: that alone has colours; axes and theory are grey.
fn assert_drawn(page: &Page, figure: &Figure) -> Result<()> {
    let coloured: usize = page.script(
        "const canvas = document.getElementById('experiment-canvas');
         const { width, height } = canvas;
         const copy = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
         copy.drawImage(canvas, 0, 0);
         const { data } = copy.getImageData(0, 0, width, height);
         let coloured = 0;
         for (let i = 0; i < data.length; i += 4) {
           const [red, green, blue, alpha] = data.subarray(i, i + 4);
           if (alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) coloured++;
         }
         return coloured;",
        &[],
    )?;
    ensure!(coloured > 40, "figure {} has no picture: {coloured} of its pixels have a colour", figure.number);
    Ok(())
}

/// Waits for the recorded results of the unfolded figure, and fails unless they are told and drawn.
pub fn assert_recorded(page: &Page, figure: &Figure) -> Result<()> {
    page.wait_for(
        "the recorded results",
        "return document.getElementById('experiment-provenance').textContent.startsWith('Recorded on ')",
    )?;
    let told = text(page, "provenance")?;
    ensure!(told.contains(env!("CARGO_PKG_VERSION")) && told.contains("preset “full”"), "{told}");
    ensure!(text(page, "verdict")?.starts_with("The claim"), "figure {} says nothing of its claim", figure.number);
    assert_drawn(page, figure)
}

pub fn recorded_figures_are_shown_with_when_and_by_which_version(page: &Page) -> Result<()> {
    page.open(SMALL)?;
    let recorded: Vec<u8> = page.script(
        "return [...document.querySelectorAll('#paper > details[data-recorded]')].map(card => +card.id.slice(7))",
        &[],
    )?;
    ensure!(!recorded.is_empty(), "nothing is recorded");
    for number in recorded {
        let figure = Figure::by_number(number).with_context(|| format!("there is no figure {number}"))?;
        unfold(page, figure)?;
        assert_recorded(page, figure)?;
    }
    assert_accessible(page, "a recorded figure")
}

/// Figures that only the long mode runs here: they take most of the time of all ten, and the page runs them as it runs the
/// others. Figure 7 runs in a test of its own besides.
const SLOW: [u8; 4] = [0, 6, 7, 9];

pub fn each_figure_runs_here_and_says_whether_its_claim_holds(page: &Page) -> Result<()> {
    let long = env::var_os("WINNING_TICKET_LONG").is_some();
    page.open(SMALL)?;
    for figure in FIGURES.iter().filter(|figure| long || !SLOW.contains(&figure.number)) {
        unfold(page, figure)?;
        run(page, Preset::Quick)?;
        until_it_is_over(page)?;
        let verdict = text(page, "verdict")?;
        // So few trials of the others tell what comes out.
        let shows = verdict.starts_with("The claim holds");
        ensure!(shows || ![3, 4, 6].contains(&figure.number), "figure {}: {verdict}", figure.number);
        assert_drawn(page, figure)?;
        let lines: usize = page.script("return document.getElementById('experiment-lines').children.length", &[])?;
        // What falls and rises has none, nor what comes to rest at 1.
        ensure!(lines > 0 || [0, 10].contains(&figure.number), "figure {} has no line", figure.number);
    }
    Ok(())
}

/// Runs every figure at the size for a laptop; gives for each how long that took.
///
/// # Errors
/// If a claim does not show at this size; Figures 2 and 5 tell what comes out.
pub fn at_the_size_for_a_laptop(page: &Page) -> Result<Vec<(u8, Duration)>> {
    let mut took = Vec::new();
    for figure in FIGURES {
        page.open(SMALL)?;
        unfold(page, figure)?;
        let begun = Instant::now();
        run(page, Preset::Laptop)?;
        until_it_is_over(page)?;
        took.push((figure.number, begun.elapsed()));
        let verdict = text(page, "verdict")?;
        let shows = verdict.starts_with("The claim holds");
        ensure!(shows || [2, 5].contains(&figure.number), "figure {}: {verdict}", figure.number);
    }
    Ok(took)
}

pub fn a_figure_pauses_goes_on_after_a_reload_and_is_cancelled(page: &Page) -> Result<()> {
    let figure = Figure::by_number(4).context("a figure")?;
    page.open(SMALL)?;
    unfold(page, figure)?;
    run(page, Preset::Laptop)?;
    page.wait("a few trials", || Ok((done(page)? >= 5).then_some(())))?;
    page.click("#experiment-run")?;
    page.wait_for("a pause", "return document.getElementById('experiment-progress').textContent.includes('paused')")?;
    // What workers had under way still comes.
    page.wait_for(
        "workers at rest",
        "window.before ??= []; window.before.push(document.getElementById('experiment-bar').value);
         return window.before.length > 60 && new Set(window.before.slice(-50)).size === 1",
    )?;
    let before = done(page)?;
    page.open(SMALL)?;
    unfold(page, figure)?;
    page.wait_for("what was kept", "return document.getElementById('experiment-run').textContent === 'Go on'")?;
    ensure!(done(page)? == before, "{} trials were kept of {before}", done(page)?);
    page.click("#experiment-run")?;
    page.wait("another trial", || Ok((done(page)? > before).then_some(())))?;
    page.click("#experiment-cancel")?;
    page.wait_for("no run", "return document.getElementById('experiment-run').textContent === 'Run here'")?;
    page.open(SMALL)?;
    unfold(page, figure)?;
    ensure!(text(page, "progress")?.is_empty(), "a cancelled run was kept: {}", text(page, "progress")?);
    Ok(())
}

pub fn a_trial_of_a_figure_opens_in_the_lab_with_the_same_digest(page: &Page) -> Result<()> {
    page.open(SMALL)?;
    unfold(page, Figure::by_number(4).context("a figure")?)?;
    run(page, Preset::Quick)?;
    until_it_is_over(page)?;
    page.set_speed("max")?;
    page.script::<()>("document.getElementById('experiment-canvas').focus()", &[])?;
    for _ in 0..5 {
        page.press(Key::Right)?;
    }
    page.wait_for("a chosen setting", "return !document.getElementById('experiment-trials').hidden")?;
    let told = text(page, "cell")?;
    ensure!(told.contains("succeed"), "the setting says “{told}”");
    assert_accessible(page, "a figure with a chosen setting")?;
    let listed: String =
        page.script("return document.querySelector('#experiment-trial-list button').textContent", &[])?;
    page.click("#experiment-trial-list button")?;
    let shown = page.until("the trial's run in the lab", |shown| shown.fragment.contains("seed=4"))?;
    let spec = link::parse(&shown.fragment).0.spec;
    let tried = Tried::run(&spec, Wanted::default());
    let shown = page.until("its end", |shown| {
        shown.button == "Play" && shown.step() == tried.steps as usize && !shown.digest.is_empty()
    })?;
    ensure!(shown.digest == tried.digest, "the lab ends at {}, the trial at {}", shown.digest, tried.digest);
    let ends = if listed.ends_with("success") { tried.found.is_some() } else { tried.found.is_none() };
    ensure!(ends, "the list says “{listed}”, the run ends otherwise");
    Ok(())
}

pub fn figures_can_be_used_on_a_phone(page: &Page) -> Result<()> {
    page.emulate_screen(390, 844, 2.0)?;
    page.open(SMALL)?;
    unfold(page, Figure::by_number(5).context("a figure")?)?;
    run(page, Preset::Quick)?;
    until_it_is_over(page)?;
    assert_no_sideways_scroll(page, "a figure on a phone")?;
    assert_accessible(page, "a figure on a phone")?;
    let size: [f64; 2] = page.script(
        "const box = document.getElementById('experiment-run').getBoundingClientRect(); return [box.width, box.height]",
        &[],
    )?;
    ensure!(size.iter().all(|length| *length >= 24.0), "the button is {size:?} px large");
    Ok(())
}
