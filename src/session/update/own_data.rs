//! The lab goes over to data of the reader's own, and comes back from them.

use std::rc::Rc;

use super::super::announcements::Topic;
use super::super::campaign::Campaign;
use super::super::order::Order;
use super::super::own_data::{Aside, Doing, Opening, ToDo, arrived, cancelled, held, lost, refusal};
use super::Session;
use crate::language::tr;
use crate::link::Wish;
use crate::spec::{LearnerMask, Spec};
use crate::trials::{BadData, DataOutline, too_large};

impl Session {
    /// Takes in what the reader does with own data.
    pub(super) fn do_with_data(&mut self, doing: Doing, now: f64) {
        match doing {
            Doing::Offers { file, bytes } => match too_large(bytes) {
                Some(why) => self.refuse_data(&file, &why),
                None => {
                    self.data.offer(file, bytes);
                    // One that is read already is no longer wanted.
                    self.stop_stale();
                    self.show_notices(Vec::new());
                    self.orders.push(Order::Data(ToDo::Read));
                    self.tell_of_reading();
                }
            },
            Doing::HasRead(bytes) => {
                if let Some(opening) = self.data.opening_mut() {
                    opening.has_read(bytes);
                    self.orders.push(Order::Data(ToDo::ShowReading));
                }
            }
            Doing::Cancels => {
                if let Some(file) = self.data.gives_up() {
                    self.stop_stale();
                    self.orders.push(Order::Data(ToDo::Forget));
                    self.orders.push(Order::Data(ToDo::ShowReading));
                    self.show_notices(vec![cancelled(&file)]);
                    self.put_to_work(now);
                }
            }
            Doing::IsRead => {
                if let Some(opening) = self.data.opening_mut() {
                    opening.is_read();
                }
                // Whoever failed at other work may read a file.
                self.crew.forgive();
                self.put_to_work(now);
            }
            Doing::IsNotRead => self.give_up_data(tr!("the browser could not read it")),
            Doing::Closes => {
                if let Some((step, _)) = self.leave_data()
                    && step > 0
                {
                    self.transport.play_to(step);
                }
            }
        }
    }

    /// Tells everybody which file is being read.
    fn tell_of_reading(&mut self) {
        let words = self.data.opening().map(Opening::words);
        self.orders.push(Order::Data(ToDo::ShowReading));
        if let Some(words) = words {
            self.announcements.tell(Topic::Change, words);
        }
    }

    /// A worker has done this share of the data with this number.
    pub(super) fn take_share(&mut self, number: u32, share: f64) {
        if self.data.number_under_way() == Some(number)
            && let Some(opening) = self.data.opening_mut()
        {
            opening.is_checked(share);
            self.orders.push(Order::Data(ToDo::ShowReading));
        }
    }

    /// A worker has read the data with this number.
    pub(super) fn take_opened(&mut self, number: u32, outcome: Result<Box<DataOutline>, String>, now: f64) {
        let Some(file) = self.data.arrives(number) else { return };
        self.orders.push(Order::Data(ToDo::ShowReading));
        match outcome {
            Ok(outline) => self.go_to_data(number, file, Rc::new(*outline), now),
            Err(why) => self.refuse_data(&file, &why),
        }
    }

    /// The file that is on its way will not come.
    pub(super) fn give_up_data(&mut self, why: &str) {
        if let Some(file) = self.data.gives_up() {
            self.orders.push(Order::Data(ToDo::ShowReading));
            self.refuse_data(&file, why);
        }
    }

    fn refuse_data(&mut self, file: &str, why: &str) {
        self.show_notices(vec![refusal(file, why)]);
    }

    fn go_to_data(&mut self, number: u32, file: String, outline: Rc<DataOutline>, now: f64) {
        let (step, moment) = (self.run().step().unwrap_or(0), self.moment());
        let (spec, words) = (outline.spec(&self.run().spec), arrived(&file, &outline));
        let runs = self.runs.go_to_data(spec.clone(), outline);
        let wish = std::mem::replace(&mut self.wish, Wish::of(&spec));
        let none = Campaign::none(self.run().number);
        let (twin, sent) = (self.twin.take(), self.sent.take());
        let (mut campaign, ghosts) = (std::mem::replace(&mut self.campaign, none), std::mem::take(&mut self.ghosts));
        campaign.lose_all();
        self.data.opens(number, file, || Aside { runs, step, twin, wish, campaign, ghosts, sent, moment });
        self.crew.forgive();
        self.changed_at = now;
        self.show_other_data();
        self.show_notices(Vec::new());
        self.announcements.tell(Topic::Change, words);
        // It speaks of a region that is not there.
        self.orders.push(Order::DropHint);
    }

    /// What stood aside is there again, at t = 0; the step at which it stood and the name of the file. None where the lab is on
    /// drawn data.
    pub(super) fn leave_data(&mut self) -> Option<(usize, String)> {
        let (Aside { runs, step, twin, wish, campaign, ghosts, sent, moment: _ }, file) = self.data.closes()?;
        self.runs.go_back(runs);
        (self.twin, self.wish, self.campaign, self.ghosts, self.sent) = (twin, wish, campaign, ghosts, sent);
        self.show_other_data();
        self.show_notices(Vec::new());
        Some((step, file))
    }

    /// The runs that are shown now are on other data.
    fn show_other_data(&mut self) {
        self.stop_stale();
        self.response.forget();
        self.give_up_saving();
        self.forget_failure();
        self.transport.pause();
        self.transport.clear();
        let view = &mut self.view;
        (view.cursor, view.lit, view.painting.on, view.painting.feature) = (None, None, false, None);
        view.choose_probe(None);
        (view.changed.spec, view.changed.start, view.changed.step, view.changed.tables) = (true, true, true, true);
        (view.changed.light, view.changed.probes, view.changed.theory) = (true, true, true);
        let twin = self.twin;
        self.orders.extend([Order::ShowTwin(twin), Order::SetControls, Order::Data(ToDo::Show)]);
    }

    /// The run cannot be set up on its data.
    pub(super) fn cannot_start(&mut self, number: u32, why: &str) {
        if self.run().number == number
            && let Some((step, file)) = self.leave_data()
        {
            self.transport.play_to(step);
            self.show_notices(vec![refusal(&file, why)]);
        }
    }

    /// The data were lost with the training worker.
    pub(super) fn lose_data(&mut self) {
        if let Some((step, file)) = self.leave_data() {
            self.transport.play_to(step);
            self.show_notices(vec![lost(&file)]);
        }
    }

    /// Shows a run on drawn data, wherever the lab is.
    pub(super) fn show_drawn(&mut self, spec: Spec, now: f64) {
        self.leave_data();
        self.show(spec, now);
    }

    /// Why a field cannot have this value on the data that the lab is on; none where it can.
    pub(super) fn refused_on_data(&self, key: &str, spec: &Spec) -> Option<String> {
        let data = self.run().own.as_ref()?;
        if let Some(sentence) = held(data, key) {
            return Some(sentence);
        }
        if spec.mask == LearnerMask::Wrong {
            let wrong = tr!("mask (mask of the learner) is wrong, but must be exact or dense on own data.");
            return Some(wrong.to_owned());
        }
        let nowhere = spec.start_distance == 0.0 && !data.has_oracle();
        nowhere.then(|| tr!("λ (distance of the start) is 0: {why}.", why = BadData::NoStart))
    }

    /// The Spec of the run on drawn data: the one that is shown, or stands aside.
    pub fn spec_drawn(&self) -> &Spec {
        &self.data.run_aside().unwrap_or(self.run()).spec
    }
}
