//! What the shell has to carry out.

use super::address::Write;
use super::composing;
use super::driving::Answer;
use super::figures;
use super::lecture;
use super::mapping;
use super::mirror::Word;
use super::own_data;
use super::saving::Content;
use super::searching;
use super::sonification::Turn;
use super::stage;
use super::view::Due;
use super::workers;
use crate::link::Link;
use crate::spec::Twin;

/// What is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copying {
    /// The page's address with this fragment.
    Link(String),
    /// A line of the command line.
    Command(String),
    /// A link or a frame that was composed, as it stands.
    Composed(String),
}

/// One thing to do. Those of one answer are carried out in their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Something about the workers.
    Workers(workers::Order),
    /// Write the address, and say so by [`Session::wrote`](super::Session::wrote) unless the browser refuses.
    Write(Write),
    /// Draw and say this.
    Draw(Due),
    /// Turn to paper, or back to the screen.
    Print(bool),
    /// Show these sentences about a link or an edit, in place of those before.
    ShowNotices(Vec<String>),
    /// Mark the boxes of these fields, by their keys, with the sentences about them, and no others.
    MarkMended(Vec<(&'static str, String)>),
    /// Show in the menu which run trains beside the one that is shown.
    ShowTwin(Option<Twin>),
    /// Set the controls anew, whatever stands in them.
    SetControls,
    /// Show the sentence about a failure, or hide it.
    ShowFailure(Option<String>),
    /// Say beside the digest whether it is the link's.
    ShowComparison(&'static str),
    /// Copy this, and tell by [`Event::Copied`](super::event::Event::Copied) whether that was done.
    Copy(Copying),
    /// Say that it was copied, or show it for the reader to copy.
    TellCopied(bool),
    /// Take that back: it is no longer this moment.
    ForgetCopied,
    /// Open the list of keys, or close it.
    TurnKeyList,
    /// Something about the paper's figures.
    Figure(figures::ToDo),
    /// Something about data of the reader's own.
    Data(own_data::ToDo),
    /// Something about the map.
    Map(mapping::ToDo),
    /// Something about the search for a mask.
    Search(searching::ToDo),
    /// Load the page again, as its address now has it.
    Reload,
    /// Say this to the other windows of the page.
    Mirror(Word),
    /// Show the link with this fragment as a QR code, in place of what is shown of another; none closes it.
    ShowQrCode(Option<String>),
    /// Say this to the page around this one, which may drive it.
    Answer(Answer),
    /// Something about the lecture.
    Lecture(lecture::ToDo),
    /// Show the page on this stage, before anything is drawn.
    Stage(Box<stage::Shown>),
    /// Something about the dialog that composes scenes.
    Compose(composing::ToDo),
    /// Have a page of a [`Handout`](super::handout::Handout) computed for each of these scenes, and print them.
    PrintScenes(Vec<Link>),
    /// Say this to who cannot see the page, politely.
    Announce(String),
    /// Show this choice in the speed menu.
    ShowSpeed(String),
    /// Save a file of the run under this name.
    SaveFile {
        /// The file's name.
        name: String,
        /// What is in it.
        content: Content,
    },
    /// Say this of the saving of files, in place of what was said before.
    SayOfSaving(String),
    /// Save the figure that is shown, in this format.
    SaveFigure(&'static str),
    /// Light the symbols and the sliders of the quantity with this key, and no others.
    LightQuantity(Option<&'static str>),
    /// Make the tone of the relative error, or give it up; tell by
    /// [`Event::CannotListen`](super::event::Event::CannotListen) where there is none.
    Listen(bool),
    /// Let the tone do this, in place of what it was to do.
    Sound(Vec<Turn>),
    /// What there is to drag was found, or does not hold.
    DropHint,
}
