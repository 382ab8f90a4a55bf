//! Two runs in lock step, and how they differ in a sentence.

use super::run::Run;
use crate::charts::convex_region;
use crate::charts::relative_error::Beside;
use crate::language::tr;
use crate::notation::{as_power_of_ten, grouped, scientific, significant};
use crate::spec::{FOUND, Twin};
use crate::training::StopReason;
use crate::trials::target;

/// The run that is shown, and the one beside it.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// What is changed from the one to the other.
    pub twin: Twin,
    /// The one that is shown.
    pub shown: &'a Run,
    /// The one beside it.
    pub beside: &'a Run,
}

/// What became of a run and the error that counts as success.
enum Fate {
    /// It first fell below it in this step.
    Reached(usize),
    /// It ended above it.
    Ended(StopReason),
    /// It goes on.
    Open,
}

impl<'a> Pair<'a> {
    /// What the one beside is called in a file's columns, whatever language is spoken.
    pub fn column(self) -> &'static str {
        self.twin.column(&self.beside.spec)
    }

    /// What the two are called.
    pub fn names(self) -> (&'static str, &'static str) {
        (self.twin.name(&self.shown.spec), self.twin.name(&self.beside.spec))
    }

    /// Whether both have the same oracle, so that distances from it can be drawn in one disc.
    pub fn has_one_oracle(self) -> bool {
        self.shown.oracle == self.beside.oracle
    }

    /// Whether their masks differ.
    pub fn masks_differ(self) -> bool {
        self.shown.mask() != self.beside.mask()
    }

    /// Whether the one beside is gradient descent without momentum, which has a colour of its own.
    fn is_descent(self) -> bool {
        self.twin == Twin::Momentum && self.beside.spec.momentum == 0.0
    }

    /// The path of the one beside in the disc of the one that is shown.
    pub fn path(self) -> convex_region::Beside<'a> {
        let run = self.beside;
        let path = self.has_one_oracle().then(|| run.path.get(..run.so_far().len()).unwrap_or_default());
        convex_region::Beside { path, name: self.names().1, is_descent: self.is_descent() }
    }

    /// The disc of the two for who cannot see it: where the one beside stands.
    pub fn disc_text(self) -> String {
        let other = self.names().1;
        match self.beside.moment().filter(|_| self.has_one_oracle()) {
            Some((step, error)) => tr!(
                "The path of {other}, in the plane of its own start, stands at {error} after {step} steps.",
                other,
                error = scientific(error),
                step = grouped(step)
            ),
            None if self.has_one_oracle() => String::new(),
            None => tr!("{other} has another W*: its path is not drawn here.", other),
        }
    }

    /// The masks for who cannot see them: whose they are.
    pub fn mask_text(self) -> String {
        if !self.masks_differ() {
            return tr!("Both runs have this mask.").to_owned();
        }
        let (name, other) = self.names();
        let weights = grouped(self.beside.mask().weights());
        tr!("These are the masks of {name}; {other} keeps {weights} weights.", name, other, weights)
    }

    /// The curve of the one beside.
    pub fn curve(self) -> Beside<'a> {
        let run = self.beside;
        Beside { relative_error: &run.curve, now: run.at, name: self.names().1, is_descent: self.is_descent() }
    }

    /// How they differ, and once both have ended how long that took here; none before both are set up.
    pub fn sentence(self) -> Option<String> {
        // Of all that was trained: no words for a step before its end.
        let whole = |run: &Run| run.took > 0.0 && run.step() == Some(run.last_step());
        self.told(whole(self.shown) && whole(self.beside))
    }

    /// How they differ, in words that are the same on every machine; none before both are set up.
    pub fn lasting_sentence(self) -> Option<String> {
        self.told(false)
    }

    fn told(self, with_time: bool) -> Option<String> {
        let ((step, error), (_, other)) = (self.shown.moment()?, self.beside.moment()?);
        let (name, other_name) = self.names();
        let when = match step {
            _ if step.max(self.beside.at) == 0 => tr!("At the start").to_owned(),
            1 => tr!("After 1 step").to_owned(),
            _ => tr!("After {count} steps", count = grouped(step)),
        };
        let (error, other) = (scientific(error), scientific(other));
        let now = match self.beside.at {
            at if at == step => {
                tr!("{when} {name} {error}, {other_name} {other}.", when, name, error, other_name, other)
            }
            at => tr!(
                "{when} {name} {error}, {other_name} {other} after {behind}.",
                when,
                name,
                error,
                other_name,
                other,
                behind = grouped(at)
            ),
        };
        let outcome = self.outcome().map_or(String::new(), |outcome| format!(" {outcome}"));
        // Fewer weights are easier to learn, whatever they share.
        let weights = match (self.shown.mask().weights(), self.beside.mask().weights()) {
            (one, other) if self.twin == Twin::Overlap && one != other => {
                let sentence = tr!("They have {one} and {other} weights.", one = grouped(one), other = grouped(other));
                format!(" {sentence}")
            }
            _ => String::new(),
        };
        Some(format!("{now}{outcome}{weights} {}", self.cost(with_time)))
    }

    /// Which of them has found the oracle, and in how many steps; none while neither has, and one goes on.
    fn outcome(self) -> Option<String> {
        let (name, other) = self.names();
        let (shown, beside) = (&self.shown.curve, &self.beside.curve);
        if shown.len() > 1 && shown == beside {
            return Some(tr!("Both are the same run here, step for step.").to_owned());
        }
        let level = target(self.shown.noise_floor());
        let called = if level > FOUND { tr!("twice the noise floor").to_owned() } else { as_power_of_ten(FOUND) };
        let fate = |run: &Run| match run.curve.iter().position(|error| *error < level) {
            Some(step) => Fate::Reached(step),
            None => run.end.map_or(Fate::Open, Fate::Ended),
        };
        let reaches = |name: &str, step| match step {
            1 => tr!("{name} reaches {called} in 1 step", name = capital(name), called),
            _ => tr!("{name} reaches {called} in {count} steps", name = capital(name), called, count = grouped(step)),
        };
        let not_yet = |one: String, other: &str| tr!("{one}, {other} not yet.", one, other);
        Some(match (fate(self.shown), fate(self.beside)) {
            (Fate::Reached(step), Fate::Reached(other_step)) => {
                tr!("{one}, {other} in {count}.", one = reaches(name, step), other, count = grouped(other_step))
            }
            (Fate::Reached(step), Fate::Ended(why)) => fails(&reaches(name, step), other, self.beside, why),
            (Fate::Ended(why), Fate::Reached(step)) => fails(&reaches(other, step), name, self.shown, why),
            (Fate::Reached(step), Fate::Open) => not_yet(reaches(name, step), other),
            (Fate::Open, Fate::Reached(step)) => not_yet(reaches(other, step), name),
            (Fate::Ended(_), Fate::Ended(_)) => tr!("Neither reaches {called}.", called),
            (Fate::Open, _) | (_, Fate::Open) => return None,
        })
    }

    /// What their steps cost.
    fn cost(self, with_time: bool) -> String {
        let (work, other) = (self.shown.work_a_step(), self.beside.work_a_step());
        let count = |work: f64| grouped(work.round() as usize);
        let work = match work == other {
            true => tr!("Multiply-adds a step: {work} for either", work = count(work)),
            false => tr!("Multiply-adds a step: {work} and {other}", work = count(work), other = count(other)),
        };
        let seconds = |run: &Run| significant(run.took / 1000.0, 2);
        let (took, other) = (seconds(self.shown), seconds(self.beside));
        match with_time {
            true => tr!("{work}; in all {took} and {other}\u{a0}s here.", work, took, other),
            false => format!("{work}."),
        }
    }
}

/// That `one` has found the oracle, and the `other` ended without.
fn fails(one: &str, other: &str, run: &Run, why: StopReason) -> String {
    let count = grouped(run.last_step());
    match why {
        StopReason::MaxSteps => tr!("{one}, {other} not in {count}.", one, other, count),
        StopReason::Converged => tr!("{one}, {other} comes to rest above it after {count}.", one, other, count),
        StopReason::Diverged => tr!("{one}, {other} diverges after {count}.", one, other, count),
    }
}

/// With a capital letter in front. All alphabets' would be 14 kB.
fn capital(name: &str) -> String {
    let of = |letter: char| match letter {
        'ä' => 'Ä',
        'ö' => 'Ö',
        'ü' => 'Ü',
        other => other.to_ascii_uppercase(),
    };
    name.chars().take(1).map(of).chain(name.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// A run with these errors, at its last step, and why it ended.
    fn run(spec: &Spec, errors: &[f64], end: Option<StopReason>) -> Run {
        let mut run = Run::new(0, spec.clone());
        (run.curve, run.at, run.end, run.took) = (errors.to_vec(), errors.len() - 1, end, 0.0);
        run
    }

    #[test]
    fn the_sentence_tells_who_found_the_oracle_and_what_a_step_costs() {
        let spec = Spec { effective_width: 20.0, ..Spec::default() };
        let told = |twin: Twin, one: (&[f64], Option<StopReason>), other: (&[f64], Option<StopReason>)| {
            let (shown, beside) = (run(&spec, one.0, one.1), run(&twin.of(&spec), other.0, other.1));
            Pair { twin, shown: &shown, beside: &beside }.sentence().expect("both are set up").replace('\u{a0}', " ")
        };
        let (cap, rest) = (Some(StopReason::MaxSteps), Some(StopReason::Converged));
        assert_eq!(
            told(Twin::Dense, (&[0.5, 1e-3, 5e-5], rest), (&[0.5, 0.4, 0.3], cap)),
            format!(
                "After 2 steps pruned 5.0 · 10⁻⁵, dense 0.30. Pruned reaches 10⁻⁴ in 2 steps, dense not in 2. \
                 Multiply-adds a step: {} and {}.",
                grouped(100_000),
                grouped(500_000)
            )
        );
        let told = |one, other| told(Twin::Momentum, one, other);
        let found: (&[f64], _) = (&[0.5, 1e-5], rest);
        for (one, other, outcome) in [
            (found, (&[0.5, 0.4][..], rest), "AGD reaches 10⁻⁴ in 1 step, GD comes to rest above it after 1."),
            ((&[0.5, 0.4][..], None), found, "GD reaches 10⁻⁴ in 1 step, AGD not yet."),
            (found, (&[0.5, 2e-5][..], rest), "AGD reaches 10⁻⁴ in 1 step, GD in 1."),
            ((&[0.5, 0.4][..], cap), (&[0.5, 0.3][..], Some(StopReason::Diverged)), "Neither reaches 10⁻⁴."),
            (found, found, "Both are the same run here, step for step."),
            ((&[0.5][..], None), (&[0.5][..], None), "At the start AGD 0.50, GD 0.50. Multiply-adds a step: "),
        ] {
            let sentence = told(one, other);
            assert!(sentence.contains(outcome), "{sentence} without {outcome}");
        }
    }

    #[test]
    fn the_disc_has_both_paths_where_both_have_one_oracle() {
        let spec = Spec { effective_width: 10.0, ..Spec::default() };
        for (twin, has_path, differ) in [
            (Twin::Dense, true, true),
            (Twin::Momentum, true, false),
            (Twin::Mask, true, true),
            (Twin::Overlap, false, true),
        ] {
            let (shown, mut beside) = (run(&spec, &[0.5], None), run(&twin.of(&spec), &[0.5, 0.4], None));
            (beside.path, beside.at) = (vec![(0.5, 0.0), (0.4, 0.0)], 0);
            let pair = Pair { twin, shown: &shown, beside: &beside };
            let path = has_path.then_some(&beside.path[..1]);
            assert_eq!((pair.path().path, pair.masks_differ()), (path, differ), "{twin:?}");
            assert_eq!(pair.path().is_descent, twin == Twin::Momentum);
            assert_eq!(pair.disc_text().contains("another W*"), !has_path, "{}", pair.disc_text());
            assert_eq!(pair.mask_text().starts_with("Both runs have this mask"), !differ, "{}", pair.mask_text());
        }
    }
}
