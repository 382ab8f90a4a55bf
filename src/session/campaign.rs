//! The probes of the present setting. They have starts of their own, so they outlive a change of λ; those of an older
//! setting stay visible, faded, until new ones come.

use std::collections::BTreeSet;

use crate::language::tr;
use crate::notation::duration;
use crate::spec::Spec;
use crate::trials::{Ledger, Plan, Probe, Probing, Radius, probe_spec};

/// Probes that a setting gets.
const MOST_PROBES: u32 = 96;
/// Finished probes that an estimate of the time left needs.
const FEWEST: usize = 3;

/// The probes of one setting.
#[derive(Debug)]
pub struct Campaign {
    /// Number that requests carry.
    pub number: u32,
    plan: Plan<Probing>,
    ledger: Ledger<Probe>,
    // those that a worker has
    asked: BTreeSet<u32>,
    // those of the ledger, or of an older setting
    shown: Vec<Probe>,
    radius: Radius,
    stale: bool,
    // milliseconds that its finished probes took, all together
    time: f64,
}

impl Campaign {
    /// For the setting of `spec`, under this number.
    pub fn new(number: u32, spec: &Spec) -> Self {
        Self::of_so_many(number, spec, MOST_PROBES)
    }

    /// Without any, under this number.
    pub fn none(number: u32) -> Self {
        Self::of_so_many(number, &Spec::default(), 0)
    }

    fn of_so_many(number: u32, spec: &Spec, probes: u32) -> Self {
        let plan = Probing::plan(spec, None, probes);
        Self {
            number,
            ledger: Ledger::new(&plan),
            plan,
            asked: BTreeSet::new(),
            shown: Vec::new(),
            radius: Radius::Unclear,
            stale: false,
            time: 0.0,
        }
    }

    /// Goes on to the setting of `spec` under a new number, if it differs.
    pub fn follow(&mut self, number: u32, spec: &Spec) {
        let next = Self::new(number, spec);
        if next.plan != self.plan {
            let shown = std::mem::take(&mut self.shown);
            *self = Self { shown, radius: self.radius, stale: true, ..next };
        }
    }

    /// The next probe to ask a worker for, and the Spec that is probed; none once all are under way or done.
    pub fn ask(&mut self) -> Option<(u32, &Spec)> {
        let number = self.ledger.open(&self.plan).find(|number| !self.asked.contains(number))?;
        self.asked.insert(number);
        self.plan.trial(number).map(|trial| (number, trial.cell.spec()))
    }

    /// Whether there are probes to ask a worker for.
    pub fn is_open(&self) -> bool {
        self.ledger.open(&self.plan).any(|number| !self.asked.contains(&number))
    }

    /// Probe `index` will not come back; it is asked for again.
    pub fn lose(&mut self, index: u32) {
        self.asked.remove(&index);
    }

    /// None of those under way will come back; they are asked for again.
    pub fn lose_all(&mut self) {
        self.asked.clear();
    }

    /// A probe has ended, after so many milliseconds.
    pub fn take(&mut self, probe: Probe, took: f64) {
        self.asked.remove(&probe.index);
        // The same again, from a worker that was taken for dead, changes nothing.
        if self.ledger.take(probe.index, probe) == Ok(true) {
            self.time += took;
            self.stale = false;
            self.shown = self.ledger.results().copied().collect();
            self.radius = Radius::of(&self.shown);
        }
    }

    /// The run that a finished probe of the present setting was.
    pub fn spec_of(&self, index: u32) -> Option<Spec> {
        let probe = self.shown.iter().find(|probe| probe.index == index && !self.stale)?;
        let trial = self.plan.trial(index)?;
        Some(probe_spec(trial.cell.spec(), index, probe.distance))
    }

    /// The probes to show.
    pub fn probes(&self) -> &[Probe] {
        &self.shown
    }

    /// How far it is: "14 of 96 probes, about 2 min left" with `workers` at work; nothing once all are done. What is left is
    /// estimated from the finished ones.
    pub fn progress(&self, workers: usize) -> String {
        if self.is_complete() {
            return String::new();
        }
        let (done, all) = (self.ledger.done() as usize, self.plan.len() as usize);
        if done < FEWEST {
            return tr!("{done} of\u{a0}{all} probes", done, all);
        }
        let rounds = (all - done) as f64 / workers.max(1) as f64;
        let left = duration(1e-3 * self.time / done as f64 * rounds);
        tr!("{done} of\u{a0}{all} probes, about {left} left", done, all, left)
    }

    /// How many of the present setting are still to come.
    pub fn left(&self) -> u32 {
        self.plan.len() - self.ledger.done()
    }

    /// Whether all of them are there.
    pub fn is_complete(&self) -> bool {
        self.ledger.is_complete()
    }

    /// The radius they measure.
    pub fn radius(&self) -> Radius {
        self.radius
    }

    /// Whether they belong to an older setting.
    pub fn is_stale(&self) -> bool {
        self.stale
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::{Outcome, probe_distance};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// A made-up probe that succeeds near the oracle.
    fn probe(index: u32) -> Probe {
        let distance = probe_distance(index);
        let outcome = if distance < 0.8 { Outcome::Success } else { Outcome::StoppedElsewhere };
        Probe { index, distance, outcome, steps: 100 + index, falling: false, reach: None }
    }

    #[test]
    fn what_is_measured_does_not_depend_on_the_order_of_the_answers() {
        let (mut forwards, mut backwards) = (Campaign::new(1, &Spec::default()), Campaign::new(1, &Spec::default()));
        for index in 0..MOST_PROBES {
            forwards.take(probe(index), 1.0);
            backwards.take(probe(MOST_PROBES - 1 - index), 1.0);
        }
        assert_eq!(forwards.probes(), backwards.probes());
        assert_eq!(forwards.radius(), backwards.radius());
        assert_eq!(forwards.progress(1), "");
    }

    #[test]
    fn each_probe_is_asked_for_once_unless_it_is_lost() {
        let mut campaign = Campaign::new(1, &Spec::default());
        let asked: Vec<u32> = std::iter::from_fn(|| campaign.ask().map(|(index, _)| index)).collect();
        assert_eq!(asked, (0..MOST_PROBES).collect::<Vec<_>>());
        campaign.lose(17);
        assert_eq!(campaign.ask().map(|(index, _)| index), Some(17));
        campaign.take(probe(17), 1.0);
        campaign.take(probe(17), 1.0);
        assert_eq!(campaign.ask(), None);
        assert_eq!(campaign.probes().len(), 1);
    }

    #[test]
    fn progress_counts_the_probes_and_tells_the_time_left() {
        let mut campaign = Campaign::new(1, &Spec::default());
        assert_eq!(campaign.progress(3), "0 of\u{a0}96 probes");
        for index in 0..6 {
            campaign.take(probe(index), 4000.0);
        }
        let left = duration(4.0 * 90.0 / 3.0);
        assert_eq!(campaign.progress(3), format!("6 of\u{a0}96 probes, about {left} left"));
    }

    #[test]
    fn another_start_keeps_the_probes_and_another_setting_fades_them() {
        let spec = Spec::default();
        let mut campaign = Campaign::new(1, &spec);
        campaign.take(probe(5), 1.0);
        campaign.follow(2, &Spec { start_distance: 1.0, ..spec.clone() });
        assert_eq!((campaign.number, campaign.is_stale()), (1, false));
        let own = campaign.spec_of(5).expect("a probe of this setting");
        assert_eq!(own.start_distance, probe_distance(5));
        let other = Spec { samples: 700, ..spec };
        campaign.follow(3, &other);
        assert_eq!((campaign.number, campaign.is_stale(), campaign.probes().len()), (3, true, 1));
        assert_eq!((campaign.spec_of(5), campaign.progress(1).as_str()), (None, "0 of\u{a0}96 probes"));
        assert_eq!(campaign.ask().map(|(index, spec)| (index, spec.samples)), Some((0, 700)));
        campaign.take(probe(0), 1.0);
        assert_eq!((campaign.is_stale(), campaign.probes()), (false, &[probe(0)][..]));
    }
}
