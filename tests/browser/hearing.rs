//! The relative error as a tone.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use super::page::Page;

/// Whatever the page lets sound goes through an analyser too, by which one can hear it.
const LISTENER: &str = "
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (target, ...rest) {
  if (target instanceof AudioDestinationNode) {
    const ear = new AnalyserNode(target.context, { fftSize: 32768, smoothingTimeConstant: 0 });
    connect.call(this, ear);
    (window.ears ??= []).push(ear);
  }
  return connect.call(this, target, ...rest);
};";

/// The loudest frequency in hertz; 0 where it is silent, and where nothing was ever made to sound.
const HEARD: &str = "
const ear = window.ears?.at(-1);
if (!ear) return 0;
const loud = new Float32Array(ear.frequencyBinCount);
ear.getFloatFrequencyData(loud);
const peak = loud.indexOf(Math.max(...loud));
return loud[peak] > -60 ? peak * ear.context.sampleRate / ear.fftSize : 0;";

/// What is to be heard at a relative error, as the page says it: 440 Hz at 10⁻⁴, an octave for a hundred times the error.
fn expected(page: &Page) -> Result<f64> {
    let shown = page.shown()?.error;
    let error = match shown.split_once("\u{a0}·\u{a0}10") {
        Some((digits, power)) => {
            let power: String = power
                .chars()
                .filter_map(|c| "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|s| s == c))
                .map(|place| if place == 0 { '-' } else { char::from(b'0' + place as u8 - 1) })
                .collect();
            format!("{digits}e{power}").parse::<f64>()?
        }
        None => shown.parse::<f64>()?,
    };
    Ok(440.0 * (error / 1e-4).log10().exp2().sqrt())
}

fn until_heard(page: &Page, what: &str, fits: impl Fn(f64) -> bool) -> Result<f64> {
    page.wait(what, || Ok(Some(page.script::<f64>(HEARD, &[])?).filter(|hertz| fits(*hertz))))
}

pub fn the_relative_error_is_heard_when_the_reader_asks_for_it(page: &Page) -> Result<()> {
    page.run_early(LISTENER);
    page.open("v=1&r=40&seed=1&T=1200")?;
    page.set_speed("100")?;
    page.click("#play")?;
    page.until("a run in progress", |shown| shown.step() > 20)?;
    let made: bool = page.script("return 'ears' in window", &[])?;
    ensure!(!made, "something sounds before the reader asks for it");
    page.click("#listen")?;
    let high = until_heard(page, "a tone", |hertz| hertz > 300.0)?;
    page.until("a run that has come far", |shown| shown.step() > 200)?;
    let low = until_heard(page, "a lower tone", |hertz| hertz > 0.0 && hertz < 0.9 * high)?;
    ensure!(low > 200.0, "{low} Hz");
    page.click("#play")?;
    until_heard(page, "a rest", |hertz| hertz == 0.0)?;
    // A step is a short tone at the error that is shown; while it is not, one can step again.
    let hertz = page.wait("the tone of a step", || {
        page.script::<()>("document.getElementById('step').click()", &[])?;
        Ok(Some(page.script::<f64>(HEARD, &[])?).filter(|hertz| *hertz > 0.0))
    })?;
    let wanted = expected(page)?;
    ensure!((hertz / wanted - 1.0).abs() < 0.03, "{hertz} Hz are heard instead of {wanted}");
    // By a key, and off again.
    page.script::<()>("document.getElementById('error-canvas').focus()", &[])?;
    page.press(Key::Enter)?;
    page.wait_for("the switch that is off", "return document.getElementById('listen').ariaPressed === 'false'")?;
    page.wait_for("no sound any more", "return window.ears.at(-1).context.state === 'closed'")?;
    page.script::<()>("document.getElementById('error-canvas').focus()", &[])?;
    page.press(Key::Enter)?;
    page.wait_for("another tone", "return window.ears.length === 2 && window.ears.at(-1).context.state === 'running'")
}
