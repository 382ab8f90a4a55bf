//! How many features each two neurons share, as the table beside the masks shows it.

use crate::language::message;
use crate::network::Mask;

/// Neurons from which on the numbers are small or hidden, and are written only now and then.
const MANY: usize = 7;

/// A pair of neurons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one, and the other, which is not behind it.
    pub neurons: (usize, usize),
    /// How many features their supports share.
    pub shared: usize,
    /// The shade, from 0 (none) to 4 (all of the narrower support).
    pub level: usize,
}

/// Every pair, also each neuron with itself.
pub fn pairs(mask: &Mask) -> impl Iterator<Item = Pair> {
    (0..mask.neurons()).flat_map(|j| (0..=j).map(move |k| (j, k))).map(|(j, k)| {
        let shared = mask.shared(j, k);
        let narrower = mask.width(j).min(mask.width(k)).max(1);
        Pair { neurons: (j, k), shared, level: (4 * shared).div_ceil(narrower) }
    })
}

/// What the table says it is, a message.
pub const LABEL: &str = message!("Features that each two neurons share");

/// The heading of a neuron's row and column.
pub fn heading(neuron: usize) -> String {
    (neuron + 1).to_string()
}

/// Whether the numbers of a table for so many neurons are written now: those of a large one only when there is time.
pub fn writes_numbers(neurons: usize, unhurried: bool) -> bool {
    unhurried || neurons < MANY
}

/// The classes of a table for so many neurons, which say from which numbers on there are too many for the text.
pub fn crowded(neurons: usize) -> String {
    let classes: Vec<String> = (MANY..=neurons).map(|from| format!("from-{from}")).collect();
    classes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn shades_go_from_nothing_shared_to_all_of_the_narrower_support() {
        let mask = Mask::new(9, &[vec![0, 1, 2, 3], vec![3, 4, 5, 6, 7], vec![8], vec![]]);
        let level = |j, k| pairs(&mask).find(|pair| pair.neurons == (j, k)).map(|pair| (pair.shared, pair.level));
        assert_eq!(level(0, 0), Some((4, 4)));
        assert_eq!((level(1, 0), level(2, 0), level(3, 3)), (Some((1, 1)), Some((0, 0)), Some((0, 0))));
        assert_eq!(pairs(&mask).count(), 10);
        assert_eq!(heading(0), "1");
    }

    #[test]
    fn a_large_table_waits_with_its_numbers() {
        assert!(writes_numbers(6, false) && !writes_numbers(7, false) && writes_numbers(7, true));
        assert_eq!((crowded(6).as_str(), crowded(8).as_str()), ("", "from-7 from-8"));
    }
}
