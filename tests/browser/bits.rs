//! The same link, the same bits: the table of digests, computed by the page's own program in a worker of this engine.

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use winning_ticket::link;
use winning_ticket::trials::messages::{Reply, Request, decode, encode};

use super::page::Page;

/// Milliseconds that no run takes.
const UNLIMITED: f64 = 1e9;

pub fn every_run_of_the_table_gives_its_digests_in_a_worker(page: &Page) -> Result<()> {
    // One whose own work is soon done.
    page.open("v=1&r=3&N=60&K=2&d=10&seed=1")?;
    let lines: Vec<&str> = include_str!("../digests.txt").lines().filter(|line| !line.starts_with('#')).collect();
    for line in &lines {
        let fragment = line.split(' ').next().unwrap_or_default().to_owned();
        let (link, _) = link::parse(&fragment);
        let advance = |steps| Request::Advance { run: 1, steps, budget: UNLIMITED };
        let requests = [
            Request::Start { run: 1, spec: link.spec, beside: Vec::new(), room: 0, data: None },
            advance(1),
            advance(99),
            advance(u32::MAX),
        ];
        let requests: Vec<Vec<u8>> = requests.iter().map(encode).collect();
        let call = format!("({})({}, {})", include_str!("converse.js"), json!(requests), json!(encode(&Reply::AtWork)));
        let answers: Vec<String> = page.evaluate(&call).with_context(|| fragment.clone())?;
        let (mut found, mut end) = (fragment, String::new());
        for answer in &answers {
            let bytes: Vec<u8> = answer.chars().map(u8::try_from).collect::<Result<_, _>>()?;
            let Some(Reply::Trained { progress, .. }) = decode(&bytes) else { bail!("of {line} it answers {bytes:?}") };
            found.push_str(&format!(" {}", progress.digest));
            if let Some(reason) = progress.stopped {
                let steps = progress.from as usize + progress.curve.len() - 1;
                end = format!(" {steps} {}", reason.key());
            }
        }
        found.push_str(&end);
        ensure!(found == **line, "the table has\n  {line}\nand the worker\n  {found}");
    }
    ensure!(lines.len() >= 40, "the table has {} runs", lines.len());
    Ok(())
}
