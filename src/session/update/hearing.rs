//! What is heard of the run.

use super::super::order::Order;
use super::super::sonification::Now;
use super::Session;
use crate::language::{message, translate};
use crate::trials::target;

/// What is said where no tone can be made.
const NO_TONES: &str = message!("This browser makes no tones, so the relative error cannot be listened to.");

impl Session {
    /// The reader wants to listen, or no longer does.
    pub(super) fn turn_listening(&mut self) {
        let on = !self.sonification.is_on();
        self.sonification.turn(on);
        self.orders.push(Order::Listen(on));
    }

    /// The browser cannot do it.
    pub(super) fn cannot_listen(&mut self) {
        self.sonification.turn(false);
        self.orders.push(Order::Listen(false));
        let notices = self.notices.iter().cloned().chain([translate(NO_TONES).to_owned()]).collect();
        self.show_notices(notices);
    }

    /// The page is hidden, where nothing is heard either, or is shown again.
    pub(super) fn hide(&mut self, hidden: bool, now: f64) {
        (self.hidden, self.frame_at) = (hidden, now);
        if hidden {
            let rest = self.sonification.rest();
            self.orders.extend(rest.map(|sound| Order::Sound(sound.turns())));
        }
    }

    /// What is to be heard from now on.
    pub(super) fn sound(&mut self, moves: bool) {
        let run = self.runs.shown();
        let error_at = |step: usize| Some((step, *run.curve.get(step)?));
        let found = |error: f64| error < target(run.noise_floor());
        let now = Now {
            run: run.number,
            moment: run.moment(),
            moves,
            end: run.stopped.zip(run.moment()).map(|(_, (_, error))| found(error)),
            cursor: self.view.cursor.and_then(error_at),
        };
        let sound = self.sonification.follow(&now);
        self.orders.extend(sound.map(|sound| Order::Sound(sound.turns())));
    }
}
