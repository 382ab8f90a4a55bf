//! Earlier runs, which stay in the picture of the relative error as ghosts. Their curves are moved about and never
//! copied: a drag passes through many settings a second.

use crate::charts::relative_error::Ghost;
use crate::spec::Spec;
use crate::spec::fields::{Field, Value, differences};

/// Earlier runs that are kept.
const MOST: usize = 4;

/// The runs, the oldest first. Of the setting that is shown there is no ghost.
#[derive(Debug, Default)]
pub struct Ghosts {
    specs: Vec<Spec>,
    // one for each of these
    shown: Vec<Ghost>,
    // the run of the present setting, and its place among the others
    aside: Option<(usize, Spec, Ghost)>,
}

impl Ghosts {
    /// What is to be drawn.
    pub fn shown(&self) -> &[Ghost] {
        &self.shown
    }

    /// Another setting, `present`, is shown; the run that was shown before stays as a ghost if it is given.
    pub fn follow(&mut self, present: &Spec, before: Option<(Spec, Vec<f64>)>) {
        if let Some((place, spec, ghost)) = self.aside.take() {
            self.specs.insert(place, spec);
            self.shown.insert(place, ghost);
        }
        if let Some((spec, relative_error)) = before {
            if let Some(place) = self.specs.iter().position(|other| *other == spec) {
                self.remove(place);
            }
            self.specs.push(spec);
            self.shown.push(Ghost { relative_error, label: String::new() });
            if self.specs.len() > MOST {
                self.remove(0);
            }
        }
        if let Some(place) = self.specs.iter().position(|spec| spec == present) {
            let (spec, ghost) = self.remove(place);
            self.aside = Some((place, spec, ghost));
        }
        for (spec, ghost) in self.specs.iter().zip(&mut self.shown) {
            ghost.label = difference(spec, present);
        }
    }

    fn remove(&mut self, place: usize) -> (Spec, Ghost) {
        (self.specs.remove(place), self.shown.remove(place))
    }
}

/// All that `spec` has and `other` has not: "r̃ = 20, N = 300"; no two different Specs are told alike.
fn difference(spec: &Spec, other: &Spec) -> String {
    let text = |field: &Field| format!("{}\u{a0}=\u{a0}{}", field.symbol, told(field, spec));
    differences(spec, other).into_iter().map(text).collect::<Vec<_>>().join(", ")
}

/// The value of a field as its control shows it, and in full where that would leave something out.
fn told(field: &Field, spec: &Spec) -> String {
    match (field.get)(spec) {
        Value::Number(value) => {
            Some(field.shown(value)).filter(|shown| shown.parse() == Ok(value)).unwrap_or(value.to_string())
        }
        word => word.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_ghost_has_the_values_of_the_boxes_and_never_those_of_another() {
        let label = |start_distance: f64| difference(&Spec { start_distance, ..Spec::default() }, &Spec::default());
        assert_eq!(
            [2.0, 0.6, 0.123456789].map(label),
            ["λ\u{a0}=\u{a0}2.00", "λ\u{a0}=\u{a0}0.60", "λ\u{a0}=\u{a0}0.123456789"]
        );
    }

    #[test]
    fn four_runs_stay_and_the_present_one_steps_aside() {
        let of = |width: f64| Spec { effective_width: width, ..Spec::default() };
        let mut ghosts = Ghosts::default();
        let labels = |ghosts: &Ghosts| -> Vec<String> {
            ghosts.shown().iter().map(|ghost| ghost.label.replace('\u{a0}', " ")).collect()
        };
        for width in 10..15 {
            let width = f64::from(width);
            ghosts.follow(&of(width + 1.0), Some((of(width), vec![width])));
        }
        assert_eq!(labels(&ghosts), ["r̃ = 11", "r̃ = 12", "r̃ = 13", "r̃ = 14"]);
        ghosts.follow(&of(12.0), None);
        assert_eq!(labels(&ghosts), ["r̃ = 11", "r̃ = 13", "r̃ = 14"]);
        ghosts.follow(&of(20.0), None);
        assert_eq!(labels(&ghosts), ["r̃ = 11", "r̃ = 12", "r̃ = 13", "r̃ = 14"]);
        let curves: Vec<&[f64]> = ghosts.shown().iter().map(|ghost| &ghost.relative_error[..]).collect();
        assert_eq!(curves, [[11.0], [12.0], [13.0], [14.0]]);
        // Shown again and further trained, a run replaces its own ghost.
        ghosts.follow(&of(13.0), None);
        ghosts.follow(&of(20.0), Some((of(13.0), vec![0.5, 0.25])));
        assert_eq!(labels(&ghosts), ["r̃ = 11", "r̃ = 12", "r̃ = 14", "r̃ = 13"]);
        assert_eq!(ghosts.shown()[3].relative_error, [0.5, 0.25]);
    }
}
