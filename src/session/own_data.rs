//! Data of the reader's own in the lab: which file is being read, what stands aside meanwhile, and what is said of them. What
//! is done with them is in `update/own_data.rs`; a worker alone has their numbers.

mod opening;

use std::rc::Rc;

use super::campaign::Campaign;
use super::captions::DiscCaption;
use super::ghosts::Ghosts;
use super::run::Run;
use super::runs::Runs;
use super::tensor_start;
use crate::language::{message, tr, translate};
use crate::link::{Link, Wish};
use crate::notation::grouped;
use crate::spec::fields::Field;
use crate::spec::{LearnerMask, Twin};
use crate::theory::{Light, State};
use crate::trials::{DataOutline, NOTHING_PROMISED, OwnForecast};
pub use opening::Opening;

/// What the reader does, and what comes of the file that was offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// A file of this name and so many bytes is offered.
    Offers {
        /// Its name.
        file: String,
        /// Its size.
        bytes: u64,
    },
    /// So many bytes of the file that was offered last are there.
    HasRead(u64),
    /// All of them are.
    IsRead,
    /// The browser could not read it.
    IsNotRead,
    /// It is no longer wanted.
    Cancels,
    /// The data are closed: what stood aside comes back.
    Closes,
}

/// What the shell has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToDo {
    /// Read the file that was offered last, and tell.
    Read,
    /// Read no further, and forget what was read.
    Forget,
    /// Show which file is being read, and how far.
    ShowReading,
    /// Show whether the lab is on own data, and on which.
    Show,
    /// Show what is known of them.
    ShowTold,
}

/// What stands aside while the lab is on own data.
#[derive(Debug)]
pub(super) struct Aside {
    pub(super) runs: Runs,
    pub(super) step: usize,
    pub(super) twin: Option<Twin>,
    pub(super) wish: Wish,
    pub(super) campaign: Campaign,
    pub(super) ghosts: Ghosts,
    pub(super) sent: Option<Link>,
    // the link to that moment: the address goes on to hold it
    pub(super) moment: Link,
}

/// The data that the lab is on.
#[derive(Debug)]
struct Open {
    number: u32,
    file: String,
    aside: Box<Aside>,
}

/// Data of the reader's own, if there are any.
#[derive(Debug, Default)]
pub struct OwnData {
    opening: Option<Opening>,
    open: Option<Open>,
    last_number: u32,
}

impl OwnData {
    /// The name of the file that the lab is on.
    pub fn file(&self) -> Option<&str> {
        self.open.as_ref().map(|open| open.file.as_str())
    }

    /// By which the worker knows the data that the lab is on.
    pub(super) fn number(&self) -> Option<u32> {
        self.open.as_ref().map(|open| open.number)
    }

    /// The file that is on its way.
    pub fn opening(&self) -> Option<&Opening> {
        self.opening.as_ref()
    }

    /// The same, for what is told of it.
    pub(super) fn opening_mut(&mut self) -> Option<&mut Opening> {
        self.opening.as_mut()
    }

    /// A file of so many bytes is on its way, in place of any other.
    pub(super) fn offer(&mut self, file: String, bytes: u64) {
        self.last_number += 1;
        self.opening = Some(Opening::new(self.last_number, file, bytes));
    }

    /// The number of the file that a worker may be reading.
    pub(super) fn number_under_way(&self) -> Option<u32> {
        self.opening.as_ref().map(Opening::number)
    }

    /// The file with this number is on its way no longer; its name, if it was the last one offered.
    pub(super) fn arrives(&mut self, number: u32) -> Option<String> {
        self.opening.take_if(|opening| opening.number() == number).map(Opening::into_file)
    }

    /// The file that was offered last will not come; its name.
    pub(super) fn gives_up(&mut self) -> Option<String> {
        self.opening.take().map(Opening::into_file)
    }

    /// The lab is on these data. `aside` makes what stands aside, unless other data were open before.
    pub(super) fn opens(&mut self, number: u32, file: String, aside: impl FnOnce() -> Aside) {
        let aside = self.open.take().map_or_else(|| Box::new(aside()), |before| before.aside);
        self.open = Some(Open { number, file, aside });
    }

    /// It is no longer; what stood aside, and the name of the file.
    pub(super) fn closes(&mut self) -> Option<(Aside, String)> {
        self.open.take().map(|open| (*open.aside, open.file))
    }

    /// The link to the moment that stands aside.
    pub(super) fn moment_aside(&self) -> Option<&Link> {
        self.open.as_ref().map(|open| &open.aside.moment)
    }

    /// The run that stands aside.
    pub(super) fn run_aside(&self) -> Option<&Run> {
        self.open.as_ref().map(|open| open.aside.runs.shown())
    }
}

/// What is said where somebody asks for a link.
pub const NO_LINK: &str =
    message!("No link can hold your data. Copy command, under Save, comes to the same digest where the file is.");

/// That a file cannot be taken, for this reason.
pub(super) fn refusal(file: &str, why: &str) -> String {
    tr!("{file} cannot be taken: {why}. Nothing has changed.", file, why)
}

/// That the reader has changed their mind about a file.
pub(super) fn cancelled(file: &str) -> String {
    tr!("{file} is not opened: its reading was cancelled. Nothing has changed.", file)
}

/// That a file is open, for who cannot see it.
pub(super) fn arrived(file: &str, data: &DataOutline) -> String {
    let (samples, features) = (grouped(data.samples), data.dimension);
    tr!(
        "{file} is open: {samples} samples of {features} features. The run before stands aside until it is closed.",
        file,
        samples,
        features
    )
}

/// That the data were lost with their worker.
pub(super) fn lost(file: &str) -> String {
    tr!("{file} is closed: the worker that had it stopped. Open it again to go on with it.", file)
}

/// Why the field `key` has the value that it has, where the reader cannot change it on these data.
pub fn held_because(data: &DataOutline, key: &str) -> Option<&'static str> {
    data.holds(key).then(|| match key {
        "N" => tr!("X has so many rows"),
        "d" => tr!("X has so many columns"),
        "K" => tr!("the file’s matrices have so many columns"),
        "sigma" => tr!("y has what noise it has"),
        "mask" if data.has_mask() => tr!("the mask is M of the file"),
        "mask" => tr!("the mask is drawn by r̃, dense at r̃ = d"),
        "r" | "overlap" | "joined" | "spread" if data.has_mask() => tr!("the mask is M of the file"),
        "r" | "overlap" | "joined" | "spread" => tr!("the mask is that of W_star"),
        _ => tr!("own data are not drawn"),
    })
}

/// That a field cannot be changed on own data; none where it can.
pub(super) fn held(data: &DataOutline, key: &str) -> Option<String> {
    let (field, why) = (Field::by_key(key)?, held_because(data, key)?);
    let (symbol, meaning) = (field.symbol, translate(field.meaning));
    Some(tr!("{symbol} ({meaning}) stays as it is on own data: {why}.", symbol, meaning, why))
}

/// What is known of the data that `run` is on, and what is not; a sentence each. None on data that are drawn.
pub fn told(run: &Run) -> Vec<String> {
    let Some(data) = run.own.as_deref() else { return Vec::new() };
    let (samples, features) = (grouped(data.samples), data.dimension);
    let size = match data.negative_labels {
        0 => tr!("{samples} samples of {features} features.", samples, features),
        count => tr!(
            "{samples} samples of {features} features; {negative} of the labels are negative, which no output of the network is.",
            samples,
            features,
            negative = grouped(count)
        ),
    };
    let mask = match (data.has_mask(), data.has_oracle()) {
        (true, _) => tr!("The mask is M of the file."),
        (false, true) if run.spec.mask == LearnerMask::Dense => tr!("The mask is dense; W_star has one, too."),
        (false, true) => tr!("The mask is that of W_star."),
        (false, false) => tr!("The mask is drawn by r̃ and knows nothing of the data; at r̃ = d it is dense."),
    };
    let asked = tensor_start::told_of_data(run);
    let start = match data.has_oracle() {
        true if asked.is_some() => tr!("W_star is known: the relative error is shown."),
        false if asked.is_some() => {
            tr!("W_star is not known, so there is no relative error and no disc: the training loss is shown.")
        }
        true => tr!(
            "Training starts at distance λ from what the mask keeps of W_star, which is known: the relative error is shown."
        ),
        false => tr!(
            "W_star is not known, so there is no relative error and no disc: the training loss is shown. Training starts in \
             a drawn direction, its outputs λ times as large as y."
        ),
    };
    let mut told = vec![size, mask.to_owned(), start.to_owned()];
    told.extend(asked.into_iter().flatten());
    told.extend(run.own_forecast.iter().flat_map(OwnForecast::sentences));
    told.extend([
        translate(NOTHING_PROMISED).to_owned(),
        tr!(
            "The data stay in this window: no link, QR code or other window has them, and no run trains beside. Close them, and \
             the run before is back."
        )
        .to_owned(),
    ]);
    told
}

/// What the lab is on, in short: the file and the digest of the data.
pub fn name(file: &str, run: &Run) -> Option<(String, String)> {
    let data: &Rc<DataOutline> = run.own.as_ref()?;
    Some((file.to_owned(), super::comparison::in_fours(&data.digest)))
}

/// What the curve of a run is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Over the picture.
    pub name: &'static str,
    /// Beside the clock.
    pub short: &'static str,
    /// The picture, to who cannot see it.
    pub label: &'static str,
}

/// The names of the curve: the relative error where the oracle is known, else the training loss.
pub fn measure(knows_oracle: bool) -> Measure {
    match knows_oracle {
        true => {
            Measure { name: tr!("Relative error"), short: tr!("error"), label: tr!("Relative error at each iteration") }
        }
        false => {
            Measure { name: tr!("Training loss"), short: tr!("loss"), label: tr!("Training loss at each iteration") }
        }
    }
}

/// The four lights on own data: the mask may be known to be accurate; of all else the theorems do not speak.
pub(super) fn lights(run: &Run) -> [Option<Light>; 4] {
    let light = |state, sentence: &str| Some(Light { state, sentence: sentence.to_owned() });
    let silent = || light(State::NotPromised, tr!("own data are not what the theorem supposes"));
    let mask = match run.knows_oracle() {
        true => Some(Light::accurate_mask(run.kept.agreement())),
        false => light(State::Unknown, tr!("the file has no W_star")),
    };
    [mask, silent(), silent(), silent()]
}

/// The caption under the disc on own data.
pub(super) fn disc_caption(run: &Run) -> DiscCaption {
    let silent = || tr!("is not promised of own data").to_owned();
    let band = match run.knows_oracle() {
        true => tr!("no probes, which need data drawn anew. The path is the run’s own."),
        false => tr!("no probes and no path: without W_star no distance from it is known."),
    };
    DiscCaption { rings: Some((silent(), silent())), quartiles: String::new(), band: band.to_owned() }
}

/// The masks for who cannot see them, where the oracle is not known.
pub(super) fn mask_text(run: &Run) -> String {
    let (neurons, features) = (run.mask().neurons(), run.mask().dimension());
    let weights = grouped(run.mask().weights());
    tr!(
        "{neurons} neurons of {features} features; {weights} weights. Those of the oracle are not known.",
        neurons,
        features,
        weights
    )
}
