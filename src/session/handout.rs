//! A handout: the scenes of a sequence on paper, a page each. A session of its own, which nobody sees, computes one after the
//! other, so that what is shown stays as it is.

use super::campaign::Campaign;
use super::captions::{self, DiscCaption, LightWords};
use super::comparison;
use super::event::Event;
use super::order::Order;
use super::pair::Pair;
use super::run::Run;
use super::saving::{self, Picture};
use super::slider::value_words;
use super::status_line::{Moment, Words};
use super::workers;
use super::{Machine, Session};
use crate::charts::{Chart, Colour, Palette, convex_region, mask_overlap, network_drawing, relative_error, to_svg};
use crate::language::{message, tr, translate};
use crate::link::stage::{PICTURES, Parts};
use crate::link::{Link, Sequence, Stage, parse};
use crate::notation::grouped;
use crate::spec::Spec;
use crate::spec::fields::{Control, FIELDS, Group};

/// Width of a page between its margins in CSS pixels: the narrower one of A4's, so that it fits on Letter too.
const WIDTH: f64 = 700.0;
/// Height of a picture that stands above the others.
const ABOVE: f64 = 204.0;
/// Width and height of the disc beside others.
const DISC: (f64, f64) = (320.0, 250.0);
/// Width and height of each of those in a column beside it.
const BESIDE: (f64, f64) = (364.0, 138.0);
/// Height of each of two that stand one above the other.
const ROOMY: f64 = 250.0;
/// Height of the picture that has all the room.
const ALONE: f64 = 460.0;
/// The memory of a machine that does not tell, in 10⁹ bytes.
const USUAL_GIGABYTES: f64 = 4.0;
/// The ground of the pictures: that of the paper.
const WHITE: Colour = (255, 255, 255);
/// The lights in their order, as a page names them.
const LIGHTS: [&str; 4] = [
    message!("Accurate mask"),
    message!("Curvature survives the sample, (4)"),
    message!("Start in the convex region, (6)"),
    message!("Enough samples, (8)"),
];

/// A picture on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its key, of [`PICTURES`].
    pub key: &'static str,
    /// What stands over it.
    pub heading: String,
    /// What it shows, for who cannot see it.
    pub alternative: String,
    /// Itself.
    pub svg: String,
    /// What is said below it.
    pub caption: String,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Where it is among the others.
    pub place: String,
    /// Its heading.
    pub title: String,
    /// What the lecturer says of it; may be empty.
    pub note: String,
    /// The values of the run; empty where all are left out.
    pub settings: String,
    /// The pictures that the scene shows.
    pub pictures: Vec<Drawn>,
    /// What the status line says, or why there is no such run; empty where it is left out.
    pub status: String,
    /// What of it is not as it was to be.
    pub remarks: Vec<String>,
    /// The lights, each with its name, a word and a sentence; none where they are left out.
    pub lights: Vec<(&'static str, LightWords)>,
    /// The digest of the moment; empty where there is none.
    pub digest: String,
    /// The fragment of the link to the scene, without what stands beside it.
    pub fragment: String,
}

/// The pages, and what computes them.
#[derive(Debug)]
pub struct Handout {
    machine: Machine,
    scenes: Vec<Link>,
    sheets: Vec<Sheet>,
    // has the run of the scene after the last sheet
    session: Session,
    // whether pages wait for all probes of their settings
    awaits_probes: bool,
}

impl Handout {
    /// Of these scenes, on `machine`, with what its workers have to do first.
    pub fn begin(scenes: Vec<Link>, machine: Machine, now: f64) -> (Self, Vec<workers::Order>) {
        // The page's own workers hold their problems beside these.
        let machine = Machine { gigabytes: Some(machine.gigabytes.unwrap_or(USUAL_GIGABYTES) / 2.0), ..machine };
        let session = Session::new(machine, now);
        let mut handout = Self { machine, scenes, sheets: Vec::new(), session, awaits_probes: true };
        let orders = handout.open_next(now);
        (handout, orders)
    }

    /// A worker says something, or time has passed; gives what the workers have to do.
    pub fn update(&mut self, event: Event, now: f64) -> Vec<workers::Order> {
        if self.is_complete() {
            return Vec::new();
        }
        let mut orders = of_workers(self.session.update(event, now));
        // There are no frames where nobody looks, also not in a page that is hidden.
        orders.extend(of_workers(self.session.update(Event::Frame(now), now)));
        let scene = &self.scenes[self.sheets.len()];
        if self.is_there(scene) || self.will_never_be(scene) {
            let sheet = Sheet::of(&self.session, scene, self.sheets.len(), self.scenes.len());
            self.sheets.push(sheet);
            orders.extend(self.open_next(now));
        }
        orders
    }

    /// Whether all is there that this scene shows: the run at its step, the forecast, and each probe if that is awaited.
    fn is_there(&self, scene: &Link) -> bool {
        let session = &self.session;
        let awaits_probes = self.awaits_probes && shown(&scene.stage.left_out()).contains(&"disc");
        let foreseen = session.run().forecast.is_some() && (!awaits_probes || session.campaign().is_complete());
        session.is_at_rest() && stands_at_its_step(session, scene) && (foreseen || session.has_lost_pool())
    }

    /// Whether the training worker failed too often, or at the run's step: then the run began anew, and nothing leads it on.
    fn will_never_be(&self, scene: &Link) -> bool {
        let session = &self.session;
        let began_anew = session.failure().is_some() && session.is_at_rest() && !stands_at_its_step(session, scene);
        session.has_lost_trainer() || began_anew
    }

    /// From here on no page waits for probes: those that are there are shown.
    pub fn hurry(&mut self) {
        self.awaits_probes = false;
    }

    /// Whether that is so.
    pub fn hurries(&self) -> bool {
        !self.awaits_probes
    }

    /// The pages that are there.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Whether all are there.
    pub fn is_complete(&self) -> bool {
        self.sheets.len() == self.scenes.len()
    }

    /// Which page is being made, or that all are there.
    pub fn stands(&self) -> String {
        let (done, all) = (self.sheets.len(), self.scenes.len());
        match self.scenes.get(done) {
            Some(scene) => {
                tr!("Page {page} of\u{a0}{all}: {title}", page = done + 1, all, title = title_of(scene, done))
            }
            None if all == 1 => tr!("One page is ready.").to_owned(),
            None => tr!("{all} pages are ready.", all),
        }
    }

    /// How far that one is; empty once all are there.
    pub fn progress(&self) -> String {
        let Some(scene) = self.scenes.get(self.sheets.len()) else { return String::new() };
        let run = self.session.run();
        match run.moment() {
            Some((step, _)) if step < scene.step.unwrap_or(0) => tr!("iteration {step}", step = grouped(step)),
            Some(_) if run.forecast.is_some() => self.session.campaign().progress(self.session.workers_at_once()),
            _ => tr!("Being computed …").to_owned(),
        }
    }

    /// Goes on to the next scene, with workers that know nothing of the one before.
    fn open_next(&mut self, now: f64) -> Vec<workers::Order> {
        let Some(scene) = self.scenes.get(self.sheets.len()) else { return Vec::new() };
        self.session = Session::new(self.machine, now);
        of_workers(self.session.open(scene.fragment(), false, now))
    }
}

/// Whether the run is where the scene has it, or has ended before.
fn stands_at_its_step(session: &Session, scene: &Link) -> bool {
    let run = session.run();
    run.step().is_some_and(|step| step == scene.step.unwrap_or(0) || run.stopped.is_some())
}

/// What of it is to be done by workers: nothing else of such a session is seen.
fn of_workers(orders: Vec<Order>) -> Vec<workers::Order> {
    let of_workers = |order| match order {
        Order::Workers(order) => Some(order),
        _ => None,
    };
    orders.into_iter().filter_map(of_workers).collect()
}

/// The pictures that are not left out.
fn shown(left_out: &Parts) -> Vec<&'static str> {
    PICTURES.into_iter().filter(|key| !left_out.has(key)).collect()
}

fn title_of(scene: &Link, place: usize) -> String {
    match scene.stage.title.is_empty() {
        true => tr!("Scene {number}", number = place + 1),
        false => scene.stage.title.clone(),
    }
}

impl Sheet {
    /// That of the scene at `place` of `all`, whose run `session` has computed, or given up.
    fn of(session: &Session, scene: &Link, place: usize, all: usize) -> Self {
        let (run, pair, left_out) = (session.run(), session.pair(), scene.stage.left_out());
        let words = Words::Standing(Moment { run: run.number, step: run.step() });
        let (stands, failure) = (stands_at_its_step(session, scene), session.failure().unwrap_or_default());
        let status = match stands {
            false => failure.to_owned(),
            true if left_out.has("status") => String::new(),
            // Of two runs without the seconds, which are of another machine's and differ from print to print.
            true => match pair.and_then(Pair::lasting_sentence) {
                Some(sentence) => sentence,
                None => captions::status(words, run, None),
            },
        };
        let incomplete = if stands && run.forecast.is_none() { failure.to_owned() } else { String::new() };
        let differs = comparison::mismatch(scene, &run.digest).filter(|_| stands).unwrap_or_default();
        let lights = LIGHTS.into_iter().zip(captions::lights(run)).filter(|_| !left_out.has("lights"));
        let lights = lights.filter_map(|(name, light)| Some((translate(name), LightWords::of(light?))));
        Self {
            place: tr!("{place} of\u{a0}{all}", place = place + 1, all),
            title: title_of(scene, place),
            note: scene.stage.note.clone(),
            settings: settings(session, &left_out),
            pictures: pictures(session, &shown(&left_out)),
            status,
            remarks: [incomplete, differs].into_iter().filter(|remark| !remark.is_empty()).collect(),
            lights: lights.collect(),
            digest: if stands { comparison::in_fours(&run.digest) } else { String::new() },
            fragment: short(scene).fragment(),
        }
    }
}

/// What a link holds as one may have to type it: words and digest stand beside it, and other scenes elsewhere.
pub fn short_fragment(fragment: &str) -> String {
    let (link, _) = parse(fragment);
    let is_short = link.sequence.scenes.is_empty() && link.stage.title.is_empty() && link.stage.note.is_empty();
    if is_short { fragment.to_owned() } else { short(&Link { sequence: Sequence::default(), ..link }).fragment() }
}

fn short(scene: &Link) -> Link {
    let stage = Stage { title: String::new(), note: String::new(), ..scene.stage.clone() };
    Link { stage, digest: None, bits: None, ..scene.clone() }
}

/// The values of the run that are not left out: the four sliders', seed and step cap, those that are not as usual, and what
/// trains beside it.
fn settings(session: &Session, left_out: &Parts) -> String {
    let (run, usual) = (session.run(), Spec::default());
    if left_out.has("controls") {
        return String::new();
    }
    let told = FIELDS.iter().filter(|field| {
        let is_usual = field.group != Group::Primary && (field.get)(&run.spec) == (field.get)(&usual);
        let is_told = !is_usual || ["seed", "T"].contains(&field.key);
        let is_left_out = left_out.has(field.key) || (field.group != Group::Primary && left_out.has("more"));
        is_told && !is_left_out && field.control != Control::Picture
    });
    let value = |field| {
        let words = value_words(field, &run.spec, &run.known);
        words.parse().map_or(words, grouped)
    };
    let told = told.map(|field| format!("{}:\u{a0}{}", translate(field.name), value(field)));
    let compared = session.pair().filter(|_| !left_out.has("compare")).map(|pair| {
        let (one, other) = pair.names();
        tr!("Compared: {one} and {other}", one, other)
    });
    told.chain(compared).collect::<Vec<_>>().join(" · ")
}

/// These pictures, in sizes that together fill a page.
fn pictures(session: &Session, keys: &[&'static str]) -> Vec<Drawn> {
    keys.iter().map(|key| drawn(session, key, size(key, keys))).collect()
}

/// The size of a picture among these: the error above, below it the disc, beside that masks and network in a column.
fn size(key: &str, keys: &[&str]) -> (f64, f64) {
    let lower = keys.iter().filter(|key| **key != "error").count();
    let has_disc = keys.contains(&"disc");
    match key {
        _ if keys.len() == 1 => (WIDTH, ALONE),
        _ if keys.len() == 2 && !(has_disc && lower == 2) => (WIDTH, ROOMY),
        "error" => (WIDTH, ABOVE),
        "disc" => DISC,
        _ if has_disc && lower == 2 => (BESIDE.0, DISC.1),
        _ if has_disc => BESIDE,
        _ => (WIDTH, BESIDE.1),
    }
}

fn drawn(session: &Session, key: &'static str, size: (f64, f64)) -> Drawn {
    let (run, pair, view) = (session.run(), session.pair(), session.view());
    let of = |chart: &dyn Chart, heading: &str, alternative: String, caption: String| {
        let svg = to_svg(chart, &Palette { paper: WHITE, ..Palette::LIGHT }, &alternative);
        Drawn { key, heading: heading.to_owned(), alternative, svg, caption }
    };
    match key {
        "error" => {
            let snapshot = relative_error::Snapshot { size, ..session.error_chart() };
            of(&snapshot, saving::heading(Picture::Error, run), captions::error_text(run), String::new())
        }
        "disc" => {
            let campaign = session.campaign();
            let snapshot = convex_region::Snapshot { size, ..view.disc(run, pair, campaign) };
            let alternative = captions::disc_text(run, campaign.probes());
            of(&snapshot, saving::heading(Picture::Disc, run), alternative, disc_caption(run, campaign))
        }
        "masks" => {
            let snapshot = mask_overlap::Snapshot { size, ..view.mask(run) };
            let text = captions::mask_text(run);
            let caption = match run.kept.agreement().differs() {
                true => tr!("{text} An empty frame is a missed weight, half a bar an extra one.", text),
                false => text.clone(),
            };
            of(&snapshot, saving::heading(Picture::Masks, run), text, caption)
        }
        _ => {
            let snapshot = network_drawing::Snapshot { size, ..view.network(run) };
            of(&snapshot, tr!("Network"), tr!("Network").to_owned(), String::new())
        }
    }
}

fn disc_caption(run: &Run, campaign: &Campaign) -> String {
    let (probes, left) = (campaign.probes(), campaign.left());
    let DiscCaption { rings, quartiles, band } = DiscCaption::of(run, probes, campaign.is_stale());
    let measured = match left {
        0 => tr!("Band, measured: {band}", band),
        _ if probes.is_empty() => tr!("Band: not measured for this page.").to_owned(),
        _ => tr!("Band, measured: {band} For the other {left} probes this page did not wait.", band, left),
    };
    let Some((theorem1, theorem2)) = rings else { return measured };
    tr!(
        "R_1, Theorem 1’s ball, {theorem1}; R_T, Theorem 2’s reach, {theorem2}{quartiles}. {measured}",
        theorem1,
        theorem2,
        quartiles,
        measured
    )
}

#[cfg(test)]
mod tests;
