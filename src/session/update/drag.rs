//! What a drag of a slider does, and every other change of a setting: the wish is kept, the nearest Spec shown, what was
//! computed for the one before dropped or kept as a ghost, and sentences say what had to be mended.

use super::super::failure::Failure;
use super::super::order::Order;
use super::super::own_data::ToDo;
use super::super::slider::value_at;
use super::super::tensor_start;
use super::Session;
use crate::link::mended_field;
use crate::spec::{Spec, Start};
use crate::trials::out_of_reach;

/// Milliseconds that a run has to have stood unchanged to be kept as a ghost: those that a drag passes through are not.
const STANDING: f64 = 400.0;

impl Session {
    /// The slider of field `key` stands at `position`.
    pub(super) fn drag(&mut self, key: &str, position: f64, now: f64) {
        if key == "r" {
            self.orders.push(Order::DropHint);
        }
        if let Some(text) = value_at(key, position, &self.run().spec) {
            self.edit(key, &text, now);
        }
    }

    /// A field is to have the value that `text` says.
    pub(super) fn edit(&mut self, key: &str, text: &str, now: f64) {
        let wish = self.wish;
        let (spec, notices) = self.wish.edit(&self.runs.shown().spec, key, text);
        if let Some(sentence) = self.refused_on_data(key, &spec) {
            self.wish = wish;
            self.orders.push(Order::MarkMended(vec![]));
            self.orders.push(Order::SetControls);
            return self.show_notices(vec![sentence]);
        }
        self.change(spec, true, now);
        let about = |sentence: &String| Some((mended_field(sentence)?.key, sentence.clone()));
        self.orders.push(Order::MarkMended(notices.iter().filter_map(about).collect()));
        self.tell(notices);
        self.orders.push(Order::SetControls);
    }

    /// Shows another Spec, about which there is nothing else to say.
    pub(super) fn show(&mut self, spec: Spec, now: f64) {
        self.change(spec, true, now);
        self.tell(Vec::new());
    }

    /// Shows the sentences of a link or an edit, and the one about an effective width out of reach.
    pub(super) fn tell(&mut self, mut notices: Vec<String>) {
        let run = self.run();
        match run.own {
            // What the moments of own data give is told once they are summed.
            Some(_) => {
                notices.extend(out_of_reach(&Spec { start: Start::Ball, ..run.spec.clone() }, &run.supports));
            }
            None => notices.extend(out_of_reach(&run.spec, &run.supports)),
        }
        self.show_notices(notices);
    }

    /// Adds that the run which was set up could not start as asked, if that was not said already.
    pub(super) fn tell_of_start(&mut self) {
        if self.run().own.is_some() {
            self.orders.push(Order::Data(ToDo::ShowTold));
        }
        let in_scene = self.shows_scene();
        if let Some(sentence) =
            tensor_start::notice(self.run()).filter(|sentence| !in_scene && !self.notices.contains(sentence))
        {
            let notices = self.notices.iter().cloned().chain([sentence]).collect();
            self.show_notices(notices);
        }
    }

    pub(super) fn show_notices(&mut self, notices: Vec<String>) {
        self.notices.clone_from(&notices);
        self.orders.push(Order::ShowNotices(notices));
    }

    pub(super) fn forget_failure(&mut self) {
        self.failure = Failure::default();
        self.orders.push(Order::ShowFailure(None));
    }

    /// Goes on to another Spec: playing stays playing, paused stays paused at t = 0.
    pub(super) fn change(&mut self, spec: Spec, entry: bool, now: f64) {
        if spec == self.run().spec {
            return;
        }
        let beside = self.twin.map(|twin| twin.of(&spec));
        let before = self.runs.replace(spec);
        self.runs.set_beside(beside);
        if entry && !self.lecture.is_on() {
            self.response.changed(&before);
        } else {
            self.response.forget();
        }
        let run = self.runs.shown();
        let stood = before.can_be_compared() && now - self.changed_at >= STANDING;
        self.ghosts.follow(&run.spec, stood.then_some((before.spec, before.curve)));
        self.view.lit = self.view.lit.filter(|lit| *lit < run.mask().neurons());
        let feature = &mut self.view.painting.feature;
        *feature = feature.filter(|feature| *feature < run.mask().dimension());
        if run.own.is_none() {
            self.campaign.follow(run.number, &run.spec);
        }
        self.crew.forgive();
        self.stop_stale();
        self.give_up_saving();
        self.forget_failure();
        self.transport.clear();
        (self.sent, self.mismatch_told) = (None, false);
        self.changed_at = now;
        self.view.changed.spec = true;
        self.mapping.look_again();
        self.searching.look_again();
        // The address holds the run on drawn data.
        if entry && self.data.file().is_none() {
            let fragment = self.start().fragment();
            self.address.change(fragment, now);
            self.settle_address(now);
        }
    }
}
