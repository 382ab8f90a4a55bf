//! Links: the same state for the receiver, and nothing that a link can break.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use winning_ticket::link;
use winning_ticket::network::Supports;
use winning_ticket::trials::out_of_reach;

use super::page::{Page, Shown};

pub fn a_copied_link_restores_the_same_bits(page: &Page) -> Result<()> {
    page.open("v=1&r=25.5&N=321&K=6&beta=0.8&seed=42")?;
    page.click("#play")?;
    page.until("50 steps", |shown| shown.step() >= 50)?;
    page.click("#play")?;
    let held = page.until("the held step in the address", |shown| {
        // The status line follows, and names the prediction once the forecast has come.
        let settled = shown.status.contains(&format!("Step\u{a0}{}", shown.t)) && shown.status.contains("predicts");
        let moment = format!("&t={}&digest={}&", shown.t, shown.digest);
        settled && shown.button == "Play" && shown.fragment.contains(&moment)
    })?;
    let (link, notices) = link::parse(&held.fragment);
    ensure!(notices.is_empty(), "the page's own link is mended: {notices:?}");
    ensure!(
        (link.step, link.digest.as_deref()) == (Some(held.step()), Some(held.digest.as_str())),
        "the address and the page differ: {held:?}"
    );

    let again = page.open(&held.fragment)?;
    page.until("the same state, and the word “same”", |shown| {
        shown.comparison.contains("same") && Shown { comparison: String::new(), ..shown.clone() } == held
    })
    .with_context(|| format!("of\n  {held:?}\nthe link restores\n  {again:?}"))?;

    // The word stands in the place of another, at the foot of the page.
    page.wait_for("one of the two words", "return !document.querySelector('.bits small').checkVisibility()")?;

    // A link that another computation made is told apart.
    let other: String = held.digest.chars().map(|digit| if digit == '0' { '1' } else { '0' }).collect();
    page.open(&held.fragment.replace(&held.digest, &other))?;
    page.until("a word about the difference", |shown| {
        !shown.comparison.is_empty() && !shown.comparison.contains("same")
    })
    .map(drop)
}

pub fn copy_link_copies_the_present_moment_or_shows_its_address(page: &Page) -> Result<()> {
    page.cdp("Browser.grantPermissions", json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }))?;
    page.open("v=1&r=20&N=300&seed=3&t=40")?;
    let held = page.until("t = 40", |shown| shown.step() == 40 && shown.fragment.contains("&digest="))?;
    page.click("#copy-link")?;
    page.wait_for("the word Copied", "return document.getElementById('copied').textContent === 'Copied'")?;
    let live: String = page.script("return document.getElementById('copied').getAttribute('role')", &[])?;
    ensure!(live == "status", "the word is in the role {live}");
    let copied: String = page.evaluate("navigator.clipboard.readText()")?;
    let expected = format!("{}#{}", page.server.page(), held.fragment);
    ensure!(copied == expected, "copied is {copied} instead of {expected}");
    // Clicked once more, it says so once more.
    page.click("#copy-link")?;
    page.wait_for("the word again", "return document.getElementById('copied').textContent === 'Copied'")?;

    let refused = "Object.defineProperty(navigator, 'clipboard', { value: undefined })";
    page.script::<()>(refused, &[])?;
    page.click("#copy-link")?;
    let shown: (String, String, bool) = page.script(
        "const box = document.querySelector('#copied input');
         return [box.value, getSelection().toString() || box.value.slice(box.selectionStart, box.selectionEnd),
                 document.activeElement === box];",
        &[],
    )?;
    ensure!(shown == (expected.clone(), expected, true), "without a clipboard it shows {shown:?}");
    Ok(())
}

pub fn other_bits_than_the_link_s_are_told_and_move_nothing(page: &Page) -> Result<()> {
    let places = "return ['play', 'error-canvas', 'disc-canvas', 'mask-canvas', 'status', 'digest'].map(id => {
       const { left, top, width, height } = document.getElementById(id).getBoundingClientRect();
       return [left, top, width, height]; });";
    for (width, height) in [(1440, 900), (1024, 768), (390, 844)] {
        page.set_viewport(width, height)?;
        page.open("v=1&r=8&N=150&K=3&d=40&seed=5&T=200&t=20")?;
        let held = page.until("t = 20", |shown| shown.step() == 20 && shown.fragment.contains("&digest="))?;
        page.until_all_is_computed()?;
        let held = page.until(&format!("the status after {held:?}"), |shown| {
            shown.status.contains("Step") && shown.status.contains("predicts")
        })?;
        let before: Vec<[f64; 4]> = page.script(places, &[])?;
        let other = held.fragment.replace(&held.digest, "0123456789abcdef");
        page.open(&other)?;
        let told = page.until("a word beside the digest", |shown| shown.comparison.contains("differs"))?;
        page.until_all_is_computed()?;
        let told = page
            .until("a sentence", |shown| !shown.notices.is_empty() && shown.status == held.status)
            .with_context(|| format!("{told:?}"))?;
        let sentence = &told.notices[0];
        ensure!(sentence.contains("0123 4567 89ab cdef") && sentence.contains("bits epoch"), "it says “{sentence}”");
        let after: Vec<[f64; 4]> = page.script(places, &[])?;
        ensure!(after == before, "at {width} × {height} places move from\n  {before:?} to\n  {after:?}");
    }
    Ok(())
}

/// Values out of range, of the wrong kind, too many, too long, encoded badly, or meant to break something.
pub const HOSTILE: [&str; 20] = [
    "r=500",
    "r=NaN&N=-1&K=1e308",
    "d=2",
    "N=99.5",
    "K=0",
    "overlap=disjoint&d=3&r=2&K=9",
    "overlap=disjoint",
    "beta=1",
    "eta=0",
    "lambda=7&eta=-7e-7",
    "K=3&sigma=",
    "lambda=%00",
    "N=30&overlap=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "seed=9007199254740993",
    "T=0&t=5",
    "t=-3&r=3&N=20&K=1&d=3",
    "digest=xyz&t=2",
    "v=999999999999&zzz=1",
    "=&&&r&%&%zz=%zz&__proto__=1&constructor=x&K=%F0%9F%8E%9F",
    "r=1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111",
];

pub fn hostile_links_are_mended_with_a_sentence_and_the_page_works(page: &Page) -> Result<()> {
    for (i, hostile) in HOSTILE.iter().enumerate() {
        let (link, mut sentences) = link::parse(hostile);
        sentences.extend(out_of_reach(&link.spec, &Supports::draw(&link.spec)));
        // Some are opened anew, the others typed into the address of the open page.
        if i % 2 == 0 {
            page.visit(hostile)?;
        } else {
            page.script::<()>("location.hash = arguments[0]", &[(*hostile).into()])?;
        }
        let (at, seed) = (link.step.unwrap_or(0), format!("&seed={}", link.spec.seed));
        let shown = page
            .until("the mended run", |shown| {
                !shown.error.is_empty() && shown.step() == at && shown.fragment.contains(&seed)
            })
            .with_context(|| format!("at #{hostile}"))?;
        let mended = link::parse(&shown.fragment);
        ensure!(mended.0.spec == link.spec && mended.1.is_empty(), "#{hostile} becomes #{}", shown.fragment);
        ensure!(shown.notices == sentences, "#{hostile} shows {:?} instead of {sentences:?}", shown.notices);
        ensure!(!sentences.is_empty(), "#{hostile} is not hostile");
        ensure!(shown.failure.is_empty(), "#{hostile} fails with {}", shown.failure);
        page.click("#step")?;
        if at < link.spec.max_steps {
            page.until("a step after the mended link", |shown| shown.step() == at + 1)
                .with_context(|| format!("at #{hostile}"))?;
        }
    }
    page.click("#dismiss-notices")?;
    page.until("no sentence once dismissed", |shown| shown.notices.is_empty()).map(drop)
}
