//! The four pictures, and the words beside them: what is due is drawn.

use web_sys::Element;

use super::dom::{by_id, document, set_text, window};
use super::painter::{Stage, read_palette};
use super::qr_code::addresses;
use super::theory::Theory;
use super::{Dispatch, panels, readout, tables};
use crate::charts::Palette;
use crate::session::Session;
use crate::session::captions::{self, DiscCaption};
use crate::session::comparison::in_fours;
use crate::session::handout::short_fragment;
use crate::session::readout::Readout;
use crate::session::sizes::{Sizes, least_pixels};
use crate::session::tables::Table;
use crate::session::view::Due;

/// The pictures.
pub struct Pictures {
    /// The relative error.
    pub error: Stage,
    /// The convex region.
    pub disc: Stage,
    /// The masks.
    pub mask: Stage,
    /// The network.
    pub network: Stage,
    /// The start from moments.
    pub start: Stage,
    theory: Theory,
    palette: Palette,
    printing: bool,
}

impl Pictures {
    /// Finds the canvases.
    pub fn new(dispatch: &Dispatch) -> Self {
        Self {
            error: Stage::new("error"),
            disc: Stage::new("disc"),
            mask: Stage::new("mask"),
            network: Stage::new("network"),
            start: Stage::new("start"),
            theory: Theory::new(dispatch),
            palette: read_palette(),
            printing: false,
        }
    }

    /// Turns to paper, or back to the screen.
    pub fn print(&mut self, printing: bool) {
        let root = document().document_element().expect("a document has a root");
        root.class_list().toggle_with_force("printing", printing).expect("a class");
        self.printing = printing;
        self.show_address();
    }

    /// On paper one cannot follow the address, only read it; it may still be written while the page is printed.
    pub fn show_address(&self) {
        if self.printing {
            let fragment = window().location().hash().unwrap_or_default();
            let (address, _) = addresses().on_paper(&short_fragment(fragment.trim_start_matches('#')));
            set_text(&by_id::<Element>("printed-address"), &address);
        }
    }

    /// Follows sizes, resolution and colours as they are now.
    pub fn measure(&mut self) -> Sizes {
        self.palette = read_palette();
        for stage in [&mut self.error, &mut self.disc, &mut self.mask, &mut self.network, &mut self.start] {
            stage.measure(least_pixels(self.printing));
        }
        self.theory.measure(least_pixels(self.printing));
        Sizes {
            zoom: self.error.zoom(),
            error: self.error.size(),
            disc: self.disc.size(),
            mask: self.mask.size(),
            network: self.network.size(),
            start: self.start.size(),
        }
    }

    /// Draws what is due.
    pub fn draw(&mut self, session: &Session, due: &Due) {
        let (view, run, pair, campaign) = (session.view(), session.run(), session.pair(), session.campaign());
        if due.error {
            self.error.paint(&session.error_chart(), &self.palette);
            readout::show("error", &Readout::of_iteration(run, pair, view.cursor));
        }
        if due.probe {
            readout::show("disc", &Readout::of_probe(campaign.probes(), view.probe));
        }
        if due.disc {
            self.disc.paint(&view.disc(run, pair, campaign), &self.palette);
        }
        if due.mask {
            self.mask.paint(&view.mask(run), &self.palette);
        }
        if due.start {
            panels::show_start(run);
            self.start.paint(&view.start(run), &self.palette);
        }
        if due.shared {
            panels::show_delta(run.mask(), false);
            panels::show_width(run);
        }
        if due.lights {
            panels::show_lights(run);
        }
        if due.neuron {
            readout::show("mask", &Readout::of_mask(run, pair, view.lit, view.painting.feature));
            panels::show_painting(&view.painting, &run.spec);
        }
        if due.caption {
            let caption = DiscCaption::of(run, campaign.probes(), campaign.is_stale());
            panels::show_disc_caption(&caption, &campaign.progress(session.workers_at_once()));
        }
        if due.network {
            self.network.paint(&view.network(run), &self.palette);
            panels::show_delta(run.mask(), true);
        }
        if due.digest {
            set_text(&by_id::<Element>("digest"), &in_fours(&run.digest));
        }
        if let Some(words) = due.status {
            panels::show_status(&captions::status(words, run, pair));
        }
        if due.texts {
            panels::show_texts(run, pair, campaign.probes());
            panels::show_summary(&session.summary());
        }
        self.theory.show(session, due, &self.palette);
        if due.tables {
            tables::show("error", || Table::of_errors(run, pair));
            tables::show("disc", || Table::of_probes(campaign.probes()));
            tables::show("mask", || Table::of_masks(run, pair));
        }
    }
}
