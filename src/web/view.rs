//! What is drawn, and when: each frame draws only what has changed, from the state as it is.

use web_sys::Element;

use super::campaign::Campaign;
use super::dom::{by_id, document, set_text};
use super::painter::{Stage, read_palette};
use super::run::Run;
use super::status_line::{Moment, StatusLine, Words};
use super::{cursors, messages, panels, tables};
use crate::charts::relative_error::{Axes, Ghost};
use crate::charts::{Palette, convex_region, mask_overlap, network_drawing, relative_error};
use crate::trials::{Forecast, reach_quartiles};

/// Milliseconds between two drawings of the network, and between two versions of the text
/// alternatives.
const SELDOM: (f64, f64) = (250.0, 2000.0);

/// The least number of canvas pixels in a CSS pixel on paper: about 300 in an inch.
const PRINTED: f64 = 3.0;

/// What the page's state has for the pictures.
pub struct Scene<'a> {
    /// The present run.
    pub run: &'a Run,
    /// Its number.
    pub number: u32,
    /// Its probes.
    pub campaign: &'a Campaign,
    /// How many workers train them.
    pub workers: usize,
    /// Earlier runs.
    pub ghosts: &'a [Ghost],
    /// Whether the run moves on.
    pub moving: bool,
    /// Whether it does because the reader lets it play.
    pub playing: bool,
}

/// The parts of the page that may have changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changed {
    /// The Spec: masks, δ, ring, everything.
    pub spec: bool,
    /// The run has advanced.
    pub step: bool,
    /// The forecast has come.
    pub forecast: bool,
    /// Probes have come.
    pub probes: bool,
    /// The cursor of the error chart.
    pub cursor: bool,
    /// The probe that is told of.
    pub probe: bool,
    /// The lit neuron.
    pub light: bool,
    /// A table was opened or closed.
    pub tables: bool,
    /// Sizes or colours.
    pub look: bool,
}

/// What the last forecast said, of this run or of one before it whose own is still being computed.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    rate: Option<f64>,
    theorem1_radius: Option<f64>,
    theorem2_reach: Option<f64>,
}

impl Known {
    fn of(forecast: &Forecast) -> Self {
        Self {
            rate: forecast.rate_predicted,
            theorem1_radius: forecast.theorem1_radius.as_ref().ok().copied(),
            theorem2_reach: forecast.theorem2_reach.as_ref().ok().copied(),
        }
    }
}

/// The pictures.
pub struct View {
    /// The relative error.
    pub error: Stage,
    /// The convex region.
    pub disc: Stage,
    /// The masks.
    pub mask: Stage,
    /// The network.
    pub network: Stage,
    palette: Palette,
    /// What has to be drawn at the next frame.
    pub changed: Changed,
    /// The iteration under the cursor.
    pub cursor: Option<usize>,
    /// The probe that is told of, by its number.
    pub probe: Option<u32>,
    /// The lit neuron.
    pub lit: Option<usize>,
    known: Known,
    network_due: bool,
    network_at: f64,
    texts_due: bool,
    texts_at: f64,
    status_line: StatusLine,
    printing: bool,
}

impl View {
    /// Finds the canvases.
    pub fn new() -> Self {
        let everything = Changed { spec: true, look: true, ..Changed::default() };
        Self {
            error: Stage::new("error"),
            disc: Stage::new("disc"),
            mask: Stage::new("mask"),
            network: Stage::new("network"),
            palette: read_palette(),
            changed: everything,
            cursor: None,
            probe: None,
            lit: None,
            known: Known::default(),
            network_due: true,
            network_at: 0.0,
            texts_due: true,
            texts_at: f64::NEG_INFINITY,
            status_line: StatusLine::new(),
            printing: false,
        }
    }

    /// Whether something waits for a later frame.
    pub fn is_pending(&self) -> bool {
        self.network_due || self.texts_due || self.status_line.is_pending()
    }

    /// Turns to paper, or back to the screen; false where it was there already.
    pub fn print(&mut self, printing: bool) -> bool {
        let turns = printing != self.printing;
        let root = document().document_element().expect("a document has a root");
        root.class_list().toggle_with_force("printing", printing).expect("a class");
        self.printing = printing;
        self.changed.look |= turns;
        turns
    }

    /// The axes of the error chart.
    pub fn axes(&self, run: &Run, ghosts: &[Ghost]) -> Axes {
        self.error_snapshot(run, ghosts).axes()
    }

    fn error_snapshot<'a>(&self, run: &'a Run, ghosts: &'a [Ghost]) -> relative_error::Snapshot<'a> {
        relative_error::Snapshot {
            size: self.error.size(),
            relative_error: &run.relative_error,
            predicted_rate: run.rate_predicted(),
            rate_before: self.known.rate,
            most_steps: run.spec.max_steps,
            noise_floor: run.noise_floor().unwrap_or(0.0),
            ghosts,
            cursor: self.cursor,
        }
    }

    /// The picture of the convex region.
    pub fn disc_snapshot<'a>(&self, run: &'a Run, campaign: &'a Campaign) -> convex_region::Snapshot<'a> {
        convex_region::Snapshot {
            size: self.disc.size(),
            theorem1_radius: self.known.theorem1_radius,
            theorem2_reach: self.known.theorem2_reach,
            rings_stale: run.forecast.is_none(),
            reach_quartiles: reach_quartiles(campaign.probes()),
            probes: campaign.probes(),
            radius: campaign.radius(),
            stale: campaign.is_stale(),
            path: &run.path,
            picked: self.probe,
            most_steps: run.spec.max_steps,
        }
    }

    /// Draws what has changed.
    pub fn draw(&mut self, scene: &Scene, now: f64) {
        let changed = std::mem::take(&mut self.changed);
        let run = scene.run;
        if changed.look {
            self.palette = read_palette();
            for stage in [&mut self.error, &mut self.disc, &mut self.mask, &mut self.network] {
                stage.measure(if self.printing { PRINTED } else { 1.0 });
            }
        }
        let any = changed.look || changed.spec;
        if let Some(forecast) = &run.forecast {
            self.known = Known::of(forecast);
        }
        if any || changed.step || changed.forecast || changed.cursor {
            let snapshot = self.error_snapshot(run, scene.ghosts);
            self.error.paint(&snapshot, &self.palette);
            cursors::show_iteration(run, self.cursor);
        }
        if changed.probe || changed.probes || changed.spec {
            self.probe = cursors::show_probe(scene.campaign.probes(), self.probe);
        }
        if any || changed.step || changed.forecast || changed.probes || changed.probe {
            let snapshot = self.disc_snapshot(run, scene.campaign);
            self.disc.paint(&snapshot, &self.palette);
        }
        if any || changed.step || changed.light {
            let snapshot = mask_overlap::Snapshot {
                size: self.mask.size(),
                mask: &run.mask,
                oracle: &run.oracle,
                weights: run.weights.as_deref(),
                lit: self.lit,
            };
            self.mask.paint(&snapshot, &self.palette);
            self.network_due = true;
        }
        if changed.spec {
            panels::show_delta(&run.mask, false);
            panels::show_width(run);
        }
        if changed.spec || changed.forecast {
            panels::show_lights(run);
        }
        if changed.spec || changed.light {
            cursors::show_neuron(&run.mask, self.lit);
        }
        if changed.spec || changed.probes || changed.forecast {
            let campaign = scene.campaign;
            panels::show_disc_caption(run, campaign.probes(), campaign.is_stale());
            set_text(&by_id::<Element>("disc-progress"), &campaign.progress(scene.workers));
        }
        if any || changed.tables || (!scene.moving && (changed.step || changed.probes)) {
            tables::show_tables(run, scene.campaign.probes());
        }
        if any || changed.step || changed.forecast || changed.probes {
            self.texts_due = true;
            self.status_line.is_due();
        }
        // Its many edges cost more than all else together, so that a drag does not draw them for each of its settings.
        let at_once = changed.light || changed.look;
        if self.network_due && (at_once || now - self.network_at >= SELDOM.0) {
            (self.network_due, self.network_at) = (false, now);
            let snapshot = network_drawing::Snapshot {
                size: self.network.size(),
                mask: &run.mask,
                weights: run.weights.as_deref().unwrap_or(&run.oracle),
                lit: self.lit,
            };
            self.network.paint(&snapshot, &self.palette);
            panels::show_delta(&run.mask, true);
        }
        if !scene.moving || self.network_at == now {
            set_text(&by_id::<Element>("digest"), &messages::in_fours(&run.digest));
        }
        let moment = Moment { run: scene.number, step: run.step() };
        let words = self.status_line.look(moment, scene.moving, scene.playing, now);
        if let Some(words) = words {
            panels::show_status(words, run);
        }
        let rests = matches!(words, Some(Words::Standing(_)));
        if self.texts_due && (rests || now - self.texts_at >= SELDOM.1) {
            (self.texts_due, self.texts_at) = (false, now);
            panels::show_promise(run);
            panels::show_texts(run, scene.campaign.probes());
            tables::show_tables(run, scene.campaign.probes());
        }
    }
}
