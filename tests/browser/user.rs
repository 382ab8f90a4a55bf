//! A user who does anything: pointer, keys, links, history, windows, in an order that a seed decides.

mod hands;

use std::collections::VecDeque;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use winning_ticket::link::Link;
use winning_ticket::spec::fields::{FIELDS, Kind};
use winning_ticket::spec::{Spec, fields};

use super::linking::HOSTILE;
use super::page::Page;
use hands::Key;

/// What was done last, for the tale of a failure.
const REMEMBERED: usize = 25;

const SLIDERS: [&str; 10] = [
    "#r-slider",
    "#N-slider",
    "#K-slider",
    "#beta-slider",
    "#d-slider",
    "#eta-slider",
    "#sigma-slider",
    "#lambda-slider",
    "#time",
    "#search-round",
];
const BOXES: [&str; 11] = ["r", "N", "K", "beta", "d", "eta", "sigma", "lambda", "T", "trial", "seed"];
const SELECTS: [&str; 8] = [
    "#speed",
    "#overlap-choice",
    "#batches-choice",
    "#mask-choice",
    "#start-choice",
    "#search-method",
    "#map-measure",
    "#experiment-size",
];
const PICTURES: [&str; 6] =
    ["#error-canvas", "#disc-canvas", "#mask-canvas", "#network-canvas", "#map-canvas", "#experiment-canvas"];
const BUTTONS: [&str; 35] = [
    "#play",
    "#play",
    "#step",
    "#reset",
    "#new-seed",
    "#defaults",
    "#eta-auto",
    "#spread-switch",
    "#dismiss-notices",
    "#more > summary",
    "#error-region summary",
    "#disc-region summary",
    "#mask-region summary",
    "#paint",
    "#paint-undo",
    "#paint-clear",
    "footer summary",
    "#search > summary",
    "#search-run",
    "#search-pause",
    "#search-cancel",
    "#search-draw",
    "#maps > summary",
    "#map-run",
    "#map-pause",
    "#map-cancel",
    "#figure-5 > summary",
    "#figure-9 > summary",
    "#experiment-run",
    "#experiment-cancel",
    "#experiment-opens",
    "#menu-open",
    "#stage-large",
    "#stage-thick",
    "#show-all",
];
/// Keys by name, with the number that browsers have for each and the text that it types.
const KEYS: [Key; 12] = [
    (" ", 32, " "),
    ("ArrowLeft", 37, ""),
    ("ArrowRight", 39, ""),
    ("ArrowUp", 38, ""),
    ("ArrowDown", 40, ""),
    ("Home", 36, ""),
    ("End", 35, ""),
    TAB,
    ENTER,
    ESCAPE,
    ("PageDown", 34, ""),
    ("PageUp", 33, ""),
];
const TAB: Key = ("Tab", 9, "");
const ENTER: Key = ("Enter", 13, "\r");
const ESCAPE: Key = ("Escape", 27, "");
/// What is typed into boxes, besides numbers.
const WORDS: [&str; 10] = ["", "1e3", "-7", "1 000", "0,5", "NaN", "∞", "<b>&#=%", "auto", "99999999999999999999"];
/// What a link paints on the masks.
const PAINTED: [&str; 3] = ["1:1-3+5", "1:2/2:1-2", "3:40-90"];
const WINDOWS: [(u32, u32); 5] = [(1440, 900), (1024, 768), (800, 600), (600, 1000), (1700, 1000)];

/// The user, at one page.
pub struct User<'a> {
    page: &'a Page<'a>,
    random: ChaCha8Rng,
    /// How much was done so far.
    pub done: usize,
    /// In how many of these something was typed into a box.
    pub typed: usize,
    last: VecDeque<String>,
}

impl<'a> User<'a> {
    /// One whose every choice follows from `seed`.
    pub fn new(page: &'a Page<'a>, seed: u64) -> Self {
        Self { page, random: ChaCha8Rng::seed_from_u64(seed), done: 0, typed: 0, last: VecDeque::new() }
    }

    /// What was done last, one thing a line.
    pub fn tale(&self) -> String {
        self.last.iter().fold(String::new(), |tale, deed| format!("{tale}\n  {deed}"))
    }

    /// Does one thing more.
    pub fn act(&mut self) -> Result<()> {
        self.done += 1;
        // First each kind in turn, so that a warm-up knows them all.
        let choice = if self.done <= 100 { self.done * 37 % 100 } else { self.random.random_range(0..100) };
        let deed = match choice {
            0..12 => self.wave(),
            12..34 => self.press_a_button(),
            34..52 => self.drag_a_slider(),
            52..58 => self.drag_anywhere(),
            58..70 => self.press_keys(),
            70..77 => self.type_into_a_box(),
            77..82 => self.choose(),
            82..89 => self.follow_a_link(),
            89..93 => self.go_back_or_forward(),
            93..95 => self.resize(),
            95..97 => self.hide_for_a_while(),
            97..98 => self.change_the_theme(),
            _ => self.wait(),
        };
        deed.with_context(|| format!("while doing number {}, after{}", self.done, self.tale()))
    }

    fn tell(&mut self, deed: String) {
        if self.last.len() == REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back(format!("{}: {deed}", self.done));
    }

    fn one_of<T: Clone>(&mut self, things: &[T]) -> T {
        things.choose(&mut self.random).expect("there are some").clone()
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share)
    }

    fn wave(&mut self) -> Result<()> {
        let picture = self.one_of(&PICTURES);
        let Some(place) = self.place(picture)? else { return Ok(()) };
        self.tell(format!("the pointer over {picture}"));
        for _ in 0..self.random.random_range(2..12) {
            let at = self.point_in(place);
            self.page.mouse("mouseMoved", at, false, 0)?;
        }
        if self.chance(0.5) {
            let at = self.point_in(place);
            self.click(at, 1)?;
        }
        Ok(())
    }

    fn press_a_button(&mut self) -> Result<()> {
        let button = self.one_of(&BUTTONS);
        let clicks = self.random.random_range(1..=3);
        let Some(place) = self.place(button)? else { return Ok(()) };
        self.tell(format!("{button}, clicks: {clicks}"));
        let at = self.point_in(place);
        self.click(at, clicks)
    }

    fn drag_a_slider(&mut self) -> Result<()> {
        let slider = self.one_of(&SLIDERS);
        let steps = self.random.random_range(1..25);
        let Some(place) = self.place(slider)? else { return Ok(()) };
        let (from, to) = (self.point_in(place), self.point_in(place));
        self.tell(format!("{slider} from {from:.0?} to {to:.0?} in {steps} moves"));
        self.drag(from, to, steps)
    }

    fn drag_anywhere(&mut self) -> Result<()> {
        let window = self.window()?;
        let (from, to) = (self.point_in(window), self.point_in(window));
        let steps = self.random.random_range(1..10);
        self.tell(format!("a drag from {from:.0?} to {to:.0?} in {steps} moves"));
        self.drag(from, to, steps)?;
        if self.chance(0.5) {
            let by = self.random.random_range(-900.0..900.0);
            let wheel = json!({ "type": "mouseWheel", "x": to.0, "y": to.1, "deltaX": 0, "deltaY": by });
            self.page.cdp("Input.dispatchMouseEvent", wheel)?;
        }
        Ok(())
    }

    fn press_keys(&mut self) -> Result<()> {
        if self.chance(0.3) {
            let picture = self.one_of(&PICTURES);
            if self.place(picture)?.is_some() {
                self.focus(picture)?;
            }
        }
        for _ in 0..self.random.random_range(1..6) {
            let key = self.one_of(&KEYS);
            let shift = self.chance(0.2);
            self.tell(format!("{}{:?}", if shift { "Shift and " } else { "" }, key.0));
            self.press(key, shift)?;
        }
        Ok(())
    }

    /// A number that a field takes, or one nearby.
    fn number(&mut self, key: &str) -> String {
        let field = fields::Field::by_key(key).expect("a field");
        let (min, max) = field.range(&Spec::default()).expect("a range");
        let share: f64 = self.random.random_range(-0.1..1.1);
        // Small ones as often as large ones: that is where the interesting settings are.
        let value = min + share * share.abs() * (max - min);
        let whole = matches!(field.kind, Kind::Whole { .. });
        if whole || self.chance(0.3) { value.round().to_string() } else { format!("{value:.3}") }
    }

    fn type_into_a_box(&mut self) -> Result<()> {
        let key = self.one_of(&BOXES);
        let Some(place) = self.place(&format!("#{key}-box"))? else { return Ok(()) };
        let text = if self.chance(0.3) { self.one_of(&WORDS).to_owned() } else { self.number(key) };
        let end = self.one_of(&[ENTER, TAB, ESCAPE]);
        self.tell(format!("{text:?} and {:?} into {key}'s box", end.0));
        self.typed += 1;
        let middle = (place.left + place.width / 2.0, place.top + place.height / 2.0);
        self.click(middle, 3)?;
        self.page.cdp("Input.insertText", json!({ "text": text }))?;
        self.press(end, false)
    }

    fn choose(&mut self) -> Result<()> {
        let select = self.one_of(&SELECTS);
        let key = self.one_of(&[("ArrowDown", 40, ""), ("ArrowUp", 38, "")]);
        if self.place(select)?.is_none() {
            return Ok(());
        }
        self.tell(format!("{} in {select}", key.0));
        self.focus(select)?;
        self.press(key, false)
    }

    fn follow_a_link(&mut self) -> Result<()> {
        let fragment = if self.chance(0.3) { self.one_of(&HOSTILE).to_owned() } else { self.good_link() };
        self.tell(format!("the link #{fragment}"));
        self.page.evaluate_without_trace(&format!("void (location.hash = {})", json!(fragment)))
    }

    /// A link to any setting, at its start or at a moment.
    fn good_link(&mut self) -> String {
        let mut spec = Spec::default();
        for field in FIELDS.iter().rev() {
            if self.chance(0.6) {
                continue;
            }
            let text = match field.kind {
                Kind::Choice(words) => self.one_of(words).to_owned(),
                Kind::Switch => "1".to_owned(),
                Kind::Real { .. } | Kind::Whole { .. } => self.number(field.key),
                Kind::Painting => self.one_of(&PAINTED).to_owned(),
            };
            // What does not fit leaves the default.
            let _ = field.read(&mut spec, &text);
        }
        let step = self.chance(0.3).then(|| self.random.random_range(1..300));
        Link { step, ..Link::from(spec) }.fragment()
    }

    fn go_back_or_forward(&mut self) -> Result<()> {
        let back = self.chance(0.7);
        self.tell(format!("{} in the history", if back { "back" } else { "forward" }));
        // Not back beyond the page's first entry, to where there is no page.
        self.page.evaluate_without_trace(if back {
            "if (navigation.canGoBack) history.back()"
        } else {
            "history.forward()"
        })
    }

    fn resize(&mut self) -> Result<()> {
        let (width, height) = self.one_of(&WINDOWS);
        self.tell(format!("a window of {width} × {height}"));
        self.page.resize(width, height)
    }

    /// Another tab for a while; the address may change meanwhile.
    fn hide_for_a_while(&mut self) -> Result<()> {
        self.tell("another tab in front".to_owned());
        self.page.minimize()?;
        self.page.wait_for("a hidden document", "return document.hidden")?;
        if self.chance(0.5) {
            self.follow_a_link()?;
        }
        self.wait()?;
        self.resize()?;
        self.page.wait_for("a shown document", "return !document.hidden")
    }

    fn change_the_theme(&mut self) -> Result<()> {
        let theme = self.one_of(&["dark", "light"]);
        let motion = self.one_of(&["reduce", "no-preference"]);
        self.tell(format!("the theme {theme} and the motion {motion}"));
        self.page.emulate_media(&[("prefers-color-scheme", theme), ("prefers-reduced-motion", motion)])
    }

    /// Looks at the page for up to a second, as people do.
    fn wait(&mut self) -> Result<()> {
        let time = self.random.random_range(0..1000);
        self.tell(format!("{time} ms of nothing"));
        thread::sleep(Duration::from_millis(time));
        Ok(())
    }
}
