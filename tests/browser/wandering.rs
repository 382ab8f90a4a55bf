//! The page does not fall over: a user who does anything, a hundred deeds, or with `--long` for ten minutes, over which its
//! memory must not grow.

use std::env;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use winning_ticket::spec::Spec;
use winning_ticket::trials::messages::{Request, encode};

use super::page::Page;
use super::user::User;

/// The user of every run that asks for no other.
const SEED: u64 = 2021;
/// Names another user: a number.
const SEED_VARIABLE: &str = "WINNING_TICKET_USER";
/// Where memory is measured: a setting whose probes are soon done.
const REST: &str = "v=1&r=8&N=150&K=3&d=40&seed=5";
/// Growth of what lives on the page from the end of the warm-up to the end, at most.
const MOST_GROWTH: f64 = 1.05;
/// The same of the bytes that the engine uses: in 3700 deeds they grew by 10 %, while all that lives, as heap snapshots have
/// it, grew from 839 to 855 kB.
const MOST_USED: f64 = 1.25;
/// Bytes by which the wasm memory may grow meanwhile: what the longest run takes, with four more of its length as ghosts.
const MOST_WASM: f64 = 16e6;
/// Nodes that may come meanwhile: a browser keeps what was typed, to undo it.
const MOST_NODES: f64 = 1000.0;

/// What the witness has seen so far.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    errors: Vec<String>,
    failure: String,
    cores: usize,
    started: usize,
    most_workers: usize,
    most_trainers: usize,
}

const SEEN: &str = "
({ ...witness, failure: document.getElementById('failure').textContent, cores: navigator.hardwareConcurrency })";

/// How many functions, plain objects, arrays and promises are among all that lives. A node has objects of its own, which
/// come when a script first meets it, and are told by the number of nodes.
const OWN_OBJECTS: &str = "
function () {
  const made = [Object, Array, Promise].map((kind) => kind.prototype);
  return this.filter((it) => typeof it === 'function' || made.includes(Object.getPrototypeOf(it))).length;
}";

/// The page's memory at rest.
#[derive(Clone, Copy, Debug)]
struct Memory {
    /// What scripts made and something still holds: see [`OWN_OBJECTS`].
    objects: f64,
    /// Bytes that the engine uses for them, their strings, and what is known of their functions.
    heap: f64,
    /// Bytes of the wasm memory, which never shrinks.
    wasm: f64,
    /// Nodes of the document, and those that something still holds.
    nodes: f64,
    /// The former alone.
    attached: f64,
    listeners: f64,
}

/// Chromium's flag for this test: the scripts of the page are interpreted. Compiled code lies in the same heap; it made
/// the heap grow by 5 % in ten minutes, while everything else in it grew by 0.3 % in 500 deeds.
pub const INTERPRETED: &str = "js-flags=--no-opt,--no-maglev,--no-sparkplug";
/// Deeds before memory is weighed first: a browser reads each function when it is first called.
const WARM_UP: usize = 200;

/// How long the user goes on after that, with `--long`.
const LONG: Duration = Duration::from_secs(600);
/// Deeds without it.
const DEEDS: usize = 100;

pub fn a_random_user_does_not_bring_it_down(page: &Page) -> Result<()> {
    let seed = match env::var(SEED_VARIABLE) {
        Ok(text) => text.parse().with_context(|| format!("{SEED_VARIABLE} is no number"))?,
        Err(_) => SEED,
    };
    println!("a random user, repeated by {SEED_VARIABLE}={seed}");
    let training = [
        Request::Start { run: 0, spec: Spec::default(), beside: Vec::new(), room: 0, data: None },
        Request::Advance { run: 0, steps: 1, budget: 1.0 },
    ];
    let first_bytes = training.map(|request| encode(&request)[0]);
    let source = format!("const TRAINING = {first_bytes:?};\n{}", include_str!("witness.js"));
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }))?;
    page.open("")?;
    let mut user = User::new(page, seed);
    if env::var_os("WINNING_TICKET_LONG").is_some() {
        wander_for_long(page, &mut user, seed)?;
    } else {
        wander(page, &mut user, |user| user.done < DEEDS)?;
        rest(page).with_context(|| format!("after{}", user.tale()))?;
    }
    page.click("#play")?;
    page.until("a run that goes on", |shown| shown.step() > 30)?;
    println!("{} deeds, {} workers", user.done, look(page)?.started);
    Ok(())
}

/// Weighs the page after a warm-up and again ten minutes later.
fn wander_for_long(page: &Page, user: &mut User, seed: u64) -> Result<()> {
    wander(page, user, |user| user.done < WARM_UP)?;
    let before = memory_at_rest(page).with_context(|| format!("after{}", user.tale()))?;
    let (start, typed, done) = (Instant::now(), user.typed, user.done);
    wander(page, user, |_| start.elapsed() < LONG)?;
    let after = memory_at_rest(page).with_context(|| format!("after{}", user.tale()))?;
    let (typed, done) = (user.typed - typed, user.done - done);
    println!("memory {before:.0?}, then, {done} deeds later of which {typed} typed, {after:.0?}");
    for (what, before, most, after) in [
        ("number of objects", before.objects, MOST_GROWTH * before.objects, after.objects),
        ("heap", before.heap, MOST_USED * before.heap, after.heap),
        ("wasm memory", before.wasm, before.wasm + MOST_WASM, after.wasm),
        ("number of nodes", before.nodes, before.nodes + MOST_NODES, after.nodes),
        ("number of nodes in the document", before.attached, before.attached + MOST_NODES, after.attached),
        ("number of listeners", before.listeners, MOST_GROWTH * before.listeners, after.listeners),
    ] {
        ensure!(after <= most, "the {what} grew from {before} to {after} under {SEED_VARIABLE}={seed}");
    }
    Ok(())
}

/// Lets the user act for as long as `goes_on` says and fails at the first thing that must not be.
fn wander(page: &Page, user: &mut User, goes_on: impl Fn(&User) -> bool) -> Result<()> {
    while goes_on(user) {
        user.act()?;
        look(page).with_context(|| format!("after{}", user.tale()))?;
    }
    Ok(())
}

/// What the witness has seen; fails at what must not be.
fn look(page: &Page) -> Result<Seen> {
    let seen: Seen = page.evaluate_without_trace(SEEN)?;
    ensure!(seen.errors.is_empty(), "errors that nobody caught: {:?}", seen.errors);
    ensure!(seen.failure.is_empty(), "the page says: {}", seen.failure);
    ensure!(seen.most_trainers <= 1, "{} workers train at once", seen.most_trainers);
    let most = 1 + seen.cores.saturating_sub(1).max(1);
    ensure!(seen.most_workers <= most, "{} workers at once on {} cores", seen.most_workers, seen.cores);
    Ok(seen)
}

/// Brings the page to the same state each time, and waits until all its work is done.
fn rest(page: &Page) -> Result<()> {
    page.emulate_media(&[])?;
    page.resize(1440, 900)?;
    page.wait_for("a shown document", "return !document.hidden")?;
    // By way of another setting, as an address that stays the same tells nobody.
    page.evaluate_without_trace::<()>(&format!(
        "{{
           for (const details of document.querySelectorAll('details')) details.open = true;
           document.activeElement?.blur();
           getSelection().removeAllRanges();
           const play = document.getElementById('play');
           if (play.ariaLabel === 'Pause') play.click();
           location.hash = 'v=1';
           void (location.hash = '{REST}');
         }}"
    ))?;
    // A browser keeps what was last pressed on, with all that once surrounded it.
    for (kind, pressed) in [("mousePressed", true), ("mouseReleased", false)] {
        page.mouse(kind, (2.0, 2.0), pressed, 1)?;
    }
    let there = format!("return location.hash === '#{REST}' && document.getElementById('clock-t').textContent === '0'");
    page.wait_for("the start of the run at rest", &there)?;
    page.until_all_is_computed()?;
    Ok(())
}

/// Weighs the page at rest.
fn memory_at_rest(page: &Page) -> Result<Memory> {
    rest(page)?;
    let wasm = page.evaluate_without_trace(
        "import(document.getElementById('glue').href).then(glue => glue.default())
           .then(exports => exports.memory.buffer.byteLength)",
    )?;
    // A collection ends in the background; the least of what it leaves is what lives.
    let (mut heap, mut same) = (f64::INFINITY, 0);
    page.wait("a heap that collections make no smaller", || {
        page.cdp("HeapProfiler.collectGarbage", json!({}))?;
        let used = number(&page.cdp("Runtime.getHeapUsage", json!({}))?, "usedSize")?;
        same = if used < 0.999 * heap { 0 } else { same + 1 };
        heap = heap.min(used);
        Ok((same == 10).then_some(()))
    })?;
    let objects = live_objects(page)?;
    let counts = page.cdp("Memory.getDOMCounters", json!({}))?;
    // A walk from node to node would make an object of each, which lives as long as the node.
    let attached = page.evaluate_without_trace("document.evaluate('count(//node())', document).numberValue")?;
    let (nodes, listeners) = (number(&counts, "nodes")?, number(&counts, "jsEventListeners")?);
    Ok(Memory { objects, heap, wasm, nodes, attached, listeners })
}

/// How many objects live that scripts made, once those are gone that nothing holds.
fn live_objects(page: &Page) -> Result<f64> {
    let all = page.cdp("Runtime.evaluate", json!({ "expression": "Object.prototype", "objectGroup": "weighed" }))?;
    let all = page.cdp(
        "Runtime.queryObjects",
        json!({ "prototypeObjectId": all["result"]["objectId"], "objectGroup": "weighed" }),
    )?;
    let count = page.cdp(
        "Runtime.callFunctionOn",
        json!({ "objectId": all["objects"]["objectId"], "functionDeclaration": OWN_OBJECTS }),
    )?;
    page.cdp("Runtime.releaseObjectGroup", json!({ "objectGroup": "weighed" }))?;
    number(&count["result"], "value")
}

fn number(value: &Value, key: &str) -> Result<f64> {
    value[key].as_f64().with_context(|| format!("no {key} in {value}"))
}
