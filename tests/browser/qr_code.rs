//! The QR code of the moment: what phones see, and where it leads them.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::accessibility::{assert_accessible, assert_no_sideways_scroll};
use super::page::Page;

/// Where the page is said to be for phones.
const ADDRESS: &str = "https://lab.example/there/";

/// The dark pixels of the screenshot where the code is, as lines of 0 and 1.
const SEEN: &str = "
const { left, top, width, height } = document.getElementById('qr-picture').getBoundingClientRect();
const bitmap = await createImageBitmap(new Blob([new Uint8Array(arguments[0])], { type: 'image/png' }));
const scale = bitmap.width / innerWidth;
const [w, h] = [width * scale, height * scale].map(Math.round);
const canvas = new OffscreenCanvas(w, h).getContext('2d');
canvas.drawImage(bitmap, left * scale, top * scale, w, h, 0, 0, w, h);
const { data } = canvas.getImageData(0, 0, w, h);
const dark = index => data[4 * index] + data[4 * index + 1] + data[4 * index + 2] < 384;
return Array.from({ length: h }, (_, y) => Array.from({ length: w }, (_, x) => dark(y * w + x) ? '1' : '0').join(''));";

/// The link that a phone reads from the screen.
fn read_from_screen(page: &Page) -> Result<String> {
    let lines: Vec<String> = page.script(SEEN, &[json!(page.screenshot()?)])?;
    let width = lines.first().context("a picture")?.len();
    let dark = |x: usize, y: usize| if lines[y].as_bytes()[x] == b'1' { 0 } else { 255 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, lines.len(), dark);
    let grids = picture.detect_grids();
    ensure!(grids.len() == 1, "{} codes are seen", grids.len());
    Ok(grids[0].decode()?.1)
}

fn type_address(page: &Page, text: &str) -> Result<()> {
    page.script(
        "const box = document.getElementById('qr-address');
         box.value = arguments[0];
         box.dispatchEvent(new Event('change'));",
        &[text.into()],
    )
}

fn text(page: &Page, id: &str) -> Result<String> {
    page.script(
        "const element = document.getElementById(arguments[0]); return element.value ?? element.textContent",
        &[id.into()],
    )
}

pub fn a_phone_opens_the_moment_of_the_qr_code_and_computes_the_same_digest(page: &Page) -> Result<()> {
    page.emulate_screen(1024, 768, 1.0)?;
    page.open("v=1&r=20&N=300&seed=3&t=40")?;
    let held = page.until("t = 40", |shown| shown.step() == 40 && shown.fragment.contains("&digest="))?;
    page.click("#qr-open")?;
    page.wait_for("the dialog", "return document.getElementById('qr').open")?;
    // Nobody else can open the tests' server.
    ensure!(text(page, "qr-words")?.starts_with("Only this machine"), "it says {}", text(page, "qr-words")?);
    assert_accessible(page, "a QR code without an address")?;
    type_address(page, "lab.example")?;
    let mistake = text(page, "qr-mistake")?;
    ensure!(mistake.starts_with("The address is lab.example, but must begin with https://"), "it says {mistake}");
    type_address(page, &format!("{ADDRESS}#v=1&seed=9"))?;
    let link = text(page, "qr-link")?;
    ensure!(link == format!("{ADDRESS}#{}", held.fragment) && text(page, "qr-mistake")?.is_empty(), "it shows {link}");
    for theme in ["light", "dark"] {
        page.emulate_media(&[("prefers-color-scheme", theme)])?;
        let read = read_from_screen(page)?;
        ensure!(read == link, "in the {theme} the code is read as {read} instead of {link}");
        assert_accessible(page, "a QR code")?;
    }
    let side: f64 = page.script("return document.getElementById('qr-picture').clientWidth", &[])?;
    ensure!(side >= 480.0, "on a projector it is {side} pixels wide");
    page.script::<()>("document.getElementById('qr-close').click()", &[])?;
    page.wait_for("no dialog", "return !document.getElementById('qr').open")?;

    page.turn_to_new_window()?;
    page.emulate_phone(390, 844)?;
    page.open(link.strip_prefix(&format!("{ADDRESS}#")).context("a link of the page")?)?;
    let opened = page.until("the same moment", |shown| shown.comparison.contains("same"))?;
    ensure!(opened.digest == held.digest && opened.step() == 40, "the phone has {opened:?}, the hall {held:?}");
    // What was typed is kept, and the narrowest phone has room for the dialog.
    page.emulate_phone(320, 640)?;
    page.script::<()>("document.getElementById('qr-open').click()", &[])?;
    page.wait_for(
        "the kept address",
        "return document.getElementById('qr-link').value.startsWith('https://lab.example/there/#')",
    )?;
    assert_no_sideways_scroll(page, "a QR code")
}
