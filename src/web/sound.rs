//! The tone that follows the relative error. It is made when the reader asks to listen, and not before: browsers allow no
//! sound without that, and it costs a thread.

use web_sys::{AudioContext, GainNode, HtmlElement, OscillatorNode, OscillatorType};

use super::Dispatch;
use super::dom::{Listener, by_id, set_attribute};
use crate::language::translate;
use crate::session::event::Event;
use crate::session::sonification::{GLIDE, Turn, WORDS};

/// The tone, and its switch.
pub struct Speaker {
    voice: Option<Voice>,
    _switch: Listener,
}

struct Voice {
    context: AudioContext,
    oscillator: OscillatorNode,
    gain: GainNode,
}

impl Speaker {
    /// Finds the switch.
    pub fn new(dispatch: &Dispatch) -> Self {
        let switch: HtmlElement = by_id("listen");
        set_attribute(&switch, "data-note", translate(WORDS));
        let dispatch = dispatch.clone();
        Self { voice: None, _switch: Listener::new(&switch, "click", move |_| dispatch(Event::Listen)) }
    }

    /// Makes the tone, or gives it up; false if the browser makes none.
    pub fn turn(&mut self, on: bool) -> bool {
        self.voice = if on { Voice::new() } else { None };
        set_attribute(&by_id::<HtmlElement>("listen"), "aria-pressed", if on { "true" } else { "false" });
        self.voice.is_some() == on
    }

    /// Lets the tone do this, in place of what it was to do.
    pub fn sound(&self, turns: &[Turn]) {
        if let Some(voice) = &self.voice {
            // Refused only by a context that has been closed, which is heard no more.
            let _ = voice.sound(turns);
        }
    }
}

impl Voice {
    fn new() -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let (oscillator, gain) = (context.create_oscillator().ok()?, context.create_gain().ok()?);
        // With overtones: a pure tone so low is not heard from small loudspeakers.
        oscillator.set_type(OscillatorType::Triangle);
        gain.gain().set_value(0.0);
        oscillator.connect_with_audio_node(&gain).ok()?;
        gain.connect_with_audio_node(&context.destination()).ok()?;
        oscillator.start().ok()?;
        Some(Self { context, oscillator, gain })
    }

    fn sound(&self, turns: &[Turn]) -> Result<(), wasm_bindgen::JsValue> {
        let now = self.context.current_time();
        let (frequency, gain) = (self.oscillator.frequency(), self.gain.gain());
        frequency.cancel_scheduled_values(now)?;
        gain.cancel_scheduled_values(now)?;
        for turn in turns {
            if let Some(hertz) = turn.hertz {
                frequency.set_target_at_time(hertz as f32, now + turn.after, GLIDE)?;
            }
            gain.set_target_at_time(turn.gain as f32, now + turn.after, GLIDE)?;
        }
        Ok(())
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        // What is closed already is silent.
        let _ = self.context.close();
    }
}
