//! What the page says of a search, in words.

use super::{Hunt, Searching, problem_of};
use crate::language::{message, tr};
use crate::notation::{grouped, rounded, significant};
use crate::pruning::Lot;
use crate::session::tables::Table;
use crate::spec::Spec;
use crate::spec::fields::differences;
use crate::trials::{Stage, Staged, TEST_SAMPLES, Ticket};

/// A number of a round, with what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: &'static str,
    /// The number, with where it comes from.
    pub value: String,
}

impl Searching {
    /// What the button says that pauses.
    pub fn button(&self) -> &'static str {
        match &self.hunt {
            Some(hunt) if hunt.waits => tr!("Next round"),
            Some(hunt) if hunt.paused => tr!("Go on"),
            _ => tr!("Pause"),
        }
    }

    /// Whether there is something to pause.
    pub fn goes_on(&self) -> bool {
        self.hunt.as_ref().is_some_and(|hunt| !hunt.is_complete())
    }

    /// How far it is.
    pub fn progress(&self) -> String {
        let Some(hunt) = &self.hunt else { return String::new() };
        let (done, all) = (hunt.rounds.len(), hunt.pruning.rounds);
        let way = hunt.on_the_way.map_or(String::new(), |(_, steps, error)| {
            let (steps, error) = (grouped(steps as usize), significant(error, 3));
            format!(": {}", tr!("{steps} steps, test error {error}", steps, error))
        });
        if hunt.is_complete() {
            return match all {
                1 => tr!("1 round of pruning, all done").to_owned(),
                _ => tr!("{all} rounds of pruning, all done", all),
            };
        }
        if hunt.is_over() {
            return format!("{}{way}", tr!("the lottery"));
        }
        if hunt.waits {
            return tr!("round {round} of {all} is done", round = done - 1, all);
        }
        let what = match done {
            0 => tr!("the dense network").to_owned(),
            _ => tr!("round {round} of {all}", round = done, all),
        };
        let paused = if hunt.paused { format!(", {}", tr!("paused")) } else { String::new() };
        format!("{what}{paused}{way}")
    }

    /// The numbers of the round that is looked at.
    pub fn facts(&self) -> Vec<Fact> {
        let Some((hunt, round)) = self.hunt.as_ref().zip(self.shown()) else { return Vec::new() };
        let Staged { ticket, test_error, .. } = &round.staged;
        let told = |x: f64| significant(x, 3);
        let chance = 1.0 - ticket.pruning_ratio;
        let stop = match ticket.stop_reason.as_deref() {
            Some("converged") => tr!("came to rest"),
            Some("max_steps") => tr!("step cap"),
            _ => tr!("diverged"),
        };
        let fact = |name, value| Fact { name, value };
        vec![
            fact(tr!("Round"), tr!("{round} of {all}", round = ticket.round, all = hunt.pruning.rounds)),
            fact(
                tr!("Pruned"),
                tr!(
                    "{share} %, {weights} left",
                    share = rounded(100.0 * ticket.pruning_ratio, (1, 1)),
                    weights = amount(ticket)
                ),
            ),
            fact(
                tr!("Mask accuracy"),
                tr!(
                    "{accuracy} (at chance {chance})",
                    accuracy = rounded(ticket.mask_accuracy, (2, 2)),
                    chance = rounded(chance, (2, 2))
                ),
            ),
            fact(tr!("Effective width"), tr!("r̃ = {width} by (5)", width = rounded(ticket.effective_width, (2, 2)))),
            fact(
                tr!("Test error"),
                tr!(
                    "{expected} in closed form, {measured} on {count} fresh samples",
                    expected = told(ticket.test_error_expected),
                    measured = told(*test_error),
                    count = grouped(TEST_SAMPLES)
                ),
            ),
            fact(
                tr!("Untrained"),
                tr!(
                    "{error}, at a distance of {distance} |W*|",
                    error = told(round.staged.start_error),
                    distance = told(ticket.start_distance)
                ),
            ),
            fact(
                tr!("Training"),
                tr!(
                    "{steps} steps, {stop}; relative error {error}",
                    steps = grouped(ticket.steps),
                    stop,
                    error = told(ticket.relative_error)
                ),
            ),
            fact(tr!("Digest"), ticket.digest.clone()),
        ]
    }

    /// What is special about the round that is looked at, in a sentence; empty if nothing is.
    pub fn remark(&self) -> String {
        let Some((hunt, round)) = self.hunt.as_ref().zip(self.shown()) else { return String::new() };
        let ticket = &round.staged.ticket;
        let mut sentences = Vec::new();
        match ticket.empty_neurons {
            0 => {}
            1 => {
                sentences.push(tr!("One neuron has no weight left: its output is 0, and it learns no more.").to_owned())
            }
            neurons => sentences.push(tr!(
                "{neurons} neurons have no weight left: their output is 0, and they learn no more.",
                neurons
            )),
        }
        if weights(ticket) == 1 {
            sentences.push(tr!("One weight is left: the least that stays.").to_owned());
        }
        let before = self.rounds().1.checked_sub(1).map(|before| &hunt.rounds[before].staged.ticket);
        if before.is_some_and(|before| weights(before) == weights(ticket)) {
            let nothing = tr!("This round prunes nothing: its share of what is left is less than one weight.");
            sentences.push(nothing.to_owned());
        }
        if hunt.spec.samples < hunt.spec.neurons {
            sentences.push(tr!("There are fewer samples than neurons.").to_owned());
        }
        sentences.join(" ")
    }

    /// Whose oracle and samples the search has, beside the run of `spec` that the lab shows.
    pub fn whose(&self, spec: &Spec) -> String {
        let Some(hunt) = &self.hunt else { return String::new() };
        let apart: Vec<&str> = differences(&problem_of(spec), &hunt.spec).iter().map(|field| field.symbol).collect();
        if apart.is_empty() {
            tr!("The search is for the run of the lab.").to_owned()
        } else {
            tr!("The run of the lab is another one by now: it differs in {fields}.", fields = apart.join(", "))
        }
    }

    /// What came out of the lottery; empty before its end.
    pub fn lottery(&self) -> String {
        let Some(hunt) = &self.hunt else { return String::new() };
        let [Some(rewound), Some(redrawn), Some(random)] = &hunt.lots else { return String::new() };
        let told = |staged: &Staged| significant(staged.ticket.test_error_expected, 3);
        let error = |staged: &Staged| staged.ticket.test_error_expected;
        // What reads the same is called the same.
        let verdict = if told(rewound) == told(redrawn) {
            tr!("The start makes no difference here")
        } else if error(rewound) < error(redrawn).min(error(random)) {
            tr!("Rewound, the ticket ends lowest")
        } else {
            tr!("Rewound, the ticket does not end lowest")
        };
        tr!(
            "{verdict}: from M ⊙ W(0) its test error ends at {rewound}, from another direction at the same distance \
             ({distance} |W*|) at {redrawn}; with {weights} at random (mask accuracy {accuracy}) at {random}.",
            verdict,
            rewound = told(rewound),
            distance = significant(redrawn.ticket.start_distance, 2),
            redrawn = told(redrawn),
            weights = amount(&random.ticket),
            accuracy = rounded(random.ticket.mask_accuracy, (2, 2)),
            random = told(random)
        )
    }

    /// The last round that is done, or the lottery once it is, in a sentence for who cannot see them.
    pub fn news(&self) -> String {
        let Some((hunt, round)) = self.hunt.as_ref().and_then(|hunt| hunt.rounds.last().map(|round| (hunt, round)))
        else {
            return String::new();
        };
        let lottery = self.lottery();
        if !lottery.is_empty() {
            return format!("{} {lottery}", tr!("The lottery is drawn."));
        }
        let ticket = &round.staged.ticket;
        let what = match hunt.pruning.rounds {
            _ if ticket.round == 0 => tr!("The dense network is trained").to_owned(),
            1 if hunt.is_over() => tr!("The search has ended after one round").to_owned(),
            all if hunt.is_over() => tr!("The search has ended after {all} rounds", all),
            all => tr!("Round {round} of {all} is done", round = ticket.round, all),
        };
        let told = tr!(
            "{what}: {share} % pruned, mask accuracy {accuracy}, test error {error}.",
            what,
            share = rounded(100.0 * ticket.pruning_ratio, (0, 1)),
            accuracy = rounded(ticket.mask_accuracy, (2, 2)),
            error = significant(ticket.test_error_expected, 3)
        );
        if hunt.waits { format!("{told} {}", tr!("The next one waits.")) } else { told }
    }

    /// The text alternative of the masks.
    pub fn masks_words(&self) -> String {
        let Some(round) = self.shown() else { return String::new() };
        let agreement = round.staged.ticket.mask_weights;
        tr!(
            "Masks after round {round}: {kept} weights kept, {missed} missed, {extra} extra.",
            round = round.staged.ticket.round,
            kept = agreement.kept,
            missed = agreement.missed,
            extra = agreement.extra
        )
    }

    /// The rounds as a table, and the lots after them.
    pub fn table(&self) -> Option<Table> {
        let hunt = self.hunt.as_ref()?;
        let columns = [
            "",
            tr!("pruned"),
            tr!("weights"),
            tr!("mask accuracy"),
            "r̃",
            tr!("untrained"),
            tr!("test error"),
            tr!("on fresh samples"),
            tr!("steps"),
            tr!("digest"),
        ];
        let rows = all(hunt).map(|(network, staged)| {
            let Staged { ticket, test_error, start_error, .. } = staged;
            let told = |x: f64| significant(x, 4);
            let row = [
                name(network),
                format!("{} %", rounded(100.0 * ticket.pruning_ratio, (1, 1))),
                grouped(weights(ticket)),
                rounded(ticket.mask_accuracy, (2, 4)),
                rounded(ticket.effective_width, (2, 2)),
                told(*start_error),
                told(ticket.test_error_expected),
                told(*test_error),
                grouped(ticket.steps),
                ticket.digest.clone(),
            ];
            row.into_iter().map(Into::into).collect()
        });
        Some(Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() })
    }

    /// The same as comma-separated values.
    pub fn csv(&self) -> Option<String> {
        let hunt = self.hunt.as_ref()?;
        let mut text = "network,pruning_ratio,weights,mask_accuracy,effective_width,start_distance,start_error,test_error_expected,\
                        test_error,steps,relative_error,digest\n"
            .to_owned();
        for (network, staged) in all(hunt) {
            let Staged { ticket, test_error, start_error, .. } = staged;
            let Ticket { pruning_ratio, mask_accuracy, effective_width, start_distance, steps, .. } = ticket;
            let name = written(network);
            text.push_str(&format!(
                "{name},{pruning_ratio},{},{mask_accuracy},{effective_width},{start_distance},{start_error},{},{test_error},{steps},{},{}\n",
                weights(ticket),
                ticket.test_error_expected,
                ticket.relative_error,
                ticket.digest
            ));
        }
        Some(text)
    }
}

/// All networks that were trained.
fn all(hunt: &Hunt) -> impl Iterator<Item = (Stage, &Staged)> {
    let rounds = hunt.rounds.iter().zip(0..).map(|(round, number)| (Stage::Round(number), &round.staged));
    let lots = hunt.lots.iter().zip(Lot::ALL).filter_map(|(lot, which)| Some((Stage::Lot(which), lot.as_ref()?)));
    rounds.chain(lots)
}

/// What a network is called on the page.
fn name(network: Stage) -> String {
    match network {
        Stage::Round(round) => tr!("round {round}", round),
        Stage::Lot(lot) => lot.name().to_owned(),
    }
}

/// What it is called in a file, whatever language is spoken.
fn written(network: Stage) -> String {
    match network {
        Stage::Round(round) => "round ".to_owned() + &round.to_string(),
        Stage::Lot(Lot::Rewound) => message!("rewound").to_owned(),
        Stage::Lot(Lot::Redrawn) => message!("re-drawn start").to_owned(),
        Stage::Lot(Lot::RandomMask) => message!("random mask").to_owned(),
    }
}

/// "100 weights".
fn amount(ticket: &Ticket) -> String {
    match weights(ticket) {
        1 => tr!("1 weight").to_owned(),
        count => tr!("{count} weights", count = grouped(count)),
    }
}

fn weights(ticket: &Ticket) -> usize {
    ticket.mask_weights.kept + ticket.mask_weights.extra
}
