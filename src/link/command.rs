//! A run as a line of the command line.

use crate::spec::Spec;
use crate::spec::fields::{FIELDS, Field, Group, Kind};

/// Keys that are always named, beside the primary ones: with them a line says by itself what it runs.
const ALWAYS: [&str; 3] = ["d", "seed", "T"];

/// The line that trains the run of `spec` as far as `step`, or to its end: `winning-ticket run --effective-width 40 …`. No value
/// needs quotes in any shell.
pub fn command(spec: &Spec, step: Option<usize>) -> String {
    finished("winning-ticket run".to_owned(), spec, |_| true, step)
}

/// The same on the data of `file`, of the fields that the reader `sets` there.
pub fn command_on_data(spec: &Spec, file: &str, sets: impl Fn(&Field) -> bool, step: Option<usize>) -> String {
    finished(format!("winning-ticket run --data {}", in_a_shell(file)), spec, sets, step)
}

/// A name as shells read it.
fn in_a_shell(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._/+-".contains(letter);
    match !name.is_empty() && !name.starts_with('-') && name.chars().all(plain) {
        true => name.to_owned(),
        false => format!("'./{}'", name.replace('\'', "'\\''")),
    }
}

fn finished(mut line: String, spec: &Spec, sets: impl Fn(&Field) -> bool, step: Option<usize>) -> String {
    let default = Spec::default();
    for field in FIELDS.iter().filter(|field| sets(field)) {
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
    fn on_own_data_the_line_names_the_file_and_what_is_set_there() {
        let spec = Spec { seed: 7, momentum: 0.5, ..Spec::default() };
        let line = |file| command_on_data(&spec, file, |field| ["beta", "seed", "T", "eta"].contains(&field.key), None);
        let rest = "--momentum 0.5 --seed 7 --max-steps 1200";
        assert_eq!(line("own.npz"), format!("winning-ticket run --data own.npz {rest}"));
        assert_eq!(line("my 'own'.npz"), format!("winning-ticket run --data './my '\\''own'\\''.npz' {rest}"));
        assert_eq!(line("-x.npz"), format!("winning-ticket run --data './-x.npz' {rest}"));
    }

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
