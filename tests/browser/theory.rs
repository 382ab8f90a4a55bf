//! The section on theory: its formulas show the numbers of the run, follow its sliders, and light with them.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use super::accessibility::{assert_accessible, assert_no_sideways_scroll};
use super::page::Page;

const SMALL: &str = "v=1&r=5&N=200&K=3&d=20&seed=1&T=1200";

/// The number at a place of a formula.
fn number(page: &Page, line: &str, place: &str) -> Result<String> {
    page.script(
        "return document.querySelector(`#theory [data-line='${arguments[0]}'] [data-slot='${arguments[1]}']`).textContent",
        &[json!(line), json!(place)],
    )
}

fn wait_for_number(page: &Page, line: &str, place: &str, wanted: &str) -> Result<()> {
    page.wait(&format!("{wanted} in {line}"), || Ok((number(page, line, place)? == wanted).then_some(())))
}

/// Scrolls to the section; its numbers are written once it is in view.
fn go_to_theory(page: &Page) -> Result<()> {
    page.script::<()>("document.getElementById('theory').scrollIntoView()", &[])?;
    page.wait_for(
        "all numbers",
        "return [...document.querySelectorAll('#theory [data-line]')].every(e => e.dataset.told && e.dataset.old === 'false')",
    )
}

/// Which quantities are lit, by how many elements each.
fn lit(page: &Page) -> Result<Vec<String>> {
    page.script("return [...new Set([...document.querySelectorAll('.lit')].map(e => e.dataset.lights))]", &[])
}

/// The pixels of a picture, as text.
fn pixels(page: &Page, canvas: &str) -> Result<String> {
    page.script("return document.getElementById(arguments[0]).toDataURL()", &[json!(canvas)])
}

pub fn formulas_show_the_numbers_of_the_run_and_follow_its_sliders(page: &Page) -> Result<()> {
    page.open(SMALL)?;
    page.until_all_is_computed()?;
    let (told, empty): (bool, usize) = page.script(
        "const told = [...document.querySelectorAll('#theory .numbers')];
         return [told.every(e => e.dataset.told === undefined), told.length];",
        &[],
    )?;
    ensure!(told && empty > 8, "what is not in view was written");
    go_to_theory(page)?;
    for (line, place, wanted) in
        [("asked-4", "N", "200"), ("asked-4", "product", "405"), ("asked-8", "K", "3"), ("step", "eta", "0.214")]
    {
        ensure!(number(page, line, place)? == wanted, "{line}: {place} is {}", number(page, line, place)?);
    }
    // The same numbers as in the lab.
    let (light, caption): (String, String) = page.script(
        "const text = selector => document.querySelector(selector).textContent;
         return [text('#light-curvature .sentence'), text('#ring-theorem1')];",
        &[],
    )?;
    let epsilon1 = number(page, "epsilon1", "epsilon1")?;
    ensure!(light.contains(&format!("=\u{a0}{epsilon1}")), "{epsilon1} in the formula, and “{light}”");
    let radius = number(page, "radius", "radius")?;
    ensure!(caption.ends_with(&radius), "{radius} in the formula, and “{caption}”");

    // The slider beside the formulas moves the one in the lab, the run and the numbers.
    page.script::<()>("document.getElementById('K-echo').focus({ preventScroll: true })", &[])?;
    page.press(Key::Right)?;
    wait_for_number(page, "asked-4", "K", "4")?;
    wait_for_number(page, "step", "eta", "0.286")?;
    let lab: String = page.script("return document.getElementById('K-box').value", &[])?;
    ensure!(lab == "4", "the lab has K = {lab}");
    go_to_theory(page)?;
    let after = number(page, "epsilon1", "epsilon1")?;
    ensure!(after != epsilon1, "ε̂₁ stayed {after}");

    // And the run: its step, what is left by theory, what is measured.
    page.set_speed("max")?;
    page.script::<()>("document.getElementById('play').click()", &[])?;
    page.until("the end", |shown| shown.status.starts_with("Converged"))?;
    // To use the menu some drivers scroll to it.
    go_to_theory(page)?;
    let step = page.shown()?.t;
    wait_for_number(page, "fall", "t", &step)?;
    let measured: String =
        page.script("return document.querySelector('[data-sentence=measured-error]').textContent", &[])?;
    ensure!(measured.contains(&page.shown()?.error), "{measured}");
    Ok(())
}

pub fn symbols_light_their_sliders_and_curves_and_sliders_light_symbols(page: &Page) -> Result<()> {
    // So few steps that R_T lies within the picture.
    page.open("v=1&r=5&N=200&K=3&d=20&seed=1&T=160")?;
    page.until_all_is_computed()?;
    go_to_theory(page)?;
    let reach = number(page, "reach", "reach")?;
    ensure!(number(page, "reach", "sign")? == "=" && reach != "0", "R_T is {reach}, which is no ring");
    let symbol = |quantity: &str| format!("#theory .formula button[data-lights={quantity}]");
    let focus = |selector: &str| {
        page.script::<()>("document.querySelector(arguments[0]).focus({ preventScroll: true })", &[json!(selector)])
    };
    let blur = || {
        page.script::<()>("document.activeElement.blur()", &[])?;
        page.wait("nothing lit", || Ok(lit(page)?.is_empty().then_some(())))
    };
    // By keys the focus is seen, which a script alone does not make it.
    page.press(Key::Tab)?;
    // Drawn once more: a pixel of WebKit's first picture of the probes, which came one by one, may differ.
    let first = pixels(page, "error-canvas")?;
    focus(&symbol("r"))?;
    page.wait("the curve of r", || Ok((pixels(page, "error-canvas")? != first).then_some(())))?;
    blur()?;
    page.wait("the curve as before", || Ok((pixels(page, "error-canvas")? == first).then_some(())))?;
    let (disc, error) = (pixels(page, "disc-canvas")?, first);
    for (quantity, has_slider, changes_disc, changes_error) in [
        ("r", true, true, true),
        ("N", true, true, true),
        ("K", true, true, true),
        ("beta", true, true, true),
        ("eta", true, true, true),
        ("epsilon1", false, true, false),
        ("nu", false, false, true),
    ] {
        focus(&symbol(quantity))?;
        page.wait(&format!("{quantity} alone lit"), || Ok((lit(page)? == [quantity]).then_some(())))?;
        let slider: bool = page.script(
            "return document.querySelector(`.control.lit[data-lights='${arguments[0]}']`) !== null",
            &[json!(quantity)],
        )?;
        ensure!(slider == has_slider, "{quantity}: its slider is lit: {slider}");
        page.wait(&format!("the pictures of {quantity}"), || {
            let changed = (pixels(page, "disc-canvas")? != disc, pixels(page, "error-canvas")? != error);
            Ok((changed == (changes_disc, changes_error)).then_some(()))
        })?;
    }
    blur()?;
    page.wait("the pictures as before", || {
        Ok((pixels(page, "disc-canvas")? == disc && pixels(page, "error-canvas")? == error).then_some(()))
    })?;
    // And back: a slider, by the pointer and by the focus.
    for slider in ["beta-echo", "beta-slider"] {
        focus(&format!("#{slider}"))?;
        page.wait(&format!("β lit by {slider}"), || Ok((lit(page)? == ["beta"]).then_some(())))?;
        let symbols: usize = page.script("return document.querySelectorAll('.formula .lit').length", &[])?;
        ensure!(symbols > 2, "{slider} lights {symbols} symbols");
    }
    page.script::<()>("document.activeElement.blur()", &[])?;
    let middle: (f64, f64) = page.script(
        "document.getElementById('N-echo').scrollIntoView({ block: 'center' });
         const { left, top, width, height } = document.getElementById('N-echo').getBoundingClientRect();
         return [left + width / 2, top + height / 2];",
        &[],
    )?;
    page.point_at(middle)?;
    page.wait("N lit by the pointer", || Ok((lit(page)? == ["N"]).then_some(())))
}

pub fn every_symbol_and_term_explains_itself_by_keys(page: &Page) -> Result<()> {
    page.open(SMALL)?;
    page.until_all_is_computed()?;
    go_to_theory(page)?;
    let groups: usize = page.script("return document.querySelectorAll('#theory [data-terms]').length", &[])?;
    ensure!(groups == 4, "{groups} groups of symbols");
    page.press(Key::Tab)?;
    let mut explained = Vec::new();
    for group in 0..groups {
        let terms: usize = page.script(
            "const group = document.querySelectorAll('#theory [data-terms]')[arguments[0]];
             group.querySelector('button.term[tabindex=\"0\"]').focus();
             return group.querySelectorAll('button.term').length;",
            &[json!(group)],
        )?;
        page.press(Key::Home)?;
        for place in 0..terms {
            let (name, key, inside, tall): (String, String, bool, bool) = page.script(
                "const note = document.getElementById('note'), term = document.activeElement;
                 const { left, top, right, bottom } = note.getBoundingClientRect();
                 const own = term.getBoundingClientRect();
                 return [note.matches(':popover-open') && term.getAttribute('aria-describedby') === 'note' ? note.textContent : '',
                         term.dataset.term, left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
                         own.width >= 24 && own.height >= 24];",
                &[],
            )?;
            ensure!(
                name.len() > 20 && inside,
                "{key}, {place} of group {group}: the note says “{name}”, inside {inside}"
            );
            ensure!(tall, "{key}, {place} of group {group} is smaller than 24 px");
            explained.push(key);
            page.press(Key::Right)?;
        }
    }
    explained.sort_unstable();
    explained.dedup();
    ensure!(explained.len() > 20, "only {explained:?}");
    page.press(Key::Escape)?;
    // Symbols in sentences explain themselves under the pointer, also those that the script writes.
    for selector in
        ["label[for=N-slider] .symbol", "#status i", "#theory [data-sentence=light-6] i", "#theory .origin i"]
    {
        let place: (f64, f64) = page.script(
            "const symbol = document.querySelector(arguments[0]);
             symbol.scrollIntoView({ block: 'center' });
             const { left, top, width, height } = symbol.getBoundingClientRect();
             return [left + width / 2, top + height / 2];",
            &[json!(selector)],
        )?;
        page.point_at(place)?;
        page.wait(&format!("a note over {selector}"), || {
            let shown: bool = page.script("return document.getElementById('note').matches(':popover-open')", &[])?;
            Ok(shown.then_some(()))
        })?;
        page.point_at((2.0, 2.0))?;
    }
    Ok(())
}

pub fn the_theory_is_accessible_and_fits_narrow_screens(page: &Page) -> Result<()> {
    page.open("v=1&r=8&N=200&K=3&d=30&seed=1&T=1200&sigma=0.1")?;
    page.until_all_is_computed()?;
    go_to_theory(page)?;
    page.press(Key::Tab)?;
    page.script::<()>("document.querySelector('#theory .formula button.term').focus()", &[])?;
    assert_accessible(page, "a symbol of a formula with its note")?;
    for width in [390, 320] {
        page.emulate_screen(width, 844, 2.0)?;
        go_to_theory(page)?;
        for scheme in ["dark", "light"] {
            page.emulate_media(&[("prefers-color-scheme", scheme)])?;
            let state = format!("theory, {width} px wide, {scheme}");
            assert_no_sideways_scroll(page, &state)?;
            assert_accessible(page, &state)?;
        }
        let cut: Vec<String> = page.script(
            "return [...document.querySelectorAll('#theory :is(.formula, .numbers)')]
               .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)",
            &[],
        )?;
        ensure!(cut.is_empty(), "at {width} px these are wider than their column: {cut:?}");
    }
    Ok(())
}
