//! The README's picture of the lab: made from the page, and held to it.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use super::page::Page;

/// Set by `cargo xtask pictures`: the picture is made anew instead of compared.
const REMAKE: &str = "WINNING_TICKET_PICTURE";
const FILE: &str = "docs/lab.png";
/// The runs that leave a ghost, the one that is shown, and its step.
const GHOSTS: [&str; 2] = ["32", "46"];
const SHOWN: (&str, usize) = ("40", 620);
/// T of the opening run.
const STEPS: usize = 1200;

/// The share of cells that may differ: fonts differ a little between machines, what is shown does not.
const MOST_DIFFERENCE: f64 = 0.01;

/// The share of cells of 10 × 10 pixels in which two PNGs differ by more than a twentieth of full scale in one channel.
const DIFFERENCE: &str = "
const [width, height] = [144, 90];
const seen = async bytes => {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.imageSmoothingQuality = 'high';
  canvas.drawImage(bitmap, 0, 0, width, height);
  return { size: [bitmap.width, bitmap.height], pixels: canvas.getImageData(0, 0, width, height).data };
};
const [a, b] = [await seen(arguments[0]), await seen(arguments[1])];
if (a.size.join() !== b.size.join()) return 1;
let differing = 0;
for (let i = 0; i < a.pixels.length; i += 4) {
  differing += [0, 1, 2].some(c => Math.abs(a.pixels[i + c] - b.pixels[i + c]) > 255 / 20);
}
return differing / (width * height);";

pub fn the_picture_of_the_readme_shows_the_page(page: &Page) -> Result<()> {
    page.set_viewport(1440, 900)?;
    page.open("")?;
    for width in GHOSTS {
        set_width(page, width)?;
        let held = format!("r={width}&");
        page.until("the run in the address", |shown| shown.fragment.contains(&held) && !shown.error.is_empty())?;
        page.press(Key::End)?;
        page.until("the end of the run", |shown| shown.fragment.contains("&digest=") && shown.step() == STEPS)?;
        // A run has to stand for a while to be kept as a ghost: until all that belongs to it is there.
        page.until_all_is_computed()?;
    }
    set_width(page, SHOWN.0)?;
    // A width that links leave out.
    page.until("the run in the address", |shown| !shown.fragment.contains("r=") && !shown.error.is_empty())?;
    page.until_all_is_computed()?;
    page.visit_moment(SHOWN.1)?;
    page.until("the moment", |shown| shown.step() == SHOWN.1 && shown.status.contains(&SHOWN.1.to_string()))?;
    let picture = page.screenshot()?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if env::var_os(REMAKE).is_some() {
        return fs::write(&file, &picture).with_context(|| format!("{} cannot be written", file.display()));
    }
    let kept = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let difference: f64 = page.script(DIFFERENCE, &[json!(kept), json!(picture)])?;
    ensure!(
        difference < MOST_DIFFERENCE,
        "{FILE} differs from the page in {:.1} % of its cells; `cargo xtask pictures` makes it anew",
        100.0 * difference
    );
    Ok(())
}

fn set_width(page: &Page, width: &str) -> Result<()> {
    page.script::<()>(
        "const box = document.getElementById('r-box');
         box.value = arguments[0];
         box.dispatchEvent(new Event('change'));
         document.activeElement.blur();",
        &[json!(width)],
    )
}
