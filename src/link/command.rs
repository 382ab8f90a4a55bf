//! A run as a line of the command line.

use crate::spec::Spec;
use crate::spec::fields::{FIELDS, Group, Kind};

/// Keys that are always named, beside the primary ones: with them a line says by itself what it runs.
const ALWAYS: [&str; 3] = ["d", "seed", "T"];

/// The line that trains the run of `spec` as far as `step`, or to its end: `winning-ticket run --effective-width 40 …`. No value
/// needs quotes in any shell.
pub fn command(spec: &Spec, step: Option<usize>) -> String {
    let mut line = "winning-ticket run".to_owned();
    let default = Spec::default();
    for field in &FIELDS {
        let value = (field.get)(spec);
        let is_named = field.group == Group::Primary || ALWAYS.contains(&field.key);
        if !is_named && value == (field.get)(&default) {
            continue;
        }
        line.push_str(&format!(" --{}", field.flag));
        // A switch that differs from its default is on.
        if !matches!(field.kind, Kind::Switch) {
            line.push_str(&format!(" {value}"));
        }
    }
    if let Some(step) = step {
        line.push_str(&format!(" --until {step}"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::StepSize;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_line_names_the_main_values_and_whatever_is_not_as_usual() {
        assert_eq!(
            command(&Spec::default(), None),
            "winning-ticket run --effective-width 40 --samples 500 --neurons 5 --momentum 0.9 --dimension 100 --seed 1 \
             --max-steps 1200"
        );
        let spec = Spec { spread: true, step_size: StepSize::Fixed(0.1 + 0.2), seed: 7, ..Spec::default() };
        assert_eq!(
            command(&spec, Some(0)),
            "winning-ticket run --effective-width 40 --samples 500 --neurons 5 --momentum 0.9 --dimension 100 --step-size \
             0.30000000000000004 --spread --seed 7 --max-steps 1200 --until 0"
        );
    }
}
