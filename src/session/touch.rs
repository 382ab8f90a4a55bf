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

/// What a move of the finger does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// Nothing.
    Nothing,
    /// It begins to drag: the slider takes the focus.
    Begins,
    /// The slider goes to this position.
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
    /// A finger comes down at `from` on a slider that stands at `position`.
    pub fn down(&mut self, pointer: i32, from: (f64, f64), position: f64, track: Track) {
        let thumb = track.left + (position - track.min) / (track.max - track.min) * track.width;
        let near_thumb = (from.0 - thumb).abs() <= NEAR_THUMB;
        let (start, now) = (position, position);
        self.0 = Some(Finger { pointer, from, start, now, near_thumb, dragging: false, lost: false });
    }

    /// It is at another place.
    pub fn moved(&mut self, pointer: i32, at: (f64, f64), track: Track) -> Move {
        let Some(finger) = self.0.as_mut().filter(|finger| finger.pointer == pointer && !finger.lost) else {
            return Move::Nothing;
        };
        let (dx, dy) = (at.0 - finger.from.0, at.1 - finger.from.1);
        if finger.dragging {
            let Track { width, min, max, .. } = track;
            return Move::To((finger.start + dx / width * (max - min)).clamp(min, max));
        }
        if dx.abs() > SIDEWAYS && dx.abs() > dy.abs() {
            (finger.from, finger.dragging) = (at, true);
            return Move::Begins;
        }
        Move::Nothing
    }

    /// The slider has taken this position: the one asked for, rounded by the browser to the slider's step.
    pub fn took(&mut self, position: f64) {
        if let Some(finger) = &mut self.0 {
            finger.now = position;
        }
    }

    /// It is lifted. Whether the slider takes the focus: after a tap on the thumb.
    pub fn up(&mut self, pointer: i32) -> bool {
        let lifted = self.0.take_if(|finger| finger.pointer == pointer);
        lifted.is_some_and(|finger| finger.near_thumb && !finger.dragging)
    }

    /// The browser scrolls with it: it moves the slider no more.
    pub fn lose(&mut self) {
        if let Some(finger) = &mut self.0 {
            finger.lost = true;
        }
    }

    /// There is none any more.
    pub fn forget(&mut self) {
        self.0 = None;
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

    #[test]
    fn sideways_moves_drag_from_where_the_slider_stood() {
        let mut touch = Touch::default();
        touch.down(1, (150.0, 50.0), 300.0, TRACK);
        assert_eq!(touch.moved(1, (155.0, 51.0), TRACK), Move::Nothing);
        assert_eq!(touch.moved(1, (160.0, 51.0), TRACK), Move::Begins);
        assert_eq!(touch.moved(1, (170.0, 90.0), TRACK), Move::To(320.0));
        touch.took(320.0);
        assert_eq!(touch.keeps(), Some(320.0));
        assert_eq!(touch.moved(1, (900.0, 90.0), TRACK), Move::To(400.0));
        assert_eq!(touch.moved(2, (0.0, 0.0), TRACK), Move::Nothing);
        assert!(!touch.up(1) && touch.keeps().is_none());
    }

    #[test]
    fn a_finger_that_scrolls_moves_nothing() {
        let mut touch = Touch::default();
        touch.down(1, (150.0, 50.0), 300.0, TRACK);
        assert_eq!(touch.moved(1, (160.0, 80.0), TRACK), Move::Nothing);
        touch.lose();
        assert_eq!(touch.moved(1, (190.0, 80.0), TRACK), Move::Nothing);
        assert_eq!(touch.keeps(), Some(300.0));
    }

    #[test]
    fn a_tap_on_the_thumb_gives_it_the_focus_and_one_beside_it_does_nothing() {
        let mut touch = Touch::default();
        touch.down(1, (240.0, 50.0), 300.0, TRACK);
        assert!(touch.up(1));
        touch.down(2, (150.0, 50.0), 300.0, TRACK);
        assert!(!touch.up(1) && !touch.up(2));
    }
}
