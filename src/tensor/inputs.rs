//! How far the inputs of a sample are from the standard normal ones that the moments suppose: by their mean and covariance, beside
//! what sampling alone makes of these.

use serde::{Deserialize, Serialize};

use crate::linear_algebra::vectors::dot;
use crate::network::{BLOCK, Data};
use crate::pause::{Pause, finish};

/// Standard deviations beyond what is expected from which on sampling does not explain a distance.
const EXPLAINED: f64 = 3.0;

/// The distance of a statistic from what it is of a standard normal, and what that distance is of as large a sample of one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distance {
    /// As measured.
    pub measured: f64,
    /// The root of its mean square over samples of standard normal inputs.
    pub expected: f64,
    /// The standard deviation of its square over such samples.
    spread_of_square: f64,
}

impl Distance {
    /// Its standard deviation over samples of standard normal inputs, to first order.
    pub fn spread(&self) -> f64 {
        self.spread_of_square / (2.0 * self.expected)
    }

    /// Whether sampling explains it: its square is at most three standard deviations above what is expected. No number is not
    /// explained.
    pub fn is_explained(&self) -> bool {
        let square = self.measured * self.measured;
        square <= self.expected * self.expected + EXPLAINED * self.spread_of_square
    }
}

/// How far inputs are from standard normal ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    /// |x̄|, of the mean from 0.
    pub mean: Distance,
    /// |Ĉ − I|, Frobenius' norm, of the covariance from the unit matrix.
    pub covariance: Distance,
}

impl Inputs {
    /// Of the features that are stored of `data`.
    pub fn of(data: &Data) -> Self {
        finish(Self::of_in_slices(data, &Pause::never()))
    }

    /// The same with pauses.
    pub async fn of_in_slices(data: &Data, pause: &Pause) -> Self {
        let (samples, features) = (data.samples() as f64, data.features().len());
        let blocks = || {
            data.parts()
                .iter()
                .flat_map(|part| (0..part.blocks()).map(|b| (part.x_block(b), part.samples() - b * BLOCK)))
        };
        let mut mean = vec![0.0; features];
        for (x, _) in blocks() {
            mean.iter_mut().zip(x).for_each(|(sum, x)| *sum += x.iter().fold(0.0, |sum, x| sum + x));
        }
        mean.iter_mut().for_each(|sum| *sum /= samples);
        // Σ (x − x̄)(x − x̄)ᵀ, its lower triangle row by row: around the mean, against cancellation.
        let mut products = vec![0.0; features * (features + 1) / 2];
        for (x, left) in blocks() {
            let around = |(x, mean): (&[f64; BLOCK], &f64)| {
                let mut around = [0.0; BLOCK];
                // What fills up a block is no sample.
                around.iter_mut().zip(x).take(left).for_each(|(around, x)| *around = x - mean);
                around
            };
            let centred: Vec<[f64; BLOCK]> = x.iter().zip(&mean).map(around).collect();
            let mut sums = products.iter_mut();
            for (i, row) in centred.iter().enumerate() {
                centred[..=i].iter().zip(&mut sums).for_each(|(column, sum)| *sum += dot(row, column));
                pause.after((BLOCK * (i + 1)) as u64).await;
            }
        }
        let (mut apart, mut sums) = (0.0, products.iter());
        for i in 0..features {
            for (l, sum) in (0..=i).zip(&mut sums) {
                let entry = sum / (samples - 1.0);
                apart += if l == i { (entry - 1.0) * (entry - 1.0) } else { 2.0 * entry * entry };
            }
        }
        Self::expecting(samples, features as f64, mean.iter().fold(0.0, |sum, m| sum + m * m).sqrt(), apart.sqrt())
    }

    /// N |x̄|² has d degrees of freedom. With n = N − 1, E|Ĉ − I|² = d(d + 1)/n, and its variance is 4d(d + 1)(1 + 2d/n)/n² to
    /// leading order in d and n.
    fn expecting(samples: f64, d: f64, mean: f64, covariance: f64) -> Self {
        let (n, pairs) = (samples - 1.0, d * (d + 1.0));
        Self {
            mean: Distance {
                measured: mean,
                expected: (d / samples).sqrt(),
                spread_of_square: (2.0 * d).sqrt() / samples,
            },
            covariance: Distance {
                measured: covariance,
                expected: (pairs / n).sqrt(),
                spread_of_square: 2.0 * (pairs * (1.0 + 2.0 * d / n)).sqrt() / n,
            },
        }
    }

    /// Whether sampling explains both: then neither speaks against standard normal inputs. Of higher moments nothing is known.
    pub fn are_explained(&self) -> bool {
        self.mean.is_explained() && self.covariance.is_explained()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Problem;
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn square(x: f64) -> f64 {
        x * x
    }

    fn drawn(seed: u64, samples: usize, parts: usize, changed: impl Fn(usize, f64) -> f64) -> Data {
        let spec = Spec { seed, samples, dimension: 12, neurons: 2, effective_width: 3.0, ..Spec::default() };
        let x_of = |feature: usize, column: &mut [f64]| {
            column.copy_from_slice(&Problem::feature(&spec, feature));
            column.iter_mut().for_each(|x| *x = changed(feature, *x));
        };
        Data::new(samples, parts, (0..12).collect(), x_of)
    }

    #[test]
    fn both_distances_are_those_of_the_plain_sums_however_the_sample_is_divided() {
        for parts in [1, 3] {
            let data = drawn(4, 37, parts, |feature, x| 0.3 * feature as f64 + 1.5 * x);
            let columns: Vec<Vec<f64>> = (0..12).map(|i| (0..37).map(|n| data.x(n, i)).collect()).collect();
            let means: Vec<f64> = columns.iter().map(|x| x.iter().sum::<f64>() / 37.0).collect();
            let mut apart = 0.0;
            for (i, x) in columns.iter().enumerate() {
                for (l, y) in columns.iter().enumerate() {
                    let sum: f64 = x.iter().zip(y).map(|(x, y)| (x - means[i]) * (y - means[l])).sum();
                    apart += square(sum / 36.0 - f64::from(u8::from(i == l)));
                }
            }
            let plain = (means.iter().map(|m| m * m).sum::<f64>().sqrt(), apart.sqrt());
            let inputs = Inputs::of(&data);
            assert!((inputs.mean.measured - plain.0).abs() < 1e-12 * plain.0, "{inputs:?} {plain:?}");
            assert!((inputs.covariance.measured - plain.1).abs() < 1e-12 * plain.1, "{inputs:?} {plain:?}");
        }
    }

    #[test]
    fn of_standard_normal_inputs_both_are_as_expected_with_that_spread() {
        const DRAWS: u64 = 300;
        let all: Vec<Inputs> = (1..=DRAWS).map(|seed| Inputs::of(&drawn(seed, 60, 1, |_, x| x))).collect();
        for of in [|inputs: &Inputs| inputs.mean, |inputs: &Inputs| inputs.covariance] {
            let squares: Vec<f64> = all.iter().map(|inputs| square(of(inputs).measured)).collect();
            let Distance { expected, spread_of_square: spread, .. } = of(&all[0]);
            let average = squares.iter().sum::<f64>() / DRAWS as f64;
            let variance = squares.iter().map(|x| square(x - average)).sum::<f64>() / (DRAWS - 1) as f64;
            assert!((average - expected * expected).abs() < 4.0 * spread / (DRAWS as f64).sqrt(), "{average}");
            assert!((variance.sqrt() / spread - 1.0).abs() < 0.25, "{} {spread}", variance.sqrt());
        }
        let explained = all.iter().filter(|inputs| inputs.are_explained()).count();
        assert!(explained >= 285, "{explained} of {DRAWS}");
    }

    #[test]
    fn other_inputs_are_told_apart() {
        let told = |changed: fn(usize, f64) -> f64| {
            let inputs = Inputs::of(&drawn(3, 500, 1, changed));
            [inputs.mean.is_explained(), inputs.covariance.is_explained()]
        };
        assert_eq!(told(|_, x| x), [true, true]);
        assert_eq!(told(|feature, x| if feature == 5 { x + 1.0 } else { x }), [false, true]);
        assert_eq!(told(|_, x| 1.1 * x), [true, false]);
        // Beyond what numbers hold.
        assert_eq!(told(|_, x| 1e200 * x), [false, false]);
    }
}
