//! The summary at the top of the page for who cannot see it: what is there now, and what can be done next. What the page has
//! at all stands in index.html.

use super::captions::lights;
use super::run::Run;
use super::slider::value_words;
use crate::language::{message, tr, translate};
use crate::notation::{grouped, scientific};
use crate::spec::fields::Field;
use crate::theory::State;

/// The lights in their order, as the summary names them.
const LIGHTS: [&str; 4] = [message!("mask"), message!("curvature"), message!("start"), message!("samples")];

/// What is there, and what can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The settings, where the run stands, and the assumptions.
    pub now: String,
    /// What to do next.
    pub hint: &'static str,
}

impl Summary {
    /// Of `run`, and the names of two that go in lock step; whether it plays, and whether a lecture is on.
    pub fn of(run: &Run, names: Option<(&'static str, &'static str)>, playing: bool, in_lecture: bool) -> Self {
        let hint = match run.stopped {
            _ if in_lecture => tr!("Page Down leads to the next beat of the lecture, Page Up back."),
            _ if playing => tr!("Space pauses the run."),
            None if run.step().is_none_or(|step| step == 0) => {
                tr!(
                    "To begin, press Play, or Space; then give the effective width another value: less of it is pruning."
                )
            }
            None => tr!("Space lets the run play on; the left and right arrow keys step."),
            Some(_) => {
                tr!(
                    "The run has ended. Play begins it anew; another setting leaves this one as a ghost to compare with."
                )
            }
        };
        Self { now: format!("{} {}{}", settings(run), stand(run, names, playing), assumptions(run)), hint }
    }
}

fn settings(run: &Run) -> String {
    let value = |key: &str| {
        let field = Field::by_key(key).expect("a field of the table");
        value_words(field, &run.spec, &run.known)
    };
    tr!(
        "Effective width {width}, {samples} samples, {neurons} neurons, {inputs} inputs, momentum {momentum}, start distance \
         {distance}.",
        width = value("r"),
        samples = value("N"),
        neurons = value("K"),
        inputs = value("d"),
        momentum = value("beta"),
        distance = value("lambda")
    )
}

fn stand(run: &Run, names: Option<(&'static str, &'static str)>, playing: bool) -> String {
    let Some((step, error)) = run.moment() else { return tr!("The run is being set up.").to_owned() };
    let which = match names {
        Some((shown, beside)) => tr!("{shown} and {beside} in lock step: the first", shown, beside),
        None => tr!("The run").to_owned(),
    };
    let (step, most, error) = (grouped(step), grouped(run.spec.max_steps), scientific(error));
    let place = match run.stopped {
        Some(_) => tr!("{which} has ended at iteration {step} of at most {most}", which, step, most),
        None if playing => tr!("{which} plays at iteration {step} of at most {most}", which, step, most),
        None => tr!("{which} is paused at iteration {step} of at most {most}", which, step, most),
    };
    let measure = if run.knows_oracle() { tr!("relative error") } else { tr!("training loss") };
    tr!("{place}, {measure} {error}.", place, measure, error)
}

/// Which assumptions of the theorems hold; empty before any is known.
fn assumptions(run: &Run) -> String {
    let lights = lights(run);
    let of = |state: State| {
        let named =
            lights.iter().zip(LIGHTS).filter(|(light, _)| light.as_ref().is_some_and(|light| light.state == state));
        named.map(|(_, name)| translate(name)).collect::<Vec<_>>().join(", ")
    };
    let told = [State::Met, State::NotMet, State::Unknown, State::NotPromised].map(|state| (state.words(), of(state)));
    let told = told.iter().filter(|(_, names)| !names.is_empty());
    let told: Vec<String> = told.map(|(words, names)| tr!("{words}: {names}", words, names)).collect();
    if told.is_empty() { String::new() } else { format!(" {}", tr!("Assumptions {told}.", told = told.join("; "))) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;
    use crate::training::StopReason;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn settings_standing_and_assumptions_are_told_and_what_to_do_next() {
        let small = Spec { neurons: 3, dimension: 20, effective_width: 5.0, samples: 60, ..Spec::default() };
        let mut run = Run::new(0, small);
        let told = |run: &Run, playing, in_lecture| Summary::of(run, None, playing, in_lecture);
        let before = told(&run, false, false);
        assert_eq!(
            before.now,
            "Effective width 5, 60 samples, 3 neurons, 20 inputs, momentum 0.90, start distance 0.50. The run is being set up. \
             Assumptions met: mask."
        );
        assert!(before.hint.starts_with("To begin"));
        (run.curve, run.at) = (vec![0.5, 0.375, 0.25], 2);
        let now = told(&run, true, false);
        assert!(now.now.contains("The run plays at iteration 2 of at most 1200, relative error 0.25."), "{now:?}");
        assert_eq!(now.hint, "Space pauses the run.");
        assert!(told(&run, true, true).hint.starts_with("Page Down"));
        run.stopped = Some(StopReason::Converged);
        let ended = Summary::of(&run, Some(("pruned", "dense")), false, false);
        assert!(ended.now.contains("pruned and dense in lock step: the first has ended at iteration 2"), "{ended:?}");
        assert!(ended.hint.starts_with("The run has ended."));
    }
}
