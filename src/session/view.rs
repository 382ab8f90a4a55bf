//! What is looked at, and what has to be drawn anew, when: each frame only what has changed, and what costs much or is
//! read out only now and then.

#[cfg(test)]
mod tests;

use super::campaign::Campaign;
use super::painting::Painting;
use super::pair::Pair;
use super::quantity::{Lines, Lit};
use super::run::Run;
use super::sizes::Sizes;
use super::status_line::{Moment, StatusLine, Words};
use super::tensor_start;
use super::turns::{Owed, Seldom};
use crate::charts::relative_error::Ghost;
use crate::charts::{convex_region, mask_overlap, network_drawing, recovered, relative_error};
use crate::language::tr;
use crate::trials::{Forecast, reach_quartiles};

/// Milliseconds between two drawings of the network: its many edges cost more than all else together, so that a drag does
/// not draw them for each of its settings.
const NETWORK_EVERY: f64 = 250.0;
/// Milliseconds between two versions of the text alternatives while the run moves.
const TEXTS_EVERY: f64 = 2000.0;

/// The parts of the page that may have changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The Spec: masks, δ, ring, everything.
    pub spec: bool,
    /// A run was set up, and what its start is from is known.
    pub start: bool,
    /// The run has advanced.
    pub step: bool,
    /// The forecast has come.
    pub forecast: bool,
    /// Some of its lights are known already.
    pub lights: bool,
    /// Probes have come.
    pub probes: bool,
    /// The cursor of the error chart.
    pub cursor: bool,
    /// The probe that is told of.
    pub probe: bool,
    /// The lit neuron.
    pub light: bool,
    /// The lit quantity.
    pub quantity: bool,
    /// The section on theory has come into view.
    pub theory: bool,
    /// A table was opened or closed.
    pub tables: bool,
    /// Sizes or colours.
    pub look: bool,
}

/// What is to be drawn or said now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Sizes or colours are to be looked at anew, before all else.
    pub look: bool,
    /// The picture of the relative error, and what its cursor tells.
    pub error: bool,
    /// What is told of the chosen probe.
    pub probe: bool,
    /// The picture of the convex region.
    pub disc: bool,
    /// The masks.
    pub mask: bool,
    /// The picture of a start from moments, and its words.
    pub start: bool,
    /// The table of shared features, as far as that is quick, and the terms of r̃.
    pub shared: bool,
    /// The lights.
    pub lights: bool,
    /// What is told of the lit neuron.
    pub neuron: bool,
    /// The caption of the disc.
    pub caption: bool,
    /// The network, and all of the table of shared features.
    pub network: bool,
    /// The digest.
    pub digest: bool,
    /// The status line, if it is to say something else.
    pub status: Option<Words>,
    /// The promise and the text alternatives.
    pub texts: bool,
    /// The tables of data, where open.
    pub tables: bool,
    /// The numbers of the theorems.
    pub theory: bool,
}

/// What the last forecast said, of this run or of one before it whose own is still being computed.
#[derive(Clone, Copy, Debug, Default)]
struct Foreseen {
    rate: Option<f64>,
    theorem1_radius: Option<f64>,
    theorem2_reach: Option<f64>,
}

impl Foreseen {
    fn of(forecast: &Forecast) -> Self {
        Self {
            rate: forecast.rate_predicted,
            theorem1_radius: forecast.theorem1_radius.as_ref().ok().copied(),
            theorem2_reach: forecast.theorem2_reach.as_ref().ok().copied(),
        }
    }
}

/// What is looked at.
#[derive(Debug)]
pub struct View {
    /// What has changed since the last frame.
    pub changed: Changed,
    /// The iteration under the cursor.
    pub cursor: Option<usize>,
    /// The probe that is told of, by its number.
    pub probe: Option<u32>,
    /// The lit neuron.
    pub lit: Option<usize>,
    /// The painting of the learner's mask.
    pub painting: Painting,
    /// The lit quantity.
    pub quantity: Lit,
    /// Whether the section on theory is in view: out of it nothing there is drawn or said.
    pub shows_theory: bool,
    /// The pictures' sizes.
    pub sizes: Sizes,
    foreseen: Foreseen,
    owed: Owed,
    network: Seldom,
    texts: Seldom,
    status_line: StatusLine,
}

impl Default for View {
    /// Before anything was drawn.
    fn default() -> Self {
        let seldom = Seldom::default();
        Self {
            changed: Changed { spec: true, look: true, ..Changed::default() },
            cursor: None,
            probe: None,
            lit: None,
            painting: Painting::default(),
            quantity: Lit::default(),
            shows_theory: false,
            sizes: Sizes::default(),
            foreseen: Foreseen::default(),
            owed: Owed::default(),
            network: seldom,
            texts: seldom,
            status_line: StatusLine::default(),
        }
    }
}

impl View {
    /// Lights another neuron, or none.
    pub fn light(&mut self, lit: Option<usize>) {
        self.changed.light |= lit != self.lit;
        self.lit = lit;
        if lit.is_none() {
            self.painting.feature = None;
        }
    }

    /// Tells of this probe, or of none.
    pub fn choose_probe(&mut self, index: Option<u32>) {
        self.changed.probe |= index != self.probe;
        self.probe = index;
    }

    /// The section on theory is in view, or no longer.
    pub fn show_theory(&mut self, shown: bool) {
        self.changed.theory |= shown && !self.shows_theory;
        self.shows_theory = shown;
    }

    /// Whether something waits for a later frame.
    pub fn is_pending(&self) -> bool {
        self.owed.any() || self.network.due || self.texts.due || self.status_line.is_pending()
    }

    /// The picture of the relative error.
    pub fn error<'a>(&self, run: &'a Run, pair: Option<Pair<'a>>, ghosts: &'a [Ghost]) -> relative_error::Snapshot<'a> {
        relative_error::Snapshot {
            size: self.sizes.error,
            relative_error: &run.curve,
            is_loss: !run.knows_oracle(),
            now: run.at,
            name: pair.map_or(tr!("learner"), |pair| pair.names().0),
            beside: pair.map(Pair::curve),
            predicted_rate: run.rate_predicted(),
            rate_before: self.foreseen.rate,
            most_steps: run.spec.max_steps,
            noise_floor: run.noise_floor().unwrap_or(0.0),
            ghosts,
            cursor: self.cursor,
            lights_prediction: self.quantity.lines().predicted,
        }
    }

    /// The picture of the convex region.
    pub fn disc<'a>(
        &self,
        run: &'a Run,
        pair: Option<Pair<'a>>,
        campaign: &'a Campaign,
    ) -> convex_region::Snapshot<'a> {
        let Lines { theorem1, theorem2, measured, .. } = self.quantity.lines();
        convex_region::Snapshot {
            size: self.sizes.disc,
            theorem1_radius: self.foreseen.theorem1_radius,
            theorem2_reach: self.foreseen.theorem2_reach,
            rings_stale: run.forecast.is_none(),
            reach_quartiles: reach_quartiles(campaign.probes()),
            probes: campaign.probes(),
            radius: campaign.radius(),
            stale: campaign.is_stale(),
            path: run.path.get(..run.so_far().len()).unwrap_or_default(),
            beside: pair.map(Pair::path),
            picked: self.probe,
            lit: convex_region::LitRings { theorem1, theorem2, measured },
            most_steps: run.spec.max_steps,
        }
    }

    /// The masks.
    pub fn mask<'a>(&self, run: &'a Run) -> mask_overlap::Snapshot<'a> {
        mask_overlap::Snapshot {
            size: self.sizes.mask,
            oracle: &run.kept,
            oracle_mask: run.oracle.mask(),
            weights: run.weights.as_deref(),
            lit: self.lit,
            cursor: self.lit.zip(self.painting.feature),
        }
    }

    /// The network: what the mask keeps of the oracle before the run is set up.
    pub fn network<'a>(&self, run: &'a Run) -> network_drawing::Snapshot<'a> {
        network_drawing::Snapshot {
            size: self.sizes.network,
            mask: run.mask(),
            weights: run.weights.as_deref().unwrap_or(run.kept.values()),
            oracle: &run.oracle,
            lit: self.lit,
        }
    }

    /// The start from moments.
    pub fn start<'a>(&self, run: &'a Run) -> recovered::Snapshot<'a> {
        recovered::Snapshot { size: self.sizes.start, neurons: tensor_start::neurons(run) }
    }

    /// What is to be drawn and said now, with `run` shown; it moves, and does so because the reader lets it play.
    pub fn look(&mut self, run: &Run, campaign: &Campaign, moving: bool, playing: bool, now: f64) -> Due {
        let changed = std::mem::take(&mut self.changed);
        if let Some(forecast) = &run.forecast {
            self.foreseen = Foreseen::of(forecast);
        } else if let Some(forecast) = &run.own_forecast {
            self.foreseen = Foreseen { rate: forecast.rate_predicted, ..Foreseen::default() };
        } else if run.own.is_some() {
            // No ring says anything of them; the axis waits for their rate.
            let rate = self.foreseen.rate.filter(|_| run.knows_oracle());
            self.foreseen = Foreseen { rate, ..Foreseen::default() };
        }
        let any = changed.look || changed.spec;
        let tells_probe = changed.probe || changed.probes || changed.spec;
        if tells_probe {
            // A probe of the setting before may be gone.
            self.probe = self.probe.filter(|index| campaign.probes().iter().any(|probe| probe.index == *index));
        }
        let says_more = any || changed.step || changed.forecast || changed.probes;
        let masks = any || changed.step || changed.light;
        self.network.due |= masks;
        if says_more {
            self.texts.due = true;
            self.status_line.may_say_more();
        }
        let network = self.network.take(changed.light || changed.look, NETWORK_EVERY, now);
        let status = self.status_line.look(Moment { run: run.number, step: run.step() }, moving, playing, now);
        let texts = self.texts.take(matches!(status, Some(Words::Standing(_))), TEXTS_EVERY, now);
        let lit = changed.quantity || changed.theory;
        self.owed.error |= any || changed.step || changed.forecast || changed.cursor || lit;
        self.owed.disc |= says_more || changed.probe || lit;
        self.owed.masks |= masks;
        let only_moves = Changed { step: false, probes: false, ..changed } == Changed::default();
        let drawn = self.owed.take(!(moving && only_moves), network || texts);
        Due {
            look: changed.look,
            error: drawn.error,
            probe: tells_probe,
            disc: drawn.disc,
            mask: drawn.masks,
            start: any || changed.start,
            shared: changed.spec,
            lights: changed.spec || changed.forecast || changed.lights,
            neuron: changed.spec || changed.light || (changed.step && self.painting.feature.is_some()),
            caption: changed.spec || changed.probes || changed.forecast,
            network,
            digest: !moving || network,
            status,
            texts,
            theory: self.shows_theory
                && (any
                    || changed.theory
                    || changed.forecast
                    || changed.lights
                    || changed.probes
                    || network
                    || !moving && changed.step),
            tables: texts || any || changed.tables || (!moving && (changed.step || changed.probes)),
        }
    }
}
