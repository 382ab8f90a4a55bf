//! A search as somebody asks for it, in words: of flags, of a link, of boxes on the page.

use super::{Method, Pruning, Restart};
use crate::language::{message, tr};
use crate::spec::Spec;

/// The word of iterative magnitude pruning with rewinding.
pub const IMP: &str = "imp";
/// The word of a restart from M ⊙ W(0).
const REWIND: &str = "rewind";

/// What is asked for; what is empty is left to the method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// A [`Method`]'s word, or [`IMP`], which is also meant where there is none.
    pub method: String,
    /// The share that is pruned in the end.
    pub ratio: String,
    /// In how many rounds.
    pub rounds: String,
    /// "rewind", or a distance in |W\*|.
    pub restart: String,
}

/// What of it cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Which word of [`Asked`].
    pub field: &'static str,
    /// What it was.
    pub value: String,
    /// What it may be.
    pub accepted: String,
}

impl Asked {
    /// The ratio where none is asked for.
    pub const RATIO: f64 = 0.8;

    /// The search for the problem of `spec`.
    ///
    /// # Errors
    /// The first word that cannot be had.
    pub fn read(&self, spec: &Spec) -> Result<Pruning, Bad> {
        let bad = |field, value: &str, accepted: String| Bad { field, value: value.to_owned(), accepted };
        let ratio = match self.ratio.as_str() {
            "" => Self::RATIO,
            text => text.parse().ok().filter(|ratio| (0.0..1.0).contains(ratio)).ok_or_else(|| {
                let accepted = tr!("a number from 0 to below 1, for one weight at least has to stay");
                bad(message!("ratio"), text, accepted.to_owned())
            })?,
        };
        let iterative = Pruning::iterative(ratio);
        let pruning = match self.method.as_str() {
            "" | IMP => iterative,
            word => {
                let accepted = || bad(message!("method"), word, tr!("one of {words}", words = Self::methods()));
                let method = Method::by_key(word).ok_or_else(accepted)?;
                Pruning { method, rounds: 1, restart: Restart::Fresh(spec.start_distance), ..iterative }
            }
        };
        let restart = match self.restart.as_str() {
            "" => pruning.restart,
            REWIND => Restart::Rewind,
            text => {
                let distance = text.parse().ok().filter(|distance| (0.0..=2.0).contains(distance));
                let accepted =
                    || bad(message!("restart"), text, tr!("{rewind} or a number from 0 to 2", rewind = REWIND));
                Restart::Fresh(distance.ok_or_else(accepted)?)
            }
        };
        let rounds = match self.rounds.as_str() {
            "" => pruning.rounds,
            text => {
                let most = Pruning::MOST_ROUNDS;
                let accepted =
                    || bad(message!("rounds"), text, tr!("a whole number from {min} to {max}", min = 1, max = most));
                text.parse().ok().filter(|rounds| (1..=most).contains(rounds)).ok_or_else(accepted)?
            }
        };
        Ok(Pruning { rounds, restart, ..pruning })
    }

    /// The words of all methods.
    pub fn methods() -> String {
        Method::ALL.iter().map(|method| method.key()).chain([IMP]).collect::<Vec<_>>().join(", ")
    }
}

impl Pruning {
    /// In words that [`Asked::read`] takes back.
    pub fn asked(&self) -> Asked {
        let restart = match self.restart {
            Restart::Rewind => REWIND.to_owned(),
            Restart::Fresh(distance) => distance.to_string(),
        };
        Asked {
            method: self.method.key().to_owned(),
            ratio: self.ratio.to_string(),
            rounds: self.rounds.to_string(),
            restart,
        }
    }

    /// The same as a menu has it, which calls magnitude in rounds, each rewound, by its name.
    pub fn in_menu(&self) -> Asked {
        let iterative = self.method == Method::Magnitude && self.rounds > 1 && self.restart == Restart::Rewind;
        let asked = self.asked();
        if iterative { Asked { method: IMP.to_owned(), ..asked } } else { asked }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn asked(words: [&str; 4]) -> Asked {
        let [method, ratio, rounds, restart] = words.map(str::to_owned);
        Asked { method, ratio, rounds, restart }
    }

    #[test]
    fn what_is_asked_for_comes_back_and_what_is_left_out_follows_from_the_method() {
        let spec = Spec::default();
        for method in Method::ALL {
            for restart in [Restart::Rewind, Restart::Fresh(0.1 + 0.2)] {
                let pruning = Pruning { method, ratio: 0.1 + 0.2, rounds: 3, restart };
                assert_eq!(pruning.asked().read(&spec), Ok(pruning));
            }
        }
        assert_eq!(asked(["", "", "", ""]).read(&spec), Ok(Pruning::iterative(0.8)));
        for (pruning, method) in [
            (Pruning::iterative(0.8), IMP),
            (Pruning { rounds: 1, ..Pruning::iterative(0.8) }, "magnitude"),
            (Pruning { method: Method::Grasp, ..Pruning::iterative(0.8) }, "grasp"),
        ] {
            assert_eq!((pruning.in_menu().method.as_str(), pruning.in_menu().read(&spec)), (method, Ok(pruning)));
        }
        let grasp = asked(["grasp", "0.5", "", ""]).read(&spec).expect("a search");
        assert_eq!((grasp.rounds, grasp.restart), (1, Restart::Fresh(spec.start_distance)));
    }

    #[test]
    fn what_cannot_be_had_is_named() {
        for (words, field) in [
            (["best", "", "", ""], "method"),
            (["", "1", "", ""], "ratio"),
            (["", "NaN", "", ""], "ratio"),
            (["", "", "0", ""], "rounds"),
            (["", "", "101", ""], "rounds"),
            (["", "", "", "2.5"], "restart"),
            (["", "", "", "back"], "restart"),
        ] {
            let bad = asked(words).read(&Spec::default()).expect_err("it cannot be had");
            assert_eq!(bad.field, field);
        }
    }
}
