//! A beat of the lecture sets the lab.

use super::super::ghosts::Ghosts;
use super::super::lecture::Doing;
use super::super::order::Order;
use super::Session;
use crate::link;

impl Session {
    /// Does it.
    pub(super) fn do_with_lecture(&mut self, doing: Doing, now: f64) {
        if matches!(doing, Doing::Steps(_)) {
            self.leave_qr_code();
        }
        if self.do_with_sequence(&doing, now) {
            return;
        }
        let before = self.lecture.place();
        let to_do = self.lecture.take(doing);
        self.orders.extend(to_do.into_iter().map(Order::Lecture));
        self.set_beat(now);
        if self.lecture.place() != before {
            self.view.changed.step = true;
            let fragment = self.start().fragment();
            self.address.change(fragment, now);
        }
    }

    /// Sets the lab as the present beat has it, if that is still to be done.
    pub(super) fn set_beat(&mut self, now: f64) {
        let Some(setting) = self.lecture.setting() else { return };
        if let Some(fragment) = setting.link {
            let (mut link, _) = link::parse(&fragment);
            link.scene = self.lecture.place();
            if setting.at_its_end {
                link.step = Some(link.spec.max_steps);
            }
            self.take_link(link, now);
            // The beat says itself what is out of the ordinary.
            self.show_notices(Vec::new());
            self.transport.playing = false;
        }
        if setting.begins {
            // Runs of another scene are nothing to compare this one's with.
            self.ghosts = Ghosts::default();
            (self.view.painting.on, self.view.changed.light) = (false, true);
        }
        if let Some(speed) = setting.speed {
            self.transport.playing = true;
            self.transport.set_speed(&speed);
            self.orders.push(Order::ShowSpeed(speed));
        }
        self.view.changed.step = true;
        let fragment = self.start().fragment();
        self.address.change(fragment, now);
    }
}
