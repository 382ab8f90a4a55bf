//! ρ, the distance from W\* of the nearest W on the masks at which the population risk is not convex: the radius of the
//! largest ball around the oracle in which moving alone, without any loss by sampling, keeps (7) alive.
//!
//! Along random directions curvature grows, so ρ has to be searched for. The points with λ_min(H(W)) = 0 form a surface,
//! whose point nearest to W\* is found by linearising λ_min where the search stands and stepping to the nearest point of
//! the plane that follows (the iteration of Hasofer & Lind 1974 and Rackwitz & Fiessler 1978, from reliability theory),
//! shortened where the merit |W − W\*|²/2 + c |λ_min| does not fall. It starts at each neuron, shrunk to half and turned
//! by half a radian in the directions of least curvature; then all neurons move. The nearest point found shrinks and turns
//! one neuron most, and the others a little, which brings it nearer than that neuron alone could come.
//!
//! A search is no proof. The tests hold what it finds against searches with many more starts.

mod search;

use serde::{Deserialize, Serialize};

use self::search::{Search, difference, starts};
use crate::language::tr;
use crate::linear_algebra::lowest;
use crate::linear_algebra::vectors::{add, generic, norm, scaled};
use crate::network::{Curving, Mask};
use crate::order::sorted_by;
use crate::pause::{Pause, finish};

/// A ball around W\* in which the population risk is convex, as far as the search goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConvexBall {
    /// ρ in units of |W\*|.
    pub radius: f64,
    /// The nearest W found at which H is not positive definite, or a neuron with one weight vanishes; on the mask,
    /// |W − W\*| = ρ |W\*|.
    pub nearest: Vec<f64>,
}

/// Why there is no ball.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NoBall {
    /// No learner on the mask can be at W\*.
    #[error("{}", tr!("not promised: weights are missed"))]
    MissedWeights,
    /// λ_min(H(W\*)) is 0 up to rounding.
    #[error("{}", tr!("even at W* the population risk has a direction without curvature"))]
    Flat,
    /// With one weight a neuron H does not change before a weight changes its sign.
    #[error("{}", tr!("each neuron has one weight only, so none can turn"))]
    NoTurn,
    /// The search ended nowhere.
    #[error("{}", tr!("the search for a point without convexity found none"))]
    NotFound,
}

/// λ_min(K² H(W\*)) up to which H counts as singular; the paper's Θ(1/K²) is about 0.1 in these units.
const FLAT: f64 = 1e-10;
/// Size of a neuron at the start of a search, in units of its oracle's, and the angle by which it is turned, in radians.
const START: (f64, f64) = (0.5, 0.5);
/// The point at which a neuron that moves alone first loses its convexity, exact for K = 1: a = (2/π) sin θ with
/// tan 2θ = π, at a distance of .7311 |w\*_j|. With the others at the oracle H is not positive definite there.
const ALONE: (f64, f64) = (0.375_736_616_313_508_8, 0.631_313_627_839_455_9);
/// |λ_min(K² H)| at the end of a search that has arrived.
const ARRIVED: f64 = 1e-3;

/// How much is searched.
#[derive(Clone, Copy, Debug)]
struct Effort {
    // directions a neuron, each with both signs
    directions: usize,
    // steps of every search
    coarse: usize,
    // searches that go on, those that are nearest by then
    kept: usize,
    // their further steps at most
    fine: usize,
}

impl Effort {
    /// Small networks have rarer but deeper dents, and cost little.
    fn of(size: usize) -> Self {
        match size {
            ..=80 => Self { directions: 10, coarse: 8, kept: 40, fine: 80 },
            81..=600 => Self { directions: 4, coarse: 4, kept: 16, fine: 40 },
            _ => Self { directions: 2, coarse: 3, kept: 5, fine: 30 },
        }
    }
}

/// The ball for the oracle weights `oracle` on `mask`.
///
/// # Errors
/// Why there is none.
pub fn convex_ball(mask: &Mask, oracle: &[f64]) -> Result<ConvexBall, NoBall> {
    finish(convex_ball_in_slices(mask, oracle, &Pause::never()))
}

/// The same with pauses.
///
/// # Errors
/// Why there is none.
pub async fn convex_ball_in_slices(mask: &Mask, oracle: &[f64], pause: &Pause) -> Result<ConvexBall, NoBall> {
    let vanishes = |j: usize| oracle[mask.range(j)].iter().all(|w| *w == 0.0);
    if (0..mask.neurons()).any(vanishes) || mask.twins(oracle).is_some() {
        return Err(NoBall::Flat);
    }
    if (0..mask.neurons()).all(|j| mask.width(j) <= 1) {
        return Err(NoBall::NoTurn);
    }
    search(mask, oracle, Effort::of(oracle.len()), pause).await
}

async fn search(mask: &Mask, oracle: &[f64], effort: Effort, pause: &Pause) -> Result<ConvexBall, NoBall> {
    let length = norm(oracle);
    // In units of |W*|: H depends on the ratios of the weights only.
    let unit = scaled(oracle, 1.0 / length);
    let mut curving = Curving::new(mask, &unit);
    let at_oracle = lowest(&generic(oracle.len()), 1e-12, &mut |v| curving.multiply(v), pause).await;
    if at_oracle.value < FLAT {
        return Err(NoBall::Flat);
    }
    let mut searches = Vec::new();
    for j in (0..mask.neurons()).filter(|j| mask.width(*j) > 1) {
        searches.extend(starts(&mut curving, mask, &unit, j, effort.directions, START, pause).await);
    }
    for search in &mut searches {
        search.advance(&mut curving, &unit, effort.coarse, pause).await;
    }
    let mut searches = sorted_by(searches, |search| search.promises(&unit));
    searches.truncate(effort.kept);
    // A bound that needs no search: the smallest neuron that can turn, moved alone. Searches from there go on as well.
    let size = |j: usize| norm(&unit[mask.range(j)]);
    let smallest = (0..mask.neurons()).filter(|j| mask.width(*j) > 1).min_by(|j, k| size(*j).total_cmp(&size(*k)));
    let alone = match smallest {
        Some(j) => starts(&mut curving, mask, &unit, j, 1, ALONE, pause).await,
        None => Vec::new(),
    };
    let bounds = edges(&mut curving, &unit, &alone, pause).await;
    searches.extend(alone);
    for search in &mut searches {
        search.advance(&mut curving, &unit, effort.fine, pause).await;
    }
    // Where a neuron with one weight vanishes, the risk has a concave kink, which H does not see.
    let single = (0..mask.neurons()).filter(|j| mask.width(*j) == 1);
    let kinks = single.map(|j| {
        let mut nearest = unit.clone();
        nearest[mask.range(j)].fill(0.0);
        ConvexBall { radius: size(j), nearest }
    });
    searches.retain(|search| search.low.value.abs() < ARRIVED);
    let found = edges(&mut curving, &unit, &searches, pause).await;
    found
        .into_iter()
        .chain(bounds)
        .chain(kinks)
        .min_by(|a, b| a.radius.total_cmp(&b.radius))
        .map(|ball| ConvexBall { nearest: scaled(&ball.nearest, length), ..ball })
        .ok_or(NoBall::NotFound)
}

/// The [`edge`]s of these searches that have one.
async fn edges(curving: &mut Curving<'_>, oracle: &[f64], searches: &[Search], pause: &Pause) -> Vec<ConvexBall> {
    let mut edges = Vec::new();
    for search in searches {
        edges.extend(edge(curving, oracle, search, pause).await);
    }
    edges
}

/// Where the ray from the oracle through a search's end ceases to be convex: H is not positive definite there.
async fn edge(curving: &mut Curving<'_>, oracle: &[f64], search: &Search, pause: &Pause) -> Option<ConvexBall> {
    let away = difference(&search.w, oracle);
    let mut vector = search.low.vector.clone();
    let mut place = async |share: f64| {
        let mut w = oracle.to_vec();
        add(&mut w, share, &away);
        curving.move_to(&w);
        // A Rayleigh quotient is never below λ_min, so one that is not positive is a proof.
        let low = lowest(&vector, 1e-9, &mut |v| curving.multiply(v), pause).await;
        vector = low.vector;
        (w, low.value)
    };
    let (mut inside, mut outside) = (0.9, 1.0);
    while place(outside).await.1 > 0.0 {
        (inside, outside) = (outside, 1.0 + 2.0 * (outside - 1.0) + 1e-4);
        if outside > 1.1 {
            return None;
        }
    }
    for _ in 0..30 {
        let middle = 0.5 * (inside + outside);
        if place(middle).await.1 > 0.0 { inside = middle } else { outside = middle }
    }
    let (nearest, _) = place(outside).await;
    Some(ConvexBall { radius: norm(&difference(&nearest, oracle)), nearest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear_algebra::vectors::dot;
    use crate::network::{Population, Weights, draw_mask, draw_oracle};
    use crate::spec::{Overlap, Spec};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn drawn(neurons: usize, dimension: usize, effective_width: f64, overlap: Overlap, seed: u64) -> (Mask, Vec<f64>) {
        let spec = Spec { neurons, dimension, effective_width, overlap, seed, ..Spec::default() };
        let mask = draw_mask(&spec);
        let oracle = draw_oracle(&spec, mask.clone()).values().to_vec();
        (mask, oracle)
    }

    fn cases() -> impl Iterator<Item = (Mask, Vec<f64>)> {
        [
            (2, 40, 15.0, Overlap::Random),
            (5, 60, 12.0, Overlap::Shared),
            (5, 60, 2.0, Overlap::Shared),
            (4, 40, 3.0, Overlap::Disjoint),
            (3, 20, 4.0, Overlap::Random),
            (8, 50, 9.0, Overlap::Random),
        ]
        .into_iter()
        .flat_map(|(neurons, dimension, width, overlap)| {
            (1..=2).map(move |seed| drawn(neurons, dimension, width, overlap, seed))
        })
    }

    fn lowest_dense(mask: &Mask, oracle: &[f64], w: &[f64]) -> f64 {
        Population::new(mask, &Weights::new(mask.clone(), oracle.to_vec()))
            .hessian(w)
            .to_dense()
            .symmetric_eigenvalues()
            .min()
    }

    #[test]
    fn one_neuron_has_the_radius_of_the_closed_form() {
        // w = a |w*| (cos θ, sin θ) with a = (2/π) sin θ and tan 2θ = π.
        let theta = 0.5 * libm::atan(std::f64::consts::PI);
        let a = 2.0 / std::f64::consts::PI * libm::sin(theta);
        let expected = (a * a - 2.0 * a * libm::cos(theta) + 1.0).sqrt();
        for (width, seed) in [(2.0, 1), (10.0, 2), (30.0, 3)] {
            let (mask, oracle) = drawn(1, 40, width, Overlap::Random, seed);
            let found = convex_ball(&mask, &oracle).expect("it can turn");
            assert!((found.radius - expected).abs() < 1e-4, "{} {expected}", found.radius);
        }
    }

    #[test]
    fn inside_the_ball_the_population_risk_is_convex_and_at_its_edge_it_is_not() {
        for (mask, oracle) in cases() {
            let ball = convex_ball(&mask, &oracle).expect("a ball");
            let length = norm(&oracle);
            let away = difference(&ball.nearest, &oracle);
            assert!((norm(&away) / length - ball.radius).abs() < 1e-12);
            assert!(lowest_dense(&mask, &oracle, &ball.nearest) <= 1e-12, "not convex at ρ");
            let shifted = |direction: &[f64], radius: f64| {
                let mut w = oracle.clone();
                add(&mut w, radius * length / norm(direction), direction);
                w
            };
            assert!(lowest_dense(&mask, &oracle, &shifted(&away, 0.999 * ball.radius)) > 0.0);
            for salt in 1..=20 {
                let direction: Vec<f64> =
                    (1..=oracle.len()).map(|i| (i as f64 * f64::from(salt).sqrt() * 1.7).fract() - 0.5).collect();
                assert!(lowest_dense(&mask, &oracle, &shifted(&direction, 0.99 * ball.radius)) > 0.0);
            }
            // One neuron shrunk and turned, the shape that the nearest points have.
            for j in (0..mask.neurons()).filter(|j| mask.width(*j) > 1) {
                let own = &oracle[mask.range(j)];
                for (salt, sign) in (1..=6).flat_map(|salt| [(salt, 1.0), (salt, -1.0)]) {
                    let mut across: Vec<f64> =
                        (1..=own.len()).map(|i| (i as f64 * (f64::from(salt) + 0.3).sqrt()).fract() - 0.5).collect();
                    let share = dot(&across, own) / dot(own, own);
                    add(&mut across, -share, own);
                    let mut direction = vec![0.0; oracle.len()];
                    let wide = sign * 0.35 * norm(own) / norm(&across);
                    let moved: Vec<f64> = own.iter().zip(&across).map(|(w, a)| -0.6 * w + wide * a).collect();
                    direction[mask.range(j)].copy_from_slice(&moved);
                    assert!(lowest_dense(&mask, &oracle, &shifted(&direction, 0.99 * ball.radius)) > 0.0);
                }
            }
        }
    }

    #[test]
    fn many_more_starts_find_nothing_nearer() {
        let thorough = Effort { directions: 12, coarse: 10, kept: 100, fine: 100 };
        for (mask, oracle) in cases() {
            let found = convex_ball(&mask, &oracle).expect("a ball").radius;
            let best = finish(search(&mask, &oracle, thorough, &Pause::never())).expect("a ball").radius;
            assert!(found <= 1.02 * best, "{found} against {best}");
        }
    }

    #[test]
    fn a_small_neuron_that_moves_alone_bounds_the_ball() {
        // Seed 3 was missed by searches from half the size and half a radian only.
        for seed in 1..=4 {
            let (mask, oracle) = drawn(3, 50, 4.0, Overlap::Random, seed);
            let size = |j: usize| norm(&oracle[mask.range(j)]);
            let smallest = (0..3).filter(|j| mask.width(*j) > 1).map(size).fold(f64::INFINITY, f64::min);
            let ball = convex_ball(&mask, &oracle).expect("a ball");
            assert!(ball.radius <= 0.7312 * smallest / norm(&oracle), "{}", ball.radius);
        }
        // A tiny neuron with one weight vanishes before anything else bends.
        let mask = Mask::new(6, &[vec![0, 1, 2], vec![5]]);
        let oracle = [0.3, -0.4, 0.2, 0.01];
        let ball = convex_ball(&mask, &oracle).expect("a ball");
        assert!((ball.radius - 0.01 / norm(&oracle)).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_can_turn_or_bend_there_is_no_ball_and_a_reason() {
        let (mask, oracle) = drawn(1, 10, 1.0, Overlap::Random, 1);
        assert_eq!(convex_ball(&mask, &oracle), Err(NoBall::NoTurn));
        let (mask, oracle) = drawn(5, 10, 1.0, Overlap::Shared, 1);
        assert_eq!(convex_ball(&mask, &oracle), Err(NoBall::Flat));
        // Two neurons with the same only feature beside a third that can turn.
        let mask = Mask::new(5, &[vec![0], vec![0], vec![1, 2]]);
        assert_eq!(convex_ball(&mask, &[0.3, 0.4, 0.2, -0.1]), Err(NoBall::Flat));
    }
}
