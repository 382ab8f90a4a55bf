//! The stage of the window, sequences of scenes, and the dialog that composes them.

use super::super::composing::{self, Composing, Doing as Composes, ToDo};
use super::super::ghosts::Ghosts;
use super::super::lecture;
use super::super::order::{Copying, Order};
use super::super::own_data::NO_LINK;
use super::super::saving::{Content, saved};
use super::super::stage::{Doing, Shown};
use super::Session;
use crate::language::{Language, tr, translate};
use crate::link::sequence::{MOST_SCENES, too_large};
use crate::link::{Link, Sequence};

impl Session {
    /// The scenes of the sequence.
    pub fn sequence(&self) -> &Sequence {
        &self.sequence
    }

    /// Those that are printed: in the language of the window where none of their own is named.
    fn scenes_to_print(&self) -> Vec<Link> {
        let spoken = self.stage.language;
        let of_window = |scene: &Link| {
            let mut scene = scene.clone();
            scene.stage.language = scene.stage.language.or(spoken);
            scene
        };
        self.sequence.scenes.iter().map(of_window).collect()
    }

    /// The dialog that composes them.
    pub fn composing(&self) -> &Composing {
        &self.composing
    }

    /// What the shell is to show of the stage, where that has changed.
    pub(super) fn stage_to_show(&mut self) -> Option<Order> {
        let leads = self.mirror.role() == super::super::mirror::Role::Leads;
        let shown = Shown::of(&self.stage, &self.sequence, self.lecture.covers(), leads);
        if shown == self.stage_shown {
            return None;
        }
        self.stage_shown = shown.clone();
        // Pictures have other sizes now, or other colours.
        self.view.changed.look = true;
        self.frame_wanted = true;
        Some(Order::Stage(Box::new(shown)))
    }

    /// Takes the stage and the sequence of a link.
    pub(super) fn take_stage(&mut self, link: &Link) {
        self.stage = link.stage.clone();
        self.sequence = link.sequence.clone();
    }

    /// The reader turns a switch, or wants to see everything.
    pub(super) fn do_with_stage(&mut self, doing: Doing, now: f64) {
        match doing {
            Doing::Turns(switch, on) => *switch.of(&mut self.stage) = on,
            Doing::Speaks(language) => return self.speak(language),
            Doing::ShowsAll => {
                self.stage = self.stage.of_the_window();
                self.sequence.at = None;
            }
        }
        self.hold_stage(now);
    }

    /// The page is loaded again, at this moment, in another language.
    fn speak(&mut self, language: Language) {
        self.stage.language = Some(language);
        self.leave();
        self.orders.push(Order::Reload);
    }

    /// Another stage, or another sequence, is a change of its own in the history.
    fn hold_stage(&mut self, now: f64) {
        self.view.changed.step = true;
        // A run that plays is told by its start.
        let link = if self.is_moving() { self.start() } else { self.moment() };
        self.address.change(link.fragment(), now);
    }

    /// What the lecturer does with a sequence that is shown; whether one is.
    pub(super) fn do_with_sequence(&mut self, doing: &lecture::Doing, now: f64) -> bool {
        let Some(at) = self.sequence.at else { return false };
        match doing {
            lecture::Doing::Steps(by) => {
                let to = at.saturating_add_signed(*by as isize).min(self.sequence.scenes.len() - 1);
                if to != at {
                    self.show_scene(to, now);
                }
            }
            lecture::Doing::Brightens if !self.lecture.is_blank() => {}
            lecture::Doing::Blanks | lecture::Doing::Brightens => {
                let to_do = self.lecture.turn_dark();
                self.orders.push(Order::Lecture(to_do));
            }
            lecture::Doing::Leaves => self.do_with_stage(Doing::ShowsAll, now),
            _ => return false,
        }
        true
    }

    /// Whether a scene is shown: of the lecture, of a sequence, or one that somebody has given words.
    pub(super) fn shows_scene(&self) -> bool {
        let has_words = !(self.stage.title.is_empty() && self.stage.note.is_empty());
        self.lecture.is_on() || self.sequence.at.is_some() || has_words
    }

    /// Sets the lab as this scene of the sequence has it.
    pub(super) fn show_scene(&mut self, at: usize, now: f64) {
        let Some(scene) = self.sequence.scenes.get(at).cloned() else { return };
        self.sequence.at = Some(at);
        self.stage = self.stage.with_scene(&scene.stage);
        self.take_link(scene, now);
        self.transport.playing = false;
        // Runs of another scene are nothing to compare this one's with; what is out of the ordinary its own words say.
        self.ghosts = Ghosts::default();
        self.show_notices(Vec::new());
        self.hold_stage(now);
    }

    /// What the lecturer does in the dialog.
    pub(super) fn do_with_composing(&mut self, doing: Composes, now: f64) {
        self.composing.said.clear();
        match doing {
            Composes::Opens if self.data.file().is_some() => {
                return self.show_notices(vec![translate(NO_LINK).to_owned()]);
            }
            Composes::Opens => {
                self.composing.draft = self.stage.clone();
                return self.orders.push(Order::Compose(ToDo::Open));
            }
            Composes::Loaded => self.orders.push(Order::Compose(ToDo::Fill)),
            Composes::Missing => {
                let sentence = tr!("The form for a scene could not be loaded; reload the page to try again.");
                return self.show_notices(vec![sentence.to_owned()]);
            }
            Composes::Drafts(draft) => self.composing.draft = self.stage.of_the_window().with_scene(&draft),
            Composes::Shows => {
                self.stage = self.composing.draft.clone();
                self.orders.push(Order::Compose(ToDo::Close));
                self.hold_stage(now);
            }
            Composes::Adds if self.sequence.scenes.len() >= MOST_SCENES => {
                self.composing.said = tr!("A sequence has at most {most} scenes.", most = MOST_SCENES);
            }
            Composes::Adds => {
                let scene = self.drafted();
                self.composing.said = tr!("Added: {scene}", scene = composing::name_of(&scene));
                self.sequence.scenes.push(scene);
                self.hold_stage(now);
            }
            Composes::Moves(from, by) => {
                let to = from.saturating_add_signed(by as isize);
                let scenes = &mut self.sequence.scenes;
                if from.max(to) < scenes.len() {
                    scenes.swap(from, to);
                    let scene = composing::name_of(&scenes[to]);
                    self.composing.said = tr!("{scene}: now at {place}", scene, place = to + 1);
                    self.hold_stage(now);
                }
            }
            Composes::Removes(place) => {
                if place < self.sequence.scenes.len() {
                    let scene = self.sequence.scenes.remove(place);
                    self.sequence.at = None;
                    self.composing.said = tr!("Removed: {scene}", scene = composing::name_of(&scene));
                    self.hold_stage(now);
                }
            }
            Composes::Starts => {
                if !self.sequence.scenes.is_empty() {
                    self.orders.push(Order::Compose(ToDo::Close));
                    self.show_scene(0, now);
                }
            }
            Composes::Prints => {
                if !self.sequence.scenes.is_empty() {
                    let scenes = self.scenes_to_print();
                    return self.orders.push(Order::PrintScenes(scenes));
                }
            }
            Composes::Copies(what, page) => {
                let text = composing::made(what, &self.drafted(), &self.sequence, &page);
                self.orders.push(Order::Copy(Copying::Composed(text)));
            }
            Composes::Saves => {
                let (name, content) = (composing::FILE_NAME.to_owned(), Content::Text(self.sequence.file()));
                self.composing.said = saved(&name);
                self.orders.push(Order::SaveFile { name, content });
            }
            Composes::Reads(text) => match Sequence::of_file(&text) {
                Ok(sequence) => {
                    self.composing.said = composing::count(sequence.scenes.len());
                    self.sequence = sequence;
                    self.hold_stage(now);
                }
                Err(sentence) => self.composing.said = sentence,
            },
            Composes::TooLarge(bytes) => self.composing.said = too_large(bytes),
            Composes::Unreadable => {
                self.composing.said = tr!("The file could not be read; nothing was opened.").to_owned();
            }
        }
        self.orders.push(Order::Compose(ToDo::Show));
    }

    /// The scene that the form makes of the moment.
    pub fn drafted(&self) -> Link {
        Sequence::scene(Link { stage: self.composing.draft.clone(), pruning: None, ..self.moment() })
    }
}
