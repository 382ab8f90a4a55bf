//! The QR code of the moment that is shown.

use super::super::order::Order;
use super::super::own_data::NO_LINK;
use super::Session;
use crate::language::translate;
use crate::link::{Link, Sequence, Stage};

impl Session {
    /// Shows it, or closes it. A run that plays pauses, as phones take a while to read it, and plays on afterwards.
    pub(super) fn turn_qr_code(&mut self) {
        if self.qr_code.is_some() {
            self.close_qr_code();
        } else if self.data.file().is_some() {
            return self.show_notices(vec![translate(NO_LINK).to_owned()]);
        } else {
            self.resumes = self.transport.playing;
            self.transport.pause();
            self.view.changed.step = true;
            self.qr_code = Some(self.for_phones());
        }
        self.orders.push(Order::ShowQrCode(self.qr_code.clone()));
    }

    /// It is closed.
    pub(super) fn close_qr_code(&mut self) {
        self.qr_code = None;
        if std::mem::take(&mut self.resumes) {
            self.transport.playing = true;
            self.view.changed.step = true;
        }
    }

    /// The lecture goes on from under it.
    pub(super) fn leave_qr_code(&mut self) {
        self.resumes = false;
        if self.qr_code.take().is_some() {
            self.orders.push(Order::ShowQrCode(None));
        }
    }

    /// Shows another where the moment is another one, once the run rests: what was under way still comes, and the window
    /// with the notes may lead on.
    pub(super) fn renew_qr_code(&mut self, moving: bool) {
        if moving || self.qr_code.is_none() {
            return;
        }
        let moment = Some(self.for_phones());
        if self.qr_code != moment {
            self.qr_code.clone_from(&moment);
            self.orders.push(Order::ShowQrCode(moment));
        }
    }

    /// The moment as a phone is to show it, which is no projector and in no other page; shorter, too.
    fn for_phones(&self) -> String {
        Link { stage: Stage::default(), sequence: Sequence::default(), ..self.moment() }.fragment()
    }
}
