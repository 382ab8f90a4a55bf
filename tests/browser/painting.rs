//! Painting the learner's mask.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use super::accessibility::assert_no_sideways_scroll;
use super::page::{Page, Shown};

/// The middle of the cell of a neuron and a feature, both from 1, with K = 5 and d = 100: between the room for the numbers at the
/// left and below.
const CELL: &str = "
const canvas = document.getElementById('mask-canvas');
canvas.scrollIntoView({ block: 'center' });
const box = canvas.getBoundingClientRect(), rem = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
return [box.left + 26 * rem + (box.width - 26 * rem) * (arguments[1] - 0.5) / 100,
        box.top + (box.height - 22 * rem) * (arguments[0] - 0.5) / 5];";

fn cell(page: &Page, neuron: usize, feature: usize) -> Result<(f64, f64)> {
    page.script(CELL, &[neuron.into(), feature.into()])
}

fn text(page: &Page, id: &str) -> Result<String> {
    page.script("return document.getElementById(arguments[0]).textContent", &[id.into()])
}

fn is_painted(shown: &Shown, weights: &str) -> bool {
    shown.fragment.contains(&format!("&paint={weights}&")) || shown.fragment.ends_with(&format!("&paint={weights}"))
}

pub fn the_mask_is_painted_by_pointer_and_keys_and_a_link_has_it(page: &Page) -> Result<()> {
    page.open("v=1&r=5&seed=1&paint=3:40-45")?;
    page.until("the painted start", |shown| shown.status.contains("extra"))?;
    let (from, to) = (cell(page, 3, 39)?, cell(page, 3, 48)?);
    page.drag(from, to, 4)?;
    ensure!(is_painted(&page.shown()?, "3:40-45"), "a pointer paints without being asked: {:?}", page.shown()?);
    let terms = text(page, "width-sum")?;
    page.click("#paint")?;
    page.drag(cell(page, 2, 61)?, cell(page, 2, 70)?, 3)?;
    // What the neuron keeps there already is not turned over.
    let all = |shown: &Shown| shown.fragment.contains("paint=2:61") && shown.fragment.contains("70/3:40-45");
    let painted = page.until("ten painted weights", |shown| all(shown) && !shown.digest.is_empty())?;
    ensure!(text(page, "width-sum")? != terms, "(5) still says {terms}");
    page.click("#paint-undo")?;
    page.until("nothing of the stroke", |shown| is_painted(shown, "3:40-45"))?;
    page.click("#paint-clear")?;
    page.until("nothing painted", |shown| !shown.fragment.contains("paint="))?;
    page.open(&painted.fragment)?;
    let opened = page.until("the painted run", |shown| shown.status.contains("extra"))?;
    ensure!(opened.fragment == painted.fragment, "{} has become {}", painted.fragment, opened.fragment);

    page.click("#paint-clear")?;
    page.until("nothing painted", |shown| !shown.fragment.contains("paint="))?;
    page.script::<()>("document.getElementById('mask-canvas').focus()", &[])?;
    for key in [Key::Down, Key::Right, Key::Enter] {
        page.press(key)?;
    }
    page.until("the first weight of the first neuron", |shown| is_painted(shown, "1:1"))?;
    let told = text(page, "mask-readout")?;
    ensure!(told.replace('\u{a0}', " ").starts_with("neuron 1, input 1: "), "it tells of “{told}”");
    page.press(Key::Backspace)?;
    page.until("nothing painted", |shown| !shown.fragment.contains("paint="))?;
    Ok(())
}

pub fn on_a_phone_buttons_go_from_weight_to_weight_and_paint(page: &Page) -> Result<()> {
    page.emulate_phone(390, 844)?;
    page.open("v=1&r=5&seed=1")?;
    // The words above the masks grow while probes come, and a finger would meet what stands there a moment later.
    page.until_all_is_computed()?;
    let shown = "return document.getElementById('paint-right').checkVisibility()";
    ensure!(!page.script::<bool>(shown, &[])?, "they are there before anybody paints");
    let tap = |id: &str| {
        page.script::<()>("document.getElementById(arguments[0]).scrollIntoView({ block: 'center' })", &[id.into()])?;
        page.click(&format!("#{id}"))
    };
    tap("paint")?;
    page.wait_for("the buttons", shown)?;
    let sizes: Vec<f64> = page.script(
        "return [...document.querySelectorAll('.paint-by button')].map(button => {
             const { width, height } = button.getBoundingClientRect();
             return Math.min(width, height);
         })",
        &[],
    )?;
    ensure!(sizes.len() == 5 && sizes.iter().all(|size| *size >= 44.0), "they measure {sizes:?}");
    for id in ["paint-down", "paint-down", "paint-right", "paint-right", "paint-right", "paint-left"] {
        tap(id)?;
    }
    page.wait_for(
        "the words of the weight",
        "return document.getElementById('mask-readout').textContent.startsWith('neuron\u{a0}2, input\u{a0}2')",
    )?;
    tap("paint-turn")?;
    page.until("the painted weight", |shown| is_painted(shown, "2:2"))?;
    assert_no_sideways_scroll(page, "while a phone paints")?;
    tap("paint-turn")?;
    page.until("nothing painted", |shown| !shown.fragment.contains("paint="))?;
    Ok(())
}
