//! Probes in the disc: told of under the pointer and by keys, and run in the lab.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;
use winning_ticket::link;
use winning_ticket::training::Trainer;
use winning_ticket::trials::{digest, probe, probe_distance, probe_spec};

use super::page::Page;

const FRAGMENT: &str = "v=1&r=8&N=150&K=3&d=40&seed=5&T=400";

fn readout(page: &Page) -> Result<String> {
    page.script("return document.getElementById('disc-readout').textContent", &[])
}

/// The number of the probe that a readout tells of: "probe 12: …".
fn number(readout: &str) -> Option<u32> {
    readout.strip_prefix("probe\u{a0}")?.split(':').next()?.parse().ok()
}

/// Waits until the lab has run to its end what was probe `number` of the first setting, and compares the bits.
fn ends_as_probe(page: &Page, number: u32) -> Result<()> {
    let spec = link::parse(FRAGMENT).0.spec;
    let index = number.checked_sub(1).context("probes are counted from 1")?;
    let own = probe_spec(&spec, index, probe_distance(index));
    let mut trainer = Trainer::new(&own);
    trainer.advance(own.max_steps);
    let expected = digest(trainer.mask(), trainer.weights());
    let shown = page.until("the end of the probe's run", |shown| {
        shown.button == "Play" && shown.step() == trainer.steps() && !shown.digest.is_empty()
    })?;
    ensure!(shown.digest == expected, "the lab ends at {}, probe {number} at {expected}", shown.digest);
    ensure!(link::parse(&shown.fragment).0.spec == own, "the address says {}", shown.fragment);
    Ok(())
}

pub fn a_probe_is_told_of_and_runs_in_the_lab(page: &Page) -> Result<()> {
    page.open(FRAGMENT)?;
    page.until_all_is_computed()?;
    page.set_speed("max")?;
    // By keys: the nearest probe, and two farther out.
    page.script::<()>("document.getElementById('disc-canvas').focus()", &[])?;
    for _ in 0..3 {
        page.press(Key::Right)?;
    }
    page.wait_for(
        "the third probe",
        "return document.getElementById('disc-canvas').getAttribute('aria-valuenow') === '2'",
    )?;
    let told = readout(page)?;
    let chosen = number(&told).with_context(|| told.clone())?;
    let spec = link::parse(FRAGMENT).0.spec;
    let words = probe(&spec, chosen - 1, probe_distance(chosen - 1)).words();
    ensure!(told.contains(&words), "“{told}” does not say {words}");
    page.press(Key::Enter)?;
    ends_as_probe(page, chosen)?;

    // By the pointer: wherever it first meets a probe.
    page.open(FRAGMENT)?;
    page.until_all_is_computed()?;
    page.set_speed("max")?;
    let (x, y, size): (f64, f64, f64) = page.script(
        "const box = document.getElementById('disc-canvas').getBoundingClientRect();
         return [box.x + box.width / 2, box.y + box.height / 2, Math.min(box.width, box.height)]",
        &[],
    )?;
    let (mut found, mut before) = (None, None);
    for step in 3..40 {
        let place = (x - size * f64::from(step) / 100.0, y - size * f64::from(step) / 170.0);
        page.point_at(place)?;
        page.evaluate::<()>(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))",
        )?;
        // Not at the very edge of what counts as pointing at it: engines round places differently.
        let now = number(&readout(page)?);
        if now.is_some() && now == before {
            found = now.map(|number| (place, number));
            break;
        }
        before = now;
    }
    let (place, chosen) = found.context("the pointer met no probe")?;
    page.click_at(place)?;
    ends_as_probe(page, chosen)?;
    // Back leads to the setting whose probe it was.
    page.back()?;
    page.wait("the first setting", || {
        let shown = page.shown()?;
        Ok((link::parse(&shown.fragment).0.spec == spec).then_some(()))
    })?;
    let invalid: usize = page.script("return document.querySelectorAll('[aria-invalid=true]').length", &[json!(0)])?;
    ensure!(invalid == 0, "{invalid} boxes are marked invalid");
    Ok(())
}
