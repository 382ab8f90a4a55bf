//! The page on paper.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use winning_ticket::link::scene::SCENES;
use winning_ticket::link::stage::{LONGEST_NOTE, LONGEST_TITLE};

use super::accessibility::assert_accessible as check;
use super::opening::assert_drawn;
use super::page::Page;

/// A canvas, as it is when the page is laid out for paper.
#[derive(Debug, Deserialize)]
struct Printed {
    /// Canvas pixels in a CSS pixel, across and down.
    across: f64,
    down: f64,
    /// Of the first label that lies outside the canvas.
    outside: Option<String>,
    /// Whether a light pixel is there, and none is from a dark theme's ink.
    light: bool,
}

/// Takes down what is printed: later than the page's own listener, so after its drawing.
const TAKE_DOWN: &str = "
addEventListener('beforeprint', () => {
  window.printed = [...document.querySelectorAll('main canvas')].filter(e => e.checkVisibility()).map(canvas => {
    const { width, height, clientWidth, clientHeight } = canvas;
    const box = canvas.getBoundingClientRect();
    const labels = [...document.getElementById(canvas.id.replace('canvas', 'labels')).children];
    const outside = labels.find(label => {
      const { left, right, top, bottom } = label.getBoundingClientRect();
      return left < box.left - 12 || right > box.right + 12 || top < box.top - 12 || bottom > box.bottom + 12;
    });
    const copy = new OffscreenCanvas(width, height).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
    const darkInk = (0xff << 24 | 0xe4 << 16 | 0xea << 8 | 0xec) >>> 0;
    return { across: width / clientWidth, down: height / clientHeight,
      outside: outside?.textContent ?? null, light: !pixels.includes(darkInk) };
  });
});";

/// A4 and Letter, in inches.
const PAPERS: [(f64, f64); 2] = [(8.27, 11.69), (8.5, 11.0)];

/// How many sheets of this size the window takes.
fn sheets(page: &Page, (width, height): (f64, f64)) -> Result<usize> {
    let sheet = json!({ "paperWidth": width, "paperHeight": height, "preferCSSPageSize": false });
    let pdf = page.cdp("Page.printToPDF", sheet)?["data"].clone();
    page.script("return (atob(arguments[0]).match(/\\/Type \\/Page\\b/g) ?? []).length", &[pdf])
}

/// Fails unless what the window shows takes one sheet.
fn assert_one_sheet(page: &Page, paper: (f64, f64), what: &str) -> Result<()> {
    let (sheets, (width, height)) = (sheets(page, paper)?, paper);
    ensure!(sheets == 1, "on paper of {width} × {height} inches {what} takes {sheets} sheets");
    Ok(())
}

pub fn a_beat_prints_its_words_its_pictures_and_its_link_on_one_sheet(page: &Page) -> Result<()> {
    for beat in ["region.3", "faster.2", "masks.4"] {
        page.open(&format!("scene={beat}"))?;
        page.wait_for("the beat", "return document.querySelector('#scene-text p') !== null")?;
        page.wait_for("lights", "return !document.querySelector('#lights [data-state=waiting]')")?;
        for paper in PAPERS {
            assert_one_sheet(page, paper, beat)?;
        }
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        page.wait_for("the page on paper", "return document.documentElement.classList.contains('printing')")?;
        let seen: Vec<bool> = page.script(
            "const seen = selector => document.querySelector(selector).checkVisibility({ visibilityProperty: true });
             const address = document.getElementById('printed-address').textContent;
             return [seen('#scene-title'), seen('#scene-text p'), seen('#mask-canvas'), seen('#printed-address'),
               address === location.href, !seen('#scene-next'), !seen('#scene details')];",
            &[],
        )?;
        ensure!(seen.iter().all(|seen| *seen), "{beat}: {seen:?}");
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
    }
    Ok(())
}

pub fn each_scene_and_the_guide_for_teachers_print_on_one_sheet(page: &Page) -> Result<()> {
    let names: Vec<&str> = SCENES.iter().map(|(key, ..)| *key).chain(["teachers"]).collect();
    let german = names.iter().map(|name| format!("de/{name}"));
    for name in names.iter().map(|name| (*name).to_owned()).chain(german) {
        page.visit_beside(&format!("scenes/{name}.html"))?;
        for paper in PAPERS {
            assert_one_sheet(page, paper, &name)?;
        }
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        let [pictures, link]: [bool; 2] = page.script(
            "const pictures = [...document.images].map(image => image.complete && image.naturalWidth > 200);
             const link = getComputedStyle(document.querySelector('main a'), '::after').content;
             return [pictures.length === 1 && pictures[0], link.includes(location.origin) && link.includes('#scene=')];",
            &[],
        )?;
        ensure!((pictures || name.ends_with("teachers")) && link, "{name}: pictures {pictures}, link {link}");
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
    }
    Ok(())
}

pub fn the_page_is_drawn_anew_for_paper_and_fits_on_one_sheet(page: &Page) -> Result<()> {
    page.emulate_media(&[("prefers-color-scheme", "dark")])?;
    for (width, height) in PAPERS {
        page.open("v=1&K=6&seed=1&t=200")?;
        page.wait_for("lights", "return !document.querySelector('#lights [data-state=waiting]')")?;
        page.script::<()>(TAKE_DOWN, &[])?;
        assert_one_sheet(page, (width, height), "the lab")?;
        let printed: Vec<Printed> =
            page.evaluate("window.printed ?? []").context("what a listener to beforeprint took down")?;
        ensure!(printed.len() == 4, "these were taken down: {printed:?}");
        for picture in printed {
            let even = (picture.across - picture.down).abs() < 0.05;
            ensure!(even && picture.across > 2.9, "stretched or coarse: {picture:?}");
            ensure!(picture.outside.is_none() && picture.light, "labels elsewhere, or drawn for the dark: {picture:?}");
        }
        // And back.
        page.wait_for("the screen's page", "return !document.documentElement.classList.contains('printing')")?;
        assert_drawn(page)?;
    }
    Ok(())
}

pub fn enlarged_pictures_are_drawn_for_paper_too(page: &Page) -> Result<()> {
    for (pictures, shown) in [("masks", 1), ("masks,network", 2), ("disc", 1), ("error,masks", 2)] {
        page.open(&format!("v=1&K=4&seed=1&t=20&title=X&hide=lights&enlarge={pictures}"))?;
        page.wait_for("the pictures", "return document.documentElement.dataset.enlarges !== ''")?;
        page.script::<()>(TAKE_DOWN, &[])?;
        for paper in PAPERS {
            assert_one_sheet(page, paper, pictures)?;
        }
        let printed: Vec<Printed> = page.evaluate("window.printed ?? []")?;
        ensure!(printed.len() == shown, "{pictures}: these were taken down: {printed:?}");
        // As they are laid out on paper: the same proportions as when they were drawn.
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        page.wait_for("the page on paper", "return document.documentElement.classList.contains('printing')")?;
        let stretched: Vec<f64> = page.script(
            "return [...document.querySelectorAll('main canvas')].filter(canvas => canvas.checkVisibility())
               .map(canvas => canvas.width / canvas.clientWidth / (canvas.height / canvas.clientHeight));",
            &[],
        )?;
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
        ensure!(stretched.iter().all(|by| (by - 1.0).abs() < 0.05), "{pictures}: stretched by {stretched:?}");
        let wide: f64 = page.script("return document.documentElement.scrollWidth - innerWidth", &[])?;
        ensure!(wide <= 0.0, "{pictures}: {wide} pixels out of the window");
    }
    Ok(())
}

/// What a page of a handout has, as it is laid out for paper.
#[derive(Debug, Deserialize)]
struct Handed {
    title: String,
    note: String,
    address: String,
    // each by its key, with its left edge and its top, and how much narrower it is than it was drawn
    pictures: Vec<(String, f64, f64, f64)>,
    // whether each image is drawn and within the page, and a code among them
    drawn: bool,
    has_code: bool,
}

const HANDED: &str = "
return [...document.querySelectorAll('.sheet')].map(sheet => {
  const text = selector => sheet.querySelector(selector).textContent;
  const images = [...sheet.querySelectorAll('img')];
  const { left, right, top } = sheet.getBoundingClientRect();
  return { title: text('h2'), note: text('.note'), address: text('.address'),
    pictures: [...sheet.querySelectorAll('figure')].map(figure => {
      const image = figure.querySelector('img');
      const box = image.getBoundingClientRect();
      return [figure.dataset.picture, box.left - left, box.top - top, box.width / image.naturalWidth];
    }),
    drawn: images.every(image => image.checkVisibility() && image.naturalWidth > 20 && image.getBoundingClientRect().right <= right + 1),
    has_code: sheet.querySelector(':scope > img') !== null };
})";

/// Scenes of small runs: the longest words with every picture, the most values and a run beside; then what a lecturer may
/// leave out or enlarge.
fn scenes() -> Vec<String> {
    let words = "Which of these starts find the oracle, and which only fall on? ".repeat(5);
    let of_length =
        |length: usize| words.chars().take(length).collect::<String>().replace(' ', "%20").replace('?', "%3F");
    let all = format!(
        "N=300&K=12&d=120&sigma=0.1&lambda=0.7&mask=wrong&extra=1&missed=0.05&batches=disjoint&t=20&twin=dense\
         &title={}&note={}",
        of_length(LONGEST_TITLE).trim_end_matches("%20"),
        of_length(LONGEST_NOTE).trim_end_matches("%20")
    );
    let others = [
        "N=200&t=40&enlarge=disc&title=Where%20starts%20succeed",
        "N=200&t=30&hide=lights,disc,controls",
        "N=200&t=30&hide=masks,network",
        "N=200&t=30&hide=error",
    ];
    let others = others.into_iter().map(str::to_owned);
    std::iter::once(all).chain(others).map(|scene| format!("v=1&r=10&seed=2&T=40&{scene}")).collect()
}

pub fn a_sequence_prints_a_page_for_each_of_its_scenes(page: &Page) -> Result<()> {
    let scenes = scenes();
    let nested: Vec<String> = scenes.iter().map(|scene| scene.replace('%', "%25").replace('&', "%26")).collect();
    for language in ["en", "de"] {
        page.open(&format!("sequence={}&at=3&lang={language}", nested.join("~")))?;
        page.wait_for("the third scene", "return document.getElementById('words-place').textContent.startsWith('3')")?;
        page.wait_for("its moment", "return location.hash.includes('&t=30&digest=')")?;
        let before: String = page.script("return location.href", &[])?;
        // As a lecturer has typed it under QR code; a browser without a screen opens no dialog for a printer.
        page.script::<()>(
            "localStorage.setItem('winning-ticket/address/0', 'https://example.org/lab/');
             window.printed = 0; window.print = () => { window.printed += 1; }",
            &[],
        )?;
        page.click("#words-menu")?;
        page.click("#print-scenes")?;
        let focused = "return document.activeElement.id";
        ensure!(page.script::<String>(focused, &[])? == "handout-close", "a held Enter would leave probes out");
        check(page, "a handout in the making")?;
        // Whoever goes to it keeps the focus when it goes.
        page.script::<()>("document.getElementById('handout-hurry').focus()", &[])?;
        page.wait_for("the handout", "return window.printed === 1")?;
        ensure!(page.script::<String>(focused, &[])? == "handout-print");
        for paper in PAPERS {
            let sheets = sheets(page, paper)?;
            ensure!(sheets == scenes.len(), "{language}: {} scenes take {sheets} sheets of {paper:?}", scenes.len());
        }
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        let handed: Vec<Handed> = page.script(HANDED, &[])?;
        let lab_is_there: bool = page.script("return document.getElementById('lab').checkVisibility()", &[])?;
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
        ensure!(!lab_is_there, "the lab is printed beside the handout");
        assert_handed(&handed)?;

        // And back: the run is where it was, and the page prints itself again.
        page.click("#handout-close")?;
        page.wait_for("no handout", "return document.querySelector('.sheet') === null")?;
        ensure!(page.script::<String>("return location.href", &[])? == before, "the page is elsewhere now");
        ensure!(page.script::<String>(focused, &[])? == "words-menu");
        assert_one_sheet(page, PAPERS[0], "the lab")?;
    }
    Ok(())
}

fn assert_handed(handed: &[Handed]) -> Result<()> {
    let keys = |sheet: &Handed| sheet.pictures.iter().map(|(key, ..)| key.clone()).collect::<Vec<_>>().join(",");
    let keys: Vec<String> = handed.iter().map(keys).collect();
    ensure!(
        keys == ["error,disc,masks,network", "disc", "error,masks,network", "error,disc", "disc,masks,network"],
        "{keys:?}"
    );
    let (all, disc) = (&handed[0], &handed[1]);
    ensure!(all.title.chars().count() > 75 && all.note.chars().count() > 275, "{all:?}");
    ensure!(disc.title == "Where starts succeed" && disc.note.is_empty(), "{disc:?}");
    for sheet in handed {
        ensure!(
            sheet.drawn && sheet.has_code && sheet.address.contains("https://example.org/lab/#v=1&r=10"),
            "{sheet:?}"
        );
        ensure!(sheet.pictures.iter().all(|(.., drawn)| (drawn - 1.0).abs() < 0.02), "made smaller: {sheet:?}");
        let place = |wanted: &str| sheet.pictures.iter().find(|(key, ..)| key == wanted);
        if let Some(((_, left, top, _), (_, beside, at, _))) = place("disc").zip(place("masks")) {
            ensure!(beside > left && (at - top).abs() < 2.0, "the masks are not beside the disc: {sheet:?}");
        }
    }
    Ok(())
}
