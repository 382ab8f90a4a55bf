//! The terms of the page, each explained in a sentence or two: one table for the page, its list of terms and the tests.
//!
//! ```
//! let term = winning_ticket::glossary::Term::by_key("effective-width").expect("it is a term");
//! assert!(term.meaning.contains("equation (5)"));
//! ```

mod note;

pub use note::{Part, Place, note_of, place_note};

use crate::language::message;

/// A term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// How the page's elements name it.
    pub key: &'static str,
    /// The term itself; `_x` is a subscript.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
}

impl Term {
    /// The term with this key.
    pub fn by_key(key: &str) -> Option<&'static Term> {
        TERMS.iter().find(|term| term.key == key)
    }
}

const fn term(key: &'static str, name: &'static str, meaning: &'static str) -> Term {
    Term { key, name, meaning }
}

/// Every term, in the order in which one meets them.
pub static TERMS: [Term; 34] = [
    term(
        "oracle",
        message!("oracle"),
        message!("The network with weights W* that made the data. Training is to find it."),
    ),
    term(
        "learner",
        message!("learner"),
        message!("The network with weights W that is trained on the data of the oracle."),
    ),
    term(
        "mask",
        message!("mask"),
        message!(
            "Which inputs each neuron may use; the other weights are pruned: zero for good. The learner has the mask of the oracle, or a wrong one (under More)."
        ),
    ),
    term(
        "support",
        message!("support"),
        message!("The inputs that the mask leaves to one neuron j; r_j is their number."),
    ),
    term(
        "effective-width",
        message!("effective width r̃"),
        message!(
            "How wide the pruned network is by equation (5): from the numbers of inputs r_j, and from which supports overlap (δ_jk = 1). The theorems ask for samples in proportion to it."
        ),
    ),
    term(
        "overlap",
        "δ_jk",
        message!(
            "1 where the supports of neurons j and k share an input, else 0. Equation (5) makes the effective width of it: neurons that overlap count for more."
        ),
    ),
    term(
        "samples",
        "N",
        message!("How many samples (x, y) the learner is trained on: the first slider that one wishes larger. Chosen."),
    ),
    term("neurons", "K", message!("How many neurons the hidden layer of oracle and learner has. Chosen.")),
    term("dimension", "d", message!("How many inputs there are, so that a dense neuron has d weights. Chosen.")),
    term(
        "lambda",
        "λ",
        message!(
            "How far from the oracle training starts: |W(0) − W*| / |W*|; where weights are missed, from what the mask keeps of W*. The disc shows starts of every distance up to 1.5."
        ),
    ),
    term(
        "noise",
        message!("ξ and σ"),
        message!(
            "What is added to the oracle’s outputs before the learner sees them: normal with deviation σ, ξ for all samples. The slider gives σ as a share of E_y."
        ),
    ),
    term("noise-unit", "E_y", message!("The root mean square of the oracle’s outputs on this sample, without noise.")),
    term(
        "tensor-start",
        message!("tensor start"),
        message!(
            "A start from the data alone, by Lemma 1: averages of y times polynomials of x tell each neuron’s direction, then its length. The more samples, the nearer to the oracle; with few it knows nothing."
        ),
    ),
    term(
        "probe",
        message!("probe"),
        message!(
            "One short training from a start of its own at a drawn distance: does it find the oracle within T steps? The larger its dot, the sooner it did. A click or Enter runs it in the lab."
        ),
    ),
    term(
        "theorem1-ball",
        "R₁",
        message!(
            "Theory: Theorem 1’s form with constants computed for this oracle. Within it the risk is convex, which is sufficient and not necessary, so it is small. It speaks of the shape of the risk, not of steps."
        ),
    ),
    term(
        "theorem2-reach",
        "R_T",
        message!(
            "Theory: how far out a start may lie for T steps to reach the oracle, if training fell by Theorem 2’s linear rates with the curvature of this sample. A forecast, not a bound."
        ),
    ),
    term(
        "band",
        message!("band"),
        message!(
            "Measured: the distance at which half of the probes succeed within T steps, with its 95 % interval. It speaks of this sample size, of these supports and of T steps."
        ),
    ),
    term(
        "ball",
        "ρ",
        message!(
            "Computed here for this oracle: how far away, in units of |W*|, lies the nearest W found at which the population risk is not convex."
        ),
    ),
    term(
        "hessians",
        message!("H and Ĥ"),
        message!(
            "The second derivatives of the risk at the oracle, on the unpruned weights: Ĥ of this sample, H of infinitely many. Their least eigenvalues tell how flat the flattest direction is."
        ),
    ),
    term(
        "curvatures",
        "λ_min",
        message!(
            "The least eigenvalue of a Hessian: the curvature in its flattest direction. Not λ, the distance of the start."
        ),
    ),
    term(
        "epsilon1",
        "ε̂₁",
        message!(
            "Measured on this sample: the share of the smallest curvature at the oracle that is lost because there are only N samples. Theorem 1 needs it below 1."
        ),
    ),
    term(
        "epsilons",
        message!("ε₀, ε₁ and ε"),
        message!(
            "Paper: ε₁ is the share of the curvature that sampling may take, ε₀ the share that moving away from the oracle may take, and ε the relative error that is wanted, here 10⁻⁴."
        ),
    ),
    term(
        "order",
        message!("O, Ω and Θ"),
        message!(
            "Paper: at most, at least, and exactly so much up to a constant factor, which the paper does not give. So these formulas say how something grows, not how large it is."
        ),
    ),
    term(
        "confidence",
        "q",
        message!(
            "Paper: the theorems hold with a probability that falls short of 1 by a power of 1/q; more confidence asks for more samples, by its logarithm. No number is given to it here."
        ),
    ),
    term(
        "enough",
        "c(K)",
        message!(
            "Calibrated here, not in the paper: the samples for each unpruned weight, N / Σ r_j, from which 95 % of the starts at λ = 0.2 find the oracle."
        ),
    ),
    term("momentum", "β", message!("How much of its last step each step repeats; 0 is gradient descent. Chosen.")),
    term(
        "step-size",
        "η",
        message!(
            "How far each step follows the gradient. Theorem 2 is proved for η = K/14; from 2(1 + β) / l_max on the steps grow."
        ),
    ),
    term(
        "rate",
        "ν",
        message!(
            "The share of the distance to the oracle that a step leaves. Theory takes it from the eigenvalues of this sample; measured it is the slope of the curve over the last half of the steps."
        ),
    ),
    term(
        "best-momentum",
        "β*",
        message!(
            "Theory for this sample: the momentum with which training converges fastest near the oracle, by the curvature there."
        ),
    ),
    term(
        "digest",
        message!("digest"),
        message!(
            "A fingerprint of all weights at this moment. Two machines that show the same digest hold the same numbers to the last bit. ✓ beside it: the link that was opened names the same one; ✗: another."
        ),
    ),
    term(
        "trial",
        message!("trial"),
        message!(
            "Another draw of everything random with the same seed: mask, oracle, data and start. Sweeps number their runs so."
        ),
    ),
    term(
        "steps",
        "T",
        message!(
            "The step cap: training and probes end after T steps at the latest. The paper trains for up to 10 000."
        ),
    ),
    term(
        "pruning",
        message!("pruning"),
        message!(
            "Taking away the weights that matter least. Magnitude ranks them by |w|, GraSP by S, what the size of the gradient loses with them: as published by S with its sign, or else by |S|."
        ),
    ),
    term(
        "ticket",
        message!("ticket"),
        message!(
            "What is left of a dense network after pruning. Rewound, it is trained again from what its mask M keeps of the dense start, M ⊙ W(0); it wins if it ends below the dense network’s error."
        ),
    ),
];

/// The symbols that stand for a term in sentences: letter, subscript, and the term’s key.
const SYMBOLS: [(&str, &str, &str); 29] = [
    ("N", "", "samples"),
    ("K", "", "neurons"),
    ("d", "", "dimension"),
    ("T", "", "steps"),
    ("W", "", "learner"),
    ("W*", "", "oracle"),
    ("M", "", "mask"),
    ("w", "", "learner"),
    ("r", "j", "support"),
    ("r", "", "support"),
    ("r̃", "", "effective-width"),
    ("R", "T", "theorem2-reach"),
    ("R", "1", "theorem1-ball"),
    ("q", "", "confidence"),
    ("c", "", "enough"),
    ("E", "y", "noise-unit"),
    ("H", "", "hessians"),
    ("η", "", "step-size"),
    ("β", "", "momentum"),
    ("λ", "", "lambda"),
    ("σ", "", "noise"),
    ("ξ", "", "noise"),
    ("δ", "jk", "overlap"),
    ("ρ", "", "ball"),
    ("ν", "", "rate"),
    ("ε", "", "epsilons"),
    ("ε", "0", "epsilons"),
    ("ε", "1", "epsilons"),
    ("ε̂", "1", "epsilon1"),
];

/// The key of the term that a symbol of a sentence stands for, if it stands for one; the subscript is empty where there is
/// none.
pub fn term_of_symbol(letter: &str, subscript: &str) -> Option<&'static str> {
    SYMBOLS.iter().find(|(symbol, lowered, _)| (*symbol, *lowered) == (letter, subscript)).map(|(_, _, key)| *key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_term_stands_in_the_page_and_in_the_table_once() {
        let keys: BTreeSet<&str> = TERMS.iter().map(|term| term.key).collect();
        assert_eq!(keys.len(), TERMS.len());
        let names: BTreeSet<&str> = TERMS.iter().map(|term| term.name).collect();
        assert_eq!(names.len(), TERMS.len());
        let page = include_str!("../index.html");
        let named: BTreeSet<&str> =
            page.split("data-term=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
        assert_eq!(named, keys);
        // By keyboard a term is reached as a button; some also stand in labels, where none can be.
        for key in named {
            assert!(page.contains(&format!("<button type=\"button\" class=\"term\" data-term=\"{key}\"")), "{key}");
        }
    }

    #[test]
    fn each_symbol_stands_for_a_term() {
        for (letter, subscript, key) in SYMBOLS {
            assert_eq!(term_of_symbol(letter, subscript), Some(key), "{letter} {subscript}");
            assert!(Term::by_key(key).is_some(), "{key}");
        }
        assert_eq!((term_of_symbol("l", "max"), term_of_symbol("", "")), (None, None));
    }

    #[test]
    fn a_term_is_told_in_one_to_three_short_sentences() {
        for Term { name, meaning, .. } in TERMS {
            let sentences = meaning.split_inclusive(['.', '?']).filter(|part| part.len() > 12).count();
            assert!((1..=3).contains(&sentences) && meaning.len() < 260, "{name}: {sentences}, {}", meaning.len());
        }
    }
}
