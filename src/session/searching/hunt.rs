//! A search that is run: what is known of its networks, and which is to be trained next.

use std::collections::BTreeSet;

use crate::charts::curves::{Curve, Scale, Snapshot, Style};
use crate::language::tr;
use crate::network::{Mask, Projection, Supports, Weights, draw_oracle};
use crate::pruning::{Lot, Pruning};
use crate::spec::Spec;
use crate::trials::messages::Request;
use crate::trials::{Stage, Staged, bytes_of_a_trial};

/// A round that is done.
#[derive(Debug)]
pub struct Round {
    pub(super) staged: Staged,
    /// What its mask keeps of the oracle.
    pub(super) kept: Projection,
}

/// A search with its rounds and its lottery.
#[derive(Debug)]
pub struct Hunt {
    pub(super) number: u32,
    pub(super) spec: Spec,
    pub(super) pruning: Pruning,
    pub(super) oracle: Weights,
    pub(super) rounds: Vec<Round>,
    pub(super) lots: [Option<Staged>; Lot::ALL.len()],
    pub(super) lots_wanted: bool,
    asked: BTreeSet<u32>,
    /// The network that is being trained, its steps and its test error there.
    pub(super) on_the_way: Option<(u32, u32, f64)>,
    pub(super) paused: bool,
    /// Until the reader lets the next round begin.
    pub(super) waits: bool,
}

impl Hunt {
    pub(super) fn new(number: u32, spec: Spec, pruning: Pruning) -> Self {
        let supports = Supports::draw(&spec);
        Self {
            number,
            oracle: draw_oracle(&spec, supports.mask()),
            spec,
            pruning,
            rounds: Vec::new(),
            lots: [const { None }; Lot::ALL.len()],
            lots_wanted: false,
            asked: BTreeSet::new(),
            on_the_way: None,
            paused: false,
            waits: false,
        }
    }

    /// Whether all rounds are done.
    pub(super) fn is_over(&self) -> bool {
        self.rounds.len() > self.pruning.rounds as usize
    }

    /// Whether nothing is left to do.
    pub(super) fn is_complete(&self) -> bool {
        self.is_over() && (!self.lots_wanted || self.lots.iter().all(Option::is_some))
    }

    pub(super) fn pause(&mut self) {
        if self.waits {
            self.waits = false;
        } else {
            self.paused = !self.paused;
        }
    }

    /// The networks that can be trained now, by their numbers: the rounds one after the other, the lots in any order.
    fn open(&self) -> impl Iterator<Item = u32> {
        let round = (!self.is_over() && !self.waits).then_some(self.rounds.len() as u32);
        let first = self.pruning.rounds + 1;
        let lots = self.lots.iter().zip(first..).filter(|(lot, _)| lot.is_none()).map(|(_, trial)| trial);
        let lots = lots.filter(|_| self.is_over() && self.lots_wanted);
        round.into_iter().chain(lots).filter(|trial| !self.paused && !self.asked.contains(trial))
    }

    pub(super) fn is_open(&self) -> bool {
        self.open().next().is_some()
    }

    pub(super) fn ask(&mut self) -> Option<(u32, Request)> {
        let trial = self.open().next()?;
        self.asked.insert(trial);
        let stage = match trial.checked_sub(self.pruning.rounds + 1) {
            Some(lot) => Stage::Lot(Lot::ALL[lot as usize]),
            None => Stage::Round(trial),
        };
        let last = self.rounds.last().map(|round| &round.staged);
        let supports = match stage {
            Stage::Round(_) => last.and_then(|staged| staged.next.clone()),
            Stage::Lot(_) => last.map(|staged| staged.supports.clone()),
        };
        let (run, spec, pruning) = (self.number, self.spec.clone(), self.pruning);
        Some((trial, Request::Stage { run, spec, pruning, stage, supports: supports.unwrap_or_default(), trial }))
    }

    pub(super) fn bytes(&self) -> u64 {
        bytes_of_a_trial(&self.spec, self.spec.neurons * self.spec.dimension, self.spec.dimension)
    }

    pub(super) fn take(&mut self, trial: u32, staged: Staged, waits_between: bool) {
        if !self.asked.remove(&trial) {
            return;
        }
        self.on_the_way.take_if(|(of, ..)| *of == trial);
        match trial.checked_sub(self.pruning.rounds + 1) {
            Some(lot) => self.lots[lot as usize] = Some(staged),
            None => {
                let kept = self.oracle.projected(Mask::new(self.spec.dimension, &staged.supports));
                self.rounds.push(Round { staged, kept });
                self.waits = waits_between && !self.is_over();
            }
        }
    }

    pub(super) fn lose(&mut self, trial: u32, for_good: bool) {
        if self.asked.remove(&trial) {
            self.paused |= for_good;
            self.on_the_way = None;
        }
    }

    /// Test error of the tickets and of what they began with, over the pruning ratio.
    pub(super) fn course(&self, size: (f64, f64), shown: usize) -> Snapshot {
        let over = |value: fn(&Staged) -> f64| {
            let points = self.rounds.iter().map(|round| (round.staged.ticket.pruning_ratio, value(&round.staged)));
            points.collect()
        };
        let trained = over(|staged| staged.ticket.test_error_expected);
        let untrained = over(|staged| staged.start_error);
        let curves = vec![
            Curve { name: tr!("trained"), style: Style::Learner, points: trained },
            Curve { name: tr!("untrained"), style: Style::Quiet, points: untrained },
        ];
        Snapshot { size, x: Scale::Ratio, curves, marked: Some((0, shown)) }
    }

    /// Test error of the lots over the iterations.
    pub(super) fn lottery(&self, size: (f64, f64)) -> Option<Snapshot> {
        let styles = [Style::Learner, Style::Other, Style::Quiet];
        let curves = self.lots.iter().zip(Lot::ALL).zip(styles).filter_map(|((lot, which), style)| {
            let points = lot.as_ref()?.course.iter().map(|(step, error)| (f64::from(*step), *error)).collect();
            Some(Curve { name: which.name(), style, points })
        });
        let curves: Vec<Curve> = curves.collect();
        (!curves.is_empty()).then_some(Snapshot { size, x: Scale::Steps, curves, marked: None })
    }
}
