//! The stage in links and frames, the dialog that composes scenes, sequences of them, and a projector's switches.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;
use winning_ticket::link::stage::PARTS;
use winning_ticket::spec::fields::FIELDS;

use super::accessibility::{assert_accessible as check, assert_no_sideways_scroll};
use super::page::Page;

/// Whether what a selector names can be seen.
const IS_SEEN: &str = "return document.querySelector(arguments[0]).checkVisibility({ visibilityProperty: true })";
/// Sets a text of the form as somebody who types it would.
const WRITE: &str = "
const element = document.querySelector(arguments[0]);
element.value = arguments[1];
element.dispatchEvent(new Event('input', { bubbles: true }));";
/// Turns a box of the form over.
const TICK: &str = "document.querySelector(`#composer ${arguments[0]}`).click()";
/// What is called as long as a sentence in the form is not what is waited for.
const SAID: &str = "return document.getElementById('composer-said').textContent";

fn is_seen(page: &Page, selector: &str) -> Result<bool> {
    page.script(IS_SEEN, &[selector.into()])
}

/// Opens the dialog by its menu.
fn open_dialog(page: &Page) -> Result<()> {
    let menu = if is_seen(page, "#menu-open")? { "#menu-open" } else { "#words-menu" };
    page.click(menu)?;
    page.click("#compose")?;
    page.wait_for("the form", "return document.querySelector('#composer[open] #composer-form') !== null")
}

fn write(page: &Page, title: &str, note: &str) -> Result<()> {
    page.script::<()>(WRITE, &["#composer-scene-title".into(), title.into()])?;
    page.script(WRITE, &["#composer-note".into(), note.into()])
}

fn value(page: &Page, selector: &str) -> Result<String> {
    page.script("return document.querySelector(arguments[0]).value", &[selector.into()])
}

fn fragment_of(address: &str) -> &str {
    address.split_once('#').map_or("", |(_, fragment)| fragment)
}

pub fn a_composed_scene_hides_and_enlarges_what_was_chosen_also_in_a_frame(page: &Page) -> Result<()> {
    page.open("v=1&r=20&N=300&seed=3&T=400")?;
    open_dialog(page)?;
    check(page, "with the dialog")?;
    write(page, "Only the disc & one slider", "What happens to the region?")?;
    for selector in [
        "#composer-enlarged [value=disc]",
        "#composer-controls [value=N]",
        "#composer-controls [value=K]",
        "#composer-parts [value=lights]",
    ] {
        page.script::<()>(TICK, &[selector.into()])?;
    }
    let told: String = page.script("return document.getElementById('composer-hides').textContent", &[])?;
    ensure!(told == "Hide … (3)", "{told}");
    let (link, frame) = (value(page, "#composer-link")?, value(page, "#composer-frame")?);
    // Keys are the dialog's while it is open.
    page.press(Key::PageDown)?;
    ensure!(page.shown()?.step() == 0);

    page.open(fragment_of(&link))?;
    for (selector, wanted) in [
        ("#words-title", true),
        ("#disc-canvas", true),
        ("#r-slider", true),
        ("#N-slider", false),
        ("#K-slider", false),
        ("#error-canvas", false),
        ("#mask-canvas", false),
        ("#lights", false),
        (".masthead .lead", false),
        ("#theory", true),
    ] {
        ensure!(is_seen(page, selector)? == wanted, "{selector} is {}there", if wanted { "not " } else { "" });
    }
    let words: String = page.script("return document.getElementById('words').innerText", &[])?;
    ensure!(words.contains("Only the disc & one slider") && words.contains("What happens to the region?"), "{words}");
    check(page, "a scene with a title")?;
    // A change keeps the stage; Back undoes the stage as it undoes a change.
    page.script::<()>("document.getElementById('r-slider').focus()", &[])?;
    page.press(Key::Right)?;
    let changed = page.until("the change", |shown| !shown.fragment.contains("r=20&"))?;
    ensure!(changed.fragment.contains("enlarge=disc") && changed.fragment.contains("hide=N,K,lights"), "{changed:?}");
    page.click("#words-menu")?;
    page.click("#show-all")?;
    page.until("the whole lab", |shown| !shown.fragment.contains("hide"))?;
    ensure!(is_seen(page, "#error-canvas")? && is_seen(page, "#N-slider")? && !is_seen(page, "#words")?);
    // As Back does, which in WebKit passes over entries that no reader’s deed has made.
    page.script::<()>("history.back()", &[])?;
    page.until("the scene again", |shown| shown.fragment.contains("hide=N,K,lights"))?;
    page.wait("the scene again", || Ok((!is_seen(page, "#error-canvas")?).then_some(())))?;

    // The frame is put into a page of the same host, as the test may look into it then.
    for (width, height) in [(800, 500), (390, 600)] {
        page.script::<()>(
            "const read = new DOMParser().parseFromString(arguments[0], 'text/html').querySelector('iframe');
             const frame = document.createElement('iframe');
             document.querySelector('body > iframe')?.remove();
             frame.title = read.title;
             frame.width = arguments[1]; frame.height = arguments[2];
             frame.src = read.src;
             document.body.append(frame);
             // WebKit draws a frame that is out of view once in ten seconds.
             frame.scrollIntoView();",
            &[frame.as_str().into(), width.into(), height.into()],
        )?;
        page.wait_for(
            "the lab in the frame",
            "return document.querySelector('body > iframe').contentDocument?.getElementById('status')?.textContent.length > 5",
        )?;
        let told: serde_json::Value = page.script(
            "const inside = document.querySelector('body > iframe').contentDocument;
             const seen = selector => inside.querySelector(selector).checkVisibility({ visibilityProperty: true });
             const within = selector => {
               const { bottom, right, width, top } = inside.querySelector(selector).getBoundingClientRect();
               const view = inside.defaultView;
               return width > 0 && top >= 0 && bottom <= view.innerHeight && right <= view.innerWidth;
             };
             const links = [...inside.querySelectorAll('a')].filter(link => link.checkVisibility());
             return {
               seen: ['#disc-canvas', '#r-slider', '#play'].every(seen),
               gone: ['#N-slider', '#error-canvas', '.masthead .lead', '#theory', '#paper', 'footer', '#lecture', '#words-menu'].filter(seen),
               within: ['#play', '#r-slider', '#disc-canvas', '#words-title'].filter(selector => !within(selector)),
               links: links.map(link => link.href),
               scrolls: inside.scrollingElement.scrollWidth - inside.scrollingElement.clientWidth,
             };",
            &[],
        )?;
        let wanted = json!({ "seen": true, "gone": [], "within": [], "links": [], "scrolls": 0 });
        ensure!(told == wanted, "in a frame of {width} × {height}: {told}");
    }
    Ok(())
}

/// Keeps what is saved, in place of a download.
const KEEP: &str = "window.kept = [];
    const make = URL.createObjectURL.bind(URL);
    let last = null;
    URL.createObjectURL = blob => { last = blob; return make(blob); };
    HTMLAnchorElement.prototype.click = function () { window.kept.push([this.download, last]); };";
/// Chooses a file with this text.
const CHOOSE: &str = "
const files = new DataTransfer();
files.items.add(new File([arguments[0]], 'sequence.json', { type: 'application/json' }));
const input = document.getElementById('composer-file');
input.files = files.files;
input.dispatchEvent(new Event('change'));";
/// Names and order of the scenes in the dialog.
const LISTED: &str = "return [...document.querySelectorAll('.scene-name')].map(name => name.textContent)";

fn until_said(page: &Page, begin: &str) -> Result<()> {
    page.wait(begin, || Ok(page.script::<String>(SAID, &[])?.starts_with(begin).then_some(())))
}

pub fn a_sequence_is_composed_shown_by_page_down_and_opened_again_from_its_file(page: &Page) -> Result<()> {
    page.open("v=1&r=20&N=300&seed=3&T=400")?;
    open_dialog(page)?;
    for (title, picture) in [("One", "error"), ("Two", "disc"), ("Three", "masks")] {
        write(page, title, "")?;
        page.script::<()>(TICK, &[format!("#composer-enlarged [value={picture}]").into()])?;
        page.click("#composer-add")?;
        until_said(page, &format!("Added: {title}"))?;
        page.script::<()>(TICK, &[format!("#composer-enlarged [value={picture}]").into()])?;
    }
    page.click("[aria-label='Up: Three']")?;
    until_said(page, "Three: now at 2")?;
    ensure!(page.script::<Vec<String>>(LISTED, &[])? == ["One", "Three", "Two"]);
    let focused: String = page.script("return document.activeElement.ariaLabel", &[])?;
    ensure!(focused == "Up: Three", "the focus is at {focused:?}");
    check(page, "with a sequence in the dialog")?;
    let sequence = value(page, "#composer-sequence")?;
    page.script::<()>(KEEP, &[])?;
    page.click("#composer-save")?;
    page.wait_for("the file", "return window.kept.length === 1")?;
    let file: String = page.script("return await window.kept[0][1].text()", &[])?;

    // The link of the sequence, as somebody else opens it.
    page.open(fragment_of(&sequence))?;
    let place = |wanted: &str, canvas: &str| -> Result<()> {
        page.wait(wanted, || {
            let told: String = page.script("return document.getElementById('words').innerText", &[])?;
            Ok((told.replace('\u{a0}', " ").contains(wanted) && is_seen(page, canvas)?).then_some(()))
        })
    };
    place("1 of 3", "#error-canvas")?;
    page.press(Key::PageDown)?;
    place("2 of 3", "#mask-canvas")?;
    check(page, "a scene of a sequence")?;
    page.click("#words-next")?;
    place("3 of 3", "#disc-canvas")?;
    page.press(Key::PageDown)?;
    page.press(Key::PageUp)?;
    place("2 of 3", "#mask-canvas")?;
    page.click("#words-back")?;
    place("1 of 3", "#error-canvas")?;
    ensure!(!is_seen(page, "#disc-canvas")?);

    // The file, elsewhere; one that is none takes nothing away.
    page.open("v=1&seed=1")?;
    open_dialog(page)?;
    page.script::<()>(CHOOSE, &[file.as_str().into()])?;
    until_said(page, "3 scenes.")?;
    let bad = file.replacen("&r=20", "&r=2000", 1);
    ensure!(bad != file, "{file}");
    page.script::<()>(CHOOSE, &[bad.into()])?;
    until_said(
        page,
        "Scene 1: r̃ (effective width) is 2000, but must be a number from 1 to 100; the file was not opened.",
    )?;
    ensure!(page.script::<Vec<String>>(LISTED, &[])? == ["One", "Three", "Two"], "the scenes are lost");
    page.click("#composer-start")?;
    place("1 of 3", "#error-canvas")
}

pub fn every_part_that_a_link_names_is_left_out_and_comes_back(page: &Page) -> Result<()> {
    page.open("v=1&seed=1")?;
    let fields = FIELDS.iter().map(|field| field.key);
    for key in fields.chain(PARTS.iter().map(|(key, _)| *key)) {
        page.script::<()>("location.hash = `v=1&seed=1&hide=${arguments[0]}`", &[key.into()])?;
        page.wait(key, || {
            let gone: bool = page.script(
                "const gone = [...document.querySelectorAll('[data-left-out]')];
                 return document.documentElement.dataset.hides === arguments[0] && gone.length > 0
                   && gone.every(element => !element.checkVisibility());",
                &[key.into()],
            )?;
            Ok(gone.then_some(()))
        })?;
    }
    page.script::<()>("location.hash = 'v=1&seed=1'", &[])?;
    page.wait_for("everything again", "return document.querySelector('[data-left-out]') === null")
}

pub fn below_the_longest_words_the_lab_is_still_in_one_screen_of_a_projector(page: &Page) -> Result<()> {
    let words = |length: usize| {
        "Which of these starts find the oracle, and which only fall on? ".repeat(5)[..length].trim().replace(' ', "%20")
    };
    let (title, note) = (words(79), words(279));
    // In a sequence, so that its buttons stand beside the title.
    page.open(&format!(
        "v=1&r=10&N=200&T=300&seed=1&title={title}&note={note}&sequence=v=1%26seed=1~v=1%26seed=2&at=1"
    ))?;
    page.until_all_is_computed()?;
    for (width, height) in [(1440, 900), (1280, 720), (1024, 768)] {
        page.set_viewport(width, height)?;
        let bottom: f64 = page.script(
            "scrollTo(0, 0);
             await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);
             return document.querySelector('.settled').getBoundingClientRect().bottom;",
            &[],
        )?;
        ensure!(bottom <= f64::from(height), "the lab reaches down to {bottom} in a window of {width} × {height}");
    }
    Ok(())
}

pub fn whatever_stage_a_link_sets_nothing_scrolls_sideways(page: &Page) -> Result<()> {
    page.open("v=1&seed=1")?;
    for (width, height) in [(1440, 900), (1024, 768), (390, 844), (320, 640)] {
        page.set_viewport(width, height)?;
        for stage in [
            "enlarge=disc",
            "enlarge=masks,network",
            "hide=controls,lights",
            "hide=N,K&embed=1",
            "large=1&thick=1&contrast=1",
        ] {
            page.script::<()>("location.hash = `v=1&seed=1&${arguments[0]}`", &[stage.into()])?;
            page.until(stage, |shown| shown.fragment.contains(stage))?;
            assert_no_sideways_scroll(page, &format!("{stage} at {width} × {height}"))?;
        }
    }
    Ok(())
}

/// Of the picture of the error: the font size of its axis' numbers, the thickness of the axis in CSS pixels, and the least
/// contrast of the texts that stand in the pictures.
const MEASURE: &str = "
await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);
const canvas = document.getElementById('error-canvas');
const ratio = canvas.width / canvas.clientWidth;
// A canvas of the page that is read from would be drawn otherwise from then on.
const column = new OffscreenCanvas(1, canvas.height).getContext('2d', { willReadFrequently: true });
column.drawImage(canvas, -Math.round(canvas.width / 2), 0);
const pixels = column.getImageData(0, 0, 1, canvas.height).data;
const is_drawn = y => pixels[4 * y + 3] > 127;
// The axis is what is drawn last from the top.
let bottom = canvas.height - 1;
while (bottom > 0 && !is_drawn(bottom)) bottom--;
let top = bottom;
while (top > 0 && is_drawn(top - 1)) top--;
const channels = text => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
const luminance = text => {
  const [r, g, b] = channels(text).map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const paper = luminance(getComputedStyle(document.body).backgroundColor);
const contrast = element => {
  const ink = luminance(getComputedStyle(element).color);
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
};
const labels = [...document.querySelectorAll('#error-labels .label, #disc-labels .label, #mask-labels .label, #network-labels .label')];
return {
  font: Math.min(...labels.map(label => parseFloat(getComputedStyle(label).fontSize))),
  stroke: (bottom - top + 1) / ratio,
  contrast: Math.min(...labels.map(contrast)),
};";

pub fn the_three_switches_for_projectors_each_do_what_they_say(page: &Page) -> Result<()> {
    #[derive(Debug, serde::Deserialize)]
    struct Measured {
        font: f64,
        stroke: f64,
        contrast: f64,
    }
    page.set_viewport(1024, 768)?;
    page.open("v=1&r=20&N=300&seed=3&T=400&t=30")?;
    page.until_all_is_computed()?;
    let measured = || page.script::<Measured>(MEASURE, &[]);
    let meets = |m: &Measured| (m.font >= 16.0, m.stroke >= 2.9, m.contrast >= 7.0);
    let usual = measured()?;
    ensure!(meets(&usual) == (false, false, false), "{usual:?}");
    page.click("#menu-open")?;
    for (switch, wanted) in
        [("large", (true, false, false)), ("thick", (true, true, false)), ("contrast", (true, true, true))]
    {
        page.click(&format!("#stage-{switch}"))?;
        page.until(switch, |shown| shown.fragment.contains(&format!("&{switch}=1")))?;
        page.wait(switch, || Ok((meets(&measured()?) == wanted).then_some(())))?;
    }
    check(page, "a projector's page")?;
    let fragment = page.shown()?.fragment;
    page.open(&fragment)?;
    page.wait("the same by the link", || Ok((meets(&measured()?) == (true, true, true)).then_some(())))
}

pub fn on_a_phone_what_leads_through_a_sequence_is_in_reach(page: &Page) -> Result<()> {
    for (width, height) in [(390, 844), (844, 390)] {
        page.set_viewport(width, height)?;
        for words in
            ["", "&title=Prune%20first&note=With%20the%20right%20mask", "&hide=transport", "&hide=controls,transport"]
        {
            page.open(&format!(
                "v=1&seed=1{words}&sequence=v=1%26seed=1{0}~v=1%26seed=2{0}&at=1",
                words.replace('&', "%26").replace("%20", "%2520")
            ))?;
            for id in ["words-back", "words-next", "words-menu"] {
                let on_top: bool = page.script(
                    "const element = document.getElementById(arguments[0]);
                     const { left, top, width, height } = element.getBoundingClientRect();
                     const hit = document.elementFromPoint(left + width / 2, top + height / 2);
                     return hit !== null && element.contains(hit);",
                    &[id.into()],
                )?;
                ensure!(on_top, "{id} is covered in a window of {width} × {height}, with {words:?}");
            }
            page.click("#words-next")?;
            page.wait_for("the next", "return document.getElementById('words-place').textContent.startsWith('2')")?;
        }
    }
    Ok(())
}
