//! The page's bars, measured: each number is told in a line of its own, beside its bar, and no time is judged. `cargo xtask
//! bench` asks for the whole of it and makes a table; among the tests it only sees that numbers come out.

use std::env;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use winning_ticket::link::parse;
use winning_ticket::spec::Spec;
use winning_ticket::trials::messages::{Request, encode};

use super::figures;
use super::page::Page;
use super::server::gzip;

/// Set by `cargo xtask bench`: measure at full length.
const FULL: &str = "WINNING_TICKET_MEASURE";
/// Before each result's JSON, in a line of its own.
const MARK: &str = "measured: ";
/// One frame of the screen.
const FRAME: Duration = Duration::from_nanos(16_666_667);
/// A drag from one end of the slider to the other and back takes so many seconds.
const SWING: f64 = 3.0;
/// A run that does not end meanwhile, also at full speed: each step sums over the thousand samples of its part.
const ENDLESS: &str = "v=1&seed=1&T=100000&eta=0.001&N=10000&batches=disjoint";

/// The most neurons, inputs and samples.
const LARGE: &str = "v=1&r=200&N=10000&K=12&d=500&seed=1";

/// The most weights: all neurons keep all inputs.
const WIDEST: &str = "v=1&r=500&N=10000&K=12&d=500&seed=1";

/// What the stopwatch took in one phase, in milliseconds.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Taken {
    latencies: Vec<f64>,
    frames: Vec<f64>,
    scripts: Vec<f64>,
    long_tasks: Vec<f64>,
    curve: Option<f64>,
}

/// Milliseconds from the navigation to what is seen first.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    first_paint: Option<f64>,
    /// The pictures and numbers of the opening run that the page has without its program; none where that came sooner.
    stills: Option<f64>,
    numbers: Option<f64>,
    forty_probes: Option<f64>,
}

/// The unit of a value and of its bar.
#[derive(Clone, Copy)]
enum Unit {
    Milliseconds,
    Bytes,
    Count,
}

pub fn the_bars_of_the_page_are_measured(page: &Page) -> Result<()> {
    let full = env::var_os(FULL).is_some();
    let time = Duration::from_secs(if full { 10 } else { 2 });
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": include_str!("stopwatch.js") }))?;
    opening(page)?;
    // While other settings' probes are trained, as for a reader who drags at once.
    dragging(page, "paused", time)?;
    page.click("#play")?;
    dragging(page, "playing", time)?;
    if full {
        page.open(LARGE)?;
        dragging(page, "in the largest setting", time)?;
    }
    page.open("v=1&seed=1&T=100000")?;
    training(page, "100 steps/s", time / 2)?;
    page.open(ENDLESS)?;
    page.set_speed("max")?;
    training(page, "no limit of speed", time / 2)?;
    seeking(page, "", "at the defaults", full)?;
    if full {
        seeking(page, &format!("{LARGE}&T=200"), "in the largest setting", full)?;
    }
    pool(page, if full { 5 } else { 1 })?;
    change_of_mind(page, full)?;
    if full {
        slow_line(page)?;
        lights(page)?;
        for (number, time) in figures::at_the_size_for_a_laptop(page)? {
            let name = format!("Figure {number} at the size for a laptop");
            report(&name, 1000.0 * time.as_secs_f64(), Unit::Milliseconds, Some(120_000.0));
        }
    }
    Ok(())
}

/// Tells a result and, where it has one, its share of the bar: the most that it may be.
fn report(name: &str, value: f64, unit: Unit, bar: Option<f64>) {
    let (scale, unit, shown) = match unit {
        Unit::Milliseconds => (1e-3, "s", " ms"),
        Unit::Bytes => (1.0, "B", " B"),
        Unit::Count => (1.0, "", ""),
    };
    let ratio = bar.map(|bar| value / bar);
    let compared = bar.map(|bar| format!("the bar, {bar}{shown}"));
    tell(&json!({ "name": name, "value": scale * value, "unit": unit, "ratio": ratio, "compared": compared }));
}

fn tell(result: &Value) {
    println!("{MARK}{result}");
}

/// The first load: how long it takes and what it weighs.
fn opening(page: &Page) -> Result<()> {
    page.open("")?;
    let Opened { numbers, forty_probes, .. } = opened(page)?;
    let (numbers, forty_probes) = numbers.zip(forty_probes).context("the page shows no numbers")?;
    report("opening: from the address to the first numbers", numbers, Unit::Milliseconds, None);
    report("opening: from the address to 40 probes", forty_probes, Unit::Milliseconds, Some(3000.0));
    long_tasks("opening", &taken(page)?);
    first_load(page)?;
    page.click("#play")?;
    let curve = curve(page)?.curve.context("no curve after Play")?;
    report("from Play to the curve's first step", curve, Unit::Milliseconds, Some(300.0));
    page.click("#play")
}

/// When what is seen first was seen.
fn opened(page: &Page) -> Result<Opened> {
    page.wait("forty probes", || {
        let opened: Opened = page.evaluate_without_trace("stopwatch.opened()")?;
        Ok(Some(opened).filter(|opened| opened.forty_probes.is_some()))
    })
}

/// The bytes of all that the page asked for when it was opened, each by itself as `gzip -9` makes it.
fn first_load(page: &Page) -> Result<()> {
    // Of the page itself: what its service worker keeps for later is no part of it.
    let mut names: Vec<String> = page.evaluate_without_trace(
        "performance.getEntriesByType('resource').map(({ name }) => name.slice(new URL('.', location).href.length))",
    )?;
    names.push("index.html".to_owned());
    names.sort_unstable();
    names.dedup();
    let mut all = 0.0;
    for name in names.into_iter().filter(|name| [".html", ".css", ".js", ".wasm"].iter().any(|end| name.ends_with(end)))
    {
        let content = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("dist").join(&name))
            .with_context(|| format!("{name} of the page"))?;
        let size = gzip(content)?.len() as f64;
        all += size;
        if name.ends_with(".wasm") {
            report("first load: its WebAssembly, gzip -9", size, Unit::Bytes, None);
        }
    }
    report("first load: HTML, CSS, JavaScript and WebAssembly, gzip -9", all, Unit::Bytes, Some(150_000.0));
    Ok(())
}

/// The first load from a host that compresses, on a line of 1.6 Mbit/s with 150 ms, the page's thread four times slower
/// (its workers cannot be slowed down).
fn slow_line(page: &Page) -> Result<()> {
    let throttle = |line: Value, rate: u32| {
        page.cdp("Network.emulateNetworkConditions", line)?;
        page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": rate }))
    };
    let bytes_a_second = 1.6e6 / 8.0;
    page.server.set_compressing(true);
    page.cdp("Network.enable", json!({}))?;
    page.cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true }))?;
    throttle(
        json!({ "offline": false, "latency": 150, "downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second }),
        4,
    )?;
    page.open("")?;
    let opened = opened(page)?;
    throttle(json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }), 1)?;
    page.cdp("Network.setCacheDisabled", json!({ "cacheDisabled": false }))?;
    page.server.set_compressing(false);
    for (what, time, goal) in [
        ("text", opened.first_paint, None),
        ("the first numbers, in stills of the opening run", opened.stills, Some(2900.0)),
        ("those of the program", opened.numbers, None),
        ("40 probes", opened.forty_probes, None),
    ] {
        let time = time.with_context(|| format!("{what} never came"))?;
        report(&format!("opening on a slow line: from the address to {what}"), time, Unit::Milliseconds, goal);
    }
    Ok(())
}

/// Drags the slider of r̃ to and fro for a while.
fn dragging(page: &Page, how: &str, time: Duration) -> Result<()> {
    let (left, width, middle): (f64, f64, f64) = page.script(
        "const slider = document.getElementById('r-slider');
         slider.scrollIntoView({ block: 'center' });
         const { left, width, top, height } = slider.getBoundingClientRect();
         return [left, width, top + height / 2];",
        &[],
    )?;
    let place = |share: f64| (left + width * (0.05 + 0.9 * share), middle);
    page.mouse("mouseMoved", place(0.4), false, 0)?;
    page.mouse("mousePressed", place(0.4), true, 1)?;
    taken(page)?;
    let start = Instant::now();
    let (mut at, mut next) = (place(0.4), start);
    while start.elapsed() < time {
        let phase = (start.elapsed().as_secs_f64() / SWING).fract();
        at = place(1.0 - (2.0 * phase - 1.0).abs());
        page.mouse("mouseMoved", at, true, 0)?;
        // As often as a screen shows frames; a hand does not wait for the page.
        next = (next + FRAME).max(Instant::now());
        thread::sleep(next - Instant::now());
    }
    let taken = taken(page)?;
    page.mouse("mouseReleased", at, false, 1)?;

    let name = format!("dragging r̃, {how}");
    ensure!(taken.latencies.len() > fewest(time), "{name} had an effect only {} times", taken.latencies.len());
    for (which, share, bar) in [("median", 0.5, 50.0), ("p99", 0.99, 100.0)] {
        let latency = quantile(&taken.latencies, share);
        report(&format!("{name}: from input to painted frame, {which}"), latency, Unit::Milliseconds, Some(bar));
    }
    long_tasks(&name, &taken);
    if page.shown()?.button == "Pause" {
        let curve = curve(page)?.curve.or(taken.curve).context("no curve after the drag")?;
        report(&format!("{name}: from input to the curve's first step"), curve, Unit::Milliseconds, Some(300.0));
    }
    Ok(())
}

/// So many times something has to happen meanwhile, or what is told of it would mean nothing: fewer than a busy machine does.
fn fewest(time: Duration) -> usize {
    (2.0 * time.as_secs_f64()) as usize
}

/// Lets the run play for a while.
fn training(page: &Page, speed: &str, time: Duration) -> Result<()> {
    // Probes of a run without end have none either: they go on beside it, as they do for a reader.
    page.wait_for("the four lights", "return !document.querySelector('#lights [data-state=waiting]')")?;
    page.click("#play")?;
    let from = page.until("a run in progress", |shown| shown.step() > 10)?.step();
    taken(page)?;
    thread::sleep(time);
    let taken = taken(page)?;
    let shown = page.shown()?;
    let (to, frames) = (shown.step(), taken.frames.len());
    ensure!(
        shown.button == "Pause" && to > from && frames > fewest(time),
        "{speed}: {frames} frames from step {from}: {shown:?}"
    );
    let name = format!("training, {speed}");
    let frame = quantile(&taken.frames, 0.99);
    report(&format!("{name}: main thread a frame, p99"), frame, Unit::Milliseconds, Some(8.0));
    let scripts = quantile(&taken.scripts, 0.99);
    report(&format!("{name}: of this in scripts, p99"), scripts, Unit::Milliseconds, None);
    long_tasks(&name, &taken);
    page.click("#play")
}

/// Drags the time bar to and fro over a run that has ended.
fn seeking(page: &Page, run: &str, how: &str, full: bool) -> Result<()> {
    page.open(run)?;
    page.set_speed("max")?;
    page.click("#play")?;
    page.wait("the end of a run", || {
        let shown = page.shown()?;
        Ok((shown.button == "Play" && shown.step() > 100).then_some(()))
    })?;
    let call = format!("({})({})", include_str!("seek.js"), if full { 100 } else { 12 });
    let times: Vec<f64> = page.evaluate_without_trace(&call)?;
    let name = format!("the time bar, {how}: from input to the painted frame of its step");
    for (which, share) in [("median", 0.5), ("worst", 1.0)] {
        let bar = (which == "median").then_some(50.0);
        report(&format!("{name}, {which}"), quantile(&times, share), Unit::Milliseconds, bar);
    }
    Ok(())
}

/// Probes of the default problem by one worker and by as many as there are cores, while the page itself rests.
fn pool(page: &Page, rounds: usize) -> Result<()> {
    const PROBES: u32 = 40;
    page.open("")?;
    page.until_all_is_computed()?;
    let spec = Spec::default();
    let requests: Vec<Vec<u8>> =
        (0..PROBES).map(|index| encode(&Request::Probe { run: 0, spec: spec.clone(), index })).collect();
    let cores: usize = page.evaluate_without_trace("navigator.hardwareConcurrency")?;
    let call = format!("({})({}, [1, {cores}], {rounds})", include_str!("pool.js"), json!(requests));
    let [alone, together]: [f64; 2] = page.evaluate_without_trace(&call)?;
    tell(&json!({ "name": format!("{PROBES} probes on {cores} cores"), "value": together / 1000.0, "unit": "s",
        "ratio": alone / together, "compared": "speed one at a time" }));
    Ok(())
}

/// A small run asked for while a worker sets up, foresees or trains the largest, at moments spread over that.
fn change_of_mind(page: &Page, full: bool) -> Result<()> {
    const SMALL: u32 = 9;
    const MOMENTS: [u32; 8] = [5, 30, 80, 150, 400, 1000, 2500, 6000];
    let (large, notices) = parse(WIDEST);
    ensure!(notices.is_empty(), "{notices:?}");
    let job = |number: u32, request: &Request| json!({ "number": number, "bytes": encode(request) });
    let start =
        |run: u32, spec: &Spec| Request::Start { run, spec: spec.clone(), beside: Vec::new(), room: 0, data: None };
    let begin = job(1, &start(1, &large.spec));
    let jobs = [
        ("sets up", json!([begin])),
        ("foresees", json!([job(1, &Request::Forecast { run: 1, spec: large.spec.clone() })])),
        ("trains", json!([begin, job(1, &Request::Advance { run: 1, steps: 100_000, budget: 1e9 })])),
    ];
    let moments = if full { &MOMENTS[..] } else { &MOMENTS[..2] };
    let small = encode(&start(SMALL, &Spec::default()));
    for (doing, requests) in jobs {
        let call =
            format!("({})([{requests}], {}, {SMALL}, {})", include_str!("mind.js"), json!(small), json!(moments));
        let times: Vec<f64> = page.evaluate_without_trace(&call)?;
        let name = format!("a change of mind while a worker {doing} the largest run");
        report(&format!("{name}, median"), quantile(&times, 0.5), Unit::Milliseconds, None);
        report(&format!("{name}, worst"), quantile(&times, 1.0), Unit::Milliseconds, Some(50.0));
    }
    Ok(())
}

/// The four lights where the forecast takes longest.
fn lights(page: &Page) -> Result<()> {
    const LIT: &str = "document.querySelectorAll('#lights li:not([data-state=waiting])').length";
    let start = Instant::now();
    page.open(WIDEST)?;
    let mut first = None;
    let all = loop {
        let lit: usize = page.evaluate_without_trace(LIT)?;
        let time = 1e3 * start.elapsed().as_secs_f64();
        first = first.or((lit > 0).then_some(time));
        if lit == 4 {
            break time;
        }
        ensure!(time < 300_000.0, "after five minutes there are {lit} lights");
        thread::sleep(FRAME);
    };
    let name = "the most weights: from the address to";
    report(&format!("{name} the first light"), first.unwrap_or(all), Unit::Milliseconds, Some(1000.0));
    report(&format!("{name} the four lights"), all, Unit::Milliseconds, Some(10_000.0));
    Ok(())
}

/// What the stopwatch took since the last call.
fn taken(page: &Page) -> Result<Taken> {
    page.evaluate_without_trace("stopwatch.take()")
}

/// Waits until the curve after the last input is seen.
fn curve(page: &Page) -> Result<Taken> {
    page.wait_for("the curve", "return !stopwatch.waits()")?;
    taken(page)
}

fn long_tasks(name: &str, taken: &Taken) {
    let longest = taken.long_tasks.iter().copied().fold(0.0, f64::max);
    report(&format!("{name}: tasks over 50 ms"), taken.long_tasks.len() as f64, Unit::Count, None);
    if longest > 0.0 {
        report(&format!("{name}: longest task"), longest, Unit::Milliseconds, Some(50.0));
    }
}

/// The value that this share of the values does not exceed.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
