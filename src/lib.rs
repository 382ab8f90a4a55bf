//! Winning Ticket makes *Why Lottery Ticket Wins? A Theoretical Perspective of Sample Complexity on Pruned Neural
//! Networks* (Zhang, Wang, Liu, Chen, Xiong, NeurIPS 2021) visible: an oracle one-hidden-layer ReLU network makes data,
//! a pruned learner is trained on it by accelerated gradient descent, and what the theory speaks of moves while one
//! drags a slider. Equation, theorem and figure numbers are the paper's.
//!
//! # Where to start reading
//! [`network`] (the model, in [`network::plain`] as the paper writes it), then [`training`] (Algorithm 1), then
//! [`theory`]. A run is a [`spec::Spec`]; [`trials::Report`] is all that is said of one in numbers.
//!
//! `docs/architecture.md` tells how the parts work together, and in which file each idea is.
//!
//! # Layers, each naming only those before it
//! - [`language`], which everything may name: what is said, in the reader's language.
//! - [`random`], [`pause`], [`order`], [`linear_algebra`], [`statistics`], [`notation`], [`files`], [`spec`]: streams of random
//!   numbers; where long computations can be interrupted, and on how many cores they run; one sort for all; symmetric matrices and their eigenvalues; means,
//!   shares and lines with their intervals; numbers in words; file formats; what defines a run, from one table.
//! - [`network`], [`theory`], [`training`]: the numerics. Masks and data, risk, gradient and Hessians; effective width,
//!   spectra, rates, radius, assumptions; the iteration, its start and its end.
//! - [`tensor`]: Lemma 1's start, from the moments of the data alone.
//! - [`pruning`]: where a mask comes from: scores, rounds of pruning, and from where a ticket is trained again.
//! - [`link`]: a run, a search for a mask, the stage that they are shown on and sequences of scenes, as a link.
//! - [`trials`]: pure functions of a Spec and a number; plans of them and ledgers of their results;
//!   what page and workers say to each other.
//! - [`figures`]: the experiments of the paper, one file each, and what is read from their trials; maps over two keys.
//! - [`charts`]: pictures as functions of plain snapshots, for canvas and SVG.
//! - [`glossary`]: the terms and symbols of the page in plain sentences.
//! - [`session`]: what the page does, without a browser: runs, clock, ghosts, keys, words and their timing, for screen readers
//!   too, what is heard, the theorems in the numbers of the run.
//! - `cli` (native only) and `web` (wasm32 only): the two shells. They translate and hold no formula.
//!
//! # Invariants
//! - The numerics know no browser, plot, clock, file or environment (Cargo's target tables, `clippy.toml` and
//!   `tests/layers.rs`, which also holds the order above).
//! - The same Spec gives the same bits on every target: one portable generator, `libm` instead of the platform's
//!   elementary functions (`clippy.toml`), fixed summation order whatever the registers and cores, no fused operations.
//! - Every fast path has the plain path beside it as its oracle in the tests. Which path a step takes is decided by
//!   counted operations, never by a clock.
//! - A trial is a pure function; results are merged by number, so they do not depend on the workers.
//! - What is theory, what is measured and what was calibrated here is said wherever a number is shown.
//!
//! # Simplifications
//! The ball start lies at distance exactly λ, where the paper has "< λ". Neuron j of the learner is compared with neuron
//! j of the oracle, which is what a start around W\* allows. The paper's constants in (4), (6) and (8) are unknown: see
//! [`theory::Lights`] for what is tested instead, [`theory::convex_ball`] and [`theory::reach()`] for what the rings of the
//! disc are, and [`theory::calibration`] for what was calibrated.
//!
//! # Non-goals
//! Deep networks, other losses and other activations; training on a server; speed at the price of reproducibility.

pub mod charts;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod figures;
pub mod files;
pub mod glossary;
pub mod language;
pub mod linear_algebra;
pub mod link;
pub mod network;
pub mod notation;
pub mod order;
pub mod pause;
pub mod pruning;
pub mod random;
pub mod session;
pub mod spec;
pub mod statistics;
pub mod tensor;
pub mod theory;
pub mod training;
pub mod trials;
#[cfg(target_arch = "wasm32")]
pub mod web;
