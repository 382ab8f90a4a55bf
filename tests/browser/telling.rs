//! What who cannot see the page hears of it.

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

use super::page::Page;

/// An attribute of the element with this id; empty where there is none.
fn attribute(page: &Page, id: &str, name: &str) -> Result<String> {
    page.script(&format!("return document.getElementById('{id}').getAttribute('{name}') ?? ''"), &[])
}

/// The text of all elements that describe the one with this id.
fn description(page: &Page, id: &str) -> Result<String> {
    page.script(
        &format!(
            "const ids = document.getElementById('{id}').getAttribute('aria-describedby') ?? '';
             return ids.split(' ').filter(id => id !== '').map(id => document.getElementById(id).textContent).join(' ');"
        ),
        &[],
    )
}

fn type_into(page: &Page, id: &str, text: &str) -> Result<()> {
    page.script::<()>(&format!("const box = document.getElementById('{id}'); box.focus(); box.select();"), &[])?;
    page.press(format!("{text}{}", Key::Enter.value()))
}

pub fn a_mended_value_is_announced_and_its_box_is_marked(page: &Page) -> Result<()> {
    page.open("")?;
    // A live region has to be known before something comes into it.
    let live: bool = page.script(
        "const notices = document.getElementById('notices');
         return notices.ariaLive === 'polite' && notices.checkVisibility() && notices.textContent === '';",
        &[],
    )?;
    ensure!(live, "#notices is no polite live region before it is filled");
    type_into(page, "N-box", "99999")?;
    let mended = page.until("a sentence about N", |shown| shown.notices.len() == 1)?;
    ensure!(mended.notices[0].contains("10\u{202f}000"), "thousands are not grouped in “{}”", mended.notices[0]);
    ensure!(attribute(page, "N-box", "aria-invalid")? == "true", "the mended box is not marked");
    ensure!(attribute(page, "K-box", "aria-invalid")?.is_empty(), "a box that nobody touched is marked");
    let told = description(page, "N-box")?;
    ensure!(told == mended.notices[0], "the box is described by “{told}”");
    type_into(page, "K-box", "4")?;
    page.until("no sentence after a good value", |shown| shown.notices.is_empty() && shown.fragment.contains("K=4"))?;
    ensure!(attribute(page, "N-box", "aria-invalid")?.is_empty(), "the box stays marked after the next edit");
    ensure!(description(page, "N-box")?.is_empty(), "the box stays described after the next edit");
    Ok(())
}

pub fn sliders_say_in_a_sentence_what_their_marks_mean(page: &Page) -> Result<()> {
    page.open("")?;
    page.until_all_is_computed()?;
    for id in ["r", "N", "K", "beta"] {
        let told = description(page, &format!("{id}-slider"))?;
        let sentence = told.is_empty() || told.ends_with('.') && told.split_whitespace().count() >= 4;
        ensure!(sentence, "the slider of {id} is described by “{told}”");
    }
    let told = description(page, "N-slider")?;
    ensure!(told.contains("enough samples by (8)") || told.contains("Enough samples by (8)"), "N says “{told}”");
    let hidden: bool = page.script("return document.getElementById('N-marks').ariaHidden === 'true'", &[])?;
    ensure!(hidden, "the marks are read out beside their sentence");
    Ok(())
}

pub fn pictures_with_keys_tell_their_values(page: &Page) -> Result<()> {
    page.open("v=1&r=8&N=150&K=3&d=40&seed=5&t=50")?;
    page.until_all_is_computed()?;
    let value = |name: &str| attribute(page, &format!("{name}-canvas"), "aria-valuetext");
    for (name, first, last) in
        [("error", "t\u{a0}=\u{a0}0:", "t\u{a0}=\u{a0}50:"), ("mask", "neuron\u{a0}1:", "neuron\u{a0}3:")]
    {
        page.script::<()>(&format!("document.getElementById('{name}-canvas').focus()"), &[])?;
        for (key, begins) in [(Key::Home, first), (Key::End, last)] {
            page.press(key)?;
            page.wait(&format!("{name} at {begins}"), || Ok(value(name)?.starts_with(begins).then_some(())))?;
        }
    }
    // From probe to probe, by distance.
    page.script::<()>("document.getElementById('disc-canvas').focus()", &[])?;
    let distance = |told: &str| -> Result<f64> {
        let number = told.split("λ\u{a0}=\u{a0}").nth(1).and_then(|rest| rest.split(',').next());
        number.context("no λ")?.parse().with_context(|| format!("“{told}”"))
    };
    page.press(Key::Home)?;
    let mut before = page.wait("the nearest probe", || {
        let told = value("disc")?;
        Ok(told.contains("λ").then_some(told))
    })?;
    ensure!(distance(&before)? < 0.02, "the nearest probe is “{before}”");
    for _ in 0..3 {
        page.press(Key::Right)?;
        let next = page.wait("the next probe", || {
            let told = value("disc")?;
            Ok((told != before).then_some(told))
        })?;
        ensure!(distance(&next)? > distance(&before)?, "→ goes from “{before}” to “{next}”");
        ensure!(
            next.contains("success") || next.contains("stopped") || next.contains("cap"),
            "“{next}” has no outcome"
        );
        before = next;
    }
    page.press(Key::End)?;
    page.wait("the farthest probe", || Ok((distance(&value("disc")?)? > 1.47).then_some(())))?;
    let readout: String = page.script("return document.getElementById('disc-readout').textContent", &[])?;
    ensure!(readout == value("disc")?, "the readout says “{readout}”");
    ensure!(page.shown()?.step() == 50, "a picture's own keys moved the run");
    Ok(())
}

pub fn how_many_features_neurons_share_stands_in_a_table_also_for_many(page: &Page) -> Result<()> {
    page.open("v=1&K=12&seed=1")?;
    page.click("#mask-region details.data summary")?;
    let rows: Vec<Vec<String>> = page.wait("the table of the masks", || {
        let rows: Vec<Vec<String>> = page.script(
            "return [...document.querySelectorAll('#mask-table tbody tr')].map(
               row => [...row.cells].map(cell => cell.textContent))",
            &[],
        )?;
        Ok((rows.len() == 12).then_some(rows))
    })?;
    let delta: Vec<Vec<String>> = page.script(
        "return [...document.querySelectorAll('#delta tbody tr')].map(
           row => [...row.querySelectorAll('td')].map(cell => cell.textContent))",
        &[],
    )?;
    for (row, shared) in rows.iter().zip(&delta) {
        ensure!(row[2] == shared.join(", "), "the table has {row:?} where δ has {shared:?}");
    }
    Ok(())
}

pub fn the_progress_of_the_probes_is_told_with_the_time_left(page: &Page) -> Result<()> {
    // Probes that take long.
    page.open("v=1&r=60&N=4000&d=200&K=8&seed=1&eta=0.01&beta=0")?;
    let told = page.wait("an estimate", || {
        let told: String = page.script("return document.getElementById('disc-progress').textContent", &[])?;
        Ok(told.contains("left").then_some(told))
    })?;
    ensure!(told.contains("of\u{a0}96 probes, about "), "it says “{told}”");
    page.open("v=1&r=3&N=60&K=2&d=10&seed=1")?;
    page.until_all_is_computed()?;
    page.wait_for("no word once all are done", "return document.getElementById('disc-progress').textContent === ''")
}

/// Takes down what is said politely, as a screen reader would.
const EAR: &str = "
window.said = [];
new MutationObserver(() => {
  const text = document.getElementById('announcements').textContent;
  if (text) window.said.push([performance.now(), text]);
}).observe(document.getElementById('announcements'), { childList: true, characterData: true, subtree: true });";

fn said(page: &Page) -> Result<Vec<(f64, String)>> {
    page.script("return window.said", &[])
}

fn until_said(page: &Page, what: &str) -> Result<String> {
    page.wait(&format!("“{what}”"), || {
        Ok(said(page)?.into_iter().map(|said| said.1).find(|said| said.contains(what)))
    })
}

pub fn the_summary_says_what_is_here_and_one_voice_what_happens(page: &Page) -> Result<()> {
    page.open("v=1&r=8&N=150&K=3&d=40&seed=5&T=200")?;
    page.until_all_is_computed()?;
    let text = |id: &str| -> Result<String> {
        page.script("return document.getElementById(arguments[0]).textContent", &[id.into()])
    };
    let now = text("summary-now")?;
    ensure!(now.contains("150 samples, 3 neurons, 40 inputs") && now.contains("is paused at iteration 0"), "{now}");
    ensure!(text("summary-hint")?.starts_with("To begin"), "the hint is “{}”", text("summary-hint")?);
    let live: Vec<String> =
        page.script("return [...document.querySelectorAll('[role=status], [aria-live=polite]')].map(e => e.id)", &[])?;
    ensure!(live.contains(&"announcements".to_owned()) && !live.contains(&"status".to_owned()), "{live:?}");
    page.script::<()>(EAR, &[])?;
    // A drag: many values, one response.
    page.script::<()>("document.getElementById('r-slider').focus()", &[])?;
    for _ in 0..5 {
        page.press(Key::Left)?;
    }
    let told = until_said(page, "Effective width")?;
    ensure!(told.starts_with("Effective width 3, was 8.") && told.contains("Theorem\u{a0}1’s ball grows"), "“{told}”");
    // A search: its rounds, and its end.
    page.script::<()>("document.querySelector('#search').open = true", &[])?;
    page.script::<()>("document.getElementById('search-count').value = '2'", &[])?;
    page.script::<()>("document.getElementById('search-run').click()", &[])?;
    until_said(page, "The search has ended after 2 rounds")?;
    page.set_speed("max")?;
    page.click("#play")?;
    until_said(page, "after")?;
    let said = said(page)?;
    let changes = said.iter().filter(|said| said.1.starts_with("Effective width")).count();
    ensure!(changes == 1, "{changes} responses to one drag: {said:?}");
    // By the clock of the page's frames, which come a little late.
    ensure!(said.windows(2).all(|pair| pair[1].0 - pair[0].0 > 1900.0), "too often: {said:?}");
    Ok(())
}
