//! Data of the reader's own: opened by the button and by a drop, trained on, saved, refused, closed.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use winning_ticket::files::{Archive, Array};
use winning_ticket::network::Problem;
use winning_ticket::spec::{Overlap, Spec};

use super::accessibility::{assert_accessible, assert_no_sideways_scroll};
use super::page::{Page, Shown};

/// What takes the place of the reader's hand: a file of these bytes is dropped on the page, or chosen.
const OFFER: &str = "
    const [bytes, drops] = arguments;
    const carried = new DataTransfer();
    carried.items.add(new File([Uint8Array.from(bytes)], 'own.npz'));
    if (drops) {
        for (const kind of ['dragover', 'drop'])
            document.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
    } else {
        const input = document.getElementById('data-file');
        input.files = carried.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
    }";

/// A file of X and y, with W\* if it is to have that.
fn file(with_oracle: bool) -> Vec<u8> {
    let (samples, dimension) = (90, 30);
    let (neurons, overlap) = (4, Overlap::Random);
    let spec =
        Spec { effective_width: 6.0, samples, dimension, neurons, overlap, noise: 0.05, seed: 5, ..Spec::default() };
    let problem = Problem::draw(&spec);
    let x: Vec<f64> = (0..dimension).flat_map(|feature| Problem::feature(&spec, feature)).collect();
    let y: Vec<f64> = (0..samples).map(|n| problem.data.y(n)).collect();
    let mut archive = Archive::default();
    archive.add("X", &Array::Numbers { shape: &[samples, dimension], values: &x });
    archive.add("y", &Array::Numbers { shape: &[samples], values: &y });
    if with_oracle {
        archive.add("W_star", &Array::Numbers { shape: &[dimension, neurons], values: &problem.oracle.to_columns() });
    }
    archive.finish()
}

fn offer(page: &Page, bytes: &[u8], drops: bool) -> Result<()> {
    page.script::<()>(OFFER, &[json!(bytes), json!(drops)])
}

fn text(page: &Page, selector: &str) -> Result<String> {
    page.script("return document.querySelector(arguments[0]).textContent", &[json!(selector)])
}

/// The run goes to its end.
fn until_the_end(page: &Page) -> Result<Shown> {
    page.set_speed("max")?;
    page.click("#play")?;
    page.until("the end of the run", |shown| {
        shown.button == "Play"
            && shown.step() > 0
            && shown.status.starts_with("On own data")
            && !shown.digest.is_empty()
    })
}

/// The digest of the command line, by the command that the page gives.
fn digest_of_command(page: &Page, folder: &Path) -> Result<(String, String)> {
    page.script::<()>("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })", &[])?;
    page.click("#save-open")?;
    page.click("#copy-command")?;
    let line: String = page.script("return document.querySelector('#saved input').value", &[])?;
    page.script::<()>("document.getElementById('saves').hidePopover()", &[])?;
    let words: Vec<&str> = line.split(' ').skip(1).collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_winning-ticket"));
    let output = command.args(words).args(["--json", "-"]).current_dir(folder).output()?;
    let report: Value = serde_json::from_slice(&output.stdout).with_context(|| line.clone())?;
    let word = |value: &Value| value.as_str().map(str::to_owned).context("a digest");
    Ok((word(&report["digest"])?, word(&report["data"]["digest"])?))
}

pub fn own_data_give_the_digest_of_the_command_line_and_closing_them_brings_the_run_back(page: &Page) -> Result<()> {
    page.open("v=1&r=5&N=60&K=3&d=20&seed=1&T=300&t=40")?;
    let held = page.until("t = 40", |shown| shown.step() == 40 && shown.fragment.contains("&digest="))?;
    let folder = tempfile::tempdir()?;
    for (with_oracle, drops, name, word) in
        [(true, true, "Relative error", "error"), (false, false, "Training loss", "loss")]
    {
        let bytes = file(with_oracle);
        fs::write(folder.path().join("own.npz"), &bytes)?;
        offer(page, &bytes, drops)?;
        page.wait_for(
            "the run on own data",
            &format!(
                "return document.querySelector('#error-region h2').textContent === '{name}'
                     && document.getElementById('status').textContent.startsWith('On own data, at the start')"
            ),
        )?;
        ensure!(text(page, "#own-name")? == "own.npz" && text(page, "#clock .word")? == word);
        let rests: Vec<String> = page
            .script("return [...document.querySelectorAll('#controls :disabled')].map(control => control.id)", &[])?;
        let has = |id: &str| rests.iter().any(|other| other == id);
        ensure!(has("N-slider") && has("d-box") && has("K-box") == with_oracle && has("r-slider") == with_oracle);
        ensure!(!has("beta-slider") && !has("lambda-box") && !has("start-seed-box"), "{rests:?}");
        let end = until_the_end(page)?;
        ensure!(end.fragment == held.fragment, "the address has {} instead of {}", end.fragment, held.fragment);
        let (digest, of_data) = digest_of_command(page, folder.path())?;
        ensure!(end.digest == digest, "the page shows {}, the command line {digest}", end.digest);
        ensure!(text(page, "#own-digest")?.replace(' ', "") == of_data);
        assert_accessible(page, "on own data")?;
        page.click("#own-about")?;
        assert_accessible(page, "with what is known of own data")?;
        assert_no_sideways_scroll(page, "on own data")?;
        page.press(thirtyfour::Key::Escape)?;
    }
    page.click("#copy-link")?;
    page.until("why there is no link", |shown| shown.notices.iter().any(|told| told.starts_with("No link can hold")))?;

    page.click("#own-close")?;
    let back = page.until("the run before", |shown| shown.step() == 40 && shown.digest == held.digest)?;
    ensure!(back.fragment == held.fragment && text(page, "#error-region h2")? == "Relative error");
    let rests: usize = page.script("return document.querySelectorAll('#controls :disabled').length", &[])?;
    ensure!(rests == 0, "{rests} controls still rest");
    Ok(())
}

pub fn a_bad_file_gets_a_sentence_and_the_run_stays(page: &Page) -> Result<()> {
    page.open("v=1&r=5&N=60&K=3&d=20&seed=1&T=300&t=40")?;
    let held = page.until("t = 40", |shown| shown.step() == 40 && shown.fragment.contains("&digest="))?;
    let mut short = Archive::default();
    short.add("X", &Array::Numbers { shape: &[30, 2], values: &[0.5; 60] });
    short.add("y", &Array::Numbers { shape: &[29], values: &[0.5; 29] });
    let mut not_a_number = Archive::default();
    not_a_number.add("X", &Array::Numbers { shape: &[30, 2], values: &[f64::NAN; 60] });
    not_a_number.add("y", &Array::Numbers { shape: &[30], values: &[0.5; 30] });
    for (bytes, why) in [
        (short.finish(), "y has the shape (29,), but must have 30 entries, one a row of X"),
        (not_a_number.finish(), "X has the entry NaN at row 0, column 0, but all must be finite"),
        (b"no archive".to_vec(), "the file is no npz file: NumPy's savez and savez_compressed write such files"),
    ] {
        offer(page, &bytes, false)?;
        let sentence = format!("own.npz cannot be taken: {why}. Nothing has changed.");
        let shown = page.until(&sentence, |shown| shown.notices == [sentence.clone()])?;
        ensure!((shown.step(), &shown.digest, &shown.fragment) == (40, &held.digest, &held.fragment), "{shown:?}");
    }
    // One that is too large is not even read.
    page.script::<()>(
        "Object.defineProperty(Blob.prototype, 'size', { get: () => 150e6 });
         FileReader.prototype.readAsArrayBuffer = () => { throw new Error('it is read') };
         const carried = new DataTransfer();
         carried.items.add(new File(['x'], 'own.npz'));
         document.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));",
        &[],
    )?;
    let told = "own.npz cannot be taken: it has 150 MB, and at most 100 MB are read. Nothing has changed.";
    page.until(told, |shown| shown.notices == [told.to_owned()])?;
    // And the lab goes on.
    page.press(thirtyfour::Key::Right)?;
    page.until("t = 41", |shown| shown.step() == 41 && shown.digest != held.digest)?;
    Ok(())
}

pub fn a_file_that_is_read_is_told_of_and_can_be_cancelled(page: &Page) -> Result<()> {
    page.open("v=1&r=5&N=60&K=3&d=20&seed=1&T=300&t=40")?;
    let held = page.until("t = 40", |shown| shown.step() == 40 && shown.fragment.contains("&digest="))?;
    // A disk that stands still half-way.
    page.script::<()>(
        "Object.defineProperty(Blob.prototype, 'size', { get: () => 90e6, configurable: true });
         window.whole = FileReader.prototype.readAsArrayBuffer;
         FileReader.prototype.readAsArrayBuffer = function () {
             setTimeout(() => this.dispatchEvent(new ProgressEvent('progress', { loaded: 45e6, total: 90e6 })));
         };",
        &[],
    )?;
    offer(page, b"x", true)?;
    page.wait_for(
        "what is being read",
        "return document.getElementById('opening-words').textContent.replace(/\\u00a0/g, ' ') === 'Reading own.npz, 90 MB …'
             && document.getElementById('opening-share').textContent.startsWith('50')
             && document.getElementById('announcements').textContent.startsWith('Reading own.npz')",
    )?;
    assert_accessible(page, "while a file is read")?;
    assert_no_sideways_scroll(page, "while a file is read")?;
    page.click("#opening-cancel")?;
    let told = "own.npz is not opened: its reading was cancelled. Nothing has changed.";
    let shown = page.until(told, |shown| shown.notices == [told.to_owned()])?;
    ensure!((shown.step(), &shown.digest, &shown.fragment) == (40, &held.digest, &held.fragment), "{shown:?}");
    let rows: Vec<bool> =
        page.script("return ['opening', 'own', 'beside'].map(id => document.getElementById(id).hidden)", &[])?;
    ensure!(rows == [true, true, false], "{rows:?}");
    // The next one is read as ever.
    page.script::<()>("delete Blob.prototype.size; FileReader.prototype.readAsArrayBuffer = window.whole", &[])?;
    page.script::<()>("Object.defineProperty(Blob.prototype, 'size', { get: () => 9e4, configurable: true })", &[])?;
    offer(page, &file(true), true)?;
    page.wait_for(
        "the run on own data",
        "return document.getElementById('status').textContent.startsWith('On own data, at the start')
             && document.getElementById('opening').hidden && !document.getElementById('own').hidden",
    )
}
