//! What the page is before anything is done to it.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::page::Page;

/// Before and without any script: title, explanation, citation, and a picture.
pub fn without_a_script_the_page_has_its_words_and_a_still_picture(page: &Page) -> Result<()> {
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }))?;
    page.visit("")?;
    let text: String = page.script("return document.body.innerText", &[])?;
    for words in ["Winning Ticket", "Watch a pruned network learn", "needs JavaScript", "NeurIPS 2021"] {
        ensure!(text.contains(words), "“{words}” is not in the page without JavaScript, which says: {text}");
    }
    let link: String = page.script("return document.querySelector('header a').href", &[])?;
    ensure!(link == "https://arxiv.org/abs/2110.05667", "the paper's link is {link}");
    page.wait_for(
        "the still pictures",
        "const stills = [...document.querySelectorAll('img.still')];
         return stills.length === 3 && document.getElementById('still-words').checkVisibility({ visibilityProperty: true })
             && stills.every(still => still.checkVisibility({ visibilityProperty: true }) && still.width > 300 && still.complete
                 && still.naturalWidth > 0 && still.alt !== '')",
    )?;
    // What is needed only with scripts does not stand there dead; terms are words also without their explanation.
    let dead: Vec<String> = page.script(
        "return [...document.querySelectorAll('button:not(.term), input, canvas')].filter(e => e.checkVisibility({ visibilityProperty: true }))
             .map(e => e.id)",
        &[],
    )?;
    ensure!(dead.is_empty(), "without JavaScript these are shown and do nothing: {dead:?}");
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false })).map(drop)
}

/// A browser whose WebAssembly is switched off has scripts all the same.
pub fn without_webassembly_the_page_says_so_and_shows_a_still_picture(page: &Page) -> Result<()> {
    page.run_early("delete globalThis.WebAssembly");
    page.visit("")?;
    page.wait_for(
        "the sentence about WebAssembly and the still picture",
        "const seen = id => document.getElementById(id).checkVisibility({ visibilityProperty: true });
         return seen('no-wasm') && seen('still-words') && !seen('transport')",
    )?;
    page.assert_complaints_only_of("WebAssembly")
}

/// On a slow line; what a link sets is not shown with other values before.
pub fn while_the_program_is_loaded_the_page_says_so_and_shows_no_value_of_its_own(page: &Page) -> Result<()> {
    let waits = |words: &str, loading: bool| {
        page.wait_for(
            words,
            &format!(
                "const seen = id => document.getElementById(id).checkVisibility({{ visibilityProperty: true }});
                 return seen('loading') === {loading} && seen('r-slider') !== {loading} && !seen('still-words')"
            ),
        )
    };
    page.server.set_held(Some("_bg.wasm"));
    let told = page.visit("v=1&r=20&seed=3").and_then(|()| waits("that it is being loaded", true));
    page.server.set_held(None);
    told?;
    waits("the lab", false)
}

/// After an update of the page its host no longer has the files that an older page, kept by a browser, asks for.
pub fn a_page_whose_files_are_gone_asks_to_be_reloaded(page: &Page) -> Result<()> {
    let said = |words: &str| {
        page.wait_for(
            &format!("the words “{words}”"),
            // Of what is not shown, innerText would be all of its text.
            &format!(
                "const told = document.getElementById('no-wasm');
                 return told.checkVisibility() && told.innerText.includes({})",
                json!(words)
            ),
        )
    };
    // The script first: WebKit keeps in memory what it has loaded once.
    for missing in [".js", "_bg.wasm"] {
        page.server.set_missing(Some(missing));
        let visited = page.visit("").and_then(|()| said("was updated"));
        page.server.set_missing(None);
        visited.with_context(|| format!("without {missing}"))?;
        let others: bool =
            page.script("return document.getElementById('no-wasm').innerText.includes('WebAssembly')", &[])?;
        ensure!(!others, "without {missing} it speaks of WebAssembly");
    }
    page.server.take_answered();
    page.assert_complaints_only_of("")
}

/// Role and name of everything that tests and readers of other software look for.
const NAMES: &[(&str, &str)] = &[
    ("slider", "Effective width r̃"),
    ("slider", "Samples N"),
    ("slider", "Neurons K"),
    ("slider", "Momentum β"),
    ("button", "Play"),
    ("button", "Step"),
    ("button", "Reset"),
    ("button", "New seed"),
    ("button", "Defaults"),
    ("region", "Relative error"),
    ("region", "Convex region"),
    ("region", "Mask overlap"),
];

pub fn everything_is_found_by_role_and_name(page: &Page) -> Result<()> {
    page.open("")?;
    page.click("#more summary")?;
    let tree = page.cdp("Accessibility.getFullAXTree", json!({}))?;
    let nodes: Vec<(&str, &str)> = tree["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|node| node["ignored"] == Value::Bool(false))
        .filter_map(|node| Some((node["role"]["value"].as_str()?, node["name"]["value"].as_str()?)))
        .collect();
    for (role, name) in NAMES {
        let found = nodes.iter().filter(|node| **node == (*role, *name)).count();
        let all: Vec<&str> = nodes.iter().filter(|node| node.0 == *role).map(|node| node.1).collect();
        ensure!(found == 1, "{found} of the role {role} and the name “{name}”; those of that role are {all:?}");
    }
    ensure!(nodes.iter().any(|(role, _)| *role == "status"), "nothing has the role status");
    page.until("a status line", |shown| shown.status.contains("relative error"))?;
    let title: String = page.script("return document.title", &[])?;
    ensure!(title == "Winning Ticket", "the title is {title}");
    page.click("#play")?;
    page.until("the button's name Pause", |shown| shown.button == "Pause").map(drop)
}

#[derive(Debug, Deserialize)]
struct Picture {
    id: String,
    name: String,
    words: String,
    colours: usize,
    /// Whether its pixels are not the screen's own.
    blurred: bool,
}

/// Each canvas that is shown: its name, its text alternative, how many colours it shows, and whether its pixels are the screen's.
const PICTURES: &str = "
return [...document.querySelectorAll('main canvas')].filter(e => e.checkVisibility()).map(canvas => {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
  const words = document.getElementById(canvas.getAttribute('aria-describedby'));
  const fits = (pixels, css) => Math.abs(pixels - css * devicePixelRatio) <= 1;
  return {
    id: canvas.id, name: canvas.ariaLabel ?? '', words: words?.textContent ?? '',
    colours: new Set(pixels).size,
    blurred: !fits(width, canvas.clientWidth) || !fits(height, canvas.clientHeight),
  };
});";

/// Fails unless every canvas shows something in the screen's own pixels.
pub fn assert_drawn(page: &Page) -> Result<()> {
    let pictures = || page.script::<Vec<Picture>>(PICTURES, &[]);
    let drawn = page.wait("pictures in the screen's own pixels, none of them blank", || {
        let pictures = pictures()?;
        ensure!(pictures.len() == 4, "the page has the pictures {pictures:?}");
        Ok(pictures.iter().all(|picture| picture.colours > 2 && !picture.blurred).then_some(()))
    });
    drawn.with_context(|| format!("the pictures are {:?}", pictures().unwrap_or_default()))
}

pub fn every_picture_shows_something_and_says_it_in_words_and_numbers(page: &Page) -> Result<()> {
    page.open("")?;
    assert_drawn(page)?;
    for picture in page.script::<Vec<Picture>>(PICTURES, &[])? {
        ensure!(!picture.name.is_empty(), "{picture:?} has no name");
        // The network says in its name what it is; the others describe what they show.
        let described = picture.id == "network-canvas" || picture.words.chars().any(|c| c.is_ascii_digit());
        ensure!(described, "{picture:?} has no text alternative with numbers");
    }
    page.click("#step")?;
    for name in ["error", "disc", "mask"] {
        page.click(&format!("#{name}-region details.data summary"))?;
        page.wait(&format!("the table of {name}"), || {
            let cells: Vec<String> = page.script(
                "return [...document.querySelectorAll(`#${arguments[0]}-table td`)].map(cell => cell.textContent)",
                &[json!(name)],
            )?;
            Ok(cells.iter().any(|cell| cell.parse::<f64>().is_ok()).then_some(()))
        })?;
    }
    Ok(())
}
