//! A map as it is saved: what was run, what each cell says, and by which program.

use serde::Serialize;

use super::{Axis, Map, Reading};
use crate::spec::EPOCH;
use crate::spec::fields::ByFlag;

#[derive(Debug, Serialize)]
struct AxisJson<'a> {
    key: &'a str,
    symbol: &'a str,
    meaning: &'a str,
    values: &'a [f64],
}

impl<'a> From<&'a Axis> for AxisJson<'a> {
    fn from(axis: &'a Axis) -> Self {
        let field = axis.field();
        Self { key: field.key, symbol: field.symbol, meaning: field.meaning, values: axis.values() }
    }
}

#[derive(Debug, Serialize)]
struct MeasureJson {
    key: &'static str,
    meaning: &'static str,
    unit: Option<&'static str>,
    /// What low and high are.
    interval: &'static str,
}

/// A map with what its cells say, as it is saved.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    /// Of the first cell.
    spec: ByFlag<'a>,
    x: AxisJson<'a>,
    y: AxisJson<'a>,
    measure: MeasureJson,
    /// Of each cell.
    trials: u32,
    cells: &'a [Reading],
    version: &'static str,
    bits: u32,
}

impl<'a> Record<'a> {
    /// Of `map`, whose cells say this.
    pub fn new(map: &'a Map, cells: &'a [Reading]) -> Self {
        let (plan, measure) = (map.plan(), map.measure());
        Self {
            spec: ByFlag(&plan.cells()[0].spec),
            x: map.x().into(),
            y: map.y().into(),
            measure: MeasureJson {
                key: measure.key(),
                meaning: measure.words(),
                unit: measure.unit(),
                interval: measure.interval(),
            },
            trials: plan.numbers(0).len() as u32,
            cells,
            version: env!("CARGO_PKG_VERSION"),
            bits: EPOCH,
        }
    }
}
