//! The words at the marks of a slider's track: where each stands so that none covers another.

/// The words of one mark; all lengths are shares of the track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Words {
    /// Where the mark begins.
    pub from: f64,
    /// Where it ends; the same place for a tick.
    pub to: f64,
    /// How wide its words are.
    pub width: f64,
}

/// The middles of the words, those first in the list served first: as near as possible to the middle of its mark, inside
/// the track, touching the mark and covering no others; none where there is no such place.
pub fn place_words(wanted: &[Words]) -> Vec<Option<f64>> {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let place = |words: &Words| {
        let half = 0.5 * words.width;
        let (low, high) = ((words.from - half).max(half), (words.to + half).min(1.0 - half));
        if low > high {
            return None;
        }
        let best = (0.5 * (words.from + words.to)).clamp(low, high);
        let beside = taken.iter().flat_map(|(left, right)| [left - half, right + half]);
        let free = |middle: &f64| {
            let covers =
                |(left, right): &(f64, f64)| middle - half < right - ROUNDING && left + ROUNDING < middle + half;
            (low..=high).contains(middle) && !taken.iter().any(covers)
        };
        let nearest = beside.chain([best]).filter(free).min_by(|a, b| (a - best).abs().total_cmp(&(b - best).abs()))?;
        taken.push((nearest - half, nearest + half));
        Some(nearest)
    };
    wanted.iter().map(place).collect()
}

/// Words that touch are not yet one over the other.
const ROUNDING: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn words_alone_stand_in_the_middle_of_their_mark_as_far_as_the_track_reaches() {
        let alone = |from, to, width| place_words(&[Words { from, to, width }])[0];
        assert_eq!(alone(0.5, 0.5, 0.3), Some(0.5));
        assert_eq!(alone(0.25, 0.75, 0.2), Some(0.5));
        assert_eq!(alone(0.0, 0.0, 0.4), Some(0.2));
        assert_eq!(alone(1.0, 1.0, 0.4), Some(0.8));
        assert_eq!(alone(0.5, 0.5, 1.2), None);
    }

    #[test]
    fn words_give_way_or_leave_but_never_cover_each_other() {
        let ticks = |at: f64, width| Words { from: at, to: at, width };
        let placed = place_words(&[ticks(1.0, 0.3), ticks(0.7, 0.2), ticks(0.9, 0.3)]);
        assert_eq!(placed[0], Some(0.85));
        assert!(placed[1].is_some_and(|middle| (middle - 0.6).abs() < 1e-9));
        assert_eq!(placed[2], None);
        let at = |i: u32| f64::from(i * 37 % 101) / 101.0;
        for i in 0..300 {
            let wanted: Vec<Words> = (0..4)
                .map(|j| {
                    let (a, b) = (at(i + 7 * j), at(3 * i + 11 * j));
                    Words {
                        from: a.min(b),
                        to: if j % 2 == 0 { a.min(b) } else { a.max(b) },
                        width: 0.1 + 0.4 * at(i + j),
                    }
                })
                .collect();
            let placed = place_words(&wanted);
            assert!(placed[0].is_some());
            let spans: Vec<(f64, f64)> = wanted
                .iter()
                .zip(&placed)
                .filter_map(|(words, middle)| {
                    middle.map(|middle| (middle - 0.5 * words.width, middle + 0.5 * words.width))
                })
                .collect();
            for (j, (left, right)) in spans.iter().enumerate() {
                assert!(*left >= -1e-9 && *right <= 1.0 + 1e-9);
                let apart = |(other, end): &(f64, f64)| right - 1e-8 <= *other || end - 1e-8 <= *left;
                assert!(spans[..j].iter().all(apart), "{wanted:?} {placed:?}");
            }
        }
    }
}
