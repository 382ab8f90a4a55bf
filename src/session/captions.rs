//! The words beside the pictures: lights, captions, the terms of r̃, text alternatives.

mod disc;

pub(super) use disc::no_number;
pub use disc::{DiscCaption, disc_text};

use super::own_data;
use super::pair::Pair;
use super::run::Run;
use super::status_line::Words;
use crate::charts::mask_overlap;
use crate::language::{message, tr};
use crate::network::{Agreement, Mask, double_sum};
use crate::notation::{grouped, scientific};
use crate::theory::{EarlyLights, Light, State};
use crate::trials::{Forecast, promise_sentence, shown_width};

/// The four lights in the order of the page: mask, curvature, start, samples. That of the mask is known at once, and that
/// of samples too few for so many weights; the others when a worker has told them: until then they keep what they said of the
/// setting before, and are marked as old.
pub fn lights(run: &Run) -> [Option<Light>; 4] {
    if run.own.is_some() {
        return own_data::lights(run);
    }
    let mask = Some(Light::accurate_mask(run.kept.agreement()));
    match &run.forecast {
        Some(Forecast { lights, .. }) => {
            [mask, Some(lights.curvature.clone()), Some(lights.start.clone()), Some(lights.samples.clone())]
        }
        None => {
            let too_few = run.kept.agreement().is_accurate() && run.spec.samples < run.mask().weights();
            let at_once = || too_few.then(|| Light::enough_samples(&run.spec, run.mask(), None));
            let EarlyLights { curvature, start, samples } = run.early.clone();
            [mask, curvature, start, samples.or_else(at_once)]
        }
    }
}

/// What the play button does.
pub fn play_button(playing: bool) -> &'static str {
    if playing { tr!("Pause") } else { tr!("Play") }
}

/// The clock: t and the relative error, which is not known before the run is set up.
pub fn clock(moment: Option<(usize, f64)>) -> (String, String) {
    moment.map_or_else(|| (grouped(0), String::new()), |(step, error)| (grouped(step), scientific(error)))
}

/// What is said when the address of this moment was copied, or could not be; it then follows in a box.
pub fn copied(copied: bool) -> &'static str {
    if copied { tr!("Copied") } else { tr!("Not allowed; copy it here: ") }
}

/// What that box holds, a message as the next two.
pub const ADDRESS: &str = message!("Address of this moment");
/// What it holds where it is a line of the command line.
pub const COMMAND: &str = message!("Command that comes to this moment");
/// What it holds where it is of a scene that was composed.
pub const COMPOSED: &str = message!("What was to be copied");

/// How a light looks, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LightWords {
    /// How it looks: what the theorem does not speak of looks like what is not known.
    pub look: &'static str,
    /// What is the case, in a word or two.
    pub verdict: &'static str,
    /// Why.
    pub sentence: String,
}

impl LightWords {
    /// Those of `light`.
    pub fn of(light: Light) -> Self {
        let look = match light.state {
            State::Met => "met",
            State::NotMet => "not-met",
            State::Unknown | State::NotPromised => "unknown",
        };
        Self { look, verdict: light.state.words(), sentence: light.sentence }
    }
}

/// The terms of r̃ (5) of the learner's mask in numbers; beside them the oracle's r̃ where the masks differ.
pub fn width_terms(run: &Run) -> String {
    let terms = terms(run.mask(), run.effective_width);
    let width = format_args!("{:.1}", run.known.effective_width);
    match run.kept.agreement().differs() {
        true => tr!("{terms}; the oracle’s r̃\u{a0}=\u{a0}{width}", terms, width),
        false => terms,
    }
}

/// r̃ of the learner's mask in short, where the slider shows the oracle's, which differs.
pub fn width_short(run: &Run) -> String {
    match run.kept.agreement().differs() {
        true => format!("\u{a0}=\u{a0}{:.1}", run.effective_width),
        false => String::new(),
    }
}

fn terms(mask: &Mask, effective_width: f64) -> String {
    let neurons = mask.neurons();
    let pairs = neurons * (neurons - 1) / 2;
    let overlapping =
        (0..neurons).flat_map(|j| (0..j).map(move |k| (j, k))).filter(|(j, k)| mask.overlap(*j, *k)).count();
    let widths: Vec<String> = (0..neurons).map(|j| mask.width(j).to_string()).collect();
    let r_j = match widths.iter().all(|width| *width == widths[0]) {
        true => tr!("each\u{a0}rⱼ\u{a0}=\u{a0}{width}", width = widths[0]),
        false => format!("rⱼ\u{a0}=\u{a0}{}", widths.join(", ")),
    };
    let overlap = match overlapping {
        _ if pairs == 0 => tr!("one neuron").to_owned(),
        all if all == pairs => tr!("every pair shares a feature").to_owned(),
        0 => tr!("no pair shares a feature").to_owned(),
        some => tr!("{some} of\u{a0}{pairs} pairs share a feature", some, pairs),
    };
    let (sum, shown) = (double_sum(mask), format!("{effective_width:.1}"));
    let whole = 8.0 * (neurons * neurons * neurons * neurons) as f64;
    // As many digits as it takes for the square that one reads to give the r̃ beside it.
    let gives = |text: &String| text.parse::<f64>().is_ok_and(|read| format!("{:.1}", read * read / whole) == shown);
    let digits = |decimals: usize| format!("{sum:.decimals$}");
    let sum = (1..4).map(digits).find(gives).unwrap_or_else(|| digits(4));
    format!("=\u{a0}{sum}²\u{a0}/\u{a0}(8\u{a0}·\u{a0}{neurons}⁴)\u{a0}=\u{a0}{shown}; {r_j}; {overlap}")
}

/// How much of the inputs a mask keeps: r_ave of d, and the pruning ratio 1 − r_ave/d.
pub fn inputs_kept(mask: &Mask) -> String {
    let (inputs, neurons) = (mask.dimension(), mask.neurons());
    let average = mask.weights() as f64 / neurons as f64;
    let kept = match (1..neurons).any(|j| mask.width(j) != mask.width(0)) {
        true => tr!("on average {kept} of\u{a0}{inputs} kept", kept = shown_width(average), inputs),
        false => tr!("{kept} of\u{a0}{inputs} kept", kept = shown_width(average), inputs),
    };
    if mask.weights() == inputs * neurons {
        return tr!("{kept}: dense", kept);
    }
    // Not 100 % where something is kept, nor 0 % where something is pruned.
    let most = if average > 0.0 { 99.9 } else { 100.0 };
    let percent = (100.0 * (1.0 - average / inputs as f64)).clamp(0.1, most);
    tr!("{kept}: {percent}\u{a0}% pruned", kept, percent = shown_width(percent))
}

/// What the theorem promises of this run, and what became of it.
pub fn promise(run: &Run) -> String {
    if run.own.is_some() {
        return tr!("Of own data the theorems promise nothing.").to_owned();
    }
    let promised = run.forecast.as_ref().map(|forecast| forecast.promise());
    promise_sentence(promised, run.standing().as_ref())
}

/// The far end of the key of the masks' shade.
pub fn shade_far() -> String {
    format!("≥\u{a0}{}", mask_overlap::FAR)
}

/// The status line: of two runs how they differ.
pub fn status(words: Words, run: &Run, pair: Option<Pair>) -> String {
    match words {
        Words::Standing(_) if let Some(sentence) = pair.and_then(|pair| pair.sentence()) => sentence,
        Words::Standing(_) if let Some(standing) = run.own_standing() => standing.sentence(),
        Words::Standing(_) => run.standing().map_or(String::new(), |standing| standing.sentence()),
        Words::Training => tr!("Training …").to_owned(),
        Words::SettingUp => tr!("A new run is being set up …").to_owned(),
    }
}

/// The picture of the relative error for who cannot see it.
pub fn error_text(run: &Run) -> String {
    let (Some(first), Some((step, now))) = (run.curve.first(), run.moment()) else { return String::new() };
    let (first, now) = (scientific(*first), scientific(now));
    let mut text = tr!("A curve from {first} at iteration 0 to {now} at iteration {step}.", first, now, step);
    if let Some(error) = run.curve.last().filter(|_| run.last_step() > step) {
        let (last, error) = (run.last_step(), scientific(*error));
        text.push(' ');
        text += &tr!("It was trained to iteration {last} before, with {error} there.", last, error);
    }
    text
}

/// Two entries of the masks' key, missed and extra weights in numbers; none where the masks do not differ.
pub fn differences(agreement: Agreement) -> Option<[String; 2]> {
    agreement.differs().then(|| {
        let [missed, extra] = [agreement.missed, agreement.extra].map(grouped);
        [tr!("{missed}\u{a0}missed", missed), tr!("{extra}\u{a0}extra", extra)]
    })
}

/// The masks for who cannot see them.
pub fn mask_text(run: &Run) -> String {
    let Agreement { kept, missed, extra } = run.kept.agreement();
    if !run.knows_oracle() {
        return own_data::mask_text(run);
    }
    let features = run.mask().dimension();
    let size = match run.mask().neurons() {
        1 => tr!("1 neuron of {features} features", features),
        neurons => tr!("{neurons} neurons of {features} features", neurons, features),
    };
    let kept = match kept {
        0 => tr!("none weights kept").to_owned(),
        _ => tr!("{kept} weights kept", kept = grouped(kept)),
    };
    let missed = match missed {
        0 => tr!("none missed").to_owned(),
        _ => tr!("{missed} missed", missed = grouped(missed)),
    };
    let extra = match extra {
        0 => tr!("none extra").to_owned(),
        _ => tr!("{extra} extra", extra = grouped(extra)),
    };
    tr!("{size}; {kept}, {missed}, {extra}.", size, kept, missed, extra)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{LearnerMask, Spec};
    use crate::trials::Service;
    use crate::trials::messages::{Reply, Request};
    use crate::trials::{Outcome, Probe};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn plain(text: &str) -> String {
        text.replace('\u{a0}', " ")
    }

    fn small() -> Spec {
        Spec { effective_width: 5.0, neurons: 3, dimension: 20, samples: 60, ..Spec::default() }
    }

    #[test]
    fn the_terms_of_the_effective_width_give_it() {
        let terms = |mask: &Mask| plain(&super::terms(mask, crate::network::effective_width(mask)));
        let overlapping = Mask::new(9, &[vec![0, 1, 2], vec![2, 3, 4]]);
        assert_eq!(terms(&overlapping), "= 19.6² / (8 · 2⁴) = 3.0; each rⱼ = 3; every pair shares a feature");
        // 12.6² / 8 would be 19.8.
        let one = Mask::new(20, &[(0..20).collect()]);
        assert_eq!(terms(&one), "= 12.65² / (8 · 1⁴) = 20.0; each rⱼ = 20; one neuron");
        let unequal = Mask::new(9, &[vec![0, 1], vec![1], vec![5]]);
        assert!(terms(&unequal).ends_with("; rⱼ = 2, 1, 1; 1 of 3 pairs share a feature"), "{}", terms(&unequal));
        assert!(terms(&Mask::new(9, &[vec![4]])).ends_with("= 1.0; each rⱼ = 1; one neuron"));
    }

    #[test]
    fn before_the_forecast_only_what_the_mask_and_the_samples_tell_is_said() {
        let mut run = Run::new(0, small());
        let known = |run: &Run| lights(run).map(|light| light.map(|light| light.state));
        assert_eq!(known(&run), [Some(State::Met), None, None, None]);
        assert_eq!(DiscCaption::of(&run, &[], false).rings, None);
        let too_few = Run::new(0, Spec { samples: 20, effective_width: 10.0, ..small() });
        assert_eq!(known(&too_few), [Some(State::Met), None, None, Some(State::NotMet)]);
        run.foresee(Forecast::draw(&run.spec));
        assert!(known(&run).iter().all(Option::is_some));
        let (theorem1, theorem2) = DiscCaption::of(&run, &[], false).rings.expect("the forecast has come");
        assert!(!theorem1.is_empty() && !theorem2.is_empty());
    }

    #[test]
    fn the_clock_stands_at_zero_without_an_error_until_the_run_is_set_up() {
        assert_eq!(clock(None), ("0".to_owned(), String::new()));
        assert_eq!(clock(Some((1200, 0.5))), (grouped(1200), scientific(0.5)));
        assert_eq!([true, false].map(play_button), ["Pause", "Play"]);
    }

    #[test]
    fn lights_come_one_by_one_and_stay_as_they_came() {
        // λ beyond ρ, which decides without the curvature; within, both are needed.
        for (start_distance, early_start) in [(0.5, Some(State::NotMet)), (0.02, None)] {
            let mut run = Run::new(0, Spec { start_distance, ..small() });
            let mut worker = Service::new(|| 0.0);
            worker.take(Request::Forecast { run: 0, spec: run.spec.clone() });
            let replies: Vec<Reply> =
                std::iter::from_fn(|| worker.is_at_work().then(|| worker.work())).flatten().collect();
            let [
                Reply::Lights { lights: first, .. },
                Reply::Lights { lights: second, .. },
                Reply::Forecast { forecast, .. },
            ] = <[Reply; 3]>::try_from(replies).expect("after the curvature, after the ball, and the whole")
            else {
                panic!("lights come first")
            };
            run.foresee_lights(first);
            let [_, curvature, start, samples] = lights(&run);
            assert!(curvature.is_some() && start.is_none() && samples.is_some());
            run.foresee_lights(second);
            let early = lights(&run);
            assert_eq!(early[2].as_ref().map(|light| light.state), early_start);
            run.foresee(*forecast);
            for (early, light) in early.iter().zip(lights(&run)) {
                assert!(early.is_none() || *early == light);
            }
        }
    }

    #[test]
    fn probes_of_the_setting_before_say_nothing_of_this_one() {
        let run = Run::new(0, small());
        let probe =
            Probe { index: 0, distance: 0.75, outcome: Outcome::Success, steps: 9, falling: false, reach: Some(0.4) };
        let probes = [0, 1, 2, 3].map(|index| Probe { index, ..probe });
        let fresh = DiscCaption::of(&run, &probes, false);
        assert!(fresh.band.contains("succeeded") && fresh.quartiles.contains("over 4 of"), "{fresh:?}");
        let stale = DiscCaption::of(&run, &probes, true);
        assert!(stale.band.starts_with("Faded") && stale.quartiles.is_empty(), "{stale:?}");
    }

    #[test]
    fn the_page_explains_the_distances_that_probes_have() {
        let lambda = crate::glossary::Term::by_key("lambda").expect("a term").meaning;
        assert!(lambda.ends_with(&format!("up to {}.", crate::trials::FARTHEST)), "{lambda}");
    }

    #[test]
    fn what_is_kept_and_pruned_is_told_of_the_mask() {
        let words = |spec: &Spec| plain(&inputs_kept(Run::new(0, spec.clone()).mask()));
        let spec = |effective_width, dimension| Spec { effective_width, dimension, ..Spec::default() };
        assert_eq!(words(&spec(40.0, 100)), "40 of 100 kept: 60 % pruned");
        assert_eq!(words(&spec(100.0, 100)), "100 of 100 kept: dense");
        assert_eq!(words(&spec(1.0, 500)), "1 of 500 kept: 99.8 % pruned");
        let wrong = Spec { mask: LearnerMask::Wrong, missed: 0.9, ..spec(1.0, 100) };
        assert_eq!(words(&wrong), "0 of 100 kept: 100 % pruned");
        let spread = words(&Spec { spread: true, ..spec(40.0, 100) });
        assert!(spread.starts_with("on average ") && spread.contains(" of 100 kept: "), "{spread}");
    }

    #[test]
    fn a_wrong_mask_is_told_and_takes_the_theorem_s_words_away() {
        let mask = LearnerMask::Wrong;
        let mut run = Run::new(0, Spec { mask, missed: 0.4, extra: 0.2, ..small() });
        assert_eq!(mask_text(&run), "3 neurons of 20 features; 9 weights kept, 6 missed, 3 extra.");
        assert_eq!(
            differences(run.kept.agreement()).map(|texts| texts.map(|text| plain(&text))),
            Some(["6 missed", "3 extra"].map(str::to_owned))
        );
        assert!(plain(&width_terms(&run)).ends_with("; the oracle’s r̃ = 5.0"), "{}", width_terms(&run));
        run.foresee(Forecast::draw(&run.spec));
        let states = lights(&run).map(|light| light.map(|light| light.state));
        let silent = Some(State::NotPromised);
        assert_eq!(states, [Some(State::NotMet), silent, silent, silent]);
        let (theorem1, theorem2) = DiscCaption::of(&run, &[], false).rings.expect("the forecast has come");
        for words in [theorem1, theorem2] {
            assert_eq!(words, "is not promised: weights are missed");
        }
        assert_eq!(differences(Run::new(0, small()).kept.agreement()), None);
    }

    #[test]
    fn pictures_are_told_in_words() {
        let mut run = Run::new(0, small());
        assert_eq!(error_text(&run), "");
        (run.curve, run.at) = (vec![0.5, 0.375, 0.25], 2);
        assert_eq!(error_text(&run), "A curve from 0.50 at iteration 0 to 0.25 at iteration 2.");
        assert!(disc_text(&run, &[]).starts_with("0 probes: 0 succeeded, 0 stopped"));
        assert_eq!(mask_text(&run), "3 neurons of 20 features; 15 weights kept, none missed, none extra.");
    }
}
