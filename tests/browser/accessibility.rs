//! axe-core in every state, and no sideways scroll on the narrowest screens.

use std::{env, fs};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use winning_ticket::figures::FIGURES;
use winning_ticket::link::scene::SCENES;

use super::figures;
use super::page::Page;

#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

const RUN: &str = "
const { violations } = await axe.run(document, { resultTypes: ['violations'] });
return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(node => node.target.join(' ')) }));";

/// Fails unless axe-core finds nothing to object to.
pub fn assert_accessible(page: &Page, state: &str) -> Result<()> {
    let loaded: bool = page.script("return 'axe' in window", &[])?;
    if !loaded {
        let file =
            env::var_os("AXE_CORE").context("AXE_CORE does not say where axe.min.js is; `cargo xtask test` does")?;
        let script = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        page.script::<()>(&script, &[])?;
    }
    let violations: Vec<Violation> = page.script(RUN, &[])?;
    let told: Vec<String> =
        violations.iter().map(|found| format!("{}: {} at {}", found.id, found.help, found.nodes.join(", "))).collect();
    ensure!(told.is_empty(), "{state}: axe-core finds\n  {}", told.join("\n  "));
    Ok(())
}

/// Fails if the page is wider than the screen.
pub fn assert_no_sideways_scroll(page: &Page, state: &str) -> Result<()> {
    let [content, screen]: [f64; 2] =
        page.script("const root = document.scrollingElement; return [root.scrollWidth, root.clientWidth]", &[])?;
    ensure!(content <= screen, "{state}: the page is {content} px wide on a screen of {screen} px");
    Ok(())
}

pub fn axe_finds_nothing_at_start_running_and_finished(page: &Page) -> Result<()> {
    page.open("")?;
    assert_accessible(page, "at the start")?;
    page.click("#more summary")?;
    page.click("#error-region details.data summary")?;
    page.click("#play")?;
    page.until("a run in progress", |shown| shown.step() > 10)?;
    assert_accessible(page, "running, everything open")?;
    page.set_speed("max")?;
    page.until("the end", |shown| shown.status.starts_with("Converged"))?;
    assert_accessible(page, "finished")
}

pub fn axe_finds_nothing_in_the_dark_and_on_narrow_screens(page: &Page) -> Result<()> {
    // With a sentence about a bad link, which is there only then.
    page.open("v=1&r=500&seed=1")?;
    page.emulate_media(&[("prefers-color-scheme", "dark")])?;
    assert_accessible(page, "in the dark")?;
    for width in [390, 320] {
        page.emulate_screen(width, 844, 2.0)?;
        for scheme in ["dark", "light"] {
            page.emulate_media(&[("prefers-color-scheme", scheme)])?;
            let state = format!("{width} px wide, {scheme}");
            assert_no_sideways_scroll(page, &state)?;
            assert_accessible(page, &state)?;
        }
    }
    Ok(())
}

pub fn axe_finds_nothing_in_any_other_state(page: &Page) -> Result<()> {
    page.open("v=1&r=20&seed=1&T=60&twin=dense")?;
    assert_accessible(page, "twins at the start")?;
    page.set_speed("max")?;
    page.click("#play")?;
    page.until("their end", |shown| shown.fragment.contains("t=60"))?;
    assert_accessible(page, "twins at their end")?;
    page.click("#save-open")?;
    assert_accessible(page, "what can be saved")?;
    page.click("#save-open")?;
    page.click("#listen")?;
    assert_accessible(page, "listened to")?;
    page.script::<()>("document.getElementById('keys-help').click()", &[])?;
    assert_accessible(page, "the list of keys")?;
    page.script::<()>("document.getElementById('keys-close').click()", &[])?;
    for scheme in ["light", "dark"] {
        page.emulate_media(&[("prefers-color-scheme", scheme)])?;
        for (width, height) in [(1024, 768), (1280, 720), (844, 390)] {
            page.set_viewport(width, height)?;
            assert_accessible(page, &format!("{width} × {height}, {scheme}"))?;
        }
        page.set_viewport(1024, 768)?;
        page.script::<()>("document.querySelector('#light-start .unfold').click()", &[])?;
        assert_accessible(page, &format!("a reason on a projector, {scheme}"))?;
        page.script::<()>("document.querySelector('#light-start .unfold').click()", &[])?;
    }
    page.emulate_media(&[("forced-colors", "active")])?;
    assert_accessible(page, "in forced colours")?;
    page.emulate_media(&[])?;
    page.set_viewport(1440, 900)?;
    for figure in FIGURES {
        figures::unfold(page, figure)?;
        page.wait_for(
            "its results",
            "return document.getElementById('experiment-verdict').textContent.startsWith('The claim')",
        )?;
        assert_accessible(page, figure.name().as_str())?;
    }
    for (scene, ..) in SCENES {
        page.open(&format!("scene={scene}.2"))?;
        page.wait_for("the beat", "return document.querySelector('#scene-text p') !== null")?;
        assert_accessible(page, &format!("scene={scene}.2"))?;
    }
    for width in [390, 320] {
        page.emulate_screen(width, 640, 2.0)?;
        assert_no_sideways_scroll(page, &format!("a scene at {width} px"))?;
        assert_accessible(page, &format!("a scene at {width} px"))?;
    }
    for name in SCENES.iter().map(|(key, ..)| *key).chain(["teachers"]) {
        page.visit_beside(&format!("scenes/{name}.html"))?;
        for scheme in ["light", "dark"] {
            page.emulate_media(&[("prefers-color-scheme", scheme)])?;
            assert_accessible(page, &format!("{name} by itself, {scheme}"))?;
            assert_no_sideways_scroll(page, name)?;
        }
    }
    page.cdp("Emulation.setEmulatedMedia", json!({ "features": [] })).map(drop)
}
