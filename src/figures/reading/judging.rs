//! Whether a figure's points show what the paper claims, and with which caveats.

use libm::sqrt;

use super::{Claim, Fit, Reading, Series, Verdict, ranges};
use crate::figures::Figure;
use crate::language::message;
use crate::notation::significant;
use crate::statistics::{Bend, Estimate};

/// Two lines whose R² differ by less cannot be told apart by it.
const AS_WELL: f64 = 0.02;
/// R² that a second-order term has to add for points to be called bent: less is a bend that nobody sees.
const BENT: f64 = 0.01;

impl Reading {
    /// Judges the claim by the fits; `names` are those of the series.
    pub(super) fn judge(&mut self, claim: Claim, names: &[&str]) {
        let along = |against| self.fits.iter().filter(move |fit| fit.against == against);
        let bears = |fit: &&Fit| claim.of_each || fit.series == Some(0);
        let of_claim: Vec<&Fit> = along(claim.along).filter(bears).collect();
        if of_claim.is_empty() || !of_claim.iter().all(|fit| fit.shows(claim.sign, claim.straight)) {
            return;
        }
        self.verdict = Verdict::Holds;
        let mut caveats = Vec::new();
        if claim.straight {
            let others: Vec<&Fit> = along(claim.or).filter(bears).collect();
            caveats.extend(self.shape(claim, &of_claim, &others));
        }
        for fit in along(claim.along).filter(|fit| !bears(fit)) {
            let name = fit.series.map_or("", |series| names[series]);
            if !fit.shows(claim.sign, claim.straight) {
                caveats.push(format!(message!("not so at {name}: {fit}"), name = name, fit = fit.recorded()));
            } else if claim.straight
                && let Some(way) = self.bend(fit)
            {
                caveats.push(format!(
                    message!("at {name} the points bend {way} from the line (R² = {r2})"),
                    name = name,
                    way = way,
                    r2 = format_args!("{:.3}", fit.line.r2)
                ));
            }
        }
        caveats.into_iter().for_each(|caveat| self.caveat(caveat));
    }

    /// Calls the claim shown if the line through each of the first `series` rises (`sign` 1) or falls (−1), and lies on its points
    /// if they are to be `straight`; else says which does not.
    pub(in crate::figures) fn judge_each(&mut self, figure: &Figure, series: usize, sign: f64, straight: bool) {
        self.hold();
        for place in 0..series {
            let name = figure.series[place];
            match self.fits.iter().find(|fit| fit.series == Some(place)) {
                Some(fit) if fit.shows(sign, straight) => {}
                Some(fit) => {
                    self.refute(format!(message!("not so at {name}: {fit}"), name = name, fit = fit.recorded()));
                }
                None => self.refute(format!(message!("too few points at {name}"), name = name)),
            }
        }
    }

    /// Takes the claim back where numbers by the pruning ratio do not fall from one ratio to the next.
    pub(in crate::figures) fn falls_along_ratio(&mut self, numbers: &[(f64, f64)], what: &str) {
        if numbers.len() < 2 {
            let sentence = format!(message!("{what} cannot be compared along the pruning ratio"), what = what);
            return self.refute(sentence);
        }
        for pair in numbers.windows(2) {
            let ((before, more), (after, less)) = (pair[0], pair[1]);
            if less >= more {
                let [more, less] = [more, less].map(|x| significant(x, 3));
                self.refute(format!(
                    message!("{what} do not fall from {before} to {after} pruned: {more} and {less}"),
                    what = what,
                    before = before,
                    after = after,
                    more = more,
                    less = less
                ));
            }
        }
    }

    /// Takes the claim back where the intervals of the points leave it open whether they rise or fall: few points may lie nearer to a
    /// line than what is behind them allows.
    pub(super) fn weigh(&mut self, claim: Claim) {
        if self.verdict == Verdict::NotShown {
            return;
        }
        let bears = |fit: &&Fit| fit.against == claim.along && (claim.of_each || fit.series == Some(0));
        let open = self.fits.iter().filter(bears).find_map(|fit| {
            let slope = self.points_of(fit)?.slope(fit)?;
            slope.covers(0.0).then(|| {
                let [low, high] = [slope.low, slope.high].map(|end| significant(end, 3));
                format!(
                    message!("by the points’ own intervals the slope of the line may be {low} to {high}"),
                    low = low,
                    high = high
                )
            })
        });
        if let Some(sentence) = open {
            self.refute(sentence);
        }
    }

    /// How straight the points are along what the paper claims, and whether a line along the other variable does as well.
    fn shape(&self, claim: Claim, of_claim: &[&Fit], others: &[&Fit]) -> Option<String> {
        let (along, or) = (claim.along.symbol(), claim.or.symbol());
        let range = |fits: &[&Fit]| ranges(fits.iter().map(|fit| fit.line.r2));
        let (of_claimed, of_others) = (range(of_claim), range(others));
        let mut bends = of_claim.iter().filter_map(|fit| self.bend(fit));
        let as_well = of_claim.iter().zip(others).any(|(claimed, other)| other.line.r2 > claimed.line.r2 - AS_WELL);
        let better = of_claim.iter().zip(others).all(|(claimed, other)| other.line.r2 > claimed.line.r2);
        match bends.next() {
            Some(way) if better && others.iter().all(|other| self.bend(other).is_none()) => Some(format!(
                message!(
                    "the points bend {way} along {along} and not along {or}, where a line fits better (R² {better} against {claimed})"
                ),
                way = way,
                along = along,
                or = or,
                better = of_others,
                claimed = of_claimed
            )),
            Some(way) => Some(format!(
                message!("the points bend {way} along {along} (R² of the line {claimed})"),
                way = way,
                along = along,
                claimed = of_claimed
            )),
            None if as_well => Some(format!(
                message!(
                    "a line in {or} fits as well (R² {other} against {claimed}): these widths do not tell the two apart"
                ),
                or = or,
                other = of_others,
                claimed = of_claimed
            )),
            None => None,
        }
    }

    /// The series through which a fit is drawn; none for one across several.
    fn points_of(&self, fit: &Fit) -> Option<&Series> {
        self.measured.iter().find(|series| Some(series.series) == fit.series)
    }

    /// Which way the points of a fit bend away from it, if they visibly do: beyond the 95 % interval of a second-order term.
    fn bend(&self, fit: &Fit) -> Option<&'static str> {
        let bend = Bend::of(&self.points_of(fit)?.along(fit.against))
            .filter(|bend| bend.gain > BENT && !bend.square.covers(0.0))?;
        Some(if bend.square.value > 0.0 { message!("upwards") } else { message!("downwards") })
    }
}

impl Series {
    /// The slope of a line through its points with the interval that follows from theirs, which are of 95 %.
    fn slope(&self, fit: &Fit) -> Option<Estimate> {
        let known = self.points.iter().filter_map(|point| {
            let half = 0.5 * (point.high? - point.low?);
            point.y.map(|_| (fit.against.of(point.x), half))
        });
        let known: Vec<(f64, f64)> = known.collect();
        let middle = known.iter().fold(0.0, |sum, (x, _)| sum + x) / known.len() as f64;
        let (mut width, mut square) = (0.0, 0.0);
        for (x, half) in known {
            width += (x - middle) * (x - middle);
            square += (x - middle) * (x - middle) * half * half;
        }
        let (slope, half) = (fit.line.slope.value, sqrt(square) / width);
        (width > 0.0).then_some(Estimate { value: slope, low: slope - half, high: slope + half })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::reading::{Against, Point};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const CLAIM: Claim = Claim { along: Against::Width, or: Against::Root, sign: 1.0, straight: true, of_each: false };

    /// Points at these heights with intervals of `half` to both sides, read by the claim that they rise along a line.
    fn read(heights: &[f64], half: f64) -> Reading {
        let point = |(i, y): (usize, &f64)| Point {
            x: 10.0 * (i + 1) as f64,
            y: Some(*y),
            low: Some(y - half),
            high: Some(y + half),
            censored: None,
            trials: 1,
            median: None,
        };
        let points = heights.iter().enumerate().map(point).collect();
        let series = Series { series: 0, name: String::new(), points };
        let fits = [CLAIM.along, CLAIM.or].into_iter().filter_map(|against| series.fit(against)).collect();
        let (verdict, caveats) = (Verdict::NotShown, Vec::new());
        let mut reading = Reading { measured: vec![series], theory: Vec::new(), fits, verdict, caveats };
        reading.judge(CLAIM, &["the series"]);
        reading.weigh(CLAIM);
        reading
    }

    #[test]
    fn points_nearer_to_a_line_than_their_intervals_allow_do_not_show_that_it_rises() {
        let heights = [1.0, 1.101, 1.199, 1.301, 1.4];
        assert_ne!(read(&heights, 0.02).verdict, Verdict::NotShown);
        // The slope is .01; of its interval by the points' is half ½ · √(Σ (x − x̄)²) / Σ (x − x̄)² = .5/√1000 = .0158.
        let reading = read(&heights, 0.5);
        assert_eq!(reading.verdict, Verdict::NotShown);
        assert_eq!(
            reading.caveats.last().map(String::as_str),
            Some("by the points’ own intervals the slope of the line may be −0.00581 to 0.0258")
        );
    }

    #[test]
    fn a_bend_along_what_is_claimed_and_not_along_the_other_is_told() {
        let root: Vec<f64> = (1..=7).map(|i| sqrt(10.0 * f64::from(i))).collect();
        let reading = read(&root, 0.001);
        assert_eq!(reading.verdict, Verdict::HoldsWithCaveats);
        let told = &reading.caveats[0];
        assert!(
            told.starts_with(
                "the points bend downwards along r\u{303} and not along √r\u{303}, where a line fits better"
            ),
            "{told}"
        );
        let line: Vec<f64> = (1..=7).map(|i| f64::from(i) + if i % 2 == 0 { 0.01 } else { -0.01 }).collect();
        assert!(!read(&line, 0.001).caveats.iter().any(|caveat| caveat.contains("bend")));
    }
}
