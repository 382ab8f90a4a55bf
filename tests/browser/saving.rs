//! What the reader saves of the run, and the line of the command line.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use winning_ticket::files::Unpacked;
use winning_ticket::link::{self, command};
use winning_ticket::training::Trainer;
use winning_ticket::trials::digest;

use super::accessibility::assert_accessible;
use super::page::Page;

/// Keeps what is saved, in place of a download.
const KEEP: &str = "window.kept = [];
    const make = URL.createObjectURL.bind(URL);
    let last = null;
    URL.createObjectURL = blob => { last = blob; return make(blob); };
    HTMLAnchorElement.prototype.click = function () { window.kept.push([this.download, last]); };";

/// A file that was saved.
struct Saved {
    name: String,
    bytes: Vec<u8>,
}

/// Clicks a button of the panel; the file that it saves.
fn saved_by(page: &Page, button: &str) -> Result<Saved> {
    page.script::<()>("window.kept.length = 0", &[])?;
    page.click(button)?;
    page.wait_for(&format!("the file of {button}"), "return window.kept.length === 1")?;
    let (name, bytes): (String, Vec<u8>) = page.script(
        "const [name, blob] = window.kept[0];
         return [name, Array.from(new Uint8Array(await blob.arrayBuffer()))];",
        &[],
    )?;
    page.wait_for(
        "the word that it is saved",
        &format!("return document.getElementById('saved').textContent === 'Saved {name}'"),
    )?;
    Ok(Saved { name, bytes })
}

pub fn the_moment_is_saved_in_every_format_with_the_digest_that_is_shown(page: &Page) -> Result<()> {
    page.open("v=1&r=20&N=300&seed=3&t=40&twin=momentum")?;
    // Back again: what is shown is saved, not how far the run has come.
    let held = page.until("t = 40", |shown| shown.step() == 40 && shown.fragment.contains("&digest="))?;
    page.press(thirtyfour::Key::Left)?;
    let back = page.until("t = 39", |shown| shown.step() == 39 && shown.digest != held.digest)?;
    page.until_all_is_computed()?;
    page.script::<()>(KEEP, &[])?;
    page.click("#save-open")?;
    page.wait_for("the panel", "return document.getElementById('saves').matches(':popover-open')")?;
    assert_accessible(page, "with the panel of what can be saved")?;

    let (link, _) = link::parse(&back.fragment);
    let mut trainer = Trainer::new(&link.spec);
    trainer.advance(39);
    let here = digest(trainer.mask(), trainer.weights());
    ensure!(here == back.digest, "the page shows {}, here it is {here}", back.digest);
    let text = |saved: Saved| String::from_utf8(saved.bytes).context("UTF-8");
    let words = format!("t = 39, digest {here}, seed 3, bits epoch 2");

    let table = text(saved_by(page, "#run-save-csv")?)?;
    ensure!(table.contains(&words) && table.contains("\nt,relative_error,GD\n"), "{table}");
    let last = table.trim_end().rsplit('\n').next().context("a line")?;
    let error = format!("39,{:e},", trainer.relative_error()[39]);
    ensure!(last.starts_with(&error), "the last line is {last} instead of {error}");

    let record: Value = serde_json::from_str(&text(saved_by(page, "#run-save-json")?)?)?;
    ensure!(record["digest"] == here.as_str() && record["steps"] == 39, "{record}");
    ensure!(record["beside"]["name"] == "GD" && record["lights"]["samples"]["state"].is_string(), "{record}");

    let arrays = saved_by(page, "#run-save-npz")?;
    ensure!(arrays.name == format!("run-{}.npz", &here[..8]), "it is called {}", arrays.name);
    let file = Unpacked::open(&arrays.bytes)?;
    let weights = file.numbers("W", 100_000)?.context("W")?;
    ensure!(weights.values == trainer.mask().to_columns(trainer.weights()), "other weights");
    ensure!(file.shape("X")? == Some(vec![300, 100]) && file.shape("beside_W")?.is_some());

    for picture in ["error", "disc", "mask"] {
        let svg = text(saved_by(page, &format!("#{picture}-save-svg"))?)?;
        ensure!(svg.contains(&words) && svg.contains("twin=momentum"), "{picture}: {svg}");
        let png = saved_by(page, &format!("#{picture}-save-png"))?;
        let tells = png.bytes.windows(words.len()).any(|part| part == words.as_bytes());
        ensure!(png.bytes.starts_with(b"\x89PNG") && png.bytes.len() > 20_000 && tells, "{picture}: no picture");
    }

    // Without a clipboard the line is there to be copied by hand.
    page.script::<()>("Object.defineProperty(navigator, 'clipboard', { value: undefined })", &[])?;
    page.click("#copy-command")?;
    let shown: String = page.script("return document.querySelector('#saved input').value", &[])?;
    let first = command(&link.spec, Some(39));
    ensure!(shown.starts_with(&format!("{first} && winning-ticket run ")), "the command is {shown}");
    let after = page.until("the same moment still", |shown| shown.step() == 39)?;
    ensure!(after.digest == here && after.failure.is_empty());
    Ok(())
}
