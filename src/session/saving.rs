//! What of the run the reader saves: which files there are, and what page and worker put into them.

use std::collections::VecDeque;

use super::pair::Pair;
use super::run::Run;
use crate::language::{message, tr, translate};
use crate::link::{Link, command, command_on_data};
use crate::trials::messages::RunFile;
use crate::trials::{Provenance, own_source, run_csv};

/// A picture of the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The relative error.
    Error,
    /// The convex region.
    Disc,
    /// The masks.
    Masks,
}

impl Picture {
    /// All of them, in the page's order.
    pub const ALL: [Self; 3] = [Self::Error, Self::Disc, Self::Masks];

    /// As the page's elements call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Disc => "disc",
            Self::Masks => "mask",
        }
    }

    /// The name of its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Error => "relative-error",
            Self::Disc => "convex-region",
            Self::Masks => "mask-overlap",
        }
    }

    /// What stands over it.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Error => tr!("Relative error |W(t) − W*| / |W*|"),
            Self::Disc => tr!("Convex region: distance |W − W*| / |W*|"),
            Self::Masks => tr!("Mask overlap, paler the further w is from w*"),
        }
    }

    /// Width and height of the saved picture: the same in whatever window it is seen.
    pub fn size(self) -> (f64, f64) {
        match self {
            Self::Error => (720.0, 420.0),
            Self::Disc => (560.0, 420.0),
            Self::Masks => (720.0, 240.0),
        }
    }
}

/// A file of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The relative error of each iteration.
    Csv,
    /// What is said of it in numbers.
    Json,
    /// Its arrays.
    Npz,
    /// A picture, as lines.
    Svg(Picture),
    /// A picture, as pixels.
    Png(Picture),
}

impl Format {
    /// As the file's name ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Npz => "npz",
            Self::Svg(_) => "svg",
            Self::Png(_) => "png",
        }
    }

    /// The whole name of the file of a run with this digest, whose beginning tells one moment from another; `of_loss` where the
    /// curve is the training loss.
    pub fn file_name(self, digest: &str, of_loss: bool) -> String {
        let what = match self {
            Self::Svg(Picture::Error) | Self::Png(Picture::Error) if of_loss => "training-loss",
            Self::Svg(picture) | Self::Png(picture) => picture.file(),
            Self::Csv | Self::Json | Self::Npz => "run",
        };
        let digest: String = digest.chars().take(8).collect();
        format!("{what}-{digest}.{}", self.ending())
    }

    /// What of it the training worker can make; only on own data it makes the CSV, too.
    pub(super) fn by_worker(self) -> Option<RunFile> {
        match self {
            Self::Json => Some(RunFile::Record),
            Self::Npz => Some(RunFile::Arrays),
            Self::Csv => Some(RunFile::Course),
            Self::Svg(_) | Self::Png(_) => None,
        }
    }
}

/// What the shell saves.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A picture as lines that is to become one of pixels, and the words that go into the file beside it.
    Pixels {
        /// The picture as SVG.
        svg: String,
        /// What is said of it.
        words: String,
    },
}

/// The files that a worker still has to make.
#[derive(Debug, Default)]
pub struct Saving {
    wanted: VecDeque<Wanted>,
    // the one that the worker is at, and the digest of its moment
    under_way: Option<(Format, String)>,
}

/// A file that is wanted, with the address of the page that its link is to have.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) format: Format,
    pub(super) page: String,
}

impl Saving {
    /// The reader wants this one too.
    pub(super) fn want(&mut self, format: Format, page: String) {
        self.wanted.push_back(Wanted { format, page });
    }

    /// The next one, if it can be made: of numbers only once the forecast is there.
    pub(super) fn next(&mut self, foreseen: bool) -> Option<Wanted> {
        let can_be_made = |wanted: &&Wanted| wanted.format != Format::Json || foreseen;
        self.wanted.front().filter(can_be_made)?;
        self.wanted.pop_front()
    }

    /// It is being made, of the moment with this digest.
    pub(super) fn begin(&mut self, format: Format, digest: String) {
        self.under_way = Some((format, digest));
    }

    /// It is made; which file it is.
    pub(super) fn done(&mut self) -> Option<(Format, String)> {
        self.under_way.take()
    }

    /// The run is another one now: whether files of it were still to be made.
    pub(super) fn give_up(&mut self) -> bool {
        let had_any = self.under_way.is_some() || !self.wanted.is_empty();
        *self = Self::default();
        had_any
    }
}

/// What is said while a file is being made.
pub const BEING_MADE: &str = message!("Being computed …");
/// What is said where that came to nothing.
pub const GIVEN_UP: &str = message!("Not saved: another run has begun");
/// What is said before there is anything to save.
pub const TOO_EARLY: &str = message!("Not yet: the run is still being set up");
/// What is said while the curvature is computed, of which a file tells.
pub const AWAITS_FORECAST: &str = message!("The file follows once the curvature is known …");

/// What is said where a browser cannot draw a picture for a file.
pub const NO_PIXELS: &str = message!("This browser does not make a PNG of it; SVG has the same picture");

/// What is said once it is there.
pub fn saved(name: &str) -> String {
    tr!("Saved {name}", name)
}

/// The page's address as far as others can open it: nothing of one that belongs to this machine alone.
pub fn public_part(address: &str) -> &str {
    let page = address.split(['#', '?']).next().unwrap_or_default();
    let Some(rest) = page.strip_prefix("https://").or_else(|| page.strip_prefix("http://")) else { return "" };
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    let is_own =
        host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host.starts_with('[');
    if is_own { "" } else { page }
}

/// What is said of a picture that needs W\*.
pub const NO_PICTURE: &str = message!("Without W_star there is no such picture");
/// What stands over the curve of a run whose oracle is not known.
const LOSS: &str = message!("Training loss f(W(t))");

/// What stands over a picture of `run`.
pub fn heading(picture: Picture, run: &Run) -> &'static str {
    if picture == Picture::Error && !run.knows_oracle() { translate(LOSS) } else { picture.heading() }
}

/// Where a file of a run on own data comes from; none of another one, and before it is set up.
pub fn own_provenance(run: &Run) -> Option<Provenance> {
    Some(Provenance {
        link: own_source(run.own.as_deref()?),
        step: run.step()?,
        seed: run.spec.seed,
        digest: run.digest.clone(),
        status: run.own_standing()?.sentence(),
        beside: None,
    })
}

/// Where a saved file comes from; none before the run is set up. `link` is that of the moment, whose `status` tells.
pub fn provenance(run: &Run, pair: Option<Pair>, link: &Link, status: String, page: &str) -> Option<Provenance> {
    Some(Provenance {
        link: format!("{}#{}", public_part(page), link.fragment()),
        step: run.step()?,
        seed: run.spec.seed,
        digest: run.digest.clone(),
        status,
        beside: pair.map(|pair| (pair.names().1.to_owned(), pair.beside.digest.clone())),
    })
}

/// The relative error of each iteration up to the moment, and that of the run beside it.
pub fn csv(run: &Run, pair: Option<Pair>, provenance: &Provenance) -> String {
    let mut courses = vec![("relative_error", run.so_far())];
    courses.extend(pair.map(|pair| (pair.column(), pair.beside.so_far())));
    run_csv(provenance, &courses)
}

/// The line of the command line that comes to this moment, followed by that of the run beside it; on own data, those of `file`.
pub fn command_line(run: &Run, pair: Option<Pair>, file: Option<&str>) -> String {
    // At the end of a run the line needs no step.
    let line = |run: &Run| command(&run.spec, run.step().filter(|_| run.stopped.is_none()));
    if let Some((data, file)) = run.own.as_deref().zip(file) {
        let step = run.step().filter(|_| run.stopped.is_none());
        return command_on_data(&run.spec, file, |field| !data.holds(field.key), step);
    }
    let runs = [Some(run), pair.map(|pair| pair.beside)];
    runs.into_iter().flatten().map(line).collect::<Vec<_>>().join(" && ")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_address_of_this_machine_alone_goes_into_no_file() {
        for (address, public) in [
            ("https://x.org/lab/#r=5", "https://x.org/lab/"),
            ("http://x.org/lab/?a=1", "http://x.org/lab/"),
            ("file:///home/me/page.html#r=5", ""),
            ("http://127.0.0.1:8080/#r=5", ""),
            ("http://localhost:8080/", ""),
            ("http://[::1]:8080/", ""),
            ("", ""),
        ] {
            assert_eq!(public_part(address), public, "{address}");
        }
    }

    #[test]
    fn files_of_the_worker_come_in_turn_and_numbers_wait_for_the_forecast() {
        let mut saving = Saving::default();
        for format in [Format::Npz, Format::Json] {
            saving.want(format, String::new());
        }
        let next = |saving: &mut Saving, foreseen| saving.next(foreseen).map(|wanted| wanted.format);
        assert_eq!(next(&mut saving, false), Some(Format::Npz));
        assert_eq!(next(&mut saving, false), None);
        assert_eq!(next(&mut saving, true), Some(Format::Json));
        assert!(!saving.give_up());
        saving.begin(Format::Npz, "0123".to_owned());
        assert!(saving.give_up() && saving.done().is_none());
    }
}
