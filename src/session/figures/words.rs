//! What the page says of a figure, in words.

use super::{Experiment, Figures, Recorded};
use crate::figures::{CellRecord, Figure, Record, Redraw, retold};
use crate::language::{tr, translate};
use crate::notation::{grouped, rounded, significant};
use crate::pruning::{Pruning, Restart};
use crate::session::tables::Table;
use crate::statistics::share;
use crate::trials::Outcome;

/// A trial of the chosen cell, as the page offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialWords {
    /// "12: step cap".
    pub text: String,
    /// "success", "stopped-elsewhere", "step-cap" or "search".
    pub look: &'static str,
}

impl Figures {
    /// Where the shown results come from, or why there are none.
    pub fn provenance(&self) -> String {
        let Some(figure) = self.unfolded else { return String::new() };
        if self.shows_here {
            return match self.record() {
                Some(record) => tr!("Run here, in this page: {trials}.", trials = amount(record)),
                None => tr!("Nothing was run here yet.").to_owned(),
            };
        }
        match self.recorded.get(&figure.number) {
            Some(Recorded::There(record)) => tr!(
                "Recorded on {date} by version {version} (bits epoch {epoch}), preset “{preset}”: {trials}.",
                date = record.date,
                version = record.version,
                epoch = record.bits,
                preset = record.preset,
                trials = amount(record),
            ),
            Some(Recorded::Missing) => {
                tr!("No recorded results of this program’s bits; it can be run here.").to_owned()
            }
            Some(Recorded::Asked) | None => tr!("Recorded results are being fetched.").to_owned(),
        }
    }

    /// Whether the claim holds in the shown results.
    pub fn verdict(&self) -> String {
        let Some(reading) = self.record().map(|record| &record.reading) else { return String::new() };
        let complete = !self.shows_here || self.experiment.as_ref().is_some_and(Experiment::is_complete);
        let mut text = match (complete, reading.verdict.words()) {
            (true, holds) => tr!("The claim {holds}", holds),
            (false, holds) => tr!("So far the claim {holds}", holds),
        };
        for caveat in &reading.caveats {
            text.push_str(&format!("; {}", retold(caveat)));
        }
        text + "."
    }

    /// The lines through the shown panel, each in words; of each series the claimed one first.
    pub fn lines(&self) -> Vec<String> {
        let Some((figure, record)) = self.unfolded.zip(self.record()) else { return Vec::new() };
        let shown = self.shown_series(figure);
        let words = record.reading.fits.iter().filter_map(|fit| {
            let line = fit.words();
            match fit.series {
                Some(series) if shown.contains(&series) && shown.len() > 1 => {
                    Some(format!("{}: {line}", translate(figure.series[series])))
                }
                Some(series) => shown.contains(&series).then_some(line),
                None => Some(tr!("across the series: {line}", line)),
            }
        });
        words.collect()
    }

    /// The series of the shown panel; those of the first one where curves are shown.
    fn shown_series(&self, figure: &Figure) -> &'static [usize] {
        let (_, panel) = self.panels();
        figure.panels.get(panel).copied().unwrap_or(figure.panels[0])
    }

    /// What the menu of panels calls one of them.
    pub fn panel_name(&self, figure: &Figure, panel: usize) -> String {
        match figure.panels.get(panel) {
            None => tr!("the relative error on the way").to_owned(),
            Some([series]) => translate(figure.series[*series]).to_owned(),
            Some(_) => translate(figure.panel_names.get(panel).copied().unwrap_or(figure.y)).to_owned(),
        }
    }

    /// What is told of the cell that is pointed at or chosen.
    pub fn cell_words(&self) -> String {
        let Some((figure, cell)) = self.unfolded.zip(self.told()) else { return String::new() };
        cell_words(figure, cell)
    }

    /// Where a trial of the chosen cell opens.
    pub fn opens_words(&self) -> &'static str {
        let searches = self.chosen().is_some_and(|cell| cell.pruning.is_some());
        if searches { tr!("each opens where masks are sought") } else { tr!("each opens in the lab") }
    }

    /// The trials of the chosen cell.
    pub fn trials(&self) -> Vec<TrialWords> {
        let searches = self.chosen().is_some_and(|cell| cell.pruning.is_some());
        let outcomes = self.chosen().map(CellRecord::outcomes).into_iter().flatten();
        let words = outcomes.enumerate().map(|(index, outcome)| {
            if searches {
                // Whether a ticket finds the oracle is not asked.
                return TrialWords { text: (index + 1).to_string(), look: "search" };
            }
            let (told, look) = match outcome {
                Outcome::Success => (tr!("success"), "success"),
                Outcome::StoppedElsewhere => (tr!("elsewhere"), "stopped-elsewhere"),
                Outcome::StepCap => (tr!("step cap"), "step-cap"),
            };
            TrialWords { text: format!("{}: {told}", index + 1), look }
        });
        words.collect()
    }

    /// The shown panel as a table: its points, and its cells where an edge was sought.
    pub fn table(&self) -> Option<Table> {
        let (figure, record) = self.unfolded.zip(self.record())?;
        let shown = self.shown_series(figure);
        if record.searches() {
            return Some(points(figure, record, shown));
        }
        let cells = record.cells.iter().filter(|cell| shown.contains(&cell.series) && !cell.ends.is_empty());
        let rows = cells.map(|cell| row(figure, record, cell)).collect();
        let mut columns = vec![tr!("series"), "r̃"];
        columns.extend(figure.swept);
        columns.extend(["n", tr!("success"), tr!("elsewhere"), tr!("step cap")]);
        columns.push(if figure.swept.is_some() { translate(figure.y) } else { tr!("mean ± standard deviation") });
        Some(Table { columns: columns.into_iter().map(str::to_owned).collect(), rows })
    }

    /// The shown results as comma-separated values, a line a cell.
    pub fn csv(&self) -> Option<String> {
        let record = self.record()?;
        if record.searches() {
            return Some(points_csv(record));
        }
        let mut text = "series,x,y,trials,success,stopped_elsewhere,step_cap,found_mean,relative_error_mean,\
                        relative_error_sd,rate_mean,rate_sd,digest,link\n"
            .to_owned();
        for cell in record.cells.iter().filter(|cell| !cell.ends.is_empty()) {
            let count = |outcome| cell.count(outcome).to_string();
            let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
            let fields = [
                cell.series.to_string(),
                cell.x.to_string(),
                cell.y.to_string(),
                cell.ends.len().to_string(),
                count(Outcome::Success),
                count(Outcome::StoppedElsewhere),
                count(Outcome::StepCap),
                number(cell.found),
                number(cell.relative_error.map(|mean| mean.value)),
                number(cell.relative_error.map(|mean| mean.deviation)),
                number(cell.rate.map(|mean| mean.value)),
                number(cell.rate.map(|mean| mean.deviation)),
                cell.digest.clone(),
                cell.link.clone(),
            ];
            text.push_str(&fields.join(","));
            text.push('\n');
        }
        Some(text)
    }

    /// The shown results as JSON, as the command line writes them.
    pub fn json(&self) -> Option<String> {
        self.record().map(|record| serde_json::to_string(record).expect("plain data") + "\n")
    }

    /// What the button says that runs the figure here.
    pub fn button(&self) -> &'static str {
        let same = self.experiment.as_ref().filter(|run| {
            self.unfolded.is_some_and(|figure| run.figure().number == figure.number) && run.preset() == self.preset()
        });
        match same {
            Some(run) if run.is_complete() => tr!("Run again"),
            Some(run) if run.is_paused() => tr!("Go on"),
            Some(_) => tr!("Pause"),
            None => tr!("Run here"),
        }
    }

    /// How far the run here is, and once it is complete whether the claim holds in it.
    pub fn news(&self, workers: usize) -> String {
        let Some(run) = &self.experiment else { return String::new() };
        let far = format!("{}: {}.", run.figure().name(), run.progress(workers));
        match self.here.as_ref().filter(|_| run.is_complete()) {
            Some(record) => format!("{far} {}.", tr!("The claim {holds}", holds = record.reading.verdict.words())),
            None => far,
        }
    }

    /// How far the run here is, and of which figure it is if that is not the unfolded one.
    pub fn progress(&self, workers: usize) -> String {
        let Some(run) = &self.experiment else { return String::new() };
        let elsewhere = self.unfolded.is_none_or(|figure| figure.number != run.figure().number);
        let what = if elsewhere { format!("{}: ", run.figure().name()) } else { String::new() };
        format!("{what}{}", run.progress(workers))
    }
}

/// A line a point.
fn points_csv(record: &Record) -> String {
    let mut text = "series,x,y,low,high,median,trials\n".to_owned();
    for series in &record.reading.measured {
        for point in &series.points {
            let numbers = [point.y, point.low, point.high, point.median];
            let numbers = numbers.map(|value| value.map_or(String::new(), |value| value.to_string())).join(",");
            text.push_str(&format!("{},{},{numbers},{}\n", series.series, point.x, point.trials));
        }
    }
    text
}

fn amount(record: &Record) -> String {
    match record.trials {
        1 => tr!("1\u{a0}trial").to_owned(),
        trials => tr!("{trials}\u{a0}trials", trials = grouped(trials)),
    }
}

fn cell_words(figure: &Figure, cell: &CellRecord) -> String {
    if let Some(pruning) = cell.pruning {
        return search_words(cell, pruning);
    }
    let mut text = format!("r̃ = {}", rounded(cell.x, (0, 2)));
    if let Some(swept) = figure.swept {
        text.push_str(&format!(", {swept} = {}", rounded(cell.y, (0, 2))));
    }
    let trials = cell.ends.len();
    if figure.swept.is_none() {
        let mean = if figure.number == 3 { cell.rate } else { cell.relative_error };
        if let Some(mean) = mean {
            let [value, deviation] = [(mean.value, 5), (mean.deviation, 2)].map(|(x, digits)| significant(x, digits));
            text.push_str(&format!(": {} {value} ± {deviation}, n = {trials}", translate(figure.y)));
        }
        return text;
    }
    let success = cell.count(Outcome::Success);
    text.push_str(&tr!(": {success} of\u{a0}{trials} succeed", success, trials));
    if let Some(share) = share(success, trials) {
        let [low, high] = [share.low, share.high].map(|x| format!("{x:.2}"));
        text.push_str(&tr!(" ({low} to {high})", low, high));
    }
    let (elsewhere, cap) = (cell.count(Outcome::StoppedElsewhere), cell.count(Outcome::StepCap));
    text.push_str(&tr!(", {elsewhere} stopped elsewhere, {cap} reached the step cap", elsewhere, cap));
    if cell.redraw == Redraw::Start {
        text.push_str(tr!("; they differ in their start alone"));
    }
    text
}

/// What is told of a cell of searches for a mask.
fn search_words(cell: &CellRecord, pruning: Pruning) -> String {
    let spec = cell.spec_of(0);
    let trained = match pruning.restart {
        Restart::Rewind => tr!("trained from M ⊙ W(0)").to_owned(),
        Restart::Fresh(distance) => {
            tr!("trained from a fresh direction at {distance}", distance = rounded(distance, (0, 2)))
        }
    };
    let (percent, method) = (rounded(100.0 * pruning.ratio, (0, 1)), pruning.method.name());
    let pruned = match pruning.rounds {
        1 => tr!("{percent} % pruned by {method}", percent, method),
        rounds => tr!("{percent} % pruned by {method} in {rounds} rounds", percent, method, rounds),
    };
    let means = [(tr!("mask accuracy"), cell.mask_accuracy), (tr!("test error"), cell.test_error)];
    let means = means.into_iter().filter_map(|(name, mean)| {
        let mean = mean?;
        // Equal numbers differ by rounding.
        let deviation = if mean.deviation < 1e-9 { 0.0 } else { mean.deviation };
        Some(format!("{name} {} ± {}", significant(mean.value, 3), significant(deviation, 2)))
    });
    tr!(
        "N = {samples}, {pruned} from λ = {start}, {trained}: {means}, n = {n}",
        samples = grouped(spec.samples),
        pruned,
        start = rounded(spec.start_distance, (0, 3)),
        trained,
        means = means.collect::<Vec<_>>().join(", "),
        n = cell.ends.len(),
    )
}

/// The points of the shown series as a table, for figures whose points are not those of single cells.
fn points(figure: &Figure, record: &Record, shown: &[usize]) -> Table {
    let series = record.reading.measured.iter().filter(|series| shown.contains(&series.series));
    let rows = series.flat_map(|series| {
        series.points.iter().map(|point| {
            let told = |value: Option<f64>| value.map_or("–".to_owned(), |value| significant(value, 4));
            let value = point.censored.map_or_else(|| told(point.y), |side| side.words().to_owned());
            let x = rounded(point.x, (0, 3));
            let row = [translate(figure.series[series.series]).to_owned(), x, grouped(point.trials), value];
            row.into_iter().chain([told(point.low), told(point.high), told(point.median)]).map(Into::into).collect()
        })
    });
    let ends = [tr!("lower end"), tr!("upper end"), tr!("median")];
    let columns = [[tr!("series"), translate(figure.x), "n", translate(figure.y)].as_slice(), &ends].concat();
    Table { columns: columns.into_iter().map(str::to_owned).collect(), rows: rows.collect() }
}

fn row(figure: &Figure, record: &Record, cell: &CellRecord) -> Vec<crate::session::tables::Cell> {
    let point = record.reading.measured.iter().find(|series| series.series == cell.series);
    let point = point.and_then(|series| series.points.iter().find(|point| point.x == cell.x));
    let value = point.and_then(|point| {
        let [y, low, high] = [point.y?, point.low?, point.high?].map(|x| significant(x, 4));
        Some(match figure.swept {
            Some(_) => tr!("{y} ({low} to {high})", y, low, high),
            None => tr!("{y} ({low}, {high})", y, low, high),
        })
    });
    let censored = point.and_then(|point| point.censored).map(|side| side.words().to_owned());
    let mut row = vec![translate(figure.series[cell.series]).to_owned(), rounded(cell.x, (0, 2))];
    row.extend(figure.swept.map(|_| rounded(cell.y, (0, 2))));
    row.extend([cell.ends.len()].map(grouped));
    row.extend([Outcome::Success, Outcome::StoppedElsewhere, Outcome::StepCap].map(|end| grouped(cell.count(end))));
    row.push(value.or(censored).unwrap_or_else(|| "–".to_owned()));
    row.into_iter().map(Into::into).collect()
}
