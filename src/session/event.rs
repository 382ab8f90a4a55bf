//! Everything that can happen to the page.

use super::failure::{GARBLED, NO_START};
use super::mirror::Word;
use super::quantity::{By, Quantity};
use super::saving::Format;
use super::{composing, figures, lecture, mapping, own_data, painting, searching, stage};
use crate::language::translate;
use crate::spec::Twin;
use crate::trials::messages::{Reply, decode};

/// One thing that happened.
#[derive(Debug)]
pub enum Event {
    /// An animation frame, at this time in milliseconds.
    Frame(f64),
    /// A menu, a switch or a button was set: the field's key and its text.
    Field(&'static str, String),
    /// A box was edited: the field's key, and what stands in it.
    Typed(&'static str, String),
    /// A slider was moved: the field's key and its position.
    Slid(&'static str, f64),
    /// All fields but the seed back to their defaults.
    Defaults,
    /// Another seed, made from this random word.
    NewSeed(u32),
    /// Play or pause; at the end of a run, play it again.
    PlayOrPause,
    /// So many steps on, or back.
    Steps(i32),
    /// To this iteration, among those that the run has passed.
    Seek(usize),
    /// The same run anew, from t = 0.
    Reset,
    /// This run is to train beside the one that is shown, in lock step with it; or none.
    Twin(Option<Twin>),
    /// A choice of the speed menu.
    Speed(String),
    /// A word from a worker, by its number; the trainer is number 0.
    FromWorker(usize, FromWorker),
    /// A canvas or the window changed its size.
    Resized,
    /// The colour theme changed.
    ThemeChanged,
    /// The page is about to be printed, or has been.
    Printing(bool),
    /// Another second has passed.
    SecondPassed,
    /// The tab was hidden, or is shown again.
    Hidden(bool),
    /// The address changed: Back, Forward, or an edited fragment. Whether it names a place of the page, not a run.
    AddressChanged {
        /// The fragment, without its `#`.
        fragment: String,
        /// Whether an element of the page has this name.
        is_place: bool,
    },
    /// The pointer is at this place of the error chart, in CSS pixels from the left; none when it left.
    CursorAt(Option<f64>),
    /// The cursor of the error chart moves by so many two-hundredths of the run.
    CursorBy(i32),
    /// A neuron was pointed at, or none.
    Light(Option<Pointed>),
    /// The lit neuron moves by so many.
    LightBy(i32),
    /// Something is done with the learner's mask.
    Mask(painting::Doing),
    /// A symbol or a slider of this quantity was come to, or of none.
    Quantity(By, Option<&'static Quantity>),
    /// The section on theory has come into view, or gone out of it.
    TheorySeen(bool),
    /// A table was opened or closed.
    TableToggled,
    /// The sentences about a bad link have been read.
    DismissNotices,
    /// The sentence about a failure has been read.
    DismissFailure,
    /// The probe that is told of is another one, so many places on by distance.
    ProbeBy(i32),
    /// The pointer is at this place of the convex region's picture, in CSS pixels; none when it left.
    ProbeAt(Option<(f64, f64)>),
    /// The picture of the convex region was clicked or tapped at this place.
    DiscClicked((f64, f64)),
    /// The chosen probe is to be run in the lab.
    OpenProbe,
    /// The picture of the probes has lost the focus.
    ForgetProbe,
    /// Something is done with the paper's figures.
    Figure(figures::Doing),
    /// Something is done with data of the reader's own.
    Data(own_data::Doing),
    /// Something is done with the map.
    Map(mapping::Doing),
    /// Something is done with the search for a mask.
    Search(searching::Doing),
    /// This window has the notes of the lecture.
    Notes,
    /// The window of the notes is opened from this one.
    OpensNotes,
    /// Another window of the page has said something.
    Window(Word),
    /// Something is done with the lecture, or with a sequence of scenes.
    Lecture(lecture::Doing),
    /// Something is done with the stage.
    Stage(stage::Doing),
    /// Something is done in the dialog that composes scenes.
    Compose(composing::Doing),
    /// The search is to be saved in this format: csv, json, svg, png.
    SaveSearch(&'static str),
    /// The map is to be saved in this format, as a figure.
    SaveMap(&'static str),
    /// The figure that is shown is to be saved in this format: csv, json, svg, png.
    SaveFigure(&'static str),
    /// A file of this moment of the run is to be saved; the page has this address.
    Save(Format, String),
    /// A picture could not be made one of pixels.
    NotSaved,
    /// The files that can be saved are shown.
    ShowsFiles,
    /// The line of the command line that comes to this moment is to be copied.
    CopyCommand,
    /// The relative error is to be listened to, or no longer.
    Listen,
    /// The browser makes no tones.
    CannotListen,
    /// The list of keys is to be opened or closed.
    ShowKeys,
    /// The QR code of this moment is to be shown, or no longer.
    TurnQrCode,
    /// The reader has closed it.
    QrCodeClosed,
    /// The page around this one has sent this message, and may drive it.
    Driven(String),
    /// The address of this moment is to be copied.
    CopyLink,
    /// The page is about to be loaded again: the address has to hold this moment at once, also while the run plays.
    Leaves,
    /// The browser has copied it, or has refused to.
    Copied(bool),
    /// Somebody types into the box of this field, by its key.
    Typing(&'static str),
    /// A box lost the focus.
    BoxLeft,
}

/// Where a neuron was pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pointed {
    /// At this height of the mask picture.
    Row(f64),
    /// At this horizontal place of the network drawing.
    Column(f64),
}

/// What comes from a worker.
#[derive(Debug)]
pub enum FromWorker {
    /// A reply.
    Reply(Reply),
    /// It trapped, or could not start; the sentence says why.
    Failed(String),
}

impl FromWorker {
    /// What a message of these bytes is; none if it had no bytes.
    pub fn said(bytes: Option<&[u8]>) -> Self {
        bytes.and_then(decode).map_or_else(|| Self::Failed(translate(GARBLED).to_owned()), Self::Reply)
    }

    /// It failed, for this reason if it gave one.
    pub fn failed(reason: Option<String>) -> Self {
        Self::Failed(reason.filter(|reason| !reason.is_empty()).unwrap_or_else(|| translate(NO_START).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::messages::encode;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_worker_that_says_what_is_no_message_or_does_not_start_has_failed() {
        let ready = encode(&Reply::Ready);
        assert!(matches!(FromWorker::said(Some(&ready)), FromWorker::Reply(Reply::Ready)));
        for bytes in [Some(&[0xff; 9][..]), Some(&[]), None] {
            assert!(matches!(FromWorker::said(bytes), FromWorker::Failed(reason) if reason == GARBLED));
        }
        for (reason, told) in [(None, NO_START), (Some(""), NO_START), (Some("unreachable"), "unreachable")] {
            assert!(matches!(FromWorker::failed(reason.map(str::to_owned)), FromWorker::Failed(said) if said == told));
        }
    }
}
