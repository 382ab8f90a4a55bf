//! Data of the reader's own in place of what an oracle makes: `X` (N × d) and `y` (N) of an npz file, and if they are known the
//! learner's mask `M` (d × K, not 0 where a weight is kept) and the oracle `W_star` (d × K).
//!
//! Where W\* is unknown its entries are NaN, and with them every distance from it: the relative error, λ. The iteration needs
//! none of them.

mod outline;

use std::cell::Cell;

pub use outline::DataOutline;
use serde::{Deserialize, Serialize};

use super::digest::digest_of_numbers;
use crate::files::{NumberArray, Unpacked, Unreadable};
use crate::language::tr;
use crate::network::{Data, Mask, Problem, Projection, Weights, plain};
use crate::notation::grouped;
use crate::pause::{Pause, finish};
use crate::spec::fields::Field;
use crate::spec::{Spec, Start};
use crate::tensor::{Inputs, NoStart, TensorStart};
use crate::training::{Trainer, ball_start};

/// Bytes of the largest file that is read: twice what the largest X takes in double precision, so that all else fits too.
const MOST_BYTES: u64 = 100_000_000;

/// Why a file of so many bytes is not even read, as a sentence without a full stop; none where it is.
pub fn too_large(bytes: u64) -> Option<String> {
    let megabytes = |bytes: u64| grouped((bytes / 1_000_000) as usize);
    (bytes > MOST_BYTES).then(|| {
        tr!("it has {size} MB, and at most {most} MB are read", size = megabytes(bytes), most = megabytes(MOST_BYTES))
    })
}

/// So many bytes in whole megabytes, or kilobytes where they are fewer.
pub fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{}\u{a0}kB", bytes.div_ceil(1000)),
        _ => format!("{}\u{a0}MB", grouped((bytes / 1_000_000) as usize)),
    }
}

/// Why data cannot be taken, as a sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadData {
    /// The file cannot be read at all.
    #[error("{}", tr!("the file {mistake}", mistake = .0))]
    File(Unreadable),
    /// An array cannot be read.
    #[error("{0} {1}")]
    Array(&'static str, Unreadable),
    /// An array is not there.
    #[error("{}", tr!("{name} is missing: the file has {names}", name = .0, names = .1))]
    Missing(&'static str, String),
    /// An array has another shape.
    #[error("{}", tr!("{name} has the shape {found}, but must have {wanted}", name, found, wanted))]
    Shape {
        /// The array.
        name: &'static str,
        /// Its shape.
        found: String,
        /// What it must be.
        wanted: String,
    },
    /// An entry is infinite or no number.
    #[error("{}", tr!("{name} has the entry {value} at {place}, but all must be finite", name, value, place))]
    NotFinite {
        /// The array.
        name: &'static str,
        /// The entry.
        value: String,
        /// Its indices, counted from 0.
        place: String,
    },
    /// All of an array is 0.
    #[error("{}", tr!("{name} is 0 everywhere", name = .0))]
    Nothing(&'static str),
    /// Without an oracle there is nothing at distance λ.
    #[error(
        "{}",
        tr!("without W_star the start is drawn, and its outputs must not be 0: the start distance must be above 0")
    )]
    NoStart,
}

/// Data of the reader's own.
#[derive(Clone, Debug)]
pub struct OwnData {
    // N × d, column after column
    x: NumberArray,
    y: Vec<f64>,
    outline: DataOutline,
}

/// From where a run on such data began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Began {
    /// At distance λ from the oracle, which the file has.
    Ball,
    /// At what the moments of the sample tell.
    Moments,
    /// In a drawn direction, so long that its outputs have λ times the root mean square of y: the oracle is not known.
    Drawn,
}

/// A run on such data, before its first step.
pub struct OwnRun {
    /// What trains.
    pub trainer: Trainer,
    /// W(0).
    pub start: Vec<f64>,
    /// How it began.
    pub began: OwnStart,
    /// What the moments gave; none where they were not asked.
    pub moments: Option<Result<TensorStart, NoStart>>,
}

/// How a run began, and what is known of the inputs where their moments were asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnStart {
    /// How it began.
    pub from: Began,
    /// How far the inputs are from the standard normal ones that the moments suppose; none where they were not asked.
    pub inputs: Option<Inputs>,
}

impl OwnData {
    /// Of the bytes of an npz file.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read(bytes: &[u8]) -> Result<Self, BadData> {
        finish(Self::read_in_slices(bytes, |_| {}, &Pause::never()))
    }

    /// The same with pauses; `tell` is told what share of the work is done: of the bytes to unpack, and to make the digest of.
    ///
    /// # Errors
    /// As [`OwnData::read`].
    pub async fn read_in_slices(bytes: &[u8], tell: impl Fn(f64), pause: &Pause) -> Result<Self, BadData> {
        let file = Unpacked::open(bytes).map_err(BadData::File)?;
        let unpacked: usize = ["X", "y", "M", "W_star"].iter().map(|name| file.size(name)).sum();
        let all = unpacked + file.size("X") + file.size("y");
        let done = Cell::new(0);
        let tell = |bytes: usize| {
            done.set(done.get() + bytes);
            // Numbers of four bytes take eight once they are read.
            tell((done.get() as f64 / all as f64).min(1.0));
        };
        let read = Reading { file: &file, tell: &tell, pause };
        let ([least, most_samples], [least_d, most_d], [_, most_k]) = (range("N"), range("d"), range("K"));
        let wanted = tr!(
            "N rows, samples, and d columns, features: N from {least} to {most_samples}, d from {least_d} to {most_d}",
            least,
            most_samples,
            least_d,
            most_d
        );
        let fits = |shape: &[usize]| matches!(shape, [n, d] if (least..=most_samples).contains(n) && (least_d..=most_d).contains(d));
        let x = read.required("X", most_samples * most_d, &wanted, fits).await?;
        let (samples, dimension) = (x.shape[0], x.shape[1]);
        let wanted = tr!("{samples} entries, one a row of X", samples);
        let y = read.required("y", samples, &wanted, |shape| shape == [samples] || shape == [samples, 1]).await?;
        let wanted = |shape: &[usize]| {
            let turned = matches!(shape, [k, d] if *d == dimension && (1..=most_k).contains(k));
            let wanted = tr!(
                "{dimension} rows, as X has columns, and K columns, neurons, from 1 to {most_k}",
                dimension,
                most_k
            );
            if turned { tr!("{wanted}: transpose it", wanted) } else { wanted }
        };
        let fits = |shape: &[usize]| matches!(shape, [d, k] if *d == dimension && (1..=most_k).contains(k));
        let mask = read.optional("M", dimension * most_k, wanted, fits).await?;
        let oracle = read.optional("W_star", dimension * most_k, wanted, fits).await?;
        if let (Some(mask), Some(oracle)) = (&mask, &oracle)
            && mask.shape != oracle.shape
        {
            let wanted = tr!("as many columns as W_star, {columns}", columns = oracle.shape[1]);
            return Err(BadData::Shape { name: "M", found: words_of(&mask.shape), wanted });
        }
        let support = |array: &NumberArray, name| {
            let columns = array.values.chunks(dimension);
            let support = |column: &[f64]| (0..dimension).filter(|i| column[*i] != 0.0).collect::<Vec<_>>();
            let mask = Mask::new(dimension, &columns.map(support).collect::<Vec<_>>());
            if mask.weights() == 0 { Err(BadData::Nothing(name)) } else { Ok(mask) }
        };
        let weights = |array: NumberArray| {
            let mask = support(&array, "W_star")?;
            let values = array.values.iter().copied().filter(|w| *w != 0.0).collect();
            Ok(Weights::new(mask, values))
        };
        if y.values.iter().all(|y| *y == 0.0) {
            return Err(BadData::Nothing("y"));
        }
        let outline = DataOutline {
            samples,
            dimension,
            digest: digest_of_numbers([&x.values, &y.values], tell, pause).await,
            negative_labels: y.values.iter().filter(|y| **y < 0.0).count(),
            mask: mask.as_ref().map(|mask| support(mask, "M")).transpose()?,
            oracle: oracle.map(weights).transpose()?,
        };
        Ok(Self { y: y.values, x, outline })
    }

    /// What is known of them.
    pub fn outline(&self) -> &DataOutline {
        &self.outline
    }

    /// X, column after column.
    pub fn x(&self) -> &[f64] {
        &self.x.values
    }

    /// The run of `spec` on these data; N, d and K of `spec` are those of the data, and the mask is that of
    /// [`DataOutline::learner`].
    ///
    /// # Errors
    /// If there is nothing to start from.
    pub fn run(&self, spec: &Spec, draws_mask: bool) -> Result<OwnRun, BadData> {
        finish(self.run_in_slices(spec, draws_mask, &Pause::never()))
    }

    /// The same with pauses.
    ///
    /// # Errors
    /// As [`OwnData::run`].
    pub async fn run_in_slices(&self, spec: &Spec, draws_mask: bool, pause: &Pause) -> Result<OwnRun, BadData> {
        let (oracle, kept) = self.outline.learner(spec, draws_mask);
        let features = oracle.mask().used_features_with(kept.mask());
        let samples = self.outline.samples;
        let x_of = |feature: usize, column: &mut [f64]| {
            column.copy_from_slice(&self.x.values[feature * samples..][..samples]);
        };
        let mut data = Data::new_in_slices(samples, spec.parts(), features, x_of, pause).await;
        self.y.iter().enumerate().for_each(|(n, y)| data.set_y(n, *y));
        // What of the labels the oracle does not say.
        let rows = data.rows(oracle.mask());
        let apart = |n: usize| plain::output(oracle.mask(), &rows, &data, n, oracle.values()) - data.y(n);
        let sigma = root_mean_square((0..samples).map(apart));
        let problem = Problem { oracle, data, sigma };
        let (moments, inputs) = match spec.start {
            Start::Tensor => {
                let inputs = Inputs::of_in_slices(&problem.data, pause).await;
                let found = TensorStart::of_in_slices(&problem, kept.mask(), pause).await;
                // On a dense mask nothing else says which neuron is whose, and the relative error asks that.
                let found = match self.outline.has_oracle() {
                    true => found.map(|found| found.in_order_of(&problem.oracle, kept.mask())),
                    false => found,
                };
                (Some(found), Some(inputs))
            }
            Start::Ball => (None, None),
        };
        let (start, from) = match &moments {
            Some(Ok(found)) => (found.on(kept.mask()), Began::Moments),
            _ if self.outline.has_oracle() => (ball_start(spec, &kept), Began::Ball),
            _ => (self.drawn_start(spec, &problem, &kept)?, Began::Drawn),
        };
        let trainer = Trainer::with_start_in_slices(spec, problem.into(), kept, start.clone(), pause).await;
        Ok(OwnRun { trainer, start, began: OwnStart { from, inputs }, moments })
    }

    /// A drawn direction on the mask of `kept`, so long that its outputs have λ times the root mean square of y: g is
    /// positively homogeneous in W.
    fn drawn_start(&self, spec: &Spec, problem: &Problem, kept: &Projection) -> Result<Vec<f64>, BadData> {
        let nowhere = Weights::new(kept.mask().clone(), vec![1.0; kept.mask().weights()]);
        let around = nowhere.projected(kept.mask().clone());
        // The drawn direction is what lies between a start in the ball and its centre.
        let one = Spec { start_distance: 1.0, ..spec.clone() };
        let direction: Vec<f64> = ball_start(&one, &around).iter().map(|w| w - 1.0).collect();
        let (data, mask) = (&problem.data, kept.mask());
        let rows = data.rows(mask);
        let outputs = root_mean_square((0..data.samples()).map(|n| plain::output(mask, &rows, data, n, &direction)));
        let length = spec.start_distance * root_mean_square(self.y.iter().copied()) / outputs;
        if length > 0.0 && length.is_finite() {
            Ok(direction.iter().map(|w| length * w).collect())
        } else {
            Err(BadData::NoStart)
        }
    }
}

fn root_mean_square(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    (values.map(|value| value * value).sum::<f64>() / count).sqrt()
}

/// The accepted values of a whole field.
fn range(key: &str) -> [usize; 2] {
    let field = Field::by_key(key).expect("a field of the table");
    // As many neurons as a Spec takes at all, whatever its supports.
    let (min, max) = field.range(&Spec::default()).expect("a number has a range");
    [min as usize, max as usize]
}

/// A file whose arrays are being read.
struct Reading<'a, T> {
    file: &'a Unpacked<'a>,
    // told of bytes that were unpacked
    tell: &'a T,
    pause: &'a Pause,
}

impl<T: Fn(usize)> Reading<'_, T> {
    async fn required(
        &self,
        name: &'static str,
        most: usize,
        wanted: &str,
        fits: impl Fn(&[usize]) -> bool,
    ) -> Result<NumberArray, BadData> {
        let found = self.optional(name, most, |_| wanted.to_owned(), fits).await?;
        found.ok_or_else(|| BadData::Missing(name, names_of(self.file)))
    }

    async fn optional(
        &self,
        name: &'static str,
        most: usize,
        wanted: impl Fn(&[usize]) -> String,
        fits: impl Fn(&[usize]) -> bool,
    ) -> Result<Option<NumberArray>, BadData> {
        let told = |why| BadData::Array(name, why);
        // The shape first: what is too large is told by what it ought to be.
        let Some(shape) = self.file.shape(name).map_err(told)? else { return Ok(None) };
        if !fits(&shape) {
            return Err(BadData::Shape { name, found: words_of(&shape), wanted: wanted(&shape) });
        }
        let found = self.file.numbers_in_slices(name, most, self.tell, self.pause).await.map_err(told)?;
        let Some(array) = found else { return Ok(None) };
        if let Some(at) = array.values.iter().position(|value| !value.is_finite()) {
            let rows = array.shape[0];
            let place = if array.shape.len() == 1 {
                at.to_string()
            } else {
                tr!("row {row}, column {column}", row = at % rows, column = at / rows)
            };
            return Err(BadData::NotFinite { name, value: array.values[at].to_string(), place });
        }
        Ok(Some(array))
    }
}

fn words_of(shape: &[usize]) -> String {
    match shape {
        [] => tr!("of a single number").to_owned(),
        [length] => format!("({length},)"),
        _ => format!("({})", shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    }
}

fn names_of(file: &Unpacked) -> String {
    const MOST: usize = 12;
    let names: Vec<String> = file.names().take(MOST + 1).collect();
    match names.len() {
        0 => tr!("no arrays").to_owned(),
        count => names[..count.min(MOST)].join(", ") + if count > MOST { " …" } else { "" },
    }
}
