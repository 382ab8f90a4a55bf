//! Files of the run, and the line of the command line that comes to the same moment.

use super::super::captions;
use super::super::order::{Copying, Order};
use super::super::saving::{self, Content, Format, Picture};
use super::super::status_line::{Moment, Words};
use super::Session;
use crate::charts::{Palette, convex_region, mask_overlap, relative_error, to_captioned_svg};
use crate::language::translate;
use crate::link::{Link, Sequence};
use crate::trials::Provenance;
use crate::trials::messages::Request;

impl Session {
    /// Saves a file of the moment that is shown, or has the training worker make it; `page` is the page's address.
    pub(super) fn save(&mut self, format: Format, page: String, now: f64) {
        let Some(provenance) = self.provenance(&page) else { return self.say(translate(saving::TOO_EARLY).to_owned()) };
        let own = self.run().own.is_some();
        let content = match format {
            Format::Svg(Picture::Disc) | Format::Png(Picture::Disc) if !self.run().knows_oracle() => {
                return self.say(translate(saving::NO_PICTURE).to_owned());
            }
            Format::Csv if !own => Content::Text(saving::csv(self.run(), self.pair(), &provenance)),
            Format::Svg(picture) => Content::Text(self.drawn(picture, &provenance)),
            Format::Png(picture) => {
                Content::Pixels { svg: self.drawn(picture, &provenance), words: provenance.words() }
            }
            Format::Csv | Format::Json | Format::Npz => {
                // What is shown is what is saved.
                self.transport.pause();
                self.saving.want(format, page);
                let awaits = format == Format::Json && self.run().forecast.is_none() && !own;
                let words = if awaits { saving::AWAITS_FORECAST } else { saving::BEING_MADE };
                self.say(translate(words).to_owned());
                return self.put_to_work(now);
            }
        };
        self.hand_over(format.file_name(&provenance.digest, !self.run().knows_oracle()), content);
    }

    /// What the training worker is asked for so that a file can be saved, if one is wanted and the runs stand still.
    pub(super) fn next_to_save(&mut self) -> Option<(u32, Request)> {
        if self.transport.target().is_some() {
            return None;
        }
        let wanted = self.saving.next(self.run().forecast.is_some() || self.run().own.is_some())?;
        let provenance = Box::new(self.provenance(&wanted.page)?);
        self.saving.begin(wanted.format, provenance.digest.clone());
        let run = self.run();
        let forecast = run.forecast.clone().filter(|_| wanted.format == Format::Json).map(Box::new);
        let beside = self.pair().map(|pair| pair.beside.number);
        let file = wanted.format.by_worker().expect("only such files wait");
        Some((run.number, Request::Save { run: run.number, beside, wanted: file, provenance, forecast }))
    }

    /// The training worker has made a file.
    pub(super) fn take_saved(&mut self, bytes: Vec<u8>) {
        if let Some((format, digest)) = self.saving.done() {
            self.hand_over(format.file_name(&digest, false), Content::Bytes(bytes));
        }
    }

    /// Files that are still to be made are not: the run is another one.
    pub(super) fn give_up_saving(&mut self) {
        if self.saving.give_up() {
            self.say(translate(saving::GIVEN_UP).to_owned());
        }
    }

    /// Copies the line of the command line that comes to this moment.
    pub(super) fn copy_command(&mut self) {
        self.say(String::new());
        let line = saving::command_line(self.run(), self.pair(), self.data.file());
        self.orders.push(Order::Copy(Copying::Command(line)));
    }

    fn hand_over(&mut self, name: String, content: Content) {
        self.say(saving::saved(&name));
        self.orders.push(Order::SaveFile { name, content });
    }

    pub(super) fn say(&mut self, words: String) {
        self.orders.push(Order::SayOfSaving(words));
    }

    /// Where a file of this moment comes from; none before the run is set up.
    fn provenance(&self, page: &str) -> Option<Provenance> {
        if self.run().own.is_some() {
            return saving::own_provenance(self.run());
        }
        let (run, pair) = (self.run(), self.pair().filter(|pair| pair.beside.step().is_some()));
        let words = Words::Standing(Moment { run: run.number, step: run.step() });
        // A file tells of one moment, not of the scenes around it.
        let moment = Link { sequence: Sequence::default(), ..self.moment() };
        saving::provenance(run, pair, &moment, captions::status(words, run, pair), page)
    }

    /// A picture with its caption, as it is shown but for its size and for what is only pointed at.
    fn drawn(&self, picture: Picture, provenance: &Provenance) -> String {
        let (size, light, heading) = (picture.size(), &Palette::LIGHT, saving::heading(picture, self.run()));
        let (status, lines) = (&provenance.status, provenance.lines());
        match picture {
            Picture::Error => {
                let snapshot = relative_error::Snapshot { size, cursor: None, ..self.error_chart() };
                to_captioned_svg(&snapshot, light, heading, status, &lines)
            }
            Picture::Disc => {
                let shown = self.view.disc(self.run(), self.pair(), &self.campaign);
                let snapshot = convex_region::Snapshot { size, picked: None, ..shown };
                to_captioned_svg(&snapshot, light, heading, status, &lines)
            }
            Picture::Masks => {
                let snapshot = mask_overlap::Snapshot { size, lit: None, ..self.view.mask(self.run()) };
                to_captioned_svg(&snapshot, light, heading, status, &lines)
            }
        }
    }
}
