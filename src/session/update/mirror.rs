//! What another window shows is shown here too.

use super::super::mirror::{Role, Shown, Word};
use super::super::order::Order;
use super::Session;
use crate::link::{self, Link, Stage};

/// Milliseconds by which the projected window may lag before it catches up.
const LAG: f64 = 250.0;

impl Session {
    /// Another window has said something.
    pub(super) fn hear_window(&mut self, word: Word, now: f64) {
        if word == Word::Opens && self.data.file().is_none() {
            let shown = self.shown_here();
            self.orders.extend(self.mirror.answers(shown).map(Order::Mirror));
        }
        let shown = self.mirror.hears(word);
        // Own data are in this window alone: until they are closed it goes its own way.
        if let Some(shown) = shown.filter(|_| self.data.file().is_none()) {
            self.show_as(&shown, now);
        }
    }

    /// Says to the others what is shown, where that has changed: with the very deed, before another window can say what was
    /// shown before it, or this one is closed.
    pub(super) fn tell_windows(&mut self, now: f64) {
        if self.mirror.role() == Role::Alone || self.data.file().is_some() {
            return;
        }
        let goes = !self.transport.playing && self.transport.target().is_some();
        let at_rest = goes || self.runs.step().is_some() && !self.transport.is_moving() && !self.crew.trains();
        let shown = self.shown_here();
        self.orders.extend(self.mirror.tells(shown, at_rest, now).map(Order::Mirror));
    }

    /// Says it again.
    pub(super) fn tell_windows_again(&mut self, now: f64) {
        if self.data.file().is_some() {
            return;
        }
        let shown = self.shown_here();
        self.orders.extend(self.mirror.repeats(shown, now).map(Order::Mirror));
    }

    fn shown_here(&self) -> Shown {
        let start = self.start();
        Shown {
            run: Link { pruning: None, stage: Stage { language: None, ..start.stage }, ..start }.fragment(),
            step: self.transport.target().or(self.run().step()).unwrap_or(0),
            playing: self.transport.playing,
            speed: self.transport.speed(),
            vote: self.lecture.vote(),
            blank: self.lecture.is_blank(),
            qr_code: self.qr_code.is_some(),
        }
    }

    fn show_as(&mut self, shown: &Shown, now: f64) {
        let here = self.shown_here();
        if shown.run != here.run {
            let (link, _) = link::parse(&shown.run);
            let to_do = self.lecture.follow(link.scene, false);
            self.orders.extend(to_do.into_iter().map(Order::Lecture));
            let language = self.stage.language;
            self.take_stage(&link);
            // Each window speaks its own.
            self.stage.language = language;
            self.take_link(link, now);
            self.show_notices(Vec::new());
            let fragment = Link { pruning: None, ..self.start() }.fragment();
            self.address.change(fragment, now);
        }
        let to_do = self.lecture.show_as(shown.vote, shown.blank);
        self.orders.extend(to_do.map(Order::Lecture));
        if shown.speed != here.speed {
            self.transport.set_speed(&shown.speed);
            self.orders.push(Order::ShowSpeed(shown.speed.clone()));
        }
        let (step, last) = (self.run().step().unwrap_or(0), self.runs.last_step());
        if !shown.playing {
            self.transport.playing = false;
            if shown.step <= last { self.seek(shown.step) } else { self.transport.play_to(shown.step) }
        } else if !self.runs.have_ended() || shown.step < last {
            let behind = shown.step.saturating_sub(step) as f64 > self.transport.steps_within(LAG, shown.step);
            let jumped_back = shown.step < step && !here.playing;
            if jumped_back {
                self.seek(shown.step);
            } else if behind {
                self.transport.play_to(shown.step);
            }
            self.transport.playing = true;
        }
        if shown.qr_code != here.qr_code {
            self.turn_qr_code();
        }
        self.view.changed.step = true;
    }
}
