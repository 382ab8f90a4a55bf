//! Which picture is drawn in which frame while a run moves, so that no frame takes long: one has the curve, the next one the
//! disc and the masks, and one in which the network or the texts are due has these alone.

/// Which pictures are older than the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// The curve of the relative error.
    pub error: bool,
    /// The disc.
    pub disc: bool,
    /// The masks.
    pub masks: bool,
    // whether the curve was drawn last
    curve_last: bool,
}

impl Owed {
    /// Those that are drawn now: all `at_once`, or those whose turn it is, if any.
    pub fn take(&mut self, at_once: bool, others_are_due: bool) -> Self {
        let curve = at_once || !(others_are_due || self.curve_last);
        let rest = at_once || (!others_are_due && self.curve_last);
        let drawn = Self { error: self.error && curve, disc: self.disc && rest, masks: self.masks && rest, ..*self };
        *self = Self {
            error: self.error && !curve,
            disc: self.disc && !rest,
            masks: self.masks && !rest,
            curve_last: if others_are_due { self.curve_last } else { curve },
        };
        drawn
    }

    /// Whether one of them is.
    pub fn any(self) -> bool {
        self.error || self.disc || self.masks
    }
}

/// Something that is done now and then.
#[derive(Clone, Copy, Debug)]
pub struct Seldom {
    /// Whether it is to be done.
    pub due: bool,
    at: f64,
}

impl Default for Seldom {
    /// Due, and never done before.
    fn default() -> Self {
        Self { due: true, at: f64::NEG_INFINITY }
    }
}

impl Seldom {
    /// Whether it is done now: where it is due, `at_once` or after so many milliseconds.
    pub fn take(&mut self, at_once: bool, every: f64, now: f64) -> bool {
        let done = self.due && (at_once || now - self.at >= every);
        if done {
            *self = Self { due: false, at: now };
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const ALL: Owed = Owed { error: true, disc: true, masks: true, curve_last: false };

    fn drawn(owed: &mut Owed, at_once: bool, others_are_due: bool) -> [bool; 3] {
        let Owed { error, disc, masks, .. } = owed.take(at_once, others_are_due);
        [error, disc, masks]
    }

    #[test]
    fn pictures_take_turns_and_leave_a_frame_to_what_is_due_besides() {
        let mut owed = ALL;
        assert_eq!(drawn(&mut owed, false, true), [false; 3]);
        assert_eq!(drawn(&mut owed, false, false), [true, false, false]);
        assert_eq!(drawn(&mut owed, false, true), [false; 3]);
        assert!(owed.any());
        assert_eq!(drawn(&mut owed, false, false), [false, true, true]);
        assert!(!owed.any());
        assert_eq!(drawn(&mut owed, false, false), [false; 3], "nothing is owed");
    }

    #[test]
    fn at_once_is_all_of_it() {
        let mut owed = ALL;
        assert_eq!(drawn(&mut owed, true, true), [true; 3]);
        assert!(!owed.any());
    }

    #[test]
    fn what_is_done_seldom_waits_its_time_unless_it_is_done_at_once() {
        let mut seldom = Seldom::default();
        assert!(seldom.take(false, 250.0, 0.0) && !seldom.take(true, 250.0, 1.0), "it is not due any more");
        seldom.due = true;
        assert!(!seldom.take(false, 250.0, 249.0) && seldom.take(false, 250.0, 250.0));
        seldom.due = true;
        assert!(seldom.take(true, 250.0, 251.0));
    }
}
