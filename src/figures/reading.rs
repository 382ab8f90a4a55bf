//! What a figure says: its points, what theory says beside them, the lines through them, and whether they show the paper's
//! claim.

mod gathering;
mod judging;

pub use gathering::Summary;

use libm::{exp10, floor, log10, sqrt};
use serde::{Deserialize, Serialize};

use super::Figure;
use super::edge::{Edge, Side, Sweep};
use super::results::{Tally, columns};
use super::retelling::retold;
use crate::language::{message, tr};
use crate::notation::{power_of_ten, significant};
use crate::statistics::{Line, Mean, quartiles};
use crate::trials::{Foretold, Tried};

/// R² from which points are called a line.
const STRAIGHT: f64 = 0.9;
/// A point of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Along the first axis.
    pub x: f64,
    /// What was measured; none where it lies beyond what was tried or could not be had.
    pub y: Option<f64>,
    /// Lower end of the 95 % interval of an edge, or the mean less a standard deviation, or the lower quartile.
    pub low: Option<f64>,
    /// Upper end of that.
    pub high: Option<f64>,
    /// Where an edge, or a median, lies beyond what was tried.
    pub censored: Option<Side>,
    /// Trials behind it.
    pub trials: usize,
    /// The median of what y is the mean of, where that is told.
    #[serde(default)]
    pub median: Option<f64>,
}

/// Points of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Which of the figure's series.
    pub series: usize,
    /// What they are: of measured ones the figure's y, else what theory calls them.
    pub name: String,
    /// In the order of x.
    pub points: Vec<Point>,
}

/// What a line is drawn along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// √r̃.
    Root,
    /// r̃.
    Width,
    /// σ/E_y.
    Noise,
    /// The share of the oracle's weights that a mask keeps.
    Accuracy,
    /// The share of the dense network's weights that are pruned.
    Ratio,
    /// The logarithm of the test error to base 10.
    TestError,
    /// The logarithm of N to base 10.
    Samples,
}

impl Against {
    /// Its symbol, as records have it.
    fn symbol(self) -> &'static str {
        match self {
            Against::Root => "√r̃",
            Against::Width => "r̃",
            Against::Noise => "σ/E_y",
            Against::Accuracy => message!("mask accuracy"),
            Against::Ratio => message!("pruning ratio"),
            Against::TestError => message!("log₁₀ of the test error"),
            Against::Samples => "log₁₀ N",
        }
    }

    /// What an axis is called that is drawn so that a line along this variable is straight.
    pub fn axis(self) -> &'static str {
        match self {
            Against::Root => tr!("effective width r̃, on a scale of √r̃"),
            Against::Width => tr!("effective width r̃"),
            Against::Noise => tr!("noise σ/E_y"),
            Against::Accuracy => tr!("mask accuracy"),
            Against::Ratio => tr!("pruning ratio"),
            Against::TestError => tr!("test error, on a logarithmic scale"),
            Against::Samples => tr!("samples N, on a logarithmic scale"),
        }
    }

    /// The variable at this x: r̃, σ/E_y, a share, a test error or N.
    pub fn of(self, x: f64) -> f64 {
        match self {
            Against::Root => sqrt(x),
            Against::TestError | Against::Samples => log10(x),
            Against::Width | Against::Noise | Against::Accuracy | Against::Ratio => x,
        }
    }

    /// The x at which the variable is this.
    pub fn back(self, variable: f64) -> f64 {
        match self {
            Against::Root => variable.max(0.0) * variable.max(0.0),
            Against::TestError | Against::Samples => exp10(variable),
            Against::Width | Against::Noise | Against::Accuracy | Against::Ratio => variable,
        }
    }
}

/// A line through points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// Through which series; none for one through numbers of several series.
    pub series: Option<usize>,
    /// Along what.
    pub against: Against,
    /// The line.
    pub line: Line,
}

impl Fit {
    /// In words.
    pub fn words(&self) -> String {
        retold(&self.recorded())
    }

    /// In the words of a record.
    fn recorded(&self) -> String {
        let Line { slope, r2, points, .. } = self.line;
        // Slopes of rates are small: one power of ten for all three numbers.
        let exponent = floor(log10(slope.value.abs().max(f64::MIN_POSITIVE))) as i32;
        let (unit, power) = match exponent {
            -2.. => (1.0, String::new()),
            _ => (exp10(f64::from(exponent)), format!("\u{a0}·\u{a0}{}", power_of_ten(exponent))),
        };
        let [value, low, high] = [slope.value, slope.low, slope.high].map(|x| significant(x / unit, 3));
        format!(
            message!("slope {value} ({low} to {high}){power} in {along}, R² = {r2}, {points} points"),
            value = value,
            low = low,
            high = high,
            power = power,
            along = self.against.symbol(),
            r2 = format_args!("{r2:.3}"),
            points = points
        )
    }

    /// Whether it rises (`sign` 1) or falls (−1): the interval of its slope leaves out 0; and, if asked for, R² ≥ 0.9.
    fn shows(&self, sign: f64, straight: bool) -> bool {
        let slope = self.line.slope;
        sign * slope.value > 0.0 && !slope.covers(0.0) && (!straight || self.line.r2 >= STRAIGHT)
    }
}

/// Whether what was measured shows what the paper claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It does.
    Holds,
    /// It does, with the caveats beside it.
    HoldsWithCaveats,
    /// It does not.
    NotShown,
}

impl Verdict {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Holds => tr!("holds"),
            Verdict::HoldsWithCaveats => tr!("holds with caveats"),
            Verdict::NotShown => tr!("does not show here"),
        }
    }
}

/// What a figure says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What was measured, series by series.
    pub measured: Vec<Series>,
    /// What theory says beside it.
    pub theory: Vec<Series>,
    /// Lines through what was measured; of each series the claimed one first.
    pub fits: Vec<Fit>,
    /// Whether that shows the claim.
    pub verdict: Verdict,
    /// What else is to be said, in sentences without a full stop, in English: [`retold`] says them in another language.
    pub caveats: Vec<String>,
}

/// The claim that a figure's values lie on a rising (`sign` 1) or falling (−1) line along `along`; a line along `or` is
/// fitted beside it.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Along what the paper claims a line.
    pub along: Against,
    /// What else it might be a line in.
    pub or: Against,
    /// 1 if it rises, −1 if it falls.
    pub sign: f64,
    /// Whether the points have to lie on a line, or only to rise or fall.
    pub straight: bool,
    /// Whether each series has to show it, or the first; then what the others do is told as a caveat.
    pub of_each: bool,
}

impl Reading {
    /// Of the edges between failure and success in each column.
    pub fn of_edges(figure: &Figure, tallies: &[Tally], sweep: Sweep, claim: Claim) -> Self {
        let mut reading = Self::of(figure, tallies, claim, |x, column| {
            let trials: Vec<(f64, bool)> = column.iter().flat_map(|tally| tally.successes()).collect();
            let edge = Edge::of(&trials, sweep);
            let estimate = edge.estimate();
            Point {
                x,
                y: estimate.map(|edge| edge.value),
                low: estimate.map(|edge| edge.low),
                high: estimate.map(|edge| edge.high),
                censored: edge.side(),
                trials: trials.len(),
                median: None,
            }
        });
        reading.weigh(claim);
        reading
    }

    /// Of the means of a value over the trials of each column, with their standard deviation.
    pub fn of_means(figure: &Figure, tallies: &[Tally], claim: Claim, value: impl Fn(&Tried) -> Option<f64>) -> Self {
        Self::of(figure, tallies, claim, |x, column| {
            let trials = column.iter().flat_map(|tally| &tally.trials);
            let values: Vec<f64> = trials.filter_map(|tried| value(tried)).collect();
            let mean = Mean::of(&values);
            Point {
                x,
                y: mean.map(|mean| mean.value),
                low: mean.map(|mean| mean.value - mean.deviation),
                high: mean.map(|mean| mean.value + mean.deviation),
                censored: None,
                trials: values.len(),
                median: None,
            }
        })
    }

    fn of(figure: &Figure, tallies: &[Tally], claim: Claim, point: impl Fn(f64, &[&Tally]) -> Point) -> Self {
        let measured = by_series(figure.y, tallies, point);
        let fits = measured.iter().flat_map(|series| {
            [claim.along, claim.or].into_iter().filter_map(|against| series.fit(against)).collect::<Vec<_>>()
        });
        let mut reading = Self {
            fits: fits.collect(),
            measured,
            theory: Vec::new(),
            verdict: Verdict::NotShown,
            caveats: Vec::new(),
        };
        reading.judge(claim, figure.series);
        reading
    }

    /// Adds a caveat; what holds holds with it.
    pub fn caveat(&mut self, sentence: String) {
        if self.verdict == Verdict::Holds {
            self.verdict = Verdict::HoldsWithCaveats;
        }
        self.caveats.push(sentence);
    }

    /// Calls the claim shown, for whoever then looks what speaks against it.
    pub(super) fn hold(&mut self) {
        self.verdict = Verdict::Holds;
    }

    /// Adds a sentence that takes nothing from the claim.
    pub fn remark(&mut self, sentence: String) {
        self.caveats.push(sentence);
    }

    /// Takes the claim back, and says why.
    pub fn refute(&mut self, sentence: String) {
        self.verdict = Verdict::NotShown;
        self.caveats.push(sentence);
    }

    /// Fits a line through numbers of several series too, each by what tells the series apart; the claim asks that it rises
    /// (`sign` 1) or falls (−1) as well, along a line if they are to be `straight`.
    pub fn across(&mut self, against: Against, points: &[(f64, f64)], sign: f64, straight: bool) {
        let points: Vec<(f64, f64)> = points.iter().map(|(x, y)| (against.of(*x), *y)).collect();
        let Some(line) = Line::fit(&points) else {
            let along = against.symbol();
            return self.refute(format!(message!("too few series can be compared along {along}"), along = along));
        };
        let fit = Fit { series: None, against, line };
        if !fit.shows(sign, straight) {
            let (along, fit) = (against.symbol(), fit.recorded());
            self.refute(match straight {
                true => format!(message!("along {along} there is no line: {fit}"), along = along, fit = fit),
                false => format!(message!("along {along} there is no trend: {fit}"), along = along, fit = fit),
            });
        }
        self.fits.push(fit);
    }

    /// Puts beside the points what theory says of the trials whose forecast was kept: median and quartiles.
    pub fn beside(&mut self, name: &'static str, tallies: &[Tally], value: fn(&Foretold) -> Option<f64>) {
        self.theory.extend(by_series(name, tallies, |x, column| {
            let foretold = column.iter().flat_map(|tally| &tally.trials).filter_map(|tried| tried.foretold.as_ref());
            let values: Vec<f64> = foretold.filter_map(value).collect();
            let quartiles = quartiles(&values);
            Point {
                x,
                y: quartiles.map(|[_, median, _]| median),
                low: quartiles.map(|[lower, ..]| lower),
                high: quartiles.map(|[.., upper]| upper),
                censored: None,
                trials: values.len(),
                median: None,
            }
        }));
    }
}

impl Series {
    /// Its points along `against`.
    fn along(&self, against: Against) -> Vec<(f64, f64)> {
        self.points.iter().filter_map(|point| Some((against.of(point.x), point.y?))).collect()
    }

    /// The line through its points along `against`; none where too few were measured.
    pub(super) fn fit(&self, against: Against) -> Option<Fit> {
        let line = Line::fit(&self.along(against))?;
        Some(Fit { series: Some(self.series), against, line })
    }
}

/// One number, or the least and the largest of several.
fn ranges(numbers: impl Iterator<Item = f64> + Clone) -> String {
    let (least, most) = (numbers.clone().fold(f64::INFINITY, f64::min), numbers.fold(f64::NEG_INFINITY, f64::max));
    let (least, most) = (format!("{least:.3}"), format!("{most:.3}"));
    if least == most { least } else { format!("{least}–{most}") }
}

/// A point of each column of each series.
fn by_series(name: &'static str, tallies: &[Tally], point: impl Fn(f64, &[&Tally]) -> Point) -> Vec<Series> {
    let series = tallies.iter().map(|tally| tally.cell.series).max().map_or(0, |last| last + 1);
    let of = |series| Series {
        series,
        name: name.to_owned(),
        points: columns(tallies, series).iter().map(|(x, column)| point(*x, column)).collect(),
    };
    (0..series).map(of).collect()
}
