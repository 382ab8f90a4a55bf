//! The page in its second language: chosen by the link, by the reader's browser or by a button, with the same bits; and no
//! English is left on it.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;
use winning_ticket::language::Catalogue;

use super::accessibility::{assert_accessible, assert_no_sideways_scroll};
use super::page::Page;

const SMALL: &str = "v=1&r=5&N=60&K=3&d=20&seed=1&T=200";

/// The language of the document, the name of the button that plays, and that of the button for the other language.
const SPOKEN: &str = "
const name = id => document.getElementById(id)?.ariaLabel ?? document.getElementById(id)?.textContent ?? '';
return [document.documentElement.lang, name('play'), name('language')];";
const ENGLISH: [&str; 3] = ["en", "Play", "Deutsch"];
const GERMAN: [&str; 3] = ["de", "Abspielen", "English"];

/// What is written or read out anywhere in the document, seen or not, and has English words that are not German ones too.
const LEFT: &str = r"
const english = /\b(the|of|and|is|are|with|from|that|this|these|which|its|than|were|been|has|have|by|to|for|or|each|where|not|no|at|on|it|as|but|be|all|one|two|what|how|steps?|weights?|samples?|error|value|learner|oracle)\b/;
const left = new Set();
const look = text => english.test(text) && left.add(text.trim().replace(/\s+/g, ' '));
const own = element => element.closest('[translate=no], [lang=en], pre, noscript, script, style, cite, code, math, #composer-form input, #composer-form textarea, #qr-link');
const visit = root => {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === 'template') visit(element.content);
    if (own(element)) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) look(node.data);
    for (const name of ['alt', 'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'placeholder', 'title']) look(element.getAttribute(name) ?? '');
  }
};
visit(document);
return [...left];";

fn until_spoken(page: &Page, expected: [&str; 3]) -> Result<()> {
    page.wait(&format!("a page that speaks {}", expected[0]), || {
        // While the page is loaded again there may be no document, or one without a program.
        let spoken: Vec<String> = page.script(SPOKEN, &[]).unwrap_or_default();
        Ok((spoken == expected).then_some(()))
    })
}

fn assert_german(page: &Page, state: &str) -> Result<()> {
    let left: Vec<String> = page.script(LEFT, &[])?;
    ensure!(left.is_empty(), "{state}: English is left:\n{}", left.join("\n"));
    Ok(())
}

pub fn the_language_comes_from_the_link_or_the_browser_and_a_button_changes_it(page: &Page) -> Result<()> {
    // A browser whose languages a test can choose.
    page.run_early(
        "const abroad = () => sessionStorage.getItem('abroad') !== null;
         Object.defineProperty(navigator, 'languages', { get: () => (abroad() ? ['fr', 'de-AT', 'en'] : ['en']) });",
    );
    page.open("v=1&r=20&N=300&seed=3&T=400&t=40")?;
    until_spoken(page, ENGLISH)?;
    let at_40 = |what: &str| {
        page.until(what, |shown| {
            shown.step() == 40 && shown.fragment.contains("&digest=") && shown.status.contains("40")
        })
    };
    let english = at_40("t = 40")?;
    page.click("#language")?;
    until_spoken(page, GERMAN)?;
    let german = at_40("the same moment in German")?;
    ensure!(german.digest == english.digest && german.error == english.error, "{english:?} became {german:?}");
    ensure!(german.fragment.ends_with("&lang=de") && german.status.contains("relativer Fehler"), "{german:?}");
    page.press(Key::Right)?;
    let next =
        page.until("the next step, in the same language", |shown| shown.step() == 41 && shown.status.contains("41"))?;
    ensure!(next.status != german.status && next.notices.is_empty(), "{next:?}");
    page.click("#language")?;
    until_spoken(page, ENGLISH)?;
    page.until("the next step in English", |shown| {
        shown.fragment.contains("&t=41&") && shown.fragment.ends_with("&lang=en")
    })?;
    // A link within the page, without a word about the language, leaves it; with one, it changes it.
    page.script::<()>("location.hash = 'v=1&seed=4&lang=de'", &[])?;
    until_spoken(page, GERMAN)?;
    page.script::<()>("location.hash = 'v=1&seed=5'", &[])?;
    page.until("another run", |shown| shown.fragment == "v=1&seed=5&lang=de")?;
    until_spoken(page, GERMAN)?;
    // The browser's first language that is known decides where the link names none.
    page.script::<()>("sessionStorage.setItem('abroad', '1')", &[])?;
    page.open(SMALL)?;
    until_spoken(page, GERMAN)?;
    page.open(&format!("{SMALL}&lang=en"))?;
    until_spoken(page, ENGLISH)?;
    page.open(&format!("{SMALL}&lang=fr"))?;
    until_spoken(page, GERMAN)?;
    let told = page.shown()?.notices;
    ensure!(told.len() == 1 && told[0].contains("fr"), "{told:?}");
    Ok(())
}

pub fn the_catalogue_has_every_text_of_the_document_and_no_other(page: &Page) -> Result<()> {
    page.open(SMALL)?;
    let said: BTreeSet<String> =
        page.script(include_str!("texts.js"), &["index.html".into(), "composer.html".into()])?;
    let known: BTreeSet<String> = Catalogue::read(include_bytes!("../../www/languages/de.json"))
        .context("it is a catalogue")?
        .page
        .into_keys()
        .collect();
    let (missing, unsaid): (Vec<_>, Vec<_>) = (said.difference(&known).collect(), known.difference(&said).collect());
    ensure!(missing.is_empty() && unsaid.is_empty(), "it lacks {missing:#?}; nothing says {unsaid:#?}");
    Ok(())
}

pub fn no_english_is_left_on_the_german_page(page: &Page) -> Result<()> {
    page.open("v=1&r=40&seed=1&T=1200&lang=de")?;
    until_spoken(page, GERMAN)?;
    page.click("#play")?;
    page.until("a run in progress", |shown| shown.step() > 20)?;
    assert_german(page, "a run in progress")?;
    page.press(Key::End)?;
    page.wait_for("lights and all probes", "return !document.querySelector('#lights [data-state=waiting]')")?;
    page.until("its end", |shown| {
        shown.button == "Abspielen" && shown.step() > 200 && shown.fragment.contains("digest")
    })?;
    assert_german(page, "a run at its end")?;
    page.press("?")?;
    assert_german(page, "the list of keys")?;
    page.press(Key::Escape)?;
    assert_accessible(page, "the German page")?;
    for state in [
        "v=1&r=30&seed=1&T=300&mask=wrong&missed=0.2&extra=0.1&sigma=0.1&t=300",
        "v=1&r=20&N=60&seed=2&T=200&overlap=disjoint&batches=disjoint&eta=9&t=200",
        "v=1&r=20&K=2&d=20&N=500&seed=1&T=100&start=tensor&twin=dense&t=60",
        "v=9&r=999&K=0&foo=1&seed=x&t=-1&large=2&twin=x&paint=9",
    ] {
        page.open(&format!("{state}&lang=de"))?;
        until_spoken(page, GERMAN)?;
        page.wait_for("lights", "return !document.querySelector('#lights [data-state=waiting]')")?;
        assert_german(page, state)?;
    }
    Ok(())
}

pub fn figures_searches_maps_and_scenes_speak_german(page: &Page) -> Result<()> {
    page.open(&format!("{SMALL}&lang=de&prune=magnitude,0.6,2,rewind"))?;
    until_spoken(page, GERMAN)?;
    page.wait_for("a search", "return document.getElementById('search-round')?.max === '2'")?;
    assert_german(page, "a search")?;
    page.script::<()>("document.querySelector('#maps > summary').click()", &[])?;
    // Wider than the network first: a sentence says so.
    page.script::<()>("document.getElementById('map-run').click()", &[])?;
    page.wait_for("a sentence", "return document.getElementById('map-mistake').textContent !== ''")?;
    assert_german(page, "a map that cannot be")?;
    page.script::<()>(
        "document.getElementById('map-x-to').value = 20; document.getElementById('map-run').click()",
        &[],
    )?;
    page.wait_for("a map", "return document.getElementById('map-bar').value > 2")?;
    page.script::<()>("document.getElementById('map-canvas').focus()", &[])?;
    page.press(Key::Right)?;
    assert_german(page, "a map")?;
    page.script::<()>("document.getElementById('map-cancel').click()", &[])?;
    let cards: Vec<String> =
        page.script("return [...document.querySelectorAll('#paper > [id^=figure]')].map(card => card.id)", &[])?;
    ensure!(cards.len() > 8, "{cards:?}");
    for card in cards {
        page.script::<()>(&format!("document.querySelector('#{card} > summary').click()"), &[])?;
        page.wait_for("the card", &format!("return document.getElementById('experiment').parentElement?.id === '{card}' && document.getElementById('experiment-verdict').textContent !== ''"))?;
        assert_german(page, &card)?;
    }
    let scenes: Vec<String> = page.script(
        "return [...document.querySelectorAll('#lecture a[data-scene]')].map(link => link.dataset.scene)",
        &[],
    )?;
    for scene in scenes {
        page.script::<()>(&format!("document.querySelector('#lecture a[data-scene={scene}]').click()"), &[])?;
        page.wait_for("its words", &format!("return location.hash.includes('scene={scene}') && document.getElementById('scene-text').textContent.length > 40"))?;
        assert_german(page, &scene)?;
    }
    page.script::<()>("document.getElementById('scene-leave').click()", &[])?;
    page.script::<()>("document.getElementById('compose').click()", &[])?;
    page.wait_for("the form", "return document.querySelector('#composer[open] #composer-form') !== null")?;
    assert_german(page, "composing")?;
    page.script::<()>("document.getElementById('composer').close()", &[])?;
    page.script::<()>("document.getElementById('qr-open').click()", &[])?;
    page.wait_for("the dialog", "return document.getElementById('qr').open")?;
    assert_german(page, "a QR code")
}

pub fn the_german_page_fits_narrow_screens(page: &Page) -> Result<()> {
    for (width, height) in [(320, 640), (390, 844), (1024, 768), (1440, 900)] {
        page.emulate_screen(width, height, 1.0)?;
        page.open("v=1&r=40&seed=1&T=1200&lang=de")?;
        until_spoken(page, GERMAN)?;
        assert_no_sideways_scroll(page, &format!("German at {width} × {height}"))?;
        if width >= 1024 {
            let lower: f64 = page
                .script("return document.querySelector('#status').getBoundingClientRect().bottom - innerHeight", &[])?;
            ensure!(lower <= 0.0, "at {width} × {height} the lab ends {lower} px below the screen");
        }
    }
    page.emulate_screen(1024, 768, 1.0)?;
    for vote in ["region.2", "momentum.2", "overlap.2"] {
        page.open(&format!("scene={vote}&lang=de"))?;
        page.wait_for("the vote", "return document.querySelectorAll('.answer').length > 1 && document.getElementById('scene-vote').textContent !== ''")?;
        let lower: f64 = page
            .script("return document.getElementById('scene-vote').getBoundingClientRect().bottom - innerHeight", &[])?;
        ensure!(lower <= 0.0, "the hint under {vote} ends {lower} px below the screen");
    }
    Ok(())
}
