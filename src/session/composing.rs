//! Composing: a lecturer makes a scene of the present moment, and a sequence of several, without code.

use super::saving::public_part;
use crate::language::{message, tr, translate};
use crate::link::stage::{PARTS, PICTURES, Stage};
use crate::link::{Link, Sequence};
use crate::spec::fields::{Control, FIELDS};

/// The size of the frame that another page gives the lab, in CSS pixels.
const FRAME: (u32, u32) = (800, 500);
/// What a saved sequence is called.
pub const FILE_NAME: &str = "sequence.json";
/// What is said of an address that others cannot open.
const OWN_ADDRESS: &str = message!(
    "This page comes from your own machine: before you pass the link on, put your host’s address in front of the #."
);

/// What the lecturer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Doing {
    /// The dialog is to be opened.
    Opens,
    /// Its form has come, and can be filled.
    Loaded,
    /// It has not come.
    Missing,
    /// The form says this; of the window's own switches it says nothing.
    Drafts(Stage),
    /// The scene is to be seen in the lab.
    Shows,
    /// The scene comes last in the sequence.
    Adds,
    /// The scene at this place goes so many places on, or back.
    Moves(usize, i32),
    /// The scene at this place leaves the sequence.
    Removes(usize),
    /// The sequence is to be shown from its first scene on.
    Starts,
    /// The sequence is to be printed.
    Prints,
    /// This is to be copied; the page has this address.
    Copies(Made, String),
    /// The sequence is to be saved as a file.
    Saves,
    /// A file with this text was chosen.
    Reads(String),
    /// A file of so many bytes was chosen, which are too many to be read.
    TooLarge(usize),
    /// A file could not be read.
    Unreadable,
}

/// What is made of a scene or a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// The link to the scene.
    Link,
    /// The frame for another page.
    Frame,
    /// The link to the sequence.
    Sequence,
}

impl Made {
    /// All of it.
    pub const ALL: [Self; 3] = [Self::Link, Self::Frame, Self::Sequence];

    /// As the form's elements call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Frame => "frame",
            Self::Sequence => "sequence",
        }
    }
}

/// What the shell has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToDo {
    /// Load the form, if that was not done, and tell of it by [`Doing::Loaded`] or [`Doing::Missing`].
    Open,
    /// Fill the form from the draft.
    Fill,
    /// Show what follows from the draft, and the sequence.
    Show,
    /// Close the dialog.
    Close,
}

/// The dialog.
#[derive(Debug, Default)]
pub struct Composing {
    pub(super) draft: Stage,
    pub(super) said: String,
}

impl Composing {
    /// What the form says.
    pub fn draft(&self) -> &Stage {
        &self.draft
    }

    /// What is said of what was done last.
    pub fn said(&self) -> &str {
        &self.said
    }
}

/// What of the page can be left out, in two groups: controls of the run, and other parts; each by its key and its name.
pub fn parts() -> [(&'static str, Vec<(&'static str, &'static str)>); 2] {
    let fields = FIELDS.iter().filter(|field| field.control != Control::Picture);
    let fields = fields.map(|field| (field.key, translate(field.name)));
    let others = PARTS.into_iter().filter(|(key, _)| *key != "controls").map(|(key, name)| (key, translate(name)));
    let painting = FIELDS.iter().find(|field| field.control == Control::Picture);
    let painting = painting.map(|field| (field.key, tr!("Painting")));
    let all = std::iter::once(("controls", tr!("all of them")));
    let controls: Vec<_> = all.chain(fields).collect();
    [(tr!("Controls"), controls), (tr!("Parts of the page"), others.chain(painting).collect())]
}

/// The pictures of which some can take the room of all, each by its key and its name.
pub fn pictures() -> impl Iterator<Item = (&'static str, &'static str)> {
    PARTS.into_iter().filter(|(key, _)| PICTURES.contains(key)).map(|(key, name)| (key, translate(name)))
}

/// What is made, as a text: `moment` is the link to what is shown with the draft as its stage, the page has the address `page`.
pub fn made(made: Made, moment: &Link, sequence: &Sequence, page: &str) -> String {
    let page = page.split('#').next().unwrap_or_default();
    match made {
        Made::Link => format!("{page}#{}", moment.fragment()),
        Made::Sequence => format!("{page}#{}", sequence.alone()),
        Made::Frame => {
            let stage = Stage { embedded: true, ..moment.stage.clone() };
            let link = Link { stage, ..moment.clone() };
            let title = if moment.stage.title.is_empty() { tr!("Winning Ticket") } else { &moment.stage.title };
            let (width, height) = FRAME;
            format!(
                "<iframe src=\"{}\" width=\"{width}\" height=\"{height}\" frameborder=\"0\" allow=\"clipboard-write; fullscreen\" title=\"{}\"></iframe>",
                in_html(&format!("{page}#{}", link.fragment())),
                in_html(title)
            )
        }
    }
}

/// What has to be known of the address that links begin with; nothing where others can open it.
pub fn remark_on(page: &str) -> &'static str {
    if public_part(page).is_empty() { translate(OWN_ADDRESS) } else { "" }
}

/// What stands in the list of scenes for this one.
pub fn name_of(scene: &Link) -> String {
    match scene.stage.title.is_empty() {
        true => tr!("untitled, {fragment}", fragment = scene.fragment()),
        false => scene.stage.title.clone(),
    }
}

/// What stands over the list of what can be hidden.
pub fn hides(draft: &Stage) -> String {
    match draft.hidden.iter().count() {
        0 => tr!("Hide …").to_owned(),
        parts => tr!("Hide … ({parts})", parts),
    }
}

/// How many scenes there are, in words.
pub fn count(scenes: usize) -> String {
    match scenes {
        0 => tr!("No scene yet: add this one, change the lab, and add the next.").to_owned(),
        1 => tr!("One scene.").to_owned(),
        _ => tr!("{scenes} scenes.", scenes),
    }
}

/// A text within an attribute.
fn in_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::parse;
    use crate::link::stage::Parts;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_part_that_a_link_can_hide_is_in_the_form_once() {
        let form: Vec<&str> = parts().iter().flat_map(|(_, parts)| parts.iter().map(|(key, _)| *key)).collect();
        assert_eq!(Parts::of(form.iter().copied()).iter().count(), form.len());
        assert_eq!(form.len(), FIELDS.len() + PARTS.len());
        assert_eq!(pictures().count(), PICTURES.len());
    }

    #[test]
    fn the_frame_holds_the_link_and_breaks_no_html() {
        let stage = Stage { title: "a < \"b\" & c".to_owned(), ..Stage::default() };
        let moment = Link { stage, ..Link::default() };
        let frame = made(Made::Frame, &moment, &Sequence::default(), "https://x.org/lab/#old");
        let source = frame.split('"').nth(1).expect("an address").replace("&amp;", "&");
        let (read, notices) = parse(&source);
        assert!(read.stage.embedded && read.stage.title == "a < \"b\" & c" && notices.is_empty(), "{source}");
        assert!(frame.ends_with("title=\"a &lt; &quot;b&quot; &amp; c\"></iframe>"), "{frame}");
        assert!(source.starts_with("https://x.org/lab/#v=1&"), "{source}");
        assert_eq!((remark_on("https://x.org/lab/"), remark_on("http://127.0.0.1:8080/")), ("", OWN_ADDRESS));
    }
}
