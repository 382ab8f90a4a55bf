//! What a symbol, a slider and a curve have in common: pointing at one of them, or bringing the focus to it by a key, lights
//! the others.

/// A quantity of the theorems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// How the page's elements name it; that of a slider is the key of its field.
    pub key: &'static str,
    /// Which lines of the pictures it decides, or is.
    pub lines: Lines,
}

/// Lines of the pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// What the curvature predicts of the relative error: the slope is ν.
    pub predicted: bool,
    /// R₁, Theorem 1's ball.
    pub theorem1: bool,
    /// R_T, Theorem 2's reach.
    pub theorem2: bool,
    /// The radius that the probes measure.
    pub measured: bool,
}

const NONE: Lines = Lines { predicted: false, theorem1: false, theorem2: false, measured: false };
const RATE: Lines = Lines { predicted: true, theorem2: true, ..NONE };
const ALL_THEORY: Lines = Lines { theorem1: true, ..RATE };
const BALL: Lines = Lines { theorem1: true, ..NONE };
const REACH: Lines = Lines { theorem2: true, ..NONE };
const BAND: Lines = Lines { measured: true, ..NONE };

/// Each with its lines: mask and sample decide the curvature and with it everything, step size and momentum what is made of
/// it, its start and the number of inputs no line.
pub static QUANTITIES: [Quantity; 14] = [
    of("r", ALL_THEORY),
    of("N", ALL_THEORY),
    of("K", ALL_THEORY),
    of("d", NONE),
    of("beta", RATE),
    of("eta", RATE),
    of("sigma", REACH),
    of("lambda", NONE),
    of("T", REACH),
    of("epsilon1", BALL),
    of("nu", Lines { predicted: true, ..NONE }),
    of("theorem1", BALL),
    of("theorem2", REACH),
    of("band", BAND),
];

const fn of(key: &'static str, lines: Lines) -> Quantity {
    Quantity { key, lines }
}

impl Quantity {
    /// The one with this key.
    pub fn by_key(key: &str) -> Option<&'static Self> {
        QUANTITIES.iter().find(|quantity| quantity.key == key)
    }
}

/// Which quantity is lit: the one under the pointer, else the one that has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lit {
    pointed: Option<&'static Quantity>,
    focused: Option<&'static Quantity>,
}

/// How a quantity was come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A pointer is on it.
    Pointer,
    /// It has the focus, by a key or by a tap.
    Focus,
}

impl Lit {
    /// Pointer or focus are at this one now, or at none.
    pub fn go(&mut self, by: By, to: Option<&'static Quantity>) {
        match by {
            By::Pointer => self.pointed = to,
            By::Focus => self.focused = to,
        }
    }

    /// The one that is lit.
    pub fn shown(self) -> Option<&'static Quantity> {
        self.pointed.or(self.focused)
    }

    /// The lines that are lit.
    pub fn lines(self) -> Lines {
        self.shown().map_or(NONE, |quantity| quantity.lines)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::spec::fields::{Control, FIELDS};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_pointer_comes_before_the_focus_and_gives_back_to_it() {
        let (nu, width) = (Quantity::by_key("nu"), Quantity::by_key("r"));
        let mut lit = Lit::default();
        assert_eq!((lit.shown(), lit.lines()), (None, Lines::default()));
        lit.go(By::Focus, nu);
        lit.go(By::Pointer, width);
        assert_eq!((lit.shown().map(|lit| lit.key), lit.lines().theorem1), (Some("r"), true));
        lit.go(By::Pointer, None);
        assert_eq!((lit.shown(), lit.lines().predicted, lit.lines().theorem1), (nu, true, false));
        lit.go(By::Focus, None);
        assert_eq!(lit.shown(), None);
    }

    #[test]
    fn each_stands_in_the_page_and_each_slider_of_the_theorems_is_one() {
        let page = include_str!("../../index.html");
        let named: BTreeSet<&str> =
            page.split("data-lights=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
        assert_eq!(named, QUANTITIES.iter().map(|quantity| quantity.key).collect());
        for field in FIELDS.iter().filter(|field| matches!(field.control, Control::Slider(_))) {
            let lit = page.contains(&format!("<div class=\"control\" data-lights=\"{}\"", field.key))
                || page.contains(&format!("<div class=\"control small\" data-lights=\"{}\"", field.key));
            assert_eq!(lit, Quantity::by_key(field.key).is_some(), "{}", field.key);
        }
    }
}
