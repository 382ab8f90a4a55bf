//! What who cannot see the page is told of, by one voice.

use super::super::announcements::{Milestone, Topic};
use super::super::captions;
use super::super::order::Order;
use super::super::status_line::Words;
use super::super::summary::Summary;
use super::Session;
use crate::language::tr;

impl Session {
    /// What is here, in words.
    pub fn summary(&self) -> Summary {
        let (playing, in_lecture) = (self.transport.playing, self.lecture.is_on());
        Summary::of(self.run(), self.pair().map(|pair| pair.names()), playing, in_lecture)
    }

    /// The status line says something else.
    pub(super) fn tell_standing(&mut self, words: Words) {
        let sentence = captions::status(words, self.run(), self.pair());
        match words {
            // While the hall is asked nothing gives the outcome away.
            _ if self.lecture.asks() => self.announcements.forget_standing(),
            // The response to the change says more.
            Words::Standing(_) if self.response.is_open() => self.announcements.leave_out_standing(sentence),
            Words::Standing(_) | Words::Training => self.announcements.tell_standing(sentence),
            Words::SettingUp => self.announcements.forget_standing(),
        }
    }

    /// Says what there is to say.
    pub(super) fn announce(&mut self, now: f64) {
        let run = self.runs.shown();
        if let Some(sentence) = self.response.look(run, now - self.changed_at) {
            self.announcements.tell(Topic::Change, sentence);
        }
        self.note_stages();
        self.orders.extend(self.announcements.look(now).map(Order::Announce));
    }

    /// Notes how far figure, map and search are; also as soon as one begins, so that all that follows is news.
    pub(super) fn note_stages(&mut self) {
        let workers = self.workers_at_once();
        let (figures, mapping, searching) = (&self.figures, &self.mapping, &self.searching);
        let figure =
            figures.experiment().map(|run| Milestone::by_quarters(run.number, run.counts(), run.is_complete()));
        self.announcements.follow(Topic::Figure, figure, || figures.news(workers));
        let (counts, map) = (mapping.counts(), mapping.number());
        let map = map.map(|number| Milestone::by_quarters(number, counts, counts.0 == counts.1));
        self.announcements
            .follow(Topic::Map, map, || tr!("The map: {progress}.", progress = mapping.progress(workers)));
        self.announcements.follow(Topic::Search, searching.milestone(), || searching.news());
    }

    /// Whether something is to be said later.
    pub(super) fn will_announce(&self) -> bool {
        self.announcements.is_pending() || self.response.is_pending(self.runs.shown())
    }
}
