//! What is in view in which window: the lab in one screen, and on phones a picture with all that moves it.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use super::page::Page;

/// Play, the clock and the four primary sliders.
const HANDS: &[&str] = &[
    "#play",
    "#clock-t",
    "#clock-error",
    "#r-slider",
    "#N-slider",
    "#K-slider",
    "#beta-slider",
    "#r-box",
    "#N-box",
    "#K-box",
    "#beta-box",
];
/// What a lecture needs besides, whatever folds.
const LAB: &[&str] = &[
    "h1",
    "#status",
    "#digest",
    "#error-canvas",
    "#disc-canvas",
    "#mask-canvas",
    "#delta table",
    "#network-canvas",
    "#light-mask .what",
    "#light-curvature .what",
    "#light-start .what",
    "#light-samples .what",
];
const PROJECTORS: [(u32, u32); 2] = [(1280, 720), (1024, 768)];
/// Phones, upright and on their side, and a window of 1440 × 900 whose page is zoomed to twice its size.
const SMALL: [(u32, u32); 7] = [(390, 844), (390, 664), (360, 616), (320, 640), (844, 390), (667, 340), (720, 450)];

/// A box in the window, in CSS pixels.
#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Box {
    selector: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    /// Whether nothing from elsewhere covers it: at the middle of the box, and of its upper and lower edge.
    on_top: bool,
}

const BOXES: &str = "
return arguments[0].map(selector => {
  const element = document.querySelector(selector);
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const on_top = [top + 2, (top + bottom) / 2, bottom - 2].every(y => {
    const hit = document.elementFromPoint((left + right) / 2, y);
    return hit !== null && (element.contains(hit) || hit.contains(element) || hit.parentElement.contains(element));
  });
  return { selector, left, top, right, bottom, on_top };
});";

fn boxes(page: &Page, selectors: &[&str]) -> Result<Vec<Box>> {
    page.script(BOXES, &[json!(selectors)])
}

/// Fails unless each of these is wholly within the window, and covered by nothing.
fn assert_in_view(page: &Page, selectors: &[&str], (width, height): (u32, u32)) -> Result<()> {
    let outside: Vec<Box> = boxes(page, selectors)?
        .into_iter()
        .filter(|b| {
            let inside = b.left >= 0.0 && b.top >= 0.0 && b.right <= f64::from(width) && b.bottom <= f64::from(height);
            !inside || b.right <= b.left || b.bottom <= b.top || !b.on_top
        })
        .collect();
    ensure!(outside.is_empty(), "not in view, or covered, at {width} × {height}: {outside:#?}");
    Ok(())
}

fn show_at(page: &Page, (width, height): (u32, u32)) -> Result<()> {
    page.set_viewport(width, height)?;
    page.wait_for("the window", &format!("return innerWidth === {width} && innerHeight === {height}"))?;
    page.script(
        "scrollTo(0, 0); await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame)",
        &[],
    )
}

pub fn the_whole_lab_is_in_one_screen_of_a_projector(page: &Page) -> Result<()> {
    // Twelve neurons need the most room; a run that ends has the longest sentences.
    for fragment in [
        "v=1&seed=1",
        "v=1&K=12&N=2000&seed=1&t=20",
        "v=1&r=20&seed=1&T=60&t=60&twin=dense",
        "v=1&r=40&seed=1&T=90&mask=wrong&missed=0.2&extra=0.1&sigma=0.1&t=90",
        "v=1&r=40&seed=1&T=90&batches=disjoint&sigma=0.1&t=90",
    ] {
        page.open(fragment)?;
        page.wait_for("lights", "return !document.querySelector('#lights [data-state=waiting]')")?;
        for size in [(1440, 900)].into_iter().chain(PROJECTORS) {
            show_at(page, size)?;
            assert_in_view(page, &[HANDS, LAB].concat(), size).with_context(|| format!("with {fragment}"))?;
        }
    }
    Ok(())
}

pub fn long_words_under_the_disc_leave_the_masks_where_they_are(page: &Page) -> Result<()> {
    for language in ["en", "de"] {
        page.open(&format!("v=1&seed=1&lang={language}"))?;
        page.wait_for("lights", "return !document.querySelector('#lights [data-state=waiting]')")?;
        for size in [(1440, 900)].into_iter().chain(PROJECTORS) {
            show_at(page, size)?;
            let [before, after]: [f64; 2] = page.script(
                "const top = () => document.querySelector('#mask-region').getBoundingClientRect().top;
                const band = document.querySelector('#disc-band');
                const before = top(), words = band.textContent;
                band.textContent = 'of 96 starts near W* and far from it '.repeat(5);
                const after = top();
                band.textContent = words;
                return [before, after];",
                &[],
            )?;
            ensure!((before - after).abs() < 1.0, "from {before} to {after} at {size:?} in {language}");
        }
    }
    Ok(())
}

pub fn a_moment_can_be_copied_beside_the_verdict_on_its_digest(page: &Page) -> Result<()> {
    page.open("v=1&seed=1")?;
    page.wait_for("a digest", "return document.getElementById('digest').textContent !== ''")?;
    let digest: String =
        page.script("return document.getElementById('digest').textContent.replace(/\\s/g, '')", &[])?;
    page.open(&format!("v=1&seed=1&t=0&digest={digest}"))?;
    page.wait_for("the verdict", "return document.getElementById('comparison').textContent.includes('✓')")?;
    for size in [(1440, 900)].into_iter().chain(PROJECTORS) {
        show_at(page, size)?;
        assert_in_view(page, &["#digest", "#comparison", "#copy-link", "#qr-open", "#save-open"], size)?;
    }
    Ok(())
}

const SMALL_TEXTS: &str = "
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const found = [];
while (texts.nextNode()) {
  const { data, parentElement } = texts.currentNode;
  if (!data.trim() || parentElement.closest('.visually-hidden, .skip')) continue;
  if (!parentElement.checkVisibility({ visibilityProperty: true })) continue;
  const range = document.createRange();
  range.selectNodeContents(texts.currentNode);
  const { width, height, top } = range.getBoundingClientRect();
  const size = parseFloat(getComputedStyle(parentElement).fontSize);
  if (width > 0 && height > 0 && top < innerHeight && size < 14) found.push(`${data.trim()} (${size} px)`);
}
return found;";

/// Windows of laptops: wide, and low by what the browser itself takes of the screen.
const LAPTOPS: [(u32, u32); 5] = [(1440, 862), (1536, 730), (1760, 880), (1280, 640), (1280, 720)];

pub fn on_a_laptop_the_words_above_the_masks_leave_each_other_room(page: &Page) -> Result<()> {
    page.open("v=1&r=47&seed=1")?;
    for size in LAPTOPS {
        show_at(page, size)?;
        let places = boxes(page, &["#kept", "#paint", "#width-unfold", "#mask-region .data > summary"])?;
        for pair in places.windows(2) {
            ensure!(pair[0].right <= pair[1].left, "at {size:?} {:?} runs into {:?}", pair[0], pair[1]);
        }
    }
    Ok(())
}

pub fn on_a_projector_no_text_is_small_and_the_disc_is_large(page: &Page) -> Result<()> {
    const RADIUS: f64 = 110.0;
    for fragment in ["v=1&seed=1", "v=1&K=12&d=500&r=300&N=4000&seed=1&t=20"] {
        page.open(fragment)?;
        for size in PROJECTORS {
            show_at(page, size)?;
            let small: Vec<String> = page.script(SMALL_TEXTS, &[])?;
            ensure!(small.is_empty(), "under 14 px at {size:?} with {fragment}: {small:?}");
            let [width, height]: [f64; 2] = page.script(
                "const { clientWidth, clientHeight } = document.getElementById('disc-canvas'); return [clientWidth, clientHeight]",
                &[],
            )?;
            // The disc keeps 12 px around itself, and its edge lies 4 % beyond its outermost circle.
            let radius = (0.5 * width.min(height) - 12.0) / 1.04;
            ensure!(
                radius >= RADIUS,
                "at {size:?} the disc's picture of {width} × {height} px has a radius of {radius}"
            );
        }
    }
    Ok(())
}

pub fn on_a_projector_reasons_and_terms_unfold_where_they_can_be_read(page: &Page) -> Result<()> {
    page.open("")?;
    page.wait_for("lights", "return !document.querySelector('#lights [data-state=waiting]')")?;
    for size in PROJECTORS {
        show_at(page, size)?;
        for (button, words) in [
            ("#light-curvature .unfold svg", "#light-curvature .sentence"),
            ("#light-samples .unfold svg", "#light-samples .sentence"),
            ("#width-unfold", "#width-sum"),
        ] {
            let seen = format!("document.querySelector('{words}').checkVisibility()");
            ensure!(!page.evaluate::<bool>(&seen)?, "at {size:?} {words} is not folded");
            page.click(button)?;
            page.wait_for(words, &format!("return {seen}"))?;
            assert_in_view(page, &[words], size)?;
            page.press(thirtyfour::Key::Escape)?;
            page.wait_for("the fold to close", &format!("return !{seen}"))?;
        }
    }
    Ok(())
}

pub fn on_small_screens_play_clock_and_sliders_stay_with_a_picture(page: &Page) -> Result<()> {
    for size in SMALL {
        page.set_viewport(size.0, size.1)?;
        page.open("v=1&r=10&K=12&N=10000&d=40&seed=1&t=1200")?;
        show_at(page, size)?;
        assert_in_view(page, &[HANDS, &["#error-canvas"]].concat(), size)?;
        for picture in ["disc", "mask"] {
            let canvas = format!("#{picture}-canvas");
            page.script::<()>(
                "document.querySelector(arguments[0]).scrollIntoView({ block: 'start', behavior: 'instant' });
                 await new Promise(requestAnimationFrame)",
                &[json!(canvas)],
            )?;
            assert_in_view(page, HANDS, size).with_context(|| format!("beside {canvas}"))?;
        }
        let [content, screen]: [f64; 2] =
            page.script("const root = document.scrollingElement; return [root.scrollWidth, root.clientWidth]", &[])?;
        ensure!(content <= screen, "at {size:?} the page is {content} px wide");
    }
    Ok(())
}

pub fn nothing_moves_while_a_run_plays(page: &Page) -> Result<()> {
    let places = [HANDS, LAB, &["#transport", "#width-terms", "#mask-region", "#disc-caption", "footer"]].concat();
    // The clock's numbers grow to the left.
    let placed = || -> Result<Vec<(String, f64, f64)>> {
        let boxes = boxes(page, &places)?.into_iter();
        Ok(boxes.filter(|b| !b.selector.starts_with("#clock")).map(|b| (b.selector, b.top, b.bottom)).collect())
    };
    // The opening run, but for its length; in other windows one whose probes are sooner done.
    let small = "v=1&r=8&N=150&K=3&d=40&seed=5&T=300";
    let runs = ["v=1&seed=1&T=300", small, small, small, small];
    for (size, run) in [(1440, 900), (1280, 720), (1024, 768), (390, 664), (844, 390)].into_iter().zip(runs) {
        page.set_viewport(size.0, size.1)?;
        page.open(run)?;
        page.until_all_is_computed()?;
        show_at(page, size)?;
        let before = placed()?;
        page.click("#play")?;
        page.until("a run in progress", |shown| shown.step() > 20)?;
        let during = placed()?;
        page.set_speed("max")?;
        page.until("the end", |shown| shown.button == "Play" || shown.status.starts_with("Converged"))?;
        let after = placed()?;
        for (state, now) in [("playing", during), ("at the end", after)] {
            let moved: Vec<_> = before.iter().zip(&now).filter(|(before, now)| before != now).collect();
            ensure!(moved.is_empty(), "at {size:?}, {state}, these moved: {moved:#?}");
        }
    }
    Ok(())
}

pub fn a_notice_leaves_title_and_layout_alone_on_a_phone(page: &Page) -> Result<()> {
    for size in [(390, 664), (320, 640), (844, 390)] {
        page.set_viewport(size.0, size.1)?;
        let places = [HANDS, &["h1", "#error-canvas", "#disc-canvas"]].concat();
        page.open("v=1&r=100&seed=1")?;
        show_at(page, size)?;
        let before = boxes(page, &["h1", "#error-canvas", "#disc-canvas"])?;
        page.open("v=1&r=500&seed=1")?;
        page.until("a notice", |shown| !shown.notices.is_empty())?;
        show_at(page, size)?;
        assert_in_view(page, &[HANDS, &["h1", "#notices", "#dismiss-notices"]].concat(), size)?;
        let with_notice = boxes(page, &places)?;
        for b in &before {
            let now = with_notice.iter().find(|now| now.selector == b.selector).context("the same elements")?;
            ensure!((now.top, now.left) == (b.top, b.left), "at {size:?} a notice moves {b:?} to {now:?}");
        }
        page.click("#dismiss-notices")?;
        page.until("no notice", |shown| shown.notices.is_empty())?;
    }
    Ok(())
}

/// What leads through a scene.
const TURN: &[&str] = &["#scene-back", "#scene-next", "#play", "#r-slider", "#beta-slider"];

pub fn on_small_screens_a_scene_keeps_its_buttons_at_hand_and_its_own_picture_first(page: &Page) -> Result<()> {
    for (scene, picture) in [("region.3", "#disc-region"), ("setup.1", "#mask-region"), ("faster.1", ".run")] {
        page.open(&format!("scene={scene}"))?;
        page.wait_for("the beat", "return document.querySelector('#scene-text p') !== null")?;
        for size in SMALL {
            show_at(page, size)?;
            assert_in_view(page, TURN, size).with_context(|| scene.to_owned())?;
            let first: bool = page.script(
                "const top = selector => document.querySelector(selector).getBoundingClientRect().top;
                 const others = ['.run', '#disc-region', '#mask-region'].filter(other => other !== arguments[0]);
                 return others.every(other => top(arguments[0]) < top(other)) && top(arguments[0]) > top('#scene-title');",
                &[json!(picture)],
            )?;
            ensure!(first, "{scene} at {size:?}: {picture} is not the first picture below the words");
        }
        // Also at the end of the page.
        page.script::<()>("scrollTo(0, document.body.scrollHeight)", &[])?;
        assert_in_view(page, TURN, SMALL[SMALL.len() - 1])?;
    }
    Ok(())
}
