use std::sync::OnceLock;

use crate::charts::figure::Snapshot;
use crate::charts::{Chart, Extent, Palette, to_svg};
use crate::figures::{Cell, FIGURES, Figure, Preset, Record, Tally, still_open};
use crate::spec::Spec;
use crate::trials::{Ledger, Plan};

/// The figures, each with its record, which is made once: the tests that want all begin at opposite ends, so that they
/// share the work.
fn records() -> impl DoubleEndedIterator<Item = (&'static Figure, &'static Record)> {
    static RECORDS: [OnceLock<Record>; FIGURES.len()] = [const { OnceLock::new() }; FIGURES.len()];
    FIGURES.into_iter().zip(&RECORDS).map(|(figure, made)| (figure, made.get_or_init(|| record(figure))))
}

/// The record of `figure` at the smallest preset, run as far as its first trials, or in haste where few trials
/// are not shown.
fn record(figure: &'static Figure) -> Record {
    let plan = figure.plan(Preset::Quick, None);
    let searches = plan.cells().iter().any(|cell| cell.pruning.is_some());
    let hasty = |(place, cell): (usize, &Cell)| {
        let spec = Spec { max_steps: 30, ..cell.spec.clone() };
        (Cell { spec, ..cell.clone() }, plan.numbers(place).len() as u32)
    };
    let plan = if searches {
        Plan::uneven("hasty searches", plan.cells().iter().enumerate().map(hasty))
    } else {
        figure.plan(Preset::Quick, Some(2))
    };
    let mut ledger = Ledger::new(&plan);
    for number in still_open(&plan, &ledger) {
        let trial = plan.trial(number).expect("a trial of the plan");
        ledger.take(number, Cell::run(&trial)).expect("a new result");
    }
    Record::new(figure, Preset::Quick, &plan, &Tally::all(&plan, &ledger), "")
}

const SIZES: [(f64, f64); 3] = [(720.0, 400.0), (360.0, 280.0), (1000.0, 560.0)];

#[test]
fn every_figure_is_drawn_within_its_picture_and_its_labels_cover_each_other_nowhere() {
    for (figure, record) in records() {
        for size in SIZES {
            let snapshot = Snapshot { size, figure, record, panel: 0, chosen: Some(0) };
            let labels = snapshot.labels(&[]);
            for (i, label) in labels.iter().enumerate() {
                let extent = Extent::of(label);
                assert!(extent.is_within(size), "figure {}: {label:?}", figure.number);
                let others = labels[..i].iter().map(Extent::of);
                assert!(!others.into_iter().any(|other| other.meets(&extent)), "figure {}: {label:?}", figure.number);
            }
            assert!(to_svg(&snapshot, &Palette::LIGHT, figure.title).contains("<circle"));
        }
    }
}

#[test]
fn a_pointer_and_the_keys_find_every_cell() {
    for (figure, record) in records().rev() {
        let snapshot = Snapshot { size: SIZES[0], figure, record, panel: 0, chosen: None };
        let mut found = Vec::new();
        let mut at = snapshot.next_cell(None, 1);
        while let Some(cell) = at.filter(|cell| !found.contains(cell)) {
            found.push(cell);
            at = snapshot.next_cell(Some(cell), 1);
        }
        assert_eq!(found.len(), snapshot.cells().count());
        assert_eq!(snapshot.next_cell(None, -1), found.last().copied());
        let axes = super::Axes::of(&snapshot);
        for (place, cell) in snapshot.cells() {
            if let Some(mark) = snapshot.mark(&axes, cell) {
                assert_eq!(snapshot.cell_at(mark), Some(place), "figure {}", figure.number);
            }
        }
        assert_eq!(snapshot.cell_at((-100.0, -100.0)), None);
    }
}

#[test]
fn on_a_phone_too_every_pruning_ratio_of_figure_7_has_its_name() {
    let record = Record::read(include_bytes!("../../../recorded/fig07.postcard")).expect("what is recorded");
    let figure = Figure::by_number(7).expect("a figure");
    for size in [(358.0, 288.0), (288.0, 288.0), (720.0, 384.0)] {
        let labels = Snapshot { size, figure, record: &record, panel: 0, chosen: None }.labels(&[]);
        for series in figure.panels[0] {
            let name = figure.series[*series];
            assert!(labels.iter().any(|label| label.text.ends_with(name)), "{name} at {size:?}: {labels:?}");
        }
    }
}
