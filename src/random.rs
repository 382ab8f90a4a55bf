//! Every random number of a run: ChaCha8 streams, keyed by (seed, trial) and numbered by (purpose, index).
//!
//! A stream belongs to one thing (the samples of one feature, the weights of one neuron), so that changing one slider
//! redraws only what it must: data nest in N, masks and weights nest in r̃. Sampling is our own and documented,
//! because the same link must give the same bits on every target. The generator is for simulation, not for secrets.
//!
//! ```
//! use winning_ticket::random::{Purpose, Streams};
//!
//! let streams = Streams::new(2021, 0);
//! let sample_of = |feature: u32| streams.stream(Purpose::Data, feature).normal();
//! assert_eq!(sample_of(3), sample_of(3)); // a stream begins anew
//! assert_ne!(sample_of(3), sample_of(4));
//! ```

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

mod normal;

/// What a stream is drawn for; the high half of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Index j: the relative width u_j of neuron j, then its permutation of the features.
    Mask = 0,
    /// Index j: W\*_ij for all features i.
    Weight = 1,
    /// Index i: x_{n,i} in the order of n.
    Data = 2,
    /// Index 0: ξ_n / σ in the order of n.
    Noise = 3,
    /// Index j: D_ij, the direction of the start, for all features i.
    Start = 4,
    /// Index p: the seed of probe p.
    Probe = 5,
    /// Index i: x_{n,i} of the fresh samples of a test, in the order of n.
    Test = 6,
    /// Index j: the direction of the start from which a pruned network is trained again, for all features i.
    Restart = 7,
    /// Index 0: a permutation of all weights of the dense network, of which the first are those of a random mask.
    RandomMask = 8,
}

/// The streams of one trial.
#[derive(Clone, Copy, Debug)]
pub struct Streams {
    key: [u8; 32],
}

impl Streams {
    /// The streams of trial `trial` under `seed`. The 32-byte key is the seed and the trial, both as eight
    /// little-endian bytes, then sixteen fixed bytes.
    pub fn new(seed: u64, trial: u32) -> Self {
        let mut key = *b"................winning-ticket-1";
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&u64::from(trial).to_le_bytes());
        Self { key }
    }

    /// The stream numbered 2³² `purpose` + `index`, from its beginning.
    pub fn stream(&self, purpose: Purpose, index: u32) -> Stream {
        let mut generator = ChaCha8Rng::from_seed(self.key);
        generator.set_stream((purpose as u64) << 32 | u64::from(index));
        Stream { generator }
    }
}

/// One stream; every draw takes exactly one 64-bit word.
pub struct Stream {
    generator: ChaCha8Rng,
}

impl Stream {
    /// The next 64-bit word.
    pub fn word(&mut self) -> u64 {
        self.generator.next_u64()
    }

    /// Uniform on [0, 1): a multiple of 2⁻⁵³.
    pub fn uniform(&mut self) -> f64 {
        (self.word() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Standard normal, by inversion of the distribution function at the middle of one of 2⁵² equal cells.
    /// Its range is ±8.2.
    pub fn normal(&mut self) -> f64 {
        let centred = ((self.word() >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64) - 0.5;
        normal::quantile_from_centre(centred)
    }

    /// Uniform on 0 … `bound` − 1, by the high half of a product; the bias is below `bound` · 2⁻⁶⁴.
    pub fn below(&mut self, bound: u32) -> u32 {
        ((u128::from(self.word()) * u128::from(bound)) >> 64) as u32
    }

    /// A uniform permutation of 0 … `n` − 1 (Fisher and Yates, from the front).
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut items: Vec<usize> = (0..n).collect();
        for i in 0..n {
            let rest = (n - i) as u32;
            items.swap(i, i + self.below(rest) as usize);
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn streams_of_different_purpose_index_seed_or_trial_differ() {
        let first = |seed, trial, purpose, index| Streams::new(seed, trial).stream(purpose, index).word();
        let base = first(1, 0, Purpose::Data, 0);
        assert_eq!(base, first(1, 0, Purpose::Data, 0));
        for other in [
            first(2, 0, Purpose::Data, 0),
            first(1, 1, Purpose::Data, 0),
            first(1, 0, Purpose::Noise, 0),
            first(1, 0, Purpose::Data, 1),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn uniform_and_normal_draws_have_their_moments() {
        // n = 10⁵: each tolerance is five standard errors of its estimate.
        let n = 100_000;
        let root_n = f64::from(n).sqrt();
        let mut stream = Streams::new(3, 0).stream(Purpose::Data, 7);
        let uniforms: Vec<f64> = (0..n).map(|_| stream.uniform()).collect();
        let normals: Vec<f64> = (0..n).map(|_| stream.normal()).collect();
        let moment = |v: &[f64], k: usize| v.iter().map(|x| (0..k).fold(1.0, |p, _| p * x)).sum::<f64>() / f64::from(n);
        assert!((moment(&uniforms, 1) - 0.5).abs() < 5.0 * (1.0_f64 / 12.0).sqrt() / root_n);
        assert!(moment(&normals, 1).abs() < 5.0 / root_n);
        assert!((moment(&normals, 2) - 1.0).abs() < 5.0 * 2.0_f64.sqrt() / root_n);
        assert!((moment(&normals, 4) - 3.0).abs() < 5.0 * 96.0_f64.sqrt() / root_n);
    }

    #[test]
    fn a_permutation_holds_each_item_once() {
        let mut seen = Streams::new(1, 0).stream(Purpose::Mask, 0).permutation(500);
        seen.sort_unstable();
        assert_eq!(seen, (0..500).collect::<Vec<_>>());
    }
}
