//! The scenes of the lecture.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use super::accessibility::assert_accessible as check;
use super::page::Page;

/// Where the lecture is, as the page says it.
fn place(page: &Page) -> Result<String> {
    let text: String = page.script("return document.getElementById('scene-place').textContent", &[])?;
    Ok(text.replace('\u{a0}', " "))
}

fn until_at(page: &Page, wanted: &str) -> Result<()> {
    page.wait(wanted, || Ok((place(page)? == wanted).then_some(())))
}

/// Whether an element can be seen.
const IS_SEEN: &str = "
const element = document.querySelector(arguments[0]);
return element.checkVisibility({ visibilityProperty: true });";

pub fn a_remote_leads_through_a_scene_whose_outcome_waits_for_the_vote(page: &Page) -> Result<()> {
    page.open("scene=faster")?;
    until_at(page, "Scene 3 · 1 of 3")?;
    let set = page.until("the beat's run", |shown| shown.fragment.contains("twin=dense&scene=faster.1"))?;
    ensure!(set.step() == 0, "it plays already: {set:?}");
    let seen = |selector: &str| -> Result<bool> { page.script(IS_SEEN, &[selector.into()]) };
    ensure!(
        seen("#scene-text p")? && !seen(".assumptions")?,
        "the beat does not stand in the place of the assumptions"
    );
    page.press(Key::PageDown)?;
    until_at(page, "Scene 3 · 2 of 3")?;
    ensure!(!seen("#error-canvas")? && !seen("#disc-canvas")?, "the outcome can be seen");
    check(page, "a vote")?;
    page.press(Key::PageDown)?;
    page.wait("the question once more", || {
        let said: String = page.script("return document.getElementById('scene-vote').textContent", &[])?;
        Ok(said.starts_with("No answer yet").then_some(()))
    })?;
    ensure!(place(page)? == "Scene 3 · 2 of 3", "it did not wait for the vote");
    page.press("2")?;
    page.wait_for(
        "the answer",
        "return document.querySelector('.answer[aria-pressed=true]')?.textContent.includes('pruned')",
    )?;
    page.press(Key::PageDown)?;
    until_at(page, "Scene 3 · 3 of 3")?;
    ensure!(seen("#error-canvas")? && seen("#disc-canvas")?, "the outcome cannot be seen");
    page.until("the run that plays", |shown| shown.step() > 10)?;
    page.press("b")?;
    ensure!(seen("#dark")?, "it is not dark");
    page.press("b")?;
    ensure!(!seen("#dark")?, "it is still dark");
    page.press(Key::PageDown)?;
    until_at(page, "Scene 4 · 1 of 5")?;
    page.press(Key::PageUp)?;
    until_at(page, "Scene 3 · 3 of 3")?;
    page.script::<()>("document.getElementById('scene-leave').click()", &[])?;
    page.until("the lab alone", |shown| !shown.fragment.contains("scene"))?;
    ensure!(seen(".assumptions")? && !seen("#scene")?, "it is still the lecture");
    Ok(())
}

pub fn a_scene_is_led_with_the_lab_in_view_from_wherever_the_page_stands(page: &Page) -> Result<()> {
    page.open("v=1&seed=1")?;
    let in_view = |what: &str| {
        page.wait_for(
            what,
            "const { top, bottom } = document.getElementById('scene').getBoundingClientRect();
             return bottom > 0 && top < innerHeight",
        )
    };
    page.script::<()>("document.querySelector('#lecture a[data-scene=noise]').focus()", &[])?;
    page.press(Key::Enter)?;
    until_at(page, "Scene 7 · 1 of 3")?;
    in_view("the scene from the list")?;
    // Its title has the focus, and leaves Space to the run that plays.
    page.until("the run that plays", |shown| shown.step() > 0 && shown.button == "Pause")?;
    page.press(" ")?;
    page.until("the pause", |shown| shown.button == "Play")?;
    in_view("the scene after Space")?;
    page.script::<()>("window.scrollTo(0, document.body.scrollHeight)", &[])?;
    page.press(Key::PageDown)?;
    until_at(page, "Scene 7 · 2 of 3")?;
    in_view("the next beat")
}

/// Each scene that the page lists, by its key.
const LISTED: &str = "return [...document.querySelectorAll('#lecture a[data-scene]')].map(link => link.dataset.scene)";

pub fn every_scene_of_the_list_opens_in_the_page_and_can_be_read_without_it(page: &Page) -> Result<()> {
    page.open("v=1&seed=1")?;
    let keys: Vec<String> = page.script(LISTED, &[])?;
    ensure!(keys.len() == 12, "{keys:?}");
    for (scene, key) in keys.iter().enumerate() {
        page.script::<()>(
            "document.querySelector(`#lecture a[data-scene=${arguments[0]}]`).click()",
            &[key.as_str().into()],
        )?;
        page.wait(key, || Ok(place(page)?.starts_with(&format!("Scene {} · 1 of", scene + 1)).then_some(())))?;
        let notices = page.shown()?.notices;
        // One speaks of a sample that is too small on purpose.
        ensure!(notices.is_empty() || key == "nothing", "{key}: {notices:?}");
    }
    check(page, "a scene")?;
    let read: Vec<bool> = page.script(
        "return arguments[0].map(key => {
           const request = new XMLHttpRequest();
           request.open('GET', `scenes/${key}.html`, false);
           request.send();
           return request.status === 200 && request.responseText.includes('<h1>');
         })",
        &[serde_json::json!(keys)],
    )?;
    ensure!(read.iter().all(|read| *read), "{read:?}");
    Ok(())
}

pub fn the_window_with_the_notes_leads_and_the_hall_shows_the_same_bits(page: &Page) -> Result<()> {
    page.open("scene=samples")?;
    until_at(page, "Scene 5 · 1 of 4")?;
    page.script::<()>("document.querySelector('#scene details').open = true", &[])?;
    page.click("#scene-notes")?;
    page.turn_to_other_window()?;
    page.wait_for("the notes", "return document.getElementById('notes-text')?.textContent.length > 20")?;
    page.wait_for(
        "the next beat",
        "return document.getElementById('notes-next').textContent.startsWith('Five samples')",
    )?;
    check(page, "notes")?;
    page.press(Key::PageDown)?;
    until_at(page, "Scene 5 · 2 of 4")?;
    let led =
        page.until("the end", |shown| shown.status.starts_with("Converged") && shown.fragment.contains("digest="))?;
    page.turn_to_other_window()?;
    until_at(page, "Scene 5 · 2 of 4")?;
    let hall = page.until("the same end", |shown| shown.fragment == led.fragment)?;
    ensure!(hall.digest == led.digest, "the hall has {hall:?}, the notes {led:?}");
    // A key pressed in the hall is taken up by the notes.
    page.press(Key::Home)?;
    page.until("the start", |shown| shown.step() == 0)?;
    page.script::<()>("location.reload()", &[])?;
    page.turn_to_other_window()?;
    page.until("the start there too", |shown| shown.step() == 0)?;
    page.press(Key::Right)?;
    page.until("a step", |shown| shown.step() == 1)?;
    page.turn_to_other_window()?;
    page.until("a step after having been loaded again", |shown| shown.step() == 1)?;
    // The lecturer asks for the QR code, and the hall sees it.
    page.turn_to_other_window()?;
    page.press("q")?;
    page.turn_to_other_window()?;
    page.wait_for("the code in the hall", "return document.getElementById('qr').open")?;
    page.press("q")?;
    page.turn_to_other_window()?;
    page.wait_for("no code any more with the notes", "return !document.getElementById('qr').open")?;
    // Loaded again, the notes show what the hall shows: its step, and the dark.
    let dark =
        "return !document.getElementById('dark').hidden && document.getElementById('clock-t').textContent === '1'";
    page.press("b")?;
    page.wait_for("the dark", dark)?;
    page.script::<()>("location.reload()", &[])?;
    page.wait_for("the dark after the notes were loaded again", dark)?;
    page.turn_to_other_window()?;
    ensure!(page.script::<bool>(dark, &[])?, "the hall is lit again, or at another step");
    page.press(Key::Escape)?;
    page.wait_for("the picture", "return document.getElementById('dark').hidden")?;
    page.turn_to_other_window()?;
    page.wait_for("light for the notes too", "return document.getElementById('dark').hidden")
}
