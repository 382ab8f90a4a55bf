//! The transport: playing or not, how fast, and how many steps are due.

use web_sys::{Element, HtmlElement, HtmlSelectElement};

use super::dom::{Listener, by_id, set_attribute, set_text};
use super::event::{Dispatch, Event};
use crate::notation::{grouped, scientific};

/// Without a limit a run gathers speed: at step t it makes at most this many steps a second, and so many for each of the
/// t. A run of a few hundred steps, which a worker trains within one frame, is then drawn over a second; one of 100 000
/// loses about two.
const GATHERING: (f64, f64) = (60.0, 3.0);
/// Milliseconds of steps that may pile up while the worker is busy: a slow run is slow, it does not catch up in jumps.
const BACKLOG: f64 = 250.0;

/// Play state and speed, with their controls.
pub struct Transport {
    /// Whether the run plays.
    pub playing: bool,
    // steps a second; none for as fast as possible once the run has gathered speed
    speed: Option<f64>,
    // steps due
    due: f64,
    // plays to this step as fast as possible and pauses there: from a link or the step button
    target: Option<usize>,
    play: Element,
    clock: (Element, Element),
    _listeners: Vec<Listener>,
}

impl Transport {
    /// Finds the transport's controls and listens to them.
    pub fn new(dispatch: &Dispatch) -> Self {
        let on = |id: &str, event: fn() -> Event| {
            let dispatch = dispatch.clone();
            Listener::new(&by_id::<HtmlElement>(id), "click", move |_| dispatch(event()))
        };
        let speed: HtmlSelectElement = by_id("speed");
        let (chosen, to) = (speed.clone(), dispatch.clone());
        let listeners = vec![
            on("play", || Event::PlayOrPause),
            on("step", || Event::Steps(1)),
            on("reset", || Event::Reset),
            Listener::new(&speed, "change", move |_| to(Event::Speed(chosen.value()))),
        ];
        let mut transport = Self {
            playing: false,
            speed: None,
            due: 0.0,
            target: None,
            play: by_id("play"),
            clock: (by_id("clock-t"), by_id("clock-error")),
            _listeners: listeners,
        };
        // A browser that restores a form restores the menu's choice.
        transport.set_speed(&speed.value());
        transport
    }

    /// Takes a choice of the speed menu: steps a second, or "max".
    pub fn set_speed(&mut self, choice: &str) {
        self.speed = choice.parse().ok();
    }

    /// Plays on to `step` as fast as possible, and pauses there.
    pub fn play_to(&mut self, step: usize) {
        self.target = Some(step);
    }

    /// Nothing is due any more.
    pub fn clear(&mut self) {
        self.due = 0.0;
        self.target = None;
    }

    /// The step that it plays to, if any.
    pub fn target(&self) -> Option<usize> {
        self.target
    }

    /// Time has passed, `elapsed` milliseconds, with the run at iteration `step`.
    pub fn pass(&mut self, elapsed: f64, step: usize) {
        if self.playing {
            let speed = self.speed.unwrap_or(GATHERING.0 + GATHERING.1 * step as f64);
            self.due = (self.due + speed * elapsed / 1000.0).min((speed * BACKLOG / 1000.0).max(1.0));
        }
    }

    /// Whether steps are due now or will be.
    pub fn is_moving(&self) -> bool {
        self.playing || self.due >= 1.0 || self.target.is_some()
    }

    /// Takes the steps that are due at iteration `step`; none if there are none yet.
    pub fn take(&mut self, step: usize) -> Option<u32> {
        if let Some(target) = self.target {
            self.target = Some(target).filter(|target| *target > step);
            return self.target.map(|target| (target - step) as u32);
        }
        let whole = self.due.floor();
        self.due = (self.due - whole).min(1.0);
        (whole >= 1.0).then_some(whole as u32)
    }

    /// Shows the play button's state, and where the run stands.
    pub fn show(&self, standing: Option<(usize, f64)>) {
        let (name, flag) = if self.playing { ("Pause", "true") } else { ("Play", "false") };
        set_attribute(&self.play, "aria-label", name);
        set_attribute(&self.play, "data-playing", flag);
        let (step, error) = standing.map_or((0, String::new()), |(step, error)| (step, scientific(error)));
        set_text(&self.clock.0, &grouped(step));
        set_text(&self.clock.1, &error);
    }
}
