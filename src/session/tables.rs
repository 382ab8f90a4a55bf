//! The pictures' data as tables.

use super::pair::Pair;
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

impl Cell {
    /// A number that is rounded.
    fn of(number: f64) -> Self {
        Self { text: scientific(number), full: Some(format!("{number:e}")) }
    }
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

    /// The relative error of each iteration, or the training loss where that is shown; of both runs of a pair.
    pub fn of_errors(run: &Run, pair: Option<Pair>) -> Self {
        let shown = if run.knows_oracle() { tr!("relative error") } else { tr!("training loss") };
        let Some(pair) = pair else {
            return Self::new(&[tr!("iteration t"), shown], run.curve.iter().enumerate(), |(t, error)| {
                vec![grouped(t).into(), Cell::of(*error)]
            });
        };
        let (name, other) = pair.names();
        let columns =
            [tr!("iteration t"), &tr!("{shown}, {name}", shown, name), &tr!("{shown}, {name}", shown, name = other)];
        let runs = [&run.curve, &pair.beside.curve];
        let iterations = runs.iter().map(|errors| errors.len()).max().unwrap_or(0);
        Self::new(&columns, 0..iterations, |t| {
            // One of them may have ended, or lag behind.
            let error =
                |errors: &&Vec<f64>| errors.get(t).map_or_else(|| "–".to_owned().into(), |error| Cell::of(*error));
            [grouped(t).into()].into_iter().chain(runs.iter().map(error)).collect()
        })
    }

    /// The probes.
    pub fn of_probes(probes: &[Probe]) -> Self {
        Self::new(&[tr!("probe"), tr!("distance λ"), tr!("outcome")], probes.iter(), |probe| {
            vec![(probe.index + 1).to_string().into(), format!("{:.3}", probe.distance).into(), probe.words().into()]
        })
    }

    /// The supports of the learner, and what they miss and add where the oracle's differ; of both runs of a pair whose masks
    /// differ.
    pub fn of_masks(run: &Run, pair: Option<Pair>) -> Self {
        let Some(pair) = pair.filter(|pair| pair.masks_differ()) else {
            return Self::of_mask(run.mask(), run.oracle.mask());
        };
        let (name, other) = pair.names();
        let runs = [(name, run), (other, pair.beside)];
        let tables = runs.map(|(name, run)| (name, Self::of_mask(run.mask(), run.oracle.mask())));
        // The one whose mask differs from the oracle's has two columns more.
        let widest = tables.iter().map(|(_, table)| &table.columns).max_by_key(|columns| columns.len());
        let columns: Vec<String> =
            [tr!("run").to_owned()].into_iter().chain(widest.into_iter().flatten().cloned()).collect();
        let row = |name: &str, row: Vec<Cell>| {
            let mut cells: Vec<Cell> = [name.to_owned().into()].into_iter().chain(row).collect();
            cells.resize(columns.len(), String::new().into());
            cells
        };
        let rows = tables.into_iter().flat_map(|(name, table)| table.rows.into_iter().map(move |cells| (name, cells)));
        let rows = rows.map(|(name, cells)| row(name, cells)).collect();
        Self { columns, rows }
    }

    fn of_mask(mask: &Mask, oracle: &Mask) -> Self {
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
    use crate::spec::{Spec, Twin};
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
    fn a_pair_has_both_runs_in_its_tables() {
        let spec = Spec { effective_width: 5.0, neurons: 2, dimension: 10, samples: 40, ..Spec::default() };
        let run = |spec: &Spec, errors: &[f64]| {
            let mut run = Run::new(0, spec.clone());
            run.curve = errors.to_vec();
            run
        };
        let texts = |table: &Table| -> Vec<Vec<String>> {
            table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect()
        };
        let twin = Twin::Dense;
        let (shown, beside) = (run(&spec, &[0.5, 0.25]), run(&twin.of(&spec), &[0.5, 0.4, 0.3]));
        let pair = Pair { twin, shown: &shown, beside: &beside };
        let errors = Table::of_errors(&shown, Some(pair));
        assert_eq!(errors.columns, ["iteration t", "relative error, pruned", "relative error, dense"]);
        let column = |of: usize| texts(&errors).into_iter().map(|row| row[of].clone()).collect::<Vec<_>>();
        assert_eq!(column(0), ["0", "1", "2"]);
        assert_eq!(column(1), [scientific(0.5), scientific(0.25), "–".to_owned()]);
        assert_eq!(column(2)[2], scientific(0.3));
        assert_eq!(Table::of_errors(&shown, None).columns.len(), 2);

        let masks = Table::of_masks(&shown, Some(pair));
        assert_eq!((masks.columns.len(), masks.columns[0].as_str(), masks.rows.len()), (7, "run", 4));
        let rows = texts(&masks);
        assert_eq!(
            [0, 2, 3].map(|row| [&rows[row][0], &rows[row][1]]),
            [["pruned", "1"], ["dense", "1"], ["dense", "2"]]
        );
        assert_eq!((rows[2][2].as_str(), rows[2][4].as_str(), rows[0].len()), ("10", "1–10", 7));
        let twin = Twin::Momentum;
        let beside = run(&twin.of(&spec), &[0.5]);
        let pair = Pair { twin, shown: &shown, beside: &beside };
        assert_eq!(Table::of_masks(&shown, Some(pair)), Table::of_masks(&shown, None), "they have the same mask");
    }

    #[test]
    fn each_row_of_a_mask_tells_its_support() {
        let mask = Mask::new(5, &[vec![0, 1, 2], vec![2, 4]]);
        let table = Table::of_mask(&mask, &mask);
        let texts: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(texts, [["1", "3", "3, 1", "1–3"], ["2", "2", "1, 2", "3, 5"]]);
        assert_eq!(table.columns.len(), 4);
        let table = Table::of_mask(&mask, &Mask::new(5, &[vec![1, 2, 3, 4], vec![2, 4]]));
        let ends: Vec<&str> = table.rows[0].iter().skip(4).map(|cell| cell.text.as_str()).collect();
        assert_eq!((ends, table.columns.len(), table.rows[1][4].text.as_str()), (vec!["4–5", "1"], 6, ""));
    }
}
