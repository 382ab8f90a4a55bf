//! Points from trials of which each may have several values, at places that are measured themselves.

use std::collections::BTreeMap;

use super::{Point, Reading, Series, Verdict};
use crate::figures::edge::Side;
use crate::figures::results::Tally;
use crate::figures::{Cell, Figure};
use crate::statistics::{Mean, quartiles};
use crate::trials::Tried;

/// Trials that a point needs: fewer are not shown, as in the paper's Figure 7.
pub const FEWEST: usize = 10;

/// What becomes of the values at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// Their mean with their standard deviation, and their median beside it.
    Mean,
    /// Their median with their quartiles. A value that is infinite was not reached.
    Median,
}

impl Summary {
    fn of(self, x: f64, values: &[f64]) -> Point {
        let middle = quartiles(values);
        let trials = values.len();
        let none = Point { x, y: None, low: None, high: None, censored: None, trials, median: None };
        match self {
            Summary::Mean => Mean::of(values).map_or(none.clone(), |mean| Point {
                y: Some(mean.value),
                low: Some(mean.value - mean.deviation),
                high: Some(mean.value + mean.deviation),
                median: middle.map(|[_, median, _]| median),
                ..none
            }),
            Summary::Median => {
                // Between a number and an infinite one there is none.
                let known = |place: usize| middle.map(|quartiles| quartiles[place]).filter(|value| value.is_finite());
                let y = known(1);
                let ends = y.and(known(0)).zip(known(2));
                Point {
                    y,
                    low: ends.map(|(low, _)| low),
                    high: ends.map(|(_, high)| high),
                    censored: (y.is_none() && trials > 0).then_some(Side::Above),
                    ..none
                }
            }
        }
    }
}

impl Reading {
    /// Of what `values` gives of each trial, as places along the figure's first axis with values there, and the line through each
    /// series along what the figure claims; the claim is not judged yet.
    pub fn of_values(
        figure: &Figure,
        tallies: &[Tally],
        summary: Summary,
        values: impl Fn(&Cell, &Tried) -> Vec<(f64, f64)>,
    ) -> Self {
        let of = |series: usize| {
            let tallies = tallies.iter().filter(|tally| tally.cell.series == series);
            Series::of_values(figure, series, tallies, summary, &values)
        };
        let measured: Vec<Series> = (0..figure.series.len()).map(of).collect();
        let fits = measured.iter().filter_map(|series| series.fit(figure.along)).collect();
        Self { measured, theory: Vec::new(), fits, verdict: Verdict::NotShown, caveats: Vec::new() }
    }
}

impl Series {
    /// What `values` gives of each trial of `tallies`, as places along the first axis of `figure` with values there; it is the
    /// figure's series `series`.
    pub fn of_values<'t>(
        figure: &Figure,
        series: usize,
        tallies: impl Iterator<Item = &'t Tally<'t>>,
        summary: Summary,
        values: impl Fn(&Cell, &Tried) -> Vec<(f64, f64)>,
    ) -> Self {
        let mut places: BTreeMap<u64, (f64, Vec<f64>)> = BTreeMap::new();
        for tally in tallies {
            for (x, value) in tally.trials.iter().flat_map(|tried| values(tally.cell, tried)) {
                // The bits of numbers that are not negative are in their order.
                places.entry(x.to_bits()).or_insert_with(|| (x, Vec::new())).1.push(value);
            }
        }
        let places = places.into_values().filter(|(_, values)| values.len() >= FEWEST);
        let points = places.map(|(x, values)| summary.of(x, &values)).collect();
        Self { series, name: figure.y.to_owned(), points }
    }
}
