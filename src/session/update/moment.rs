//! The address of the page: it is followed, and it holds the moment at which the page rests.

use super::super::comparison;
use super::super::order::Order;
use super::super::searching;
use super::Session;
use crate::language;
use crate::link::{self, Link, Wish};
use crate::spec::EPOCH;

impl Session {
    /// Takes the address as it is now: at the start, after Back or Forward, or when the reader edited it.
    pub(super) fn follow_address(&mut self, fragment: String, is_place: bool, now: f64) {
        let (link, notices) = link::parse(&fragment);
        let names_a_run = link::names_a_run(&fragment);
        self.address.read(fragment);
        if is_place {
            // The skip link leads to a place of the page, not to another run.
            self.view.changed.step = true;
            let fragment = self.start().fragment();
            return self.orders.extend(self.address.mend(fragment).map(Order::Write));
        }
        if let Some(written) = self.follow_link(link, names_a_run, notices, now) {
            self.orders.extend(self.address.mend(written).map(Order::Write));
        }
        if self.stage.language.is_some_and(|language| language != language::spoken()) {
            self.orders.push(Order::Reload);
        }
    }

    /// Shows the run and the place of a link; gives the fragment that the address is to hold, unless a beat writes its own.
    pub(super) fn follow_link(
        &mut self,
        mut link: Link,
        names_a_run: bool,
        notices: Vec<String>,
        now: f64,
    ) -> Option<String> {
        // A link that names no language leaves the one that was chosen.
        link.stage.language = link.stage.language.or(self.stage.language);
        self.stage.language = link.stage.language;
        // A link to a scene alone means the run of its beat, which sets the lab once the scene has come.
        let to_scene = link.scene.is_some() && !names_a_run;
        let to_do = self.lecture.follow(link.scene, to_scene);
        self.orders.extend(to_do.into_iter().map(Order::Lecture));
        if !names_a_run {
            // What is followed within the page leaves a projector's switches as they are.
            self.stage = self.stage.of_the_window().with_scene(&link.stage);
            self.sequence.at = None;
            if !link.sequence.scenes.is_empty() {
                self.sequence = link.sequence.clone();
            }
            if !to_scene && !link.sequence.scenes.is_empty() {
                self.show_scene(link.sequence.at.unwrap_or(0), now);
                self.tell(notices);
                return None;
            }
        } else {
            self.take_stage(&link);
        }
        if to_scene {
            self.tell(notices);
            self.set_beat(now);
            return None;
        }
        let written = link.fragment();
        self.take_link(link, now);
        // A scene says itself what is out of the ordinary, and a notice would lie over its words.
        if self.shows_scene() {
            self.show_notices(notices);
        } else {
            self.tell(notices);
        }
        Some(written)
    }

    /// Shows the run of a link, at its moment.
    pub(super) fn take_link(&mut self, link: Link, now: f64) {
        self.leave_data();
        self.wish = Wish::of(&link.spec);
        self.change(link.spec.clone(), false, now);
        if link.twin != self.twin {
            self.set_twin(link.twin);
        }
        // A link without a moment means the start, also where it names the run that is shown.
        let step = link.step.unwrap_or(0);
        if self.runs.step().unwrap_or(0) != step {
            self.transport.playing = false;
            if step <= self.runs.last_step() {
                self.seek(step);
            } else {
                self.restart();
                self.transport.play_to(step);
            }
        }
        if let Some(pruning) = link.pruning.filter(|_| self.start().pruning != link.pruning) {
            self.do_with_search(searching::Doing::Opens(Box::new(link.spec.clone()), pruning), now);
        }
        (self.sent, self.mismatch_told) = (Some(link), false);
        self.orders.push(Order::SetControls);
    }

    pub(super) fn settle_address(&mut self, now: f64) {
        self.orders.extend(self.address.settle(now).map(Order::Write));
    }

    /// The page is loaded again at once: the moment that is shown is held now, whatever is under way.
    pub(super) fn leave(&mut self) {
        self.transport.playing = false;
        let fragment = self.moment().fragment();
        self.orders.extend(self.address.mend(fragment).map(Order::Write));
    }

    /// A paused run's address names its step, with the digest that the receiver of a link can compare.
    pub(super) fn hold_moment(&mut self) {
        let Some(step) = self.runs.step() else { return self.orders.push(Order::ShowComparison("")) };
        let moment = self.moment().fragment();
        self.address.move_on(moment);
        let sent = self.sent.as_ref().filter(|sent| sent.step == Some(step));
        let digest = &self.run().digest;
        let (verdict, mismatch) =
            (comparison::verdict(sent, digest), sent.and_then(|sent| comparison::mismatch(sent, digest)));
        self.orders.push(Order::ShowComparison(verdict));
        // Told once; later visits of the same moment have the words beside the digest.
        if let Some(sentence) = mismatch
            && !std::mem::replace(&mut self.mismatch_told, true)
        {
            let notices = self.notices.iter().cloned().chain([sentence]).collect();
            self.show_notices(notices);
        }
    }

    /// The link to the run that is shown, without a moment; on own data, which no link can hold, to the one that stands aside.
    pub(super) fn start(&self) -> Link {
        let (scene, stage, sequence) = (self.lecture.place(), self.stage.clone(), self.sequence.clone());
        if let Some(aside) = self.data.moment_aside() {
            return Link { step: None, digest: None, bits: None, scene, stage, sequence, ..aside.clone() };
        }
        let pruning = self.searching.pruning_of(&self.run().spec);
        let twin = self.twin;
        Link { pruning, twin, scene, stage, sequence, ..Link::from(self.run().spec.clone()) }
    }

    /// The link to what is shown: at the start only the run, else with the moment, its digest and who made it.
    pub(super) fn moment(&self) -> Link {
        if let Some(aside) = self.data.moment_aside() {
            return Link { step: aside.step, digest: aside.digest.clone(), bits: aside.bits, ..self.start() };
        }
        // Of two runs that of the one that went on.
        let step = self.runs.step().filter(|step| *step > 0);
        let digest = step.map(|_| self.run().digest.clone());
        let bits = step.map(|_| EPOCH);
        Link { step, digest, bits, ..self.start() }
    }
}
