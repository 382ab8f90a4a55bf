//! The response to a change of the settings: one sentence once the reader has let go and its consequences are known, however
//! many values were passed on the way.

use super::captions::lights;
use super::run::Run;
use super::slider::value_words;
use crate::language::{message, tr, translate};
use crate::spec::Spec;
use crate::spec::fields::{FIELDS, Field, differences};
use crate::theory::State;
use crate::trials::{reach_words, two_digits};

/// Milliseconds without a change after which the reader has let go.
const LET_GO: f64 = 700.0;
/// Settings that are told one by one.
const FEW: usize = 3;
/// The lights in their order.
const LIGHTS: [&str; 4] = [
    message!("an accurate mask"),
    message!("curvature that survives the sample, (4)"),
    message!("a start in the convex region, (6)"),
    message!("enough samples, (8)"),
];

/// What follows from a setting.
#[derive(Clone, Debug)]
struct Consequences {
    theorem1: Option<f64>,
    theorem2: Option<f64>,
    lights: [Option<State>; 4],
}

impl Consequences {
    fn of(run: &Run) -> Option<Self> {
        let forecast = run.forecast.as_ref()?;
        Some(Self {
            theorem1: forecast.theorem1_radius.as_ref().ok().copied(),
            theorem2: forecast.theorem2_reach.as_ref().ok().copied(),
            lights: lights(run).map(|light| light.map(|light| light.state)),
        })
    }
}

/// The settings before the reader changed them, until it was said what that came to.
#[derive(Debug, Default)]
pub struct Response {
    before: Option<Before>,
}

#[derive(Debug)]
struct Before {
    spec: Spec,
    values: Vec<String>,
    consequences: Option<Consequences>,
}

fn values(run: &Run) -> Vec<String> {
    FIELDS.iter().map(|field| value_words(field, &run.spec, &run.known)).collect()
}

impl Response {
    /// The reader has changed the settings that this run had.
    pub fn changed(&mut self, run: &Run) {
        let before = || Before { spec: run.spec.clone(), values: values(run), consequences: Consequences::of(run) };
        self.before.get_or_insert_with(before);
    }

    /// They have been changed in another way, about which enough is said.
    pub fn forget(&mut self) {
        self.before = None;
    }

    /// Whether something is still to be said of a change.
    pub fn is_open(&self) -> bool {
        self.before.is_some()
    }

    /// What the change came to, which is said once; `rested` for so many milliseconds.
    pub fn look(&mut self, run: &Run, rested: f64) -> Option<String> {
        // Mostly there is nothing to say, at every frame.
        if self.before.is_none() || rested < LET_GO || !is_foreseen(run) {
            return None;
        }
        let before = self.before.take()?;
        let changed = settings(&before, run);
        let consequences = Consequences::of(run).map_or(String::new(), |now| told(before.consequences, &now));
        (!changed.is_empty()).then_some(changed + &consequences)
    }

    /// Whether it waits for time to pass alone.
    pub fn is_pending(&self, run: &Run) -> bool {
        self.before.is_some() && is_foreseen(run)
    }
}

/// Whether all is known that will be: of own data nothing is foreseen.
fn is_foreseen(run: &Run) -> bool {
    run.forecast.is_some() || run.own.is_some()
}

/// "Effective width r̃ is 20, was 40."
fn settings(before: &Before, run: &Run) -> String {
    let changed = differences(&before.spec, &run.spec);
    if changed.len() > FEW {
        return tr!("{count} settings have changed.", count = changed.len());
    }
    let place = |field: &Field| FIELDS.iter().position(|other| other.key == field.key);
    let now = values(run);
    let words = changed.iter().filter_map(|field| {
        let place = place(field)?;
        let (name, now, before) = (translate(field.name), &now[place], &before.values[place]);
        Some(tr!("{name} {now}, was {before}.", name, now, before))
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What follows from it, beside what followed from the settings before.
fn told(before: Option<Consequences>, now: &Consequences) -> String {
    let Some(before) = before else { return String::new() };
    let mut sentences = Vec::new();
    let radii = [
        (
            tr!("Theorem\u{a0}1’s ball"),
            before.theorem1.map(two_digits),
            now.theorem1.map(two_digits),
            before.theorem1 < now.theorem1,
        ),
        (
            tr!("Theorem\u{a0}2’s reach"),
            before.theorem2.map(reach_words),
            now.theorem2.map(reach_words),
            before.theorem2 < now.theorem2,
        ),
    ];
    for (name, from, to, grows) in radii {
        sentences.extend(match (from, to) {
            (Some(from), Some(to)) if from == to => Some(tr!("{name} stays at {to}.", name, to)),
            (Some(from), Some(to)) if grows => Some(tr!("{name} grows from {from} to {to}.", name, from, to)),
            (Some(from), Some(to)) => Some(tr!("{name} shrinks from {from} to {to}.", name, from, to)),
            (None, Some(to)) => Some(tr!("{name} is {to} now.", name, to)),
            (Some(_), None) => Some(tr!("{name} is no longer known.", name)),
            (None, None) => None,
        });
    }
    for (name, (from, to)) in LIGHTS.iter().zip(before.lights.iter().zip(now.lights)) {
        if let (Some(from), Some(to)) = (*from, to)
            && from != to
        {
            sentences.push(tr!("Now {state}: {name}.", state = to.words(), name = translate(name)));
        }
    }
    sentences.iter().map(|sentence| format!(" {sentence}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::Forecast;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn run(effective_width: f64, samples: usize) -> Run {
        let small = Spec { neurons: 3, dimension: 20, effective_width, samples, ..Spec::default() };
        let mut run = Run::new(0, small);
        run.foresee(Forecast::draw(&run.spec));
        run
    }

    #[test]
    fn one_response_follows_many_changes_once_the_reader_has_let_go() {
        let mut response = Response::default();
        assert_eq!((response.look(&run(5.0, 60), 1e4), response.is_open()), (None, false));
        for width in [15.0, 12.0, 9.0] {
            response.changed(&run(width, 60));
        }
        let last = run(5.0, 60);
        assert!(response.is_pending(&last) && response.look(&last, 100.0).is_none());
        let unknown = Run::new(0, last.spec.clone());
        assert!(!response.is_pending(&unknown) && response.look(&unknown, 1e4).is_none(), "nothing is known yet");
        let told = response.look(&last, 1e4).expect("a response").replace('\u{a0}', " ");
        assert!(told.starts_with("Effective width 5, was 15. Theorem 1’s ball grows from "), "{told}");
        assert!(
            told.contains(" Theorem 2’s reach grows from ") && told.contains("Now met: enough samples, (8)."),
            "{told}"
        );
        assert_eq!(response.look(&last, 1e4), None, "once");
    }

    #[test]
    fn a_change_that_was_taken_back_and_one_that_is_told_otherwise_have_no_response() {
        let mut response = Response::default();
        response.changed(&run(5.0, 60));
        assert_eq!(response.look(&run(5.0, 60), 1e4), None);
        assert!(!response.is_open());
        response.changed(&run(5.0, 60));
        response.forget();
        assert_eq!(response.look(&run(9.0, 60), 1e4), None);
    }

    #[test]
    fn words_and_switches_are_told_as_the_page_has_them_and_many_settings_in_a_number() {
        let before = run(5.0, 60);
        let mut after = before.spec.clone();
        after.mask = crate::spec::LearnerMask::Dense;
        after.spread = true;
        let mut response = Response::default();
        response.changed(&before);
        let mut dense = Run::new(1, after.clone());
        dense.foresee(Forecast::draw(&after));
        let told = response.look(&dense, 1e4).expect("a response");
        assert!(
            told.contains("Widths within ±10 % on, was off.") && told.contains("dense: every weight, was exact"),
            "{told}"
        );
        (after.neurons, after.samples, after.seed) = (2, 80, 9);
        response.changed(&before);
        let mut many = Run::new(1, after.clone());
        many.foresee(Forecast::draw(&after));
        assert!(response.look(&many, 1e4).is_some_and(|told| told.starts_with("5 settings have changed.")));
    }
}
