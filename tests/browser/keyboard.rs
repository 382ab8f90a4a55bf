//! The keyboard alone suffices.

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

use super::accessibility::assert_accessible;
use super::page::Page;

/// The elements that a reader can do something with, in the order of the document, each by its id or what it says.
const REACHABLE: &str = "
const told = e => e.id || e.getAttribute('aria-label') || e.textContent.trim();
const kinds = 'a[href], button, input, select, summary, textarea, [tabindex]';
return [...document.querySelectorAll(kinds)]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true })).map(told);";

const FOCUSED: &str = "
const told = e => e.id || e.getAttribute('aria-label') || e.textContent.trim();
const e = document.activeElement;
return !e || e === document.body ? '' : told(e);";

pub fn tab_reaches_everything_in_order_and_shows_where_it_is(page: &Page) -> Result<()> {
    // Once its probes are done, a page in which nobody does anything no longer changes.
    page.open("v=1&r=3&N=60&K=2&d=10&seed=1")?;
    page.wait_for("all probes", "return document.getElementById('disc-text').textContent.startsWith('96 probes')")?;
    page.click("#more summary")?;
    let reachable: Vec<String> = page.script(REACHABLE, &[])?;
    ensure!(reachable.len() > 30, "only these can be reached: {reachable:?}");
    // Begins at the document's start, wherever the last click was.
    page.script::<()>(
        "const start = document.createElement('span'); start.tabIndex = -1; document.body.prepend(start);
         start.focus({ preventScroll: true }); start.remove(); scrollTo(0, 0);",
        &[],
    )?;
    let mut reached: Vec<String> = Vec::new();
    for _ in 0..reachable.len() {
        page.press(Key::Tab)?;
        let focused: String = page.script(FOCUSED, &[])?;
        let with_focus = page.picture()?;
        // Tab goes on from where the focus was last.
        page.script::<()>("document.activeElement.blur()", &[])?;
        ensure!(page.picture()? != with_focus, "nothing shows that “{focused}” has the focus");
        reached.push(focused);
    }
    ensure!(reached == reachable, "Tab reaches\n  {reached:?}\ninstead of\n  {reachable:?}");
    Ok(())
}

pub fn the_skip_link_leads_to_the_lab_and_changes_nothing(page: &Page) -> Result<()> {
    let before = page.open("v=1&r=20&K=3&seed=2&t=5")?;
    page.until_all_is_computed()?;
    let before = page
        .until("t = 5", |shown| shown.status.starts_with("Step\u{a0}5:") && shown.fragment.contains("&digest="))
        .with_context(|| format!("it opened as {before:?}"))?;
    page.script::<()>("document.querySelector('.skip').focus()", &[])?;
    page.press(Key::Enter)?;
    page.wait_for("the focus in the lab", "return document.activeElement.id === 'lab'")?;
    page.press(Key::Tab)?;
    let focused: String = page.script(FOCUSED, &[])?;
    ensure!(focused == "r-box" || focused == "r-slider", "after the link Tab goes to “{focused}”");
    let after = page.until("the same address", |shown| shown.fragment == before.fragment)?;
    ensure!(after == before, "the page was\n  {before:?}\nand is\n  {after:?}");
    Ok(())
}

fn focus(page: &Page, id: &str) -> Result<()> {
    page.script(&format!("document.getElementById('{id}').focus()"), &[])
}

fn value(page: &Page, id: &str) -> Result<String> {
    page.script(&format!("return document.getElementById('{id}').value"), &[])
}

fn wait_for_value(page: &Page, id: &str, expected: &str) -> Result<()> {
    page.wait(&format!("{id} to hold {expected}"), || Ok((value(page, id)? == expected).then_some(())))
        .with_context(|| format!("{id} holds {}", value(page, id).unwrap_or_default()))
}

/// Types a value into a box in place of the one it holds.
fn type_into(page: &Page, id: &str, text: &str) -> Result<()> {
    focus(page, id)?;
    page.script::<()>("document.activeElement.select()", &[])?;
    page.press(format!("{text}{}", Key::Enter.value()))
}

pub fn what_is_being_typed_stays_when_a_forecast_arrives(page: &Page) -> Result<()> {
    page.open("")?;
    let lights = "return document.getElementById('light-curvature').dataset.state";
    page.wait_for("the forecast", &format!("{lights} !== 'waiting'"))?;
    focus(page, "K-slider")?;
    page.press(Key::Right)?;
    wait_for_value(page, "K-box", "6")?;
    focus(page, "N-box")?;
    page.script::<()>("document.activeElement.select()", &[])?;
    page.press("77")?;
    page.wait_for("the next forecast", &format!("{lights} !== 'waiting'"))?;
    // Shown a frame later.
    page.script::<()>("await new Promise(requestAnimationFrame)", &[])?;
    let held = value(page, "N-box")?;
    ensure!(held == "77", "77 was being typed into the box, which holds {held}");
    page.press(Key::Enter)?;
    page.until("N = 77", |shown| shown.fragment == "v=1&N=77&K=6&seed=1&T=1200").map(drop)
}

pub fn keys_play_step_and_change_every_value(page: &Page) -> Result<()> {
    page.open("")?;
    focus(page, "lab")?;
    page.press(" ")?;
    page.until("playing after Space", |shown| shown.button == "Pause" && shown.step() > 0)?;
    page.press(" ")?;
    let paused = page.until("a pause after Space", |shown| shown.button == "Play")?;
    page.press(Key::Home)?;
    page.until("the start after Home", |shown| shown.step() == 0 && !shown.error.is_empty())
        .with_context(|| format!("paused as {paused:?}"))?;
    page.press(Key::Right)?;
    page.until("one step after →", |shown| shown.step() == 1)?;
    // On a button Space is the button's.
    focus(page, "play")?;
    page.press(" ")?;
    page.until("playing after Space on the button", |shown| shown.button == "Pause")?;
    page.press(" ")?;
    page.until("a pause after Space on the button", |shown| shown.button == "Play")?;

    for (id, key, after) in [
        ("r", Key::Right, "41"),
        ("K", Key::Left, "4"),
        ("beta", Key::Down, "0.89"),
        ("beta", Key::End, "0.99"),
        ("N", Key::Home, "20"),
    ] {
        focus(page, &format!("{id}-slider"))?;
        page.press(key)?;
        wait_for_value(page, &format!("{id}-box"), after)?;
    }
    page.until("the values in the address", |shown| shown.fragment == "v=1&r=41&N=20&K=4&beta=0.99&seed=1&T=1200")?;

    for (id, text, after) in [("r-box", "60", "60"), ("N-box", "1 234", "1234"), ("beta-box", "0,5", "0.50")] {
        type_into(page, id, text)?;
        wait_for_value(page, id, after)?;
    }
    let good = page.until("the typed values in the address", |shown| {
        shown.fragment == "v=1&r=60&N=1234&K=4&beta=0.5&seed=1&T=1200"
    })?;
    ensure!(good.notices.is_empty(), "good values are complained about: {:?}", good.notices);

    type_into(page, "K-box", "99")?;
    let mended = page.until("a sentence about 99 neurons", |shown| shown.notices.len() == 1)?;
    ensure!(mended.notices[0].contains("99") && mended.notices[0].contains("12"), "it says {:?}", mended.notices);
    wait_for_value(page, "K-box", "12")?;
    type_into(page, "K-box", "many")?;
    let mended =
        page.until("a sentence about many neurons", |shown| shown.notices.iter().any(|n| n.contains("many")))?;
    ensure!(mended.notices.len() == 1, "it says {:?}", mended.notices);
    // What cannot be read leaves what was there.
    wait_for_value(page, "K-box", "12")
}

pub fn what_is_typed_quickly_into_one_box_after_the_other_stays(page: &Page) -> Result<()> {
    page.open("")?;
    for i in 0..12 {
        let (r, n) = (41 + i, 300 + 7 * i);
        focus(page, "r-box")?;
        page.script::<()>("document.activeElement.select()", &[])?;
        // Past the slider into the next box, whose text Tab selects, and more digits than a frame has time for.
        let tab = Key::Tab.value();
        page.press(format!("{r}{tab}{tab}{n}"))?;
        page.script::<()>("for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame)", &[])?;
        let held = (value(page, "r-box")?, value(page, "N-box")?);
        ensure!(held == (r.to_string(), n.to_string()), "{r} and {n} were typed, the boxes hold {held:?}");
        page.press(Key::Enter)?;
        let expected = format!("v=1&r={r}&N={n}&seed=1&T=1200");
        page.until("both in the address", |shown| shown.fragment == expected)?;
    }
    // Typed and taken back is no change, and the box follows again.
    focus(page, "N-box")?;
    page.press("1")?;
    page.press(Key::Backspace)?;
    page.script::<()>("location.hash = 'v=1&seed=1&T=1200'", &[])?;
    page.until("the defaults", |shown| shown.fragment == "v=1&seed=1&T=1200" && !shown.error.is_empty())?;
    focus(page, "lab")?;
    wait_for_value(page, "N-box", "500")
}

pub fn shortcuts_work_from_buttons_and_sliders_and_space_does_one_thing(page: &Page) -> Result<()> {
    page.open("")?;
    for id in ["play", "reset", "step"] {
        page.click(&format!("#{id}"))?;
        if id == "play" {
            page.until("a run that plays", |shown| shown.button == "Pause")?;
            page.click("#play")?;
        }
        page.press(Key::Home)?;
        page.until("the start after Home", |shown| shown.step() == 0 && shown.button == "Play")?;
        page.press(Key::Right)?;
        page.until("one step after →", |shown| shown.step() == 1)?;
        page.press_with_shift(Key::Right)?;
        page.until("ten steps after →", |shown| shown.step() == 11)?;
    }
    // Space is the button's own, once: Step makes one step and nothing plays.
    focus(page, "step")?;
    page.press(" ")?;
    let stepped = page.until("a step", |shown| shown.step() == 12)?;
    ensure!(stepped.button == "Play", "Space on Step plays too: {stepped:?}");
    focus(page, "play")?;
    page.press(" ")?;
    page.until("a run that plays", |shown| shown.button == "Pause" && shown.step() > 14)?;
    page.press(" ")?;
    page.until("a pause", |shown| shown.button == "Play")?;
    // A slider has no use for Space, but for the arrows and the ends.
    focus(page, "K-slider")?;
    page.press(" ")?;
    page.until("a run that plays after Space on a slider", |shown| shown.button == "Pause")?;
    page.press(Key::Home)?;
    wait_for_value(page, "K-box", "1")?;
    ensure!(page.shown()?.button == "Pause", "Home on a slider stops the run");
    page.press(" ")?;
    page.until("a pause", |shown| shown.button == "Play")?;
    // In a box every key types.
    focus(page, "N-box")?;
    page.press(" ")?;
    ensure!(page.shown()?.button == "Play", "Space in a box plays");
    focus(page, "reset")?;
    page.press(Key::End)?;
    page.until("the end after End", |shown| ["Converged", "Stopped"].iter().any(|word| shown.status.starts_with(word)))
        .map(drop)
}

pub fn the_focus_comes_back_and_what_it_left_covers_nothing(page: &Page) -> Result<()> {
    page.open("v=1&r=3&N=60&K=2&d=10&seed=1")?;
    let focused = |page: &Page| page.script::<String>(FOCUSED, &[]);
    let unfolded = "return document.getElementById('menu').matches(':popover-open')";
    focus(page, "menu-open")?;
    page.press(Key::Enter)?;
    page.wait_for("the menu", unfolded)?;
    let left = "return document.activeElement.closest('#menu') === null && document.activeElement.id !== 'menu-open'";
    let mut tabs = 0;
    while !page.script::<bool>(left, &[])? {
        tabs += 1;
        ensure!(tabs < 30, "the focus does not leave the menu");
        page.press(Key::Tab)?;
    }
    ensure!(tabs > 3 && !page.script::<bool>(unfolded, &[])?, "the menu covers {} after {tabs} tabs", focused(page)?);
    focus(page, "menu-open")?;
    page.press(Key::Enter)?;
    page.wait_for("the menu", unfolded)?;
    focus(page, "compose")?;
    page.press(Key::Enter)?;
    page.wait_for("the composer", "return document.getElementById('composer').open")?;
    page.press(Key::Escape)?;
    page.wait_for("no composer", "return !document.getElementById('composer').open")?;
    ensure!(focused(page)? == "menu-open", "after the composer the focus is on {}", focused(page)?);
    focus(page, "language")?;
    page.press(Key::Enter)?;
    page.wait_for(
        "German, and the focus where it was",
        "return document.documentElement.lang === 'de' && document.activeElement.id === 'language'",
    )
}

pub fn the_list_of_keys_opens_and_closes(page: &Page) -> Result<()> {
    page.open("v=1&r=3&N=60&K=2&d=10&seed=1")?;
    let open = "return document.getElementById('keys').open";
    let closed = "return !document.getElementById('keys').open";
    focus(page, "step")?;
    page.press("?")?;
    page.wait_for("the list after ?", open)?;
    let list: String = page.script("return document.getElementById('keys').innerText", &[])?;
    for words in [
        "Space",
        "play or pause",
        "Shift",
        "ten steps",
        "Home",
        "End",
        "from probe to probe",
        "listen to",
        "take the note away",
    ] {
        ensure!(list.contains(words), "“{words}” is not in the list {list}");
    }
    assert_accessible(page, "with the list of keys")?;
    // Behind it nothing moves.
    page.press(Key::Right)?;
    page.press(Key::Escape)?;
    page.wait_for("no list after Escape", closed)?;
    ensure!(page.script::<String>(FOCUSED, &[])? == "step", "the focus did not come back");
    ensure!(page.shown()?.step() == 0, "a key went through the list");
    page.click("#keys-help")?;
    page.wait_for("the list after a click", open)?;
    page.click("#keys-close")?;
    page.wait_for("no list after Close", closed)?;
    page.press("?")?;
    page.wait_for("the list after ?", open)?;
    page.press("?")?;
    page.wait_for("no list after ? again", closed)
}
