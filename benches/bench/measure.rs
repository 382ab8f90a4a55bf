//! A clock, rounds, and the lines in which results leave the program.

use serde_json::{Value, json};
use web_time::Instant;

/// Before each result's JSON, in a line of its own.
const MARK: &str = "measured: ";

/// The shortest time of each task in seconds, over `rounds` rounds in which they take turns: what else the machine does
/// only makes them slower, and then all of them about alike.
pub fn fastest<const TASKS: usize>(rounds: usize, mut tasks: [&mut dyn FnMut(); TASKS]) -> [f64; TASKS] {
    let mut best = [f64::INFINITY; TASKS];
    for _ in 0..rounds {
        for (task, best) in tasks.iter_mut().zip(&mut best) {
            let start = Instant::now();
            task();
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    best
}

/// The same for one task that takes seconds: up to three rounds, and no further one after so many seconds.
pub fn fastest_within(seconds: f64, mut task: impl FnMut()) -> f64 {
    let start = Instant::now();
    let [mut best] = fastest(1, [&mut task]);
    for _ in 1..3 {
        if start.elapsed().as_secs_f64() < seconds {
            let [time] = fastest(1, [&mut task]);
            best = best.min(time);
        }
    }
    best
}

/// Tells a result, with its ratio to what it is compared with. `unit` is "s", "trials/s" or "multiply-adds/s".
pub fn report(name: &str, value: f64, unit: &str, ratio: Option<(f64, &str)>) {
    tell(&json!({
        "name": name,
        "value": value,
        "unit": unit,
        "ratio": ratio.map(|(ratio, _)| ratio),
        "compared": ratio.map(|(_, compared)| compared),
    }));
}

/// Tells a result of these fields.
pub fn tell(line: &Value) {
    #[cfg(not(target_arch = "wasm32"))]
    println!("{MARK}{line}");
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_test::console_log!("{MARK}{line}");
}
