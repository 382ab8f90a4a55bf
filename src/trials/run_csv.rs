//! The course of a run, or of two in lock step, as comma-separated values.

use super::{DataOutline, Provenance};
use crate::training::Trainer;

/// A line an iteration: t and the relative error of each course, which is called by its name; of a course that has ended, and
/// where an error is no number, nothing. Where that comes from stands before it, in lines that begin with #, as NumPy's
/// `loadtxt` and pandas' `comment="#"` take them.
pub fn run_csv(provenance: &Provenance, courses: &[(&str, &[f64])]) -> String {
    let mut text = String::new();
    for line in std::iter::once(&provenance.status).chain(&provenance.lines()) {
        text.push_str(&format!("# {line}\n"));
    }
    text.push('t');
    courses.iter().for_each(|(name, _)| text.push_str(&format!(",{name}")));
    text.push('\n');
    for t in 0..courses.iter().map(|(_, course)| course.len()).max().unwrap_or(0) {
        text.push_str(&t.to_string());
        for (_, course) in courses {
            let error = course.get(t).filter(|error| error.is_finite());
            text.push_str(&error.map_or(",".to_owned(), |error| format!(",{error:e}")));
        }
        text.push('\n');
    }
    text
}

/// The course of a run on data of the reader's own: of the training loss, and of the relative error where the oracle is known.
pub fn own_csv(data: &DataOutline, trainer: &Trainer, provenance: &Provenance) -> String {
    let known = data.has_oracle().then_some(("relative_error", trainer.relative_error()));
    let courses: Vec<_> = known.into_iter().chain([("risk", trainer.risk())]).collect();
    run_csv(provenance, &courses)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn each_iteration_has_a_line_and_what_is_not_known_is_left_out() {
        let provenance = Provenance {
            link: "#v=1&seed=3&t=2".to_owned(),
            step: 2,
            seed: 3,
            digest: "0123456789abcdef".to_owned(),
            status: "It falls.".to_owned(),
            beside: Some(("GD".to_owned(), "fedcba9876543210".to_owned())),
        };
        let text = run_csv(&provenance, &[("relative_error", &[0.5, 0.1 + 0.2, 1e-9]), ("GD", &[0.5, f64::NAN])]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..2], ["# It falls.", "# #v=1&seed=3&t=2"]);
        assert!(lines[2].starts_with("# t = 2, digest 0123456789abcdef, seed 3, bits epoch "), "{}", lines[2]);
        assert_eq!(lines[3], "# beside it GD, digest fedcba9876543210");
        assert_eq!(lines[4..], ["t,relative_error,GD", "0,5e-1,5e-1", "1,3.0000000000000004e-1,", "2,1e-9,"]);
    }
}
