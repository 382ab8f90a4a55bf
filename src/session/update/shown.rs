//! What the shell reads of the page's state, and what it has measured for it.

use super::super::address::Write;
use super::super::campaign::Campaign;
use super::super::figures::Figures;
use super::super::lecture::Lecture;
use super::super::mapping::Mapping;
use super::super::own_data::OwnData;
use super::super::pair::Pair;
use super::super::run::Run;
use super::super::searching::{self, Searching};
use super::super::sizes::Sizes;
use super::super::time_bar::TimeBar;
use super::super::view::View;
use super::Session;
use crate::charts::relative_error::{self, Ghost};

impl Session {
    /// The run that is shown.
    pub fn run(&self) -> &Run {
        self.runs.shown()
    }

    /// All runs, the one that is shown first.
    pub fn runs(&self) -> &[Run] {
        self.runs.all()
    }

    /// The two runs and how the second differs from the first, where there are two.
    pub fn pair(&self) -> Option<Pair<'_>> {
        Some(Pair { twin: self.twin?, shown: self.run(), beside: self.runs.beside()? })
    }

    /// The probes of the one that is shown.
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    /// The paper's figures.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// The map.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// The search for a mask.
    pub fn searching(&self) -> &Searching {
        &self.searching
    }

    /// The lecture.
    pub fn lecture(&self) -> &Lecture {
        &self.lecture
    }

    /// Data of the reader's own.
    pub fn data(&self) -> &OwnData {
        &self.data
    }

    /// Earlier runs.
    pub fn ghosts(&self) -> &[Ghost] {
        self.ghosts.shown()
    }

    /// What is looked at.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Whether the run plays, as far as the play button knows.
    pub fn is_playing(&self) -> bool {
        self.transport.playing
    }

    /// The picture of the relative error.
    pub fn error_chart(&self) -> relative_error::Snapshot<'_> {
        self.view.error(self.run(), self.pair(), self.ghosts())
    }

    /// The time bar; none before the run is set up.
    pub fn time_bar(&self) -> Option<TimeBar> {
        let (run, picture) = (self.run(), self.error_chart());
        TimeBar::of(run, self.transport.target(), &picture.axes(), picture.size)
    }

    /// The field into whose box somebody types.
    pub fn typing(&self) -> Option<&'static str> {
        self.typing
    }

    /// Whether an animation frame is to come.
    pub fn wants_frame(&self) -> bool {
        self.frame_wanted
    }

    /// The pictures have these sizes now.
    pub fn measured(&mut self, sizes: Sizes) {
        self.view.sizes = sizes;
    }

    /// The picture of the unfolded figure has this size now.
    pub fn measured_figure(&mut self, size: (f64, f64)) {
        self.figures.measured(size);
    }

    /// The picture of the map has this size now.
    pub fn measured_map(&mut self, size: (f64, f64)) {
        self.mapping.measured(size);
    }

    /// The pictures of the search have these sizes now.
    pub fn measured_search(&mut self, sizes: searching::Sizes) {
        self.searching.measured(sizes);
    }

    /// The browser has written the address.
    pub fn wrote(&mut self, write: Write) {
        self.address.wrote(write);
    }
}
