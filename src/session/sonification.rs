//! The relative error to be listened to: what is heard, and when. Pitch follows the logarithm of the error without steps
//! between, so that a straight line on the logarithmic scale is a steady fall.

use libm::{exp2, log10};

use crate::language::message;
use crate::spec::FOUND;

/// Hertz at the relative error that counts as found: the concert pitch.
const CONCERT: f64 = 440.0;
/// Factors of ten by which the error falls while the tone falls by an octave.
const DECADES_AN_OCTAVE: f64 = 2.0;
/// What loudspeakers of laptops play, in hertz; errors beyond are heard at its ends.
const AUDIBLE: (f64, f64) = (55.0, 3520.0);
/// Hertz of the second tone of an end over those of the first: a fifth.
const FIFTH: f64 = 1.5;

/// What the switch says of itself.
pub const WORDS: &str = message!(
    "The relative error as a tone, an octave lower each time the error falls to a hundredth; 10⁻⁴ is the concert pitch, 440 Hz. \
     It glides while the run plays; a step, or a place of the cursor, is a short tone. Two tones are the end: up if the oracle \
     was found, else down."
);

/// The frequency of a relative error in hertz: 440 Hz at 10⁻⁴, an octave more for a hundred times the error.
///
/// ```
/// use winning_ticket::session::sonification::frequency;
///
/// assert_eq!([1.0, 1e-2, 1e-4].map(|error| frequency(error).round()), [1760.0, 880.0, 440.0]);
/// ```
pub fn frequency(relative_error: f64) -> f64 {
    let octaves = log10(relative_error / FOUND) / DECADES_AN_OCTAVE;
    // An error of zero has no logarithm; it is the lowest.
    (CONCERT * exp2(octaves)).clamp(AUDIBLE.0, AUDIBLE.1)
}

/// What the tone does at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Seconds from now.
    pub after: f64,
    /// The frequency to which it goes, in hertz; none: it keeps the one that it has.
    pub hertz: Option<f64>,
    /// The gain to which it goes, from 0 to 1.
    pub gain: f64,
}

/// The time in which the tone comes near to what it goes to, in seconds: short for the ear, and long enough not to click.
pub const GLIDE: f64 = 0.015;
/// Of a single tone, well below what hurts.
const GAIN: f64 = 0.2;
/// Seconds that a short tone lasts, and one of the two at an end with its rest.
const SHORT: f64 = 0.12;
const BEAT: f64 = 0.22;

/// What is to be heard from now on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sound {
    /// Nothing.
    Rest,
    /// A tone that lasts, of this relative error.
    Tone(f64),
    /// A short one.
    Note(f64),
    /// The end at this relative error, and whether the oracle was found.
    End(f64, bool),
}

impl Sound {
    /// What the tone does for it; what was to come before is given up.
    pub fn turns(self) -> Vec<Turn> {
        let begins = |after, hertz| Turn { after, hertz: Some(hertz), gain: GAIN };
        let ends = |after| Turn { after, hertz: None, gain: 0.0 };
        match self {
            Self::Rest => vec![ends(0.0)],
            Self::Tone(error) => vec![begins(0.0, frequency(error))],
            Self::Note(error) => vec![begins(0.0, frequency(error)), ends(SHORT)],
            Self::End(error, found) => {
                let first = frequency(error);
                let second = if found { first * FIFTH } else { first / FIFTH };
                vec![begins(0.0, first), ends(SHORT), begins(BEAT, second), ends(BEAT + 2.0 * SHORT)]
            }
        }
    }
}

/// What the run does at a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Now {
    /// The number of the run.
    pub run: u32,
    /// t and the relative error; none before the run is set up.
    pub moment: Option<(usize, f64)>,
    /// Whether it moves.
    pub moves: bool,
    /// Whether it stands at its end, and if so, whether the oracle was found.
    pub end: Option<bool>,
    /// The iteration under the cursor, with its relative error.
    pub cursor: Option<(usize, f64)>,
}

/// Whether the error is listened to, and what was heard last.
#[derive(Debug, Default)]
pub struct Sonification {
    on: bool,
    lasts: bool,
    at: Option<(u32, usize)>,
    cursor: Option<usize>,
}

impl Sonification {
    /// Whether it is listened to.
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// Begins to listen, or no longer does.
    pub fn turn(&mut self, on: bool) {
        *self = Self { on, at: self.at, cursor: self.cursor, lasts: false };
    }

    /// A tone that lasts rests: nobody sees the page.
    pub fn rest(&mut self) -> Option<Sound> {
        std::mem::take(&mut self.lasts).then_some(Sound::Rest)
    }

    /// What is to be heard from now on, if that is something else.
    pub fn follow(&mut self, now: &Now) -> Option<Sound> {
        let at = now.moment.map(|(step, _)| (now.run, step));
        let before = std::mem::replace(&mut self.at, at);
        let cursor = now.cursor.map(|(step, _)| step);
        let pointed = cursor != std::mem::replace(&mut self.cursor, cursor);
        if !self.on {
            return None;
        }
        let Some(((run, step), (_, error))) = at.zip(now.moment) else { return self.rest() };
        // Another run, set up while a slider is dragged, has not gone anywhere.
        let moved = before != at && (step > 0 || before.is_some_and(|(of, _)| of == run));
        match now.end {
            Some(found) if moved => {
                self.lasts = false;
                return Some(Sound::End(error, found));
            }
            None if now.moves => {
                return moved.then(|| {
                    self.lasts = true;
                    Sound::Tone(error)
                });
            }
            _ if self.lasts => return self.rest(),
            _ if moved => return Some(Sound::Note(error)),
            _ => {}
        }
        now.cursor.filter(|_| pointed).map(|(_, error)| Sound::Note(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9 * b
    }

    #[test]
    fn the_pitch_falls_by_an_octave_for_a_hundredth_of_the_error() {
        for (error, hertz) in [(1.0, 1760.0), (1e-2, 880.0), (1e-4, 440.0), (1e-6, 220.0), (1e-8, 110.0)] {
            assert!(near(frequency(error), hertz), "{error}: {}", frequency(error));
        }
        // Every share of the error is the same interval, wherever it is taken.
        let interval = |error: f64| frequency(0.5 * error) / frequency(error);
        assert!([1.0, 0.3, 1e-5].iter().all(|error| near(interval(*error), interval(0.1))));
        assert_eq!([0.0, 1e-30, 1e6, f64::INFINITY].map(frequency), [55.0, 55.0, 3520.0, 3520.0]);
    }

    #[test]
    fn the_words_say_what_the_mapping_does() {
        for words in ["an octave lower each time the error falls to a hundredth", "10⁻⁴ is the concert pitch, 440 Hz"]
        {
            assert!(WORDS.contains(words), "{words}");
        }
        assert_eq!((frequency(FOUND), FOUND), (440.0, 1e-4));
    }

    fn at(step: usize) -> Now {
        Now { run: 1, moment: Some((step, 0.5)), moves: false, end: None, cursor: None }
    }

    fn listening() -> Sonification {
        let mut heard = Sonification::default();
        heard.turn(true);
        heard.follow(&at(0));
        heard
    }

    #[test]
    fn nothing_is_heard_until_it_is_asked_for() {
        let mut heard = Sonification::default();
        assert_eq!((heard.follow(&at(0)), heard.follow(&Now { moves: true, ..at(3) })), (None, None));
        heard.turn(true);
        assert_eq!(heard.follow(&at(3)), None, "nor where nothing moves");
        assert_eq!(heard.follow(&at(4)), Some(Sound::Note(0.5)));
        heard.turn(false);
        assert_eq!(heard.follow(&at(5)), None);
    }

    #[test]
    fn a_run_that_plays_is_a_tone_that_rests_with_it() {
        let mut heard = listening();
        let plays = |step| Now { moves: true, ..at(step) };
        assert_eq!(heard.follow(&plays(0)), None, "it has not moved yet");
        assert_eq!((heard.follow(&plays(2)), heard.follow(&plays(2))), (Some(Sound::Tone(0.5)), None));
        assert_eq!((heard.follow(&at(3)), heard.follow(&at(3))), (Some(Sound::Rest), None));
        assert_eq!(heard.follow(&at(4)), Some(Sound::Note(0.5)), "a step");
        heard.follow(&plays(5));
        assert_eq!((heard.rest(), heard.rest()), (Some(Sound::Rest), None), "the page is hidden");
        heard.follow(&plays(6));
        assert_eq!(heard.follow(&Now { moment: None, ..plays(0) }), Some(Sound::Rest), "another run is set up");
    }

    #[test]
    fn an_end_is_marked_once_and_tells_whether_the_oracle_was_found() {
        let mut heard = listening();
        let end = Now { end: Some(true), ..at(7) };
        assert_eq!((heard.follow(&end), heard.follow(&end)), (Some(Sound::End(0.5, true)), None));
        assert_eq!(heard.follow(&at(6)), Some(Sound::Note(0.5)));
        assert_eq!(heard.follow(&Now { end: Some(false), ..at(7) }), Some(Sound::End(0.5, false)));
        let pitches =
            |found| -> Vec<f64> { Sound::End(1e-4, found).turns().iter().filter_map(|turn| turn.hertz).collect() };
        assert_eq!((pitches(true), pitches(false)[1] < 440.0), (vec![440.0, 660.0], true));
    }

    #[test]
    fn a_drag_makes_no_sound_and_the_cursor_tells_the_curve() {
        let mut heard = listening();
        for run in 2..5 {
            assert_eq!(heard.follow(&Now { run, moment: None, ..at(0) }), None);
            assert_eq!(heard.follow(&Now { run, ..at(0) }), None);
        }
        let mut heard = listening();
        let pointed = Now { cursor: Some((9, 0.25)), ..at(0) };
        assert_eq!((heard.follow(&pointed), heard.follow(&pointed)), (Some(Sound::Note(0.25)), None));
        assert_eq!(heard.follow(&at(0)), None, "it left");
    }

    #[test]
    fn each_sound_ends_but_the_tone_that_lasts() {
        for sound in [Sound::Rest, Sound::Note(0.1), Sound::End(0.1, true)] {
            let turns = sound.turns();
            assert!(turns.last().is_some_and(|turn| turn.gain == 0.0), "{turns:?}");
            assert!(turns.windows(2).all(|pair| pair[0].after < pair[1].after), "{turns:?}");
        }
        assert_eq!(Sound::Tone(1e-4).turns(), [Turn { after: 0.0, hertz: Some(440.0), gain: GAIN }]);
    }
}
