//! Fingers on sliders. A native slider jumps to a finger at once, also where the reader only means to scroll
//! the page. Here a finger moves a slider by sideways moves alone, from where it stood.

/// CSS pixels sideways after which a finger drags; browsers decide about scrolling after about as many.
const SIDEWAYS: f64 = 8.0;
/// CSS pixels from the thumb's middle at which a finger still means the thumb.
const NEAR_THUMB: f64 = 22.0;

/// Where a slider's thumb can be.
#[derive(Clone, Copy, Debug)]
pub struct Track {
    /// Where the thumb's middle is at the least position, in CSS pixels.
    pub left: f64,
    /// How far it travels, in CSS pixels.
    pub width: f64,
    /// The least position.
    pub min: f64,
    /// The largest one.
    pub max: f64,
}

/// What happens at a slider, as far as it matters for fingers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// A pointer comes down.
    Down,
    /// It moves, down or not.
    Moves,
    /// It is lifted.
    Lifts,
    /// The browser has taken it to scroll the page.
    Taken,
    /// Whatever finger there was, there is none any more.
    Gone,
}

/// What each is called by browsers. A finger that scrolls the page is gone when its touch ends: until then some browsers
/// still move the slider by it.
pub const NAMES: [(&str, Doing); 7] = [
    ("pointerdown", Doing::Down),
    ("pointermove", Doing::Moves),
    ("pointerup", Doing::Lifts),
    ("pointercancel", Doing::Taken),
    ("touchend", Doing::Gone),
    ("touchcancel", Doing::Gone),
    ("keydown", Doing::Gone),
];

/// A pointer at a slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// Its number.
    pub id: i32,
    /// Whether it is a finger.
    pub finger: bool,
    /// Whether it is the first of its kind on the screen.
    pub primary: bool,
    /// Where it is, in CSS pixels.
    pub place: (f64, f64),
}

/// What follows for the slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// Nothing.
    Nothing,
    /// The browser makes no mouse of the finger, at whose events a slider jumps too; it may still scroll by it.
    NoMouse,
    /// It takes the focus.
    Focus,
    /// It goes to this position.
    To(f64),
}

/// A finger on a slider, if there is one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Touch(Option<Finger>);

#[derive(Clone, Copy, Debug)]
struct Finger {
    pointer: i32,
    // where it came down, or where it began to drag, in CSS pixels
    from: (f64, f64),
    // the slider's position at that moment, and the one it is to have now
    start: f64,
    now: f64,
    near_thumb: bool,
    dragging: bool,
    // the browser scrolls with it
    lost: bool,
}

impl Touch {
    /// Something happens, by a pointer unless it is no pointer's event, at a slider whose position and track `slider` tells.
    pub fn meet(&mut self, doing: Doing, pointer: Option<Pointer>, slider: impl FnOnce() -> (f64, Track)) -> Answer {
        match (doing, pointer) {
            (Doing::Down, Some(pointer)) if pointer.finger => {
                if pointer.primary {
                    self.down(pointer, slider());
                }
                Answer::NoMouse
            }
            (Doing::Moves, Some(pointer)) => self.moved(pointer, slider),
            (Doing::Lifts, Some(pointer)) => self.lifted(pointer),
            (Doing::Taken, Some(pointer)) => {
                if let Some(finger) = self.0.as_mut().filter(|finger| finger.pointer == pointer.id) {
                    finger.lost = true;
                }
                Answer::Nothing
            }
            // A mouse that comes down is no finger, and a key is none either.
            _ => {
                self.0 = None;
                Answer::Nothing
            }
        }
    }

    fn down(&mut self, pointer: Pointer, (position, track): (f64, Track)) {
        let thumb = track.left + (position - track.min) / (track.max - track.min) * track.width;
        self.0 = Some(Finger {
            pointer: pointer.id,
            from: pointer.place,
            start: position,
            now: position,
            near_thumb: (pointer.place.0 - thumb).abs() <= NEAR_THUMB,
            dragging: false,
            lost: false,
        });
    }

    fn moved(&mut self, pointer: Pointer, slider: impl FnOnce() -> (f64, Track)) -> Answer {
        let Some(finger) = self.0.as_mut().filter(|finger| finger.pointer == pointer.id && !finger.lost) else {
            return Answer::Nothing;
        };
        let (dx, dy) = (pointer.place.0 - finger.from.0, pointer.place.1 - finger.from.1);
        if finger.dragging {
            let (_, Track { width, min, max, .. }) = slider();
            return Answer::To((finger.start + dx / width * (max - min)).clamp(min, max));
        }
        if dx.abs() > SIDEWAYS && dx.abs() > dy.abs() {
            (finger.from, finger.dragging) = (pointer.place, true);
            return Answer::Focus;
        }
        Answer::Nothing
    }

    /// After a tap on the thumb the slider has the focus.
    fn lifted(&mut self, pointer: Pointer) -> Answer {
        let lifted = self.0.take_if(|finger| finger.pointer == pointer.id);
        let tapped = lifted.is_some_and(|finger| finger.near_thumb && !finger.dragging);
        if tapped { Answer::Focus } else { Answer::Nothing }
    }

    /// The slider has taken this position: the one asked for, rounded by the browser to the slider's step.
    pub fn took(&mut self, position: f64) {
        if let Some(finger) = &mut self.0 {
            finger.now = position;
        }
    }

    /// The position that the slider keeps, whatever the browser makes of the finger on it; none without one.
    pub fn keeps(&self) -> Option<f64> {
        self.0.map(|finger| finger.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const TRACK: Track = Track { left: 100.0, width: 200.0, min: 0.0, max: 400.0 };

    fn finger(id: i32, x: f64, y: f64) -> Pointer {
        Pointer { id, finger: true, primary: true, place: (x, y) }
    }

    /// What the slider that stands at 300 answers.
    fn meet(touch: &mut Touch, doing: Doing, pointer: Pointer) -> Answer {
        touch.meet(doing, Some(pointer), || (300.0, TRACK))
    }

    #[test]
    fn sideways_moves_drag_from_where_the_slider_stood() {
        let mut touch = Touch::default();
        assert_eq!(meet(&mut touch, Doing::Down, finger(1, 150.0, 50.0)), Answer::NoMouse);
        assert_eq!(meet(&mut touch, Doing::Moves, finger(1, 155.0, 51.0)), Answer::Nothing);
        assert_eq!(meet(&mut touch, Doing::Moves, finger(1, 160.0, 51.0)), Answer::Focus);
        assert_eq!(meet(&mut touch, Doing::Moves, finger(1, 170.0, 90.0)), Answer::To(320.0));
        touch.took(320.0);
        assert_eq!(touch.keeps(), Some(320.0));
        assert_eq!(meet(&mut touch, Doing::Moves, finger(1, 900.0, 90.0)), Answer::To(400.0));
        assert_eq!(meet(&mut touch, Doing::Moves, finger(2, 0.0, 0.0)), Answer::Nothing);
        assert_eq!(meet(&mut touch, Doing::Lifts, finger(1, 900.0, 90.0)), Answer::Nothing);
        assert_eq!(touch.keeps(), None);
    }

    #[test]
    fn a_finger_that_scrolls_moves_nothing_until_its_touch_has_ended() {
        let mut touch = Touch::default();
        meet(&mut touch, Doing::Down, finger(1, 150.0, 50.0));
        assert_eq!(meet(&mut touch, Doing::Moves, finger(1, 160.0, 80.0)), Answer::Nothing);
        meet(&mut touch, Doing::Taken, finger(2, 160.0, 80.0));
        meet(&mut touch, Doing::Taken, finger(1, 160.0, 80.0));
        assert_eq!(meet(&mut touch, Doing::Moves, finger(1, 190.0, 80.0)), Answer::Nothing);
        assert_eq!(touch.keeps(), Some(300.0));
        assert_eq!(touch.meet(Doing::Gone, None, || (300.0, TRACK)), Answer::Nothing);
        assert_eq!(touch.keeps(), None);
    }

    #[test]
    fn a_tap_on_the_thumb_gives_it_the_focus_and_one_beside_it_does_nothing() {
        let mut touch = Touch::default();
        meet(&mut touch, Doing::Down, finger(1, 240.0, 50.0));
        assert_eq!(meet(&mut touch, Doing::Lifts, finger(1, 240.0, 50.0)), Answer::Focus);
        meet(&mut touch, Doing::Down, finger(2, 150.0, 50.0));
        assert_eq!([1, 2].map(|id| meet(&mut touch, Doing::Lifts, finger(id, 150.0, 50.0))), [Answer::Nothing; 2]);
    }

    #[test]
    fn only_the_first_finger_counts_and_a_mouse_or_a_key_is_none() {
        let mut touch = Touch::default();
        let second = Pointer { primary: false, ..finger(2, 150.0, 50.0) };
        assert_eq!(meet(&mut touch, Doing::Down, second), Answer::NoMouse);
        assert_eq!(touch.keeps(), None);
        for (doing, other) in
            [(Doing::Down, Some(Pointer { finger: false, ..finger(3, 150.0, 50.0) })), (Doing::Gone, None)]
        {
            meet(&mut touch, Doing::Down, finger(1, 150.0, 50.0));
            assert_eq!(touch.keeps(), Some(300.0));
            assert_eq!(touch.meet(doing, other, || (300.0, TRACK)), Answer::Nothing);
            assert_eq!(touch.keeps(), None);
        }
    }
}
