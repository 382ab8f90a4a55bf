//! The probes of the present setting. They have starts of their own, so they outlive a change of λ; those of an older
//! setting stay visible, faded, until new ones come.

use crate::link::Link;
use crate::notation::duration;
use crate::spec::Spec;
use crate::trials::{Probe, Radius, probe_spec};

/// Probes that a setting gets.
const MOST_PROBES: usize = 96;
/// Finished probes that an estimate of the time left needs.
const FEWEST: usize = 3;

/// The probes of one setting.
pub struct Campaign {
    /// Number that requests carry.
    pub number: u32,
    spec: Spec,
    // by number: whether a worker has it, or it is done
    asked: Vec<bool>,
    probes: Vec<Probe>,
    radius: Radius,
    stale: bool,
    // milliseconds that its finished probes took, all together
    time: f64,
}

impl Campaign {
    /// For the setting of `spec`, under this number.
    pub fn new(number: u32, spec: &Spec) -> Self {
        Self {
            number,
            spec: setting(spec),
            asked: vec![false; MOST_PROBES],
            probes: Vec::new(),
            radius: Radius::Unclear,
            stale: false,
            time: 0.0,
        }
    }

    /// Goes on to the setting of `spec` under a new number, if it differs.
    pub fn follow(&mut self, number: u32, spec: &Spec) {
        if setting(spec) != self.spec {
            let shown = std::mem::take(&mut self.probes);
            *self = Self { probes: shown, radius: self.radius, stale: true, ..Self::new(number, spec) };
        }
    }

    /// The first probe that nobody has been asked for, and the Spec's fragment; none once all are.
    pub fn take_next(&mut self) -> Option<(u32, String)> {
        let index = self.asked.iter().position(|asked| !asked)?;
        self.asked[index] = true;
        Some((index as u32, Link::from(self.spec.clone()).fragment()))
    }

    /// Probe `index` did not come back; it is asked for again.
    pub fn lost(&mut self, index: u32) {
        self.asked[index as usize] = false;
    }

    /// A probe has ended, after so many milliseconds.
    pub fn take(&mut self, probe: Probe, took: f64) {
        self.time += took;
        if std::mem::take(&mut self.stale) {
            self.probes.clear();
        }
        // Merged by number, so that the result does not depend on which worker was faster.
        let place = self.probes.partition_point(|other| other.index < probe.index);
        if self.probes.get(place).is_none_or(|other| other.index != probe.index) {
            self.probes.insert(place, probe);
            self.radius = Radius::of(&self.probes);
        }
    }

    /// The run that a finished probe of the present setting was.
    pub fn spec_of(&self, index: u32) -> Option<Spec> {
        let probe = self.probes.iter().find(|probe| probe.index == index && !self.stale)?;
        Some(probe_spec(&self.spec, index, probe.distance))
    }

    /// The probes to show.
    pub fn probes(&self) -> &[Probe] {
        &self.probes
    }

    /// How far it is: "14 of 96 probes, about 2 min left" with `workers` at work; nothing once all are done. What is left is
    /// estimated from the finished ones.
    pub fn progress(&self, workers: usize) -> String {
        let done = if self.stale { 0 } else { self.probes.len() };
        if done == MOST_PROBES {
            return String::new();
        }
        let mut text = format!("{done} of\u{a0}{MOST_PROBES} probes");
        if done >= FEWEST {
            let rounds = (MOST_PROBES - done) as f64 / workers.max(1) as f64;
            let left = 1e-3 * self.time / done as f64 * rounds;
            text.push_str(&format!(", about {} left", duration(left)));
        }
        text
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

/// What of a Spec matters to its probes.
fn setting(spec: &Spec) -> Spec {
    Spec { start_distance: Spec::default().start_distance, ..spec.clone() }
}
