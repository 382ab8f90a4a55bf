//! What the page says of a search, in words.

use super::{Hunt, Searching, problem_of};
use crate::notation::{grouped, rounded, significant};
use crate::pruning::Lot;
use crate::session::tables::Table;
use crate::spec::Spec;
use crate::spec::fields::differences;
use crate::trials::{Staged, TEST_SAMPLES, Ticket};

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
            Some(hunt) if hunt.waits => "Next round",
            Some(hunt) if hunt.paused => "Go on",
            _ => "Pause",
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
            format!(": {} steps, test error {}", grouped(steps as usize), significant(error, 3))
        });
        if hunt.is_complete() {
            return format!("{all} {} of pruning, all done", if all == 1 { "round" } else { "rounds" });
        }
        if hunt.is_over() {
            return format!("the lottery{way}");
        }
        if hunt.waits {
            return format!("round {} of {all} is done", done - 1);
        }
        let what = if done == 0 { "the dense network".to_owned() } else { format!("round {done} of {all}") };
        let paused = if hunt.paused { ", paused" } else { "" };
        format!("{what}{paused}{way}")
    }

    /// The numbers of the round that is looked at.
    pub fn facts(&self) -> Vec<Fact> {
        let Some((hunt, round)) = self.hunt.as_ref().zip(self.shown()) else { return Vec::new() };
        let Staged { ticket, test_error, .. } = &round.staged;
        let told = |x: f64| significant(x, 3);
        let chance = 1.0 - ticket.pruning_ratio;
        let stop = match ticket.stop_reason.as_deref() {
            Some("converged") => "came to rest",
            Some("max_steps") => "step cap",
            _ => "diverged",
        };
        let fact = |name, value| Fact { name, value };
        vec![
            fact("Round", format!("{} of {}", ticket.round, hunt.pruning.rounds)),
            fact("Pruned", format!("{} %, {} left", rounded(100.0 * ticket.pruning_ratio, (1, 1)), amount(ticket))),
            fact(
                "Mask accuracy",
                format!("{} (at chance {})", rounded(ticket.mask_accuracy, (2, 2)), rounded(chance, (2, 2))),
            ),
            fact("Effective width", format!("r̃ = {} by (5)", rounded(ticket.effective_width, (2, 2)))),
            fact(
                "Test error",
                format!(
                    "{} in closed form, {} on {} fresh samples",
                    told(ticket.test_error_expected),
                    told(*test_error),
                    grouped(TEST_SAMPLES)
                ),
            ),
            fact(
                "Untrained",
                format!("{}, at a distance of {} |W*|", told(round.staged.start_error), told(ticket.start_distance)),
            ),
            fact(
                "Training",
                format!("{} steps, {stop}; relative error {}", grouped(ticket.steps), told(ticket.relative_error)),
            ),
            fact("Digest", ticket.digest.clone()),
        ]
    }

    /// What is special about the round that is looked at, in a sentence; empty if nothing is.
    pub fn remark(&self) -> String {
        let Some((hunt, round)) = self.hunt.as_ref().zip(self.shown()) else { return String::new() };
        let ticket = &round.staged.ticket;
        let mut sentences = Vec::new();
        match ticket.empty_neurons {
            0 => {}
            1 => sentences.push("One neuron has no weight left: its output is 0, and it learns no more.".to_owned()),
            neurons => sentences
                .push(format!("{neurons} neurons have no weight left: their output is 0, and they learn no more.")),
        }
        if weights(ticket) == 1 {
            sentences.push("One weight is left: the least that stays.".to_owned());
        }
        let before = self.rounds().1.checked_sub(1).map(|before| &hunt.rounds[before].staged.ticket);
        if before.is_some_and(|before| weights(before) == weights(ticket)) {
            sentences.push("This round prunes nothing: its share of what is left is less than one weight.".to_owned());
        }
        if hunt.spec.samples < hunt.spec.neurons {
            sentences.push("There are fewer samples than neurons.".to_owned());
        }
        sentences.join(" ")
    }

    /// Whose oracle and samples the search has, beside the run of `spec` that the lab shows.
    pub fn whose(&self, spec: &Spec) -> String {
        let Some(hunt) = &self.hunt else { return String::new() };
        let apart: Vec<&str> = differences(&problem_of(spec), &hunt.spec).iter().map(|field| field.symbol).collect();
        if apart.is_empty() {
            "The search is for the run of the lab.".to_owned()
        } else {
            format!("The run of the lab is another one by now: it differs in {}.", apart.join(", "))
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
            "The start makes no difference here"
        } else if error(rewound) < error(redrawn).min(error(random)) {
            "Rewound, the ticket ends lowest"
        } else {
            "Rewound, the ticket does not end lowest"
        };
        format!(
            "{verdict}: from M ⊙ W(0) its test error ends at {}, from another direction at the same distance ({} |W*|) at {}; \
             with {} at random (mask accuracy {}) at {}.",
            told(rewound),
            significant(redrawn.ticket.start_distance, 2),
            told(redrawn),
            amount(&random.ticket),
            rounded(random.ticket.mask_accuracy, (2, 2)),
            told(random)
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
            return format!("The lottery is drawn. {lottery}");
        }
        let ticket = &round.staged.ticket;
        let what = match hunt.pruning.rounds {
            _ if ticket.round == 0 => "The dense network is trained".to_owned(),
            all if hunt.is_over() => format!(
                "The search has ended after {}",
                if all == 1 { "one round".to_owned() } else { format!("{all} rounds") }
            ),
            all => format!("Round {} of {all} is done", ticket.round),
        };
        let waits = if hunt.waits { " The next one waits." } else { "" };
        format!(
            "{what}: {} % pruned, mask accuracy {}, test error {}.{waits}",
            rounded(100.0 * ticket.pruning_ratio, (0, 1)),
            rounded(ticket.mask_accuracy, (2, 2)),
            significant(ticket.test_error_expected, 3)
        )
    }

    /// The text alternative of the masks.
    pub fn masks_words(&self) -> String {
        let Some(round) = self.shown() else { return String::new() };
        let agreement = round.staged.ticket.mask_weights;
        format!(
            "Masks after round {}: {} weights kept, {} missed, {} extra.",
            round.staged.ticket.round, agreement.kept, agreement.missed, agreement.extra
        )
    }

    /// The rounds as a table, and the lots after them.
    pub fn table(&self) -> Option<Table> {
        let hunt = self.hunt.as_ref()?;
        let columns = [
            "",
            "pruned",
            "weights",
            "mask accuracy",
            "r̃",
            "untrained",
            "test error",
            "on fresh samples",
            "steps",
            "digest",
        ];
        let rows = all(hunt).map(|(name, staged)| {
            let Staged { ticket, test_error, start_error, .. } = staged;
            let told = |x: f64| significant(x, 4);
            let row = [
                name,
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
        for (name, staged) in all(hunt) {
            let Staged { ticket, test_error, start_error, .. } = staged;
            let Ticket { pruning_ratio, mask_accuracy, effective_width, start_distance, steps, .. } = ticket;
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

/// All networks that were trained, each with its name.
fn all(hunt: &Hunt) -> impl Iterator<Item = (String, &Staged)> {
    let rounds = hunt.rounds.iter().map(|round| (format!("round {}", round.staged.ticket.round), &round.staged));
    let lots = hunt.lots.iter().zip(Lot::ALL).filter_map(|(lot, which)| Some((which.name().to_owned(), lot.as_ref()?)));
    rounds.chain(lots)
}

/// "100 weights".
fn amount(ticket: &Ticket) -> String {
    let weights = weights(ticket);
    format!("{} {}", grouped(weights), if weights == 1 { "weight" } else { "weights" })
}

fn weights(ticket: &Ticket) -> usize {
    ticket.mask_weights.kept + ticket.mask_weights.extra
}
