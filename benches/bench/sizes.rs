//! What is measured, at full size and at the smallest.

use winning_ticket::spec::{Spec, StepSize};

/// The sizes of all quantities.
pub struct Sizes {
    /// The kernel's samples, neurons and features, narrow and full: r̃/d = 0.1 and 1; then with samples that fit a cache,
    /// which tells arithmetic from memory.
    pub kernels: [Spec; 4],
    /// A whole run as of Figure 3.
    pub figure: Spec,
    /// The largest problem a lecture draws.
    pub set_up: Spec,
    /// The run that the page opens with.
    pub default: Spec,
    /// Probes of the default problem.
    pub probes: u32,
    /// Turns of the loop that finds the ceiling.
    pub turns: usize,
    /// Rounds of what takes less than a second, and of what takes several.
    pub rounds: [usize; 2],
}

impl Sizes {
    /// Those that the README tells of.
    pub fn full() -> Self {
        let paper = Spec { samples: 5000, neurons: 10, dimension: 300, ..Spec::default() };
        let kernel = |samples, effective_width| Spec { samples, effective_width, ..paper.clone() };
        Self {
            kernels: [kernel(5000, 30.0), kernel(5000, 300.0), kernel(320, 30.0), kernel(320, 300.0)],
            figure: Spec {
                effective_width: 30.0,
                step_size: StepSize::Fixed(0.5),
                momentum: 0.2,
                start_distance: 0.2,
                max_steps: 4000,
                ..paper.clone()
            },
            set_up: Spec { dimension: 500, effective_width: 50.0, ..paper },
            default: Spec::default(),
            probes: 40,
            turns: 400_000,
            rounds: [20, 3],
        }
    }

    /// In a blink, also in a test build; long enough that a browser's coarse clock sees them.
    pub fn smoke() -> Self {
        let small =
            Spec { samples: 5000, neurons: 2, dimension: 10, effective_width: 4.0, max_steps: 200, ..Spec::default() };
        Self {
            kernels: [4.0, 10.0, 5.0, 6.0].map(|effective_width| Spec { effective_width, ..small.clone() }),
            figure: Spec { max_steps: 20, ..small.clone() },
            set_up: small.clone(),
            default: small,
            probes: 2,
            turns: 10_000,
            rounds: [1, 1],
        }
    }
}
