//! The page on a plain host under a path of its own, without a network, after an update, and as one file: what it may ask
//! for, and from which version what it shows comes.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use super::accessibility::assert_accessible;
use super::engine::Engine;
use super::figures::{assert_recorded, unfold};
use super::page::{Page, Shown};
use winning_ticket::figures::Figure;

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
                      img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'";
/// That of the single file, but for the digests of its script and its styles.
const POLICY_OF_THE_FILE: &str = "default-src 'none'; script-src # 'wasm-unsafe-eval'; style-src # # # # # # # #; worker-src blob:; \
                                  connect-src 'none'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'";

/// A moment of a run.
const MOMENT: &str = "v=1&r=30&seed=7&t=30";

/// A run that does not end by itself meanwhile.
const ENDLESS: &str = "v=1&r=60&N=2000&seed=1&T=100000&eta=0.001";

/// Tries what no page of this policy may do; gives the directives that forbade it, in this order.
const TRIES: &str = "
const forbidden = [];
const tries = [
  () => document.head.append(Object.assign(document.createElement('script'), { textContent: 'document.title = 0' })),
  () => fetch('http://127.0.0.1:9/').catch(() => {}),
  () => { new Image().src = 'http://127.0.0.1:9/'; },
  () => document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' })),
  () => document.head.append(Object.assign(document.createElement('base'), { href: '/' })),
];
for (const attempt of tries) {
  const told = new Promise((tell) => document.addEventListener('securitypolicyviolation', tell, { once: true }));
  attempt();
  forbidden.push((await told).effectiveDirective);
}
return forbidden;";

fn policy(page: &Page) -> Result<String> {
    page.script("return document.querySelector('meta[http-equiv=Content-Security-Policy]').content", &[])
}

pub fn the_policy_of_the_page_forbids_what_it_does_not_need(page: &Page) -> Result<()> {
    page.open("v=1&r=3&N=60&K=2&d=10&seed=1")?;
    let found = policy(page)?;
    ensure!(found == POLICY, "the policy is {found}");
    let forbidden: Vec<String> = page.script(TRIES, &[])?;
    // Engines differ in whether they name the directive of elements.
    let forbidden: Vec<&str> = forbidden.iter().map(|name| name.trim_end_matches("-elem")).collect();
    ensure!(forbidden == ["script-src", "connect-src", "img-src", "style-src", "base-uri"], "{forbidden:?}");
    page.assert_complaints_only_of("")?;
    // Chromium tells also of what it did not let go.
    page.take_requests().map(drop)
}

/// Opens the page and waits until it is served by its service worker.
fn open_kept(page: &Page, fragment: &str) -> Result<Shown> {
    let shown = page.open(fragment)?;
    page.wait_for("a page that is kept", "return navigator.serviceWorker.controller !== null")?;
    Ok(shown)
}

/// A line that is slow with the program is not asked to carry what is kept for later as well.
pub fn what_is_kept_for_later_is_asked_for_once_the_program_runs(page: &Page) -> Result<()> {
    page.server.take_answered();
    page.server.set_held(Some("_bg.wasm"));
    let visited = page.visit("").and_then(|()| {
        page.script::<()>(
            "if (document.readyState !== 'complete') await new Promise(done => addEventListener('load', done));
             for (let turn = 0; turn < 5; turn++) await new Promise(globalThis.requestIdleCallback ?? setTimeout);",
            &[],
        )
    });
    let asked = page.server.take_answered();
    page.server.set_held(None);
    visited?;
    let early: Vec<_> = asked.iter().filter(|asked| asked.path.ends_with("service-worker.js")).collect();
    ensure!(early.is_empty(), "before its program is there, the page asked for {early:?}");
    page.wait_for("a page that is kept", "return navigator.serviceWorker.controller !== null")
}

fn at(page: &Page, step: usize) -> Result<Shown> {
    page.until(&format!("t = {step}"), |shown| shown.step() == step && !shown.digest.is_empty())
}

pub fn without_a_network_the_page_opens_again_with_the_same_bits(page: &Page) -> Result<()> {
    open_kept(page, MOMENT)?;
    let digest = at(page, 30)?.digest;
    page.server.take_answered();
    page.server.set_away(true);
    let outcome = use_it_alone(page, &digest);
    page.server.set_away(false);
    outcome?;
    let asked = page.server.take_answered();
    ensure!(asked.is_empty(), "the host answered {asked:?} while it was away");
    // The browser looked in vain for a newer service worker.
    page.assert_complaints_only_of("service-worker.js")
}

/// What somebody does in a lecture hall where the network has failed.
fn use_it_alone(page: &Page, digest: &str) -> Result<()> {
    page.open(MOMENT)?;
    let again = at(page, 30)?.digest;
    ensure!(again == digest, "the digest is {again}, and was {digest}");
    page.click("#play")?;
    page.until("the run to go on", |shown| shown.step() > 40)?;
    page.click("#play")?;
    // None of them was unfolded while there was a network.
    let recorded = page.script(
        "return [...document.querySelectorAll('#paper > details[data-recorded]')].map(card => +card.id.slice(7))",
        &[],
    );
    for number in recorded.and_then(|all: Vec<u8>| all.get(..2).map(<[u8]>::to_vec).context("two recorded figures"))? {
        let figure = Figure::by_number(number).context("a figure")?;
        unfold(page, figure)?;
        assert_recorded(page, figure)?;
    }
    let answers: Vec<bool> = page.script(
        "const asked = ['index.html', 'index.html?from=mail', './?from=mail', 'recorded/fig02.postcard', 'icon.svg'];
         return Promise.all(asked.map(async address => (await fetch(address)).ok));",
        &[],
    )?;
    ensure!(answers.iter().all(|ok| *ok), "{answers:?}");
    Ok(())
}

/// Lets the host have a version with another title. `whole`: with all of its files, not only the list of them.
fn update(page: &Page, whole: bool) -> Result<()> {
    let (index, worker) = (page.server.built("index.html")?, page.server.built("service-worker.js")?);
    let line = worker.lines().find(|line| line.starts_with("const VERSION")).context("a line with the version")?;
    let old = line.split('"').nth(1).context("a version")?;
    let next = index.replace(old, "next").replace("<title>", "<title>Next ");
    let digest = |text: &str| -> Result<String> {
        page.script(
            "const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(arguments[0]));
             return 'sha256-' + btoa(String.fromCharCode(...new Uint8Array(digest)));",
            &[json!(text)],
        )
    };
    let (before, after) = (digest(&index)?, digest(&next)?);
    ensure!(line.contains(&before), "the list has not the digest of the page, {before}");
    let worker = worker.replace(old, "next").replace(&before, &after);
    let mut changed = vec![("service-worker.js", worker)];
    if whole {
        changed.push(("index.html", next));
    }
    page.server.set_changed(changed.into_iter().map(|(name, text)| (name.to_owned(), text)).collect());
    Ok(())
}

fn title(page: &Page) -> Result<String> {
    page.script("return document.title", &[])
}

pub fn a_new_version_is_told_of_and_comes_once_the_reader_wants_it(page: &Page) -> Result<()> {
    open_kept(page, ENDLESS)?;
    update(page, true)?;
    let outcome = take_the_new_version(page);
    page.server.set_changed([].into());
    outcome
}

fn take_the_new_version(page: &Page) -> Result<()> {
    const NOTICE: &str = "document.getElementById('renewal')";
    page.open(ENDLESS)?;
    page.wait_for("a word about the new version", &format!("return {NOTICE}.textContent.includes('new version')"))?;
    ensure!(title(page)? == "Winning Ticket", "it came unasked");
    assert_accessible(page, "with a word about a new version")?;
    let live: String = page.script(&format!("return {NOTICE}.ariaLive"), &[])?;
    let height: f64 =
        page.script(&format!("return {NOTICE}.querySelector('button').getBoundingClientRect().height"), &[])?;
    ensure!(live == "polite" && height >= 24.0, "the word is {live}, its button {height} px high");

    // Another window would get files of the new version into those of the old one.
    page.script::<()>(
        "const frame = document.body.appendChild(document.createElement('iframe'));
         frame.src = './icon.svg';
         await new Promise(loaded => frame.addEventListener('load', loaded, { once: true }));",
        &[],
    )?;
    page.script::<()>(&format!("{NOTICE}.querySelector('button').focus()"), &[])?;
    page.press(Key::Enter)?;
    page.wait_for("a word about it", &format!("return {NOTICE}.textContent.includes('Another window')"))?;
    let focused: bool = page.script(&format!("return {NOTICE}.contains(document.activeElement)"), &[])?;
    ensure!(focused, "the button has lost the focus");
    ensure!(title(page)? == "Winning Ticket", "it came beside another window");
    page.script::<()>("document.querySelector('iframe').remove()", &[])?;

    page.click("#play")?;
    let playing = page.until("a run in progress", |shown| shown.step() > 10)?;
    page.script::<()>(&format!("{NOTICE}.querySelector('button').focus()"), &[])?;
    page.press(Key::Enter)?;
    page.wait_for("the new version", "return document.title === 'Next Winning Ticket'")?;
    let shown =
        page.until("the moment that was shown, with the same bits", |shown| shown.comparison.contains("same"))?;
    ensure!(shown.step() >= playing.step() && shown.button == "Play", "it was at {playing:?}, and is at {shown:?}");
    page.wait_for("no word any more", &format!("return {NOTICE}.textContent === ''"))?;
    let caches: Vec<String> = page.script("return caches.keys()", &[])?;
    ensure!(caches.len() == 1 && caches[0].ends_with(" next"), "what is kept is {caches:?}");
    Ok(())
}

pub fn files_of_two_versions_never_meet(page: &Page) -> Result<()> {
    open_kept(page, MOMENT)?;
    // A mirror of the host has the new list already, and the other files not yet.
    update(page, false)?;
    let outcome = page.script::<Vec<Value>>(
        "const registration = await navigator.serviceWorker.getRegistration();
         const worker = await new Promise((found) => {
           registration.addEventListener('updatefound', () => found(registration.installing));
           registration.update();
         });
         await new Promise((over) => {
           const look = () => ['installed', 'redundant'].includes(worker.state) && over();
           worker.addEventListener('statechange', look);
           look();
         });
         return [worker.state, document.getElementById('renewal').textContent];",
        &[],
    );
    page.server.set_changed([].into());
    ensure!(outcome? == [json!("redundant"), json!("")], "a version of which the host has half was taken");
    page.assert_complaints_only_of("integrity")?;
    page.server.set_away(true);
    let again = page.open(MOMENT);
    page.server.set_away(false);
    ensure!(again?.failure.is_empty() && title(page)? == "Winning Ticket", "the version before is gone");
    page.assert_complaints_only_of("service-worker.js")
}

pub fn the_single_file_runs_from_a_disk_and_asks_for_nothing(page: &Page) -> Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist/winning-ticket.html");
    ensure!(file.is_file(), "{} is missing: `cargo xtask build --single-file` makes it", file.display());
    page.open(MOMENT)?;
    let hosted = at(page, 30)?;
    page.assert_quiet()?;

    page.visit_file(&file, MOMENT)?;
    let alone = at(page, 30)?;
    ensure!(alone.digest == hosted.digest, "the file has {}, the host {}", alone.digest, hosted.digest);
    let found = policy(page)?;
    let words = found.split(' ').map(|word| match word.strip_prefix("'sha256-") {
        Some(digest) if digest.ends_with(';') => "#;",
        Some(_) => "#",
        None => word,
    });
    let shape = words.collect::<Vec<_>>().join(" ");
    ensure!(shape == POLICY_OF_THE_FILE, "the policy is {found}");
    page.click("#play")?;
    page.until("the run to go on", |shown| shown.step() > 40)?;
    page.click("#play")?;
    let figure = Figure::by_number(2).context("Figure 2")?;
    unfold(page, figure)?;
    assert_recorded(page, figure)?;
    assert_accessible(page, "the single file")?;
    let told: String = page.script("return document.getElementById('single-file').innerText", &[])?;
    ensure!(told.contains("no service worker") && told.contains("no second window"), "it says “{told}”");
    let asked: Vec<String> = page.script("return performance.getEntriesByType('resource').map(e => e.name)", &[])?;
    // Elsewhere than in Chromium these are of the hosted page alone.
    let logged = page.take_requests()?.into_iter().filter(|_| page.engine() == Engine::Chromium);
    let asked = asked.into_iter().chain(logged);
    let own = format!("file://{}", file.display());
    for address in asked {
        let foreign = !["blob:", "data:", "about:"].iter().any(|scheme| address.starts_with(scheme));
        ensure!(!foreign || address == own, "the file asks for {address}");
    }
    Ok(())
}
