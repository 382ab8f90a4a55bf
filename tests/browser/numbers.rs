//! Each number on the page is the one that the core computes natively at the same step.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use winning_ticket::link;
use winning_ticket::network::{draw_mask, effective_width};
use winning_ticket::notation::{mathematics, scientific};
use winning_ticket::theory::Light;
use winning_ticket::training::Trainer;
use winning_ticket::trials::{Outcome, Probe, Report, probe, probe_distance, region_sentence, two_digits};

use super::page::Page;

/// The probes that a setting gets on the page.
const PROBES: u32 = 96;

/// What the panels show.
#[derive(Debug, Deserialize)]
struct Panels {
    delta: Vec<Vec<usize>>,
    width_sum: String,
    disc_caption: String,
    lights: Vec<(String, String)>,
}

const PANELS: &str = "
const text = id => document.getElementById(id).textContent;
return {
  delta: [...document.querySelectorAll('#delta tbody tr')].map(
    row => [...row.querySelectorAll('td')].map(cell => Number(cell.textContent))),
  width_sum: text('width-sum'), disc_caption: text('disc-caption'),
  lights: ['mask', 'curvature', 'start', 'samples'].map(name => ['.verdict', '.sentence'].map(
    part => document.querySelector(`#light-${name} ${part}`).textContent)),
};";

pub fn each_number_is_what_the_core_computes_at_the_same_step(page: &Page) -> Result<()> {
    // The defaults, and a setting whose every panel is different: noise, unequal widths, neurons that share little.
    let other = "v=1&r=7.5&N=300&K=4&beta=0.5&d=60&sigma=0.02&lambda=0.3&overlap=random&spread=1&seed=7&trial=3";
    for fragment in ["v=1&seed=1", "v=1&seed=1&t=1", "v=1&seed=1&t=100", &format!("{other}&t=37")] {
        compare(page, fragment).with_context(|| format!("at #{fragment}"))?;
    }
    Ok(())
}

fn compare(page: &Page, fragment: &str) -> Result<()> {
    let (link, notices) = link::parse(fragment);
    ensure!(notices.is_empty(), "the test's own link is bad: {notices:?}");
    let spec = link.spec;
    let mut trainer = Trainer::new(&spec);
    trainer.advance(link.step.unwrap_or(0));
    let report = Report::of(&spec, &trainer);

    page.open(fragment)?;
    let shown = page.until(&format!("the sentence “{}”", report.sentence()), |shown| {
        shown.status == report.sentence() && shown.digest == report.digest
    })?;
    ensure!(shown.step() == report.standing.step, "t is {}", shown.t);
    let error = scientific(report.standing.relative_error);
    ensure!(shown.error == error, "the error is shown as {}, but is {error}", shown.error);

    page.click("#error-region details.data summary")?;
    let errors = page.wait("the table of relative errors", || {
        let rows: Vec<(String, String)> = page.script(
            "return [...document.querySelectorAll('#error-table tbody tr')].map(
               row => [...row.cells].map(cell => cell.title || cell.textContent))",
            &[],
        )?;
        Ok((!rows.is_empty()).then_some(rows))
    })?;
    for (t, shown) in &errors {
        let error = trainer.relative_error().get(t.parse::<usize>()?);
        ensure!(Some(shown.parse()?) == error.copied(), "the table has {shown} at t = {t}, but it is {error:?}");
    }
    ensure!(errors.last().is_some_and(|(t, _)| *t == shown.t), "the table ends with {:?}", errors.last());

    // Symbols are set in italics, their subscripts lower; the text is what is left.
    let set = |sentence: &str| mathematics(sentence).into_iter().map(|(part, _)| part).collect::<String>();
    let (mask, lights) = (trainer.mask(), &report.forecast.lights);
    let told = |light: &Light| (light.state.words().to_owned(), set(&light.sentence));
    let expected = [&lights.accurate_mask, &lights.curvature, &lights.start, &lights.samples].map(told);
    let ring = report.forecast.theorem1_radius.as_ref().map_or_else(Clone::clone, |radius| two_digits(*radius));
    // They come one by one, the words of the setting before in their place until then, and the ring last.
    let panels = page.wait(&format!("the lights {expected:?} and the ring {ring}"), || {
        let panels: Panels = page.script(PANELS, &[])?;
        Ok((panels.lights == expected && digits(&panels.disc_caption).contains(&digits(&ring))).then_some(panels))
    })?;
    let neurons = mask.neurons();
    let delta: Vec<Vec<usize>> = (0..neurons).map(|j| (0..neurons).map(|k| mask.shared(j, k)).collect()).collect();
    ensure!(panels.delta == delta, "δ is shown as {:?}, but is {delta:?}", panels.delta);
    let width = effective_width(mask);
    let sum = (8.0 * neurons.pow(4) as f64 * width).sqrt();
    for words in [format!("{sum:.1}²"), format!("{neurons}⁴"), format!("= {width:.1}")] {
        let shown = digits(&panels.width_sum);
        ensure!(shown.contains(&digits(&words)), "“{words}” is not in “{}”", panels.width_sum);
    }
    Ok(())
}

/// The text with one kind of space.
fn digits(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

pub fn the_probes_and_their_radius_are_those_that_the_core_computes(page: &Page) -> Result<()> {
    let fragment = "v=1&r=8&N=150&K=3&d=40&seed=5";
    let spec = link::parse(fragment).0.spec;
    let probes: Vec<Probe> = (0..PROBES).map(|index| probe(&spec, index, probe_distance(index))).collect();

    page.open(fragment)?;
    page.click("#disc-region details.data summary")?;
    let all = format!("{PROBES} probes: ");
    let caption = page.wait("all probes", || {
        let caption: String = page.script("return document.getElementById('disc-band').textContent", &[])?;
        let text: String = page.script("return document.getElementById('disc-text').textContent", &[])?;
        Ok(text.starts_with(&all).then_some(caption))
    })?;
    let told = region_sentence(&probes, &spec, draw_mask(&spec).weights(), Some(0.0));
    ensure!(caption == told, "the probes say “{told}”, but the caption says “{caption}”");
    let count = |outcome| probes.iter().filter(|probe| probe.outcome == outcome).count();
    let words = format!(
        "{PROBES} probes: {} succeeded, {} stopped elsewhere or diverged, {} reached the step cap",
        count(Outcome::Success),
        count(Outcome::StoppedElsewhere),
        count(Outcome::StepCap)
    );
    page.wait(&format!("the text alternative “{words}”"), || {
        let text: String = page.script("return document.getElementById('disc-text').textContent", &[])?;
        Ok(digits(&text).contains(&words).then_some(()))
    })?;
    // The table thins out long data; the rows that it has are those of the core.
    let rows: Vec<Vec<String>> = page.wait("the last probe in the table", || {
        let rows: Vec<Vec<String>> = page.script(
            "return [...document.querySelectorAll('#disc-table tbody tr')].map(
               row => [...row.cells].map(cell => cell.textContent))",
            &[],
        )?;
        let last = rows.last().and_then(|row| row[0].parse().ok());
        Ok((last == Some(PROBES)).then_some(rows))
    })?;
    ensure!(rows.len() > 20, "the table has {} rows", rows.len());
    for row in rows {
        let probe = row[0].parse::<usize>().ok().and_then(|number| probes.get(number - 1));
        let probe = probe.with_context(|| format!("the row {row:?} is of no probe"))?;
        ensure!(row[1..] == [format!("{:.3}", probe.distance), probe.words()], "the row {row:?} is that of {probe:?}");
    }
    Ok(())
}
