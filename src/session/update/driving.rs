//! What the page around this one asks for is done, and what is shown is told to it.

use super::super::captions;
use super::super::driving::{Answer, Asked, State};
use super::super::lecture::Doing;
use super::super::order::Order;
use super::super::status_line::{Moment, Words};
use super::Session;
use crate::link::{Link, Stage};

impl Session {
    /// Follows a message of a page that may drive this one.
    pub(super) fn follow_message(&mut self, message: &str, now: f64) {
        match Asked::read(message, &self.run().spec) {
            Ok(asked) => self.do_as_asked(asked, now),
            Err(sentence) => self.orders.push(Order::Answer(Answer::Error(sentence))),
        }
    }

    fn do_as_asked(&mut self, asked: Asked, now: f64) {
        let mut mended = Vec::new();
        if let Some(followed) = asked.link {
            mended.clone_from(&followed.notices);
            let link = self.on_this_stage(*followed.link);
            let written = self.follow_link(link, followed.names_a_run, followed.notices, now);
            let written = written.unwrap_or_else(|| self.start().fragment());
            self.address.change_in_place(written);
        }
        if !asked.set.is_empty() || asked.twin.is_some() {
            let mut spec = self.run().spec.clone();
            let mut notices = Vec::new();
            for (key, text) in &asked.set {
                let (next, told) = self.wish.edit(&spec, key, text);
                spec = next;
                notices.extend(told);
            }
            self.change(spec, false, now);
            if let Some(twin) = asked.twin {
                self.set_twin(twin);
            }
            mended.extend(notices.iter().cloned());
            self.tell(notices);
            self.orders.push(Order::SetControls);
            let fragment = self.start().fragment();
            self.address.change_in_place(fragment);
        }
        if !mended.is_empty() {
            self.orders.push(Order::Answer(Answer::Notices(mended)));
        }
        if let Some(speed) = asked.speed {
            self.transport.set_speed(speed);
            self.orders.push(Order::ShowSpeed(speed.to_owned()));
        }
        if asked.play == Some(false) {
            self.transport.playing = false;
            self.transport.clear();
        }
        if let Some(step) = asked.seek {
            let from = self.transport.target().or(self.runs.step()).unwrap_or(0);
            self.go_to(step, from);
        }
        if asked.play == Some(true) {
            self.play(now);
        }
        if let Some(listens) = asked.listen {
            self.driving.listen(listens);
        }
        if asked.state || asked.listen == Some(true) {
            let state = self.state();
            self.driving.told(state.clone(), now);
            self.orders.push(Order::Answer(Answer::State(Box::new(state))));
        }
        self.view.changed.step = true;
    }

    /// The link on the stage that the frame's own address has set, unless it brings one; that it stands in a frame, a
    /// projector's switches and the language stay in any case.
    fn on_this_stage(&self, link: Link) -> Link {
        let mut stage = match link.stage == Stage::default() {
            true => self.stage.clone(),
            false => self.stage.of_the_window().with_scene(&link.stage),
        };
        stage.language = self.stage.language;
        Link { stage, ..link }
    }

    /// Plays, as the play button does, from the moment to which the run may still be on its way.
    fn play(&mut self, now: f64) {
        if self.lecture.asks() {
            return self.do_with_lecture(Doing::Steps(1), now);
        }
        if self.runs.have_ended() && self.transport.target().is_none() {
            self.restart();
        }
        self.transport.playing = true;
    }

    /// Tells the page around what is shown, where that has changed and it is time to.
    pub(super) fn tell_driver(&mut self, moving: bool, now: f64) {
        let settled = !moving && self.run().step().is_some();
        if self.driving.is_due(settled, now) {
            let state = self.state();
            self.orders.extend(self.driving.tells(state, now).map(Order::Answer));
        }
    }

    /// What is shown, for the page around.
    fn state(&self) -> State {
        let (run, moving) = (self.run(), self.is_moving());
        let words = match run.step() {
            None => Words::SettingUp,
            Some(_) if moving => Words::Training,
            step => Words::Standing(Moment { run: run.number, step }),
        };
        let radius = self.campaign.radius().settled(self.campaign.probes().len());
        State {
            link: if run.own.is_some() { String::new() } else { self.moment().fragment() },
            step: run.step(),
            relative_error: run.moment().filter(|_| run.knows_oracle()).map(|(_, error)| error),
            effective_width: run.effective_width,
            measured_radius: radius.filter(|_| !self.campaign.is_stale()).map(|radius| radius.value),
            playing: self.transport.playing,
            speed: self.transport.speed(),
            settled: !moving && run.step().is_some(),
            finished: run.stopped.is_some(),
            stop_reason: run.stopped.map(|reason| reason.key()),
            digest: run.step().map(|_| run.digest.clone()),
            status: captions::status(words, run, self.pair()),
        }
    }
}
