//! `winning-ticket prune`: a mask is sought by pruning, round by round.

use anyhow::Result;
use clap::{Arg, ArgMatches, Command};
use indicatif::ProgressBar;

use super::mistake::Mistake;
use super::run::{course, on_all_cores};
use super::{output, spec_flags};
use crate::charts::{Palette, to_svg};
use crate::link::{Link, quoted};
use crate::network::test_error;
use crate::notation::significant;
use crate::pause::{Pause, finish};
use crate::pruning::{Asked, Bad, IMP, Pruning, Search};
use crate::spec::{Spec, Start};
use crate::trials::{Provenance, SearchRecord, TEST_SAMPLES, Ticket, json_lines, run_arrays};

/// Steps between two looks at the progress bar.
const STRIDE: usize = 20;

/// Its flags.
pub fn command() -> Command {
    let flag = |name: &'static str, value: &'static str, help: String| {
        Arg::new(name).long(name).value_name(value).allow_negative_numbers(true).help(help)
    };
    Command::new("prune")
        .about("Seek a mask by pruning a dense network")
        .long_about(
            "Train a dense network, prune the weights that score lowest over all neurons together, and train what is left, \
             the ticket. magnitude ranks by |w| after training, untrained by |w| of the start, grasp by GraSP as published \
             (the largest −w · Ĥg are pruned first), grasp-abs by the size of that, both after 20 steps; imp is magnitude in \
             rounds, each ticket rewound to the start. The dense network starts at distance λ from the oracle.",
        )
        .arg(flag("method", "HOW", format!("One of {} [default: {IMP}]", Asked::methods())))
        .arg(flag("ratio", "SHARE", format!("Share of the weights pruned in the end, from 0 to below 1 [default: {}]", Asked::RATIO)))
        .arg(flag(
            "rounds",
            "N",
            format!(
                "Rounds in which the ratio is reached, each of which prunes the same share of what is left, from 1 to {} [default: \
                 1; with imp as many as come nearest to a fifth a round]",
                Pruning::MOST_ROUNDS
            ),
        ))
        .arg(flag(
            "restart",
            "FROM",
            "From where a ticket is trained: rewind, what the mask keeps of the dense start, or a distance in |W*| from 0 to 2, at \
             which a fresh direction is drawn [default: rewind with imp, else the start's distance λ]"
                .to_owned(),
        ))
        .args(spec_flags::args(|field| !["mask", "missed", "extra", "paint", "start"].contains(&field.key)))
        .arg(output::arg("json", "Write the rounds as JSON"))
        .arg(output::arg("npz", "Write data, masks, weights and the course of the last ticket as NumPy arrays"))
        .arg(output::arg("svg", "Draw the relative error of the last ticket over the iterations"))
}

/// Runs it.
pub fn execute(flags: &ArgMatches) -> Result<()> {
    // The dense network starts in the ball, whatever a link says.
    let spec = Spec { start: Start::Ball, ..spec_flags::read(flags)? };
    let pruning = pruning(flags, &spec)?;
    let [json, npz, svg] = output::check(flags, ["json", "npz", "svg"])?;

    let (search, tickets) = on_all_cores(|pause| tickets(&spec, pruning, pause));
    let last = search.ticket();
    if let Some(output) = &json {
        let tickets = tickets.iter().map(|(ticket, test_error)| (ticket, *test_error));
        output.write(&json_lines(&SearchRecord::new(&spec, pruning, tickets))?)?;
    }
    if let Some(output) = &npz {
        let status = tickets.last().map_or(String::new(), |(ticket, _)| sentence(ticket));
        let link = format!("#{}", Link { pruning: Some(pruning), ..Link::from(spec.clone()) }.fragment());
        let provenance = Provenance::of_trainer(&spec, link, status, last);
        output.write(&run_arrays(&spec, last, search.ticket_start(), &provenance))?;
    }
    if let Some(output) = &svg {
        let title = tickets.last().map_or(String::new(), |(ticket, _)| sentence(ticket));
        output.write(to_svg(&course(last.relative_error(), spec.max_steps), &Palette::LIGHT, &title).as_bytes())?;
    }
    if [&json, &npz, &svg].into_iter().all(Option::is_none) {
        let lines: Vec<String> = tickets.iter().map(|(ticket, _)| sentence(ticket) + "\n").collect();
        output::print(lines.concat().as_bytes())?;
    }
    Ok(())
}

/// Goes through all rounds; each ticket with its test error on fresh samples.
fn tickets(spec: &Spec, pruning: Pruning, pause: &Pause) -> (Search, Vec<(Ticket, f64)>) {
    let mut search = finish(Search::new_in_slices(spec, pruning, pause));
    let bar = ProgressBar::new(u64::from(pruning.rounds + 1) * spec.max_steps as u64);
    let mut tickets = Vec::new();
    loop {
        while search.ticket().stopped().is_none() {
            finish(search.train_in_slices(STRIDE, pause));
            bar.set_position(u64::from(search.round()) * spec.max_steps as u64 + search.ticket().steps() as u64);
        }
        let ticket = search.ticket();
        let measured = test_error(spec, ticket.problem(), ticket.mask(), ticket.weights(), TEST_SAMPLES);
        tickets.push((Ticket::of(&search), measured));
        if search.is_last() {
            bar.finish_and_clear();
            return (search, tickets);
        }
        finish(search.prune_in_slices(pause));
    }
}

/// The flags of this subcommand alone.
fn pruning(flags: &ArgMatches, spec: &Spec) -> Result<Pruning, Mistake> {
    let text = |flag: &str| flags.get_one::<String>(flag).cloned().unwrap_or_default();
    let asked =
        Asked { method: text("method"), ratio: text("ratio"), rounds: text("rounds"), restart: text("restart") };
    asked.read(spec).map_err(|Bad { field, value, accepted }| Mistake::Value {
        flag: field,
        value: quoted(&value),
        accepted,
    })
}

fn sentence(ticket: &Ticket) -> String {
    let Ticket { round, pruning_ratio, mask_accuracy, effective_width, steps, .. } = ticket;
    let kept = ticket.mask_weights.kept + ticket.mask_weights.extra;
    let empty = match ticket.empty_neurons {
        0 => String::new(),
        1 => ", one neuron without a weight".to_owned(),
        neurons => format!(", {neurons} neurons without a weight"),
    };
    let [relative, test] = [ticket.relative_error, ticket.test_error_expected].map(|error| significant(error, 3));
    format!(
        "round {round}: {:.1} % pruned, {kept} weights{empty}; mask accuracy {mask_accuracy:.2}, r̃ = {effective_width:.2}; {steps} \
         steps, {}; relative error {relative}, test error {test} expected; digest {}",
        100.0 * pruning_ratio,
        ticket.stop_reason.as_deref().unwrap_or("going on"),
        ticket.digest
    )
}
