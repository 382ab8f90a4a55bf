//! The pictures' data as tables.

use super::run::Run;
use crate::language::tr;
use crate::network::{Agreement, Mask};
use crate::notation::{grouped, scientific};
use crate::trials::Probe;

/// Rows of a table at most; longer data are thinned out evenly.
const MOST_ROWS: usize = 40;

/// A cell: its text, and the same in full where the text is rounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The same in full.
    pub full: Option<String>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, full: None }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    fn new<T>(columns: &[&str], data: impl ExactSizeIterator<Item = T>, row: impl Fn(T) -> Vec<Cell>) -> Self {
        let count = data.len();
        let every = count.div_ceil(MOST_ROWS).max(1);
        let shown = data.enumerate().filter(|(i, _)| i % every == 0 || i + 1 == count);
        Self {
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
            rows: shown.map(|(_, item)| row(item)).collect(),
        }
    }

    /// The relative error of each iteration, or the training loss where that is shown.
    pub fn of_errors(run: &Run) -> Self {
        let shown = if run.knows_oracle() { tr!("relative error") } else { tr!("training loss") };
        Self::new(&[tr!("iteration t"), shown], run.curve.iter().enumerate(), |(t, error)| {
            vec![grouped(t).into(), Cell { text: scientific(*error), full: Some(format!("{error:e}")) }]
        })
    }

    /// The probes.
    pub fn of_probes(probes: &[Probe]) -> Self {
        Self::new(&[tr!("probe"), tr!("distance λ"), tr!("outcome")], probes.iter(), |probe| {
            vec![(probe.index + 1).to_string().into(), format!("{:.3}", probe.distance).into(), probe.words().into()]
        })
    }

    /// The supports of the learner `mask`, and what they miss and add where the `oracle`'s differ.
    pub fn of_masks(mask: &Mask, oracle: &Mask) -> Self {
        let shared = tr!("shared with neurons 1\u{a0}to\u{a0}{last}", last = mask.neurons());
        let differ = Agreement::of(mask, oracle).differs();
        let columns = [tr!("neuron"), "rⱼ", &shared, tr!("features"), tr!("missed"), tr!("extra")];
        Self::new(&columns[..if differ { 6 } else { 4 }], 0..mask.neurons(), |j| {
            let shared: Vec<String> = (0..mask.neurons()).map(|k| mask.shared(j, k).to_string()).collect();
            let mut row = vec![
                (j + 1).to_string().into(),
                mask.width(j).to_string().into(),
                shared.join(", ").into(),
                ranges(mask.support(j)).into(),
            ];
            if differ {
                let without = |of: &Mask, other: &Mask| {
                    let is_alone = |feature: &&usize| other.support(j).binary_search(feature).is_err();
                    ranges(&of.support(j).iter().filter(is_alone).copied().collect::<Vec<_>>()).into()
                };
                row.extend([without(oracle, mask), without(mask, oracle)]);
            }
            row
        })
    }
}

/// Features, counted from 1, with runs of neighbours as 3–7.
fn ranges(support: &[usize]) -> String {
    let runs = support.chunk_by(|feature, next| feature + 1 == *next);
    let texts: Vec<String> = runs
        .map(|run| match run {
            [one] => (one + 1).to_string(),
            [first, .., last] => format!("{}–{}", first + 1, last + 1),
            [] => String::new(),
        })
        .collect();
    texts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn neighbouring_features_are_told_as_a_range() {
        assert_eq!(ranges(&[0, 2, 3, 4, 7, 8]), "1, 3–5, 8–9");
        assert_eq!(ranges(&[]), "");
    }

    #[test]
    fn long_data_are_thinned_out_and_keep_their_ends() {
        let rows = |count: usize| -> Vec<String> {
            let table = Table::new(&["i"], 0..count, |i| vec![i.to_string().into()]);
            table.rows.into_iter().map(|row| row[0].text.clone()).collect()
        };
        assert_eq!(rows(3), ["0", "1", "2"]);
        let long = rows(1000);
        assert!(long.len() <= MOST_ROWS + 1 && long[0] == "0" && long[long.len() - 1] == "999", "{long:?}");
    }

    #[test]
    fn each_row_of_a_mask_tells_its_support() {
        let mask = Mask::new(5, &[vec![0, 1, 2], vec![2, 4]]);
        let table = Table::of_masks(&mask, &mask);
        let texts: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(texts, [["1", "3", "3, 1", "1–3"], ["2", "2", "1, 2", "3, 5"]]);
        assert_eq!(table.columns.len(), 4);
        let table = Table::of_masks(&mask, &Mask::new(5, &[vec![1, 2, 3, 4], vec![2, 4]]));
        let ends: Vec<&str> = table.rows[0].iter().skip(4).map(|cell| cell.text.as_str()).collect();
        assert_eq!((ends, table.columns.len(), table.rows[1][4].text.as_str()), (vec!["4–5", "1"], 6, ""));
    }
}
