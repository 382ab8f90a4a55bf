//! A start from the moments of the sample, as the page shows it.

use anyhow::{Result, ensure};
use winning_ticket::link;
use winning_ticket::training::Trainer;
use winning_ticket::trials::digest;

use super::page::Page;

const TENSOR: &str = "v=1&r=8&N=5000&K=3&d=20&start=tensor&seed=1&T=1200";

fn text(page: &Page, id: &str) -> Result<String> {
    let script = format!("return document.getElementById('{id}').textContent;");
    Ok(page.script::<String>(&script, &[])?.replace(['\u{a0}', '\u{202f}'], " "))
}

pub fn a_tensor_start_shows_what_it_recovered_and_falls_back_in_words(page: &Page) -> Result<()> {
    let trainer = Trainer::new(&link::parse(TENSOR).0.spec);
    page.open(TENSOR)?;
    let shown = page.until("the start", |shown| !shown.digest.is_empty())?;
    ensure!(shown.digest == digest(trainer.mask(), trainer.weights()), "the digest is {}", shown.digest);
    page.wait_for("its caption", "return document.getElementById('start-caption').textContent.startsWith('Measured')")?;
    page.script::<()>("document.getElementById('start-unfold').click();", &[])?;
    page.wait_for("its picture", "return document.getElementById('start-labels').childElementCount === 3")?;
    let told = text(page, "start-text")?;
    ensure!(told.matches("cosine 0.9").count() == 3, "the picture is told as “{told}”");

    // No more samples than features: the ball, and a sentence that says so beside the menu and above the page.
    page.script::<()>(
        "document.getElementById('start-terms').hidePopover();
         for (const key of ['r', 'N']) {
             const box = document.getElementById(`${key}-box`);
             box.value = '20';
             box.dispatchEvent(new Event('change', { bubbles: true }));
         }",
        &[],
    )?;
    page.until("twenty samples", |shown| shown.fragment.contains("&N=20&"))?;
    for id in ["start-note", "notices", "start-caption"] {
        page.wait_for(id, &format!("return document.getElementById('{id}').textContent.includes('no tensor start')"))?;
    }
    // Who moves λ asks for the ball.
    page.script::<()>(
        "const box = document.getElementById('lambda-box');
         box.value = '0.3';
         box.dispatchEvent(new Event('change', { bubbles: true }));",
        &[],
    )?;
    page.until("the ball", |shown| !shown.fragment.contains("start=") && shown.fragment.contains("&lambda=0.3&"))?;
    ensure!(page.script::<bool>("return document.getElementById('start-unfold').hidden;", &[])?, "it is still offered");
    Ok(())
}
