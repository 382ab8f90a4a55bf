//! The experiments of the paper: one file for each figure, with its axes, its trials, and how its claim is read from them.
//!
//! ```
//! use winning_ticket::figures::{Figure, Preset, Tally};
//! use winning_ticket::trials::Ledger;
//!
//! let figure = Figure::by_number(5).expect("a figure of the paper");
//! let plan = figure.plan(Preset::Quick, None);
//! let reading = figure.read(&Tally::all(&plan, &Ledger::new(&plan)));
//! assert_eq!(reading.verdict.words(), "does not show here"); // no trial was run
//! ```

mod appendix_e;
mod cell;
mod edge;
mod figure_10;
mod figure_2;
mod figure_3;
mod figure_4;
mod figure_5;
mod figure_6;
mod figure_7;
mod figure_8;
mod figure_9;
mod found_mask;
pub mod map;
mod preset;
mod reading;
mod record;
mod results;
mod retelling;

pub use cell::{Cell, Redraw};
pub use edge::{Edge, Side, Sweep};
pub use preset::Preset;
pub use reading::{Against, Claim, Fit, Point, Reading, Series, Verdict};
pub use record::{CellRecord, CurveRecord, Record};
pub use results::{Tally, still_open};
pub use retelling::retold;

use crate::language::tr;
use crate::trials::Plan;

/// A figure of the paper as an experiment.
#[derive(Debug)]
pub struct Figure {
    /// Its number in the paper; 0 of what the paper claims without a figure.
    pub number: u8,
    /// What it shows.
    pub title: &'static str,
    /// What the paper claims, in a few words.
    pub claim: &'static str,
    /// Where the setting is ours, because the paper does not say or because it differs.
    pub notes: &'static [&'static str],
    /// What stands along the first axis.
    pub x: &'static str,
    /// What is measured.
    pub y: &'static str,
    /// What is varied at each x to find an edge; none where a value is measured directly.
    pub swept: Option<&'static str>,
    /// What its series are called.
    pub series: &'static [&'static str],
    /// What its panels are called, where there are several that show the same.
    pub panel_names: &'static [&'static str],
    /// Which series share a picture.
    pub panels: &'static [&'static [usize]],
    /// Series of weights that were not trained.
    pub untrained: &'static [usize],
    /// The series of plain gradient descent, if it has one.
    pub plain: Option<usize>,
    /// Whether its columns are architectures that are drawn.
    pub draws_architectures: bool,
    /// Along what the paper claims a line.
    pub along: Against,
    cells: fn(Preset) -> Vec<(Cell, u32)>,
    read: fn(&[Tally]) -> Reading,
}

/// Every figure there is, in the paper's order.
pub static FIGURES: [&Figure; 10] = [
    &figure_2::FIGURE,
    &figure_3::FIGURE,
    &figure_4::FIGURE,
    &figure_5::FIGURE,
    &figure_6::FIGURE,
    &figure_7::FIGURE,
    &figure_8::FIGURE,
    &figure_9::FIGURE,
    &figure_10::FIGURE,
    &appendix_e::FIGURE,
];

impl Figure {
    /// "Figure 7", or "Appendix E" for what has no figure there.
    pub fn name(&self) -> String {
        if self.number == 0 { tr!("Appendix E").to_owned() } else { tr!("Figure {number}", number = self.number) }
    }

    /// The one with this number in the paper.
    pub fn by_number(number: u8) -> Option<&'static Self> {
        FIGURES.into_iter().find(|figure| figure.number == number)
    }

    /// Its trials at the size of `preset`; `trials` of each cell, if that is given.
    pub fn plan(&self, preset: Preset, trials: Option<u32>) -> Plan<Cell> {
        let cells = (self.cells)(preset).into_iter().map(|(cell, own)| {
            let trials = trials.unwrap_or(own);
            (Cell { first: cell.first.min(trials), ..cell }, trials)
        });
        Plan::uneven(self.title, cells)
    }

    /// What its trials say.
    pub fn read(&self, tallies: &[Tally]) -> Reading {
        (self.read)(tallies)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::link::{Link, parse};
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_trial_of_every_preset_has_a_link_of_its_own_that_opens_that_very_run() {
        for figure in FIGURES {
            for preset in Preset::ALL {
                let plan = figure.plan(preset, None);
                assert!(!plan.is_empty());
                let mut links = BTreeSet::new();
                for number in 0..plan.len() {
                    let trial = plan.trial(number).expect("a trial of the plan");
                    let spec = Cell::spec_of(&trial);
                    spec.validate().unwrap_or_else(|bad| panic!("figure {} {}: {bad}", figure.number, preset.key()));
                    let link = Link::from(spec.clone()).fragment();
                    let (read, notices) = parse(&link);
                    assert_eq!((read.spec, notices.len()), (spec, 0), "{link}");
                    assert!(links.insert(link), "figure {} {} runs a trial twice", figure.number, preset.key());
                }
            }
        }
    }

    #[test]
    fn series_are_named_and_trials_are_counted() {
        for figure in FIGURES {
            for preset in Preset::ALL {
                let plan = figure.plan(preset, None);
                for (place, cell) in plan.cells().iter().enumerate() {
                    assert!(cell.series < figure.series.len() && cell.x > 0.0);
                    assert!((1..=plan.numbers(place).len() as u32).contains(&cell.first), "figure {}", figure.number);
                }
                let few = figure.plan(preset, Some(2));
                assert!((0..few.cells().len()).all(|place| few.numbers(place).len() == 2));
            }
        }
    }

    #[test]
    fn the_paper_states_these_settings() {
        let settings = |number: u8| {
            let plan = Figure::by_number(number).expect("a figure").plan(Preset::Full, None);
            let of = |spec: &Spec| (spec.neurons, spec.dimension, spec.samples);
            plan.cells().iter().map(|cell| of(&cell.spec)).collect::<BTreeSet<_>>()
        };
        assert!(settings(2).contains(&(10, 500, 5000)));
        assert_eq!(settings(3), [(10, 300, 5000)].into());
        assert!(settings(4).iter().all(|(neurons, dimension, _)| (*neurons, *dimension) == (10, 100)));
        assert!(settings(5).iter().all(|(neurons, dimension, _)| (*neurons, *dimension) == (5, 100)));
        assert_eq!(settings(6), [(10, 300, 1000)].into());
        for number in [7, 8] {
            assert_eq!(settings(number), [(5, 100, 200)].into());
        }
        for number in [9, 10] {
            assert!(settings(number).iter().all(|(neurons, dimension, _)| (*neurons, *dimension) == (5, 100)));
        }
    }
}
