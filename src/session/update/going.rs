//! How the run goes: to which step, anew, and beside which other one.

use super::super::order::Order;
use super::Session;
use crate::spec::Twin;

impl Session {
    /// The reader wants another run beside the one that is shown, or none.
    pub(super) fn choose_twin(&mut self, twin: Option<Twin>, now: f64) {
        if self.data.file().is_some() {
            return self.orders.push(Order::ShowTwin(None));
        }
        self.set_twin(twin);
        self.view.changed.step = true;
        let fragment = self.start().fragment();
        self.address.change(fragment, now);
    }

    /// Another run, or none, comes beside the one that is shown.
    pub(super) fn set_twin(&mut self, twin: Option<Twin>) {
        self.twin = twin;
        let beside = twin.map(|twin| twin.of(&self.run().spec));
        self.runs.set_beside(beside);
        // The words beside the masks, and the tables, are of both.
        (self.view.changed.light, self.view.changed.tables) = (true, true);
        self.stop_stale();
        self.orders.push(Order::ShowTwin(twin));
    }

    /// Plays or pauses; at the end of a run, plays it again.
    pub(super) fn play_or_pause(&mut self) {
        if self.runs.have_ended() {
            self.restart();
            self.transport.playing = true;
        } else {
            self.transport.playing = !self.transport.playing;
            self.transport.clear();
        }
        self.view.changed.step = true;
    }

    /// So many steps on from where the run stands or is to go, or back.
    pub(super) fn go_by(&mut self, steps: i32) {
        // Before the run is set up it stands at its start.
        let from = self.transport.target().or(self.runs.step()).unwrap_or(0);
        self.go_to(from.saturating_add_signed(steps as isize), from);
    }

    /// To an iteration, from the one at which the run stands or to which it is on its way: it was passed, or is still to come.
    pub(super) fn go_to(&mut self, step: usize, from: usize) {
        let last = self.runs.last_step();
        if step <= last {
            self.seek(step);
        } else if !self.runs.have_ended() {
            self.transport.playing = false;
            if from < last {
                self.transport.seek(last);
            }
            self.transport.play_to(step);
        }
    }

    /// To an iteration that the run has passed; it pauses there.
    pub(super) fn seek(&mut self, step: usize) {
        self.transport.seek(step.min(self.runs.last_step()));
        self.view.changed.step = true;
    }

    /// The same run from t = 0.
    pub(super) fn restart(&mut self) {
        self.runs.restart();
        self.stop_stale();
        self.give_up_saving();
        self.transport.clear();
        self.view.changed.step = true;
    }
}
