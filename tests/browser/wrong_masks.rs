//! A learner whose mask is not the oracle's, as the page shows it.

use anyhow::{Result, ensure};
use winning_ticket::link;
use winning_ticket::training::Trainer;
use winning_ticket::trials::{Report, digest};

use super::page::Page;

const WRONG: &str = "v=1&r=20&mask=wrong&missed=0.25&extra=0.5&seed=1&T=400";

/// The text of what a selector finds, if it is seen.
fn seen(page: &Page, selector: &str) -> Result<String> {
    let script = format!(
        "const found = document.querySelector('{selector}'); return found.checkVisibility() ? found.innerText : '';"
    );
    Ok(page.script::<String>(&script, &[])?.replace(['\u{a0}', '\u{202f}'], " "))
}

pub fn a_wrong_mask_is_shown_told_and_undone(page: &Page) -> Result<()> {
    let mut trainer = Trainer::new(&link::parse(WRONG).0.spec);
    page.open(WRONG)?;
    page.until_all_is_computed()?;
    for (id, text) in [("missed", "25 missed"), ("extra", "50 extra")] {
        let entry = seen(page, &format!("#{id}-key"))?;
        ensure!(entry.trim() == text, "the key says “{entry}”");
    }
    for light in ["curvature", "start", "samples"] {
        let verdict = seen(page, &format!("#light-{light} .verdict"))?;
        ensure!(verdict == "not promised", "light {light} says “{verdict}”");
    }
    let verdict = seen(page, "#light-mask .verdict")?;
    ensure!(verdict == "not met", "the mask’s light says “{verdict}”");

    page.set_speed("max")?;
    page.click("#play")?;
    page.until("the end of the run", |shown| shown.step() == 400)?;
    trainer.advance(400);
    let report = Report::of(&link::parse(WRONG).0.spec, &trainer);
    let shown = page.until("its sentence", |shown| shown.status.contains("misses"))?;
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    ensure!(plain(&shown.status) == plain(&report.sentence()), "the page says “{}”", shown.status);
    ensure!(shown.digest == digest(trainer.mask(), trainer.weights()), "the digest is {}", shown.digest);

    page.script::<()>(
        "document.getElementById('more').open = true;
         const choice = document.getElementById('mask-choice');
         choice.value = 'exact';
         choice.dispatchEvent(new Event('change', { bubbles: true }));",
        &[],
    )?;
    page.wait_for("an exact mask", "return document.getElementById('missed-key').hidden")?;
    // Who asks for extra weights asks for a wrong mask again.
    page.script::<()>("const box = document.getElementById('extra-box'); box.focus(); box.select();", &[])?;
    page.press(format!("1{}", thirtyfour::Key::Enter.value()))?;
    page.until("a wrong mask in the address", |shown| {
        shown.fragment.contains("&mask=wrong&") && shown.fragment.contains("&extra=1&")
    })?;
    Ok(())
}
